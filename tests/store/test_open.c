/* SPDX-License-Identifier: GPL-3.0-or-later
 * The file itself: mode, schema, other programs' and newer files, transactions, every statement. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "store/authority.h"
#include "store/backtest_cases.h"
#include "store/council.h"
#include "store/db.h"
#include "store/plans.h"

Suite *suite_open(void);

static void write_file(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

static void expect_failure(const char *path, enum store_mode mode, enum err_code code, const char *words)
{
    struct err err = {0};
    ck_assert_ptr_null(store_open(path, mode, &err));
    ck_assert_int_eq(err.code, code);
    ck_assert_msg(strstr(err.message, words) != NULL, "%s", err.message);
}

START_TEST(made_private)
{
    char path[SCRATCH_PATH];
    struct stat info;
    struct err err = {0};
    int32_t la = 0;
    scratch_make(path);
    umask(0);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, NULL, &la, &err) &&
              db_commit(store, &err));
    store_close(store);
    store = scratch_open(path, STORE_READ);
    ck_assert(!db_begin(store, &err) || !authority_for_returns(store, "Other", &la, &err)); /* reading only */
    store_close(store);
    scratch_remove(path);
}
END_TEST

START_TEST(unused_file_goes)
{
    char path[SCRATCH_PATH];
    scratch_make(path);
    store_close(scratch_open(path, STORE_WRITE));
    ck_assert_int_ne(access(path, F_OK), 0); /* nothing was stored: as before */
    expect_failure(path, STORE_READ, ERR_NO_INPUT, "there is no database");
    write_file(path, "", 0); /* what a killed first import leaves */
    expect_failure(path, STORE_READ, ERR_NO_INPUT, "is empty");
    store_close(scratch_open(path, STORE_WRITE));
    ck_assert_int_eq(access(path, F_OK), 0); /* it was there before */
    scratch_remove(path);
}
END_TEST

START_TEST(rollback_leaves_all_as_it_was)
{
    char path[SCRATCH_PATH];
    struct err err = {0};
    int32_t la = 0;
    struct authority *all = NULL;
    size_t n = 0;
    scratch_make(path);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "First", &la, &err) &&
              db_commit(store, &err));
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Second", &la, &err));
    store_close(store); /* without commit */
    store = scratch_open(path, STORE_READ);
    ck_assert(store_authorities(store, &all, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(all[0].name, "First");
    free(all);
    store_close(store);
    scratch_remove(path);
}
END_TEST

START_TEST(other_files_are_refused)
{
    static const char text[] =
        "CHILD,DECOM\n1,01/04/2021\nand so on until it is long enough for a header page\n";
    char path[SCRATCH_PATH];
    sqlite3 *db = NULL;
    scratch_make(path);
    write_file(path, text, sizeof text - 1);
    expect_failure(path, STORE_READ, ERR_DATA, "not a turncurve database");
    expect_failure(path, STORE_WRITE, ERR_DATA, "not a turncurve database");
    ck_assert_int_eq(access(path, F_OK), 0); /* untouched */
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "create table t(a)", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    expect_failure(path, STORE_WRITE, ERR_DATA, "another program");
    scratch_remove(path);
}
END_TEST

START_TEST(newer_file_is_refused)
{
    char path[SCRATCH_PATH];
    struct err err = {0};
    int32_t la = 0;
    sqlite3 *db = NULL;
    scratch_make(path);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, NULL, &la, &err) &&
              db_commit(store, &err));
    store_close(store);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "pragma user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    expect_failure(path, STORE_READ, ERR_DATA, "newer");
    expect_failure(path, STORE_WRITE, ERR_DATA, "newer");
    scratch_remove(path);
}
END_TEST

/* Runs SQL on the file behind the store's back; what the last row gives, "" for none. */
static void run_sql(const char *path, const char *sql, char out[65536])
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    out[0] = '\0';
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    while (*sql != '\0') {
        ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, &sql) == SQLITE_OK, "%s",
                      sqlite3_errmsg(db));
        while (sqlite3_step(statement) == SQLITE_ROW)
            ck_assert(str_copy(str_of((const char *)sqlite3_column_text(statement, 0)), out, 65536));
        ck_assert_int_eq(sqlite3_finalize(statement), SQLITE_OK);
    }
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static const char *const drop_money =
    "drop table budget; drop table ledger; drop table measure; drop table finance_run_line; "
    "drop table finance_run; drop table published_cell; pragma user_version = 3;";
static const char *const drop_plans =
    "drop table plan_target; drop table plan_effect; drop table plan_row; drop table plan_version; "
    "drop table plan; pragma user_version = 2;";

/* A file as an older version of the schema made it: what has come since is gone. */
static void make_version(const char *path, int version, char schema[65536])
{
    char ignored[65536];
    struct err err = {0};
    int32_t la = 0;
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Oldham", &la, &err) &&
              db_commit(store, &err));
    store_close(store);
    run_sql(path, "select group_concat(sql, char(10)) from (select sql from sqlite_master order by name)",
            schema);
    ck_assert_ptr_nonnull(strstr(schema, "CREATE TABLE backtest_case"));
    ck_assert_ptr_nonnull(strstr(schema, "CREATE TABLE plan_version"));
    ck_assert_ptr_nonnull(strstr(schema, "CREATE TABLE published_cell"));
    run_sql(path, drop_money, ignored);
    if (version < 3)
        run_sql(path, drop_plans, ignored);
    if (version == 1)
        run_sql(path, "drop table backtest_case; pragma user_version = 1", ignored);
}

/* Who writes brings it up to date: the schema is that of a new file, and what was in it is there. */
static void check_migration(const char *path, const char *schema)
{
    char found[65536];
    struct err err = {0};
    struct authority *all = NULL;
    size_t n = 0;
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(store_authorities(store, &all, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(all[0].name, "Oldham");
    free(all);
    store_close(store);
    run_sql(path, "pragma user_version", found);
    ck_assert_str_eq(found, "4");
    run_sql(path, "select group_concat(sql, char(10)) from (select sql from sqlite_master order by name)",
            found);
    ck_assert_str_eq(found, schema);
    store_close(scratch_open(path, STORE_WRITE)); /* once is enough */
}

START_TEST(version_1_is_brought_up_to_date)
{
    char path[SCRATCH_PATH], schema[65536], found[65536];
    struct err err = {0};
    struct calibration_case *cases = NULL;
    size_t n = 9;
    bool stale = true;
    scratch_make(path);
    make_version(path, 1, schema);
    /* who only reads leaves it as it is, and finds no cases */
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(backtest_cases_load(store, 1, "carepath", "x", &cases, &n, &stale, &err));
    ck_assert_ptr_null(cases);
    ck_assert_uint_eq(n, 0);
    ck_assert(!stale);
    store_close(store);
    run_sql(path, "pragma user_version", found);
    ck_assert_str_eq(found, "1");
    check_migration(path, schema);
    run_sql(path, "pragma user_version = 0", found);
    expect_failure(path, STORE_READ, ERR_DATA, "no longer read");
    scratch_remove(path);
}
END_TEST

START_TEST(version_2_is_brought_up_to_date)
{
    char path[SCRATCH_PATH], schema[65536];
    struct err err = {0};
    struct stored_plan *plans = NULL;
    struct stored_plan one;
    size_t n = 9;
    scratch_make(path);
    make_version(path, 2, schema);
    /* who only reads finds no plans */
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_plans(store, &plans, &n, &err));
    ck_assert_ptr_null(plans);
    ck_assert_uint_eq(n, 0);
    ck_assert(!store_find_plan(store, "oak", &one, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    store_close(store);
    check_migration(path, schema);
    scratch_remove(path);
}
END_TEST

START_TEST(version_3_is_brought_up_to_date)
{
    char path[SCRATCH_PATH], schema[65536];
    struct err err = {0};
    struct budget_rows budget = {0};
    struct ledger_rows ledger = {0};
    struct measure_rows measures = {0};
    scratch_make(path);
    make_version(path, 3, schema);
    /* who only reads finds no budget, ledger or measures */
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_load_budget(store, 1, &budget, &err));
    ck_assert(store_load_ledger(store, 1, &ledger, &err));
    ck_assert(store_load_measures(store, 1, &measures, &err));
    ck_assert_uint_eq(budget.n + ledger.n + measures.n, 0);
    store_close(store);
    check_migration(path, schema);
    scratch_remove(path);
}
END_TEST

START_TEST(folder_that_is_not_there)
{
    expect_failure("/nowhere/at/all.db", STORE_WRITE, ERR_IO, "cannot make");
    expect_failure("/nowhere/at/all.db", STORE_READ, ERR_NO_INPUT, "there is no database");
    expect_failure("/", STORE_READ, ERR_DATA, "not a file");
}
END_TEST

START_TEST(every_statement_compiles)
{
    char path[SCRATCH_PATH];
    struct err err = {0};
    scratch_make(path);
    struct store *store = scratch_open(path, STORE_WRITE);
    for (int i = 0; i < QUERY_COUNT; i++) {
        sqlite3_stmt *statement = NULL;
        ck_assert_msg(db_get(store, (enum query)i, &statement, &err), "%s", err.message);
        const char *sql = sqlite3_sql(statement);
        ck_assert_msg(strncmp(sql, "-- ", 3) == 0, "no opening comment: %s", sql);
    }
    store_close(store);
    scratch_remove(path);
}
END_TEST

Suite *suite_open(void)
{
    Suite *suite = suite_create("open");
    TCase *tests = tcase_create("open");
    tcase_add_test(tests, made_private);
    tcase_add_test(tests, unused_file_goes);
    tcase_add_test(tests, rollback_leaves_all_as_it_was);
    tcase_add_test(tests, other_files_are_refused);
    tcase_add_test(tests, newer_file_is_refused);
    tcase_add_test(tests, version_1_is_brought_up_to_date);
    tcase_add_test(tests, version_2_is_brought_up_to_date);
    tcase_add_test(tests, version_3_is_brought_up_to_date);
    tcase_add_test(tests, folder_that_is_not_there);
    tcase_add_test(tests, every_statement_compiles);
    suite_add_tcase(suite, tests);
    return suite;
}
