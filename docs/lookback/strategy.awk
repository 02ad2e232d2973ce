# SPDX-License-Identifier: GPL-3.0-or-later
# targets.csv, effects.csv, and history.csv, forecast.csv and difference.csv of an invented city -> strategy.csv: what each scenario
# reaches by the day of the target. chance: between which of the forecast's quantiles the target lies.
{ n = split_csv($0, c) }
FILENAME ~ /targets/ && c[1] == plan && c[3] == "stock" && c[5] != "" && c[8] == by { fewer_wanted = c[5] + 0 }
FILENAME ~ /effects/ && c[1] == plan && c[8] == "children" { once = c[5] "," c[6] "," c[7] }
FILENAME ~ /history/ && c[3] == "stock" && c[4] == "all" && c[2] == origin { stock = c[6] + 0 }
FILENAME ~ /forecast/ && c[3] == by && c[4] == "stock" && c[5] == "all" {
    scenario[++scenarios] = c[2]
    for (i = 9; i <= 15; i++) q[c[2], i - 8] = c[i] + 0
}
FILENAME ~ /difference/ && c[3] == by && c[4] == "stock" && c[5] == "all" {
    fewer[c[2]] = sprintf("%.1f,%d,%d", c[7], round(c[10]), round(c[14]))
}
function chance(s, target,    i, share) {
    split("2.5 10 25 50 75 90 97.5", share, " ")
    for (i = 1; i <= 7; i++) if (target < q[s, i]) return (i == 1 ? "under 2.5" : share[i - 1] " to " share[i]) " %"
    return "over 97.5 %"
}
END {
    print "plan,scenario,origin,stock,by,target,p10,p50,p90,difference,difference_p10,difference_p90,chance,once_low,once_likely,once_high,england,authorities,size"
    for (i = 1; i <= scenarios; i++) {
        s = scenario[i]
        printf "%s,%s,%s,%d,%s,%d,%d,%d,%d,%s,%s,%s,%d,%d,%d\n", plan, s, origin, stock, by, stock + fewer_wanted, round(q[s, 2]), round(q[s, 4]), \
            round(q[s, 6]), s in fewer ? fewer[s] : ",,", chance(s, stock + fewer_wanted), once, england, authorities, size
    }
}
