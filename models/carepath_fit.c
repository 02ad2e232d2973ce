/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything that is learned, in the order in which one part needs another: what was seen, rates, who came,
 * who came back, the months, the levels. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath.h"

static const double year_days = 365.25;

static void add_piece(void *context, const struct lexis_piece *piece)
{
    struct carepath_seen *seen = context;
    const int k = piece->kind;
    const int g = piece->group;
    const int t = carepath_tic(piece);
    const double days = piece->to - piece->from;
    seen->exposure[k][g][t][piece->tip] += days;
    seen->legal[k][g][t][piece->segment->legal] += days;
    if (piece->event == LEXIS_EXIT)
        seen->events[piece->detail][k][g][t][piece->tip]++;
    if (piece->event == LEXIS_MOVE) {
        seen->events[CAREPATH_MOVING][k][g][t][piece->tip]++;
        seen->to[k][g][piece->detail]++;
        seen->counted[g][piece->detail] += piece->is_counted;
    }
}

static bool see(struct carepath_fit *fit, struct err *err)
{
    fit->seen = vec_new(1, sizeof *fit->seen, err);
    if (fit->seen == NULL)
        return false;
    lexis_walk(fit->history, fit->from, fit->origin, add_piece, fit->seen);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++)
                for (int p = 0; p < LEXIS_TIPS; p++)
                    if (fit->seen->exposure[k][g][t][p] > 0)
                        return true;
    return err_set(
        err, ERR_DATA,
        "no child was looked after in the years before the forecast; import returns that reach its "
        "start, or change --from");
}

/* Where the stay began that the child is in at the origin. */
static day stay_start(const struct history *history, const struct spell *spell, int32_t last)
{
    int32_t s = last;
    while (s > spell->first_segment && !history->segments[s].is_new_stay)
        s--;
    return history->segments[s].start;
}

static bool list_present(struct carepath_fit *fit, struct err *err)
{
    const struct history *history = fit->history;
    fit->present = vec_new(history->n_spells, sizeof *fit->present, err);
    if (fit->present == NULL)
        return false;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct child *child = &history->children[spell->child];
        if (spell->start > fit->origin || spell->end <= fit->origin ||
            date_birthday(child->born, LEXIS_ADULT) <= fit->origin)
            continue;
        int32_t s = spell->first_segment;
        while (s + 1 < spell->first_segment + spell->n_segments && history->segments[s].end <= fit->origin)
            s++;
        const int32_t age = date_age_on(child->born, fit->origin);
        fit->present[fit->n_present++] = (struct carepath_child){
            .key = child->key,
            .kind = (uint8_t)lexis_kind_of(age, lexis_is_uasc(child, fit->origin)),
            .group = history->segments[s].group,
            .need = history->segments[s].need,
            .locality = history->segments[s].locality,
            .start_known = spell->start_known,
            .born = child->born,
            .spell_start = spell->start,
            .stay_start = stay_start(history, spell, s),
        };
    }
    return true;
}

static bool check_history(const struct carepath_fit *fit, struct err *err)
{
    if (fit->history->n_spells == 0)
        return err_set(err, ERR_DATA, "the history is empty; import returns first");
    if (fit->origin - fit->from < (day)year_days - 1)
        return err_set(
            err, ERR_DATA,
            "less than a year of history lies before the forecast; import more returns or choose a "
            "later --from");
    return true;
}

void carepath_fit_free(struct carepath_fit *fit)
{
    free(fit->seen);
    free(fit->present);
    free(fit->entries.locality);
    free(fit->entries.exposure);
    free(fit->returns.leavers);
    *fit = (struct carepath_fit){0};
}

static bool fit_to(const struct model_input *input, const struct params *params, struct carepath_fit *out,
                   struct err *err)
{
    const struct history *history = input->history;
    struct carepath_months months = {0};
    struct carepath_fit fit = {
        .history = history,
        .origin = input->origin,
        .months = input->months,
        .seed = input->seed,
        .rate_uncertainty = params_get(params, "rate_uncertainty"),
        .mix_drift = params_get(params, "drift") * params_get(params, "mix_drift"),
    };
    const int32_t window = (int32_t)lround(12 * params_get(params, "fit_years"));
    fit.from = date_month_end(input->origin, -window);
    fit.from = fit.from > history->start - 1 ? fit.from : history->start - 1;
    bool ok = check_history(&fit, err) && see(&fit, err);
    if (ok)
        carepath_rates_fit(fit.seen, params_get(params, "prior_events"), &fit.rates);
    ok = ok && list_present(&fit, err) && carepath_returns_fit(&fit, err) &&
         carepath_entries_fit(&fit, input, params, err) && carepath_months_count(&fit, input, &months, err);
    if (ok)
        carepath_levels_fit(&fit, &months, params);
    carepath_months_free(&months);
    if (!ok) {
        carepath_fit_free(&fit);
        return false;
    }
    *out = fit;
    return true;
}

/* At rates learned to an earlier day, from what was known on it. */
static bool fit_held(const struct model_input *input, const struct params *params, struct carepath_fit *out,
                     struct err *err)
{
    struct history known = {0};
    struct carepath_fit earlier = {0};
    struct model_input then = *input;
    then.origin = date_month_end(input->origin - input->unlearned_days, 0);
    then.history = &known;
    const bool ok = history_as_known(input->history, then.origin, &known, err) &&
                    fit_to(&then, params, &earlier, err) && fit_to(input, params, out, err);
    if (ok)
        carepath_hold(out, &earlier, &then);
    carepath_fit_free(&earlier);
    history_free(&known);
    return ok;
}

/* Where no population is given, that of the published totals is. */
bool carepath_fit_make(const struct model_input *input, const struct params *params, struct carepath_fit *out,
                       struct err *err)
{
    struct model_input own = *input;
    struct population population = {0};
    if (input->population == NULL && input->yearly != NULL) {
        if (!population_from_yearly(input->yearly, &population, err))
            return false;
        own.population = &population;
    }
    const bool ok =
        input->unlearned_days > 0 ? fit_held(&own, params, out, err) : fit_to(&own, params, out, err);
    population_free(&population);
    return ok;
}
