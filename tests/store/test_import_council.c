/* SPDX-License-Identifier: GPL-3.0-or-later
 * Budgets, ledgers and measures into the database and back: whose they are, what counts as the same, what
 * replaces what. All figures here are invented. */
#include "store/import.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "store/council.h"
#include "store/findings_table.h"

Suite *suite_import_council(void);

#define BUDGET   "year,line,placement,budget_gbp,budget_fte,savings_gbp\n"
#define LEDGER   "date,line,placement,actual_gbp\n"
#define MEASURES "measure,locality,period_start,period_end,numerator,denominator,value,target,polarity\n"

static char path[SCRATCH_PATH], file[SCRATCH_PATH + 16];
static struct log quiet;
static struct import_options options;
static struct imported imported;
static struct budget_rows budget;
static struct ledger_rows ledger;
static struct measure_rows measures;

static void setup(void)
{
    scratch_make(path);
    ck_assert_int_gt(snprintf(file, sizeof file, "%s-money.csv", path), 0);
    log_init(&quiet, stderr, true);
    options = (struct import_options){0};
    imported = (struct imported){0};
    budget = (struct budget_rows){0};
    ledger = (struct ledger_rows){0};
    measures = (struct measure_rows){0};
}

static void release(void)
{
    budget_rows_free(&budget);
    ledger_rows_free(&ledger);
    measure_rows_free(&measures);
}

static void teardown(void)
{
    imported_free(&imported);
    release();
    unlink(file);
    scratch_remove(path);
}

/* Imports a text; checks rows kept and refused; gives the note. */
static const char *import(const char *text, int64_t kept, int64_t refused)
{
    const char *name = file;
    struct err err = {0};
    FILE *out = fopen(file, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), out), strlen(text));
    ck_assert_int_eq(fclose(out), 0);
    imported_free(&imported);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, &name, 1, &options, &quiet, &imported, &err), "%s", err.message);
    store_close(store);
    ck_assert_int_eq(table_at(&imported.files, 0, 4)->as.integer, kept);
    ck_assert_int_eq(table_at(&imported.files, 0, 6)->as.integer, refused);
    return table_at(&imported.files, 0, 9)->as.text;
}

/* Loads the tables of an authority. */
static void load(int32_t la)
{
    struct err err = {0};
    struct store *store = scratch_open(path, STORE_READ);
    release();
    ck_assert(store_load_budget(store, la, &budget, &err));
    ck_assert(store_load_ledger(store, la, &ledger, &err));
    ck_assert(store_load_measures(store, la, &measures, &err));
    ck_assert(store_verify(store, &err));
    store_close(store);
}

static int64_t found(const char *rule)
{
    struct err err = {0};
    struct table table;
    int64_t rows = 0;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(findings_by_rule(store, 0, &table, &err));
    for (size_t i = 0; i < table.n_rows; i++)
        if (strcmp(table_at(&table, i, 0)->as.text, rule) == 0)
            rows += table_at(&table, i, 4)->as.integer;
    table_free(&table);
    store_close(store);
    return rows;
}

START_TEST(a_budget_there_and_back)
{
    /* columns in another order, a byte-order mark, lines that end in CR LF, pounds with commas */
    const char *text = "\xEF\xBB\xBF"
                       "line,year,budget_gbp,placement,savings_gbp\r\n"
                       "Agency,2026-27,\"\xC2\xA3"
                       "1,234,567.00\",foster_ifa,\"10,000\"\r\n"
                       "Legal,2026-27,5000,,\r\n";
    ck_assert_str_eq(import(text, 2, 0), "");
    load(1);
    ck_assert_uint_eq(budget.n, 2);
    ck_assert_str_eq(budget.items[0].line, "Agency");
    ck_assert_int_eq(budget.items[0].year, 2027);
    ck_assert_int_eq(budget.items[0].budget, 123456700);
    ck_assert_int_eq(budget.items[0].savings, 1000000);
    ck_assert(isnan(budget.items[0].fte));
    ck_assert(placement_set_has(budget.items[0].groups, PLACEMENT_FOSTER_IFA));
    ck_assert_uint_eq(budget.items[1].groups, 0);
    ck_assert_str_eq(import(text, 2, 0), "imported before");
    load(1);
    ck_assert_uint_eq(budget.n, 2);
}
END_TEST

START_TEST(a_corrected_budget_replaces_its_years_only)
{
    ck_assert_str_eq(import(BUDGET "2025-26,A,,1,,\n2026-27,A,,2,,\n2026-27,B,,3,,\n", 3, 0), "");
    ck_assert_str_eq(import(BUDGET "2026-27,A,,9,,\n", 1, 0), "replaces an earlier file");
    load(1);
    ck_assert_uint_eq(budget.n, 2);
    ck_assert_int_eq(budget.items[0].year, 2026);
    ck_assert_int_eq(budget.items[0].budget, 100);
    ck_assert_int_eq(budget.items[1].budget, 900);
    ck_assert_int_eq(found("F-16"), 1);
    /* the first again: its rows do not all count any more, so it is no file that was imported before */
    ck_assert_str_eq(import(BUDGET "2025-26,A,,1,,\n2026-27,A,,2,,\n2026-27,B,,3,,\n", 3, 0),
                     "replaces an earlier file");
    load(1);
    ck_assert_uint_eq(budget.n, 3);
    ck_assert_int_eq(budget.items[1].budget, 200);
}
END_TEST

START_TEST(a_ledger_replaces_its_months_only)
{
    ck_assert_str_eq(import(LEDGER "2026-04-30,A,foster_ifa,10\n2026-05-31,A,foster_ifa,20\n", 2, 0), "");
    /* hand: May again, with a reversal: 25 - 4 = 21 */
    ck_assert_str_eq(import(LEDGER "01/05/2026,A,foster_ifa,25\n15/05/2026,A,foster_ifa,(4)\n", 2, 0),
                     "replaces an earlier file");
    load(1);
    ck_assert_uint_eq(ledger.n, 3);
    ck_assert_int_eq(ledger.items[0].actual, 1000);
    ck_assert_int_eq(ledger.items[1].actual + ledger.items[2].actual, 2100);
    ck_assert_int_eq(found("I-22"), 1);
    ck_assert_int_eq(found("I-23"), 0);
    import(LEDGER "2026-04-30,A,,10\n2026-06-30,A,,20\n2026-06-30,A,,$20\n", 2, 1);
    ck_assert_int_eq(found("I-23"), 1); /* no May in that file */
    ck_assert_int_eq(found("I-25"), 1);
}
END_TEST

START_TEST(measures_replace_their_periods)
{
    const char *first = MEASURES "CAF,North,2026-04-01,2026-06-30,8,10,,90,up\n"
                                 "CAF,North,2026-07-01,2026-09-30,9,10,,90,up\n"
                                 "CAF,North,2026-07-01,2026-09-30,11,10,,90,up\n"
                                 "SDQ,,2026-04-01,2026-06-30,,,13.5,,down\n";
    ck_assert_str_eq(import(first, 3, 1), "");
    ck_assert_int_eq(found("I-07"), 1);
    ck_assert_str_eq(import(MEASURES "caf,North,2026-07-01,2026-09-30,7,10,,90,up\n", 1, 0),
                     "replaces an earlier file");
    load(1);
    ck_assert_uint_eq(measures.n, 3);
    ck_assert_str_eq(measures.items[0].measure, "CAF");
    ck_assert_double_eq_tol(measures.items[0].numerator, 8, 1e-9);
    ck_assert_int_eq(measures.items[0].polarity, POLARITY_UP);
    ck_assert_str_eq(measures.items[1].measure, "SDQ");
    ck_assert(isnan(measures.items[1].numerator) && isnan(measures.items[1].target));
    ck_assert_str_eq(measures.items[2].measure, "caf");
    ck_assert_double_eq_tol(measures.items[2].numerator, 7, 1e-9);
}
END_TEST

START_TEST(authorities_keep_apart)
{
    options.la = "Oldham";
    import(BUDGET "2026-27,A,,1,,\n", 1, 0);
    options.la = "Bolton";
    ck_assert_str_eq(import(BUDGET "2026-27,A,,1,,\n", 1, 0), ""); /* the same bytes for another authority */
    load(1);
    ck_assert_uint_eq(budget.n, 1);
    load(2);
    ck_assert_uint_eq(budget.n, 1);
}
END_TEST

START_TEST(a_file_of_which_nothing_is_left_is_forgotten)
{
    struct err err = {0};
    struct table inputs = {0};
    import(BUDGET "2026-27,A,,1,,\n", 1, 0);
    import(BUDGET "2026-27,A,,2,,\n", 1, 0);
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_inputs(store, &inputs, &err));
    ck_assert_uint_eq(inputs.n_rows, 1);
    table_free(&inputs);
    store_close(store);
}
END_TEST

Suite *suite_import_council(void)
{
    Suite *suite = suite_create("import_council");
    TCase *tests = tcase_create("import_council");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_budget_there_and_back);
    tcase_add_test(tests, a_corrected_budget_replaces_its_years_only);
    tcase_add_test(tests, a_ledger_replaces_its_months_only);
    tcase_add_test(tests, measures_replace_their_periods);
    tcase_add_test(tests, authorities_keep_apart);
    tcase_add_test(tests, a_file_of_which_nothing_is_left_is_forgotten);
    suite_add_tcase(suite, tests);
    return suite;
}
