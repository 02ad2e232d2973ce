/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells come back as they went in; what was shown stays shown. */
#include "store/published_cells.h"

#include <check.h>
#include <stdlib.h>

#include "scratch.h"
#include "store/authority.h"
#include "store/db.h"

Suite *suite_published_cells(void);

static char path[SCRATCH_PATH];
static struct store *store;
static int32_t la, other;

static void setup(void)
{
    struct err err = {0};
    scratch_make(path);
    store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Testham", &la, &err) &&
              authority_for_returns(store, "Otherton", &other, &err) && db_commit(store, &err));
}

static void teardown(void)
{
    store_close(store);
    scratch_remove(path);
}

START_TEST(round_trip)
{
    const struct published_cell cells[] = {
        {"entries", "age:0", "", 18000, 12, false, 0},
        {"entries", "age:0", "", 18000, 3, true, 7},
        {"stock", "all", "North, upper", 18000, 0, true, 0},
    };
    struct published_cell *found = NULL;
    struct arena texts = {0};
    struct err err = {0};
    size_t n = 0;
    ck_assert_msg(published_cells_put(store, la, cells, 3, &err), "%s", err.message);
    ck_assert(published_cells_load(store, other, &texts, &found, &n, &err));
    ck_assert_uint_eq(n, 0);
    free(found);
    ck_assert_msg(published_cells_load(store, la, &texts, &found, &n, &err), "%s", err.message);
    ck_assert_uint_eq(n, 3);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(found[i].measure, cells[i].measure);
        ck_assert_str_eq(found[i].group, cells[i].group);
        ck_assert_str_eq(found[i].locality, cells[i].locality);
        ck_assert_int_eq(found[i].date, cells[i].date);
        ck_assert_int_eq(found[i].months, cells[i].months);
        ck_assert_int_eq(found[i].shown, cells[i].shown);
        ck_assert_int_eq(found[i].value, cells[i].value);
    }
    free(found);
    arena_free(&texts);
}
END_TEST

START_TEST(shown_once_is_known)
{
    /* shown 9, then hidden: still known to be 9; hidden, then shown: known; shown anew: the new number */
    struct published_cell cell = {"stock", "age:0", "", 18000, 0, true, 9};
    struct published_cell *found = NULL;
    struct arena texts = {0};
    struct err err = {0};
    size_t n = 0;
    static const struct {
        bool shown;
        int64_t value, known;
    } steps[] = {{false, 0, 9}, {true, 12, 12}};
    ck_assert(published_cells_put(store, la, &cell, 1, &err));
    for (int i = 0; i < 2; i++) {
        cell.shown = steps[i].shown;
        cell.value = steps[i].value;
        ck_assert(published_cells_put(store, la, &cell, 1, &err));
        ck_assert(published_cells_load(store, la, &texts, &found, &n, &err));
        ck_assert_uint_eq(n, 1);
        ck_assert(found[0].shown);
        ck_assert_int_eq(found[0].value, steps[i].known);
        free(found);
    }
    arena_free(&texts);
}
END_TEST

Suite *suite_published_cells(void)
{
    Suite *suite = suite_create("published_cells");
    TCase *tcase = tcase_create("published_cells");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, round_trip);
    tcase_add_test(tcase, shown_once_is_known);
    suite_add_tcase(suite, tcase);
    return suite;
}
