/* SPDX-License-Identifier: GPL-3.0-or-later
 * Means are rounded together, so that the printed ones of the actions add up to the printed whole: what
 * rounding down leaves goes to the largest remainders. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/plan_work.h"
#include "base/rounding.h"
#include "base/vec.h"
#include "render/csv.h"

enum { NAMED_MOST = 4 };

static const char *const measure_names[ATTRIBUTE_MEASURES] = {"stock", "nights", "cost"};
static const char *const unit_names[ATTRIBUTE_MEASURES] = {"children", "nights", "gbp"};
static const double scale = 100; /* two decimals: pence */

/* ---- numbers that add up ------------------------------------------------------------------------------- */

/* The means of all actions in one measure and period, in hundredths. */
static bool round_means(const struct plan_work *work, enum attribute_measure measure, size_t period,
                        int64_t out[], struct err *err)
{
    const struct attribution *found = &work->attribution;
    const size_t n = found->n_actions;
    const double whole = attribution_effect(found, n, measure, period)->mean;
    double *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    for (size_t a = 0; a < n; a++)
        values[a] = scale * attribution_effect(found, a, measure, period)->mean;
    rounding_together(values, n, (int64_t)floor(whole * scale + .5), values + n, out);
    free(values);
    return true;
}

/* ---- files -----------------------------------------------------------------------------------------------
 */

/* True for actions of which something is expected, be it without numbers. */
static bool has_effect(const struct plan_work *work, size_t action)
{
    const struct effects *effects = &work->joined->effects;
    for (size_t i = 0; i < effects->n; i++)
        if (effects->items[i].i_action == (int32_t)action)
            return true;
    return false;
}

void plan_work_attribution_init(struct table *table)
{
    static const struct table_column columns[] = {
        {"plan", 0},  {"scenario", 0}, {"action_ref", 0}, {"date", 0}, {"measure", 0},
        {"group", 0}, {"unit", 0},     {"mean", 2},       {"p10", 2},  {"p90", 2},
    };
    table_init(table, "attribution", columns, sizeof columns / sizeof columns[0]);
}

static bool add_effect(struct table *table, const struct plan_work *work, size_t action,
                       enum attribute_measure measure, size_t period, double mean, struct err *err)
{
    const struct attribution *found = &work->attribution;
    const struct attribute_effect *effect = attribution_effect(found, action, measure, period);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], work->joined->plan.name, err) ||
        !table_set_text(table, &row[1], work->scenario->name, err) ||
        !table_set_text(table, &row[2], action < found->n_actions ? found->actions[action] : "all", err) ||
        !table_set_text(table, &row[4], measure_names[measure], err) ||
        !table_set_text(table, &row[5], "all", err) ||
        !table_set_text(table, &row[6], unit_names[measure], err))
        return false;
    table_set_day(&row[3], found->periods[period]);
    table_set_real(&row[7], mean);
    table_set_real(&row[8], effect->p10);
    table_set_real(&row[9], effect->p90);
    return true;
}

bool plan_work_attribution_add(struct table *table, const struct plan_work *work, struct err *err)
{
    const struct attribution *found = &work->attribution;
    const size_t n = found->n_actions;
    int64_t *means = vec_new(n, sizeof *means, err);
    bool ok = means != NULL;
    for (int k = 0; ok && k < ATTRIBUTE_MEASURES; k++)
        for (size_t p = 0; ok && p < found->n_periods; p++) {
            const enum attribute_measure measure = (enum attribute_measure)k;
            const double whole = attribution_effect(found, n, measure, p)->mean;
            ok = round_means(work, measure, p, means, err) &&
                 add_effect(table, work, n, measure, p, floor(whole * scale + .5) / scale, err);
            for (size_t a = 0; ok && a < n; a++)
                if (has_effect(work, a))
                    ok = add_effect(table, work, a, measure, p, (double)means[a] / scale, err);
        }
    free(means);
    return ok;
}

void plan_work_slippage_init(struct table *table)
{
    static const struct table_column columns[] = {
        {"plan", 0},     {"action_ref", 0}, {"milestone", 0}, {"delay_days", 0},
        {"children", 2}, {"nights", 0},     {"gbp", 2},
    };
    table_init(table, "slippage", columns, sizeof columns / sizeof columns[0]);
}

/* The milestone's words, else the action's. */
static const char *words_of(const struct plan_row *row)
{
    const char *milestone = row->text[PLAN_TEXT_MILESTONE];
    return milestone[0] != '\0' ? milestone : row->text[PLAN_TEXT_ACTION];
}

bool plan_work_slippage_add(struct table *table, const struct plan_work *work, struct err *err)
{
    for (size_t i = 0; i < work->n_milestones; i++) {
        const struct plan_work_milestone *at = &work->milestones[i];
        const struct plan_row *milestone = &work->joined->plan.rows[at->i_row];
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], work->joined->plan.name, err) ||
            !table_set_text(table, &row[1], milestone->ref, err) ||
            !table_set_text(table, &row[2], words_of(milestone), err))
            return false;
        table_set_integer(&row[3], PLAN_WORK_DELAY);
        table_set_real(&row[4], at->cost.children);
        table_set_real(&row[5], at->cost.nights);
        table_set_real(&row[6], at->cost.pounds);
    }
    return true;
}

/* ---- for people ------------------------------------------------------------------------------------------
 */

/* An action's cost over the whole forecast. */
static double cost_of(const struct attribution *found, size_t action)
{
    double sum = 0;
    for (size_t p = 0; p < found->n_periods; p++)
        sum += attribution_effect(found, action, ATTRIBUTE_COST, p)->mean;
    return sum;
}

static double stock_of(const struct attribution *found, size_t action)
{
    return attribution_effect(found, action, ATTRIBUTE_STOCK, found->n_periods - 1)->mean;
}

static bool does_nothing(const struct attribution *found, size_t action)
{
    return !(fabs(stock_of(found, action)) > 0) && !(fabs(cost_of(found, action)) > 0);
}

/* Actions with effects, largest effect on numbers first, those without last; n of them. */
static size_t order_actions(const struct plan_work *work, size_t order[])
{
    const struct attribution *found = &work->attribution;
    size_t n = 0;
    for (size_t a = 0; a < found->n_actions; a++) {
        if (!has_effect(work, a))
            continue;
        size_t at = n++;
        for (; at > 0; at--) {
            const size_t before = order[at - 1];
            const bool is_larger = fabs(stock_of(found, a)) > fabs(stock_of(found, before)) ||
                                   (!(fabs(stock_of(found, a)) < fabs(stock_of(found, before))) &&
                                    fabs(cost_of(found, a)) > fabs(cost_of(found, before)));
            if (!is_larger)
                break;
            order[at] = before;
        }
        order[at] = a;
    }
    return n;
}

static bool add_action(struct table *table, const struct plan_work *work, size_t action, double mean,
                       struct err *err)
{
    const struct attribution *found = &work->attribution;
    const bool is_whole = action == found->n_actions;
    const struct attribute_effect *stock =
        attribution_effect(found, action, ATTRIBUTE_STOCK, found->n_periods - 1);
    char range[2 * OUTLOOK_NUMBER];
    snprintf(range, sizeof range, "%.0f to %.0f", stock->p10, stock->p90);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], is_whole ? "all" : found->actions[action], err) ||
        !table_set_text(table, &row[1], is_whole ? "The whole plan" : work->joined->plan.actions[action].text,
                        err) ||
        !table_set_text(table, &row[3], range, err))
        return false;
    table_set_real(&row[2], mean);
    table_set_real(&row[4], stock->error);
    table_set_integer(&row[5], (int64_t)floor(cost_of(found, action) / 1000 + .5));
    return true;
}

bool plan_work_action_table(struct table *table, const struct plan_work *work, struct err *err)
{
    static const struct table_column columns[] = {
        {"Action", 0},           {"What", 0},           {"Children at the end, mean", 2},
        {"8 in 10 outcomes", 0}, {"Standard error", 2}, {"Cost over the forecast, £000", 0},
    };
    const struct attribution *found = &work->attribution;
    const size_t n = found->n_actions;
    size_t *order = vec_new(n, sizeof *order, err);
    int64_t *means = vec_new(n, sizeof *means, err);
    table_init(table, "What each action does", columns, sizeof columns / sizeof columns[0]);
    bool ok = order != NULL && means != NULL &&
              round_means(work, ATTRIBUTE_STOCK, found->n_periods - 1, means, err);
    const size_t shown = ok ? order_actions(work, order) : 0;
    for (size_t i = 0; ok && i < shown; i++)
        ok = add_action(table, work, order[i], (double)means[order[i]] / scale, err);
    ok = ok && add_action(table, work, n, floor(stock_of(found, n) * scale + .5) / scale, err);
    free(order);
    free(means);
    return ok;
}

bool plan_work_pair_table(struct table *table, const struct plan_work *work, struct err *err)
{
    static const struct table_column columns[] = {{"Actions", 0},
                                                  {"Children at the end, together beyond each alone", 2},
                                                  {"Standard error", 2},
                                                  {"In words", 0}};
    const struct attribution *found = &work->attribution;
    const double whole = stock_of(found, found->n_actions);
    table_init(table, "Actions that act on each other", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < found->n_pairs; i++) {
        const struct attribute_pair *pair = &found->pairs[i];
        char names[2 * OUTLOOK_LABEL];
        snprintf(names, sizeof names, "%s and %s", found->actions[pair->first], found->actions[pair->second]);
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], names, err) ||
            !table_set_text(table, &row[3],
                            pair->mean * whole < 0 ? "do part of the same work" : "help each other", err))
            return false;
        table_set_real(&row[1], pair->mean);
        table_set_real(&row[2], pair->error);
    }
    return true;
}

bool plan_work_delay_table(struct table *table, const struct plan_work *work, struct err *err)
{
    static const struct table_column columns[] = {
        {"Action", 0},         {"Milestone", 0}, {"Due", 0}, {"More children at the end", 2},
        {"Standard error", 2}, {"Cost, £000", 0}};
    table_init(table, "What a quarter's delay costs", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < work->n_milestones; i++) {
        const struct plan_work_milestone *at = &work->milestones[i];
        const struct plan_row *milestone = &work->joined->plan.rows[at->i_row];
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], milestone->ref, err) ||
            !table_set_text(table, &row[1], words_of(milestone), err))
            return false;
        table_set_day(&row[2], milestone->when.latest);
        table_set_real(&row[3], at->cost.children);
        table_set_real(&row[4], at->cost.children_error);
        table_set_integer(&row[5], (int64_t)floor(at->cost.pounds / 1000 + .5));
    }
    return true;
}

/* Appends while there is room. */
static void say(char out[OUTLOOK_WORDS], const char *words)
{
    const size_t at = strlen(out);
    snprintf(out + at, OUTLOOK_WORDS - at, "%s", words);
}

void plan_work_say(const struct plan_work *work, char out[OUTLOOK_WORDS])
{
    const struct attribution *found = &work->attribution;
    struct err ignored = {0};
    size_t *order = vec_new(found->n_actions, sizeof *order, &ignored);
    const size_t n = order != NULL ? order_actions(work, order) : 0;
    char words[OUTLOOK_WORDS];
    size_t named = 0;
    size_t idle = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n && named < 3 && !does_nothing(found, order[i]); i++, named++) {
        snprintf(words, sizeof words, "%s%s (%+.0f children)",
                 named == 0 ? "Most of the plan's effect comes from " : ", ", found->actions[order[i]],
                 stock_of(found, order[i]));
        say(out, words);
    }
    say(out, named > 0 ? ". " : "No action of the plan changes a number. ");
    for (size_t i = 0; i < n; i++) {
        if (!does_nothing(found, order[i]))
            continue;
        snprintf(words, sizeof words, "%s%s", idle == 0 ? "" : ", ", found->actions[order[i]]);
        if (idle++ < NAMED_MOST)
            say(out, words);
    }
    if (idle > NAMED_MOST) {
        snprintf(words, sizeof words, " and %zu more", idle - NAMED_MOST);
        say(out, words);
    }
    if (idle > 0 && named > 0)
        say(out, idle == 1 ? " changes no number." : " change no number.");
    free(order);
}

bool plan_work_write(const struct plan_work *work, struct folder *folder, struct err *err)
{
    struct table attribution;
    struct table slippage;
    plan_work_attribution_init(&attribution);
    plan_work_slippage_init(&slippage);
    const bool ok = plan_work_attribution_add(&attribution, work, err) &&
                    plan_work_slippage_add(&slippage, work, err) && csv_save(folder, &attribution, err) &&
                    csv_save(folder, &slippage, err);
    table_free(&attribution);
    table_free(&slippage);
    return ok;
}
