# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# history: against a slow count of the sample's rows that shares nothing with the program, and its error classes.
. "$TOP/tests/cli/lib.sh"

run history
expect_status "history: no database" 66
expect_text "history: advice" stderr "import"
run history --months 3
expect_status "history: an unknown option" 64

# slow_years SAMPLE: year, stock on its 31 March, entries and exits of the year, from the rows of the sample (whose folders
# are named by the year a return starts). A later return's row stands for an earlier one's; an open row ends where the next
# one begins (on 1 April after its return when that one starts care anew), or on 1 April after the last return that names
# the child; short breaks go; overlaps are cut; a row inside the one before it goes.
slow_years()
{
    for year in 2017 2018 2019 2020 2021; do
        for table in header uasc oc2 reviews previous_permanence missing; do
            awk -F, -v y=$year 'NR > 1 { print "N", $1, y }' "$1/$year/$table.csv"
        done
        awk -F, -v y=$year '
            function iso(d) { return d == "" ? "-" : substr(d, 7, 4) substr(d, 4, 2) substr(d, 1, 2) }
            NR > 1 { print "N", $1, y; print "E", $1, iso($2), iso($8), $3, $4, y }' "$1/$year/episodes.csv"
    done > rows
    awk '$1 == "N" { named[$2, $3] = 1; next }
        { print }
        END { for (key in named) { split(key, part, SUBSEP); print "N", part[1], part[2] > "named" } }' rows |
        sort -k2,2 -k3,3 -k7,7 |
        awk '{ if (key != "" && key != $2 " " $3) print line; key = $2 " " $3; line = $0 } END { print line }' > last
    awk '
        FILENAME == "named" { named[$2, $3] = 1; next }
        function year_of(day) { return substr(day, 1, 4) + (substr(day, 5, 2) >= "04") }
        function finish(    i, y) {
            for (i = 1; i <= n; i++) {
                if (i == 1 || to[i - 1] != from[i]) entries[year_of(from[i])]++
                if (to[i] != "-" && (i == n || from[i + 1] != to[i])) exits[year_of(to[i])]++
                for (y = 2017; y <= 2022; y++)
                    if (from[i] <= y "0331" && (to[i] == "-" || to[i] > y "0331")) stock[y]++
            }
            n = 0
        }
        function put(start, end) {
            if (n > 0 && to[n] != "-" && end != "-" && end <= to[n]) return
            if (n > 0 && (to[n] == "-" || to[n] > start)) to[n] = start
            n++; from[n] = start; to[n] = end
        }
        function close_row(next_child, next_start, next_rne,    end) {
            end = row[4]
            if (end == "-" && next_child == row[2]) end = next_rne == "S" ? (row[7] + 1) "0401" : next_start
            else if (end == "-" && row[7] < 2021 && !((row[2], row[7] + 1) in named)) end = (row[7] + 1) "0401"
            if (row[6] != "V3" && row[6] != "V4") put(row[3], end)
        }
        {
            if (child != "") close_row($2, $3, $5)
            if (child != $2) finish()
            child = $2
            split($0, row, " ")
        }
        END {
            close_row("", "", ""); finish()
            for (y = 2018; y <= 2022; y++) print y, stock[y] + 0, entries[y] + 0, exits[y] + 0
        }' named last
}

if [ -d "$SHARED/data/ssda903-sample" ]; then
    slow_years "$SHARED/data/ssda903-sample" > slow
    run import --la Sampleton "$SHARED/data/ssda903-sample"
    expect_status "history: import" 0
    run history --published
    expect_status "history: of the sample" 0
    awk -F, 'NR > 1 { print substr($3, 1, 4), $4, $5, $6 }' out/history/years.csv > quick
    expect_same "history: stock, entries and exits as counted slowly" slow quick
    # stock(t) = stock(t-1) + entries - exits for every month
    awk -F, '$4 == "all" && $3 ~ /^(stock|entries|exits)$/ { v[$3, $2] = $6; if ($3 == "stock") day[++n] = $2 }
        END {
            for (i = 2; i <= n; i++)
                if (v["stock", day[i]] != v["stock", day[i - 1]] + v["entries", day[i]] - v["exits", day[i]]) print day[i]
        }' out/history/history.csv > unbalanced
    expect "history: stock changes by entries less exits, every month" test ! -s unbalanced
    # the parts of each partition sum to all
    awk -F, 'NR > 1 && $4 != "all" && $4 !~ /^uasc/ { split($4, k, ":"); sum[$2, $3, k[1]] += $6 }
        NR > 1 && $4 == "all" { all[$2, $3] = $6 }
        END { for (key in sum) { split(key, p, SUBSEP); if (sum[key] != all[p[1], p[2]]) print p[1], p[2], p[3] } }' \
        out/history/history.csv > unequal
    expect "history: parts sum to all, every month" test ! -s unequal
    expect "history: nothing from before the first return" test \
        "$(awk -F, 'NR > 1 && ($2 < "2017-03-31" || ($2 < "2017-04-01" && $3 != "stock"))' out/history/history.csv | wc -l)" -eq 0
    expect "history: published counts" test -s out/history/published.csv
    expect "history: a page" grep -q "<h1>Children looked after by Sampleton</h1>" out/history/index.html
    run history --json
    expect_text "history: JSON" stdout '"note":"survivors only"'
    run history --la Nowhere
    expect_status "history: an unknown authority" 64
else
    skipped history "no sample returns beside the project"
fi
if [ -d "$SHARED/data/published" ]; then
    run -d published.db import "$SHARED/data/published/la_panel_2010_2022.csv" "$SHARED/data/published/sn_model_2025_wide.csv"
    run -d published.db history --la Leeds
    expect_status "history: published totals alone" 0
    expect_text "history: Leeds 2022" out/history/published.csv "Leeds,2021-22,2022-03-31,1374,453,370"
    expect_text "history: the funnel has Leeds" out/history/funnel.csv "Leeds,own"
else
    skipped history "no published statistics beside the project"
fi
