#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs test programs, as many at a time as there are processors, and prints what each said, one after the other:
# units.sh PROGRAM... Fails when one of them does.
set -u
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
trap 'exit 130' INT TERM
export said
CK_TIMEOUT_MULTIPLIER=15
export CK_TIMEOUT_MULTIPLIER
# shellcheck disable=SC2016 # the inner shell expands
printf '%s\n' "$@" | xargs -P "$(nproc 2> /dev/null || echo 2)" -I '{}' sh -c '
    name=$(echo "$1" | tr / _)
    "$1" > "$said/$name" 2>&1 || : > "$said/$name.failed"' sh '{}'
failed=0
for program in "$@"; do
    name=$(echo "$program" | tr / _)
    cat "$said/$name" || failed=1
    [ ! -e "$said/$name.failed" ] || failed=1
done
exit $failed
