/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/table.h"

#include <check.h>
#include <math.h>

Suite *suite_table(void);

START_TEST(cells_keep_their_kind)
{
    static const struct table_column columns[] = {
        {"name", 0}, {"n", 0}, {"share", 2}, {"cost", 0}, {"date", 0}};
    struct err err = {0};
    struct table table;
    table_init(&table, "test", columns, 5);
    for (int i = 0; i < 100; i++) {
        char name[8] = "child";
        struct table_cell *row = table_add_row(&table, &err);
        ck_assert_ptr_nonnull(row);
        ck_assert(table_set_text(&table, &row[0], name, &err));
        name[0] = 'X'; /* the table has its own copy */
        table_set_integer(&row[1], i);
        table_set_real(&row[2], i == 7 ? (double)NAN : 0.5);
        table_set_gbp(&row[3], 12345);
        table_set_day(&row[4], i == 8 ? DAY_OPEN : 19082);
    }
    ck_assert_uint_eq(table.n_rows, 100);
    ck_assert_str_eq(table_at(&table, 99, 0)->as.text, "child");
    ck_assert_int_eq(table_at(&table, 42, 1)->as.integer, 42);
    ck_assert_int_eq(table_at(&table, 7, 2)->kind, CELL_EMPTY);
    ck_assert_int_eq(table_at(&table, 6, 2)->kind, CELL_REAL);
    ck_assert_int_eq(table_at(&table, 6, 3)->kind, CELL_GBP);
    ck_assert_int_eq(table_at(&table, 8, 4)->kind, CELL_EMPTY);
    ck_assert_int_eq(table_at(&table, 9, 4)->as.date, 19082);
    ck_assert_uint_eq(table_column_index(&table, "cost"), 3);
    ck_assert_uint_eq(table_column_index(&table, "nothing"), 5);
    table_free(&table);
    ck_assert_uint_eq(table.n_rows, 0);
}
END_TEST

Suite *suite_table(void)
{
    Suite *suite = suite_create("table");
    TCase *tcase = tcase_create("table");
    tcase_add_test(tcase, cells_keep_their_kind);
    suite_add_tcase(suite, tcase);
    return suite;
}
