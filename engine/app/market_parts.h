/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/market_parts.h: internal to app/market: what the statement is made of.
 *
 * Ownership: a struct market owns charts and texts; the job is borrowed. */
#ifndef TURNCURVE_APP_MARKET_PARTS_H
#define TURNCURVE_APP_MARKET_PARTS_H

#include "app/chart_set.h"
#include "app/market.h"
#include "study/capacity.h"

enum { MARKET_YEARS = 3, MARKET_CHARTS_OF_PLACES = 4 };

struct market_period {
    int32_t first, last; /* forecast months of a financial year */
    day end;
    char name[OUTLOOK_NUMBER];
};
struct market_year {
    double p10, p50, p90, mean, end_mean, places;
};
struct market_group {
    enum placement_group placement;
    bool is_withheld, has_places, is_default;
    double now;
    struct market_year years[MARKET_YEARS];
    pence low, high; /* a week */
};
struct market {
    const struct market_job *job;
    struct market_period years[MARKET_YEARS];
    struct market_group groups[PLACEMENT_COUNT];
    size_t n_groups;
    int n_years;
    int32_t months;
    struct chart_set charts;
};
/* What is needed if places have no limit. */
const struct result *market_need(const struct market *market);
/* Works out all rows. */
bool market_find(struct market *market, struct err *err);
/* market.csv. */
bool market_table(const struct market *market, struct table *out, struct err *err);
/* Draws what may be drawn. */
bool market_charts(struct market *market, struct err *err);
/* "More places: about 12 by March 2029 (8 in 10 outcomes: 5 to 20)". */
void market_say(const struct market *market, const struct market_group *group, char out[OUTLOOK_WORDS]);

#endif
