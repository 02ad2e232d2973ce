# SPDX-License-Identifier: GPL-3.0-or-later
# mix.gp: What are children placed in? Bars of groups over time, biggest at the bottom; also for ages and legal status.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'stack.gp'
