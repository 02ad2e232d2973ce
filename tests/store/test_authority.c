/* SPDX-License-Identifier: GPL-3.0-or-later
 * Codes decide, names only where no code contradicts; --la by name, code, or alone. */
#include "store/authority.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"

Suite *suite_authority(void);

static struct store *store;
static char path[SCRATCH_PATH];

static void setup(void)
{
    struct err err = {0};
    scratch_make(path);
    store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err));
}

static void teardown(void)
{
    store_close(store);
    scratch_remove(path);
}

static int32_t put(const char *code, const char *old_code, const char *name)
{
    struct err err = {0};
    int32_t la = 0;
    ck_assert_msg(authority_put(store, "la", str_of(code), str_of(old_code), str_of(name), &la, &err), "%s",
                  err.message);
    return la;
}

START_TEST(codes_then_names)
{
    const int32_t leeds = put("E08000035", "383", "Leeds");
    ck_assert_int_eq(put("E08000035", "", "Leeds City Council"), leeds);
    ck_assert_int_eq(put("", "383", "LEEDS"), leeds);
    ck_assert_int_eq(put("", "", "leeds"), leeds);
    ck_assert_int_ne(put("E08000036", "384", "Wakefield"), leeds);
    /* "&" and "and" are one; the code that was missing is filled in and then decides */
    const int32_t barking = put("", "", "Barking & Dagenham");
    ck_assert_int_eq(put("E09000002", "301", "Barking and Dagenham"), barking);
    ck_assert_int_eq(put("E09000002", "", "another spelling"), barking);
    /* same name, another area: kept apart by the code */
    const int32_t dorset = put("E10000009", "835", "Dorset");
    ck_assert_int_ne(put("E06000059", "838", "Dorset"), dorset);
    /* a boundary change that was merged under today's code */
    ck_assert_int_eq(put("E08000020", "390", "Gateshead"), put("E08000037", "390", "Gateshead"));
}
END_TEST

START_TEST(la_text)
{
    struct err err = {0};
    struct authority found;
    ck_assert(!store_find_authority(store, NULL, &found, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    const int32_t leeds = put("E08000035", "383", "Leeds");
    ck_assert(store_find_authority(store, NULL, &found, &err)); /* the only one */
    ck_assert_int_eq(found.la, leeds);
    const int32_t sheffield = put("E08000039", "373", "Sheffield");
    ck_assert(store_find_authority(store, "sheffield", &found, &err));
    ck_assert_int_eq(found.la, sheffield);
    ck_assert(store_find_authority(store, "e08000035", &found, &err));
    ck_assert_int_eq(found.la, leeds);
    ck_assert(store_find_authority(store, "373", &found, &err));
    ck_assert_int_eq(found.la, sheffield);
    ck_assert(!store_find_authority(store, "", &found, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "--la"));
    ck_assert(!store_find_authority(store, "Lees", &found, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean Leeds?"));
    ck_assert(!store_find_authority(store, "Sheff", &found, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean Sheffield?"));
    ck_assert(!store_find_authority(store, "Xanadu", &found, &err));
    ck_assert_ptr_null(strstr(err.message, "did you mean"));
}
END_TEST

START_TEST(whose_returns)
{
    struct err err = {0};
    int32_t la = 0, again = 0;
    const int32_t leeds = put("E08000035", "383", "Leeds");
    ck_assert(authority_for_returns(store, "Leeds", &la, &err));
    ck_assert_int_eq(la, leeds);
    ck_assert(authority_for_returns(store, NULL, &la, &err)); /* none has returns yet: a new one */
    ck_assert_int_ne(la, leeds);
    ck_assert(authority_for_returns(store, "council", &again, &err));
    ck_assert_int_eq(again, la);
    sqlite3_stmt *statement = NULL;
    ck_assert(db_get(store, QUERY_ADD_FILE, &statement, &err));
    db_bind_text(store, statement, 1, "header.csv");
    db_bind_text(store, statement, 2, "");
    ck_assert(db_run(store, statement, &err));
    const int64_t file = db_last_key(store);
    ck_assert(db_get(store, QUERY_SET_FILE_KIND, &statement, &err));
    db_bind_text(store, statement, 1, "header");
    db_bind_integer(store, statement, 2, leeds);
    db_bind_integer(store, statement, 3, file);
    ck_assert(db_run(store, statement, &err));
    ck_assert(db_get(store, QUERY_SET_FILE_YEAR, &statement, &err));
    db_bind_integer(store, statement, 1, 2022);
    db_bind_integer(store, statement, 2, file);
    ck_assert(db_run(store, statement, &err));
    ck_assert(authority_for_returns(store, NULL, &again, &err)); /* the only one with returns */
    ck_assert_int_eq(again, leeds);
    struct authority found;
    ck_assert(store_find_authority(store, NULL, &found, &err));
    ck_assert_int_eq(found.la, leeds);
    ck_assert(found.has_returns && !found.has_published);
}
END_TEST

Suite *suite_authority(void)
{
    Suite *suite = suite_create("authority");
    TCase *tests = tcase_create("authority");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, codes_then_names);
    tcase_add_test(tests, la_text);
    tcase_add_test(tests, whose_returns);
    suite_add_tcase(suite, tests);
    return suite;
}
