# SPDX-License-Identifier: GPL-3.0-or-later
# history.csv and forecast.csv of an invented authority -> rows of effects.csv: how far a plan's assumed effects lower the
# mean stock, per cent of the baseline, at each 31 March.
{ n = split_csv($0, c) }
c[3] == "stock" && c[4] == "all" && FILENAME ~ /history/ && c[2] == origin { stock = c[6] }
c[3] == "entries" && c[4] == "all" && FILENAME ~ /history/ && c[2] <= origin && c[2] > substr(origin, 1, 4) - 1 "-03-31" { entries += c[6] }
FILENAME ~ /forecast/ && c[4] == "stock" && c[5] == "all" && c[3] ~ /-03-31$/ {
    mean[c[2], c[3]] = c[7]
    if (c[2] == "baseline") date[++dates] = c[3]
}
function pct(scenario, d,    p) {
    p = 100 * (mean[scenario, d] / mean["baseline", d] - 1)
    return p > -0.05 && p < 0.05 ? "0.0" : sprintf("%.1f", p)
}
END {
    for (i = 1; i <= dates; i++) {
        d = date[i]
        printf "%s,%s,%d,%d,%s,%d,%s,%s,%s\n", la, plan, stock, entries, d, round(mean["baseline", d]), pct(plan, d), pct(plan "-best", d), pct(plan "-worst", d)
    }
}
