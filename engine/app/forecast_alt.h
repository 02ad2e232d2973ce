/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_alt.h: alternative texts and subtitles of a forecast's charts.
 *
 * Ownership: texts live in the caller's arena; NULL with err filled when there is no memory. */
#ifndef TURNCURVE_APP_FORECAST_ALT_H
#define TURNCURVE_APP_FORECAST_ALT_H

#include "app/outlook.h"
#include "base/arena.h"

/* What the turning-the-curve chart shows, and what its bands mean. */
const char *forecast_curve_subtitle(const struct outlook *outlook, struct arena *texts, struct err *err);
/* Its alternative text: where history ends, where each scenario's range ends. from_date is where the picture
 * begins. */
const char *forecast_curve_alt(const struct outlook *outlook, day from_date, struct arena *texts,
                               struct err *err);
/* The alternative text of the bars by placement: the three largest groups, now and at the end. */
const char *forecast_mix_alt(const struct outlook *outlook, const enum placement_group groups[], int n,
                             struct arena *texts, struct err *err);

#endif
