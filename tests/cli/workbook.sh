# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# forecast.xlsx: opens in LibreOffice without a word, holds what the CSVs hold to the penny, its formulas give what is
# stored beside them, the same inputs give the same bytes.
. "$TOP/tests/cli/lib.sh"

if ! command -v soffice > /dev/null || ! command -v python3 > /dev/null; then
    skipped workbook "needs soffice and python3"
    exit 0
fi
book() { python3 "$TOP/tests/cli/workbook.py" "$@"; }
# ties SHEET HEADING CSV COLUMN ...: tests/cli/workbook.py says what comes then.
ties()
{
    ties_sheet=$1 ties_heading=$2 ties_file=$3
    shift 3
    expect "workbook: $ties_sheet, $ties_heading ties to $ties_file" \
        book ties w.xlsx "$ties_sheet" "$ties_heading" "out/$ties_file" "$@"
}

"$TURNCURVE" synth --children 120 --years 4 --seed 5 --out returns --quiet > /dev/null
"$TURNCURVE" import --la "=Oak & \"Ash\" [shire]" returns --quiet > /dev/null
cat > plan.csv <<'END'
plan,priority_ref,priority,action_ref,action,milestone,due,status,lead_role
oak,1,Home,1.1,=HYPERLINK("http://x"),+Team recruited,30/09/2026,Not started,Early help
oak,2,Away,2.1,Recruit carers,@Twenty homes,31/03/2027,Not started,Fostering
END
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,1.1,entries,age=0-15,-10,-20,-30,pct,1.1,6,assumption
oak,2.1,mix,from=foster_ifa;to=foster_inhouse,5,10,20,pct,2.1,12,assumption
END
cat > targets.csv <<'END'
plan,action_ref,quantity,baseline,change,value,unit,by,note
oak,1.1,stock,,-5,,children,31/03/2027,-5 by March
END
run import --plan-date 2026-08-01 plan.csv effects.csv targets.csv
expect_status "workbook: import" 0
run forecast --plan oak --runs 40 --months 18 --out out
expect_status "workbook: forecast" 0
case $TURNCURVE in
*/build/release/*) ;;
*)
    skipped "workbook: ties" "the release's workbook has the same bytes"
    exit 0
    ;;
esac
cp out/forecast.xlsx w.xlsx
expect "workbook: opens, no error cell, every formula gives its stored value" book check w.xlsx
expect "workbook: private" sh -c '[ "$(stat -c %a out/forecast.xlsx)" = 600 ]'

# One stored value changed by a penny: the check must notice, else it proves nothing.
python3 - <<'END'
import re, zipfile
with zipfile.ZipFile("w.xlsx") as old, zipfile.ZipFile("changed.xlsx", "w") as new:
    changed = False
    for name in old.namelist():
        text = old.read(name)
        if not changed and name.startswith("xl/worksheets/sheet") and b"SUBTOTAL" in text:
            text = re.sub(rb"(<f>SUBTOTAL[^<]*</f><v>)([\d.]+)", lambda m: m[1] + b"%.2f" % (float(m[2]) + .01), text, 1)
            changed = True
        new.writestr(name, text)
END
if book check changed.xlsx > told 2>&1; then
    not_ok "workbook: a wrong stored value is noticed" "$(cat told)"
else
    ok "workbook: a wrong stored value is noticed"
fi

main=oak
for place in foster_inhouse:"Foster: in-house" foster_ifa:"Foster: agency" res_external:"Children's home: external"; do
    group=placement:${place%%:*}
    heading=${place#*:}
    ties "Placements by month" "$heading" forecast.csv mean by Month=date where scenario=$main where measure=stock where "group=$group"
    ties "Cost by month" "$heading" cost.csv mean by Month=date where scenario=$main where "group=$group"
    ties "Cost by year" "$heading" cost.csv mean by "Year=fy(date)" where scenario=$main where "group=$group"
done
ties "Placements by month" All forecast.csv mean by Month=date where scenario=$main where measure=stock where group=all
ties "Cost by month" All cost.csv mean by Month=date where scenario=$main where group=all
ties "Cost by year" All cost.csv mean by "Year=fy(date)" where scenario=$main where group=all
ties "By year" Cost cost.csv mean by "Year=fy(date)" by "Scenario=label(scenario)" where group=all
ties "By year" Entries forecast.csv mean by "Year=fy(date)" by "Scenario=label(scenario)" where group=all where measure=entries
ties "By year" "Children to (p90)" forecast.csv p90 by "Year=fy(date)" by "Scenario=label(scenario)" where group=all where measure=stock last
ties Differences "Cost: difference" difference.csv mean by "Year=fy(date)" by "Scenario=label(scenario)" where group=all where measure=cost
ties Differences "Children at the end: difference" difference.csv mean by "Year=fy(date)" by "Scenario=label(scenario)" where group=all where measure=stock last
ties Actions "Cost over the forecast" attribution.csv mean by Action=action_ref where measure=cost
ties Delays "Cost of the delay" slippage.csv gbp by Action=action_ref by Milestone=milestone
expect "workbook: a named cell is the figure of the CSV" sh -c "[ \"\$(python3 '$TOP/tests/cli/workbook.py' name w.xlsx plan_children_at_end_p90)\" = \
    \"\$(awk -F, '\$2 == \"oak\" && \$4 == \"stock\" && \$5 == \"all\" { last = \$14 + 0 } END { print last }' out/forecast.csv)\" ]"

export TZ=Asia/Tokyo
run forecast --plan oak --runs 40 --months 18 --threads 1 --out again
unset TZ
expect "workbook: same bytes with one thread, in another folder and time zone" cmp out/forecast.xlsx again/forecast.xlsx

run forecast --months 1 --runs 20 --out short
expect_status "workbook: a month alone" 0
cp short/forecast.xlsx short.xlsx
expect "workbook: a month alone opens" book check short.xlsx

# Published totals: no placements, no costs; one authority, and several in one workbook.
{
    echo year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers
    for year in 2019 2020 2021 2022; do
        echo "$year,E08000001,301,Testham,,$((year - 1900)),50,48"
        echo "$year,E08000002,302,Othering,,$((year - 1800)),90,88"
    done
} > panel.csv
run -d totals.db import panel.csv
run -d totals.db forecast --la all --runs 20 --months 24 --out totals
expect_status "workbook: several authorities" 0
cp totals/forecast.xlsx totals.xlsx
expect "workbook: several authorities open" book check totals.xlsx
