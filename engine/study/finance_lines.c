/* SPDX-License-Identifier: GPL-3.0-or-later
 * Budgets and ledgers have some dozens of lines, so names are looked for one by one. */
#include "study/finance_lines.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

void finance_lines_free(struct finance_lines *lines)
{
    free(lines->items);
    *lines = (struct finance_lines){0};
}

int32_t finance_month(int32_t year, day date)
{
    return date_month_index(date) - date_month_index(date_year_end(year)) + FINANCE_MONTHS - 1;
}

pence finance_line_actual(const struct finance_lines *lines, size_t i)
{
    pence sum = 0;
    for (int32_t m = 0; m < lines->n_closed; m++)
        sum += lines->items[i].actual[m];
    return sum;
}

static bool same_name(const char *a, const char *b)
{
    return str_equal_ignore_case(str_of(a), str_of(b));
}

/* A new line; NULL without memory. */
static struct finance_line *add_line(struct finance_lines *lines, const char *name, placement_set groups,
                                     struct err *err)
{
    if (!vec_reserve((void **)&lines->items, &lines->capacity, lines->n + 1, sizeof *lines->items, err))
        return NULL;
    struct finance_line *line = &lines->items[lines->n++];
    *line = (struct finance_line){.line = name, .groups = groups, .fte = NAN};
    return line;
}

static bool add_budget(struct finance_lines *lines, const struct budget_row *row, struct err *err)
{
    struct finance_line *line = NULL;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].groups == row->groups && same_name(lines->items[i].line, row->line))
            line = &lines->items[i];
    if (line == NULL)
        line = add_line(lines, row->line, row->groups, err);
    if (line == NULL)
        return false;
    line->is_budgeted = true;
    line->budget += row->budget;
    line->savings += row->savings;
    if (!isnan(row->fte))
        line->fte = (isnan(line->fte) ? 0 : line->fte) + row->fte;
    lines->has_budget = true;
    return true;
}

/* ---- the ledger --------------------------------------------------------------------------------------- */

/* How well a line fits a posting: 0 another name, 1 the name, 2 its groups hold the posting's, 3 the same. */
static int fit_of(const struct finance_line *line, const struct ledger_row *row)
{
    if (!same_name(line->line, row->line))
        return 0;
    if (line->groups == row->groups)
        return 3;
    return row->groups != 0 && (line->groups & row->groups) == row->groups ? 2 : 1;
}

static bool add_posting(struct finance_lines *lines, const struct ledger_row *row, int32_t month,
                        struct err *err)
{
    int best = 0;
    size_t n = 0;
    double budgets = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const int fit = fit_of(&lines->items[i], row);
        if (fit > best) {
            best = fit;
            n = 0;
            budgets = 0;
        }
        n += fit == best && fit > 0;
        budgets += fit == best && fit > 0 ? fmax(0, (double)lines->items[i].budget) : 0;
    }
    lines->has_ledger = true;
    if (n == 0) {
        struct finance_line *line = add_line(lines, row->line, row->groups, err);
        if (line == NULL)
            return false;
        line->is_posted = true;
        line->actual[month] += row->actual;
        return true;
    }
    double *weights = vec_new(lines->n, sizeof *weights, err);
    int64_t *parts = vec_new(lines->n, sizeof *parts, err);
    if (weights != NULL && parts != NULL) {
        for (size_t i = 0; i < lines->n; i++)
            if (fit_of(&lines->items[i], row) == best)
                weights[i] = budgets > 0 ? fmax(0, (double)lines->items[i].budget) : 1;
        money_share(row->actual, weights, lines->n, parts);
        for (size_t i = 0; i < lines->n; i++) {
            lines->items[i].actual[month] += parts[i];
            lines->items[i].is_posted |= weights[i] > 0;
        }
    }
    const bool ok = weights != NULL && parts != NULL;
    free(weights);
    free(parts);
    return ok;
}

/* ---- groups ------------------------------------------------------------------------------------------- */

/* Groups that cost something and that no line pays for. */
static bool add_missing(struct finance_lines *lines, const double standard[PLACEMENT_COUNT], struct err *err)
{
    placement_set paid = 0;
    for (size_t i = 0; i < lines->n; i++)
        paid |= lines->items[i].groups;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const enum placement_group group = (enum placement_group)g;
        if (placement_set_has(paid, group) || !(standard[g] > 0))
            continue;
        const char *name = lines->has_budget ? "No budget line" : placement_group_words(group);
        if (add_line(lines, name, (placement_set)1 << g, err) == NULL)
            return false;
    }
    return true;
}

/* The part of a line's money that is a group's. */
static double part_of_group(const struct finance_line *line, int group,
                            const double standard[PLACEMENT_COUNT])
{
    double sum = 0;
    int n = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (placement_set_has(line->groups, (enum placement_group)g)) {
            sum += standard[g];
            n++;
        }
    return sum > 0 ? standard[group] / sum : 1.0 / n;
}

static void share_group(struct finance_lines *lines, int group, const double standard[PLACEMENT_COUNT])
{
    double by_ledger = 0, by_budget = 0;
    bool all_posted = true;
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct finance_line *line = &lines->items[i];
        if (!placement_set_has(line->groups, (enum placement_group)group))
            continue;
        const double part = part_of_group(line, group, standard);
        const pence actual = finance_line_actual(lines, i);
        all_posted = all_posted && actual > 0;
        by_ledger += part * (double)actual;
        by_budget += part * fmax(0, (double)line->budget);
        n++;
    }
    for (size_t i = 0; i < lines->n; i++) {
        struct finance_line *line = &lines->items[i];
        if (!placement_set_has(line->groups, (enum placement_group)group))
            continue;
        const double part = part_of_group(line, group, standard);
        if (all_posted && by_ledger > 0)
            line->share[group] = part * (double)finance_line_actual(lines, i) / by_ledger;
        else if (by_budget > 0)
            line->share[group] = part * fmax(0, (double)line->budget) / by_budget;
        else
            line->share[group] = 1.0 / (double)n;
    }
}

static int32_t posted_months(const struct ledger_rows *ledger, int32_t year, day until)
{
    int32_t n = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        const int32_t month = finance_month(year, ledger->items[i].date);
        if (month < FINANCE_MONTHS && month >= n && ledger->items[i].date <= until)
            n = month + 1;
    }
    return n;
}

/* Months from April up to the first that has no posting at all: its money is not known to be nothing. */
static int32_t unbroken_months(const struct ledger_rows *ledger, int32_t year, day until)
{
    bool has[FINANCE_MONTHS] = {false};
    int32_t n = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        const int32_t month = finance_month(year, ledger->items[i].date);
        if (month >= 0 && month < FINANCE_MONTHS && ledger->items[i].date <= until)
            has[month] = true;
    }
    while (n < FINANCE_MONTHS && has[n])
        n++;
    return n;
}

int32_t finance_closed_months(const struct ledger_rows *ledger, int32_t year, day until, int32_t lag)
{
    const int32_t posted = posted_months(ledger, year, until),
                  unbroken = unbroken_months(ledger, year, until);
    const int32_t closed = posted > lag ? posted - lag : 0;
    return closed < unbroken ? closed : unbroken;
}

bool finance_lines_make(const struct budget_rows *budget, const struct ledger_rows *ledger, int32_t year,
                        day until, int32_t lag, const double standard[PLACEMENT_COUNT],
                        struct finance_lines *out, struct err *err)
{
    struct finance_lines lines = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < budget->n; i++)
        if (budget->items[i].year == year)
            ok = add_budget(&lines, &budget->items[i], err);
    for (size_t i = 0; ok && i < ledger->n; i++) {
        const int32_t month = finance_month(year, ledger->items[i].date);
        if (month < 0 || month >= FINANCE_MONTHS || ledger->items[i].date > until)
            continue;
        ok = add_posting(&lines, &ledger->items[i], month, err);
    }
    lines.n_posted = posted_months(ledger, year, until);
    lines.n_closed = finance_closed_months(ledger, year, until, lag);
    lines.has_gap = lines.n_posted - lag > lines.n_closed;
    ok = ok && add_missing(&lines, standard, err);
    if (!ok) {
        finance_lines_free(&lines);
        return false;
    }
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        share_group(&lines, g, standard);
    *out = lines;
    return true;
}
