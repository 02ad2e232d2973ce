# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# --json: one document on standard output, as docs/json/COMMAND.schema.json says; each command has a schema.
. "$TOP/tests/cli/lib.sh"

schemas=$TOP/docs/json
validate() { python3 "$TOP/tests/json/validate.py" "$@"; }
# fits NAME COMMAND ARGUMENT...: the command's JSON fits its schema and is not empty.
fits()
{
    fits_name=$1
    shift
    run "$@" --json --quiet
    expect_status "json: $fits_name: exit 0" 0
    expect "json: $fits_name fits its schema" validate "$schemas/$1.schema.json" stdout
    expect "json: $fits_name is not empty" grep -q : stdout
}

# The validator itself: what must fail does.
echo '[{"file":"a","table":"header"}]' > wrong.json
expect "json: the validator misses what is missing" sh -c "! python3 '$TOP/tests/json/validate.py' '$schemas/import.schema.json' wrong.json"
echo '[{"page":"a","database":"b","more":1}]' > wrong.json
expect "json: the validator sees what is too much" sh -c "! python3 '$TOP/tests/json/validate.py' '$schemas/demo.schema.json' wrong.json"
echo '[{"page":"a","database":3}]' > wrong.json
expect "json: the validator sees a wrong type" sh -c "! python3 '$TOP/tests/json/validate.py' '$schemas/demo.schema.json' wrong.json"
echo '[{"page":"a","database":"b"}]' > right.json
expect "json: the validator passes what fits" validate "$schemas/demo.schema.json" right.json

commands | sort > have
find "$schemas" -name '*.schema.json' -exec basename {} .schema.json \; | sort > described
expect_same "json: each command has a schema, each schema a command" have described

fits synth synth --children 60 --years 4 --seed 2 --out returns
fits "import of returns" import returns
fits "import of plans" import "$TOP/scenarios/plans"
fits check check
fits "check --list" check --list
fits history history
fits fit fit
fits forecast forecast --runs 30 --months 12 --scenario baseline --scenario best
cp -r out/forecast earlier
run forecast --runs 30 --months 12 --seed 2
fits "variance of two runs" variance earlier out/forecast
fits "variance of two days" variance 2025-09-30 2026-03-31 --runs 20
fits sensitivity sensitivity --runs 10
fits plan plan leeds-2012
fits card card --runs 20
fits "plan --worked" plan leeds-2012 --worked --runs 20
fits "target --plan" target --plan leeds-2012 --runs 20 --months 12
fits "target --seek" target --seek entries --reach stock=60 --runs 20 --months 12 --by 2027-03-31
fits "target --mix" target --mix foster_ifa=20% --runs 20 --months 12 --by 2027-03-31
fits "target --cheapest" target --cheapest --runs 20 --months 12 --by 2027-03-31
run import "$TOP/docs/examples/budget.csv" "$TOP/docs/examples/ledger.csv" "$TOP/docs/examples/measures.csv"
fits finance finance --runs 20
fits card card --runs 20
fits "card --month" card --month 2026-02 --runs 20
fits backtest backtest --runs 20
fits variance variance 2025-09-30 2026-03-31 --runs 20
fits sensitivity sensitivity --runs 2 --on stock
for what in models scenarios codes rules params assumptions; do
    fits "list $what" list "$what"
done
fits "list params of a scenario" list params --scenario best
fits demo demo --children 60 --years 3 --runs 20
fits "export --list" export --list
fits export export placements
fits "query --list" query --list
fits "query --columns" query --columns cost
fits query query 'SELECT placement, count(*) AS n, avg(age) AS age, NULL AS none FROM placements GROUP BY 1'
sed 's|30/09/12|31/12/12|' "$TOP/scenarios/plans/leeds-2012.csv" > leeds-2012.csv
run import --plan-date 2012-12-01 leeds-2012.csv
fits "plan --changes" plan leeds-2012 --changes
