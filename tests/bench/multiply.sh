#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a large return of a small one: multiply.sh FROM TO COPIES. Each folder of FROM with header.csv and episodes.csv
# gets one of the same name in TO, whose rows are those of FROM, COPIES times over; each copy's children get identifiers
# of their own (the copy's number before the old one). CHILD must be the first column.
set -eu
from=$1
to=$2
copies=$3
find "$from" -name episodes.csv | sort | while read -r file; do
    folder=$(dirname "$file")
    target=$to/$(basename "$folder")
    mkdir -p "$target"
    for table in header episodes; do
        awk -v copies="$copies" '
            { sub(/\r$/, "") }
            NR == 1 { print; next }
            { row[NR] = $0 }
            END {
                for (copy = 1; copy <= copies; copy++)
                    for (i = 2; i <= NR; i++) {
                        quote = substr(row[i], 1, 1) == "\"" ? "\"" : ""
                        print quote (100 + copy) substr(row[i], 1 + length(quote))
                    }
            }' "$folder/$table.csv" > "$target/$table.csv"
    done
done
