# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The data dictionary: complete, and docs/data-dictionary.md is what the program says today.
. "$TOP/tests/cli/lib.sh"

run export dictionary
expect_status "dictionary: export" 0
expect "dictionary: everything has words" python3 - << 'PYTHON'
import csv, sys
rows = list(csv.DictReader(open("stdout")))
published = {"panel", "england", "starts", "ceased", "stock", "dfe", "sfr_cla", "sfr_adm", "sfr_cea", "s251", "ro3",
             "population", "projections", "nomis", "neighbours"}
bare = [r for r in rows if not r["words"] and not (r["part"] == "inputs" and r["table"] in published)]
if bare or len(rows) < 1000 or len({r["part"] for r in rows}) != 7:
    sys.exit(f"{len(rows)} rows; without words: {bare[:3]}")
PYTHON
LC_ALL=C.UTF-8 awk -f "$TOP/docs/lookback/lib.awk" -f "$TOP/docs/make/dictionary.awk" stdout > page
expect_same "dictionary: docs/data-dictionary.md is up to date (make dictionary)" "$TOP/docs/data-dictionary.md" page
