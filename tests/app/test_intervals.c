/* SPDX-License-Identifier: GPL-3.0-or-later
 * What backtest keeps, forecast finds: only what fits, only what was known, and it says which. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/intervals.h"
#include "models/models.h"
#include "store/authority.h"

Suite *suite_intervals(void);

static char top[64];
static struct store *store;
static struct params params;
static int32_t la;
static struct calibration_case cases[3];

static void set_up(void)
{
    struct err err = {0};
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
    store = store_open("test.db", STORE_WRITE, &err);
    ck_assert_ptr_nonnull(store);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Testham", &la, &err) &&
              db_commit(store, &err));
    ck_assert(params_init(&params, model_carepath.params, model_carepath.n_params, &err));
    for (int i = 0; i < 3; i++) {
        cases[i] = (struct calibration_case){.origin = date_year_end(2018 + i), .months = 12, .actual = 505};
        for (int q = 0; q < SCORE_LEVELS; q++) {
            cases[i].raw[q] = 490 + 5 * q; /* the model is right, the last value is not */
            cases[i].reference[q] = 400 + 12 * q;
        }
    }
}

static void tear_down(void)
{
    char command[128];
    store_close(store);
    params_free(&params);
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", top);
    ck_assert_int_eq(system(command), 0);
}

static struct intervals find(bool short_breaks, bool raw, day known_by)
{
    struct intervals found;
    struct err err = {0};
    ck_assert_msg(
        intervals_find(store, la, &model_carepath, &params, short_breaks, raw, known_by, &found, &err), "%s",
        err.message);
    return found;
}

static bool is_built_in(const struct calibration *found)
{
    const struct calibration *prior = model_carepath.calibration;
    bool same = found->n == prior->n && found->origins == 0;
    for (size_t i = 0; same && i < prior->n; i++) {
        same = fabs(found->at[i].weight - prior->at[i].weight) < 1e-15;
        for (int c = 0; c < CONFORMAL_COVERAGES; c++)
            same = same && fabs(found->at[i].scales[c] - prior->at[i].scales[c]) < 1e-15;
    }
    return same;
}

static void expect_words(const struct intervals *intervals, const char *expected)
{
    char words[INTERVALS_WORDS];
    intervals_say(intervals, words);
    ck_assert_msg(strstr(words, expected) != NULL, "%s", words);
}

START_TEST(the_built_in_prior_unless_more_is_known)
{
    const day late = date_year_end(2026);
    struct err err = {0};
    struct intervals found = find(false, false, late);
    ck_assert_int_eq(found.source, INTERVALS_BUILT_IN);
    ck_assert(is_built_in(&found.calibration));
    expect_words(&found, "scaled by the built-in prior");
    found = find(false, true, late);
    ck_assert_int_eq(found.source, INTERVALS_RAW);
    expect_words(&found, "the model's own");
    /* a model that is not calibrated has nothing to learn, and keeps nothing */
    ck_assert(intervals_keep(store, la, &model_holt, false, cases, 3, &err));
    ck_assert(intervals_find(store, la, &model_holt, &params, false, false, late, &found, &err));
    ck_assert_int_eq(found.source, INTERVALS_RAW);
}
END_TEST

START_TEST(what_was_known_by_then_is_used)
{
    struct err err = {0};
    ck_assert(intervals_keep(store, la, &model_carepath, false, cases, 3, &err));
    struct intervals found = find(false, false, date_year_end(2021));
    ck_assert_int_eq(found.source, INTERVALS_LEARNED);
    ck_assert_int_eq(found.calibration.origins, 3);
    expect_words(&found, "what 3 earlier forecasts of this authority taught");
    /* hand: the best weight is 1; three cases beside 30 of the prior's .8: (3 + 24) / 33 */
    const struct calibration_horizon at = calibration_at(&found.calibration, 12);
    ck_assert_double_eq_tol(at.weight, (3 + 30 * model_carepath.calibration->at[1].weight) / 33, 1e-12);
    /* from an earlier day only what was known by then */
    found = find(false, false, date_year_end(2019));
    ck_assert_int_eq(found.calibration.origins, 1);
    expect_words(&found, "what 1 earlier forecast of");
    found = find(false, false, date_year_end(2019) - 1);
    ck_assert_int_eq(found.source, INTERVALS_BUILT_IN);
}
END_TEST

START_TEST(what_was_made_from_something_else_is_not_used)
{
    const day late = date_year_end(2026);
    struct err err = {0};
    ck_assert(intervals_keep(store, la, &model_carepath, false, cases, 3, &err));
    struct intervals found = find(true, false, late); /* short breaks are other numbers */
    ck_assert_int_eq(found.source, INTERVALS_STALE);
    ck_assert(is_built_in(&found.calibration));
    expect_words(&found, "run \"turncurve backtest\" again");
    /* another parameter of the model; the engine's own change no number of children */
    ck_assert(params_set(&params, str_of("price_uplift_sd_pct"), 5, PARAM_SET, "test", &err));
    ck_assert_int_eq(find(false, false, late).source, INTERVALS_LEARNED);
    const struct param_spec *spec = &model_carepath.params[0];
    const double other = spec->fallback > spec->low ? spec->low : spec->high;
    ck_assert(params_set(&params, str_of(spec->name), other, PARAM_SET, "test", &err));
    ck_assert_int_eq(find(false, false, late).source, INTERVALS_STALE);
    ck_assert(params_set(&params, str_of(spec->name), spec->fallback, PARAM_SET, "test", &err));
    ck_assert_int_eq(find(false, false, late).source, INTERVALS_LEARNED);
}
END_TEST

START_TEST(rows_for_the_manifest)
{
    struct table table;
    struct err err = {0};
    struct intervals found = find(false, false, date_year_end(2026));
    intervals_table_init(&table);
    ck_assert(intervals_table_add(&table, "Testham", &found, &err));
    ck_assert_uint_eq(table.n_rows, model_carepath.calibration->n);
    ck_assert_str_eq(table_at(&table, 0, 1)->as.text, "built-in prior");
    ck_assert_int_eq(table_at(&table, 0, 2)->as.integer, 0);
    ck_assert_double_eq(table_at(&table, 0, 4)->as.real, model_carepath.calibration->at[0].weight);
    found = find(false, true, date_year_end(2026));
    ck_assert(intervals_table_add(&table, "Testham", &found, &err));
    ck_assert_uint_eq(table.n_rows, model_carepath.calibration->n + 1);
    ck_assert_str_eq(table_at(&table, table.n_rows - 1, 1)->as.text, "raw");
    ck_assert_int_eq(table_at(&table, table.n_rows - 1, 4)->kind, CELL_EMPTY);
    table_free(&table);
}
END_TEST

Suite *suite_intervals(void)
{
    Suite *suite = suite_create("intervals");
    TCase *tcase = tcase_create("intervals");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, the_built_in_prior_unless_more_is_known);
    tcase_add_test(tcase, what_was_known_by_then_is_used);
    tcase_add_test(tcase, what_was_made_from_something_else_is_not_used);
    tcase_add_test(tcase, rows_for_the_manifest);
    suite_add_tcase(suite, tcase);
    return suite;
}
