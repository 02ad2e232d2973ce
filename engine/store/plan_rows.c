/* SPDX-License-Identifier: GPL-3.0-or-later
 * Columns go in and come out by position: the statements name them in the order of the files. */
#include "store/plan_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "plan/plan_date.h"
#include "store/digest.h"

/* Where the texts of a row begin: positions of values count from 1, columns of results from 0. */
enum { PUT_ROW_TEXTS = 6, ROW_TEXTS = 4, PUT_OTHER_TEXTS = 5, OTHER_TEXTS = 3 };

bool plan_rows_plan(struct store *store, struct str name, int32_t *plan, struct err *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    if (!db_get(store, QUERY_PLAN_BY_NAME, &s, err))
        return false;
    db_bind_str(store, s, 1, name);
    if (!db_step(store, s, &row, err))
        return false;
    *plan = row ? sqlite3_column_int(s, 0) : 0;
    db_reset(s);
    if (row)
        return true;
    if (!db_get(store, QUERY_ADD_PLAN, &s, err))
        return false;
    db_bind_str(store, s, 1, name);
    if (!db_run(store, s, err))
        return false;
    *plan = (int32_t)db_last_key(store);
    return true;
}

static bool copy_column(sqlite3_stmt *s, int i, struct arena *texts, struct str *out, struct err *err)
{
    const struct str text = db_column_str(s, i);
    const char *copy = arena_copy(texts, text, err);
    *out = (struct str){copy, text.length};
    return copy != NULL;
}

/* The row that a statement stands on: its texts begin at a column and fill text[from .. to]. */
static bool read_row(sqlite3_stmt *s, int column, int from, int to, struct arena *texts,
                     struct filed_row *row, struct err *err)
{
    for (int i = from; i <= to; i++)
        if (!copy_column(s, column + i - from, texts, &row->text[i], err))
            return false;
    return true;
}

struct rows {
    struct filed_row *at;
    size_t n, capacity;
};

/* Every row of a statement. */
static bool read_rows(struct store *store, sqlite3_stmt *s, int last_text, struct arena *texts,
                      struct rows *rows, struct err *err)
{
    for (;;) {
        bool more = false;
        struct filed_row row = {0};
        if (!db_step(store, s, &more, err))
            return false;
        if (!more)
            return true;
        row.file = sqlite3_column_int(s, 0);
        row.line = sqlite3_column_int(s, 1);
        bool ok = true;
        if (last_text == PLAN_TEXT_TARGET) {
            row.ref_made = sqlite3_column_int(s, 3) != 0;
            ok = copy_column(s, 2, texts, &row.ref, err) &&
                 read_row(s, ROW_TEXTS, PLAN_TEXT_PRIORITY_REF, last_text, texts, &row, err);
        } else {
            row.repaired = sqlite3_column_int(s, 2) != 0;
            ok = read_row(s, OTHER_TEXTS, 1, last_text, texts, &row, err);
        }
        if (!ok || !vec_reserve((void **)&rows->at, &rows->capacity, rows->n + 1, sizeof *rows->at, err)) {
            db_reset(s);
            return false;
        }
        rows->at[rows->n++] = row;
    }
}

static bool read_all(struct store *store, enum query query, int32_t key, int last_text, struct arena *texts,
                     struct filed_row **out, size_t *n, struct err *err)
{
    sqlite3_stmt *s = NULL;
    struct rows rows = {0};
    *out = NULL;
    *n = 0;
    if (!db_get(store, query, &s, err))
        return false;
    db_bind_integer(store, s, 1, key);
    if (!read_rows(store, s, last_text, texts, &rows, err)) {
        free(rows.at);
        return false;
    }
    db_reset(s);
    *out = rows.at;
    *n = rows.n;
    return true;
}

bool plan_rows_of_version(struct store *store, int32_t version, struct arena *texts, struct filed_row **out,
                          size_t *n, struct err *err)
{
    return read_all(store, QUERY_PLAN_ROWS, version, PLAN_TEXT_TARGET, texts, out, n, err);
}

bool plan_rows_read(struct store *store, int32_t plan, bool effects, struct arena *texts,
                    struct filed_row **out, size_t *n, struct err *err)
{
    return effects ? read_all(store, QUERY_PLAN_EFFECTS, plan, EFFECT_TEXT_REPLACES, texts, out, n, err)
                   : read_all(store, QUERY_PLAN_TARGETS, plan, TARGET_TEXT_NOTE, texts, out, n, err);
}

bool plan_rows_last(struct store *store, int32_t plan, struct arena *texts, struct filed_row **out, size_t *n,
                    struct err *err)
{
    sqlite3_stmt *s = NULL;
    int32_t last = 0;
    if (!db_get(store, QUERY_PLAN_VERSIONS, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err))
            return false;
        if (!row)
            break;
        last = sqlite3_column_int(s, 0) > last ? sqlite3_column_int(s, 0) : last;
    }
    db_reset(s);
    return plan_rows_of_version(store, last, texts, out, n, err);
}

/* What the rows say, whatever file they came in: texts with separators that no text holds. */
static bool digest_rows(const struct filed_row rows[], size_t n, char out[DIGEST_TEXT], struct err *err)
{
    struct text all = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        for (int k = PLAN_TEXT_PRIORITY_REF; ok && k <= PLAN_TEXT_TARGET; k++)
            ok = text_append(&all, str_trim(rows[i].text[k]), err) && text_append_c(&all, "\x1f", err);
        ok = ok && text_append_c(&all, "\x1e", err);
    }
    if (ok)
        digest_str((struct str){all.at, all.length}, out);
    text_free(&all);
    return ok;
}

static bool add_version(struct store *store, int32_t plan, int32_t file, const char *digest,
                        const struct plan_stamp *stamp, int32_t *version, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_ADD_PLAN_VERSION, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    db_bind_integer(store, s, 2, file);
    db_bind_text(store, s, 3, digest);
    if (stamp->date != DAY_NONE)
        db_bind_integer(store, s, 4, stamp->date);
    db_bind_text(store, s, 5, plan_dated_name(stamp->dated));
    if (!db_run(store, s, err))
        return false;
    *version = (int32_t)db_last_key(store);
    return true;
}

static bool put_row(struct store *store, int32_t version, size_t position, const struct filed_row *row,
                    struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_PUT_PLAN_ROW, &s, err))
        return false;
    db_bind_integer(store, s, 1, version);
    db_bind_integer(store, s, 2, (int64_t)position);
    db_bind_integer(store, s, 3, row->line);
    db_bind_str(store, s, 4, row->ref);
    db_bind_integer(store, s, 5, row->ref_made);
    for (int i = PLAN_TEXT_PRIORITY_REF; i <= PLAN_TEXT_TARGET; i++)
        db_bind_str(store, s, PUT_ROW_TEXTS + i - PLAN_TEXT_PRIORITY_REF, row->text[i]);
    return db_run(store, s, err);
}

/* A version that is there gets another date when one was asked for, or its file has one now. */
static bool redate(struct store *store, int32_t version, const struct plan_stamp *stamp, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_SET_PLAN_DATE, &s, err))
        return false;
    if (stamp->date != DAY_NONE)
        db_bind_integer(store, s, 1, stamp->date);
    db_bind_text(store, s, 2, plan_dated_name(stamp->dated));
    db_bind_integer(store, s, 3, version);
    return db_run(store, s, err);
}

/* The stored version of these rows: its key, 0 when there is none. */
static bool find_version(struct store *store, int32_t plan, const char *digest, int32_t *version,
                         int32_t *file, day *date, struct err *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    *version = 0;
    if (!db_get(store, QUERY_PLAN_VERSION_BY_HASH, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    db_bind_text(store, s, 2, digest);
    if (!db_step(store, s, &row, err))
        return false;
    if (row) {
        *version = sqlite3_column_int(s, 0);
        *file = sqlite3_column_int(s, 1);
        *date = sqlite3_column_type(s, 2) == SQLITE_NULL ? DAY_NONE : sqlite3_column_int(s, 2);
    }
    db_reset(s);
    return true;
}

bool plan_rows_put(struct store *store, int32_t plan, struct str name, const struct filed_row rows[],
                   size_t n, day asked, struct plan_rows_found *out, struct err *err)
{
    char digest[DIGEST_TEXT];
    int32_t version = 0;
    day dated = DAY_NONE;
    *out = (struct plan_rows_found){.file = rows[0].file};
    if (!digest_rows(rows, n, digest, err) ||
        !find_version(store, plan, digest, &version, &out->file, &dated, err))
        return false;
    const struct plan_stamp stamp = plan_date_find(name, rows, n, asked);
    if (version != 0) {
        const bool given = stamp.dated == PLAN_DATED_ASKED || stamp.dated == PLAN_DATED_COLUMN;
        out->redated = given && stamp.date != dated;
        return !out->redated || redate(store, version, &stamp, err);
    }
    out->is_new = true;
    bool ok = add_version(store, plan, rows[0].file, digest, &stamp, &version, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_row(store, version, i + 1, &rows[i], err);
    return ok;
}

bool plan_rows_clear(struct store *store, int32_t plan, int32_t file, bool effects, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, effects ? QUERY_REMOVE_PLAN_EFFECTS : QUERY_REMOVE_PLAN_TARGETS, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    db_bind_integer(store, s, 2, file);
    return db_run(store, s, err);
}

bool plan_rows_add(struct store *store, int32_t plan, const struct filed_row *row, bool effects,
                   struct err *err)
{
    const int last = effects ? EFFECT_TEXT_REPLACES : TARGET_TEXT_NOTE;
    sqlite3_stmt *s = NULL;
    if (!db_get(store, effects ? QUERY_PUT_PLAN_EFFECT : QUERY_PUT_PLAN_TARGET, &s, err))
        return false;
    db_bind_integer(store, s, 1, plan);
    db_bind_integer(store, s, 2, row->file);
    db_bind_integer(store, s, 3, row->line);
    db_bind_integer(store, s, 4, row->repaired);
    for (int i = 1; i <= last; i++)
        db_bind_str(store, s, PUT_OTHER_TEXTS + i - 1, row->text[i]);
    return db_run(store, s, err);
}
