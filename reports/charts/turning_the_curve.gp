# SPDX-License-Identifier: GPL-3.0-or-later
# turning_the_curve.gp: Is the curve turning? History solid, baseline dashed, stances with their own dashes and markers, one fan.
# Flags below the time axis: where the actions of a plan start.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
do for [i=1:N_FLAGS] {
    stats NAME.'-flags.tsv' using (FLAG_X=$1, FLAG_DOWN=$2, FLAG_AXIS=$3, FLAG=strcol(4), 0) every ::i-1::i-1 nooutput
    set arrow 100+i from FLAG_X, screen down(FLAG_AXIS - 5) to FLAG_X, screen down(FLAG_AXIS + FLAG_DOWN + 5) nohead lw 1.5 lc rgb BLUE front
    set label 100+i FLAG at FLAG_X, screen down(FLAG_AXIS + FLAG_DOWN) left offset character 0.6, 0 font SMALL textcolor rgb INK point pt 9 ps 0.8 lc rgb BLUE
}
load 'lines.gp'
