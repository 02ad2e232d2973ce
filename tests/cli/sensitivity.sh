# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Which assumptions matter, and the assurance pack that is made with it.
. "$TOP/tests/cli/lib.sh"

is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "\"$2\" is not \"$3\""; fi; }

run sensitivity
expect_status "sensitivity: without a database" 66
run synth --children 60 --years 4 --seed 7 --year 2026 --out returns
run import --la Oakshire returns
expect_status "sensitivity: import" 0
run sensitivity --on castles
expect_status "sensitivity: no such quantity" 64
run sensitivity --on saving
expect_status "sensitivity: a saving needs something to hold against the baseline" 64
run sensitivity --by 2020-03-31
expect_status "sensitivity: a date that has passed" 64
run sensitivity --on cost --by 2026-06-30
expect_status "sensitivity: cost is that of twelve months" 64
run sensitivity --limit -5
expect_text "sensitivity: --limit below nothing" stderr "--limit -5 is below nothing"
run sensitivity --limit much
expect_status "sensitivity: a limit that is no number" 64
run sensitivity --la all
expect_status "sensitivity: one authority" 64

run sensitivity --runs 20 --limit 6,000,000
expect_status "sensitivity: cost and children" 0
expect_text "sensitivity: in a sentence" stdout "depends most on"
expect_text "sensitivity: and what would tip it" stdout "tips at"
expect "sensitivity: every row holds together" python3 - << 'PYTHON'
import csv
rows = list(csv.DictReader(open("out/sensitivity/sensitivity.csv")))
assert {r["quantity"] for r in rows} == {"cost:all", "stock:all"}
for q in ("cost:all", "stock:all"):
    own = [r for r in rows if r["quantity"] == q]
    assert [int(r["rank"]) for r in own] == list(range(1, len(own) + 1))
    swings = [max(abs(float(r["low_change"])), abs(float(r["high_change"]))) for r in own]
    assert swings == sorted(swings, reverse=True)
    assert len({r["assumption"] for r in own}) == len(own) > 40
for r in rows:
    assert abs(float(r["at_base"]) + float(r["low_change"]) - float(r["at_low"])) < .02, r
    assert r["quality"] in ("evidence", "expert", "guess") and r["owner"] and r["source"] and r["basis"], r
    if r["assumption"].startswith(("price:", "uplift:")) and r["quantity"] == "stock:all":
        assert float(r["low_change"]) == float(r["high_change"]) == 0 and r["beyond_chance"] == "no", r
    assert (r["limit"] == "") == (r["quantity"] == "stock:all"), r
up = next(r for r in rows if r["assumption"] == "entries" and r["quantity"] == "stock:all")
assert float(up["low_change"]) < 0 < float(up["high_change"]) and up["beyond_chance"] == "yes"
PYTHON
expect_text "sensitivity: rules of thumb" out/sensitivity/rules.csv "One child more in an external children's home"
expect "sensitivity: the tornado is a picture" grep -q '</svg>' out/sensitivity/tornado-1.svg
expect "sensitivity: files are private" test "$(stat -c %a out/sensitivity/sensitivity.csv)" = 600
cp -r out/sensitivity first
run sensitivity --runs 20 --limit 6,000,000 --threads 1
expect_same "sensitivity: one thread, same numbers" first/sensitivity.csv out/sensitivity/sensitivity.csv

# ---- a stored budget is the limit of the cost of its year, and of nothing else
printf 'year,line,placement,budget_gbp\n2025-26,Homes,res_external,9\n2026-27,Homes,res_external,2000000\n' > budget.csv
printf '2026-27,Fostering,foster_ifa+foster_inhouse,3000000.50\n2026-27,Transport,,700000\n' >> budget.csv
run import budget.csv
# limits QUANTITY: by hand, 2,000,000 + 3,000,000.50; no placement explains transport
limits() { awk -F, -v q="$1" '$4 == q { print $20 }' out/sensitivity/sensitivity.csv | sort -u | tr '\n' ' '; }
run sensitivity --runs 4
is "sensitivity: the stored budget is the limit of the cost" "$(limits cost:all)" "5000000.50 "
is "sensitivity: and not of the children" "$(limits stock:all)" " "
expect_text "sensitivity: and said to be it" stdout "the stored budget of"
run sensitivity --runs 4 --on cost --limit 6,000,000
is "sensitivity: a limit that is given comes first" "$(limits cost:all)" "6000000.00 "
run sensitivity --runs 4 --on cost --by 2027-06-30
is "sensitivity: twelve months that are no financial year have no budget" "$(limits cost:all)" " "

# ---- a scenario with levers, beside the baseline
run sensitivity --scenario baseline --scenario likely --on saving --on res_external --runs 8
expect_status "sensitivity: of a saving" 0
expect_text "sensitivity: effects are assumptions" out/sensitivity/sensitivity.csv ",effect:"
expect_text "sensitivity: so is how much of them arrives" out/sensitivity/sensitivity.csv ",realism,"

# ---- models that know less
run sensitivity --model last_value --runs 20
expect_status "sensitivity: a model without flows" 0
expect "sensitivity: has no flows to move" sh -c '! grep -q ",entries," out/sensitivity/sensitivity.csv'

# ---- the assurance pack
run forecast --runs 12 --months 12 --assurance
expect_status "assurance: forecast" 0
for file in assurance.html assumptions.csv index.html; do
    expect "assurance: $file" test -s "out/forecast/$file"
done
for words in 'Purpose and scope' 'Data log' 'Verification' 'Validation' 'Limits of use' 'Sign-off' \
    'No backtest of this authority by this model is stored'; do
    expect_text "assurance: $words" out/forecast/assurance.html "$words"
done
expect "assurance: the register is whole" python3 - << 'PYTHON'
import csv
rows = list(csv.DictReader(open("out/forecast/assumptions.csv")))
assert len(rows) > 40 and len({r["id"] for r in rows}) == len(rows)
for r in rows:
    assert r["statement"] and r["owner"] and r["source"] and r["quality"] and r["children_change"] and not r["last_review"], r
PYTHON
expect_text "assurance: listed in the manifest" out/forecast/manifest.json '"assurance.html"'
run forecast --runs 12 --months 12 --assurance --la all
expect_status "assurance: of one authority" 64
run forecast --runs 12 --months 12 --assurance --publish
expect_status "assurance: is not published" 64

# ---- what the tests verify is told of every folder of tests
expect "quality: every folder of tests has its line" sh -c '
    for folder in "$TOP"/tests/*/; do
        name=$(basename "$folder")
        grep -q "^VERIFIED(\"$name\"" "$TOP/engine/app/verified.def" || { echo "$name"; exit 1; }
    done'
"$TOP/docs/quality/make.sh" "$TURNCURVE" . > /dev/null
expect_same "quality: docs/quality/assumptions.md is up to date (make quality)" "$TOP/docs/quality/assumptions.md" assumptions.md
