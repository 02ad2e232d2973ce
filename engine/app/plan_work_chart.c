/* SPDX-License-Identifier: GPL-3.0-or-later
 * The step of each action is its part of the mean difference; the baseline is the forecast's mean. */
#include "app/plan_work_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/waterfall.h"

enum { STEPS_MOST = 7 };
static const struct group all = {GROUP_ALL, 0};

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

static void add_step(struct waterfall *steps, const char *label, double part)
{
    char words[WATERFALL_LABEL];
    (void)snprintf(words, sizeof words, "%.20s %+.0f", label, part);
    waterfall_step(steps, part, words);
}

static void add_total(struct waterfall *steps, const char *what, double children)
{
    char number[OUTLOOK_NUMBER];
    char words[WATERFALL_LABEL];
    outlook_exact(children, number);
    (void)snprintf(words, sizeof words, "%s %s", what, number);
    waterfall_total(steps, children, words);
}

/* Steps from the baseline to the plan. */
static struct waterfall make_steps(const struct plan_work *work, double baseline)
{
    const struct attribution *found = &work->attribution;
    struct waterfall steps = {0};
    size_t order[STEPS_MOST];
    const size_t n_largest = largest(found, order);
    double rest = part_of(found, found->n_actions);
    add_total(&steps, "Baseline", baseline);
    for (size_t i = 0; i < n_largest; i++) {
        add_step(&steps, found->actions[order[i]], part_of(found, order[i]));
        rest -= part_of(found, order[i]);
    }
    if (fabs(rest) >= .05)
        add_step(&steps, "others", rest);
    add_total(&steps, "Plan", baseline + part_of(found, found->n_actions));
    return steps;
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
    const struct result *base = &outlook->forecast.scenarios[outlook->base];
    const struct summary *end = result_find(base, MEASURE_STOCK, all, base->months - 1);
    *out = (struct plan_work_chart){0};
    if (end == NULL || !(fabs(part_of(&work->attribution, work->attribution.n_actions)) >= .05))
        return true;
    const struct waterfall steps = make_steps(work, end->mean);
    if (!waterfall_table(&out->table, "attribution", &steps, err) ||
        !write_words(out, outlook, work, prefix, source, err)) {
        plan_work_chart_free(out);
        return false;
    }
    out->is_there = true;
    return true;
}
