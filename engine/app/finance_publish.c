/* SPDX-License-Identifier: GPL-3.0-or-later
 * A column is masked as the list below says; one that is not named there is of the first kind. */
#include "app/finance_publish.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/outlook_publish.h"
#include "base/vec.h"
#include "store/published_cells.h"
#include "study/finance_disclosure.h"
#include "study/finance_value.h"

enum { MONTHS_A_YEAR = 12 };
/* Measures of the ledger of publications. */
static const char small_line[] = "finance:small", other_line[] = "finance:beside";

const char finance_publish_why[] = "hidden: it rests on prices of hidden lines";

/* ---- which lines -------------------------------------------------------------------------------------- */

static double least_children(const struct finance_job *job)
{
    return fmax((double)job->publish.publication.rule.k + 1, PUBLISH_LEAST_FORECAST);
}

/* Children of a group on average in a month of the year. */
static double group_children(const struct finance_job *job, int g, int32_t month)
{
    const struct finance_future *future = &job->futures[job->outlook.main];
    const int32_t year = job->year;
    const double days = finance_month_end(year, month) - finance_month_end(year, month - 1);
    return ((double)job->finance.known.nights[g][month] + future->nights[month][g]) / days;
}

/* Nobody now, nobody in the year, and that may be said. */
static bool is_empty(const struct finance_job *job, int g)
{
    int64_t now = 0;
    double year = 0;
    const struct group group = {GROUP_PLACEMENT, g};
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        year += group_children(job, g, m);
    return year <= 0 &&
           publication_count(job->outlook.published, MEASURE_STOCK, group, job->outlook.history.localities,
                             job->outlook.origin, 0, &now) == PUBLICATION_SHOWN &&
           now == 0;
}

static bool is_small(const struct finance_job *job, size_t i)
{
    const struct finance_line *line = &job->finance.lines.items[i];
    const struct finance_row *row = &job->finance.rows[i];
    const double least = least_children(job);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const struct group group = {GROUP_PLACEMENT, g};
        if ((line->groups >> g & 1U) != 0 && !outlook_may_publish(&job->outlook, MEASURE_STOCK, group) &&
            !is_empty(job, g))
            return true;
    }
    for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
        double children = 0;
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            children += line->share[g] * group_children(job, g, m);
        if (children < least)
            return true;
    }
    return row->children_now < least || (line->is_budgeted && row->fte0 < least);
}

/* A line's name in the ledger of publications. */
static const char *key_of(struct finance_job *job, size_t i, struct err *err)
{
    char placement[PLACEMENT_SET_TEXT];
    finance_job_placement(job, i, placement);
    return arena_format(&job->texts, err, "%s|%s", finance_job_line(job, i), placement);
}

/* What earlier reports on the year hid. */
static bool find_earlier(struct finance_job *job, struct finance_disclosure_line lines[], struct err *err)
{
    struct published_cell *cells = NULL;
    struct arena texts = {0};
    size_t n = 0;
    bool ok = published_cells_load(job->store, job->outlook.authority.la, &texts, &cells, &n, err);
    for (size_t i = 0; ok && i < finance_job_total(job); i++) {
        const char *key = key_of(job, i, err);
        ok = key != NULL;
        for (size_t k = 0; ok && k < n; k++) {
            if (cells[k].date != date_year_end(job->year) || strcmp(cells[k].group, key) != 0)
                continue;
            lines[i].is_small = lines[i].is_small || strcmp(cells[k].measure, small_line) == 0;
            lines[i].was_hidden = lines[i].was_hidden || strcmp(cells[k].measure, other_line) == 0;
        }
    }
    free(cells);
    arena_free(&texts);
    return ok;
}

bool finance_publish_choose(struct finance_job *job, struct err *err)
{
    const size_t n = finance_job_total(job);
    if (!job->publish.is_on)
        return true;
    if (!outlook_publish(&job->outlook, &job->publish, job->store, &job->app->log, err))
        return false;
    job->lines_published = arena_take(&job->texts, (n + 1) * sizeof *job->lines_published, err);
    if (job->lines_published == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct finance_row *row = &job->finance.rows[i];
        job->lines_published[i] = (struct finance_disclosure_line){
            .is_placement = row->is_placement,
            .groups = job->finance.lines.items[i].groups,
            .is_small = row->is_placement && is_small(job, i),
            .children = row->fte1,
            .amounts = {row->outturn, row->budget, row->actual, row->committed,
                        row->full_year_now + row->outturn},
        };
    }
    if (!find_earlier(job, job->lines_published, err))
        return false;
    finance_disclosure_choose(job->lines_published, n, job->publish.publication.rule.k);
    size_t hidden = 0, placements = 0;
    for (size_t i = 0; i < n; i++) {
        hidden += job->lines_published[i].is_hidden;
        placements += job->lines_published[i].is_placement;
    }
    log_info(&job->app->log,
             "of %zu lines with placements %zu are hidden: few children, or what protects them", placements,
             hidden);
    return true;
}

bool finance_publish_shows(const struct finance_job *job, size_t line)
{
    return job->lines_published == NULL || line >= finance_job_total(job) ||
           !job->lines_published[line].is_hidden;
}

bool finance_publish_hides_any(const struct finance_job *job)
{
    for (size_t i = 0; i < finance_job_total(job); i++)
        if (!finance_publish_shows(job, i))
            return true;
    return false;
}

bool finance_publish_shows_group(const struct finance_job *job, enum placement_group group)
{
    const struct group placement = {GROUP_PLACEMENT, (int32_t)group};
    if (!job->publish.is_on)
        return true;
    for (size_t i = 0; i < finance_job_total(job); i++)
        if (job->finance.lines.items[i].share[group] > 0 && !finance_publish_shows(job, i))
            return false;
    return outlook_may_publish(&job->outlook, MEASURE_STOCK, placement);
}

/* ---- masking ------------------------------------------------------------------------------------------ */

enum mask {
    MASK_LINES, /* "c" in hidden lines */
    MASK_NAME,  /* never masked */
    MASK_WHOLE, /* of the whole alone: "c" in all lines */
    MASK_PARTS, /* of lines that are shown; of the whole only when no line is hidden */
    MASK_ALL,   /* never shown */
};
static const struct {
    enum finance_table table;
    const char *column;
    enum mask mask;
} masks[] = {
    {FINANCE_TO_DATE, "to_date", MASK_NAME},
    {FINANCE_TO_DATE, "not_closed_gbp", MASK_WHOLE},
    {FINANCE_SPLIT, "budget_nights", MASK_PARTS},
    {FINANCE_SPLIT, "forecast_nights", MASK_PARTS},
    {FINANCE_SPLIT, "budget_fte", MASK_PARTS},
    {FINANCE_SPLIT, "forecast_fte", MASK_PARTS},
    {FINANCE_SPLIT, "budget_weekly_gbp", MASK_PARTS},
    {FINANCE_SPLIT, "forecast_weekly_gbp", MASK_PARTS},
    {FINANCE_SPLIT, "mix_against_average_gbp", MASK_ALL},
    {FINANCE_PROFILE, "date", MASK_NAME},
    {FINANCE_PROFILE, "budget_gbp", MASK_WHOLE},
    {FINANCE_PROFILE, "actual_gbp", MASK_WHOLE},
    {FINANCE_PROFILE, "forecast_gbp", MASK_WHOLE},
    {FINANCE_SAVINGS, "planned_gbp", MASK_PARTS},
    {FINANCE_SAVINGS, "due_to_date_gbp", MASK_PARTS},
    {FINANCE_SAVINGS, "delivered_gbp", MASK_PARTS},
    {FINANCE_SAVINGS, "forecast_gbp", MASK_PARTS},
    {FINANCE_SAVINGS, "at_risk_gbp", MASK_PARTS},
    {FINANCE_SAVINGS, "chance_in_full", MASK_PARTS},
    {FINANCE_SAVINGS, "status", MASK_PARTS},
    {FINANCE_MEDIUM_TERM, "scenario", MASK_NAME},
    {FINANCE_MEDIUM_TERM, "nights", MASK_PARTS},
    {FINANCE_MEDIUM_TERM, "fte", MASK_PARTS},
    {FINANCE_CALIBRATION, "price_book_gbp", MASK_ALL},
    {FINANCE_CALIBRATION, "price_book_weekly_gbp", MASK_ALL},
    {FINANCE_CALIBRATION, "log_ratio", MASK_ALL},
    {FINANCE_CALIBRATION, "factor", MASK_ALL},
    {FINANCE_CALIBRATION, "sd", MASK_ALL},
    {FINANCE_CALIBRATION, "use", MASK_ALL},
    {FINANCE_MOVEMENT, "before", MASK_NAME},
    {FINANCE_MOVEMENT, "before_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "now_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "movement_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "volume_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "price_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "mix_gbp", MASK_WHOLE},
    {FINANCE_MOVEMENT, "other_gbp", MASK_WHOLE},
};

static enum mask mask_of(enum finance_table table, const char *column)
{
    static const char *const names[] = {"year", "line", "placement"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], column) == 0)
            return MASK_NAME;
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++)
        if (masks[i].table == table && strcmp(masks[i].column, column) == 0)
            return masks[i].mask;
    return MASK_LINES;
}

static const char *text_at(const struct table *table, size_t row, const char *column)
{
    const size_t i = table_column_index(table, column);
    const struct table_cell *cell = i < table->n_columns ? table_at(table, row, i) : NULL;
    return cell != NULL && cell->kind == CELL_TEXT ? cell->as.text : "";
}

enum row_kind { ROW_SHOWN, ROW_HIDDEN, ROW_TOTAL };

/* A row of a line that only an earlier report has is hidden; a table without lines has totals alone. */
static enum row_kind kind_of(const struct finance_job *job, const struct table *table, size_t row)
{
    if (table_column_index(table, "line") == table->n_columns)
        return ROW_TOTAL;
    const char *line = text_at(table, row, "line");
    const char *placement = text_at(table, row, "placement");
    for (size_t i = 0; i < finance_job_total(job); i++) {
        char own[PLACEMENT_SET_TEXT];
        finance_job_placement(job, i, own);
        if (strcmp(line, finance_job_line(job, i)) == 0 && strcmp(placement, own) == 0)
            return finance_publish_shows(job, i) ? ROW_SHOWN : ROW_HIDDEN;
    }
    return strcmp(line, "all") == 0 && placement[0] == '\0' ? ROW_TOTAL : ROW_HIDDEN;
}

static bool is_masked(enum mask mask, enum row_kind kind, bool hides_any)
{
    switch (mask) {
    case MASK_NAME:
        return false;
    case MASK_ALL:
        return true;
    case MASK_WHOLE:
        return kind != ROW_TOTAL;
    case MASK_PARTS:
        return kind == ROW_HIDDEN || (kind == ROW_TOTAL && hides_any);
    case MASK_LINES:
        break;
    }
    return kind == ROW_HIDDEN;
}

static bool is_blank(const struct table *table, size_t column)
{
    for (size_t row = 0; row < table->n_rows; row++)
        if (table_at(table, row, column)->kind != CELL_EMPTY)
            return false;
    return true;
}

/* Of a hidden line blanks are masked, too: they would say what it does not have. Columns without anything
 * stay blank. */
static bool mask_table(struct finance_job *job, enum finance_table t, bool hides_any, struct err *err)
{
    struct table *table = &job->tables[t];
    bool ok = true;
    for (size_t i = 0; ok && i < table->n_columns; i++) {
        const enum mask mask = mask_of(t, table->columns[i].name);
        if (is_blank(table, i))
            continue;
        for (size_t row = 0; ok && row < table->n_rows; row++)
            if (is_masked(mask, kind_of(job, table, row), hides_any))
                ok = publish_set_hidden(table, &table->cells[row * table->n_columns + i], err);
    }
    return ok;
}

/* Answers that were not given because they rest on hidden prices. */
static bool mask_questions(struct finance_job *job, struct err *err)
{
    struct table *table = &job->tables[FINANCE_SENSITIVITIES];
    bool ok = true;
    for (size_t row = 0; ok && row < table->n_rows; row++) {
        if (strcmp(text_at(table, row, "basis"), finance_publish_why) != 0)
            continue;
        struct table_cell *cells = &table->cells[row * table->n_columns];
        ok = publish_set_hidden(table, &cells[table_column_index(table, "rest_of_year_gbp")], err) &&
             publish_set_hidden(table, &cells[table_column_index(table, "full_year_gbp")], err);
    }
    return ok;
}

bool finance_publish_mask(struct finance_job *job, struct err *err)
{
    const bool hides_any = finance_publish_hides_any(job);
    bool ok = true;
    for (int t = 0; ok && job->publish.is_on && t < FINANCE_TABLE_COUNT; t++)
        ok = t == FINANCE_SENSITIVITIES ? mask_questions(job, err)
                                        : mask_table(job, (enum finance_table)t, hides_any, err);
    return ok;
}

/* ---- what is remembered ------------------------------------------------------------------------------- */

static bool record_lines(struct finance_job *job, struct err *err)
{
    const size_t n = finance_job_total(job);
    struct published_cell *cells = vec_new(n, sizeof *cells, err);
    struct store *store = NULL;
    size_t n_cells = 0;
    bool ok = cells != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const char *key = key_of(job, i, err);
        ok = key != NULL;
        if (ok && !finance_publish_shows(job, i))
            cells[n_cells++] =
                (struct published_cell){.measure = job->lines_published[i].is_small ? small_line : other_line,
                                        .group = key,
                                        .locality = "",
                                        .date = date_year_end(job->year),
                                        .months = MONTHS_A_YEAR};
    }
    store = ok ? store_open(job->app->database, STORE_WRITE, err) : NULL;
    ok = store != NULL && published_cells_put(store, job->outlook.authority.la, cells, n_cells, err);
    store_close(store);
    free(cells);
    return ok;
}

bool finance_publish_record(struct finance_job *job, struct err *err)
{
    return !job->publish.is_on ||
           (publish_record(&job->publish, job->app->database, job->outlook.authority.la, err) &&
            record_lines(job, err));
}

size_t finance_publish_notes(struct finance_job *job, const char *notes[FINANCE_PUBLISH_NOTES],
                             struct err *err)
{
    const char *said[PUBLISH_NOTES];
    if (publish_notes(&job->publish, &job->texts, said, err) == 0)
        return 0;
    notes[0] = said[0];
    notes[1] = arena_format(&job->texts, err,
                            "A line has c in all figures when fewer than %.0f children are behind it in some "
                            "month of the year, in the "
                            "budget or on the last day known, and so have lines by which it could be found: "
                            "totals are shown, and what hidden lines cost together follows from them.",
                            least_children(job));
    notes[2] =
        "Not published: months and movements of lines, the price book and how the ledger compares "
        "with it, what single actions of a plan do; nights and placements of the whole while a line is "
        "hidden.";
    notes[3] = said[1];
    notes[4] = said[3];
    return notes[1] == NULL ? 0 : FINANCE_PUBLISH_NOTES;
}
