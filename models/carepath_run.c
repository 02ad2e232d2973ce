/* SPDX-License-Identifier: GPL-3.0-or-later
 * Child by child: whoever is in care at the origin, then whoever comes. With a limit on places children meet,
 * and the calendar decides; carepath_order.c does that. */
#include "models/carepath_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/carepath_levers.h"
#include "models/carepath_places.h"

static const uint32_t salt_first = 21;

void carepath_return(struct carepath_room *room, struct carepath_life *life, uint32_t word)
{
    life->group = carepath_first_placement(room, life, carepath_mixed(word, salt_first));
    if (room->flows != NULL)
        carepath_pilot_count(room, LEVER_READMISSIONS, life->class_, life->stage, life->group, 0, 0, -1, -1,
                             room->plan->month_of[life->now]);
}

/* What a stay's end means where there is always a place. */
static void live_on(struct carepath_room *room, struct carepath_life *life)
{
    const struct carepath_plan *plan = room->plan;
    for (;;) {
        const struct carepath_next next = carepath_live(room, life);
        switch (next.event) {
        case CAREPATH_STAYS:
            return;
        case CAREPATH_CHANGES:
            carepath_change(room, life, next.detail, next.word);
            break;
        case CAREPATH_LEAVES:
            carepath_leave(room, life, (enum route)next.detail);
            if (!plan->may_return[next.detail] || next.word < room->never_back ||
                !carepath_come_back(room, life, next.word))
                return;
            carepath_return(room, life, next.word);
            carepath_enter(room, life, true);
            break;
        }
    }
}

static bool take_one(void *context, struct carepath_arrival *arrival)
{
    struct carepath_room *room = context;
    carepath_enter(room, &arrival->life, arrival->again);
    live_on(room, &arrival->life);
    return true;
}

struct carepath_life carepath_present(const struct carepath_room *room, size_t i)
{
    const struct carepath_origin_child *child = &room->plan->present[i];
    return (struct carepath_life){
        .counter = {0, child->number, room->replicate, 0},
        .birthdays = room->plan->birthdays + child->first_birthday,
        .stage = child->stage,
        .group = child->group,
        .class_ = child->class_,
        .spell_start = child->spell_start,
        .stay_start = child->stay_start,
        .start_known = child->start_known,
        .need = child->need,
        .locality = child->locality,
    };
}

bool carepath_replicate(struct carepath_room *room, uint32_t replicate, struct err *err)
{
    const struct carepath_plan *plan = room->plan;
    room->replicate = replicate;
    memset(room->presence, 0, room->counts_size);
    carepath_luck(room);
    if (plan->has_capacity) {
        carepath_places_draw(room);
        return carepath_replicate_in_order(room, err);
    }
    for (size_t i = 0; i < plan->fit->n_present; i++) {
        struct carepath_life life = carepath_present(room, i);
        carepath_begin(room, &life);
        live_on(room, &life);
    }
    return carepath_arrivals(room, take_one, room);
}

/* ---- room -------------------------------------------------------------------------------------------- */

/* Gives pieces of one block of memory; a first pass with no block finds its size. Pieces lie on lines of 64
 * bytes. */
struct layout {
    char *block;
    size_t used;
};

static void *piece(struct layout *layout, size_t n, size_t size)
{
    enum { LINE = 64 };
    void *at = layout->block != NULL ? layout->block + layout->used : NULL;
    layout->used += (n * size + LINE - 1) / LINE * LINE;
    return at;
}

static void lay_out_clocks(struct carepath_room *room, struct layout *layout, double ***clocks, int n)
{
    const size_t days = (size_t)room->plan->days + 2;
    *clocks = piece(layout, (size_t)n, sizeof **clocks);
    for (int p = 0; p < n; p++) {
        double *clock = piece(layout, days, sizeof *clock);
        if (*clocks != NULL)
            (*clocks)[p] = clock;
    }
}

/* A replicate's own tables where milestones slip, else the plan's. */
static void lay_out_force(struct carepath_room *room, struct layout *layout)
{
    const struct carepath_plan *plan = room->plan;
    const size_t n = plan->n_levers * (size_t)plan->months;
    room->force = plan->force;
    if (!plan->slips)
        return;
    room->starts = piece(layout, plan->scenario->n_levers, sizeof *room->starts);
    room->force.strength = piece(layout, n, sizeof *room->force.strength);
    room->force.extra = piece(layout, n, sizeof *room->force.extra);
    room->force.places = piece(layout, plan->n_growths * (size_t)plan->months, sizeof *room->force.places);
}

static void lay_out(struct carepath_room *room, struct layout *layout)
{
    const struct carepath_plan *plan = room->plan;
    const size_t months = (size_t)plan->months;
    const size_t years = plan->fit->mix_drift > 0 ? (months + 11) / 12 : 1;
    const size_t localities = plan->locality_ends != NULL ? plan->fit->history->n_localities : 0;
    const size_t rates = (size_t)plan->exits.n + (size_t)plan->moves.n;
    lay_out_clocks(room, layout, &room->exit_clock, plan->exits.n);
    lay_out_clocks(room, layout, &room->move_clock, plan->moves.n);
    lay_out_clocks(room, layout, &room->return_clock, plan->returns.n);
    room->hazards = piece(layout, (size_t)plan->n_classes * plan->n_cells * rates, sizeof *room->hazards);
    room->has_hazards = piece(layout, carepath_block(plan, plan->n_classes, 0, 0), sizeof *room->has_hazards);
    room->exit_pace = piece(layout, months, sizeof *room->exit_pace);
    room->levels = piece(layout, 3 * months, sizeof *room->levels);
    room->effects = piece(layout, plan->n_levers, sizeof *room->effects);
    room->factors = piece(layout, plan->n_levers * months, sizeof *room->factors);
    lay_out_force(room, layout);
    room->places = plan->has_capacity ? piece(layout, CAREPATH_GROUPS * months, sizeof *room->places) : NULL;
    room->first_ends = piece(layout, years * LEXIS_CELLS, sizeof *room->first_ends);
    room->destination_ends =
        piece(layout, years * LEXIS_CELLS * CAREPATH_GROUPS, sizeof *room->destination_ends);
    room->month_ends = piece(layout, months, sizeof *room->month_ends);
    room->month_nights = piece(layout, months, sizeof *room->month_nights);
    const size_t counts_from = layout->used;
    room->presence = piece(layout, LEXIS_CELLS * (months + 1), sizeof *room->presence);
    room->is_lived = piece(layout, LEXIS_CELLS, sizeof *room->is_lived);
    room->entries = piece(layout, LEXIS_CELLS * months, sizeof *room->entries);
    room->exits = piece(layout, LEXIS_CELLS * months, sizeof *room->exits);
    room->moves = piece(layout, LEXIS_CELLS * months, sizeof *room->moves);
    room->readmissions = piece(layout, LEXIS_CELLS * months, sizeof *room->readmissions);
    room->routes = piece(layout, ROUTE_COUNT * months, sizeof *room->routes);
    int32_t **const people[] = {&room->need_presence, &room->need_entries, &room->need_exits};
    for (size_t i = 0; i < 3; i++)
        *people[i] = piece(layout, NEED_COUNT * (months + 1), sizeof **people[i]);
    int32_t **const places[] = {&room->locality_presence, &room->locality_entries, &room->locality_exits};
    for (size_t i = 0; i < 3; i++) {
        int32_t *at = piece(layout, localities * (months + 1), sizeof *at);
        *places[i] = localities > 0 ? at : NULL;
    }
    room->counts_size = layout->used - counts_from;
}

bool carepath_room_make(const struct carepath_plan *plan, struct carepath_room **out, struct err *err)
{
    struct layout layout = {0};
    struct carepath_room *room = vec_new(1, sizeof *room, err);
    if (room == NULL)
        return false;
    room->plan = plan;
    lay_out(room, &layout);
    room->block = layout.block = vec_new(layout.used + 1, 1, err);
    if (room->block == NULL) {
        free(room);
        return false;
    }
    layout.used = 0;
    lay_out(room, &layout);
    *out = room;
    return true;
}

void carepath_room_free(struct carepath_room *room)
{
    if (room == NULL)
        return;
    free(room->block);
    free(room);
}
