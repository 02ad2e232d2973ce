/* SPDX-License-Identifier: GPL-3.0-or-later
 * The step of each action is its part of the mean difference; the baseline is the forecast's mean. */
#include "app/plan_work_chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { STEPS_MOST = 7, COL_SERIES = 0, COL_STYLE, COL_X, COL_Y, COL_P10, COL_P90 };
static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},
                                              {"y", 2},      {"p10", 2},   {"p90", 2}};
static const struct group all = {GROUP_ALL, 0};

struct step {
    char label[64];
    double from, to;
    bool is_total;
};

void plan_work_chart_free(struct plan_work_chart *chart)
{
    table_free(&chart->table);
    arena_free(&chart->texts);
    *chart = (struct plan_work_chart){0};
}

static double part_of(const struct attribution *found, size_t action)
{
    return attribution_effect(found, action, ATTRIBUTE_STOCK, found->n_periods - 1)->mean;
}

/* The actions with the largest parts, at most STEPS_MOST. */
static size_t largest(const struct attribution *found, size_t out[STEPS_MOST])
{
    size_t n = 0;
    for (size_t a = 0; a < found->n_actions; a++) {
        if (!(fabs(part_of(found, a)) >= .05))
            continue;
        size_t at = n < STEPS_MOST ? n++ : STEPS_MOST;
        for (; at > 0 && fabs(part_of(found, a)) > fabs(part_of(found, out[at - 1])); at--)
            if (at < STEPS_MOST)
                out[at] = out[at - 1];
        if (at < STEPS_MOST)
            out[at] = a;
    }
    return n;
}

static void add_step(struct step steps[], size_t *n, const char *label, double part)
{
    struct step *step = &steps[*n];
    const double from = steps[*n - 1].to;
    *step = (struct step){.from = from, .to = from + part};
    snprintf(step->label, sizeof step->label, "%.20s %+.0f", label, part);
    (*n)++;
}

static void name_total(const char *what, double children, char out[64])
{
    char number[OUTLOOK_NUMBER];
    outlook_exact(children, number);
    snprintf(out, 64, "%s %s", what, number);
}

/* Steps from the baseline to the plan. */
static size_t make_steps(const struct plan_work *work, double baseline, struct step steps[STEPS_MOST + 3])
{
    const struct attribution *found = &work->attribution;
    size_t order[STEPS_MOST];
    const size_t n_largest = largest(found, order);
    double rest = part_of(found, found->n_actions);
    size_t n = 1;
    steps[0] = (struct step){.to = baseline, .is_total = true};
    name_total("Baseline", baseline, steps[0].label);
    for (size_t i = 0; i < n_largest; i++) {
        add_step(steps, &n, found->actions[order[i]], part_of(found, order[i]));
        rest -= part_of(found, order[i]);
    }
    if (fabs(rest) >= .05)
        add_step(steps, &n, "others", rest);
    const double plan = baseline + part_of(found, found->n_actions);
    steps[n] = (struct step){.to = plan, .is_total = true};
    name_total("Plan", plan, steps[n].label);
    return n + 1;
}

/* One series a kind of bar; each names all categories, so that they keep their order. */
static bool add_series(struct table *table, const char *style, const struct step steps[], size_t n,
                       double floor_at, int kind, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const int own = steps[i].is_total ? 0 : steps[i].to <= steps[i].from ? 1 : 2;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[COL_SERIES], "", err) ||
            !table_set_text(table, &row[COL_STYLE], style, err) ||
            !table_set_text(table, &row[COL_X], steps[i].label, err))
            return false;
        if (own != kind)
            continue;
        const double from = steps[i].is_total ? floor_at : steps[i].from;
        table_set_real(&row[COL_Y], steps[i].to);
        table_set_real(&row[COL_P10], fmin(from, steps[i].to));
        table_set_real(&row[COL_P90], fmax(from, steps[i].to));
    }
    return true;
}

static bool add_all(struct table *table, const struct step steps[], size_t n, struct err *err)
{
    double low = steps[0].to;
    double high = low;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, steps[i].to);
        high = fmax(high, steps[i].to);
    }
    const double floor_at = fmax(0, low - .5 * (high - low));
    bool has_rise = false;
    for (size_t i = 0; i < n; i++)
        has_rise = has_rise || (!steps[i].is_total && steps[i].to > steps[i].from);
    return add_series(table, "history", steps, n, floor_at, 0, err) &&
           add_series(table, "likely", steps, n, floor_at, 1, err) &&
           (!has_rise || add_series(table, "exits", steps, n, floor_at, 2, err));
}

static bool write_words(struct plan_work_chart *out, const struct outlook *outlook,
                        const struct plan_work *work, const char *prefix, const char *source, struct err *err)
{
    const struct attribution *found = &work->attribution;
    char month[OUTLOOK_NUMBER];
    char said[OUTLOOK_WORDS];
    outlook_month_words(found->periods[found->n_periods - 1], month);
    plan_work_say(work, said);
    char *stop = strstr(said, ". ");
    if (stop != NULL)
        *stop = '\0';
    out->spec = (struct chart_spec){
        .script = "waterfall",
        .name = arena_format(&out->texts, err, "%sattribution", prefix),
        .title = arena_copy(&out->texts, str_of(said), err),
        .subtitle = arena_format(
            &out->texts, err,
            "Children looked after in %s in %s: from the baseline to plan %s, each action's share "
            "of the difference, mean of simulated futures.",
            outlook->authority.name, month, work->joined->plan.name),
        .source = source,
        .alt = arena_format(
            &out->texts, err,
            "Waterfall chart from the baseline to the plan in %s. %s. The axis does not start at 0. "
            "Data: attribution.csv.",
            month, said),
        .now = DAY_NONE,
        .panels = {{.data = &out->table, .shape = CHART_POINTS, .unit = CHART_COUNT, .y_title = "Children"}},
        .n_panels = 1,
    };
    return out->spec.name != NULL && out->spec.title != NULL && out->spec.subtitle != NULL &&
           out->spec.alt != NULL;
}

bool plan_work_chart_make(struct plan_work_chart *out, const struct outlook *outlook,
                          const struct plan_work *work, const char *prefix, const char *source,
                          struct err *err)
{
    struct step steps[STEPS_MOST + 3];
    const struct result *base = &outlook->forecast.scenarios[outlook->base];
    const struct summary *end = result_find(base, MEASURE_STOCK, all, base->months - 1);
    *out = (struct plan_work_chart){0};
    table_init(&out->table, "attribution", columns, sizeof columns / sizeof columns[0]);
    if (end == NULL || !(fabs(part_of(&work->attribution, work->attribution.n_actions)) >= .05))
        return true;
    const size_t n = make_steps(work, end->mean, steps);
    if (!add_all(&out->table, steps, n, err) || !write_words(out, outlook, work, prefix, source, err)) {
        plan_work_chart_free(out);
        return false;
    }
    out->is_there = true;
    return true;
}
