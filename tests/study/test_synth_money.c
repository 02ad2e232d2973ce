/* SPDX-License-Identifier: GPL-3.0-or-later
 * The money of a made-up authority: ledger and truth agree, and nothing else of it changes. */
#include "study/synth_money.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_synth_money(void);

static struct synth synth;

static void make(bool finance)
{
    struct err err = {0};
    const struct synth_options options = {
        .children = 100, .years = 2, .last_year = 2026, .seed = 3, .finance = finance};
    synth_free(&synth);
    ck_assert_msg(synth_make(&options, &synth, &err), "%s", err.message);
}

static void teardown(void)
{
    synth_free(&synth);
}

static pence posted(const char *line)
{
    pence sum = 0;
    for (size_t i = 0; i < synth.ledger.n_rows; i++)
        if (strcmp(table_at(&synth.ledger, i, 1)->as.text, line) == 0)
            sum += table_at(&synth.ledger, i, 3)->as.integer;
    return sum;
}

START_TEST(the_ledger_is_the_truth_but_for_timing)
{
    make(true);
    /* 9 lines of 12 months, one posting twice and its reversal */
    ck_assert_uint_eq(synth.ledger.n_rows, 9 * 12 + 2);
    for (size_t i = 0; i < SYNTH_LINES; i++) {
        const struct synth_money *money = &synth.money[i];
        /* a month's posting differs by 1 % (sd), so a year's by a third of that: 5 sd are 1.5 % */
        ck_assert_double_le(fabs((double)posted(money->line) - (double)money->cost),
                            .015 * (double)money->cost);
    }
    /* nights: the two agency lines share those of one group, 70 to 30 */
    ck_assert_double_eq_tol(
        (double)synth.money[1].nights / (double)(synth.money[1].nights + synth.money[2].nights), .7, .01);
    ck_assert_uint_eq(synth.budget.n_rows, 2 * SYNTH_LINES);
    ck_assert_str_eq(table_at(&synth.budget, 0, 0)->as.text, "2025-26");
    ck_assert_str_eq(table_at(&synth.budget, SYNTH_LINES, 0)->as.text, "2026-27");
    ck_assert_uint_eq(synth.measures.n_rows, 2 * 2 * 8);
    for (size_t i = 0; i < synth.measures.n_rows; i++)
        ck_assert_int_le(table_at(&synth.measures, i, 4)->as.integer,
                         table_at(&synth.measures, i, 5)->as.integer);
}
END_TEST

START_TEST(money_changes_no_child)
{
    char *with = NULL, *without = NULL;
    struct err err = {0};
    make(true);
    const size_t rows = synth.returns[1].tables[TABLE_EPISODES].n_rows;
    ck_assert(synth_truth_json(&synth, &with, &err));
    make(false);
    ck_assert_uint_eq(synth.ledger.n_rows + synth.budget.n_rows + synth.measures.n_rows, 0);
    ck_assert_uint_eq(synth.returns[1].tables[TABLE_EPISODES].n_rows, rows);
    ck_assert(synth_truth_json(&synth, &without, &err));
    ck_assert_ptr_nonnull(strstr(with, "\"cost_pence\""));
    ck_assert_ptr_nonnull(strstr(without, "\"money\": null"));
    free(with);
    free(without);
}
END_TEST

Suite *suite_synth_money(void)
{
    Suite *suite = suite_create("synth_money");
    TCase *tests = tcase_create("synth_money");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, the_ledger_is_the_truth_but_for_timing);
    tcase_add_test(tests, money_changes_no_child);
    suite_add_tcase(suite, tests);
    return suite;
}
