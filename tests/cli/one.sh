#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one script of run.sh, which sets the environment: one.sh NAME FILE. What it says, and the seconds it took, go to FILE.
set -u
name=$1
folder=$(mktemp -d)
began=$(date +%s)
cd "$folder" || exit 1
sh "$TOP/tests/cli/$name.sh" > "$2" || echo "not ok $name: the script failed" >> "$2"
echo "took $(($(date +%s) - began)) s: $name" >> "$2"
cd / || exit 1
chmod -R u+rwx "$folder"
rm -rf "$folder"
