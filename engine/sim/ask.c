/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/ask.h"

#include "sim/matches.h"
#include "sim/where_text.h"

bool ask_input(const struct model *model, const struct model_input *input, const struct run_options *options,
               struct err *err)
{
    if (options->replicates < 2 || options->threads < 1 || input->months < 1)
        return err_set(err, ERR_USAGE, "a forecast needs at least 2 runs, 1 thread and 1 month");
    if (input->unlearned_days > 0 && !model->holds_rates)
        return err_set(err, ERR_USAGE,
                       "model %s cannot hold its rates while the children change: it does not part what it "
                       "learned from whom it starts with",
                       model->name);
    const bool from_history = input->history != NULL && (model->needs & MODEL_NEEDS_HISTORY) != 0;
    const bool from_yearly = input->yearly != NULL && (model->needs & MODEL_TAKES_YEARLY) != 0;
    if (from_history || from_yearly)
        return true;
    if (input->yearly != NULL)
        return err_set(err, ERR_NO_INPUT,
                       "model %s works from children's returns, and there are only published yearly totals; "
                       "import returns or use --model last_value",
                       model->name);
    return err_set(err, ERR_NO_INPUT, "there is no history to forecast from; import returns first");
}

static bool check_where(const struct model *model, const struct lever *lever, struct err *err)
{
    const uint32_t engine_keys = 1U << WHERE_PLACEMENT | 1U << WHERE_PROVIDER;
    const uint32_t known = lever->kind == LEVER_PRICE ? engine_keys : model->where_keys;
    for (int key = 0; key < WHERE_KEY_COUNT; key++)
        if ((lever->where.given & ~known) >> key & 1U)
            return err_set(err, ERR_USAGE,
                           "%s: lever %s (%s) has where: %s, which %s %s cannot tell apart; leave that "
                           "condition out or use another --model",
                           lever->source, lever->id, lever_kind_name(lever->kind),
                           where_key_name((enum where_key)key),
                           lever->kind == LEVER_PRICE ? "a price under" : "model", model->name);
    return true;
}

bool ask_levers(const struct model *model, const struct scenario *scenario, struct log *log, struct err *err)
{
    const uint32_t engine_kinds = 1U << LEVER_PRICE | 1U << LEVER_OUTCOME;
    bool warned = false;
    if (scenario->plan != NULL && !scenario->is_joined && scenario->stance != STANCE_BASELINE)
        return err_set(err, ERR_USAGE,
                       "scenario %s has plan %s, which is not joined here; use `turncurve forecast`",
                       scenario->name, scenario->plan);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (lever->start_at != NULL)
            return err_set(err, ERR_USAGE, "%s: lever %s starts with %s of a plan that is not joined here",
                           lever->source, lever->id, lever->start_at);
        if (((model->lever_kinds | engine_kinds) >> lever->kind & 1U) == 0) {
            if (lever->kind != LEVER_CAPACITY)
                return err_set(err, ERR_USAGE,
                               "%s: lever %s acts on %s, which model %s cannot; remove it or use --model "
                               "carepath",
                               lever->source, lever->id, lever_kind_name(lever->kind), model->name);
            if (!warned)
                log_warning(log, "%s: model %s has no limit on places; lever %s is not applied",
                            lever->source, model->name, lever->id);
            warned = true;
        } else if (lever->kind != LEVER_OUTCOME && !check_where(model, lever, err)) {
            return false;
        }
    }
    if (scenario->n_capacities > 0 && (model->lever_kinds >> LEVER_CAPACITY & 1U) == 0)
        log_warning(log, "scenario %s: model %s has no limit on places; capacity is not applied",
                    scenario->name, model->name);
    return true;
}

bool ask_changes(const struct model *model, const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_levers; i++)
        if ((model->lever_kinds >> scenario->levers[i].kind & 1U) != 0)
            return true;
    return scenario->n_capacities > 0 && (model->lever_kinds >> LEVER_CAPACITY & 1U) != 0;
}

void ask_matches(const struct model_input *input, const struct scenario *scenario, struct log *log)
{
    for (size_t i = 0; input->history != NULL && i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (!matches_anybody(input->history, lever, input->origin))
            log_warning(
                log, "%s: lever %s: no child of the last five years meets its conditions, so it does nothing",
                lever->source, lever->id);
    }
}
