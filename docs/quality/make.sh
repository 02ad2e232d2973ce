#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The parts of this folder that can be generated: make.sh PROGRAM [OUT]
#
# assumptions.md  the register of the program's own defaults, from the program
# verification.md what is verified by which suite, from engine/app/verified.def, with how many tests there are
# OUT is where they go, this folder when not given.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
case ${1:?make.sh PROGRAM [OUT]} in /*) program=$1 ;; *) program=$(pwd)/$1 ;; esac
out=$(cd "${2:-$here}" && pwd)
cd "$top"

# rows FILE.json COLUMN...: a Markdown table of an array of objects.
rows()
{
    python3 - "$@" << 'END'
import json, sys
columns = sys.argv[2:]
def text(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("|", "/")
print("| " + " | ".join(columns) + " |")
print("|" + " --- |" * len(columns))
for row in json.load(open(sys.argv[1])):
    print("| " + " | ".join(text(row[c]) for c in columns) + " |")
END
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
    echo "# Register of assumptions: the program's defaults"
    echo
    echo "Made by \`make quality\` from \`turncurve list assumptions\`. Ranges are plausible, not the widest that can be set;"
    echo "quality is evidence (measured), expert (judgement with a source) or guess. What each does to a forecast depends on the"
    echo "authority: \`turncurve sensitivity\` and \`turncurve forecast --assurance\` compute it. The owner is the role in a"
    echo "council that should answer for the value."
    "$program" list models --json > "$work/models.json"
    python3 -c 'import json, sys; print("\n".join(m["model"] for m in json.load(open(sys.argv[1]))))' "$work/models.json" |
        while read -r model; do
            "$program" list assumptions --model "$model" --json > "$work/all.json"
            # prices and the engine's own parameters are told once, with the first model
            python3 - "$work" "$model" << 'END'
import json, os, sys
work, model = sys.argv[1:]
rows = json.load(open(work + "/all.json"))
seen = work + "/engine.json"
if not os.path.exists(seen):
    json.dump([r["id"] for r in rows if r["id"].startswith("price:")] +
              ["referral_elasticity", "price_uplift_sd_pct", "price_correlation"], open(seen, "w"))
    own = set(json.load(open(seen)))
    json.dump([r for r in rows if r["id"] in own], open(work + "/shared.json", "w"))
own = set(json.load(open(seen)))
json.dump([r for r in rows if r["id"] not in own], open(work + "/model.json", "w"))
END
            if [ -f "$work/shared.json" ] && [ ! -f "$work/told" ]; then
                printf '\n## Prices, and what every model shares\n\n'
                rows "$work/shared.json" id statement value unit low high owner quality basis
                : > "$work/told"
            fi
            printf '\n## %s\n\n' "$model"
            if [ "$(cat "$work/model.json")" = "[]" ]; then
                echo "No parameters of its own."
            else
                rows "$work/model.json" id statement value unit low high owner quality basis
            fi
        done
} > "$work/assumptions.md"

# count FOLDER: how many suites and test functions it has.
count()
{
    case $1 in
    cli) echo "$(find tests/cli -name '*.sh' ! -name lib.sh ! -name run.sh ! -name one.sh | wc -l) scripts" ;;
    golden) echo "$(find tests/golden -mindepth 2 -maxdepth 2 -type d | wc -l) cases" ;;
    fuzz) echo "$(find tests/fuzz -name 'fuzz_*.c' | wc -l) readers" ;;
    mutants) echo "$(grep -c '^mutant ' tests/mutants/mutants.txt) mistakes" ;;
    lint) echo "$(grep -c '^report ' tests/lint/lint.sh) rules" ;;
    *)
        suites=0
        [ ! -f "tests/$1/tests.def" ] || suites=$(grep -c '^SUITE(' "tests/$1/tests.def")
        tests=$(cat tests/"$1"/*.c 2> /dev/null | grep -c 'tcase_add_\(loop_\|exit_\)\?test' || true)
        if [ "$suites" -gt 0 ]; then echo "$tests tests in $suites suites"; else echo ""; fi
        ;;
    esac
}

{
    echo "# Verification log: is it built right?"
    echo
    echo "Made by \`make quality\` from \`engine/app/verified.def\` and a count of the tests. Every expected number in a test says"
    echo "where it comes from: a hand calculation, a closed form, a published check value, or a command of R."
    echo
    echo "| tests/ | run by | how many | verifies | against |"
    echo "| --- | --- | --- | --- | --- |"
    sed -n 's/^VERIFIED("\(.*\)", "\(.*\)", "\(.*\)", "\(.*\)")$/\1|\2|\3|\4/p' engine/app/verified.def |
        while IFS='|' read -r suite by what against; do
            echo "| $suite | \`$by\` | $(count "$suite") | $what | $against |"
        done
    echo
    echo "Test functions are counted, not their cases: one that runs over a table or a thousand random inputs counts once."
    echo "\`make test\` runs unit tests by two compilers and under the address and undefined-behaviour sanitisers, the command"
    echo "line, faults, stored fuzz inputs and the rules of the house; \`make stat\`, \`make fuzz\`, \`make mutants\` and \`make bench\`"
    echo "take longer and are run before a release."
} > "$work/verification.md"

mv "$work/assumptions.md" "$work/verification.md" "$out/"
