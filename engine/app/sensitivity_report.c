/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page with one tornado an output, the ten that matter most in a table, what is within Monte Carlo error,
 * and rules of thumb. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/results_page.h"
#include "app/row_writer.h"
#include "app/sensitivity_job.h"
#include "base/vec.h"
#include "render/csv.h"

enum { TOP = 10, PROCESSES = 2, SENTENCE_TOP = 3 };

/* ---- pictures ---------------------------------------------------------------------------------------- */

static bool add_bar(struct table *panel, const struct assumption *assumption,
                    const struct sensitivity_effect *effect, enum sensitivity_end end, struct err *err)
{
    char note[OUTLOOK_NUMBER];
    char label[OUTLOOK_NUMBER];
    const double value = end == SENSITIVITY_LOW ? assumption->low : assumption->high;
    sensitivity_assumption_value(assumption, value, note);
    /* cut to what fits beside an axis; the table has it whole */
    str_copy(str_of(assumption->label), label, sizeof label);
    struct table_cell *row = chart_set_point(panel, label, end == SENSITIVITY_LOW ? "group_1" : "group_4",
                                             effect->change[end], err);
    return row != NULL && table_set_text(panel, &row[CHART_X], note, err);
}

/* Both ends; where both go the same way, the larger. */
static bool add_bars(struct table *panel, const struct sensitivity_job *job, size_t output,
                     const size_t order[], size_t n, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const struct assumption *assumption = &job->assumptions.items[order[i]];
        const struct sensitivity_effect *effect = &job->findings[order[i] * job->n_outputs + output];
        const double low = effect->change[SENSITIVITY_LOW];
        const double high = effect->change[SENSITIVITY_HIGH];
        const bool apart = low * high < 0;
        if (apart || fabs(low) >= fabs(high))
            ok = add_bar(panel, assumption, effect, SENSITIVITY_LOW, err);
        if (ok && (apart || fabs(high) > fabs(low)))
            ok = add_bar(panel, assumption, effect, SENSITIVITY_HIGH, err);
    }
    return ok;
}

/* Those that matter, the largest first, at most TOP. */
static size_t top_of(const struct sensitivity_job *job, size_t output, size_t order[])
{
    size_t n = 0;
    sensitivity_job_order(job, output, order);
    for (size_t i = 0; i < job->assumptions.n && n < TOP; i++)
        if (job->findings[order[i] * job->n_outputs + output].matters)
            order[n++] = order[i];
    return n;
}

static bool add_chart(const struct sensitivity_job *job, size_t output, struct chart_set *charts,
                      const char *source, struct err *err)
{
    struct arena *texts = &charts->texts;
    size_t *order = vec_new(job->assumptions.n, sizeof *order, err);
    char words[SENSITIVITY_WORDS];
    char at[OUTLOOK_NUMBER];
    char swing[OUTLOOK_NUMBER];
    if (order == NULL)
        return false;
    const size_t n = top_of(job, output, order);
    if (n == 0) {
        free(order);
        return true;
    }
    const struct assumption *first = &job->assumptions.items[order[0]];
    const struct sensitivity_effect *effect = &job->findings[order[0] * job->n_outputs + output];
    const struct sensitivity_output *asked = &job->outputs[output];
    struct table *panel = chart_set_panel(charts);
    sensitivity_output_words(job, output, words);
    sensitivity_output_value(asked, job->base[output].mean, false, at);
    sensitivity_output_value(asked, sensitivity_swing(effect), true, swing);
    bool ok = add_bars(panel, job, output, order, n, err);
    const char *title = arena_format(texts, err, "%s matters most: up to %s%s", first->label, swing + 1,
                                     asked->quantity.measure == MEASURE_STOCK ? " children" : "");
    const char *x_title = arena_format(texts, err, "Change against the base of %s", at);
    const char *subtitle = arena_format(texts, err,
                                        "%s, %s. Each assumption moved alone to the low end (blue) and the "
                                        "high end (orange) of its range; the "
                                        "value stands beside the bar.",
                                        words, job->outlook->authority.name);
    const char *name = arena_format(texts, err, "tornado-%d", (int)output + 1);
    const char *alt = arena_format(
        texts, err,
        "Tornado chart of %s: bars from the base of %s to what the ends of the range of each of %d "
        "assumptions change. Largest: %s, up to %s. Data: sensitivity.csv.",
        words, at, (int)n, first->label, swing + 1);
    const struct chart_spec spec = {
        .script = "tornado",
        .name = name,
        .title = title,
        .subtitle = subtitle,
        .source = source,
        .alt = alt,
        .now = DAY_NONE,
        .panels = {{.data = panel,
                    .shape = CHART_BARS,
                    .unit = asked->quantity.is_share                  ? CHART_PERCENT
                            : asked->quantity.measure == MEASURE_COST ? CHART_POUNDS
                                                                      : CHART_DECIMAL,
                    .y_title = "",
                    .x_title = x_title}},
        .n_panels = 1,
    };
    ok = ok && title != NULL && x_title != NULL && subtitle != NULL && name != NULL && alt != NULL;
    if (ok)
        chart_set_add(charts, &spec, "sensitivity.csv");
    free(order);
    return ok;
}

/* ---- notes ------------------------------------------------------------------------------------------- */

static const char *note_of_chance(const struct sensitivity_job *job, size_t output, struct arena *texts,
                                  struct err *err)
{
    struct text list = {0};
    char words[SENSITIVITY_WORDS];
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < job->assumptions.n; i++) {
        const struct assumption *assumption = &job->assumptions.items[i];
        if (assumption->kind == ASSUMPTION_SEED || job->findings[i * job->n_outputs + output].matters)
            continue;
        ok = text_format(&list, err, "%s%s", n > 0 ? ", " : "", assumption->id);
        n++;
    }
    sensitivity_output_words(job, output, words);
    const char *note =
        !ok      ? NULL
        : n == 0 ? arena_format(texts, err, "%s: every assumption does more than Monte Carlo error.", words)
                 : arena_format(texts, err,
                                "%s: %d of %d assumptions do less than three standard errors, which %d "
                                "futures cannot tell from chance: %s.",
                                words, (int)n, (int)job->assumptions.n - 1, (int)job->options.replicates,
                                text_c(&list));
    text_free(&list);
    return note;
}

static bool add_notes(const struct sensitivity_job *job, struct results_page *page, struct arena *texts,
                      struct err *err)
{
    static const char *const fixed[] = {
        "Each assumption is moved alone, to the two ends of a range in which it may plausibly lie, in the "
        "same "
        "futures as the base. What two do together is not shown, and ranges are no probabilities of the "
        "result.",
        "Ranges are 8 in 10 by the standard errors of the fit for flows, stated effects for actions, the "
        "price "
        "book's range for built-in prices and the spread of a year's uplift for own ones; ranges of "
        "parameters are "
        "judgements, listed with their basis in sensitivity.csv.",
        "Tips at: the value at which the result would reach the limit, by straight lines between base and "
        "ends and "
        "at most three times as far; beyond the range it is a direction, not a forecast.",
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        page->notes[page->n_notes++] = fixed[i];
    for (size_t k = 0; k < job->n_outputs; k++) {
        const char *note = note_of_chance(job, k, texts, err);
        if (note == NULL)
            return false;
        page->notes[page->n_notes++] = note;
    }
    return true;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

struct report {
    struct table all, rules, tops[SENSITIVITY_OUTPUTS];
    struct chart_set charts;
    struct text lead;
    struct arena texts;
};

static bool make(const struct sensitivity_job *job, struct report *r, struct err *err)
{
    char known[DATE_TEXT];
    date_format_words(job->outlook->origin, known);
    const char *source = arena_format(&r->charts.texts, err, "Source: %s to %s; model %s; turncurve %s",
                                      job->outlook->has_history ? "returns" : "published yearly totals",
                                      known, job->model->name, HELP_VERSION);
    bool ok = source != NULL && sensitivity_report_table(job, &r->all, err) &&
              sensitivity_report_rules(job, &r->rules, err) && sensitivity_report_say(job, &r->lead, err);
    for (size_t k = 0; ok && k < job->n_outputs; k++)
        ok = sensitivity_report_top(job, k, &r->tops[k], err) && add_chart(job, k, &r->charts, source, err);
    return ok;
}

static void add_table(struct results_page *page, const char *heading, const char *file,
                      const struct table *table)
{
    if (table->n_rows == 0)
        return;
    page->tables[page->n_tables].heading = page->tables[page->n_tables].caption = heading;
    page->tables[page->n_tables].file = file;
    page->tables[page->n_tables++].table = table;
}

bool sensitivity_report_write(const struct sensitivity_job *job, const char *reports,
                              const char *command_line, struct folder *folder, struct err *err)
{
    struct report r = {0};
    bool drawn = false;
    struct results_page page = {.report = "results", .command_line = command_line};
    const struct chart_options drawing = {.reports = reports, .processes = PROCESSES};
    bool ok = make(job, &r, err);
    page.title = arena_format(&r.texts, err, "Which assumptions matter in %s", job->outlook->authority.name);
    page.lead = text_c(&r.lead);
    ok = ok && page.title != NULL && add_notes(job, &page, &r.texts, err);
    for (size_t k = 0; ok && k < job->n_outputs; k++) {
        char words[SENSITIVITY_WORDS];
        sensitivity_output_words(job, k, words);
        const char *heading = arena_format(&r.texts, err, "%s: what matters most", words);
        ok = heading != NULL;
        if (ok)
            add_table(&page, heading, "sensitivity.csv", &r.tops[k]);
    }
    add_table(&page, "Rules of thumb, from these prices and rates", "rules.csv", &r.rules);
    page.files[page.n_files++] = "sensitivity.csv";
    page.files[page.n_files++] = "rules.csv";
    ok = ok && csv_save(folder, &r.all, err) && csv_save(folder, &r.rules, err) &&
         chart_draw(folder, r.charts.charts, r.charts.n_charts, &drawing, job->log, &drawn, err) &&
         results_page_save(folder, reports, &page, &r.charts, drawn, err);
    table_free(&r.all);
    table_free(&r.rules);
    for (size_t k = 0; k < job->n_outputs; k++)
        table_free(&r.tops[k]);
    chart_set_free(&r.charts);
    text_free(&r.lead);
    arena_free(&r.texts);
    return ok;
}
