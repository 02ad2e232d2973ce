/* SPDX-License-Identifier: GPL-3.0-or-later
 * What comes after care: care leavers, and how long adoption took. */
#include "study/indicator_parts.h"

/* Whom published figures of care leavers leave out: those who died or went home for good. */
static bool is_asked(const struct leaver_row *row)
{
    return row->touch != TOUCH_DIED && row->touch != TOUCH_RETURNED_HOME;
}

/* Where care ended; a leaver whose care is not in the returns lives nowhere that they know. */
static bool lives_in_scope(const struct indicator_scope *scope, const struct leaver_row *row)
{
    const struct history *history = scope->source->history;
    if (scope->locality == INDICATOR_EVERYWHERE)
        return true;
    if (row->child == OUTCOME_NO_CHILD || history->children[row->child].n_spells == 0)
        return false;
    const struct child *child = &history->children[row->child];
    const struct spell *spell = &history->spells[child->first_spell + child->n_spells - 1];
    return spell->n_segments > 0 && scope_has(scope, last_segment(history, spell));
}

static bool is_in_touch(const struct leaver_row *row)
{
    return row->touch == TOUCH_YES;
}
static bool is_at_work(const struct leaver_row *row)
{
    return row->activity == ACTIVITY_EDUCATION || row->activity == ACTIVITY_WORK;
}
static bool is_housed(const struct leaver_row *row)
{
    return row->home == HOME_SUITABLE;
}

static void count_leavers(const struct indicator_scope *scope, int32_t from_age, int32_t to_age,
                          bool (*is_yes)(const struct leaver_row *row), struct indicator_tally *tally)
{
    const struct outcomes *outcomes = scope->source->outcomes;
    for (size_t i = 0; i < outcomes->n_leavers; i++) {
        const struct leaver_row *row = &outcomes->leavers[i];
        if (row->year == date_financial_year(scope->last) && row->age >= from_age && row->age <= to_age &&
            is_asked(row) && lives_in_scope(scope, row))
            tally_of(tally, is_yes(row));
    }
}

void indicator_leavers_touch_17(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 17, 18, is_in_touch, tally);
}

void indicator_leavers_touch_19(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 19, 21, is_in_touch, tally);
}

void indicator_leavers_work_17(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 17, 18, is_at_work, tally);
}

void indicator_leavers_work_19(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 19, 21, is_at_work, tally);
}

void indicator_leavers_home_17(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 17, 18, is_housed, tally);
}

void indicator_leavers_home_19(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    count_leavers(scope, 19, 21, is_housed, tally);
}

/* The period of care of a child that ended by adoption in the time, in the locality; NULL when none. */
static const struct spell *adopted_spell(const struct indicator_scope *scope, const struct child *child)
{
    const struct history *history = scope->source->history;
    for (int32_t s = 0; s < child->n_spells; s++) {
        const struct spell *spell = &history->spells[child->first_spell + s];
        if (spell->n_segments > 0 && spell->route == ROUTE_ADOPTION && scope_includes(scope, spell->end) &&
            scope_has(scope, last_segment(history, spell)))
            return spell;
    }
    return NULL;
}

/* The first day of a period of care in a placement for adoption; DAY_NONE when there is none. */
static day placed_on(const struct history *history, const struct spell *spell)
{
    for (int32_t i = 0; i < spell->n_segments; i++)
        if (history->segments[spell->first_segment + i].group == PLACEMENT_ADOPTION)
            return history->segments[spell->first_segment + i].start;
    return DAY_NONE;
}

void indicator_entry_to_placed(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    for (size_t i = 0; i < history->n_children; i++) {
        const struct spell *spell = adopted_spell(scope, &history->children[i]);
        const day placed = spell != NULL ? placed_on(history, spell) : DAY_NONE;
        if (placed != DAY_NONE && spell->start_known)
            tally_value(tally, placed - spell->start);
    }
}

/* Rule A-02: started, decided, matched, placed, adopted, each on or after the one before. */
static bool is_in_order(const struct history *history, const struct spell *spell,
                        const struct adopted_row *row)
{
    const day placed = placed_on(history, spell);
    return row->decided != DAY_NONE && row->matched != DAY_NONE &&
           (!spell->start_known || spell->start <= row->decided) && row->decided <= row->matched &&
           row->matched <= (placed != DAY_NONE ? placed : spell->end);
}

void indicator_decision_to_match(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    const struct outcomes *outcomes = scope->source->outcomes;
    for (size_t i = 0; i < outcomes->n_adopted; i++) {
        const struct adopted_row *row = &outcomes->adopted[i];
        const struct spell *spell = adopted_spell(scope, &history->children[row->child]);
        if (spell != NULL && is_in_order(history, spell, row))
            tally_value(tally, row->matched - row->decided);
    }
}
