/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whom conditions mean: one child, told apart by every key. */
#include "sim/matches.h"

#include <check.h>

#include "sim/where_text.h"
#include "tests/build_history.h"

Suite *suite_matches(void);

static struct history history;
static day origin;

static bool meant(enum lever_kind kind, const char *key, const char *value)
{
    struct err err = {0};
    struct arena texts = {0};
    struct lever lever = {.kind = kind, .where = where_all()};
    ck_assert_msg(key == NULL || where_set(&lever.where, str_of(key), str_of(value), &texts, &err), "%s",
                  err.message);
    const bool found = matches_anybody(&history, &lever, origin);
    arena_free(&texts);
    return found;
}

/* A boy born on 1 June 2010, in care under section 20 from 1 May 2020 to 31 March 2022: agency fostering,
 * from 1 September 2021 a children's home. */
static void setup(void)
{
    struct err err = {0};
    origin = on(2022, 3, 31);
    build_init(&history, 2018, 2022);
    build_child(&history, on(2010, 6, 1));
    build_spell(&history, on(2020, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2021, 9, 1), PLACEMENT_RES_EXTERNAL);
    ck_assert(history_finish(&history, 2018, 2022, &err));
}

static void teardown(void)
{
    build_free(&history);
}

static const struct {
    enum lever_kind kind;
    const char *key, *value;
    bool is_meant;
} cases[] = {
    {LEVER_EXITS, NULL, NULL, true},
    /* 9 until 1 June 2020, 11 at the end */
    {LEVER_EXITS, "age", "9", true},
    {LEVER_EXITS, "age", "11-17", true},
    {LEVER_EXITS, "age", "12-17", false},
    {LEVER_EXITS, "age", "0-8", false},
    {LEVER_ENTRIES, "age", "9", true},
    {LEVER_ENTRIES, "age", "10-17", false},
    {LEVER_EXITS, "placement", "res_external", true},
    {LEVER_EXITS, "placement", "foster_kin", false},
    {LEVER_ENTRIES, "placement", "res_external", false},
    {LEVER_EXITS, "legal", "section_20", true},
    {LEVER_EXITS, "need", "N1", true},
    {LEVER_EXITS, "need", "N5", false},
    {LEVER_EXITS, "uasc", "yes", false},
    {LEVER_EXITS, "uasc", "no", true},
    {LEVER_EXITS, "locality", "North", false},
    /* 699 days in care, 211 in the home on the last day */
    {LEVER_EXITS, "time_in_care", "699d+", true},
    {LEVER_EXITS, "time_in_care", "700d+", false},
    {LEVER_EXITS, "time_in_placement", "488d+", false},
    {LEVER_EXITS, "time_in_placement", "487d+", true},
    {LEVER_ENTRIES, "time_in_care", "1d+", false},
    {LEVER_PRICE, "locality", "North", true},
    {LEVER_READMISSIONS, "age", "0-8", true},
};

START_TEST(conditions_are_met_on_some_day)
{
    ck_assert_msg(meant(cases[_i].kind, cases[_i].key, cases[_i].value) == cases[_i].is_meant, "%s=%s",
                  cases[_i].key, cases[_i].value);
}
END_TEST

START_TEST(five_years_are_looked_at)
{
    origin = on(2029, 3, 31);
    /* nobody came within five years of then */
    ck_assert(!meant(LEVER_ENTRIES, NULL, NULL));
}
END_TEST

Suite *suite_matches(void)
{
    Suite *suite = suite_create("matches");
    TCase *tests = tcase_create("matches");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, conditions_are_met_on_some_day, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, five_years_are_looked_at);
    suite_add_tcase(suite, tests);
    return suite;
}
