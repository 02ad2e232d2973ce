/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reports of several months: which one a movement counts from, and that none is lost. */
#include "store/finance_runs.h"

#include <check.h>

#include "scratch.h"
#include "store/authority.h"
#include "store/db.h"

Suite *suite_finance_runs(void);

static char path[SCRATCH_PATH];
static int32_t la;

static void setup(void)
{
    struct err err = {0};
    scratch_make(path);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Oldham", &la, &err) &&
              db_commit(store, &err));
    store_close(store);
}

static void teardown(void)
{
    scratch_remove(path);
}

static void put(day date, const char *scenario, pence outturn)
{
    struct err err = {0};
    struct finance_run_line lines[] = {
        {"Agency", "foster_ifa", 100, 50, 20, outturn, outturn - 9, outturn + 9, 365},
        {"Legal", "", 10, 5, 0, 10, 10, 10, 0}};
    const struct finance_run run = {.la = la,
                                    .year = 2027,
                                    .scenario = scenario,
                                    .model = "carepath",
                                    .version = "1",
                                    .data_date = date,
                                    .seed = 1,
                                    .runs = 100,
                                    .lines = lines,
                                    .n = 2};
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(finance_run_put(store, &run, &err), "%s", err.message);
    store_close(store);
}

/* The outturn of the first line of the report before a day, 0 when there is none. */
static pence before(day date, int32_t year, const char *scenario)
{
    struct err err = {0};
    struct finance_run run = {0};
    bool found = false;
    pence outturn = 0;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert_msg(finance_run_before(store, la, year, scenario, date, &run, &found, &err), "%s", err.message);
    if (found) {
        outturn = run.lines[0].outturn;
        ck_assert_uint_eq(run.n, 2);
        ck_assert_str_eq(run.lines[0].line, "Agency");
        ck_assert_str_eq(run.lines[0].placement, "foster_ifa");
        ck_assert_str_eq(run.lines[1].placement, "");
        ck_assert_int_eq(run.lines[0].nights, 365);
        ck_assert_int_eq(run.lines[0].low, outturn - 9);
        ck_assert_str_eq(run.model, "carepath");
        ck_assert_int_eq(run.runs, 100);
        finance_run_free(&run);
    }
    ck_assert(store_verify(store, &err));
    store_close(store);
    return outturn;
}

START_TEST(the_last_that_knew_less)
{
    ck_assert_int_eq(before(500, 2027, "baseline"), 0);
    put(400, "baseline", 1000);
    put(430, "baseline", 2000);
    put(430, "best", 7000);
    ck_assert_int_eq(before(400, 2027, "baseline"), 0);
    ck_assert_int_eq(before(401, 2027, "baseline"), 1000);
    ck_assert_int_eq(before(430, 2027, "baseline"), 1000); /* the same day is no movement */
    ck_assert_int_eq(before(460, 2027, "baseline"), 2000);
    ck_assert_int_eq(before(460, 2027, "best"), 7000);
    ck_assert_int_eq(before(460, 2028, "baseline"), 0);
}
END_TEST

START_TEST(the_same_day_again_keeps_the_month_before)
{
    put(400, "baseline", 1000);
    put(430, "baseline", 2000);
    put(430, "baseline", 3000);
    ck_assert_int_eq(before(430, 2027, "baseline"), 1000);
    ck_assert_int_eq(before(431, 2027, "baseline"), 3000);
}
END_TEST

Suite *suite_finance_runs(void)
{
    Suite *suite = suite_create("finance_runs");
    TCase *tests = tcase_create("finance_runs");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_last_that_knew_less);
    tcase_add_test(tests, the_same_day_again_keeps_the_month_before);
    suite_add_tcase(suite, tests);
    return suite;
}
