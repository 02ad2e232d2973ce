/* SPDX-License-Identifier: GPL-3.0-or-later
 * Conditions from words: the same as a scenario file says, and no others. */
#include "sim/where_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_where_text(void);

static struct where where;
static struct arena texts;

static bool set(const char *key, const char *value, struct err *err)
{
    where = where_all();
    return where_set(&where, str_of(key), str_of(value), &texts, err);
}

START_TEST(keys_and_values)
{
    struct err err = {0};
    ck_assert(set("age", "5-15", &err) && where.age_low == 5 && where.age_high == 15);
    ck_assert(set("age", "0", &err) && where.age_low == 0 && where.age_high == 0);
    ck_assert(set("placement", "foster_kin", &err) && where.placements == 1U << PLACEMENT_FOSTER_KIN);
    ck_assert(set("route", "sgo", &err) && where.routes == 1U << ROUTE_SGO);
    ck_assert(set("uasc", "yes", &err) && where.uasc == 1);
    ck_assert(set("uasc", "no", &err) && where.uasc == 0);
    ck_assert(set("time_in_care", "0-60d", &err) && where.in_care_low == 0 && where.in_care_high == 60);
    ck_assert(set("time_in_placement", "548d+", &err) && where.in_placement_low == 548 &&
              where.in_placement_high == INT32_MAX);
    ck_assert(set("from", "res_external", &err) && where.from == 1U << PLACEMENT_RES_EXTERNAL);
    ck_assert(set("to", "foster_inhouse", &err) && where.to == 1U << PLACEMENT_FOSTER_INHOUSE);
    ck_assert(set("provider", "PR4", &err));
    ck_assert_str_eq(where.provider, "PR4");
    ck_assert(set("locality", "North & East", &err));
    ck_assert_str_eq(where.locality, "North & East");
    ck_assert_uint_eq(where.given, 1U << WHERE_LOCALITY);
    arena_free(&texts);
}
END_TEST

static const char *const wrong[][2] = {
    {"age", "18"},
    {"age", "9-5"},
    {"age", ""},
    {"age", "5-"},
    {"placement", "hotel"},
    {"route", "away"},
    {"uasc", "maybe"},
    {"time_in_care", "60"},
    {"time_in_care", "d"},
    {"need", "N99"},
    {"time_in_care", "9-5d"},
    {"time_in_placement", "5-9d+"},
    {"colour", "red"},
    {"", ""},
};

START_TEST(other_words_are_errors)
{
    struct err err = {0};
    ck_assert_msg(!set(wrong[_i][0], wrong[_i][1], &err), "%s=%s", wrong[_i][0], wrong[_i][1]);
    ck_assert_int_eq(err.code, ERR_USAGE);
    arena_free(&texts);
}
END_TEST

Suite *suite_where_text(void)
{
    Suite *suite = suite_create("where_text");
    TCase *tests = tcase_create("where_text");
    tcase_add_test(tests, keys_and_values);
    tcase_add_loop_test(tests, other_words_are_errors, 0, sizeof wrong / sizeof wrong[0]);
    suite_add_tcase(suite, tests);
    return suite;
}
