/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each condition cuts the days of a segment; what is left must not be empty. */
#include "sim/matches.h"

#include <string.h>

enum { YEARS = 5, YEAR_DAYS = 365 };

struct stretch {
    day from, to; /* days from <= t < to */
};

static void cut(struct stretch *stretch, int64_t from, int64_t to)
{
    stretch->from = from > stretch->from ? (day)from : stretch->from;
    stretch->to = to < stretch->to ? (day)to : stretch->to;
}

/* low <= days since `start` <= high; high INT32_MAX: without end. */
static void cut_since(struct stretch *stretch, day start, int32_t low, int32_t high)
{
    cut(stretch, (int64_t)start + low, high == INT32_MAX ? stretch->to : (int64_t)start + high + 1);
}

static bool has_kind(const struct history *history, const struct where *where, const struct segment *segment,
                     uint32_t placements)
{
    if ((placements >> segment->group & 1U) == 0 || (where->legals >> segment->legal & 1U) == 0 ||
        (where->needs >> segment->need & 1U) == 0)
        return false;
    return where->locality == NULL || (segment->locality >= 0 && history->localities != NULL &&
                                       strcmp(history->localities[segment->locality], where->locality) == 0);
}

/* The first day of the placement stay that a segment is part of. */
static day stay_start(const struct history *history, const struct spell *spell, size_t i_segment)
{
    while (i_segment > (size_t)spell->first_segment && !history->segments[i_segment].is_new_stay)
        i_segment--;
    return history->segments[i_segment].start;
}

static bool meets(const struct history *history, const struct lever *lever, size_t i_segment, day origin)
{
    const struct where *where = &lever->where;
    const struct segment *segment = &history->segments[i_segment];
    const struct spell *spell = &history->spells[segment->spell];
    const struct child *child = &history->children[segment->child];
    const bool of_entries = lever->kind == LEVER_ENTRIES || lever->kind == LEVER_REFERRALS;
    struct stretch days = {segment->start, segment->end};
    if (!has_kind(history, where, segment, lever->kind == LEVER_MIX ? UINT32_MAX : where->placements))
        return false;
    cut(&days, (int64_t)origin + 1 - (int64_t)YEARS * YEAR_DAYS, (int64_t)origin + 1);
    if (of_entries)
        cut(&days, spell->start, (int64_t)spell->start + 1);
    cut(&days, date_birthday(child->born, where->age_low), date_birthday(child->born, where->age_high + 1));
    cut_since(&days, spell->start, where->in_care_low, where->in_care_high);
    cut_since(&days, stay_start(history, spell, i_segment), where->in_placement_low,
              where->in_placement_high);
    if (where->uasc == 1)
        cut(&days, days.from, child->uasc ? child->uasc_until : days.from);
    else if (where->uasc == 0 && child->uasc)
        cut(&days, child->uasc_until, days.to);
    return days.from < days.to;
}

bool matches_anybody(const struct history *history, const struct lever *lever, day origin)
{
    switch (lever->kind) {
    case LEVER_ENTRIES:
    case LEVER_REFERRALS:
    case LEVER_EXITS:
    case LEVER_MOVES:
    case LEVER_MIX:
        break;
    case LEVER_READMISSIONS:
    case LEVER_PRICE:
    case LEVER_CAPACITY:
    case LEVER_OUTCOME:
    case LEVER_COUNT:
        return true;
    }
    for (size_t i = 0; i < history->n_segments; i++)
        if (meets(history, lever, i, origin))
            return true;
    return false;
}
