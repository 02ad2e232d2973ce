# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The manual tells the truth: every command printed in it runs, in order, in a fresh folder for each page; links lead somewhere;
# every recipe of the cookbook runs and its answer belongs to it.
. "$TOP/tests/cli/lib.sh"

# Most blocks that may be left out, over all pages: installing as root, and the tests themselves.
NOT_RUN_MOST=4

here=$PWD
mkdir -p home bin
ln -s "$TOP" home/turncurve
case $TURNCURVE in
*/build/release/*) ;;
*)
    skipped docs "only the release build runs the manual's commands: it is their words that are tested"
    exit 0
    ;;
esac

# Commands run as printed, but on a small authority and with 20 simulated futures: enough to see that they work.
cat > bin/turncurve << SCRIPT
#!/bin/sh
n=0
for word; do
    case \$last in
    --runs) word=20 ;;
    --children) word=60 ;;
    esac
    case \$word in --runs | --man | --help) n=1 ;; esac
    set -- "\$@" "\$word"
    shift
    last=\$word
done
[ "\$1" = synth ] && n=1 && set -- "\$@" --children 60
case "\$n \$1" in '0 forecast' | '0 target' | '0 backtest' | '0 finance' | '0 card' | '0 sensitivity') set -- "\$@" --runs 20 ;; esac
exec "$TURNCURVE" "\$@"
SCRIPT
chmod +x bin/turncurve
PATH=$here/bin:$PATH
HOME=$here/home
AT=$here/at
export PATH HOME AT

pages=$(find "$TOP/README.md" "$TOP/docs" -name '*.md' ! -path '*/lookback/*' ! -path '*/make/*' | sort)
not_run=0
for page in $pages; do
    name=${page#"$TOP"/}
    python3 "$TOP/tests/docs/commands.py" "$page" > script 2> skipped || { not_ok "docs: $name" "$(cat skipped)"; continue; }
    not_run=$((not_run + $(cat skipped)))
    [ "$(grep -c '^printf' script)" -gt 0 ] || continue
    rm -rf page && mkdir page
    # the first page supposes returns that are there
    [ "$name" != README.md ] || (cd page && turncurve synth --out returns > ../said 2>&1)
    echo "the first command" > ./at
    if (cd page && sh ../script) > said 2>&1 < /dev/null; then
        ok "docs: $name: $(grep -c '^printf' script) commands run"
    else
        not_ok "docs: $name" "$(cat at): $(tail -3 said | tr '\n' ' ')"
    fi
done
expect "docs: few blocks are left out ($not_run)" test "$not_run" -le "$NOT_RUN_MOST"

# The extractor: a command that fails is noticed, with its line; one that is left out is counted.
# shellcheck disable=SC2016
printf '```sh\n# not run by the tests: why\nfalse\n```\n\n```sh\ntrue\nfalse # here\n```\n' > broken.md
python3 "$TOP/tests/docs/commands.py" broken.md > script 2> skipped
expect "docs: the extractor counts what is left out" grep -qx 1 skipped
expect "docs: a failing command is noticed" sh -c '! sh script && grep -qx "line 8" at'

# shellcheck disable=SC2086 # no name of a page has a blank
expect "docs: links lead somewhere" python3 "$TOP/tests/docs/links.py" $pages
printf '# A\n[b](#c) [d](e.md)\n' > broken.md
expect "docs: a broken link is noticed" sh -c "! python3 '$TOP/tests/docs/links.py' broken.md"
for page in "$TOP"/docs/*.md; do
    base=$(basename "$page")
    [ "$base" = README.md ] || expect_text "docs: the index has $base" "$TOP/docs/README.md" "($base)"
done
expect "docs: pictures are small enough" test "$(du -sk "$TOP/docs/pictures" | cut -f1)" -lt 2048

# The cookbook: twenty recipes, all run, each with an answer that was made from this very file.
expect "docs: twenty recipes" test "$(find "$TOP/docs/cookbook" -name '*.yaml' | wc -l)" -eq 20
expect "docs: twenty answers" test "$(grep -c '^\*\*Answer\.\*\* .' "$TOP/docs/cookbook.md")" -eq 20
(cd "$TOP/docs/cookbook" && cksum -- *.yaml) > sums
expect_same "docs: the answers are those of these recipes (make docs)" "$TOP/docs/make/cookbook.sums" sums
run synth --children 80 --years 3 --out returns
run import returns
set --
for recipe in "$TOP"/docs/cookbook/*.yaml; do
    set -- "$@" --scenario "$recipe"
done
run forecast --runs 20 --months 36 --scenario baseline "$@"
expect_status "docs: every recipe runs" 0
expect "docs: no recipe's lever goes unused" sh -c '! grep -i "changes no number" stderr'
LC_ALL=C.UTF-8 awk -f "$TOP/docs/lookback/lib.awk" -f "$TOP/docs/make/cookbook.awk" -v year=2029 -v folder=out/forecast \
    "$TOP"/docs/cookbook/*.yaml > recipes
sed 's/^\*\*Answer\.\*\*.*/ANSWER/' recipes > made
sed -e '1,/^This page is made by/d' -e 's/^\*\*Answer\.\*\*.*/ANSWER/' "$TOP/docs/cookbook.md" > printed
expect_same "docs: the cookbook prints the recipes as they are (make docs)" printed made
