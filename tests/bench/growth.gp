# SPDX-License-Identifier: GPL-3.0-or-later
# growth.gp: seconds of the processor and peak memory against what grows, on log scales, from growth.csv in `folder`. A
# line as steep as the dashed one grows as the size does.
set key off
set grid lc rgb "#dddddd"
set border 3
set tics nomirror out
set logscale xy 2
set format y "%g"
rows(name) = sprintf("< grep '^%s,' %s/growth.csv | tr , ' '", name, folder)
names = "children months runs authorities"
titles = "'Children in care' 'Months' 'Runs' 'Authorities'"
measures = "seconds MiB"
do for [type in "svg png"] {
    if (type eq "svg") { set terminal svg size 900,1280 font "DejaVu Sans,12" background "white" }
    if (type eq "png") { set terminal pngcairo size 1350,1920 font "DejaVu Sans,16" background "white" }
    set output folder . "/growth." . type
    set multiplot layout 4,2
    do for [i = 1:4] {
        do for [c = 3:4] {
            set title word(titles, i) . ": " . word(measures, c - 2)
            set autoscale
            file = rows(word(names, i))
            stats file using 2:c name "S" nooutput
            set xrange [S_min_x / 1.3 : S_max_x * 1.3]
            set yrange [S_min_y / 2 : S_max_y * 2]
            slope(x) = S_max_y / S_max_x * x
            plot slope(x) with lines lc rgb "#aaaaaa" dt 2, \
                 file using 2:c:xtic(2) with linespoints pt 7 lw 2 lc rgb "#12436d", \
                 file using 2:c:(sprintf("%.3g", column(c))) with labels offset 0,0.9
        }
    }
    unset multiplot
    unset output
}
