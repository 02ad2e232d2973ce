/* SPDX-License-Identifier: GPL-3.0-or-later
 * SQL of somebody else's: what is answered, and that nothing else can be had. */
#include "store/sandbox.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_sandbox(void);

static const struct sandbox_limits limits = {.rows = 1000, .seconds = 10};
static volatile sig_atomic_t stop;
static struct log quiet;
static struct table stays;

static const char *const stay_columns[] = {"child", "group", "started", "weekly_gbp", "share"};

/* Two stays: one whole, one empty but for the child. */
static void setup(void)
{
    static const struct table_column columns[] = {
        {"child", 0}, {"group", 0}, {"started", 0}, {"weekly_gbp", 0}, {"share", 3}};
    struct err err = {0};
    stop = 0;
    log_init(&quiet, stderr, true);
    quiet.stop = &stop;
    table_init(&stays, "stays", columns, 5);
    struct table_cell *row = table_add_row(&stays, &err);
    ck_assert_ptr_nonnull(row);
    table_set_integer(&row[0], 7);
    ck_assert(table_set_text(&stays, &row[1], "foster's \"own\"", &err));
    table_set_day(&row[2], date_from_civil(2026, 3, 31));
    table_set_gbp(&row[3], 117025);
    table_set_real(&row[4], 0.125);
    row = table_add_row(&stays, &err);
    ck_assert_ptr_nonnull(row);
    table_set_integer(&row[0], 9);
}

static void teardown(void)
{
    table_free(&stays);
}

static struct sandbox *open_with_stays(void)
{
    static const char *const other_columns[] = {"secret"};
    struct err err = {0};
    struct sandbox *sandbox = sandbox_open(&err);
    ck_assert_msg(sandbox != NULL, "%s", err.message);
    ck_assert(sandbox_declare(sandbox, "stays", stay_columns, 5, &err));
    ck_assert(sandbox_declare(sandbox, "others", other_columns, 1, &err));
    return sandbox;
}

/* Runs a statement; the answer, or err filled. */
static bool answer(const char *sql, struct table *out, struct err *err)
{
    struct sandbox *sandbox = open_with_stays();
    bool ok = sandbox_prepare(sandbox, sql, err);
    if (ok && sandbox_reads(sandbox, 0))
        ok = sandbox_fill(sandbox, 0, &stays, err);
    ok = ok && sandbox_run(sandbox, &limits, &quiet, out, err);
    sandbox_close(sandbox);
    return ok;
}

START_TEST(values_arrive_as_they_are)
{
    struct table out = {0};
    struct err err = {0};
    ck_assert_msg(
        answer("SELECT child, \"group\", started, weekly_gbp, share FROM stays ORDER BY child", &out, &err),
        "%s", err.message);
    ck_assert_uint_eq(out.n_rows, 2);
    ck_assert_uint_eq(out.n_columns, 5);
    ck_assert_str_eq(out.columns[1].name, "group");
    ck_assert_int_eq(table_at(&out, 0, 0)->as.integer, 7);
    ck_assert_str_eq(table_at(&out, 0, 1)->as.text, "foster's \"own\"");
    ck_assert_str_eq(table_at(&out, 0, 2)->as.text, "2026-03-31");
    ck_assert_double_eq_tol(table_at(&out, 0, 3)->as.real, 1170.25, 1e-9); /* 117,025 pence */
    ck_assert_int_eq(out.columns[3].decimals, 2);
    ck_assert_int_eq(out.columns[4].decimals, 3);
    for (size_t j = 1; j < 5; j++)
        ck_assert_int_eq(table_at(&out, 1, j)->kind, CELL_EMPTY);
    table_free(&out);
}
END_TEST

START_TEST(only_what_is_read_is_asked_for)
{
    struct err err = {0};
    struct sandbox *sandbox = open_with_stays();
    ck_assert(sandbox_prepare(sandbox, "SELECT count(*) FROM STAYS", &err));
    ck_assert(sandbox_reads(sandbox, 0));
    ck_assert(!sandbox_reads(sandbox, 1));
    sandbox_close(sandbox);
}
END_TEST

START_TEST(sums_and_windows)
{
    struct table out = {0};
    struct err err = {0};
    ck_assert_msg(answer("WITH s AS (SELECT child, row_number() OVER (ORDER BY child DESC) AS n FROM stays) "
                         "SELECT sum(n * child) AS x, total(child) / 4 AS y, group_concat(child) AS z FROM s",
                         &out, &err),
                  "%s", err.message);
    /* hand: 9 is first, 7 second: 1 x 9 + 2 x 7 = 23; 16 / 4 = 4 */
    ck_assert_int_eq(table_at(&out, 0, 0)->as.integer, 23);
    ck_assert_double_eq_tol(table_at(&out, 0, 1)->as.real, 4.0, 1e-12);
    ck_assert_int_eq(out.columns[1].decimals, 0);
    table_free(&out);
}
END_TEST

/* What tries to get at something else, or to change something, and what is said. */
static const struct {
    const char *sql, *words;
} attacks[] = {
    {"ATTACH DATABASE '%s' AS x", "only a SELECT"},
    {"DETACH main", "only a SELECT"},
    {"VACUUM INTO '%s'", "only a SELECT"},
    {"PRAGMA writable_schema = ON", "only a SELECT"},
    {"PRAGMA table_info(stays)", "only a SELECT"},
    {"SELECT * FROM pragma_table_info('stays')", "only a SELECT"},
    {"SELECT * FROM pragma_database_list", "only a SELECT"},
    {"INSERT INTO stays VALUES (1, 2, 3, 4, 5)", "only a SELECT"},
    {"WITH x AS (SELECT 1) DELETE FROM stays", "only a SELECT"},
    {"UPDATE stays SET child = 1", "only a SELECT"},
    {"REPLACE INTO stays (child) VALUES (1)", "only a SELECT"},
    {"CREATE TABLE t (a)", "only a SELECT"},
    {"CREATE TEMP VIEW v AS SELECT 1", "only a SELECT"},
    {"CREATE VIRTUAL TABLE v USING fts5(a)", "only a SELECT"},
    {"CREATE TEMP TRIGGER t AFTER INSERT ON stays BEGIN SELECT 1; END", "only a SELECT"},
    {"DROP TABLE stays", "only a SELECT"},
    {"ALTER TABLE stays RENAME TO x", "only a SELECT"},
    {"BEGIN IMMEDIATE", "only a SELECT"},
    {"SAVEPOINT a", "only a SELECT"},
    {"ANALYZE", "only a SELECT"},
    {"REINDEX", "only a SELECT"},
    {"EXPLAIN SELECT 1", "only a SELECT"},
    {"EXPLAIN QUERY PLAN SELECT * FROM stays", "only a SELECT"},
    {"SELECT load_extension('x')", "not authorized to use function: load_extension"},
    {"SELECT readfile('%s')", "no such function"},
    {"SELECT writefile('%s', 'x')", "no such function"},
    {"SELECT fts3_tokenizer('simple')", "function: fts3_tokenizer"},
    {"SELECT sqlite_version()", "function: sqlite_version"},
    {"SELECT sqlite_compileoption_get(1)", "function: sqlite_compileoption_get"},
    {"SELECT random()", "function: random"},
    {"SELECT randomblob(9)", "function: randomblob"},
    {"SELECT zeroblob(1000000000)", "function: zeroblob"},
    {"SELECT hex('a')", "function: hex"},
    {"SELECT current_timestamp", "function: current_timestamp"},
    {"SELECT sql FROM sqlite_schema", "sqlite_master.sql is prohibited"},
    {"SELECT name FROM sqlite_temp_master", "prohibited"},
    {"SELECT * FROM episodes", "no table episodes"},
    {"SELECT * FROM main.episodes", "no table main.episodes"},
    {"WITH stays AS (SELECT child FROM episodes) SELECT * FROM stays", "no table episodes"},
    {"SELECT * FROM stay", "did you mean stays?"},
    {"SELECT nosuch FROM stays", "no such column: nosuch"},
    {"SELECT \"nosuch\" FROM stays", "no such column: nosuch"},
    {"SELECT 1; DELETE FROM stays", "one statement"},
    {"SELECT 1; SELECT 2", "one statement"},
    {"SELECT 1; nonsense", "one statement"},
    {"SELECT ?", "parameter"},
    {"SELECT :la", "parameter"},
    {"", "no statement"},
    {"-- nothing", "no statement"},
    {";", "no statement"},
    {"SELECT 1 AS a, 2 AS a", "two columns of the answer are named a"},
    {"SELECT x'00ff' AS b", "holds bytes"},
    {"SELECT 9223372036854775807 + child FROM (SELECT sum(9223372036854775807) AS child FROM stays)",
     "overflow"},
    {"SELECT \xff", "not UTF-8"},
    {"SELECT '\x01'", "not UTF-8"},
    {"SELECT replace(printf('%%1000000d', 1), ' ', printf('%%1000000d', 1))", "too big"},
};

START_TEST(nothing_else_can_be_had)
{
    char sql[512], file[64] = "/tmp/turncurve-sandbox-XXXXXX";
    const int made = mkstemp(file);
    ck_assert_int_ge(made, 0);
    ck_assert_int_eq(close(made), 0);
    ck_assert_int_eq(unlink(file), 0);
    const char *at = attacks[_i].sql;
    const char *hole = strstr(at, "%s");
    const int length = hole == NULL
                           ? snprintf(sql, sizeof sql, "%s", at)
                           : snprintf(sql, sizeof sql, "%.*s%s%s", (int)(hole - at), at, file, hole + 2);
    ck_assert_int_gt(length, -1);
    /* the percent signs of printf are doubled in the table, as in a format */
    for (char *p = strstr(sql, "%%"); p != NULL; p = strstr(p + 1, "%%"))
        memmove(p, p + 1, strlen(p));
    struct table out = {0};
    struct err err = {0};
    ck_assert_msg(!answer(sql, &out, &err), "answered: %s", sql);
    ck_assert_msg(strstr(err.message, attacks[_i].words) != NULL, "%s: %s", sql, err.message);
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_msg(access(file, F_OK) != 0, "%s made a file", sql);
}
END_TEST

START_TEST(limits_are_kept)
{
    static const char endless[] = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) ";
    char sql[256];
    const struct sandbox_limits few = {.rows = 3, .seconds = 1};
    struct table out = {0};
    struct err err = {0};
    struct sandbox *sandbox = open_with_stays();
    ck_assert_int_gt(snprintf(sql, sizeof sql, "%sSELECT x FROM c", endless), 0);
    ck_assert(sandbox_prepare(sandbox, sql, &err));
    ck_assert(!sandbox_run(sandbox, &few, &quiet, &out, &err));
    ck_assert_msg(strstr(err.message, "more than 3 rows") != NULL, "%s", err.message);
    sandbox_close(sandbox);
    sandbox = open_with_stays();
    ck_assert(sandbox_prepare(sandbox, "SELECT child FROM stays UNION ALL SELECT 1", &err));
    ck_assert(sandbox_fill(sandbox, 0, &stays, &err));
    ck_assert(sandbox_run(sandbox, &few, &quiet, &out, &err)); /* exactly three are allowed */
    ck_assert_uint_eq(out.n_rows, 3);
    table_free(&out);
    sandbox_close(sandbox);
    sandbox = open_with_stays();
    ck_assert_int_gt(snprintf(sql, sizeof sql, "%sSELECT sum(x) FROM c", endless), 0);
    ck_assert(sandbox_prepare(sandbox, sql, &err));
    ck_assert(!sandbox_run(sandbox, &few, &quiet, &out, &err));
    ck_assert_msg(strstr(err.message, "longer than 1 seconds") != NULL, "%s", err.message);
    sandbox_close(sandbox);
    sandbox = open_with_stays();
    ck_assert(sandbox_prepare(sandbox, sql, &err));
    stop = 1; /* Ctrl-C */
    ck_assert(!sandbox_run(sandbox, &limits, &quiet, &out, &err));
    ck_assert_int_eq(err.code, ERR_INTERRUPTED);
    sandbox_close(sandbox);
}
END_TEST

Suite *suite_sandbox(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("sandbox");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, values_arrive_as_they_are);
    tcase_add_test(tcase, only_what_is_read_is_asked_for);
    tcase_add_test(tcase, sums_and_windows);
    tcase_add_loop_test(tcase, nothing_else_can_be_had, 0, sizeof attacks / sizeof attacks[0]);
    tcase_add_test(tcase, limits_are_kept);
    suite_add_tcase(suite, tcase);
    return suite;
}
