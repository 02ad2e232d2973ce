# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Did it work: what was forecast before an action began, and what happened.
. "$TOP/tests/cli/lib.sh"

cat > plan.csv <<'END'
plan,action_ref,action,due,status,budget
oak,1,Fewer come,01/04/2025,Complete,circa 10k
oak,2,Not yet,01/04/2027,On track,
oak,3,Before the returns,01/05/2020,Complete,
oak,4,Just now,01/03/2026,Complete,£5k a year
oak,5,Still not there,01/04/2025,Ongoing,
END
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,ramp_months
oak,1,entries,all,-20,-30,-50,pct,0
oak,2,entries,all,-1,-2,-3,pct,0
oak,3,entries,all,-1,-2,-3,pct,0
oak,4,exits,route=home,1,2,3,pct,0
oak,5,entries,all,-1,-2,-3,pct,0
END
run synth --children 200 --years 5 --seed 9 --out returns
# whoever first comes on 1 April 2025 or later does not come: the last return without them
awk -F, -v OFS=, '
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["RNE"] == "S" { split($column["DECOM"], d, "/"); if (d[3] d[2] d[1] >= "20250401") print $column["CHILD"] }
' returns/2026/episodes.csv | sort -u > gone
mkdir fewer && cp -r returns/20* fewer/
for f in returns/2026/*.csv; do
    awk -F, 'NR == FNR { gone[$1]; next } FNR == 1 || !($1 in gone)' gone "$f" > "fewer/2026/$(basename "$f")"
done
run import --la Oakshire fewer
expect_status "worked: import" 0
run plan --worked
expect_status "worked: without a plan" 66
run import --plan-date 2026-03-31 plan.csv effects.csv
run plan oak --worked --runs 200
expect_status "worked: it runs" 0
head -1 out/plan/outcome.csv > header
echo 'plan,action_ref,began,forecast_from,to,measure,group,unit,forecast_p10,forecast_p50,forecast_p90,actual,surprise_sd,p_value,words,budget,saving_expected_gbp,saving_seen_gbp' > header.wanted
expect_same "worked: columns" header.wanted header
row() { grep -E "^oak,$1,[^,]*,[^,]*,[^,]*,$2," out/plan/outcome.csv; }
row 1 entries > planted
expect "worked: an intake that stopped is seen" grep -q "2025-04-01,2025-03-31,2026-03-31,entries,all,children,.*,fewer than forecast" planted
expect "worked: nobody came" sh -c 'test "$(cut -d, -f12 planted | cut -d. -f1)" -le 12'
expect "worked: less was spent than forecast" sh -c 'test "$(sed -n "s/^oak,1,.*,stock,.*,\([-0-9.]*\)$/\1/p" out/plan/outcome.csv | cut -d. -f1)" -gt 0'
row 1 stock > stock
expect "worked: a budget in pounds" grep -q ",10000.00," stock
expect "worked: what was expected is a saving" sh -c 'test "$(cut -d, -f17 stock | cut -d. -f1)" -gt 0'
expect "worked: what has not begun is not there" sh -c '! cut -d, -f2 out/plan/outcome.csv | grep -qx "[25]"'
expect "worked: before the returns nothing is known" grep -q "^oak,3,2020-05-01,2020-04-30,.*,,,,,,,the returns hold too little" out/plan/outcome.csv
row 4 stock > young
expect "worked: after a month it is too early" grep -q ",too early to say,£5k a year," young
expect_text "worked: no cause is claimed" stdout "its cause is not"
expect "worked: a private file" test "$(stat -c %a out/plan/outcome.csv)" = 600
cp out/plan/outcome.csv first.csv
run plan oak --worked --runs 200 --threads 1 --json
expect_same "worked: any number of threads" first.csv out/plan/outcome.csv
expect "worked: JSON" sh -c 'python3 -c "import json,sys; rows = json.load(open(\"stdout\")); sys.exit(not rows)"'
run plan oak --worked --runs 200 --seed 2
expect "worked: another seed draws other futures" sh -c '! cmp -s first.csv out/plan/outcome.csv'
run plan oak --worked --as-of 2019-01-01
expect_status "worked: the plan of an earlier day is the oldest" 0
printf 'plan,action_ref,action,due\nelm,1,Sing,01/04/2025\n' > elm.csv
run import elm.csv
run plan elm --worked
expect_status "worked: a plan without effects" 66
run plan --worked
expect_status "worked: which plan" 64
