/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adoption: the episodes govern; ad1 and the decisions are held against them and left as they are. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* The row whose end is an adoption, NULL when there is none; the last if there are several. */
static struct row *find_adoption(const struct stacking *s)
{
    for (size_t i = s->n; i-- > 0;)
        if (s->episodes[i].ends_care && s->episodes[i].route == ROUTE_ADOPTION)
            return &s->episodes[i];
    return NULL;
}

/* Start of the period of care that a row belongs to (DAY_NONE when it lies before the first return), and of
 * its stays in placements for adoption. */
static void find_steps(const struct stacking *s, const struct row *adopted, day *started, day *placed)
{
    size_t i = (size_t)(adopted - s->episodes);
    *placed = DAY_NONE;
    for (;; i--) {
        const struct row *row = &s->episodes[i];
        if (row->group == PLACEMENT_ADOPTION && !row->temporary)
            *placed = row->start;
        *started = row->start;
        if (row->starts_care) {
            if (i == 0 && row->rne != 'S')
                *started = DAY_NONE;
            return;
        }
    }
}

/* started, decided, matched, placed, adopted, each on or after the one before. */
static bool dates_are_in_order(const struct record *record, day started, day placed, day adopted)
{
    day steps[5] = {started, 0, 0, placed, adopted};
    steps[1] = stack_day(STACK_VALUE(record, AD1, AD1_DATE_INT));
    steps[2] = stack_day(STACK_VALUE(record, AD1, AD1_DATE_MATCH));
    if (steps[1] == DAY_NONE || steps[2] == DAY_NONE)
        return false;
    if (steps[3] == DAY_NONE)
        steps[3] = steps[2]; /* never placed: E-48 */
    for (size_t i = 1; i < 5; i++)
        if (steps[i] < steps[i - 1])
            return false;
    return true;
}

static bool is_one_of(struct str text, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_text(text, words[i]))
            return true;
    return false;
}

/* a column blank, a code unknown, or a number of adopters that the other columns deny. */
static bool adopters_are_coherent(const struct record *record)
{
    static const char *const single[] = {"M1", "F1"};
    static const char *const different_sex[] = {"L11", "L3"};
    static const char *const same_sex[] = {"L12", "L4"};
    const struct str number = stack_text(STACK_VALUE(record, AD1, AD1_NB_ADOPTR));
    const struct str sex = stack_text(STACK_VALUE(record, AD1, AD1_SEX_ADOPTR));
    const struct str status = stack_text(STACK_VALUE(record, AD1, AD1_LS_ADOPTR));
    if (STACK_VALUE(record, AD1, AD1_FOSTER_CARE)->state != VALUE_OK ||
        !code_list_has(LIST_NB_ADOPTR, number) || !code_list_has(LIST_SEX_ADOPTR, sex) ||
        !code_list_has(LIST_LS_ADOPTR, status))
        return false;
    const bool one = str_equal_text(number, "1");
    if (one != is_one_of(sex, single, 2) || one != str_equal_text(status, "L0"))
        return false;
    const bool mixed = str_equal_text(sex, "MF");
    return one || (mixed ? !is_one_of(status, same_sex, 2) : !is_one_of(status, different_sex, 2));
}

static bool check_ad1(struct stacking *s, struct row *adopted)
{
    struct record *rows = s->rows->rows[TABLE_AD1];
    const size_t n = s->rows->n_rows[TABLE_AD1];
    day started = DAY_NONE, placed = DAY_NONE;
    if (adopted != NULL && n == 0)
        return stack_report(s, adopted->record, RULE_A_01, OUTCOME_KEPT, COLUMN_EPISODES_REC, no_repair);
    if (adopted != NULL)
        find_steps(s, adopted, &started, &placed);
    for (size_t i = 0; i < n; i++) {
        if (!stack_is_used(&rows[i]))
            continue;
        if (adopted == NULL) {
            if (!stack_report(s, &rows[i], RULE_A_01, OUTCOME_KEPT, COLUMN_AD1_CHILD, no_repair))
                return false;
        } else if (!dates_are_in_order(&rows[i], started, placed, adopted->end) &&
                   !stack_report(s, &rows[i], RULE_A_02, OUTCOME_KEPT, COLUMN_AD1_DATE_MATCH, no_repair)) {
            return false;
        }
        if (!adopters_are_coherent(&rows[i]) &&
            !stack_report(s, &rows[i], RULE_A_05, OUTCOME_KEPT, COLUMN_AD1_NB_ADOPTR, no_repair))
            return false;
    }
    return true;
}

/* The day of the first decision that the child should be placed; DAY_OPEN: none. */
static day first_decision(const struct stacking *s)
{
    const struct record *rows = s->rows->rows[TABLE_PLACED_ADOPTION];
    day first = DAY_OPEN;
    for (size_t i = 0; i < s->rows->n_rows[TABLE_PLACED_ADOPTION]; i++) {
        const day decided = stack_day(STACK_VALUE(&rows[i], PLACED, PLACED_DATE_PLACED));
        if (stack_is_used(&rows[i]) && decided != DAY_NONE && decided < first)
            first = decided;
    }
    return first;
}

static bool is_foster(const struct row *row)
{
    return row->group == PLACEMENT_FOSTER_KIN || row->group == PLACEMENT_FOSTER_INHOUSE ||
           row->group == PLACEMENT_FOSTER_IFA;
}

/* a placement for adoption without the decision, the order (A5, A6) or the foster placement with the
 * same carer (A3, A5) that it needs. */
static bool lacks_basis(const struct stacking *s, size_t i, day decided)
{
    const struct row *row = &s->episodes[i];
    const bool with_order = row->place == PLACE_A5 || row->place == PLACE_A6;
    const bool with_carer = row->place == PLACE_A3 || row->place == PLACE_A5;
    if (with_order && row->legal != LEGAL_PLACEMENT_ORDER)
        return true;
    if (with_carer && !(stack_touches(s, i) && is_foster(row - 1)))
        return true;
    return decided > row->start;
}

static bool check_placements(struct stacking *s)
{
    const day decided = first_decision(s);
    for (size_t i = 0; i < s->n; i++) {
        const struct row *row = &s->episodes[i];
        if (row->group != PLACEMENT_ADOPTION || row->temporary ||
            (stack_touches(s, i) && row[-1].group == PLACEMENT_ADOPTION))
            continue;
        if (lacks_basis(s, i, decided) &&
            !stack_report(s, row->record, RULE_A_03, OUTCOME_KEPT, COLUMN_EPISODES_PLACE, no_repair))
            return false;
    }
    return true;
}

/* the last decision was reversed, yet the child was adopted. */
static bool check_reversal(struct stacking *s, const struct row *adopted)
{
    const size_t n = s->rows->n_rows[TABLE_PLACED_ADOPTION];
    if (adopted == NULL || n == 0)
        return true;
    struct record *last = &s->rows->rows[TABLE_PLACED_ADOPTION][n - 1];
    if (STACK_VALUE(last, PLACED, PLACED_DATE_CEASED)->state == VALUE_BLANK &&
        STACK_VALUE(last, PLACED, PLACED_REASON_CEASED)->state == VALUE_BLANK)
        return true;
    return stack_report(s, last, RULE_A_04, OUTCOME_KEPT, COLUMN_PLACED_REASON_CEASED, no_repair);
}

bool stack_adoption(struct stacking *s)
{
    struct row *adopted = find_adoption(s);
    return check_ad1(s, adopted) && check_placements(s) && check_reversal(s, adopted);
}
