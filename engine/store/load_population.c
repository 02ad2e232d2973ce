/* SPDX-License-Identifier: GPL-3.0-or-later
 * The query gives the figures of one mid-year after another; each mid-year becomes a line. */
#include <math.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"
#include "store/db.h"

enum { YEAR_FIGURES = 4, FIRST_BASE = 1990, LAST_BASE = 2100 };

struct reader {
    struct population_line *lines;
    size_t n, capacity;
};

/* The line of a mid-year: the last one, or a new one. NULL: no memory. */
static struct population_line *find_line(struct reader *reader, int32_t mid_year, int32_t base,
                                         struct err *err)
{
    if (reader->n > 0) {
        struct population_line *last = &reader->lines[reader->n - 1];
        if (last->mid_year == mid_year && last->base == base)
            return last;
    }
    if (!vec_reserve((void **)&reader->lines, &reader->capacity, reader->n + 1, sizeof *reader->lines, err))
        return NULL;
    struct population_line *line = &reader->lines[reader->n++];
    *line = (struct population_line){.mid_year = mid_year, .base = base};
    for (int i = 0; i < POPULATION_SERIES; i++)
        line->children[i] = NAN;
    return line;
}

/* Columns measure, breakdown, characteristic, year, value of population.sql. */
static bool take_value(struct reader *reader, sqlite3_stmt *statement, struct err *err)
{
    const struct str breakdown = db_column_str(statement, 1);
    const struct str characteristic = db_column_str(statement, 2);
    int64_t base = 0;
    enum age_band band = AGE_COUNT; /* POPULATION_ALL */
    if (str_equal_text(db_column_str(statement, 0), "projection") &&
        !parse_int_between((struct str){breakdown.at, breakdown.length < YEAR_FIGURES ? 0 : YEAR_FIGURES},
                           FIRST_BASE, LAST_BASE, &base))
        return true;
    if (characteristic.length > 0 && !age_band_parse(characteristic, &band))
        return true;
    struct population_line *line =
        find_line(reader, sqlite3_column_int(statement, 3) - 1, (int32_t)base, err);
    if (line == NULL)
        return false;
    line->children[band] = sqlite3_column_double(statement, 4);
    return true;
}

bool store_load_population(struct store *store, int32_t la, struct population *out, struct err *err)
{
    struct reader reader = {0};
    sqlite3_stmt *statement = NULL;
    bool row = true;
    if (!db_get(store, QUERY_POPULATION, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    bool ok = true;
    while (ok && row) {
        ok = db_step(store, statement, &row, err);
        if (ok && row)
            ok = take_value(&reader, statement, err);
    }
    db_reset(statement);
    ok = ok && population_make(reader.lines, reader.n, out, err);
    free(reader.lines);
    return ok;
}
