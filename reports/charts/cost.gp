# SPDX-License-Identifier: GPL-3.0-or-later
# cost.gp: Where does the money go? Bars of placement groups a year, marks for the totals of other scenarios.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'stack.gp'
