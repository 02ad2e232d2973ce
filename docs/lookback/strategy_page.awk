# SPDX-License-Identifier: GPL-3.0-or-later
# strategy.csv -> the page of the Strategy for Change.
{ n = split_csv($0, c) }
NR > 1 {
    name[++rows] = c[2]; origin = c[3]; stock = c[4]; by = c[5]; target = c[6]
    p10[rows] = c[7]; p50[rows] = c[8]; p90[rows] = c[9]; d[rows] = c[10]; chance[rows] = c[13]
    once = c[15] " (" c[14] " to " c[16] ")"; england = c[17]; authorities = c[18]; size = c[19]
    d10[rows] = c[11]; d90[rows] = c[12]
}
function scenario_words(s) {
    return s == "baseline" ? "Baseline" : s == plan ? "Likely" : s ~ /-best$/ ? "Best" : "Worst"
}
END {
    for (i = 1; i <= rows; i++) { if (name[i] == "baseline") base = i; if (name[i] == plan) main = i }
    fewer = stock - target
    print "# Strategy for Change, 2007: 56 fewer by December\n"
    printf "**In an invented city of %s children the target of %d fewer by %s is met in %s of likely futures and in %s of those of the baseline. ", whole(stock), fewer, day_words(by), chance[main], chance[base]
    printf "The plan\047s effects, as assumed, make %s of the %d.**\n\n", whole(-d[main]), fewer
    print "The plan names no council, and no number that the 56 count from. So there is nothing published to hold it against: this page says how large the target was, not what came of it.\n"
    printf "![Children looked after in the invented city: history, baseline, the plan and its target](%s.svg)\n\n", plan
    print "*Everything here is invented but the plan. Diamonds: a straight path to the target; 56 count from the stock at the origin.*\n"
    printf "| Scenario | %s, middle | 8 in 10 | Against the baseline | 8 in 10 | Futures that meet %s |\n", day_words(by), whole(target)
    print "| --- | ---: | ---: | ---: | ---: | ---: |"
    for (i = 1; i <= rows; i++)
        printf "| %s | %s | %s to %s | %s | %s | %s |\n", scenario_words(name[i]), whole(p50[i]), whole(p10[i]), whole(p90[i]), \
            d[i] == "" ? "" : whole(d[i]), d[i] == "" ? "" : whole(d10[i]) " to " whole(d90[i]), chance[i]
    print "\n## How the city was chosen\n"
    printf "It began with about %s children, the mean English authority of 2007: %d,%03d children over the %d authorities of 2010. `turncurve synth` writes returns to 2016 at the earliest, so sixteen years were made and those to March 2007 imported; it has %s children on %s, from where the forecast starts: the last month\047s end before the plan\047s inferred date. The plan has its own dates. The larger the city, the smaller a share of it are %d children: %.1f %% here. What share they were of the real one is not known, and decides how hard the target was.\n", size, int(england / 1000), england % 1000, authorities, whole(stock), day_words(origin), fewer, 100 * fewer / stock
    print "\n## What cannot be known from this\n"
    print "* Which council it was, how many children it had, and so whether the 56 were reached."
    print "* Whether the assumed effects are right: they are planning assumptions, among them one list of children discharged once, " once "."
    print "\nRules and sources: [README](README.md). Numbers: `strategy.csv`."
}
