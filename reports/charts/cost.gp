# SPDX-License-Identifier: GPL-3.0-or-later
# cost.gp: Where does the money go? Bars of placement groups a year, marks for the totals of other scenarios.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

load 'common.gp'
P = 1
load 'stack.gp'
