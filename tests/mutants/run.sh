#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts known mistakes into a copy of the sources, one at a time, and expects the suites that tests/mutants/mutants.txt
# names to fail: run.sh [NAME...]. Run from the project's top; some six minutes for all on two processors. Prints "ok
# mutant NAME" with the first test of each suite that notices it, or "not ok mutant NAME" when it no longer applies,
# does not compile, or a suite does not notice it.
set -u
table=$(pwd)/tests/mutants/mutants.txt
copy=$(mktemp -d) || exit 1
trap 'rm -rf "$copy"' EXIT
trap 'exit 130' INT TERM
cp -R Makefile engine models tests scenarios reports "$copy" || exit 1
[ ! -d docs ] || cp -R docs "$copy"
cd "$copy" || exit 1
chosen=" $* "
failed=0
tried=0
sound=' '

not_ok()
{
    echo "not ok mutant $1: $2"
    failed=1
}

# build LAYER: its program from the sources as they are.
build()
{
    MAKEFLAGS='' make -s -j"$(nproc 2> /dev/null || echo 2)" VARIANT=release CFLAGS='-O2 -g -Wno-error' \
        "build/release/tests/$1/run" > build.log 2>&1 < /dev/null
}

# passes LAYER SUITE: nothing fails. A test that hangs is stopped by its own timeout.
passes()
{
    CK_TIMEOUT_MULTIPLIER=4 "build/release/tests/$1/run" "$2" > run.log 2>&1 < /dev/null
}

# noticed_by: the first test that failed, of lines like FILE:LINE:F:CASE:TEST:0: WORDS; E is a signal or a timeout.
noticed_by()
{
    sed -n 's/^[^:]*:[0-9]*:[FE]:[^:]*:\([^:]*\):.*/\1/p' run.log | head -1
}

# is_sound LAYER SUITE: without a mistake it passes; asked once each.
is_sound()
{
    case $sound in *" $1/$2 "*) return 0 ;; esac
    build "$1" && passes "$1" "$2" || return 1
    sound="$sound$1/$2 "
}

# apply: the expressions of the mutant at hand, one a line in the file `expressions`; each must change the source.
apply()
{
    cp "$file" changed
    while IFS= read -r expression; do
        sed -e "$expression" changed > next || return 1
        ! cmp -s changed next || return 1
        mv next changed
    done < expressions
    cp changed "$file"
}

# noticed LAYER SUITE: builds the layer with the mistake; says on standard output which test fails, or why none does.
noticed()
{
    if ! build "$1"; then
        echo "it does not compile: $(grep -m1 error build.log)"
    elif passes "$1" "$2"; then
        echo "no test of $1 $2 notices that $says"
    else
        noticed_by | grep . && return
        echo "$1 $2 stops before a test fails"
    fi
    return 1
}

try()
{
    name=$1
    case $chosen in '  ' | *" $name "*) ;; *) return ;; esac
    tried=$((tried + 1))
    [ -s suites ] || { not_ok "$name" 'it names no suite'; return; }
    [ -f "$file" ] || { not_ok "$name" "there is no $file"; return; }
    while read -r layer suite; do
        is_sound "$layer" "$suite" || { not_ok "$name" "$layer $suite fails without it"; return; }
    done < suites
    cp "$file" original
    tests=
    if ! apply; then
        not_ok "$name" "it does not apply to $file any more"
    else
        while read -r layer suite; do
            found=$(noticed "$layer" "$suite") || { not_ok "$name" "$found"; tests=; break; }
            tests="$tests, $layer $suite: $found"
        done < suites
        [ -z "$tests" ] || echo "ok mutant $name (${tests#, })"
    fi
    cp original "$file" # newer than what was built from it
}

# Every pitfall has a mutant, or a reason.
check_numbers()
{
    n=1
    while [ "$n" -le 44 ]; do
        grep -qE "^(  pitfall ([0-9]+ )*$n( |\$)|later $n )" "$table" ||
            not_ok "of pitfall $n" 'there is none, and no reason'
        n=$((n + 1))
    done
}

name=
finish()
{
    [ -n "$name" ] || return 0
    try "$name"
    name=
}

check_numbers
while IFS= read -r line; do
    case $line in
    '' | '#'*) ;;
    'mutant '*)
        finish
        name=${line#mutant }
        : > expressions
        : > suites
        ;;
    '  says '*) says=${line#  says } ;;
    '  file '*) file=${line#  file } ;;
    '  suite '*) echo "${line#  suite }" >> suites ;;
    '  sed '*) printf '%s\n' "${line#  sed }" >> expressions ;;
    '  pitfall '*) ;;
    'later '*) ;;
    *) not_ok "$name" "the table has a line that is none: $line" ;;
    esac
done < "$table"
finish
[ "$tried" -gt 0 ] || not_ok "$*" 'the table has none of that name'
exit $failed
