# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034 # status is read by the scripts
# Helpers of the command-line tests; each tests/cli/NAME.sh begins with: . "$TOP/tests/cli/lib.sh"
# It runs in a fresh empty folder, which is removed afterwards.

# Result lines. The runner counts them; a script goes on after a failure.
ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: $2"; }
skipped() { echo "skipped $1: $2"; }

# run ARGUMENT...: turncurve, with exit code in $status, output in ./stdout and ./stderr.
run()
{
    "$TURNCURVE" "$@" > stdout 2> stderr < /dev/null
    status=$?
}

# expect_status NAME CODE: the exit code of the last run.
expect_status()
{
    if [ "$status" -eq "$2" ]; then
        ok "$1"
    else
        not_ok "$1" "exit $status instead of $2; stderr: $(head -c 600 stderr | tr '\n' ' ')"
    fi
}

# expect_text NAME FILE TEXT: a line of FILE holds TEXT as it stands.
expect_text()
{
    if grep -qF -e "$3" "$2"; then
        ok "$1"
    else
        not_ok "$1" "$2 does not say \"$3\" but: $(head -c 600 "$2" | tr '\n' ' ')"
    fi
}

# expect_same NAME A B: two files or folders with the same names and bytes.
expect_same()
{
    if diff -r "$2" "$3" > differences 2>&1; then
        ok "$1"
    else
        not_ok "$1" "$(head -c 600 differences | tr '\n' ' ')"
    fi
}

# expect NAME COMMAND...: the command succeeds.
expect()
{
    expect_name=$1
    shift
    if "$@" > expected_output 2>&1; then
        ok "$expect_name"
    else
        not_ok "$expect_name" "failed: $* ($(head -c 300 expected_output | tr '\n' ' '))"
    fi
}

# interrupt SIGNAL JOB: sends the signal once, a second after the program is ready for it; a second one would end it at
# once, without a word. Exit code in $status.
interrupt()
{
    # Bit 1 of the signals caught is SIGINT's.
    while kill -0 "$2" 2> kill.err && ! grep -qs '^SigCgt:.*[2367abef]$' "/proc/$2/status"; do
        sleep 0.05
    done
    sleep 1
    kill -s "$1" "$2" 2> kill.err
    wait "$2"
    status=$?
}

# The names of all commands.
commands() { "$TURNCURVE" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p'; }
