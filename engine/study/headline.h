/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/headline.h: findings as sentences, made from numbers by rule.
 *
 * Ownership: sentences live in the caller's arena; NULL with err filled (ERR_MEMORY) on failure.
 *
 * A stock is told as it is, with the difference to a year before. Flows get a word of direction only on
 * evidence: "rose" or "fell" for p < .05, "probably" before it for p < .2 (interval_change_p), else "no clear
 * change". */
#ifndef TURNCURVE_STUDY_HEADLINE_H
#define TURNCURVE_STUDY_HEADLINE_H

#include "base/arena.h"
#include "data/counts.h"
#include "numeric/survival.h"

enum { HEADLINE_NUMBER = 32 };
/* "1,374", "-86". */
void headline_number(int64_t value, char out[HEADLINE_NUMBER]);
/* "12 days", "14 months", "3.5 years". */
void headline_days(int32_t days, char out[HEADLINE_NUMBER]);

/* "Entries rose", "entries probably fell", "no clear change in entries"; what in lower case. */
const char *headline_change(struct arena *arena, const char *what, int64_t before, int64_t after,
                            struct err *err);

/* "1,374 children were looked after on 31 Mar 2022, 93 more than a year before; entries rose, no clear change
 * in exits". Without a year before, or before the year before last is observed, only what is known. */
const char *headline_stock(struct arena *arena, const struct history *history, const struct counts *counts,
                           struct err *err);
/* "Foster care 57% and children's homes 12% of placements on 31 Mar 2022; homes were 9% on 31 Mar 2018".
 */
const char *headline_mix(struct arena *arena, const struct history *history, const struct counts *counts,
                         struct err *err);
/* "39% are aged 10 to 15; 16 and 17 are 25%, 21% on 31 Mar 2018". */
const char *headline_ages(struct arena *arena, const struct history *history, const struct counts *counts,
                          struct err *err);
/* "Care order, interim or full: 78% on 31 Mar 2022; ..", the two largest. */
const char *headline_legal(struct arena *arena, const struct history *history, const struct counts *counts,
                           struct err *err);
/* "Half of the children who come into care have left after 14 months; 31% have gone home within a year". */
const char *headline_durations(struct arena *arena, const struct survival *curve, struct err *err);
/* "Abuse or neglect is the reason for 58% of entries in 2021-22". */
const char *headline_reasons(struct arena *arena, const struct history *history, const struct counts *counts,
                             struct err *err);
/* "Returned home: 21% of the 370 who left in 2021-22". */
const char *headline_routes(struct arena *arena, const struct history *history, const struct counts *counts,
                            struct err *err);
/* "81 in 10,000 children were looked after in Leeds in 2022; the median of its neighbours is 75". neighbours
 * NaN: left out. */
const char *headline_rate(struct arena *arena, const char *la, int32_t year, double rate, double neighbours,
                          struct err *err);
/* "Leeds: inside the range expected of authorities of its size", or above or below the 95% or 99.8% limits,
 * by the own score. */
const char *headline_funnel(struct arena *arena, const char *la, double z, struct err *err);

#endif
