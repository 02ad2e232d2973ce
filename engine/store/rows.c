/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row in, by position: la, child, file, line, outcome, then the columns in official order. */
#include "store/rows.h"

enum { FIRST_COLUMN = 6 }; /* position of the first column after the key and the outcome */

static const enum query inserts[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_INSERT_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
};
static const enum query removals[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_REMOVE_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
};
static const enum query links[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_LINK_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
};

static bool kind_is_number(enum column_kind kind)
{
    return kind == KIND_DATE || kind == KIND_NUMBER || kind == KIND_FLAG;
}

bool rows_insert(struct store *store, int32_t la, struct str child, const struct record *record,
                 struct err *err)
{
    const struct table_spec *spec = table_spec(record->table);
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, inserts[record->table], &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    db_bind_str(store, statement, 2, child);
    db_bind_integer(store, statement, 3, record->file);
    db_bind_integer(store, statement, 4, record->line);
    db_bind_integer(store, statement, 5, record->outcome);
    for (int i = 1; i < spec->n_columns; i++) { /* 0 is CHILD */
        const struct value *value = &record->values[i];
        const int position = FIRST_COLUMN + i - 1;
        if (value->state == VALUE_BLANK)
            continue;
        if (value->state == VALUE_OK &&
            kind_is_number(column_spec(spec->first + (enum return_column)i)->kind))
            db_bind_integer(store, statement, position, value->number);
        else
            db_bind_str(store, statement, position, value->text);
    }
    return db_run(store, statement, err);
}

bool rows_remove(struct store *store, int32_t la, enum return_table table, int32_t file, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, removals[table], &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    db_bind_integer(store, statement, 2, file);
    return db_run(store, statement, err);
}

bool rows_link(struct store *store, int32_t la, struct str old_child, struct str new_child, struct err *err)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        sqlite3_stmt *statement = NULL;
        if (!db_get(store, links[i], &statement, err))
            return false;
        db_bind_str(store, statement, 1, new_child);
        db_bind_integer(store, statement, 2, la);
        db_bind_str(store, statement, 3, old_child);
        if (!db_run(store, statement, err))
            return false;
    }
    return true;
}

bool rows_homes(struct store *store, int32_t la, struct homes *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    *out = (struct homes){0};
    if (!db_get(store, QUERY_SCAN_HOMES, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            break;
        if (!row) {
            db_reset(statement);
            return true;
        }
        if (!homes_add(out, db_column_str(statement, 0), db_column_str(statement, 1),
                       db_column_str(statement, 2), err))
            break;
    }
    db_reset(statement);
    homes_free(out);
    return false;
}
