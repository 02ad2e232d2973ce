# SPDX-License-Identifier: GPL-3.0-or-later
# lines.gp: fans, lines, markers and labels of panel P. Loaded by the charts of lines and points.

load 'panel.gp'
plot YTICKS using (XLOW):1:ytic(2) with points pt -1 notitle, \
    XTICKS using 1:(YLOW):xtic(2) with points pt -1 notitle, \
    for [s in FANS] DATA index int(s)-1 using 1:4:7 with filledcurves fc rgb BAND80 notitle, \
    for [s in FANS] DATA index int(s)-1 using 1:5:6 with filledcurves fc rgb BAND50 notitle, \
    for [s in FANS] DATA index int(s)-1 using 1:4 with lines ls 30 notitle, \
    for [s in FANS] DATA index int(s)-1 using 1:7 with lines ls 30 notitle, \
    for [s in POINTS] DATA index int(s)-1 using 1:2 with points ls style(s) notitle, \
    for [s in LINES] DATA index int(s)-1 using 1:2 with lines ls style(s) notitle, \
    for [i=1:words(MARKED)] DATA index int(word(MARKED,i))-1 using 1:2 every int(word(EVERY,i)) with points ls style(word(MARKED,i)) dt solid notitle, \
    for [i=1:N_GUTTER] GUTTER every ::(i-1)::(i-1) using 1:2:(XHIGH-$1):($3-$2) with vectors nohead ls gutter(i) dt solid lw 1.5 notitle, \
    for [i=1:(N_GUTTER > 0)] GUTTER using (XHIGH):3:4 with labels left offset 0.4,0 font font(13) textcolor rgb INK notitle, \
    for [i=1:(N_INLINE > 0)] INLINE using 1:2:3 with labels left offset 0.8,0 font font(13) textcolor rgb INK notitle, \
    for [i=1:(N_INLINER > 0)] INLINER using 1:2:3 with labels right offset -0.8,0 font font(13) textcolor rgb INK notitle
