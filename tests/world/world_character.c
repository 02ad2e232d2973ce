/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything is drawn around the national figure, log-normally, so that no two authorities share a rate. The
 * spreads between authorities follow the published panel where it shows them: ages at start, placements,
 * unaccompanied children (10th and 90th percentile of 145 authorities). */
#include "tests/world/world_character.h"

#include <math.h>
#include <string.h>

static const struct {
    double smallest, largest, spread, weight;
} regimes[] = {
#define WORLD_REGIME(member, name, smallest, largest, spread, weight, words)                                 \
    {(smallest), (largest), (spread), (weight)},
#include "tests/world/world_regime.def"
#undef WORLD_REGIME
};

static const struct {
    double centre, spread;
} types[] = {
#define WORLD_TYPE(member, law, centre, shape, spread, frail, home, sgo, other, transfer, custody, words)    \
    {(centre), (spread)},
#include "tests/world/world_type.def"
#undef WORLD_TYPE
};

/* Age of the first child of a family. Brothers and sisters, children who come back and unaccompanied ones are
 * added to them; all together then start at England's ages, which are published by band (years within a band
 * are judgement). */
static const double start_ages[WORLD_AGES] = {28.0, 4.8, 3.9, 3.5, 3.1, 2.9, 2.8, 2.7, 2.7,
                                              2.7,  2.8, 3.2, 3.7, 4.4, 5.1, 5.3, 6.8, 4.0};

/* Families of one to five children who start together; larger in the middle of childhood, world_life.c. */
static const double siblings[WORLD_SIBLINGS_MAX] = {78, 14.5, 5.1, 1.7, 0.7};

/* Own wandering of the usual authority. Found by simulation so that yearly changes over worlds have the
 * published panel's variances net of Poisson noise by lag (tests/stat/test_world.c). They are not the panel's
 * own figures: brothers and sisters already make part of the year noise, and a change of pace reaches only
 * those exits that are not 18th birthdays, and wears off as the children it moves are gone. */
static const struct world_wander usual_entries = {.keep_a_year = 0.62, .sd = 0.167, .noise = 0.042};
static const struct world_wander usual_exits = {.keep_a_year = 0.93, .sd = 0.39, .noise = 0.066};
static const struct world_wander usual_uasc = {.keep_a_year = 0.70, .sd = 0.45, .noise = 0};
static const double usual_correlation = -0.08;
static const double spread_sigma = 0.30; /* of an authority's own spread around the usual, log scale */

enum world_regime world_character_draw_regime(struct dice *dice)
{
    double weights[WORLD_REGIME_COUNT];
    for (int i = 0; i < WORLD_REGIME_COUNT; i++)
        weights[i] = regimes[i].weight;
    return (enum world_regime)draw_member(dice, weights, WORLD_REGIME_COUNT);
}

double world_character_draw_size(struct dice *dice)
{
    /* Mean children in care of 145 authorities, 2010-22: mean log 6.01, sd .61. */
    const double size = draw_lognormal(dice, 407, 0.61);
    return fmin(fmax(size, 60), 2000);
}

static void draw_entrants(struct world_character *c, struct dice *dice)
{
    const double tilt = 0.28 * draw_normal(dice); /* older or younger than England, per ten years of age */
    for (int age = 0; age < WORLD_AGES; age++) {
        c->age_weight[age] = start_ages[age] * exp(tilt * (age - 8) / 10.0);
        if (c->regime == WORLD_YOUNG)
            c->age_weight[age] *= age < 5 ? 1.9 : age < 10 ? 1 : 0.5;
        if (c->regime == WORLD_TEENAGERS)
            c->age_weight[age] *= age < 5 ? 0.45 : age < 10 ? 0.7 : 1.6;
    }
    const double more = 0.15 * draw_normal(dice);
    for (int n = 0; n < WORLD_SIBLINGS_MAX; n++)
        c->siblings_weight[n] = siblings[n] * exp(more * n);
    c->together = draw_between(dice, 0.7, 0.95);
    double sum = 0;
    for (int month = 0; month < 12; month++)
        sum += c->season[month] = draw_lognormal(dice, 1, 0.05);
    for (int month = 0; month < 12; month++)
        c->season[month] *= 12 / sum;
    c->uasc_share = fmin(draw_lognormal(dice, 0.046, 0.85), 0.3);
    if (c->regime == WORLD_SURGE_UASC) /* a surge on next to nobody would be none */
        c->uasc_share = draw_between(dice, 0.02, 0.07);
    c->uasc_theta = draw_between(dice, 2, 6);
    c->uasc_dispersed = draw_between(dice, 0.05, 0.30);
}

static void draw_stays(struct world_character *c, struct dice *dice)
{
    for (int type = 0; type < WORLD_TYPE_COUNT; type++) {
        c->type_tilt[type] = draw_lognormal(dice, 1, 0.27);
        c->centre[type] = draw_lognormal(dice, types[type].centre, types[type].spread);
    }
    c->leaving_shape = draw_between(dice, 2, 6);
    c->moving_sigma = draw_between(dice, 0.9, 1.1);
    c->adoption_odds = draw_lognormal(dice, 1, 0.30);
    c->return_tilt = draw_lognormal(dice, 1, 0.20);
    if (c->regime == WORLD_YOUNG) {
        c->type_tilt[WORLD_TYPE_SHORT] *= 1.4;
        c->type_tilt[WORLD_TYPE_PERMANENCE] *= 1.4;
        c->adoption_odds *= 1.5;
    }
}

static void draw_placements(struct world_character *c, struct dice *dice)
{
    static const double spread[PLACEMENT_COUNT] = {
#define WORLD_PLACEMENT(group, scale, shape, settles, spread, inside) [PLACEMENT_##group] = (spread),
#include "tests/world/world_placement.def"
#undef WORLD_PLACEMENT
    };
    for (int group = 0; group < PLACEMENT_COUNT; group++)
        c->placement_tilt[group] = draw_lognormal(dice, 1, spread[group]);
    if (c->regime == WORLD_TEENAGERS) {
        c->placement_tilt[PLACEMENT_RES_INHOUSE] *= 1.6;
        c->placement_tilt[PLACEMENT_RES_EXTERNAL] *= 1.8;
    }
}

static void draw_spreads(struct world_character *c, struct dice *dice)
{
    /* A quiet authority is mostly quiet in both. */
    const double shared = draw_normal(dice);
    const double spread = regimes[c->regime].spread;
    const double entries = spread * exp(spread_sigma * (0.7 * shared + 0.7 * draw_normal(dice)));
    const double exits = spread * exp(spread_sigma * (0.7 * shared + 0.7 * draw_normal(dice)));
    c->entries = usual_entries;
    c->exits = usual_exits;
    c->uasc = usual_uasc;
    c->entries.sd *= entries;
    c->entries.noise *= entries;
    c->exits.sd *= exits;
    c->exits.noise *= exits;
    c->entries.keep_a_year = draw_between(dice, -0.08, 0.08) + usual_entries.keep_a_year;
    c->exits.keep_a_year = draw_between(dice, -0.05, 0.05) + usual_exits.keep_a_year;
    c->correlation = draw_between(dice, -0.2, 0.2) + usual_correlation;
}

void world_character_draw(struct world_character *character, enum world_regime regime, double size,
                          struct dice *dice)
{
    memset(character, 0, sizeof *character);
    character->regime = regime;
    const double low = log(regimes[regime].smallest);
    const double drawn = exp(draw_between(dice, low, log(regimes[regime].largest)));
    character->size = size > 0 ? size : drawn;
    draw_entrants(character, dice);
    draw_stays(character, dice);
    draw_placements(character, dice);
    draw_spreads(character, dice);
}
