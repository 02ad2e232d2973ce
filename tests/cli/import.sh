# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Importing: what is recognised, what is refused with which words and exit code, and that whatever happens the database
# is the one before or the one after.
. "$TOP/tests/cli/lib.sh"

# A return of two children for the year to March 2021 in the folder $1; $2 is the end of the first episode.
make_return()
{
    mkdir -p "$1"
    printf 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,1,05/05/2010,WBRI,UN3,,\nA2,2,06/06/2012,WBRI,UN3,,\n' > "$1/header.csv"
    {
        echo 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN'
        echo "A1,01/06/2020,S,C2,N1,U4,PR1,$2,${2:+E4A},,LS1 1AA,LS2 2BB,SC123456"
        echo 'A2,01/07/2020,S,C2,N1,K2,PR4,,,,LS1 1AA,LS2 2BB,SC123457'
    } > "$1/episodes.csv"
}

# unchanged NAME: the database is the copy that was made before, and no journal is left to undo.
unchanged() { expect_same "$1: the database is as it was" before.db turncurve.db; }

make_return returns/2021 ''
run import --la Testham returns
expect_status "import: a folder" 0
expect_text "import: says which year" stderr "the year ending 31 March 2021"
expect_text "import: prints a total" stdout "total"
expect "import: kept, repaired and refused add up to the rows" awk '/^total/ && $2 != $3 + $4 + $5 { exit 1 }' stdout
expect "import: the database is private" test "$(stat -c %a turncurve.db)" = 600
cp turncurve.db before.db

run import --la Testham returns
expect_status "import: the same again" 0
expect_text "import: the same again is said" stdout "imported before"
unchanged "import: the same again"

run import --json returns
expect "import: JSON" python3 -c 'import json; t = json.load(open("stdout")); assert len(t) == 2 and t[0]["rows"] == 2'

# A corrected file takes the place of the earlier one.
cp before.db corrected.db
make_return corrected/2021 '01/02/2021'
run -d corrected.db import corrected
expect_status "import: a corrected file" 0
expect_text "import: a corrected file is said" stdout "replaces an earlier file"
run -d corrected.db check --out corrected.out
expect "import: a corrected file is a finding" grep -q 'F-16' corrected.out/findings.csv
expect "import: a corrected file leaves no old rows" test "$(sqlite3 corrected.db 'select count(*) from episodes')" = 2

# Which year: dates, --year, the folder.
run -d year.db import --year 2020 returns
expect_status "import: --year against the dates" 65
expect_text "import: --year against the dates is explained" stderr "31 March 2021, not 2020"
expect "import: --year against the dates leaves no database" test ! -e year.db
mkdir -p only/2019-20 unnamed
cp returns/2021/header.csv only/2019-20/
cp returns/2021/header.csv unnamed/
run -d year.db import only
expect_status "import: a year from the folder" 0
expect_text "import: a year from the folder is said" stderr "31 March 2020"
run -d year2.db import unnamed
expect_status "import: no year" 64
expect_text "import: no year is explained" stderr "--year"
run -d year2.db import --year 2019 unnamed
expect_status "import: a year from --year" 0

# Forms of files.
mkdir -p forms/2021
printf '\357\273\277"child";" decom ";"RNE";"LS";"PLACE";"DEC";"REC";"CIN";"PLACE_PROVIDER"\r\n"B1";"2020-06-01";"S";"c2";"u4";"";"";"N1";"PR1"\r\n' \
    > forms/2021/odd.csv
printf 'CHILD\tSEX\tDOB\rB1\t1.0\t05/05/2010\r' > forms/2021/header.txt
run -d forms.db import forms
expect_status "import: BOM, semicolons, tabs, CR, capitals, extra quotes" 0
expect "import: odd forms are kept" awk '/^total/ && $5 != 0 { exit 1 }' stdout

# What cannot be used: words, code, nothing changed.
refused()
{
    run import "$3"
    expect_status "import: $1" "$2"
    expect_text "import: $1 is named" stderr "$4"
    expect "import: $1: one line of words" test "$(grep -c '^turncurve: ' stderr)" -ge 1
    unchanged "import: $1"
}
mkdir empty_folder bad
refused "a missing file" 66 missing.csv "missing.csv"
refused "a folder without files" 66 empty_folder "no CSV file"
: > bad/empty.csv
refused "an empty file" 65 bad/empty.csv "bad/empty.csv"
printf 'a,b,c\n1,2,3\n' > bad/unknown.csv
refused "an unknown table" 65 bad/unknown.csv "bad/unknown.csv"
printf 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA\0001,1,05/05/2010,,,,\n' > bad/nul.csv
refused "NUL bytes" 65 bad/nul.csv "NUL"
printf '123,1,05/05/2010,WBRI,UN3,,\n124,1,05/05/2010,WBRI,UN3,,\n' > bad/headless.csv
refused "no header" 65 bad/headless.csv "bad/headless.csv"
printf 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\nA1,06/28/2020,S,C2,N1,U4,PR1,,\nA2,07/30/2020,S,C2,N1,U4,PR1,,\n' > bad/american.csv
refused "months first" 65 bad/american.csv "month"
printf '<?xml version="1.0"?><EXPSSDA903></EXPSSDA903>\n' > bad/return.xml
refused "XML" 65 bad/return.xml "bad/return.xml"
run import --as nonsense returns
expect_status "import: an unknown --as" 64
expect_text "import: an unknown --as is named" stderr "nonsense"
unchanged "import: an unknown --as"

# Headers only: a table without rows.
mkdir -p headers/2021
head -1 returns/2021/header.csv > headers/2021/header.csv
run -d headers.db import headers
expect_status "import: headers only" 0

# A field of 10 MB and a quote that never ends refuse rows, not the file.
mkdir -p fields/2021
cp returns/2021/header.csv returns/2021/episodes.csv fields/2021/
{ printf 'A3,1,05/05/2010,'; head -c 10000000 /dev/zero | tr '\0' x; printf ',UN3,,\nA4,1,05/05/2010,WBRI,UN3,,\n'; } >> fields/2021/header.csv
printf 'A1,"01/08/2020,S,C2\nA2,01/08/2020\n' >> fields/2021/episodes.csv
run -d fields.db import fields
expect_status "import: a field of 10 MB, an open quote" 0
expect "import: they add up" awk '/^total/ && ($2 != $3 + $4 + $5 || $5 < 2) { exit 1 }' stdout
run -d fields.db check --out fields.out
expect "import: the long field is a finding" grep -q 'F-17' fields.out/findings.csv
expect "import: the open quote is a finding" grep -q 'F-06' fields.out/findings.csv

# UTF-16.
mkdir -p utf16/2021
iconv -f UTF-8 -t UTF-16 < returns/2021/header.csv > utf16/2021/header.csv
cp returns/2021/episodes.csv utf16/2021/
run -d utf16.db import utf16
expect_status "import: UTF-16" 0
run -d utf16.db check --out utf16.out
expect "import: UTF-16 is a finding" grep -q 'F-02' utf16.out/findings.csv

# Databases that are none, or newer.
echo "This is a letter to the council, not a database, and long enough to be read as one page header." > letter.db
cp letter.db letter.copy
run -d letter.db import returns
expect_status "import: not a database" 65
expect_text "import: not a database is said" stderr "not a turncurve database"
expect_same "import: not a database is left alone" letter.db letter.copy
cp before.db newer.db
sqlite3 newer.db 'pragma user_version = 999'
run -d newer.db import returns
expect_status "import: a newer database" 65
expect_text "import: a newer database is said" stderr "newer"
run -d /proc/nowhere.db import returns
expect_status "import: a folder that cannot be written" 74

# Killed, interrupted, and a disk that fills up, in the middle of a large file.
mkdir -p large/2021
awk 'BEGIN { print "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"; for (i = 0; i < 300000; i++) printf "L%06d,1,05/05/2010,WBRI,UN3,,\n", (i * 7919) % 300000 }' \
    > large/2021/header.csv
awk 'BEGIN { print "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC"; for (i = 0; i < 300000; i++) printf "L%06d,01/06/2020,S,C2,N1,U4,PR1,,\n", i }' \
    > large/2021/episodes.csv
for signal in INT TERM KILL; do
    # a background job of a script ignores SIGINT; a fresh shell that resets it does not
    python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])' \
        "$TURNCURVE" import large > stdout 2> stderr < /dev/null &
    job=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -e turncurve.db-journal ] && break
        sleep 0.1
    done
    sleep 0.2
    kill -s $signal $job
    wait $job
    status=$?
    if [ $signal = KILL ]; then
        expect_status "import: kill -9" 137
        # the next reader undoes what was begun
        run check --out after_kill
        expect_status "import: after kill -9 the database opens" 0
    else
        expect_status "import: SIG$signal" 130
    fi
    expect "import: SIG$signal: nothing was stored" sh -c 'sqlite3 before.db .dump > a; sqlite3 turncurve.db .dump > b; cmp a b'
    [ $signal = KILL ] || expect "import: SIG$signal: no journal is left" test ! -e turncurve.db-journal
    rm -f turncurve.db-journal
    cp before.db turncurve.db
done
# shellcheck disable=SC3045 # dash has ulimit -f
(trap '' XFSZ; ulimit -f 2000; run import large; exit "$status")
status=$?
expect_status "import: a full disk" 74
unchanged "import: a full disk"
run -d fresh.db import bad/unknown.csv
expect "import: a failed first import leaves no database" test ! -e fresh.db

# Two councils; whose returns are they?
cp before.db two.db
make_return other/2021 ''
sed -i 's/^A/B/' other/2021/*.csv
run -d two.db import --la Otherton other
expect_status "import: a second authority" 0
run -d two.db import other
expect_status "import: several authorities without --la" 64
expect_text "import: several authorities are named" stderr "Otherton"
run -d two.db import --la Nowhere other
expect_status "import: a new name is a new authority" 0

# Names of children never reach a message.
expect "import: messages name no child" sh -c '! cat stdout stderr | grep -qE "A1|A2|L00"'

# Pseudonyms.
run -d private.db import --la Testham --pseudonymise returns
expect_status "import: --pseudonymise" 0
expect "import: the key is private" test "$(stat -c %a private.db.key)" = 600
expect "import: no identifier, postcode or day of birth is left" sh -c \
    '! sqlite3 private.db .dump | grep -qE "A1|A2|1AA|2BB|14734"' # 14734 is 5 May 2010
run -d private.db import --la Testham returns
expect_status "import: pseudonyms and identifiers do not mix" 64
run -d private.db import --la Testham --pseudonymise returns
expect_status "import: --pseudonymise again" 0
expect_text "import: --pseudonymise again changes nothing" stdout "imported before"

# Prices, localities, a later year that corrects, and the other order.
printf 'placement,provider,from,weekly_gbp\nres_external,,2020-04-01,4500\nfoster_inhouse,,01/04/2020,450.50\nnonsense,,2020-04-01,1\n' > prices.csv
printf 'postcode,locality\nLS1,Centre\nLS,Leeds\n' > localities.csv
run import prices.csv localities.csv
expect_status "import: prices and localities" 0
expect "import: prices are stored in pence" test "$(sqlite3 turncurve.db 'select sum(weekly_pence) from price')" = 495050
expect "import: a price of an unknown group is refused" awk '/prices.csv/ && $7 != 1 && $6 != 1 { exit 1 }' stdout
if [ -d "$SHARED/data/published" ]; then
    run import "$SHARED/data/published"
    expect_status "import: published statistics" 0
    expect "import: Leeds has thirteen years of stock" test "$(sqlite3 turncurve.db "select count(*) from published join authority using (la) where code = 'E08000035' and measure = 'stock' and breakdown = '' and year between 2010 and 2022")" = 13
else
    skipped "import: published statistics" "no published files beside the project"
fi
