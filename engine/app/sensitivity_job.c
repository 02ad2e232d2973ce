/* SPDX-License-Identifier: GPL-3.0-or-later
 * The base, what was learned, every assumption, and the round numbers that people ask for. */
#include "app/sensitivity_job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sim/where_text.h"
#include "study/levered.h"
#include "study/target.h"

enum { YEAR = 12, TEN_CHILDREN = 10 };
static const double year_days = 365, month_days = 30.4375;
static const double hundred = 100;

void sensitivity_job_free(struct sensitivity_job *job)
{
    learned_free(&job->learned);
    assumptions_free(&job->assumptions);
    free(job->findings);
    job->findings = NULL;
}

/* ---- what is asked ----------------------------------------------------------------------------------- */

static bool parse_output(const struct sensitivity_job *job, const char *text, struct sensitivity_output *out)
{
    enum placement_group group;
    const struct str name = str_of(text);
    const struct outlook *outlook = job->outlook;
    const char *const *localities = outlook->has_history ? outlook->history.localities : NULL;
    *out = (struct sensitivity_output){.limit = (double)NAN};
    if (strcmp(text, "saving") == 0) {
        out->is_saving = true;
        out->quantity = (struct quantity){.measure = MEASURE_COST};
        out->limit = 0;
        out->limit_words = "no saving";
        return true;
    }
    if (placement_group_parse(name, &group)) {
        out->quantity =
            (struct quantity){.measure = MEASURE_STOCK, .group = {GROUP_PLACEMENT, (int32_t)group}};
        return true;
    }
    return quantity_parse(name, localities, outlook->has_history ? outlook->history.n_localities : 0,
                          &out->quantity);
}

bool sensitivity_job_ask(struct sensitivity_job *job, const char *text, struct err *err)
{
    struct sensitivity_output output;
    if (!parse_output(job, text, &output))
        return err_set(err, ERR_USAGE,
                       "--on %s is neither cost, stock, saving, a placement group nor a quantity such as "
                       "exits:route:home",
                       text);
    if (output.is_saving && job->baseline == NULL)
        return err_set(err, ERR_USAGE, "--on saving needs a plan or a scenario to hold against the baseline");
    if (job->n_outputs == SENSITIVITY_OUTPUTS)
        return err_set(err, ERR_USAGE, "--on may be given %d times at most", SENSITIVITY_OUTPUTS);
    output.month = date_month_index(job->by) - date_month_index(job->outlook->origin) - 1;
    job->outputs[job->n_outputs++] = output;
    return true;
}

/* Where no limit was given: a target of the plan for that quantity and month. */
static void find_targets(struct sensitivity_job *job)
{
    const struct outlook *outlook = job->outlook;
    struct target_known known = {.origin = outlook->origin,
                                 .counts = outlook->has_history ? &outlook->counts : NULL,
                                 .stock = (double)NAN,
                                 .entries = (double)NAN,
                                 .exits = (double)NAN};
    for (size_t i = 0; job->targets != NULL && i < job->targets->n; i++) {
        struct target_goal goal;
        if (target_resolve(&job->targets->items[i], &known, job->months, &goal) != TARGET_TESTED)
            continue;
        for (size_t k = 0; k < job->n_outputs; k++) {
            struct sensitivity_output *output = &job->outputs[k];
            if (isnan(output->limit) && goal.month == output->month &&
                goal.quantity.measure == output->quantity.measure &&
                goal.quantity.group.kind == output->quantity.group.kind &&
                goal.quantity.group.member == output->quantity.group.member &&
                goal.quantity.is_share == output->quantity.is_share) {
                output->limit = goal.level;
                output->limit_words = "the plan's target";
            }
        }
    }
}

/* ---- rules of thumb ---------------------------------------------------------------------------------- */

static struct sensitivity_rule *add_rule(struct sensitivity_job *job, double pounds, const char *how)
{
    bug_if(job->n_rules == SENSITIVITY_RULES);
    struct sensitivity_rule *rule = &job->rules[job->n_rules++];
    *rule = (struct sensitivity_rule){
        .pounds = pounds, .children = (double)NAN, .error = (double)NAN, .how = how};
    return rule;
}

/* Pounds a night in the twelve months, on average over futures; the price book's where nobody is there. */
static double a_night(const struct sensitivity_job *job, const struct draws *base, enum placement_group group,
                      double work[])
{
    const int32_t last = date_month_index(job->by) - date_month_index(job->outlook->origin) - 1;
    const int32_t first = last - YEAR + 1 < 0 ? 0 : last - YEAR + 1;
    const struct group member = {GROUP_PLACEMENT, (int32_t)group};
    double cost = 0;
    double nights = 0;
    draws_values(base, MEASURE_COST, member, first, last, work);
    for (int32_t r = 0; r < base->replicates; r++)
        cost += work[r] / hundred;
    draws_values(base, MEASURE_NIGHTS, member, first, last, work);
    for (int32_t r = 0; r < base->replicates; r++)
        nights += work[r];
    return nights > 0 ? cost / nights
                      : (double)price_book_weekly(job->prices, group, "", job->by) / hundred / 7;
}

static void price_rules(struct sensitivity_job *job, const struct draws *base, double work[])
{
    static const char *const how = "average price of a night in the forecast, by 365";
    const double home = a_night(job, base, PLACEMENT_RES_EXTERNAL, work);
    const double agency = a_night(job, base, PLACEMENT_FOSTER_IFA, work);
    const double own = a_night(job, base, PLACEMENT_FOSTER_INHOUSE, work);
    const int32_t last = date_month_index(job->by) - date_month_index(job->outlook->origin) - 1;
    const int32_t first = last - YEAR + 1 < 0 ? 0 : last - YEAR + 1;
    struct sensitivity_rule *rule = add_rule(job, year_days * home, how);
    (void)snprintf(rule->words, sizeof rule->words,
                   "One child more in an external children's home for a year");
    rule = add_rule(job, -TEN_CHILDREN * year_days * (agency - own), how);
    (void)snprintf(rule->words, sizeof rule->words,
                   "Ten children in in-house fostering instead of agency fostering for a year");
    draws_values(base, MEASURE_COST, (struct group){GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}, first, last,
                 work);
    double cost = 0;
    for (int32_t r = 0; r < base->replicates; r++)
        cost += work[r] / hundred / base->replicates;
    rule = add_rule(job, cost / hundred, "a hundredth of their cost");
    (void)snprintf(rule->words, sizeof rule->words,
                   "One per cent more on the price of external children's homes");
}

/* Another scenario in the same futures: children at the end, cost of the twelve months. */
static bool scenario_rule(struct sensitivity_job *job, struct run *run, const struct draws *base,
                          const struct scenario *other, const char *words, const char *how, double work[],
                          struct err *err)
{
    struct draws draws = {0};
    const struct group all = {GROUP_ALL, 0};
    const size_t n = (size_t)base->replicates;
    const int32_t last = date_month_index(job->by) - date_month_index(job->outlook->origin) - 1;
    const int32_t first = last - YEAR + 1 < 0 ? 0 : last - YEAR + 1;
    if (!run_scenario(run, other, base, job->prices, &draws, err))
        return false;
    double pounds = (double)NAN;
    if (draws.costs != NULL) {
        pounds = 0;
        draws_values(base, MEASURE_COST, all, first, last, work);
        draws_values(&draws, MEASURE_COST, all, first, last, work + n);
        for (size_t r = 0; r < n; r++)
            pounds += (work[n + r] - work[r]) / hundred / (double)n;
    }
    struct sensitivity_rule *rule = add_rule(job, pounds, how);
    (void)snprintf(rule->words, sizeof rule->words, "%s", words);
    draws_values(base, MEASURE_STOCK, all, last, last, work);
    draws_values(&draws, MEASURE_STOCK, all, last, last, work + n);
    double mean = 0;
    double sum = 0;
    for (size_t r = 0; r < n; r++)
        mean += (work[n + r] - work[r]) / (double)n;
    for (size_t r = 0; r < n; r++)
        sum += pow(work[n + r] - work[r] - mean, 2);
    rule->children = mean;
    rule->error = sqrt(sum / (double)(n - 1) / (double)n);
    draws_free(&draws);
    return true;
}

static bool more_entries(struct sensitivity_job *job, struct run *run, const struct draws *base,
                         double work[], struct err *err)
{
    const struct where everybody = where_all();
    const struct assumption entries = {
        .id = "more-entries", .kind = ASSUMPTION_FLOW, .lever = LEVER_ENTRIES, .where = everybody, .base = 1};
    struct assumption_applied applied = {0};
    const bool ok =
        assumption_apply(&entries, 1.05, job->scenario, job->prices, (uint64_t)job->seed, &applied, err) &&
        scenario_rule(job, run, base, &applied.scenario,
                      "Five per cent more children starting to be looked after, from now on", "simulated",
                      work, err);
    assumption_applied_free(&applied);
    return ok;
}

/* Every lever that has not begun, a month later. */
static bool month_late(struct sensitivity_job *job, struct run *run, const struct draws *base, double work[],
                       struct err *err)
{
    struct scenario late = *job->scenario;
    bool any = false;
    late.levers = vec_new(late.n_levers, sizeof *late.levers, err);
    if (late.levers == NULL)
        return false;
    for (size_t i = 0; i < late.n_levers; i++) {
        late.levers[i] = job->scenario->levers[i];
        if (late.levers[i].start == DAY_NONE || late.levers[i].start <= job->outlook->origin)
            continue;
        late.levers[i].start += (day)lround(month_days);
        any = true;
    }
    const bool ok =
        !any || scenario_rule(job, run, base, &late, "Every action that has not begun starts a month later",
                              "simulated", work, err);
    free(late.levers);
    return ok;
}

static bool make_rules(struct sensitivity_job *job, struct run *run, struct err *err)
{
    struct draws base = {0};
    const size_t n = (size_t)job->options.replicates;
    double *work = vec_new(2 * n, sizeof *work, err);
    bool ok = work != NULL && run_scenario(run, job->scenario, NULL, job->prices, &base, err);
    if (ok && base.costs != NULL)
        price_rules(job, &base, work);
    if (ok && (job->model->lever_kinds >> LEVER_ENTRIES & 1U) != 0)
        ok = more_entries(job, run, &base, work, err);
    ok = ok && month_late(job, run, &base, work, err);
    draws_free(&base);
    free(work);
    return ok;
}

/* ---- running ----------------------------------------------------------------------------------------- */

/* Cost is there where nights by placement are. */
static bool has_cost(const struct run *run)
{
    const struct draws shape = {.series = run->series, .n_series = run->n_series};
    return draws_find(&shape, MEASURE_NIGHTS, (struct group){GROUP_PLACEMENT, 0}) < run->n_series;
}

static bool learn(struct sensitivity_job *job, struct run *run, struct err *err)
{
    const bool tells = job->model->learned != NULL;
    return (!tells || job->model->learned(run->fitted, run->input, &job->learned, err)) &&
           assumptions_list(job->model, tells ? &job->learned : NULL, job->scenario, job->prices,
                            has_cost(run), job->by, &job->assumptions, err);
}

static bool check_outputs(const struct sensitivity_job *job, const struct run *run, struct err *err)
{
    const struct outlook *outlook = job->outlook;
    const struct draws shape = {.series = run->series, .n_series = run->n_series, .months = job->months};
    for (size_t k = 0; k < job->n_outputs; k++) {
        const struct quantity *quantity = &job->outputs[k].quantity;
        const bool is_cost = quantity->measure == MEASURE_COST;
        struct quantity asked = *quantity;
        /* cost is there where nights are */
        if (is_cost)
            asked.measure = MEASURE_NIGHTS;
        const struct counts *counts = outlook->has_history && !is_cost ? &outlook->counts : NULL;
        if (!quantity_is_given(&asked, &shape, counts, outlook->origin, job->outputs[k].month))
            return err_set(err, ERR_USAGE, "model %s does not give %s by that date%s", job->model->name,
                           measure_name(quantity->measure),
                           is_cost ? ": cost is that of twelve forecast months" : "");
    }
    return true;
}

bool sensitivity_job_run(struct sensitivity_job *job, struct err *err)
{
    struct outlook_input known;
    struct run run = {0};
    find_targets(job);
    if (!outlook_input_make(job->outlook, job->months, (uint64_t)job->seed, &known, err))
        return false;
    log_progress_start(job->log);
    bool ok =
        run_open(&run, job->model, &known.input, &job->scenario->params, &job->options, job->log, err) &&
        check_outputs(job, &run, err) && learn(job, &run, err);
    if (ok) {
        job->findings = vec_new(job->assumptions.n * job->n_outputs, sizeof *job->findings, err);
        const struct sensitivity_setting setting = {
            .run = &run,
            .scenario = job->scenario,
            .baseline = job->baseline,
            .prices = job->prices,
            .counts = job->outlook->has_history ? &job->outlook->counts : NULL,
            .outputs = job->outputs,
            .n_outputs = job->n_outputs,
        };
        ok = job->findings != NULL &&
             sensitivity_run(&setting, job->assumptions.items, job->assumptions.n, job->base, job->findings,
                             err) &&
             make_rules(job, &run, err);
    }
    log_progress_end(job->log);
    if (run.fitted != NULL)
        run_close(&run);
    outlook_input_free(&known);
    return ok;
}

/* ---- order ------------------------------------------------------------------------------------------- */

double sensitivity_swing(const struct sensitivity_effect *effect)
{
    return fmax(fabs(effect->change[SENSITIVITY_LOW]), fabs(effect->change[SENSITIVITY_HIGH]));
}

void sensitivity_job_order(const struct sensitivity_job *job, size_t output, size_t order[])
{
    const size_t n = job->assumptions.n;
    for (size_t i = 0; i < n; i++) {
        const double swing = sensitivity_swing(&job->findings[i * job->n_outputs + output]);
        size_t at = i;
        for (; at > 0 && swing > sensitivity_swing(&job->findings[order[at - 1] * job->n_outputs + output]);
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}
