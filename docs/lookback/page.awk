# SPDX-License-Identifier: GPL-3.0-or-later
# years.csv, standing.csv, effects.csv, targets.csv and published.csv -> the page of one council. Every sentence is chosen by
# the rules of README.md from the numbers in these tables.
{ n = split_csv($0, c) }
FILENAME ~ /years/ && c[1] == la {
    y = substr(c[4], 1, 4)
    if (!first) first = y
    last = y; origin = c[3]
    p10[y] = c[5]; p50[y] = c[6]; p90[y] = c[7]; stock[y] = c[8]; starts[y] = c[9]; leavers[y] = c[10]
    where[y] = c[11]; england[y] = c[12]; assumed[y] = c[13]; near[y] = c[14]
    in_years[c[11]]++
}
FILENAME ~ /standing/ && c[1] == la { others = c[3]; below = c[4]; inside = c[5]; above = c[6]; lower = c[7] }
FILENAME ~ /effects/ && c[1] == la {
    y = substr(c[5], 1, 4); invented = c[3]; entries = c[4]; likely[y] = c[7]; best[y] = c[8]; worst[y] = c[9]
}
FILENAME ~ /targets/ && c[1] == plan {
    n_targets++
    if (c[3] == "stock") n_stock++
    if (c[3] ~ /^stock:/) { placed[++n_placed] = c[2] "|" c[3] "|" c[4] "|" c[5] "|" c[6] "|" c[7] "|" c[8] "|" c[9] }
}
FILENAME ~ /published/ && c[4] == la {
    known[++n_known] = c[1]; homes[c[1]] = c[10]; schools[c[1]] = c[11]; private[c[1]] = c[12]; voluntary[c[1]] = c[13]; fostered[c[1]] = c[9]
}

function range(y) { return whole(p10[y]) " to " whole(p90[y]) }
function place(y) {
    return where[y] == "below" ? "fewer than the baseline\047s range" : where[y] == "above" ? "more than the baseline\047s range" : "inside the baseline\047s range"
}
function year_table(    y) {
    print "| 31 March | Looked after | Baseline, middle | Baseline, 8 in 10 | Against the range | As planned, assumed | Had it moved with England | Starts | Leavers |"
    print "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
    for (y = first; y <= last; y++)
        printf "| %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", y, whole(stock[y]), y == first ? "" : whole(p50[y]), \
            y == first ? "" : range(y), y == first ? "origin" : where[y], assumed[y] == "" ? "" : whole(assumed[y]), \
            whole(england[y]), whole(starts[y]), whole(leavers[y])
}
function size(pct) { pct += 0; return sprintf("%.1f %%", pct < 0 ? -pct : pct) }
function away(a, b) { return whole(a - b > 0 ? a - b : b - a) }
function plan_bullet(at) {
    printf "* **The plan.** Its effects, as we assume them (`effects.csv` of `scenarios/plans`: planning assumptions, not evidence), make the number in an invented "
    if (assumed[at] == "") {
        printf "authority of like size %s lower after %s (at best %s): it acts on other things than how many children come and go, so no path of its own is drawn.\n", \
            likely[at] + 0 == 0 ? "no" : "hardly", count(at - first, "year", "years"), size(best[at])
        return
    }
    printf "authority of like size %s lower after %s (%s at worst, %s at best). ", size(likely[at]), count(at - first, "year", "years"), size(worst[at]), size(best[at])
    printf "Laid on the baseline\047s middle that is %s; %s is %s away from it and %s from the baseline: nearer to %s.\n", whole(assumed[at]), whole(stock[at]), \
        away(stock[at], assumed[at]), away(stock[at], p50[at]), near[at] == "both" ? "neither" : "the " near[at]
}
function conclusion(at,    y, out) {
    for (y = first + 1; y < at; y++) if (where[y] != "inside") out++
    if (where[at] == "below" && near[at] == "plan")
        return "The baseline alone is an unlikely story of these years, and the direction is the plan\047s. But " below " of " others " other authorities fell below their ranges too, without this plan: how much of the fall was its own doing these figures cannot say."
    if (where[at] == "below" && assumed[at] == "")
        return "The baseline alone is an unlikely story of these years, and the plan, whose assumed effects hardly touch the number, is no better one."
    if (where[at] == "below")
        return "The baseline alone is an unlikely story of these years, but the plan as assumed is not nearer to them."
    if (where[at] == "inside" && out)
        return "The baseline is enough to explain that number, but not the way there: in " out " of the years before it lay outside the range. Nothing in the total shows the plan."
    if (where[at] == "inside")
        return "The baseline is enough to explain these years: whatever the plan did, the total does not show it."
    return "Neither the baseline nor the plan: numbers rose beyond what was to be expected of either."
}
function targets_section(    i, t) {
    print "\n## What the plan itself aimed at\n"
    if (!n_stock)
        printf "The plan\047s %d stored quantities hold no target for the number of children looked after%s.\n", n_targets, assumed[first + after] == "" ? "" : "; the path \"as planned\" is ours, from its assumed effects"
    if (!n_placed) return
    printf "It did set %d targets for placements bought from outside:\n\n", n_placed
    print "| Action | Target | From | Change | To | By |\n| --- | --- | ---: | ---: | ---: | --- |"
    for (i = 1; i <= n_placed; i++) {
        split(placed[i], t, "|")
        printf "| %s | `%s` | %s | %s | %s | %s |\n", t[1], t[2], t[3], t[4] == "" ? "" : whole(t[4]), t[5], day_words(t[7])
    }
    placements_section()
}
# Published figures know homes of all providers together, and private providers of all kinds of placement.
function placements_section(    i, y, first_private, last_private) {
    print "\nPublished figures cannot check them: homes are counted for all providers together, private and voluntary providers for all kinds of placement together. What there is (blank: suppressed, as 1 to 5 are, or not published):\n"
    print "| 31 March | Homes, hostels, secure | Residential schools | Fostered | With a private provider | With a voluntary one |"
    print "| --- | ---: | ---: | ---: | ---: | ---: |"
    for (i = 1; i <= n_known; i++) {
        y = known[i]
        printf "| %s | %s | %s | %s | %s | %s |\n", y, homes[y], schools[y], fostered[y], private[y], voluntary[y]
        if (private[y] != "" && first_private == "") first_private = y
        if (private[y] != "" && y <= first + 3) last_private = y
    }
    if (last_private > first_private)
        printf "\nChildren placed with private providers were %s in %s and %s in %s, where the plan wanted fewer places bought; the two are not the same count.\n", private[first_private], first_private, private[last_private], last_private
}
END {
    at = first + after
    printf "# %s: what came of the plan of %s\n\n", la, substr(plan_date, 1, 4)
    printf "**%s, on %s, %s looked after %s children: %s, which was to hold 8 in 10 outcomes (%s). ", "Four years on", day_words(at "-03-31"), la, whole(stock[at]), place(at), range(at)
    printf "%s**\n\n", conclusion(at)
    if (last != at)
        printf "By %s there were %s, %s (%s). ", day_words(last "-03-31"), whole(stock[last]), place(last), range(last)
    printf "Of the %d years to %d the number was below the range in %d, inside it in %d and above it in %d.\n\n", last - first, last, in_years["below"], in_years["inside"], in_years["above"]
    printf "![Children looked after in %s: what was known on %s, the baseline from there, %sand what happened](%s.svg)\n\n", la, day_words(origin), assumed[at] == "" ? "" : "the path as planned, ", plan
    printf "*Black: published numbers, also after the rule. Fan and dashes: the baseline, made by the model `panel` from what was published of all authorities to %s and nothing later. %sThe title is what the program would have said on that day.*\n\n", day_words(origin), assumed[at] == "" ? "" : "Diamonds: the plan\047s effects as assumed. "
    print "## Year by year\n"
    year_table()
    print "\n## Was it the plan, or the baseline?\n"
    printf "* **The baseline.** From %s children on %s its middle for %d is %s; what happened is %s %s than that (%s).\n", whole(stock[first]), day_words(origin), at, whole(p50[at]), \
        away(stock[at], p50[at]), stock[at] + 0 < p50[at] + 0 ? "fewer" : "more", change(p50[at], stock[at])
    plan_bullet(at)
    printf "* **The country.** England\047s number changed by %s in these %d years; with England\047s growth %s would have looked after %s.\n", change(stock[first], england[at]), after, la, whole(england[at])
    printf "* **Other councils.** Of %d other authorities, each against its own baseline from the same day, %d were below their range, %d inside and %d above; %d lay lower against their baseline\047s middle than %s.\n", others, below, inside, above, lower, la
    printf "* **Who came, who left.** Starts in the year: %s at the origin, %s four years on (%s). Leavers: %s and %s (%s).\n", whole(starts[first]), whole(starts[at]), change(starts[first], starts[at]), \
        whole(leavers[first]), whole(leavers[at]), change(leavers[first], leavers[at])
    targets_section()
    print "\n## The plan in an invented authority\n"
    printf "Published totals cannot carry a plan\047s levers, which act on ages, placements and routes. So an authority was invented near %s\047s size (`turncurve synth`: %s children and %s entries in the year to %s), and the plan run on it with its own dates:\n\n", la, whole(invented), whole(entries), day_words(origin)
    printf "![The plan in an invented authority: baseline, likely, best and worst](%s-invented.svg)\n\n", plan
    printf "%s had %s starts to %s children, the invented authority %s to %s: the more come and go, the sooner such effects show, so in %s %s.\n", la, whole(starts[first]), whole(stock[first]), whole(entries), whole(invented), la, \
        starts[first] / stock[first] < entries / invented ? "later than here" : "sooner than here"
    print "\n## What cannot be known from this\n"
    print "* What else changed in these years: law and courts, other programmes, money, population, arrivals from abroad. One council is one observation; there is no twin without the plan."
    print "* Whether the plan was carried out. Its statuses end with its own date."
    print "* Whether fewer, or more, was better for children."
    print "* Definitions: years are from different releases, starts and leavers count a child once a year, so stock does not move by exactly their difference."
    if (first == 2010)
        print "* Only one year was published in this form by then: the baseline knows no change of any authority, and its range is the model\047s prior."
    print "\nRules and sources: [README](README.md). Numbers: `years.csv`, `standing.csv`, `effects.csv`, `published.csv`."
}
