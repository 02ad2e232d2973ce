# SPDX-License-Identifier: GPL-3.0-or-later
# card_curve.gp: Is the curve turning? For a report card: as wide as a sheet and not high, labels of targets above their points.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
INLINE_UP = 1.1
load 'lines.gp'
