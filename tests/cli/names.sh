# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2016 # back-ticks and dollars are the point
# Names that a shell, gnuplot, SQL, HTML or a spreadsheet would read as something else.
. "$TOP/tests/cli/lib.sh"

odd=$(printf 'a folder\nof "two" lines; `touch pwned` $(touch pwned) '"'"'quoted'"'")
run synth --children 60 --years 2 --seed 1 --out "$odd"
expect_status "names: synth into an odd folder" 0
la='=1+1 O'"'"'Brien "<b>&`touch pwned`; drop table authority--'
run -d "$odd.db" import --la "$la" "$odd"
expect_status "names: import from it, for an odd authority" 0
run -d "$odd.db" history --out "$odd out"
expect_status "names: history" 0
run -d "$odd.db" forecast --runs 20 --months 6 --out "$odd out 2"
expect_status "names: forecast" 0
expect "names: nothing was run" test -z "$(find . -name 'pwned*')"
expect "names: no markup from a name in the page" sh -c '! grep -q "O.Brien \"<b>" "$1"' sh "$odd out 2/index.html"
expect "names: charts are XML" sh -c 'find . -name "*.svg" -exec xmllint --noout {} +'
expect "names: the authority's name is one quoted CSV field" sh -c '
    sqlite3 ":memory:" ".mode csv" ".import \"$1\" t" "select count(distinct la), min(la) from t" > la.csv;
    grep -q "^1," la.csv' sh "$(cp "$odd out/history.csv" h.csv && echo h.csv)"

mkdir -- -dash
cp -r "$odd/." ./-dash/
run -d ./-dash.db import --la Dash -- -dash
expect_status "names: a folder that begins with a dash, after --" 0
run -d ./-dash.db import --la Dash -dash
expect_status "names: without -- it is an option" 64
run -d ./-dash.db forecast --runs 20 --months 6 --out=-dash-out
expect_status "names: an output folder that begins with a dash" 0
expect "names: it is there" test -s ./-dash-out/index.html

# A name that only differs by invisible means is another file, and a control character never reaches the terminal.
run -d ./-dash.db forecast --scenario "$(printf 'no\033[31msuch')"
expect_status "names: an unknown scenario" 64
expect "names: no escape sequence in the message" sh -c '! grep -q "$(printf "\033")" stderr'
