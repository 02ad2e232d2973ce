/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every field is read before the row counts; the first that cannot be read refuses it. */
#include "data/budget_file.h"

#include <math.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"

static const double most_fte = 100000;

void budget_rows_free(struct budget_rows *rows)
{
    free(rows->items);
    arena_free(&rows->texts);
    *rows = (struct budget_rows){0};
}

bool budget_rows_put(struct budget_rows *rows, const struct budget_row *row, struct err *err)
{
    struct budget_row copy = *row;
    copy.line = arena_copy(&rows->texts, str_of(row->line), err);
    if (copy.line == NULL ||
        !vec_reserve((void **)&rows->items, &rows->capacity, rows->n + 1, sizeof *rows->items, err))
        return false;
    rows->items[rows->n++] = copy;
    return true;
}

struct budget_fault {
    enum rule rule; /* RULE_COUNT: none */
    const char *column, *message;
    struct str value;
};

static bool read_amount(struct str text, const char *column, pence *out, struct budget_fault *fault)
{
    const enum amount amount = amount_parse(text, out);
    if (amount == AMOUNT_READ)
        return true;
    if (amount == AMOUNT_OTHER_CURRENCY)
        *fault = (struct budget_fault){RULE_I_25, column, NULL, text};
    else
        *fault = (struct budget_fault){RULE_I_20, column, "not an amount of pounds, as in 1,234.50", text};
    return false;
}

static bool read_fields(const struct budget_fields *fields, struct budget_row *row,
                        struct budget_fault *fault)
{
    const struct str fte = str_trim(fields->budget_fte);
    row->fte = NAN;
    if (!amount_parse_year(fields->year, &row->year)) {
        *fault =
            (struct budget_fault){RULE_I_20, "year", "not a financial year, as in 2026-27", fields->year};
        return false;
    }
    if (str_trim(fields->line).length == 0) {
        *fault =
            (struct budget_fault){RULE_I_20, "line", "a budget needs the name of its line", (struct str){0}};
        return false;
    }
    if (!read_amount(fields->budget_gbp, "budget_gbp", &row->budget, fault))
        return false;
    if (fte.length > 0 && (!parse_double(fte, &row->fte) || row->fte < 0 || row->fte > most_fte)) {
        *fault = (struct budget_fault){RULE_I_20, "budget_fte",
                                       "not a number of placements of at least 0, as in 42.5", fte};
        return false;
    }
    if (str_trim(fields->savings_gbp).length > 0 &&
        (!read_amount(fields->savings_gbp, "savings_gbp", &row->savings, fault) || row->savings < 0)) {
        if (fault->column == NULL)
            *fault = (struct budget_fault){RULE_I_20, "savings_gbp",
                                           "savings are an amount of at least 0 that the budget has lost",
                                           fields->savings_gbp};
        return false;
    }
    return true;
}

static bool is_repeated(const struct budget_rows *rows, const struct budget_row *row, struct str line)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->items[i].year == row->year && rows->items[i].groups == row->groups &&
            str_equal_ignore_case(str_of(rows->items[i].line), line))
            return true;
    return false;
}

bool budget_rows_add(struct budget_rows *rows, const struct budget_fields *fields, int32_t file, int32_t line,
                     bool *usable, struct findings *findings, struct err *err)
{
    struct budget_row row = {.file = file, .row = line};
    struct budget_fault fault = {.rule = RULE_COUNT};
    struct finding finding = {.outcome = OUTCOME_KEPT, .file = file, .table = "budget", .line = line};
    *usable = read_fields(fields, &row, &fault);
    if (!*usable) {
        finding.rule = fault.rule;
        finding.outcome = OUTCOME_REFUSED;
        finding.column = fault.column;
        finding.value = fault.value;
        finding.message = fault.message;
        return findings_add(findings, &finding, err);
    }
    if (!placement_set_parse(fields->placement, &row.groups)) {
        finding.rule = RULE_I_21;
        finding.column = "placement";
        finding.value = fields->placement;
        if (!findings_add(findings, &finding, err))
            return false;
    }
    const struct str name = str_trim(fields->line);
    if (is_repeated(rows, &row, name)) {
        finding.rule = RULE_I_24;
        finding.column = "line";
        finding.value = name;
        if (!findings_add(findings, &finding, err))
            return false;
    }
    row.line = arena_copy(&rows->texts, name, err);
    return row.line != NULL && budget_rows_put(rows, &row, err);
}
