# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The look back: its tables hold the published figures, its pages are what the script makes, a plan's targets are drawn.
. "$TOP/tests/cli/lib.sh"
pages=$TOP/docs/lookback

# value FILE LA DATE COLUMN: a cell of a table by name; no cell of these tables has a comma.
value()
{
    awk -F, -v la="$2" -v date="$3" -v name="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["la"] == la && $column["date"] == date { print $column[name] }' "$1"
}

# Published stock (Department for Education, SSDA903 statistics of the years named).
while read -r la date stock; do
    expect "lookback: $la on $date" test "$(value "$pages/years.csv" "$la" "$date" stock)" = "$stock"
done <<'END'
Leeds 2012-03-31 1475
Leeds 2016-03-31 1226
Leeds 2022-03-31 1374
Haringey 2011-03-31 614
Haringey 2015-03-31 451
Middlesbrough 2020-03-31 618
Gateshead 2014-03-31 358
END
# Every sentence's rule follows from the row: positions are those of the numbers beside them.
expect "lookback: where numbers fell is what the ranges say" awk -F, '
    NR > 1 && $11 != "origin" {
        says = $8 + 0 < $5 + 0 ? "below" : $8 + 0 > $7 + 0 ? "above" : "inside"
        if (says != $11) exit 1
        rows++
    }
    END { exit rows != 39 }' "$pages/years.csv" # 10 + 11 + 6 + 12 years to 2022
# 1,475 x 70,400 / 67,070 = 1,548.2
expect "lookback: moved with England" test "$(value "$pages/years.csv" Leeds 2016-03-31 england)" = 1548

# What is committed of the published totals can be read, and a plan's targets stand over it.
run import "$pages/published.csv"
expect_status "lookback: the four councils' totals are read" 0
cat > plan.csv <<'END'
plan,action_ref,action,due
oak,1,Open doors,31/03/2014
END
cat > targets.csv <<'END'
plan,action_ref,quantity,baseline,change,value,unit,by,note
oak,1,stock,,-75,,children,2014-03-31,
oak,1,stock,,,1300,children,2016-03-31,
oak,1,stock:placement:res_external,,,2,children,2015-03-31,
END
run import --plan-date 2012-03-31 plan.csv targets.csv
expect_status "lookback: a plan with targets" 0
run forecast --la Leeds --model panel --from 2012-03-31 --months 60 --runs 50 --scenario baseline --plan oak
expect_status "lookback: a baseline with a plan's targets" 0
if [ -f out/forecast/turning-the-curve.svg ]; then
    expect_text "lookback: the path ends at the last target" out/forecast/turning-the-curve.svg "As planned 1,300"
    # 1,475 - 75
    expect_text "lookback: a change counts from the origin" out/forecast/turning-the-curve.svg \
        "As planned: 1,400 by March 2014, 1,300 by March 2016."
else
    skipped "lookback: pictures" "gnuplot is not there"
fi

# The pages are those of this program.
if [ -d "$SHARED/data/published" ]; then
    expect "lookback: the script runs" env PUBLISHED="$SHARED/data/published" sh "$pages/make.sh" "$TURNCURVE" made "$pages"
    for file in years.csv published.csv README.md leeds-2012.md haringey-2011.md middlesbrough-2016.md gateshead-2010.md \
        strategy-for-change-2007.md; do
        expect_same "lookback: $file is up to date (else: make lookback)" "$pages/$file" "made/$file"
    done
else
    expect "lookback: without the panel" sh "$pages/make.sh" "$TURNCURVE" made
    expect_text "lookback: nothing is made without the panel" expected_output "skipped look back"
    skipped "lookback: the pages are those of this program" "the published panel is not there"
fi
