#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the command-line tests: run.sh PROGRAM [NAME...]. Each tests/cli/NAME.sh runs in a fresh empty folder with TURNCURVE
# (the program), TOP (the project) and SHARED (reference data beside the project, may not exist) set, and prints
# "ok NAME", "not ok NAME: why" or "skipped NAME: why" lines (lib.sh has helpers).
set -u
program=$1
shift
TOP=$(pwd)
case $program in /*) TURNCURVE=$program ;; *) TURNCURVE=$TOP/$program ;; esac
SHARED=$TOP/../shared
export TOP TURNCURVE SHARED
failed=0
for script in "$TOP"/tests/cli/*.sh; do
    name=$(basename "$script" .sh)
    case $name in run | lib) continue ;; esac
    if [ $# -gt 0 ]; then
        case " $* " in *" $name "*) ;; *) continue ;; esac
    fi
    folder=$(mktemp -d)
    lines=$(cd "$folder" && sh "$script")
    status=$?
    printf '%s\n' "$lines"
    case $lines in
    "not ok "* | *"
not ok "*) failed=1 ;;
    *) [ "$status" -eq 0 ] || { failed=1; echo "not ok $name: the script failed, exit $status"; } ;;
    esac
    chmod -R u+rwx "$folder"
    rm -rf "$folder"
done
exit $failed
