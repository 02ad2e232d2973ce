/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row a question in the file; on the screen what was asked, then money. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/outlook.h"
#include "app/plan_worked_rows.h"
#include "app/show.h"

enum { SHORT_TEXT = 48 };
static const char *const too_little = "the returns hold too little from before it began";

static const struct plan_worked_action *action_of(const struct plan_worked *worked, int32_t i_action)
{
    size_t i = 0;
    while (worked->actions[i].i_action != i_action)
        i++;
    return &worked->actions[i];
}

static const char *ref_of(const struct plan_worked *worked, int32_t i_action)
{
    return worked->joined->plan.actions[i_action].ref;
}

/* An amount as pounds, other words as they are. */
static bool set_budget(struct table *table, struct table_cell *cell, const struct plan_worked *worked,
                       int32_t i_action, struct err *err)
{
    char text[BUDGET_TEXT];
    bool has_amount = false;
    pence amount = 0;
    budget_of_action(&worked->joined->plan, i_action, text, &has_amount, &amount);
    if (has_amount)
        table_set_gbp(cell, amount);
    return has_amount || text[0] == '\0' || table_set_text(table, cell, text, err);
}

static bool set_numbers(struct table *table, struct table_cell *row, const struct plan_worked_row *from,
                        struct err *err)
{
    const struct surprise *forecast = &from->found.forecast;
    if (!from->is_known)
        return table_set_text(table, &row[14], too_little, err);
    table_set_real(&row[8], forecast->p10);
    table_set_real(&row[9], forecast->p50);
    table_set_real(&row[10], forecast->p90);
    table_set_real(&row[11], from->found.actual);
    table_set_real(&row[12], forecast->deviations);
    table_set_real(&row[13], forecast->chance);
    return table_set_text(table, &row[14], worked_words(&from->question, &from->found), err);
}

static bool add_row(struct table *table, const struct plan_worked *worked, size_t i, struct err *err)
{
    const struct plan_worked_row *from = &worked->rows[i];
    const struct plan_worked_action *action = action_of(worked, from->i_action);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], worked->joined->plan.name, err) ||
        !table_set_text(table, &row[1], ref_of(worked, from->i_action), err) ||
        !table_set_text(table, &row[5], measure_name(from->question.measure), err) ||
        !table_set_text(table, &row[6], from->question.text, err) ||
        !table_set_text(table, &row[7], measure_unit(from->question.measure), err) ||
        !set_numbers(table, row, from, err))
        return false;
    table_set_day(&row[2], from->began);
    table_set_day(&row[3], from->origin);
    table_set_day(&row[4], worked->end);
    if (i > 0 && worked->rows[i - 1].i_action == from->i_action)
        return true;
    if (action->is_known) {
        table_set_gbp(&row[16], money_from_pounds(action->expected));
        table_set_gbp(&row[17], money_from_pounds(action->seen));
    }
    return set_budget(table, &row[15], worked, from->i_action, err);
}

bool plan_worked_table(struct table *table, const struct plan_worked *worked, struct err *err)
{
    static const struct table_column columns[] = {
        {"plan", 0},
        {"action_ref", 0},
        {"began", 0},
        {"forecast_from", 0},
        {"to", 0},
        {"measure", 0},
        {"group", 0},
        {"unit", 0},
        {"forecast_p10", 2},
        {"forecast_p50", 2},
        {"forecast_p90", 2},
        {"actual", 2},
        {"surprise_sd", 2},
        {"p_value", 4},
        {"words", 0},
        {"budget", 0},
        {"saving_expected_gbp", 2},
        {"saving_seen_gbp", 2},
    };
    bool ok = true;
    table_init(table, "outcome", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < worked->n_rows; i++)
        ok = add_row(table, worked, i, err);
    return ok;
}

/* ---- for people ------------------------------------------------------------------------------------------
 */

static void format_number(enum measure measure, double value, char out[OUTLOOK_NUMBER])
{
    if (measure == MEASURE_COST)
        outlook_pounds(value, out);
    else
        outlook_exact(value, out);
}

static bool add_question(struct table *table, const struct plan_worked *worked,
                         const struct plan_worked_row *from, struct err *err)
{
    char date[DATE_TEXT];
    char what[WORKED_TEXT + SHORT_TEXT];
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char range[2 * OUTLOOK_NUMBER + 8];
    char actual[OUTLOOK_NUMBER];
    const enum measure measure = from->question.measure;
    date_format_iso(from->began, date);
    snprintf(what, sizeof what, "%s, %s", measure_name(measure), from->question.text);
    format_number(measure, from->found.forecast.p10, low);
    format_number(measure, from->found.forecast.p90, high);
    format_number(measure, from->found.actual, actual);
    snprintf(range, sizeof range, "%s to %s", low, high);
    struct table_cell *row = table_add_row(table, err);
    return row != NULL && table_set_text(table, &row[0], ref_of(worked, from->i_action), err) &&
           table_set_text(table, &row[1], date, err) && table_set_text(table, &row[2], what, err) &&
           (!from->is_known ||
            (table_set_text(table, &row[3], range, err) && table_set_text(table, &row[4], actual, err))) &&
           table_set_text(table, &row[5],
                          from->is_known ? worked_words(&from->question, &from->found) : too_little, err);
}

bool plan_worked_question_table(struct table *table, const struct plan_worked *worked, struct err *err)
{
    static const struct table_column columns[] = {
        {"action", 0}, {"began", 0}, {"what", 0}, {"8 in 10 forecasts", 0}, {"actual", 0}, {"in words", 0}};
    bool ok = true;
    table_init(table, "What was forecast, and what happened", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < worked->n_rows; i++)
        ok = add_question(table, worked, &worked->rows[i], err);
    return ok;
}

static bool add_money(struct table *table, const struct plan_worked *worked,
                      const struct plan_worked_action *action, struct err *err)
{
    char expected[OUTLOOK_NUMBER];
    char seen[OUTLOOK_NUMBER];
    char budget[BUDGET_TEXT];
    bool has_amount = false;
    pence amount = 0;
    budget_of_action(&worked->joined->plan, action->i_action, budget, &has_amount, &amount);
    outlook_pounds(action->expected, expected);
    outlook_pounds(action->seen, seen);
    struct table_cell *row = table_add_row(table, err);
    return row != NULL && table_set_text(table, &row[0], ref_of(worked, action->i_action), err) &&
           table_set_text(table, &row[1], expected, err) && table_set_text(table, &row[2], seen, err) &&
           table_set_text(table, &row[3], budget[0] != '\0' ? budget : "not stated", err);
}

bool plan_worked_money_table(struct table *table, const struct plan_worked *worked, struct err *err)
{
    static const struct table_column columns[] = {
        {"action", 0}, {"saving expected of it", 0}, {"saving seen, of everything", 0}, {"its budget", 0}};
    bool ok = true;
    table_init(table, "Money since it began", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < worked->n_actions; i++)
        if (worked->actions[i].is_known)
            ok = add_money(table, worked, &worked->actions[i], err);
    return ok;
}

const char *plan_worked_caution(void)
{
    return "A difference is a fact, its cause is not: other things were done at the same time, and the "
           "savings "
           "seen are not to be added up. Of 20 comparisons one looks clear by chance alone.";
}

bool plan_worked_show(struct app *app, const struct plan_worked *worked, struct err *err)
{
    char end[DATE_TEXT];
    struct table table = {0};
    struct table money = {0};
    bool ok = true;
    if (app->json) {
        ok = plan_worked_table(&table, worked, err) && show_table(app, &table, err);
        table_free(&table);
        return ok;
    }
    date_format_words(worked->end, end);
    if (worked->n_rows == 0) {
        fprintf(app->out, "No action of plan %s whose effect could be seen began by %s.\n",
                worked->joined->plan.name, end);
        return true;
    }
    fprintf(app->out, "Plan %s: what was forecast before each action began, and what happened by %s:\n",
            worked->joined->plan.name, end);
    ok = plan_worked_question_table(&table, worked, err) && show_table(app, &table, err) &&
         plan_worked_money_table(&money, worked, err);
    if (ok && money.n_rows > 0) {
        fprintf(app->out, "\nMoney, from the month it began to the end of the returns:\n");
        ok = show_table(app, &money, err);
    }
    fprintf(app->out, "\n%s\n", plan_worked_caution());
    table_free(&table);
    table_free(&money);
    return ok;
}
