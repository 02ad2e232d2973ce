#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Speed and size, side by side in one run: bench.sh PROGRAM TOOLS. PROGRAM is turncurve, TOOLS the folder of steps,
# measure, kernel and road, built from the sources beside this file. COPIES (50) says how many times over the returns are taken: those of the sample
# beside the project when it is there, else of a synthetic authority. Instructions are counted by valgrind's callgrind,
# which gives the same number each time; times are of this machine, now.
set -eu
program=$(realpath "$1")
tools=$(realpath "$2")
measure=$tools/measure
top=$(pwd)
copies=${COPIES:-50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

if [ -d "$top/../shared/data/ssda903-sample" ]; then
    from=$top/../shared/data/ssda903-sample
    what="the sample"
else
    "$program" synth --children 800 --years 6 --seed 1 --out small --quiet > /dev/null
    from=small
    what="a synthetic authority of 800 children"
fi
"$top/tests/bench/multiply.sh" "$from" large "$copies"
rows=$(find large -name '*.csv' -exec tail -q -n +2 {} + | wc -l)
echo "Input: episodes and header of $what, $copies times over: $rows rows, $(du -sk large | cut -f1) KiB"

# The sqlite3 shell loads the same files into tables without types.
find large -name '*.csv' | sort | awk '
    BEGIN { print ".mode csv" }
    {
        n = split($0, part, "/"); name = part[n]; sub(/\.csv$/, "", name)
        getline header < $0; gsub(/\r/, "", header)
        if (!(name in seen)) { print "create table " name "(" header ");"; seen[name] = 1 }
        print ".import --skip 1 " $0 " " name
    }' > shell.sql

instructions()
{
    counted=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$counted.callgrind" "$@" > "$counted.out" 2> "$counted.err" < /dev/null ||
        { tail -5 "$counted.err" >&2; exit 1; }
    sed -n 's/^.*Collected : \([0-9]*\).*/\1/p' "$counted.err"
}

"$measure" shell.use sqlite3 shell.db ".read shell.sql" > /dev/null
"$measure" ours.use "$program" -d ours.db import --la Bench large > ours.out 2> ours.err
rm -f shell.db ours.db
shell_count=$(instructions shell sqlite3 shell.db ".read shell.sql")
ours_count=$(instructions ours "$program" -d ours.db import --la Bench large)
"$measure" start.use "$program" --version > /dev/null
"$tools/steps" ours.db > steps.out
# A forecast is timed on one authority of usual size.
"$program" synth --children 800 --years 6 --seed 1 --out usual --quiet > /dev/null
"$program" -d usual.db import --la Usual usual --quiet > /dev/null
"$tools/steps" usual.db forecast | grep -E "^(expected_ms|run_ms|replicates)" > usual.out

# carepath: 1,500 children in care, 10,000 replicates of 5 years on one core, beside the random numbers they need.
"$program" synth --children 1500 --years 6 --seed 1 --out county --quiet > /dev/null
"$program" -d county.db import --la County county --quiet > /dev/null
"$tools/kernel" county.db 10000 > kernel.out
# The whole road on the input as it is: import, then 2,000 runs, before anything is drawn.
"$measure" import.use "$program" -d road.db import --la Road "$from" > /dev/null 2>&1
"$measure" road.use "$tools/road" road.db 60 2000 "$(nproc)" > road.out

awk -v shell="$shell_count" -v ours="$ours_count" -v rows="$rows" '
    FILENAME == "shell.use" { s_wall = $1; s_peak = $3 }
    FILENAME == "ours.use" { o_wall = $1; o_peak = $3 }
    FILENAME == "import.use" { i_wall = $1; i_peak = $3 }
    FILENAME == "road.use" { r_wall = $1; r_peak = $3 }
    FILENAME ~ /^(steps|usual|kernel)\.out$/ { step[$1] = $2 }
    function line(what, unit, value, against, bound) {
        printf "%-52s %14s %14s %8s %s\n", what " (" unit ")", value, against, \
            (against > 0 ? sprintf("%.2f", value / against) : ""), bound
    }
    END {
        printf "\n%-52s %14s %14s %8s %s\n", "", "turncurve", "sqlite3 shell", "ratio", "bound"
        line("import, all rules: instructions", "million", sprintf("%.0f", ours / 1e6), sprintf("%.0f", shell / 1e6), "3.00")
        line("import: instructions a row", "count", sprintf("%.0f", ours / rows), sprintf("%.0f", shell / rows), "")
        line("import: peak memory", "MiB", sprintf("%.1f", o_peak / 1024), sprintf("%.1f", s_peak / 1024), "64 MiB")
        line("import: wall time", "ms", o_wall, s_wall, "")
        line("history of " step["children"] " children: load and rebuild", "ms", step["history_ms"], 0, "1000 ms")
        line("its monthly counts in every group", "ms", step["counts_ms"], 0, "")
        line("stockflow, 60 months: fit, mean and covariance", "ms", step["expected_ms"], 0, "50 ms")
        line("the same with 200 futures drawn", "ms", step["run_ms"], 0, "")
        line("road: import and 2,000 runs of carepath", "ms", i_wall + r_wall, 0, "300 ms")
        line("road: peak memory", "MiB", sprintf("%.1f", (i_peak > r_peak ? i_peak : r_peak) / 1024), 0, "60 MiB")
        printf "\n%-52s %14s %14s %8s %s\n", "", "carepath", "floor", "ratio", "bound"
        line(step["present"] " children, 5 years, " step["replicates"] " replicates", "s", step["kernel_s"], step["floor_s"], "3.00")
        line("stays lived through in a replicate", "count", step["stays"], 0, "")
        line("two threads against one", "times", step["threads"], 0, ">= 1.80")
    }' shell.use ours.use import.use road.use steps.out usual.out kernel.out
echo
echo "Where import spends its instructions (callgrind, own cost by function):"
callgrind_annotate ours.callgrind 2> /dev/null | awk '/^ *[0-9,]+ *\(/ && n++ < 13'
