/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file is read whole; then its rows take the place of the stored ones of the years, months or periods that
 * it covers, and files of which nothing is left are forgotten. Files are small: a budget has dozens of rows,
 * a year of postings some thousands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/authority.h"
#include "store/council.h"
#include "store/import_parts.h"

enum { MESSAGE = 160 };

struct council_import {
    struct import *import;
    struct import_reading *reading;
    int32_t la;
    struct budget_rows budget;
    struct ledger_rows ledger;
    struct measure_rows measures;
    int64_t n_replaced; /* stored rows that gave way */
};

static void council_import_free(struct council_import *c)
{
    budget_rows_free(&c->budget);
    ledger_rows_free(&c->ledger);
    measure_rows_free(&c->measures);
}

static struct str field_of(const struct sniffed *sniffed, const struct csv_record *row, int32_t i)
{
    const int16_t source = i < sniffed->map.n ? sniffed->map.source[i] : (int16_t)-1;
    return source >= 0 && (size_t)source < row->n_fields ? row->fields[source] : (struct str){0};
}

/* Columns by their position in file_column.def. */
static bool take_row(struct import *import, struct import_reading *reading, const struct csv_record *row,
                     void *context, enum outcome *outcome, struct err *err)
{
    struct council_import *c = context;
    const struct sniffed *sniffed = &reading->file->sniffed;
    struct findings *findings = &reading->sink.base;
    const int32_t file = reading->file->key;
    struct str at[10];
    bool usable = true, ok = false;
    (void)import;
    for (int32_t i = 0; i < (int32_t)(sizeof at / sizeof at[0]); i++)
        at[i] = field_of(sniffed, row, i);
    if (sniffed->kind == FILE_BUDGET) {
        const struct budget_fields fields = {at[0], at[1], at[2], at[3], at[4], at[5]};
        ok = budget_rows_add(&c->budget, &fields, file, row->line, &usable, findings, err);
    } else if (sniffed->kind == FILE_LEDGER) {
        const struct ledger_fields fields = {at[0], at[1], at[2], at[3]};
        ok = ledger_rows_add(&c->ledger, &fields, file, row->line, &usable, findings, err);
    } else {
        const struct measure_fields fields = {at[0], at[1], at[2], at[3], at[4],
                                              at[5], at[6], at[7], at[8], at[9]};
        ok = measure_rows_add(&c->measures, &fields, file, row->line, &usable, findings, err);
    }
    if (!usable)
        *outcome = OUTCOME_REFUSED;
    return ok;
}

/* ---- the place of earlier rows ------------------------------------------------------------------------ */

static bool run_removal(struct council_import *c, sqlite3_stmt *s, struct err *err)
{
    struct store *store = c->import->store;
    if (!db_run(store, s, err))
        return false;
    c->n_replaced += sqlite3_changes(store->db);
    return true;
}

static bool start_removal(struct council_import *c, enum query query, sqlite3_stmt **s, struct err *err)
{
    struct store *store = c->import->store;
    if (!db_get(store, query, s, err))
        return false;
    db_bind_integer(store, *s, 1, c->la);
    db_bind_integer(store, *s, 2, c->reading->file->key);
    return true;
}

static bool clear_budget(struct council_import *c, struct err *err)
{
    for (size_t i = 0; i < c->budget.n; i++) {
        char year[DATE_TEXT];
        sqlite3_stmt *s = NULL;
        if (i > 0 && c->budget.items[i].year == c->budget.items[i - 1].year)
            continue;
        date_format_financial_year(c->budget.items[i].year, year);
        if (!start_removal(c, QUERY_REMOVE_BUDGET, &s, err))
            return false;
        db_bind_text(c->import->store, s, 3, year);
        if (!run_removal(c, s, err))
            return false;
    }
    return true;
}

static bool clear_ledger(struct council_import *c, struct err *err)
{
    for (size_t i = 0; i < c->ledger.n; i++) {
        const day date = c->ledger.items[i].date;
        sqlite3_stmt *s = NULL;
        if (i > 0 && date_month_index(date) == date_month_index(c->ledger.items[i - 1].date))
            continue;
        if (!start_removal(c, QUERY_REMOVE_LEDGER, &s, err))
            return false;
        db_bind_integer(c->import->store, s, 3, date_month_start(date, 0));
        db_bind_integer(c->import->store, s, 4, date_month_end(date, 0));
        if (!run_removal(c, s, err))
            return false;
    }
    return true;
}

static bool clear_measures(struct council_import *c, struct err *err)
{
    for (size_t i = 0; i < c->measures.n; i++) {
        const struct measure_row *row = &c->measures.items[i];
        sqlite3_stmt *s = NULL;
        if (!start_removal(c, QUERY_REMOVE_MEASURE, &s, err))
            return false;
        db_bind_text(c->import->store, s, 3, row->measure);
        db_bind_integer(c->import->store, s, 4, row->start);
        db_bind_integer(c->import->store, s, 5, row->end);
        if (!run_removal(c, s, err))
            return false;
    }
    return true;
}

/* F-16: says how many rows gave way. */
static bool report_replaced(struct council_import *c, struct err *err)
{
    struct import_file *file = c->reading->file;
    char message[MESSAGE];
    if (c->n_replaced == 0)
        return true;
    file->status = IMPORT_REPLACES;
    const int length =
        snprintf(message, sizeof message, "%lld earlier rows for the same %s gave way to those of this file",
                 (long long)c->n_replaced,
                 file->sniffed.kind == FILE_BUDGET   ? "years"
                 : file->sniffed.kind == FILE_LEDGER ? "months"
                                                     : "measures and periods");
    bug_if(length < 0 || length >= MESSAGE);
    const struct finding finding = {.rule = RULE_F_16,
                                    .outcome = OUTCOME_KEPT,
                                    .file = file->key,
                                    .table = file_kind_name(file->sniffed.kind),
                                    .message = message};
    return findings_add(&c->reading->sink.base, &finding, err);
}

/* ---- into the tables ---------------------------------------------------------------------------------- */

static bool start_row(struct council_import *c, enum query query, int32_t row, sqlite3_stmt **s,
                      struct err *err)
{
    if (!start_removal(c, query, s, err))
        return false;
    db_bind_integer(c->import->store, *s, 3, row);
    return true;
}

static bool put_budget(struct council_import *c, const struct budget_row *row, struct err *err)
{
    struct store *store = c->import->store;
    char year[DATE_TEXT], placement[PLACEMENT_SET_TEXT];
    sqlite3_stmt *s = NULL;
    date_format_financial_year(row->year, year);
    placement_set_format(row->groups, placement);
    if (!start_row(c, QUERY_PUT_BUDGET, row->row, &s, err))
        return false;
    db_bind_text(store, s, 4, year);
    db_bind_text(store, s, 5, row->line);
    db_bind_text(store, s, 6, placement);
    db_bind_integer(store, s, 7, row->budget);
    db_bind_real(store, s, 8, row->fte);
    db_bind_integer(store, s, 9, row->savings);
    return db_run(store, s, err);
}

static bool put_ledger(struct council_import *c, const struct ledger_row *row, struct err *err)
{
    struct store *store = c->import->store;
    char placement[PLACEMENT_SET_TEXT];
    sqlite3_stmt *s = NULL;
    placement_set_format(row->groups, placement);
    if (!start_row(c, QUERY_PUT_LEDGER, row->row, &s, err))
        return false;
    db_bind_integer(store, s, 4, row->date);
    db_bind_text(store, s, 5, row->line);
    db_bind_text(store, s, 6, placement);
    db_bind_integer(store, s, 7, row->actual);
    return db_run(store, s, err);
}

static bool put_measure(struct council_import *c, const struct measure_row *row, struct err *err)
{
    struct store *store = c->import->store;
    sqlite3_stmt *s = NULL;
    if (!start_row(c, QUERY_PUT_MEASURE, row->row, &s, err))
        return false;
    db_bind_text(store, s, 4, row->measure);
    db_bind_text(store, s, 5, row->locality);
    db_bind_integer(store, s, 6, row->start);
    db_bind_integer(store, s, 7, row->end);
    db_bind_real(store, s, 8, row->numerator);
    db_bind_real(store, s, 9, row->denominator);
    db_bind_real(store, s, 10, row->value);
    db_bind_real(store, s, 11, row->target);
    db_bind_text(store, s, 12, polarity_name(row->polarity));
    db_bind_text(store, s, 13, question_name(row->question));
    return db_run(store, s, err);
}

static bool put_rows(struct council_import *c, struct err *err)
{
    for (size_t i = 0; i < c->budget.n; i++)
        if (!put_budget(c, &c->budget.items[i], err))
            return false;
    for (size_t i = 0; i < c->ledger.n; i++)
        if (!put_ledger(c, &c->ledger.items[i], err))
            return false;
    for (size_t i = 0; i < c->measures.n; i++)
        if (!put_measure(c, &c->measures.items[i], err))
            return false;
    return true;
}

/* ---- the file ----------------------------------------------------------------------------------------- */

/* Whose file it is: --la, else the only authority with returns, else the only one at all, else a new one. */
static bool know_authority(struct council_import *c, struct err *err)
{
    struct import *import = c->import;
    struct authority *all = NULL;
    size_t n = 0, with_returns = 0;
    if (import->la != 0) {
        c->la = import->la;
        return true;
    }
    if (!store_authorities(import->store, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        with_returns += all[i].has_returns;
    const int32_t only = n == 1 ? all[0].la : 0;
    free(all);
    if (import->options->la == NULL && with_returns == 0 && only != 0) {
        c->la = only;
        return true;
    }
    return authority_for_returns(import->store, import->options->la, &c->la, err);
}

static bool find_same(struct council_import *c, bool *same, struct err *err)
{
    struct import *import = c->import;
    const struct import_file *file = c->reading->file;
    sqlite3_stmt *s = NULL;
    if (!db_get(import->store, QUERY_COUNCIL_FILE_BY_HASH, &s, err))
        return false;
    db_bind_integer(import->store, s, 1, c->la);
    db_bind_text(import->store, s, 2, file_kind_name(file->sniffed.kind));
    db_bind_text(import->store, s, 3, file->sha256);
    if (!db_step(import->store, s, same, err))
        return false;
    const int32_t stored = *same ? sqlite3_column_int(s, 0) : 0;
    db_reset(s);
    return !*same || import_was_stored(import, c->reading, stored, err);
}

static bool read_file(struct council_import *c, struct err *err)
{
    return import_open_again(c->reading, err) && import_rows(c->import, c->reading, take_row, c, err) &&
           ledger_rows_check(&c->ledger, c->reading->file->key, &c->reading->sink.base, err) &&
           clear_budget(c, err) && clear_ledger(c, err) && clear_measures(c, err) && put_rows(c, err) &&
           report_replaced(c, err);
}

/* Counts what later files took the place of; files of which nothing is left are forgotten. */
static bool forget_overtaken(struct council_import *c, int32_t key, struct err *err)
{
    struct store *store = c->import->store;
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_COUNT_OVERTAKEN, &s, err))
        return false;
    db_bind_integer(store, s, 1, c->la);
    if (!db_run(store, s, err))
        return false;
    for (;;) {
        bool row = false;
        if (!db_get(store, QUERY_OVERTAKEN_COUNCIL_FILE, &s, err))
            return false;
        db_bind_integer(store, s, 1, c->la);
        db_bind_integer(store, s, 2, key);
        if (!db_step(store, s, &row, err))
            return false;
        const int32_t earlier = row ? sqlite3_column_int(s, 0) : 0;
        db_reset(s);
        if (!row)
            return true;
        if (!import_forget(c->import, earlier, err))
            return false;
    }
}

bool import_council(struct import *import, struct import_file *file, struct err *err)
{
    struct import_reading reading;
    struct council_import c = {.import = import, .reading = &reading};
    bool same = false;
    bool ok = import_begin(import, file, &reading, err);
    if (!ok)
        return false;
    if (file->status != IMPORT_NEW) {
        ok = import_end(import, &reading, err);
    } else {
        ok = know_authority(&c, err);
        file->la = reading.sink.la = c.la;
        ok = ok && find_same(&c, &same, err);
        const int32_t key = file->key;
        ok = ok && (same || (read_file(&c, err) && import_end(import, &reading, err) &&
                             forget_overtaken(&c, key, err)));
    }
    if (!ok)
        import_abandon(&reading);
    council_import_free(&c);
    return ok;
}
