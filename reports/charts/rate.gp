# SPDX-License-Identifier: GPL-3.0-or-later
# rate.gp: Rate per 10,000 children beside statistical neighbours and England.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'lines.gp'
