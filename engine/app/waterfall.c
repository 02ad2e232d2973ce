/* SPDX-License-Identifier: GPL-3.0-or-later
 * One series a kind of bar: totals, steps down, steps up. */
#include "app/waterfall.h"

#include <math.h>
#include <stdio.h>

enum { COL_SERIES, COL_STYLE, COL_X, COL_Y, COL_P10, COL_P90 };
static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},
                                              {"y", 2},      {"p10", 2},   {"p90", 2}};

static void add(struct waterfall *waterfall, double from, double to, bool is_total, const char *label)
{
    if (waterfall->n == WATERFALL_STEPS)
        return;
    waterfall->steps[waterfall->n].from = from;
    waterfall->steps[waterfall->n].to = to;
    waterfall->steps[waterfall->n].is_total = is_total;
    (void)snprintf(waterfall->steps[waterfall->n].label, WATERFALL_LABEL, "%s", label);
    waterfall->n++;
}

void waterfall_total(struct waterfall *waterfall, double to, const char *label)
{
    add(waterfall, 0, to, true, label);
}

void waterfall_step(struct waterfall *waterfall, double size, const char *label)
{
    const double from = waterfall->n > 0 ? waterfall->steps[waterfall->n - 1].to : 0;
    add(waterfall, from, from + size, false, label);
}

/* One series a kind of bar; each names all categories, so that they keep their order. */
static bool add_series(struct table *table, const char *style, const struct waterfall *waterfall,
                       double floor_at, int kind, struct err *err)
{
    for (size_t i = 0; i < waterfall->n; i++) {
        const double to = waterfall->steps[i].to;
        const bool is_total = waterfall->steps[i].is_total;
        const int own = is_total ? 0 : to <= waterfall->steps[i].from ? 1 : 2;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[COL_SERIES], "", err) ||
            !table_set_text(table, &row[COL_STYLE], style, err) ||
            !table_set_text(table, &row[COL_X], waterfall->steps[i].label, err))
            return false;
        if (own != kind)
            continue;
        const double from = is_total ? floor_at : waterfall->steps[i].from;
        table_set_real(&row[COL_Y], to);
        table_set_real(&row[COL_P10], fmin(from, to));
        table_set_real(&row[COL_P90], fmax(from, to));
    }
    return true;
}

bool waterfall_table(struct table *table, const char *name, const struct waterfall *waterfall,
                     struct err *err)
{
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    bool any[3] = {false, false, false};
    table_init(table, name, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < waterfall->n; i++) {
        const bool is_total = waterfall->steps[i].is_total;
        low = fmin(low, waterfall->steps[i].to);
        high = fmax(high, waterfall->steps[i].to);
        any[is_total ? 0 : waterfall->steps[i].to <= waterfall->steps[i].from ? 1 : 2] = true;
    }
    const bool from_zero = waterfall->n > 0 && !waterfall->steps[0].is_total;
    const double floor_at = from_zero ? 0 : fmax(0, low - .5 * (high - low));
    return (!any[0] || add_series(table, "history", waterfall, floor_at, 0, err)) &&
           (!any[1] || add_series(table, "likely", waterfall, floor_at, 1, err)) &&
           (!any[2] || add_series(table, "exits", waterfall, floor_at, 2, err));
}
