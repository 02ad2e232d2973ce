/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scenarios with levers more, in memory and as files that are read back. */
#include "study/levered.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/where_text.h"

Suite *suite_levered(void);

START_TEST(in_the_order_of_ids)
{
    const struct where everybody = where_all();
    struct lever own[] = {levered_lever("b", LEVER_EXITS, &everybody, EFFECT_FACTOR, .1)};
    const struct lever more[] = {levered_lever("c", LEVER_ENTRIES, &everybody, EFFECT_FACTOR, -.1),
                                 levered_lever("a", LEVER_MOVES, &everybody, EFFECT_FACTOR, -.2)};
    const struct scenario scenario = {.name = "s", .levers = own, .n_levers = 1};
    struct scenario out;
    struct err err = {0};
    ck_assert(levered_make(&scenario, more, 2, &out, &err));
    ck_assert_uint_eq(out.n_levers, 3);
    ck_assert_str_eq(out.levers[0].id, "a");
    ck_assert_str_eq(out.levers[1].id, "b");
    ck_assert_str_eq(out.levers[2].id, "c");
    ck_assert_uint_eq(scenario.n_levers, 1);
    levered_free(&out);
    ck_assert(!levered_make(&scenario, own, 1, &out, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
}
END_TEST

static void set(struct where *where, const char *key, const char *value, struct arena *texts)
{
    struct err err = {0};
    ck_assert_msg(where_set(where, str_of(key), str_of(value), texts, &err), "%s", err.message);
}

START_TEST(what_is_written_is_read)
{
    struct arena texts = {0};
    struct text text = {0};
    struct err err = {0};
    struct scenario read = {0};
    struct where where = where_all();
    struct where mix = where_all();
    char path[] = "/tmp/levered-XXXXXX";
    set(&where, "age", "10-17", &texts);
    set(&where, "route", "home", &texts);
    set(&where, "time_in_care", "548d+", &texts);
    set(&mix, "from", "res_external", &texts);
    set(&mix, "to", "foster_inhouse", &texts);
    const struct lever levers[] = {levered_lever("a", LEVER_EXITS, &where, EFFECT_FACTOR, -.123),
                                   levered_lever("b", LEVER_MIX, &mix, EFFECT_FACTOR, .5),
                                   levered_lever("c", LEVER_CAPACITY, &mix, EFFECT_CHILDREN, 14)};
    ck_assert_msg(text_append_c(&text, "name: x\ntitle: x\n", &err) && levered_write(levers, 2, &text, &err),
                  "%s", err.message);
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text.at, text.length), (ssize_t)text.length);
    ck_assert_int_eq(close(file), 0);
    ck_assert_msg(scenario_load(&read, path, NULL, NULL, 0, &err), "%d: %s", (int)err.line, err.message);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_uint_eq(read.n_levers, 2);
    ck_assert_double_eq_tol(read.levers[0].likely, -.123, 1e-12);
    ck_assert_int_eq(read.levers[0].where.age_low, 10);
    ck_assert_int_eq(read.levers[0].where.age_high, 17);
    ck_assert_uint_eq(read.levers[0].where.routes, UINT32_C(1) << ROUTE_HOME);
    ck_assert_int_eq(read.levers[0].where.in_care_low, 548);
    ck_assert_int_eq(read.levers[0].where.in_care_high, INT32_MAX);
    ck_assert_uint_eq(read.levers[1].where.from, UINT32_C(1) << PLACEMENT_RES_EXTERNAL);
    ck_assert_uint_eq(read.levers[1].where.to, UINT32_C(1) << PLACEMENT_FOSTER_INHOUSE);
    scenario_free(&read);
    text_free(&text);
    ck_assert(levered_write(&levers[2], 1, &text, &err));
    ck_assert_ptr_nonnull(strstr(text_c(&text), "    effect: +14.00\n"));
    text_free(&text);
    arena_free(&texts);
}
END_TEST

Suite *suite_levered(void)
{
    Suite *suite = suite_create("levered");
    TCase *tests = tcase_create("levered");
    tcase_add_test(tests, in_the_order_of_ids);
    tcase_add_test(tests, what_is_written_is_read);
    suite_add_tcase(suite, tests);
    return suite;
}
