# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# query and export: the documented tables, what is refused, and that children stay unnamed.
. "$TOP/tests/cli/lib.sh"

# Text of the last answer without its header, as one line.
answer() { sed 1d stdout | tr '\n' ' ' | sed 's/ *$//'; }

run query 'SELECT 1 AS one'
expect_status "query: a statement that needs no database" 0
run query 'SELECT * FROM placements'
expect_status "query: no database" 66
run query
expect_status "query: no statement" 64
run export
expect_status "export: no table" 64
run export nonsense
expect_status "export: an unknown table" 64
run export forcast
expect_text "export: a mistyped table" stderr "did you mean forecast?"
run export forecast
expect_status "export: results that are not there" 66
expect_text "export: says what writes them" stderr '"turncurve forecast" writes it'

run synth --children 60 --years 3 --seed 3 --out returns
run import --la '=cmd|"/c calc"!A1' returns
expect_status "query: import" 0
run check
run history
run fit
run forecast --runs 40 --months 12 --scenario baseline --scenario best
expect_status "query: forecast" 0
cp turncurve.db before.db

# What is there.
run query --list
expect_status "query: --list" 0
for name in placements periods files forecast cost dictionary filed_episodes; do
    expect_text "query: --list has $name" stdout "$name "
done
run export --list --json
expect "export: --list --json" python3 -c 'import json
tables = json.load(open("stdout"))
assert len({t["table"] for t in tables}) == len(tables) > 50 and all(t["words"] for t in tables)'
run query --columns placements
expect_text "query: --columns" stdout "distance_miles"

# Answers. The stock of the last day by the stays that are open is that of history.csv.
run query --csv 'SELECT count(*) AS n FROM placements WHERE ended IS NULL'
children=$(answer)
stock=$(awk -F, '$(NF-3) == "stock" && $(NF-2) == "all" { n = $NF } END { print n }' out/history/history.csv)
expect "query: open placements are the stock" test "$children" = "$stock"
run query --csv "SELECT sum(p50) AS p50 FROM forecast WHERE scenario = 'baseline' AND measure = 'stock' AND \"group\" = 'all'"
sum=$(awk -F, '$(NF-13) == "baseline" && $(NF-11) == "stock" && $(NF-10) == "all" { s += $(NF-3) } END { printf "%.2f", s }' \
    out/forecast/forecast.csv)
expect "query: over results" sh -c "awk -v a='$(answer)' -v b='$sum' 'BEGIN { exit !(a - b < 0.005 && b - a < 0.005) }'"
run query --json "SELECT date, mean FROM cost WHERE \"group\" = 'all' LIMIT 1"
expect "query: --json" python3 -c 'import json; r = json.load(open("stdout")); assert list(r[0]) == ["date", "mean"]'
run query --csv --json 'SELECT 1'
expect_status "query: --csv and --json" 64

run query 'SELECT 1e300 AS huge, 123456789012.5 AS pounds'
expect_text "query: a huge number is not cut" stdout "1.0000000000000001e+300"
expect_text "query: half a pound of billions stays" stdout "  123456789012.5"

# A text that a spreadsheet would run is harmless in CSV, and a text in SQL.
run query --csv 'SELECT DISTINCT la FROM placements'
expect_text "query: a formula is guarded in CSV" stdout "\"'=cmd|\"\"/c calc\"\"!A1\""
run export authorities --format sql
expect "export: SQL loads elsewhere" sh -c 'sqlite3 elsewhere.db < stdout && sqlite3 elsewhere.db "SELECT count(*) FROM authorities" | grep -qx 1'
expect_text "export: a text is quoted in SQL" stdout "('=cmd|\"/c calc\"!A1',"

# What is written comes back byte for byte.
for name in forecast cost difference; do
    run export "$name"
    expect_same "export: $name is the file" "out/forecast/$name.csv" stdout
done
run export history
expect_same "export: history is the file" out/history/history.csv stdout
run export rates diagnostics --out tables --format json
expect_status "export: --out" 0
expect "export: --out writes each table" python3 -c 'import json; assert json.load(open("tables/rates.json")) and json.load(open("tables/diagnostics.json"))'
expect "export: files are private" test -z "$(find tables -type f ! -perm 0600)"
run export rates diagnostics
expect_status "export: several tables to the screen as CSV" 64
run export rates diagnostics --format sql
expect "export: several tables as SQL" sh -c 'sqlite3 :memory: < stdout'
sed 's/,mean,/,average,/' out/forecast/cost.csv > changed && cp changed out/forecast/cost.csv
run export cost
expect_status "export: a file whose columns were changed" 65

# Children are unnamed unless it is asked for, and then it is said.
cut -d, -f1 returns/*/header.csv | sort -u | grep '^SY' > ids
cut -d, -f11,12 returns/*/episodes.csv | tr ',' '\n' | grep ' ' | sort -u > postcodes
expect "query: there are identifiers to look for" test "$(wc -l < ids)" -gt 50 -a "$(wc -l < postcodes)" -gt 20
"$TURNCURVE" query --list --json | python3 -c 'import json, sys
print("\n".join(t["table"] for t in json.load(sys.stdin) if t["from"] == "database"))' > views
while read -r view; do
    "$TURNCURVE" export "$view" 2>> said
done < views > all
expect "query: no view names a child" sh -c '! grep -qFf ids all && ! grep -qFf postcodes all'
run query --csv --show-children 'SELECT DISTINCT child FROM placements'
expect "query: --show-children names them" grep -qFf ids stdout
expect_text "query: --show-children says so" stderr "keep it where it is safe"
expect "query: messages name no child" sh -c '! cat said stderr | grep -qFf ids'

# What is refused.
for sql in "ATTACH 'turncurve.db' AS d" 'PRAGMA writable_schema = 1' 'DELETE FROM placements' "VACUUM INTO 'stolen.db'" \
    "SELECT load_extension('./x')" 'SELECT child FROM episodes' 'WITH placements AS (SELECT child FROM header) SELECT * FROM placements' \
    "SELECT * FROM pragma_table_info('header')" 'SELECT 1; DROP TABLE placements'; do
    run query "$sql"
    expect_status "query: refused: $sql" 64
done
run query --rows 2 'SELECT child FROM placements'
expect_text "query: --rows" stderr "more than 2 rows"
run query --seconds 1 'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT sum(x) AS s FROM c'
expect_text "query: --seconds" stderr "longer than 1 seconds"
run query "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT printf('%3000000d', x) AS s FROM c"
expect_text "query: an answer without end" stderr "longer than 512 MiB"
"$TURNCURVE" query 'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT sum(x) AS s FROM c' \
    > stdout 2> stderr < /dev/null &
interrupt INT $!
expect_status "query: Ctrl-C: status" 130
expect_text "query: Ctrl-C" stderr "interrupted"
expect_same "query: nothing changed the database" before.db turncurve.db
expect "query: nothing was made" test ! -e stolen.db

# The dictionary has every column of every file that commands write, in order; files have the same bytes whatever the build.
case $TURNCURVE in
*/asan/*) exit 0 ;;
esac
run import "$TOP/docs/examples/budget.csv" "$TOP/docs/examples/ledger.csv"
run finance --runs 20
expect_status "query: finance" 0
run card --runs 20
run variance 2025-09-30 2026-03-31 --runs 20
run sensitivity --runs 10
run history --publish --out out/published
run export dictionary
mv stdout dictionary.csv
expect "dictionary: every file as written" python3 - << 'PYTHON'
import csv, glob, sys
known = {}
for row in csv.DictReader(open("dictionary.csv")):
    if row["part"] == "outputs" and row["name"]:
        known.setdefault(row["table"], []).append(row["name"])
for path in glob.glob("out/*/*.csv"):
    if path == "out/forecast/cost.csv":
        continue  # changed above
    table = path[len("out/"):].replace("published/", "history/")
    header = next(csv.reader(open(path)))
    left_out = "published/" in path  # what is published may leave columns out
    if known.get(table, []) != header and not (left_out and [c for c in known.get(table, []) if c in header] == header):
        sys.exit(f"{table}: {header} is not {known.get(table)}")
PYTHON
