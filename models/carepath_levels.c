/* SPDX-License-Identifier: GPL-3.0-or-later
 * Month by month the levels move and the month's counts are learned. The spread of the yearly innovations is
 * the English one, shrunk towards what the authority's own years show. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath.h"

enum { MONTHS_A_YEAR = 12, APRIL = 4 };
static const double year_months = 12;
/* A measured yearly change of a rate that wanders by the month is calmer than the rate: sqrt(.668981481)
 * (Working 1960, Econometrica 28:916). */
static const double working_factor = 0.8179;
/* Net sd of the yearly log change of an authority's own starts, and exit rates; English panel 2010-22. */
static const double england_entry_change = 0.1675;
static const double england_exit_change = 0.1143;
static const double least_share = 0.25; /* of the English variance: an own calm is never trusted below */
static const double prior_entry_mean_sd = 0.1, prior_exit_mean_sd = 0.1;
/* Innovations by size of authority: English panel 2010-22, thirds of stock. */
static const double small_stock = 317, large_stock = 506;
static const double small_factor = 1.1, large_entry_factor = 0.93, large_exit_factor = 0.81;
static const double starts_dispersion = 1.6; /* of a month's counts, as the filter sees them */

/* ---- months ------------------------------------------------------------------------------------------ */

void carepath_months_free(struct carepath_months *months)
{
    free(months->entries); /* one block holds them all */
    *months = (struct carepath_months){0};
}

struct counting {
    const struct carepath_fit *fit;
    struct carepath_months *months;
    int32_t first; /* index of month 0 */
};

static void add_exits(void *context, const struct lexis_piece *piece)
{
    const struct counting *counting = context;
    const struct carepath_rates *rates = &counting->fit->rates;
    double rate = 0;
    for (int r = 0; r < ROUTE_COUNT; r++)
        rate += carepath_rate(rates, r, piece->kind, piece->group, carepath_tic(piece), piece->tip);
    /* events of a trial fall on the day after its night */
    for (day at = piece->from + 1; at <= piece->to;) {
        const day end = date_month_end(at, 0) < piece->to ? date_month_end(at, 0) : piece->to;
        const int32_t m = date_month_index(at) - counting->first;
        if (m >= 0 && m < counting->months->n)
            counting->months->expected_exits[m] += rate * (end - at + 1);
        at = end + 1;
    }
    const int32_t m = date_month_index(piece->to) - counting->first;
    if (piece->event == LEXIS_EXIT && m >= 0 && m < counting->months->n)
        counting->months->exits[m] += 1;
}

static void add_entries(const struct counting *counting, const struct model_input *input)
{
    const struct carepath_fit *fit = counting->fit;
    const struct history *history = fit->history;
    struct carepath_months *months = counting->months;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct child *child = &history->children[spell->child];
        if (spell->start <= fit->from || spell->start > fit->origin || child->first_spell < (int32_t)i)
            continue;
        const int32_t m = date_month_index(spell->start) - counting->first;
        if (lexis_is_uasc(child, spell->start))
            months->uasc[m] += 1;
        else
            months->entries[m] += 1;
    }
    for (int32_t m = 0; m < months->n; m++) {
        const day start = date_month_start(fit->from + 1, m);
        const double days = date_month_start(start, 1) - start;
        const double season = fit->entries.season[date_to_civil(start).month - 1];
        const double unseen = carepath_returns_unseen(&fit->returns, fit->returns.leavers_a_day,
                                                      start + 15 - fit->history->start);
        months->entries[m] = fmax(0, months->entries[m] - unseen * days);
        months->expected_entries[m] =
            fit->entries.a_day * days * season * carepath_exposure_all(&fit->entries, input, start + 14);
        months->expected_uasc[m] = fit->entries.uasc_a_day * days;
    }
}

bool carepath_months_count(const struct carepath_fit *fit, const struct model_input *input,
                           struct carepath_months *out, struct err *err)
{
    struct carepath_months months = {.n = date_month_index(fit->origin) - date_month_index(fit->from)};
    const size_t n = (size_t)months.n;
    double *block = vec_new(6 * n, sizeof *block, err);
    if (block == NULL)
        return false;
    months.entries = block;
    months.uasc = block + n;
    months.exits = block + 2 * n;
    months.expected_entries = block + 3 * n;
    months.expected_uasc = block + 4 * n;
    months.expected_exits = block + 5 * n;
    struct counting counting = {fit, &months, date_month_index(fit->from + 1)};
    lexis_walk(fit->history, fit->from, fit->origin, add_exits, &counting);
    add_entries(&counting, input);
    *out = months;
    return true;
}

/* ---- spread ------------------------------------------------------------------------------------------ */

/* The variance of the yearly innovations over the English one: that of the log changes of whole years counted
 * back from the origin, less their Poisson noise, as scaled inverse chi-square with `worth` English years. */
static double own_spread(const double seen[], const double expected[], int32_t n, double dispersion,
                         double england_change, double worth)
{
    const double england = england_change * england_change;
    double net = 0;
    double changes = 0;
    double before = 0;
    double before_seen = 0;
    for (int32_t year = n / MONTHS_A_YEAR; year > 0; year--) {
        double events = 0;
        double mean = 0;
        for (int32_t m = n - year * MONTHS_A_YEAR; m < n - (year - 1) * MONTHS_A_YEAR; m++) {
            events += seen[m];
            mean += expected[m];
        }
        const double level = log((events + 0.5) / (mean + 0.5));
        if (year < n / MONTHS_A_YEAR) {
            const double noise = dispersion * (1 / (events + 0.5) + 1 / (before_seen + 0.5));
            net += (level - before) * (level - before) - noise;
            changes += 1;
        }
        before = level;
        before_seen = events;
    }
    if (!(worth + changes > 0))
        return 1;
    return fmax(least_share, (worth * england + net) / (worth + changes) / england);
}

/* ---- the model of levels ------------------------------------------------------------------------------ */

struct wandering {
    double phi, innovation; /* a month */
};

/* From yearly correlation and innovation to the month's with the same stationary spread. */
static struct wandering by_month(double phi, double innovation)
{
    const double spread = innovation / working_factor / sqrt(1 - phi * phi);
    const double month_phi = pow(phi, 1 / year_months);
    return (struct wandering){month_phi, spread * sqrt(1 - month_phi * month_phi)};
}

static double stationary(struct wandering w)
{
    return w.innovation * w.innovation / (1 - w.phi * w.phi);
}

static void put_pair(double noise[STATE_SPACE_MOST][STATE_SPACE_MOST], int i, int j, double sd_i, double sd_j,
                     double correlation)
{
    noise[i][i] = sd_i * sd_i;
    noise[j][j] = sd_j * sd_j;
    noise[i][j] = noise[j][i] = correlation * sd_i * sd_j;
}

static void build_steps(struct carepath_levels *levels, const struct params *params, struct wandering entry,
                        struct wandering exit_rate, struct wandering uasc)
{
    const double scale = params_get(params, "drift");
    const double national =
        scale * params_get(params, "national_drift_sd") / working_factor / sqrt(year_months);
    const double damping = params_get(params, "trend_damping");
    const double slope = scale * params_get(params, "trend_sd") / year_months * sqrt(1 - damping * damping);
    struct carepath_step *month = &levels->month;
    for (int i = 0; i < LEVEL_COUNT; i++)
        month->transition[i][i] = 1;
    month->transition[LEVEL_ENTRY_MEAN][LEVEL_ENTRY_SLOPE] = 1;
    month->transition[LEVEL_ENTRY_SLOPE][LEVEL_ENTRY_SLOPE] = damping;
    month->transition[LEVEL_ENTRY_DEVIATION][LEVEL_ENTRY_DEVIATION] = entry.phi;
    month->transition[LEVEL_EXIT_DEVIATION][LEVEL_EXIT_DEVIATION] = exit_rate.phi;
    month->transition[LEVEL_UASC][LEVEL_UASC] = uasc.phi;
    put_pair(month->noise, LEVEL_ENTRY_MEAN, LEVEL_EXIT_MEAN, national, national,
             params_get(params, "national_correlation"));
    put_pair(month->noise, LEVEL_ENTRY_DEVIATION, LEVEL_EXIT_DEVIATION, entry.innovation,
             exit_rate.innovation, params_get(params, "drift_correlation"));
    month->noise[LEVEL_ENTRY_SLOPE][LEVEL_ENTRY_SLOPE] = slope * slope;
    month->noise[LEVEL_UASC][LEVEL_UASC] = uasc.innovation * uasc.innovation;
    levels->new_year = *month;
    levels->new_year.transition[LEVEL_ENTRY_YEAR][LEVEL_ENTRY_YEAR] = 0;
    levels->new_year.transition[LEVEL_EXIT_YEAR][LEVEL_EXIT_YEAR] = 0;
    levels->new_year.noise[LEVEL_ENTRY_YEAR][LEVEL_ENTRY_YEAR] =
        pow(scale * params_get(params, "entry_year_noise"), 2);
    levels->new_year.noise[LEVEL_EXIT_YEAR][LEVEL_EXIT_YEAR] =
        pow(scale * params_get(params, "exit_year_noise"), 2);
}

/* The stationary variance of a level that comes back. */
static double at_rest(const struct carepath_levels *levels, enum carepath_level level)
{
    const double phi = levels->month.transition[level][level];
    return levels->month.noise[level][level] / (1 - phi * phi);
}

/* Before the first month. */
static void start(struct carepath_levels *levels)
{
    struct state_space *now = &levels->now;
    *now = (struct state_space){.n = LEVEL_COUNT};
    now->covariance[LEVEL_ENTRY_MEAN][LEVEL_ENTRY_MEAN] = prior_entry_mean_sd * prior_entry_mean_sd;
    now->covariance[LEVEL_EXIT_MEAN][LEVEL_EXIT_MEAN] = prior_exit_mean_sd * prior_exit_mean_sd;
    now->covariance[LEVEL_ENTRY_DEVIATION][LEVEL_ENTRY_DEVIATION] = at_rest(levels, LEVEL_ENTRY_DEVIATION);
    now->covariance[LEVEL_EXIT_DEVIATION][LEVEL_EXIT_DEVIATION] = at_rest(levels, LEVEL_EXIT_DEVIATION);
    now->covariance[LEVEL_ENTRY_SLOPE][LEVEL_ENTRY_SLOPE] = at_rest(levels, LEVEL_ENTRY_SLOPE);
    now->covariance[LEVEL_UASC][LEVEL_UASC] = at_rest(levels, LEVEL_UASC);
    now->covariance[LEVEL_ENTRY_YEAR][LEVEL_ENTRY_YEAR] =
        levels->new_year.noise[LEVEL_ENTRY_YEAR][LEVEL_ENTRY_YEAR];
    now->covariance[LEVEL_EXIT_YEAR][LEVEL_EXIT_YEAR] =
        levels->new_year.noise[LEVEL_EXIT_YEAR][LEVEL_EXIT_YEAR];
}

/* The states that make up a flow's level. */
static const double loadings[CAREPATH_FLOWS][STATE_SPACE_MOST] = {
    [CAREPATH_ENTRIES] = {[LEVEL_ENTRY_MEAN] = 1, [LEVEL_ENTRY_DEVIATION] = 1, [LEVEL_ENTRY_YEAR] = 1},
    [CAREPATH_EXITS] = {[LEVEL_EXIT_MEAN] = 1, [LEVEL_EXIT_DEVIATION] = 1, [LEVEL_EXIT_YEAR] = 1},
    [CAREPATH_UASC] = {[LEVEL_UASC] = 1},
};

static void tell(const struct state_space *now, double means[CAREPATH_FLOWS],
                 double variances[CAREPATH_FLOWS])
{
    for (int flow = 0; flow < CAREPATH_FLOWS; flow++) {
        means[flow] = 0;
        variances[flow] = 0;
        for (int i = 0; i < LEVEL_COUNT; i++) {
            means[flow] += loadings[flow][i] * now->mean[i];
            for (int j = 0; j < LEVEL_COUNT; j++)
                variances[flow] += loadings[flow][i] * loadings[flow][j] * now->covariance[i][j];
        }
    }
}

/* path: what is known of each month before and after its counts; NULL: not wanted. */
static void learn(struct carepath_levels *levels, const struct carepath_months *months, day from,
                  struct carepath_level_month path[])
{
    for (int32_t m = 0; m < months->n; m++) {
        const bool april = date_to_civil(date_month_start(from + 1, m)).month == APRIL;
        const struct carepath_step *step = april ? &levels->new_year : &levels->month;
        if (m > 0)
            state_space_predict(&levels->now, step->transition, step->noise);
        if (path != NULL)
            tell(&levels->now, path[m].ahead, path[m].ahead_variance);
        if (months->expected_entries[m] > 0)
            state_space_count(&levels->now, loadings[CAREPATH_ENTRIES], months->entries[m],
                              months->expected_entries[m], levels->entry_dispersion);
        if (months->expected_exits[m] > 0)
            state_space_count(&levels->now, loadings[CAREPATH_EXITS], months->exits[m],
                              months->expected_exits[m], levels->exit_dispersion);
        if (months->expected_uasc[m] > 0)
            state_space_count(&levels->now, loadings[CAREPATH_UASC], months->uasc[m],
                              months->expected_uasc[m], levels->uasc_dispersion);
        if (path != NULL)
            tell(&levels->now, path[m].level, path[m].variance);
    }
}

void carepath_levels_path(const struct carepath_fit *fit, const struct carepath_months *months,
                          struct carepath_level_month path[])
{
    struct carepath_levels levels = fit->levels;
    start(&levels);
    learn(&levels, months, fit->from, path);
}

void carepath_levels_fit(struct carepath_fit *fit, const struct carepath_months *months,
                         const struct params *params)
{
    struct carepath_levels *levels = &fit->levels;
    const double scale = params_get(params, "drift");
    const double worth = params_get(params, "drift_years");
    const double stock = (double)fit->n_present;
    const double entry_size = stock < small_stock   ? small_factor
                              : stock > large_stock ? large_entry_factor
                                                    : 1;
    const double exit_size = stock < small_stock ? small_factor : stock > large_stock ? large_exit_factor : 1;
    levels->entry_dispersion = 1 + (starts_dispersion - 1) * params_get(params, "siblings");
    levels->exit_dispersion = params_get(params, "exit_dispersion");
    levels->uasc_dispersion = params_get(params, "uasc_dispersion");
    levels->entry_spread = sqrt(own_spread(months->entries, months->expected_entries, months->n,
                                           levels->entry_dispersion, england_entry_change, worth));
    levels->exit_spread = sqrt(own_spread(months->exits, months->expected_exits, months->n,
                                          levels->exit_dispersion, england_exit_change, worth));
    const struct wandering entry =
        by_month(params_get(params, "entry_drift_phi"),
                 scale * params_get(params, "entry_drift_sd") * entry_size * levels->entry_spread);
    const struct wandering exit_rate =
        by_month(params_get(params, "exit_drift_phi"),
                 scale * params_get(params, "exit_drift_sd") * exit_size * levels->exit_spread);
    const double uasc_phi = params_get(params, "uasc_drift_phi");
    const struct wandering uasc = {uasc_phi, scale * params_get(params, "uasc_drift_sd") *
                                                 sqrt(1 - uasc_phi * uasc_phi)};
    for (int32_t m = months->n < MONTHS_A_YEAR ? 0 : months->n - MONTHS_A_YEAR; m < months->n; m++)
        levels->exits_a_month += months->expected_exits[m] / fmin(MONTHS_A_YEAR, months->n);
    /* their rate is an average of years; its logarithm wanders around that of the median year */
    fit->entries.uasc_a_day *= exp(-stationary(uasc) / 2);
    for (int32_t m = 0; m < months->n; m++)
        months->expected_uasc[m] *= exp(-stationary(uasc) / 2);
    build_steps(levels, params, entry, exit_rate, uasc);
    start(levels);
    learn(levels, months, fit->from, NULL);
}
