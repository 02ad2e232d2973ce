/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who provides each placement, and with it the group: fostering and children's homes divide into in-house and
 * bought by provider. A provider that is blank or cannot be is taken from what all rows of the authority say
 * of the same home, else from the child's rows beside. */
#include "data/stack_rows.h"

/* P1 has PR0 alone, nothing else has it. */
static uint8_t infer_provider(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    const enum place place = (enum place)row->place;
    if (place == PLACE_P1)
        return 0;
    const uint8_t home = homes_provider(s->context->homes, row->urn, place);
    if (home != PROVIDER_UNKNOWN)
        return home;
    if (i > 0 && row[-1].place == row->place && row[-1].provider != PROVIDER_UNKNOWN)
        return row[-1].provider;
    if (i + 1 < s->n && row[1].place == row->place && row[1].provider != PROVIDER_UNKNOWN)
        return row[1].provider;
    return PROVIDER_UNKNOWN;
}

/* What is wrong with the provider as filed; RULE_COUNT: nothing. */
static enum rule provider_problem(const struct row *row, struct str filed)
{
    const enum place place = (enum place)row->place;
    const uint8_t provider = code_provider_find(filed);
    if (filed.length > 0 && provider == PROVIDER_UNKNOWN)
        return RULE_E_36;
    if (place == PLACE_UNKNOWN)
        return RULE_COUNT;
    if (row->temporary || code_place_has_no_provider(place))
        return filed.length > 0 ? RULE_E_41 : RULE_COUNT;
    if (filed.length == 0)
        return RULE_E_40;
    return code_provider_fits(place, provider) ? RULE_COUNT : RULE_E_42;
}

static struct str filed_provider(const struct row *row)
{
    return stack_text(STACK_VALUE(row->record, EPISODES, EPISODES_PLACE_PROVIDER));
}

static bool settle_provider(struct stacking *s, size_t i)
{
    struct row *row = &s->episodes[i];
    const struct str filed = filed_provider(row);
    const enum rule rule = provider_problem(row, filed);
    if (rule == RULE_COUNT)
        return true;
    if (rule == RULE_E_41)
        return stack_report(s, row->record, rule, OUTCOME_REPAIRED, COLUMN_EPISODES_PLACE_PROVIDER,
                            (struct str){NULL, 0});
    row->provider = infer_provider(s, i);
    const bool found = row->provider != PROVIDER_UNKNOWN;
    /* What cannot be bettered stays as filed, but PR0 is parents only. */
    if (!found && rule == RULE_E_42 && code_provider_find(filed) != 0)
        row->provider = code_provider_find(filed);
    return stack_report(s, row->record, rule, found ? OUTCOME_REPAIRED : OUTCOME_KEPT,
                        COLUMN_EPISODES_PLACE_PROVIDER,
                        str_of(found ? code_provider_name(row->provider) : ""));
}

bool stack_providers(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        const bool right = provider_problem(row, filed_provider(row)) == RULE_COUNT;
        row->provider = right ? code_provider_find(filed_provider(row)) : PROVIDER_UNKNOWN;
        if (row->place == PLACE_UNKNOWN && !stack_report(s, row->record, RULE_E_35, OUTCOME_KEPT,
                                                         COLUMN_EPISODES_PLACE, (struct str){NULL, 0}))
            return false;
    }
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        if (!settle_provider(s, i))
            return false;
        row->group = (uint8_t)code_place_group((enum place)row->place, row->provider);
    }
    return true;
}
