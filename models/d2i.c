/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/d2i.h says what the method does; here it is done as it says. */
#include "models/d2i.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/peer_model.h"

/* Days that the tool gives each age bin; it lets the last run to 30. */
static const double bin_days[AGE_COUNT] = {365, 4 * 365, 5 * 365, 6 * 365, 14 * 365};

/* ---- rates --------------------------------------------------------------------------------------------- */

static void add_ageing(struct d2i_rates *rates)
{
    for (int s = 0; s < PEER_STATES; s++) {
        const enum age_band bin = peer_state_bin(s);
        const int older = bin == AGE_COUNT - 1 ? D2I_TOO_OLD : s + PEER_PLACES;
        rates->rate[s][older] += 1 / bin_days[bin];
    }
}

struct d2i_rates d2i_rates_make(const struct peer_episodes *episodes, const struct peer_reference *reference)
{
    struct d2i_rates rates;
    memset(&rates, 0, sizeof rates);
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        const day end = episode->end;
        if (end < reference->first || end > reference->last)
            continue;
        const day before = end > reference->first ? end - 1 : end;
        const int32_t present = peer_reference_stock(reference, episode->state, before);
        if (present > 0)
            rates.rate[episode->state][episode->next] += 1.0 / present / reference->days;
        else
            rates.infinite[episode->state][episode->next] += 1;
    }
    add_ageing(&rates);
    for (int s = 0; s < PEER_STATES; s++)
        rates.entries[s] = (double)reference->entries[s] / (reference->last - reference->first);
    return rates;
}

struct d2i_rates d2i_rates_compound(const struct d2i_rates *daily, int32_t days)
{
    struct d2i_rates rates = *daily;
    if (days == 1)
        return rates;
    for (int s = 0; s < PEER_STATES; s++)
        for (int to = 0; to < D2I_TO; to++)
            rates.rate[s][to] = 1 - pow(1 - daily->rate[s][to], days);
    return rates;
}

/* ---- steps --------------------------------------------------------------------------------------------- */

static double sum_to(const double rates[D2I_TO])
{
    double sum = 0;
    for (int to = 0; to < D2I_TO; to++)
        sum += rates[to];
    return sum;
}

void d2i_step(const struct d2i_rates *rates, int32_t days, double stock[PEER_STATES],
              double entries[PEER_STATES], double exits[PEER_STATES])
{
    double after[PEER_STATES];
    memcpy(after, stock, sizeof after);
    for (int s = 0; s < PEER_STATES; s++) {
        const bool is_infinite = sum_to(rates->infinite[s]) > 0;
        const double *shares = is_infinite ? rates->infinite[s] : rates->rate[s];
        const double all = sum_to(shares);
        const double leaving = is_infinite ? stock[s] : fmax(0, fmin(stock[s], stock[s] * all));
        if (!(leaving > 0))
            continue;
        after[s] -= leaving;
        for (int to = 0; to < D2I_TO; to++) {
            const double moved = leaving * shares[to] / all;
            if (to < PEER_STATES)
                after[to] += moved;
            else
                exits[s] += moved;
        }
    }
    for (int s = 0; s < PEER_STATES; s++) {
        stock[s] = after[s] + days * rates->entries[s];
        entries[s] += days * rates->entries[s];
    }
}

/* Days of a step lie on the line between its ends. */
static void walk(const struct d2i_rates *daily, int32_t step, const double start[PEER_STATES],
                 struct peer_path *path)
{
    const struct d2i_rates rates = d2i_rates_compound(daily, step);
    const day end = peer_path_end(path);
    double stock[PEER_STATES];
    memcpy(stock, start, sizeof stock);
    for (day from = path->origin; from < end; from += step) {
        struct peer_day flows = {.entries = {0}};
        double before[PEER_STATES];
        memcpy(before, stock, sizeof before);
        d2i_step(&rates, step, stock, flows.entries, flows.exits);
        for (int s = 0; s < PEER_STATES; s++) {
            flows.entries[s] /= step;
            flows.exits[s] /= step;
        }
        for (int32_t i = 1; i <= step && from + i <= end; i++) {
            for (int s = 0; s < PEER_STATES; s++)
                flows.stock[s] = before[s] + (stock[s] - before[s]) * i / step;
            peer_path_add(path, from + i, &flows);
        }
    }
}

/* ---- the model ----------------------------------------------------------------------------------------- */

static const struct param_spec d2i_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/d2i.def"
#undef MODEL_PARAM
};

/* The period ends on the last date in the data. What lies before the first return is known of survivors only;
 * the period does not reach there. */
static bool count(const struct model_input *input, const struct params *params,
                  struct peer_episodes *episodes, struct peer_reference *reference, struct err *err)
{
    const day last = peer_last_date(input->history, input->origin);
    if (last == DAY_NONE)
        return err_set(err, ERR_DATA, "the history is empty; import returns first");
    const day wanted = peer_months_before(last, (int32_t)lround(params_get(params, "reference_months")));
    const day first = wanted > input->history->start ? wanted : input->history->start;
    return peer_episodes_make(input->history, input->origin, PEER_D2I, last, episodes, err) &&
           peer_reference_make(episodes, first, last, reference, err);
}

static bool d2i_fit(const struct model_input *input, const struct params *params, void **fitted,
                    struct err *err)
{
    bool ok = false;
    struct peer_episodes episodes = {0};
    struct peer_reference reference = {0};
    double stock[PEER_STATES];
    struct peer_path *path = vec_new(1, sizeof *path, err);
    if (path == NULL || !count(input, params, &episodes, &reference, err))
        goto out;
    const struct d2i_rates rates = d2i_rates_make(&episodes, &reference);
    const int32_t children = peer_episodes_stock(&episodes, input->origin, stock);
    if (!peer_path_init(input, &reference, children, path, err))
        goto out;
    walk(&rates, (int32_t)lround(params_get(params, "step_days")), stock, path);
    *fitted = path;
    path = NULL;
    ok = true;
out:
    peer_reference_free(&reference);
    peer_episodes_free(&episodes);
    free(path);
    return ok;
}

const struct model model_d2i = {
    .name = "d2i",
    .title = "Data to Insight",
    .about = "The published method of cs-demand-model, for comparison: one line without an interval, from "
             "constant daily rates of the last months by age and placement. Its faults are kept.",
    .sources = "Data to Insight, cs-demand-model 0.5.1 (MIT licence): the method, written anew from its "
               "formulas",
    .params = d2i_params,
    .n_params = sizeof d2i_params / sizeof d2i_params[0],
    .needs = MODEL_NEEDS_HISTORY,
    .is_point = true,
    .fit = d2i_fit,
    .series = peer_model_series,
    .prepare = peer_model_prepare,
    .simulate = peer_model_simulate,
    .free_prepared = peer_model_free_prepared,
    .free_fitted = peer_model_free_fitted,
};
