/* SPDX-License-Identifier: GPL-3.0-or-later
 * Placement targets: what the mix becomes, month by month, and what that does to nights, money and places. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/target_job.h"
#include "base/vec.h"
#include "numeric/quantile.h"
#include "study/mix.h"

static const double pct = 100, pence_a_pound = 100;
static const double near_enough = .1; /* per cent of all children, as in study/mix */
static const double least_share =
    .05; /* per cent: smaller groups that nobody named are left off the screen */

static const struct table_column mix_columns[] = {{"placement", 0},
                                                  {"by", 0},
                                                  {"share_now_pct", 2},
                                                  {"share_baseline_pct", 2},
                                                  {"share_wanted_pct", 2},
                                                  {"share_pct", 2},
                                                  {"children_now", 0},
                                                  {"children_baseline", 1},
                                                  {"children", 1},
                                                  {"children_p90", 1},
                                                  {"places", 1},
                                                  {"nights", 0},
                                                  {"nights_difference", 0},
                                                  {"cost_gbp", 2},
                                                  {"cost_difference_gbp", 2}};
static const struct table_column shown_columns[] = {{"placement", 0}, {"now", 0},    {"baseline", 0},
                                                    {"wanted", 0},    {"mix", 0},    {"children", 0},
                                                    {"p90", 0},       {"places", 0}, {"cost_change", 0}};
static const struct table_column path_columns[] = {
    {"date", 0}, {"placement", 0}, {"share_baseline_pct", 2}, {"share_pct", 2}, {"children", 1}};

struct mixing {
    struct target_job *job;
    const struct scenario *scenario;
    struct draws own; /* of the scenario, where that is not the baseline */
    const struct draws *rest;
    double wishes[PLACEMENT_COUNT];
    struct mix_answer mix;
    day by;
    int32_t month;
    double *work; /* 2 numbers a replicate */
};

static double mean_of(const struct mixing *mixing, const struct draws *draws, enum measure measure,
                      struct group group, int32_t from, int32_t to)
{
    double sum = 0;
    if (measure != MEASURE_COST && draws_find(draws, measure, group) == draws->n_series)
        return 0;
    draws_values(draws, measure, group, from, to, mixing->work);
    for (int32_t r = 0; r < draws->replicates; r++)
        sum += mixing->work[r];
    return sum / draws->replicates;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Usable places of a group in the scenario; NaN without a limit. */
static double places_of(const struct scenario *scenario, enum placement_group group)
{
    for (size_t i = 0; i < scenario->n_capacities; i++)
        if (scenario->capacities[i].group == group)
            return scenario->capacities[i].places * scenario->capacities[i].usable;
    return (double)NAN;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static bool add_group(const struct mixing *mixing, struct table *table, struct group group, struct err *err)
{
    const bool all = group.kind == GROUP_ALL;
    const struct mix_answer *mix = &mixing->mix;
    const struct draws *with = &mix->draws;
    const int32_t month = mixing->month;
    const struct counts *counts = mixing->job->now.counts;
    const char *name = all ? "all" : placement_group_name((enum placement_group)group.member);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], name, err))
        return false;
    table_set_day(&row[1], mixing->by);
    const struct quantity quantity = {MEASURE_STOCK, group, false};
    double now = 0;
    if (quantity_known(&quantity, counts, mixing->job->outlook.origin, &now)) {
        table_set_real(&row[6], now);
        if (mixing->job->now.stock > 0)
            table_set_real(&row[2], pct * now / mixing->job->now.stock);
    }
    if (!all) {
        table_set_real(&row[3], mix->base[group.member]);
        table_set_real(&row[4], mix->wanted[group.member]);
        table_set_real(&row[5], mix->share[group.member]);
        table_set_real(&row[10], places_of(mixing->scenario, (enum placement_group)group.member));
    }
    table_set_real(&row[7], mean_of(mixing, mixing->rest, MEASURE_STOCK, group, month, month));
    table_set_real(&row[8], mean_of(mixing, with, MEASURE_STOCK, group, month, month));
    qsort(mixing->work, (size_t)with->replicates, sizeof *mixing->work, compare);
    table_set_real(&row[9], quantile_sorted(mixing->work, (size_t)with->replicates, .9));
    const double nights = mean_of(mixing, with, MEASURE_NIGHTS, group, 0, month);
    table_set_real(&row[11], nights);
    table_set_real(&row[12], nights - mean_of(mixing, mixing->rest, MEASURE_NIGHTS, group, 0, month));
    if (with->costs != NULL && mixing->rest->costs != NULL) {
        const double cost = mean_of(mixing, with, MEASURE_COST, group, 0, month) / pence_a_pound;
        const double before = mean_of(mixing, mixing->rest, MEASURE_COST, group, 0, month) / pence_a_pound;
        table_set_gbp(&row[13], money_from_pounds(cost));
        table_set_gbp(&row[14], money_from_pounds(cost - before));
    }
    return true;
}

/* The same for people, from the row that was added last. */
static bool add_shown(const struct table *mix, struct table *table, struct group group, struct err *err)
{
    enum { FIRST = 2, SHARES = 4, CHILDREN = 8, P90 = 9, PLACES = 10, CHANGE = 14 };
    char text[OUTLOOK_NUMBER];
    char pounds[OUTLOOK_NUMBER];
    const bool all = group.kind == GROUP_ALL;
    const size_t last = mix->n_rows - 1;
    struct table_cell *row = table_add_row(table, err);
    bool ok = row != NULL &&
              table_set_text(table, &row[0],
                             all ? "All" : placement_group_words((enum placement_group)group.member), err);
    for (size_t i = 0; ok && i < SHARES; i++) {
        const struct table_cell *cell = table_at(mix, last, FIRST + i);
        if (cell->kind != CELL_REAL)
            continue;
        (void)snprintf(text, sizeof text, "%.1f %%", cell->as.real);
        ok = table_set_text(table, &row[1 + i], text, err);
    }
    if (!ok)
        return false;
    row[SHARES + 1] = *table_at(mix, last, CHILDREN);
    row[SHARES + 2] = *table_at(mix, last, P90);
    row[SHARES + 3] = *table_at(mix, last, PLACES);
    const struct table_cell *change = table_at(mix, last, CHANGE);
    if (change->kind != CELL_GBP)
        return true;
    outlook_pounds(fabs((double)change->as.integer) / pence_a_pound, pounds);
    (void)snprintf(text, sizeof text, "%s%.*s", change->as.integer < 0 ? "-" : "+", OUTLOOK_NUMBER - 2,
                   pounds);
    return table_set_text(table, &row[SHARES + 4], text, err);
}

static bool is_worth_a_row(const struct mixing *mixing, int group)
{
    return mixing->mix.base[group] >= least_share || mixing->mix.share[group] >= least_share ||
           !isnan(mixing->wishes[group]);
}

static bool add_mix(const struct mixing *mixing, struct err *err)
{
    struct target_job *job = mixing->job;
    struct table *table = target_job_table(job, "mix", NULL, mix_columns,
                                           sizeof mix_columns / sizeof mix_columns[0], true, false);
    struct table *shown =
        target_job_table(job, "Shares of all children; children and cost with the mix",
                         "The mix on its date, and what it changes until then", shown_columns,
                         sizeof shown_columns / sizeof shown_columns[0], false, true);
    job->tables[job->n_tables - 1].file = "mix.csv";
    bool ok = true;
    for (int g = 0; ok && g <= PLACEMENT_COUNT; g++) {
        const struct group group =
            g < PLACEMENT_COUNT ? (struct group){GROUP_PLACEMENT, g} : (struct group){GROUP_ALL, 0};
        if (g == PLACEMENT_COUNT || is_worth_a_row(mixing, g))
            ok = add_group(mixing, table, group, err) && add_shown(table, shown, group, err);
    }
    return ok;
}

static bool add_path(const struct mixing *mixing, struct err *err)
{
    struct target_job *job = mixing->job;
    struct table *table = target_job_table(job, "mix_path", NULL, path_columns,
                                           sizeof path_columns / sizeof path_columns[0], true, false);
    bool ok = true;
    for (int32_t m = 0; ok && m <= mixing->month; m++) {
        double before[PLACEMENT_COUNT];
        double with[PLACEMENT_COUNT];
        mix_shares(mixing->rest, m, before, mixing->work);
        mix_shares(&mixing->mix.draws, m, with, mixing->work);
        for (int g = 0; ok && g < PLACEMENT_COUNT; g++) {
            if (!is_worth_a_row(mixing, g))
                continue;
            struct table_cell *row = table_add_row(table, err);
            ok = row != NULL &&
                 table_set_text(table, &row[1], placement_group_name((enum placement_group)g), err);
            if (!ok)
                break;
            table_set_day(&row[0], outlook_month_end(&job->outlook, m));
            table_set_real(&row[2], before[g]);
            table_set_real(&row[3], with[g]);
            table_set_real(&row[4], mean_of(mixing, &mixing->mix.draws, MEASURE_STOCK,
                                            (struct group){GROUP_PLACEMENT, g}, m, m));
        }
    }
    return ok;
}

/* ---- charts and words -------------------------------------------------------------------------------- */

static bool draw(const struct mixing *mixing, struct err *err)
{
    struct target_job *job = mixing->job;
    char label[OUTLOOK_LABEL];
    bool ok = true;
    outlook_label(&job->outlook, job->outlook.main, label);
    for (int g = 0; ok && g < PLACEMENT_COUNT; g++) {
        if (isnan(mixing->wishes[g]))
            continue;
        const struct target_goal goal = {
            .quantity = {MEASURE_STOCK, {GROUP_PLACEMENT, g}, true},
            .by = mixing->by,
            .month = mixing->month,
            .level = mixing->wishes[g],
            .now = (double)NAN,
            .at_most = mixing->wishes[g] < mixing->mix.base[g],
        };
        ok = target_job_draw(job, &goal, mixing->rest, label, target_job_style(job, job->outlook.main), false,
                             err) &&
             target_job_draw(job, &goal, &mixing->mix.draws, "Mix", "scenario", true, err);
    }
    return ok;
}

static bool say_unreached(const struct mixing *mixing, struct err *err)
{
    bool ok = target_job_say(mixing->job, err,
                             "The mix cannot be reached by then while children move only as placements end.");
    for (int g = 0; ok && g < PLACEMENT_COUNT; g++)
        if (fabs(mixing->mix.share[g] - mixing->wishes[g]) > near_enough)
            ok = target_job_say(mixing->job, err, "%s comes to %.1f %% instead of %.1f %%.",
                                placement_group_words((enum placement_group)g), mixing->mix.share[g],
                                mixing->wishes[g]);
    return ok;
}

static bool say(const struct mixing *mixing, struct err *err)
{
    struct target_job *job = mixing->job;
    const struct draws *with = &mixing->mix.draws;
    char when[DATE_TEXT];
    char pounds[OUTLOOK_NUMBER];
    date_format_words(mixing->by, when);
    if (mixing->mix.is_reached
            ? !target_job_say(job, err,
                              "The mix is reached by %s if new and ending placements go elsewhere as "
                              "mix.yaml says.",
                              when)
            : !say_unreached(mixing, err))
        return false;
    if (with->costs == NULL || mixing->rest->costs == NULL)
        return true;
    const struct target_saving saving =
        target_saving_make(with, mixing->rest, MEASURE_COST, mixing->month, mixing->work);
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    outlook_pounds(fabs(saving.mean), pounds);
    outlook_pounds(fmin(fabs(saving.p10), fabs(saving.p90)), low);
    outlook_pounds(fmax(fabs(saving.p10), fabs(saving.p90)), high);
    if (saving.p10 < 0 && saving.p90 > 0)
        return target_job_say(job, err, "Whether it saves money by then is open: %s %s on average.", pounds,
                              saving.mean < 0 ? "more" : "less");
    return target_job_say(job, err, "It %s %s until then (8 in 10 futures: %s to %s).",
                          saving.mean < 0 ? "costs" : "saves", pounds, low, high);
}

static bool write_levers(const struct mixing *mixing, struct folder *folder, struct err *err)
{
    struct lever levers[PLACEMENT_COUNT * PLACEMENT_COUNT];
    size_t n = 0;
    return mix_levers(&mixing->mix, &mixing->job->texts, levers, &n, err) &&
           target_job_scenario(mixing->job, folder, "mix", "Placement targets by mix levers", levers, n, err);
}

bool target_mix_run(struct target_job *job, struct folder *folder, struct err *err)
{
    struct mixing mixing = {
        .job = job, .scenario = &job->choice.scenarios[job->outlook.main], .by = target_job_by(job)};
    const bool is_base = job->outlook.main == job->outlook.base;
    job->numbers = "mix_path.csv";
    mixing.work = vec_new(2 * (size_t)job->run_options.replicates, sizeof *mixing.work, err);
    bool ok =
        mixing.work != NULL && mix_read(options_text(job->options, "mix"), mixing.wishes, err) &&
        target_job_month(job, mixing.by, &mixing.month, err) &&
        (is_base || run_scenario(&job->run, mixing.scenario, &job->base, &job->prices, &mixing.own, err));
    mixing.rest = is_base ? &job->base : &mixing.own;
    ok = ok &&
         mix_seek(&job->run, mixing.scenario, mixing.rest, &job->prices, mixing.month, mixing.wishes,
                  &mixing.mix, err) &&
         say(&mixing, err) && add_mix(&mixing, err) && add_path(&mixing, err) && draw(&mixing, err) &&
         write_levers(&mixing, folder, err);
    draws_free(&mixing.mix.draws);
    draws_free(&mixing.own);
    free(mixing.work);
    return ok;
}
