/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/yearly.h"

#include <check.h>
#include <string.h>

#include "base/vec.h"

Suite *suite_yearly(void);

START_TEST(free_empties)
{
    struct err err = {0};
    struct yearly yearly = {.n_years = 3};
    yearly.stock = vec_new(3, sizeof *yearly.stock, &err);
    ck_assert_ptr_nonnull(yearly.stock);
    yearly_free(&yearly);
    ck_assert_ptr_null(yearly.stock);
    ck_assert_int_eq(yearly.n_years, 0);
    yearly_free(&yearly); /* harmless on what is empty */
}
END_TEST

START_TEST(later_years_and_estimates_are_not_known)
{
    struct err err = {0};
    struct yearly yearly = {.la = 7, .la_name = "Leeds"}, known;
    ck_assert(yearly_reserve(&yearly, 2019, 2022, &err));
    for (int i = 0; i < 4; i++) {
        yearly.stock[i] = 100 + i;
        yearly.starts[i] = 200 + i;
        yearly.leavers[i] = 300 + i;
        yearly.population[i] = 400 + i;
    }
    /* on 31 March 2021 the estimate of 30 June 2020 is not published yet */
    ck_assert(yearly_as_known(&yearly, date_from_civil(2021, 3, 31), &known, &err));
    ck_assert_int_eq(known.n_years, 3);
    ck_assert_int_eq(known.la, 7);
    ck_assert_str_eq(known.la_name, "Leeds");
    for (int i = 0; i < 3; i++) {
        ck_assert_double_eq(known.stock[i], 100 + i);
        ck_assert_double_eq(known.starts[i], 200 + i);
        ck_assert_double_eq(known.leavers[i], 300 + i);
    }
    ck_assert_double_eq(known.population[1], 401);
    ck_assert_double_nan(known.population[2]);
    yearly_free(&known);
    ck_assert(yearly_as_known(&yearly, date_from_civil(2022, 3, 30), &known, &err));
    ck_assert_int_eq(known.n_years, 3); /* the year that ends tomorrow is not known */
    ck_assert_double_eq(known.population[2], 402);
    yearly_free(&known);
    ck_assert(yearly_as_known(&yearly, date_from_civil(2019, 3, 30), &known, &err));
    ck_assert_int_eq(known.n_years, 0);
    yearly_free(&known);
    yearly_free(&yearly);
}
END_TEST

START_TEST(areas_that_changed_are_not_chained)
{
    /* Dorset: one name, another area and code from 1 April 2019, so from the year that ends in 2020 */
    const struct yearly county = {.la_code = "E10000009"};
    const struct yearly unitary = {.la_code = "E06000059"};
    const struct yearly northamptonshire = {.la_code = "E10000021"};
    const struct yearly leeds = {.la_code = "E08000035"};
    const struct yearly unnamed = {0};
    ck_assert(yearly_is_chained(&county, 2019));
    ck_assert(!yearly_is_chained(&county, 2020));
    ck_assert(!yearly_is_chained(&unitary, 2020));
    ck_assert(yearly_is_chained(&unitary, 2021));
    ck_assert(yearly_is_chained(&northamptonshire, 2021));
    ck_assert(!yearly_is_chained(&northamptonshire, 2022));
    for (int32_t year = 2010; year <= 2030; year++) {
        ck_assert(yearly_is_chained(&leeds, year));
        ck_assert(yearly_is_chained(&unnamed, year));
    }
}
END_TEST

START_TEST(each_break_has_its_code_and_words_once)
{
    static const struct {
        const char *code;
        int32_t year;
        const char *words;
    } breaks[] = {
#define AREA_BREAK(code, year, words) {code, year, words},
#include "data/codes/area_break.def"
#undef AREA_BREAK
    };
    const size_t n = sizeof breaks / sizeof breaks[0];
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(strlen(breaks[i].code), 9);
        ck_assert_int_eq(breaks[i].code[0], 'E');
        ck_assert_uint_gt(strlen(breaks[i].words), 10);
        for (size_t k = 0; k < i; k++)
            ck_assert(strcmp(breaks[i].code, breaks[k].code) != 0 || breaks[i].year != breaks[k].year);
    }
}
END_TEST

Suite *suite_yearly(void)
{
    Suite *suite = suite_create("yearly");
    TCase *tests = tcase_create("yearly");
    tcase_add_test(tests, free_empties);
    tcase_add_test(tests, later_years_and_estimates_are_not_known);
    tcase_add_test(tests, areas_that_changed_are_not_chained);
    tcase_add_test(tests, each_break_has_its_code_and_words_once);
    suite_add_tcase(suite, tests);
    return suite;
}
