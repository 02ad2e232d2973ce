/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "render/csv.h"

Suite *suite_csv(void);

static const struct table_column columns[] = {{"name", 0}, {"mean", 2}, {"cost", 0}, {"date", 0}, {"n", 0}};

static char *text_of(const struct table *table)
{
    char *text = NULL;
    size_t size = 0;
    struct err err = {0};
    FILE *file = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(file);
    ck_assert_msg(csv_write(file, table, &err), "%s", err.message);
    ck_assert_int_eq(fclose(file), 0);
    return text;
}

/* RFC 4180 sections 2.5 to 2.7: hand-written expectation */
START_TEST(writes_every_kind_of_cell)
{
    struct table table;
    struct err err = {0};
    table_init(&table, "t", columns, 5);
    struct table_cell *row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "Leeds", &err));
    table_set_real(&row[1], 1374.256);
    table_set_gbp(&row[2], -123450);
    table_set_day(&row[3], date_from_civil(2022, 3, 31));
    table_set_integer(&row[4], -7);
    row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "a \"b\", c\nd", &err));
    table_set_real(&row[1], -0.001);
    table_set_day(&row[3], DAY_OPEN);
    char *text = text_of(&table);
    ck_assert_str_eq(text, "name,mean,cost,date,n\n"
                           "Leeds,1374.26,-1234.50,2022-03-31,-7\n"
                           "\"a \"\"b\"\", c\nd\",0.00,,,\n");
    free(text);
    table_free(&table);
}
END_TEST

START_TEST(guards_against_formulas)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"+44 113", "\"'+44 113\""},
        {"-x", "\"'-x\""},
        {"\t=1", "\"'\t=1\""},
        {"\n=1", "\"'\n=1\""},
        {"-5.2", "-5.2"},
        {"+3", "+3"},
        {"=1", "\"'=1\""},
        {"a=1", "a=1"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct table table;
        struct err err = {0};
        table_init(&table, "t", columns, 1);
        ck_assert(table_set_text(&table, table_add_row(&table, &err), cases[i].text, &err));
        char *text = text_of(&table);
        char expected[128];
        snprintf(expected, sizeof expected, "name\n%s\n", cases[i].expected);
        ck_assert_str_eq(text, expected);
        free(text);
        table_free(&table);
    }
}
END_TEST

START_TEST(full_disk_is_an_error)
{
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL) {
        puts("skipped: no /dev/full");
        return;
    }
    struct table table;
    struct err err = {0};
    table_init(&table, "t", columns, 1);
    for (int i = 0; i < 100000; i++)
        table_set_integer(table_add_row(&table, &err), i);
    ck_assert(!csv_write(full, &table, &err));
    ck_assert_int_eq(err.code, ERR_IO);
    fclose(full);
    table_free(&table);
}
END_TEST

Suite *suite_csv(void)
{
    Suite *suite = suite_create("csv");
    TCase *tcase = tcase_create("csv");
    tcase_add_test(tcase, writes_every_kind_of_cell);
    tcase_add_test(tcase, guards_against_formulas);
    tcase_add_test(tcase, full_disk_is_an_error);
    suite_add_tcase(suite, tcase);
    return suite;
}
