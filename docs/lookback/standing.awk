# SPDX-License-Identifier: GPL-3.0-or-later
# The panel and the forecast.csv of all authorities -> a row of standing.csv: how many of the others lie below, inside and
# above the ranges of their own baselines on a 31 March, and how many of them lie lower against their middle than one does.
# City of London and Isles of Scilly are too small; Dorset's name is another area from 2020 on.
{ n = split_csv($0, c) }
FILENAME ~ /panel/ && c[1] == year && c[6] != "" { stock[c[4]] = c[6] }
FILENAME ~ /forecast/ && c[4] == "stock" && c[5] == "all" && c[3] == year "-03-31" {
    if (!(c[1] in stock) || c[1] ~ /^(City of London|Isles of Scilly)/ || (c[1] == "Dorset" && year >= 2020)) next
    name[++n_all] = c[1]
    ratio[c[1]] = stock[c[1]] / c[12]
    if (c[1] != la) in_position[position(stock[c[1]], c[10], c[14])]++
}
END {
    for (i = 1; i <= n_all; i++) if (ratio[name[i]] < ratio[la]) lower++
    printf "%s,%s,%d,%d,%d,%d,%d\n", la, year "-03-31", n_all - 1, in_position["below"], in_position["inside"], in_position["above"], lower
}
