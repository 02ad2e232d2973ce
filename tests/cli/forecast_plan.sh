# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A plan bends the curve: its effects, its milestones, its actions' parts.
. "$TOP/tests/cli/lib.sh"

"$TURNCURVE" synth --children 150 --years 4 --seed 3 --out returns --quiet > /dev/null
"$TURNCURVE" import --la Oakshire returns --quiet > /dev/null
cat > plan.csv <<'END'
plan,priority_ref,priority,action_ref,action,milestone,due,status,lead_role
oak,1,Home,1.1,Help families early,Team recruited,30/09/2026,Not started,Early help
oak,1,Home,1.2,Plan returns home,Panel meets,31/12/2026,On track,Social work
oak,2,Away,2.1,Recruit carers,Twenty homes,31/03/2027,Not started,Fostering
oak,2,Away,2.2,Listen to children,Survey,31/03/2027,Not started,Voice
oak,2,Away,2.3,Dropped idea,Nothing,31/03/2027,Superseded,Voice
oak,2,Away,2.4,Answer the phone,,,Not started,Voice
END
cat > effects.csv <<'END'
plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale
oak,1.1,entries,age=0-15,-10,-20,-30,pct,1.1,6,assumption
oak,1.2,exits,route=home,10,20,30,pct,1.2,6,assumption
oak,2.1,mix,from=foster_ifa;to=foster_inhouse,5,10,20,pct,2.1,12,assumption
oak,2.2,outcome,all,1,2,3,pct,2.2,6,assumption
oak,2.3,entries,all,-1,-2,-3,pct,2.3,6,assumption
oak,2.4,referrals,all,-1,-2,-3,pct,2.4,6,assumption
END
run forecast --plan oak --runs 40
expect_status "forecast_plan: without the plan" 66
run import --plan-date 2026-08-01 plan.csv
run forecast --plan oak --runs 40
expect_status "forecast_plan: without effects" 66
expect_text "forecast_plan: says what to import" stderr "import an effects file"
run import effects.csv
expect_status "forecast_plan: import" 0
run forecast --plan okak --runs 40
expect_status "forecast_plan: an unknown plan" 64
expect_text "forecast_plan: the nearest plan" stderr 'oak'

run forecast --plan oak --runs 60 --months 24 --out plan
expect_status "forecast_plan: forecast" 0
expect_text "forecast_plan: what brings no number is said" stderr "the effect of action 2.3 on entries changes no number"
expect_text "forecast_plan: so is a start without a date" stderr "the effect of action 2.4 on referrals starts with the forecast"
for scenario in baseline oak oak-best oak-worst; do
    expect_text "forecast_plan: scenario $scenario" plan/forecast.csv ",$scenario,"
done
head -1 plan/attribution.csv > header
echo 'plan,scenario,action_ref,date,measure,group,unit,mean,p10,p90' > header.wanted
expect_same "forecast_plan: columns of attribution.csv" header.wanted header
head -1 plan/slippage.csv > header
echo 'plan,action_ref,milestone,delay_days,children,nights,gbp' > header.wanted
expect_same "forecast_plan: columns of slippage.csv" header.wanted header
expect "forecast_plan: actions add up to the plan, to the last digit" awk -F, '
    NR > 1 { key = $4 "," $5; if ($3 == "all") whole[key] = $8 * 100; else sum[key] += $8 * 100 }
    END { for (key in whole) { n++; d = whole[key] - sum[key]; if (d > .01 || d < -.01) bad++ } exit bad > 0 || n < 6 }' \
    plan/attribution.csv
expect "forecast_plan: what changes no number has none" \
    grep -q '^oak,oak,2.2,2028-03-31,stock,all,children,0.00,0.00,0.00$' plan/attribution.csv
expect "forecast_plan: milestones to come are delayed by a quarter" sh -c '[ "$(grep -c ",91," plan/slippage.csv)" -eq 3 ]'
expect "forecast_plan: dearest first" awk -F, 'NR > 2 && $7 > last { bad = 1 } NR > 1 { last = $7 } END { exit bad }' plan/slippage.csv
expect_text "forecast_plan: the page says who does the work" plan/index.html "Which actions do the work"
expect "forecast_plan: the waterfall is drawn" test -s plan/attribution.svg -a -s plan/attribution.png
run forecast --plan oak --runs 60 --months 24 --threads 1 --out one
expect "forecast_plan: one thread, the same parts" cmp plan/attribution.csv one/attribution.csv
expect "forecast_plan: and the same delays" cmp plan/slippage.csv one/slippage.csv

# A scenario that names the plan, and a lever of its own that starts with a milestone.
printf 'name: ours\nextends: baseline\nstance: likely\nplan: oak\nlevers:\n  - {id: extra, lever: entries, effect: -5%%, start: oak/1.2}\n' > ours.yaml
run forecast --scenario baseline --scenario ours.yaml --runs 40 --months 12 --out ours
expect_status "forecast_plan: a scenario with a plan" 0
expect_text "forecast_plan: has the plan's levers" ours/manifest.json '"oak/1.1"'
printf 'name: ours\nstance: likely\nlevers:\n  - {id: extra, lever: entries, effect: -5%%, start: oak/9.9}\n' > ours.yaml
run forecast --scenario ours.yaml --runs 40
expect_status "forecast_plan: a milestone that is not there" 64
expect_text "forecast_plan: is named with its place" stderr "ours.yaml:4: lever extra: plan oak has no milestone 9.9"
printf 'name: ours\nstance: likely\nlevers:\n  - {id: extra, lever: entries, effect: -5%%, where: {age: 0-3, time_in_care: 4000d+}}\n' > ours.yaml
run forecast --scenario ours.yaml --runs 40
expect_text "forecast_plan: conditions that nobody meets are warned of" stderr "no child of the last five years meets its conditions"
