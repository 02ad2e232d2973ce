#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one script of run.sh, which sets the environment: one.sh NAME FILE. What it says goes to FILE.
set -u
name=$1
folder=$(mktemp -d)
cd "$folder" || exit 1
sh "$TOP/tests/cli/$name.sh" > "$2" || echo "not ok $name: the script failed" >> "$2"
cd / || exit 1
chmod -R u+rwx "$folder"
rm -rf "$folder"
