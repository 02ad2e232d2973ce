/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spells and segments are appended in order, so the arrays stay sorted as data/history.h asks. */
#include "tests/build_history.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

uint64_t dice_next(struct dice *dice)
{
    dice->state += 0x9E3779B97F4A7C15U;
    uint64_t z = dice->state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

int32_t dice_below(struct dice *dice, int32_t n)
{
    return (int32_t)(dice_next(dice) % (uint64_t)n);
}

day on(int32_t year, int32_t month, int32_t day_of_month)
{
    return date_from_civil(year, month, day_of_month);
}

static void stop_unless(bool ok, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "tests/build_history: %s\n", err->message);
    abort();
}

void build_init(struct history *history, int32_t first_year, int32_t last_year)
{
    *history = (struct history){
        .la_name = "Testshire",
        .la_code = "E06000999",
        .start = date_year_end(first_year - 1) + 1,
        .end = date_year_end(last_year),
        .first_year = first_year,
        .last_year = last_year,
    };
}

int32_t build_child(struct history *history, day born)
{
    struct err err = {0};
    stop_unless(vec_reserve((void **)&history->children, &history->children_capacity, history->n_children + 1,
                            sizeof *history->children, &err),
                &err);
    history->children[history->n_children] = (struct child){
        .key = history->n_children + 1,
        .born = born,
        .uasc_until = DAY_OPEN,
        .first_spell = (int32_t)history->n_spells,
    };
    return (int32_t)history->n_children++;
}

static struct segment *new_segment(struct history *history)
{
    struct err err = {0};
    stop_unless(vec_reserve((void **)&history->segments, &history->segments_capacity, history->n_segments + 1,
                            sizeof *history->segments, &err),
                &err);
    history->spells[history->n_spells - 1].n_segments++;
    return &history->segments[history->n_segments++];
}

struct segment *build_last(struct history *history)
{
    return &history->segments[history->n_segments - 1];
}

void build_spell(struct history *history, day start, day end, enum route route, enum placement_group group)
{
    struct err err = {0};
    stop_unless(vec_reserve((void **)&history->spells, &history->spells_capacity, history->n_spells + 1,
                            sizeof *history->spells, &err),
                &err);
    struct child *child = &history->children[history->n_children - 1];
    history->spells[history->n_spells++] = (struct spell){
        .child = (int32_t)history->n_children - 1,
        .first_segment = (int32_t)history->n_segments,
        .start = start,
        .end = end,
        .route = (uint8_t)route,
        .start_known = true,
        .readmission = child->n_spells > 0,
        .start_age = (uint8_t)date_age_on(child->born, start),
    };
    child->n_spells++;
    *new_segment(history) = (struct segment){
        .child = (int32_t)history->n_children - 1,
        .spell = (int32_t)history->n_spells - 1,
        .start = start,
        .end = end,
        .group = (uint8_t)group,
        .legal = LEGAL_SECTION_20,
        .need = NEED_N1,
        .provider = 255,
        .is_new_stay = true,
        .locality = -1,
        .distance_miles = -1,
        .legal_status = "V2",
    };
}

static struct segment *split_last(struct history *history, day start)
{
    const struct segment before = *build_last(history);
    build_last(history)->end = start;
    struct segment *segment = new_segment(history);
    *segment = before;
    segment->start = start;
    segment->is_move = false;
    segment->is_new_stay = false;
    return segment;
}

void build_move(struct history *history, day start, enum placement_group group)
{
    struct segment *segment = split_last(history, start);
    segment->group = (uint8_t)group;
    segment->is_move = true;
    segment->is_new_stay = true;
}

void build_status(struct history *history, day start, enum legal_group legal)
{
    split_last(history, start)->legal = (uint8_t)legal;
}

static void random_changes(struct history *history, struct dice *dice, day start, day end)
{
    static const int32_t longest[] = {3, 30, 200, 700};
    day at = start + 1 + dice_below(dice, longest[dice_below(dice, 4)]);
    while (at < end && at <= history->end) {
        if (dice_below(dice, 3) > 0)
            build_move(history, at, (enum placement_group)dice_below(dice, PLACEMENT_COUNT));
        else
            build_status(history, at, (enum legal_group)dice_below(dice, LEGAL_COUNT));
        at += 1 + dice_below(dice, longest[dice_below(dice, 4)]);
    }
}

static void random_spell(struct history *history, struct dice *dice, day start, day end)
{
    const bool is_open = end > history->end + 1;
    const enum route route = (enum route)dice_below(dice, ROUTE_COUNT);
    build_spell(history, start, is_open ? DAY_OPEN : end, route,
                (enum placement_group)dice_below(dice, PLACEMENT_COUNT));
    struct segment *first = build_last(history);
    first->legal = (uint8_t)dice_below(dice, LEGAL_COUNT);
    first->need = (uint8_t)dice_below(dice, NEED_COUNT);
    if (history->n_localities > 0)
        first->locality = (int16_t)dice_below(dice, (int32_t)history->n_localities);
    history->spells[history->n_spells - 1].start_known = start >= history->start || dice_below(dice, 2) == 0;
    random_changes(history, dice, start, end);
}

static void random_child(struct history *history, struct dice *dice)
{
    static const int32_t longest_stay[] = {2, 20, 300, 1500, 5000};
    const day born = history->start - 17 * 365 + dice_below(dice, history->end - history->start + 17 * 365);
    const day adult = date_birthday(born, 18);
    const size_t before = history->n_children;
    const int32_t i = build_child(history, born);
    history->children[i].uasc = dice_below(dice, 6) == 0;
    if (dice_below(dice, 2) == 0)
        history->children[i].uasc_until = date_birthday(born, 10) + dice_below(dice, 3000);
    day at = born + dice_below(dice, 3000);
    while (at < adult && at <= history->end) {
        day end = at + 1 + dice_below(dice, longest_stay[dice_below(dice, 5)]);
        end = end > adult ? adult : end;
        if (end > history->start)
            random_spell(history, dice, at, end);
        at = end + 1 + dice_below(dice, 900);
    }
    if (history->children[i].n_spells == 0)
        history->n_children = before;
}

void build_random(struct history *history, uint64_t seed, int32_t n_children, int32_t first_year,
                  int32_t last_year, int32_t n_localities)
{
    struct err err = {0};
    struct dice dice = {seed};
    build_init(history, first_year, last_year);
    if (n_localities > 0) {
        history->localities = vec_new((size_t)n_localities, sizeof *history->localities, &err);
        stop_unless(history->localities != NULL, &err);
        for (int32_t i = 0; i < n_localities; i++) {
            history->localities[i] = i == n_localities - 1
                                         ? "unknown"
                                         : arena_format(&history->texts, &err, "locality %c", 'A' + (int)i);
            stop_unless(history->localities[i] != NULL, &err);
        }
        history->n_localities = (size_t)n_localities;
    }
    for (int32_t i = 0; i < n_children; i++)
        random_child(history, &dice);
}

void build_free(struct history *history)
{
    free(history->children);
    free(history->spells);
    free(history->segments);
    free(history->localities);
    arena_free(&history->texts);
    *history = (struct history){0};
}
