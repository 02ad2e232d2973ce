# SPDX-License-Identifier: GPL-3.0-or-later
# waterfall.gp: Which actions do the work? From the baseline to the plan, each action's part as a step (p10 to p90 of a
# point are the ends of its bar). Totals stand on the axis, or, where that goes below 0, on 0.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'panel.gp'
WIDE = 0.36
if (YLOW < 0) { set arrow 3 from graph 0, first 0 to graph 1, first 0 nohead lw 1 lc rgb GREY front }
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in FANS] DATA index at(s) using ($1+1>XHIGH?NaN:$1+WIDE):2:(1-2*WIDE):(0) with vectors nohead lw 1 lc rgb GREY notitle, \
    for [s in FANS] DATA index at(s) using 1:2:($1-WIDE):($1+WIDE):(style(s)==1&&YLOW>0?YLOW:column(4)):7 with boxxyerror ls style(s) fs solid 1.0 noborder notitle
