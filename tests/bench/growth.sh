#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How time and memory of a forecast grow: growth.sh PROGRAM TOOLS FOLDER. One thing at a time is doubled: children in
# care, months, runs, authorities. Seconds are of the processor (all threads, from the database to the results, nothing
# drawn), the smaller of two tries. Writes growth.csv, growth.svg and growth.png to FOLDER and prints the table; "power"
# is the slope of log time against log size between neighbours: 1 is a straight line through 0, below it a straight line
# that starts higher. ENGLAND=1: also all of England at once, 152 synthetic authorities of 83,000 children.
set -eu
program=$(realpath "$1")
tools=$(realpath "$2")
plot=$(realpath "$(dirname "$0")/growth.gp")
mkdir -p "$3"
folder=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
threads=$(nproc)

# authority DATABASE CHILDREN SEED: adds a synthetic authority.
authority()
{
    "$program" synth --children "$2" --years 6 --seed "$3" --out data --quiet > /dev/null
    "$program" -d "$1" import --la "Authority $3" data --quiet > /dev/null 2>&1
    rm -rf data
}

# measure WHAT SIZE DATABASE MONTHS RUNS
measure()
{
    for try in 1 2; do
        "$tools/measure" "use.$try" "$tools/road" "$3" "$4" "$5" "$threads" > /dev/null
    done
    awk -v what="$1" -v size="$2" '
        NR == 1 || $2 < ms { ms = $2 }
        $3 > kib { kib = $3 }
        END { printf "%s,%d,%.3f,%.1f\n", what, size, ms / 1000, kib / 1024 }' use.1 use.2 >> "$folder/growth.csv"
}

echo "what,size,seconds,mib" > "$folder/growth.csv"
for children in 250 500 1000 2000 4000; do
    authority "children$children.db" "$children" 1
    measure children "$children" "children$children.db" 60 1000
done
for months in 30 60 120 240; do
    measure months "$months" children500.db "$months" 1000
done
for runs in 500 1000 2000 4000 8000; do
    measure runs "$runs" children500.db 60 "$runs"
done
made=0
for authorities in 2 4 8 16; do
    while [ "$made" -lt "$authorities" ]; do
        made=$((made + 1))
        authority many.db 250 "$made"
    done
    measure authorities "$authorities" many.db 60 1000
done

echo
echo "Growth of a forecast (500 children, 60 months, 1,000 runs but for what grows):"
awk -F, '
    NR == 1 { printf "%-12s %8s %10s %8s %8s\n", "what", "size", "seconds", "MiB", "power"; next }
    {
        power = $1 == what ? sprintf("%.2f", log($3 / seconds) / log($2 / size)) : ""
        printf "%-12s %8d %10.2f %8.1f %8s\n", $1, $2, $3, $4, power
        what = $1; size = $2; seconds = $3
    }' "$folder/growth.csv"
gnuplot -e "folder = '$folder'" "$plot" 2> gnuplot.err || { cat gnuplot.err >&2; exit 1; }
echo "drawn in $folder/growth.svg"

[ -n "${ENGLAND:-}" ] || exit 0
# Sizes as English authorities have them: on the log scale between 110 and 1,900, 546 on average.
seed=0
while [ "$seed" -lt 152 ]; do
    seed=$((seed + 1))
    authority england.db "$(awk -v i="$seed" 'BEGIN { printf "%d", 110 * exp(log(1900 / 110) * ((i * 0.618034) % 1)) }')" "$seed"
done
"$tools/measure" england.use "$tools/road" england.db 60 1000 "$threads" > england.out
awk -v threads="$threads" '
    FILENAME == "england.use" { wall = $1 / 1000; processor = $2 / 1000; mib = $3 / 1024 }
    FILENAME == "england.out" { is[$1] = $2 }
    END {
        printf "England: %d authorities, %d children in care, 1,000 runs of 60 months on %d threads: %.0f s (%.0f s of processor), %.0f MiB\n",
            is["authorities"], is["present"], threads, wall, processor, mib
    }' england.use england.out
