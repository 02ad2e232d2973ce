/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/stability.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_stability(void);

/* A child aged about ten on 31 March 2022, in care from `start` and still. */
static void one_child(struct history *history, day start, enum placement_group group)
{
    build_init(history, 2020, 2022);
    build_child(history, on(2012, 1, 1));
    build_spell(history, start, DAY_OPEN, ROUTE_OTHER, group);
}

START_TEST(three_or_more_counts_the_one_running_on_1_april)
{
    /* hand: running on 2021-04-01, two moves in the year: 3 placements */
    struct history history;
    one_child(&history, on(2021, 3, 1), PLACEMENT_FOSTER_KIN);
    build_status(&history, on(2021, 5, 1), LEGAL_CARE_ORDER); /* none */
    build_move(&history, on(2021, 6, 1), PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 0);
    build_move(&history, on(2022, 3, 31), PLACEMENT_RES_OTHER);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 1);
    ck_assert_int_eq(stability_of(&history, 2022).stock, 1);
    build_free(&history);
}
END_TEST

START_TEST(a_move_on_1_april_is_one_placement)
{
    /* hand: the placement begun on 1 April is the running one; with one more move 2; a move on 31 March
     * before the year does not count */
    struct history history;
    one_child(&history, on(2020, 3, 1), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2021, 3, 31), PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2021, 4, 1), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2021, 9, 1), PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 0);
    build_move(&history, on(2021, 9, 2), PLACEMENT_FOSTER_KIN);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 1);
    build_free(&history);
}
END_TEST

START_TEST(all_periods_of_care_of_the_year_count)
{
    /* hand: running on 1 April, home in May, back in July (2), moved in August (3) */
    struct history history;
    build_init(&history, 2020, 2022);
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 1, 1), on(2021, 5, 1), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_spell(&history, on(2021, 7, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 0);
    build_move(&history, on(2021, 8, 1), PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(stability_of(&history, 2022).three_or_more, 1);
    ck_assert_int_eq(stability_of(&history, 2022).two_years, 0); /* not two years without a break */
    build_free(&history);
}
END_TEST

START_TEST(two_years)
{
    struct history history;
    one_child(&history, on(2020, 3, 31), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2020, 5, 1), PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2021, 5, 1), PLACEMENT_FOSTER_KIN);
    struct stability s = stability_of(&history, 2022);
    ck_assert_int_eq(s.two_years, 1);
    ck_assert_int_eq(s.two_years_three_or_more, 1);
    ck_assert_int_eq(s.three_or_more, 0);
    ck_assert(s.two_years_observed);
    ck_assert(!stability_of(&history, 2020).two_years_observed);
    build_free(&history);
    one_child(&history, on(2020, 4, 1), PLACEMENT_FOSTER_KIN); /* a day short of two years */
    ck_assert_int_eq(stability_of(&history, 2022).two_years, 0);
    build_free(&history);
}
END_TEST

START_TEST(long_term_borders)
{
    /* DfE: in care since 30 September 2019, same placement since 31 March 2020 */
    struct history history;
    one_child(&history, on(2019, 9, 30), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2020, 3, 31), PLACEMENT_FOSTER_IFA);
    build_status(&history, on(2021, 1, 1), LEGAL_CARE_ORDER);
    ck_assert_int_eq(stability_of(&history, 2022).long_term, 1);
    ck_assert_int_eq(stability_of(&history, 2022).long_term_stable, 1);
    build_free(&history);
    one_child(&history, on(2019, 9, 30), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2020, 4, 1), PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(stability_of(&history, 2022).long_term, 1);
    ck_assert_int_eq(stability_of(&history, 2022).long_term_stable, 0);
    build_free(&history);
    one_child(&history, on(2019, 10, 1), PLACEMENT_FOSTER_KIN);
    ck_assert_int_eq(stability_of(&history, 2022).long_term, 0);
    ck_assert_int_eq(stability_of(&history, 2022).start_unknown, 0);
    history.spells[0].start_known = false;
    ck_assert_int_eq(stability_of(&history, 2022).start_unknown, 1);
    history.children[0].born = on(2006, 3, 31); /* 16 on the day: too old */
    history.spells[0].start = on(2015, 1, 1);
    ck_assert_int_eq(stability_of(&history, 2022).long_term, 0);
    history.children[0].born = on(2006, 4, 1); /* 15 */
    ck_assert_int_eq(stability_of(&history, 2022).long_term, 1);
    build_free(&history);
}
END_TEST

START_TEST(adoption_takes_the_placement_before_along)
{
    /* hand: fostered since 2019-01-01, placed for adoption 2021-12-01: together over two years. A second move
     * before that, in 2021, breaks it. */
    struct history history;
    one_child(&history, on(2019, 1, 1), PLACEMENT_FOSTER_INHOUSE);
    build_move(&history, on(2021, 12, 1), PLACEMENT_ADOPTION);
    ck_assert_int_eq(stability_of(&history, 2022).long_term_stable, 1);
    build_free(&history);
    one_child(&history, on(2019, 1, 1), PLACEMENT_FOSTER_INHOUSE);
    build_move(&history, on(2021, 3, 1), PLACEMENT_FOSTER_INHOUSE);
    build_move(&history, on(2021, 12, 1), PLACEMENT_ADOPTION);
    ck_assert_int_eq(stability_of(&history, 2022).long_term_stable, 0);
    build_free(&history);
}
END_TEST

START_TEST(table_has_limits_and_notes)
{
    struct history history;
    struct table table;
    struct err err = {0};
    build_random(&history, 11, 150, 2020, 2022, 0);
    ck_assert(stability_table(&history, &table, &err));
    ck_assert_uint_eq(table.n_rows, 12);
    const struct stability s = stability_of(&history, 2022);
    const size_t row = 8; /* 2021-22, three or more placements */
    ck_assert_str_eq(table_at(&table, row, 1)->as.text, "2021-22");
    ck_assert_int_eq(table_at(&table, row, 4)->as.integer, s.three_or_more);
    ck_assert_int_eq(table_at(&table, row, 5)->as.integer, s.stock);
    ck_assert_double_eq_tol(table_at(&table, row, 6)->as.real,
                            100.0 * (double)s.three_or_more / (double)s.stock, 1e-12);
    ck_assert(table_at(&table, row, 7)->as.real < table_at(&table, row, 6)->as.real);
    ck_assert_int_eq(table_at(&table, 1, 9)->kind,
                     CELL_TEXT); /* two years of 2019-20 are not in the returns */
    table_free(&table);
    build_free(&history);
}
END_TEST

START_TEST(at_any_month_in_a_locality)
{
    /* hand: on 31 December 2021 the year began on 1 January: the placement of then and two moves are three;
     * the move of March 2022 comes later, and by 31 March the placement that ended in May 2021 is the first
     * of four. In care since 30 June 2019: 2.5 years to the day; a day less is not */
    struct history history;
    one_child(&history, on(2019, 6, 30), PLACEMENT_FOSTER_KIN);
    build_last(&history)->locality = 1;
    build_move(&history, on(2021, 5, 1), PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2021, 6, 1), PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2022, 3, 1), PLACEMENT_FOSTER_IFA);
    const day december = on(2021, 12, 31);
    ck_assert_int_eq(stability_on(&history, december, -1).three_or_more, 1);
    ck_assert_int_eq(stability_on(&history, on(2021, 5, 31), -1).three_or_more, 0);
    ck_assert_int_eq(stability_on(&history, december, 1).stock, 1);
    ck_assert_int_eq(stability_on(&history, december, 0).stock, 0);
    ck_assert_int_eq(stability_on(&history, december, -1).long_term, 1);
    ck_assert_int_eq(stability_on(&history, on(2021, 11, 30), -1).long_term, 0);
    build_free(&history);
}
END_TEST

Suite *suite_stability(void)
{
    Suite *suite = suite_create("stability");
    TCase *tcase = tcase_create("stability");
    tcase_add_test(tcase, three_or_more_counts_the_one_running_on_1_april);
    tcase_add_test(tcase, a_move_on_1_april_is_one_placement);
    tcase_add_test(tcase, all_periods_of_care_of_the_year_count);
    tcase_add_test(tcase, two_years);
    tcase_add_test(tcase, long_term_borders);
    tcase_add_test(tcase, adoption_takes_the_placement_before_along);
    tcase_add_test(tcase, table_has_limits_and_notes);
    tcase_add_test(tcase, at_any_month_in_a_locality);
    suite_add_tcase(suite, tcase);
    return suite;
}
