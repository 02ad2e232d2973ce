/* SPDX-License-Identifier: GPL-3.0-or-later
 * The steps together, over several returns. Expected episodes are worked out by hand from the order of the
 * steps in data/stack.h. */
#include "data/stack.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/codes.h"
#include "tests/build_history.h"
#include "tests/returns_by_hand.h"

Suite *suite_stack(void);

static struct fixture fixture;

#define H(year) year " h: 1,20/05/2010,WBRI,UN2,,\n"

static void expect(const char *years, const char *rows, const char *episodes, const char *outcomes)
{
    fixture_stack(&fixture, years, rows);
    ck_assert_str_eq(fixture_episodes(&fixture), episodes);
    ck_assert_str_eq(fixture_outcomes(&fixture), outcomes);
    fixture_free(&fixture);
}

START_TEST(open_episode_of_many_returns_is_one)
{
    /* pitfall 13: filed open in 2020 and 2021, ended in 2022 */
    expect(NULL,
           H("2020") H("2021") H("2022") "2020 e: 01/02/2020,S,C2,N1,U6,PR1\n"
                                         "2021 e: 01/02/2020,S,C2,N1,U6,PR1\n"
                                         "2022 e: 01/02/2020,S,C2,N1,U6,PR1,01/06/2021,E4A\n",
           "2020-02-01..2021-06-01 S C2 foster_inhouse home", "3 0 0 2 0");
}
END_TEST

START_TEST(later_return_stands_whole)
{
    /* the later return opens again what the earlier had ended, and changes the placement */
    expect(NULL,
           H("2021") H("2022") "2021 e: 01/02/2021,S,C2,N1,U6,PR1,01/03/2021,E4A\n"
                               "2022 e: 01/02/2021,S,C1,N1,K2,PR4\n",
           "2021-02-01..open S C1 res_external", "1 1 0 1 0");
}
END_TEST

START_TEST(refused_correction_leaves_the_earlier_row)
{
    /* the row of 2022 ends before it starts: the row of 2021 stands */
    expect(NULL,
           H("2021") H("2022") "2021 e: 01/02/2021,S,C2,N1,U6,PR1\n"
                               "2022 e: 01/02/2021,S,C2,N1,U6,PR1,01/01/2021,E4A\n",
           "2021-02-01..open S C2 foster_inhouse", "1 0 1 0 0");
}
END_TEST

START_TEST(one_day_episode_stays_beside_its_twin)
{
    /* 2021 tells a row of no length from the one that follows; 2022 repeats only the latter */
    expect(NULL,
           H("2021") H("2022") "2021 e: 01/02/2021,S,L1,N1,U6,PR1,01/02/2021,X1\n"
                               "2021 e: 01/02/2021,L,C2,N1,U6,PR1\n"
                               "2022 e: 01/02/2021,L,C2,N1,U6,PR1\n",
           "2021-02-01..2021-02-01 S L1 foster_inhouse | 2021-02-01..open L C2 foster_inhouse", "3 0 0 1 0");
}
END_TEST

START_TEST(absent_year_between_repeats_is_chained)
{
    /* open in 2020, nowhere in the episodes of 2021, repeated in 2022: never lost */
    expect(NULL,
           H("2020") H("2021") H("2022") "2020 e: 01/02/2020,S,C2,N1,U6,PR1\n"
                                         "2022 e: 01/02/2020,S,C2,N1,U6,PR1\n",
           "2020-02-01..open S C2 foster_inhouse", "2 0 0 1 0");
}
END_TEST

START_TEST(lost_child_comes_back)
{
    /* open in 2020, absent in 2021, a new period in 2022: left on 1 April 2020, entry again */
    expect("2020 2021 2022",
           H("2020") H("2022") "2020 e: 01/02/2020,S,C2,N1,U6,PR1\n"
                               "2022 e: 01/07/2021,S,C2,N1,U6,PR1\n",
           "2020-02-01..2020-04-01 S C2 foster_inhouse other | 2021-07-01..open S C2 foster_inhouse",
           "1 1 0 0 0");
}
END_TEST

START_TEST(eighteen_comes_before_lost)
{
    /* turns 18 on 1 March 2021, open in 2021, absent in 2022: aged out, not lost */
    expect("2021 2022", "2021 h: 1,01/03/2003,WBRI\n2021 e: 01/02/2021,S,C2,N1,U6,PR1\n",
           "2021-02-01..2021-03-01 S C2 foster_inhouse aged_out", "0 1 0 0 0");
}
END_TEST

START_TEST(leap_day_child_leaves_on_1_march)
{
    /* pitfall 1: born 29 February 2004, last night 28 February 2022 */
    expect(NULL, "2022 h: 1,29/02/2004,WBRI\n2022 e: 01/05/2021,S,C2,N1,U6,PR1\n",
           "2021-05-01..2022-03-01 S C2 foster_inhouse aged_out", "0 1 0 0 0");
}
END_TEST

START_TEST(short_breaks_go_before_overlaps_are_cut)
{
    /* pitfall 14: the V4 row overlaps both neighbours, which do not touch: nothing is cut, nothing bridged.
     * The first row's X1 is followed by no ordinary row that day. */
    expect(NULL,
           H("2022") "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n"
                     "2022 e: 25/05/2021,L,V4,N1,U6,PR1,20/06/2021,X1\n"
                     "2022 e: 10/06/2021,L,C2,N1,U6,PR1\n",
           "2021-05-01..2021-06-01 S C2 foster_inhouse other | 2021-06-10..open S C2 foster_inhouse",
           "3 0 0 0 1");
    /* the neighbours touch: one unbroken period */
    expect(NULL,
           H("2022") "2022 e: 01/05/2021,S,C1,N1,U6,PR1,01/06/2021,X1\n"
                     "2022 e: 25/05/2021,L,V4,N1,U6,PR1,20/06/2021,X1\n"
                     "2022 e: 01/06/2021,L,C2,N1,U6,PR1\n",
           "2021-05-01..2021-06-01 S C1 foster_inhouse | 2021-06-01..open L C2 foster_inhouse", "3 0 0 0 1");
}
END_TEST

START_TEST(period_of_short_breaks_vanishes)
{
    expect(NULL, H("2022") "2022 e: 01/05/2021,S,V4,N2,U6,PR1,01/06/2021,E8\n", "", "1 0 0 0 1");
}
END_TEST

START_TEST(short_breaks_count_when_asked_for)
{
    struct err err = {0};
    fixture_init(&fixture, NULL, H("2022") "2022 e: 01/05/2021,S,V4,N2,U6,PR1,01/06/2021,E8\n");
    fixture.context.short_breaks = true;
    ck_assert(stack_child(&fixture.context, &fixture.rows, &fixture.arena, &fixture.clean, NULL, &err));
    ck_assert_str_eq(fixture_episodes(&fixture), "2021-05-01..2021-06-01 S V4 foster_inhouse other");
    ck_assert_str_eq(fixture_outcomes(&fixture), "1 0 0 0 0");
    fixture_free(&fixture);
}
END_TEST

START_TEST(order_of_rows_does_not_matter)
{
    /* returns imported and written in any order: the rows of each are sorted by return year and start */
    static const char *const orders[] = {
        H("2021")
            H("2022") "2021 e: 01/02/2021,S,C2,N1,U6,PR1\n2022 e: 01/02/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n"
                      "2022 e: 01/06/2021,P,C2,N1,K2,PR4\n",
        H("2022")
            H("2021") "2022 e: 01/06/2021,P,C2,N1,K2,PR4\n2022 e: 01/02/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n"
                      "2021 e: 01/02/2021,S,C2,N1,U6,PR1\n",
        "2022 e: 01/06/2021,P,C2,N1,K2,PR4\n2021 e: 01/02/2021,S,C2,N1,U6,PR1\n" H("2021")
            H("2022") "2022 e: 01/02/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n",
    };
    for (size_t i = 0; i < 3; i++)
        expect(NULL, orders[i],
               "2021-02-01..2021-06-01 S C2 foster_inhouse | 2021-06-01..open P C2 res_external",
               "3 0 0 1 0");
}
END_TEST

START_TEST(who_the_child_is)
{
    fixture_stack(&fixture, NULL,
                  "2021 h: 2,20/05/2009,MWBC\n2022 h: F,20/05/2010,WBRI\n"
                  "2022 e: 01/05/2021,S,C2,N8,U6,PR1\n2022 u: F,20/05/2010,01/02/2022\n");
    ck_assert_int_eq(fixture.clean.born, on(2010, 5, 20));
    ck_assert_int_eq(fixture.clean.sex, SEX_FEMALE);
    ck_assert_int_eq(fixture.clean.ethnic, ETHNIC_WBRI);
    ck_assert(fixture.clean.uasc);
    ck_assert_int_eq(fixture.clean.uasc_until, on(2022, 2, 1));
    fixture_free(&fixture);
    fixture_stack(&fixture, NULL, H("2022") "2022 e: 01/05/2021,S,C2,N8,U6,PR1\n");
    ck_assert(!fixture.clean.uasc);
    ck_assert_int_eq(fixture.clean.uasc_until, DAY_OPEN);
    fixture_free(&fixture);
}
END_TEST

START_TEST(findings_say_what_was_and_what_is)
{
    fixture_stack(&fixture, NULL,
                  H("2022") "2022 e: 01/05/2021,S,C2,N1,U6,PR1\n2022 e: 01/09/2021,P,C2,N1,K2,PR4\n");
    ck_assert_uint_ge(fixture.n_found, 1);
    for (size_t i = 0; i < fixture.n_found; i++)
        if (fixture.found[i].rule == RULE_E_15) {
            ck_assert_str_eq(fixture.found[i].value, "");
            ck_assert_str_eq(fixture.found[i].repair, "2021-09-01");
            ck_assert_int_eq(fixture.found[i].line, 2);
        }
    fixture_free(&fixture);
    fixture_stack(&fixture, NULL,
                  "2022 h: 1,01/06/2003,WBRI\n2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/08/2021,E17\n");
    for (size_t i = 0; i < fixture.n_found; i++)
        if (fixture.found[i].rule == RULE_E_13) {
            ck_assert_str_eq(fixture.found[i].value, "2021-08-01");
            ck_assert_str_eq(fixture.found[i].repair, "2021-06-01");
        }
    fixture_free(&fixture);
}
END_TEST

Suite *suite_stack(void)
{
    Suite *suite = suite_create("stack");
    TCase *tcase = tcase_create("stack");
    tcase_add_test(tcase, open_episode_of_many_returns_is_one);
    tcase_add_test(tcase, later_return_stands_whole);
    tcase_add_test(tcase, refused_correction_leaves_the_earlier_row);
    tcase_add_test(tcase, one_day_episode_stays_beside_its_twin);
    tcase_add_test(tcase, absent_year_between_repeats_is_chained);
    tcase_add_test(tcase, lost_child_comes_back);
    tcase_add_test(tcase, eighteen_comes_before_lost);
    tcase_add_test(tcase, leap_day_child_leaves_on_1_march);
    tcase_add_test(tcase, short_breaks_go_before_overlaps_are_cut);
    tcase_add_test(tcase, period_of_short_breaks_vanishes);
    tcase_add_test(tcase, short_breaks_count_when_asked_for);
    tcase_add_test(tcase, order_of_rows_does_not_matter);
    tcase_add_test(tcase, who_the_child_is);
    tcase_add_test(tcase, findings_say_what_was_and_what_is);
    suite_add_tcase(suite, tcase);
    return suite;
}
