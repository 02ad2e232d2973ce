# SPDX-License-Identifier: GPL-3.0-or-later
# funnel.gp: Are we unlike others? Rates by population with limits of chance; own authority by label, neighbours by shape.
# Arguments and data files: see common.gp; columns of the table: render/chart.h.

FORMAT = ARG1; OUTPUT = ARG2; NAME = ARG3
load 'common.gp'
P = 1
load 'lines.gp'
