/* SPDX-License-Identifier: GPL-3.0-or-later
 * Health and behaviour of children looked after for twelve months on 31 March, by oc2. */
#include "study/indicator_parts.h"

enum { UNDER_5 = 5, SCORED_FROM = 5, SCORED_TO = 16, RAISED = 17, RESPONSIBLE = 10 };

/* The child of a row when it belongs to the year's cohort: in care without a break since 1 April, in the
 * locality at the end. The episodes say who does (rule O-03). */
static const struct child *cohort_child(const struct indicator_scope *scope, const struct health_row *row)
{
    const struct history *history = scope->source->history;
    if (row->year != date_financial_year(scope->last))
        return NULL;
    const struct segment *segment = indicator_segment_on(history, row->child, scope->last);
    if (segment == NULL || !scope_has(scope, segment) || history->spells[segment->spell].start > scope->first)
        return NULL;
    return &history->children[row->child];
}

/* Completed years on 31 March. */
static int32_t age_of(const struct indicator_scope *scope, const struct child *child)
{
    return date_age_on(child->born, scope->last);
}

/* Of children of some ages, those whom a question is answered with yes for. */
struct health_question {
    int32_t from_age, to_age;
    bool (*is_yes)(const struct health_row *row);
    bool only_scored; /* of those with a score */
};

static void ask(const struct indicator_scope *scope, const struct health_question *question,
                struct indicator_tally *tally)
{
    const struct outcomes *outcomes = scope->source->outcomes;
    for (size_t i = 0; i < outcomes->n_health; i++) {
        const struct health_row *row = &outcomes->health[i];
        const struct child *child = cohort_child(scope, row);
        if (child == NULL || age_of(scope, child) < question->from_age ||
            age_of(scope, child) > question->to_age ||
            (question->only_scored && row->score == OUTCOME_NO_SCORE))
            continue;
        tally_of(tally, question->is_yes(row));
    }
}

static bool is_assessed(const struct health_row *row)
{
    return row->health_assessed;
}
static bool is_checked_by_dentist(const struct health_row *row)
{
    return row->teeth_checked;
}
static bool is_immunised(const struct health_row *row)
{
    return row->immunised;
}
static bool is_developing_checked(const struct health_row *row)
{
    return row->development_check;
}
static bool is_scored(const struct health_row *row)
{
    return row->score != OUTCOME_NO_SCORE;
}
static bool is_raised(const struct health_row *row)
{
    return row->score >= RAISED;
}
static bool is_convicted(const struct health_row *row)
{
    return row->convicted;
}
static bool is_misusing(const struct health_row *row)
{
    return row->misuses;
}

enum { OLDEST = 17 };

void indicator_health_assessed(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){0, OLDEST, is_assessed, false}, tally);
}

void indicator_teeth_checked(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){0, OLDEST, is_checked_by_dentist, false}, tally);
}

void indicator_immunised(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){0, OLDEST, is_immunised, false}, tally);
}

void indicator_development_checked(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){0, UNDER_5 - 1, is_developing_checked, false}, tally);
}

void indicator_sdq_returned(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){SCORED_FROM, SCORED_TO, is_scored, false}, tally);
}

void indicator_sdq_raised(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){SCORED_FROM, SCORED_TO, is_raised, true}, tally);
}

void indicator_convicted(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){RESPONSIBLE, OLDEST, is_convicted, false}, tally);
}

void indicator_misuse(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    ask(scope, &(struct health_question){0, OLDEST, is_misusing, false}, tally);
}

void indicator_sdq_mean(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct outcomes *outcomes = scope->source->outcomes;
    for (size_t i = 0; i < outcomes->n_health; i++) {
        const struct health_row *row = &outcomes->health[i];
        const struct child *child = cohort_child(scope, row);
        if (child != NULL && row->score != OUTCOME_NO_SCORE && age_of(scope, child) >= SCORED_FROM &&
            age_of(scope, child) <= SCORED_TO)
            tally_value(tally, row->score);
    }
}
