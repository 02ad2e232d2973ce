/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_charts.h: the four pictures of a forecast, with their words.
 *
 * Ownership: a set owns its tables and texts; forecast_charts_free releases them. */
#ifndef TURNCURVE_APP_FORECAST_CHARTS_H
#define TURNCURVE_APP_FORECAST_CHARTS_H

#include "app/outlook.h"
#include "render/chart.h"

enum forecast_chart { FORECAST_CURVE, FORECAST_MIX, FORECAST_FLOWS, FORECAST_COST, FORECAST_CHART_COUNT };

struct forecast_charts {
    struct chart_spec specs[FORECAST_CHART_COUNT]; /* n of them, those for which there are numbers */
    enum forecast_chart kinds[FORECAST_CHART_COUNT];
    size_t n;
    struct table tables[FORECAST_CHART_COUNT];
    struct arena texts;
};

/* Makes the charts of an authority. prefix goes before the file names ("" or "leeds-"); source is the last
 * line of every picture. The set must not be moved afterwards. */
bool forecast_charts_make(struct forecast_charts *out, const struct outlook *outlook, const char *prefix,
                          const char *source, struct err *err);
void forecast_charts_free(struct forecast_charts *charts);

/* The placement groups that a picture of MEASURE_STOCK or MEASURE_COST shows by name, in the order of their
 * slices from the bottom: the largest, at most five (six when no more have any), agency beside in-house
 * fostering. Returns how many. */
int forecast_groups(const struct outlook *outlook, enum measure measure,
                    enum placement_group out[OUTLOOK_GROUPS_MOST]);

#endif
