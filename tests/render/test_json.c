/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "render/json.h"

Suite *suite_json(void);

static const struct table_column columns[] = {{"name", 0}, {"mean", 2}, {"cost", 0}, {"date", 0}, {"n", 0}};

/* RFC 8259 section 7 for the escapes; numbers by hand */
START_TEST(writes_rows_as_objects)
{
    struct table table;
    struct err err = {0};
    char *text = NULL;
    size_t size = 0;
    table_init(&table, "t", columns, 5);
    struct table_cell *row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "St \"H\"\n\\", &err));
    table_set_real(&row[1], 0.1 + 0.2);
    table_set_gbp(&row[2], 123456789012);
    table_set_day(&row[3], date_from_civil(2022, 3, 31));
    table_set_integer(&row[4], -7);
    ck_assert_ptr_nonnull(table_add_row(&table, &err));
    FILE *file = open_memstream(&text, &size);
    ck_assert(json_write(file, &table, &err));
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_str_eq(text, "[\n"
                           "{\"name\":\"St \\\"H\\\"\\n\\\\\",\"mean\":0.3,\"cost\":1234567890.12,"
                           "\"date\":\"2022-03-31\",\"n\":-7},\n"
                           "{\"name\":null,\"mean\":null,\"cost\":null,\"date\":null,\"n\":null}\n]\n");
    free(text);
    table_free(&table);
}
END_TEST

START_TEST(refuses_text_that_is_not_utf8)
{
    struct table table;
    struct err err = {0};
    table_init(&table, "t", columns, 1);
    ck_assert(table_set_text(&table, table_add_row(&table, &err), "\xff", &err));
    FILE *file = fopen("/dev/null", "w");
    ck_assert(!json_write(file, &table, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    fclose(file);
    table_free(&table);
}
END_TEST

Suite *suite_json(void)
{
    Suite *suite = suite_create("json");
    TCase *tcase = tcase_create("json");
    tcase_add_test(tcase, writes_rows_as_objects);
    tcase_add_test(tcase, refuses_text_that_is_not_utf8);
    suite_add_tcase(suite, tcase);
    return suite;
}
