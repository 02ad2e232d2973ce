# SPDX-License-Identifier: GPL-3.0-or-later
# common.gp: terminal, fonts, colours, dashes, and the words of the picture. Loaded first by every chart.
# Each chart is given ARG1 svg or png, ARG2 output file, ARG3 its name, with which its data files begin
# (render/chart_files.h), and names them FORMAT, OUTPUT and NAME, because a loaded file has no arguments of its own.
# Texts come from data files only; no text is ever pasted into a command.

set encoding utf8
set datafile separator tab
set datafile commentschars ""

stats NAME.'-frame.tsv' using (W=$1, H=$2, PANELS=$3, NOW=$4, Y_TITLE1=$5, Y_TITLE2=$6, Y_SUB1=$7, Y_SUB2=$8, Y_SOURCE=$9, 0) nooutput
stats NAME.'-frame.tsv' using (FLAGS_HEIGHT=$10, N_FLAGS=$11, 0) nooutput
stats NAME.'-texts.tsv' using (TITLE1=strcol(1), TITLE2=strcol(2), SUB1=strcol(3), SUB2=strcol(4), SOURCE=strcol(5), BEFORE=strcol(6), AFTER=strcol(7), 0) nooutput

# One drawing for two formats: the PNG has twice the pixels. K scales fonts: pngcairo counts in points of 4/3 pixel.
if (FORMAT eq "svg") {
    K = 1
    set terminal svg size W,H font "Arial,13" background "#ffffff" linewidth 1 dashlength 1 noenhanced name "chart"
} else {
    K = 1.5
    set terminal pngcairo size 2*W,2*H font "DejaVu Sans,19" background "#ffffff" linewidth 2 dashlength 1 pointscale 2 noenhanced
}
set output OUTPUT
heavy(points) = sprintf(FORMAT eq "svg" ? "Arial:Bold,%g" : "DejaVu Sans:Bold,%g", points * K)
SMALL = sprintf(",%g", 12 * K); TEXT = sprintf(",%g", 13 * K)
down(pixels) = 1.0 - pixels / H     # from the top, as a fraction of the picture
along(pixels) = pixels / W          # from the left

INK = "#0B0C0C"; GREY = "#595959"; GRID = "#D9D9D9"
BLUE = "#12436D"; TURQUOISE = "#28A197"; PINK = "#801650"; ORANGE = "#F46A25"; DARK = "#3D3D3D"; PURPLE = "#A285D1"
MID_BLUE = "#2073BC"; REST = "#949494"

# Line styles, numbered as the list in render/chart_style.def. Dash and marker differ as well as colour.
set style line  1 lc rgb DARK      lw 3 dt solid        pt 7  ps 0.7   # history
set style line  2 lc rgb DARK      lw 2 dt (10,6)       pt 6  ps 0.7   # baseline
set style line  3 lc rgb BLUE      lw 3 dt solid        pt 7  ps 0.8   # likely
set style line  4 lc rgb TURQUOISE lw 3 dt (14,4,3,4)   pt 9  ps 0.9   # best
set style line  5 lc rgb PINK      lw 3 dt (4,4)        pt 11 ps 0.9   # worst
set style line  6 lc rgb ORANGE    lw 2 dt (2,4)        pt 13 ps 1.0   # target
set style line  7 lc rgb MID_BLUE  lw 3 dt (8,3,2,3)    pt 5  ps 0.8   # any other scenario
set style line  8 lc rgb BLUE      lw 3 dt solid        pt 7  ps 0.7   # entries
set style line  9 lc rgb ORANGE    lw 3 dt solid        pt 5  ps 0.7   # exits
set style line 10 lc rgb BLUE      lw 2 dt (10,6)       pt 6  ps 0.7   # entries, forecast
set style line 11 lc rgb ORANGE    lw 2 dt (4,4)        pt 4  ps 0.7   # exits, forecast
set style line 12 lc rgb BLUE      lw 3 dt solid        pt 7  ps 0.8   # own
set style line 13 lc rgb "#8C8C8C" lw 1 dt solid        pt 7  ps 0.3   # context
set style line 14 lc rgb DARK      lw 2 dt (10,6)       pt 6  ps 0.7   # England
set style line 15 lc rgb DARK      lw 1 dt (10,6)       pt 7  ps 0.3   # 95 % limits
set style line 16 lc rgb DARK      lw 1 dt (2,3)        pt 7  ps 0.3   # 99.8 % limits
set style line 17 lc rgb DARK      lw 1 dt solid        pt 7  ps 0.3   # middle
set style line 18 lc rgb "#8C8C8C" lw 1 dt solid        pt 6  ps 0.6   # all
set style line 19 lc rgb PINK      lw 1 dt solid        pt 13 ps 1.2   # neighbour
set style line 20 lc rgb BLUE      lw 1 dt solid        pt 7  ps 1.5   # own point
set style line 21 lc rgb BLUE      lw 1 dt solid        pt 7  ps 0.8   # slices, from the bottom
set style line 22 lc rgb TURQUOISE lw 1 dt solid        pt 7  ps 0.8
set style line 23 lc rgb PINK      lw 1 dt solid        pt 7  ps 0.8
set style line 24 lc rgb ORANGE    lw 1 dt solid        pt 7  ps 0.8
set style line 25 lc rgb DARK      lw 1 dt solid        pt 7  ps 0.8
set style line 26 lc rgb PURPLE    lw 1 dt solid        pt 7  ps 0.8
set style line 27 lc rgb REST      lw 1 dt solid        pt 7  ps 0.8   # all that is left
set style line 28 lc rgb BLUE      lw 2 dt solid        pt 6  ps 0.8   # small points
set style line 29 lc rgb "#FFFFFF" lw 0 dt solid      pt -1 ps 0     # not drawn
set style line 30 lc rgb BLUE      lw 1 dt (2,2)      pt -1 ps 0     # edge of the fan's band of 8 in 10
set style line 31 lc rgb BLUE      lw 1 dt (1,4)      pt -1 ps 0     # edge of 95 in 100

# The fan: blue mixed with white, an edge on the band of 8 in 10.
BAND80 = "#B8C7D3"; BAND50 = "#88A1B6"

unset key
set border 0
set tics scale 0
set xtics font TEXT textcolor rgb INK
set ytics font TEXT textcolor rgb INK
set grid ytics lt 1 lw 1 lc rgb GRID
set style fill solid 1.0 noborder

# Title (the finding), subtitle, source: placed in pixels.
set label 1 TITLE1 at screen along(16), screen down(Y_TITLE1) left font heavy(18) textcolor rgb INK
set label 2 TITLE2 at screen along(16), screen down(Y_TITLE2) left font heavy(18) textcolor rgb INK
set label 3 SUB1 at screen along(16), screen down(Y_SUB1) left font TEXT textcolor rgb GREY
set label 4 SUB2 at screen along(16), screen down(Y_SUB2) left font TEXT textcolor rgb GREY
set label 5 SOURCE at screen along(16), screen down(Y_SOURCE) left font SMALL textcolor rgb GREY
