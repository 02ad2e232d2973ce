/* SPDX-License-Identifier: GPL-3.0-or-later
 * The entries of the last year against a negative binomial with the mean of the years before: its variance is
 * that of the count, of the mean itself, and of the change that English authorities' rates make in as many
 * years. */
#include "study/traps.h"

#include <math.h>

#include "numeric/negative_binomial.h"

enum { MONTHS_A_YEAR = 12, PANEL_YEARS = 8, LEAST_YEARS = 3 };
/* Net variance of the log change of an authority's own starts over 1 .. 8 years, and that of all England in a
 * year; variance over mean of a year's starts. English panel 2010-22. */
static const double own_change[PANEL_YEARS] = {.0283, .0458, .0548, .0612, .0684, .0725, .0771, .0816};
static const double england_change = .0435 * .0435;
static const double dispersion = 1.6;
static const double least_chance = .0005;
static const double fallen_share = .75;
static const double unknown_share = .3;

static day year_end(day origin, int32_t years_ago)
{
    return date_month_end(origin, -MONTHS_A_YEAR * years_ago);
}

static int64_t count_in_care(const struct history *history, day date)
{
    int64_t n = 0;
    for (size_t i = 0; i < history->n_spells; i++)
        n += history->spells[i].start <= date && date < history->spells[i].end;
    return n;
}

static int64_t count_entries(const struct history *history, day after, day to)
{
    int64_t n = 0;
    for (size_t i = 0; i < history->n_spells; i++)
        n += history->spells[i].start > after && history->spells[i].start <= to;
    return n;
}

/* P(at most `entries`) after `years` years with a mean of `before`. */
static double chance_of(int64_t entries, double before, int32_t years)
{
    if (!(before > 0) || years < 1)
        return 1;
    const double change = own_change[(years < PANEL_YEARS ? years : PANEL_YEARS) - 1] + england_change;
    const double variance =
        dispersion * before * (1 + 1.0 / years) + before * before * expm1(change); /* above the mean */
    return negative_binomial_cdf(before, before * before / (variance - before), entries);
}

struct traps traps_find(const struct history *history, day origin)
{
    struct traps traps = {.chance = 1};
    const day before = history->start - 1; /* the last day before anything is observed */
    while (year_end(origin, traps.years + 1) >= before)
        traps.years++;
    traps.in_care = count_in_care(history, origin);
    for (int32_t year = 0; year <= traps.years; year++) {
        const int64_t n = count_in_care(history, year_end(origin, year));
        traps.in_care_most = n > traps.in_care_most ? n : traps.in_care_most;
    }
    if (traps.years > 0)
        traps.entries = count_entries(history, year_end(origin, 1), origin);
    if (traps.years > 1) {
        const int32_t n = traps.years - 1;
        traps.entries_before =
            (double)count_entries(history, year_end(origin, traps.years), year_end(origin, 1)) / n;
        traps.chance = chance_of(traps.entries, traps.entries_before, n);
    }
    for (size_t i = 0; i < history->n_spells; i++)
        traps.start_unknown += history->spells[i].start <= origin && origin < history->spells[i].end &&
                               !history->spells[i].start_known;
    traps.is_closed_cohort =
        traps.chance < least_chance && (double)traps.in_care <= fallen_share * (double)traps.in_care_most;
    traps.is_short = traps.years < LEAST_YEARS;
    traps.starts_are_unknown = (double)traps.start_unknown > unknown_share * (double)traps.in_care;
    return traps;
}
