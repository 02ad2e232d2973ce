/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scenario by scenario: only the baseline's futures are kept, everything else is summed up at once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/target_goal.h"
#include "base/vec.h"

static const double pct = 100;
static const double on_course = .8, at_risk = .4; /* chances */

static const struct table_column target_columns[] = {
    {"plan", 0},      {"action_ref", 0}, {"quantity", 0}, {"by", 0},  {"target", 2},
    {"scenario", 0},  {"p10", 2},        {"p50", 2},      {"p90", 2}, {"chance", 4},
    {"shortfall", 2}, {"saving_gbp", 2}, {"needs", 0}};
static const struct table_column shown_columns[] = {{"action", 0}, {"target", 0}, {"scenario", 0},
                                                    {"p10", 0},    {"p50", 0},    {"p90", 0},
                                                    {"chance", 0}, {"status", 0}};
static const struct table_column needs_columns[] = {
    {"action", 0}, {"target", 0}, {"scenario", 0}, {"needs", 0}};
static const struct table_column saving_columns[] = {{"scenario", 0},           {"by", 0},
                                                     {"all_targets_chance", 4}, {"saving_gbp", 2},
                                                     {"saving_p10_gbp", 2},     {"saving_p90_gbp", 2},
                                                     {"nights_saved", 0},       {"nights_p10", 0},
                                                     {"nights_p90", 0}};
static const struct table_column untested_columns[] = {
    {"action", 0}, {"quantity", 0}, {"by", 0}, {"target", 2}, {"why", 0}};

struct item {
    bool is_hidden; /* of too few children to be published */
    const struct plan_target *target;
    enum target_fate fate;
    struct target_goal goal;
};
/* Of a target under a scenario. */
struct tested {
    bool is_given;
    struct target_outcome outcome;
    const char *needs; /* NULL: not asked */
};
struct testing {
    struct target_job *job;
    struct item *items;
    struct tested *results; /* [target][scenario] */
    size_t n, n_tested;
    day last;       /* of the dates tested */
    double *values; /* a number a replicate, and as many again to work with */
    bool *met;      /* all targets so far, a replicate */
    struct goal_lever lever;
    double chance; /* that is enough, for what is sought */
    bool seeks;
    struct table *targets, *shown, *needs, *savings, *untested;
};

/* "on course": thresholds as in report cards. */
static const char *status_of(double chance)
{
    return chance >= on_course ? "on course" : chance >= at_risk ? "at risk" : "off course";
}

static const struct targets *targets_of(const struct target_job *job)
{
    return &job->choice.plan->targets;
}

int32_t target_plan_months(const struct target_job *job)
{
    int32_t most = 0;
    for (size_t i = 0; job->choice.plan != NULL && i < targets_of(job)->n; i++) {
        struct target_goal goal;
        const enum target_fate fate = target_resolve(&targets_of(job)->items[i], &job->now, INT32_MAX, &goal);
        most = fate == TARGET_TESTED && goal.month + 1 > most ? goal.month + 1 : most;
    }
    return most;
}

/* ---- rows -------------------------------------------------------------------------------------------- */

static bool begin_row(const struct testing *testing, const struct item *item, struct table_cell **row,
                      struct err *err)
{
    struct table *table = testing->targets;
    *row = table_add_row(table, err);
    if (*row == NULL || !table_set_text(table, *row, testing->job->choice.plan->plan.name, err) ||
        !table_set_text(table, *row + 1, item->target->ref, err) ||
        !table_set_text(table, *row + 2, item->target->quantity, err))
        return false;
    table_set_day(*row + 3, item->target->by);
    if (item->is_hidden)
        return publish_set_hidden(table, *row + 4, err);
    table_set_real(*row + 4, item->fate == TARGET_NOT_OURS ? item->target->level : item->goal.level);
    return true;
}

/* A target that no scenario was asked about. */
static bool add_untested(const struct testing *testing, const struct item *item, struct err *err)
{
    char why[TARGET_ANSWER];
    struct table_cell *row = NULL;
    const struct target_job *job = testing->job;
    const struct group all = {GROUP_ALL, 0};
    double value = 0;
    (void)snprintf(why, sizeof why, "%s",
                   item->is_hidden ? "too few children to be published" : target_fate_words(item->fate));
    if (!begin_row(testing, item, &row, err))
        return false;
    if (item->fate == TARGET_PAST && job->outlook.published == NULL &&
        (quantity_known(&item->goal.quantity, job->now.counts, item->goal.by, &value) ||
         (item->goal.quantity.measure == MEASURE_STOCK && item->goal.quantity.group.kind == GROUP_ALL &&
          outlook_stock(&job->outlook, all, item->goal.by, &value)))) {
        const bool met = target_is_met(&item->goal, value);
        (void)snprintf(why, sizeof why, "its date has passed: %s, it was %.6g", met ? "met" : "missed",
                       value);
        table_set_real(&row[7], value);
        table_set_real(&row[9], met ? 1 : 0);
        table_set_real(&row[10], met ? 0 : fabs(value - item->goal.level));
    }
    if (!table_set_text(testing->targets, &row[12], why, err))
        return false;
    struct table *table = testing->untested;
    struct table_cell *short_row = table_add_row(table, err);
    if (short_row == NULL || !table_set_text(table, &short_row[0], item->target->ref, err) ||
        !table_set_text(table, &short_row[1], item->target->quantity, err) ||
        !table_set_text(table, &short_row[4], why, err))
        return false;
    table_set_day(&short_row[2], item->target->by);
    if (item->is_hidden)
        return publish_set_hidden(table, &short_row[3], err);
    table_set_real(&short_row[3], item->fate == TARGET_NOT_OURS ? item->target->level : item->goal.level);
    return true;
}

/* "Children looked after: at most 1,123 by 31 Mar 2027". */
static const char *words_of(const struct testing *testing, const struct item *item, struct err *err)
{
    char words[QUANTITY_WORDS];
    char level[OUTLOOK_NUMBER];
    char when[DATE_TEXT];
    quantity_say(&item->goal.quantity, testing->job->now.localities, words);
    target_job_value(&item->goal.quantity, item->goal.level, level);
    date_format_words(item->goal.by, when);
    return arena_format(&testing->job->texts, err, "%s: %s %s by %s", words,
                        item->goal.at_most ? "at most" : "at least", level, when);
}

/* A row that begins with action, target and scenario. */
static struct table_cell *begin_words(struct table *table, const struct item *item, const char *words,
                                      const char *scenario, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    return row != NULL && table_set_text(table, &row[0], item->target->ref, err) &&
                   table_set_text(table, &row[1], words, err) && table_set_text(table, &row[2], scenario, err)
               ? row
               : NULL;
}

static bool add_shown(const struct testing *testing, const struct item *item, const char *words,
                      const char *scenario, const struct target_outcome *outcome, struct err *err)
{
    enum { P10 = 3, NUMBERS = 3 };
    char number[OUTLOOK_NUMBER];
    const double quantiles[NUMBERS] = {outcome->p10, outcome->p50, outcome->p90};
    struct table *table = testing->shown;
    struct table_cell *row = begin_words(table, item, words, scenario, err);
    bool ok = row != NULL;
    for (int i = 0; ok && i < NUMBERS; i++) {
        target_job_value(&item->goal.quantity, quantiles[i], number);
        ok = table_set_text(table, &row[P10 + i], number, err);
    }
    (void)snprintf(number, sizeof number, "%.0f %% (%.0f-%.0f)", pct * outcome->chance,
                   pct * outcome->limits.low, pct * outcome->limits.high);
    return ok && table_set_text(table, &row[P10 + NUMBERS], number, err) &&
           table_set_text(table, &row[P10 + NUMBERS + 1], status_of(outcome->chance), err);
}

static bool add_needs(const struct testing *testing, const struct item *item, const char *words,
                      const char *scenario, const char *needs, struct err *err)
{
    struct table_cell *row = begin_words(testing->needs, item, words, scenario, err);
    return row != NULL && table_set_text(testing->needs, &row[3], needs, err);
}

/* Target by target, so that scenarios stand side by side. */
static bool show_results(const struct testing *testing, struct err *err)
{
    const struct target_job *job = testing->job;
    bool ok = true;
    for (size_t i = 0; ok && i < testing->n; i++) {
        if (testing->items[i].fate != TARGET_TESTED)
            continue;
        const char *words = words_of(testing, &testing->items[i], err);
        ok = words != NULL;
        for (size_t s = 0; ok && s < job->choice.n; s++) {
            const struct tested *result = &testing->results[i * job->choice.n + s];
            const char *scenario = job->choice.scenarios[s].name;
            if (result->is_given)
                ok = add_shown(testing, &testing->items[i], words, scenario, &result->outcome, err);
            if (ok && result->needs != NULL)
                ok = add_needs(testing, &testing->items[i], words, scenario, result->needs, err);
        }
    }
    return ok;
}

static pence pence_of(double pounds)
{
    return money_from_pounds(pounds);
}

static bool has_costs(const struct draws *draws)
{
    return draws->costs != NULL;
}

/* ---- one target under one scenario ------------------------------------------------------------------- */

/* What it would take, under the scenario that is asked about. */
static bool seek_needs(const struct testing *testing, const struct item *item, char needs[TARGET_ANSWER],
                       struct err *err)
{
    const struct goal goal = {.target = item->goal, .chance = testing->chance};
    struct goal_answer answer;
    if (!target_goal_ask(testing->job, &goal, &testing->lever, &answer, err))
        return false;
    target_goal_needs(&testing->lever, &goal, &answer, needs);
    return true;
}

static bool test_one(const struct testing *testing, size_t i, size_t scenario, const struct draws *draws,
                     struct err *err)
{
    struct target_job *job = testing->job;
    const struct item *item = &testing->items[i];
    struct tested *result = &testing->results[i * job->choice.n + scenario];
    const size_t n = (size_t)draws->replicates;
    const day origin = job->outlook.origin;
    struct table_cell *row = NULL;
    if (!begin_row(testing, item, &row, err) ||
        !table_set_text(testing->targets, &row[5], job->choice.scenarios[scenario].name, err))
        return false;
    if (!quantity_is_given(&item->goal.quantity, draws, job->now.counts, origin, item->goal.month))
        return table_set_text(testing->targets, &row[12], target_fate_words(TARGET_NOT_GIVEN), err);
    quantity_values(&item->goal.quantity, draws, job->now.counts, origin, item->goal.month, testing->values,
                    testing->values + n);
    const struct target_outcome outcome =
        target_outcome_make(&item->goal, testing->values, n, testing->values + n, testing->met);
    *result = (struct tested){.is_given = true, .outcome = outcome};
    table_set_real(&row[6], outcome.p10);
    table_set_real(&row[7], outcome.p50);
    table_set_real(&row[8], outcome.p90);
    table_set_real(&row[9], outcome.chance);
    table_set_real(&row[10], outcome.shortfall);
    if (has_costs(draws) && has_costs(&job->base))
        table_set_gbp(
            &row[11],
            pence_of(
                target_saving_make(draws, &job->base, MEASURE_COST, item->goal.month, testing->values).mean));
    if (!testing->seeks || scenario != job->outlook.main)
        return true;
    char needs[TARGET_ANSWER];
    if (!seek_needs(testing, item, needs, err))
        return false;
    result->needs = arena_copy(&job->texts, str_of(needs), err);
    return result->needs != NULL && table_set_text(testing->targets, &row[12], needs, err);
}

/* ---- one scenario ------------------------------------------------------------------------------------ */

static bool add_savings(const struct testing *testing, size_t scenario, const struct draws *draws,
                        double together, struct err *err)
{
    struct target_job *job = testing->job;
    const int32_t month = date_month_index(testing->last) - date_month_index(job->outlook.origin) - 1;
    struct table_cell *row = table_add_row(testing->savings, err);
    const struct group all = {GROUP_ALL, 0};
    if (row == NULL || !table_set_text(testing->savings, &row[0], job->choice.scenarios[scenario].name, err))
        return false;
    table_set_day(&row[1], testing->last);
    table_set_real(&row[2], together);
    if (has_costs(draws) && has_costs(&job->base)) {
        const struct target_saving money =
            target_saving_make(draws, &job->base, MEASURE_COST, month, testing->values);
        table_set_gbp(&row[3], pence_of(money.mean));
        table_set_gbp(&row[4], pence_of(money.p10));
        table_set_gbp(&row[5], pence_of(money.p90));
    }
    if (draws_find(draws, MEASURE_NIGHTS, all) < draws->n_series) {
        const struct target_saving nights =
            target_saving_make(draws, &job->base, MEASURE_NIGHTS, month, testing->values);
        table_set_real(&row[6], nights.mean);
        table_set_real(&row[7], nights.p10);
        table_set_real(&row[8], nights.p90);
    }
    return true;
}

/* All targets of the plan at once. */
static bool add_all(const struct testing *testing, size_t scenario, const struct draws *draws,
                    struct err *err)
{
    struct target_job *job = testing->job;
    int64_t together = 0;
    for (int32_t r = 0; r < draws->replicates; r++)
        together += testing->met[r];
    const double chance = (double)together / draws->replicates;
    struct table_cell *row = table_add_row(testing->targets, err);
    if (row == NULL || !table_set_text(testing->targets, &row[0], job->choice.plan->plan.name, err) ||
        !table_set_text(testing->targets, &row[1], "all", err) ||
        !table_set_text(testing->targets, &row[2], "all", err) ||
        !table_set_text(testing->targets, &row[5], job->choice.scenarios[scenario].name, err))
        return false;
    table_set_day(&row[3], testing->last);
    table_set_real(&row[9], chance);
    if (!add_savings(testing, scenario, draws, chance, err))
        return false;
    const struct table_cell *saving = table_at(testing->savings, testing->savings->n_rows - 1, 3);
    if (saving->kind == CELL_GBP)
        table_set_gbp(&row[11], saving->as.integer);
    return true;
}

static bool test_scenario(const struct testing *testing, size_t scenario, const struct draws *draws,
                          struct err *err)
{
    struct target_job *job = testing->job;
    char label[OUTLOOK_LABEL];
    bool ok = true;
    for (int32_t r = 0; r < draws->replicates; r++)
        testing->met[r] = true;
    outlook_label(&job->outlook, scenario, label);
    for (size_t i = 0; ok && i < testing->n; i++) {
        const struct item *item = &testing->items[i];
        if (item->fate != TARGET_TESTED)
            continue;
        ok = test_one(testing, i, scenario, draws, err) &&
             target_job_draw(job, &item->goal, draws, label, target_job_style(job, scenario),
                             scenario == job->outlook.main, err);
    }
    return ok && add_all(testing, scenario, draws, err);
}

static bool test_scenarios(const struct testing *testing, struct err *err)
{
    struct target_job *job = testing->job;
    bool ok = true;
    for (size_t s = 0; ok && s < job->choice.n; s++) {
        struct draws draws = {0};
        const bool is_base = s == job->outlook.base;
        ok = (is_base ||
              run_scenario(&job->run, &job->choice.scenarios[s], &job->base, &job->prices, &draws, err)) &&
             test_scenario(testing, s, is_base ? &job->base : &draws, err);
        draws_free(&draws);
    }
    return ok;
}

/* ---- all of it --------------------------------------------------------------------------------------- */

static bool resolve(struct testing *testing, struct err *err)
{
    const struct targets *targets = targets_of(testing->job);
    const size_t n = (size_t)testing->job->run_options.replicates;
    testing->n = targets->n;
    testing->last = DAY_NONE;
    testing->items = vec_new(targets->n, sizeof *testing->items, err);
    testing->results = vec_new(targets->n * testing->job->choice.n, sizeof *testing->results, err);
    testing->values = vec_new(2 * n, sizeof *testing->values, err);
    testing->met = vec_new(n, sizeof *testing->met, err);
    if (testing->items == NULL || testing->results == NULL || testing->values == NULL || testing->met == NULL)
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < targets->n; i++) {
        struct item *item = &testing->items[i];
        item->target = &targets->items[i];
        item->fate = target_resolve(item->target, &testing->job->now, testing->job->months, &item->goal);
        item->is_hidden = (item->fate == TARGET_TESTED || item->fate == TARGET_PAST) &&
                          !target_job_may_tell(testing->job, &item->goal);
        if (item->is_hidden && item->fate == TARGET_TESTED)
            item->fate = TARGET_NOT_GIVEN;
        if (item->fate != TARGET_TESTED) {
            ok = add_untested(testing, item, err);
            continue;
        }
        testing->n_tested++;
        testing->last = item->goal.by > testing->last ? item->goal.by : testing->last;
    }
    return ok;
}

static bool say(const struct testing *testing, struct err *err)
{
    struct target_job *job = testing->job;
    const struct table *savings = testing->savings;
    if (testing->n_tested == 0)
        return target_job_say(job, err,
                              "Plan %s has %zu targets, and none of them can be held against a forecast.",
                              job->choice.plan->plan.name, testing->n);
    bool ok = target_job_say(job, err, "Of %zu targets of plan %s a forecast can test %zu.", testing->n,
                             job->choice.plan->plan.name, testing->n_tested);
    for (size_t i = 0; ok && testing->n_tested > 1 && i < savings->n_rows; i++) {
        char label[OUTLOOK_LABEL];
        const int futures = (int)(pct * table_at(savings, i, 2)->as.real + .5);
        outlook_label(&job->outlook, i, label);
        ok = target_job_say(
            job, err, i == 0 ? "All of them at once are met in %d of 100 futures (%s)%s" : "in %d (%s)%s",
            futures, label, i + 1 < savings->n_rows ? "," : ".");
    }
    return ok;
}

bool target_plan_run(struct target_job *job, struct err *err)
{
    struct testing testing = {
        .job = job,
        .seeks = options_text(job->options, "seek") != NULL && options_text(job->options, "reach") == NULL,
        .targets = target_job_table(job, "targets", NULL, target_columns,
                                    sizeof target_columns / sizeof target_columns[0], true, false),
        .shown = target_job_table(job, "p10 to p90 hold 8 in 10 futures; chance with its 95 % limits",
                                  "Chances of meeting the targets", shown_columns,
                                  sizeof shown_columns / sizeof shown_columns[0], false, true),
        .needs = target_job_table(job, "On top of the scenario, from now on", "What it would take",
                                  needs_columns, sizeof needs_columns / sizeof needs_columns[0], false, true),
        .savings = target_job_table(
            job, "savings", "All targets at once, and what is saved by then against the baseline",
            saving_columns, sizeof saving_columns / sizeof saving_columns[0], true, true),
        .untested = target_job_table(job, "Reported, not guessed", "Targets that no forecast can test",
                                     untested_columns, sizeof untested_columns / sizeof untested_columns[0],
                                     false, false),
    };
    for (size_t i = 0; i < job->n_tables; i++)
        if (!job->tables[i].is_saved)
            job->tables[i].file = "targets.csv";
    job->numbers = "targets.csv";
    bool ok = (!testing.seeks || (target_goal_lever(job, &testing.lever, err) &&
                                  target_goal_chance(job, &testing.chance, err))) &&
              resolve(&testing, err) &&
              (testing.n_tested == 0 || (test_scenarios(&testing, err) && show_results(&testing, err))) &&
              say(&testing, err);
    free(testing.items);
    free(testing.results);
    free(testing.values);
    free(testing.met);
    return ok;
}
