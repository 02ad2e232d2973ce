# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Faults that are put into returns on purpose, each found by its rule: in its row, or for rules that are summed as often as
# the file has it (truth.json lists them).
. "$TOP/tests/cli/lib.sh"

cat > compare.py << 'EOF'
import collections, csv, json, re, sys

faults = json.load(open("returns/truth.json"))["faults"]
findings = list(csv.DictReader(open("out/check/findings.csv")))
summed = {r["rule"] for r in findings if r["message"].endswith(" rows)")}
rows = {(r["rule"], r["file"], r["line"]) for r in findings}
counts, wanted = collections.Counter(), collections.Counter()
for r in findings:
    many = re.search(r"\((\d+) rows\)$", r["message"])
    counts[r["rule"], r["file"]] += int(many.group(1)) if many else 1
named = [(f["rule"], "returns/%d/%s.csv" % (f["year"], f["table"]), str(f["line"])) for f in faults]
for rule, name, line in named:
    wanted[rule, name] += 1
missed = [f for f in named if f not in rows and not (f[0] in summed and counts[f[:2]] >= wanted[f[:2]])]
print(len(faults), "faults, missed:", missed[:5])
sys.exit(len(faults) < int(sys.argv[1]) or missed != [])
EOF
for seed in 6 7; do
    for dirt in 0.02 0.1; do
        rm -rf returns out turncurve.db
        run synth --children 300 --years 4 --seed $seed --dirt $dirt --out returns
        expect_status "dirt: synth, seed $seed, $dirt" 0
        run import --la Dirtham returns
        expect_status "dirt: import, seed $seed, $dirt" 0
        run check --show-children
        expect "dirt: every fault is found, seed $seed, $dirt" python3 compare.py 80
    done
done
