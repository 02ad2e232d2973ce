/* SPDX-License-Identifier: GPL-3.0-or-later
 * Completed durations: for each child the last period of care that ended in the year. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "study/durations.h"

static const struct table_column columns[] = {
    {"la", 0},        {"year", 0},        {"date", 0},          {"leavers", 0},
    {"mean_days", 1}, {"median_days", 1}, {"start_unknown", 0},
#define BAND(name, days) {name, 0},
#include "study/duration_band.def"
#undef BAND
};
static const int32_t band_from[] = {
#define BAND(name, days) days,
#include "study/duration_band.def"
#undef BAND
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], N_BANDS = sizeof band_from / sizeof band_from[0] };
enum { FIRST_BAND = 7 };

struct leavers {
    int32_t *days; /* [n] */
    size_t n;
    int64_t start_unknown;
    int64_t bands[N_BANDS];
};

static int compare_int32(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a;
    const int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void add_leaver(struct leavers *leavers, const struct spell *spell)
{
    const int32_t days = spell->end - spell->start;
    int32_t band = 0;
    while (band + 1 < N_BANDS && band_from[band + 1] <= days)
        band++;
    leavers->days[leavers->n++] = days;
    leavers->bands[band]++;
    leavers->start_unknown += !spell->start_known;
}

static void collect(const struct history *history, int32_t year, struct leavers *leavers)
{
    const day from = date_year_end(year - 1) + 1;
    const day to = date_year_end(year);
    for (size_t i = 0; i < history->n_children; i++) {
        const struct child *child = &history->children[i];
        const struct spell *last = NULL;
        for (int32_t s = 0; s < child->n_spells; s++) {
            const struct spell *spell = &history->spells[child->first_spell + s];
            if (spell->end >= from && spell->end <= to)
                last = spell;
        }
        if (last != NULL)
            add_leaver(leavers, last);
    }
}

static bool add_year(const struct history *history, int32_t year, struct leavers *leavers, struct table *out,
                     struct err *err)
{
    char name[DATE_TEXT];
    struct table_cell *row = table_add_row(out, err);
    date_format_financial_year(year, name);
    if (row == NULL || !table_set_text(out, &row[0], history->la_name, err) ||
        !table_set_text(out, &row[1], name, err))
        return false;
    collect(history, year, leavers);
    qsort(leavers->days, leavers->n, sizeof *leavers->days, compare_int32);
    table_set_day(&row[2], date_year_end(year));
    table_set_integer(&row[3], (int64_t)leavers->n);
    if (leavers->n > 0) {
        const size_t n = leavers->n;
        double sum = 0.0;
        for (size_t i = 0; i < n; i++)
            sum += leavers->days[i];
        table_set_real(&row[4], sum / (double)n);
        const size_t below = (n - 1) / 2;
        const size_t above = n / 2;
        table_set_real(&row[5], ((double)leavers->days[below] + (double)leavers->days[above]) / 2.0);
    }
    table_set_integer(&row[6], leavers->start_unknown);
    for (int32_t i = 0; i < N_BANDS; i++)
        table_set_integer(&row[FIRST_BAND + i], leavers->bands[i]);
    return true;
}

bool durations_completed_table(const struct history *history, struct table *out, struct err *err)
{
    bool ok = true;
    int32_t *days = vec_new(history->n_children, sizeof *days, err);
    if (days == NULL)
        return false;
    table_init(out, "completed_durations", columns, N_COLUMNS);
    for (int32_t year = history->first_year; ok && year <= history->last_year; year++) {
        struct leavers leavers = {.days = days};
        ok = add_year(history, year, &leavers, out, err);
    }
    free(days);
    if (!ok)
        table_free(out);
    return ok;
}
