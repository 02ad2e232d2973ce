/* SPDX-License-Identifier: GPL-3.0-or-later
 * A period of care that ended before the first return is unseen, and so is what lies after the last. Each
 * month and each family has dice of its own, so that the years before an origin are the same however many
 * follow. */
#include "tests/world/world_build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/world/world_course.h"

static const double first_placement_shared = 0.7;

/* Room for one more; the program stops when there is none. */
static void reserve(void **items, size_t *capacity, size_t n, size_t size)
{
    struct err err = {0};
    if (vec_reserve(items, capacity, n + 1, size, &err))
        return;
    fprintf(stderr, "tests/world: %s\n", err.message);
    abort();
}

/* Where a child's segments go. */
struct builder {
    struct history *history;
    const struct world_character *character;
    int16_t locality;
};

static void add_segments(const struct builder *builder, const struct world_course *course,
                         const struct world_spell *spell, day end)
{
    struct history *history = builder->history;
    int32_t i = 0, k = 0; /* placement and status in force */
    day at = spell->start;
    while (at < spell->end && at <= history->end) {
        const bool moves = course->stays[i].start == at;
        const bool is_first = at == spell->start;
        const day next_stay = i + 1 < course->n_stays ? course->stays[i + 1].start : DAY_OPEN;
        const day next_status = k + 1 < course->n_statuses ? course->statuses[k + 1].start : DAY_OPEN;
        const day next = next_stay < next_status ? next_stay : next_status;
        const struct world_stay *stay = &course->stays[i];
        reserve((void **)&history->segments, &history->segments_capacity, history->n_segments,
                sizeof *history->segments);
        struct segment *segment = &history->segments[history->n_segments++];
        *segment = (struct segment){
            .child = (int32_t)history->n_children - 1,
            .spell = (int32_t)history->n_spells - 1,
            .start = at,
            .end = next < spell->end && next <= history->end ? next : end,
            .group = (uint8_t)stay->group,
            .legal = (uint8_t)code_legal_group(course->statuses[k].status),
            .need = (uint8_t)spell->need,
            .provider = stay->provider,
            .is_move = moves && !is_first,
            .is_new_stay = moves,
            .locality = builder->locality,
            .boundary = stay->boundary,
            .distance_miles = stay->miles,
            .place_code = (uint16_t)stay->place,
        };
        memcpy(segment->legal_status, code_legal_name(course->statuses[k].status),
               sizeof segment->legal_status);
        history->spells[history->n_spells - 1].n_segments++;
        i += next == next_stay;
        k += next == next_status;
        at = next;
    }
}

static void add_spell(const struct builder *builder, const struct world_life *life,
                      const struct world_spell *spell, enum placement_group first, double hurry,
                      struct dice *dice)
{
    struct history *history = builder->history;
    struct child *child = &history->children[history->n_children - 1];
    struct world_course course;
    world_course_draw(&course, builder->character, life, spell, first, hurry, history->end, dice);
    const bool is_open = spell->end > history->end;
    const day end = is_open ? DAY_OPEN : spell->end;
    reserve((void **)&history->spells, &history->spells_capacity, history->n_spells, sizeof *history->spells);
    history->spells[history->n_spells++] = (struct spell){
        .child = (int32_t)history->n_children - 1,
        .first_segment = (int32_t)history->n_segments,
        .start = spell->start,
        .end = end,
        .route = (uint8_t)(is_open ? ROUTE_OTHER : spell->route),
        .start_known = true,
        .readmission = child->n_spells > 0,
        .start_age = (uint8_t)date_age_on(life->born, spell->start),
    };
    child->n_spells++;
    add_segments(builder, &course, spell, end);
}

static bool is_seen(const struct history *history, const struct world_spell *spell)
{
    return spell->end > history->start && spell->start <= history->end;
}

/* Adds a child with the periods of care that the returns show, if any. family: the first placement of the
 * family's first child, PLACEMENT_COUNT for that child itself. */
static void add_child(struct builder *builder, const struct world_life *life, enum placement_group *family,
                      struct dice *dice)
{
    struct history *history = builder->history;
    const uint64_t key = dice_next(dice);
    struct dice own = {dice_next(dice)};
    const double hurry = draw_lognormal(&own, 0.58, builder->character->moving_sigma);
    bool is_known = false;
    for (int32_t i = 0; i < life->n_spells; i++) {
        const struct world_spell *spell = &life->spells[i];
        struct dice course = {dice_next(&own)};
        if (!is_seen(history, spell))
            continue;
        if (!is_known) {
            reserve((void **)&history->children, &history->children_capacity, history->n_children,
                    sizeof *history->children);
            history->children[history->n_children++] = (struct child){
                .key = key,
                .born = life->born,
                .sex = (uint8_t)life->sex,
                .ethnic = ETHNIC_NOBT,
                .uasc = life->uasc,
                .uasc_until = DAY_OPEN,
                .first_spell = (int32_t)history->n_spells,
            };
            is_known = true;
        }
        enum placement_group first = world_course_first(builder->character, life, spell, &course);
        if (i == 0 && *family < PLACEMENT_COUNT && world_course_is_shared(*family) &&
            draw_chance(&course, first_placement_shared))
            first = *family;
        if (i == 0 && *family == PLACEMENT_COUNT)
            *family = first;
        add_spell(builder, life, spell, first, hurry, &course);
    }
}

static int16_t draw_locality(const struct history *history, bool uasc, struct dice *dice)
{
    static const double shares[] = {40, 28, 20, 12};
    if (history->n_localities == 0)
        return -1;
    /* an unaccompanied child has no home postcode */
    return (int16_t)(uasc ? (int32_t)history->n_localities - 1 : draw_member(dice, shares, 4));
}

static void build_family(struct builder *builder, const struct world_drift *drift, day start,
                         struct dice *dice)
{
    struct world_life children[WORLD_SIBLINGS_MAX];
    const int32_t n = world_life_family(builder->character, drift, start, dice, children);
    enum placement_group family = PLACEMENT_COUNT;
    builder->locality = draw_locality(builder->history, false, dice);
    for (int32_t i = 0; i < n; i++)
        add_child(builder, &children[i], &family, dice);
}

static void build_uasc(struct builder *builder, const struct world_drift *drift, day start, struct dice *dice)
{
    struct world_life child;
    world_life_uasc(builder->character, drift, start, dice, &child);
    enum placement_group family = PLACEMENT_COUNT;
    builder->locality = draw_locality(builder->history, true, dice);
    add_child(builder, &child, &family, dice);
}

enum { KEYS_A_MONTH = 1 << 20 };

void world_build_all(struct history *history, const struct world_character *character,
                     const struct world_drift *drift, uint64_t seed)
{
    struct builder builder = {.history = history, .character = character};
    for (int32_t month = 0; drift->month_start[month] <= history->end; month++) {
        const day start = drift->month_start[month];
        const day length = drift->month_start[month + 1] - start;
        const int32_t season = date_to_civil(start).month - 1;
        struct dice dice = draw_dice(seed, DRAW_FAMILIES, (uint64_t)month);
        const double families =
            character->families_a_day * length * character->season[season] * drift->entry[month];
        const int32_t n_families = draw_poisson(&dice, families);
        for (int32_t i = 0; i < n_families; i++) {
            const uint64_t key = (uint64_t)(month + 1) * KEYS_A_MONTH + (uint64_t)i;
            struct dice own = draw_dice(seed, DRAW_FAMILIES, key);
            build_family(&builder, drift, start + dice_below(&own, length), &own);
        }
        dice = draw_dice(seed, DRAW_UASC, (uint64_t)month);
        const double uasc = character->uasc_a_day * length * drift->uasc[month];
        const int32_t n_uasc = draw_poisson(&dice, uasc * draw_gamma(&dice, character->uasc_theta));
        for (int32_t i = 0; i < n_uasc; i++) {
            const uint64_t key = (uint64_t)(month + 1) * KEYS_A_MONTH + (uint64_t)i;
            struct dice own = draw_dice(seed, DRAW_UASC, key);
            build_uasc(&builder, drift, start + dice_below(&own, length), &own);
        }
    }
}
