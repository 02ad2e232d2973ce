/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/stability.h: how settled placements are, as DfE defines it.
 *
 * Ownership: tables are the caller's, released by table_free. */
#ifndef TURNCURVE_STUDY_STABILITY_H
#define TURNCURVE_STUDY_STABILITY_H

#include "base/table.h"
#include "data/history.h"

/* Of the children looked after at the end of 31 March of a year. Placements are counted after temporary ones
 * are folded in; a change of status, or of type with the same carer, begins none.
 *
 *   three or more in the year   the placement running on 1 April and those begun after it to 31 March, over
 * all periods of care of the year (formerly NI 62) three or more in two years  the same over two years, of
 * those looked after for two years or more long-term                   of those under 16 looked after
 * continuously for 2.5 years or more (since 30 September of the third year before): in the same placement
 * since 31 March of the second year before, or placed for adoption where this and the placement before
 *                               together reach back to it (formerly NI 63) */
struct stability {
    int32_t year;
    int64_t stock, three_or_more;
    int64_t two_years, two_years_three_or_more;
    int64_t long_term, long_term_stable;
    int64_t start_unknown;   /* under 16, start of care not known and seen for less than 2.5 years: not in
                                long_term, though some may belong there */
    bool two_years_observed; /* both years lie in the returns, so starts of placements are not cut off */
};
/* Cost: O(segments). */
struct stability stability_of(const struct history *history, int32_t year);
/* The same at the end of any month, looking back over the twelve, 24 and 30 months that end with it; date is
 * the month's last day, year its financial year. Of the children in a locality that day; -1: of all. */
struct stability stability_on(const struct history *history, day date, int32_t locality);

/* Every year of the returns: la, year, date, measure, children, of, share, low, high, note. Shares are 0..100
 * with one decimal, limits Wilson's. Two-year and long-term rows of years without the history behind them
 * carry a note. */
bool stability_table(const struct history *history, struct table *out, struct err *err);

#endif
