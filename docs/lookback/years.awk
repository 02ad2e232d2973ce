# SPDX-License-Identifier: GPL-3.0-or-later
# England, effects.csv, published.csv and the baseline's forecast.csv -> rows of years.csv: each 31 March from the origin on.
# A plan whose likely effect `after` years on is under half a per cent has no path of its own.
{ n = split_csv($0, c) }
FILENAME ~ /england/ { england[c[1]] = c[2] }
FILENAME ~ /effects/ && c[2] == plan { effect[c[5]] = c[7]; has[c[5]] = 1 }
FILENAME ~ /published/ && c[4] == la { stock[c[1]] = c[6]; starts[c[1]] = c[7]; leavers[c[1]] = c[8] }
FILENAME ~ /forecast/ && c[4] == "stock" && c[5] == "all" && c[3] ~ /-03-31$/ {
    row[++rows] = c[3]; p10[c[3]] = c[10]; p50[c[3]] = c[12]; p90[c[3]] = c[14]
}
END {
    from = substr(origin, 1, 4)
    at = effect[from + after "-03-31"] + 0
    drawn = at <= -0.5 || at >= 0.5
    printf "%s,%s,%s,%s,,,,%s,%s,%s,origin,%s,,\n", la, plan, origin, origin, stock[from], starts[from], leavers[from], stock[from]
    for (i = 1; i <= rows; i++) {
        d = row[i]; y = substr(d, 1, 4)
        assumed = drawn && has[d] ? round(p50[d] * (1 + effect[d] / 100)) : ""
        printf "%s,%s,%s,%s,%d,%d,%d,%s,%s,%s,%s,%d,%s,%s\n", la, plan, origin, d, round(p10[d]), round(p50[d]), round(p90[d]), \
            stock[y], starts[y], leavers[y], position(stock[y], round(p10[d]), round(p90[d])), \
            round(stock[from] * england[y] / england[from]), assumed, \
            assumed == "" ? "" : nearer(stock[y], assumed, round(p50[d]))
    }
}
