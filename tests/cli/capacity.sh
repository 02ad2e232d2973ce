# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Places in a forecast: who is in them, who finds none, what that costs.
. "$TOP/tests/cli/lib.sh"

run synth --children 200 --years 4 --seed 4 --out returns
run import --la Oakshire returns
expect_status "capacity: import" 0
cat > tight.yaml <<'END'
name: tight
extends: baseline
capacity:
  - {placement: foster_inhouse, places: 40, usable: 90%, overflow: res_external}
END
run forecast --months 24 --runs 60 --out free
expect "capacity: nothing to say without limits" test ! -e free/capacity.csv
expect "capacity: not on the page either" sh -c '! grep -q "id=\"capacity\"" free/index.html'
run forecast --scenario baseline --scenario tight.yaml --months 24 --runs 60 --out out
expect_status "capacity: a scenario with limits" 0
head -1 out/capacity.csv > header
echo 'la,scenario,date,placement,places,mean,p10,p50,p90,elsewhere_mean,elsewhere_p10,elsewhere_p90,cost_gbp,cost_p10_gbp,cost_p90_gbp' > header.wanted
expect_same "capacity: columns" header.wanted header
expect "capacity: a row a month of each placement and of all" sh -c '
    test "$(grep -c "^Oakshire,tight,[0-9-]*,foster_inhouse,36.00," out/capacity.csv)" -eq 24 &&
    test "$(grep -c "^Oakshire,tight,[0-9-]*,all,," out/capacity.csv)" -eq 24'
expect "capacity: overflow to homes costs money" awk -F, '
    NR > 1 && $4 == "foster_inhouse" { elsewhere += $10 }
    NR > 1 && $4 == "all" { cost += $13 }
    END { exit !(elsewhere > 24 && cost > 100000) }' out/capacity.csv
expect_text "capacity: on the page" out/index.html "Erlang&#39;s formula"
expect_text "capacity: in words" out/index.html "for want of a place in foster: in-house"
if command -v gnuplot > /dev/null 2>&1; then
    expect "capacity: a chart" test -s out/capacity-foster_inhouse.svg
else
    skipped "capacity: a chart" "gnuplot is not installed"
fi
cp out/capacity.csv first.csv
run forecast --scenario baseline --scenario tight.yaml --months 24 --runs 60 --threads 1 --out out
expect_same "capacity: any number of threads" first.csv out/capacity.csv
run forecast --scenario tight.yaml --model stockflow --months 12 --runs 20 --out flow
expect_status "capacity: a model that knows no places" 0
expect "capacity: has no table of them" test ! -e flow/capacity.csv
