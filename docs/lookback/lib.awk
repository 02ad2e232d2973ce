# SPDX-License-Identifier: GPL-3.0-or-later
# Functions of the look back's tables and pages.

# A line of CSV into cell[1..n]; no cell of these files has a line break.
function split_csv(line, cell,    n, i, c, quoted) {
    n = 1; cell[1] = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") {
            if (quoted && substr(line, i + 1, 1) == "\"") { cell[n] = cell[n] c; i++ }
            else quoted = !quoted
        } else if (c == "," && !quoted) cell[++n] = ""
        else if (c != "\r") cell[n] = cell[n] c
    }
    return n
}
function round(x) { x += 0; return x < 0 ? -int(-x + 0.5) : int(x + 0.5) }
# 1,374
function whole(x,    s, sign) {
    x = round(x); sign = x < 0 ? "\342\210\222" : ""; s = x < 0 ? -x : x
    return sign (s >= 1000 ? sprintf("%d,%03d", int(s / 1000), s % 1000) : s "")
}
# a change in per cent with its sign: +5.2 %
function change(from, to,    p) {
    p = 100 * (to - from) / from
    return sprintf("%s%.1f %%", p < 0 ? "\342\210\222" : "+", p < 0 ? -p : p)
}
function day_words(iso,    p, m) {
    split(iso, p, "-")
    split("January February March April May June July August September October November December", m, " ")
    return (p[3] + 0) " " m[p[2] + 0] " " p[1]
}
# Cells are text, and compare as text, until something is added to them.
function position(stock, low, high) { return stock + 0 < low + 0 ? "below" : stock + 0 > high + 0 ? "above" : "inside" }
function nearer(stock, planned, baseline,    a, b) {
    a = stock - planned; if (a < 0) a = -a
    b = stock - baseline; if (b < 0) b = -b
    return a < b ? "plan" : b < a ? "baseline" : "both"
}
# "1 year", "4 years"
function count(n, one, many) { return n " " (n == 1 ? one : many) }
