# SPDX-License-Identifier: GPL-3.0-or-later
# entries_exits.gp: Who comes in, who leaves: flows by twelve months, forecast dashed.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'lines.gp'
