/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same counts in the slowest and plainest way: for each day, who is where. Shares no step with counts.c
 * but the layout of the numbers. */
#include <stdlib.h>

#include "base/vec.h"
#include "data/counts.h"

struct recount {
    const struct history *history;
    struct counts counts; /* recounted; same layout */
};

static void bump(struct recount *recount, enum measure measure, enum group_kind kind, int32_t member,
                 day date)
{
    struct counts *counts = &recount->counts;
    const int32_t month = date_month_index(date) - date_month_index(counts->first);
    if (month < 0 || month >= counts->n_months || member < 0 || member >= counts->n_members[kind])
        return;
    const size_t series = (size_t)member * (size_t)counts->n_months;
    counts->values[counts->offsets[measure][kind] + series + (size_t)month]++;
}

/* One child-day or event `date`, in the groups of day `on`. */
static void bump_all(struct recount *recount, enum measure measure, const struct segment *segment, day on,
                     day date)
{
    const struct child *child = &recount->history->children[segment->child];
    const enum age_band band = age_band_of(date_age_on(child->born, on));
    const int32_t last_locality = recount->counts.n_members[GROUP_LOCALITY] - 1;
    const bool has_locality = segment->locality >= 0 && segment->locality <= last_locality;
    bump(recount, measure, GROUP_ALL, 0, date);
    bump(recount, measure, GROUP_PLACEMENT, segment->group, date);
    bump(recount, measure, GROUP_AGE, (int32_t)band, date);
    bump(recount, measure, GROUP_LEGAL, segment->legal, date);
    bump(recount, measure, GROUP_NEED, segment->need, date);
    bump(recount, measure, GROUP_LOCALITY, has_locality ? segment->locality : last_locality, date);
    if (child->uasc && on < child->uasc_until)
        bump(recount, measure, GROUP_UASC, 0, date);
}

static void recount_days(struct recount *recount, const struct segment *segment)
{
    const struct counts *counts = &recount->counts;
    const day last = date_month_end(counts->first, counts->n_months - 1);
    for (day d = segment->start; d < segment->end && d <= last; d++) {
        if (d < counts->first)
            continue;
        bump_all(recount, MEASURE_NIGHTS, segment, d, d);
        if (d == date_month_end(d, 0))
            bump_all(recount, MEASURE_STOCK, segment, d, d);
    }
    if (segment->is_move)
        bump_all(recount, MEASURE_MOVES, segment, segment->start, segment->start);
}

static void recount_spell(struct recount *recount, const struct spell *spell)
{
    const struct segment *first = &recount->history->segments[spell->first_segment];
    const struct segment *last = first + spell->n_segments - 1;
    bump_all(recount, MEASURE_ENTRIES, first, spell->start, spell->start);
    if (spell->readmission)
        bump_all(recount, MEASURE_READMISSIONS, first, spell->start, spell->start);
    if (spell->end == DAY_OPEN)
        return;
    const day last_day = spell->end > spell->start ? spell->end - 1 : spell->start;
    bump_all(recount, MEASURE_EXITS, last, last_day, spell->end);
    bump(recount, MEASURE_EXITS, GROUP_ROUTE, spell->route, spell->end);
}

static size_t counts_size(const struct counts *counts)
{
    size_t n = 0;
    for (int m = 0; m < MEASURE_COUNT; m++)
        for (int k = 0; k < GROUP_KIND_COUNT; k++)
            for (int32_t i = 0; i < counts->n_members[k]; i++)
                if (counts_series(counts, (enum measure)m, (struct group){(enum group_kind)k, i}) != NULL)
                    n += (size_t)counts->n_months;
    return n;
}

static bool compare(const struct counts *counts, const struct recount *recount, struct err *err)
{
    for (int m = 0; m < MEASURE_COUNT; m++) {
        for (int k = 0; k < GROUP_KIND_COUNT; k++) {
            for (int32_t i = 0; i < counts->n_members[k]; i++) {
                const struct group group = {(enum group_kind)k, i};
                const int64_t *has = counts_series(counts, (enum measure)m, group);
                const int64_t *must = counts_series(&recount->counts, (enum measure)m, group);
                for (int32_t t = 0; has != NULL && must != NULL && t < counts->n_months; t++) {
                    if (has[t] != must[t])
                        return err_set(err, ERR_INTERNAL, "%s, kind %d, member %d, month %d: %lld, not %lld",
                                       measure_name((enum measure)m), k, (int)i, (int)t, (long long)has[t],
                                       (long long)must[t]);
                }
            }
        }
    }
    return true;
}

static bool parts_sum(const struct counts *counts, struct err *err)
{
    for (int m = 0; m < MEASURE_COUNT; m++) {
        for (int k = GROUP_PLACEMENT; k < GROUP_UASC; k++) {
            if (counts_series(counts, (enum measure)m, (struct group){GROUP_ALL, 0}) == NULL ||
                counts->n_members[k] == 0 || (k == GROUP_ROUTE && m != MEASURE_EXITS))
                continue;
            for (int32_t t = 0; t < counts->n_months; t++) {
                int64_t sum = 0;
                for (int32_t i = 0; i < counts->n_members[k]; i++)
                    sum += counts_at(counts, (enum measure)m, (struct group){(enum group_kind)k, i}, t);
                if (sum != counts_at(counts, (enum measure)m, (struct group){GROUP_ALL, 0}, t))
                    return err_set(err, ERR_INTERNAL, "%s: parts of kind %d do not sum to all in month %d",
                                   measure_name((enum measure)m), k, (int)t);
            }
        }
    }
    return true;
}

static bool balances(const struct counts *counts, struct err *err)
{
    const struct group all = {GROUP_ALL, 0};
    const int64_t *stock = counts_series(counts, MEASURE_STOCK, all);
    const int64_t *entries = counts_series(counts, MEASURE_ENTRIES, all);
    const int64_t *exits = counts_series(counts, MEASURE_EXITS, all);
    for (int32_t t = 1; t < counts->n_months; t++)
        if (stock[t] != stock[t - 1] + entries[t] - exits[t])
            return err_set(err, ERR_INTERNAL, "stock does not change by entries less exits in month %d",
                           (int)t);
    return true;
}

bool counts_verify(const struct counts *counts, const struct history *history, struct err *err)
{
    struct recount recount = {.history = history, .counts = *counts};
    recount.counts.values = vec_new(counts_size(counts), sizeof *counts->values, err);
    if (recount.counts.values == NULL)
        return false;
    for (size_t i = 0; i < history->n_segments; i++)
        recount_days(&recount, &history->segments[i]);
    for (size_t i = 0; i < history->n_spells; i++)
        if (history->spells[i].n_segments > 0)
            recount_spell(&recount, &history->spells[i]);
    const bool ok = compare(counts, &recount, err) && parts_sum(counts, err) && balances(counts, err);
    free(recount.counts.values);
    return ok;
}
