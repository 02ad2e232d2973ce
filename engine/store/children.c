/* SPDX-License-Identifier: GPL-3.0-or-later
 * A merge of the twelve tables in key order. The few rows of a child are put in the order of their returns in
 * memory, because keys follow the order in which files were imported. */
#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { SCAN_CHILD, SCAN_FILE, SCAN_LINE, SCAN_OUTCOME, SCAN_FIRST_COLUMN }; /* columns of scan_*.sql */
enum { PIECE = 2048 };                                                      /* bytes of texts taken at once */

static const enum query scans[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_SCAN_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
};

static bool table_by_name(struct str name, enum return_table *out)
{
    for (int i = 0; i < TABLE_COUNT; i++)
        if (str_equal_text(name, table_spec((enum return_table)i)->name)) {
            *out = (enum return_table)i;
            return true;
        }
    return false;
}

static int by_key(const void *a, const void *b)
{
    const struct return_file *x = a, *y = b;
    return (x->file > y->file) - (x->file < y->file);
}

/* The statement gives files by year, so years and return indices follow. */
static bool read_files(struct children *children, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    size_t file_capacity = 0, year_capacity = 0;
    if (!db_get(children->store, QUERY_FILES_OF_AUTHORITY, &statement, err))
        return false;
    db_bind_integer(children->store, statement, 1, children->la);
    for (;;) {
        bool row = false;
        if (!db_step(children->store, statement, &row, err))
            return false;
        if (!row)
            break;
        children->pseudonymised = sqlite3_column_int(statement, 3) != 0;
        struct return_file file = {.file = sqlite3_column_int(statement, 0),
                                   .year = sqlite3_column_int(statement, 1)};
        if (!table_by_name(db_column_str(statement, 2), &file.table))
            continue;
        if (children->n_years == 0 || children->years[children->n_years - 1] != file.year) {
            if (!vec_reserve((void **)&children->years, &year_capacity, (size_t)children->n_years + 1,
                             sizeof *children->years, err))
                return false;
            children->years[children->n_years++] = file.year;
        }
        file.return_index = children->n_years - 1;
        if (!vec_reserve((void **)&children->files, &file_capacity, children->n_files + 1,
                         sizeof *children->files, err))
            return false;
        children->files[children->n_files++] = file;
    }
    db_reset(statement);
    if (children->n_files == 0)
        return err_set(err, ERR_NO_INPUT,
                       "the authority has no returns; run \"turncurve import\" on them first");
    qsort(children->files, children->n_files, sizeof *children->files, by_key);
    return true;
}

size_t children_file_index(const struct children *children, int32_t file)
{
    size_t low = 0, high = children->n_files;
    while (low + 1 < high) {
        const size_t middle = low + (high - low) / 2;
        if (children->files[middle].file <= file)
            low = middle;
        else
            high = middle;
    }
    bug_if(children->n_files == 0 || children->files[low].file != file);
    return low;
}

static bool advance(struct children *children, struct row_cursor *cursor, struct err *err)
{
    bool row = false;
    if (!db_step(children->store, cursor->statement, &row, err))
        return false;
    if (row) {
        cursor->child = db_column_str(cursor->statement, SCAN_CHILD);
    } else {
        db_reset(cursor->statement);
        cursor->statement = NULL;
    }
    return true;
}

bool children_open(struct children *children, struct store *store, int32_t la, struct err *err)
{
    *children = (struct children){.store = store, .la = la};
    if (!read_files(children, err))
        goto failed;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (!db_get(store, scans[i], &children->cursors[i].statement, err))
            goto failed;
        db_bind_integer(store, children->cursors[i].statement, 1, la);
        if (!advance(children, &children->cursors[i], err))
            goto failed;
    }
    return true;
failed:
    children_close(children);
    return false;
}

/* A copy of a text that lives as long as the child. Small codes share a block. */
static bool keep_text(struct children *children, struct str text, struct str *out, struct err *err)
{
    if (text.length > children->piece_left) {
        const size_t size = text.length > PIECE ? text.length : PIECE;
        children->piece = arena_take(&children->arena, size, err);
        if (children->piece == NULL)
            return false;
        children->piece_left = size;
    }
    memcpy(children->piece, text.at, text.length);
    *out = (struct str){.at = children->piece, .length = text.length};
    children->piece += text.length;
    children->piece_left -= text.length;
    return true;
}

static bool read_value(struct children *children, sqlite3_stmt *statement, int i, enum column_kind kind,
                       struct value *out, struct err *err)
{
    *out = (struct value){.state = VALUE_BLANK};
    const int type = sqlite3_column_type(statement, i);
    if (type == SQLITE_INTEGER) {
        out->state = VALUE_OK;
        out->number = sqlite3_column_int64(statement, i);
    } else if (type == SQLITE_TEXT) {
        const bool is_text = kind != KIND_DATE && kind != KIND_NUMBER && kind != KIND_FLAG;
        out->state = is_text ? VALUE_OK : VALUE_BAD;
        return keep_text(children, db_column_str(statement, i), &out->text, err);
    }
    return true;
}

static bool read_row(struct children *children, enum return_table table, struct str child,
                     struct record *record, struct err *err)
{
    sqlite3_stmt *statement = children->cursors[table].statement;
    const struct table_spec *spec = table_spec(table);
    record->table = table;
    record->file = sqlite3_column_int(statement, SCAN_FILE);
    record->return_index = children->files[children_file_index(children, record->file)].return_index;
    record->line = sqlite3_column_int(statement, SCAN_LINE);
    record->outcome = sqlite3_column_int(statement, SCAN_OUTCOME) == 0 ? OUTCOME_KEPT : OUTCOME_REPAIRED;
    record->superseded = false;
    record->short_break = false;
    record->values[0] = (struct value){.state = VALUE_OK, .text = child};
    for (int i = 1; i < spec->n_columns; i++)
        if (!read_value(children, statement, SCAN_FIRST_COLUMN + i - 1,
                        column_spec(spec->first + (enum return_column)i)->kind, &record->values[i], err))
            return false;
    return true;
}

/* In order of return, then (episodes) DECOM, then line. */
static bool comes_before(const struct record *a, const struct record *b)
{
    if (a->return_index != b->return_index)
        return a->return_index < b->return_index;
    if (a->table == TABLE_EPISODES) {
        const day x = record_day(a, COLUMN_EPISODES_DECOM), y = record_day(b, COLUMN_EPISODES_DECOM);
        if (x != y)
            return x < y;
    }
    return a->line < b->line;
}

static void put_in_order(struct record *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        size_t place = i;
        while (place > 0 && comes_before(&rows[i], &rows[place - 1]))
            place--;
        if (place == i)
            continue;
        const struct record moved = rows[i];
        memmove(&rows[place + 1], &rows[place], (i - place) * sizeof *rows);
        rows[place] = moved;
    }
}

static bool read_table(struct children *children, enum return_table table, struct child_rows *out,
                       struct err *err)
{
    struct row_cursor *cursor = &children->cursors[table];
    size_t n = 0;
    while (cursor->statement != NULL && str_equal(cursor->child, out->child)) {
        if (!vec_reserve((void **)&children->rows[table], &children->capacities[table], n + 1,
                         sizeof(struct record), err) ||
            !read_row(children, table, out->child, &children->rows[table][n], err) ||
            !advance(children, cursor, err))
            return false;
        n++;
    }
    put_in_order(children->rows[table], n);
    out->rows[table] = children->rows[table];
    out->n_rows[table] = n;
    return true;
}

/* The first and the last start of an episode; false when there is none. */
static bool find_starts(const struct child_rows *rows, day *first, day *last)
{
    *first = DAY_OPEN;
    *last = DAY_NONE;
    for (size_t i = 0; i < rows->n_rows[TABLE_EPISODES]; i++) {
        const day start = record_day(&rows->rows[TABLE_EPISODES][i], COLUMN_EPISODES_DECOM);
        if (start == DAY_NONE)
            continue;
        *first = start < *first ? start : *first;
        *last = start > *last ? start : *last;
    }
    return *last != DAY_NONE;
}

static bool same_month(day a, day b)
{
    return date_month_index(a) == date_month_index(b);
}

/* What a date of birth that was set to the 16th must be, so that no start of care lies before it or after the
 * 18th birthday only because the day was coarse. */
static day fit_birth(day born, day first, day last)
{
    if (born > first && same_month(born, first))
        return date_month_start(born, 0);
    if (last >= date_birthday(born, 18) && same_month(last, date_birthday(born, 18)))
        return date_month_end(born, 0);
    return born;
}

/* Dates of birth that pseudonymising made coarse are no fault of the data: they move within their month, and
 * an end in the month of the 18th birthday moves to it. */
static void undo_coarseness(struct child_rows *rows)
{
    day first = DAY_NONE, last = DAY_NONE, born = DAY_NONE;
    if (!find_starts(rows, &first, &last))
        return;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct column_spec *spec = column_spec((enum return_column)i);
        if (strcmp(spec->name, "DOB") != 0)
            continue;
        for (size_t k = 0; k < rows->n_rows[spec->table]; k++) {
            struct value *dob = &rows->rows[spec->table][k].values[i - (int)table_spec(spec->table)->first];
            if (dob->state != VALUE_OK)
                continue;
            dob->number = fit_birth((day)dob->number, first, last);
            if (spec->table == TABLE_HEADER)
                born = (day)dob->number;
        }
    }
    for (size_t k = 0; born != DAY_NONE && k < rows->n_rows[TABLE_EPISODES]; k++) {
        struct value *end =
            &rows->rows[TABLE_EPISODES][k].values[COLUMN_EPISODES_DEC - table_spec(TABLE_EPISODES)->first];
        const day birthday = date_birthday(born, 18);
        if (end->state == VALUE_OK && end->number > birthday && same_month((day)end->number, birthday))
            end->number = birthday;
    }
}

bool children_next(struct children *children, struct child_rows *out, bool *more, struct err *err)
{
    const struct row_cursor *least = NULL;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct row_cursor *cursor = &children->cursors[i];
        if (cursor->statement != NULL && (least == NULL || str_compare(cursor->child, least->child) < 0))
            least = cursor;
    }
    *more = least != NULL;
    if (least == NULL)
        return true;
    arena_reset(&children->arena);
    children->piece_left = 0;
    *out = (struct child_rows){0};
    if (!keep_text(children, least->child, &out->child, err))
        return false;
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (!read_table(children, (enum return_table)i, out, err))
            return false;
    if (children->pseudonymised)
        undo_coarseness(out);
    return true;
}

void children_close(struct children *children)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (children->cursors[i].statement != NULL)
            db_reset(children->cursors[i].statement);
        free(children->rows[i]);
    }
    free(children->files);
    free(children->years);
    arena_free(&children->arena);
    *children = (struct children){0};
}
