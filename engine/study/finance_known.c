/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nights are counted by whom they are paid to, day by day through differences, so that a price is looked up
 * once a day and payee, not once a child. */
#include "study/finance_known.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/vec.h"
#include "data/codes.h"
#include "numeric/survival.h"

enum { SURVIVAL_YEARS = 3, ADULT = 18, NIGHTS_A_WEEK = 7 };

/* Whom a night is paid to: a kind of provider, or the home where the book has a price for it. */
struct payee {
    uint8_t group, provider;
    char urn[URN_TEXT];
    int32_t *change; /* [days + 1]: children more than on the day before */
};
struct payees {
    struct payee *list;
    size_t n, capacity;
};

static void free_payees(struct payees *payees)
{
    for (size_t i = 0; i < payees->n; i++)
        free(payees->list[i].change);
    free(payees->list);
}

static pence weekly_on(const struct price_book *prices, uint8_t group, uint8_t provider, const char *urn,
                       day date)
{
    return price_book_weekly_home(prices, (enum placement_group)group, code_provider_name(provider), urn,
                                  date);
}

/* The row of a segment's payee, made when it is the first; NULL for want of memory. */
static int32_t *change_of(struct payees *payees, const struct price_book *prices,
                          const struct segment *segment, size_t days, struct err *err)
{
    const char *urn =
        price_book_names(prices, (enum placement_group)segment->group, segment->urn) ? segment->urn : "";
    for (size_t i = 0; i < payees->n; i++)
        if (payees->list[i].group == segment->group && payees->list[i].provider == segment->provider &&
            str_equal_text(str_of(payees->list[i].urn), urn))
            return payees->list[i].change;
    if (!vec_reserve((void **)&payees->list, &payees->capacity, payees->n + 1, sizeof *payees->list, err))
        return NULL;
    struct payee *made = &payees->list[payees->n];
    *made = (struct payee){.group = segment->group,
                           .provider = segment->provider,
                           .change = vec_new(days + 1, sizeof *made->change, err)};
    payees->n += made->change != NULL;
    (void)str_copy(str_of(urn), made->urn, URN_TEXT);
    return made->change;
}

pence finance_full_year(int64_t weekly, int32_t nights_of_year, pence in_year)
{
    return money_round_sevenths(money_sevenths(nights_of_year, weekly)) - in_year;
}

static bool count_nights(const struct history *history, const struct price_book *prices, day first, day last,
                         struct finance_known *known, struct err *err)
{
    const size_t days = (size_t)last - (size_t)first + 1;
    struct payees payees = {0};
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        const day from = segment->start > first ? segment->start : first;
        const day to = segment->end <= last ? segment->end : last + 1;
        if (to <= from)
            continue;
        int32_t *row = change_of(&payees, prices, segment, days, err);
        if (row == NULL) {
            free_payees(&payees);
            return false;
        }
        row[from - first]++;
        row[to - first]--;
    }
    for (size_t i = 0; i < payees.n; i++) {
        const struct payee *payee = &payees.list[i];
        int64_t now = 0;
        for (size_t d = 0; d < days; d++) {
            now += payee->change[d];
            if (now == 0)
                continue;
            const day date = first + (day)d;
            const int32_t month = date_month_index(date) - date_month_index(first);
            const pence weekly = weekly_on(prices, payee->group, payee->provider, payee->urn, date);
            known->nights[payee->group][month] += now;
            known->sevenths[payee->group][month] += money_sevenths(now, weekly);
        }
    }
    free_payees(&payees);
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
        const pence weekly = weekly_on(prices, segment->group, segment->provider, segment->urn, origin);
        known->children[group]++;
        known->weekly[group] += weekly;
        known->next_weekly[group] +=
            weekly_on(prices, segment->group, segment->provider, segment->urn, last + 1);
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
