# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The placement budget report: a year of a made-up authority with and without budget and ledger, figures that tie, the
# month before that is not lost, and what councils' files really hold.
. "$TOP/tests/cli/lib.sh"

# holds NAME PYTHON: a condition on rows("FILE"), the rows of a CSV as dictionaries, and p("12.30"), pence.
holds()
{
    cat > check.py << 'END'
import csv, json, sys
def rows(name): return list(csv.DictReader(open(name, newline='')))
def p(text): return round(float(text) * 100) if text else 0
def line(name, text): return next(r for r in rows(name) if r['line'] == text)
END
    echo "sys.exit(0 if ($2) else 1)" >> check.py
    expect "$1" python3 check.py
}

run finance
expect_status "finance: without a database" 66
run synth --children 100 --years 3 --seed 5 --finance --out made
expect_status "finance: synth --finance" 0
run synth --children 100 --years 3 --seed 5 --finance --out made2
expect_same "finance: the same seed, the same files" made made2

# Nothing but the returns: it works, and says what is missing.
mkdir only
cp -R made/20* only/
run -d bare.db import --la Testham only
run -d bare.db finance --runs 40 --out bare
expect_status "finance: without budget and ledger" 0
expect_text "finance: asks for a budget" stdout "Import a budget"
expect_text "finance: asks for a ledger" stdout "Import a ledger"
holds "finance: no budget, no variance" "all(r['variance_gbp'] == '' and r['chance_over'] == '' for r in rows('bare/finance.csv'))"

run import --la Testham made
expect_status "finance: import of the money" 0
run finance --runs 40 --from 2025-09-30 --out a --threads 1
expect_status "finance: in the middle of a year" 0
run finance --runs 40 --from 2025-09-30 --out b --threads 2
rm a/manifest.json b/manifest.json
sed -i 's/--out [ab] --threads [12]//' a/index.html b/index.html
expect_same "finance: the same bytes for one and two threads, and made again" a b

holds "finance: columns" "','.join(rows('a/finance.csv')[0]) == 'year,line,placement,budget_gbp,actual_gbp,committed_gbp,forecast_gbp,p10_gbp,p90_gbp,variance_gbp,volume_gbp,price_gbp,mix_gbp,full_year_gbp,chance_over'"
holds "finance: lines add up to the total to the penny" "all(sum(p(r[c]) for r in rows('a/finance.csv')[:-1]) == p(rows('a/finance.csv')[-1][c]) for c in ['budget_gbp', 'actual_gbp', 'committed_gbp', 'forecast_gbp', 'variance_gbp', 'volume_gbp', 'price_gbp', 'mix_gbp'])"
holds "finance: the split has no remainder" "all(p(r['volume_gbp']) + p(r['price_gbp']) + p(r['mix_gbp']) + p(r['other_gbp']) == p(r['variance_gbp']) for r in rows('a/split.csv'))"
holds "finance: variance is outturn less budget" "all(p(r['forecast_gbp']) - p(r['budget_gbp']) == p(r['variance_gbp']) for r in rows('a/finance.csv'))"
holds "finance: months add up to the outturn" "all(sum(p(m['actual_gbp']) + p(m['forecast_gbp']) for m in rows('a/profile.csv') if m['line'] == r['line']) == p(r['forecast_gbp']) for r in rows('a/finance.csv'))"
holds "finance: months of budget add up" "all(sum(p(m['budget_gbp']) for m in rows('a/profile.csv') if m['line'] == r['line']) == p(r['budget_gbp']) for r in rows('a/finance.csv'))"
holds "finance: the actual is the ledger's closed months" "p(rows('a/finance.csv')[-1]['actual_gbp']) == sum(p(r['actual_gbp']) for r in rows('made/ledger.csv') if r['date'] <= '2025-08-31')"
holds "finance: postings after --from do not count" "p(rows('a/to_date.csv')[-1]['not_closed_gbp']) == sum(p(r['actual_gbp']) for r in rows('made/ledger.csv') if '2025-08-31' < r['date'] <= '2025-09-30')"
holds "finance: savings: the total is of the lines that have some" "all(sum(p(r[c]) for r in rows('a/savings.csv')[:-1]) == p(rows('a/savings.csv')[-1][c]) for c in ['planned_gbp', 'due_to_date_gbp', 'delivered_gbp', 'forecast_gbp', 'at_risk_gbp'])"
holds "finance: full year: the total is of the lines that are shown" "all(sum(p(r[c]) for r in rows('a/full_year.csv')[:-1]) == p(rows('a/full_year.csv')[-1][c]) for c in ['outturn_gbp', 'full_year_now_gbp', 'full_year_end_gbp'])"
holds "finance: quantiles are in order" "all(p(r['p10_gbp']) <= p(r['p50_gbp']) <= p(r['p90_gbp']) for r in rows('a/chance.csv'))"
holds "finance: a chance's error is the share's" "all(abs((float(r['chance_over']) * (1 - float(r['chance_over'])) / 40) ** .5 - float(r['chance_error'])) < 1e-4 for r in rows('a/chance.csv'))"
holds "finance: the ledger's factor is near the truth" "all(abs(float(r['log_ratio']) - __import__('math').log(next(m['factor'] for m in json.load(open('made/truth.json'))['money'] if m['line'] == r['line']))) < .06 for r in rows('a/calibration.csv') if r['line'] == 'Fostering, own')"
expect "finance: pictures" test -s a/outturn.svg -a -s a/variance.svg -a -s a/profile.svg -a -s a/medium-term.svg
expect_text "finance: the title states the finding" a/index.html "chance of an overspend"
expect "finance: bars of the variance stand on 0" sh -c 'grep -q "as 0. Volume" a/index.html && grep -q "£0</text>" a/variance.svg && ! grep -q "not start at 0" a/index.html'

# The workbook, read back through LibreOffice: figures are those of the CSVs, formulas give what is stored.
# ties SHEET HEADING CSV COLUMN ...: tests/cli/workbook.py says what comes then.
ties()
{
    ties_sheet=$1 ties_heading=$2 ties_file=$3
    shift 3
    expect "finance: workbook: $ties_sheet, $ties_heading ties to $ties_file" \
        python3 "$TOP/tests/cli/workbook.py" ties w.xlsx "$ties_sheet" "$ties_heading" "a/$ties_file" "$@"
}
# named NAME COLUMN FILE: a named cell is the figure of the row `all`.
named()
{
    python3 "$TOP/tests/cli/workbook.py" name w.xlsx "$1" > named_cell
    holds "finance: workbook: $1 is $2 of $3" "p(open('named_cell').read()) == p(rows('a/$3')[-1]['$2'])"
}
case $TURNCURVE in
*/build/release/*)
    if command -v soffice > /dev/null; then
        cp a/finance.xlsx w.xlsx
        expect "finance: workbook: opens, no error cell, every formula gives its stored value" \
            python3 "$TOP/tests/cli/workbook.py" check w.xlsx
        for pair in "Budget, £:budget_gbp" "Actual to date, £:actual_gbp" "Committed, £:committed_gbp" \
            "Expected outturn, £:forecast_gbp" "From (p10), £:p10_gbp" "To (p90), £:p90_gbp" "Variance, £:variance_gbp" \
            "of it volume, £:volume_gbp" "of it price, £:price_gbp" "of it mix, £:mix_gbp" "Full-year effect, £:full_year_gbp"; do
            ties Report "${pair%%:*}" finance.csv "${pair##*:}" by Line=line
        done
        ties Variance "Other, £" split.csv other_gbp by Line=line
        ties "By month" "Budget, £" profile.csv budget_gbp by "Month to=date" where line=all
        ties "By month" "Expected, £" profile.csv forecast_gbp by "Month to=date" where line=all
        ties "To date" "Difference, £" to_date.csv difference_gbp by Line=line
        ties Scenarios "Expected cost, £" medium_term.csv mean_gbp by Year=year
        ties Savings "Expected in the year, £" savings.csv forecast_gbp by Line=line
        ties "Full year" "Outturn of the year, £" full_year.csv outturn_gbp by Line=line
        named outturn_total forecast_gbp finance.csv
        named outturn_p90 p90_gbp finance.csv
        named budget_total budget_gbp finance.csv
        named expected_overspend expected_over_gbp chance.csv
    else
        skipped "finance: workbook" "needs soffice"
    fi
    ;;
*) skipped "finance: workbook: ties" "the release's workbook has the same bytes" ;;
esac

# The month after: what moved, and the month before is not lost.
run finance --runs 40 --from 2025-10-31 --out october
expect_text "finance: movement is said" stdout "Since the report on data to 30 Sep 2025"
holds "finance: movement is the difference of the reports" "all(p(r['movement_gbp']) == p(line('october/finance.csv', r['line'])['forecast_gbp']) - p(line('a/finance.csv', r['line'])['forecast_gbp']) for r in rows('october/movement.csv'))"
holds "finance: movement splits without remainder" "all(p(r['movement_gbp']) == sum(p(r[c]) for c in ['volume_gbp', 'price_gbp', 'mix_gbp', 'other_gbp']) for r in rows('october/movement.csv'))"
run finance --runs 40 --from 2025-10-31 --out again
expect_same "finance: made again, the same movement" october/movement.csv again/movement.csv
expect "finance: one report a day of data is kept" test "$(sqlite3 turncurve.db 'select count(*) from finance_run')" = 2

run finance --runs 40 --json --out json
expect "finance: JSON" python3 -c 'import json; t = json.load(open("stdout")); assert t[-1]["line"] == "all" and t[0]["year"] == "2026-27"'
run finance --year 2026-28
expect_status "finance: no such year" 64
run finance --year 2019-20
expect_status "finance: a year before the data" 64
expect_text "finance: which years there are" stderr "2023-24 to 2026-27"
run finance --la all
expect_status "finance: one authority at a time" 64
run finance --model panel --runs 40
expect_status "finance: a model that works from totals" 66

# A database that cannot be written: the report is made, and a warning says what is not kept.
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w turncurve.db
    run finance --runs 40 --out readonly
    expect_status "finance: a database that is only read" 0
    expect_text "finance: says what is not kept" stderr "not kept"
    chmod u+w turncurve.db
else
    skipped "finance: a database that is only read" "nothing is forbidden to root"
fi

# Published totals alone.
printf 'year,new_la_code,old_la_code,la_name,stock,starts,leavers\n2024,E08000035,383,Leeds,1400,500,480\n2025,E08000035,383,Leeds,1410,500,490\n' > panel.csv
run -d panel.db import panel.csv
run -d panel.db finance
expect_status "finance: published totals alone" 66
expect_text "finance: says why not" stderr "published totals only"

# A ledger that begins in June: April and May are not free of charge, and June is not closed before them.
awk -F, 'NR == 1 || ($1 >= "2025-06-01" && $1 <= "2025-09-30")' made/ledger.csv > late.csv
cp bare.db late.db
run -d late.db import late.csv made/budget.csv
expect_status "finance: a ledger that begins in June" 0
run -d late.db finance --from 2025-09-30 --runs 40 --out late
holds "finance: months after a missing one are no actuals" "rows('late/finance.csv')[-1]['actual_gbp'] == '' and p(rows('late/to_date.csv')[-1]['not_closed_gbp']) > 0"
expect_text "finance: the missing month is named" stdout "no posting in the month to 30 Apr 2025"
holds "finance: and the outturn is near that with all months" "abs(p(rows('late/finance.csv')[-1]['forecast_gbp']) / p(rows('a/finance.csv')[-1]['forecast_gbp']) - 1) < .08"

# A budget that no future reaches.
sed 's/,\([0-9]*\)\.00,/,\1000.00,/' made/budget.csv > rich.csv
cp bare.db rich.db
run -d rich.db import rich.csv
run -d rich.db finance --from 2025-09-30 --runs 40 --out rich
expect_text "finance: no overspend is not an overspend of nothing" stdout "No simulated future overspends"

# A template with an unknown tag, years that cannot be reported on.
mkdir own
echo '<p>{{title}} {{tittle}}</p>' > own/finance.mustache
run finance --runs 20 --reports own --out tag
expect_status "finance: a template with an unknown tag" 65
expect_text "finance: says which, where and what there is" stderr "finance.mustache:1:14: no value has this name: tittle"
run finance --year 2030-31
expect_status "finance: a year in the future" 64

# What files really hold.
cat > budget.csv << 'END'
line,budget_gbp,year,placement,budget_fte,savings_gbp
Agency,"£1,234,567.00",2026/27,foster_ifa,20,
Hotels,5000,2026-27,hotel,,
Euro homes,"€9,000",2026-27,res_external,,
Dollar homes,$9000,2026-27,res_external,,
Homes,"900,000",2026-28,res_external,,
Negative,100,2026-27,supported,-3,
"Two signs",£$9000,2026-27,supported,,
"Wrong comma","1,23,45",2026-27,supported,,
Agency,100,2026-27,foster_ifa,,
END
cat > ledger.csv << 'END'
date,line,placement,actual_gbp
30/04/2026,Agency,foster_ifa,"100,000.00"
2026-04-30,Agency,foster_ifa,"(1,200)"
2026-06-30,Agency,foster_ifa,99000
31/02/2026,Agency,foster_ifa,1
2026-06-30,Taxis,,300
2026-06-30,Agency,motel,-20
END
cat > measures.csv << 'END'
measure,locality,period_start,period_end,numerator,denominator,value,target,polarity
Reviews,,2026-04-01,2026-06-30,12,10,,,up
Reviews,,2026-04-01,2026-06-30,5,0,,,up
Reviews,,2026-04-01,2026-06-30,8,10,,,up
Reviews,,2026-06-01,2026-09-30,8,10,,,up
END
cp bare.db odd.db
run -d odd.db import budget.csv ledger.csv measures.csv
expect_status "finance: odd files are imported" 0
run -d odd.db check --out odd.check
holds "finance: what is wrong is found with line and column" "{(r['rule'], r['table'], r['line'], r['column']) for r in rows('odd.check/findings.csv') if r['rule'] >= 'I-07' and r['rule'][:2] == 'I-'} >= {('I-21', 'budget', '3', 'placement'), ('I-25', 'budget', '4', 'budget_gbp'), ('I-25', 'budget', '5', 'budget_gbp'), ('I-20', 'budget', '6', 'year'), ('I-20', 'budget', '7', 'budget_fte'), ('I-25', 'budget', '8', 'budget_gbp'), ('I-20', 'budget', '9', 'budget_gbp'), ('I-24', 'budget', '10', 'line'), ('I-20', 'ledger', '5', 'date'), ('I-22', 'ledger', '3', 'actual_gbp'), ('I-26', 'ledger', '7', 'placement'), ('I-23', 'ledger', '', 'date'), ('I-07', 'measures', '2', 'numerator'), ('I-07', 'measures', '3', 'denominator'), ('I-07', 'measures', '5', 'period_start')}"
run -d odd.db finance --runs 40 --out odd
expect_text "finance: a month that the ledger lacks is said" odd/index.html "The ledger has no posting in the month to 31 May 2026"
expect_status "finance: a report on odd files" 0
holds "finance: a ledger ahead of the children counts" "p(line('odd/finance.csv', 'Agency')['actual_gbp']) == 9880000 and line('odd/calibration.csv', 'Agency')['basis'] != 'known'"
holds "finance: what no placement explains is other" "p(line('odd/split.csv', 'Hotels')['volume_gbp']) == 0 and line('odd/finance.csv', 'Hotels')['volume_gbp'] == ''"
cp odd.db before.db
run -d odd.db import budget.csv ledger.csv measures.csv
expect_text "finance: the same files again" stdout "imported before"
expect_same "finance: and nothing changes" before.db odd.db
printf '\357\273\277year,line,placement,budget_gbp\r\n2026-27,Agency,foster_ifa,"1,000,000"\r\n' > corrected.csv
run -d odd.db import corrected.csv
expect_text "finance: a corrected budget replaces its year" stdout "replaces an earlier file"
run -d odd.db check --out odd.check2
expect "finance: and says how much" grep -q 'F-16.*3 earlier rows' odd.check2/findings.csv
