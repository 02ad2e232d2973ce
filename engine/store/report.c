/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is stored and what is wrong with it, as tables. */
#include <stdio.h>

#include "store/db.h"
#include "store/findings_table.h"

bool store_inputs(struct store *store, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"file", 0}, {"kind", 0},     {"year", 0},    {"sha256", 0},     {"rows", 0},
        {"kept", 0}, {"repaired", 0}, {"refused", 0}, {"superseded", 0}, {"short_break", 0}};
    enum { FIRST_COUNT = 4, LAST_COUNT = 9 };
    sqlite3_stmt *s = NULL;
    table_init(out, "inputs", columns, sizeof columns / sizeof columns[0]);
    bool ok = db_get(store, QUERY_INPUTS, &s, err);
    while (ok) {
        bool row = false;
        ok = db_step(store, s, &row, err);
        if (!ok || !row)
            break;
        struct table_cell *cells = table_add_row(out, err);
        ok = cells != NULL && table_set_str(out, &cells[0], db_column_str(s, 1), err) &&
             table_set_str(out, &cells[1], db_column_str(s, 2), err) &&
             table_set_str(out, &cells[3], db_column_str(s, 4), err);
        if (!ok)
            break;
        if (sqlite3_column_type(s, 3) != SQLITE_NULL)
            table_set_integer(&cells[2], sqlite3_column_int64(s, 3));
        for (int i = FIRST_COUNT; i <= LAST_COUNT; i++)
            table_set_integer(&cells[i], sqlite3_column_int64(s, i + 1));
    }
    db_reset(s);
    if (!ok)
        table_free(out);
    return ok;
}

bool store_count_findings(struct store *store, int64_t counts[3], struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_COUNT_FINDINGS, &s, err))
        return false;
    counts[0] = counts[1] = counts[2] = 0;
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err))
            return false;
        if (!row)
            break;
        const int severity = sqlite3_column_int(s, 0);
        bug_if(severity < 0 || severity >= SEVERITY_COUNT);
        counts[severity] = sqlite3_column_int64(s, 1);
    }
    db_reset(s);
    return true;
}

/* The rule of an id, NULL when a later program wrote it. */
static const struct rule_info *find_rule(struct str id)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (str_equal_text(id, rule_info((enum rule)i)->id))
            return rule_info((enum rule)i);
    return NULL;
}

bool findings_by_rule(struct store *store, int32_t la, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"rule", 0},     {"severity", 0}, {"official", 0},
                                                  {"findings", 0}, {"rows", 0},     {"words", 0},
                                                  {"advice", 0}};
    sqlite3_stmt *s = NULL;
    table_init(out, "rules", columns, sizeof columns / sizeof columns[0]);
    bool ok = db_get(store, QUERY_FINDINGS_BY_RULE, &s, err);
    if (ok && la != 0)
        db_bind_integer(store, s, 1, la);
    while (ok) {
        bool row = false;
        ok = db_step(store, s, &row, err);
        if (!ok || !row)
            break;
        const struct rule_info *rule = find_rule(db_column_str(s, 0));
        const enum severity severity = (enum severity)sqlite3_column_int(s, 1);
        struct table_cell *cells = table_add_row(out, err);
        ok = cells != NULL && table_set_str(out, &cells[0], db_column_str(s, 0), err) &&
             table_set_text(out, &cells[1], severity_name(severity), err) &&
             table_set_text(out, &cells[2], rule == NULL ? "" : rule->official, err) &&
             table_set_text(out, &cells[5], rule == NULL ? "" : rule->words, err) &&
             table_set_text(out, &cells[6], rule == NULL ? "" : rule->advice, err);
        if (!ok)
            break;
        table_set_integer(&cells[3], sqlite3_column_int64(s, 2));
        table_set_integer(&cells[4], sqlite3_column_int64(s, 3));
    }
    db_reset(s);
    if (!ok)
        table_free(out);
    return ok;
}

/* Columns of findings.sql, which are those of findings.csv and the rows that a finding speaks for. */
enum finding_column {
    SEVERITY,
    RULE_ID,
    TABLE,
    FILE_NAME,
    LINE,
    CHILD,
    COLUMN,
    VALUE,
    MESSAGE,
    REPAIR,
    ROWS
};

/* The message of a finding: its own, or the words of its rule; with the rows that it speaks for. */
static bool set_message(struct table *table, struct table_cell *cell, sqlite3_stmt *s,
                        const struct rule_info *rule, struct err *err)
{
    char text[512], own[400];
    const char *words = rule == NULL ? "" : rule->words;
    if (db_column_str(s, MESSAGE).length > 0) {
        str_copy(db_column_str(s, MESSAGE), own, sizeof own);
        words = own;
    }
    const long long n = sqlite3_column_int64(s, ROWS);
    const int length = n == 1 ? snprintf(text, sizeof text, "%s", words)
                              : snprintf(text, sizeof text, "%s (%lld rows)", words, n);
    if (length < 0)
        return err_set(err, ERR_INTERNAL, "cannot write a message");
    return table_set_text(table, cell, text, err);
}

/* True when the value of a finding would name a child. */
static bool names_child(sqlite3_stmt *s)
{
    const struct str column = db_column_str(s, COLUMN);
    return str_equal_text(column, "CHILD") || str_equal_text(column, "UPN") ||
           str_equal_text(column, "SW_ID") || str_equal(db_column_str(s, VALUE), db_column_str(s, CHILD));
}

static bool add_finding(sqlite3_stmt *s, bool show_children, struct table *out, struct err *err)
{
    static const enum finding_column texts[] = {RULE_ID, TABLE, FILE_NAME, COLUMN, VALUE, REPAIR};
    const enum severity severity = (enum severity)sqlite3_column_int(s, SEVERITY);
    struct table_cell *cells = table_add_row(out, err);
    if (cells == NULL || !table_set_text(out, &cells[SEVERITY], severity_name(severity), err) ||
        !set_message(out, &cells[MESSAGE], s, find_rule(db_column_str(s, RULE_ID)), err))
        return false;
    const bool hidden = !show_children && names_child(s);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct str text = db_column_str(s, (int)texts[i]);
        if (text.length > 0 && !(hidden && (texts[i] == VALUE || texts[i] == REPAIR)) &&
            !table_set_str(out, &cells[texts[i]], text, err))
            return false;
    }
    if (show_children && db_column_str(s, CHILD).length > 0 &&
        !table_set_str(out, &cells[CHILD], db_column_str(s, CHILD), err))
        return false;
    if (sqlite3_column_int(s, LINE) > 0)
        table_set_integer(&cells[LINE], sqlite3_column_int64(s, LINE));
    return true;
}

bool findings_table(struct store *store, int32_t la, bool show_children, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"severity", 0}, {"rule", 0},  {"table", 0},  {"file", 0},
                                                  {"line", 0},     {"child", 0}, {"column", 0}, {"value", 0},
                                                  {"message", 0},  {"repair", 0}};
    sqlite3_stmt *s = NULL;
    table_init(out, "findings", columns, sizeof columns / sizeof columns[0]);
    bool ok = db_get(store, QUERY_FINDINGS, &s, err);
    if (ok && la != 0)
        db_bind_integer(store, s, 1, la);
    while (ok) {
        bool row = false;
        ok = db_step(store, s, &row, err);
        if (!ok || !row)
            break;
        ok = add_finding(s, show_children, out, err);
    }
    db_reset(s);
    if (!ok)
        table_free(out);
    return ok;
}
