/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which measures a card shows, and how many lines they and a commentary take; by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "app/card_commentary.h"
#include "app/card_measures.h"

Suite *suite_card_measures(void);

static struct indicator list[] = {
    {.name = "nights", .title = "Nights", .question = INDICATOR_HOW_MUCH, .now = {.state = INDICATOR_KNOWN}},
    {.name = "entries", .title = "Came", .question = INDICATOR_HOW_MUCH, .now = {.state = INDICATOR_KNOWN}},
    {.name = "exits",
     .title = "Left",
     .question = INDICATOR_HOW_MUCH,
     .now = {.state = INDICATOR_NOT_IN_RETURNS}},
    {.name = "own",
     .title = "A measure whose words are longer than one line",
     .question = INDICATOR_HOW_MUCH,
     .now = {.state = INDICATOR_KNOWN}},
    {.name = "stability",
     .title = "Stayed",
     .question = INDICATOR_BETTER_OFF,
     .now = {.state = INDICATOR_KNOWN}},
};
static struct indicator_set set = {.list = list, .n = sizeof list / sizeof list[0]};

/* The measures that a page gets, "nights,entries;stability". */
static void check_chosen(const struct card_selection *selection, const char *expected)
{
    struct arena arena = {0};
    struct err err = {0};
    char found[256] = "";
    struct page_value *root = page_new(&arena, &err);
    ck_assert(card_measures_add(&arena, root, &set, NULL, selection, &err));
    for (const struct page_value *question = root->first->first; question != NULL;
         question = question->next) {
        const struct page_value *rows = question->last;
        strncat(found, found[0] == '\0' ? "" : ";", 2);
        for (const struct page_value *row = rows->first; row != NULL; row = row->next) {
            strncat(found, row == rows->first ? "" : ",", 2);
            strncat(found, row->first->text, 6);
        }
    }
    ck_assert_str_eq(found, expected);
    arena_free(&arena);
}

static void set_up(void)
{
    for (size_t i = 0; i < set.n; i++) {
        list[i].target = list[i].p = list[i].change = (double)NAN;
        list[i].unit = list[i].definition = list[i].source = list[i].why = "";
    }
}

START_TEST(targets_first_then_what_a_board_reads)
{
    const struct card_selection one = {.most = 1};
    const struct card_selection two = {.most = 2};
    const struct card_selection all = {0};
    check_chosen(&one, "Came;Stayed"); /* entries is read first; exits is not known */
    check_chosen(&two, "Nights,Came;Stayed");
    list[3].target = 10;
    check_chosen(&one, "A meas;Stayed");
    check_chosen(&two, "Came,A meas;Stayed"); /* in the order of the set */
    check_chosen(&all, "Nights,Came,Left,A meas;Stayed");
}
END_TEST

START_TEST(names_choose_and_are_checked)
{
    struct arena arena = {0};
    struct err err = {0};
    struct card_selection selection;
    ck_assert(card_selection_read("stability, nights", &set, &arena, &selection, &err));
    check_chosen(&selection, "Nights;Stayed");
    ck_assert(!card_selection_read("stabilty", &set, &arena, &selection, &err));
    ck_assert_str_eq(err.message, "there is no measure stabilty; did you mean stability?");
    ck_assert(!card_selection_read("", &set, &arena, &selection, &err));
    ck_assert(
        !card_selection_read("own,own,own,own,own,own,own,own,own,own,own", &set, &arena, &selection, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "room for 10"));
    arena_free(&arena);
}
END_TEST

START_TEST(lines_are_counted)
{
    const struct card_selection all = {0};
    struct err err = {0};
    int32_t lines = 0;
    ck_assert(card_measures_lines(&set, &all, &lines, &err));
    ck_assert_int_eq(lines, 5); /* without targets a line has 49 letters */
    list[0].target = 1;
    ck_assert(card_measures_lines(&set, &all, &lines, &err));
    ck_assert_int_eq(lines, 6); /* with them 30, and one title has 46 */
    ck_assert_int_eq(card_lines("", 10), 0);
    ck_assert_int_eq(card_lines("<p>1234567890</p>\n", 10), 1);
    ck_assert_int_eq(card_lines("<p>12345678901</p>\n", 10), 2);
    ck_assert_int_eq(
        card_lines("<ul>\n<li>a</li>\n<li><a href=\"https://example.org/long\">b</a></li>\n</ul>\n", 10), 2);
    ck_assert_int_eq(card_lines("<p>a<br />\nb</p>\n<h3>c</h3>\n<p>\xC3\xA9</p>", 10), 4);
}
END_TEST

START_TEST(names_of_files_are_plain)
{
    char slug[CARD_SLUG];
    card_slug("North East", slug);
    ck_assert_str_eq(slug, "north-east");
    card_slug("  West & Moor / ", slug);
    ck_assert_str_eq(slug, "west-moor");
    card_slug("../../etc", slug);
    ck_assert_str_eq(slug, "etc");
    card_slug("\xC3\x86", slug);
    ck_assert_str_eq(slug, "");
}
END_TEST

Suite *suite_card_measures(void)
{
    Suite *suite = suite_create("card_measures");
    TCase *tcase = tcase_create("card_measures");
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, targets_first_then_what_a_board_reads);
    tcase_add_test(tcase, names_choose_and_are_checked);
    tcase_add_test(tcase, lines_are_counted);
    tcase_add_test(tcase, names_of_files_are_plain);
    suite_add_tcase(suite, tcase);
    return suite;
}
