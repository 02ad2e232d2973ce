# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The same returns in the shapes that people and spreadsheets give them: each must make the same history.
. "$TOP/tests/cli/lib.sh"

run synth --children 80 --years 3 --seed 5 --out plain
expect_status "varieties: synth" 0
run -d plain.db import --la Council plain
expect_status "varieties: import" 0
PATH=/nonexistent "$TURNCURVE" -d plain.db history --out expected > stdout 2> stderr < /dev/null

# variety NAME: the folder NAME holds the returns; imports them and compares histories.
variety()
{
    run -d "$1.db" import --la Council "$1"
    expect_status "varieties: $1: import" 0
    PATH=/nonexistent "$TURNCURVE" -d "$1.db" history --out "$1.out" > stdout 2> stderr < /dev/null
    expect_same "varieties: $1: the same history" expected/history.csv "$1.out/history.csv"
    rm -rf "$1" "$1.db" "$1.out"
}

# each NAME COMMAND...: every file of the plain returns through a filter.
each()
{
    name=$1
    shift
    for file in plain/*/*.csv; do
        folder=$name/$(basename "$(dirname "$file")")
        mkdir -p "$folder"
        "$@" < "$file" > "$folder/$(basename "$file")"
    done
    variety "$name"
}

bom() { printf '\357\273\277'; cat; }
utf16() { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE; }
reversed() { awk -F, -v OFS=, '{ for (i = NF; i > 0; i--) printf "%s%s", $i, (i > 1 ? OFS : "\n") }'; }
header() { awk "NR == 1 { $1 } { print }"; }

each crlf sed 's/$/\r/'
each cr tr '\n' '\r'
each bom bom
each semicolon tr , ';'
each tab tr , '\t'
each quoted sed 's/,/","/g; s/^/"/; s/$/"/'
each lower-case header '$0 = tolower($0)'
each blanks header 'gsub(/,/, " , ")'
each reversed reversed
each extra-column sed '1s/$/,NOTES/; 2,$s/$/,none/'
each iso-dates sed -E 's|([0-9]{2})/([0-9]{2})/([0-9]{4})|\3-\2-\1|g'
each short-dates sed -E 's|\b0([0-9])/([0-9]{2}/[0-9]{4})|\1/\2|g; s|/0([0-9])/([0-9]{4})|/\1/\2|g'
each time-of-day sed -E 's|([0-9]{2}/[0-9]{2}/[0-9]{4})|\1 00:00|g'
each decimals sed -E '2,$s/,([01]),/,\1.0,/g'
each lower-case-codes sed -E '2,$s/,(C[12]|V2|E1|U[1-6]|K[123]|PR[0-5]),/,\L\1,/g'
if command -v iconv > /dev/null 2>&1; then
    each utf16 utf16
else
    skipped "varieties: utf16" "no iconv here"
fi
# A folder of folders, and names that say nothing.
mkdir -p deeper/returns/old
for folder in plain/*/; do
    year=$(basename "$folder")
    mkdir -p "deeper/returns/old/$year"
    for file in "$folder"/*.csv; do
        cp "$file" "deeper/returns/old/$year/$(basename "$file" .csv | rev)-x.csv"
    done
done
variety deeper
