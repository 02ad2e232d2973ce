# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The n-th write, fsync, rename, open fails, for growing n until one run meets no fault: after each run the database is
# the old or the new one and the results are the old or the new ones, whole.
. "$TOP/tests/cli/lib.sh"

case $TURNCURVE in
*/build/release/*) ;;
*)
    skipped faults "a preloaded library and sanitisers do not mix"
    exit 0
    ;;
esac
gcc -D_GNU_SOURCE -shared -fPIC -O1 -o fault.so "$TOP/tests/faults/fault.c" -ldl
run synth --children 60 --years 2 --seed 1 --out returns
run synth --children 60 --years 2 --seed 2 --out others
run import --la Faulty returns
expect_status "faults: import" 0
cp turncurve.db old.db
run import --la Faulty others
run history --out new_history
cp turncurve.db new.db
run -d old.db history --out old_history

# fault CALL N STAYS COMMAND...: one run with a fault; $status, and whether the fault was met in ./seen.
fault()
{
    call=$1 at=$2 stays=$3
    shift 3
    rm -f seen
    env FAULT_CALL="$call" FAULT_AT="$at" ${stays:+FAULT_STAYS=1} FAULT_SEEN="$PWD/seen" LD_PRELOAD="$PWD/fault.so" \
        "$TURNCURVE" "$@" > stdout 2> stderr < /dev/null
    status=$?
}

# What the database now says is the old or the new history.
for call in write fsync truncate fopen; do
    for stays in "" yes; do
        n=1
        wrong=''
        while [ $n -lt 2000 ]; do
            cp old.db turncurve.db
            rm -f turncurve.db-journal
            fault $call $n "$stays" import --la Faulty others
            met=no
            [ -e seen ] && met=yes
            [ $met = yes ] || [ $status -eq 0 ] || wrong="$wrong $n: exit $status without a fault"
            case $status in 0 | 66 | 74) ;; *) wrong="$wrong $n: exit $status;" ;; esac
            run history --out now
            [ "$status" -eq 0 ] || wrong="$wrong $n: the database is broken;"
            cmp -s now/history.csv old_history/history.csv || cmp -s now/history.csv new_history/history.csv ||
                wrong="$wrong $n: neither the old nor the new history;"
            [ $met = yes ] || break
            n=$((n + 1 + n / 2))
        done
        if [ -z "$wrong" ]; then
            ok "faults: import, $call fails${stays:+ for good} (up to call $n)"
        else
            not_ok "faults: import, $call fails${stays:+ for good}" "$wrong"
        fi
    done
done

cp old.db turncurve.db
run forecast --runs 20 --months 6 --out results
rm -f results/manifest.json
cp -r results old_results
for call in fsync rename fopen; do
    n=1
    wrong=''
    while [ $n -lt 2000 ]; do
        fault $call $n "" forecast --runs 20 --months 6 --out results
        met=no
        [ -e seen ] && met=yes
        rm -f results/manifest.json
        diff -rq results old_results > /dev/null || wrong="$wrong $n: the results are not whole;"
        [ "$status" -eq 0 ] || [ "$met" = yes ] || wrong="$wrong $n: exit $status without a fault;"
        [ -z "$(find . -name '*.new-*')" ] || wrong="$wrong $n: an unfinished folder is left;"
        [ $met = yes ] || break
        n=$((n + 1 + n / 2))
    done
    if [ -z "$wrong" ]; then
        ok "faults: forecast, $call fails (up to call $n)"
    else
        not_ok "faults: forecast, $call fails" "$wrong"
    fi
done
