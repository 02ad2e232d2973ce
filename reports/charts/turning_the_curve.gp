# SPDX-License-Identifier: GPL-3.0-or-later
# turning_the_curve.gp: Is the curve turning? History solid, baseline dashed, stances with their own dashes and markers, one fan.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'lines.gp'
