/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/profile.h"

#include <check.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_profile(void);

static const struct table_cell *find(const struct table *table, const char *year, const char *what,
                                     const char *words, size_t column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (strcmp(table_at(table, i, 1)->as.text, year) == 0 &&
            strcmp(table_at(table, i, 3)->as.text, what) == 0 &&
            strcmp(table_at(table, i, 4)->as.text, words) == 0)
            return table_at(table, i, column);
    ck_abort_msg("no row %s, %s, %s", year, what, words);
    return NULL;
}

START_TEST(reasons)
{
    /* hand: three entries in 2020-21, two for N1, one for N8: 66.7 % and 33.3 % */
    struct history history;
    struct table table;
    struct err err = {0};
    build_init(&history, 2021, 2021);
    for (int i = 0; i < 3; i++) {
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2020, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        build_last(&history)->need = i == 2 ? NEED_N8 : NEED_N1;
    }
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2020, 3, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN); /* before the year */
    ck_assert(profile_reasons_table(&history, &table, &err));
    ck_assert_uint_eq(table.n_rows, NEED_COUNT);
    ck_assert_int_eq(find(&table, "2020-21", "N1", need_words(NEED_N1), 5)->as.integer, 2);
    ck_assert_double_eq_tol(find(&table, "2020-21", "N8", need_words(NEED_N8), 6)->as.real, 100.0 / 3, 1e-12);
    table_free(&table);
    build_free(&history);
}
END_TEST

START_TEST(location)
{
    /* hand: on 31 March 2021 four children: inside 3 miles, outside 21, not known, and unaccompanied (left
     * out) */
    struct history history;
    struct table table;
    struct err err = {0};
    build_init(&history, 2021, 2021);
    for (int i = 0; i < 4; i++) {
        const int32_t child = build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2020, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        history.children[child].uasc = i == 3;
    }
    ck_assert(!profile_has_location(&history));
    history.segments[0].boundary = 1;
    history.segments[0].distance_miles = 3;
    history.segments[1].boundary = 2;
    history.segments[1].distance_miles = 21;
    history.segments[2].distance_miles = 999.9F; /* not known */
    history.segments[3].boundary = 2;
    ck_assert(profile_has_location(&history));
    ck_assert(profile_location_table(&history, &table, &err));
    ck_assert_int_eq(find(&table, "2020-21", "boundary", "inside", 5)->as.integer, 1);
    ck_assert_int_eq(find(&table, "2020-21", "boundary", "outside", 5)->as.integer, 1);
    ck_assert_int_eq(find(&table, "2020-21", "boundary", "not known", 5)->as.integer, 1);
    ck_assert_int_eq(find(&table, "2020-21", "distance", "20 miles or less", 5)->as.integer, 1);
    ck_assert_int_eq(find(&table, "2020-21", "distance", "over 20 miles", 5)->as.integer, 1);
    ck_assert_int_eq(find(&table, "2020-21", "distance", "not known", 5)->as.integer, 1);
    ck_assert_double_eq_tol(find(&table, "2020-21", "distance", "over 20 miles", 6)->as.real, 100.0 / 3,
                            1e-12);
    table_free(&table);
    build_free(&history);
}
END_TEST

Suite *suite_profile(void)
{
    Suite *suite = suite_create("profile");
    TCase *tcase = tcase_create("profile");
    tcase_add_test(tcase, reasons);
    tcase_add_test(tcase, location);
    suite_add_tcase(suite, tcase);
    return suite;
}
