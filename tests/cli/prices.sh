# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Own prices take the place of the defaults line by line; localities are parts that add up to all.
. "$TOP/tests/cli/lib.sh"

# quick OUT: a forecast without pictures.
quick() { PATH=/nonexistent "$TURNCURVE" forecast --runs 50 --months 12 --out "$1" > stdout 2> stderr < /dev/null; }
# cost FOLDER GROUP: the lines of a group in cost.csv.
cost() { awk -F, -v group="$2" '$5 == group' "$1/cost.csv"; }

run synth --children 120 --years 3 --seed 4 --out returns
run import --la Council returns
expect_status "prices: import of returns" 0
quick before
expect_text "prices: all are defaults" before/index.html "11 of 11 placement prices"

echo 'placement,provider,from,weekly_gbp,annual_uplift_pct,source' > prices.csv
echo 'foster_ifa,,2015-04-01,2000,0,Council fees' >> prices.csv
run import prices.csv
expect_status "prices: import" 0
quick after
expect_text "prices: the page counts the defaults left" after/index.html "10 of 11 placement prices"
cost before placement:foster_kin > kin.before
cost after placement:foster_kin > kin.after
expect_same "prices: another group's cost stays" kin.before kin.after
# 2,000 a week is more than twice the default agency price; uplifts vary by a few per cent.
expect "prices: the group's cost is nights x 2000 / 7" awk -F, '
    FNR == NR { if ($4 == "nights" && $5 == "placement:foster_ifa") nights[$3] = $7; next }
    $5 == "placement:foster_ifa" { n++; ratio = $7 / (nights[$3] * 2000 / 7); if (ratio < 0.97 || ratio > 1.03) bad++ }
    END { exit !(n == 12 && bad == 0) }' after/forecast.csv after/cost.csv
expect "prices: missing prices are not blamed on the returns" sh -c '! grep -q "severity error" stderr after/index.html'

echo 'postcode,locality' > localities.csv
tail -n +2 returns/2026/episodes.csv | cut -d, -f11 | grep . | head -1 | sed 's/ .*/,East/' >> localities.csv
run import localities.csv
expect_status "localities: import" 0
PATH=/nonexistent "$TURNCURVE" history --out history > stdout 2> stderr < /dev/null
expect "localities: parts add up to all in every month" awk -F, '
    $4 == "all" { all[$2 "," $3] = $6; n++ }
    $4 ~ /^locality:/ { part[$2 "," $3] += $6; east += $4 == "locality:East" ? $6 : 0 }
    END { for (k in all) if (k !~ /cost/ && all[k] != part[k]) exit 1; exit !(n > 0 && east > 0) }' history/history.csv
