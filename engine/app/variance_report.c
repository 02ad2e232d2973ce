/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of a variance: what moved, step by step, as two waterfalls, and what came against the earlier
 * forecast. */
#include "app/variance_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/results_page.h"
#include "app/waterfall.h"
#include "render/csv.h"

/* Steps that a picture shows: half a child, five hundred pounds. */
enum { PROCESSES = 2, LEAST_CHILDREN = 50, LEAST_PENCE = 50000 };
static const double hundred = 100;

/* ---- pictures ---------------------------------------------------------------------------------------- */

static const char *const short_words[VARIANCE_STEPS] = {[VARIANCE_CORRECTIONS] = "Corrections",
                                                        [VARIANCE_SETTINGS] = "Settings",
                                                        [VARIANCE_DATA] = "Children",
                                                        [VARIANCE_RATES] = "Rates",
                                                        [VARIANCE_PRICES] = "Prices",
                                                        [VARIANCE_PLAN] = "Plan",
                                                        [VARIANCE_REST] = "Since"};

static void number_of(enum variance_measure measure, double value, bool is_step, char out[OUTLOOK_NUMBER])
{
    char size[OUTLOOK_NUMBER];
    if (measure == VARIANCE_COST)
        outlook_pounds(is_step ? fabs(value) : value, size);
    else
        outlook_exact(is_step ? fabs(value) : value, size);
    (void)snprintf(out, OUTLOOK_NUMBER, "%s%.40s", !is_step ? "" : value < 0 ? "\xE2\x88\x92" : "+", size);
}

static struct waterfall steps_of(const struct variance_chain *chain, enum variance_measure measure)
{
    struct waterfall out = {0};
    char number[OUTLOOK_NUMBER];
    char label[WATERFALL_LABEL];
    const double first = (double)chain->states[0].value[measure][VARIANCE_ALL] / hundred;
    const double last = (double)chain->states[chain->n_steps].value[measure][VARIANCE_ALL] / hundred;
    number_of(measure, first, false, number);
    (void)snprintf(label, sizeof label, "Before %s", number);
    waterfall_total(&out, first, label);
    for (size_t s = 0; s < chain->n_steps; s++) {
        const int64_t change =
            chain->states[s + 1].value[measure][VARIANCE_ALL] - chain->states[s].value[measure][VARIANCE_ALL];
        /* what would be written as 0 is left out */
        if (llabs(change) < (measure == VARIANCE_COST ? LEAST_PENCE : LEAST_CHILDREN))
            continue;
        number_of(measure, (double)change / hundred, true, number);
        (void)snprintf(label, sizeof label, "%s %s", short_words[chain->steps[s]], number);
        waterfall_step(&out, (double)change / hundred, label);
    }
    number_of(measure, last, false, number);
    (void)snprintf(label, sizeof label, "After %s", number);
    waterfall_total(&out, last, label);
    return out;
}

/* The largest step, for the title. */
static size_t largest_step(const struct variance_chain *chain, enum variance_measure measure)
{
    size_t best = 0;
    int64_t size = -1;
    for (size_t s = 0; s < chain->n_steps; s++) {
        const int64_t change = llabs(chain->states[s + 1].value[measure][VARIANCE_ALL] -
                                     chain->states[s].value[measure][VARIANCE_ALL]);
        best = change > size ? s : best;
        size = change > size ? change : size;
    }
    return best;
}

static const char *title_of(const struct variance_chain *chain, enum variance_measure measure,
                            struct arena *texts, struct err *err)
{
    char number[OUTLOOK_NUMBER];
    char part[OUTLOOK_NUMBER];
    const size_t step = largest_step(chain, measure);
    const int64_t change = chain->states[chain->n_steps].value[measure][VARIANCE_ALL] -
                           chain->states[0].value[measure][VARIANCE_ALL];
    const int64_t most = chain->states[step + 1].value[measure][VARIANCE_ALL] -
                         chain->states[step].value[measure][VARIANCE_ALL];
    const char *what = measure == VARIANCE_COST ? "cost" : "children";
    number_of(measure, (double)change / hundred, true, number);
    number_of(measure, (double)most / hundred, true, part);
    if (change == 0 && most == 0)
        return arena_format(texts, err, "The forecast of %s has not moved", what);
    const char *words = variance_step_words(chain->steps[step]);
    return arena_format(texts, err, "The forecast of %s moved by %s, most of it by %c%s (%s)", what, number,
                        words[0] - 'A' + 'a', words + 1, part);
}

static bool add_chart(const struct variance_chain *chain, enum variance_measure measure,
                      struct chart_set *charts, const char *source, struct err *err)
{
    struct arena *texts = &charts->texts;
    char when[OUTLOOK_NUMBER];
    char year[DATE_TEXT];
    const struct waterfall steps = steps_of(chain, measure);
    struct table *panel = chart_set_panel(charts);
    table_free(panel);
    outlook_month_words(chain->by, when);
    date_format_financial_year(date_financial_year(chain->cost_to), year);
    const char *title = title_of(chain, measure, texts, err);
    const char *what = measure == VARIANCE_COST
                           ? arena_format(texts, err, "Cost of %s", year)
                           : arena_format(texts, err, "Children looked after in %s", when);
    if (title == NULL || what == NULL || !waterfall_table(panel, "waterfall", &steps, err))
        return false;
    const char *subtitle = arena_format(
        texts, err,
        "%s, %s: means of simulated futures, from %s to %s, one thing changed at a time from left to right.",
        what, chain->authority.name, chain->a->text, chain->b->text);
    const char *alt =
        arena_format(texts, err,
                     "Waterfall chart of what moved the forecast. %s: %s. The axis does not start "
                     "at 0. Data: variance.csv.",
                     what, title);
    const struct chart_spec spec = {
        .script = "waterfall",
        .name = measure == VARIANCE_COST ? "variance-cost" : "variance-children",
        .title = title,
        .subtitle = subtitle,
        .source = source,
        .alt = alt,
        .now = DAY_NONE,
        .panels = {{.data = panel,
                    .shape = CHART_POINTS,
                    .unit = measure == VARIANCE_COST ? CHART_POUNDS : CHART_COUNT,
                    .y_title = measure == VARIANCE_COST ? "Cost" : "Children"}},
        .n_panels = 1,
    };
    chart_set_add(charts, &spec, "variance.csv");
    return subtitle != NULL && alt != NULL;
}

/* ---- notes ------------------------------------------------------------------------------------------- */

/* Files that are stored now and were not when a run was made, and the other way round. */
static bool count_inputs(const struct variance_side *side, struct store *store, size_t *more, size_t *fewer,
                         struct err *err)
{
    struct table inputs = {0};
    const json_t *then = json_object_get(side->manifest, "inputs");
    size_t both = 0;
    *more = *fewer = 0;
    if (!store_inputs(store, &inputs, err)) {
        table_free(&inputs);
        return false;
    }
    const size_t hash = table_column_index(&inputs, "sha256");
    for (size_t i = 0; i < inputs.n_rows; i++) {
        bool found = false;
        for (size_t k = 0; !found && k < json_array_size(then); k++) {
            const char *text = json_string_value(json_object_get(json_array_get(then, k), "sha256"));
            found = text != NULL && strcmp(text, table_at(&inputs, i, hash)->as.text) == 0;
        }
        both += found;
        *more += !found;
    }
    const size_t n_then = json_array_size(then);
    *fewer = n_then > both ? n_then - both : 0;
    table_free(&inputs);
    return true;
}

static const char *note_of_sides(const struct variance_chain *chain, struct arena *texts, struct err *err)
{
    char a[DATE_TEXT];
    char b[DATE_TEXT];
    date_format_words(chain->a->origin, a);
    date_format_words(chain->b->origin, b);
    return arena_format(
        texts, err,
        "Before: %s, forecast from %s, model %s, scenario %s, %d runs, seed %d. After: %s, forecast from %s, "
        "model %s, scenario %s, %d runs, seed %d.",
        chain->a->text, a, chain->a->model->name, chain->a->choice.scenarios[chain->a->chosen].name,
        (int)chain->a->runs, (int)chain->a->seed, chain->b->text, b, chain->b->model->name,
        chain->b->choice.scenarios[chain->b->chosen].name, (int)chain->b->runs, (int)chain->b->seed);
}

static const char *note_of_inputs(const struct variance_chain *chain, struct store *store,
                                  struct arena *texts, struct err *err)
{
    size_t more = 0;
    size_t fewer = 0;
    if (!chain->a->is_folder)
        return "Both are runs of today's program on today's database, with what was known on their day: "
               "plans as "
               "they stood, prices that had begun, population figures that were published.";
    if (!count_inputs(chain->a, store, &more, &fewer, err))
        return NULL;
    return arena_format(
        texts, err,
        "Since the earlier run %d files have been stored that it did not have, and %d that it had "
        "are stored no more; it was made by turncurve %s, this page by %s.",
        (int)more, (int)fewer, chain->a->version == NULL ? "?" : chain->a->version, HELP_VERSION);
}

static bool add_notes(const struct variance_chain *chain, struct store *store, struct results_page *page,
                      struct arena *texts, struct err *err)
{
    const char *notes[] = {
        "Each step changes one thing in the order of the table, with what stands above it changed already. "
        "The "
        "steps add up to the movement exactly; another order would give other steps with the same sum.",
        note_of_sides(chain, texts, err),
        note_of_inputs(chain, store, texts, err),
        chain->holds_rates
            ? "Children now in care: forecast from the later day, from the children who are there then, at "
              "the "
              "rates learned up to the earlier day. Rates: what was learned from what happened in between."
            : "This model does not part what it learned from whom it starts with, so that children now in "
              "care "
              "and rates are one step.",
        "± is the standard error of the mean difference of the same futures. Steps between different days "
        "cannot share their luck month by month, so that theirs is larger; that of corrections is not known, "
        "because the futures of the earlier run are not kept.",
        "Cost before the forecast: nights that happened, at each step's prices. Volume is more or fewer "
        "nights "
        "at the average price of before, price is what a night costs in the same placement, mix is other "
        "placements; they add up to the penny.",
        "Children are in hundredths and cost in pence, as forecast.csv and cost.csv have them: placements "
        "add up to "
        "all.",
    };
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        if (notes[i] == NULL)
            return false;
        page->notes[page->n_notes++] = notes[i];
    }
    return true;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

struct report {
    struct table variance, summary, placements, outcome, came; /* came: the outcome for people */
    struct chart_set charts;
    struct text lead;
    struct arena texts;
};

static bool make(const struct variance_chain *chain, struct report *r, struct err *err)
{
    char known[DATE_TEXT];
    date_format_words(chain->b->origin, known);
    const bool has_cost = chain->states[chain->n_steps].has_cost;
    const char *source = arena_format(&r->charts.texts, err, "Source: returns to %s; model %s; turncurve %s",
                                      known, chain->b->model->name, HELP_VERSION);
    return source != NULL && variance_report_table(chain, &r->variance, err) &&
           variance_report_summary(chain, &r->summary, err) &&
           variance_report_placements(chain, &r->placements, err) &&
           variance_report_outcomes(chain, &r->outcome, err) && variance_report_came(chain, &r->came, err) &&
           variance_report_say(chain, &r->lead, err) &&
           add_chart(chain, VARIANCE_CHILDREN, &r->charts, source, err) &&
           (!has_cost || add_chart(chain, VARIANCE_COST, &r->charts, source, err));
}

static void add_table(struct results_page *page, const char *heading, const char *file,
                      const struct table *table)
{
    if (table->n_rows == 0)
        return;
    page->tables[page->n_tables].heading = page->tables[page->n_tables].caption = heading;
    page->tables[page->n_tables].file = file;
    page->tables[page->n_tables++].table = table;
    if (page->n_files == 0 || strcmp(page->files[page->n_files - 1], file) != 0)
        page->files[page->n_files++] = file;
}

bool variance_report_write(const struct variance_chain *chain, struct app *app, const char *reports,
                           struct store *store, struct folder *folder, struct err *err)
{
    struct report r = {0};
    bool drawn = false;
    struct results_page page = {.report = "results", .command_line = app->command_line};
    const struct chart_options drawing = {.reports = reports, .processes = PROCESSES};
    bool ok = make(chain, &r, err);
    page.title =
        ok ? arena_format(&r.texts, err, "Why the forecast of %s moved", chain->authority.name) : NULL;
    page.lead = text_c(&r.lead);
    ok = page.title != NULL && add_notes(chain, store, &page, &r.texts, err);
    if (ok) {
        add_table(&page, "What moved the forecast", "variance.csv", &r.summary);
        add_table(&page, "By placement, all steps together", "variance.csv", &r.placements);
        add_table(&page, "What the earlier forecast expected, and what came", "outcome.csv", &r.came);
    }
    ok = ok && csv_save(folder, &r.variance, err) &&
         (r.outcome.n_rows == 0 || csv_save(folder, &r.outcome, err)) &&
         chart_draw(folder, r.charts.charts, r.charts.n_charts, &drawing, &app->log, &drawn, err) &&
         results_page_save(folder, reports, &page, &r.charts, drawn, err);
    table_free(&r.variance);
    table_free(&r.summary);
    table_free(&r.placements);
    table_free(&r.outcome);
    table_free(&r.came);
    chart_set_free(&r.charts);
    text_free(&r.lead);
    arena_free(&r.texts);
    return ok;
}
