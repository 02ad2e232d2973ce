/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lookup.h"

#include <check.h>
#include <stdio.h>

Suite *suite_lookup(void);

START_TEST(texts_and_values)
{
    struct lookup lookup = {0};
    struct err err = {0};
    int32_t value = 0;
    ck_assert_int_eq(lookup_find(&lookup, str_of("a"), -7), -7);
    ck_assert(lookup_put(&lookup, str_of("Leeds"), 1, &value, &err));
    ck_assert_int_eq(value, 1);
    ck_assert(lookup_put(&lookup, str_of(" leeds "), 2, &value, &err)); /* case and blanks do not count */
    ck_assert_int_eq(value, 1);
    ck_assert(lookup_set(&lookup, str_of("LEEDS"), 3, &err));
    ck_assert_int_eq(lookup_find(&lookup, str_of("leeds"), -1), 3);
    ck_assert_int_eq(lookup_find(&lookup, (struct str){0}, -1), -1);
    ck_assert(lookup_put(&lookup, (struct str){0}, 9, &value, &err)); /* the empty text is a text */
    ck_assert_int_eq(lookup_find(&lookup, str_of(" "), -1), 9);
    ck_assert_uint_eq(lookup.n, 2);
    lookup_free(&lookup);
    ck_assert_int_eq(lookup_find(&lookup, str_of("leeds"), -1), -1);
}
END_TEST

START_TEST(many)
{
    enum { MANY = 5000 };
    static char names[MANY][8];
    struct lookup lookup = {0};
    struct err err = {0};
    int32_t value = 0;
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_gt(snprintf(names[i], sizeof names[i], "%d", i), 0);
        ck_assert(lookup_put(&lookup, str_of(names[i]), i, &value, &err));
    }
    for (int i = 0; i < MANY; i++)
        ck_assert_int_eq(lookup_find(&lookup, str_of(names[i]), -1), i);
    ck_assert_int_eq(lookup_find(&lookup, str_of("5000"), -1), -1);
    ck_assert_uint_eq(lookup.n, MANY);
    lookup_free(&lookup);
}
END_TEST

Suite *suite_lookup(void)
{
    Suite *suite = suite_create("lookup");
    TCase *tests = tcase_create("lookup");
    tcase_add_test(tests, texts_and_values);
    tcase_add_test(tests, many);
    suite_add_tcase(suite, tests);
    return suite;
}
