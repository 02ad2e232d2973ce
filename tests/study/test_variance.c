/* SPDX-License-Identifier: GPL-3.0-or-later
 * The arithmetic of a chain of forecasts. A made-up year is worked out by hand. */
#include "study/variance.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "study/happened.h"
#include "tests/build_history.h"
#include "tests/study/carepath_fixture.h"

Suite *suite_variance(void);

static void set(struct variance_state *state, int g, int64_t nights, int64_t pounds)
{
    state->nights[g] = 100 * nights;
    state->value[VARIANCE_COST][g] = 100 * pounds;
}

/* hand (and methods of the cost variance with its golden numbers): child-weeks 1,200 and 300 at 900 and 5,200
 * pounds, then 1,150 and 380 at 930 and 5,600. Before 2,640,000, after 3,197,500. All weeks 1,500 -> 1,530,
 * the average price before 1,760: volume 30 x 1,760 = 52,800. Price 1,150 x 30 + 380 x 400 = 186,500. The
 * rest, 557,500
 * - 52,800 - 186,500 = 318,200, is mix. By placement: volume 52,800 x 1,080,000 / 2,640,000 = 21,600 and
 * 31,200; price 34,500 and 152,000; change 1,069,500 - 1,080,000 = -10,500 and 2,128,000 - 1,560,000 =
 * 568,000, so mix -10,500 - 21,600 - 34,500 = -66,600 and 568,000 - 31,200 - 152,000 = 384,800. */
START_TEST(a_year_by_hand)
{
    struct variance_state before = {.by_placement = true, .has_cost = true};
    struct variance_state after = before;
    struct variance_part parts[VARIANCE_MEMBERS];
    struct err err = {0};
    set(&before, PLACEMENT_FOSTER_INHOUSE, 1200, 1200 * 900);
    set(&before, PLACEMENT_RES_EXTERNAL, 300, 300 * 5200);
    set(&after, PLACEMENT_FOSTER_INHOUSE, 1150, 1150 * 930);
    set(&after, PLACEMENT_RES_EXTERNAL, 380, 380 * 5600);
    variance_state_sum(&before);
    variance_state_sum(&after);
    ck_assert(variance_split(&before, &after, parts, &err));
    ck_assert_int_eq(parts[VARIANCE_ALL].change, 55750000);
    ck_assert_int_eq(parts[VARIANCE_ALL].volume, 5280000);
    ck_assert_int_eq(parts[VARIANCE_ALL].price, 18650000);
    ck_assert_int_eq(parts[VARIANCE_ALL].mix, 31820000);
    ck_assert_int_eq(parts[PLACEMENT_FOSTER_INHOUSE].volume, 2160000);
    ck_assert_int_eq(parts[PLACEMENT_FOSTER_INHOUSE].price, 3450000);
    ck_assert_int_eq(parts[PLACEMENT_FOSTER_INHOUSE].mix, -6660000);
    ck_assert_int_eq(parts[PLACEMENT_RES_EXTERNAL].volume, 3120000);
    ck_assert_int_eq(parts[PLACEMENT_RES_EXTERNAL].price, 15200000);
    ck_assert_int_eq(parts[PLACEMENT_RES_EXTERNAL].mix, 38480000);
    ck_assert_int_eq(parts[PLACEMENT_SECURE].change, 0);
    ck_assert(isnan(parts[VARIANCE_ALL].error));
}
END_TEST

/* hand: where nobody was before there is no price to differ from, and all is mix; a placement that is new is
 * mix; one that nobody is in any more has no price. */
START_TEST(ends_of_the_split)
{
    struct variance_state none = {.by_placement = true, .has_cost = true};
    struct variance_state some = none;
    struct variance_state other = none;
    struct variance_part parts[VARIANCE_MEMBERS];
    struct err err = {0};
    set(&some, PLACEMENT_SECURE, 10, 1000);
    set(&other, PLACEMENT_SUPPORTED, 10, 400);
    variance_state_sum(&some);
    variance_state_sum(&other);
    ck_assert(variance_split(&none, &some, parts, &err));
    ck_assert_int_eq(parts[VARIANCE_ALL].volume, 0);
    ck_assert_int_eq(parts[PLACEMENT_SECURE].mix, 100000);
    ck_assert_int_eq(parts[PLACEMENT_SECURE].price, 0);
    ck_assert(variance_split(&some, &other, parts, &err));
    ck_assert_int_eq(parts[VARIANCE_ALL].volume, 0);
    ck_assert_int_eq(parts[VARIANCE_ALL].price, 0);
    ck_assert_int_eq(parts[VARIANCE_ALL].mix, -60000);
    ck_assert_int_eq(parts[PLACEMENT_SECURE].mix, -100000);
    ck_assert_int_eq(parts[PLACEMENT_SUPPORTED].mix, 40000);
    ck_assert(variance_split(&some, &none, parts, &err));
    ck_assert_int_eq(parts[VARIANCE_ALL].volume, -100000);
    ck_assert_int_eq(parts[VARIANCE_ALL].mix, 0);
}
END_TEST

/* Whatever the numbers, also of an authority of ten thousand children for a year: parts add up, of each
 * placement and of all. */
START_TEST(parts_add_up_at_random)
{
    struct dice dice = {20261};
    for (int trial = 0; trial < 3000; trial++) {
        struct variance_state states[2] = {{.by_placement = true}, {.by_placement = true}};
        struct variance_part parts[VARIANCE_MEMBERS];
        struct err err = {0};
        for (int s = 0; s < 2; s++) {
            for (int g = 0; g < PLACEMENT_COUNT; g++) {
                const bool empty = dice_below(&dice, 4) == 0;
                states[s].nights[g] = empty ? 0 : dice_below(&dice, 40000000);
                states[s].value[VARIANCE_COST][g] =
                    empty ? 0 : (int64_t)dice_below(&dice, 2000000000) * (1 + dice_below(&dice, 50));
            }
            variance_state_sum(&states[s]);
        }
        ck_assert(variance_split(&states[0], &states[1], parts, &err));
        int64_t sums[4] = {0};
        for (int g = 0; g < PLACEMENT_COUNT; g++) {
            ck_assert_int_eq(parts[g].volume + parts[g].price + parts[g].mix, parts[g].change);
            sums[0] += parts[g].change;
            sums[1] += parts[g].volume;
            sums[2] += parts[g].price;
            sums[3] += parts[g].mix;
        }
        ck_assert_int_eq(sums[0], parts[VARIANCE_ALL].change);
        ck_assert_int_eq(sums[1], parts[VARIANCE_ALL].volume);
        ck_assert_int_eq(sums[2], parts[VARIANCE_ALL].price);
        ck_assert_int_eq(sums[3], parts[VARIANCE_ALL].mix);
        ck_assert_int_eq(parts[VARIANCE_ALL].volume + parts[VARIANCE_ALL].price + parts[VARIANCE_ALL].mix,
                         parts[VARIANCE_ALL].change);
        /* the volume against plain floating arithmetic, to a penny and to fifteen digits */
        const double c0 = (double)states[0].value[VARIANCE_COST][VARIANCE_ALL];
        const double n0 = (double)states[0].nights[VARIANCE_ALL];
        const double exact = ((double)states[1].nights[VARIANCE_ALL] - n0) * c0 / n0;
        if (n0 > 0)
            ck_assert_double_eq_tol((double)parts[VARIANCE_ALL].volume, exact, 1 + fabs(exact) * 1e-13);
    }
}
END_TEST

/* hand: differences 1, 3, 2: mean 2, sd 1, standard error 1 / sqrt(3); unpaired of {0,2,4} and {1,5}:
 * variances 4 and 8, sqrt(4/3 + 8/2). */
START_TEST(errors_are_paired)
{
    double a[VARIANCE_MEMBERS * 3] = {0};
    double b[VARIANCE_MEMBERS * 3] = {0};
    double c[VARIANCE_MEMBERS * 2] = {0};
    const double first[3] = {0, 2, 4};
    const double second[3] = {1, 5, 6};
    const double two[2] = {1, 5};
    memcpy(a + (size_t)VARIANCE_ALL * 3, first, sizeof first);
    memcpy(b + (size_t)VARIANCE_ALL * 3, second, sizeof second);
    memcpy(c + (size_t)VARIANCE_ALL * 2, two, sizeof two);
    struct variance_state before = {.futures = {a, NULL}, .replicates = 3};
    struct variance_state after = {.futures = {b, NULL}, .replicates = 3};
    struct variance_state fewer = {.futures = {c, NULL}, .replicates = 2};
    ck_assert_double_eq_tol(variance_part(&before, &after, VARIANCE_CHILDREN, VARIANCE_ALL).error,
                            1 / sqrt(3), 1e-12);
    ck_assert_double_eq_tol(variance_part(&before, &fewer, VARIANCE_CHILDREN, VARIANCE_ALL).error,
                            sqrt(4.0 / 3 + 4), 1e-12);
    ck_assert(isnan(variance_part(&before, &after, VARIANCE_COST, VARIANCE_ALL).error));
}
END_TEST

/* The state of a real run: children are the means of its futures, and all is the sum of its placements. */
START_TEST(states_of_a_run)
{
    struct err err = {0};
    struct fixture f;
    struct variance_state state;
    struct variance_state same;
    const int64_t none[PLACEMENT_COUNT] = {0};
    fixture_open(&f, 12, 40, 3);
    const struct variance_period period = {.stock_month = 11, .first_month = 0, .last_month = 11};
    ck_assert(variance_state_make(&f.base, &period, NULL, none, &state, &err));
    double stock[40];
    double cost[40];
    double mean = 0;
    double pounds = 0;
    draws_values(&f.base, MEASURE_STOCK, (struct group){GROUP_ALL, 0}, 0, 11, stock);
    draws_values(&f.base, MEASURE_COST, (struct group){GROUP_ALL, 0}, 0, 11, cost);
    for (int r = 0; r < 40; r++) {
        mean += stock[r] / 40;
        pounds += cost[r] / 40;
        ck_assert_double_eq_tol(state.futures[VARIANCE_COST][VARIANCE_ALL * 40 + r], cost[r], 1e-3);
    }
    /* each of eleven placements is rounded to a hundredth, each month of cost to a penny */
    ck_assert_double_eq_tol((double)state.value[VARIANCE_CHILDREN][VARIANCE_ALL], 100 * mean,
                            .5 * PLACEMENT_COUNT);
    ck_assert_double_eq_tol((double)state.value[VARIANCE_COST][VARIANCE_ALL], pounds,
                            .5 * PLACEMENT_COUNT * 12);
    ck_assert(state.nights[VARIANCE_ALL] > 0);
    /* nothing changed: nothing moves, and that is certain */
    ck_assert(variance_state_make(&f.base, &period, NULL, none, &same, &err));
    const struct variance_part part = variance_part(&state, &same, VARIANCE_COST, VARIANCE_ALL);
    ck_assert_int_eq(part.change, 0);
    ck_assert_double_eq_tol(part.error, 0, 1e-12);
    variance_state_free(&state);
    variance_state_free(&same);
    fixture_close(&f);
}
END_TEST

Suite *suite_variance(void)
{
    Suite *suite = suite_create("variance");
    TCase *tests = tcase_create("variance");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, a_year_by_hand);
    tcase_add_test(tests, ends_of_the_split);
    tcase_add_test(tests, parts_add_up_at_random);
    tcase_add_test(tests, errors_are_paired);
    tcase_add_test(tests, states_of_a_run);
    suite_add_tcase(suite, tests);
    return suite;
}
