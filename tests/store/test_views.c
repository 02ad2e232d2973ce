/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an analyst sees of what is stored: every view fills, and what is private is left out of all of them
 * until it is asked for. */
#include "store/views.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "store/import.h"

Suite *suite_views(void);

/* Three children; every text that would tell who they are holds the mark. */
#define MARK "ZQX"
static const struct {
    const char *name, *text;
} files[] = {
    {"header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" MARK "1,M,17/05/2012,WBRI," MARK "U1,,\n" MARK
               "2,F,29/05/2013,MWBC," MARK "U2,,\n" MARK "3,M," MARK "/2013,WBRI," MARK "U3,,\n"},
    {"episodes",
     "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n" MARK
     "1,01/06/2021,S,C2,N1,U6,PR1,01/09/2021,X1,CARPL," MARK "4,AB1 2CD,\n" MARK
     "1,01/09/2021,P,C2,N1,K2,PR4,,,,XA1 1AA,XA2 2BB,\n" MARK
     "2,01/06/2021,S,V2,N4,U4,PR4,15/12/2021,E4A,,XA1 1AA,,\n" MARK "3,01/06/2021,S,C2,N1,U6,PR1,,,,,,\n"},
    {"reviews", "CHILD,DOB,REVIEW,REVIEW_CODE\n" MARK "1,17/05/2012,01/07/2021,PN1\n"},
    {"sw_episodes",
     "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n" MARK "1,17/05/2012," MARK "W,01/06/2021,,\n"},
};
enum { N_FILES = sizeof files / sizeof files[0] };

static char path[SCRATCH_PATH];
static struct store *store;

static void setup(void)
{
    char names[N_FILES][SCRATCH_PATH + 32];
    const char *list[N_FILES];
    struct err err = {0};
    struct log quiet;
    struct imported imported = {0};
    const struct import_options options = {.la = "Here", .year = 2022};
    scratch_make(path);
    log_init(&quiet, stderr, true);
    for (int i = 0; i < N_FILES; i++) {
        ck_assert_int_gt(snprintf(names[i], sizeof names[i], "%s-%s.csv", path, files[i].name), 0);
        list[i] = names[i];
        FILE *out = fopen(names[i], "wb");
        ck_assert_ptr_nonnull(out);
        ck_assert_int_ge(fputs(files[i].text, out), 0);
        ck_assert_int_eq(fclose(out), 0);
    }
    store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, list, N_FILES, &options, &quiet, &imported, &err), "%s", err.message);
    imported_free(&imported);
    for (int i = 0; i < N_FILES; i++)
        unlink(names[i]);
}

static void teardown(void)
{
    store_close(store);
    scratch_remove(path);
}

static void fill(const char *name, bool show_children, struct table *out)
{
    struct err err = {0};
    size_t i = 0;
    const struct view_request request = {.la = 0, .show_children = show_children};
    ck_assert_msg(view_find(name, &i), "%s", name);
    ck_assert_msg(view_fill(store, i, &request, out, &err), "%s: %s", name, err.message);
}

static const struct table_cell *cell(const struct table *table, size_t row, const char *column)
{
    const size_t j = table_column_index(table, column);
    ck_assert_msg(j < table->n_columns, "%s", column);
    return table_at(table, row, j);
}

static bool holds(const struct table *table, const char *text)
{
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t j = 0; j < table->n_columns; j++) {
            const struct table_cell *at = table_at(table, i, j);
            if (at->kind == CELL_TEXT && strstr(at->as.text, text) != NULL)
                return true;
        }
    return false;
}

START_TEST(every_view_fills_and_describes_itself)
{
    struct view view;
    size_t n = 0;
    for (; view_at(n, &view); n++) {
        struct table table = {0};
        size_t found = 0;
        ck_assert(view_find(view.name, &found));
        ck_assert_uint_eq(found, n);
        fill(view.name, false, &table);
        ck_assert_uint_eq(table.n_columns, view.n_columns);
        for (size_t j = 0; j < view.n_columns; j++) {
            ck_assert_str_eq(table.columns[j].name, view_column(n, j).name);
            ck_assert_int_gt((int)strlen(view_column(n, j).words), 0);
        }
        table_free(&table);
    }
    ck_assert_uint_gt(n, 20);
    ck_assert(!view_find("episodes", &n)); /* the stored table itself is none */
}
END_TEST

START_TEST(nothing_private_without_asking)
{
    static const char *const private[] = {MARK, "AB1", "XA1", "XA2"};
    struct view view;
    bool shown = false;
    for (size_t i = 0; view_at(i, &view); i++) {
        struct table table = {0};
        fill(view.name, false, &table);
        for (size_t k = 0; k < sizeof private / sizeof private[0]; k++)
            ck_assert_msg(!holds(&table, private[k]) || strcmp(view.name, "files") == 0, "%s shows %s",
                          view.name, private[k]);
        /* no full date of birth either: 17 May 2012, 29 May 2013 */
        for (size_t r = 0; r < table.n_rows; r++)
            for (size_t j = 0; j < table.n_columns; j++) {
                const struct table_cell *at = table_at(&table, r, j);
                ck_assert(at->kind != CELL_DAY || (at->as.date != date_from_civil(2012, 5, 17) &&
                                                   at->as.date != date_from_civil(2013, 5, 29)));
            }
        table_free(&table);
        fill(view.name, true, &table);
        shown = shown || (strcmp(view.name, "filed_header") == 0 && holds(&table, MARK "U2"));
        table_free(&table);
    }
    ck_assert(shown); /* the texts looked for are there to be found */
}
END_TEST

START_TEST(placements_after_the_rules)
{
    struct table table = {0};
    fill("placements", false, &table);
    /* hand: child 1 has two stays, child 2 one; child 3 has no date of birth and is refused */
    ck_assert_uint_eq(table.n_rows, 3);
    size_t open = 0;
    for (size_t i = 0; i < 3; i++)
        open += cell(&table, i, "ended")->kind == CELL_EMPTY;
    ck_assert_uint_eq(open, 1);
    table_free(&table);
    fill("placements", true, &table);
    const size_t first = strcmp(cell(&table, 0, "child")->as.text, MARK "1") == 0 ? 0 : 1;
    ck_assert_str_eq(cell(&table, first, "child")->as.text, MARK "1");
    ck_assert_str_eq(cell(&table, first, "placement")->as.text, "foster_inhouse");
    ck_assert_str_eq(cell(&table, first + 1, "placement")->as.text, "res_external");
    ck_assert_int_eq(cell(&table, first + 1, "move")->as.integer, 1);
    ck_assert_int_eq(cell(&table, first, "started")->as.date, date_from_civil(2021, 6, 1));
    ck_assert_int_eq(cell(&table, first, "age")->as.integer, 9); /* born 17 May 2012 */
    table_free(&table);
    fill("periods", true, &table);
    ck_assert_uint_eq(table.n_rows, 2);
    for (size_t i = 0; i < 2; i++)
        if (strcmp(cell(&table, i, "child")->as.text, MARK "2") == 0)
            ck_assert_str_eq(cell(&table, i, "route")->as.text, "home"); /* E4A */
    table_free(&table);
}
END_TEST

START_TEST(a_child_has_one_number_in_every_view)
{
    struct table header = {0}, named = {0}, children = {0}, reviews = {0};
    fill("filed_header", false, &header);
    fill("children", false, &children);
    fill("filed_reviews", false, &reviews);
    ck_assert_uint_eq(header.n_rows, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(cell(&header, i, "child")->as.integer, (int64_t)i + 1); /* by number, not by name */
    int64_t number = 0; /* of the child born in May 2012 */
    for (size_t i = 0; i < 3; i++)
        if (cell(&header, i, "DOB")->kind == CELL_DAY &&
            cell(&header, i, "DOB")->as.date == date_from_civil(2012, 5, 1))
            number = cell(&header, i, "child")->as.integer;
    ck_assert_int_gt(number, 0);
    ck_assert_int_eq(cell(&reviews, 0, "child")->as.integer, number);
    bool found = false;
    for (size_t i = 0; i < children.n_rows; i++)
        found = found || (cell(&children, i, "child")->as.integer == number &&
                          cell(&children, i, "born")->as.date == date_from_civil(2012, 5, 1));
    ck_assert(found);
    fill("children", true, &named);
    for (size_t i = 0; i < named.n_rows; i++)
        if (strcmp(cell(&named, i, "child")->as.text, MARK "1") == 0)
            ck_assert_int_eq(cell(&named, i, "born")->as.date, date_from_civil(2012, 5, 17));
    table_free(&header);
    table_free(&named);
    table_free(&children);
    table_free(&reviews);
}
END_TEST

START_TEST(another_authority_has_no_rows)
{
    struct err err = {0};
    const struct view_request request = {.la = 99};
    static const char *const of_returns[] = {"placements", "filed_episodes", "authorities", "backtest_cases"};
    for (size_t k = 0; k < sizeof of_returns / sizeof of_returns[0]; k++) {
        struct table table = {0};
        size_t i = 0;
        ck_assert(view_find(of_returns[k], &i));
        ck_assert_msg(view_fill(store, i, &request, &table, &err), "%s", err.message);
        ck_assert_uint_eq(table.n_rows, 0);
        table_free(&table);
    }
}
END_TEST

Suite *suite_views(void)
{
    Suite *suite = suite_create("views");
    TCase *tcase = tcase_create("views");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_view_fills_and_describes_itself);
    tcase_add_test(tcase, nothing_private_without_asking);
    tcase_add_test(tcase, placements_after_the_rules);
    tcase_add_test(tcase, a_child_has_one_number_in_every_view);
    tcase_add_test(tcase, another_authority_has_no_rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
