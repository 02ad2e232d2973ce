/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/market.h: the market position statement: what placements will be needed, against the places that there
 * are.
 *
 * Ownership: everything is borrowed for the call.
 *
 * market.html and market.csv, from a published outlook alone (app/outlook_publish.h). Need is the forecast of
 * the main scenario, as if places had no limit, at the end of each of the next three financial years: p10,
 * p50, p90, and the mean over the year. Places are those that the scenario's capacity lines say can be used;
 * without a line they are not stated. The gap is need less places. Prices are the least and greatest weekly
 * price stored for a group, on the last day known. What the council wants to buy is said by rule:
 *
 *   places stated   p10 of the gap above 0: more places; p50 above 0: probably more; p90 below 0: fewer;
 *                   else about as many
 *   not stated      the same of need less children there now. */
#ifndef TURNCURVE_APP_MARKET_H
#define TURNCURVE_APP_MARKET_H

#include "app/outlook.h"
#include "app/publish.h"
#include "render/folder.h"

struct market_job {
    const struct outlook *outlook; /* published */
    const struct result *need; /* the main scenario without limits on places, for with them no more children
                                  are in a group than it has places; not cut. NULL: it has none */
    const struct publish *publish;
    const struct price_book *prices;
    const char *reports; /* --reports, NULL none */
    const char *source;  /* below charts */
};
/* Writes market.csv, market.html and their charts. Nothing where there is no history, or the forecast ends
 * before the first year does. */
bool market_write(const struct market_job *job, struct folder *folder, struct log *log, struct err *err);
/* Runs the main scenario of an outlook without its limits on places; *out stays zeroed where it has none. */
bool market_run_need(const struct outlook *outlook, const struct model *model, int32_t months, uint64_t seed,
                     const struct price_book *prices, const struct run_options *run, struct log *log,
                     struct forecast *out, struct err *err);

#endif
