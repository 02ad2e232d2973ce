# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The main job on a small authority, once: also run under valgrind.
. "$TOP/tests/cli/lib.sh"

run synth --children 60 --years 3 --seed 1 --out returns
expect_status "smoke: synth" 0
run import --la Smoke returns
expect_status "smoke: import" 0
run check
expect_status "smoke: check" 0
run history
expect_status "smoke: history" 0
run forecast --runs 20 --months 12 --scenario baseline --scenario best
expect_status "smoke: forecast" 0
for what in models scenarios codes rules params measures; do
    run list "$what"
    expect_status "smoke: list $what" 0
    expect "smoke: list $what says something" test -s stdout
    run list "$what" --json
    expect_status "smoke: list $what --json" 0
done
for file in check/findings.csv history/history.csv forecast/forecast.csv forecast/cost.csv forecast/difference.csv \
    forecast/index.html forecast/manifest.json; do
    expect "smoke: $file" test -s "out/$file"
done
run import --la Smoke --nonsense returns
expect_status "smoke: an unknown option" 64
run import --la Smoke nowhere
expect_status "smoke: a missing folder" 66
