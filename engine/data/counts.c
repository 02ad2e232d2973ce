/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass over the segments. A piece of care with constant groups [start, end) covers the month ends from
 * the month of start to the month before that of end: +1 and -1 in a difference array of stock. Its nights
 * are the days of the covered months, less the days of the first month before start, plus the days of the
 * month of end before end; so nights need corrections in two months only, and one sweep at the end makes
 * both. */
#include "data/counts.h"

#include <stdlib.h>

#include "base/vec.h"

enum { NO_SERIES = -1, N_CUTS = AGE_COUNT - 1 };

struct counter {
    const struct history *history;
    struct counts *counts;
    day end;           /* the day after the last counted */
    int16_t *month_of; /* [end - first], month of each counted day */
    day *month_starts; /* [n_months + 1] */
    /* of the child at hand */
    int32_t child;
    day birthdays[N_CUTS]; /* on which the age group changes */
    day uasc_until;        /* first day no longer unaccompanied asylum-seeking */
};

/* The member of each kind of group, NO_SERIES where there is none. */
struct members {
    int32_t of[GROUP_KIND_COUNT];
};

static bool measure_has(enum measure measure, enum group_kind kind)
{
    return measure != MEASURE_COST && (kind != GROUP_ROUTE || measure == MEASURE_EXITS);
}

static bool counts_allocate(struct counts *counts, const struct history *history, struct err *err)
{
    const int32_t n_members[GROUP_KIND_COUNT] = {
        [GROUP_ALL] = 1,
        [GROUP_PLACEMENT] = PLACEMENT_COUNT,
        [GROUP_AGE] = AGE_COUNT,
        [GROUP_ROUTE] = ROUTE_COUNT,
        [GROUP_LEGAL] = LEGAL_COUNT,
        [GROUP_NEED] = NEED_COUNT,
        [GROUP_LOCALITY] = (int32_t)history->n_localities,
        [GROUP_UASC] = 1,
    };
    size_t used = 0;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        for (int k = 0; k < GROUP_KIND_COUNT; k++) {
            counts->n_members[k] = n_members[k];
            counts->offsets[m][k] = used;
            if (measure_has((enum measure)m, (enum group_kind)k))
                used += (size_t)n_members[k] * (size_t)counts->n_months;
        }
    }
    counts->values = vec_new(used, sizeof *counts->values, err);
    return counts->values != NULL;
}

static bool counter_calendar(struct counter *counter, struct err *err)
{
    const struct counts *counts = counter->counts;
    const size_t n_days = (size_t)(counter->end - counts->first);
    counter->month_of = vec_new(n_days, sizeof *counter->month_of, err);
    counter->month_starts = vec_new((size_t)counts->n_months + 1, sizeof *counter->month_starts, err);
    if (counter->month_of == NULL || counter->month_starts == NULL)
        return false;
    for (int32_t m = 0; m <= counts->n_months; m++)
        counter->month_starts[m] = date_month_start(counts->first, m);
    for (int32_t m = 0; m < counts->n_months; m++)
        for (day d = counter->month_starts[m]; d < counter->month_starts[m + 1]; d++)
            counter->month_of[d - counts->first] = (int16_t)m;
    return true;
}

static void add(struct counter *counter, enum measure measure, const struct members *members, int32_t month,
                int64_t amount)
{
    struct counts *counts = counter->counts;
    for (int k = 0; k < GROUP_KIND_COUNT; k++) {
        if (members->of[k] == NO_SERIES || !measure_has(measure, (enum group_kind)k))
            continue;
        const size_t series = (size_t)members->of[k] * (size_t)counts->n_months;
        counts->values[counts->offsets[measure][k] + series + (size_t)month] += amount;
    }
}

static void counter_child(struct counter *counter, int32_t i_child)
{
    if (counter->child == i_child)
        return;
    const struct child *child = &counter->history->children[i_child];
    counter->child = i_child;
    for (int band = 1; band < AGE_COUNT; band++)
        counter->birthdays[band - 1] = date_birthday(child->born, age_band_first((enum age_band)band));
    counter->uasc_until = child->uasc ? child->uasc_until : DAY_NONE;
}

static int32_t band_on(const struct counter *counter, day date)
{
    int32_t band = 0;
    while (band < N_CUTS && counter->birthdays[band] <= date)
        band++;
    return band;
}

static struct members members_on(const struct counter *counter, const struct segment *segment, day date)
{
    const int32_t n_localities = (int32_t)counter->history->n_localities;
    const int32_t locality =
        segment->locality >= 0 && segment->locality < n_localities ? segment->locality : n_localities - 1;
    return (struct members){{
        [GROUP_ALL] = 0,
        [GROUP_PLACEMENT] = segment->group,
        [GROUP_AGE] = band_on(counter, date),
        [GROUP_ROUTE] = NO_SERIES,
        [GROUP_LEGAL] = segment->legal,
        [GROUP_NEED] = segment->need,
        [GROUP_LOCALITY] = locality,
        [GROUP_UASC] = date < counter->uasc_until ? 0 : NO_SERIES,
    }};
}

/* An event on a day, when it lies in the counted months. */
static void add_event(struct counter *counter, enum measure measure, const struct members *members, day date)
{
    const struct counts *counts = counter->counts;
    if (date >= counts->first && date < counter->end)
        add(counter, measure, members, counter->month_of[date - counts->first], 1);
}

/* Stock and nights of [start, end) with constant groups, clipped to the counted months. */
static void add_piece(struct counter *counter, const struct members *members, day start, day end)
{
    const struct counts *counts = counter->counts;
    const day from = start > counts->first ? start : counts->first;
    if (from >= counter->end || end <= from)
        return;
    const int32_t begins = counter->month_of[from - counts->first];
    add(counter, MEASURE_STOCK, members, begins, 1);
    add(counter, MEASURE_NIGHTS, members, begins, -(int64_t)(from - counter->month_starts[begins]));
    if (end < counter->end) {
        const int32_t ends = counter->month_of[end - counts->first];
        add(counter, MEASURE_STOCK, members, ends, -1);
        add(counter, MEASURE_NIGHTS, members, ends, end - counter->month_starts[ends]);
    }
}

static void add_segment(struct counter *counter, const struct segment *segment)
{
    counter_child(counter, segment->child);
    day start = segment->start;
    while (start < segment->end) {
        day end = segment->end;
        for (int i = 0; i < N_CUTS; i++)
            if (counter->birthdays[i] > start && counter->birthdays[i] < end)
                end = counter->birthdays[i];
        if (counter->uasc_until > start && counter->uasc_until < end)
            end = counter->uasc_until;
        const struct members members = members_on(counter, segment, start);
        add_piece(counter, &members, start, end);
        start = end;
    }
    if (segment->is_move) {
        const struct members members = members_on(counter, segment, segment->start);
        add_event(counter, MEASURE_MOVES, &members, segment->start);
    }
}

static void add_spell(struct counter *counter, const struct spell *spell)
{
    const struct segment *segments = &counter->history->segments[spell->first_segment];
    counter_child(counter, spell->child);
    const struct members entry = members_on(counter, &segments[0], spell->start);
    add_event(counter, MEASURE_ENTRIES, &entry, spell->start);
    if (spell->readmission)
        add_event(counter, MEASURE_READMISSIONS, &entry, spell->start);
    if (spell->end == DAY_OPEN)
        return;
    const day last_day = spell->end > spell->start ? spell->end - 1 : spell->start;
    struct members leaving = members_on(counter, &segments[spell->n_segments - 1], last_day);
    leaving.of[GROUP_ROUTE] = spell->route;
    add_event(counter, MEASURE_EXITS, &leaving, spell->end);
}

/* Differences become stock, corrections become nights. */
static void sweep(struct counter *counter)
{
    struct counts *counts = counter->counts;
    const size_t n_months = (size_t)counts->n_months;
    for (int k = 0; k < GROUP_KIND_COUNT; k++) {
        if (!measure_has(MEASURE_STOCK, (enum group_kind)k))
            continue;
        for (int32_t i = 0; i < counts->n_members[k]; i++) {
            int64_t *stock = &counts->values[counts->offsets[MEASURE_STOCK][k] + (size_t)i * n_months];
            int64_t *nights = &counts->values[counts->offsets[MEASURE_NIGHTS][k] + (size_t)i * n_months];
            for (size_t m = 0; m < n_months; m++) {
                if (m > 0)
                    stock[m] += stock[m - 1];
                nights[m] += stock[m] * (counter->month_starts[m + 1] - counter->month_starts[m]);
            }
        }
    }
}

bool counts_make(const struct history *history, day from, day to, struct counts *out, struct err *err)
{
    bool ok = false;
    struct counts counts = {.first = date_month_start(from, 0)};
    struct counter counter = {.history = history, .counts = &counts, .child = -1};

    counts.n_months = date_month_index(to) - date_month_index(from) + 1;
    if (counts.n_months < 1 || counts.n_months > INT16_MAX)
        return err_set(err, ERR_INTERNAL, "cannot count %d months", (int)counts.n_months);
    counter.end = date_month_start(from, counts.n_months);
    if (!counts_allocate(&counts, history, err) || !counter_calendar(&counter, err))
        goto out;
    for (size_t i = 0; i < history->n_segments; i++)
        add_segment(&counter, &history->segments[i]);
    for (size_t i = 0; i < history->n_spells; i++)
        if (history->spells[i].n_segments > 0)
            add_spell(&counter, &history->spells[i]);
    sweep(&counter);
    *out = counts;
    counts = (struct counts){0};
    ok = true;
out:
    free(counter.month_of);
    free(counter.month_starts);
    counts_free(&counts);
    return ok;
}

void counts_free(struct counts *counts)
{
    free(counts->values);
    *counts = (struct counts){0};
}

const int64_t *counts_series(const struct counts *counts, enum measure measure, struct group group)
{
    if (!measure_has(measure, group.kind))
        return NULL;
    bug_if(group.member < 0 || group.member >= counts->n_members[group.kind]);
    return &counts->values[counts->offsets[measure][group.kind] +
                           (size_t)group.member * (size_t)counts->n_months];
}

int64_t counts_at(const struct counts *counts, enum measure measure, struct group group, int32_t month)
{
    bug_if(month < 0 || month >= counts->n_months || measure == MEASURE_COST);
    const int64_t *series = counts_series(counts, measure, group);
    return series == NULL ? 0 : series[month];
}

int32_t counts_month(const struct counts *counts, day date)
{
    return date_month_index(date) - date_month_index(counts->first);
}

day counts_month_end(const struct counts *counts, int32_t month)
{
    return date_month_end(counts->first, month);
}

int64_t counts_sum(const struct counts *counts, enum measure measure, struct group group, day from, day to)
{
    const int32_t begin = counts_month(counts, from);
    const int32_t end = counts_month(counts, to);
    int64_t sum = 0;
    for (int32_t m = begin < 0 ? 0 : begin; m <= end && m < counts->n_months; m++)
        sum += counts_at(counts, measure, group, m);
    return sum;
}
