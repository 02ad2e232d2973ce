/* SPDX-License-Identifier: GPL-3.0-or-later
 * A damped trend through the stock at quarter ends, or at 31 March from published totals. The spread is the
 * larger of what one-step errors imply and what English authorities have seen. */
#include "models/holt.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/level.h"
#include "models/models.h"

enum { QUARTER_MONTHS = 3 };
static const double least_share = 0.05; /* of the last value: a trend never ends below */

struct holt holt_smooth(const double y[], int32_t n, double level_weight, double trend_weight, double damping,
                        int32_t first)
{
    struct holt holt = {.level_weight = level_weight, .trend_weight = trend_weight, .damping = damping};
    holt.level = y[n > first ? first : n - 1];
    holt.trend = n > 1 ? y[1] - y[0] : 0;
    double squares = 0;
    int32_t errors = 0;
    for (int32_t t = first + 1; t < n; t++) {
        const double expected = holt.level + damping * holt.trend;
        const double level = level_weight * y[t] + (1 - level_weight) * expected;
        holt.trend = trend_weight * (level - holt.level) + (1 - trend_weight) * damping * holt.trend;
        holt.level = level;
        squares += (y[t] - expected) * (y[t] - expected);
        errors++;
    }
    holt.error_variance = errors > 0 && n > 2 ? squares / errors : 0;
    return holt;
}

static double forecast_whole(const struct holt *holt, int32_t steps)
{
    double kept = 0;
    double factor = 1;
    for (int32_t h = 0; h < steps; h++) {
        factor *= holt->damping;
        kept += factor;
    }
    return holt->level + holt->trend * kept;
}

static double variance_whole(const struct holt *holt, int32_t steps)
{
    double sum = steps > 0 ? 1 : 0;
    double kept = 0;
    double factor = 1;
    for (int32_t j = 1; j < steps; j++) {
        factor *= holt->damping;
        kept += factor;
        const double weight = holt->level_weight * (1 + holt->trend_weight * kept);
        sum += weight * weight;
    }
    return holt->error_variance * sum;
}

static double between(const struct holt *holt, double steps, double (*at)(const struct holt *, int32_t))
{
    const int32_t whole = (int32_t)steps;
    const double low = at(holt, whole);
    return low + (steps - whole) * (at(holt, whole + 1) - low);
}

double holt_forecast(const struct holt *holt, double steps)
{
    return between(holt, steps, forecast_whole);
}

double holt_variance(const struct holt *holt, double steps)
{
    return between(holt, steps, variance_whole);
}

/* ---- the model
 * --------------------------------------------------------------------------------------------- */

static const struct param_spec holt_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/holt.def"
#include "models/last_value.def"
#undef MODEL_PARAM
};

/* The weight of the newest value with the smallest one-step error, in tenths; ties to the larger. */
static struct holt choose(const double y[], int32_t n, double level_weight, double trend_weight,
                          double damping)
{
    if (level_weight > 0)
        return holt_smooth(y, n, level_weight, trend_weight, damping, 0);
    struct holt best = holt_smooth(y, n, 1, trend_weight, damping, 0);
    for (int tenths = 9; tenths >= 3; tenths--) {
        const struct holt next = holt_smooth(y, n, tenths / 10.0, trend_weight, damping, 0);
        if (next.error_variance < best.error_variance)
            best = next;
    }
    return best;
}

static bool trend_through(struct level *level, const struct params *params, struct err *err)
{
    const int32_t step = level->step_months < QUARTER_MONTHS ? QUARTER_MONTHS : level->step_months;
    const int32_t every = step / level->step_months;
    const int32_t n = (level->n_observed - 1) / every + 1;
    double *y = vec_new((size_t)n, sizeof *y, err);
    if (y == NULL)
        return false;
    for (int32_t i = 0; i < n; i++)
        y[n - 1 - i] = level->observed[level->n_observed - 1 - i * every];
    const struct holt holt = choose(y, n, params_get(params, "level_weight"),
                                    params_get(params, "trend_weight"), params_get(params, "trend_damping"));
    free(y);
    const double last = fmax(0.5, level->observed[level->n_observed - 1]);
    const double spread = params_get(params, "spread");
    double before = 0;
    for (int32_t m = 0; m < level->months; m++) {
        const double steps = (m + 1 + level->gap) / (double)step;
        level->centre[m] = fmax(least_share * last, holt_forecast(&holt, steps));
        /* as for the lognormal: where a trend ends near 0, the plain ratio would have no bounds */
        const double own = log1p(holt_variance(&holt, steps) / (level->centre[m] * level->centre[m]));
        /* never narrower than a month earlier: W has independent steps */
        before = fmax(before, fmax(level->variance[m], spread * spread * own));
        level->variance[m] = before;
    }
    return true;
}

static bool holt_fit(const struct model_input *input, const struct params *params, void **fitted,
                     struct err *err)
{
    struct level *level = vec_new(1, sizeof *level, err);
    if (level == NULL || !level_make(input, params, level, err)) {
        free(level);
        return false;
    }
    if (!trend_through(level, params, err)) {
        level_free(level);
        free(level);
        return false;
    }
    *fitted = level;
    return true;
}

static void holt_series(const void *fitted, const struct result_series **series, size_t *n_series)
{
    level_series(fitted, series, n_series);
}

static bool holt_prepare(const void *fitted, const struct scenario *scenario, void **prepared,
                         struct err *err)
{
    (void)fitted;
    (void)scenario;
    (void)err;
    *prepared = NULL; /* no lever reaches the total */
    return true;
}

static bool holt_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                          struct err *err)
{
    (void)prepared;
    return level_simulate(fitted, replicate, tally, err);
}

static void holt_free_prepared(void *prepared)
{
    (void)prepared;
}

static void holt_free_fitted(void *fitted)
{
    level_free(fitted);
    free(fitted);
}

const struct model model_holt = {
    .name = "holt",
    .title = "Damped trend",
    .about = "The trend of the last years goes on, less each step. Works from returns or from published "
             "yearly totals "
             "alone.",
    .sources = "Holt 1957; Gardner and McKenzie 1985, Management Science 31:1237; spread at least that of "
               "145 English "
               "authorities 2010-22",
    .params = holt_params,
    .n_params = sizeof holt_params / sizeof holt_params[0],
    .needs = MODEL_NEEDS_HISTORY | MODEL_TAKES_YEARLY,
    .fit = holt_fit,
    .series = holt_series,
    .prepare = holt_prepare,
    .simulate = holt_simulate,
    .free_prepared = holt_free_prepared,
    .free_fitted = holt_free_fitted,
};
