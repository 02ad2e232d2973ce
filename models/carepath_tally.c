/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts by kind, group and month become the series of a tally; differences become stocks and nights. */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/carepath_run.h"

static const enum measure measures[] = {MEASURE_STOCK, MEASURE_ENTRIES, MEASURE_EXITS,
                                        MEASURE_MOVES, MEASURE_NIGHTS,  MEASURE_READMISSIONS};
enum { MEASURES = sizeof measures / sizeof measures[0] };

/* Whether a measure is told by a kind of group: exits have routes; needs and localities have stocks, entries,
 * exits. */
static bool has_groups(enum measure measure, enum group_kind kind)
{
    switch (kind) {
    case GROUP_ALL:
    case GROUP_PLACEMENT:
    case GROUP_AGE:
    case GROUP_UASC:
        return true;
    case GROUP_ROUTE:
        return measure == MEASURE_EXITS;
    case GROUP_NEED:
    case GROUP_LOCALITY:
        return measure == MEASURE_STOCK || measure == MEASURE_ENTRIES || measure == MEASURE_EXITS;
    case GROUP_LEGAL:
    case GROUP_KIND_COUNT:
        break;
    }
    return false;
}

static int32_t members(const struct carepath_fit *fit, enum group_kind kind)
{
    switch (kind) {
    case GROUP_ALL:
    case GROUP_UASC:
        return 1;
    case GROUP_PLACEMENT:
        return PLACEMENT_COUNT;
    case GROUP_AGE:
        return AGE_COUNT;
    case GROUP_ROUTE:
        return ROUTE_COUNT;
    case GROUP_NEED:
        return NEED_COUNT;
    case GROUP_LOCALITY:
        return (int32_t)fit->history->n_localities;
    case GROUP_LEGAL:
    case GROUP_KIND_COUNT:
        break;
    }
    return 0;
}

bool carepath_series(const struct carepath_fit *fit, struct result_series **out, size_t *n, struct err *err)
{
    size_t most = 0;
    for (int kind = 0; kind < GROUP_KIND_COUNT; kind++)
        most += (size_t)members(fit, (enum group_kind)kind) * MEASURES;
    struct result_series *series = vec_new(most, sizeof *series, err);
    if (series == NULL)
        return false;
    *n = 0;
    for (int m = 0; m < MEASURES; m++)
        for (int kind = 0; kind < GROUP_KIND_COUNT; kind++)
            for (int32_t i = 0;
                 has_groups(measures[m], (enum group_kind)kind) && i < members(fit, (enum group_kind)kind);
                 i++)
                series[(*n)++] = (struct result_series){measures[m], {(enum group_kind)kind, i}};
    *out = series;
    return true;
}

/* ---- writing ----------------------------------------------------------------------------------------- */

/* Where the rows of one measure by placement, age, all and unaccompanied begin in a tally; NULL: not told. */
struct rows {
    int32_t *all, *placement, *age, *uasc;
};

static struct rows rows_of(const struct tally *tally, enum measure measure)
{
    struct rows rows = {0};
    for (size_t i = 0; i < tally->n_series; i++) {
        const struct group group = tally->series[i].group;
        int32_t *row = tally->values + i * (size_t)tally->months;
        if (tally->series[i].measure != measure || group.member != 0)
            continue;
        rows.all = group.kind == GROUP_ALL ? row : rows.all;
        rows.placement = group.kind == GROUP_PLACEMENT ? row : rows.placement;
        rows.age = group.kind == GROUP_AGE ? row : rows.age;
        rows.uasc = group.kind == GROUP_UASC ? row : rows.uasc;
    }
    return rows;
}

static void add(const int32_t *restrict from, size_t months, int32_t *restrict to)
{
    for (size_t m = 0; m < months; m++)
        to[m] += from[m];
}

/* Adds one cell's months to all rows that it is part of, but for `all`. */
static void add_cell(const struct rows *rows, int kind, int group, const int32_t *from, size_t months)
{
    add(from, months, rows->placement + (size_t)group * months);
    add(from, months, rows->age + (size_t)lexis_kind_band(kind) * months);
    if (lexis_kind_is_uasc(kind))
        add(from, months, rows->uasc);
}

static void add_placements(const struct rows *rows, size_t months)
{
    for (size_t g = 0; g < CAREPATH_GROUPS; g++)
        add(rows->placement + g * months, months, rows->all);
}

static void write_flows(const struct carepath_room *room, const struct tally *tally, enum measure measure,
                        const int32_t *cells)
{
    const size_t months = (size_t)tally->months;
    const struct rows rows = rows_of(tally, measure);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            if (room->is_lived[lexis_cell(k, g)])
                add_cell(&rows, k, g, cells + lexis_cell(k, g) * months, months);
    add_placements(&rows, months);
}

/* Stocks and nights from differences: a child that is there at a month's end counts the whole month, put
 * right by the days before it came or after it left. */
static void write_presence(const struct carepath_room *room, const struct tally *tally)
{
    const struct carepath_plan *plan = room->plan;
    const size_t months = (size_t)plan->months;
    const struct rows stock = rows_of(tally, MEASURE_STOCK);
    const struct rows nights = rows_of(tally, MEASURE_NIGHTS);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            const int64_t *at = room->presence + lexis_cell(k, g) * (months + 1);
            int32_t here = 0;
            if (!room->is_lived[lexis_cell(k, g)])
                continue;
            for (size_t m = 0; m < months; m++) {
                const int32_t part = (int32_t)(uint32_t)(at[m] & 0xffffffff);
                here += (int32_t)((at[m] - part) >> 32);
                room->month_ends[m] = here;
                room->month_nights[m] = here * (plan->month_start[m + 1] - plan->month_start[m]) + part;
            }
            add_cell(&stock, k, g, room->month_ends, months);
            add_cell(&nights, k, g, room->month_nights, months);
        }
    add_placements(&stock, months);
    add_placements(&nights, months);
}

static void sum_up(const int32_t *differences, size_t months, int32_t *row)
{
    int32_t here = 0;
    for (size_t m = 0; m < months; m++)
        row[m] = here += differences[m];
}

static void write_person(const struct carepath_room *room, enum measure measure, struct group group,
                         int32_t *row)
{
    const size_t months = (size_t)room->plan->months;
    const bool need = group.kind == GROUP_NEED;
    const int32_t *cells = measure == MEASURE_STOCK ? (need ? room->need_presence : room->locality_presence)
                           : measure == MEASURE_ENTRIES ? (need ? room->need_entries : room->locality_entries)
                                                        : (need ? room->need_exits : room->locality_exits);
    const int32_t *at = cells + (size_t)group.member * (months + 1);
    if (measure == MEASURE_STOCK)
        sum_up(at, months, row);
    else
        memcpy(row, at, months * sizeof *row);
}

void carepath_write(const struct carepath_room *room, struct tally *tally)
{
    const size_t months = (size_t)tally->months;
    memset(tally->values, 0, tally->n_series * months * sizeof *tally->values);
    write_presence(room, tally);
    write_flows(room, tally, MEASURE_ENTRIES, room->entries);
    write_flows(room, tally, MEASURE_EXITS, room->exits);
    write_flows(room, tally, MEASURE_MOVES, room->moves);
    write_flows(room, tally, MEASURE_READMISSIONS, room->readmissions);
    for (size_t i = 0; i < tally->n_series; i++) {
        const struct group group = tally->series[i].group;
        int32_t *row = tally->values + i * months;
        if (group.kind == GROUP_ROUTE)
            memcpy(row, room->routes + (size_t)group.member * months, months * sizeof *row);
        else if (group.kind == GROUP_NEED || group.kind == GROUP_LOCALITY)
            write_person(room, tally->series[i].measure, group, row);
    }
}
