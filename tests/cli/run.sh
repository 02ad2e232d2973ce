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
chosen=$*
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
trap 'exit 130' INT TERM
names()
{
    for script in "$TOP"/tests/cli/*.sh; do
        name=$(basename "$script" .sh)
        case $name in run | lib | one) continue ;; esac
        case " $chosen " in '  ' | *" $name "*) echo "$name" ;; esac
    done
}
# As many at a time as there are processors; said in the order of their names.
names | xargs -P "$(nproc 2> /dev/null || echo 2)" -I '{}' "$TOP/tests/cli/one.sh" '{}' "$said/{}"
for name in $(names); do
    cat "$said/$name" || echo "not ok $name: it did not run"
done | tee "$said/all"
! grep -q '^not ok ' "$said/all"
