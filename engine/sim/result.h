/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/result.h: what a scenario's replicates say, as means and quantiles.
 *
 * Ownership: a result owns its arrays; result_free releases them. */
#ifndef TURNCURVE_SIM_RESULT_H
#define TURNCURVE_SIM_RESULT_H

#include "base/err.h"
#include "data/group.h"

enum { SUMMARY_QUANTILES = 7 };
/* .025 .1 .25 .5 .75 .9 .975 */
extern const double summary_levels[SUMMARY_QUANTILES];

struct summary {
    double mean, sd;
    double quantiles[SUMMARY_QUANTILES]; /* type 8 of Hyndman and Fan */
};

struct result_series {
    enum measure measure; /* MEASURE_COST: values in pence */
    struct group group;
};

/* Sums over the forecast months of a financial year, replicate by replicate: their range is that of the year,
 * which no range of a month tells. */
struct result_year {
    int32_t year;        /* in which it ends */
    int32_t first, last; /* months of the forecast; fewer than twelve at its ends */
    bool has_entries, has_exits, has_cost;
    struct summary entries, exits;
    struct summary cost; /* pence, of all placements */
};

/* One scenario (or one scenario less the first, replicate by replicate). */
struct result {
    char la_name[64];
    char scenario[64];
    char model[32];
    day origin; /* month 0 of the forecast is the month after; a month end as a rule */
    int32_t months;
    struct result_series *series; /* n_series, sorted by measure, kind, member */
    size_t n_series;
    struct summary *at; /* [series][month 0..months-1] */
    int32_t replicates;
    struct result_year *years; /* n_years, sim/years.h */
    size_t n_years;
};
void result_free(struct result *result);
/* The summary of a series in a month (0 = first forecast month), NULL when the model gave no such series. */
const struct summary *result_find(const struct result *result, enum measure measure, struct group group,
                                  int32_t month);

#endif
