# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Whole outputs against those expected: tests/golden/COMMAND/CASE holds `run` (a shell script that writes files into its
# folder, $INPUT being the case's input) and `expected`, the files as they should be. GOLDEN=rewrite (make golden) writes
# `expected` instead, and the difference is for a person to judge. CASE=COMMAND/CASE chooses one.
. "$TOP/tests/cli/lib.sh"

for script in "$TOP"/tests/golden/*/*/run; do
    [ -e "$script" ] || continue
    folder=$(dirname "$script")
    name=${folder#"$TOP"/tests/golden/}
    [ -z "${CASE:-}" ] || [ "$CASE" = "$name" ] || continue
    INPUT=$folder/input
    export INPUT
    mkdir -p "$name"
    (cd "$name" && sh -eu "$script") > script.log 2>&1 || not_ok "golden $name" "$(head -c 300 script.log)"
    if [ "${GOLDEN:-}" = rewrite ]; then
        rm -rf "$folder/expected"
        cp -r "$name" "$folder/expected"
        chmod -R go+rX "$folder/expected"
    fi
    expect_same "golden $name" "$folder/expected" "$name"
done
