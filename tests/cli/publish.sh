#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# --publish: an attacker of its own (tests/attack) has the published folders of a small authority and must not narrow any
# small number; no small number, path or input stands in any file of them.
. "$TOP/tests/cli/lib.sh"
attack=$(dirname "$TURNCURVE")/tests/attack/attack
if [ ! -x "$attack" ]; then
    make -s -C "$TOP" "$attack" > make.log 2>&1 || { not_ok "publish: the attacker" "cannot be built: $(tail -1 make.log)"; exit 0; }
fi

# zeros FOLDER: the least number that an attacker knows a hidden cell to hold, by what the publication says of itself.
zeros() { if grep -q '"some_zeros_hidden": 0' "$1/manifest.json"; then echo 1; else echo 0; fi; }

# expect_attack_fails NAME LEAST TRUTH PUBLISHED...
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
if "$attack" 5 1 truth.csv bad.csv > attacked; then not_ok "publish: a bad table is found out" "$(cat attacked)"; else ok "publish: a bad table is found out"; fi
expect_attack_fails "publish: a good table is not" 1 truth.csv good.csv

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
expect_attack_fails "publish: attack on history" "$(zeros second)" inside/history.csv second/history.csv
expect_attack_fails "publish: attack on two publications together" \
    "$(if [ "$(zeros first)$(zeros second)" = 11 ]; then echo 1; else echo 0; fi)" inside/history.csv first/history.csv second/history.csv
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

# ---- what must not be in any of them
if grep -rlE 'returns/|episodes|sha256|p\.db|repaired|SY[0-9]' first second zero forecast --include='*.html' --include='*.json' \
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
