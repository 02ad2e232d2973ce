/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plan of nine rows, seen at the end of January to March 2026; days by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/card_actions.h"
#include "plan/refs.h"

Suite *suite_card_actions(void);

static const struct {
    const char *ref, *milestone, *due, *status;
} rows[] = {
    {"1", "Long late", "31/10/2025", "Delayed"},      /* 151 days */
    {"2", "Late", "28/02/2026", "On track"},          /* 31 days */
    {"3", "Late by a day", "30/03/2026", "On track"}, /* 1 day */
    {"4", "Done in time", "15/02/2026", "Complete"},
    {"5", "Done long ago", "31/01/2025", "Complete"},
    {"6", "Due on the last day", "31/03/2026", "On track"},
    {"7", "Next", "30/04/2026", "Not started"},
    {"8", "Far", "31/12/2027", "Off track"},
    {"S", "No more wanted", "28/02/2026", "Superseded"},
    {"9", "Goes on", "ongoing", "Ongoing"},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static struct plan plan;
static struct card_period period;

static void set_up(void)
{
    struct err err = {0};
    struct filed_row filed[ROWS];
    struct arena arena = {0};
    for (size_t i = 0; i < ROWS; i++) {
        filed[i] = (struct filed_row){.file = 1, .line = (int32_t)i + 2};
        filed[i].text[PLAN_TEXT_ACTION_REF] = str_of(rows[i].ref);
        filed[i].text[PLAN_TEXT_ACTION] = str_of("Action");
        filed[i].text[PLAN_TEXT_MILESTONE] = str_of(rows[i].milestone);
        filed[i].text[PLAN_TEXT_DUE] = str_of(rows[i].due);
        filed[i].text[PLAN_TEXT_STATUS] = str_of(rows[i].status);
        filed[i].text[PLAN_TEXT_LEAD_ROLE] = str_of("Head of early help and of much else");
    }
    ck_assert(refs_make(filed, ROWS, NULL, 0, &arena, &err));
    ck_assert(plan_make("oak", filed, ROWS,
                        (struct plan_stamp){date_from_civil(2025, 1, 1), PLAN_DATED_ASKED}, &plan, &err));
    arena_free(&arena);
    period = card_period_of(CARD_QUARTER, date_from_civil(2026, 3, 1));
}

static void tear_down(void)
{
    plan_free(&plan);
}

START_TEST(rows_are_counted_by_the_period)
{
    char words[PLAN_WORDS];
    const struct card_actions_count c = card_actions_count(&plan, &period);
    ck_assert_int_eq(c.due, 5); /* 2, 3, 4, 6, S */
    ck_assert_int_eq(c.done, 1);
    ck_assert_int_eq(c.superseded, 1);
    ck_assert_int_eq(c.late, 2);
    ck_assert_int_eq(c.open, 1);
    ck_assert_int_eq(c.next, 1); /* 7 */
    ck_assert_int_eq(c.all, 10);
    ck_assert_int_eq(c.all_done, 2);
    ck_assert_int_eq(c.all_late, 3);
    card_actions_say(&plan, &period, words);
    ck_assert_str_eq(words, "5 actions were due: 1 done, 2 late, 1 superseded, 1 open on the last day. Of "
                            "all 10, 3 late and 2 done; "
                            "1 is due in April to June 2026");
    period = card_period_of(CARD_QUARTER, date_from_civil(2026, 8, 1));
    card_actions_say(&plan, &period, words);
    ck_assert_ptr_nonnull(strstr(words, "No action was due. Of all 10"));
}
END_TEST

/* The references in a table, in their order. */
static void check_order(size_t most, const char *expected, size_t expected_left)
{
    struct table table = {0};
    struct err err = {0};
    char order[64] = "";
    size_t left = 0;
    ck_assert(card_actions_table(&table, &plan, &period, most, 40, &left, &err));
    for (size_t i = 0; i < table.n_rows; i++)
        strncat(order, table_at(&table, i, 0)->as.text, 1);
    ck_assert_str_eq(order, expected);
    ck_assert_uint_eq(left, expected_left);
    table_free(&table);
}

START_TEST(late_and_next_share_the_room)
{
    check_order(9, "1236784", 0); /* late by days; then what comes, soonest first; then what was done */
    check_order(6, "123678", 0);
    check_order(5, "12367", 0); /* what comes keeps two of five, and late ones need no more than three */
    check_order(4, "1267", 1);
    check_order(1, "1", 2);
}
END_TEST

START_TEST(rows_say_how_it_stands)
{
    struct table table = {0};
    struct err err = {0};
    size_t left = 0;
    ck_assert(card_actions_table(&table, &plan, &period, 9, 8, &left, &err));
    ck_assert_str_eq(table_at(&table, 0, 0)->as.text, "1 Long l..."); /* cut to one line */
    ck_assert_str_eq(table_at(&table, 0, 1)->as.text, "Head of early help a...");
    ck_assert_str_eq(table_at(&table, 0, 3)->as.text, "late by 151 days");
    ck_assert_str_eq(table_at(&table, 3, 3)->as.text, "to come");
    ck_assert_str_eq(table_at(&table, 5, 3)->as.text, "not going as planned");
    ck_assert_str_eq(table_at(&table, 6, 3)->as.text, "done");
    table_free(&table);
}
END_TEST

START_TEST(statuses_have_words_and_shapes)
{
    ck_assert_str_eq(card_status_words(.8), "On course");
    ck_assert_str_eq(card_status_words(.799), "At risk");
    ck_assert_str_eq(card_status_words(.399), "Off course");
    ck_assert_str_eq(card_status_words((double)NAN), "");
    ck_assert_str_eq(card_status_shape("On course"), "●");
    ck_assert_str_eq(card_status_shape("At risk"), "◐");
    ck_assert_str_eq(card_status_shape("Off course"), "■");
    ck_assert_str_eq(card_status_shape("Too early"), "○");
    ck_assert_str_eq(card_status_shape(""), "");
}
END_TEST

Suite *suite_card_actions(void)
{
    Suite *suite = suite_create("card_actions");
    TCase *tcase = tcase_create("card_actions");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, rows_are_counted_by_the_period);
    tcase_add_test(tcase, late_and_next_share_the_room);
    tcase_add_test(tcase, rows_say_how_it_stands);
    tcase_add_test(tcase, statuses_have_words_and_shapes);
    suite_add_tcase(suite, tcase);
    return suite;
}
