/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables as SQL: types, quoting, and that a text stays a text. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "render/sql.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_sql(void);

static const struct table_column columns[] = {{"la", 0},  {"group", 0}, {"n", 0},     {"mean", 2},
                                              {"gbp", 0}, {"date", 0},  {"mixed", 1}, {"none", 0}};

static char *written(const struct table *table, bool *ok, struct err *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(file);
    *ok = sql_write(file, table, err);
    ck_assert_int_eq(fclose(file), 0);
    return text;
}

START_TEST(types_and_values)
{
    struct table table;
    struct err err = {0};
    bool ok = false;
    table_init(&table, "cost", columns, 8);
    for (int i = 0; i < 2; i++) {
        struct table_cell *row = table_add_row(&table, &err);
        ck_assert(table_set_text(&table, &row[0], i == 0 ? "King's'); DROP TABLE x; --" : "B\nC\\", &err));
        ck_assert(table_set_text(&table, &row[1], "all", &err));
        table_set_integer(&row[2], 3 - i);
        table_set_real(&row[3], 0.125 + i);
        table_set_gbp(&row[4], -123456);
        table_set_day(&row[5], date_from_civil(2026, 3, 31));
        if (i == 0)
            table_set_real(&row[6], 1.5);
        else
            ck_assert(table_set_text(&table, &row[6], "c", &err));
    }
    char *text = written(&table, &ok, &err);
    ck_assert_msg(ok, "%s", err.message);
    /* hand: 0.125 to two decimals is 0.12 (half to even in binary), 1.125 is 1.12 */
    ck_assert_str_eq(text,
                     "BEGIN;\n"
                     "CREATE TABLE \"cost\" (\n"
                     "    \"la\" TEXT,\n"
                     "    \"group\" TEXT,\n"
                     "    \"n\" INTEGER,\n"
                     "    \"mean\" DOUBLE PRECISION,\n"
                     "    \"gbp\" NUMERIC(15,2),\n"
                     "    \"date\" DATE,\n"
                     "    \"mixed\" TEXT,\n"
                     "    \"none\" TEXT\n"
                     ");\n"
                     "INSERT INTO \"cost\" VALUES ('King''s''); DROP TABLE x; --', 'all', 3, 0.12, -1234.56, "
                     "'2026-03-31', '1.5', NULL);\n"
                     "INSERT INTO \"cost\" VALUES ('B\nC\\', 'all', 2, 1.12, -1234.56, '2026-03-31', 'c', "
                     "NULL);\n"
                     "COMMIT;\n");
    free(text);
    table_free(&table);
}
END_TEST

START_TEST(a_control_character_is_refused)
{
    struct table table;
    struct err err = {0};
    bool ok = true;
    table_init(&table, "t", columns, 1);
    struct table_cell *row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "a\x01z", &err));
    char *text = written(&table, &ok, &err);
    ck_assert(!ok);
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_str_eq(text, ""); /* nothing was written before it was known */
    free(text);
    table_free(&table);
}
END_TEST

START_TEST(a_full_disk_is_said)
{
    struct table table;
    struct err err = {0};
    table_init(&table, "t", columns, 1);
    FILE *full = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(full);
    ck_assert_int_eq(setvbuf(full, NULL, _IONBF, 0), 0);
    ck_assert(!sql_write(full, &table, &err));
    ck_assert_int_eq(err.code, ERR_IO);
    fclose(full);
    table_free(&table);
}
END_TEST

Suite *suite_sql(void)
{
    Suite *suite = suite_create("sql");
    TCase *tcase = tcase_create("sql");
    tcase_add_test(tcase, types_and_values);
    tcase_add_test(tcase, a_control_character_is_refused);
    tcase_add_test(tcase, a_full_disk_is_said);
    suite_add_tcase(suite, tcase);
    return suite;
}
