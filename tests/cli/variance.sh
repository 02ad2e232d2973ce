# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Why the forecast moved: two runs that were kept, two quarters; the steps add up to the penny.
. "$TOP/tests/cli/lib.sh"

# adds NAME FILE: in every measure and group each step begins where the last ended, the steps add up to the row `all`, placements
# add up to everybody, and volume, price and mix to the change, exactly.
adds()
{
    expect "$1" python3 - "$2" << 'PYTHON'
import csv, decimal, sys
D = decimal.Decimal
rows = list(csv.DictReader(open(sys.argv[1])))
at, steps, whole, parts = {}, {}, {}, {}
for r in rows:
    key = r["measure"], r["group"]
    change = D(r["change"])
    assert D(r["after"]) - D(r["before"]) == change, r
    if r["measure"] == "cost":
        assert D(r["volume"]) + D(r["price"]) + D(r["mix"]) == change, r
    if r["step"] == "all":
        whole[key] = change
        assert at[key] == D(r["after"]), r
    else:
        assert at.get(key, D(r["before"])) == D(r["before"]), r
        at[key] = D(r["after"])
        steps[key] = steps.get(key, 0) + change
    if r["group"] != "all":
        part = r["measure"], r["step"]
        parts[part] = parts.get(part, 0) + change
assert len(rows) > 20 and steps == whole, (steps, whole)
for r in rows:
    if r["group"] == "all":
        assert parts[r["measure"], r["step"]] == D(r["change"]), r
PYTHON
}
# step FILE MEASURE STEP: what a step changed for everybody.
step() { awk -F, -v m="$2" -v s="$3" '$3 == m && $5 == "all" && $7 == s { print $10 }' "$1"; }
is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "\"$2\" is not \"$3\""; fi; }
isnt() { if [ "$2" != "$3" ]; then ok "$1"; else not_ok "$1" "it is \"$3\""; fi; }

run variance 2025-26Q3 2025-26Q4
expect_status "variance: without a database" 66
run synth --children 80 --years 4 --seed 11 --year 2026 --out returns
run import --la Oakshire returns
expect_status "variance: import" 0

run variance 2025-26Q4 2025-26Q3
expect_status "variance: the later one first" 64
run variance 2025-26Q3
expect_status "variance: one is not enough" 64
run variance nowhere 2025-26Q4
expect_status "variance: a folder and a quarter do not mix" 64
run variance nowhere elsewhere
expect_status "variance: no such folder" 66
expect_text "variance: and what it could be" stderr "2026-27Q1"
run variance 2025-26Q3 2025-26Q4 --by 2025-09-30
expect_status "variance: a date before the first forecast" 64
run variance 2020-01-31 2026-03-31
expect_status "variance: a day before the data" 66
run variance 2025-26Q3 2026-27Q2
expect_status "variance: a quarter that has not been" 66
expect_text "variance: says how far the data go" stderr "what is known of Oakshire ends on 2026-03-31"
run variance 2025-26Q5 2025-26Q4
expect_text "variance: a fifth quarter" stderr "2025-26Q5 is none"
run variance 2025-26Q3 2025-26Q4 --la all
expect_status "variance: one authority" 64

# ---- two quarters
run variance 2025-26Q3 2025-26Q4 --runs 40
expect_status "variance: two quarters" 0
expect_text "variance: in a sentence" stdout "The forecast of children in March 2027 moved from"
expect_text "variance: what came against what was expected" stdout "expected range"
adds "variance: steps of two quarters add up" out/variance/variance.csv
isnt "variance: children moved it" "$(step out/variance/variance.csv stock data)" 0.00
isnt "variance: rates moved it" "$(step out/variance/variance.csv stock rates)" 0.00
is "variance: prices did not" "$(step out/variance/variance.csv cost prices)" 0.00
is "variance: files are private" "$(stat -c %a out/variance/variance.csv)" 600
expect "variance: pictures" grep -q '</svg>' out/variance/variance-cost.svg
expect_text "variance: what came is a table" out/variance/outcome.csv "entries,all,children"
cp -r out/variance first
run variance 2025-12-31 2026-03-31 --runs 40 --threads 1
expect_same "variance: one thread, and days instead of quarters: the same numbers" first/variance.csv out/variance/variance.csv
run variance 2025-12-31 2025-12-31 --runs 20
is "variance: nothing happened, nothing moved" "$(step out/variance/variance.csv cost all)" 0.00

# ---- a model that cannot hold its rates says so, and gives both together
run variance 2025-12-31 2026-03-31 --model stockflow --runs 20
expect_status "variance: another model" 0
expect_text "variance: children and rates together" stdout "Children now in care, and rates"
adds "variance: its steps add up too" out/variance/variance.csv

# ---- two runs that were kept
run forecast --from 2025-12-31 --months 18 --runs 40 --out old
run forecast --months 15 --runs 40 --out new
run variance old new
expect_status "variance: two folders" 0
adds "variance: steps of two folders add up" out/variance/variance.csv
is "variance: the old run made again is the old run" "$(step out/variance/variance.csv cost corrections)" 0.00
is "variance: and so is the new one" "$(step out/variance/variance.csv cost rest)" 0.00
cp -r out/variance same
run variance old new --runs 10
expect_status "variance: folders say themselves how they were made" 64
run variance old new --scenario likely
expect_status "variance: a scenario that they do not have" 64

# ---- prices, plan, seed: each in its step
printf 'placement,provider,from,weekly_gbp,annual_uplift_pct,source\nfoster_ifa,,2024-04-01,1111.11,3,contract\n' > prices.csv
run import prices.csv
run forecast --months 15 --runs 50 --seed 2 --scenario baseline --scenario likely --out dear
run variance old dear
expect_status "variance: with all of it changed" 0
adds "variance: all steps add up" out/variance/variance.csv
is "variance: the old run had the old prices" "$(step out/variance/variance.csv cost corrections)" 0.00
isnt "variance: prices moved the cost" "$(step out/variance/variance.csv cost prices)" 0.00
is "variance: and no child" "$(step out/variance/variance.csv stock prices)" 0.00
isnt "variance: the scenario moved children" "$(step out/variance/variance.csv stock plan)" 0.00
isnt "variance: so did another seed" "$(step out/variance/variance.csv stock settings)" 0.00
expect_text "variance: the scenario is named" out/variance/variance.csv ",likely,"

# ---- a return that is corrected afterwards
cp -r returns changed
awk -F, 'NR == 1 || NR % 9 != 0' returns/2026/episodes.csv > changed/2026/episodes.csv
run import --la Oakshire changed
run variance old new
expect_status "variance: after a corrected return" 0
adds "variance: with corrections it adds up" out/variance/variance.csv
isnt "variance: and the correction has its step" "$(step out/variance/variance.csv stock corrections)$(step out/variance/variance.csv stock rest)" 0.000.00

# ---- folders that cannot be read
run forecast --months 15 --runs 20 --publish --out published
run variance old published
expect_status "variance: a published folder" 65
expect_text "variance: which leaves out how it was made" stderr "made with --publish"
mkdir broken
run variance broken new
expect_status "variance: an empty folder" 66
sed 's/"replay"/"repaly"/' new/manifest.json > broken/manifest.json
run variance broken new
expect_status "variance: a manifest of an earlier version" 65
expect_text "variance: which says what to do" stderr "run that forecast again"
sed 's/"weekly_pence": 1/"weekly_pence": "x", "was": 1/' dear/manifest.json > broken/manifest.json
run variance broken dear
expect_status "variance: a manifest that was changed" 65
head -c 300 new/manifest.json > broken/manifest.json
run variance broken new
expect_status "variance: half a manifest" 65
cp new/manifest.json broken/manifest.json
echo 'la,scenario,date' > broken/forecast.csv
run variance broken new
expect_status "variance: a table without its columns" 65
