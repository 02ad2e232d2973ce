# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A price for one agency or home, by its URN, counts where its children are; a card tells homes apart.
. "$TOP/tests/cli/lib.sh"

run synth --children 120 --years 4 --seed 3 --out returns
run import --la Oakshire returns
run card --quarter 2025-26Q4 --runs 20
expect_status "providers: card" 0
# The own agency has most nights of in-house fostering; the agency with most nights has fewer than half of its group's.
own=$(awk -F, '$2 == "Own provision" && $3 != "" && $4 == "foster_inhouse" { print $3; exit }' out/card/providers.csv)
agency=$(awk -F, '$3 != "" && $4 == "foster_ifa" { print $3; exit }' out/card/providers.csv)
expect "providers: the returns' URNs are there" test -n "$own" -a -n "$agency"
expect "providers: of a kind at least those of its homes" awk -F, 'NR > 1 { n[($3 == "") "," $2 "," $4] += $6 }
    END { for (k in n) if (k ~ /^0/ && n[k] > n["1" substr(k, 2)]) exit 1 }' out/card/providers.csv
run card --month 2026-03 --runs 20 --out month
expect_text "providers: the dashboard lists homes" month/index.html "$own"
cat > prices.csv << CSV
placement,provider,from,weekly_gbp,annual_uplift_pct,source
foster_inhouse,,2024-04-01,600,4,book
foster_ifa,,2024-04-01,1000,4,book
CSV
run import prices.csv
run forecast --runs 20 --months 6 --out before
run finance --runs 20 --out known_before
cat > prices.csv << CSV
placement,provider,from,weekly_gbp,annual_uplift_pct,source
foster_inhouse,,2024-04-01,600,4,book
foster_inhouse,$own,2024-04-01,1200,4,contract
foster_ifa,,2024-04-01,1000,4,book
foster_ifa,$agency,2024-04-01,2000,4,contract
foster_ifa,Sunny Homes,2024-04-01,9000,4,contract
CSV
run import prices.csv
run forecast --runs 20 --months 6 --out after
expect_text "providers: a name that no return has is said" stderr "name no provider Sunny Homes of foster_ifa"
run finance --runs 20 --out known_after
expect_text "providers: the finance report says so too" stderr "name no provider Sunny Homes of foster_ifa"
run forecast --publish --runs 20 --months 36 --out public
expect_status "providers: what may be published" 0
# 1,000 and 600 raised by 4 % once, on 1 April 2025; the contracts stand at twice that.
expect "providers: no contract's price is published" awk -F, '$3 == "foster_ifa" { n++; ok += $14 == 1040 && $15 == 1040 }
    $3 == "foster_inhouse" { n++; ok += $14 == 624 && $15 == 624 } END { exit !(n > 0 && ok == n) }' public/market.csv
# Mean cost of the first month; what children in placement now are committed to.
mean_of() { awk -F, -v g="placement:$2" '$5 == g { print $7; exit }' "$1/cost.csv"; }
committed() { awk -F, -v g="$2" '$3 == g { print $6; exit }' "$1/finance.csv"; }
# within NAME BEFORE AFTER LOW HIGH: after over before lies between.
within()
{
    expect "$1" awk -v a="$2" -v b="$3" -v low="$4" -v high="$5" 'BEGIN { exit !(b > low * a && b < high * a) }'
}
within "providers: the own agency at twice the price doubles nearly all" "$(mean_of before foster_inhouse)" \
    "$(mean_of after foster_inhouse)" 1.8 2.0001
within "providers: one of many agencies adds its share" "$(mean_of before foster_ifa)" "$(mean_of after foster_ifa)" 1.01 1.5
expect "providers: others cost what they did" test "$(mean_of before res_external)" = "$(mean_of after res_external)"
within "providers: and what they are committed to" "$(committed known_before foster_inhouse)" \
    "$(committed known_after foster_inhouse)" 1.8 2.0001
within "providers: with one agency its share" "$(committed known_before foster_ifa)" "$(committed known_after foster_ifa)" 1.01 1.5
