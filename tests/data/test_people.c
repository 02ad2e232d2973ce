/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/people.h"

#include <check.h>

Suite *suite_people(void);

START_TEST(ages)
{
    static const struct {
        const char *text;
        int32_t age;
    } known[] = {
        {"0", 0},
        {"17", 17},
        {"Age 5", 5},
        {"AGED 5 YEARS", 5},
        {"Under 1", 0},
        {"under 1 year", 0},
        {"0-17", PEOPLE_CHILDREN},
        {"Aged 0 to 17", PEOPLE_CHILDREN},
        {"Children aged 0\xE2\x80\x93"
         "17 years",
         PEOPLE_CHILDREN},
        {"Under 18", PEOPLE_CHILDREN},
        {"18", PEOPLE_OTHERS},
        {"90 and over", PEOPLE_OTHERS},
        {"90+", PEOPLE_OTHERS},
        {"Age 9+", PEOPLE_OTHERS},
        {"All ages", PEOPLE_OTHERS},
        {"Total", PEOPLE_OTHERS},
        {"Aged 0 to 15", PEOPLE_OTHERS},
        {"0 - 4", PEOPLE_OTHERS},
    };
    static const char *const unknown[] = {"",       " ",   "age",         "5 miles", "5;6",
                                          "4 to 0", "200", "1 to 2 to 3", "x",       "99999999999999999999"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        int32_t age = -99;
        ck_assert_msg(people_parse_age(str_of(known[i].text), &age) && age == known[i].age, "%s: %d",
                      known[i].text, (int)age);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        int32_t age = -99;
        ck_assert_msg(!people_parse_age(str_of(unknown[i]), &age) && age == -99, "%s", unknown[i]);
    }
}
END_TEST

START_TEST(sexes)
{
    enum people_sex sex = PEOPLE_SEXES;
    ck_assert(people_parse_sex(str_of("persons"), &sex) && sex == PEOPLE_PERSONS);
    ck_assert(people_parse_sex(str_of(""), &sex) && sex == PEOPLE_PERSONS);
    ck_assert(people_parse_sex(str_of("Male"), &sex) && sex == PEOPLE_MALES);
    ck_assert(people_parse_sex(str_of("FEMALES"), &sex) && sex == PEOPLE_FEMALES);
    ck_assert(people_parse_sex(str_of("Total"), &sex) && sex == PEOPLE_PERSONS);
    ck_assert(!people_parse_sex(str_of("1"), &sex)); /* a code means one thing here and another there */
    ck_assert_int_eq(sex, PEOPLE_PERSONS);
}
END_TEST

START_TEST(years)
{
    ck_assert_int_eq(people_year(str_of("2018"), true), 2018);
    ck_assert_int_eq(people_year(str_of("mid-2018"), true), 2018);
    ck_assert_int_eq(people_year(str_of("population_2018"), true), 2018);
    ck_assert_int_eq(people_year(str_of("2018-06-30"), true), 0);
    ck_assert_int_eq(people_year(str_of("2018-06-30"), false), 2018);
    ck_assert_int_eq(people_year(str_of("30 June 2018"), false), 2018);
    ck_assert_int_eq(people_year(str_of("12018"), false), 0);
    ck_assert_int_eq(people_year(str_of("1989"), false), 0);
    ck_assert_int_eq(people_year(str_of("2101"), false), 0);
    ck_assert_int_eq(people_year(str_of("AREA"), true), 0);
    ck_assert_int_eq(people_year(str_of(""), false), 0);
}
END_TEST

Suite *suite_people(void)
{
    Suite *suite = suite_create("people");
    TCase *cases = tcase_create("people");
    tcase_add_test(cases, ages);
    tcase_add_test(cases, sexes);
    tcase_add_test(cases, years);
    suite_add_tcase(suite, cases);
    return suite;
}
