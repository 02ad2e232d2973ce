# SPDX-License-Identifier: GPL-3.0-or-later
# outturn.gp: Will we overspend? Bars of futures by outturn, those beyond the budget in the second colour; the rule stands
# at the budget, behind the last bar that lies within it.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
NOW = NOW + 0.5
AFTER = "over the budget"
P = 1
load 'stack.gp'
