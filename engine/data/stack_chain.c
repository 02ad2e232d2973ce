/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains rows into periods of care: which rows touch, why each ended, why each began. Reasons as filed are
 * believed only where the dates agree with them. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

enum { SHORT_GAP = 3 }; /* days between X1 and the next episode that are taken for a slip of the date */

/* A URN or postcode that says something: XXXXXXX stands for a number not available. */
static bool is_said(struct str text)
{
    return text.length > 0 && (text.at[0] != 'X' || !str_equal_text(text, "XXXXXXX"));
}

static bool place_changed(const struct row *a, const struct row *b)
{
    return a->place != b->place || a->provider != b->provider || !str_equal(a->urn, b->urn) ||
           !str_equal(a->placement_post, b->placement_post);
}

/* Where RNE cannot be believed a move is another URN or postcode, or another group. */
static uint8_t infer_reason(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i], *before = &s->episodes[s->episodes[i - 1].placed];
    const bool moved = !row->temporary &&
                       (row->group != before->group ||
                        (is_said(row->urn) && is_said(before->urn) && !str_equal(row->urn, before->urn)) ||
                        (is_said(row->placement_post) && is_said(before->placement_post) &&
                         !str_equal(row->placement_post, before->placement_post)));
    const bool status_changed = row->status != s->episodes[i - 1].status;
    if (moved)
        return status_changed ? 'B' : 'P';
    return 'L';
}

/* E-25, E-26, E-27: the reason as filed against what changed; where it is wrong the data decide. */
static bool check_reason(struct stacking *s, size_t i)
{
    struct row *row = &s->episodes[i];
    const bool place = place_changed(row, &s->episodes[i - 1]);
    const bool status = row->status != s->episodes[i - 1].status;
    enum rule rule = RULE_COUNT;
    if (row->rne == 'L' && (place || !status))
        rule = RULE_E_25;
    else if ((row->rne == 'P' || row->rne == 'T') && (!place || status))
        rule = RULE_E_26;
    else if ((row->rne == 'B' || row->rne == 'U') && (!place || !status))
        rule = RULE_E_27;
    if (rule == RULE_COUNT)
        return true;
    row->rne = infer_reason(s, i);
    return stack_report(s, row->record, rule, OUTCOME_KEPT, COLUMN_EPISODES_RNE, no_repair);
}

static bool repair_reason(struct stacking *s, size_t i, enum rule rule, uint8_t reason)
{
    const char text[1] = {(char)reason};
    s->episodes[i].rne = reason;
    return stack_report(s, s->episodes[i].record, rule, OUTCOME_REPAIRED, COLUMN_EPISODES_RNE,
                        (struct str){text, 1});
}

/* Why a row that starts a period of care began: S, whatever was filed. */
static bool settle_start(struct stacking *s, size_t i)
{
    struct row *row = &s->episodes[i];
    if (row->rne == 'S')
        return true;
    if (row->rne == 0)
        return repair_reason(s, i, RULE_E_32, 'S');
    if (i == 0)
        return true; /* E-24 */
    const bool told = row->after_break || s->episodes[i - 1].ending == ENDING_NEXT;
    if (!told)
        return repair_reason(s, i, RULE_E_18, 'S');
    row->rne = 'S';
    return true;
}

/* Why a row that touches the one before began. */
static bool settle_continuation(struct stacking *s, size_t i)
{
    if (s->episodes[i].rne == 0)
        return repair_reason(s, i, RULE_E_32, infer_reason(s, i));
    if (s->episodes[i].rne == 'S')
        return repair_reason(s, i, RULE_E_20, infer_reason(s, i));
    return check_reason(s, i);
}

/* E-33: an unknown legal status is the previous row's where that touches. */
static bool settle_status(struct stacking *s, size_t i)
{
    struct row *row = &s->episodes[i];
    if (row->status != STATUS_UNKNOWN)
        return true;
    if (stack_touches(s, i)) {
        row->status = s->episodes[i - 1].status;
        row->legal = s->episodes[i - 1].legal;
    }
    return stack_report(s, row->record, RULE_E_33,
                        row->status != STATUS_UNKNOWN ? OUTCOME_REPAIRED : OUTCOME_KEPT, COLUMN_EPISODES_LS,
                        str_of(code_legal_name((enum legal_status)row->status)));
}

/* E-16: X1, but the next episode starts later. A gap of days is closed; a longer one is an exit. */
static bool settle_gap(struct stacking *s, struct row *row, const struct row *next)
{
    if (next->after_break) {
        row->route = ROUTE_OTHER;
        return true;
    }
    if (next->start - row->end <= SHORT_GAP && next->rne != 'S') {
        row->end = next->start;
        return stack_report_day(s, row->record, RULE_E_16, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC,
                                next->start);
    }
    row->route = ROUTE_OTHER;
    return stack_report(s, row->record, RULE_E_16, OUTCOME_REPAIRED, COLUMN_EPISODES_REC, no_repair);
}

/* Why a row ended, given whether the next starts that day. May move the end (E-16). */
static bool settle_ending(struct stacking *s, struct row *row, const struct row *next)
{
    const bool touches = next != NULL && row->end == next->start;
    const struct str repair = touches ? str_of("X1") : no_repair;
    enum rule rule = RULE_COUNT;
    switch (row->ending) {
    case ENDING_OPEN:
    case ENDING_SILENT:
        return true;
    case ENDING_NEXT:
        if (touches)
            return true;
        if (next != NULL)
            return settle_gap(s, row, next);
        rule = RULE_E_17;
        break;
    case ENDING_LEFT:
        if (!touches)
            return true;
        rule = RULE_E_23;
        break;
    case ENDING_BLANK:
        rule = RULE_E_22;
        break;
    case ENDING_UNKNOWN:
        rule = RULE_E_37;
        break;
    }
    row->route = row->end == s->eighteen ? ROUTE_AGED_OUT : ROUTE_OTHER;
    return stack_report(s, row->record, rule, OUTCOME_REPAIRED, COLUMN_EPISODES_REC, repair);
}

/* E-28: two touching rows that differ only in their dates become one. */
static bool merge_equal_neighbours(struct stacking *s)
{
    size_t kept = 0;
    for (size_t i = 1; i < s->n; i++) {
        struct row *row = &s->episodes[i], *before = &s->episodes[kept];
        if (row->starts_care || place_changed(row, before) || row->status != before->status ||
            row->need != before->need || !str_equal(row->home_post, before->home_post) ||
            !str_equal(row->location, before->location) || !str_equal(row->distance, before->distance)) {
            kept = i;
            continue;
        }
        before->end = row->end;
        before->ending = row->ending;
        before->route = row->route;
        before->ends_care = row->ends_care;
        before->lost = row->lost;
        row->gone = true;
        if (!stack_report(s, row->record, RULE_E_28, OUTCOME_REPAIRED, COLUMN_EPISODES_DECOM, no_repair))
            return false;
    }
    stack_compact(s);
    return true;
}

bool stack_chain(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i], *next = i + 1 < s->n ? row + 1 : NULL;
        row->starts_care = i == 0 || s->episodes[i - 1].ends_care;
        row->placed = row->temporary && !row->starts_care ? s->episodes[i - 1].placed : i;
        if (!settle_status(s, i) || !(row->starts_care ? settle_start(s, i) : settle_continuation(s, i)) ||
            !settle_ending(s, row, next))
            return false;
        row->ends_care = row->end != DAY_OPEN && (next == NULL || row->end != next->start);
    }
    return merge_equal_neighbours(s);
}
