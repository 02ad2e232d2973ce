/* SPDX-License-Identifier: GPL-3.0-or-later
 * Charts of years. A title is a finding only where every number in it is shown. */
#include <math.h>

#include "app/help.h"
#include "app/history_publish.h"
#include "study/headline.h"

enum { YEAR = 12, SLICES = 6, MEMBERS_MOST = 6 };
static const struct group all = {GROUP_ALL, 0};

struct job {
    struct chart_set *set;
    const struct history_inputs *inputs;
    const struct publish *publish;
    const char *source;
    struct err *err;
};

/* A count that is shown, at the end of a year or over it. */
static bool shown(const struct job *job, enum measure measure, struct group group, int32_t year, double *out)
{
    int64_t value = 0;
    const bool is =
        publication_count(&job->publish->publication, measure, group, job->inputs->history.localities,
                          date_year_end(year), YEAR, &value) == PUBLICATION_SHOWN;
    *out = (double)value;
    return is;
}

static bool all_shown(const struct job *job, enum measure measure, enum group_kind kind, int32_t n,
                      int32_t year)
{
    double value = 0;
    for (int32_t i = 0; i < n; i++)
        if (!shown(job, measure, (struct group){kind, i}, year, &value))
            return false;
    return true;
}

static bool finish_chart(const struct job *job, const char *script, const char *name, const char *title,
                         const char *what, const char *kind, const struct chart_panel panels[], size_t n)
{
    const struct history *history = &job->inputs->history;
    struct chart_spec chart = {
        .script = script,
        .name = name,
        .title = title,
        .source = job->source,
        .now = DAY_NONE,
        .n_panels = n,
        .subtitle = arena_format(&job->set->texts, job->err, "%s, %s. Hidden numbers are not drawn.",
                                 history->la_name, what),
        .alt =
            arena_format(&job->set->texts, job->err,
                         "%s of %s in %s, years to March %d to %d. %s. Hidden numbers are not drawn. Data: "
                         "history.csv.",
                         kind, what, history->la_name, (int)history->first_year, (int)history->last_year,
                         title == NULL ? "" : title),
    };
    for (size_t i = 0; i < n; i++)
        chart.panels[i] = panels[i];
    if (title == NULL || chart.subtitle == NULL || chart.alt == NULL)
        return false;
    chart_set_add(job->set, &chart, "history.csv");
    return true;
}

static bool fill_line(const struct job *job, enum measure measure, const char *words, const char *style,
                      struct table *panel, int *points)
{
    const struct history *history = &job->inputs->history;
    for (int32_t year = history->first_year - 1; year <= history->last_year; year++) {
        double value = 0;
        const bool is = shown(job, measure, all, year, &value);
        *points += is;
        if (!chart_set_day_point(panel, words, style, date_year_end(year), is ? value : (double)NAN,
                                 job->err))
            return false;
    }
    return true;
}

static const char *stock_title(const struct job *job)
{
    const struct history *history = &job->inputs->history;
    double value = 0;
    bool told = true;
    for (int32_t year = history->last_year; year > history->last_year - 3 && year >= history->first_year - 1;
         year--)
        told = told && shown(job, MEASURE_STOCK, all, year, &value) &&
               (year < history->first_year || (shown(job, MEASURE_ENTRIES, all, year, &value) &&
                                               shown(job, MEASURE_EXITS, all, year, &value)));
    return told ? headline_stock(&job->set->texts, history, &job->inputs->counts, job->err)
                : "Children looked after on 31 March of each year";
}

static bool add_stock(const struct job *job)
{
    int stock_points = 0;
    int flow_points = 0;
    struct table *stock = chart_set_panel(job->set);
    struct table *flows = chart_set_panel(job->set);
    const struct chart_panel panels[] = {
        {.data = stock, .shape = CHART_LINES, .y_title = "Children looked after", .label_with_value = true},
        {.data = flows,
         .shape = CHART_LINES,
         .y_title = "Children a year",
         .from_zero = true,
         .label_with_value = true},
    };
    if (!fill_line(job, MEASURE_STOCK, "Children", "history", stock, &stock_points) ||
        !fill_line(job, MEASURE_ENTRIES, "Entries", "entries", flows, &flow_points) ||
        !fill_line(job, MEASURE_EXITS, "Exits", "exits", flows, &flow_points))
        return false;
    return stock_points < 2 || flow_points < 2 ||
           finish_chart(job, "stock", "stock", stock_title(job), "children looked after, entries and exits",
                        "Line chart", panels, 2);
}

/* The members of a kind that a slice stands for; a slice is drawn where all of them are shown. */
struct slice {
    const char *words, *style;
    int32_t members[MEMBERS_MOST];
    int32_t n;
};

static bool slice_shown(const struct job *job, enum group_kind kind, const struct slice *slice, int32_t year,
                        double *out)
{
    *out = 0;
    for (int32_t i = 0; i < slice->n; i++) {
        double one = 0;
        if (!shown(job, MEASURE_STOCK, (struct group){kind, slice->members[i]}, year, &one))
            return false;
        *out += one;
    }
    return true;
}

static bool add_stack(const struct job *job, const char *name, const char *title, const char *what,
                      enum group_kind kind, const struct slice slices[], int32_t n)
{
    const struct history *history = &job->inputs->history;
    struct table *panel = chart_set_panel(job->set);
    int points = 0;
    bool ok = true;
    for (int32_t s = 0; ok && s <= n; s++)
        for (int32_t year = history->first_year - 1; ok && year <= history->last_year; year++) {
            double value = 0;
            double rest = 0;
            if (s < n) {
                const bool is = slice_shown(job, kind, &slices[s], year, &value);
                points += is;
                ok = chart_set_day_point(panel, slices[s].words, slices[s].style, date_year_end(year),
                                         is ? value : (double)NAN, job->err);
                continue;
            }
            /* what is missing to all: to be had from shown numbers by anybody */
            if (!shown(job, MEASURE_STOCK, all, year, &rest))
                continue;
            for (int32_t k = 0; k < n; k++)
                rest -= slice_shown(job, kind, &slices[k], year, &value) ? value : 0;
            ok = chart_set_day_point(panel, "Other, or hidden:", "rest", date_year_end(year), rest, job->err);
        }
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_STACK,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    return ok && (points == 0 || finish_chart(job, "mix", name, title, what, "Stacked bars", panels, 1));
}

static bool add_stacks(const struct job *job)
{
    static const struct slice placements[] = {
        {"In-house foster care:", "group_1", {PLACEMENT_FOSTER_INHOUSE}, 1},
        {"Agency foster care:", "group_2", {PLACEMENT_FOSTER_IFA}, 1},
        {"Family and friends:", "group_3", {PLACEMENT_FOSTER_KIN}, 1},
        {"Children's homes:", "group_4", {PLACEMENT_RES_INHOUSE, PLACEMENT_RES_EXTERNAL}, 2},
        {"Supported:", "group_5", {PLACEMENT_SUPPORTED}, 1},
    };
    static const struct slice ages[] = {
        {"Aged 16 and 17:", "group_1", {AGE_16_17}, 1}, {"Aged 10 to 15:", "group_2", {AGE_10_15}, 1},
        {"Aged 5 to 9:", "group_3", {AGE_5_9}, 1},      {"Aged 1 to 4:", "group_4", {AGE_1_4}, 1},
        {"Aged under 1:", "group_5", {AGE_0}, 1},
    };
    static const struct slice statuses[] = {
        {"Care order:", "group_1", {LEGAL_CARE_ORDER}, 1},
        {"Section 20:", "group_2", {LEGAL_SECTION_20}, 1},
        {"Placement order:", "group_3", {LEGAL_PLACEMENT_ORDER}, 1},
        {"Youth justice:", "group_4", {LEGAL_YOUTH_JUSTICE}, 1},
        {"Protection:", "group_5", {LEGAL_PROTECTION}, 1},
    };
    const struct history *history = &job->inputs->history;
    const struct counts *counts = &job->inputs->counts;
    struct arena *texts = &job->set->texts;
    const int32_t last = history->last_year;
    const int32_t first = history->first_year - 1;
    const bool mix = all_shown(job, MEASURE_STOCK, GROUP_PLACEMENT, PLACEMENT_COUNT, last) &&
                     all_shown(job, MEASURE_STOCK, GROUP_PLACEMENT, PLACEMENT_COUNT, first);
    const bool age = all_shown(job, MEASURE_STOCK, GROUP_AGE, AGE_COUNT, last) &&
                     all_shown(job, MEASURE_STOCK, GROUP_AGE, AGE_COUNT, first);
    const bool legal = all_shown(job, MEASURE_STOCK, GROUP_LEGAL, LEGAL_COUNT, last);
    return add_stack(job, "mix",
                     mix ? headline_mix(texts, history, counts, job->err)
                         : "Children looked after on 31 March, by placement",
                     "children looked after by placement; grey: other placements, and what is hidden",
                     GROUP_PLACEMENT, placements, sizeof placements / sizeof placements[0]) &&
           add_stack(job, "ages",
                     age ? headline_ages(texts, history, counts, job->err)
                         : "Children looked after on 31 March, by age",
                     "children looked after by age; grey: what is hidden", GROUP_AGE, ages,
                     sizeof ages / sizeof ages[0]) &&
           add_stack(job, "legal",
                     legal ? headline_legal(texts, history, counts, job->err)
                           : "Children looked after on 31 March, by legal status",
                     "children looked after by legal status; grey: other statuses, and what is hidden",
                     GROUP_LEGAL, statuses, sizeof statuses / sizeof statuses[0]);
}

static bool add_bars(const struct job *job, enum measure measure, enum group_kind kind, int32_t n,
                     const char *name, const char *title, const char *what)
{
    const int32_t year = job->inputs->history.last_year;
    struct table *panel = chart_set_panel(job->set);
    double sums[NEED_COUNT + ROUTE_COUNT];
    bug_if(n > (int32_t)(sizeof sums / sizeof sums[0]));
    for (int32_t i = 0; i < n; i++)
        if (!shown(job, measure, (struct group){kind, i}, year, &sums[i]))
            sums[i] = -1;
    for (int32_t placed = 0; placed < n; placed++) {
        int32_t best = 0;
        for (int32_t i = 1; i < n; i++)
            if (sums[i] > sums[best])
                best = i;
        const char *words = kind == GROUP_NEED ? need_words((enum need)best) : route_words((enum route)best);
        if (sums[best] > 0 && chart_set_point(panel, words, "group_1", sums[best], job->err) == NULL)
            return false;
        sums[best] = -1;
    }
    const struct chart_panel panels[] = {{.data = panel,
                                          .shape = CHART_BARS,
                                          .y_title = "Children",
                                          .from_zero = true,
                                          .label_with_value = true}};
    return panel->n_rows < 2 || finish_chart(job, "bars", name, title, what, "Bar chart", panels, 1);
}

bool history_publish_charts(struct chart_set *set, const struct history_inputs *inputs,
                            const struct publish *publish, struct err *err)
{
    const struct history *history = &inputs->history;
    struct job job = {.set = set, .inputs = inputs, .publish = publish, .err = err};
    job.source =
        arena_format(&set->texts, err,
                     "Source: SSDA903 returns of %s, years ending March %d to %d; turncurve " HELP_VERSION,
                     history->la_name, (int)history->first_year, (int)history->last_year);
    if (job.source == NULL || !add_stock(&job) || !add_stacks(&job))
        return false;
    double total = 0;
    const bool reasons = all_shown(&job, MEASURE_ENTRIES, GROUP_NEED, NEED_COUNT, history->last_year) &&
                         shown(&job, MEASURE_ENTRIES, all, history->last_year, &total);
    const bool routes = all_shown(&job, MEASURE_EXITS, GROUP_ROUTE, ROUTE_COUNT, history->last_year) &&
                        shown(&job, MEASURE_EXITS, all, history->last_year, &total);
    return add_bars(&job, MEASURE_ENTRIES, GROUP_NEED, NEED_COUNT, "reasons",
                    reasons ? headline_reasons(&set->texts, history, &inputs->counts, err)
                            : "Why children came into care in the last year",
                    "entries by main reason, last year") &&
           add_bars(&job, MEASURE_EXITS, GROUP_ROUTE, ROUTE_COUNT, "routes",
                    routes ? headline_routes(&set->texts, history, &inputs->counts, err)
                           : "How children left care in the last year",
                    "exits by reason, last year");
}
