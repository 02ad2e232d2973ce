/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of quantities, and their values known and simulated, by hand. */
#include "study/quantity.h"

#include <check.h>
#include <math.h>

#include "tests/build_history.h"

Suite *suite_quantity(void);

enum { MONTHS = 14, RUNS = 2, SERIES = 3 };

START_TEST(names)
{
    static const char *const localities[] = {"East: end", "unknown"};
    static const struct {
        const char *text;
        bool ok;
        struct quantity quantity;
    } cases[] = {
        {"stock", true, {MEASURE_STOCK, {GROUP_ALL, 0}, false}},
        {" stock:all ", true, {MEASURE_STOCK, {GROUP_ALL, 0}, false}},
        {"stock:placement:res_external",
         true,
         {MEASURE_STOCK, {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}, false}},
        {"exits:route:home", true, {MEASURE_EXITS, {GROUP_ROUTE, ROUTE_HOME}, false}},
        {"entries:age:10-15", true, {MEASURE_ENTRIES, {GROUP_AGE, AGE_10_15}, false}},
        {"stock:uasc:yes", true, {MEASURE_STOCK, {GROUP_UASC, 0}, false}},
        {"stock:locality:East: end", true, {MEASURE_STOCK, {GROUP_LOCALITY, 0}, false}},
        {"cost:placement:foster_ifa", true, {MEASURE_COST, {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA}, false}},
        {"stock:route:home", false, {0}}, /* only exits have routes */
        {"stock:placement:castle", false, {0}},
        {"stock:", false, {0}},
        {"stock:placement", false, {0}},
        {"carer_survey_households", false, {0}},
        {"", false, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct quantity quantity = {0};
        const bool ok = quantity_parse(str_of(cases[i].text), localities, 2, &quantity);
        ck_assert_msg(ok == cases[i].ok, "%s", cases[i].text);
        ck_assert_int_eq(quantity.measure, cases[i].quantity.measure);
        ck_assert_int_eq(quantity.group.kind, cases[i].quantity.group.kind);
        ck_assert_int_eq(quantity.group.member, cases[i].quantity.group.member);
    }
}
END_TEST

START_TEST(words)
{
    char out[QUANTITY_WORDS];
    quantity_say(&(struct quantity){MEASURE_STOCK, {GROUP_ALL, 0}, false}, NULL, out);
    ck_assert_str_eq(out, "Children looked after");
    quantity_say(&(struct quantity){MEASURE_STOCK, {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA}, true}, NULL, out);
    ck_assert_str_eq(out, "Children looked after, Foster: agency, per cent of all");
    quantity_say(&(struct quantity){MEASURE_EXITS, {GROUP_ROUTE, ROUTE_HOME}, false}, NULL, out);
    ck_assert_str_eq(out, "Periods of care ended, Returned home, in twelve months");
}
END_TEST

/* Three children, one of them in kinship care; one entry in each of the last two months. */
static void make_counts(struct history *history, struct counts *counts)
{
    struct err err = {0};
    build_init(history, 2020, 2022);
    build_child(history, on(2010, 1, 1));
    build_spell(history, on(2020, 6, 1), DAY_OPEN, ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_child(history, on(2011, 1, 1));
    build_spell(history, on(2022, 2, 10), DAY_OPEN, ROUTE_HOME, PLACEMENT_FOSTER_IFA);
    build_child(history, on(2012, 1, 1));
    build_spell(history, on(2022, 3, 10), DAY_OPEN, ROUTE_HOME, PLACEMENT_FOSTER_IFA);
    ck_assert(history_finish(history, 2020, 2022, &err));
    ck_assert(counts_make(history, history->start, history->end, counts, &err));
}

START_TEST(known)
{
    struct history history;
    struct counts counts;
    double value = 0;
    make_counts(&history, &counts);
    const struct quantity stock = {MEASURE_STOCK, {GROUP_ALL, 0}, false};
    const struct quantity kin = {MEASURE_STOCK, {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}, true};
    const struct quantity entries = {MEASURE_ENTRIES, {GROUP_ALL, 0}, false};
    const struct quantity cost = {MEASURE_COST, {GROUP_ALL, 0}, false};
    ck_assert(quantity_known(&stock, &counts, on(2022, 3, 31), &value));
    ck_assert_double_eq_tol(value, 3, 1e-12);
    ck_assert(quantity_known(&kin, &counts, on(2022, 3, 31), &value)); /* hand: 1 of 3 */
    ck_assert_double_eq_tol(value, 100.0 / 3, 1e-9);
    ck_assert(quantity_known(&entries, &counts, on(2022, 3, 31), &value)); /* hand: February and March */
    ck_assert_double_eq_tol(value, 2, 1e-12);
    ck_assert(!quantity_known(&cost, &counts, on(2022, 3, 31), &value));
    ck_assert(!quantity_known(&stock, &counts, on(2022, 4, 30), &value));
    ck_assert(!quantity_known(&entries, &counts, on(2019, 12, 31), &value)); /* nine months are no year */
    ck_assert(!quantity_known(&stock, NULL, on(2022, 3, 31), &value));
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(simulated)
{
    static const struct result_series series[SERIES] = {
        {MEASURE_STOCK, {GROUP_ALL, 0}},
        {MEASURE_STOCK, {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}},
        {MEASURE_ENTRIES, {GROUP_ALL, 0}},
    };
    const day origin = on(2022, 3, 31);
    struct history history;
    struct counts counts;
    struct draws draws;
    struct err err = {0};
    double out[RUNS];
    double work[RUNS];
    make_counts(&history, &counts);
    ck_assert(draws_make(series, SERIES, MONTHS, RUNS, &draws, &err));
    for (int32_t r = 0; r < RUNS; r++) {
        int32_t values[SERIES * MONTHS];
        for (int m = 0; m < MONTHS; m++) {
            values[m] = 200 + 100 * r;
            values[MONTHS + m] = 50;
            values[2 * MONTHS + m] = m + 1 + r;
        }
        ck_assert(draws_put(&draws, r, values, &err));
    }
    const struct quantity share = {MEASURE_STOCK, {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}, true};
    quantity_values(&share, &draws, &counts, origin, 3, out, work);
    ck_assert_double_eq_tol(out[0], 25, 1e-12); /* hand: 50 of 200, of 300 */
    ck_assert_double_eq_tol(out[1], 50.0 / 3, 1e-9);
    const struct quantity entries = {MEASURE_ENTRIES, {GROUP_ALL, 0}, false};
    quantity_values(&entries, &draws, &counts, origin, 13, out, work);
    ck_assert_double_eq_tol(out[0], 102, 1e-12); /* hand: 3 + .. + 14 */
    ck_assert_double_eq_tol(out[1], 114, 1e-12);
    /* hand: 1 + 2 + 3 simulated, and the two of February and March, for nine months are known */
    quantity_values(&entries, &draws, &counts, origin, 2, out, work);
    ck_assert_double_eq_tol(out[0], 8, 1e-12);
    ck_assert(!quantity_is_given(&entries, &draws, NULL, origin, 2));
    ck_assert(!quantity_is_given(&entries, &draws, &counts, origin, MONTHS));
    ck_assert(!quantity_is_given(&(struct quantity){MEASURE_COST, {GROUP_ALL, 0}, false}, &draws, &counts,
                                 origin, 13));
    ck_assert(!quantity_is_given(&(struct quantity){MEASURE_STOCK, {GROUP_AGE, 0}, false}, &draws, &counts,
                                 origin, 3));
    draws_free(&draws);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

Suite *suite_quantity(void)
{
    Suite *suite = suite_create("quantity");
    TCase *tests = tcase_create("quantity");
    tcase_add_test(tests, names);
    tcase_add_test(tests, words);
    tcase_add_test(tests, known);
    tcase_add_test(tests, simulated);
    suite_add_tcase(suite, tests);
    return suite;
}
