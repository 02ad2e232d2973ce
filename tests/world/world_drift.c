/* SPDX-License-Identifier: GPL-3.0-or-later
 * A log multiplier is the sum of an own part (quarterly steps, heavy tails, mean reversion), a national part
 * of the same form, noise of each year shaped within the year, a trend and an event. */
#include "tests/world/world_drift.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* National series, England 2011-22: sd of the yearly log change .044 for starts and .047 for exit rates, of
 * which the pace of exits must move more than the rate does (world_character.c says why). */
static const struct world_wander national_entries = {.keep_a_year = 0.9, .sd = 0.145};
static const struct world_wander national_exits = {.keep_a_year = 0.9, .sd = 0.22};
static const double national_correlation = 0.8;

/* Adds a pair of wandering paths to two series of log multipliers. Steps share their tail: an upheaval moves
 * both. */
static void add_wander(double first[], double second[], int32_t n_months, const struct world_wander *one,
                       const struct world_wander *two, double correlation, struct dice *dice)
{
    const double keep_one = pow(one->keep_a_year, 0.25);
    const double keep_two = pow(two->keep_a_year, 0.25);
    const double step_one = one->sd * sqrt(1 - keep_one * keep_one);
    const double step_two = two->sd * sqrt(1 - keep_two * keep_two);
    double u = one->sd * draw_normal(dice);
    double v = two->sd * draw_normal(dice);
    for (int32_t month = 0; month < n_months; month++) {
        if (month % 3 == 0) {
            const double tail = draw_tail(dice);
            const double shared = draw_normal(dice);
            const double own = correlation * shared + sqrt(1 - correlation * correlation) * draw_normal(dice);
            u = keep_one * u + step_one * tail * shared;
            v = keep_two * v + step_two * tail * own;
        }
        first[month] += u;
        second[month] += v;
    }
}

/* Noise of each financial year, nothing at its ends and most in its middle: 1 - cos has mean 1 over a year.
 */
static void add_year_noise(double series[], int32_t n_months, double sd, struct dice *dice)
{
    double noise = 0;
    for (int32_t month = 0; month < n_months; month++) {
        if (month % 12 == 0)
            noise = sd * draw_normal(dice);
        series[month] += noise * (1 - cos(2 * pi * (month % 12 + 0.5) / 12));
    }
}

static void add_trend(struct world_drift *drift, struct dice *dice)
{
    const double size = draw_between(dice, 0.03, 0.06);
    drift->trend_a_year = draw_chance(dice, 0.5) ? size : -size;
    /* It has run for two years when the window opens, so that no model sees it begin. */
    for (int32_t month = 0; month < drift->n_months; month++)
        drift->entry[month] += drift->trend_a_year * fmax(month - drift->window, -24) / 12;
}

/* Steps up by 25 to 45 %, or down by as much, at any time in the window; half of the steps end again. */
static void draw_jump(struct world_drift *drift, int32_t n_window, int32_t *from, int32_t *to,
                      struct dice *dice)
{
    const double size = draw_between(dice, 0.25, 0.45);
    *from = drift->window + (int32_t)(draw_uniform(dice) * n_window);
    const int32_t length = 6 + (int32_t)(draw_uniform(dice) * 19);
    *to = draw_chance(dice, 0.5) ? drift->n_months : *from + length;
    drift->event.factor = draw_chance(dice, 0.5) ? 1 + size : 1 - size;
}

static void draw_surge(struct world_drift *drift, int32_t n_window, int32_t *from, int32_t *to,
                       struct dice *dice)
{
    *from = drift->window + (int32_t)(draw_uniform(dice) * n_window);
    *to = *from + 12 + (int32_t)(draw_uniform(dice) * 13);
    drift->event.factor = exp(draw_between(dice, log(3), log(10)));
}

static void add_event(struct world_drift *drift, enum world_regime regime, int32_t n_window,
                      struct dice *dice)
{
    double *series = regime == WORLD_JUMP_EXITS     ? drift->exit
                     : regime == WORLD_JUMP_ENTRIES ? drift->entry
                     : regime == WORLD_SURGE_UASC   ? drift->uasc
                                                    : NULL;
    if (series == NULL)
        return;
    int32_t from = 0, to = 0;
    if (regime == WORLD_SURGE_UASC)
        draw_surge(drift, n_window, &from, &to, dice);
    else
        draw_jump(drift, n_window, &from, &to, dice);
    drift->has_event = true;
    drift->event.process = regime == WORLD_JUMP_EXITS     ? WORLD_EXITS
                           : regime == WORLD_JUMP_ENTRIES ? WORLD_ENTRIES
                                                          : WORLD_UASC_ENTRIES;
    drift->event.from = drift->month_start[from];
    drift->event.to = to >= drift->n_months ? DAY_OPEN : drift->month_start[to];
    for (int32_t month = from; month < to && month < drift->n_months; month++)
        series[month] += log(drift->event.factor);
}

static void set_months(struct world_drift *drift, day start, int32_t n_years)
{
    drift->window = 12 * WORLD_BURN_IN_YEARS;
    drift->n_months = drift->window + 12 * (n_years + WORLD_TAIL_YEARS);
    for (int32_t month = 0; month <= drift->n_months; month++)
        drift->month_start[month] = date_month_start(start, month - drift->window);
}

/* From logs to multipliers, and the clock. */
static void set_clock(struct world_drift *drift)
{
    drift->clock[0] = 0;
    for (int32_t month = 0; month < drift->n_months; month++) {
        drift->national_entry[month] = exp(drift->national_entry[month]);
        drift->national_exit[month] = exp(drift->national_exit[month]);
        drift->entry[month] = exp(drift->entry[month]) * drift->national_entry[month];
        drift->exit[month] = exp(drift->exit[month]) * drift->national_exit[month];
        drift->uasc[month] = exp(drift->uasc[month]);
        const day length = drift->month_start[month + 1] - drift->month_start[month];
        drift->clock[month + 1] = drift->clock[month] + length * drift->exit[month];
    }
}

void world_drift_draw(struct world_drift *drift, const struct world_character *character, uint64_t seed,
                      uint64_t national, day start, int32_t n_years)
{
    memset(drift, 0, sizeof *drift);
    set_months(drift, start, n_years);
    const int32_t n = drift->n_months;
    struct dice own = draw_dice(seed, DRAW_OWN_DRIFT, 0);
    add_wander(drift->entry, drift->exit, n, &character->entries, &character->exits, character->correlation,
               &own);
    struct dice shared = draw_dice(national, DRAW_NATIONAL, 0);
    add_wander(drift->national_entry, drift->national_exit, n, &national_entries, &national_exits,
               national_correlation, &shared);
    double unused[WORLD_DRIFT_MONTHS] = {0};
    struct dice uasc = draw_dice(seed, DRAW_OWN_DRIFT, 1);
    add_wander(drift->uasc, unused, n, &character->uasc, &character->uasc, 0, &uasc);
    struct dice noise = draw_dice(seed, DRAW_YEAR_NOISE, 0);
    add_year_noise(drift->entry, n, character->entries.noise, &noise);
    noise = draw_dice(seed, DRAW_YEAR_NOISE, 1);
    add_year_noise(drift->exit, n, character->exits.noise, &noise);
    struct dice event = draw_dice(seed, DRAW_EVENT, 0);
    if (character->regime == WORLD_TREND)
        add_trend(drift, &event);
    add_event(drift, character->regime, 12 * n_years, &event);
    set_clock(drift);
}

/* The last month of 0..n_months - 1 that starts, by the series given, at or before x. */
static int32_t month_of_day(const struct world_drift *drift, day date)
{
    int32_t low = 0, high = drift->n_months;
    while (high - low > 1) {
        const int32_t middle = (low + high) / 2;
        if (drift->month_start[middle] <= date)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int32_t month_of_clock(const struct world_drift *drift, double clock)
{
    int32_t low = 0, high = drift->n_months;
    while (high - low > 1) {
        const int32_t middle = (low + high) / 2;
        if (drift->clock[middle] <= clock)
            low = middle;
        else
            high = middle;
    }
    return low;
}

day world_drift_after(const struct world_drift *drift, day from, double wait)
{
    enum { LONGEST = 36525 }; /* nobody is in care for a century */
    const double days = fmin(fmax(wait, 0.5), LONGEST);
    if (drift == NULL || from < drift->month_start[0])
        return from + (day)ceil(days);
    const int32_t last = drift->n_months;
    if (from >= drift->month_start[last])
        return from + (day)ceil(days);
    const int32_t month = month_of_day(drift, from);
    const double due = drift->clock[month] + (from - drift->month_start[month]) * drift->exit[month] + days;
    double at = 0;
    if (due >= drift->clock[last]) {
        at = drift->month_start[last] + (due - drift->clock[last]);
    } else {
        const int32_t k = month_of_clock(drift, due);
        at = drift->month_start[k] + (due - drift->clock[k]) / drift->exit[k];
    }
    const day date = (day)ceil(at);
    return date > from ? date : from + 1;
}
