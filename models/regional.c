/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/regional.h says what the method does; here it is done as it says. */
#include "models/regional.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/peer_model.h"

/* Days of the period on the eve of which somebody was in the state. */
static int32_t days_with_children(const struct peer_reference *reference, int state)
{
    int32_t days = 0;
    for (day date = reference->first; date <= reference->last; date++)
        days += peer_reference_stock(reference, state, date - 1) > 0;
    return days;
}

struct regional_rates regional_rates_make(const struct peer_episodes *episodes,
                                          const struct peer_reference *reference)
{
    struct regional_rates rates;
    int32_t days[PEER_STATES];
    memset(&rates, 0, sizeof rates);
    for (int s = 0; s < PEER_STATES; s++)
        days[s] = days_with_children(reference, s);
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        if (episode->end < reference->first || episode->end > reference->last)
            continue;
        const int32_t present = peer_reference_stock(reference, episode->state, episode->end - 1);
        if (present > 0)
            rates.matrix[episode->next][episode->state] += 1.0 / present / days[episode->state];
        else
            rates.left_out++;
    }
    for (int from = 0; from < REGIONAL_STATES; from++) {
        double leaving = 0;
        for (int to = 0; to < REGIONAL_STATES; to++)
            leaving += to == from ? 0 : rates.matrix[to][from];
        rates.matrix[from][from] = 1 - leaving;
    }
    for (int s = 0; s < PEER_STATES; s++)
        rates.entries[s] = (double)reference->entries[s] / reference->days;
    return rates;
}

void regional_step(const struct regional_rates *rates, double stock[REGIONAL_STATES],
                   double variance[REGIONAL_STATES])
{
    double after[REGIONAL_STATES];
    for (int to = 0; to < REGIONAL_STATES; to++) {
        const double entries = to < PEER_STATES ? rates->entries[to] : 0;
        after[to] = entries;
        variance[to] += entries;
        for (int from = 0; from < REGIONAL_STATES; from++) {
            const double share = rates->matrix[to][from];
            after[to] += share * stock[from];
            variance[to] += share * (1 - share) * stock[from];
        }
    }
    memcpy(stock, after, sizeof after);
}

static void walk(const struct regional_rates *rates, const double start[PEER_STATES], struct peer_path *path)
{
    const day end = peer_path_end(path);
    double stock[REGIONAL_STATES] = {0};
    double variance[REGIONAL_STATES] = {0};
    struct peer_day at;
    memcpy(stock, start, PEER_STATES * sizeof *start);
    memcpy(at.entries, rates->entries, sizeof at.entries);
    for (day date = path->origin + 1; date <= end; date++) {
        for (int s = 0; s < PEER_STATES; s++)
            at.exits[s] = rates->matrix[PEER_OUT][s] * stock[s];
        regional_step(rates, stock, variance);
        memcpy(at.stock, stock, sizeof at.stock);
        memcpy(at.variance, variance, sizeof at.variance);
        peer_path_add(path, date, &at);
    }
}

/* ---- the model ----------------------------------------------------------------------------------------- */

static const struct param_spec regional_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/regional.def"
#undef MODEL_PARAM
};

static bool count(const struct model_input *input, const struct params *params,
                  struct peer_episodes *episodes, struct peer_reference *reference, struct err *err)
{
    const struct history *history = input->history;
    const int32_t months = (int32_t)lround(params_get(params, "reference_months"));
    day last = peer_last_date(history, input->origin);
    if (last == DAY_NONE)
        return err_set(err, ERR_DATA, "the history is empty; import returns first");
    if (params_get(params, "flat_to_march") >= 0.5)
        last = date_year_end(date_financial_year(last));
    const day horizon = last > input->origin ? last : input->origin;
    const day wanted = months > 0 ? peer_months_before(last, months) : history->start;
    const day first = wanted > history->start ? wanted : history->start;
    return peer_episodes_make(history, input->origin, PEER_REGIONAL, horizon, episodes, err) &&
           peer_reference_make(episodes, first, last, reference, err);
}

static bool regional_fit(const struct model_input *input, const struct params *params, void **fitted,
                         struct err *err)
{
    bool ok = false;
    struct peer_episodes episodes = {0};
    struct peer_reference reference = {0};
    double stock[PEER_STATES];
    struct peer_path *path = vec_new(1, sizeof *path, err);
    if (path == NULL || !count(input, params, &episodes, &reference, err))
        goto out;
    const struct regional_rates rates = regional_rates_make(&episodes, &reference);
    const int32_t children = peer_episodes_stock(&episodes, input->origin, stock);
    if (!peer_path_init(input, &reference, children, path, err))
        goto out;
    walk(&rates, stock, path);
    *fitted = path;
    path = NULL;
    ok = true;
out:
    peer_reference_free(&reference);
    peer_episodes_free(&episodes);
    free(path);
    return ok;
}

const struct model model_regional = {
    .name = "regional",
    .title = "Social Finance regional",
    .about = "The published method of cs-demand-model-regional, for comparison: constant daily rates of the "
             "whole history by age and placement, with the interval that it gives. Its faults are kept.",
    .sources = "Social Finance, cs-demand-model-regional (MIT licence): the method, written anew from its "
               "formulas",
    .params = regional_params,
    .n_params = sizeof regional_params / sizeof regional_params[0],
    .needs = MODEL_NEEDS_HISTORY,
    .fit = regional_fit,
    .series = peer_model_series,
    .prepare = peer_model_prepare,
    .simulate = peer_model_simulate,
    .free_prepared = peer_model_free_prepared,
    .free_fitted = peer_model_free_fitted,
};
