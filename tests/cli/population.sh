# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Population: what is read of it, how entries go by it, and that no forecast knows what was published later.
. "$TOP/tests/cli/lib.sh"

# estimates FROM FIRST_CHANGED CHILDREN: totals of mid-2017 to mid-2024, 90,000 children, and CHILDREN from a year on.
estimates()
{
    echo time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,age_group,population_estimate
    for year in 2024 2023 2022 2021 2020 2019 2018 2017; do
        n=90000
        [ "$year" -lt "$1" ] || n=$2
        echo "$year,Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,383,E08000035,Leeds,Children aged 0 to 17 years,$n"
    done
}

# projection BASE FROM FACTOR FIRST_AGE LAST_AGE: 5,000 of each age a year to 2030; some ages times FACTOR from a year on.
projection()
{
    awk -v base="$1" -v from="$2" -v factor="$3" -v first="$4" -v last="$5" 'BEGIN {
        printf "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP"
        for (year = base; year <= 2030; year++) printf ",%d", year
        for (age = 0; age <= 90; age++) {
            printf "\nE08000035,Leeds,Population,persons,%s", age < 90 ? age : "90 and over"
            for (year = base; year <= 2030; year++)
                printf ",%.1f", 5000 * (year >= from && age >= first && age <= last ? factor : 1)
        }
        print "\nE07000223,Adur,Population,persons,5,1,1"
    }'
}

# yearly DIR MEASURE GROUP: the mean over the last twelve months of the forecast.
yearly() { awk -F, -v m="$2" -v g="$3" '$4 == m && $5 == g && $3 > "2029-03-31" { s += $7 } END { printf "%.6f", s }' "$1/forecast.csv"; }

# ratio NAME A B LOW HIGH: A / B lies in between.
ratio() { expect "$1 ($2 / $3)" awk -v a="$2" -v b="$3" -v low="$4" -v high="$5" 'BEGIN { exit !(a / b >= low && a / b <= high) }'; }

# Entries of children who never left, without the unaccompanied: what goes by the population.
family()
{
    awk -v all="$(yearly "$1" entries all)" -v back="$(yearly "$1" readmissions all)" -v uasc="$(yearly "$1" entries uasc:yes)" \
        'BEGIN { printf "%.6f", all - back - uasc }'
}

run synth --children 400 --years 6 --seed 3 --year 2025 --out returns
run -d none.db import --la Leeds returns
expect_status "population: returns" 0
run -d none.db forecast --runs 500 --out none
expect_text "population: none is said so" none/index.html "no population stored: entries per year, not per child"

# A constant population changes nothing; rows add up.
estimates 2030 0 > estimates.csv
cp none.db flat.db
run -d flat.db import --json estimates.csv
expect_status "population: estimates" 0
expect "population: eight rows kept" python3 -c 'import json; t = json.load(open("stdout"))[0]; assert (t["rows"], t["kept"], t["refused"]) == (8, 8, 0)'
run -d flat.db forecast --runs 500 --out flat
expect_same "population: a constant one changes nothing" none/forecast.csv flat/forecast.csv
expect_text "population: the page says which" flat/index.html "mid-year estimates to 2024; ages 0 to 17 together"

# A projection that is a tenth higher from mid-2026 on: a tenth more come in the last year, within the error of the
# simulation (500 runs, the same luck: some .3 per cent), and as many unaccompanied ones.
projection 2022 2026 1.1 0 17 > "2022 SNPP Population persons.csv"
cp flat.db grown.db
run -d grown.db import --json "2022 SNPP Population persons.csv"
expect_status "population: a projection" 0
expect "population: 92 rows kept" python3 -c 'import json; t = json.load(open("stdout"))[0]; assert (t["table"], t["rows"], t["kept"]) == ("projections", 92, 92)'
run -d grown.db forecast --runs 500 --out grown
ratio "population: a tenth more children, a tenth more entries" "$(family grown)" "$(family flat)" 1.09 1.11
expect "population: as many unaccompanied" test "$(yearly grown entries uasc:yes)" = "$(yearly flat entries uasc:yes)"
expect_text "population: the page says which projection" grown/index.html "projection 2022-based to 2030; by age"
expect "population: the manifest says which" python3 -c '
import json
p = json.load(open("grown/manifest.json"))["assumptions"]["population"]
assert p == [{"authority": "Leeds", "population": "mid-year estimates to 2024, projection 2022-based to 2030; by age"}], p'
cp grown.db before.db
run -d grown.db import "2022 SNPP Population persons.csv"
expect_same "population: the same file again changes nothing" before.db grown.db

# Band by band: infants alone become a fifth more.
projection 2022 2026 1.2 0 0 > infants.csv
cp flat.db infants.db
run -d infants.db import infants.csv
run -d infants.db forecast --runs 500 --out infants
ratio "population: a fifth more infants, a fifth more entries under 1" "$(yearly infants entries age:0)" "$(yearly flat entries age:0)" 1.17 1.23
ratio "population: and as many of 10 to 15" "$(yearly infants entries age:10-15)" "$(yearly flat entries age:10-15)" .98 1.02

# From 31 March 2024 neither the projection (published in June 2025) nor mid-2023 (July 2024) was known.
run -d none.db forecast --from 2024-03-31 --runs 100 --out none-then
run -d grown.db forecast --from 2024-03-31 --runs 100 --out grown-then
expect_status "population: an earlier origin" 0
expect_same "population: a projection published later is not read" none-then/forecast.csv grown-then/forecast.csv
expect_text "population: the page says what was known" grown-then/index.html "mid-year estimates to 2022; ages 0 to 17 together"
estimates 2023 45000 > halved.csv
cp flat.db halved.db
run -d halved.db import halved.csv
run -d halved.db forecast --from 2024-03-31 --runs 100 --out halved-then
expect_same "population: estimates published later are not read" none-then/forecast.csv halved-then/forecast.csv
run -d halved.db forecast --runs 100 --out halved
run -d none.db forecast --runs 100 --out none
expect "population: from the end of the data they are" test "$(yearly halved entries all)" != "$(yearly none entries all)"
projection 2018 2022 1.5 0 17 > earlier.csv
cp flat.db earlier.db
run -d earlier.db import earlier.csv
run -d earlier.db forecast --from 2024-03-31 --runs 100 --out earlier-then
expect_text "population: one published before is read" earlier-then/index.html "projection 2018-based to 2030"

# Nomis, males and females, through a folder; what cannot be used is refused.
mkdir downloads
{
    echo '"DATE","GEOGRAPHY_NAME","GEOGRAPHY_CODE","GENDER_NAME","C_AGE_NAME","MEASURES_NAME","OBS_VALUE"'
    for age in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
        echo "\"2023\",\"Leeds\",\"E08000035\",\"Male\",\"Age $age\",\"Value\",2600"
        echo "\"2023\",\"Leeds\",\"E08000035\",\"Female\",\"Age $age\",\"Value\",2400"
    done
    echo '"2023","Leeds","E08000035","Female","Age x","Value",2400'
} > downloads/nomis.csv
cp infants.csv downloads
run -d folder.db import --json downloads
expect_status "population: a folder" 0
expect "population: 37 rows of Nomis, one refused" python3 -c 'import json; t = {r["table"]: r for r in json.load(open("stdout"))}["nomis"]; assert (t["rows"], t["kept"], t["refused"]) == (37, 36, 1)'
expect "population: males and females are persons" test "$(sqlite3 folder.db "select value from published where measure = 'population' and breakdown = ''")" = 90000.0
run -d folder.db check --out checked
expect "population: the refused row is a finding" grep -q ',I-06,nomis,downloads/nomis.csv,38,' checked/findings.csv
