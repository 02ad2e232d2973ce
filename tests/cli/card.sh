# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Report cards: what they write, what they refuse, what people write into them.
. "$TOP/tests/cli/lib.sh"
export SOURCE_DATE_EPOCH=0

"$TURNCURVE" synth --children 120 --years 5 --seed 3 --out returns --quiet > /dev/null
run card
expect_status "card: without a database" 66
"$TURNCURVE" import --la Oakshire returns --quiet > /dev/null
cat > plan.csv <<'END'
plan,priority_ref,priority,action_ref,action,milestone,due,status,lead_role
oak,1,Home,1.1,Help families early,Team recruited,30/04/2024,Complete,Early help
oak,1,Home,1.2,Plan returns home,Panel meets,31/01/2026,Complete,Social work
oak,2,Away,2.1,Recruit carers,Twenty homes,31/12/2025,Delayed,Fostering
oak,2,Away,2.2,Listen,"Survey <of> ""all""",15/05/2026,Not started,Voice
END
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,1.1,entries,age=0-15,-10,-20,-30,pct,1.1,6,assumption
END
cat > targets.csv <<'END'
plan,action_ref,quantity,baseline,change,value,unit,by,note
oak,1.1,stock,,,90,children,2027-03-31,
oak,2.1,stock:placement:foster_ifa,,,20,children,2027-03-31,
END
cat > measures.csv <<'END'
measure,locality,period_start,period_end,numerator,denominator,value,target,polarity,question
Families seen in time,,2025-01-01,2025-03-31,30,40,,90,up,how_well
Families seen in time,,2026-01-01,2026-03-31,33,40,,90,up,how_well
Families seen in time,North <East>,2026-01-01,2026-03-31,8,10,,90,up,how_well
provider:ofsted_grade,Beech <House>,2026-02-04,2026-02-04,,,2,,down,how_well
END
cat > localities.csv <<'END'
postcode,locality
XA1,West
XA2,South
END
"$TURNCURVE" import --plan-date 2024-03-01 plan.csv effects.csv targets.csv --quiet > /dev/null
run import localities.csv measures.csv
expect_status "card: localities and measures are imported" 0

# ---- a card
run card --plan oak --runs 40 --out card
expect_status "card: the last quarter" 0
expect_text "card: is the last that the returns cover" stdout "2025-26Q4, January to March 2026"
expect_text "card: answers the question" card/index.html "Beating the baseline?"
head -1 card/card.csv > header
echo 'quarter,question,measure,locality,numerator,denominator,value,target,previous,direction,p_value,rag' > header.wanted
expect_same "card: columns of card.csv" header.wanted header
head -1 card/providers.csv > header
echo 'period,provider,urn,placement,children,nights,started,ended,moved_on,outside,outside_known,mean_days,mean_miles' > header.wanted
expect_same "card: columns of providers.csv" header.wanted header
expect_text "card: localities of the returns are measured" card/card.csv ",entries,South,"
expect_text "card: and those of the measures file" card/card.csv "North <East>"
expect_text "card: texts from files are escaped" card/index.html "Survey &lt;of&gt; &quot;all&quot;"
expect_text "card: so are those of providers" card/card.csv "provider:ofsted_grade,Beech <House>,,,2.0000"
expect_text "card: and shown" card/measures.html "Beech &lt;House&gt;</th>"
expect "card: but a provider is no area" sh -c '! grep -q "^.*,entries,Beech" card/card.csv && ! grep -q "col\">Beech" card/measures.html'
expect_text "card: measures that only an area has are in its column" card/measures.html '<th scope="col">North &lt;East&gt;</th>'
expect_text "card: late actions say by how much" card/index.html "late by 90 days" # 31 December to 31 March
expect "card: no text of a file is markup" sh -c '! grep -q "<of>" card/*.html && ! grep -q "<East>" card/*.html'
expect "card: files are for their owner alone" sh -c '[ -z "$(find card -type f ! -perm 600)" ]'
run card --plan oak --runs 40 --out card
cp -r card first
run card --plan oak --runs 40 --out card
expect_same "card: the same twice" first card
run card --plan oak --runs 40 --threads 1 --out one
run card --plan oak --runs 40 --threads 2 --out two
rm one/manifest.json two/manifest.json one/measures.html two/measures.html # they have the command line
expect_same "card: one thread or two" one two
run card --plan oak --runs 40 --json --out card
expect "card: --json is JSON" sh -c 'python3 -c "import json,sys; rows = json.load(sys.stdin); assert rows[0][\"quarter\"] == \"2025-26Q4\"" < stdout'

# ---- as known then: a card of a past quarter knows nothing of what came later
run card --quarter 2023-24Q2 --runs 40 --out past
expect_status "card: a past quarter" 0
expect "card: its curve ends there" awk -F, 'NR > 1 && $2 == "history" && $3 > "2023-09-30" { bad = 1 } END { exit bad }' past/curve.csv
mkdir early && cp -r returns/2022 returns/2023 returns/2024 early
"$TURNCURVE" -d early.db import --la Oakshire early --quiet > /dev/null
run -d early.db card --quarter 2023-24Q2 --runs 40 --out ofday
expect_same "card: its curve is that of its day" past/curve.csv ofday/curve.csv
for card in past ofday; do # localities and measures were imported here alone
    awk -F, '$4 == "" && $3 !~ /^Families/' "$card/card.csv" > "$card.csv"
done
expect_same "card: and so are its measures" past.csv ofday.csv

# ---- a year between two others is not there: a fall would prove nothing
mkdir gap && cp -r returns/2022 returns/2023 returns/2024 returns/2026 gap
"$TURNCURVE" -d gap.db import --la Oakshire gap --quiet > /dev/null
run -d gap.db card --runs 40 --out gapped
expect_status "card: a missing year is no failure" 0
expect_text "card: but the curve is not judged" gapped/index.html "Cannot be said"
expect_text "card: and the year is asked for" stderr "A return year of Oakshire between two others is missing"

# ---- what is refused
refused()
{
    what=$1
    code=$2
    words=$3
    shift 3
    run card "$@" --runs 40 --out refused
    expect_status "card: $what" "$code"
    expect_text "card: $what, in words" stderr "$words"
}
refused "a quarter in the future" 64 "there are quarters from 2021-22Q1 to 2025-26Q4" --quarter 2026-27Q1
refused "a quarter before history" 64 "begins before the data" --quarter 2010-11Q1
refused "a quarter with too little before it" 64 "2021-22Q4 is the first that has it" --quarter 2021-22Q3
refused "a quarter that is none" 64 "write one as 2026-27Q1" --quarter 2026-28Q1
refused "a month that is none" 64 "write one as 2026-05" --month 2026-13
refused "a month in the future" 64 "is not over by 31 Mar 2026" --month 2026-04
refused "a half-year that is none" 64 "write one as 2026-27H1" --half-year 2026-27H3
refused "two periods at once" 64 "exclude one another" --quarter 2025-26Q4 --month 2026-01
refused "a locality that is not stored" 64 "did you mean South?" --locality Suoth
refused "a plan that is not stored" 64 "oak" --plan okay
refused "a measure that is not known" 64 "did you mean entries?" --measures entires
refused "a commentary that is not there" 66 "there is no commentary none.md" --commentary none.md
expect "card: nothing was written" test ! -e refused

# ---- what a person writes
mkdir commentary
cat > commentary/2025-26Q4.md <<'END'
We **listened**. <script>alert(1)</script> [go](javascript:alert(2)) [plan](https://example.org/plan)

## What we will do next

Open a home.
END
run card --runs 40 --out card
expect_status "card: with a commentary beside the database" 0
expect_text "card: takes it in" card/index.html "<strong>listened</strong>"
expect_text "card: a block of its own" card/index.html "<p>Open a home.</p>"
expect_text "card: keeps links that are safe" card/index.html '<a href="https://example.org/plan">'
expect_text "card: what was left out is said" stderr "3 pieces were left out"
expect "card: and left out" sh -c '! grep -qi "<script\|javascript" card/index.html'
printf 'Fine.\n\nNot \377 fine.\n' > bad.md
refused "a commentary that is not UTF-8" 65 "bad.md:3: the commentary is not UTF-8" --commentary bad.md
awk 'BEGIN { for (i = 0; i < 400; i++) printf "many words " }' > long.md
refused "a commentary that needs a second sheet" 65 "is too long for a sheet" --commentary long.md
mkdir mine
echo 'North writes for itself.' > mine/2025-26Q4-south.md
run card --locality south --commentary mine --runs 40 --out south
expect_text "card: a locality has its own commentary" south/index.html "North writes for itself."
expect_text "card: and its own name" south/index.html "Oakshire, South"
rm -r commentary

# ---- a council's own words
mkdir own
printf '<!DOCTYPE html>\n<html lang="en-GB"><title>{{authority}}</title><h1>Our own card</h1>\n {{authorty}}</html>\n' > own/card.mustache
refused "a template with an unknown tag" 65 'own/card.mustache:3:2: no value has this name: authorty; did you mean "authority"?' --reports own
sed -i 's/authorty/answer/' own/card.mustache
run card --reports own --runs 40 --out card
expect_text "card: a council's own layout" card/index.html "<h1>Our own card</h1>"
run card --reports "$TOP/docs/examples/reports" --plan oak --runs 40 --out card
expect_status "card: the example layout of the documentation" 0
expect_text "card: has its own words" card/index.html "Child Friendly Oakshire"

# ---- month, half-year, all
run card --month 2026-02 --out month
expect_status "card: the monthly dashboard" 0
expect_text "card: by area" month/index.html "By area"
expect_text "card: of the month" month/card.csv "2026-02,how_much,entries,,"
run card --month 2026-02 --locality South --out month
expect_text "card: of one locality" month/index.html "Oakshire, South: dashboard for February 2026"
expect "card: and of no other" sh -c '! grep -q "West" month/card.csv'
run card --half-year 2025-26H2 --plan oak --runs 40 --out half
expect_status "card: the half-yearly report" 0
expect_text "card: says what it is" half/index.html "report to the board, October 2025 to March 2026"
run card --all --runs 20 --out all
expect_status "card: a series" 0
expect "card: seventeen cards: the first ends a year of returns" sh -c '[ "$(ls all/20??-??Q?.html | wc -l)" -eq 17 ]'
expect_text "card: arrows to the one before" all/2024-25Q1.html 'href="2023-24Q4.html"'
expect_text "card: and the one after" all/2024-25Q1.html 'href="2024-25Q2.html"'
expect "card: the last has no next" sh -c '! grep -q "→" all/2025-26Q4.html'
expect_text "card: a front page" all/index.html 'href="2022-23Q1.html"'
