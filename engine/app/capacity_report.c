/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each scenario is fitted and run by itself, with the model's own intervals. */
#include "app/capacity_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "render/csv.h"

enum { MOST_REPLICATES = 500 };

void capacity_report_free(struct capacity_report *report)
{
    for (size_t i = 0; i < report->n; i++)
        capacity_free(&report->found[i]);
    for (size_t i = 0; i < CAPACITY_REPORT_CHARTS; i++)
        table_free(&report->tables[i]);
    free(report->found);
    free((void *)report->scenarios);
    arena_free(&report->texts);
    *report = (struct capacity_report){0};
}

static bool run_one(struct capacity_report *report, const struct scenario *scenario,
                    const struct model_input *input, const struct model *model,
                    const struct price_book *prices, const struct run_options *options, struct log *log,
                    struct err *err)
{
    struct run run = {0};
    const bool ok = run_open(&run, model, input, &scenario->params, options, log, err) &&
                    capacity_find(&run, scenario, prices, &report->found[report->n], err);
    if (run.model != NULL)
        run_close(&run);
    if (ok)
        report->scenarios[report->n++] = scenario;
    return ok;
}

bool capacity_report_run(struct capacity_report *out, const struct outlook *outlook,
                         const struct model *model, int32_t months, uint64_t seed,
                         const struct price_book *prices, const struct run_options *options, struct log *log,
                         struct err *err)
{
    struct outlook_input known;
    struct run_options raw = *options;
    size_t n = 0;
    *out = (struct capacity_report){0};
    for (size_t i = 0; i < outlook->n_scenarios; i++)
        n += outlook->scenarios[i].n_capacities > 0;
    if (n == 0 || (model->lever_kinds >> LEVER_CAPACITY & 1U) == 0)
        return true;
    raw.raw = true;
    raw.replicates = options->replicates < MOST_REPLICATES ? options->replicates : MOST_REPLICATES;
    str_copy(str_of(outlook->authority.name), out->la_name, sizeof out->la_name);
    out->found = vec_new(n, sizeof *out->found, err);
    out->scenarios = vec_new(n, sizeof *out->scenarios, err);
    bool ok = out->found != NULL && out->scenarios != NULL &&
              outlook_input_make(outlook, months, seed, &known, err);
    if (ok) {
        log_progress_start(log);
        for (size_t i = 0; ok && i < outlook->n_scenarios; i++) {
            if (outlook->scenarios[i].n_capacities == 0)
                continue;
            if (i == outlook->main)
                out->shown = out->n;
            ok = run_one(out, &outlook->scenarios[i], &known.input, model, prices, &raw, log, err);
        }
        log_progress_end(log);
        outlook_input_free(&known);
    }
    if (!ok)
        capacity_report_free(out);
    return ok;
}

/* ---- capacity.csv ----------------------------------------------------------------------------------------
 */

static struct table_cell *start_row(struct table *table, const struct capacity_report *report, size_t i,
                                    int32_t month, const char *placement, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], report->la_name, err) ||
        !table_set_text(table, &row[1], report->scenarios[i]->name, err) ||
        !table_set_text(table, &row[3], placement, err))
        return NULL;
    table_set_day(&row[2], date_month_end(report->found[i].origin, month + 1));
    return row;
}

static bool add_month(struct table *table, const struct capacity_report *report, size_t i, int32_t month,
                      struct err *err)
{
    const struct capacity *found = &report->found[i];
    struct table_cell *row = NULL;
    for (size_t k = 0; k < found->n_lines; k++) {
        const struct capacity_line *line = &found->lines[k];
        row = start_row(table, report, i, month, placement_group_name(line->group), err);
        if (row == NULL)
            return false;
        table_set_real(&row[4], line->places[month]);
        table_set_real(&row[5], line->in_use[month].mean);
        table_set_real(&row[6], line->in_use[month].p10);
        table_set_real(&row[7], line->in_use[month].p50);
        table_set_real(&row[8], line->in_use[month].p90);
        table_set_real(&row[9], line->elsewhere[month].mean);
        table_set_real(&row[10], line->elsewhere[month].p10);
        table_set_real(&row[11], line->elsewhere[month].p90);
    }
    row = start_row(table, report, i, month, "all", err);
    if (row == NULL)
        return false;
    table_set_gbp(&row[12], money_from_pounds(found->cost[month].mean));
    table_set_gbp(&row[13], money_from_pounds(found->cost[month].p10));
    table_set_gbp(&row[14], money_from_pounds(found->cost[month].p90));
    return true;
}

bool capacity_report_write(const struct capacity_report *report, struct folder *folder, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},       {"scenario", 0},       {"date", 0},          {"placement", 0},
        {"places", 2},   {"mean", 2},           {"p10", 2},           {"p50", 2},
        {"p90", 2},      {"elsewhere_mean", 2}, {"elsewhere_p10", 2}, {"elsewhere_p90", 2},
        {"cost_gbp", 2}, {"cost_p10_gbp", 2},   {"cost_p90_gbp", 2},
    };
    struct table table;
    bool ok = true;
    if (report->n == 0)
        return true;
    table_init(&table, "capacity", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < report->n; i++)
        for (int32_t m = 0; ok && m < report->found[i].months; m++)
            ok = add_month(&table, report, i, m, err);
    ok = ok && csv_save(folder, &table, err);
    table_free(&table);
    return ok;
}
