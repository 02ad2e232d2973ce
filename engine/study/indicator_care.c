/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is in care, who came, who left and who came back. */
#include "study/indicator_parts.h"

#include <math.h>

enum { FIVE = 5, SIXTEEN = 16, JUNE = 6, JUNE_DAYS = 30 };

static struct group group_of(const struct indicator_scope *scope)
{
    return scope->locality == INDICATOR_EVERYWHERE ? (struct group){GROUP_ALL, 0}
                                                   : (struct group){GROUP_LOCALITY, scope->locality};
}

static double flow(const struct indicator_scope *scope, enum measure measure)
{
    return (double)counts_sum(scope->source->counts, measure, group_of(scope), scope->first, scope->last);
}

static double stock_of(const struct indicator_scope *scope)
{
    const struct counts *counts = scope->source->counts;
    return (double)counts_at(counts, MEASURE_STOCK, group_of(scope), counts_month(counts, scope->last));
}

void indicator_stock(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = stock_of(scope);
}

/* Of children there are those of the last 30 June before the day, as in the published rate. */
void indicator_rate(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct civil civil = date_to_civil(scope->last);
    const day june = date_from_civil(civil.year, JUNE, JUNE_DAYS);
    const day mid_year = june < scope->last ? june : date_from_civil(civil.year - 1, JUNE, JUNE_DAYS);
    tally->numerator = stock_of(scope);
    tally->denominator = population_on(scope->source->population, POPULATION_ALL, mid_year);
}

void indicator_stock_uasc(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        const struct child *child = &history->children[segment->child];
        if (child->uasc && scope->last < child->uasc_until && scope_has(scope, segment) &&
            is_covered(segment->start, segment->end, scope->last))
            tally_one(tally);
    }
}

void indicator_entries(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = flow(scope, MEASURE_ENTRIES);
}

void indicator_exits(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = flow(scope, MEASURE_EXITS);
}

void indicator_nights(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = flow(scope, MEASURE_NIGHTS);
}

void indicator_moves(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = flow(scope, MEASURE_MOVES);
}

void indicator_readmissions(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    tally->numerator = flow(scope, MEASURE_READMISSIONS);
}

static void count_entrants(const struct indicator_scope *scope, int32_t from_age, int32_t to_age,
                           struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->n_segments > 0 && scope_includes(scope, spell->start) &&
            scope_has(scope, first_segment(history, spell)))
            tally_of(tally, spell->start_age >= from_age && spell->start_age <= to_age);
    }
}

void indicator_entries_under_5(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_entrants(scope, 0, FIVE - 1, tally);
}

void indicator_entries_16_17(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_entrants(scope, SIXTEEN, SIXTEEN + 1, tally);
}

/* The last period of care of a child that ended in the time; NULL when none. */
static const struct spell *last_ended(const struct indicator_scope *scope, const struct child *child)
{
    const struct history *history = scope->source->history;
    for (int32_t s = child->n_spells; s-- > 0;) {
        const struct spell *spell = &history->spells[child->first_spell + s];
        if (spell->n_segments > 0 && scope_includes(scope, spell->end))
            return spell;
    }
    return NULL;
}

void indicator_duration(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    for (size_t i = 0; i < history->n_children; i++) {
        const struct spell *spell = last_ended(scope, &history->children[i]);
        if (spell != NULL && spell->start_known && !spell->lost &&
            scope_has(scope, last_segment(history, spell)))
            tally_value(tally, spell->end - spell->start);
    }
}

void indicator_permanence(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    for (size_t i = 0; i < history->n_children; i++) {
        const struct spell *spell = last_ended(scope, &history->children[i]);
        if (spell != NULL && scope_has(scope, last_segment(history, spell)))
            tally_of(tally, spell->route == ROUTE_HOME || spell->route == ROUTE_SGO ||
                                spell->route == ROUTE_ADOPTION);
    }
}

/* Could the authority see the child again? */
static bool could_return(const struct spell *spell)
{
    switch ((enum route)spell->route) {
    case ROUTE_HOME:
    case ROUTE_SGO:
    case ROUTE_CUSTODY:
    case ROUTE_OTHER:
        return !spell->lost;
    case ROUTE_ADOPTION:
    case ROUTE_AGED_OUT:
    case ROUTE_TRANSFER:
    case ROUTE_DIED:
    case ROUTE_COUNT:
        break;
    }
    return false;
}

/* Leavings are followed for so many months, all of which are over: nobody is lost to follow-up, so that the
 * share is the cumulative incidence with the 18th birthday as competing end. */
static void count_returns(const struct indicator_scope *scope, int32_t months, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    const day from = date_month_start(scope->first, -months);
    const day to = date_month_end(scope->last, -months);
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->n_segments == 0 || spell->end < from || spell->end > to || !could_return(spell) ||
            !scope_has(scope, last_segment(history, spell)))
            continue;
        const struct spell *next = i + 1 < history->n_spells ? spell + 1 : NULL;
        tally_of(tally, next != NULL && next->child == spell->child &&
                            next->start <= date_add_months(spell->end, months));
    }
}

void indicator_readmitted_6(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_returns(scope, 6, tally);
}

void indicator_readmitted_12(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_returns(scope, 12, tally);
}

void indicator_readmitted_24(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_returns(scope, 24, tally);
}
