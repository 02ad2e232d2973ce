/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_character.h: what makes one authority differ from another: its long-run mix, durations
 * and spreads, drawn once. Internal to tests/world.
 *
 * Ownership: a plain value. */
#ifndef TURNCURVE_TESTS_WORLD_CHARACTER_H
#define TURNCURVE_TESTS_WORLD_CHARACTER_H

#include "tests/world/draw.h"
#include "tests/world/world.h"

enum { WORLD_AGES = 18, WORLD_SIBLINGS_MAX = 5 };

enum world_law { WORLD_LOGNORMAL, WORLD_WEIBULL, WORLD_LOMAX };
enum world_type {
#define WORLD_TYPE(member, law, centre, shape, spread, frail, home, sgo, other, transfer, custody, words)    \
    WORLD_TYPE_##member,
#include "tests/world/world_type.def"
#undef WORLD_TYPE
    WORLD_TYPE_COUNT
};

/* The wandering of one log rate: a stationary first-order autoregression by quarters and year noise. */
struct world_wander {
    double keep_a_year; /* correlation over a year */
    double sd;          /* stationary */
    double noise;       /* sd of the mean of a year */
};

struct world_character {
    enum world_regime regime;
    double size;
    double families_a_day, uasc_a_day;          /* long-run */
    double age_weight[WORLD_AGES];              /* age of the first child of a family */
    double siblings_weight[WORLD_SIBLINGS_MAX]; /* families of one to five */
    double together;                            /* chance that a child shares the stay of the first */
    double season[12];                          /* January first, mean 1 */
    double type_tilt[WORLD_TYPE_COUNT];         /* multiplies the weight of a kind of stay */
    double centre[WORLD_TYPE_COUNT];            /* as in world_type.def, this authority's */
    double leaving_shape;                   /* gamma frailty of leaving, one a family that stays together */
    double moving_sigma;                    /* log-normal frailty of moving, one a child */
    double adoption_odds;                   /* multiplies the odds of adoption among young permanence */
    double placement_tilt[PLACEMENT_COUNT]; /* multiplies the weight of a placement */
    double return_tilt;                     /* multiplies the chance of coming back into care */
    double uasc_share;                      /* of the children in care, long-run */
    double uasc_theta;                      /* negative binomial shape of a month's arrivals */
    double uasc_dispersed;                  /* share moved on or gone */
    struct world_wander entries, exits, uasc;
    double correlation; /* of the steps of entries and exits */
};

/* Draws the character of a regime (not PANEL_LIKE). size 0 draws it; rates of entry are left at 0 for the
 * caller, who finds them from the length of stays. */
void world_character_draw(struct world_character *character, enum world_regime regime, double size,
                          struct dice *dice);
/* A regime for a world of panel_like, by the weights of world_regime.def. */
enum world_regime world_character_draw_regime(struct dice *dice);
/* A size as English authorities have. */
double world_character_draw_size(struct dice *dice);

#endif
