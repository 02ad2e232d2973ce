/* SPDX-License-Identifier: GPL-3.0-or-later
 * A chart of a quantity is begun with its history when the first line is drawn, and gets its targets at the
 * end. */
#include "app/target_job.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "study/levered.h"

enum { SENTENCE = 640, HISTORY_YEARS = 5, YEAR = 12, PATH_LONGEST = 4096 };

/* ---- tables and words -------------------------------------------------------------------------------- */

struct table *target_job_table(struct target_job *job, const char *name, const char *heading,
                               const struct table_column columns[], size_t n_columns, bool is_saved,
                               bool is_shown)
{
    bug_if(job->n_tables == TARGET_TABLES);
    struct target_table *table = &job->tables[job->n_tables++];
    *table = (struct target_table){.heading = heading, .is_saved = is_saved, .is_shown = is_shown};
    table_init(&table->table, name, columns, n_columns);
    return &table->table;
}

bool target_job_say(struct target_job *job, struct err *err, const char *format, ...)
{
    char sentence[SENTENCE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return text_format(&job->lead, err, "%s%s", job->lead.length > 0 ? " " : "", sentence);
}

bool target_job_note(struct target_job *job, const char *note)
{
    if (job->n_notes == RESULTS_PAGE_NOTES)
        return false;
    job->notes[job->n_notes++] = note;
    return true;
}

/* ---- dates and numbers ------------------------------------------------------------------------------- */

const char *target_job_command(const struct target_job *job)
{
    return job->publish.is_on ? "turncurve target --publish" : job->app->command_line;
}

bool target_job_may_tell(const struct target_job *job, const struct target_goal *goal)
{
    const struct quantity *quantity = &goal->quantity;
    const bool is_level = quantity->measure == MEASURE_STOCK;
    if (job->outlook.published == NULL)
        return true;
    return outlook_may_publish(&job->outlook, quantity->measure, quantity->group) &&
           (is_level || goal->month >= YEAR - 1);
}

const struct counts *target_job_counts(const struct target_job *job)
{
    return job->outlook.has_history ? &job->outlook.counts : NULL;
}

day target_job_by(const struct target_job *job)
{
    const day by = options_date(job->options, "by");
    return by == DAY_NONE ? date_month_end(job->outlook.origin, TARGET_DEFAULT_MONTHS)
                          : date_month_end(by, 0);
}

bool target_job_month(const struct target_job *job, day by, int32_t *month, struct err *err)
{
    char text[DATE_TEXT];
    char from[DATE_TEXT];
    date_format_iso(by, text);
    date_format_iso(job->outlook.origin, from);
    *month = date_month_index(by) - date_month_index(job->outlook.origin) - 1;
    if (*month < 0)
        return err_set(err, ERR_USAGE, "--by %s lies in what is known: the forecast starts after %s", text,
                       from);
    return *month < job->months ||
           err_set(err, ERR_USAGE, "--by %s lies behind the end of the forecast; give more --months", text);
}

void target_job_value(const struct quantity *quantity, double value, char out[OUTLOOK_NUMBER])
{
    if (quantity->is_share)
        (void)snprintf(out, OUTLOOK_NUMBER, "%.1f %%", value);
    else if (quantity->measure == MEASURE_COST)
        outlook_pounds(value, out);
    else
        outlook_exact(value, out);
}

void target_job_pounds(double pounds, char out[OUTLOOK_NUMBER])
{
    char number[OUTLOOK_NUMBER];
    outlook_exact(pounds, number);
    (void)snprintf(out, OUTLOOK_NUMBER, "£%.*s", OUTLOOK_NUMBER - 4, number);
}

/* ---- charts ------------------------------------------------------------------------------------------ */

const char *target_job_style(const struct target_job *job, size_t scenario)
{
    return outlook_style(job->choice.scenarios[scenario].stance);
}

static bool same_quantity(const struct quantity *a, const struct quantity *b)
{
    return a->measure == b->measure && a->group.kind == b->group.kind && a->group.member == b->group.member &&
           a->is_share == b->is_share;
}

static bool draw_history(const struct target_job *job, const struct target_panel *panel, struct err *err)
{
    const struct group all = {GROUP_ALL, 0};
    const bool is_stock = panel->quantity.measure == MEASURE_STOCK &&
                          panel->quantity.group.kind == GROUP_ALL && !panel->quantity.is_share;
    bool ok = true;
    for (int32_t m = -HISTORY_YEARS * YEAR; ok && m <= 0; m++) {
        const day date = date_month_end(job->outlook.origin, m);
        double value = 0;
        if (job->outlook.published != NULL
                ? outlook_stock(&job->outlook, panel->quantity.group, date, &value)
                : quantity_known(&panel->quantity, job->now.counts, date, &value) ||
                      (is_stock && outlook_stock(&job->outlook, all, date, &value)))
            ok = chart_set_day_point(panel->table, "", "history", date, value, err);
    }
    return ok;
}

/* The chart of a quantity, begun when there is none; NULL with err empty when there is no room for more. */
static struct target_panel *panel_of(struct target_job *job, const struct quantity *quantity, struct err *err)
{
    for (size_t i = 0; i < job->n_panels; i++)
        if (same_quantity(&job->panels[i].quantity, quantity))
            return &job->panels[i];
    if (job->n_panels == TARGET_PANELS)
        return NULL;
    struct target_panel *panel = &job->panels[job->n_panels++];
    *panel = (struct target_panel){
        .quantity = *quantity, .table = chart_set_panel(&job->charts), .numbers = job->numbers};
    return draw_history(job, panel, err) ? panel : NULL;
}

/* The place of a goal among the points of its chart; TARGET_POINTS when there is no room. */
static size_t add_goal(struct target_panel *panel, const struct target_goal *goal)
{
    size_t i = 0;
    while (i < panel->n_goals &&
           !(panel->goals[i].by == goal->by && fabs(panel->goals[i].level - goal->level) < 1e-9))
        i++;
    if (i == panel->n_goals && i < TARGET_POINTS) {
        panel->chances[i] = (double)NAN;
        panel->goals[panel->n_goals++] = *goal;
    }
    return i;
}

static bool set_chance(const struct target_job *job, struct target_panel *panel, size_t i,
                       const struct draws *draws, struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const struct target_goal *goal = &panel->goals[i];
    if (!quantity_is_given(&goal->quantity, draws, job->now.counts, job->outlook.origin, goal->month))
        return true;
    double *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    quantity_values(&goal->quantity, draws, job->now.counts, job->outlook.origin, goal->month, values,
                    values + n);
    panel->chances[i] = target_outcome_make(goal, values, n, values + n, NULL).chance;
    free(values);
    return true;
}

static bool is_drawn(const struct target_panel *panel, const char *label)
{
    for (size_t i = 0; i < panel->table->n_rows; i++)
        if (strcmp(table_at(panel->table, i, CHART_SERIES)->as.text, label) == 0)
            return true;
    return false;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool draw_line(const struct target_job *job, const struct target_panel *panel,
                      const struct draws *draws, const char *label, const char *style, bool with_fan,
                      struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const day origin = job->outlook.origin;
    const double now = target_known_now(&job->now, &panel->quantity);
    double *values = vec_new(2 * n, sizeof *values, err);
    bool ok = values != NULL;
    if (ok && !isnan(now))
        ok = chart_set_day_point(panel->table, label, style, origin, now, err);
    for (int32_t m = 0; ok && m < draws->months; m++) {
        if (!quantity_is_given(&panel->quantity, draws, job->now.counts, origin, m))
            continue;
        quantity_values(&panel->quantity, draws, job->now.counts, origin, m, values, values + n);
        qsort(values, n, sizeof *values, compare);
        struct table_cell *row =
            chart_set_point(panel->table, label, style, quantile_sorted(values, n, .5), err);
        ok = row != NULL;
        if (ok)
            table_set_day(&row[CHART_X], date_month_end(origin, m + 1));
        if (ok && with_fan) {
            table_set_real(&row[CHART_P10], quantile_sorted(values, n, .1));
            table_set_real(&row[CHART_P90], quantile_sorted(values, n, .9));
        }
    }
    free(values);
    return ok;
}

bool target_job_draw(struct target_job *job, const struct target_goal *goal, const struct draws *draws,
                     const char *label, const char *style, bool with_fan, struct err *err)
{
    struct err failure = {0};
    if (job->outlook.published != NULL &&
        (goal->quantity.measure != MEASURE_STOCK || goal->quantity.is_share))
        return true; /* lines of flows and shares begin in months that are not published */
    struct target_panel *panel = panel_of(job, &goal->quantity, &failure);
    if (panel == NULL) {
        if (failure.code == ERR_NONE)
            return true;
        *err = failure;
        return false;
    }
    const size_t i = add_goal(panel, goal);
    if (with_fan && i < panel->n_goals && isnan(panel->chances[i]) && !set_chance(job, panel, i, draws, err))
        return false;
    if (is_drawn(panel, label))
        return true;
    const bool fan = with_fan && panel->fan == NULL;
    if (fan) {
        panel->fan = arena_copy(&job->texts, str_of(label), err);
        if (panel->fan == NULL)
            return false;
    }
    return draw_line(job, panel, draws, label, style, fan, err);
}

/* ---- scenario files ---------------------------------------------------------------------------------- */

/* A path that is read from anywhere; names of scenarios stay. */
static const char *whole_path(struct arena *texts, const char *name, struct err *err)
{
    char here[PATH_LONGEST];
    const bool is_path = strchr(name, '/') != NULL || strstr(name, ".y") != NULL;
    if (!is_path || name[0] == '/')
        return name;
    if (getcwd(here, sizeof here) == NULL) {
        err_set(err, ERR_IO, "the current folder has no path: %s", strerror(errno));
        return NULL;
    }
    return arena_format(texts, err, "%s/%s", here, name);
}

/* A text as YAML reads it back, whatever is in it. */
static bool add_quoted(struct text *out, const char *text, struct err *err)
{
    bool ok = text_append_c(out, "'", err);
    for (const char *at = text; ok && *at != '\0'; at++)
        ok = text_append(out, (struct str){at, 1}, err) && (*at != '\'' || text_append_c(out, "'", err));
    return ok && text_append_c(out, "'", err);
}

static bool add_key(struct text *out, const char *key, const char *text, struct err *err)
{
    return text_format(out, err, "%s: ", key) && add_quoted(out, text, err) && text_append_c(out, "\n", err);
}

/* What the scenario asked about was made from: a name or file, and a plan. */
static bool add_origin(struct target_job *job, struct text *out, struct err *err)
{
    const size_t main = job->outlook.main;
    const struct scenario *scenario = &job->choice.scenarios[main];
    const size_t given = options_count(job->options, "scenario");
    const char *name = given > 0 ? options_text_at(job->options, "scenario", main) : "baseline";
    const char *folder = options_text(job->options, "scenarios");
    if (folder != NULL && strchr(name, '/') == NULL) {
        const char *path = arena_format(&job->texts, err, "%s/%s.yaml", folder, name);
        if (path == NULL)
            return false;
        name = access(path, R_OK) == 0 ? path : name;
    }
    name = whole_path(&job->texts, name, err);
    return name != NULL && add_key(out, "extends", name, err) &&
           text_format(out, err, "stance: %s\n", stance_name(scenario->stance)) &&
           (scenario->plan == NULL || add_key(out, "plan", scenario->plan, err));
}

bool target_job_scenario(struct target_job *job, struct folder *folder, const char *name, const char *title,
                         const struct lever levers[], size_t n, struct err *err)
{
    struct text out = {0};
    const char *file_name = arena_format(&job->texts, err, "%s.yaml", name);
    FILE *file = NULL;
    bool ok = file_name != NULL && add_key(&out, "name", name, err) && add_key(&out, "title", title, err) &&
              add_origin(job, &out, err) && levered_write(levers, n, &out, err);
    if (ok) {
        file = folder_create(folder, file_name, err);
        ok = file != NULL;
    }
    if (ok) {
        struct err second = {0};
        errno = 0;
        ok = fwrite(out.at, 1, out.length, file) == out.length ||
             err_set(err, ERR_IO, "cannot write %s: %s", file_name, strerror(errno));
        ok = folder_close_file(file, file_name, ok ? err : &second) && ok;
    }
    text_free(&out);
    return ok;
}
