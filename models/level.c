/* SPDX-License-Identifier: GPL-3.0-or-later
 * Observations come from the returns (stock at every month end) or from published totals (31 March). */
#include "models/level.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "data/counts.h"
#include "numeric/dist.h"
#include "numeric/stream.h"

enum { YEAR_MONTHS = 12, PANEL_YEARS = 3 };
static const double year_days = 365.25;
/* sd of the log change of stock over 1, 2 and 3 years: English panel 2010-22, origins 2013 on. */
static const double panel_sd[PANEL_YEARS + 1] = {0, 0.0768, 0.1135, 0.1376};
static const double least_factor = 0.5; /* an authority's own calm is never trusted below half the spread */

double level_panel_variance(double months)
{
    const double years = months / YEAR_MONTHS;
    int year = (int)years;
    year = year < PANEL_YEARS - 1 ? year : PANEL_YEARS - 1; /* beyond: on with the last slope */
    const double low = panel_sd[year] * panel_sd[year];
    const double high = panel_sd[year + 1] * panel_sd[year + 1];
    return low + (years - year) * (high - low);
}

void level_free(struct level *level)
{
    free(level->observed);
    free(level->centre);
    free(level->variance);
    *level = (struct level){0};
}

/* ---- from returns ----------------------------------------------------------------------------------------
 */

static void read_parts(const struct counts *counts, struct level *level)
{
    const int32_t last = counts->n_months - 1;
    const int32_t first = last - YEAR_MONTHS + 1;
    for (int32_t g = 0; g < PLACEMENT_COUNT; g++) {
        const struct group group = {GROUP_PLACEMENT, g};
        level->placement[g] = (double)counts_at(counts, MEASURE_STOCK, group, last);
        for (int32_t m = first; m <= last; m++) {
            level->entry_placement[g] += (double)counts_at(counts, MEASURE_ENTRIES, group, m);
            level->exit_placement[g] += (double)counts_at(counts, MEASURE_EXITS, group, m);
        }
    }
    for (int32_t a = 0; a < AGE_COUNT; a++) {
        const struct group group = {GROUP_AGE, a};
        level->age[a] = (double)counts_at(counts, MEASURE_STOCK, group, last);
        for (int32_t m = first; m <= last; m++) {
            level->entry_age[a] += (double)counts_at(counts, MEASURE_ENTRIES, group, m);
            level->exit_age[a] += (double)counts_at(counts, MEASURE_EXITS, group, m);
        }
    }
    for (int32_t r = 0; r < ROUTE_COUNT; r++)
        for (int32_t m = first; m <= last; m++)
            level->exit_route[r] +=
                (double)counts_at(counts, MEASURE_EXITS, (struct group){GROUP_ROUTE, r}, m);
}

static bool read_history(const struct history *history, struct level *level, struct err *err)
{
    if (history->n_spells == 0)
        return err_set(err, ERR_DATA, "the history is empty; import returns first");
    if (level->origin - history->start < (day)year_days - 1)
        return err_set(
            err, ERR_DATA,
            "less than a year of history lies before the forecast; import more returns or choose a "
            "later --from");
    struct counts counts = {0};
    if (!counts_make(history, history->start, level->origin, &counts, err))
        return false;
    const struct group all = {GROUP_ALL, 0};
    level->n_observed = counts.n_months;
    level->step_months = 1;
    level->has_parts = true;
    level->observed = vec_new((size_t)counts.n_months, sizeof *level->observed, err);
    if (level->observed == NULL) {
        counts_free(&counts);
        return false;
    }
    for (int32_t m = 0; m < counts.n_months; m++)
        level->observed[m] = (double)counts_at(&counts, MEASURE_STOCK, all, m);
    for (int32_t m = counts.n_months - YEAR_MONTHS; m < counts.n_months; m++) {
        level->entries_a_day += (double)counts_at(&counts, MEASURE_ENTRIES, all, m) / year_days;
        level->exits_a_day += (double)counts_at(&counts, MEASURE_EXITS, all, m) / year_days;
    }
    read_parts(&counts, level);
    counts_free(&counts);
    return true;
}

/* ---- from published totals -------------------------------------------------------------------------------
 */

static bool read_yearly(const struct yearly *yearly, struct level *level, struct err *err)
{
    int32_t last = -1;
    for (int32_t i = 0; i < yearly->n_years; i++)
        if (isfinite(yearly->stock[i]) && date_year_end(yearly->first_year + i) <= level->origin)
            last = i;
    if (last < 0)
        return err_set(
            err, ERR_DATA,
            "no published stock is known at the forecast's start; import an earlier panel or choose "
            "a later --from");
    int32_t first = last;
    while (first > 0 && isfinite(yearly->stock[first - 1]) &&
           yearly_is_chained(yearly, yearly->first_year + first))
        first--;
    level->n_observed = last - first + 1;
    level->step_months = YEAR_MONTHS;
    level->gap = date_month_index(level->origin) - date_month_index(date_year_end(yearly->first_year + last));
    level->observed = vec_new((size_t)level->n_observed, sizeof *level->observed, err);
    if (level->observed == NULL)
        return false;
    for (int32_t i = first; i <= last; i++)
        level->observed[i - first] = yearly->stock[i];
    for (int32_t i = first; i <= last; i++) {
        if (isfinite(yearly->starts[i]))
            level->entries_a_day = yearly->starts[i] / year_days;
        if (isfinite(yearly->leavers[i]))
            level->exits_a_day = yearly->leavers[i] / year_days;
    }
    return true;
}

/* ---- spread ----------------------------------------------------------------------------------------------
 */

/* The own mean squared yearly log change beside the panel's, as a factor on the sd. */
static double own_factor(const struct level *level, double prior_changes)
{
    bug_if(level->step_months <= 0);
    const int32_t lag = YEAR_MONTHS / level->step_months;
    const double prior = panel_sd[1] * panel_sd[1];
    double squares = 0;
    double n = 0;
    for (int32_t i = level->n_observed - 1; i - lag >= 0; i -= lag) {
        if (!(level->observed[i] > 0) || !(level->observed[i - lag] > 0))
            continue;
        const double change = log(level->observed[i] / level->observed[i - lag]);
        squares += change * change;
        n += 1;
    }
    const double variance =
        n + prior_changes > 0 ? (squares + prior_changes * prior) / (n + prior_changes) : prior;
    return fmax(least_factor, sqrt(variance / prior));
}

static bool fill_paths(struct level *level, double spread, struct err *err)
{
    level->centre = vec_new((size_t)level->months, sizeof *level->centre, err);
    level->variance = vec_new((size_t)level->months, sizeof *level->variance, err);
    if (level->centre == NULL || level->variance == NULL)
        return false;
    const double last = fmax(0.5, level->observed[level->n_observed - 1]);
    /* chance alone: a month's arrivals and leavers are Poisson, and the level forgets them at the exit rate;
     * a variance relative to the square of the mean becomes one of logs as for the lognormal */
    const double turnover = (level->entries_a_day + level->exits_a_day) * year_days / YEAR_MONTHS;
    for (int32_t m = 0; m < level->months; m++) {
        const double months = m + 1 + level->gap;
        const double kept = level->exits_a_day * year_days / YEAR_MONTHS / last;
        const double chance = turnover * (kept > 0 ? (1 - exp(-2 * kept * months)) / (2 * kept) : months);
        const double panel = level_panel_variance(months) * level->spread_factor * level->spread_factor;
        level->centre[m] = level->observed[level->n_observed - 1];
        level->variance[m] = spread * spread * fmax(panel, log1p(chance / (last * last)));
    }
    return true;
}

bool level_make(const struct model_input *input, const struct params *params, struct level *out,
                struct err *err)
{
    struct level level = {.seed = input->seed, .origin = input->origin, .months = input->months};
    level.mix_sd = params_get(params, "mix_sd");
    const bool ok = input->history != NULL ? read_history(input->history, &level, err)
                                           : read_yearly(input->yearly, &level, err);
    if (ok) {
        level.spread_factor = own_factor(&level, params_get(params, "prior_changes"));
        level.last_stock = (int32_t)lround(level.observed[level.n_observed - 1]);
    }
    if (!ok || !fill_paths(&level, params_get(params, "spread"), err)) {
        level_free(&level);
        return false;
    }
    *out = level;
    return true;
}

/* ---- replicates
 * -------------------------------------------------------------------------------------------- */

/* The order of the tables is the order of the series. */
/* clang-format off */
#define PLACEMENT_GROUP(member, name, words) {SERIES_MEASURE, {GROUP_PLACEMENT, PLACEMENT_##member}},
#define AGE_BAND(member, name, first, last, words) {SERIES_MEASURE, {GROUP_AGE, AGE_##member}},
#define ROUTE(member, name, words) {SERIES_MEASURE, {GROUP_ROUTE, ROUTE_##member}},
static const struct result_series full_series[] = {
#define SERIES_MEASURE MEASURE_STOCK
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_ENTRIES
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_EXITS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#include "data/codes/route.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_NIGHTS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
};
/* clang-format on */
#undef PLACEMENT_GROUP
#undef AGE_BAND
#undef ROUTE
static const struct result_series total_series[] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},
    {MEASURE_EXITS, {GROUP_ALL, 0}},
};

void level_series(const struct level *level, const struct result_series **series, size_t *n_series)
{
    *series = level->has_parts ? full_series : total_series;
    *n_series = level->has_parts ? sizeof full_series / sizeof full_series[0]
                                 : sizeof total_series / sizeof total_series[0];
}

/* Writes a total and then its parts down the rows of the tally. */
struct writer {
    struct tally *tally;
    int32_t month;
    size_t series;
};

static void write_one(struct writer *writer, int32_t value)
{
    writer->tally->values[writer->series++ * (size_t)writer->tally->months + (size_t)writer->month] = value;
}

/* Parts of a total in proportion to weights; all in the last part when there is nothing to go by. */
static void split_total(int32_t total, const double weights[], int n, int64_t parts[])
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += weights[i];
    if (sum > 0) {
        money_share(total, weights, (size_t)n, parts);
        return;
    }
    for (int i = 0; i < n; i++)
        parts[i] = i == n - 1 ? total : 0;
}

static void write_parts(struct writer *writer, int32_t total, const double weights[], int n)
{
    int64_t parts[PLACEMENT_COUNT + ROUTE_COUNT];
    split_total(total, weights, n, parts);
    for (int i = 0; i < n; i++)
        write_one(writer, (int32_t)parts[i]);
}

struct mix {
    double placement[PLACEMENT_COUNT], age[AGE_COUNT]; /* this replicate's normals */
};

/* Shares at the origin, wandering. A part that was empty stays empty. */
static void wander(const double last[], const double z[], int n, double sd, double weights[])
{
    for (int i = 0; i < n; i++)
        weights[i] = last[i] * exp(sd * z[i]);
}

struct path_month {
    int32_t stock, entries, exits, days;
};

static void write_full(struct writer *writer, const struct level *level, const struct mix *mix,
                       const struct path_month *at, int64_t placement[PLACEMENT_COUNT],
                       int64_t age[AGE_COUNT])
{
    double weights[PLACEMENT_COUNT];
    double ages[AGE_COUNT];
    const double sd = level->mix_sd * sqrt((writer->month + 1) / (double)YEAR_MONTHS);
    int64_t placed[PLACEMENT_COUNT];
    int64_t aged[AGE_COUNT];
    wander(level->placement, mix->placement, PLACEMENT_COUNT, sd, weights);
    wander(level->age, mix->age, AGE_COUNT, sd, ages);
    split_total(at->stock, weights, PLACEMENT_COUNT, placed);
    split_total(at->stock, ages, AGE_COUNT, aged);
    write_one(writer, at->stock);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        write_one(writer, (int32_t)placed[g]);
    for (int a = 0; a < AGE_COUNT; a++)
        write_one(writer, (int32_t)aged[a]);
    write_one(writer, at->entries);
    write_parts(writer, at->entries, level->entry_placement, PLACEMENT_COUNT);
    write_parts(writer, at->entries, level->entry_age, AGE_COUNT);
    write_one(writer, at->exits);
    write_parts(writer, at->exits, level->exit_placement, PLACEMENT_COUNT);
    write_parts(writer, at->exits, level->exit_age, AGE_COUNT);
    write_parts(writer, at->exits, level->exit_route, ROUTE_COUNT);
    int64_t nights[PLACEMENT_COUNT];
    double stays[AGE_COUNT];
    int32_t total = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        nights[g] = (at->days * (placed[g] + placement[g]) + 1) / 2;
        total += (int32_t)nights[g];
        placement[g] = placed[g];
    }
    write_one(writer, total);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        write_one(writer, (int32_t)nights[g]);
    for (int a = 0; a < AGE_COUNT; a++) {
        stays[a] = (double)(aged[a] + age[a]);
        age[a] = aged[a];
    }
    write_parts(writer, total, stays, AGE_COUNT);
}

void level_quantiles(const struct level *level, int32_t month, const double levels[], size_t n, double out[])
{
    for (size_t i = 0; i < n; i++)
        out[i] = level->centre[month] * exp(sqrt(level->variance[month]) * dist_normal_quantile(levels[i]));
}

bool level_simulate(const struct level *level, int32_t replicate, struct tally *tally, struct err *err)
{
    (void)err;
    const uint32_t number = (uint32_t)replicate;
    struct stream path = stream_make(level->seed, PURPOSE_STOCK, number, 0, 0);
    struct stream parts = stream_make(level->seed, PURPOSE_DESTINATION, number, 0, 0);
    struct stream flows = stream_make(level->seed, PURPOSE_ENTRIES, number, 0, 0);
    struct mix mix;
    int64_t placement[PLACEMENT_COUNT];
    int64_t age[AGE_COUNT];
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        mix.placement[g] = stream_normal(&parts);
        placement[g] = (int64_t)level->placement[g];
    }
    for (int a = 0; a < AGE_COUNT; a++) {
        mix.age[a] = stream_normal(&parts);
        age[a] = (int64_t)level->age[a];
    }
    double wandered = 0;
    double variance = 0;
    int32_t before = level->last_stock;
    for (int32_t m = 0; m < level->months; m++) {
        const day first = date_month_start(level->origin, m + 1);
        const int32_t days = date_month_start(first, 1) - first;
        wandered += sqrt(fmax(0, level->variance[m] - variance)) * stream_normal(&path);
        variance = level->variance[m];
        const int32_t stock = (int32_t)lround(level->centre[m] * exp(wandered));
        int32_t entries = dist_poisson_quantile(level->entries_a_day * days, stream_uniform(&flows));
        int32_t exits = before + entries - stock;
        if (exits < 0) {
            entries -= exits;
            exits = 0;
        }
        struct writer writer = {.tally = tally, .month = m};
        if (level->has_parts) {
            const struct path_month at = {.stock = stock, .entries = entries, .exits = exits, .days = days};
            write_full(&writer, level, &mix, &at, placement, age);
        } else {
            write_one(&writer, stock);
            write_one(&writer, entries);
            write_one(&writer, exits);
        }
        before = stock;
    }
    return true;
}
