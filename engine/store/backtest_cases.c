/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database of an older program has no table for cases: to read from it is to find none. */
#include "store/backtest_cases.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/db.h"

enum { FIRST_WITH_CASES = 2 }; /* version of the schema */
/* Columns of backtest_cases.sql; put_backtest_case.sql has them after la and model. */
enum { DIGEST, ORIGIN, MONTHS, ACTUAL, RAW, REFERENCE = RAW + SCORE_LEVELS };

/* One line a row: its columns with a blank before each. */
static bool add_lines(struct store *store, enum query query, int32_t la, const char *what, struct text *text,
                      struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_get(store, query, &s, err))
        return false;
    db_bind_integer(store, s, 1, la);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err))
            return false;
        if (!row)
            break;
        bool ok = text_append_c(text, what, err);
        for (int i = 0; ok && i < sqlite3_column_count(s); i++)
            ok = text_append_c(text, " ", err) && text_append(text, db_column_str(s, i), err);
        if (!ok || !text_append_c(text, "\n", err)) {
            db_reset(s);
            return false;
        }
    }
    db_reset(s);
    return true;
}

bool backtest_cases_digest(struct store *store, int32_t la, struct str settings, char out[DIGEST_TEXT],
                           struct err *err)
{
    struct text text = {0};
    const bool ok = text_append(&text, settings, err) &&
                    add_lines(store, QUERY_FILES_LEARNED_FROM, la, "file", &text, err) &&
                    add_lines(store, QUERY_LINKS, la, "link", &text, err);
    if (ok)
        digest_str((struct str){text.at, text.length}, out);
    text_free(&text);
    return ok;
}

static bool put_one(struct store *store, int32_t la, const char *model, const char *digest,
                    const struct calibration_case *one, struct err *err)
{
    enum { LA = 1, MODEL, FIRST }; /* positions count from 1 */
    sqlite3_stmt *s = NULL;
    if (!db_get(store, QUERY_PUT_BACKTEST_CASE, &s, err))
        return false;
    db_bind_integer(store, s, LA, la);
    db_bind_text(store, s, MODEL, model);
    db_bind_text(store, s, FIRST + DIGEST, digest);
    db_bind_integer(store, s, FIRST + ORIGIN, one->origin);
    db_bind_integer(store, s, FIRST + MONTHS, one->months);
    db_bind_real(store, s, FIRST + ACTUAL, one->actual);
    for (int q = 0; q < SCORE_LEVELS; q++) {
        db_bind_real(store, s, FIRST + RAW + q, one->raw[q]);
        db_bind_real(store, s, FIRST + REFERENCE + q, one->reference[q]);
    }
    return db_run(store, s, err);
}

bool backtest_cases_put(struct store *store, int32_t la, const char *model, const char *digest,
                        const struct calibration_case cases[], size_t n, struct err *err)
{
    sqlite3_stmt *s = NULL;
    if (!db_begin(store, err) || !db_get(store, QUERY_REMOVE_BACKTEST_CASES, &s, err)) {
        db_rollback(store);
        return false;
    }
    db_bind_integer(store, s, 1, la);
    db_bind_text(store, s, 2, model);
    bool ok = db_run(store, s, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_one(store, la, model, digest, &cases[i], err);
    ok = ok && db_commit(store, err);
    if (!ok)
        db_rollback(store);
    return ok;
}

static struct calibration_case case_of(sqlite3_stmt *s)
{
    struct calibration_case one = {
        .origin = sqlite3_column_int(s, ORIGIN),
        .months = sqlite3_column_int(s, MONTHS),
        .actual = sqlite3_column_double(s, ACTUAL),
    };
    for (int q = 0; q < SCORE_LEVELS; q++) {
        one.raw[q] = sqlite3_column_double(s, RAW + q);
        one.reference[q] = sqlite3_column_double(s, REFERENCE + q);
    }
    return one;
}

bool backtest_cases_load(struct store *store, int32_t la, const char *model, const char *digest,
                         struct calibration_case **out, size_t *n, bool *stale, struct err *err)
{
    struct calibration_case *cases = NULL;
    size_t count = 0;
    size_t capacity = 0;
    sqlite3_stmt *s = NULL;
    bool other = false;
    *out = NULL;
    *n = 0;
    *stale = false;
    if (store->version < FIRST_WITH_CASES)
        return true;
    if (!db_get(store, QUERY_BACKTEST_CASES, &s, err))
        return false;
    db_bind_integer(store, s, 1, la);
    db_bind_text(store, s, 2, model);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err) ||
            (row && !vec_reserve((void **)&cases, &capacity, count + 1, sizeof *cases, err))) {
            db_reset(s);
            free(cases);
            return false;
        }
        if (!row)
            break;
        other = other || !str_equal_text(db_column_str(s, DIGEST), digest);
        cases[count++] = case_of(s);
    }
    db_reset(s);
    if (other) {
        free(cases);
        *stale = true;
        return true;
    }
    *out = cases;
    *n = count;
    return true;
}
