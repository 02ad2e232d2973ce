# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The command line itself: help, errors, completion and manual pages agree with the parser for every option.
. "$TOP/tests/cli/lib.sh"

run
expect_status "alone: exit 0" 0
expect_text "alone: a guide on stdout" stdout "turncurve import"
expect "alone: stderr is empty" test ! -s stderr
run --help
expect_status "--help: exit 0" 0
run --version
expect_text "--version: name and number" stdout "turncurve 0.1.0"
expect_text "--version: licence" stdout "GPL-3.0-or-later"
expect_text "--version: libraries" stdout "SQLite 3."

run imprt
expect_status "unknown command: exit 64" 64
expect_text "unknown command: the nearest" stderr 'unknown command "imprt"; did you mean import?'
expect "unknown command: stdout is empty" test ! -s stdout
run demo --seed 1x
expect_status "a wrong number: exit 64" 64
expect_text "a wrong number: what is wanted" stderr '--seed takes a whole number'
run demo --seeed 1
expect_text "unknown option: the nearest" stderr 'unknown option --seeed; did you mean --seed?'
run demo --seed
expect_text "missing value" stderr '--seed needs N'
run demo --quiet=yes
expect_text "unwanted value" stderr '--quiet takes no value'
run demo -y
expect_text "unknown letter" stderr 'unknown option -y'
run -d
expect_text "missing value before the command" stderr '--database needs FILE'
run demo left over
expect_status "unwanted argument: exit 64" 64
run --completion fish
expect_status "completion for another shell: exit 64" 64
run --man nothing
expect_status "manual page of an unknown command: exit 64" 64
expect "an error is one line" test "$(wc -l < stderr)" -eq 1
"$TURNCURVE" --help > /dev/full 2> stderr
status=$?
expect_status "stdout on a full disk: exit 74" 74
expect_text "stdout on a full disk: words" stderr "cannot write the results"
("$TURNCURVE" --completion bash; echo $? > closed) 2> stderr | :
expect "a closed pipe ends quietly" test ! -s stderr

# All commands: help, manual page and completion name the same options, and the parser takes each of them.
for shell in bash zsh; do
    run --completion $shell
    cp stdout completion.$shell
    expect_status "completion $shell" 0
done
expect "bash reads its completion" bash -n completion.bash
for command in $(commands); do
    run "$command" --help
    expect_status "$command --help: exit 0" 0
    expect "$command --help: stderr is empty" test ! -s stderr
    cp stdout help
    for section in Usage: "Common options:" Examples: "Exit codes:"; do
        expect_text "$command --help: $section" help "$section"
    done
    sed -n -e 's/^  -[a-zA-Z], --\([a-z-]*\).*/\1/p' -e 's/^      --\([a-z-]*\).*/\1/p' help | sort > in_help
    run --man "$command"
    expect_status "$command: manual page" 0
    cp stdout page
    sed -n 's/^.*\\fB\\-\\-\([a-z\\-]*\)\\fR.*/\1/p' page | sed 's/\\//g' | sort > in_man
    sed -n "s/^    $command) options='\(.*\)' ;;/\1/p" completion.bash | tr ' ' '\n' | sed -n 's/^--//p' | sort > in_completion
    expect_same "$command: help and manual page agree" in_help in_man
    expect_same "$command: help and completion agree" in_help in_completion
    expect "$command: options are named" test -s in_help
    while read -r option; do
        # --help wins over everything, so that only the parser is asked
        value=$(sed -n "s/^ .*[ ]--$option \([A-Z][^ ]*\).*/\1/p" help | head -1)
        if [ -z "$value" ]; then
            run "$command" "--$option" --help
            expect_status "$command --$option" 0
        else
            run "$command" "--$option"
            expect_text "$command --$option needs a value" stderr "--$option needs $value"
        fi
    done < in_help
    if [ -n "$(command -v man)" ]; then
        man -l page > formatted 2> warnings
        expect "$command: manual page has no warnings" test ! -s warnings
    fi
done
