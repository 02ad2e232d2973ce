#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# --publish: an attacker of its own (tests/attack) has the published folders of a small authority and must not narrow any
# small number; no small number, path or input stands in any file of them.
. "$TOP/tests/cli/lib.sh"
attack=$(dirname "$TURNCURVE")/tests/attack/attack
if [ ! -x "$attack" ]; then
    variant=$(basename "$(dirname "$TURNCURVE")")
    make -s -C "$TOP" VARIANT="$variant" "build/$variant/tests/attack/attack" > make.log 2>&1 || { not_ok "publish: the attacker" "cannot be built: $(tail -1 make.log)"; exit 0; }
fi

# zeros FOLDER: the least number that an attacker knows a hidden cell to hold, by what the publication says of itself.
zeros() { if grep -q '"some_zeros_hidden": 0' "$1/manifest.json"; then echo 1; else echo 0; fi; }

# expect_attack_fails NAME LEAST TRUTH... -- PUBLISHED...
expect_attack_fails()
{
    attack_name=$1
    shift
    if "$attack" 5 "$@" > attacked; then ok "$attack_name"; else not_ok "$attack_name" "$(tail -4 attacked | tr '\n' ' ')"; fi
}

# no_small NAME FILE...: no count of 1 to 5 in a table of a page, at the end of a label of a picture, or in words about
# children.
no_small()
{
    small_name=$1
    shift
    if grep -nE '<td class="number">[1-5]</td>|[a-z0-9]:? [1-5]</text>|[^0-9.,][1-5] (child|children|are|were|entries|exits)' "$@" > small; then
        not_ok "$small_name" "$(head -c 300 small | tr '\n' ' ')"
    else
        ok "$small_name"
    fi
}

# The test must be able to fail: 3 alone in its row.
cat > truth.csv << 'END'
la,date,measure,group,unit,value
X,2022-03-31,stock,all,children,30
X,2022-03-31,stock,age:0,children,3
X,2022-03-31,stock,age:1-4,children,27
END
sed 's/age:0,children,3/age:0,children,c/' truth.csv > bad.csv
sed 's/age:1-4,children,27/age:1-4,children,c/' bad.csv > good.csv
if "$attack" 5 1 truth.csv -- bad.csv > attacked; then not_ok "publish: a bad table is found out" "$(cat attacked)"; else ok "publish: a bad table is found out"; fi
expect_attack_fails "publish: a good table is not" 1 truth.csv -- good.csv

# ---- an authority of some sixty children; the last return comes later
run synth --children 60 --years 5 --seed 3 --out returns
mkdir later && mv returns/2026 later/
run -d p.db import --la Smallshire returns
run -d p.db history --publish --out first
expect_status "publish: history" 0
expect_text "publish: says what was hidden" stderr "found none"
run -d p.db import --la Smallshire later
run -d p.db history --publish --out second
expect_status "publish: history again" 0
run -d p.db history --publish --out third
expect_same "publish: the same again" second third
run -d p.db history --out inside
expect_attack_fails "publish: attack on history" "$(zeros second)" inside/history.csv -- second/history.csv
expect_attack_fails "publish: attack on two publications together" \
    "$(if [ "$(zeros first)$(zeros second)" = 11 ]; then echo 1; else echo 0; fi)" inside/history.csv -- first/history.csv second/history.csv
no_small "publish: no small count in history" second/index.html second/*.svg second/manifest.json
if cut -d, -f6 second/history.csv | grep -qx c; then ok "publish: some are hidden"; else not_ok "publish: some are hidden" "no c"; fi
if cut -d, -f6 second/history.csv | grep -qxE '[1-5]'; then not_ok "publish: none is small" "small"; else ok "publish: none is small"; fi
run -d p.db history --publish --hide-zero --out zero
expect_status "publish: hide-zero" 0
if cut -d, -f6 zero/history.csv | grep -qxE '[0-5]'; then not_ok "publish: zeros are hidden" "0"; else ok "publish: zeros are hidden"; fi

# ---- forecast: what is shown of a group was shown of its past
cat > places.yaml << 'END'
name: places
extends: baseline
capacity:
  - {placement: foster_inhouse, places: 22, usable: 80%, overflow: foster_ifa}
END
run -d p.db forecast --publish --runs 50 --months 24 --scenario places.yaml --out forecast
expect_status "publish: forecast" 0
awk -F, 'NR == FNR { if ($3 == "stock" && $2 == "2026-03-31") past[$4] = $6; next }
    $4 == "stock" && $7 != "c" && (past[$5] == "c" || past[$5] < 6) { print $5, past[$5]; bad = 1 }
    END { exit bad }' second/history.csv forecast/forecast.csv > shown_of_hidden &&
    ok "publish: no forecast of a hidden group" || not_ok "publish: no forecast of a hidden group" "$(head -2 shown_of_hidden)"
awk -F, 'NR == FNR { if ($3 == "stock" && $2 == "2026-03-31") past[$4] = $6; next }
    FNR > 1 && $5 != "c" && $5 != past["placement:" $3] { print; bad = 1 } END { exit bad }' second/history.csv forecast/market.csv > differs &&
    ok "publish: the statement shows what history shows" || not_ok "publish: the statement shows what history shows" "$(head -1 differs)"
expect_text "publish: places of the statement" forecast/market.csv "Smallshire,places,foster_inhouse,2028-03-31"
expect_text "publish: the statement's link" forecast/index.html "market.html"
# hidden_nowhere GROUP WORDS: a group that is hidden at the origin has no slice, line or label in a picture of the forecast.
hidden_nowhere()
{
    if grep -q "2026-03-31,stock,$1,children,c" second/history.csv && grep -lF "$2" forecast/*.svg > named; then
        not_ok "publish: no picture of $1" "$(head -1 named)"
    else
        ok "publish: no picture of $1"
    fi
}
hidden_nowhere placement:adoption "Placed for adoption"
hidden_nowhere placement:res_external "home: external"
hidden_nowhere placement:supported "Supported accommodation"

if command -v unzip > /dev/null && [ -e forecast/forecast.xlsx ]; then
    mkdir book && (cd book && unzip -q ../forecast/forecast.xlsx)
    if grep -rqE 'Rows read|SHA-256|uplift a year|returns/' book; then
        not_ok "publish: the workbook has no inputs or prices" "$(grep -rlE 'Rows read|SHA-256|uplift a year|returns/' book | head -1)"
    else
        ok "publish: the workbook has no inputs or prices"
    fi
    expect_text "publish: the workbook says what c is" book/xl/sharedStrings.xml "c: hidden."
    expect "publish: the workbook has hidden cells" grep -q '<t>c</t>\|<si><t>c</t></si>' book/xl/sharedStrings.xml
fi

# ---- two cards in a row, beside the histories
for quarter in 2 3; do
    run -d p.db card --publish --quarter 2025-26Q$quarter --runs 20 --out card$quarter
    expect_status "publish: card, quarter $quarter" 0
    run -d p.db card --quarter 2025-26Q$quarter --runs 20 --out inside$quarter
    no_small "publish: no small count in card $quarter" card$quarter/*.html card$quarter/*.svg
    # Sparklines would have months: none. Alt texts are of the curve, whose points are those of
    # published totals, years' ends and the two quarters' that the card compares, and forecasts.
    if grep -q 'class="spark' card$quarter/index.html || ! grep -q 'class="spark' inside$quarter/index.html; then
        not_ok "publish: no sparkline in card $quarter" "$(grep -m 1 'class="spark' card$quarter/index.html)"
    else
        ok "publish: no sparkline in card $quarter"
    fi
    awk -F, 'NR > 1 && $2 == "history" && $3 !~ /-03-31$/ && $3 !~ /^202[45]-(09-30|12-31)$/ { print; bad = 1 } END { exit bad }' \
        card$quarter/curve.csv > months && ok "publish: no months in the curve of card $quarter" ||
        not_ok "publish: no months in the curve of card $quarter" "$(head -1 months)"
done
expect_attack_fails "publish: attack on two cards together" \
    "$(if [ "$(zeros card2)$(zeros card3)" = 11 ]; then echo 1; else echo 0; fi)" \
    inside/history.csv inside2/card.csv inside3/card.csv -- card2/card.csv card3/card.csv
expect_attack_fails "publish: attack on cards and histories together" 0 inside/history.csv inside2/card.csv inside3/card.csv -- \
    first/history.csv second/history.csv card2/card.csv card3/card.csv
# Small numbers of a card that is not published are found.
if "$attack" 5 0 inside/history.csv inside2/card.csv -- inside2/card.csv > attacked; then
    not_ok "publish: a card of the house is found out" "$(tail -1 attacked)"
else
    ok "publish: a card of the house is found out"
fi

# ---- two finance reports in a row, of an authority with lines of few children and others
run synth --children 400 --years 3 --seed 5 --finance --out money
run -d m.db import --la Middleshire money
for month in 2025-08-31 2025-09-30; do
    run -d m.db finance --publish --runs 30 --from $month --out finance$month
    expect_status "publish: finance to $month" 0
done
expect_text "publish: the screen hides lines, too" stdout "Secure and other placements  c "
cp m.db again.db
run -d again.db finance --publish --runs 30 --from 2025-09-30 --out again
expect_same "publish: the same finance report again" finance2025-09-30 again
run -d m.db finance --runs 30 --from 2025-09-30 --out house
attack_finance() { python3 "$TOP/tests/attack/finance.py" 5 house "$@" > attacked; }
if attack_finance finance2025-08-31 finance2025-09-30; then
    ok "publish: attack on finance"
else
    not_ok "publish: attack on finance" "$(tail -3 attacked | tr '\n' ' ')"
fi
if grep -q ' 0 of \| 8 of ' attacked; then not_ok "publish: some lines are hidden, some not" "$(cat attacked)"; else ok "publish: some lines are hidden, some not"; fi
if attack_finance house; then not_ok "publish: a report of the house is found out" "$(cat attacked)"; else ok "publish: a report of the house is found out"; fi
# One hidden line alone is given away by the total: the others are filled in from the house.
cp -R finance2025-09-30 alone
python3 - << 'END'
import csv
house = {(r["line"], r["placement"]): r for r in csv.DictReader(open("house/finance.csv", newline=""))}
rows = list(csv.DictReader(open("alone/finance.csv", newline="")))
with open("alone/finance.csv", "w", newline="") as file:
    out = csv.DictWriter(file, rows[0].keys())
    out.writeheader()
    out.writerows(r if r["line"].startswith("Secure") else house[r["line"], r["placement"]] for r in rows)
END
attack_finance alone
if grep -q "says more than 1 to 5" attacked; then ok "publish: a line hidden alone is found out"; else not_ok "publish: a line hidden alone is found out" "$(tail -2 attacked)"; fi
expect "publish: no price book, no inputs in the finance workbook" sh -c \
    '! unzip -p finance2025-09-30/finance.xlsx | grep -qE "SHA-256|Prices on the last day|Rows read"'
run -d m.db finance --plan none --publish --hide-zero --largest-hidden 9 --runs 30 --from 2025-09-30
expect_status "publish: a plan that is not stored" 66
run -d m.db finance --hide-zero
expect_status "publish: finance: hide-zero alone" 64

# ---- what must not be in any of them
if grep -rlE 'returns/|(^|[^_])episodes|sha256|[pm]\.db|repaired|SY[0-9]' first second zero forecast card2 card3 finance2025-0* --include='*.html' --include='*.json' \
    --include='*.csv' --include='*.svg' > leaks; then
    not_ok "publish: no inputs, no paths" "$(head -2 leaks | tr '\n' ' ')"
else
    ok "publish: no inputs, no paths"
fi
run -d p.db history --publish --published
expect_status "publish: not two ways to count" 64
run -d p.db history --hide-zero
expect_status "publish: hide-zero alone" 64
run -d p.db forecast --publish --la all
expect_status "publish: one authority" 64
run -d p.db plan --publish --worked
expect_status "publish: what came of actions stays" 64
run -d p.db target --publish --plan x --cheapest
expect_status "publish: answers about groups stay" 64
