#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same sources in two folders give the same program, byte for byte.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in one "another/folder with a longer name"; do
    mkdir -p "$work/$folder"
    git ls-files -z | xargs -0 cp --parents -t "$work/$folder"
done
make -s -C "$work/one" all
make -s -j2 -C "$work/another/folder with a longer name" all
if cmp "$work/one/build/release/turncurve" "$work/another/folder with a longer name/build/release/turncurve"; then
    echo "ok reproducible build"
else
    echo "not ok reproducible build: two folders give two programs"
    exit 1
fi
