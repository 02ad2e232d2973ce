/* SPDX-License-Identifier: GPL-3.0-or-later
 * The report's rows as the tables that CSV files, page and workbook share. */
#include <math.h>
#include <string.h>

#include "app/finance_job.h"
#include "app/finance_publish.h"
#include "app/row_writer.h"

enum { COLUMNS_MOST = 16 };

static const char *const headings[FINANCE_TABLE_COUNT] = {
#define FINANCE_TABLE(member, name, heading, about) heading,
#include "app/finance_table.def"
#undef FINANCE_TABLE
};
static const char *const abouts[FINANCE_TABLE_COUNT] = {
#define FINANCE_TABLE(member, name, heading, about) about,
#include "app/finance_table.def"
#undef FINANCE_TABLE
};
static const char *const names[FINANCE_TABLE_COUNT] = {
#define FINANCE_TABLE(member, name, heading, about) name,
#include "app/finance_table.def"
#undef FINANCE_TABLE
};

/* All columns in one list; those of a table stand together. */
static const struct table_column columns[] = {
#define FINANCE_COLUMN(table, name, decimals, heading, form, total, formula) {name, decimals},
#include "app/finance_columns.def"
#undef FINANCE_COLUMN
};
static const enum finance_table owners[] = {
#define FINANCE_COLUMN(table, name, decimals, heading, form, total, formula) FINANCE_##table,
#include "app/finance_columns.def"
#undef FINANCE_COLUMN
};

const char *finance_table_heading(enum finance_table table)
{
    return headings[table];
}

const char *finance_table_about(enum finance_table table)
{
    return abouts[table];
}

static void init_tables(struct finance_job *job)
{
    size_t first = 0;
    for (int t = 0; t < FINANCE_TABLE_COUNT; t++) {
        size_t n = 0;
        while (first + n < sizeof owners / sizeof owners[0] && owners[first + n] == (enum finance_table)t)
            n++;
        table_init(&job->tables[t], names[t], &columns[first], n);
        first += n;
    }
}

/* ---- rows by line ------------------------------------------------------------------------------------- */

/* Begins a row: year, line, placement. */
static struct row_writer begin_line(struct finance_job *job, enum finance_table table, size_t i,
                                    bool with_year, struct err *err)
{
    char year[DATE_TEXT], placement[PLACEMENT_SET_TEXT];
    struct row_writer w = row_writer_begin(&job->tables[table], err);
    date_format_financial_year(job->year, year);
    finance_job_placement(job, i, placement);
    if (with_year)
        row_writer_text(&w, year);
    row_writer_text(&w, finance_job_line(job, i));
    row_writer_text(&w, placement);
    return w;
}

static void gbp_if(struct row_writer *w, bool is_there, pence amount)
{
    if (is_there)
        row_writer_gbp(w, amount);
    else
        row_writer_skip(w);
}

static bool is_posted(const struct finance_job *job, size_t i)
{
    return job->finance.lines.n_closed > 0 &&
           (i == job->finance.lines.n || job->finance.lines.items[i].is_posted);
}

static bool add_report(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    const bool budget = job->finance.lines.has_budget, split = budget && row->is_placement;
    struct row_writer w = begin_line(job, FINANCE_REPORT, i, true, err);
    gbp_if(&w, budget, row->budget);
    gbp_if(&w, is_posted(job, i), row->actual);
    row_writer_gbp(&w, row->committed);
    row_writer_gbp(&w, row->outturn);
    row_writer_gbp(&w, row->p10);
    row_writer_gbp(&w, row->p90);
    gbp_if(&w, budget, row->variance);
    gbp_if(&w, split, row->split.volume);
    gbp_if(&w, split, row->split.price);
    gbp_if(&w, split, row->split.mix);
    gbp_if(&w, row->has_full_year, row->full_year_now);
    row_writer_real(&w, row->chance);
    return w.ok;
}

static bool add_to_date(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    if (job->finance.to_date == DAY_NONE)
        return true;
    struct row_writer w = begin_line(job, FINANCE_TO_DATE, i, true, err);
    row_writer_day(&w, job->finance.to_date);
    gbp_if(&w, job->finance.lines.has_budget, row->profile);
    gbp_if(&w, is_posted(job, i), row->actual);
    gbp_if(&w, job->finance.lines.has_budget && is_posted(job, i), row->actual - row->profile);
    gbp_if(&w, job->finance.lines.has_ledger, row->posted - row->actual);
    return w.ok;
}

static bool add_split(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    const bool budget = job->finance.lines.has_budget;
    struct row_writer w = begin_line(job, FINANCE_SPLIT, i, true, err);
    if (budget && row->is_placement)
        row_writer_integer(&w, row->nights0);
    else
        row_writer_skip(&w);
    if (row->is_placement)
        row_writer_integer(&w, row->nights1);
    else
        row_writer_skip(&w);
    row_writer_real(&w, budget && row->is_placement ? row->fte0 : (double)NAN);
    row_writer_real(&w, row->is_placement ? row->fte1 : (double)NAN);
    gbp_if(&w, budget && row->weekly0 > 0, row->weekly0);
    gbp_if(&w, row->weekly1 > 0, row->weekly1);
    gbp_if(&w, budget, row->split.volume);
    gbp_if(&w, budget, row->split.price);
    gbp_if(&w, budget, row->split.mix);
    gbp_if(&w, budget, row->split.other);
    gbp_if(&w, budget, row->variance);
    gbp_if(&w, budget, row->split.mix_told);
    return w.ok;
}

static bool add_chance(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    const bool known = !isnan(row->chance);
    struct row_writer w = begin_line(job, FINANCE_CHANCE, i, true, err);
    gbp_if(&w, known, row->budget);
    row_writer_gbp(&w, row->p10);
    row_writer_gbp(&w, row->p50);
    row_writer_gbp(&w, row->p90);
    row_writer_real(&w, row->chance);
    row_writer_real(&w, row->chance_error);
    row_writer_real(&w, known ? row->chance_limits.low : (double)NAN);
    row_writer_real(&w, known ? row->chance_limits.high : (double)NAN);
    gbp_if(&w, known, row->expected_over);
    gbp_if(&w, known, row->over_p90);
    return w.ok;
}

static bool add_profile(struct finance_job *job, size_t i, struct err *err)
{
    bool ok = true;
    for (int32_t m = 0; ok && m < FINANCE_MONTHS; m++) {
        const bool closed = m < job->finance.lines.n_closed && is_posted(job, i);
        struct row_writer w = begin_line(job, FINANCE_PROFILE, i, true, err);
        row_writer_day(&w, date_month_end(date_year_end(job->year), m - (FINANCE_MONTHS - 1)));
        gbp_if(&w, job->finance.lines.has_budget, job->finance.budget_months[i][m]);
        gbp_if(&w, closed, job->finance.outturn_months[i][m]);
        gbp_if(&w, !closed, job->finance.outturn_months[i][m]);
        ok = w.ok;
    }
    return ok;
}

static bool add_full_year(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    if (!row->has_full_year)
        return true;
    pence outturn = row->outturn;
    for (size_t k = 0; i == job->finance.lines.n && k < i; k++) /* the total is of the lines that are shown */
        outturn -= job->finance.rows[k].is_placement ? 0 : job->finance.rows[k].outturn;
    struct row_writer w = begin_line(job, FINANCE_FULL_YEAR, i, true, err);
    row_writer_real(&w, row->children_now);
    row_writer_gbp(&w, outturn);
    row_writer_gbp(&w, row->full_year_now);
    row_writer_gbp(&w, row->full_year_end);
    return w.ok;
}

/* The status words of reports by the chance of the whole saving; thresholds .8 and .4. */
static const char *status_of(double chance)
{
    static const double on_course = .8, at_risk = .4;
    return isnan(chance)         ? "Not known"
           : chance >= on_course ? "On course"
           : chance >= at_risk   ? "At risk"
                                 : "Off course";
}

static bool add_savings(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    if (row->savings <= 0)
        return true;
    struct row_writer w = begin_line(job, FINANCE_SAVINGS, i, true, err);
    row_writer_gbp(&w, row->savings);
    gbp_if(&w, job->finance.to_date != DAY_NONE, row->savings_due);
    gbp_if(&w, is_posted(job, i), row->saved);
    row_writer_gbp(&w, row->saving_outturn);
    row_writer_gbp(&w, row->saving_at_risk);
    row_writer_real(&w, row->saving_chance);
    row_writer_text(&w, status_of(row->saving_chance));
    return w.ok;
}

static const char *use_words(const struct ledger_fit *fit)
{
    switch (fit->use) {
    case LEDGER_NONE:
        return "not in the closed ledger: price book";
    case LEDGER_APPLIED:
        return "the ledger's factor is used";
    case LEDGER_TOO_FAR:
        return "too far apart: look at price list and line; price book";
    }
    return "";
}

static bool add_calibration(struct finance_job *job, size_t i, struct err *err)
{
    const struct finance_row *row = &job->finance.rows[i];
    const double nights = (double)row->closed_nights;
    enum { NIGHTS_A_WEEK = 7 };
    if (!row->is_placement || i == finance_job_total(job))
        return true;
    const bool priced = is_posted(job, i) && nights > 0;
    struct row_writer w = begin_line(job, FINANCE_CALIBRATION, i, false, err);
    row_writer_integer(&w, is_posted(job, i) ? job->finance.lines.n_closed : 0);
    row_writer_integer(&w, row->closed_nights);
    gbp_if(&w, is_posted(job, i), row->actual);
    gbp_if(&w, is_posted(job, i), row->modelled);
    gbp_if(&w, priced, priced ? (pence)floor((double)row->actual / nights * NIGHTS_A_WEEK + .5) : 0);
    gbp_if(&w, priced, priced ? (pence)floor((double)row->modelled / nights * NIGHTS_A_WEEK + .5) : 0);
    row_writer_real(&w, row->fit.log_ratio);
    row_writer_real(&w, exp(row->fit.mean));
    row_writer_real(&w, row->fit.sd);
    row_writer_text(&w, use_words(&row->fit));
    row_writer_text(&w, !is_posted(job, i)              ? ""
                        : job->finance.closed_are_known ? "known"
                                                        : "simulated, in part or whole");
    return w.ok;
}

static bool add_lines(struct finance_job *job, struct err *err)
{
    static bool (*const adders[])(struct finance_job *, size_t,
                                  struct err *) = {add_report,  add_to_date,   add_split,   add_chance,
                                                   add_profile, add_full_year, add_savings, add_calibration};
    bool ok = true;
    for (size_t k = 0; k < sizeof adders / sizeof adders[0]; k++)
        for (size_t i = 0; ok && i <= finance_job_total(job); i++)
            ok = adders[k](job, i, err);
    return ok;
}

/* ---- the others --------------------------------------------------------------------------------------- */

static bool add_decision(struct finance_job *job, size_t action, struct err *err)
{
    const struct attribution *found = &job->work.attribution;
    const struct plan *plan = &job->choice.plan->plan;
    size_t this_year = found->n_periods, next_year = found->n_periods;
    const size_t whole = found->n_actions;
    enum { ACTION_WORDS = 90 };
    for (size_t p = 0; p < found->n_periods; p++) {
        this_year = found->periods[p] == date_year_end(job->year) ? p : this_year;
        next_year = found->periods[p] == date_year_end(job->year + 1) ? p : next_year;
    }
    if (this_year == found->n_periods)
        return true;
    const struct attribute_effect *now = attribution_effect(found, action, ATTRIBUTE_COST, this_year);
    struct row_writer w = row_writer_begin(&job->tables[FINANCE_DECISIONS], err);
    row_writer_text(&w, plan->name);
    row_writer_text(&w, job->work.scenario->name);
    row_writer_text(&w, action == whole ? "all" : plan->actions[action].ref);
    row_writer_short(&w, action == whole ? "The whole plan" : plan->actions[action].text, ACTION_WORDS);
    row_writer_gbp(&w, money_from_pounds(now->mean));
    row_writer_gbp(&w, money_from_pounds(now->p10));
    row_writer_gbp(&w, money_from_pounds(now->p90));
    if (next_year < found->n_periods) {
        const double next = attribution_effect(found, action, ATTRIBUTE_COST, next_year)->mean;
        row_writer_gbp(&w, money_from_pounds(next));
        row_writer_gbp(&w, money_from_pounds(next) - money_from_pounds(now->mean));
    }
    return w.ok;
}

/* Actions that change money, and the whole plan. */
static bool add_decisions(struct finance_job *job, struct err *err)
{
    bool ok = true;
    if (!job->has_work)
        return true;
    const struct attribution *found = &job->work.attribution;
    for (size_t a = 0; ok && a <= found->n_actions; a++) {
        double size = 0;
        for (size_t p = 0; p < found->n_periods; p++)
            size += fabs(attribution_effect(found, a, ATTRIBUTE_COST, p)->mean);
        if (size > 0 || a == found->n_actions)
            ok = add_decision(job, a, err);
    }
    return ok;
}

static bool add_medium_term(struct finance_job *job, struct err *err)
{
    const size_t n = (size_t)job->finance.replicates;
    double *work = arena_take(&job->texts, 2 * n * sizeof *work, err);
    double first[FINANCE_YEARS] = {0};
    bool ok = work != NULL;
    for (size_t s = 0; ok && s < job->choice.n; s++)
        for (int32_t y = 0; ok && y < job->futures[s].n_years; y++) {
            char name[DATE_TEXT];
            const struct finance_year year = finance_year(&job->finance, &job->futures[s], y, work);
            const int32_t named = job->year + y;
            const double days = date_year_end(named) - date_year_end(named - 1);
            pence budget = 0;
            bool has_budget = false;
            for (size_t i = 0; i < job->budget.n; i++)
                if (job->budget.items[i].year == named) {
                    budget += job->budget.items[i].budget;
                    has_budget = true;
                }
            date_format_financial_year(named, name);
            if (s == 0)
                first[y] = year.mean;
            struct row_writer w = row_writer_begin(&job->tables[FINANCE_MEDIUM_TERM], err);
            row_writer_text(&w, job->choice.scenarios[s].name);
            row_writer_text(&w, name);
            row_writer_gbp(&w, (pence)floor(year.mean + .5));
            row_writer_gbp(&w, (pence)floor(year.p10 + .5));
            row_writer_gbp(&w, (pence)floor(year.p90 + .5));
            gbp_if(&w, s > 0, (pence)floor(year.mean + .5) - (pence)floor(first[y] + .5));
            gbp_if(&w, has_budget, budget);
            row_writer_integer(&w, (int64_t)floor(year.nights + .5));
            row_writer_real(&w, year.nights / days);
            ok = w.ok;
        }
    return ok;
}

static bool add_sensitivities(struct finance_job *job, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < job->n_sensitivities; i++) {
        const struct finance_sensitivity *s = &job->sensitivities[i];
        struct row_writer w = row_writer_begin(&job->tables[FINANCE_SENSITIVITIES], err);
        row_writer_text(&w, s->question);
        gbp_if(&w, s->is_known && s->has_rest, s->rest_of_year);
        gbp_if(&w, s->is_known, s->full_year);
        row_writer_text(&w, s->basis);
        ok = w.ok;
    }
    return ok;
}

/* The line of the earlier report with this line's name and groups; NULL when it is new. */
static const struct finance_run_line *earlier_line(const struct finance_job *job, size_t i)
{
    char placement[PLACEMENT_SET_TEXT];
    finance_job_placement(job, i, placement);
    for (size_t k = 0; k < job->before.n; k++)
        if (strcmp(job->before.lines[k].placement, placement) == 0 &&
            str_equal_ignore_case(str_of(job->before.lines[k].line), str_of(finance_job_line(job, i))))
            return &job->before.lines[k];
    return NULL;
}

static bool is_gone(const struct finance_job *job, size_t k)
{
    for (size_t i = 0; i < finance_job_total(job); i++)
        if (earlier_line(job, i) == &job->before.lines[k])
            return false;
    return true;
}

static bool add_movement_row(struct finance_job *job, const char *line, const char *placement,
                             const struct pvm_line *moved, const struct pvm_split *split, struct err *err)
{
    char year[DATE_TEXT];
    struct row_writer w = row_writer_begin(&job->tables[FINANCE_MOVEMENT], err);
    date_format_financial_year(job->year, year);
    row_writer_text(&w, year);
    row_writer_text(&w, line);
    row_writer_text(&w, placement);
    row_writer_day(&w, job->before.data_date);
    row_writer_gbp(&w, moved->cost0);
    row_writer_gbp(&w, moved->cost1);
    row_writer_gbp(&w, moved->cost1 - moved->cost0);
    row_writer_gbp(&w, split->volume);
    row_writer_gbp(&w, split->price);
    row_writer_gbp(&w, split->mix);
    row_writer_gbp(&w, split->other);
    return w.ok;
}

/* Lines of both reports, then lines that are gone, then the total. */
static bool add_movement(struct finance_job *job, struct err *err)
{
    const size_t n = finance_job_total(job), most = n + job->before.n;
    struct pvm_line *lines = NULL;
    struct pvm_split *splits = NULL, total_split = {0};
    struct pvm_line total = {0};
    const struct finance_run_line **gone = NULL;
    size_t n_lines = n;
    if (!job->has_before)
        return true;
    lines = arena_take(&job->texts, (most + 1) * sizeof *lines, err);
    splits = arena_take(&job->texts, (most + 1) * sizeof *splits, err);
    gone = arena_take(&job->texts, (most + 1) * sizeof *gone, err);
    bool ok = lines != NULL && splits != NULL && gone != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const struct finance_run_line *before = earlier_line(job, i);
        const struct finance_row *row = &job->finance.rows[i];
        lines[i] = (struct pvm_line){.is_placement = row->is_placement,
                                     .nights0 = before != NULL ? before->nights : 0,
                                     .nights1 = row->nights1,
                                     .cost0 = before != NULL ? before->outturn : 0,
                                     .cost1 = row->outturn};
    }
    for (size_t k = 0; ok && k < job->before.n; k++)
        if (is_gone(job, k)) {
            gone[n_lines] = &job->before.lines[k];
            lines[n_lines++] = (struct pvm_line){.is_placement = job->before.lines[k].placement[0] != '\0',
                                                 .nights0 = job->before.lines[k].nights,
                                                 .cost0 = job->before.lines[k].outturn};
        }
    ok = ok && pvm_make(lines, n_lines, splits, &total_split, err);
    for (size_t i = 0; ok && i < n_lines; i++) {
        char placement[PLACEMENT_SET_TEXT];
        finance_job_placement(job, i, placement);
        ok = add_movement_row(job, i < n ? finance_job_line(job, i) : gone[i]->line,
                              i < n ? placement : gone[i]->placement, &lines[i], &splits[i], err);
        total.cost0 += lines[i].cost0;
        total.cost1 += lines[i].cost1;
    }
    return ok && add_movement_row(job, "all", "", &total, &total_split, err);
}

bool finance_tables_make(struct finance_job *job, struct err *err)
{
    init_tables(job);
    return add_lines(job, err) && add_decisions(job, err) && add_medium_term(job, err) &&
           add_sensitivities(job, err) && add_movement(job, err) && finance_publish_mask(job, err);
}
