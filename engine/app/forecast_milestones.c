/* SPDX-License-Identifier: GPL-3.0-or-later
 * Flags come from the levers of a scenario, because those are what was simulated; the table from the plan,
 * which also knows what brought no lever. */
#include "app/forecast_milestones.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/effect_range.h"
#include "app/row_writer.h"
#include "plan/slippage.h"

enum { WHAT = 110, WORDS = 200 };
static const double pct = 100;

static int by_day(const void *a, const void *b)
{
    const struct chart_flag *x = a;
    const struct chart_flag *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->words, y->words);
}

/* An action with two effects from one day has one flag. */
static size_t drop_doubles(struct chart_flag flags[], size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || by_day(&flags[kept - 1], &flags[i]) != 0)
            flags[kept++] = flags[i];
    return kept;
}

bool forecast_milestones_flags(const struct scenario *scenario, struct arena *texts, struct chart_flag **out,
                               size_t *n, struct err *err)
{
    *n = 0;
    *out = arena_take(texts, (scenario->n_levers + 1) * sizeof **out, err);
    if (*out == NULL)
        return false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (lever->plan == NULL || lever->action == NULL || lever->start == DAY_NONE)
            continue;
        /* "PLAN/REFERENCE" */
        const char *ref = arena_copy(texts, str_of(lever->action + strlen(lever->plan) + 1), err);
        if (ref == NULL)
            return false;
        (*out)[(*n)++] = (struct chart_flag){lever->start, ref};
    }
    if (*n > 0)
        qsort(*out, *n, sizeof **out, by_day);
    *n = drop_doubles(*out, *n);
    return true;
}

/* "36%", or why it is not a chance. */
static void chance_words(const struct plan_row *row, const struct slippage_of_row *slip, char out[WORDS])
{
    if (row->status == ACTION_COMPLETE)
        (void)snprintf(out, WORDS, "done");
    else if (slip->is_dropped)
        (void)snprintf(out, WORDS, "dropped");
    else if (slip->past_due > 0)
        (void)snprintf(out, WORDS, "late already, by %d days", (int)slip->past_due);
    else if (slip->start == DAY_NONE)
        (void)snprintf(out, WORDS, "it has no day");
    else if (row->when.kind != DUE_DUE)
        (void)snprintf(out, WORDS, "it recurs or goes on");
    else
        (void)snprintf(out, WORDS, "%.0f%%", pct * slip->chance);
}

static bool add_effect(struct table *out, const struct joined_plan *joined, const struct slippage *slippage,
                       size_t i, struct err *err)
{
    const struct plan *plan = &joined->plan;
    const struct plan_effect *effect = &joined->effects.items[i];
    const enum plan_lever_fate fate = joined->fates == NULL ? PLAN_LEVER_APPLIED : joined->fates[i];
    char words[WORDS] = "";
    char size[EFFECT_WORDS];
    struct row_writer w = row_writer_begin(out, err);
    row_writer_short(&w, effect->ref, WHAT);
    row_writer_short(&w, effect->i_action >= 0 ? plan->actions[effect->i_action].text : "", WHAT);
    if (effect->i_start >= 0) {
        const struct plan_row *row = &plan->rows[effect->i_start];
        const struct slippage_of_row slip = slippage_of_row(plan, slippage, row);
        if (slip.start != DAY_NONE)
            row_writer_day(&w, slip.start);
        else
            row_writer_text(&w, "at once");
        row_writer_short(&w, row->ref, WHAT);
        chance_words(row, &slip, words);
        row_writer_text(&w, words);
    } else {
        row_writer_text(&w, "never");
        row_writer_short(&w, effect->start, WHAT);
        row_writer_skip(&w);
    }
    effect_range_words(effect, size);
    (void)snprintf(words, sizeof words, "%s of %.90s", plan_lever_name(effect->lever), effect->applies_to);
    row_writer_short(&w, words, WHAT);
    row_writer_text(&w, fate == PLAN_LEVER_APPLIED ? size : plan_lever_fate_words(fate));
    return w.ok;
}

bool forecast_milestones_table(struct table *out, const struct joined_plan *joined, struct err *err)
{
    static const struct table_column columns[] = {{"Action", 0},
                                                  {"What", 0},
                                                  {"Starts", 0},
                                                  {"With", 0},
                                                  {"Chance that this is late", 0},
                                                  {"Acts on", 0},
                                                  {"Middle effect (8 in 10)", 0}};
    const struct slippage slippage = slippage_of(&joined->plan);
    bool ok = true;
    table_init(out, "Where the actions of the plan bend the curve", columns,
               sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < joined->effects.n; i++)
        ok = add_effect(out, joined, &slippage, i, err);
    return ok;
}
