#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The look back: makes the pages, pictures and tables of this folder. make.sh PROGRAM [OUT [KEPT]]
#
# OUT is where they go, this folder when not given. KEPT is a folder with an effects.csv, strategy.csv and standing.csv made
# before: then only the four baselines and the pages are made again, without pictures, which takes seconds. The published
# panel of all authorities is looked for in $PUBLISHED, else in ../shared/data/published beside the project; without it
# nothing is made.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
case ${1:?make.sh PROGRAM [OUT [KEPT]]} in /*) program=$1 ;; *) program=$(pwd)/$1 ;; esac
mkdir -p "${2:-$here}"
out=$(cd "${2:-$here}" && pwd)
kept=${3:+$(cd "$3" && pwd)}
published=${PUBLISHED:-$top/../shared/data/published}
plans=$top/scenarios/plans
panel=$published/la_panel_2010_2022.csv
england=$published/england_1994_2025.csv
if [ ! -f "$panel" ] || [ ! -f "$england" ]; then
    echo "skipped look back: the published panel is not in $published"
    exit 0
fi

last_year=2022       # the last that the panel has
effect_years=5       # how far the plans' assumed effects are simulated
after=4              # years from origin to the verdict
invented_first=2001  # returns of the invented authorities begin in 2000-01
runs_all=1000 runs_invented=400

# name, plan, the plan's own date (scenarios/plans/README.md), the invented authority's stock, in rows; the origin is the
# last 31 March on or before the plan's date
councils='Leeds leeds-2012 2012-08-01
Haringey haringey-2011 2011-08-31
Middlesbrough middlesbrough-2016 2016-06-07
Gateshead gateshead-2010 2010-04-01'
strategy='strategy-for-change-2007'
strategy_date=2007-02-01 strategy_origin=2007-01-31 strategy_by=2007-12-31

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
turncurve() { "$program" --quiet "$@" > "$work/said" 2> "$work/warned" < /dev/null || { cat "$work/warned" >&2; exit 1; }; }
origin_of()
{
    case $1 in
    *-0[12]-* | *-03-[012]* | *-03-30) echo "$((${1%%-*} - 1))-03-31" ;;
    *) echo "${1%%-*}-03-31" ;;
    esac
}
# The curve from a folder of results, which only its owner may read, as a file of the project.
picture() { install -m 644 "$1/turning-the-curve.svg" "$2"; }
# an awk program with the functions of this folder before it
table() { awk -f "$here/lib.awk" -f "$@"; }

# ---- what happened, of the four: small enough to stand beside the pages
awk -F, 'NR == 1 || $4 == "Leeds" || $4 == "Haringey" || $4 == "Middlesbrough" || $4 == "Gateshead" {
    print $1 "," $2 "," $3 "," $4 "," $5 "," $6 "," $7 "," $8 "," $10 "," $11 "," $15 "," $21 "," $22 }' "$panel" |
    { read -r header; echo "$header"; sort -t, -k4,4 -k1,1; } > "$out/published.csv"

# ---- what the plans should do, as their effects are assumed: in invented authorities
# invent SIZE ORIGIN_YEAR DATABASE NAME PLAN PLAN_DATE: returns to the origin's year, and the plan, in a database
invent()
{
    turncurve synth --children "$1" --year 2016 --years $((2016 - invented_first + 1)) --out "$work/returns"
    year=$invented_first
    set -- "$@" # the loop needs no other names
    while [ "$year" -le "$2" ]; do
        turncurve -d "$3" import --la "$4" "$work/returns/$year"
        year=$((year + 1))
    done
    turncurve -d "$3" import --plan-date "$6" "$plans/$5.csv" "$plans/effects.csv" "$plans/targets.csv"
}
stock_at() { awk -F, -v la="$1" -v year="$2" '$4 == la && $1 == year { print $6 }' "$out/published.csv"; }

if [ -n "$kept" ]; then
    [ "$kept" = "$out" ] || cp "$kept/effects.csv" "$kept/strategy.csv" "$kept/standing.csv" "$out"
else
    echo 'la,plan,stock,entries,date,baseline,likely_pct,best_pct,worst_pct' > "$out/effects.csv"
    echo "$councils" | while read -r la plan date; do
        origin=$(origin_of "$date")
        invent "$(stock_at "$la" "${origin%%-*}")" "${origin%%-*}" "$work/$la.db" "an invented authority" "$plan" "$date"
        turncurve -d "$work/$la.db" history --out "$work/$la-history"
        turncurve -d "$work/$la.db" forecast --from "$origin" --months $((12 * effect_years)) --runs $runs_invented \
            --plan "$plan" --out "$work/$la-plan"
        table "$here/effects.awk" -v la="$la" -v plan="$plan" -v origin="$origin" "$work/$la-history/history.csv" \
            "$work/$la-plan/forecast.csv" >> "$out/effects.csv"
        picture "$work/$la-plan" "$out/$plan-invented.svg"
    done
    # the mean authority of England in 2007: the stock of that year over the authorities of the panel's first
    # shellcheck disable=SC2046 # three numbers
    set -- $(awk -F, 'NR == FNR { if ($1 == 2010 && $2 ~ /^E/) n++; next } $1 == 2007 { print $2, n, int($2 / n + 0.5) }' \
        "$panel" "$england")
    stock=$1 authorities=$2 size=$3
    invent "$size" "${strategy_origin%%-*}" "$work/strategy.db" "an invented city" "$strategy" "$strategy_date"
    turncurve -d "$work/strategy.db" forecast --from $strategy_origin --months 24 --plan $strategy --out "$work/strategy"
    turncurve -d "$work/strategy.db" history --out "$work/strategy-history"
    table "$here/strategy.awk" -v plan=$strategy -v origin=$strategy_origin -v by=$strategy_by \
        -v england="$stock" -v authorities="$authorities" -v size="$size" "$plans/targets.csv" \
        "$plans/effects.csv" "$work/strategy-history/history.csv" "$work/strategy/forecast.csv" "$work/strategy/difference.csv" > "$out/strategy.csv"
    picture "$work/strategy" "$out/$strategy.svg"
fi

# ---- the baseline of each council as known at its origin, among all authorities
turncurve -d "$work/panel.db" import "$panel"
echo 'la,plan,origin,date,p10,p50,p90,stock,starts,leavers,position,england,as_assumed,nearer' > "$out/years.csv"
[ -n "$kept" ] || echo 'la,date,others,below,inside,above,lower' > "$out/standing.csv"
echo "$councils" | while read -r la plan date; do
    origin=$(origin_of "$date")
    year=${origin%%-*}
    months=$((12 * (last_year - year)))
    turncurve -d "$work/panel.db" forecast --la "$la" --from "$origin" --months $months --out "$work/$la"
    table "$here/years.awk" -v la="$la" -v plan="$plan" -v origin="$origin" -v after=$after "$england" "$out/effects.csv" \
        "$out/published.csv" "$work/$la/forecast.csv" > "$work/rows"
    cat "$work/rows" >> "$out/years.csv"
    if [ -z "$kept" ]; then
        turncurve -d "$work/panel.db" forecast --la all --from "$origin" --months $((12 * after)) --runs $runs_all \
            --out "$work/all"
        table "$here/standing.awk" -v la="$la" -v year=$((year + after)) "$panel" "$work/all/forecast.csv" \
            >> "$out/standing.csv"
        # the picture again, with the path as planned: the plan without its own targets, and one a year in their place
        awk -F, -v plan="$plan" 'BEGIN { print "plan,action_ref,quantity,baseline,change,value,unit,by,note" }
            $13 != "" { printf "%s,all,stock,,,%s,children,%s,as assumed\n", plan, $13, $4 }' "$work/rows" > "$work/as-assumed.csv"
        turncurve -d "$work/panel.db" import --plan-date "$date" "$plans/$plan.csv" "$work/as-assumed.csv"
        turncurve -d "$work/panel.db" forecast --la "$la" --from "$origin" --months $months --scenario baseline \
            --plan "$plan" --out "$work/$la"
        picture "$work/$la" "$out/$plan.svg"
    fi
    table "$here/page.awk" -v la="$la" -v plan="$plan" -v plan_date="$date" -v after=$after "$out/years.csv" \
        "$out/standing.csv" "$out/effects.csv" "$plans/targets.csv" "$out/published.csv" > "$out/$plan.md"
done
table "$here/strategy_page.awk" -v plan=$strategy "$out/strategy.csv" > "$out/$strategy.md"
table "$here/index.awk" -v after=$after "$out/years.csv" "$out/strategy.csv" > "$out/README.md"
echo "look back: $(grep -c '' "$out/years.csv") lines of years.csv and $(find "$out" -name '*.md' | wc -l) pages in $out"
