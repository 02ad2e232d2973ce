/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who runs a home: the provider most used with its URN that can offer the placement. Counted by hand. */
#include "data/homes.h"

#include <check.h>
#include <stdio.h>

Suite *suite_homes(void);

static void add(struct homes *homes, const char *urn, const char *place, const char *provider)
{
    struct err err = {0};
    ck_assert(homes_add(homes, str_of(urn), str_of(place), str_of(provider), &err));
}

START_TEST(most_used_provider)
{
    struct homes homes = {0};
    add(&homes, "SC1", "K2", "PR4");
    add(&homes, "SC1", "K2", "PR1");
    add(&homes, "SC1", "K2", "PR4");
    add(&homes, "SC2", "K2", "PR1");
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC1"), PLACE_K2), 4);
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC2"), PLACE_K2), 1);
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC3"), PLACE_K2), PROVIDER_UNKNOWN);
    add(&homes, "SC1", "K2", "PR1"); /* two each: the lower code, in whatever order they came */
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC1"), PLACE_K2), 1);
    homes_free(&homes);
}
END_TEST

START_TEST(only_what_can_be)
{
    struct homes homes = {0};
    add(&homes, "SC1", "S1", "PR3");
    add(&homes, "SC1", "S1", "PR3"); /* fits S1 but no foster home */
    add(&homes, "SC1", "U4", "PR5");
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC1"), PLACE_S1), 3);
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC1"), PLACE_U4), 5);
    add(&homes, "SC2", "U4", "PR0"); /* impossible, so no evidence */
    add(&homes, "SC2", "U4", "PR9");
    add(&homes, "SC2", "U4", "");
    add(&homes, "SC2", "", "PR1");
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC2"), PLACE_U4), PROVIDER_UNKNOWN);
    homes_free(&homes);
}
END_TEST

START_TEST(no_home)
{
    struct homes homes = {0};
    ck_assert_uint_eq(homes_provider(NULL, str_of("SC1"), PLACE_K2), PROVIDER_UNKNOWN);
    ck_assert_uint_eq(homes_provider(&homes, str_of("SC1"), PLACE_K2), PROVIDER_UNKNOWN);
    add(&homes, "XXXXXXX", "U4", "PR4"); /* not yet registered: stands for many */
    add(&homes, "", "U4", "PR4");
    ck_assert_uint_eq(homes.n, 0);
    ck_assert_uint_eq(homes_provider(&homes, str_of("XXXXXXX"), PLACE_U4), PROVIDER_UNKNOWN);
    homes_free(&homes);
}
END_TEST

START_TEST(many_homes)
{
    enum { HOMES = 5000 };
    static const char *const providers[] = {"PR1", "PR2", "PR4", "PR5"};
    static const uint8_t codes[] = {1, 2, 4, 5};
    struct homes homes = {0};
    char urn[16];
    for (int i = 0; i < HOMES; i++) {
        ck_assert_int_gt(snprintf(urn, sizeof urn, "SC%d", i), 0);
        add(&homes, urn, "U6", providers[i % 4]);
    }
    ck_assert_uint_eq(homes.n, HOMES);
    for (int i = 0; i < HOMES; i++) {
        ck_assert_int_gt(snprintf(urn, sizeof urn, "SC%d", i), 0);
        ck_assert_uint_eq(homes_provider(&homes, str_of(urn), PLACE_U6), codes[i % 4]);
    }
    homes_free(&homes);
}
END_TEST

Suite *suite_homes(void)
{
    Suite *suite = suite_create("homes");
    TCase *tests = tcase_create("homes");
    tcase_add_test(tests, most_used_provider);
    tcase_add_test(tests, only_what_can_be);
    tcase_add_test(tests, no_home);
    tcase_add_test(tests, many_homes);
    suite_add_tcase(suite, tests);
    return suite;
}
