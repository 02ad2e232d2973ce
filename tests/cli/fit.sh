# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# fit: files and columns, sums that must agree, errors, and what it says of returns that are no history of an authority.
. "$TOP/tests/cli/lib.sh"

run fit
expect_status "fit: no database" 66
run synth --children 150 --years 4 --seed 3 --out returns
run import --la Northtown returns
expect_status "fit: import" 0
umask 000
run fit
umask 022
expect_status "fit: a synthetic authority" 0
expect "fit: nothing on stderr" test ! -s stderr
expect_text "fit: where to look" stdout "open out/fit/index.html"
expect "fit: a short table" grep -qE '^Northtown +exit +all +[0-9]+' stdout
for file in rates.csv diagnostics.csv levels.csv facts.csv manifest.json index.html style.css observed.svg months.svg levels.svg \
    time_in_care.svg observed.png months.png levels.png time_in_care.png; do
    expect "fit: $file" test -s "out/fit/$file"
done
expect "fit: files are readable by their owner alone" test -z "$(find out -type f ! -perm 0600)"
expect "fit: rates.csv has the public columns" sh -c 'head -1 out/fit/rates.csv |
    grep -qx "model,process,from,to,age,duration,occurrences,child_years,rate,low,high,borrowed"'
expect "fit: diagnostics.csv" sh -c 'head -1 out/fit/diagnostics.csv |
    grep -qx "model,process,dimension,group,observed,expected,residual"'
expect "fit: charts are XML" sh -c 'xmllint --noout out/fit/*.svg'

# Numbers: each rate lies in its limits; exits add up to those of history but for 18th birthdays; changes of
# placement told by time in care and by where they went are the same; along ages the expected add up to the observed, but
# for half an event that each margin is given.
expect "fit: limits hold their rate, shares lie in 0..1" test 0 -eq "$(awk -F, 'NR > 1 &&
    ($10 > $9 + 1e-6 || $11 < $9 - 1e-6 || $12 < 0 || $12 > 1)' out/fit/rates.csv | wc -l)"
run history
last=$(awk -F, 'NR > 1 { d = $2 } END { print d }' out/history/history.csv)
first=$(awk -F, 'NR == 2 { print $2 }' out/history/history.csv)
exits=$(awk -F, -v first="$first" 'NR > 1 && $3 == "exits" && $2 > first { n += $4 == "all" ? $6 : $4 == "route:aged_out" ? -$6 : 0 }
    END { print n }' out/history/history.csv)
expect "fit: exits are those of history" test "$exits" -eq "$(awk -F, '$2 == "exit" { n += $7 } END { print n }' out/fit/rates.csv)"
expect "fit: changes of placement are told twice alike" test 1 -eq "$(awk -F, '$2 == "move" && $4 == "" { a += $7 }
    $2 == "move" && $4 != "" { b += $7 } END { print (a > 0 && a == b) }' out/fit/rates.csv)"
expect "fit: expected add up to observed" test 1 -eq "$(awk -F, '$2 == "exit" && $3 == "age" { o += $5; e += $6 }
    END { print (o > 0 && (o - e) ^ 2 < (0.03 * o) ^ 2) }' out/fit/diagnostics.csv)"
expect "fit: a residual a month" test 48 -eq "$(awk -F, '$2 == "exit" && $3 == "month"' out/fit/diagnostics.csv | wc -l)"
expect_text "fit: the manifest has parameters" out/fit/manifest.json '"parameter": "prior_events"'
expect "fit: and no runs, seed or prices" sh -c '! grep -qE "\"(runs|seed|months|prices)\"" out/fit/manifest.json'
expect "fit: the manifest is JSON" sh -c 'sqlite3 :memory: "select json_valid(readfile('"'"'out/fit/manifest.json'"'"'))" | grep -qx 1'
for heading in "What it learned" "How much is borrowed" "What wanders" "How well it fits" "What it cannot know" "When not to use it" \
    "Parameters and sources"; do
    expect_text "fit: the card: $heading" out/fit/index.html "$heading"
done

run fit --json --quiet --out quiet
expect_status "fit: JSON" 0
expect "fit: JSON is read by others" sh -c 'sqlite3 :memory: "select json_valid(readfile('"'"'stdout'"'"'))" | grep -qx 1'
expect_text "fit: JSON has rates" stdout '"process":"exit"'

# The same bytes again, elsewhere.
alike() { sed -i -E -e '/"(command_line|seconds)"/d' -e '/<code>turncurve /d' "$1/manifest.json" "$1/index.html"; }
mkdir -p "another folder"
cp turncurve.db "another folder"
(cd "another folder" && LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Kolkata run fit --out again)
alike out/fit
alike "another folder/again"
expect_same "fit: the same bytes elsewhere" out/fit "another folder/again"

# As it was known, with other words, without gnuplot, of all authorities.
run fit --from "$(echo "$last" | sed 's/^\(....\).*/\1/' | awk '{ print $1 - 1 "-03-31" }')" --out earlier
expect_status "fit: as known a year before" 0
expect "fit: with fewer months" test 36 -eq "$(awk -F, '$2 == "exit"' earlier/levels.csv | wc -l)"
run fit --from 2024-03-30
expect_status "fit: no month's end" 64
mkdir mine
printf '<p>{{model_name}}: {{title}}</p>\n' > mine/fit.mustache
run fit --reports mine --out mycard
expect_text "fit: a card of one's own" mycard/index.html "<p>carepath: Children looked after in Northtown"
PATH=/nonexistent "$TURNCURVE" fit --out bare > stdout 2> stderr < /dev/null
status=$?
expect_status "fit: without gnuplot" 0
expect_text "fit: without gnuplot: words" bare/index.html "no pictures because gnuplot"
run synth --children 60 --years 2 --seed 4 --out others
run import --la "South & East" others
run fit
expect_status "fit: several authorities need a name" 64
run fit --la all --out both
expect_status "fit: all authorities" 0
expect "fit: a folder each" test -s both/Northtown/rates.csv -a -s both/South---East/rates.csv
expect_text "fit: two years are few" both/South---East/index.html "Less than three years of returns"

# Errors.
run fit --model holt
expect_status "fit: a model without rates" 64
expect_text "fit: and one that has them" stderr "the model holt learns no rates; use --model carepath"
run fit --model carpath
expect_text "fit: the nearest model" stderr "did you mean carepath?"
run fit --la Northtwon
expect_text "fit: the nearest authority" stderr "Northtown"
if [ -d "$SHARED/data/published" ]; then
    run -d published.db import "$SHARED/data/published/la_panel_2010_2022.csv"
    run -d published.db fit --la Leeds
    expect_status "fit: published totals alone" 66
    expect_text "fit: published totals alone: words" stderr "has no returns"
else
    skipped fit "no published statistics beside the project"
fi

# A list to which nobody is added is no authority: said once, on the card and on the forecast's page.
if [ -d "$SHARED/data/ssda903-sample" ]; then
    run -d sample.db import --la Sampleton "$SHARED/data/ssda903-sample"
    run -d sample.db fit --out sample
    expect_status "fit: the sample" 0
    expect_text "fit: the sample: a warning" stderr "closed cohort"
    expect_text "fit: the sample: on the card" sample/index.html "fell to 8 in the year to 31 Mar 2022"
    expect_text "fit: the sample: unknown starts" sample/index.html "27 of 75 children in care (36"
    expect_text "fit: the sample: months are no fit" sample/index.html "Entries kept below what was expected"
    run -d sample.db forecast --runs 20 --months 12
    expect_text "fit: the sample's forecast says so, too" out/forecast/index.html "closed cohort"
    expect "fit: and not twice" test 1 -eq "$(grep -o 'S-10' out/forecast/index.html | wc -l)"
else
    skipped fit "no sample returns beside the project"
fi
