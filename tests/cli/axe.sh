# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Every page that the program writes, held against WCAG 2.2 AA by axe-core in headless Chromium (tests/web).
. "$TOP/tests/cli/lib.sh"

# Pages have the same bytes whatever the build: once is enough.
case $TURNCURVE in
*/asan/*) exit 0 ;;
esac
axe=$TOP/build/axe/node_modules/axe-core/axe.min.js
if [ ! -s "$axe" ]; then
    skipped "axe: pages are accessible" "axe-core is not installed (make deps-axe; needs npm)"
    exit 0
fi
if ! command -v chromium > /dev/null; then
    skipped "axe: pages are accessible" "chromium is not installed"
    exit 0
fi

# The checker can fail: a page with a mistake of each kind that is looked for.
mkdir bad
cat > bad/index.html <<'END'
<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>One</h1><h3 id="a">Three</h3>
<p style="color:#bbb;background:#fff" id="a">Too pale to read</p><img src="none.png"><svg width="1" height="1"></svg>
<table><tr><td>1</td></tr></table><script>var x;</script></body></html>
END
"$TOP/tests/web/axe.sh" "$axe" bad/index.html > found
for rule in document-title html-has-lang color-contrast image-alt 'headings in order' language 'alternative text' \
    'pictures are there' 'ids are unique' 'tables have captions' 'pages need no scripts'; do
    expect_text "axe: a bad page is found out: $rule" found "$rule"
done

# A small authority with everything that pages show.
"$TURNCURVE" synth --children 90 --years 4 --seed 5 --out returns --quiet > /dev/null
"$TURNCURVE" import --la Oakshire returns --quiet > /dev/null
cat > plan.csv <<'END'
plan,priority_ref,priority,action_ref,action,milestone,due,status,lead_role
oak,1,Home,1.1,Help families early,Team recruited,30/09/2026,Not started,Early help
oak,1,Home,1.2,Plan returns home,Panel meets,31/12/2026,On track,Social work
oak,2,Away,2.1,Recruit carers,Twenty homes,31/03/2026,Not started,Fostering
END
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,1.1,entries,age=0-15,-10,-20,-30,pct,1.1,6,assumption
oak,1.2,exits,route=home,10,20,30,pct,1.2,6,assumption
END
cat > targets.csv <<'END'
plan,action_ref,quantity,baseline,change,value,unit,by,note
oak,1.1,stock,,,80,children,2028-03-31,
END
"$TURNCURVE" import --plan-date 2026-05-01 plan.csv effects.csv targets.csv --quiet > /dev/null
printf 'name: limits\nextends: baseline\nstance: likely\ncapacity:\n  - {placement: foster_inhouse, places: 10, overflow: foster_ifa}\n' \
    > limits.yaml
page()
{
    what=$1
    shift
    run "$@" --out "out/$what"
    expect_status "axe: $what is written" 0
}
page history history
page fit fit
page forecast forecast --plan oak --runs 30 --months 30
page capacity forecast --scenario baseline --scenario limits.yaml --runs 30 --months 12
page plan plan --as-of 2026-08-31
page target target --plan oak --runs 30 --mix foster_inhouse=45% --by 2028-03-31
page backtest backtest --runs 30 --months 12 --model carepath
page card card --plan oak --runs 30
page cards card --all --runs 20
page month card --month 2026-02
page board card --half-year 2025-26H2 --plan oak --runs 30
for index in out/*/index.html out/card/measures.html out/cards/2025-26Q1.html; do
    what=${index#out/}
    if "$TOP/tests/web/axe.sh" "$axe" "$index" > found; then
        ok "axe: $what is accessible"
    else
        not_ok "axe: $what is accessible" "$(head -c 1500 found | tr '\n' ' ')"
    fi
done
