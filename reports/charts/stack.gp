# SPDX-License-Identifier: GPL-3.0-or-later
# stack.gp: bars of slices in panel P, with marks and labels. Loaded by the charts of bars over time.

load 'panel.gp'
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in AREAS] DATA index at(s) using 1:2:9:10:11:12 with boxxyerror ls style(s) fs solid 1.0 border lc rgb "#FFFFFF" notitle, \
    for [s in MARKED] DATA index at(s) using 1:2 with points pt 7 ps 1.6 lc rgb "#FFFFFF" notitle, \
    for [s in MARKED] DATA index at(s) using 1:2 with points ls style(s) ps 1.2 dt solid notitle, \
    for [s in ROWS] GUTTER every ::at(s)::at(s) using 1:2:(XHIGH-$1):($3-$2) with vectors nohead ls gutter(s) dt solid lw 2 notitle, \
    GUTTER using (XHIGH):3:4 with labels left offset 0.4,0 font TEXT textcolor rgb INK notitle
