/* SPDX-License-Identifier: GPL-3.0-or-later
 * A semi-Markov walk: how long a placement holds depends on its kind, on whether it settles and on the
 * child's own pace, and where it leads on age and earlier moves. Three legs are fixed by what the stay comes
 * to: with adopters before an adoption, with parents before some returns home, supported accommodation from
 * 16. */
#include "tests/world/world_course.h"

#include <math.h>

#include "tests/world/world_legal.h"
#include "tests/world/world_place.h"

struct by_age {
    int32_t first_age;
    double weight[PLACEMENT_COUNT];
};
#define ROW(age, kin, inhouse, ifa, parents, res_own, res_bought, supported, residential, secure, other)     \
    {(age),                                                                                                  \
     {[PLACEMENT_FOSTER_KIN] = (kin),                                                                        \
      [PLACEMENT_FOSTER_INHOUSE] = (inhouse),                                                                \
      [PLACEMENT_FOSTER_IFA] = (ifa),                                                                        \
      [PLACEMENT_PARENTS] = (parents),                                                                       \
      [PLACEMENT_RES_INHOUSE] = (res_own),                                                                   \
      [PLACEMENT_RES_EXTERNAL] = (res_bought),                                                               \
      [PLACEMENT_SUPPORTED] = (supported),                                                                   \
      [PLACEMENT_RES_OTHER] = (residential),                                                                 \
      [PLACEMENT_SECURE] = (secure),                                                                         \
      [PLACEMENT_OTHER] = (other)}},
static const struct by_age first_placements[] = {
#define WORLD_FIRST ROW
#include "tests/world/world_placement.def"
#undef WORLD_FIRST
};
static const struct by_age later_placements[] = {
#define WORLD_LATER ROW
#include "tests/world/world_placement.def"
#undef WORLD_LATER
};
enum {
    FIRST_ROWS = sizeof first_placements / sizeof first_placements[0],
    LATER_ROWS = sizeof later_placements / sizeof later_placements[0],
    ON_REMAND = 99
};
static const struct {
    double scale, shape, settles, inside;
} placements[PLACEMENT_COUNT] = {
#define WORLD_PLACEMENT(group, scale, shape, settles, spread, inside)                                        \
    [PLACEMENT_##group] = {(scale), (shape), (settles), (inside)},
#include "tests/world/world_placement.def"
#undef WORLD_PLACEMENT
};
static const double emergency = 0.30,
                    emergency_days = 28; /* a first bed for a few weeks, until one is found */

static const double *row_of(const struct by_age rows[], int32_t n, int32_t age)
{
    int32_t row = 0;
    while (row + 1 < n && age >= rows[row + 1].first_age)
        row++;
    return rows[row].weight;
}

bool world_course_is_shared(enum placement_group group)
{
    return group == PLACEMENT_FOSTER_KIN || group == PLACEMENT_FOSTER_INHOUSE ||
           group == PLACEMENT_FOSTER_IFA || group == PLACEMENT_PARENTS;
}

enum placement_group world_course_first(const struct world_character *character,
                                        const struct world_life *life, const struct world_spell *spell,
                                        struct dice *dice)
{
    const int32_t age = spell->type == WORLD_TYPE_REMAND ? ON_REMAND : date_age_on(life->born, spell->start);
    const double *row = row_of(first_placements, FIRST_ROWS, age);
    double weights[PLACEMENT_COUNT];
    for (int group = 0; group < PLACEMENT_COUNT; group++)
        weights[group] = row[group] * character->placement_tilt[group];
    if (life->uasc) {
        weights[PLACEMENT_PARENTS] = 0;
        weights[PLACEMENT_FOSTER_KIN] *= 0.3;
        weights[PLACEMENT_RES_INHOUSE] *= 0.3;
        weights[PLACEMENT_RES_EXTERNAL] *= 0.3;
    }
    return (enum placement_group)draw_member(dice, weights, PLACEMENT_COUNT);
}

/* The more moves, the more homes for children and the fewer relatives. */
static enum placement_group draw_next(const struct world_character *character, const struct world_life *life,
                                      const struct world_spell *spell, day date, int32_t n_moves,
                                      struct dice *dice)
{
    const int32_t age = date_age_on(life->born, date);
    const double *row = row_of(later_placements, LATER_ROWS, age);
    const double worn = fmin(n_moves, 8);
    double weights[PLACEMENT_COUNT];
    for (int group = 0; group < PLACEMENT_COUNT; group++)
        weights[group] = row[group] * character->placement_tilt[group];
    weights[PLACEMENT_FOSTER_KIN] *= pow(0.85, worn);
    weights[PLACEMENT_RES_INHOUSE] *= pow(1.30, worn);
    weights[PLACEMENT_RES_EXTERNAL] *= pow(1.35, worn);
    weights[PLACEMENT_SECURE] *= pow(1.30, worn);
    weights[PLACEMENT_OTHER] *= pow(1.25, worn);
    if (spell->type == WORLD_TYPE_LONG || spell->type == WORLD_TYPE_CONTESTED)
        weights[PLACEMENT_PARENTS] *= 1.6;
    if (life->uasc || spell->type == WORLD_TYPE_PERMANENCE)
        weights[PLACEMENT_PARENTS] = 0;
    return (enum placement_group)draw_member(dice, weights, PLACEMENT_COUNT);
}

/* Days that a placement holds. */
static double draw_hold(enum placement_group group, bool is_first, double hurry, struct dice *dice)
{
    if (is_first && draw_chance(dice, emergency))
        return draw_exponential(dice, emergency_days);
    if (draw_chance(dice, pow(placements[group].settles, hurry)))
        return WORLD_DRIFT_YEARS * 366.0;
    return draw_weibull(dice, placements[group].scale, placements[group].shape) / hurry;
}

/* The leg that the end of the stay asks for: with adopters, or with parents; DAY_OPEN when there is none. */
static day last_leg(const struct world_spell *spell, enum placement_group *group, struct dice *dice)
{
    day length = 0;
    if (spell->route == ROUTE_ADOPTION) {
        *group = PLACEMENT_ADOPTION;
        length = (day)draw_lognormal(dice, 270, 0.45);
    } else if (spell->route == ROUTE_HOME && spell->type != WORLD_TYPE_SHORT &&
               spell->type != WORLD_TYPE_REMAND && draw_chance(dice, 0.5)) {
        *group = PLACEMENT_PARENTS;
        length = (day)draw_lognormal(dice, 200, 0.8);
    } else {
        return DAY_OPEN;
    }
    const day whole = spell->end - spell->start;
    if (whole < 20)
        return DAY_OPEN;
    return spell->end - (length < whole * 3 / 4 ? length + 1 : whole * 3 / 4);
}

/* When a child of 16 or 17 steps into supported accommodation, whatever the placement; DAY_OPEN: never. */
static day step_to_supported(const struct world_life *life, const struct world_spell *spell,
                             struct dice *dice)
{
    if (!draw_chance(dice, life->uasc ? 0.7 : 0.50))
        return DAY_OPEN;
    const day sixteen = date_birthday(life->born, 16);
    const day from = sixteen > spell->start ? sixteen : spell->start;
    const day date = from + 1 + (day)draw_lognormal(dice, life->uasc ? 60 : 270, 0.9);
    return date < spell->end ? date : DAY_OPEN;
}

static void add_stay(struct world_course *course, enum placement_group group, day start, day born,
                     struct dice *dice)
{
    const enum place place = world_place_code(group, date_age_on(born, start), start, dice);
    const bool is_inside = draw_chance(dice, placements[group].inside);
    course->stays[course->n_stays++] = (struct world_stay){
        .start = start,
        .group = group,
        .place = place,
        .provider = world_place_provider(group, place, dice),
        .boundary = is_inside ? 1 : 2,
        .miles = (float)draw_lognormal(dice, is_inside ? 4 : 17, 0.8),
    };
}

void world_course_draw(struct world_course *course, const struct world_character *character,
                       const struct world_life *life, const struct world_spell *spell,
                       enum placement_group first, double hurry, day horizon, struct dice *dice)
{
    enum placement_group group = first;
    enum placement_group last_group = PLACEMENT_OTHER;
    const day last_from = last_leg(spell, &last_group, dice);
    day step = group == PLACEMENT_SUPPORTED ? DAY_OPEN : step_to_supported(life, spell, dice);
    /* before the placements: how many of them are drawn depends on the horizon */
    world_legal_draw(course, life, spell, last_group == PLACEMENT_ADOPTION ? last_from : DAY_OPEN, dice);
    day at = spell->start;
    course->n_stays = 0;
    while (course->n_stays < WORLD_STAYS_MAX) {
        add_stay(course, group, at, life->born, dice);
        if (at == last_from)
            break;
        day next = at + 1 + (day)draw_hold(group, course->n_stays == 1, hurry, dice);
        if (group == PLACEMENT_SUPPORTED)
            step = DAY_OPEN;
        const bool steps = step <= next && step < last_from;
        if (steps)
            next = step;
        if (last_from <= next)
            next = last_from;
        if (next >= spell->end || next > horizon)
            break;
        group = next == last_from ? last_group
                : steps           ? PLACEMENT_SUPPORTED
                                  : draw_next(character, life, spell, next, course->n_stays, dice);
        step = steps ? DAY_OPEN : step;
        at = next;
    }
}
