/* SPDX-License-Identifier: GPL-3.0-or-later
 * That a binder's pages reach the workbook is tested by tests/cli/workbook.sh. */
#include "app/binder.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

Suite *suite_binder(void);

static const struct table_column columns[] = {{"short_break", 2}, {"=1", 0}};

START_TEST(pages_copy_what_they_are_given)
{
    struct err err = {0};
    struct binder *book = binder_new(&err);
    struct table table;
    char name[] = "Name";
    table_init(&table, "t", columns, 2);
    struct table_cell *row = table_add_row(&table, &err);
    table_set_real(&row[0], 1.5);
    ck_assert(table_set_text(&table, &row[1], "words", &err));
    binder_add_table(book, name, "Title", &table, NULL, 0);
    table_free(&table);
    name[0] = '!';
    binder_note(book, "%d notes", 1);
    const struct sheet_page *page = &book->pages[0];
    ck_assert_str_eq(page->name, "Name");
    ck_assert_str_eq(page->columns[0].heading, "Short break");
    ck_assert_str_eq(page->columns[1].heading, "=1");
    ck_assert_int_eq(page->table->columns[0].decimals, 2);
    ck_assert_str_eq(table_at(page->table, 0, 1)->as.text, "words");
    ck_assert_str_eq(page->notes[0], "1 notes");
    ck_assert_uint_eq(page->n_notes, 1);
    binder_free(book);
}
END_TEST

START_TEST(the_first_failure_sticks)
{
    struct err err = {0};
    struct err told = {0};
    struct folder folder;
    struct binder *book = binder_new(&err);
    binder_add_page(book, "Name", "Title", columns, NULL, 2);
    err_set(&err, ERR_DATA, "the first");
    binder_fail(book, &err);
    err_set(&err, ERR_DATA, "the second");
    binder_fail(book, &err);
    binder_section(book, "Heading");
    binder_say(book, "words");
    binder_add_page(book, "Other", "Title", columns, NULL, 2);
    struct table_cell *row = binder_row(book);
    binder_set_text(book, &row[1], "%s", "words"); /* goes nowhere, and harms nothing */
    char top[] = "/tmp/turncurve-test-XXXXXX";
    char out[64];
    ck_assert_ptr_nonnull(mkdtemp(top));
    snprintf(out, sizeof out, "%s/out", top);
    ck_assert(folder_begin(&folder, out, &told));
    ck_assert(!binder_save(book, &folder, "t.xlsx", "Title", "Source", DAY_NONE, &told));
    ck_assert_str_eq(told.message, "the first");
    folder_abandon(&folder);
    ck_assert_int_eq(rmdir(top), 0);
    binder_free(book);
}
END_TEST

Suite *suite_binder(void)
{
    Suite *suite = suite_create("binder");
    TCase *tcase = tcase_create("binder");
    tcase_add_test(tcase, pages_copy_what_they_are_given);
    tcase_add_test(tcase, the_first_failure_sticks);
    suite_add_tcase(suite, tcase);
    return suite;
}
