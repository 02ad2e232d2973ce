/* SPDX-License-Identifier: GPL-3.0-or-later
 * The published totals of all authorities by one query, which gives authority after authority: the rows of
 * one are kept until the next begins, because only then are its years known. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "store/db.h"

struct total {
    int32_t year;
    double value;
    char measure[16];
};

struct reader {
    struct store *store;
    struct panel panel;
    size_t capacity;
    struct yearly at; /* the authority at hand; its series are not reserved yet */
    struct total *totals;
    size_t n_totals, totals_capacity;
};

static bool keep_total(struct reader *reader, sqlite3_stmt *statement, struct err *err)
{
    if (sqlite3_column_type(statement, 5) == SQLITE_NULL)
        return true;
    if (!vec_reserve((void **)&reader->totals, &reader->totals_capacity, reader->n_totals + 1,
                     sizeof *reader->totals, err))
        return false;
    struct total *total = &reader->totals[reader->n_totals++];
    total->year = sqlite3_column_int(statement, 4);
    total->value = sqlite3_column_double(statement, 5);
    str_copy(db_column_str(statement, 3), total->measure, sizeof total->measure);
    return true;
}

/* The years that have a stock, starts or leavers; false when none has a stock. */
static bool find_years(const struct reader *reader, int32_t *first, int32_t *last)
{
    bool any_stock = false;
    *first = INT32_MAX;
    *last = INT32_MIN;
    for (size_t i = 0; i < reader->n_totals; i++) {
        const struct total *total = &reader->totals[i];
        if (str_equal_text(str_of(total->measure), "population"))
            continue;
        any_stock = any_stock || str_equal_text(str_of(total->measure), "stock");
        *first = total->year < *first ? total->year : *first;
        *last = total->year > *last ? total->year : *last;
    }
    return any_stock;
}

/* The authority at hand is complete: into the panel with it, when it has a stock. */
static bool end_authority(struct reader *reader, struct err *err)
{
    int32_t first = 0;
    int32_t last = 0;
    const bool any_stock = find_years(reader, &first, &last);
    const size_t n_totals = reader->n_totals;
    struct yearly yearly = reader->at;
    reader->n_totals = 0;
    reader->at = (struct yearly){0};
    if (!any_stock)
        return true;
    if (!vec_reserve((void **)&reader->panel.authorities, &reader->capacity, reader->panel.n + 1,
                     sizeof *reader->panel.authorities, err))
        return false;
    if (!yearly_reserve(&yearly, first, last, err)) {
        yearly_free(&yearly);
        return false;
    }
    for (size_t i = 0; i < n_totals; i++) {
        const struct total *total = &reader->totals[i];
        double *series = yearly_series(&yearly, str_of(total->measure));
        if (series != NULL && total->year >= first && total->year <= last)
            series[total->year - first] = total->value;
    }
    reader->panel.authorities[reader->panel.n++] = yearly;
    return true;
}

static bool read_rows(struct reader *reader, sqlite3_stmt *statement, struct err *err)
{
    for (;;) {
        bool row = false;
        if (!db_step(reader->store, statement, &row, err))
            return false;
        if (!row)
            return end_authority(reader, err);
        const int32_t la = sqlite3_column_int(statement, 0);
        if (la != reader->at.la) {
            if (!end_authority(reader, err))
                return false;
            reader->at.la = la;
            str_copy(db_column_str(statement, 1), reader->at.la_name, sizeof reader->at.la_name);
            str_copy(db_column_str(statement, 2), reader->at.la_code, sizeof reader->at.la_code);
        }
        if (!keep_total(reader, statement, err))
            return false;
    }
}

bool store_load_panel(struct store *store, struct panel *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct reader reader = {.store = store};
    if (!db_get(store, QUERY_PANEL, &statement, err))
        return false;
    const bool ok = read_rows(&reader, statement, err);
    db_reset(statement);
    free(reader.totals);
    if (ok)
        *out = reader.panel;
    else
        panel_free(&reader.panel);
    return ok;
}
