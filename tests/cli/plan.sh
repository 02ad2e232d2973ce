# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A plan from its file to what is due, late and changed.
. "$TOP/tests/cli/lib.sh"

# field FILE REF COLUMN: the value of a column (by name) in the row of an action; no cell of these plans has a comma.
field()
{
    awk -F, -v ref="$2" -v name="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) { if ($i == name) column = i; if ($i == "action_ref") key = i } next }
        $key == ref { print $column }' "$1"
}
# is NAME FILE REF COLUMN VALUE
is()
{
    got=$(field "$2" "$3" "$4")
    if [ "$got" = "$5" ]; then ok "$1"; else not_ok "$1" "$4 of $3 is \"$got\", not \"$5\""; fi
}

run plan
expect_status "plan: without a database" 66
cat > first.csv <<'END'
plan,priority_ref,priority,action_ref,action,milestone,due,revised_due,status,progress,lead_role
oak,1,Home,1.1,Open doors,,31/03/12,,COMPLETE,,Front door
oak,1,Home,1.2,Shut windows,,31/03/12,,Ongoing,,Caretaker
oak,1,Home,1.3,Lock up,,As above,,,,Caretaker
oak,2,Away,2.1,Pack bags,two bags,by end September 2012,,On track,,Travel
oak,2,Away,2.2,Leave,,3 months after 2.1,,,,Travel
oak,2,Away,2.3,Write home,,monthly,,,,Travel
oak,2,Away,2.4,Sing,,purple soonish,,purple,,Travel
END
run import --plan-date 2012-08-01 first.csv
expect_status "plan: import" 0
run plan
expect_status "plan: of the only plan" 0
head -1 out/plan/plan.csv > header
echo 'plan,action_ref,action,milestone,due_text,due_earliest,due_latest,due_precision,due_kind,status_text,status,days_late,lead_role,effect_p50,effect_p10,effect_p90,unit' > header.wanted
expect_same "plan: the columns are those that are promised" header.wanted header
# 31 March to 1 August 2012: 123 days
is "plan: what is complete is not late" out/plan/plan.csv 1.1 days_late ""
is "plan: late by days" out/plan/plan.csv 1.2 days_late 123
is "plan: as above has the date of the row above" out/plan/plan.csv 1.3 due_latest 2012-03-31
is "plan: its text stays" out/plan/plan.csv 1.3 due_text "As above"
is "plan: not late yet" out/plan/plan.csv 2.1 days_late 0
is "plan: end of a month is its last day" out/plan/plan.csv 2.1 due_earliest 2012-09-30
is "plan: a due may follow another action" out/plan/plan.csv 2.2 due_latest 2012-12-30
is "plan: what recurs has no date" out/plan/plan.csv 2.3 due_kind recurring
is "plan: status in words of the vocabulary" out/plan/plan.csv 2.1 status on_track
is "plan: what is not understood has no date" out/plan/plan.csv 2.4 due_kind none
expect_text "plan: the screen counts statuses" stdout "on_track"
expect_text "plan: what is due this quarter" stdout "two bags"
expect "plan: a day late in the words of the screen" grep -q "1.2 .*2012-03-31 .*123" stdout
expect "plan: plan.csv is private" test "$(stat -c %a out/plan/plan.csv)" = 600

run plan oak --as-of 2012-10-01 --out later
is "plan: the view on a later day" later/plan.csv 2.1 days_late 1
is "plan: days go on" later/plan.csv 1.2 days_late 184
run plan oak --json --out json
expect "plan: JSON has every row" sh -c 'grep -c "\"action_ref\"" stdout | grep -qx 7'
run plan elm
expect_status "plan: a name that is not there" 64
expect_text "plan: the nearest name" stderr "nearest name is oak"
run plan oak elm
expect_status "plan: one name at most" 64

# what could not be read is a finding with its text
run check --out checked
expect_text "plan: a due that is not understood" checked/findings.csv "purple soonish"
expect "plan: rules of the findings" sh -c 'cut -d, -f2 checked/findings.csv | sort -u | tr "\n" " " | grep -q "I-02 I-09 I-11 I-18 "'

# a later version: moved, added, dropped
sed -e 's/by end September 2012,,/by end September 2012,Revised to December 2012,/' -e '/,2.3,/d' \
    -e 's/^oak,1,Home,1.2,Shut windows,,31\/03\/12,,Ongoing/oak,1,Home,1.2,Shut windows,,31\/03\/12,,Complete/' first.csv > second.csv
echo 'oak,3,Back,3.1,Unpack,,June 2013,,,,Travel' >> second.csv
run import --plan-date 2012-10-15 second.csv
expect_status "plan: a newer version" 0
run plan oak --changes
expect_status "plan: changes" 0
# 30 September to 31 December 2012: 92 days; what follows it by three months moves from 30 December to 31 March: 91
is "plan: moved by days" out/plan/changes.csv 2.1 days 92
is "plan: what follows it moves, too" out/plan/changes.csv 2.2 days 91
is "plan: added" out/plan/changes.csv 3.1 change added
is "plan: dropped" out/plan/changes.csv 2.3 change dropped
is "plan: another status" out/plan/changes.csv 1.2 status_after complete
expect "plan: nothing else changed" sh -c 'test "$(wc -l < out/plan/changes.csv)" -eq 6'
run plan oak --as-of 2012-09-01 --changes --out before
expect_text "plan: the first version has none before it" stderr "no earlier version"
is "plan: the view on a day is that of the version of the day" before/plan.csv 2.3 due_kind recurring
run import --plan-date 2012-10-15 second.csv first.csv
expect_text "plan: imported before" stdout "imported before"
run plan oak --changes
is "plan: versions stay in their order" out/plan/changes.csv 2.1 days 92

# a plan that does not say its day, of the file's name, without references
printf 'Action;Due\r\nRing;by May 2013\r\nSing;within 6 months\r\n' > elm-2013.csv
run import elm-2013.csv
expect_status "plan: two columns are enough" 0
run plan elm-2013 --out elm
is "plan: references are made" elm/plan.csv 2 action Sing
run check --out checked
expect_text "plan: the inferred date is reported" checked/findings.csv "by its texts, 2013-05-01"

# text stays text
cat > evil.csv <<'END'
plan,action_ref,action,milestone,due
evil,1,"=cmd|' /C calc'!A0","<script>alert(1)</script>",`touch pwned`
evil,../../2,"$(touch pwned)","set output ""| touch pwned""",May 2012
END
run import evil.csv
expect_status "plan: hostile text" 0
run plan evil --out evil
expect_status "plan: hostile text is shown" 0
expect_text "plan: a formula is text" evil/plan.csv "'=cmd"
expect "plan: nothing ran" test ! -e pwned
expect "plan: markup is text on the page" sh -c '! grep -q "<script" evil/index.html'
expect_text "plan: and is there" evil/index.html "set output &quot;| touch pwned&quot;"
if command -v gnuplot > drawn; then
    expect_text "plan: and in the picture" evil/gantt.svg "=cmd|"
    expect "plan: a whole picture" sh -c 'tail -c 7 evil/gantt.svg | grep -q "</svg>"'
    expect_text "plan: the page shows the picture" evil/index.html '<img src="gantt.svg"'
else
    skipped "plan: pictures" "gnuplot is not installed"
fi

# the page: findings in words, effects, what measures an action; effects in plan.csv
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,1.2,exits,route=home,0,5,10,pct,,12,Assumed
oak,2.1,entries,all,-2,-2,-2,per_year,1.2,6,Assumed
END
run import effects.csv
expect_status "plan: effects" 0
run plan oak --as-of 2012-08-01 --out page
expect_status "plan: with effects" 0
# Beta(3,3) on 0 to 10: 10 x^3 - 15 x^4 + 6 x^5 = .1 at x = .24664
is "plan: the middle effect" page/plan.csv 1.2 effect_p50 5.000
is "plan: its low end" page/plan.csv 1.2 effect_p10 2.466
is "plan: its high end" page/plan.csv 1.2 effect_p90 7.534
is "plan: its unit" page/plan.csv 2.1 unit per_year
is "plan: no effect, no number" page/plan.csv 1.3 effect_p50 ""
expect_text "plan: the page says what is late" page/index.html "2 of 7 actions are late on 1 Aug 2012, by up to 123 days; 1 is done."
expect_text "plan: what is due" page/index.html "1 is due in the quarter from 1 Jul 2012 to 30 Sep 2012, none of them over."
expect_text "plan: what measures it" page/index.html "Of 7 actions 0 have an indicator, 0 a target, 2 an expected effect; nothing measures 5: 1.1, 1.3, 2.2, 2.3, 2.4."
expect_text "plan: how effects are told" page/index.html "+5% (+2.5% to +7.5%)"
expect "plan: the page is private" test "$(stat -c %a page/index.html)" = 600
run plan --out all
expect "plan: a picture a plan" sh -c '! command -v gnuplot || { test -s all/oak-gantt.svg && test -s all/elm-2013-gantt.png; }'
PATH=/nonexistent run plan oak --out bare
expect_status "plan: without gnuplot" 0
expect_text "plan: the page then describes the picture" bare/index.html "Gantt chart of the plan oak: "

# a forecast marks where the actions start
run synth --children 40 --years 3 --year 2016 --out returns
sed -e 's/2012/2016/g' -e 's:/12,:/16,:g' first.csv > first-2016.csv
run -d curve.db import --plan-date 2016-08-01 returns first-2016.csv effects.csv
expect_status "plan: returns and a plan" 0
run -d curve.db forecast --plan oak --runs 10 --months 12 --out curve
expect_status "plan: a forecast" 0
expect_text "plan: the table under the curve" curve/index.html "Where the actions of the plan bend the curve"
expect_text "plan: how late it may be" curve/index.html "late already, by 123 days"
expect "plan: flags on the time axis" sh -c '! command -v gnuplot || grep -q ">1.2 +1<" curve/turning-the-curve.svg'
expect_text "plan: flags in words" curve/index.html "Flags on the time axis: actions of the plan start from March 2016 (1.2) to March 2016 (2.1), 2 in all."
run -d curve.db forecast --runs 10 --months 12 --out plain
expect "plan: no flags without a plan" sh -c '! grep -q "Flags" plain/index.html'

if [ -d "$TOP/scenarios/plans" ]; then
    run -d five.db import "$TOP"/scenarios/plans/*.csv
    expect_status "plan: the plans that come with the program" 0
    expect "plan: every row is kept" awk '$1 == "total" { ok = $2 == 471 && $3 == 471 } END { exit !ok }' stdout
    run -d five.db plan --out five
    expect "plan: every row of five plans" sh -c 'test "$(tail -n +2 five/plan.csv | grep -cE "^(gateshead-2010|haringey-2011|leeds-2012|middlesbrough-2016|strategy-for-change-2007),")" -eq 315'
fi
