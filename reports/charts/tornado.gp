# SPDX-License-Identifier: GPL-3.0-or-later
# tornado.gp: Which assumptions matter? A row an assumption, the longest first; bars from the base at 0 to what each end
# of its range changes, with the end beside them.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'panel.gp'
# room for the words beyond the bars
SIDE = 0.30 * (XHIGH - XLOW)
set xrange [XLOW - SIDE : XHIGH + SIDE]
unset grid
set grid xtics lt 1 lw 1 lc rgb GRID
unset arrow 2
set arrow 2 from 0, graph 0 to 0, graph 1 nohead lw 2 lc rgb DARK front
set label 8 XTITLE at screen along((LEFT + RIGHT) / 2), screen down(Y_XTITLE) center font TEXT textcolor rgb GREY
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in AREAS] DATA index at(s) using 1:2:9:10:11:12 with boxxyerror ls style(s) notitle, \
    INLINE using 1:2:3 with labels left offset 0.5,0 font TEXT textcolor rgb INK notitle, \
    INLINER using 1:2:3 with labels right offset -0.5,0 font TEXT textcolor rgb INK notitle
