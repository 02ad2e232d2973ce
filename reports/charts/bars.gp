# SPDX-License-Identifier: GPL-3.0-or-later
# bars.gp: One horizontal bar a row with its value: reasons, routes.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'panel.gp'
unset grid
set grid xtics lt 1 lw 1 lc rgb GRID
unset arrow 2
set arrow 2 from 0, graph 0 to 0, graph 1 nohead lw 1 lc rgb GREY front
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in AREAS] DATA index at(s) using 1:2:9:10:11:12 with boxxyerror ls style(s) notitle, \
    INLINE using 1:2:3 with labels left offset 0.5,0 font TEXT textcolor rgb INK notitle
