/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of two returns; what stands of them is worked out by hand. */
#include "data/outcomes.h"

#include <check.h>

#include "tests/build_history.h"
#include "tests/returns_by_hand.h"

Suite *suite_outcomes(void);

static struct outcomes outcomes;

static void add(int32_t child, const char *rows)
{
    struct err err = {0};
    struct fixture fixture;
    fixture_init(&fixture, "2022 2023", rows);
    ck_assert_msg(outcomes_add_child(&outcomes, &fixture.rows, child, DAY_NONE, fixture.years, &err), "%s",
                  err.message);
    fixture_free(&fixture);
}

static void setup(void)
{
    outcomes = (struct outcomes){0};
}

static void teardown(void)
{
    outcomes_free(&outcomes);
}

START_TEST(reviews_are_of_a_day)
{
    /* filed in both returns with another code: the later stands; one without a date is none */
    add(3, "2022 r: ,10/03/2022,PN7\n2022 r: ,01/02/2022,PN1\n2022 r: ,bad,PN1\n2023 r: ,10/03/2022,PN3\n"
           "2023 r: ,10/09/2022,PX\n");
    outcomes_finish(&outcomes);
    ck_assert_uint_eq(outcomes.n_reviews, 3);
    ck_assert_int_eq(outcomes.reviews[0].date, on(2022, 2, 1));
    ck_assert_int_eq(outcomes.reviews[1].date, on(2022, 3, 10));
    ck_assert_int_eq(outcomes.reviews[1].code, 3);
    ck_assert_int_eq(outcomes.reviews[2].code, -1);
    ck_assert_int_eq(outcomes.reviews[0].child, 3);
}
END_TEST

START_TEST(absences_are_joined)
{
    /* open on 31 March 2022, ended in the next return; two that overlap, one of them A; one that only
     * touches; refused: no start, no kind, ends first, wholly in another year */
    add(0, "2022 m: ,M,30/03/2022,\n2023 m: ,M,30/03/2022,02/04/2022\n2023 m: ,A,10/06/2022,15/06/2022\n"
           "2023 m: ,M,12/06/2022,20/06/2022\n2023 m: ,M,20/06/2022,21/06/2022\n2023 m: ,M,,21/07/2022\n"
           "2023 m: ,Q,20/07/2022,21/07/2022\n2023 m: ,M,20/08/2022,19/08/2022\n"
           "2023 m: ,M,20/08/2021,22/08/2021\n2023 m: ,A,01/12/2022,bad\n");
    outcomes_finish(&outcomes);
    ck_assert_uint_eq(outcomes.n_absences, 3);
    ck_assert_int_eq(outcomes.absences[0].start, on(2022, 3, 30));
    ck_assert_int_eq(outcomes.absences[0].end, on(2022, 4, 2));
    ck_assert_int_eq(outcomes.absences[1].start, on(2022, 6, 10));
    ck_assert_int_eq(outcomes.absences[1].end, on(2022, 6, 20));
    ck_assert(outcomes.absences[1].is_missing);
    ck_assert_int_eq(outcomes.absences[2].start, on(2022, 6, 20));
}
END_TEST

START_TEST(an_absence_without_an_end_runs_into_the_next)
{
    add(0, "2023 m: ,A,01/05/2022,\n2023 m: ,A,03/05/2022,04/05/2022\n2023 m: ,M,09/05/2022,\n");
    outcomes_finish(&outcomes);
    ck_assert_uint_eq(outcomes.n_absences, 2);
    ck_assert_int_eq(outcomes.absences[0].end, on(2022, 5, 4));
    ck_assert(!outcomes.absences[0].is_missing);
    ck_assert_int_eq(outcomes.absences[1].end, DAY_OPEN);
}
END_TEST

START_TEST(health_and_leavers)
{
    /* twice in one return: the last line; a score of 41 is none; who is not in the history is asked as a care
     * leaver only */
    add(1, "2022 2: ,12,,1,,1,0,1,0\n2023 2: ,40,,0,,0,0,0,0\n2023 2: ,41,,,,1,1,,1\n");
    add(OUTCOME_NO_CHILD, "2023 2: ,12,,1,,1,0,1,0\n2023 3: 31/03/2004,YES,P2,B2\n2023 r: ,01/06/2022,PN1\n");
    add(0, "2023 3: ,NREQ,F3,0\n2023 3: 01/04/2003,DIED,G6,02\n2022 2: ,0,,0,,0,0,0,0\n");
    outcomes_finish(&outcomes);
    ck_assert_uint_eq(outcomes.n_health, 3);
    ck_assert_int_eq(outcomes.health[0].score, 0);
    ck_assert_int_eq(outcomes.health[1].year, 2022);
    ck_assert(outcomes.health[1].convicted && outcomes.health[1].health_assessed);
    ck_assert_int_eq(outcomes.health[2].score, OUTCOME_NO_SCORE);
    ck_assert(outcomes.health[2].teeth_checked && outcomes.health[2].misuses &&
              !outcomes.health[2].convicted);
    ck_assert_uint_eq(outcomes.n_reviews, 0);
    ck_assert_uint_eq(outcomes.n_leavers, 3);
    ck_assert_int_eq(outcomes.leavers[0].child, OUTCOME_NO_CHILD);
    ck_assert_int_eq(outcomes.leavers[0].age, 19);
    ck_assert_int_eq(outcomes.leavers[0].activity, ACTIVITY_EDUCATION);
    ck_assert_int_eq(outcomes.leavers[0].home, HOME_UNSUITABLE);
    ck_assert_int_eq(outcomes.leavers[1].age, -1);
    ck_assert_int_eq(outcomes.leavers[1].activity, ACTIVITY_WORK);
    ck_assert_int_eq(outcomes.leavers[1].touch, TOUCH_NO);
    ck_assert_int_eq(outcomes.leavers[1].home, HOME_UNKNOWN);
    ck_assert_int_eq(outcomes.leavers[2].age, 19);
    ck_assert_int_eq(outcomes.leavers[2].touch, TOUCH_DIED);
    ck_assert_int_eq(outcomes.leavers[2].activity, ACTIVITY_NONE);
    ck_assert_int_eq(outcomes.leavers[2].home, HOME_UNKNOWN);
}
END_TEST

START_TEST(adopted_once)
{
    add(0, "2022 a: ,01/02/2022,,1\n2023 a: ,01/02/2022,05/05/2022,1\n");
    ck_assert_uint_eq(outcomes.n_adopted, 1);
    ck_assert_int_eq(outcomes.adopted[0].decided, on(2022, 2, 1));
    ck_assert_int_eq(outcomes.adopted[0].matched, on(2022, 5, 5));
}
END_TEST

START_TEST(tables_that_were_filed)
{
    struct err err = {0};
    ck_assert(outcomes_add_file(&outcomes, 2020, TABLE_REVIEWS, &err) &&
              outcomes_add_file(&outcomes, 2022, TABLE_REVIEWS, &err) &&
              outcomes_add_file(&outcomes, 2023, TABLE_REVIEWS, &err));
    ck_assert(outcomes_cover(&outcomes, TABLE_REVIEWS, on(2021, 4, 1), on(2023, 3, 31)));
    ck_assert(!outcomes_cover(&outcomes, TABLE_REVIEWS, on(2021, 3, 31), on(2023, 3, 31)));
    ck_assert(!outcomes_cover(&outcomes, TABLE_OC2, on(2022, 4, 1), on(2023, 3, 31)));
    ck_assert_int_eq(outcomes_known_from(&outcomes, TABLE_REVIEWS, on(2022, 6, 30)), on(2021, 4, 1));
    ck_assert_int_eq(outcomes_known_from(&outcomes, TABLE_REVIEWS, on(2020, 3, 31)), on(2019, 4, 1));
    ck_assert_int_eq(outcomes_known_from(&outcomes, TABLE_REVIEWS, on(2021, 3, 31)), DAY_NONE);
}
END_TEST

Suite *suite_outcomes(void)
{
    Suite *suite = suite_create("outcomes");
    TCase *tcase = tcase_create("outcomes");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, reviews_are_of_a_day);
    tcase_add_test(tcase, absences_are_joined);
    tcase_add_test(tcase, an_absence_without_an_end_runs_into_the_next);
    tcase_add_test(tcase, health_and_leavers);
    tcase_add_test(tcase, adopted_once);
    tcase_add_test(tcase, tables_that_were_filed);
    suite_add_tcase(suite, tcase);
    return suite;
}
