#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rebuilds what the manual shows from an invented authority: docs.sh PROGRAM. Writes docs/pictures, docs/cookbook.md and
# docs/data-dictionary.md; nothing else is touched. Some two minutes.
set -eu
case $1 in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
docs=$PWD/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work"
turncurve() { "$program" "$@" > said 2>&1 || { cat said >&2; exit 1; }; }
say() { echo "  docs $1"; }
# picture NAME FILE: one of the manual's pictures.
picture() { install -m 644 "$2" "$docs/pictures/$1"; }

say "Northshire"
turncurve synth --children 400 --years 6 --seed 26 --out returns
turncurve import --la Northshire returns

say "cookbook"
set -- --scenario baseline
for recipe in "$docs"/cookbook/*.yaml; do
    set -- "$@" --scenario "$recipe"
done
turncurve forecast --months 36 --runs 1000 "$@" --out cookbook
{
    cat "$docs/make/cookbook-head.md"
    LC_ALL=C.UTF-8 awk -f "$docs/lookback/lib.awk" -f "$docs/make/cookbook.awk" -v year=2029 -v folder=cookbook \
        "$docs"/cookbook/*.yaml
} > cookbook.md
install -m 644 cookbook.md "$docs/cookbook.md"
( cd "$docs/cookbook" && cksum -- *.yaml ) > cookbook.sums
install -m 644 cookbook.sums "$docs/make/cookbook.sums"

say "data dictionary"
"$program" export dictionary | LC_ALL=C.UTF-8 awk -f "$docs/lookback/lib.awk" -f "$docs/make/dictionary.awk" > dictionary.md
install -m 644 dictionary.md "$docs/data-dictionary.md"

say "pictures"
mkdir -p "$docs/pictures"
turncurve forecast --scenario baseline --scenario best --scenario likely --scenario worst --months 60
picture turning-the-curve.svg out/forecast/turning-the-curve.svg
turncurve forecast --months 60 --out out/alone
picture fan.svg out/alone/turning-the-curve.svg
cp "$docs"/examples/*.csv .
turncurve import prices.csv localities.csv plan.csv effects.csv targets.csv
turncurve plan --as-of 2026-10-15
picture gantt.svg out/plan/gantt.svg
turncurve forecast --plan sufficiency-2026 --months 36 --out out/plan-forecast
picture mix.svg out/plan-forecast/mix.svg
turncurve target --plan sufficiency-2026 --months 36 --runs 1000
picture target.svg out/target/target-2.svg
turncurve import budget.csv ledger.csv measures.csv
turncurve finance
picture finance.svg out/finance/outturn.svg
turncurve card --quarter 2025-26Q4 --plan sufficiency-2026
# The card is a page: a browser prints it, as a reader would.
if command -v chromium > /dev/null 2>&1; then
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=card.pdf "file://$work/out/card/index.html" > said 2>&1
    pdftoppm -png -r 90 -singlefile card.pdf card
    picture card.png card.png
else
    say "no chromium: card.png stays as it is"
fi
