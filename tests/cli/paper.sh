# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A report card printed by Chromium is one sheet of A4, its letters have 10 points, and nothing is cut, however full it is.
. "$TOP/tests/cli/lib.sh"

# Pages have the same bytes whatever the build: once is enough.
case $TURNCURVE in
*/asan/*) exit 0 ;;
esac
for program in chromium pdfinfo pdftotext pdftohtml; do
    if ! command -v "$program" > /dev/null; then
        skipped "paper: a card is one sheet of A4" "$program is not installed"
        exit 0
    fi
done

"$TURNCURVE" synth --children 120 --years 5 --seed 3 --out returns --quiet > /dev/null
"$TURNCURVE" import --la "The Royal Borough of Kingston upon Somewhere" returns --quiet > /dev/null
# A plan with more than fits, in long words.
{
    echo 'plan,priority_ref,priority,action_ref,action,milestone,due,status,lead_role'
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "oak,1,Home,1.$i,Help families early,Milestone $i of a programme whose words go on for much longer than a line of a sheet has room for,$i/12/2025,Delayed,Assistant director of early help and prevention"
        echo "oak,2,Away,2.$i,Recruit carers,Milestone $i that is still to come and has as many words as the others before it,$i/05/2026,Not started,Head of commissioning"
    done
    echo 'oak,3,Began,3.1,Begin,Begun,30/04/2024,Complete,Director'
} > plan.csv
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,3.1,entries,age=0-15,-10,-20,-30,pct,3.1,6,assumption
END
cat > targets.csv <<'END'
plan,action_ref,quantity,baseline,change,value,unit,by,note
oak,1.1,stock,,,90,children,2027-03-31,
oak,2.1,stock:placement:foster_ifa,,,20,children,2027-03-31,
oak,2.2,stock:placement:res_external,,,5,children,2027-12-31,
oak,2.3,stock:placement:foster_inhouse,,,60,children,2028-12-31,
END
{
    echo 'measure,locality,period_start,period_end,numerator,denominator,value,target,polarity,question'
    for question in how_much how_well better_off; do
        for i in 1 2 3; do
            echo "Measure $i whose name is longer than a column of a sheet,,2025-01-01,2025-03-31,30,40,,90,up,$question"
            echo "Measure $i whose name is longer than a column of a sheet,,2026-01-01,2026-03-31,33,40,,90,up,$question"
        done | sed "s/^Measure/$question/"
    done
} > measures.csv
"$TURNCURVE" import --plan-date 2024-03-01 plan.csv effects.csv targets.csv measures.csv --quiet > /dev/null

# sheet NAME FOLDER WORDS...: one sheet of A4 with letters of 10 points that has the words and the end of its foot.
sheet()
{
    name=$1
    page=$2
    shift 2
    chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$PWD/profile" --no-pdf-header-footer \
        --print-to-pdf=card.pdf "file://$PWD/$page" > chromium.log 2>&1
    pdfinfo card.pdf > info 2>&1
    expect_text "paper: $name: one sheet" info "Pages:           1"
    expect_text "paper: $name: of A4" info "(A4)"
    pdftotext -layout card.pdf text
    for words in "$@" "manifest.json."; do
        expect_text "paper: $name: has \"$words\"" text "$words"
    done
    # sizes are rounded to whole points
    expect "paper: $name: letters have 10 points" sh -c '
        pdftohtml -xml -zoom 1 -i -stdout card.pdf |
            sed -n "s/.*<fontspec [^>]*size=\"\([0-9]*\)\".*/\1/p" | awk "{ n++ } \$1 < 10 { bad++ } END { exit bad > 0 || n == 0 }"'
}

run card --runs 30 --out bare
expect_status "paper: a card without a plan" 0
sheet "without a plan" bare/index.html "Beating the baseline?" "The story behind the curve" "Money"
run card --plan oak --runs 30 --out full
expect_status "paper: a full card" 0
sheet "full" full/index.html "Beating the baseline?" "late by" "to come" "Will the targets be met?" "Money"
mkdir commentary
cat > commentary/2025-26Q4.md <<'END'
Fewer families came back for help a second time this quarter, and **earlier conferences** made the difference.

# What children say

I want to know who picks me up.
END
run card --plan oak --runs 30 --out written
expect_status "paper: a card that people wrote on" 0
sheet "written" written/index.html "conferences" "picks"
run card --quarter 2021-22Q4 --runs 30 --out short
expect_status "paper: a card with a year of history" 0
sheet "of little history" short/index.html "Too early to say" "do not reach back"
