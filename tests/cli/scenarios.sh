# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Made-up authorities and scenario files from the command line.
. "$TOP/tests/cli/lib.sh"

run synth --children 60 --years 2 --year 2025 --seed 7 --dirt 0.05 --out a
expect_status "scenarios: synth" 0
run synth --children 60 --years 2 --year 2025 --seed 7 --dirt 0.05 --out b
expect_same "scenarios: the same seed gives the same bytes" a b
run synth --children 60 --years 2 --year 2025 --seed 8 --out b
expect_status "scenarios: synth again in its own folder" 0
expect "scenarios: another seed gives another authority" sh -c '! diff -q a/2025/header.csv b/2025/header.csv'
expect "scenarios: folders are named by the year the return ends" test -s a/2024/episodes.csv -a -s a/2025/episodes.csv
expect_text "scenarios: the truth lists the faults" a/truth.json '"rule": "E-'
printf 'mine\n' > a/2025/notes.txt
run synth --children 60 --years 2 --out a
expect_status "scenarios: somebody's own file stops synth" 64
expect "scenarios: and stays" test -s a/2025/notes.txt

mkdir ours
printf 'name: ours\nextends: likely\nparams: {price_correlation: 0.5}\nlevers:\n  - {id: extra, lever: entries, effect: -1%%}\n' > ours/ours.yaml
run list scenarios --scenarios ours
expect_text "scenarios: a folder's own are listed" stdout ours
run list params --scenario ours --scenarios ours
expect_status "scenarios: list params" 0
expect "scenarios: set" grep -q 'price_correlation *0.5 .* set *ours/ours.yaml:3' stdout
expect "scenarios: default" grep -q 'referral_elasticity *0.3 .* default' stdout
expect "scenarios: inherited lever" grep -q 'edge-of-care .* inherited *scenarios/likely.yaml:' stdout
expect "scenarios: own lever" grep -q 'extra .* set *ours/ours.yaml:5' stdout
run list params --scenario ./ours/ours.yaml
expect_status "scenarios: by path" 0
printf 'name: ours\nlevers:\n  - {id: a, lever: exits, where: {placement: foster_kinn}, effect: 5%%}\n' > ours/ours.yaml
run list params --scenario ours --scenarios ours
expect_status "scenarios: an unknown placement" 64
expect_text "scenarios: file, line, column and the nearest name" stderr \
    'turncurve: ours/ours.yaml:3:46: unknown placement "foster_kinn"; did you mean "foster_kin"?'
run list params --scenario wrost
expect_text "scenarios: the nearest scenario" stderr 'did you mean "worst"?'
run list params --model stokflow
expect_text "scenarios: the nearest model" stderr 'did you mean "stockflow"?'
