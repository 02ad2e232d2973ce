# SPDX-License-Identifier: GPL-3.0-or-later
# lines.gp: fans, lines, markers and labels of panel P. Loaded by the charts of lines and points.

load 'panel.gp'
if (!exists("INLINE_UP")) { INLINE_UP = 0 }  # lines by which labels beside points are lifted
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in FANS] DATA index at(s) using 1:4:7 with filledcurves fc rgb BAND80 notitle, \
    for [s in FANS] DATA index at(s) using 1:5:6 with filledcurves fc rgb BAND50 notitle, \
    for [s in FANS] DATA index at(s) using 1:4 with lines ls 30 notitle, \
    for [s in FANS] DATA index at(s) using 1:7 with lines ls 30 notitle, \
    for [s in FANS] DATA index at(s) using 1:3 with lines ls 31 notitle, \
    for [s in FANS] DATA index at(s) using 1:8 with lines ls 31 notitle, \
    for [s in POINTS] DATA index at(s) using 1:2 with points ls style(s) notitle, \
    for [s in LINES] DATA index at(s) using 1:2 with lines ls style(s) notitle, \
    for [s in MARKED] DATA index at(s) using 1:2 every between(s)::from_(s) with points ls style(s) dt solid notitle, \
    for [s in ROWS] GUTTER every ::at(s)::at(s) using 1:2:(XHIGH-$1):($3-$2) with vectors nohead ls gutter(s) dt solid lw 1.5 notitle, \
    GUTTER using (XHIGH):3:4 with labels left offset 0.4,0 font TEXT textcolor rgb INK notitle, \
    INLINE using 1:2:3 with labels left offset 0.8,INLINE_UP font TEXT textcolor rgb INK notitle, \
    INLINER using 1:2:3 with labels right offset -0.8,INLINE_UP font TEXT textcolor rgb INK notitle
