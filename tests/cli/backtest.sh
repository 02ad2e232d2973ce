# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Forecasts of the past: files and columns, same bytes however it runs, nothing learned from what came later, and what
# forecast does with it.
. "$TOP/tests/cli/lib.sh"

# What differs between two runs of one thing: the command line, the run time.
alike() { sed -i -E -e '/"(command_line|seconds)"/d' -e '/<code>turncurve /d' "$1/manifest.json" "$1/index.html"; }
# intervals_of DIR: what the intervals of a forecast were scaled by.
intervals_of() { sed -n '/"intervals"/,/\]/s/.*"source": "\(.*\)".*/\1/p' "$1/manifest.json" | sort -u; }

run synth --children 150 --years 7 --seed 8 --out returns
run import --la Backton returns
expect_status "backtest: import" 0
run forecast --runs 50 --months 12 --out before
expect "backtest: forecast before has the built-in intervals" test "$(intervals_of before)" = "built-in prior"

run backtest --runs 60
expect_status "backtest: exit" 0
for model in carepath stockflow last_value holt d2i regional; do
    expect_text "backtest: $model is on the screen" stdout "$model"
    # horizons of 3 and 12 months have origins of 2022 to 2025 (31 March), that of 36 has 2022 and 2023
    expect "backtest: $model has every origin" test "$(grep -cE "^Backton,$model,20[0-9-]+,(3|12),stock,all," out/backtest/backtest.csv)" -eq 8
    expect "backtest: $model has the longest horizon" test "$(grep -cE "^Backton,$model,20[0-9-]+,36,stock,all," out/backtest/backtest.csv)" -eq 2
done
expect_text "backtest: few forecasts are counted" stdout "of 4"
expect "backtest: columns of backtest.csv" test "$(head -1 out/backtest/backtest.csv)" = \
    "la,model,origin,horizon_months,measure,group,actual,mean,p025,p10,p25,p50,p75,p90,p975,crps"
expect "backtest: columns of scores.csv" test "$(head -1 out/backtest/scores.csv)" = \
    "model,horizon_months,measure,group,n,mae,mape,mase,bias,crps,crps_vs_last_value,cover50,cover80,cover95,winkler80"
expect "backtest: the last value is 1 to itself" test \
    "$(grep -E '^last_value,12,stock,all,' out/backtest/scores.csv | cut -d, -f11)" = 1.0000
for file in index.html style.css manifest.json limits.csv pit.csv coverage.svg coverage.png errors.svg where-outcomes-fell.svg forecasts.svg; do
    expect "backtest: $file" test -s "out/backtest/$file"
done
expect "backtest: charts are XML" sh -c 'find out -name "*.svg" -exec xmllint --noout {} +'
expect "backtest: the manifest is JSON" sh -c 'sqlite3 :memory: "select json_valid(readfile('"'"'out/backtest/manifest.json'"'"'))" | grep -qx 1'
expect_text "backtest: the page teaches" out/backtest/index.html "A range of 8 in 10 should hold 8 outcomes in 10"
expect "backtest: files are private" test -z "$(find out turncurve.db -type f ! -perm 0600)"
expect "backtest: quantiles are in order" awk -F, 'NR > 1 { for (i = 9; i < 15; i++) if ($i + 0 > $(i + 1) + 0) exit 1 }' out/backtest/backtest.csv
expect "backtest: no identifier of a child" sh -c '
    cut -d, -f1 $(find returns -name header.csv) | sort -u | grep -vi child | awk "length > 5" > ids
    test -s ids && ! grep -rwFlf ids out/backtest --include="*.svg" --include="*.html" --include="*.json" --include="*.csv" &&
    test -z "$(sqlite3 turncurve.db "select * from backtest_case" | grep -wFf ids)"'

# The same bytes with other threads, elsewhere.
mkdir -p "another folder"
cp turncurve.db "another folder"
run backtest --runs 60 --threads 1 --out one
(cd "another folder" && LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Kolkata run backtest --runs 60 --threads 4 --out one)
alike one
alike "another folder/one"
expect_same "backtest: is the same with 1 and 4 threads, elsewhere" one "another folder/one"
cp -r out/backtest two
alike two
expect_same "backtest: is the same again" one two

# Forecast uses what was learned, as far as it was known.
run forecast --runs 50 --months 12 --out after
expect "backtest: forecast learns from it" test "$(intervals_of after)" = "own earlier forecasts and the built-in prior"
expect_text "backtest: and says so" after/index.html "what 4 earlier forecasts of this authority taught"
expect "backtest: the numbers change" test -n "$(diff before/forecast.csv after/forecast.csv)"
run forecast --from 2023-03-31 --runs 50 --months 12 --out earlier
expect_text "backtest: from an earlier day less is known" earlier/index.html "what 1 earlier forecast of"
run forecast --from 2022-03-31 --runs 50 --months 12 --out earliest
expect "backtest: from the first nothing" test "$(intervals_of earliest)" = "built-in prior"
run forecast --raw --runs 50 --months 12 --out raw
expect "backtest: --raw uses nothing" test "$(intervals_of raw)" = "raw"

# A table of its own for each kind of run; --raw keeps nothing.
sqlite3 turncurve.db "select count(*) from backtest_case" > kept
run backtest --runs 60 --raw --model stockflow --months 12 --out raw-backtest
expect_status "backtest: --raw" 0
sqlite3 turncurve.db "select count(*) from backtest_case" > kept-after
expect_same "backtest: --raw leaves what was kept" kept kept-after
expect "backtest: a model alone stands beside the last value" test "$(cut -d, -f2 raw-backtest/backtest.csv | sort -u | tr '\n' ' ')" = \
    "last_value model stockflow "

# A further import makes it stale; the files as they were make it good again.
cp turncurve.db good.db
run synth --children 150 --years 8 --seed 8 --year 2027 --out more
run import --la Backton more/2027
expect_status "backtest: a further return" 0
run forecast --runs 50 --months 12 --out stale
expect_status "backtest: forecast after a further import" 0
expect "backtest: is not scaled by what is out of date" test "$(intervals_of stale)" = "built-in prior; the stored backtest is out of date"
expect_text "backtest: says so" stderr 'run "turncurve backtest" again'
expect_text "backtest: and on the page" stale/index.html "have changed since the last backtest"
expect "backtest: imports leave what was kept" test "$(sqlite3 turncurve.db 'select count(*) from backtest_case')" -eq "$(cat kept)"
run -d good.db forecast --runs 50 --months 12 --out good
cmp -s good/forecast.csv after/forecast.csv && ok "backtest: the old files, the old intervals" || not_ok "backtest: the old files, the old intervals" differ

# What came after an origin changes no forecast made there: all but the outcome, and the score that follows from it.
forecasts() { awk -F, -v OFS=, '$3 <= "2023-03-31" { $7 = $16 = ""; print }' "$1/backtest.csv"; }
run -d short.db import --la Backton returns/2020 returns/2021 returns/2022 returns/2023 returns/2024
run -d short.db backtest --runs 60 --months 12 --out short
expect_status "backtest: of fewer years" 0
run backtest --runs 60 --months 12 --last 2023-03-31 --model carepath --model holt --out long
expect_status "backtest: of more years" 0
forecasts short | grep -E ',(carepath|holt|last_value),' | sort > short.csv
forecasts long | sort > long.csv
expect "backtest: there are forecasts to compare" test "$(wc -l < long.csv)" -gt 100
expect_same "backtest: what came later changes no forecast" short.csv long.csv

# Mistakes, with words.
run -d few.db import --la Backton returns/2024 returns/2025 returns/2026
run -d few.db backtest
expect_status "backtest: too little history" 65
expect_text "backtest: says how much there must be" stderr "36 months of history before it"
expect "backtest: and writes nothing" test -z "$(ls -d out/backtest.new* 2> /dev/null)"
run backtest --model panel
expect_status "backtest: a model that needs totals" 64
expect_text "backtest: says what to add" stderr "add --published"
run backtest --published
expect_status "backtest: no totals" 66
run backtest --model nonsense
expect_status "backtest: an unknown model" 64
run -d nothing.db backtest
expect_status "backtest: no database" 66
chmod 0500 . && chmod 0400 turncurve.db
run backtest --runs 20 --months 3 --model stockflow --out "another folder/readonly"
chmod 0700 . && chmod 0600 turncurve.db
if [ "$(id -u)" -eq 0 ]; then
    skipped "backtest: a database that may not be written" "root may write everything"
else
    expect_status "backtest: a database that may not be written" 0
fi

# Stopped on the way: nothing half-written, the results and what was kept as before.
cp -r out/backtest stopped-before
sqlite3 turncurve.db "select * from backtest_case" > cases-before
for signal in INT TERM; do
    "$TURNCURVE" backtest --runs 100000 > stdout 2> stderr < /dev/null &
    job=$!
    sleep 1
    kill -s $signal $job
    wait $job
    # shellcheck disable=SC2034 # expect_status reads it
    status=$?
    expect_status "backtest: SIG$signal" 130
    expect_same "backtest: SIG$signal leaves the old results" stopped-before out/backtest
    expect "backtest: SIG$signal leaves nothing unfinished" test -z "$(find . -name '*.new-*' -o -name '*-journal')"
done
sqlite3 turncurve.db "select * from backtest_case" > cases-after
expect_same "backtest: stopped runs leave what was kept" cases-before cases-after

# From totals: every authority, together and alone.
totals()
{
    echo year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers
    awk 'BEGIN {
        for (a = 1; a <= 25; a++) {
            stock = 20 + 20 * a
            for (year = 2010; year <= 2022; year++) {
                stock = int(stock * (1 + ((a * 7 + year * 5) % 11 - 4) / 60))
                printf "%d,E0800%04d,%d,Testham %d,,%d,%d,%d\n", year, a, 300 + a, a, stock, stock * 0.45, stock * 0.42
            }
        }
    }'
}
totals > panel.csv
run -d totals.db import panel.csv
run -d totals.db backtest --la all --runs 60 --threads 1 --out all-one
expect_status "backtest: all authorities" 0
run -d totals.db backtest --la all --runs 60 --threads 4 --out all-four
alike all-one
alike all-four
expect_same "backtest: all, with 1 and 4 threads" all-one all-four
# 25 authorities, 3 models, 3 measures, origins of 2013 to 2021, 2020, 2019 for 12, 24, 36 months; and a header
expect "backtest: all forecasts are there" test "$(wc -l < all-one/backtest.csv)" -eq $((25 * 3 * 3 * (9 + 8 + 7) + 1))
expect "backtest: a few have fans" test "$(ls all-one/forecasts-testham-*.svg | wc -l)" -eq 4
run -d totals.db backtest --la "Testham 7" --runs 60 --out seven
expect_status "backtest: one authority from totals" 0
grep -F "Testham 7," all-one/backtest.csv > of-all.csv
tail -n +2 seven/backtest.csv > alone.csv
expect_same "backtest: one among all is one alone" alone.csv of-all.csv
run -d totals.db backtest --la all --months 30
expect_status "backtest: totals are yearly" 64
run -d totals.db backtest --la all --first 2030-01-01
expect_status "backtest: no origin in the range" 65

if [ -d "$SHARED/data/ssda903-sample" ]; then
    run -d sample.db import --la Sampleton "$SHARED/data/ssda903-sample"
    run -d sample.db backtest --runs 60 --out sample
    expect_status "backtest: sample" 0
    expect_text "backtest: sample: two forecasts" stdout "of 2"
else
    skipped "backtest: sample" "no sample returns beside the project"
fi
if [ -d "$SHARED/data/published" ]; then
    run -d published.db import "$SHARED/data/published"
    run -d published.db backtest --la all --runs 40 --months 12 --out published
    expect_status "backtest: published" 0
    expect "backtest: published: 145 authorities or more" test \
        "$(grep -E ',panel,2021-03-31,12,stock,all,' published/backtest.csv | wc -l)" -ge 145
    # the range of 8 in 10 of panel holds, give or take chance: methods 7.6 has .79 to .83 of comparable models
    expect "backtest: published: panel holds 8 in 10" sh -c \
        'grep -E "^panel,12,stock,all," published/scores.csv | awk -F, "{ exit !(\$13 > 0.74 && \$13 < 0.86) }"'
else
    skipped "backtest: published" "no published statistics beside the project"
fi
