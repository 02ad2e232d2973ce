# SPDX-License-Identifier: GPL-3.0-or-later
# duration.gp: How long children stay: share still in care by time since entry, with confidence limits.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

load 'common.gp'
P = 1
load 'lines.gp'
