# SPDX-License-Identifier: GPL-3.0-or-later
# gantt.gp: What is due when, and how does it stand? One row an action: mark (state by shape and colour), bar, move, note.
# Arguments: see common.gp; data files, all in pixels from the top left corner: render/gantt.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
stats NAME.'-frame.tsv' using (Y_NOW=$12, 0) nooutput
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:W]
set yrange [H:0]
unset xtics
unset ytics
unset grid

# States, numbered as plan/status.def: done, going as planned, going on, still to begin, later than planned, not going as
# planned, dropped, not said. Shape and colour differ; the last is the grey of bars in the legend.
SHAPES = "7 9 5 4 11 13 2 6"
array PAINT[9] = [0x3D3D3D, 0x12436D, 0x2073BC, 0x12436D, 0xF46A25, 0x801650, 0x595959, 0x595959, 0x595959]
shape(s) = int(word(SHAPES, int(s)))
paint(s) = PAINT[int(s) < 1 ? 9 : int(s)]
SIZE = FORMAT eq "svg" ? 0.75 : 1.1
# The rule of the day, its words left or right of it.
if (NOW > 0) {
    if (NOW > W / 2) {
        set label 8 BEFORE at NOW, Y_NOW right offset -0.6, 0 font SMALL textcolor rgb GREY
    } else {
        set label 8 BEFORE at NOW, Y_NOW left offset 0.6, 0 font SMALL textcolor rgb GREY
    }
}
wide(line, kind) = int(line) == kind ? 1 : NaN

plot NAME.'-lines.tsv' using 1:2:(wide($5, 1) * $3):4 with vectors nohead lw 1 lc rgb "#EDEDED" notitle, \
    NAME.'-lines.tsv' using 1:2:(wide($5, 2) * $3):4 with vectors nohead lw 1 lc rgb "#E4E4E4" notitle, \
    NAME.'-lines.tsv' using 1:2:(wide($5, 3) * $3):4 with vectors nohead lw 1 lc rgb "#A6A6A6" notitle, \
    NAME.'-lines.tsv' using 1:2:(wide($5, 4) * $3):4 with vectors nohead lw 1 lc rgb "#8C8C8C" notitle, \
    NAME.'-lines.tsv' using 1:2:(wide($5, 5) * $3):4 with vectors nohead lw 2 lc rgb ORANGE notitle, \
    NAME.'-lines.tsv' using 1:2:(wide($5, 6) * $3):4 with vectors head filled size screen 0.008,20 lw 1 dt (3,3) lc rgb GREY notitle, \
    NAME.'-bars.tsv' using (($1+$2)/2):(($3+$4)/2):1:2:3:4:(paint($5)) with boxxyerror lc rgb variable fs solid 0.35 noborder notitle, \
    NAME.'-hatched.tsv' using (($1+$2)/2):(($3+$4)/2):1:2:3:4:(paint($5)) with boxxyerror lc rgb variable fs pattern 4 border notitle, \
    NAME.'-moves.tsv' using 1:2:3:4 with vectors head filled size screen 0.008,20 lw 1.5 lc rgb DARK notitle, \
    NAME.'-firsts.tsv' using 1:2 with points pt 12 ps 0.8*SIZE lw 1.5 lc rgb DARK notitle, \
    NAME.'-marks.tsv' using 1:2:(shape($3)):(paint($3)) with points pt variable ps SIZE lw 1.5 lc rgb variable notitle, \
    NAME.'-headings.tsv' using 1:2:3 with labels left font heavy(13) textcolor rgb INK notitle, \
    NAME.'-rows.tsv' using 1:2:3 with labels left font SMALL textcolor rgb INK notitle, \
    NAME.'-notes.tsv' using 1:2:3 with labels left font SMALL textcolor rgb INK notitle, \
    NAME.'-ticks.tsv' using 1:2:3 with labels center font SMALL textcolor rgb INK notitle
