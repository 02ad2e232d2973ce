/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lives of synthetic worlds: lengths of stay by kind against their laws, mixed over the frailty of leaving;
 * families. A comparison with a law fails for a right program once in 10^6 seeds (4.89 standard errors). */
#include "tests/world/world_life.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

Suite *suite_world_life(void);

static const double z = 4.89;
static const double days_to_rare = 150 * 365.25; /* ends that no kind of stay explains */

/* P(T > t) of a kind of stay for one pace of leaving; pace 1 where there is no frailty. Parameters are those
 * of world_type.def, but for the centre. */
static double survival(enum world_type type, double centre, double pace, double t)
{
    switch (type) {
    case WORLD_TYPE_SHORT:
        return gsl_cdf_ugaussian_Q(log(t / centre) / 1.30);
    case WORLD_TYPE_PERMANENCE:
        return gsl_cdf_ugaussian_Q(log(t / centre) / 0.45);
    case WORLD_TYPE_CONTESTED:
        return exp(-pow(t * pace / centre, 0.8));
    case WORLD_TYPE_LONG:
        return pow(1 + t * pace / centre, -0.38);
    case WORLD_TYPE_REMAND:
    case WORLD_TYPE_UASC_STAY:
    case WORLD_TYPE_UASC_ON:
    case WORLD_TYPE_COUNT:
        break;
    }
    return NAN;
}

/* The same over a gamma of mean 1 for the pace, by the midpoint rule on its distribution function. */
static double mixed_survival(enum world_type type, double centre, double shape, double t)
{
    enum { POINTS = 2000 };
    if (type == WORLD_TYPE_SHORT || type == WORLD_TYPE_PERMANENCE)
        return survival(type, centre, 1, t);
    double sum = 0;
    for (int i = 0; i < POINTS; i++)
        sum += survival(type, centre, gsl_cdf_gamma_Pinv((i + 0.5) / POINTS, shape, 1 / shape), t);
    return sum / POINTS;
}

/* Children of 3 who stay in one way. */
static struct world_character only(enum world_type type)
{
    struct world_character character;
    memset(&character, 0, sizeof character);
    character.age_weight[3] = 1;
    character.siblings_weight[0] = 1;
    character.type_tilt[type] = 1;
    character.centre[type] = 300;
    character.leaving_shape = 2;
    character.adoption_odds = 1;
    return character;
}

START_TEST(stays_have_their_laws)
{
    static const enum world_type types[] = {WORLD_TYPE_SHORT, WORLD_TYPE_PERMANENCE, WORLD_TYPE_CONTESTED,
                                            WORLD_TYPE_LONG};
    static const int32_t at[] = {7, 60, 200, 450, 900, 3000};
    enum { CHILDREN = 60000, TIMES = sizeof at / sizeof at[0] };
    const enum world_type type = types[_i];
    const struct world_character character = only(type);
    const day start = date_from_civil(2010, 1, 15);
    struct dice dice = {(uint64_t)_i + 5};
    int64_t beyond[TIMES] = {0};
    for (int i = 0; i < CHILDREN; i++) {
        struct world_life children[WORLD_SIBLINGS_MAX];
        ck_assert_int_eq(world_life_family(&character, NULL, start, &dice, children), 1);
        ck_assert_int_eq(children[0].spells[0].type, type);
        ck_assert_int_eq(children[0].n_spells, 1); /* return_tilt is 0 */
        for (int k = 0; k < TIMES; k++)
            beyond[k] += children[0].spells[0].end - start > at[k];
    }
    for (int k = 0; k < TIMES; k++) {
        const double p = mixed_survival(type, 300, 2, at[k]) * exp(-at[k] / days_to_rare);
        const double share = (double)beyond[k] / CHILDREN;
        ck_assert_msg(fabs(share - p) < z * sqrt(p * (1 - p) / CHILDREN) + 1e-6,
                      "kind %d, %d days: %g, not %g", (int)type, (int)at[k], share, p);
    }
}
END_TEST

/* One exit clock for those who stay together. */
START_TEST(families_leave_together)
{
    enum { FAMILIES = 20000 };
    struct dice dice = {1};
    struct world_character character;
    int64_t n_children = 0, squares = 0, n_siblings = 0, n_together = 0;
    for (int i = 0; i < FAMILIES; i++) {
        if (i % 100 == 0)
            world_character_draw(&character, WORLD_STEADY_LARGE, 0, &dice);
        struct world_life children[WORLD_SIBLINGS_MAX];
        const int32_t n = world_life_family(&character, NULL, date_from_civil(2019, 6, 1), &dice, children);
        n_children += n;
        squares += (int64_t)n * n;
        n_siblings += n - 1;
        for (int32_t k = 1; k < n; k++)
            n_together += children[k].spells[0].end == children[0].spells[0].end;
    }
    /* index of dispersion of a Poisson number of families: E n^2 / E n */
    const double dispersion = (double)squares / (double)n_children;
    const double together = (double)n_together / (double)n_siblings;
    printf("brothers and sisters: dispersion %.2f, leaving on one day %.2f\n", dispersion, together);
    ck_assert(dispersion > 1.5 && dispersion < 1.9);
    /* "high probability", less those whom age parts: the 18th birthday, adoption of the youngest */
    ck_assert(together > 0.5 && together < 0.85);
}
END_TEST

Suite *suite_world_life(void)
{
    Suite *suite = suite_create("world_life");
    TCase *tcase = tcase_create("world_life");
    tcase_add_loop_test(tcase, stays_have_their_laws, 0, 4);
    tcase_add_test(tcase, families_leave_together);
    suite_add_tcase(suite, tcase);
    return suite;
}
