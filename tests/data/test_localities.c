/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/localities.h"

#include <check.h>

Suite *suite_localities(void);

static struct localities make(void)
{
    struct localities localities = {0};
    struct err err = {0};
    static const char *const rows[][2] = {{"LS", "Rest of Leeds"},  {"LS1", "Centre"},
                                          {"LS12", "West"},         {"LS12 3", "Armley"},
                                          {"ls6 2ab", "One house"}, {"BD3", "unknown"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert(localities_add(&localities, str_of(rows[i][0]), str_of(rows[i][1]), &err));
    ck_assert(localities_finish(&localities, &err));
    return localities;
}

static const char *find(const struct localities *localities, const char *postcode)
{
    return localities->names[localities_find(localities, str_of(postcode))];
}

START_TEST(longest_beginning)
{
    struct localities localities = make();
    ck_assert_str_eq(find(&localities, "LS12 3AB"), "Armley");
    ck_assert_str_eq(find(&localities, "LS123AB"), "Armley");
    ck_assert_str_eq(find(&localities, "ls12 4ab"), "West");
    ck_assert_str_eq(find(&localities, "LS1 2AB"), "Centre"); /* not LS12, though the letters run together */
    ck_assert_str_eq(find(&localities, "LS12AB"), "Centre");
    ck_assert_str_eq(find(&localities, "LS13 1AA"), "Rest of Leeds"); /* LS1 is another district */
    ck_assert_str_eq(find(&localities, "LS6 2AB"), "One house");
    ck_assert_str_eq(find(&localities, "LS6 2AC"), "Rest of Leeds");
    localities_free(&localities);
}
END_TEST

START_TEST(unknown_is_last)
{
    struct localities localities = make();
    ck_assert_str_eq(localities.names[localities.n_names - 1], "unknown");
    ck_assert_uint_eq(localities.n_names, 6); /* five names and unknown, once */
    for (size_t i = 2; i < localities.n_names; i++)
        ck_assert(localities.names[i - 1][0] <= localities.names[i][0] || i == localities.n_names - 1);
    ck_assert_str_eq(find(&localities, "BD3 1AA"), "unknown");
    ck_assert_str_eq(find(&localities, "ZZ1 1AA"), "unknown");
    ck_assert_str_eq(find(&localities, ""), "unknown");
    ck_assert_str_eq(find(&localities, "far too long for a postcode"), "unknown");
    localities_free(&localities);
    struct localities none = {0};
    struct err err = {0};
    ck_assert(localities_finish(&none, &err)); /* no rows: everything is unknown */
    ck_assert_int_eq(localities_find(&none, str_of("LS1 2AB")), 0);
    localities_free(&none);
}
END_TEST

Suite *suite_localities(void)
{
    Suite *suite = suite_create("localities");
    TCase *tests = tcase_create("localities");
    tcase_add_test(tests, longest_beginning);
    tcase_add_test(tests, unknown_is_last);
    suite_add_tcase(suite, tests);
    return suite;
}
