/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/fit_charts.h: the charts of `fit`.
 *
 * Ownership: everything is borrowed; charts are added to the caller's set. */
#ifndef TURNCURVE_APP_FIT_CHARTS_H
#define TURNCURVE_APP_FIT_CHARTS_H

#include "app/chart_set.h"
#include "sim/model.h"

struct fit_subject {
    const char *la; /* name of the authority */
    const struct model *model;
    const struct learned *learned;
    const char *source; /* the line below a chart */
};
/* Exits observed by those expected, cell by cell; months of entries and exits against what was expected of
 * them; levels of entries and exits; exits by time in care. Each with a title that states what it shows; what
 * a model does not tell has no chart. */
bool fit_charts_add(struct chart_set *set, const struct fit_subject *subject, struct err *err);

#endif
