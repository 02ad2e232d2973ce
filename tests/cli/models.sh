# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Every model forecasts from returns; what a model cannot do is said.
. "$TOP/tests/cli/lib.sh"

run synth --children 80 --years 3 --seed 4 --out returns
run import --la Modelton returns
expect_status "models: import" 0
run list models
for model in $(sed -n '2,$s/^\([a-z0-9_]*\) .*/\1/p' stdout); do
    # panel pools published totals of many authorities, which one council's returns are not
    [ "$model" = panel ] && continue
    run forecast --model "$model" --runs 20 --months 12 --out "$model"
    expect_status "models: $model" 0
    expect "models: $model writes stock, flows and nights" \
        test "$(grep -cE ',2026-04-30,(stock|entries|exits|nights),all,' "$model/forecast.csv")" -eq 4
    expect "models: $model has a cost" test -n "$(grep ',2026-04-30,cost,all,' "$model/cost.csv")"
done
expect "models: all ran" test -s regional/index.html -a -s stockflow/index.html

run forecast --model panel --runs 20 --months 12
expect_status "models: panel has no totals" 66
expect_text "models: and says what to do" stderr 'import them, or use --model carepath'

# One line without an interval is not sold as certainty.
run forecast --model d2i --runs 20 --months 12
expect_text "models: d2i warns of its line" stderr 'Model d2i gives one line and no interval'
expect_text "models: and on the page" out/forecast/index.html 'Model d2i gives one line and no interval'
run forecast --model regional --runs 20 --months 12
expect "models: regional does not" sh -c '! grep -q "no interval:" stderr'
run forecast --model d2i --scenario best --runs 20 --months 12
expect_status "models: a lever that d2i cannot apply" 64
expect_text "models: is named" stderr 'which model d2i cannot; remove it or use --model carepath'
