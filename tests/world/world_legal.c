/* SPDX-License-Identifier: GPL-3.0-or-later
 * Emergency protection for days, then an agreement with parents (V2) or an interim order (C1), from which
 * proceedings lead to a full care order (C2) within a year, or to a placement order (E1) before adoption. */
#include "tests/world/world_legal.h"

/* Shares of the first status by kind of stay; for those in long care by age. What is left starts on an
 * interim order. */
static double agreed_share(enum world_type type, int32_t age)
{
    switch (type) {
    case WORLD_TYPE_SHORT:
        return 0.60;
    case WORLD_TYPE_PERMANENCE:
        return 0.20;
    case WORLD_TYPE_CONTESTED:
        return 0.30;
    case WORLD_TYPE_LONG:
        return age < 10 ? 0.20 : age < 14 ? 0.38 : age < 16 ? 0.60 : 0.85;
    case WORLD_TYPE_REMAND:
        return 0;
    case WORLD_TYPE_UASC_STAY:
    case WORLD_TYPE_UASC_ON:
        return 1;
    case WORLD_TYPE_COUNT:
        break;
    }
    return 0;
}

/* Adds a status unless the spell ends first or the last one starts later. */
static void add(struct world_course *course, day start, day end, enum legal_status status)
{
    const int32_t n = course->n_statuses;
    if (start >= end || n == WORLD_STATUSES_MAX || (n > 0 && start <= course->statuses[n - 1].start))
        return;
    course->statuses[n].start = start;
    course->statuses[n].status = status;
    course->n_statuses++;
}

void world_legal_draw(struct world_course *course, const struct world_life *life,
                      const struct world_spell *spell, day placed, struct dice *dice)
{
    const int32_t age = date_age_on(life->born, spell->start);
    const day end = spell->end;
    day at = spell->start;
    course->n_statuses = 0;
    if (spell->type == WORLD_TYPE_REMAND) {
        add(course, at, end, STATUS_J1);
        return;
    }
    if (!life->uasc && draw_chance(dice, 0.12)) {
        const bool by_police = draw_chance(dice, 0.85);
        add(course, at, end, by_police ? STATUS_L1 : STATUS_L2);
        at += 1 + dice_below(dice, by_police ? 3 : 14);
    }
    bool in_court = true;
    if (draw_chance(dice, agreed_share(spell->type, age))) {
        add(course, at, end, STATUS_V2);
        in_court = !life->uasc && (age < 14 ? draw_chance(dice, 0.80) : draw_chance(dice, 0.40));
        at += 1 + (day)draw_lognormal(dice, 75, 0.9);
    }
    if (!in_court)
        return;
    add(course, at, end, STATUS_C1);
    if (placed != DAY_OPEN) {
        const day ordered = placed - (day)draw_lognormal(dice, 210, 0.5);
        add(course, ordered > at ? ordered : at + 1, end, STATUS_E1);
        return;
    }
    if (spell->route == ROUTE_SGO && draw_chance(dice, 0.4))
        return; /* the guardianship order ends the proceedings */
    add(course, at + 1 + (day)draw_lognormal(dice, 270, 0.4), end, STATUS_C2);
}
