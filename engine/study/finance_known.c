/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nights are counted by group and provider day by day through differences, so that a price is looked up once
 * a day and pair, not once a child. */
#include "study/finance_known.h"

#include <stdlib.h>

#include "base/vec.h"
#include "numeric/survival.h"

enum { PROVIDERS = 7, UNKNOWN = 6, SURVIVAL_YEARS = 3, ADULT = 18, NIGHTS_A_WEEK = 7 };

static const char provider_names[PROVIDERS][4] = {"PR0", "PR1", "PR2", "PR3", "PR4", "PR5", ""};

static int provider_of(const struct segment *segment)
{
    return segment->provider < UNKNOWN ? segment->provider : UNKNOWN;
}

static pence weekly_on(const struct price_book *prices, int group, int provider, day date)
{
    return price_book_weekly(prices, (enum placement_group)group, provider_names[provider], date);
}

pence finance_full_year(int64_t weekly, int32_t nights_of_year, pence in_year)
{
    return money_round_sevenths(money_sevenths(nights_of_year, weekly)) - in_year;
}

static bool count_nights(const struct history *history, const struct price_book *prices, day first, day last,
                         struct finance_known *known, struct err *err)
{
    const size_t days = (size_t)last - (size_t)first + 1;
    int32_t *change = vec_new((size_t)PLACEMENT_COUNT * PROVIDERS * (days + 1), sizeof *change, err);
    if (change == NULL)
        return false;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        const day from = segment->start > first ? segment->start : first;
        const day to = segment->end <= last ? segment->end : last + 1;
        if (to <= from)
            continue;
        int32_t *row =
            change + (segment->group * (size_t)PROVIDERS + (size_t)provider_of(segment)) * (days + 1);
        row[from - first]++;
        row[to - first]--;
    }
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        for (int p = 0; p < PROVIDERS; p++) {
            const int32_t *row = change + ((size_t)g * PROVIDERS + (size_t)p) * (days + 1);
            int64_t now = 0;
            for (size_t d = 0; d < days; d++) {
                now += row[d];
                if (now == 0)
                    continue;
                const day date = first + (day)d;
                const int32_t month = date_month_index(date) - date_month_index(first);
                known->nights[g][month] += now;
                known->sevenths[g][month] += money_sevenths(now, weekly_on(prices, g, p, date));
            }
        }
    free(change);
    return true;
}

/* ---- children in placement now ------------------------------------------------------------------------ */

/* The day on which the stay in a placement began that segment i belongs to. */
static day stay_start(const struct history *history, size_t i)
{
    while (!history->segments[i].is_new_stay && i > 0 &&
           history->segments[i - 1].spell == history->segments[i].spell)
        i--;
    return history->segments[i].start;
}

/* Stays in a group that were seen in the last years: late entry at the window's start, censored at its end.
 */
static bool estimate_stays(const struct history *history, int group, day origin, struct survival *out,
                           struct err *err)
{
    const day from = origin - SURVIVAL_YEARS * 365;
    struct survival_stay *stays = vec_new(history->n_segments, sizeof *stays, err);
    size_t n = 0;
    if (stays == NULL)
        return false;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        const bool goes_on =
            i + 1 < history->n_segments && segment[1].spell == segment->spell && !segment[1].is_new_stay;
        if (segment->group != group || goes_on || segment->end <= from)
            continue;
        const day start = stay_start(history, i);
        const bool open = segment->end > origin;
        stays[n++] = (struct survival_stay){.entry = start < from ? from - start : 0,
                                            .exit = (open ? origin : segment->end) - start,
                                            .cause = open ? 0 : 1};
    }
    const bool ok = survival_estimate(stays, n, 1, SURVIVAL_LEAST_AT_RISK, out, err);
    free(stays);
    return ok;
}

/* Nights that a child who has been there so many days at the origin is expected to stay from first to last.
 */
static double expected_nights(const struct survival *curve, int32_t been, day adult, day origin, day first,
                              day last)
{
    double nights = 0;
    const double now = survival_at(curve, been);
    for (day date = first; date <= last && date < adult; date++)
        nights += now > 0 ? survival_at(curve, been + (date - origin)) / now : 0;
    return nights;
}

static bool commit_group(const struct history *history, const struct price_book *prices, int group,
                         day origin, day from, int32_t year, struct finance_known *known, struct err *err)
{
    struct survival curve = {0};
    const day last = date_year_end(year);
    if (!estimate_stays(history, group, origin, &curve, err))
        return false;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        if (segment->group != group || segment->start > origin || segment->end <= origin)
            continue;
        const int provider = provider_of(segment);
        const pence weekly = weekly_on(prices, group, provider, origin);
        known->children[group]++;
        known->weekly[group] += weekly;
        known->next_weekly[group] += weekly_on(prices, group, provider, last + 1);
        const struct child *child = &history->children[segment->child];
        const double nights = expected_nights(&curve, origin - stay_start(history, i),
                                              date_birthday(child->born, ADULT), origin, from, last);
        known->committed_nights[group] += nights;
        known->committed[group] += nights * (double)weekly / NIGHTS_A_WEEK;
    }
    survival_free(&curve);
    return true;
}

bool finance_known_make(const struct history *history, const struct price_book *prices, int32_t year,
                        day origin, day closed, struct finance_known *out, struct err *err)
{
    struct finance_known known = {0};
    const day first = date_year_end(year - 1) + 1, last = date_year_end(year);
    const day until = origin < last ? origin : last;
    if (until >= first) {
        known.n_months = finance_month(year, until) + 1;
        if (!count_nights(history, prices, first, until, &known, err))
            return false;
    }
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (!commit_group(history, prices, g, origin, (closed > origin ? closed : origin) + 1, year, &known,
                          err))
            return false;
    *out = known;
    return true;
}
