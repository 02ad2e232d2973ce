# SPDX-License-Identifier: GPL-3.0-or-later
# years.csv and strategy.csv -> README.md.
{ n = split_csv($0, c) }
FILENAME ~ /years/ && FNR > 1 {
    if (!(c[1] in first)) { las[++n_las] = c[1]; first[c[1]] = substr(c[4], 1, 4); origin[c[1]] = c[3]; plan[c[1]] = c[2]; from[c[1]] = c[8] }
    if (substr(c[4], 1, 4) == first[c[1]] + after) { p10[c[1]] = c[5]; p90[c[1]] = c[7]; four[c[1]] = c[8]; where[c[1]] = c[11]; near[c[1]] = c[14] }
    last[c[1]] = c[8]; last_where[c[1]] = c[11]; last_year = substr(c[4], 1, 4)
}
FILENAME ~ /strategy/ && c[2] == c[1] { strategy = c[1]; stock = c[4]; chance = c[13]; fewer = c[4] - c[6] }
END {
    print "<!-- Made by make.sh; do not edit. -->"
    print "# The look back\n"
    print "Five public action plans for looked-after children, and what came after. For each named council the program was given what was published by the plan\047s day and nothing later; its baseline was set beside the plan, and what happened to " last_year " drawn over both.\n"
    print "| Council | Known to | Then | Baseline, 8 in 10, four years on | What happened | Against the range | " last_year " | Against the range |"
    print "| --- | --- | ---: | ---: | ---: | --- | ---: | --- |"
    for (i = 1; i <= n_las; i++) {
        la = las[i]
        printf "| [%s](%s.md) | %s | %s | %s to %s | %s | %s | %s | %s |\n", la, plan[la], day_words(origin[la]), whole(from[la]), whole(p10[la]), whole(p90[la]), whole(four[la]), where[la], whole(last[la]), last_where[la]
    }
    printf "\nThe fifth plan, the [Strategy for Change](%s.md) of 2007, names no council: in an invented city of %s children its %d fewer by December is met in %s of likely futures.\n", strategy, whole(stock), fewer, chance
    print "\n## Rules"
    print "\n* The origin is the last 31 March on or before the plan\047s date; the verdict is taken four years on. All years are in the tables."
    print "* *Below*, *inside*, *above*: against the baseline\047s range from the 10th to the 90th percentile of 2,000 futures. By chance alone about one outcome in ten falls below."
    print "* *As planned, assumed*: the baseline\047s middle, lowered by the per cent that the plan\047s assumed effects (stance likely) lower the mean of an invented authority, for five years, and none where that is under half a per cent four years on; the model of published totals cannot carry levers itself."
    print "* *Nearer to the plan* or *to the baseline*: the smaller distance of what happened to those two numbers."
    print "* *Had it moved with England*: the number at the origin times England\047s growth."
    print "* *Hindsight*: figures to 2017 are as first published, and none later than the origin is used. But the model `panel` and its English priors were chosen on years that include these, so the width of its ranges is not free of what came; at the earliest origin it is little else than such a prior."
    print "\n## Making it again"
    print "\n`make lookback` in the project\047s folder, in about three minutes. It needs the published panel of all authorities (`la_panel_2010_2022.csv`, `england_1994_2025.csv`) in `../shared/data/published`, or in the folder named by `PUBLISHED`: a pooled forecast needs at least 20 authorities. `published.csv` here holds the four councils alone, as `turncurve import` reads it: enough for an unpooled baseline (`turncurve forecast --la Leeds --model panel --from 2012-03-31`), not for these pages."
    print "\n## Sources"
    print "\nNumbers of children, and `published.csv`: Department for Education, statistics of children looked after in England (SSDA903), releases 2010 to 2025, with mid-year population estimates of the Office for National Statistics. Contains public sector information licensed under the Open Government Licence v3.0. Crown copyright. Gateshead has one code throughout, though its code changed in 2013. Plans, targets and assumed effects: `scenarios/plans`."
}
