/* SPDX-License-Identifier: GPL-3.0-or-later
 * A child's need and kind of stay are drawn at entry; the kind gives a length in days of the exit clock, the
 * clock gives the day. The 18th birthday ends every stay. Children of a family that stay together have one
 * length and one route. */
#include "tests/world/world_life.h"

#include <math.h>

static const double days_a_year = 365.25;

static const struct {
    enum world_law law;
    double shape;
    bool frail;
    double home, sgo, other, transfer, custody;
} types[] = {
#define WORLD_TYPE(member, law, centre, shape, spread, frail, home, sgo, other, transfer, custody, words)    \
    {WORLD_##law, (shape), (frail), (home), (sgo), (other), (transfer), (custody)},
#include "tests/world/world_type.def"
#undef WORLD_TYPE
};

struct by_age {
    int32_t first_age;
    double weight[NEED_COUNT]; /* of kinds of stay, which are fewer, or of needs */
};
static const struct by_age stays_by_age[] = {
#define WORLD_STAY_AGE(age, short_, permanence, contested, long_, remand)                                    \
    {(age),                                                                                                  \
     {[WORLD_TYPE_SHORT] = (short_),                                                                         \
      [WORLD_TYPE_PERMANENCE] = (permanence),                                                                \
      [WORLD_TYPE_CONTESTED] = (contested),                                                                  \
      [WORLD_TYPE_LONG] = (long_),                                                                           \
      [WORLD_TYPE_REMAND] = (remand)}},
#include "tests/world/world_stay.def"
#undef WORLD_STAY_AGE
};
static const double stays_by_need[NEED_COUNT][WORLD_TYPE_COUNT] = {
#define WORLD_STAY_NEED(need, short_, permanence, contested, long_, remand)                                  \
    [NEED_##need] = {[WORLD_TYPE_SHORT] = (short_),                                                          \
                     [WORLD_TYPE_PERMANENCE] = (permanence),                                                 \
                     [WORLD_TYPE_CONTESTED] = (contested),                                                   \
                     [WORLD_TYPE_LONG] = (long_),                                                            \
                     [WORLD_TYPE_REMAND] = (remand)},
#include "tests/world/world_stay.def"
#undef WORLD_STAY_NEED
};
static const struct by_age needs_by_age[] = {
#define WORLD_NEED_AGE(age, n1, n2, n3, n4, n5, n6, n7, n8)                                                  \
    {(age), {(n1), (n2), (n3), (n4), (n5), (n6), (n7), (n8)}},
#include "tests/world/world_stay.def"
#undef WORLD_NEED_AGE
};
static const struct {
    double chance, median, sigma;
} returns[ROUTE_COUNT] = {
#define WORLD_RETURN(route, chance, median, sigma) [ROUTE_##route] = {(chance), (median), (sigma)},
#include "tests/world/world_stay.def"
#undef WORLD_RETURN
};
enum {
    STAY_ROWS = sizeof stays_by_age / sizeof stays_by_age[0],
    NEED_ROWS = sizeof needs_by_age / sizeof needs_by_age[0]
};

/* Chance of adoption among the young who leave for permanence, by age at entry. */
static const double adoption_by_age[] = {0.64, 0.50, 0.46, 0.36, 0.28, 0.15, 0.08, 0.04};
enum { ADOPTION_AGES = sizeof adoption_by_age / sizeof adoption_by_age[0] };

/* Moves of families between authorities, deaths and the like, whatever the stay: years between. */
static const double years_to_rare = 150;

static const double *row_of(const struct by_age rows[], int32_t n, int32_t age)
{
    int32_t row = 0;
    while (row + 1 < n && age >= rows[row + 1].first_age)
        row++;
    return rows[row].weight;
}

static enum need draw_need(int32_t age, struct dice *dice)
{
    return (enum need)draw_member(dice, row_of(needs_by_age, NEED_ROWS, age), NEED_COUNT);
}

static enum world_type draw_type(const struct world_character *character, int32_t age, enum need need,
                                 bool again, struct dice *dice)
{
    const double *by_age = row_of(stays_by_age, STAY_ROWS, age);
    double weights[WORLD_TYPE_COUNT];
    for (int type = 0; type < WORLD_TYPE_COUNT; type++)
        weights[type] = by_age[type] * stays_by_need[need][type] * character->type_tilt[type];
    if (again) {
        weights[WORLD_TYPE_LONG] *= 1.6;
        weights[WORLD_TYPE_PERMANENCE] *= 0.5;
    }
    return (enum world_type)draw_member(dice, weights, WORLD_TYPE_COUNT);
}

static double draw_length(const struct world_character *character, enum world_type type, struct dice *dice)
{
    const double centre = character->centre[type];
    double days = 0;
    switch (types[type].law) {
    case WORLD_LOGNORMAL:
        days = draw_lognormal(dice, centre, types[type].shape);
        break;
    case WORLD_WEIBULL:
        days = draw_weibull(dice, centre, types[type].shape);
        break;
    case WORLD_LOMAX:
        days = draw_lomax(dice, centre, types[type].shape);
        break;
    }
    return types[type].frail ? days / draw_gamma(dice, character->leaving_shape) : days;
}

static enum route draw_route(const struct world_character *character, enum world_type type, int32_t entry_age,
                             int32_t exit_age, struct dice *dice)
{
    if (type == WORLD_TYPE_PERMANENCE && entry_age < ADOPTION_AGES) {
        const double chance = adoption_by_age[entry_age];
        const double odds = chance / (1 - chance) * character->adoption_odds;
        if (draw_chance(dice, odds / (1 + odds)))
            return ROUTE_ADOPTION;
    }
    /* `other` before 18 is mostly independent living: hardly anyone under 16. */
    const double other = type == WORLD_TYPE_LONG ? (exit_age < 16 ? 0.3 : 2.5) : 1;
    const double weights[ROUTE_COUNT] = {
        [ROUTE_HOME] = types[type].home,
        [ROUTE_SGO] = types[type].sgo,
        [ROUTE_OTHER] = types[type].other * other,
        [ROUTE_TRANSFER] = types[type].transfer,
        [ROUTE_CUSTODY] = exit_age >= 12 ? types[type].custody : 0,
    };
    return (enum route)draw_member(dice, weights, ROUTE_COUNT);
}

/* When and why a stay of its kind would end. */
static void draw_end(const struct world_character *character, const struct world_drift *drift, day born,
                     struct world_spell *spell, struct dice *dice)
{
    spell->end = world_drift_after(drift, spell->start, draw_length(character, spell->type, dice));
    spell->route = draw_route(character, spell->type, date_age_on(born, spell->start),
                              date_age_on(born, spell->end), dice);
}

/* Unless something rare or the 18th birthday comes first. */
static void cut_end(struct world_spell *spell, day born, struct dice *dice)
{
    static const double rare_routes[ROUTE_COUNT] = {
        [ROUTE_TRANSFER] = 60, [ROUTE_DIED] = 10, [ROUTE_OTHER] = 30};
    const day adult = date_birthday(born, 18);
    const day rare = spell->start + 1 + (day)draw_exponential(dice, years_to_rare * days_a_year);
    const enum route rare_route = (enum route)draw_member(dice, rare_routes, ROUTE_COUNT);
    if (rare < spell->end) {
        spell->end = rare;
        spell->route = rare_route;
    }
    if (adult <= spell->end) {
        spell->end = adult;
        spell->route = ROUTE_AGED_OUT;
    }
}

/* Later periods of care, each on its own whoever came together the first time. */
static void come_back(const struct world_character *character, const struct world_drift *drift,
                      struct world_life *life, struct dice *dice)
{
    const day adult = date_birthday(life->born, 18);
    while (life->n_spells < WORLD_SPELLS_MAX) {
        const struct world_spell *last = &life->spells[life->n_spells - 1];
        const double chance = returns[last->route].chance * character->return_tilt;
        if (!draw_chance(dice, chance))
            return;
        const double gap = draw_lognormal(dice, returns[last->route].median, returns[last->route].sigma);
        const day start = last->end + 1 + (day)fmin(gap, 7000);
        if (start >= adult - 7)
            return;
        struct world_spell *spell = &life->spells[life->n_spells++];
        *spell = (struct world_spell){.start = start, .need = last->need};
        spell->type = life->uasc
                          ? WORLD_TYPE_UASC_STAY
                          : draw_type(character, date_age_on(life->born, start), spell->need, true, dice);
        draw_end(character, drift, life->born, spell, dice);
        cut_end(spell, life->born, dice);
    }
}

/* The day of birth of a child of so many years, and a part of one, on a day. */
static day born_at(double years, day date)
{
    day born = date - (day)(years * days_a_year);
    if (date_birthday(born, 18) <= date)
        born += 31;
    return born;
}

static double first_age(const struct world_character *character, struct dice *dice)
{
    const int32_t age = draw_member(dice, character->age_weight, WORLD_AGES);
    if (age == 0 && draw_chance(dice, 0.4)) /* from the maternity ward */
        return draw_uniform(dice) * 20 / days_a_year;
    return age + 0.99 * draw_uniform(dice);
}

/* Families with more than one child are mostly those of children in the middle. */
static int32_t family_size(const struct world_character *character, double age, struct dice *dice)
{
    const double more = age < 1 ? 0.7 : age < 12 ? 1.6 : age < 15 ? 0.8 : 0.35;
    double weights[WORLD_SIBLINGS_MAX];
    for (int n = 0; n < WORLD_SIBLINGS_MAX; n++)
        weights[n] = character->siblings_weight[n] * (n == 0 ? 1 : more);
    return 1 + draw_member(dice, weights, WORLD_SIBLINGS_MAX);
}

/* Whether a brother or sister can have the stay of the first child. */
static bool fits_together(const struct world_spell *first, double age)
{
    return first->type != WORLD_TYPE_REMAND && (first->type != WORLD_TYPE_PERMANENCE || age < 9) &&
           (first->route != ROUTE_ADOPTION || age < ADOPTION_AGES) && first->route != ROUTE_CUSTODY &&
           (first->type != WORLD_TYPE_LONG || age >= 2);
}

/* Ages of brothers and sisters go up or down from the first child's by two years or so each, turning round
 * once at an end of childhood. False: there is no room for another. */
static bool next_age(double first, double *age, double *step, struct dice *dice)
{
    *age += *step * draw_lognormal(dice, 2.4, 0.5);
    if (*age >= 0 && *age < 17.9)
        return true;
    *step = -*step;
    *age = first + *step * draw_lognormal(dice, 2.4, 0.5);
    return *age >= 0 && *age < 17.9;
}

int32_t world_life_family(const struct world_character *character, const struct world_drift *drift, day start,
                          struct dice *dice, struct world_life children[WORLD_SIBLINGS_MAX])
{
    const double first = first_age(character, dice);
    const struct world_spell blank = {.start = start, .need = draw_need((int32_t)first, dice)};
    const int32_t wanted = family_size(character, first, dice);
    struct world_spell shared = blank;
    double age = first;
    double step = draw_chance(dice, 0.5) ? 1 : -1;
    int32_t n = 0;
    while (n < wanted && (n == 0 || next_age(first, &age, &step, dice))) {
        struct world_life *life = &children[n];
        *life = (struct world_life){.n_spells = 1, .spells = {blank}};
        life->born = born_at(age, start);
        life->sex = draw_chance(dice, 0.53) ? SEX_MALE : SEX_FEMALE;
        struct world_spell *spell = &life->spells[0];
        if (n > 0 && fits_together(&shared, age) && draw_chance(dice, character->together)) {
            *spell = shared;
        } else {
            spell->type = draw_type(character, (int32_t)age, spell->need, false, dice);
            draw_end(character, drift, life->born, spell, dice);
        }
        if (n == 0)
            shared = *spell;
        cut_end(spell, life->born, dice);
        come_back(character, drift, life, dice);
        n++;
    }
    return n;
}

void world_life_uasc(const struct world_character *character, const struct world_drift *drift, day start,
                     struct dice *dice, struct world_life *child)
{
    static const double ages[WORLD_AGES] = {[12] = 1, [13] = 2, [14] = 6, [15] = 15, [16] = 36, [17] = 40};
    const double age = draw_member(dice, ages, WORLD_AGES) + 0.95 * draw_uniform(dice);
    const struct world_spell blank = {.start = start, .need = NEED_N8};
    *child = (struct world_life){.uasc = true, .n_spells = 1, .spells = {blank}};
    child->born = born_at(age, start);
    /* An age that was assessed is written as 1 January. */
    const day new_year = date_from_civil(date_to_civil(child->born).year, 1, 1);
    if (draw_chance(dice, 0.3) && date_birthday(new_year, 18) > start)
        child->born = new_year;
    child->sex = draw_chance(dice, 0.93) ? SEX_MALE : SEX_FEMALE;
    struct world_spell *spell = &child->spells[0];
    spell->type = draw_chance(dice, character->uasc_dispersed) ? WORLD_TYPE_UASC_ON : WORLD_TYPE_UASC_STAY;
    draw_end(character, drift, child->born, spell, dice);
    cut_end(spell, child->born, dice);
    come_back(character, drift, child, dice);
}
