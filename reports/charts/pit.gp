# SPDX-License-Identifier: GPL-3.0-or-later
# pit.gp: Where did outcomes fall? Bars of shares; lines for what was promised and how sure each bar is.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'panel.gp'
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in AREAS] DATA index at(s) using 1:2:9:10:11:12 with boxxyerror ls style(s) fs solid 1.0 border lc rgb "#FFFFFF" notitle, \
    for [s in MARKED] DATA index at(s) using 1:2 with lines ls style(s) lw 2 notitle, \
    for [s in ROWS] GUTTER every ::at(s)::at(s) using 1:2:(XHIGH-$1):($3-$2) with vectors nohead ls gutter(s) dt solid lw 1.5 notitle, \
    GUTTER using (XHIGH):3:4 with labels left offset 0.4,0 font TEXT textcolor rgb INK notitle
