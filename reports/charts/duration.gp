# SPDX-License-Identifier: GPL-3.0-or-later
# duration.gp: How long children stay: share still in care by time since entry, with confidence limits.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'lines.gp'
