/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cases go in and come out as they were, replace one another, and count only for what they were made from. */
#include "store/backtest_cases.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "store/authority.h"
#include "store/db.h"

Suite *suite_backtest_cases(void);

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

/* What an import would have stored. */
static void run_sql(const char *sql)
{
    char *message = NULL;
    ck_assert_msg(sqlite3_exec(store->db, sql, NULL, NULL, &message) == SQLITE_OK, "%s", message);
}

static struct calibration_case case_of(day origin, int32_t months)
{
    struct calibration_case one = {.origin = origin, .months = months, .actual = origin + 0.1 * months};
    for (int q = 0; q < SCORE_LEVELS; q++) {
        one.raw[q] = origin + q / 7.0; /* no short binary fraction: every bit must come back */
        one.reference[q] = months + q / 3.0;
    }
    return one;
}

static bool same_bits(double a, double b)
{
    uint64_t x = 0, y = 0;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static bool is_case(const struct calibration_case *one, day origin, int32_t months)
{
    const struct calibration_case expected = case_of(origin, months);
    bool same = one->origin == origin && one->months == months && same_bits(one->actual, expected.actual);
    for (int q = 0; q < SCORE_LEVELS; q++)
        same = same && same_bits(one->raw[q], expected.raw[q]) &&
               same_bits(one->reference[q], expected.reference[q]);
    return same;
}

static size_t load(int32_t key, const char *model, const char *digest, struct calibration_case **out,
                   bool *stale)
{
    struct err err = {0};
    size_t n = 0;
    ck_assert_msg(backtest_cases_load(store, key, model, digest, out, &n, stale, &err), "%s", err.message);
    return n;
}

static void put(int32_t key, const char *model, const char *digest, const struct calibration_case cases[],
                size_t n)
{
    struct err err = {0};
    ck_assert_msg(backtest_cases_put(store, key, model, digest, cases, n, &err), "%s", err.message);
}

START_TEST(come_back_as_they_were)
{
    const struct calibration_case cases[] = {case_of(18000, 12), case_of(17000, 24), case_of(17000, 3)};
    struct calibration_case *found = NULL;
    bool stale = true;
    ck_assert_uint_eq(load(la, "carepath", "d1", &found, &stale), 0);
    ck_assert(!stale); /* none is not stale */
    put(la, "carepath", "d1", cases, 3);
    ck_assert_uint_eq(load(la, "carepath", "d1", &found, &stale), 3);
    ck_assert(!stale);
    ck_assert(is_case(&found[0], 17000, 3) && is_case(&found[1], 17000, 24) &&
              is_case(&found[2], 18000, 12)); /* by origin, then horizon */
    free(found);
    /* another authority, another model */
    ck_assert_uint_eq(load(other, "carepath", "d1", &found, &stale), 0);
    ck_assert_uint_eq(load(la, "stockflow", "d1", &found, &stale), 0);
    put(la, "stockflow", "d1", cases + 2, 1);
    put(other, "carepath", "d1", cases, 1);
    /* new ones replace the old of that authority and model alone */
    put(la, "carepath", "d2", cases, 1);
    ck_assert_uint_eq(load(la, "carepath", "d2", &found, &stale), 1);
    ck_assert(is_case(&found[0], 18000, 12));
    free(found);
    ck_assert_uint_eq(load(la, "stockflow", "d1", &found, &stale), 1);
    free(found);
    ck_assert_uint_eq(load(other, "carepath", "d1", &found, &stale), 1);
    free(found);
}
END_TEST

START_TEST(stale_ones_do_not_count_until_things_are_as_before)
{
    const struct calibration_case one = case_of(17000, 12);
    struct calibration_case *found = NULL;
    bool stale = false;
    put(la, "carepath", "d1", &one, 1);
    ck_assert_uint_eq(load(la, "carepath", "d2", &found, &stale), 0);
    ck_assert(stale);
    ck_assert_ptr_null(found);
    ck_assert_uint_eq(load(la, "carepath", "d1", &found, &stale), 1);
    ck_assert(!stale);
    free(found);
}
END_TEST

START_TEST(a_failed_put_changes_nothing)
{
    const struct calibration_case one = case_of(17000, 12);
    const struct calibration_case twice[] = {case_of(18000, 12), case_of(18000, 12)};
    struct calibration_case *found = NULL;
    struct err err = {0};
    bool stale = false;
    put(la, "carepath", "d1", &one, 1);
    ck_assert(!backtest_cases_put(store, la, "carepath", "d1", twice, 2, &err));
    ck_assert_uint_eq(load(la, "carepath", "d1", &found, &stale), 1);
    ck_assert(is_case(&found[0], 17000, 12));
    free(found);
}
END_TEST

static void digest(const char *settings, char out[DIGEST_TEXT])
{
    struct err err = {0};
    ck_assert_msg(backtest_cases_digest(store, la, str_of(settings), out, &err), "%s", err.message);
}

START_TEST(digest_knows_what_matters)
{
    char empty[DIGEST_TEXT], first[DIGEST_TEXT], now[DIGEST_TEXT];
    char sql[512];
    digest("s", empty);
    /* sha256sum of "s" */
    ck_assert_str_eq(empty, "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89");
    snprintf(sql, sizeof sql,
             "insert into file (name, kind, sha256, la, year) values ('a', 'header', 'aa', %d, 2020),"
             " ('a', 'episodes', 'bb', %d, 2020)",
             la, la);
    run_sql(sql);
    digest("s", first);
    ck_assert_str_ne(first, empty);
    digest("t", now);
    ck_assert_str_ne(now, first);
    /* what says nothing of this authority */
    snprintf(sql, sizeof sql,
             "insert into file (name, kind, sha256, la, year) values ('b', 'header', 'cc', %d, 2020),"
             " ('prices.csv', 'prices', 'dd', null, null), ('panel.csv', 'panel', 'ee', null, null)",
             other);
    run_sql(sql);
    snprintf(
        sql, sizeof sql,
        "insert into published values (%d, 'stock', '', '', 2020, 7, '', 5), (%d, 'foster', '', '', 2020, "
        "7, '', 5)",
        other, la);
    run_sql(sql);
    digest("s", now);
    ck_assert_str_eq(now, first);
    /* its own totals, its own joined identifiers, its own files */
    snprintf(sql, sizeof sql, "insert into published values (%d, 'population', '', '', 2020, 7, '', 5)", la);
    run_sql(sql);
    digest("s", now);
    ck_assert_str_ne(now, first);
    run_sql("delete from published");
    digest("s", now);
    ck_assert_str_eq(now, first);
    snprintf(sql, sizeof sql, "insert into link values (%d, 'x', 'y')", la);
    run_sql(sql);
    digest("s", now);
    ck_assert_str_ne(now, first);
    run_sql("delete from link; update file set sha256 = 'ff' where sha256 = 'aa'");
    digest("s", now);
    ck_assert_str_ne(now, first);
}
END_TEST

Suite *suite_backtest_cases(void)
{
    Suite *suite = suite_create("backtest_cases");
    TCase *tests = tcase_create("backtest_cases");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, come_back_as_they_were);
    tcase_add_test(tests, stale_ones_do_not_count_until_things_are_as_before);
    tcase_add_test(tests, a_failed_put_changes_nothing);
    tcase_add_test(tests, digest_knows_what_matters);
    suite_add_tcase(suite, tests);
    return suite;
}
