#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that must hold: each step's output goes to build/test/STEP.log and is shown when something failed. Counts
# "ok", "not ok" and "skipped" lines and the unit tests' own counts; the last line is "N passed, N failed, N skipped".
set -u
logs=build/test
mkdir -p "$logs"
passed=0
failed=0
skipped=0
jobs=$(nproc 2> /dev/null || echo 2)

# step NAME COMMAND...: one line on the terminal, all output in the log.
step()
{
    name=$1
    shift
    log=$logs/$name.log
    began=$(date +%s)
    "$@" > "$log" 2>&1
    status=$?
    took=$(($(date +%s) - began))
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    skip=$(grep -c '^skipped ' "$log")
    # Check prints "NN%: Checks: N, Failures: F, Errors: E" for each layer.
    # shellcheck disable=SC2046 # two numbers
    set -- $(awk '/Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+/ {
        gsub(",", ""); for (i = 1; i <= NF; i++) { if ($i == "Checks:") n += $(i + 1)
        if ($i == "Failures:" || $i == "Errors:") f += $(i + 1) } } END { print n + 0, f + 0 }' "$log")
    good=$((good + $1 - $2))
    bad=$((bad + $2))
    # A step that fails without naming a test (it did not build, it stopped early) is one failure.
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    # A step that says nothing has tested nothing.
    [ "$((good + bad + skip))" -gt 0 ] || bad=1
    echo "$name: $good passed, $bad failed, $skip skipped ($took s)"
    if [ "$bad" -gt 0 ]; then
        grep -nE '^not ok |:[EF]:|: (fatal )?error:|\*\*\*|ERROR: ' "$log" | head -40 || true
        grep -qE '^not ok |:[EF]:' "$log" || tail -15 "$log"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + skip))
}

step unit make -j"$jobs" unit
step lint tests/lint/lint.sh
step sanitised make -j"$jobs" VARIANT=asan unit
step clang make -j"$jobs" CC=clang VARIANT=clang unit
step replay make -j"$jobs" VARIANT=asan replay
step build sh -c "make -j$jobs all && make -j$jobs VARIANT=asan all && echo ok build"
step cli tests/cli/run.sh build/release/turncurve
step valgrind make valgrind
step cli-sanitised tests/cli/run.sh build/asan/turncurve
grep -h '^skipped ' "$logs"/*.log | sort -u
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
