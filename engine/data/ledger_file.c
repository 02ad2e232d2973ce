/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every field is read before the row counts. Months are looked at when the file has been read whole. */
#include "data/ledger_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "data/dateform.h"

enum { MONTHS = 12, MESSAGE = 128 };

void ledger_rows_free(struct ledger_rows *rows)
{
    free(rows->items);
    arena_free(&rows->texts);
    *rows = (struct ledger_rows){0};
}

bool ledger_rows_put(struct ledger_rows *rows, const struct ledger_row *row, struct err *err)
{
    struct ledger_row copy = *row;
    copy.line = arena_copy(&rows->texts, str_of(row->line), err);
    if (copy.line == NULL ||
        !vec_reserve((void **)&rows->items, &rows->capacity, rows->n + 1, sizeof *rows->items, err))
        return false;
    rows->items[rows->n++] = copy;
    return true;
}

static bool read_date(struct str text, day *out)
{
    enum dateform_order order;
    text = str_trim(text);
    if (text.length == 0)
        return false;
    const enum dateform form = dateform_parse(text, out, &order);
    return form != DATEFORM_IMPOSSIBLE && form != DATEFORM_NONE;
}

/* What refuses a row; false when nothing does. */
static bool find_fault(const struct ledger_fields *fields, struct ledger_row *row, struct finding *finding)
{
    finding->rule = RULE_I_20;
    finding->outcome = OUTCOME_REFUSED;
    if (!read_date(fields->date, &row->date)) {
        finding->column = "date";
        finding->value = fields->date;
        finding->message = "not a date, as in 2026-04-30";
        return true;
    }
    if (str_trim(fields->line).length == 0) {
        finding->column = "line";
        finding->message = "a posting needs the name of its line";
        return true;
    }
    const enum amount amount = amount_parse(fields->actual_gbp, &row->actual);
    finding->column = "actual_gbp";
    finding->value = fields->actual_gbp;
    finding->message = "not an amount of pounds, as in 1,234.50";
    if (amount == AMOUNT_OTHER_CURRENCY) {
        finding->rule = RULE_I_25;
        finding->message = NULL;
    }
    return amount != AMOUNT_READ;
}

bool ledger_rows_add(struct ledger_rows *rows, const struct ledger_fields *fields, int32_t file, int32_t line,
                     bool *usable, struct findings *findings, struct err *err)
{
    const struct finding about = {.outcome = OUTCOME_KEPT, .file = file, .table = "ledger", .line = line};
    struct ledger_row row = {.file = file, .row = line};
    struct finding finding = about;
    *usable = !find_fault(fields, &row, &finding);
    if (!*usable)
        return findings_add(findings, &finding, err);
    if (!placement_set_parse(fields->placement, &row.groups)) {
        finding = about;
        finding.rule = RULE_I_26;
        finding.column = "placement";
        finding.value = fields->placement;
        if (!findings_add(findings, &finding, err))
            return false;
    }
    if (row.actual < 0) {
        finding = about;
        finding.rule = RULE_I_22;
        finding.column = "actual_gbp";
        finding.value = fields->actual_gbp;
        if (!findings_add(findings, &finding, err))
            return false;
    }
    row.line = arena_copy(&rows->texts, str_trim(fields->line), err);
    return row.line != NULL && ledger_rows_put(rows, &row, err);
}

static bool report_month(int32_t file, day end, struct findings *findings, struct err *err)
{
    char month[DATE_TEXT], message[MESSAGE];
    date_format_iso(end, month);
    const int length = snprintf(message, sizeof message, "no posting in the month that ends on %s", month);
    bug_if(length < 0 || length >= MESSAGE);
    const struct finding finding = {.rule = RULE_I_23,
                                    .outcome = OUTCOME_KEPT,
                                    .file = file,
                                    .table = "ledger",
                                    .column = "date",
                                    .message = message};
    return findings_add(findings, &finding, err);
}

bool ledger_rows_check(const struct ledger_rows *rows, int32_t file, struct findings *findings,
                       struct err *err)
{
    int32_t first_year = INT32_MAX, last_year = INT32_MIN;
    for (size_t i = 0; i < rows->n; i++) {
        const int32_t year = date_financial_year(rows->items[i].date);
        first_year = year < first_year ? year : first_year;
        last_year = year > last_year ? year : last_year;
    }
    for (int32_t year = first_year; rows->n > 0 && year <= last_year; year++) {
        const int32_t april = date_month_index(date_year_end(year)) - (MONTHS - 1);
        bool has[MONTHS] = {false};
        int32_t first = MONTHS, last = -1;
        for (size_t i = 0; i < rows->n; i++) {
            const int32_t month = date_month_index(rows->items[i].date) - april;
            if (month < 0 || month >= MONTHS)
                continue;
            has[month] = true;
            first = month < first ? month : first;
            last = month > last ? month : last;
        }
        for (int32_t month = first; month <= last; month++)
            if (!has[month] &&
                !report_month(file, date_month_end(date_year_end(year), month - (MONTHS - 1)), findings, err))
                return false;
    }
    return true;
}
