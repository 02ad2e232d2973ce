/* SPDX-License-Identifier: GPL-3.0-or-later
 * What holds for a whole period of care: one need, a placement behind every temporary one, adoption. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* E-24: the child's first row is no start of care. Before the first return it could not be otherwise. */
static bool check_first(struct stacking *s)
{
    if (s->n == 0 || s->episodes[0].rne == 'S')
        return true;
    return stack_report(s, s->episodes[0].record, RULE_E_24, OUTCOME_KEPT, COLUMN_EPISODES_RNE, no_repair);
}

/* E-30, E-34: the first known need counts for the period. */
static bool settle_need(struct stacking *s, size_t from, size_t to)
{
    uint8_t need = NEED_UNKNOWN;
    for (size_t i = from; i < to && need == NEED_UNKNOWN; i++)
        need = s->episodes[i].need;
    for (size_t i = from; i < to; i++) {
        struct row *row = &s->episodes[i];
        bool ok = true;
        if (row->need == NEED_UNKNOWN)
            ok = stack_report(s, row->record, RULE_E_34, OUTCOME_KEPT, COLUMN_EPISODES_CIN,
                              str_of(need == NEED_UNKNOWN ? "" : need_name((enum need)need)));
        else if (row->need != need)
            ok = stack_report(s, row->record, RULE_E_30, OUTCOME_KEPT, COLUMN_EPISODES_CIN,
                              str_of(need_name((enum need)need)));
        if (!ok)
            return false;
        row->need = need;
    }
    return true;
}

static bool same_placement(const struct row *a, const struct row *b)
{
    return a->place == b->place && a->provider == b->provider && str_equal(a->urn, b->urn) &&
           str_equal(a->placement_post, b->placement_post);
}

/* Gives temporary rows the group of the nearest earlier placement, else the nearest later one. */
static void fold_groups(struct stacking *s, size_t from, size_t to)
{
    int group = -1;
    for (size_t i = from; i < to; i++) {
        if (!s->episodes[i].temporary)
            group = s->episodes[i].group;
        else if (group >= 0)
            s->episodes[i].group = (uint8_t)group;
    }
    size_t first = from;
    while (first < to && s->episodes[first].temporary)
        first++;
    if (first == from)
        return;
    for (size_t i = from; i < first; i++)
        s->episodes[i].group = first < to ? s->episodes[first].group : (uint8_t)PLACEMENT_OTHER;
}

/* E-45 at the ends of a period, E-47 where the child does not come back to the placement. */
static bool settle_temporary(struct stacking *s, size_t from, size_t to)
{
    fold_groups(s, from, to);
    struct row *first = &s->episodes[from], *last = &s->episodes[to - 1];
    if (first->temporary &&
        !stack_report(s, first->record, RULE_E_45, OUTCOME_REPAIRED, COLUMN_EPISODES_PLACE, no_repair))
        return false;
    if (last->temporary && last->ends_care && last != first &&
        !stack_report(s, last->record, RULE_E_45, OUTCOME_REPAIRED, COLUMN_EPISODES_PLACE, no_repair))
        return false;
    const struct row *placement = NULL;
    for (size_t i = from; i < to; i++) {
        struct row *row = &s->episodes[i];
        if (row->temporary)
            continue;
        if (placement != NULL && placement + 1 != row && !same_placement(placement, row) &&
            !stack_report(s, row->record, RULE_E_47, OUTCOME_KEPT, COLUMN_EPISODES_PLACE, no_repair))
            return false;
        placement = row;
    }
    return true;
}

/* E-48: adopted, but no row of the period is a placement for adoption. */
static bool check_adoption(struct stacking *s, size_t from, size_t to)
{
    const struct row *last = &s->episodes[to - 1];
    if (!last->ends_care || last->route != ROUTE_ADOPTION)
        return true;
    for (size_t i = from; i < to; i++)
        if (s->episodes[i].group == PLACEMENT_ADOPTION)
            return true;
    return stack_report(s, last->record, RULE_E_48, OUTCOME_KEPT, COLUMN_EPISODES_REC, no_repair);
}

bool stack_periods(struct stacking *s)
{
    if (!check_first(s))
        return false;
    bool adopted = false;
    for (size_t from = 0, to = 0; from < s->n; from = to) {
        for (to = from + 1; to < s->n && !s->episodes[to].starts_care; to++)
            continue;
        if (!settle_need(s, from, to) || !settle_temporary(s, from, to) || !check_adoption(s, from, to))
            return false;
        if (adopted && !stack_report(s, s->episodes[from].record, RULE_E_50, OUTCOME_KEPT,
                                     COLUMN_EPISODES_DECOM, no_repair))
            return false;
        adopted = s->episodes[to - 1].ends_care && s->episodes[to - 1].route == ROUTE_ADOPTION;
    }
    return true;
}
