/* SPDX-License-Identifier: GPL-3.0-or-later
 * From rows to periods of care and placements: folding, moves, routes. Expected lines are worked out by hand;
 * one line a spell, its segments after it. */
#include "data/stack.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/codes.h"
#include "data/localities.h"
#include "tests/build_history.h"
#include "tests/returns_by_hand.h"

Suite *suite_spells(void);

static struct fixture fixture;
static struct history history;

#define H "2022 h: 1,20/05/2010,WBRI\n"

static void make(const char *rows, const struct localities *localities)
{
    struct err err = {0};
    fixture_stack(&fixture, NULL, rows);
    history = (struct history){0};
    if (localities != NULL) {
        history.localities = calloc(localities->n_names, sizeof *history.localities);
        ck_assert_ptr_nonnull(history.localities);
        history.n_localities = localities->n_names;
        for (size_t i = 0; i < localities->n_names; i++)
            history.localities[i] = localities->names[i];
    }
    ck_assert_msg(history_add_child(&history, &fixture.clean, 7, localities, &err), "%s", err.message);
    ck_assert(history_finish(&history, fixture.years[0], fixture.years[fixture.context.n_years - 1], &err));
    ck_assert_msg(history_verify(&history, &err), "%s", err.message);
}

static void done(void)
{
    history_free(&history);
    fixture_free(&fixture);
}

/* "2021-05-01..open: 2021-05-01 foster_inhouse C2 stay; 2021-06-01 res_external C2 move / .." */
static const char *describe(void)
{
    struct err err = {0};
    struct text text = {0};
    for (size_t i = 0; i < history.n_spells; i++) {
        const struct spell *spell = &history.spells[i];
        char start[DATE_TEXT], end[DATE_TEXT];
        date_format_iso(spell->start, start);
        date_format_iso(spell->end, end);
        ck_assert(text_format(&text, &err, "%s%s..%s%s%s%s%s%s:", i > 0 ? " / " : "", start, end,
                              spell->end == DAY_OPEN ? "" : " ",
                              spell->end == DAY_OPEN ? "" : route_name((enum route)spell->route),
                              spell->start_known ? "" : " unknown", spell->lost ? " lost" : "",
                              spell->readmission ? " again" : ""));
        for (int32_t k = 0; k < spell->n_segments; k++) {
            const struct segment *segment = &history.segments[spell->first_segment + k];
            date_format_iso(segment->start, start);
            ck_assert(text_format(&text, &err, "%s %s %s %s%s%s", k > 0 ? ";" : "", start + 5,
                                  placement_group_name((enum placement_group)segment->group),
                                  segment->legal_status, segment->is_move ? " move" : "",
                                  segment->is_new_stay && !segment->is_move && k > 0 ? " stay" : ""));
        }
    }
    const char *copy = arena_copy(&fixture.arena, str_of(text_c(&text)), &err);
    text_free(&text);
    return copy;
}

static void expect(const char *rows, const char *description)
{
    make(rows, NULL);
    ck_assert_str_eq(describe(), description);
    done();
}

START_TEST(temporary_placement_and_back_is_no_move)
{
    /* pitfall 15: A, T, A = 0 moves, one stay */
    expect(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/06/2021,P,C2,N1,T1,,08/06/2021,X1,,LS1 1AA,LS7 7HH,\n"
             "2022 e: 08/06/2021,P,C2,N1,U6,PR1,,,,LS1 1AA,LS2 2BB,11\n",
           "2021-05-01..open: 05-01 foster_inhouse C2");
}
END_TEST

START_TEST(temporary_placement_and_on_is_one_move)
{
    /* pitfall 15: A, T, B = 1 move, on the day B begins */
    expect(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/06/2021,P,C2,N1,T1,,08/06/2021,X1,,LS1 1AA,LS7 7HH,\n"
             "2022 e: 08/06/2021,P,C2,N1,K2,PR4,,,,LS1 1AA,LS9 9JJ,22\n",
           "2021-05-01..open: 05-01 foster_inhouse C2; 06-08 res_external C2 move");
}
END_TEST

START_TEST(temporary_first_takes_the_next)
{
    expect(H "2022 e: 01/05/2021,S,C2,N1,T4,,05/05/2021,X1,,LS1 1AA,LS7 7HH,\n"
             "2022 e: 05/05/2021,P,C2,N1,U6,PR4,,,,LS1 1AA,LS2 2BB,11\n",
           "2021-05-01..open: 05-01 foster_ifa C2");
    /* nothing but temporary: the group is other */
    expect(H "2022 e: 01/05/2021,S,C2,N1,T4,,05/05/2021,E4A\n",
           "2021-05-01..2021-05-05 home: 05-01 other C2");
}
END_TEST

START_TEST(legal_status_alone_is_no_stay)
{
    expect(H "2022 e: 01/05/2021,S,V2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/06/2021,L,C2,N1,U6,PR1,,,,LS1 1AA,LS2 2BB,11\n",
           "2021-05-01..open: 05-01 foster_inhouse V2; 06-01 foster_inhouse C2");
}
END_TEST

START_TEST(same_carer_is_a_stay_but_no_move)
{
    /* RNE T: the carer moves to an agency */
    expect(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/06/2021,T,C2,N1,U6,PR4,,,,LS1 1AA,LS2 2BB,22\n",
           "2021-05-01..open: 05-01 foster_inhouse C2; 06-01 foster_ifa C2 stay");
}
END_TEST

START_TEST(wrong_reason_is_read_from_the_data)
{
    /* RNE L, but another home: a move. RNE P, but only the legal status changed: none. */
    expect(
        H "2022 e: 01/05/2021,S,V2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
          "2022 e: 01/06/2021,L,V2,N1,U6,PR1,01/07/2021,X1,,LS1 1AA,LS3 3CC,22\n"
          "2022 e: 01/07/2021,P,C2,N1,U6,PR1,,,,LS1 1AA,LS3 3CC,22\n",
        "2021-05-01..open: 05-01 foster_inhouse V2; 06-01 foster_inhouse V2 move; 07-01 foster_inhouse C2");
    /* RNE L after a temporary placement, in another home than before it: the move is not lost */
    expect(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/06/2021,P,C2,N1,T4,,05/06/2021,X1,,LS1 1AA,LS7 7HH,\n"
             "2022 e: 05/06/2021,L,C2,N1,U6,PR1,,,,LS1 1AA,LS3 3CC,22\n",
           "2021-05-01..open: 05-01 foster_inhouse C2; 06-05 foster_inhouse C2 move");
}
END_TEST

START_TEST(gap_makes_an_exit_and_an_entry)
{
    expect(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,E4A\n2022 e: 02/06/2021,S,C2,N1,U6,PR1\n",
           "2021-05-01..2021-06-01 home: 05-01 foster_inhouse C2 / 2021-06-02..open again: 06-02 "
           "foster_inhouse C2");
}
END_TEST

START_TEST(end_and_start_on_one_day_is_one_period)
{
    /* pitfall 3: A ends, B starts the same day: 31 + 9 nights to 10 June, never two children */
    make(
        H
        "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n2022 e: 01/06/2021,P,C2,N1,K2,PR4,10/06/2021,E4A\n",
        NULL);
    ck_assert_uint_eq(history.n_spells, 1);
    int32_t nights = 0;
    for (size_t i = 0; i < history.n_segments; i++)
        nights += history.segments[i].end - history.segments[i].start;
    ck_assert_int_eq(nights, 31 + 9);
    done();
}
END_TEST

START_TEST(rows_of_no_length_count_no_days)
{
    /* pitfall 4: no spell of no length; its reasons still count */
    make(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/05/2021,E4A\n", NULL);
    ck_assert_uint_eq(history.n_children, 0);
    done();
    expect(H "2022 e: 01/05/2021,S,L1,N1,U6,PR1,01/05/2021,X1,,LS1 1AA,LS2 2BB,11\n"
             "2022 e: 01/05/2021,P,C2,N1,K2,PR4,10/06/2021,X1,,LS1 1AA,LS9 9JJ,22\n"
             "2022 e: 10/06/2021,L,V2,N1,K2,PR4,10/06/2021,E8,,LS1 1AA,LS9 9JJ,22\n",
           "2021-05-01..2021-06-10 other: 05-01 res_external C2");
}
END_TEST

START_TEST(short_break_between_splits_care)
{
    /* pitfall 14 */
    expect(
        H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1\n2022 e: 01/06/2021,L,V4,N1,U6,PR1,08/06/2021,X1\n"
          "2022 e: 08/06/2021,L,C2,N1,U6,PR1\n",
        "2021-05-01..2021-06-01 other: 05-01 foster_inhouse C2 / 2021-06-08..open again: 06-08 "
        "foster_inhouse C2");
}
END_TEST

START_TEST(lost_child_is_marked)
{
    /* pitfall 16 */
    expect("2021 h: 1,20/05/2010,WBRI\n2021 e: 01/02/2021,S,C2,N1,U6,PR1\n2022 3: 20/05/2010,NO\n",
           "2021-02-01..2021-04-01 other lost: 02-01 foster_inhouse C2");
}
END_TEST

START_TEST(start_before_the_first_return)
{
    expect(H "2022 e: 01/02/2021,L,C2,N1,U6,PR1\n", "2021-02-01..open unknown: 02-01 foster_inhouse C2");
    expect(H "2022 e: 01/02/2021,S,C2,N1,U6,PR1\n", "2021-02-01..open: 02-01 foster_inhouse C2");
    expect(H "2022 e: 01/05/2021,L,C2,N1,U6,PR1\n", "2021-05-01..open: 05-01 foster_inhouse C2");
}
END_TEST

START_TEST(homes_keep_their_number)
{
    /* of the placement around a temporary one; XXXXXXX is not yet known, and 12 characters are no number */
    make(H "2022 e: 01/05/2021,S,C2,N1,U6,PR4,01/06/2021,X1,,,,SC012345\n"
           "2022 e: 01/06/2021,T,C2,N1,T0,,03/06/2021,X1,,,,\n"
           "2022 e: 03/06/2021,T,C2,N1,U6,PR4,01/08/2021,X1,,,,SC012345\n"
           "2022 e: 01/08/2021,P,C2,N1,U6,PR4,01/09/2021,X1,,,,XXXXXXX\n"
           "2022 e: 01/09/2021,P,C2,N1,K2,PR4,,,,,,SC0123456789\n",
         NULL);
    ck_assert_uint_eq(history.n_segments, 3);
    ck_assert_str_eq(history.segments[0].urn, "SC012345");
    ck_assert_str_eq(history.segments[1].urn, "");
    ck_assert_str_eq(history.segments[2].urn, "");
    done();
}
END_TEST

START_TEST(routes_by_reason_and_age)
{
    static const struct {
        const char *born, *reason, *route;
    } cases[] = {
        {"20/05/2010", "E4A", "home"},     {"20/05/2010", "E13", "sgo"},     {"20/05/2010", "E45", "sgo"},
        {"20/05/2010", "E12", "adoption"}, {"20/05/2010", "E3", "transfer"}, {"20/05/2010", "E9", "custody"},
        {"20/05/2010", "E2", "died"},      {"20/05/2010", "E8", "other"},    {"20/05/2010", "E15", "other"},
        {"01/07/2003", "E5", "aged_out"}, /* 30 days before the 18th birthday */
        {"02/07/2003", "E5", "other"},    /* 31 days */
        {"01/06/2003", "E17", "aged_out"}, {"01/06/2003", "X1", "aged_out"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char rows[200];
        ck_assert_int_gt(snprintf(rows, sizeof rows,
                                  "2022 h: 1,%s,WBRI\n2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,%s\n",
                                  cases[i].born, cases[i].reason),
                         0);
        make(rows, NULL);
        ck_assert_msg(strcmp(route_name((enum route)history.spells[0].route), cases[i].route) == 0, "%s: %s",
                      cases[i].reason, route_name((enum route)history.spells[0].route));
        done();
    }
}
END_TEST

START_TEST(one_need_for_the_period)
{
    make(H
         "2022 e: 01/05/2021,S,C1,N9,U6,PR1,01/06/2021,X1\n2022 e: 01/06/2021,L,C2,N5,U6,PR1,01/07/2021,X1\n"
         "2022 e: 01/07/2021,L,C1,N1,U6,PR1\n",
         NULL);
    ck_assert_uint_eq(history.n_segments, 3);
    for (size_t i = 0; i < history.n_segments; i++)
        ck_assert_int_eq(history.segments[i].need, NEED_N5);
    done();
}
END_TEST

START_TEST(where_home_and_placement_are)
{
    struct err err = {0};
    struct localities localities = {0};
    ck_assert(localities_add(&localities, str_of("LS1"), str_of("Centre"), &err));
    ck_assert(localities_add(&localities, str_of("LS12"), str_of("West"), &err));
    ck_assert(localities_finish(&localities, &err));
    make(H "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/06/2021,X1,,LS12 1AA,LS2 2BB,11,380,IN,3.4\n"
           "2022 e: 01/06/2021,P,C2,N1,K2,PR4,01/07/2021,X1,,LS1 1AA,BT1 1AA,22,NIR,IN,999.9\n"
           "2022 e: 01/07/2021,P,C2,N1,K2,PR4,,,,,LS4 4DD,33,,,\n",
         &localities);
    ck_assert_uint_eq(history.n_segments, 3);
    const struct segment *s = history.segments;
    ck_assert_str_eq(history.localities[s[0].locality], "West");
    ck_assert_str_eq(history.localities[s[1].locality], "Centre");
    ck_assert_str_eq(history.localities[s[2].locality], "unknown");
    ck_assert_int_eq(s[0].boundary, 1);
    ck_assert_int_eq(s[1].boundary, 2); /* outside England is never inside, whatever the extract says */
    ck_assert_int_eq(s[2].boundary, 0);
    ck_assert_double_eq_tol((double)s[0].distance_miles, 3.4, 1e-6);
    ck_assert(s[1].distance_miles < 0 && s[2].distance_miles < 0);
    done();
    localities_free(&localities);
}
END_TEST

START_TEST(unaccompanied_children_have_no_distance)
{
    make(H "2022 e: 01/05/2021,S,C2,N8,U6,PR1,,,,LS12 1AA,LS2 2BB,11,380,IN,3.4\n2022 u: 1,20/05/2010,\n",
         NULL);
    ck_assert(history.children[0].uasc);
    ck_assert(history.segments[0].distance_miles < 0);
    done();
}
END_TEST

Suite *suite_spells(void)
{
    Suite *suite = suite_create("spells");
    TCase *tcase = tcase_create("spells");
    tcase_add_test(tcase, temporary_placement_and_back_is_no_move);
    tcase_add_test(tcase, temporary_placement_and_on_is_one_move);
    tcase_add_test(tcase, temporary_first_takes_the_next);
    tcase_add_test(tcase, legal_status_alone_is_no_stay);
    tcase_add_test(tcase, same_carer_is_a_stay_but_no_move);
    tcase_add_test(tcase, wrong_reason_is_read_from_the_data);
    tcase_add_test(tcase, gap_makes_an_exit_and_an_entry);
    tcase_add_test(tcase, end_and_start_on_one_day_is_one_period);
    tcase_add_test(tcase, rows_of_no_length_count_no_days);
    tcase_add_test(tcase, short_break_between_splits_care);
    tcase_add_test(tcase, lost_child_is_marked);
    tcase_add_test(tcase, start_before_the_first_return);
    tcase_add_test(tcase, homes_keep_their_number);
    tcase_add_test(tcase, routes_by_reason_and_age);
    tcase_add_test(tcase, one_need_for_the_period);
    tcase_add_test(tcase, where_home_and_placement_are);
    tcase_add_test(tcase, unaccompanied_children_have_no_distance);
    suite_add_tcase(suite, tcase);
    return suite;
}
