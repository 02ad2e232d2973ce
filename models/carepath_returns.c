/* SPDX-License-Identifier: GPL-3.0-or-later
 * Those who leave are at risk of coming back until they are 18. Only those who were seen to leave count:
 * children who left before the history begins, and came back, look new. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath.h"

const int32_t carepath_return_edges[CAREPATH_RETURN_BANDS] = {0, 91, 183, 365, 730, 1095, 1825};

static const double year_days = 365.25;
/* Returns a child-year by band. Planning assumption, of the size of the national follow-up in which about 30
 * % of those who went home in 2006-07 were looked after again within five years (DfE 2013, Improving
 * permanence for looked-after children): .25/4 + .15/4 + .10/2 + .06 + .035 + .02 x 2 = .29. */
static const double england_returns[CAREPATH_RETURN_BANDS] = {.25, .15, .10, .06, .035, .02, .01};
static const double prior_events = 0.5; /* that each of them is worth */
static const double factor_events = 5;  /* that an even factor of a kind is worth */
static const double unseen_years = 6;   /* as long as most histories */

bool carepath_may_return(enum route route)
{
    switch (route) {
    case ROUTE_HOME:
    case ROUTE_SGO:
    case ROUTE_TRANSFER:
    case ROUTE_CUSTODY:
    case ROUTE_OTHER:
        return true;
    case ROUTE_ADOPTION: /* a new child in law */
    case ROUTE_AGED_OUT:
    case ROUTE_DIED:
    case ROUTE_COUNT:
        break;
    }
    return false;
}

static day band_end(int band, day left)
{
    return band + 1 < CAREPATH_RETURN_BANDS ? left + carepath_return_edges[band + 1] : DAY_OPEN;
}

/* The days (left, stop] on which a child could have come back; it did on `stop` when `came`. */
static void add_leaver(struct carepath_returns *returns, const struct child *child, day left, day from,
                       day stop, bool came)
{
    day at = left > from ? left : from;
    while (at < stop) {
        const int kind = lexis_kind_of(date_age_on(child->born, at), lexis_is_uasc(child, at));
        const int band = lexis_band(carepath_return_edges, CAREPATH_RETURN_BANDS, at - left);
        day cut = band_end(band, left);
        const day birthday = date_birthday(child->born, lexis_kind_end(kind));
        cut = birthday < cut ? birthday : cut;
        cut = cut < stop && cut > at ? cut : stop;
        returns->kind_exposure[kind][band] += cut - at;
        returns->kind_events[kind][band] += came && cut == stop;
        at = cut;
    }
}

static void fit_hazards(struct carepath_returns *returns)
{
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
        for (int k = 0; k < LEXIS_KINDS; k++) {
            returns->events[b] += returns->kind_events[k][b];
            returns->exposure[b] += returns->kind_exposure[k][b];
        }
        const double prior = england_returns[b] / year_days;
        const double worth = prior_events / prior; /* child-days */
        returns->hazard[b] = (returns->events[b] + prior_events) / (returns->exposure[b] + worth);
        returns->borrowed[b] = worth / (returns->exposure[b] + worth);
    }
    for (int k = 0; k < LEXIS_KINDS; k++) {
        double events = 0;
        double expected = 0;
        for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
            events += returns->kind_events[k][b];
            expected += returns->kind_exposure[k][b] * returns->hazard[b];
        }
        returns->kind_factor[k] = (events + factor_events) / (expected + factor_events);
    }
}

bool carepath_returns_fit(struct carepath_fit *fit, struct err *err)
{
    const struct history *history = fit->history;
    struct carepath_returns *returns = &fit->returns;
    returns->leavers = vec_new(history->n_spells, sizeof *returns->leavers, err);
    if (returns->leavers == NULL)
        return false;
    double left = 0;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct child *child = &history->children[spell->child];
        if (spell->end > fit->origin || spell->lost || !carepath_may_return((enum route)spell->route))
            continue;
        const bool is_last = (int32_t)i + 1 == child->first_spell + child->n_spells;
        const day next = is_last ? DAY_OPEN : history->spells[i + 1].start;
        const day adult = date_birthday(child->born, LEXIS_ADULT);
        const bool came = next <= fit->origin && next < adult;
        day stop = came ? next : fit->origin;
        stop = stop < adult ? stop : adult - 1;
        add_leaver(returns, child, spell->end, fit->from, stop, came);
        left += spell->end > fit->from;
        if (!came && fit->origin < adult - 1)
            returns->leavers[returns->n_leavers++] = (struct carepath_leaver){
                .key = child->key,
                .left = spell->end,
                .born = child->born,
                .uasc = lexis_is_uasc(child, fit->origin),
                .need = history->segments[spell->first_segment].need,
                .locality = history->segments[spell->first_segment].locality,
            };
    }
    returns->leavers_a_day = left / (fit->origin - fit->from);
    fit_hazards(returns);
    return true;
}

/* The share that has not come back so many days after leaving. */
static double still_away(const struct carepath_returns *returns, double days)
{
    double sum = 0;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
        const double from = carepath_return_edges[b];
        const double to = b + 1 < CAREPATH_RETURN_BANDS ? carepath_return_edges[b + 1] : HUGE_VAL;
        if (days > from)
            sum += returns->hazard[b] * (fmin(days, to) - from);
    }
    return exp(-sum);
}

double carepath_returns_unseen(const struct carepath_returns *returns, double leavers_a_day, int32_t days)
{
    const double longest = unseen_years * year_days;
    return days < longest ? leavers_a_day * (still_away(returns, days) - still_away(returns, longest)) : 0;
}
