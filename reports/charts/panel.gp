# SPDX-License-Identifier: GPL-3.0-or-later
# panel.gp: room, axes and titles of panel P (1 or 2); then the script plots into it.
# In: P. Out: names of data files, lists of series by kind (render/chart_files.h has the columns).

set xrange [*:*]; set yrange [*:*]  # of the panel before: stats would keep to them
stats NAME.'-panel'.P.'.tsv' using (LEFT=$1, RIGHT=$2, TOP=$3, BOTTOM=$4, XLOW=$5, XHIGH=$6, XEND=$7, YLOW=$8, YHIGH=$9, 0) nooutput
stats NAME.'-panel'.P.'.tsv' using (Y_XTITLE=$10, Y_YTITLE=$11, 0) nooutput
stats NAME.'-lists'.P.'.tsv' using (STYLES=strcol(1), AREAS=strcol(2), FANS=strcol(3), LINES=strcol(4), MARKED=strcol(5), EVERY=strcol(6), 0) nooutput
stats NAME.'-lists'.P.'.tsv' using (POINTS=strcol(7), GUTTERS=strcol(8), XTITLE=strcol(9), YTITLE=strcol(10), 0) nooutput
DATA = NAME.'-data'.P.'.tsv'
XTICKS = NAME.'-xticks'.P.'.tsv'
YTICKS = NAME.'-yticks'.P.'.tsv'
GUTTER = NAME.'-gutter'.P.'.tsv'
INLINE = NAME.'-inline'.P.'.tsv'
INLINER = NAME.'-inliner'.P.'.tsv'
# No list is empty, because gnuplot runs an empty loop once: a list without members names a point that is not drawn.
at(s) = int(s) - 1
style(s) = int(word(STYLES, int(s)))
between(s) = int(word(EVERY, int(s)))
from_(s) = between(s) > 1 ? between(s) : 0  # monthly lines start together: no heap of markers there
gutter(s) = int(word(GUTTERS, int(s)))
ROWS = ""
do for [i=1:words(GUTTERS)] { ROWS = ROWS.' '.i }

set lmargin at screen along(LEFT)
set rmargin at screen along(RIGHT)
set tmargin at screen down(TOP)
set bmargin at screen down(BOTTOM)
set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
set xtics nomirror offset 0,0.1
if (FLAGS_HEIGHT > 0 && P == 1) { set xtics nomirror offset character 0, screen (-FLAGS_HEIGHT / H) }
set ytics nomirror

unset label 6
unset label 7
unset label 8
unset label 9
unset arrow 1
set label 6 YTITLE at screen along(16), screen down(Y_YTITLE) left font TEXT textcolor rgb GREY
set label 7 XTITLE at screen along((LEFT+RIGHT)/2), screen down(Y_XTITLE) center font TEXT textcolor rgb GREY
# The rule at the end of what is known.
if (NOW > XLOW && NOW < XHIGH) {
    set arrow 1 from NOW, graph 0 to NOW, graph 1.03 nohead lw 2 lc rgb ORANGE back
    if (P == 1) {
        # Near the left edge there is no room for the words before it.
        NEAR = (NOW-XLOW) < 0.2*(XHIGH-XLOW)
        if (!NEAR) { set label 8 BEFORE at NOW, graph 1.03 right offset -0.6,0.2 font SMALL textcolor rgb GREY }
        set label 9 (NEAR ? BEFORE.'; '.AFTER : AFTER) at NOW, graph 1.03 left offset 0.6,0.2 font SMALL textcolor rgb GREY
    }
}
set arrow 2 from graph 0, graph 0 to graph 1, graph 0 nohead lw 1 lc rgb GREY front
