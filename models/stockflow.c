/* SPDX-License-Identifier: GPL-3.0-or-later
 * The descriptor of the stock-flow model; stockflow.h says what it is. */
#include "models/stockflow.h"

#include <stdlib.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/stockflow_chain.h"

static const struct param_spec stockflow_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/stockflow.def"
#undef MODEL_PARAM
};

static bool stockflow_fit(const struct model_input *input, const struct params *params, void **fitted,
                          struct err *err)
{
    struct sf_fit *fit = vec_new(1, sizeof *fit, err);
    if (fit == NULL || !sf_fit_make(input, params, fit, err)) {
        free(fit);
        return false;
    }
    *fitted = fit;
    return true;
}

static void stockflow_series(const void *fitted, const struct result_series **series, size_t *n_series)
{
    (void)fitted;
    *series = sf_series;
    *n_series = sf_n_series;
}

static bool stockflow_prepare(const void *fitted, const struct scenario *scenario, void **prepared,
                              struct err *err)
{
    struct sf_chain *chain = vec_new(1, sizeof *chain, err);
    if (chain == NULL || !sf_chain_make(fitted, scenario, chain, err)) {
        free(chain);
        return false;
    }
    *prepared = chain;
    return true;
}

static bool stockflow_simulate(const void *fitted, const void *prepared, int32_t replicate,
                               struct tally *tally, struct err *err)
{
    (void)fitted;
    return sf_chain_run(prepared, replicate, tally, err);
}

static void stockflow_free_prepared(void *prepared)
{
    sf_chain_free(prepared);
    free(prepared);
}

static void stockflow_free_fitted(void *fitted)
{
    sf_fit_free(fitted);
    free(fitted);
}

const struct model model_stockflow = {
    .name = "stockflow",
    .title = "Stock and flow",
    .about =
        "Expected paths of the children now in care and of those to come, with exact birthdays, rates by "
        "age, "
        "time in care and placement, and rates that wander. Mean and covariance are exact for given rates.",
    .sources =
        "Bartholomew, Forbes and McClean 1991, Statistical Techniques for Manpower Planning, chapters 4-5; "
        "Clayton and Kaldor 1987, Biometrics 43:671; Harvey 1989, section 2.3; drift from the published "
        "English panel 2010-22",
    .params = stockflow_params,
    .n_params = sizeof stockflow_params / sizeof stockflow_params[0],
    .needs = MODEL_NEEDS_HISTORY,
    .lever_kinds = 1U << LEVER_ENTRIES | 1U << LEVER_EXITS | 1U << LEVER_MOVES | 1U << LEVER_MIX |
                   1U << LEVER_READMISSIONS | 1U << LEVER_REFERRALS,
    .where_keys = 1U << WHERE_AGE | 1U << WHERE_PLACEMENT | 1U << WHERE_ROUTE | 1U << WHERE_UASC |
                  1U << WHERE_LEGAL | 1U << WHERE_NEED | 1U << WHERE_LOCALITY | 1U << WHERE_TIME_IN_CARE |
                  1U << WHERE_FROM | 1U << WHERE_TO,
    .fit = stockflow_fit,
    .series = stockflow_series,
    .prepare = stockflow_prepare,
    .simulate = stockflow_simulate,
    .free_prepared = stockflow_free_prepared,
    .free_fitted = stockflow_free_fitted,
};
