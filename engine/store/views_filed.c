/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of returns as they were filed, before the rules. A text in a column of dates could not be read as a
 * date; it is shown as it was filed, but not where it may be a date of birth. */
#include <stdlib.h>

#include "base/vec.h"
#include "store/db.h"
#include "store/identifiers.h"
#include "store/views_parts.h"

enum { SCAN_CHILD, SCAN_FILE, SCAN_LINE, SCAN_OUTCOME, SCAN_FIRST_COLUMN }; /* columns of scan_*.sql */
enum { ROW_LA, ROW_YEAR, ROW_CHILD, ROW_OUTCOME, ROW_FIRST_COLUMN };

struct file_year {
    int64_t file, year;
};
struct file_years {
    struct file_year *list;
    size_t n, capacity;
};

enum view_kind view_kind_of_filed(enum return_column column)
{
    static const enum return_column hidden[] = {COLUMN_HEADER_UPN, COLUMN_SW_SW_ID};
    const struct column_spec *spec = column_spec(column);
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (column == hidden[i])
            return VIEW_KIND_PRIVATE;
    switch (spec->kind) {
    case KIND_CHILD:
        return VIEW_KIND_CHILD;
    case KIND_DATE:
        return str_equal_text(str_of(spec->name), "DOB") || str_equal_text(str_of(spec->name), "MC_DOB")
                   ? VIEW_KIND_BIRTH
                   : VIEW_KIND_DAY;
    case KIND_POSTCODE:
        return VIEW_KIND_PRIVATE;
    case KIND_NUMBER:
        return VIEW_KIND_INTEGER;
    case KIND_FLAG:
        return VIEW_KIND_YES;
    case KIND_CODE:
    case KIND_TEXT:
        break;
    }
    return VIEW_KIND_TEXT;
}

static bool load_years(struct store *store, int32_t la, struct file_years *out, struct err *err)
{
    sqlite3_stmt *s = NULL;
    bool ok = db_get(store, QUERY_FILES_OF_AUTHORITY, &s, err);
    if (ok)
        db_bind_integer(store, s, 1, la);
    while (ok) {
        bool row = false;
        ok = db_step(store, s, &row, err);
        if (!ok || !row)
            break;
        ok = vec_reserve((void **)&out->list, &out->capacity, out->n + 1, sizeof *out->list, err);
        if (ok)
            out->list[out->n++] = (struct file_year){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
    }
    if (s != NULL)
        db_reset(s);
    return ok;
}

static void set_year(struct table_cell *cell, const struct file_years *years, int64_t file)
{
    for (size_t i = 0; i < years->n; i++)
        if (years->list[i].file == file)
            table_set_integer(cell, years->list[i].year);
}

/* One column of a stored row. */
static bool set_value(struct view_filling *filling, struct table_cell *cell, sqlite3_stmt *s, int i,
                      enum view_kind kind, struct err *err)
{
    const bool shown = filling->request->show_children;
    const int type = sqlite3_column_type(s, i);
    const bool is_private = kind == VIEW_KIND_PRIVATE || (kind == VIEW_KIND_BIRTH && type != SQLITE_INTEGER);
    if (type == SQLITE_NULL || (is_private && !shown))
        return true;
    if (type != SQLITE_INTEGER)
        return table_set_str(filling->out, cell, db_column_str(s, i), err);
    if (kind == VIEW_KIND_BIRTH)
        view_set_birth(filling, cell, (day)sqlite3_column_int64(s, i));
    else if (kind == VIEW_KIND_DAY)
        table_set_day(cell, (day)sqlite3_column_int64(s, i));
    else
        table_set_integer(cell, sqlite3_column_int64(s, i));
    return true;
}

static bool add_row(struct view_filling *filling, enum return_table table, const char *la_name,
                    const struct file_years *years, sqlite3_stmt *s, struct err *err)
{
    const struct table_spec *spec = table_spec(table);
    const char *identifier = (const char *)sqlite3_column_text(s, SCAN_CHILD);
    const int outcome = sqlite3_column_int(s, SCAN_OUTCOME);
    struct table_cell *row = table_add_row(filling->out, err);
    if (row == NULL || !table_set_text(filling->out, &row[ROW_LA], la_name, err) ||
        !view_set_child(filling, &row[ROW_CHILD], identifiers_key(db_column_str(s, SCAN_CHILD)), identifier,
                        err) ||
        !table_set_text(filling->out, &row[ROW_OUTCOME], outcome_name((enum outcome)outcome), err))
        return false;
    set_year(&row[ROW_YEAR], years, sqlite3_column_int64(s, SCAN_FILE));
    bool ok = true;
    /* the first column of every table is CHILD, which the statement gives apart */
    for (int k = 0; ok && k + 1 < spec->n_columns; k++)
        ok = set_value(filling, &row[ROW_FIRST_COLUMN + k], s, SCAN_FIRST_COLUMN + k,
                       view_kind_of_filed((enum return_column)((int)spec->first + 1 + k)), err);
    return ok;
}

bool view_add_filed(struct view_filling *filling, enum return_table table, const char *la_name, int32_t la,
                    struct err *err)
{
    static const enum query scans[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_SCAN_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
    };
    struct file_years years = {0};
    sqlite3_stmt *s = NULL;
    bool ok = load_years(filling->store, la, &years, err) && db_get(filling->store, scans[table], &s, err);
    if (ok)
        db_bind_integer(filling->store, s, 1, la);
    while (ok) {
        bool row = false;
        ok = db_step(filling->store, s, &row, err);
        if (!ok || !row)
            break;
        ok = add_row(filling, table, la_name, &years, s, err);
    }
    if (s != NULL)
        db_reset(s);
    free(years.list);
    return ok;
}
