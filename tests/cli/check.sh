# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Checking: the table on the screen, findings.csv, and that no child is named unless asked for.
. "$TOP/tests/cli/lib.sh"

run check
expect_status "check: no database" 66
run check --list
expect_status "check: --list" 0
expect "check: at least 80 rules" test "$(grep -cE '^[A-Z]-[0-9][0-9] ' stdout)" -ge 80
expect_text "check: official numbers" stdout "INT11-18"
run check --list --json
expect "check: --list --json" python3 -c 'import json; assert len(json.load(open("stdout"))) >= 80'

mkdir -p returns/2021
printf 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nSECRET1,1,05/05/2010,WBRI,UN3,,\nSECRET1,1,05/05/2010,WBRI,UN3,,\n' > returns/2021/header.csv
{
    echo 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC'
    echo 'SECRET1,01/06/2020,S,C2,N1,U4,PR1,,'
    echo 'SECRET1,31/02/2021,S,C2,N1,U4,PR1,,'
    echo 'SECRET2,01/06/2020,S,C2,N1,U4,PR1,,'
} > returns/2021/episodes.csv
run import --la Testham returns
expect_status "check: import" 0
expect "check: the import's messages name no child" sh -c '! cat stdout stderr | grep -q SECRET'
run check
expect_status "check: findings" 0
expect "check: worst first" sh -c 'sed -n 2p stdout | grep -q "^error"'
expect "check: the screen names no child" sh -c '! cat stdout stderr | grep -q SECRET'
expect "check: columns" test "$(head -1 out/check/findings.csv)" = "severity,rule,table,file,line,child,column,value,message,repair"
expect "check: an impossible date has file and line" grep -qE '^error,E-0[12],episodes,returns/2021/episodes.csv,3,,DECOM,31/02/2021' out/check/findings.csv
expect "check: episodes without a header" grep -q 'H-12' out/check/findings.csv
expect "check: findings.csv names no child" sh -c '! grep -q SECRET out/check/findings.csv'
run check --show-children --out named
expect_status "check: --show-children" 0
expect "check: children are named on request" grep -q SECRET2 named/findings.csv
expect "check: the file that names them is private" test "$(stat -c %a named/findings.csv)" = 600
run check --strict
expect_status "check: --strict" 65
run check --json
expect "check: JSON" python3 -c 'import json; t = json.load(open("stdout")); assert t[0]["severity"] == "error" and t[0]["findings"] > 0'
run check --la Testham
expect_status "check: --la" 0
run check --la Testhan
expect_status "check: --la misspelt" 64
expect_text "check: --la misspelt is answered" stderr "did you mean Testham"

# A damaged database is said to be one.
cp turncurve.db broken.db
sqlite3 broken.db 'pragma foreign_keys = off; update file set la = 99 where la is not null'
run -d broken.db check
expect_status "check: rows that refer to nothing" 65
expect_text "check: rows that refer to nothing are explained" stderr "is damaged"
