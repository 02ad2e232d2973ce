/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/group.h"

#include <check.h>

Suite *suite_group(void);

START_TEST(names_are_public)
{
    /* the words of files: programs and spreadsheets rely on them */
    char text[GROUP_TEXT];
    const char *const localities[] = {"East", "unknown"};
    group_format((struct group){GROUP_ALL, 0}, NULL, text);
    ck_assert_str_eq(text, "all");
    group_format((struct group){GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}, NULL, text);
    ck_assert_str_eq(text, "placement:res_external");
    group_format((struct group){GROUP_AGE, AGE_1_4}, NULL, text);
    ck_assert_str_eq(text, "age:1-4");
    group_format((struct group){GROUP_ROUTE, ROUTE_AGED_OUT}, NULL, text);
    ck_assert_str_eq(text, "route:aged_out");
    group_format((struct group){GROUP_LEGAL, LEGAL_SECTION_20}, NULL, text);
    ck_assert_str_eq(text, "legal:section_20");
    group_format((struct group){GROUP_NEED, NEED_N1}, NULL, text);
    ck_assert_str_eq(text, "need:N1");
    group_format((struct group){GROUP_LOCALITY, 0}, localities, text);
    ck_assert_str_eq(text, "locality:East");
    group_format((struct group){GROUP_UASC, 0}, NULL, text);
    ck_assert_str_eq(text, "uasc:yes");
    ck_assert_str_eq(measure_name(MEASURE_READMISSIONS), "readmissions");
    ck_assert_str_eq(measure_unit(MEASURE_COST), "gbp");
    ck_assert_str_eq(measure_unit(MEASURE_NIGHTS), "nights");
}
END_TEST

START_TEST(names_parse_back)
{
    for (int i = 0; i < PLACEMENT_COUNT; i++) {
        enum placement_group group = PLACEMENT_COUNT;
        ck_assert(placement_group_parse(str_of(placement_group_name((enum placement_group)i)), &group));
        ck_assert_int_eq((int)group, i);
    }
    for (int i = 0; i < ROUTE_COUNT; i++) {
        enum route route = ROUTE_COUNT;
        ck_assert(route_parse(str_of(route_name((enum route)i)), &route));
        ck_assert_int_eq((int)route, i);
    }
    enum placement_group group = PLACEMENT_OTHER;
    ck_assert(!placement_group_parse(str_of("Foster_Kin"), &group));
    ck_assert(!placement_group_parse(str_of(""), &group));
}
END_TEST

START_TEST(age_bands)
{
    static const enum age_band expected[] = {
        AGE_0,   AGE_1_4,   AGE_1_4,   AGE_1_4,   AGE_1_4,   AGE_5_9,   AGE_5_9,   AGE_5_9,   AGE_5_9,
        AGE_5_9, AGE_10_15, AGE_10_15, AGE_10_15, AGE_10_15, AGE_10_15, AGE_10_15, AGE_16_17, AGE_16_17};
    for (int32_t age = 0; age < 18; age++)
        ck_assert_int_eq(age_band_of(age), expected[age]);
    ck_assert_int_eq(age_band_of(-1), AGE_0);
    ck_assert_int_eq(age_band_of(30), AGE_16_17);
    ck_assert_int_eq(age_band_first(AGE_10_15), 10);
    ck_assert_int_eq(age_band_first(AGE_COUNT), 18);
}
END_TEST

Suite *suite_group(void)
{
    Suite *suite = suite_create("group");
    TCase *tcase = tcase_create("group");
    tcase_add_test(tcase, names_are_public);
    tcase_add_test(tcase, names_parse_back);
    tcase_add_test(tcase, age_bands);
    suite_add_tcase(suite, tcase);
    return suite;
}
