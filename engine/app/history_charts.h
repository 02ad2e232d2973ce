/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/history_charts.h: the charts of `history`.
 *
 * Ownership: everything is borrowed; charts are added to the caller's set. */
#ifndef TURNCURVE_APP_HISTORY_CHARTS_H
#define TURNCURVE_APP_HISTORY_CHARTS_H

#include "app/chart_set.h"
#include "data/counts.h"
#include "data/yearly.h"
#include "study/peers.h"

/* From returns: stock with entries and exits, placements, ages, legal status, durations, reasons, routes out.
 * counts must run from the month before history.start to that of history.end. */
bool history_charts_add(struct chart_set *set, const struct history *history, const struct counts *counts,
                        struct err *err);
/* From published figures: the yearly totals of an authority without returns. */
bool history_charts_add_yearly(struct chart_set *set, const struct yearly *yearly, struct err *err);
/* The rate beside statistical neighbours over the years, and the funnel of the latest year. Adds nothing
 * where no rate is known. la is the name of the own authority. */
bool history_charts_add_peers(struct chart_set *set, const char *la, const struct peer peers[], size_t n,
                              struct err *err);

#endif
