/* SPDX-License-Identifier: GPL-3.0-or-later
 * Only homes that a price or a lever names are told apart; all others are their kind. */
#include "sim/payees.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/vec.h"
#include "data/codes.h"

enum { YEAR_DAYS = 365 };

static bool same(const char *a, const char *b)
{
    return a != NULL && str_equal_ignore_case(str_of(a), str_of(b));
}

static bool is_named(const struct price_book *prices, const struct scenario *scenario,
                     enum placement_group group, const char *urn)
{
    for (size_t i = 0; i < scenario->n_prices; i++)
        if (same(scenario->prices[i].provider, urn))
            return true;
    for (size_t i = 0; i < scenario->n_levers; i++)
        if (same(scenario->levers[i].where.provider, urn))
            return true;
    return price_book_names(prices, group, urn);
}

static bool count(struct payees *payees, uint8_t group, uint8_t provider, const char *urn, day nights,
                  struct err *err)
{
    size_t i = 0;
    while (i < payees->n && !(payees->list[i].group == group && payees->list[i].provider == provider &&
                              same(payees->list[i].urn, urn)))
        i++;
    if (i == payees->n) {
        if (!vec_reserve((void **)&payees->list, &payees->capacity, payees->n + 1, sizeof *payees->list, err))
            return false;
        payees->list[payees->n] = (struct payee){.group = group, .provider = provider};
        (void)str_copy(str_of(urn), payees->list[payees->n++].urn, URN_TEXT);
    }
    payees->list[i].share += nights;
    return true;
}

static bool count_nights(const struct model_input *input, const struct price_book *prices,
                         const struct scenario *scenario, struct payees *payees, struct err *err)
{
    const day last = input->origin + 1;
    const day first = last - YEAR_DAYS;
    double nights[PLACEMENT_COUNT] = {0};
    for (size_t i = 0; i < input->history->n_segments; i++) {
        const struct segment *segment = &input->history->segments[i];
        const day from = segment->start > first ? segment->start : first;
        const day to = segment->end < last ? segment->end : last;
        if (to <= from)
            continue;
        const bool named = segment->urn[0] != '\0' &&
                           is_named(prices, scenario, (enum placement_group)segment->group, segment->urn);
        nights[segment->group] += to - from;
        if ((named || segment->provider < PROVIDER_COUNT) &&
            !count(payees, segment->group, segment->provider, named ? segment->urn : "", to - from, err))
            return false;
    }
    for (size_t i = 0; i < payees->n; i++)
        payees->list[i].share /= nights[payees->list[i].group];
    return true;
}

bool payees_make(const struct model_input *input, const struct price_book *prices,
                 const struct scenario *scenario, struct payees *out, struct err *err)
{
    struct payees payees = {0};
    if (input->history != NULL && !count_nights(input, prices, scenario, &payees, err)) {
        payees_free(&payees);
        return false;
    }
    *out = payees;
    return true;
}

void payees_free(struct payees *payees)
{
    free(payees->list);
    *payees = (struct payees){0};
}

static bool is_any(const char *provider)
{
    return provider == NULL || provider[0] == '\0';
}

/* payee NULL: nobody in particular, whom only prices for any provider concern. */
static bool concerns(const char *provider, const struct payee *payee)
{
    return is_any(provider) || (payee != NULL && (same(code_provider_name(payee->provider), provider) ||
                                                  (payee->urn[0] != '\0' && same(payee->urn, provider))));
}

bool payees_know(const struct payees *payees, const char *provider)
{
    if (is_any(provider) || code_provider_find(str_of(provider)) < PROVIDER_COUNT)
        return true;
    for (size_t i = 0; i < payees->n; i++)
        if (concerns(provider, &payees->list[i]))
            return true;
    return false;
}

static double book_price(const struct price_book *prices, enum placement_group group,
                         const struct payee *payee, day date)
{
    return payee == NULL ? (double)price_book_weekly(prices, group, "", date)
                         : (double)price_book_weekly_home(prices, group, code_provider_name(payee->provider),
                                                          payee->urn, date);
}

/* The date of the first lines after `done`, those of the scenario for the group that have begun. */
static day next_change(const struct scenario *scenario, enum placement_group group, day done, day date)
{
    day next = DAY_OPEN;
    for (size_t i = 0; i < scenario->n_prices; i++) {
        const struct scenario_price *line = &scenario->prices[i];
        if (line->group == group && line->from > done && line->from <= date && line->from < next)
            next = line->from;
    }
    return next;
}

/* What one payee takes; equal days in the order of the file. */
static double payee_price(const struct price_book *prices, const struct scenario *scenario,
                          enum placement_group group, const struct payee *payee, day date)
{
    const double book = book_price(prices, group, payee, date);
    double price = book;
    for (day at = next_change(scenario, group, DAY_NONE, date); at != DAY_OPEN;
         at = next_change(scenario, group, at, date))
        for (size_t i = 0; i < scenario->n_prices; i++) {
            const struct scenario_price *line = &scenario->prices[i];
            if (line->group != group || line->from != at || !concerns(line->provider, payee))
                continue;
            price = line->weekly > 0
                        ? (double)line->weekly * book / book_price(prices, group, payee, line->from)
                        : price * (1 + line->uplift_pct / 100);
        }
    return price;
}

double payees_weekly(const struct payees *payees, const struct price_book *prices,
                     const struct scenario *scenario, enum placement_group group, day date)
{
    const double any = payee_price(prices, scenario, group, NULL, date);
    double price = any;
    for (size_t i = 0; i < payees->n; i++)
        if (payees->list[i].group == group)
            price +=
                payees->list[i].share * (payee_price(prices, scenario, group, &payees->list[i], date) - any);
    return price;
}

double payees_cost_share(const struct payees *payees, const struct price_book *prices,
                         const struct scenario *scenario, enum placement_group group, const char *provider,
                         day date)
{
    const double whole = payees_weekly(payees, prices, scenario, group, date);
    double share = 0;
    if (is_any(provider))
        return 1;
    for (size_t i = 0; whole > 0 && i < payees->n; i++)
        if (payees->list[i].group == group && concerns(provider, &payees->list[i]))
            share += payees->list[i].share *
                     (payee_price(prices, scenario, group, &payees->list[i], date) / whole);
    return share;
}
