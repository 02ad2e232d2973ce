# SPDX-License-Identifier: GPL-3.0-or-later
# stock.gp: Children looked after, and below them those who came and left.
# Arguments and data files: see common.gp; columns of the tables: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
set multiplot
P = 1
load 'lines.gp'
# the words of the picture stand once
unset label 1; unset label 2; unset label 3; unset label 4; unset label 5
P = 2
load 'lines.gp'
unset multiplot
