# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Forecasts from published totals alone, pooled over all stored authorities.
. "$TOP/tests/cli/lib.sh"

# totals AUTHORITIES LAST_YEAR: a panel from 2010 on; each authority goes its own way, from 40 children upwards.
totals()
{
    echo year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers
    awk -v n="$1" -v last="$2" 'BEGIN {
        for (a = 1; a <= n; a++) {
            stock = 20 + 20 * a
            for (year = 2010; year <= last; year++) {
                stock = int(stock * (1 + ((a * 7 + year * 5) % 11 - 4) / 60))
                printf "%d,E0800%04d,%d,Testham %d,,%d,%d,%d\n", year, a, 300 + a, a, stock, stock * 0.45, stock * 0.42
            }
        }
    }'
}

# model_of DIR: the title of the model that made a forecast.
model_of() { sed -n 's/.*"title": "\(.*\)".*/\1/p' "$1/manifest.json" | grep -E 'Pooled|Last value' | head -1; }

# Testham 5 is no more after 2018: its forecast starts there, also among all.
totals 25 2022 | grep -vE '^20(19|2.),.*Testham 5,' > panel.csv
run import panel.csv
expect_status "panel: import" 0
run forecast --la "Testham 7" --runs 200 --out seven
expect_status "panel: forecast of one authority" 0
expect "panel: is the model for totals of 20 authorities" test "$(model_of seven)" = "Pooled authorities"
expect "panel: a chart of the stock" test -s seven/turning-the-curve.svg
expect "panel: a chart of entries and exits" test -s seven/entries-exits.svg
expect_text "panel: the page says what it is made from" seven/index.html "published yearly totals"
run forecast --la all --runs 200 --out everybody
expect_status "panel: forecast of all authorities" 0
# 25 authorities x 3 measures x 60 months and a header
expect "panel: all authorities are there" test "$(wc -l < everybody/forecast.csv)" -eq 4501
run forecast --la "Testham 5" --runs 200 --out five
for one in 5 7; do
    grep -F "Testham $one," everybody/forecast.csv > of-all.csv
    case $one in 5) tail -n +2 five/forecast.csv ;; *) tail -n +2 seven/forecast.csv ;; esac > alone.csv
    expect_same "panel: Testham $one among all is Testham $one alone" alone.csv of-all.csv
done

# From a year that one authority has no data of, the others are forecast.
run forecast --la all --from 2019-03-31 --runs 20 --out later-all
expect_status "panel: all authorities from a given year" 0
expect_text "panel: who has no data there is named" stderr "outside the data of Testham 5"
expect "panel: and left out" test "$(wc -l < later-all/forecast.csv)" -eq 4321 # 24 x 3 x 60 and a header
run forecast --la "Testham 5" --from 2019-03-31 --out never
expect_status "panel: one authority from where it has no data" 66

# What came after the origin changes nothing.
run forecast --la "Testham 7" --from 2016-03-31 --runs 200 --out later
expect_status "panel: forecast from an earlier year" 0
totals 25 2016 > early.csv
run -d early.db import early.csv
run -d early.db forecast --la "Testham 7" --runs 200 --out earlier
expect_status "panel: forecast by what was known then" 0
expect_same "panel: the future is not read" later/forecast.csv earlier/forecast.csv

# Few authorities: the last value is the default; panel works still.
totals 3 2022 > few.csv
run -d few.db import few.csv
run -d few.db forecast --la "Testham 2" --runs 100 --out few
expect_status "panel: three authorities" 0
expect "panel: last_value is the model for totals of few" test "$(model_of few)" = "Last value"
run -d few.db forecast --la "Testham 2" --model panel --runs 100 --out few-panel
expect_status "panel: three authorities pooled" 0

run forecast --help
expect_text "panel: --help says when it is the default" stdout "at least 20 authorities"
run list models
expect_text "panel: is listed" stdout "Pooled authorities"
