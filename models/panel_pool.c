/* SPDX-License-Identifier: GPL-3.0-or-later
 * All authorities together. Every number of a year uses that year and earlier ones only, so that the years of
 * the pool are also the origins of the rolling forecasts by which the spread is scaled. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/panel.h"

/* England 1994 to 2010, Department for Education (england stocks of 31 March, rounded to 10): mean square of
 * g(t) - .8 g(t-1), g the yearly log change of the stock, 15 values from 1996 to 2010. */
static const double prior_shock_variance = 0.000314;
static const double prior_shocks = 15;
/* English panel 2010-22, 145 authorities: moments of the own growth, as below, over all years (.0030, .30).
 * The same to 2013 alone are .0033 and .38. */
static const double prior_drift_variance = 0.003;
static const double prior_persistence = 0.3;
static const double typical_chance = 0.0021; /* 2 x turnover / 400 children */
static const double most_persistence = 0.9;
static const double least_drift = 0.25; /* of the prior variance */
/* An authority's own earlier forecasts are worth nothing much below so many. */
static const double few_authorities = 30;
static const double central_share = 0.8;            /* of outcomes; the range that is scaled */
static const double central_limit = 1.281551565545; /* standard normal quantile at .9 */
static const double least_scale = 0.5;
static const double most_scale = 3;
enum { FIRST_ORIGIN = 2 }; /* changes that a rolling forecast needs before it */

struct work {
    const struct panel *panel;
    const struct panel_settings *settings;
    struct panel_pool *pool;
    struct panel_change *changes; /* [authority][pool year] */
};

static const struct panel_change *changes_of(const struct work *work, size_t authority)
{
    return work->changes + authority * (size_t)work->pool->n_years;
}

void panel_pool_free(struct panel_pool *pool)
{
    free(pool->years);
    *pool = (struct panel_pool){0};
}

/* ---- national growth ---- */

/* The log change of the sum of stocks of all authorities whose change is known, and the variance with which
 * it shows the growth that they share. False when there is none. */
static bool observe_national(const struct work *work, int32_t i, double *growth, double *variance)
{
    double before = 0;
    double after = 0;
    double squares = 0;
    for (size_t a = 0; a < work->panel->n; a++) {
        const struct yearly *yearly = &work->panel->authorities[a];
        if (!isfinite(changes_of(work, a)[i].log_change))
            continue;
        const double *now = &yearly->stock[work->pool->first_year + i - yearly->first_year];
        const double then = now[-1];
        before += then;
        after += now[0];
        squares += then * then * (prior_drift_variance + 2 * panel_turnover / then);
    }
    if (!(before > 0))
        return false;
    *growth = log(after / before);
    *variance = squares / (before * before);
    return true;
}

static void find_national(const struct work *work)
{
    struct filter national = filter_make(work->settings->damping, sqrt(prior_shock_variance), 0, 0);
    double squares = 0;
    double n = 0;
    for (int32_t i = 0; i < work->pool->n_years; i++) {
        double growth = 0;
        double variance = 0;
        if (i > 0)
            filter_predict(&national);
        if (observe_national(work, i, &growth, &variance)) {
            const double error = growth - national.u;
            squares += error * error / (national.vuu + variance);
            n += 1;
            filter_observe(&national, growth, variance);
        }
        struct panel_year *year = &work->pool->years[i];
        year->growth = national.u;
        year->growth_variance = national.vuu;
        year->shock_variance = prior_shock_variance * (prior_shocks + squares) / (prior_shocks + n);
    }
}

/* ---- own growth ---- */

/* Sums over all changes so far: E (own^2 - chance) is the drift's variance, E own(t) own(t-1) is persistence
 * times that, because chance of two years has nothing to do with each other. */
struct moments {
    double squares, square_weights;
    double products, product_weights;
};

static void add_change(const struct work *work, size_t authority, int32_t i, struct moments *moments)
{
    const struct panel_change *at = &changes_of(work, authority)[i];
    if (!isfinite(at->log_change))
        return;
    const double own = at->log_change - work->pool->years[i].growth;
    const double weight = 1 / (prior_drift_variance + at->chance);
    moments->squares += weight * weight * (own * own - at->chance);
    moments->square_weights += weight * weight;
    if (i == 0 || !isfinite(at[-1].log_change))
        return;
    const double before = at[-1].log_change - work->pool->years[i - 1].growth;
    const double weights = weight / (prior_drift_variance + at[-1].chance);
    moments->products += weights * own * before;
    moments->product_weights += weights;
}

static void find_own(const struct work *work)
{
    const double typical = 1 / (prior_drift_variance + typical_chance);
    const double prior = fmax(work->settings->prior_changes, 1e-9) * typical * typical;
    struct moments sum = {0};
    for (int32_t i = 0; i < work->pool->n_years; i++) {
        for (size_t a = 0; a < work->panel->n; a++)
            add_change(work, a, i, &sum);
        const double variance = (sum.squares + prior * prior_drift_variance) / (sum.square_weights + prior);
        const double product =
            (sum.products + prior * prior_persistence * prior_drift_variance) / (sum.product_weights + prior);
        struct panel_year *year = &work->pool->years[i];
        year->drift_variance = fmax(least_drift * prior_drift_variance, variance);
        year->persistence = fmin(most_persistence, fmax(0, product / year->drift_variance));
    }
}

/* ---- scale ---- */

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* How far the outcome was from the forecast, in half-widths of the central range; NaN when not known. */
static double miss_of(const struct work *work, size_t authority, int32_t origin, int32_t years)
{
    const struct panel_change *changes = changes_of(work, authority);
    const struct panel_year *rates = &work->pool->years[origin];
    struct panel_ahead ahead[PANEL_SCALED_YEARS];
    double change = 0;
    for (int32_t k = 1; k <= years; k++)
        change += changes[origin + k].log_change;
    const struct yearly *yearly = &work->panel->authorities[authority];
    const int32_t at = work->pool->first_year + origin - yearly->first_year;
    if (!isfinite(change) || at < 0 || !(yearly->stock[at] > 0))
        return NAN;
    const double flows = yearly->starts[at] + yearly->leavers[at];
    const double stock = yearly->stock[at];
    const double chance = flows > 0 ? flows / (stock * stock) : 2 * panel_turnover / stock;
    const struct filter own = panel_own_growth(work->pool, origin, changes, origin);
    panel_look_ahead(rates, work->settings->damping, &own, NULL, 0, chance, years, ahead);
    const struct panel_ahead *last = &ahead[years - 1];
    return fabs(change - last->log_change) /
           (central_limit * sqrt(last->own_variance + last->national_variance + last->chance));
}

/* Split conformal scale (Lei and others 2018, JASA 113:1094): the ceil((n+1) .8)-th smallest miss. It leans
 * to 1 as if that were prior_origins origins: forecasts of one origin share a national shock, and those of
 * neighbouring origins share years. */
static double scale_of(const struct work *work, int32_t years, double misses[])
{
    size_t n = 0;
    double origins = 0;
    for (int32_t origin = FIRST_ORIGIN; origin + years < work->pool->n_years; origin++) {
        const size_t before = n;
        for (size_t a = 0; a < work->panel->n; a++) {
            const double miss = miss_of(work, a, origin, years);
            if (isfinite(miss))
                misses[n++] = miss;
        }
        const double scored = (double)(n - before);
        origins += scored / (scored + few_authorities) / years;
    }
    const double rank = ceil(((double)n + 1) * central_share);
    if (n == 0 || rank > (double)n)
        return 1;
    qsort(misses, n, sizeof *misses, compare_doubles);
    const double scale = fmin(most_scale, fmax(least_scale, misses[(size_t)rank - 1]));
    return exp(log(scale) * origins / (origins + work->settings->prior_origins));
}

static bool find_scale(const struct work *work, struct err *err)
{
    double *misses = vec_new(work->panel->n * (size_t)work->pool->n_years, sizeof *misses, err);
    if (misses == NULL)
        return false;
    for (int32_t k = 0; k < PANEL_SCALED_YEARS; k++)
        work->pool->scale[k] = scale_of(work, k + 1, misses);
    free(misses);
    return true;
}

bool panel_pool_make(const struct panel *panel, int32_t first_year, int32_t last_year,
                     const struct panel_settings *settings, struct panel_pool *out, struct err *err)
{
    bug_if(first_year > last_year);
    int32_t first = first_year;
    for (size_t i = 0; i < panel->n; i++)
        if (panel->authorities[i].first_year < first)
            first = panel->authorities[i].first_year;
    struct panel_pool pool = {.first_year = first, .n_years = last_year - first + 1};
    struct work work = {.panel = panel, .settings = settings, .pool = &pool};
    const size_t n_years = (size_t)pool.n_years;
    pool.years = vec_new(n_years, sizeof *pool.years, err);
    work.changes = vec_new(panel->n * n_years, sizeof *work.changes, err);
    bool ok = pool.years != NULL && work.changes != NULL;
    if (ok) {
        for (size_t i = 0; i < panel->n; i++)
            panel_changes(&panel->authorities[i], first, pool.n_years, work.changes + i * n_years);
        find_national(&work);
        find_own(&work);
        ok = find_scale(&work, err);
    }
    free(work.changes);
    if (ok)
        *out = pool;
    else
        panel_pool_free(&pool);
    return ok;
}
