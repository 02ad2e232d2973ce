/* SPDX-License-Identifier: GPL-3.0-or-later
 * What replicates gave, kept and given back: raw as it was, final in thousandths whose parts add up. */
#include "sim/draws.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/build_history.h"

Suite *suite_draws(void);

enum { MONTHS = 3, RUNS = 5 };
static const struct group everyone = {GROUP_ALL, 0};

/* Stock of all, of three placements, of unaccompanied children; nights of all and of three placements; exits
 * of all and by two routes. */
static const struct result_series series[] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},        {MEASURE_STOCK, {GROUP_PLACEMENT, 0}},
    {MEASURE_STOCK, {GROUP_PLACEMENT, 1}},  {MEASURE_STOCK, {GROUP_PLACEMENT, 2}},
    {MEASURE_STOCK, {GROUP_UASC, 0}},       {MEASURE_EXITS, {GROUP_ALL, 0}},
    {MEASURE_EXITS, {GROUP_ROUTE, 0}},      {MEASURE_EXITS, {GROUP_ROUTE, 1}},
    {MEASURE_NIGHTS, {GROUP_ALL, 0}},       {MEASURE_NIGHTS, {GROUP_PLACEMENT, 0}},
    {MEASURE_NIGHTS, {GROUP_PLACEMENT, 1}}, {MEASURE_NIGHTS, {GROUP_PLACEMENT, 2}},
};
enum {
    N = sizeof series / sizeof series[0],
    STOCK_PARTS = 1,
    UASC = 4,
    EXITS = 5,
    NIGHTS = 8,
    NIGHT_PARTS = 9
};

/* A replicate whose parts add up; `large` makes numbers that 16 bits do not hold. */
static void fill(struct dice *dice, int32_t large, int32_t at[N][MONTHS])
{
    for (int m = 0; m < MONTHS; m++) {
        at[0][m] = at[NIGHTS][m] = at[EXITS][m] = 0;
        for (int i = 0; i < 3; i++) {
            at[STOCK_PARTS + i][m] = dice_below(dice, 200) + large;
            at[NIGHT_PARTS + i][m] = dice_below(dice, 6000) + large;
            at[0][m] += at[STOCK_PARTS + i][m];
            at[NIGHTS][m] += at[NIGHT_PARTS + i][m];
        }
        for (int i = 1; i <= 2; i++) {
            at[EXITS + i][m] = dice_below(dice, 9);
            at[EXITS][m] += at[EXITS + i][m];
        }
        at[UASC][m] = dice_below(dice, 1 + at[STOCK_PARTS][m]);
    }
}

struct fixture {
    struct draws draws;
    int32_t values[RUNS][N][MONTHS];
};

/* large of replicate r: every other one when wide. */
static void open_fixture(struct fixture *f, bool wide)
{
    struct err err = {0};
    struct dice dice = {8};
    ck_assert(draws_make(series, N, MONTHS, RUNS, &f->draws, &err));
    for (int32_t r = RUNS - 1; r >= 0; r--) { /* in any order */
        fill(&dice, wide && r % 2 == 0 ? 70000 : 0, f->values[r]);
        ck_assert(draws_put(&f->draws, r, f->values[r][0], &err));
    }
}

static void give_ratios(struct fixture *f)
{
    struct err err = {0};
    f->draws.ratios = vec_new((size_t)RUNS * MONTHS, sizeof *f->draws.ratios, &err);
    ck_assert_ptr_nonnull(f->draws.ratios);
    for (int i = 0; i < RUNS * MONTHS; i++)
        f->draws.ratios[i] = .6 + .07 * i;
}

static double ratio_of(const struct fixture *f, int32_t replicate, int month)
{
    return f->draws.ratios[(size_t)replicate * MONTHS + (size_t)month];
}

START_TEST(counts_come_back_as_they_were)
{
    struct fixture f;
    open_fixture(&f, _i == 1);
    for (int32_t r = 0; r < RUNS; r++) {
        for (size_t s = 0; s < N; s++) {
            int32_t row[MONTHS];
            draws_raw(&f.draws, r, s, row);
            ck_assert_mem_eq(row, f.values[r][s], sizeof row);
        }
    }
    draws_free(&f.draws);
    ck_assert_ptr_null(f.draws.rows);
}
END_TEST

START_TEST(numbers_at_the_ends_of_bytes)
{
    /* However few bytes a count is kept in, the largest of each and the one after it come back. */
    static const int32_t ends[] = {0,     1,     127,   128,   255,           256,
                                   32767, 32768, 65535, 65536, INT32_MAX - 1, INT32_MAX};
    enum { ENDS = sizeof ends / sizeof ends[0] };
    static const struct result_series two[] = {{MEASURE_STOCK, {GROUP_ALL, 0}},
                                               {MEASURE_MOVES, {GROUP_ALL, 0}}};
    struct err err = {0};
    struct draws draws;
    ck_assert(draws_make(two, 2, 3, ENDS, &draws, &err));
    for (int32_t r = 0; r < ENDS; r++) {
        const int32_t values[] = {3, ends[r], 0, ends[ENDS - 1 - r], 1, 2};
        ck_assert(draws_put(&draws, r, values, &err));
    }
    for (int32_t r = 0; r < ENDS; r++) {
        int32_t row[3];
        draws_raw(&draws, r, 0, row);
        ck_assert(row[0] == 3 && row[1] == ends[r] && row[2] == 0);
        draws_raw(&draws, r, 1, row);
        ck_assert(row[0] == ends[ENDS - 1 - r] && row[1] == 1 && row[2] == 2);
    }
    /* a second time takes the place of the first */
    const int32_t again[] = {70000, 0, 9, 5, 5, 5};
    int32_t row[3];
    ck_assert(draws_put(&draws, 4, again, &err));
    draws_raw(&draws, 4, 0, row);
    ck_assert_mem_eq(row, again, sizeof row);
    draws_free(&draws);
}
END_TEST

START_TEST(series_are_found)
{
    struct fixture f;
    open_fixture(&f, false);
    ck_assert_uint_eq(draws_find(&f.draws, MEASURE_NIGHTS, (struct group){GROUP_PLACEMENT, 1}), 10);
    ck_assert_uint_eq(draws_find(&f.draws, MEASURE_NIGHTS, (struct group){GROUP_PLACEMENT, 3}), N);
    ck_assert_uint_eq(draws_find(&f.draws, MEASURE_MOVES, everyone), N);
    ck_assert_int_eq(draws_unit(&f.draws, MEASURE_STOCK), 1);
    give_ratios(&f);
    ck_assert_int_eq(draws_unit(&f.draws, MEASURE_STOCK), 1000);
    ck_assert_int_eq(draws_unit(&f.draws, MEASURE_NIGHTS), 1);
    ck_assert_int_eq(draws_unit(&f.draws, MEASURE_EXITS), 1);
    for (int kind = 0; kind < GROUP_KIND_COUNT; kind++)
        ck_assert_int_eq(draws_is_partition((enum group_kind)kind),
                         kind == GROUP_PLACEMENT || kind == GROUP_AGE || kind == GROUP_LEGAL ||
                             kind == GROUP_NEED || kind == GROUP_LOCALITY);
    draws_free(&f.draws);
}
END_TEST

START_TEST(without_ratios_the_final_is_the_raw)
{
    struct fixture f;
    open_fixture(&f, false);
    int32_t out[3 * MONTHS], work[4 * MONTHS];
    for (int32_t r = 0; r < RUNS; r++) {
        draws_final(&f.draws, r, STOCK_PARTS, 3, out, work);
        ck_assert_mem_eq(out, f.values[r][STOCK_PARTS], sizeof out);
    }
    draws_free(&f.draws);
}
END_TEST

/* Parts of a month by hand: floors of raw x scale, then one more for the largest remainders, the first of
 * equal ones first. */
static void share_by_hand(const int32_t raw[3], double scale, int32_t total, int32_t out[3])
{
    bool raised[3] = {false, false, false};
    int32_t left = total;
    for (int i = 0; i < 3; i++)
        left -= out[i] = (int32_t)floor(raw[i] * scale);
    for (; left > 0; left--) {
        int best = -1;
        for (int i = 0; i < 3; i++)
            if (!raised[i] && (best < 0 || raw[i] * scale - floor(raw[i] * scale) >
                                               raw[best] * scale - floor(raw[best] * scale)))
                best = i;
        raised[best] = true;
        out[best]++;
    }
}

START_TEST(parts_sum_to_all_in_every_replicate)
{
    struct fixture f;
    open_fixture(&f, false);
    give_ratios(&f);
    int32_t all[MONTHS], parts[3][MONTHS], work[4 * MONTHS];
    for (int32_t r = 0; r < RUNS; r++)
        for (int nights = 0; nights <= 1; nights++) {
            draws_final(&f.draws, r, nights ? NIGHTS : 0, 1, all, work);
            draws_final(&f.draws, r, nights ? NIGHT_PARTS : STOCK_PARTS, 3, parts[0], work);
            for (int m = 0; m < MONTHS; m++) {
                const double before = m > 0 ? ratio_of(&f, r, m - 1) : 1;
                const double ratio = nights ? (before + ratio_of(&f, r, m)) / 2 : ratio_of(&f, r, m);
                const double scale = ratio * (nights ? 1 : 1000);
                int32_t(*raw)[MONTHS] = f.values[r] + (nights ? NIGHTS : 0);
                ck_assert_int_eq(all[m], (int32_t)floor(raw[0][m] * scale + .5));
                ck_assert_int_eq(parts[0][m] + parts[1][m] + parts[2][m], all[m]);
                const int32_t three[] = {raw[1][m], raw[2][m], raw[3][m]};
                int32_t hand[3];
                share_by_hand(three, scale, all[m], hand);
                for (int i = 0; i < 3; i++)
                    ck_assert_int_eq(parts[i][m], hand[i]);
            }
        }
    draws_free(&f.draws);
}
END_TEST

START_TEST(what_is_no_partition_is_scaled_by_itself)
{
    struct fixture f;
    open_fixture(&f, false);
    give_ratios(&f);
    int32_t out[2 * MONTHS], work[3 * MONTHS];
    for (int32_t r = 0; r < RUNS; r++) {
        draws_final(&f.draws, r, UASC, 1, out, work);
        for (int m = 0; m < MONTHS; m++)
            ck_assert_int_eq(out[m], (int32_t)floor(f.values[r][UASC][m] * ratio_of(&f, r, m) * 1000 + .5));
        /* flows keep their own values, and so their routes add up */
        draws_final(&f.draws, r, EXITS + 1, 2, out, work);
        ck_assert_mem_eq(out, f.values[r][EXITS + 1], sizeof out);
    }
    draws_free(&f.draws);
}
END_TEST

START_TEST(values_over_months)
{
    struct fixture f;
    struct err err = {0};
    double out[RUNS];
    open_fixture(&f, true);
    /* a stock is that of the last month, a flow the sum */
    draws_values(&f.draws, MEASURE_STOCK, everyone, 0, 2, out);
    for (int r = 0; r < RUNS; r++)
        ck_assert_double_eq(out[r], f.values[r][0][2]);
    draws_values(&f.draws, MEASURE_EXITS, (struct group){GROUP_ROUTE, 1}, 1, 2, out);
    for (int r = 0; r < RUNS; r++)
        ck_assert_double_eq(out[r], f.values[r][EXITS + 2][1] + f.values[r][EXITS + 2][2]);
    give_ratios(&f);
    draws_values(&f.draws, MEASURE_STOCK, everyone, 0, 1, out);
    for (int r = 0; r < RUNS; r++)
        ck_assert_double_eq_tol(out[r], f.values[r][0][1] * ratio_of(&f, r, 1), 1e-9);
    draws_values(&f.draws, MEASURE_NIGHTS, everyone, 0, 1, out);
    for (int r = 0; r < RUNS; r++) {
        const double first = (1 + ratio_of(&f, r, 0)) / 2;
        const double second = (ratio_of(&f, r, 0) + ratio_of(&f, r, 1)) / 2;
        ck_assert_double_eq_tol(out[r], f.values[r][NIGHTS][0] * first + f.values[r][NIGHTS][1] * second,
                                1e-6);
    }
    draws_values(&f.draws, MEASURE_EXITS, everyone, 0, 0, out);
    ck_assert_double_eq(out[1], f.values[1][EXITS][0]);
    /* cost: pence by placement and month */
    f.draws.costs = vec_new((size_t)RUNS * PLACEMENT_COUNT * MONTHS, sizeof *f.draws.costs, &err);
    ck_assert_ptr_nonnull(f.draws.costs);
    for (size_t i = 0; i < (size_t)RUNS * PLACEMENT_COUNT * MONTHS; i++)
        f.draws.costs[i] = (pence)i;
    draws_values(&f.draws, MEASURE_COST, (struct group){GROUP_PLACEMENT, 2}, 0, 1, out);
    /* hand: row 2 of replicate 1 begins at (11 + 2) x 3 = 39: 39 + 40 */
    ck_assert_double_eq(out[1], 79);
    draws_values(&f.draws, MEASURE_COST, everyone, 2, 2, out);
    /* replicate 0: 2, 5, 8, .. 32 */
    ck_assert_double_eq(out[0], 187);
    draws_free(&f.draws);
}
END_TEST

START_TEST(money_is_added_in_whole_pence)
{
    /* pitfall 31: 10, 20 and 70 pence are 100 in any order; as pounds .7 + .2 + .1 is 1 - 2^-53 */
    static const pence orders[][3] = {{10, 20, 70}, {10, 70, 20}, {20, 10, 70},
                                      {20, 70, 10}, {70, 10, 20}, {70, 20, 10}};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct fixture f;
        struct err err = {0};
        double out[RUNS];
        open_fixture(&f, true);
        f.draws.costs = vec_new((size_t)RUNS * PLACEMENT_COUNT * MONTHS, sizeof *f.draws.costs, &err);
        ck_assert_ptr_nonnull(f.draws.costs);
        for (size_t k = 0; k < 3; k++) {
            f.draws.costs[(3 * k + 1) * MONTHS] = orders[i][k]; /* of three placements in the first month */
            f.draws.costs[(size_t)(PLACEMENT_COUNT + 2) * MONTHS + k] =
                orders[i][k]; /* of one in three months */
        }
        draws_values(&f.draws, MEASURE_COST, everyone, 0, 0, out);
        ck_assert_double_eq(out[0], 100);
        draws_values(&f.draws, MEASURE_COST, (struct group){GROUP_PLACEMENT, 2}, 0, 2, out);
        ck_assert_double_eq(out[1], 100);
        draws_free(&f.draws);
    }
}
END_TEST

Suite *suite_draws(void)
{
    Suite *suite = suite_create("draws");
    TCase *tcase = tcase_create("draws");
    tcase_add_loop_test(tcase, counts_come_back_as_they_were, 0, 2);
    tcase_add_test(tcase, numbers_at_the_ends_of_bytes);
    tcase_add_test(tcase, series_are_found);
    tcase_add_test(tcase, without_ratios_the_final_is_the_raw);
    tcase_add_test(tcase, parts_sum_to_all_in_every_replicate);
    tcase_add_test(tcase, what_is_no_partition_is_scaled_by_itself);
    tcase_add_test(tcase, values_over_months);
    tcase_add_test(tcase, money_is_added_in_whole_pence);
    suite_add_tcase(suite, tcase);
    return suite;
}
