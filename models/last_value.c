/* SPDX-License-Identifier: GPL-3.0-or-later
 * The last value stays; English experience says how far wrong that goes. What every other model must beat. */
#include <stdlib.h>

#include "base/vec.h"
#include "models/level.h"
#include "models/models.h"

static const struct param_spec last_value_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/last_value.def"
#undef MODEL_PARAM
};

static bool last_value_fit(const struct model_input *input, const struct params *params, void **fitted,
                           struct err *err)
{
    struct level *level = vec_new(1, sizeof *level, err);
    if (level == NULL || !level_make(input, params, level, err)) {
        free(level);
        return false;
    }
    *fitted = level;
    return true;
}

static void last_value_series(const void *fitted, const struct result_series **series, size_t *n_series)
{
    level_series(fitted, series, n_series);
}

static bool last_value_prepare(const void *fitted, const struct scenario *scenario, void **prepared,
                               struct err *err)
{
    (void)fitted;
    (void)scenario;
    (void)err;
    *prepared = NULL; /* no lever reaches the total */
    return true;
}

static bool last_value_simulate(const void *fitted, const void *prepared, int32_t replicate,
                                struct tally *tally, struct err *err)
{
    (void)prepared;
    return level_simulate(fitted, replicate, tally, err);
}

static void last_value_quantiles(const void *fitted, int32_t month, const double levels[], size_t n,
                                 double out[])
{
    level_quantiles(fitted, month, levels, n, out);
}

static void last_value_free_prepared(void *prepared)
{
    (void)prepared;
}

static void last_value_free_fitted(void *fitted)
{
    level_free(fitted);
    free(fitted);
}

const struct model model_last_value = {
    .name = "last_value",
    .title = "Last value",
    .about = "Numbers stay where they are, give or take what stocks of English authorities have changed in "
             "one, two "
             "and three years. Works from returns or from published yearly totals alone.",
    .sources = "Log changes of stock, 145 English authorities, published statistics 2010-22",
    .params = last_value_params,
    .n_params = sizeof last_value_params / sizeof last_value_params[0],
    .needs = MODEL_NEEDS_HISTORY | MODEL_TAKES_YEARLY,
    .fit = last_value_fit,
    .series = last_value_series,
    .prepare = last_value_prepare,
    .simulate = last_value_simulate,
    .stock_quantiles = last_value_quantiles,
    .free_prepared = last_value_free_prepared,
    .free_fitted = last_value_free_fitted,
};
