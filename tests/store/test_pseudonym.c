/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pseudonym.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "scratch.h"

Suite *suite_pseudonym(void);

static struct value *value_of(struct record *record, enum return_column column)
{
    return &record->values[column - table_spec(record->table)->first];
}

START_TEST(key_file)
{
    char path[SCRATCH_PATH], key[SCRATCH_PATH + 8], first[PSEUDONYM_TEXT], again[PSEUDONYM_TEXT];
    struct pseudonyms pseudonyms;
    struct stat info;
    struct err err = {0};
    scratch_make(path);
    ck_assert(pseudonyms_open(&pseudonyms, path, &err));
    pseudonyms_of(&pseudonyms, str_of("0042"), first);
    ck_assert_uint_eq(strlen(first), 32);
    pseudonyms_close(&pseudonyms, true);
    ck_assert_int_gt(snprintf(key, sizeof key, "%s.key", path), 0);
    ck_assert_int_eq(stat(key, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    ck_assert_int_eq(info.st_size, 32);
    ck_assert(pseudonyms_open(&pseudonyms, path, &err)); /* the same key gives the same pseudonym */
    pseudonyms_of(&pseudonyms, str_of("0042"), again);
    ck_assert_str_eq(first, again);
    pseudonyms_of(&pseudonyms, str_of("42"), again); /* identifiers are texts */
    ck_assert_str_ne(first, again);
    pseudonyms_close(&pseudonyms, false);
    ck_assert_int_eq(stat(key, &info), 0); /* made earlier: it stays */
    scratch_remove(path);
}
END_TEST

START_TEST(key_goes_when_nothing_was_stored)
{
    char path[SCRATCH_PATH];
    struct pseudonyms pseudonyms;
    struct err err = {0};
    scratch_make(path);
    ck_assert(pseudonyms_open(&pseudonyms, path, &err));
    pseudonyms_close(&pseudonyms, false);
    char key[SCRATCH_PATH + 8];
    struct stat info;
    ck_assert_int_gt(snprintf(key, sizeof key, "%s.key", path), 0);
    ck_assert_int_ne(stat(key, &info), 0);
    FILE *file = fopen(key, "wb"); /* something else under that name is no key */
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("short", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert(!pseudonyms_open(&pseudonyms, path, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    scratch_remove(path);
}
END_TEST

START_TEST(header_row)
{
    const struct pseudonyms pseudonyms = {.key = {1}};
    struct pseudonym_texts texts;
    struct record record = {.table = TABLE_HEADER};
    *value_of(&record, COLUMN_HEADER_CHILD) = (struct value){VALUE_OK, 0, str_of("12345")};
    *value_of(&record, COLUMN_HEADER_SEX) = (struct value){VALUE_OK, 0, str_of("1")};
    *value_of(&record, COLUMN_HEADER_DOB) =
        (struct value){VALUE_OK, date_from_civil(2010, 2, 27), (struct str){0}};
    *value_of(&record, COLUMN_HEADER_UPN) = (struct value){VALUE_OK, 0, str_of("A123456789012")};
    *value_of(&record, COLUMN_HEADER_MC_DOB) = (struct value){VALUE_BAD, 0, str_of("31/02/2020")};
    pseudonyms_apply(&pseudonyms, &record, &texts);
    ck_assert_uint_eq(record_text(&record, COLUMN_HEADER_CHILD).length, 32);
    ck_assert(str_equal_text(record_text(&record, COLUMN_HEADER_SEX), "1"));
    ck_assert_int_eq(record_day(&record, COLUMN_HEADER_DOB), date_from_civil(2010, 2, 16));
    ck_assert_int_eq(value_of(&record, COLUMN_HEADER_UPN)->state, VALUE_BLANK);
    ck_assert_int_eq(value_of(&record, COLUMN_HEADER_MC_DOB)->state, VALUE_BLANK);
    ck_assert(pseudonyms_hide(COLUMN_HEADER_DOB) && pseudonyms_hide(COLUMN_HEADER_UPN));
    ck_assert(!pseudonyms_hide(COLUMN_HEADER_SEX) && !pseudonyms_hide(COLUMN_EPISODES_DECOM));
}
END_TEST

START_TEST(postcodes)
{
    static const char *const cases[][2] = {{"LS12 3AB", "LS12"}, {"LS123AB", "LS12"},  {"M1 1AA", "M1"},
                                           {"M11AA", "M1"},      {"EC1A 1BB", "EC1A"}, {"LS12", "LS12"},
                                           {"LS12 3", "LS12"}};
    const struct pseudonyms pseudonyms = {.key = {1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pseudonym_texts texts;
        struct record record = {.table = TABLE_EPISODES};
        *value_of(&record, COLUMN_EPISODES_HOME_POST) = (struct value){VALUE_OK, 0, str_of(cases[i][0])};
        pseudonyms_apply(&pseudonyms, &record, &texts);
        ck_assert_msg(str_equal_text(record_text(&record, COLUMN_EPISODES_HOME_POST), cases[i][1]), "%s",
                      cases[i][0]);
    }
}
END_TEST

Suite *suite_pseudonym(void)
{
    Suite *suite = suite_create("pseudonym");
    TCase *tests = tcase_create("pseudonym");
    tcase_add_test(tests, key_file);
    tcase_add_test(tests, key_goes_when_nothing_was_stored);
    tcase_add_test(tests, header_row);
    tcase_add_test(tests, postcodes);
    suite_add_tcase(suite, tests);
    return suite;
}
