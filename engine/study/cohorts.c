/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass finds who is in in-house fostering through the year, by age band and need; a second looks at each
 * child's placement on the day and walks back to where it began. */
#include "study/cohorts.h"

#include <stdlib.h>

#include "base/vec.h"
#include "data/codes.h"

enum { YEAR = 365, STEP_DOWN_AGE = 16 };

struct cohort_row {
    const char *name;
    enum placement_group group;
    int32_t months;
    bool steps_down;
    const char *words;
};
static const struct cohort_row rows[COHORT_COUNT] = {
#define COHORT(member, name, group, months, steps_down, words)                                               \
    {name, PLACEMENT_##group, months, steps_down, words},
#include "study/cohort.def"
#undef COHORT
};

/* Whether in-house carers looked after somebody of an age band and need. */
struct examples {
    bool any[AGE_COUNT][NEED_COUNT];
};

const char *cohort_name(enum cohort cohort)
{
    return rows[cohort].name;
}

const char *cohort_words(enum cohort cohort)
{
    return rows[cohort].words;
}

void cohorts_free(struct cohorts *cohorts)
{
    free(cohorts->members);
    *cohorts = (struct cohorts){0};
}

static bool is_there(const struct segment *segment, day date)
{
    return segment->start <= date && date < segment->end && segment->legal != LEGAL_SHORT_BREAK;
}

/* Since when the child has been in this kind of placement with the same carer. */
static day find_since(const struct history *history, size_t at)
{
    const struct segment *segments = history->segments;
    const size_t first = (size_t)history->spells[segments[at].spell].first_segment;
    while (at > first && !segments[at].is_move && segments[at - 1].group == segments[at].group)
        at--;
    return segments[at].start;
}

static void find_examples(const struct history *history, day date, struct examples *out)
{
    *out = (struct examples){0};
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        if (segment->group != PLACEMENT_FOSTER_INHOUSE || segment->legal == LEGAL_SHORT_BREAK ||
            segment->start > date || segment->end <= date - YEAR)
            continue;
        const day last = segment->end <= date ? segment->end - 1 : date;
        const int32_t age = date_age_on(history->children[segment->child].born, last);
        out->any[age_band_of(age)][segment->need] = true;
    }
}

static bool may_step_down(const struct history *history, const struct segment *segment, day date,
                          const struct examples *examples)
{
    const int32_t age = date_age_on(history->children[segment->child].born, date);
    return age < STEP_DOWN_AGE && segment->place_code != PLACE_U4 && segment->legal != LEGAL_YOUTH_JUSTICE &&
           examples->any[age_band_of(age)][segment->need];
}

/* The cohort of a child by its placement on the day; COHORT_COUNT: none. */
static enum cohort cohort_of(const struct history *history, size_t at, day date,
                             const struct examples *examples, day *since)
{
    const struct segment *segment = &history->segments[at];
    int c = 0;
    while (c < COHORT_COUNT && rows[c].group != (enum placement_group)segment->group)
        c++;
    if (c == COHORT_COUNT)
        return COHORT_COUNT;
    const enum cohort cohort = (enum cohort)c;
    *since = find_since(history, at);
    if (date_add_months(*since, rows[c].months) >= date)
        return COHORT_COUNT;
    return rows[c].steps_down && !may_step_down(history, segment, date, examples) ? COHORT_COUNT : cohort;
}

/* Members in the order of cohorts and localities: the few cohorts are walked once each. */
static bool add_members(const struct history *history, const struct examples *examples, enum cohort cohort,
                        int32_t locality, struct cohorts *out, struct err *err)
{
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        day since = DAY_NONE;
        if (segment->group != rows[cohort].group || segment->locality != locality ||
            !is_there(segment, out->date) || cohort_of(history, i, out->date, examples, &since) != cohort)
            continue;
        if (!vec_reserve((void **)&out->members, &out->capacity, out->n + 1, sizeof *out->members, err))
            return false;
        out->members[out->n++] = (struct cohort_member){cohort, i, since};
    }
    return true;
}

bool cohorts_find(const struct history *history, day date, struct cohorts *out, struct err *err)
{
    struct examples examples;
    bool ok = true;
    *out = (struct cohorts){.date = date};
    find_examples(history, date, &examples);
    for (int c = 0; ok && c < COHORT_COUNT; c++)
        for (int32_t l = -1; ok && l < (int32_t)history->n_localities; l++)
            ok = add_members(history, &examples, (enum cohort)c, l, out, err);
    if (!ok)
        cohorts_free(out);
    return ok;
}

int64_t cohorts_count(const struct cohorts *cohorts, enum cohort cohort)
{
    int64_t n = 0;
    for (size_t i = 0; i < cohorts->n; i++)
        n += cohorts->members[i].cohort == cohort;
    return n;
}

struct cohort_size cohorts_size(const struct history *history, const struct cohorts *cohorts,
                                const struct price_book *prices, enum cohort cohort, int32_t locality)
{
    struct cohort_size size = {0};
    int64_t sevenths = 0;
    for (size_t i = 0; i < cohorts->n; i++) {
        const struct segment *segment = &history->segments[cohorts->members[i].segment];
        if (cohorts->members[i].cohort != cohort || (locality >= 0 && segment->locality != locality))
            continue;
        size.children++;
        size.nights += YEAR;
        sevenths += money_sevenths(YEAR, price_book_weekly_home(prices, (enum placement_group)segment->group,
                                                                code_provider_name(segment->provider),
                                                                segment->urn, cohorts->date));
    }
    size.cost = money_round_sevenths(sevenths);
    return size;
}

void cohorts_table_init(struct table *table)
{
    static const struct table_column columns[] = {{"la", 0},       {"cohort", 0},        {"locality", 0},
                                                  {"children", 0}, {"nights_a_year", 0}, {"gbp_a_year", 0}};
    table_init(table, "cohorts", columns, sizeof columns / sizeof columns[0]);
}

static bool add_row(struct table *table, const struct history *history, enum cohort cohort,
                    const char *locality, struct cohort_size size, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], history->la_name, err) ||
        !table_set_text(table, &row[1], cohort_name(cohort), err) ||
        !table_set_text(table, &row[2], locality, err))
        return false;
    table_set_integer(&row[3], size.children);
    table_set_integer(&row[4], size.nights);
    table_set_gbp(&row[5], size.cost);
    return true;
}

bool cohorts_table_add(struct table *table, const struct history *history, const struct cohorts *cohorts,
                       const struct price_book *prices, struct err *err)
{
    bool ok = true;
    for (int c = 0; ok && c < COHORT_COUNT; c++) {
        const enum cohort cohort = (enum cohort)c;
        ok = add_row(table, history, cohort, "all", cohorts_size(history, cohorts, prices, cohort, -1), err);
        for (int32_t l = 0; ok && l < (int32_t)history->n_localities; l++) {
            const struct cohort_size size = cohorts_size(history, cohorts, prices, cohort, l);
            if (size.children > 0)
                ok = add_row(table, history, cohort, history->localities[l], size, err);
        }
    }
    return ok;
}
