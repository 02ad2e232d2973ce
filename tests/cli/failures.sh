# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What goes wrong around the program: a clear message, the right exit code, database and outputs as they were.
. "$TOP/tests/cli/lib.sh"

run synth --children 80 --years 3 --seed 2 --out returns
run import --la Failtown returns
expect_status "failures: import" 0
run forecast --runs 40 --months 12
expect_status "failures: forecast" 0
cp turncurve.db before.db
cp -r out/forecast before

# unchanged NAME: the database and the output folder are those from before, and nothing unfinished lies about.
unchanged()
{
    expect_same "$1: the database is as it was" before.db turncurve.db
    expect_same "$1: the old results are as they were" before out/forecast
    expect "$1: nothing unfinished is left" test -z "$(find . -name '*.new-*' -o -name '*-journal' -o -name '*.old-*')"
}

"$TURNCURVE" list models > /dev/full 2> stderr
status=$?
expect_status "failures: stdout on a full disk" 74

# A file size limit stands for the full disk: writes fail in the middle of a file.
run synth --children 2000 --years 3 --seed 3 --out many
# shellcheck disable=SC3045 # dash has ulimit -f
(ulimit -f 64 && run import --la Failtown many && exit "$status")
status=$?
expect_status "failures: full disk at import" 74
expect "failures: full disk at import: one line of words" grep -q '^turncurve: ' stderr
unchanged "failures: full disk at import"
# shellcheck disable=SC3045
(ulimit -f 4 && run forecast --runs 40 --months 60 && exit "$status")
status=$?
expect_status "failures: full disk at forecast" 74
unchanged "failures: full disk at forecast"

# Without gnuplot: all numbers, no pictures, and words that say so.
PATH=/nonexistent "$TURNCURVE" forecast --runs 40 --months 12 --out bare > stdout 2> stderr < /dev/null
status=$?
expect_status "failures: no gnuplot: the numbers are there" 0
expect_text "failures: no gnuplot: a warning names it" stderr gnuplot
expect_same "failures: no gnuplot: the same numbers" before/forecast.csv bare/forecast.csv
expect "failures: no gnuplot: no pictures" test -z "$(find bare -name '*.svg' -o -name '*.png')"
expect "failures: no gnuplot: the page shows none" sh -c '! grep -qE "<(img|svg)" bare/index.html'

# A folder that may not be written. root may write everywhere, so another user stands in.
as=''
if [ "$(id -u)" -eq 0 ]; then
    as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod 755 .
fi
cp "$TURNCURVE" ./copy
mkdir locked
cp turncurve.db locked/
chmod 555 locked
chmod 644 locked/turncurve.db
if (cd locked && $as ../copy --version > /dev/null 2>&1); then
    (cd locked && $as ../copy forecast --runs 40 --months 12 > ../stdout 2> ../stderr < /dev/null)
    status=$?
    expect_status "failures: read-only folder: forecast" 74
    expect "failures: read-only folder: one line of words" grep -q '^turncurve: .*' stderr
    (cd locked && $as ../copy import ../returns > ../stdout 2> ../stderr < /dev/null)
    status=$?
    expect "failures: read-only folder: import fails" test "$status" -ne 0
    mkdir -m 700 closed
    mkdir -m 777 free
    (cd locked && $as ../copy -d ../free/new.db import ../closed > ../stdout 2> ../stderr < /dev/null)
    status=$?
    expect_status "failures: unreadable folder: import" 74
    expect_text "failures: unreadable folder: it is named" stderr ../closed
    rm -rf closed free
    chmod 755 locked
    expect_same "failures: read-only folder: the database is as it was" before.db locked/turncurve.db
    expect "failures: read-only folder: nothing was written" test "$(find locked -mindepth 1 | wc -l)" -eq 1
else
    skipped "failures: read-only folder" "cannot become another user here"
fi
chmod 755 locked

# Ctrl-C in the middle.
for signal in INT TERM; do
    "$TURNCURVE" forecast --runs 30000 --months 120 --scenario baseline --scenario best --scenario worst > stdout 2> stderr \
        < /dev/null &
    interrupt $signal $!
    expect_status "failures: SIG$signal in a forecast" 130
    unchanged "failures: SIG$signal in a forecast"
done
"$TURNCURVE" import --la Failtown many > stdout 2> stderr < /dev/null &
job=$!
sleep 0.05
kill -s INT $job 2> kill.err
wait $job
status=$?
case $status in
130) unchanged "failures: SIGINT in an import" ;;
0) skipped "failures: SIGINT in an import" "it was done before the signal came" ;;
*) not_ok "failures: SIGINT in an import" "exit $status" ;;
esac
cp before.db turncurve.db
for wait in 0.02 0.05 0.1 0.2; do
    "$TURNCURVE" import --la Failtown many > stdout 2> stderr < /dev/null &
    job=$!
    sleep $wait
    kill -s KILL $job 2> kill.err
    wait $job 2> wait.err
    expect "failures: killed after $wait s: the database is whole" test \
        "$(sqlite3 turncurve.db 'pragma integrity_check; pragma foreign_key_check')" = ok
    run history --out h
    expect_status "failures: killed after $wait s: the database is used" 0
    cp before.db turncurve.db
    rm -f turncurve.db-journal
done

# It has no means to use the network.
case $TURNCURVE in
*/build/release/*)
    expect "failures: no network functions are linked" sh -c \
        '! nm -D --undefined-only "$TURNCURVE" | grep -wE "socket|connect|getaddrinfo|gethostbyname|send|sendto|recv"'
    ;;
esac
