# SPDX-License-Identifier: GPL-3.0-or-later
# The cookbook's page, from its scenarios and what a forecast of them says.
# awk -f docs/lookback/lib.awk -f cookbook.awk -v year=2029 -v folder=RESULTS FILE.yaml.. : a scenario's first comment line is the
# question, the others say what to know; RESULTS is the folder of a forecast of the baseline and all of them.

function thousand(x,    s) {
    s = sprintf("%.0f", x < 0 ? -x : x)
    return length(s) > 3 ? substr(s, 1, length(s) - 3) "," substr(s, length(s) - 2) : s
}
# Pounds, rounded to ten thousand; a million and more with one decimal.
function pounds(x,    a) {
    a = size_of(x)
    if (a < 5000) return "less than £5,000"
    return a >= 1e6 ? sprintf("£%.1fm", a / 1e6) : "£" thousand(10000 * int(a / 10000 + 0.5))
}
function size_of(x) { x += 0; return x < 0 ? -x : x }
function tenth(x) { return sprintf("%.1f", size_of(x)) }
function whole_part(x) { return sprintf("%.0f", size_of(x)) }
# "2 to 12 fewer", "1 fewer to 2 more"
function range(low, high,    a, b) {
    a = whole_part(low); b = whole_part(high)
    if (a == 0 && b == 0) return "no more than chance"
    if (high + 0 <= 0) return b " to " a " fewer"
    if (low + 0 >= 0) return a " to " b " more"
    return a " fewer to " b " more"
}
function read_difference(    file, line, c, i, n, at) {
    file = folder "/difference.csv"
    while ((getline line < file) > 0) {
        n = split_csv(line, c)
        if (n != 15 || c[1] == "la") continue
        if (c[4] == "stock" && c[3] == year "-03-31") {
            mean[c[2], c[5]] = c[7]; low[c[2], c[5]] = c[10]; high[c[2], c[5]] = c[14]
            if (c[5] ~ /^placement:/) groups[substr(c[5], 11)] = 1
        }
        if (c[4] == "cost" && c[5] == "all" && c[3] > (year - 1) "-03-31" && c[3] <= year "-03-31") cost[c[2]] += c[7]
    }
    close(file)
    file = folder "/capacity.csv"
    while ((getline line < file) > 0) {
        n = split_csv(line, c)
        if (c[3] == year "-03-31" && c[4] != "all") elsewhere[c[2]] = c[10]
        if (c[3] > (year - 1) "-03-31" && c[3] <= year "-03-31") elsewhere_cost[c[2]] += c[13]
    }
    close(file)
}
# The two placement groups that change most, by a child or more.
function placements(name,    said, g, best, size, words, k) {
    words = ""
    for (k = 0; k < 2; k++) {
        best = ""; size = 0.95
        for (g in groups)
            if (!(g in said) && size_of(mean[name, "placement:" g]) > size) {
                best = g; size = size_of(mean[name, "placement:" g])
            }
        if (best == "") break
        said[best] = 1
        words = words (words == "" ? "" : ", ") "`" best "` " tenth(mean[name, "placement:" best]) (mean[name, "placement:" best] + 0 < 0 ? " fewer" : " more")
    }
    return words
}
function answer(name,    m, words, p) {
    if (!((name, "all") in mean)) { print "no result for " name > "/dev/stderr"; exit 1 }
    m = mean[name, "all"] + 0 # cells are text, and compare as text, until something is added to them
    if (m > -0.5 && m < 0.5) words = "As many children in care as in the baseline"
    else words = tenth(m) (m < 0 ? " fewer" : " more") " children in care on 31 March " year " (8 in 10: " range(low[name, "all"], high[name, "all"]) ")"
    p = placements(name)
    if (p != "") words = words "; by placement " p
    words = words ". " (year - 1) "-" substr(year, 3) " costs " pounds(cost[name]) (cost[name] > -5000 && cost[name] < 5000 ? " more or less" : cost[name] < 0 ? " less" : " more") " (mean)."
    if (name in elsewhere)
        words = words " " tenth(elsewhere[name]) " children are placed elsewhere for want of a place, which costs " pounds(elsewhere_cost[name]) " in the year."
    print "**Answer.** " words
}
function finish() {
    if (!is_open) return
    print "```\n"
    print "Run it: `turncurve forecast --scenario baseline --scenario docs/cookbook/" base "`\n"
    answer(scenario)
}
BEGIN { read_difference() }
FNR == 1 {
    finish()
    n_files++; base = FILENAME; sub(/.*\//, "", base)
    sub(/^# /, ""); printf "\n## %d. %s\n\n", n_files, $0
    is_open = 1; in_body = 0
    next
}
!in_body && /^# / { sub(/^# /, ""); print; next }
!in_body { in_body = 1; print "\n```yaml" }
/^name: / { scenario = $2 }
{ print }
END { finish() }
