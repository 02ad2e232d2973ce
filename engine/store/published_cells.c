/* SPDX-License-Identifier: GPL-3.0-or-later
 * The length of a period stands behind the measure: "entries/12". */
#include "store/published_cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "store/db.h"

enum { FIRST_WITH_CELLS = 4, MEASURE_TEXT = 128, MONTHS_MOST = 1200 };
enum { MEASURE, GROUP, LOCALITY, DATE, SHOWN, VALUE };

static bool read_measure(struct str text, struct published_cell *cell, struct arena *texts, struct err *err)
{
    const char *slash = text.length > 0 ? memchr(text.at, '/', text.length) : NULL;
    if (slash != NULL) {
        int64_t months = 0;
        const size_t length = (size_t)(slash - text.at);
        const struct str number = {slash + 1, text.length - length - 1};
        if (!parse_int64(number, &months) || months < 1 || months > MONTHS_MOST)
            return err_set(err, ERR_DATA, "a published cell has the measure \"%.*s\"", (int)text.length,
                           text.at);
        cell->months = (int32_t)months;
        text.length = length;
    }
    cell->measure = arena_copy(texts, text, err);
    return cell->measure != NULL;
}

static bool read_row(sqlite3_stmt *s, struct published_cell *cell, struct arena *texts, struct err *err)
{
    *cell = (struct published_cell){
        .date = sqlite3_column_int(s, DATE),
        .shown = sqlite3_column_int(s, SHOWN) != 0,
        .value = (int64_t)sqlite3_column_double(s, VALUE),
    };
    if (!read_measure(db_column_str(s, MEASURE), cell, texts, err))
        return false;
    cell->group = arena_copy(texts, db_column_str(s, GROUP), err);
    cell->locality = cell->group != NULL ? arena_copy(texts, db_column_str(s, LOCALITY), err) : NULL;
    return cell->locality != NULL;
}

bool published_cells_load(struct store *store, int32_t la, struct arena *texts, struct published_cell **out,
                          size_t *n, struct err *err)
{
    struct published_cell *cells = NULL;
    size_t count = 0;
    size_t capacity = 0;
    sqlite3_stmt *s = NULL;
    *out = NULL;
    *n = 0;
    if (store->version < FIRST_WITH_CELLS)
        return true;
    if (!db_get(store, QUERY_PUBLISHED_CELLS, &s, err))
        return false;
    db_bind_integer(store, s, 1, la);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err) ||
            (row && (!vec_reserve((void **)&cells, &capacity, count + 1, sizeof *cells, err) ||
                     !read_row(s, &cells[count], texts, err)))) {
            db_reset(s);
            free(cells);
            return false;
        }
        if (!row)
            break;
        count++;
    }
    db_reset(s);
    *out = cells;
    *n = count;
    return true;
}

static bool put_one(struct store *store, int32_t la, const struct published_cell *cell, struct err *err)
{
    char measure[MEASURE_TEXT];
    sqlite3_stmt *s = NULL;
    const int n = cell->months == 0
                      ? snprintf(measure, sizeof measure, "%s", cell->measure)
                      : snprintf(measure, sizeof measure, "%s/%d", cell->measure, (int)cell->months);
    if (n < 0 || (size_t)n >= sizeof measure)
        return err_set(err, ERR_DATA, "the name of the measure \"%.60s..\" is too long to publish",
                       cell->measure);
    if (!db_get(store, QUERY_PUT_PUBLISHED_CELL, &s, err))
        return false;
    db_bind_integer(store, s, 1, la);
    db_bind_text(store, s, MEASURE + 2, measure);
    db_bind_text(store, s, GROUP + 2, cell->group);
    db_bind_text(store, s, LOCALITY + 2, cell->locality);
    db_bind_integer(store, s, DATE + 2, cell->date);
    db_bind_integer(store, s, SHOWN + 2, cell->shown);
    if (cell->shown)
        db_bind_real(store, s, VALUE + 2, (double)cell->value);
    else
        db_bind_null(store, s, VALUE + 2);
    return db_run(store, s, err);
}

bool published_cells_put(struct store *store, int32_t la, const struct published_cell cells[], size_t n,
                         struct err *err)
{
    bool ok = db_begin(store, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_one(store, la, &cells[i], err);
    ok = ok && db_commit(store, err);
    if (!ok)
        db_rollback(store);
    return ok;
}
