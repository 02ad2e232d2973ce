/* SPDX-License-Identifier: GPL-3.0-or-later
 * The manifest, the assumptions and the page of a forecast over an empty database. */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/forecast_assumptions.h"
#include "app/forecast_page.h"
#include "app/manifest.h"
#include "models/models.h"
#include "render/reports.h"

Suite *suite_manifest(void);

static char top[64];
static const struct model *model;
static struct scenario scenarios[2];
static struct price_book prices;

static void set_up(void)
{
    struct err err = {0};
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
    model = models_all[0];
    ck_assert(scenario_load(&scenarios[0], "baseline", NULL, model->params, model->n_params, &err));
    ck_assert(scenario_load(&scenarios[1], "likely", NULL, model->params, model->n_params, &err));
    ck_assert(price_book_defaults(&prices, &err));
}

static void tear_down(void)
{
    char command[128];
    scenario_free(&scenarios[0]);
    scenario_free(&scenarios[1]);
    price_book_free(&prices);
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", top);
    ck_assert_int_eq(system(command), 0);
}

static void write_manifest(const char *target, const char *command_line, struct err *err, bool expected)
{
    struct folder folder;
    static const char *const authorities[] = {"Leeds"};
    static const char *const exposures[] = {"mid-year estimates to 2021; by age"};
    const struct manifest manifest = {
        .command_line = command_line,
        .model = model,
        .scenarios = scenarios,
        .n_scenarios = 2,
        .prices = &prices,
        .origin = date_from_civil(2022, 3, 31),
        .months = 60,
        .runs = 2000,
        .seed = 1,
        .authorities = authorities,
        .n_authorities = 1,
        .exposures = exposures,
        .run_seconds = 12.5,
    };
    struct store *store = store_open("test.db", STORE_WRITE, err);
    ck_assert_msg(store != NULL, "%s", err->message);
    ck_assert(folder_begin(&folder, target, err));
    FILE *file = folder_create(&folder, "forecast.csv", err);
    ck_assert(folder_close_file(file, "forecast.csv", err));
    const bool ok = manifest_write(&manifest, store, &folder, err);
    ck_assert_msg(ok == expected, "%s", err->message);
    if (ok)
        ck_assert(folder_commit(&folder, err));
    else
        folder_abandon(&folder);
    store_close(store);
}

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(root != NULL, "%s", error.text);
    return root;
}

START_TEST(holds_what_is_needed_to_run_again)
{
    struct err err = {0};
    write_manifest("out", "turncurve forecast --la \"St. Helens\"", &err, true);
    json_t *root = load("out/manifest.json");
    ck_assert_str_eq(json_string_value(json_object_get(root, "command_line")),
                     "turncurve forecast --la \"St. Helens\"");
    ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(root, "run"), "seed")), 1);
    ck_assert_str_eq(json_string_value(json_object_get(json_object_get(root, "run"), "from")), "2022-03-31");
    ck_assert_double_eq_tol(json_number_value(json_object_get(json_object_get(root, "run"), "seconds")), 12.5,
                            1e-9);
    ck_assert_str_eq(json_string_value(json_object_get(json_object_get(root, "model"), "name")), model->name);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "scenarios")), 2);
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(root, "files"), 0)), "forecast.csv");
    const json_t *assumptions = json_object_get(root, "assumptions");
    ck_assert_uint_eq(json_array_size(json_object_get(assumptions, "prices")), prices.n_lines);
    ck_assert_uint_eq(json_array_size(json_object_get(assumptions, "levers")),
                      scenarios[0].n_levers + scenarios[1].n_levers);
    ck_assert_uint_eq(json_array_size(json_object_get(assumptions, "parameters")),
                      scenarios[0].params.n + scenarios[1].params.n);
    const json_t *population = json_array_get(json_object_get(assumptions, "population"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(population, "authority")), "Leeds");
    ck_assert_str_eq(json_string_value(json_object_get(population, "population")),
                     "mid-year estimates to 2021; by age");
    ck_assert(json_is_array(json_object_get(root, "inputs")));
    ck_assert(json_is_integer(json_object_get(json_object_get(root, "findings"), "errors")));
    ck_assert(json_is_integer(json_object_get(root, "repairs")));
    json_decref(root);
}
END_TEST

START_TEST(the_run_time_can_be_fixed)
{
    struct err err = {0};
    ck_assert_int_eq(setenv("SOURCE_DATE_EPOCH", "0", 1), 0);
    write_manifest("out", "turncurve forecast", &err, true);
    ck_assert_int_eq(unsetenv("SOURCE_DATE_EPOCH"), 0);
    json_t *root = load("out/manifest.json");
    ck_assert_double_eq_tol(json_number_value(json_object_get(json_object_get(root, "run"), "seconds")), 0,
                            1e-9);
    json_decref(root);
}
END_TEST

START_TEST(text_that_is_not_utf8_is_an_error)
{
    struct err err = {0};
    write_manifest("out", "turncurve forecast --la \xFF", &err, false);
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "command_line"));
}
END_TEST

START_TEST(effects_in_words)
{
    char words[32];
    assumptions_effect(-0.06, EFFECT_FACTOR, words);
    ck_assert_str_eq(words, "-6%");
    assumptions_effect(12, EFFECT_PER_YEAR, words);
    ck_assert_str_eq(words, "+12 a year");
    assumptions_effect(5, EFFECT_CHILDREN, words);
    ck_assert_str_eq(words, "+5 children");
}
END_TEST

static const struct model *find_model(const char *name)
{
    for (int i = 0; models_all[i] != NULL; i++)
        if (strcmp(models_all[i]->name, name) == 0)
            return models_all[i];
    return NULL;
}

/* A name from a file stays text in the page. */
START_TEST(the_page_escapes_and_links)
{
    struct err err = {0};
    struct folder folder;
    struct text html = {0};
    struct outlook outlook = {.has_yearly = true, .origin = date_from_civil(2022, 3, 31)};
    static double stock[] = {100};
    struct result result = {.origin = outlook.origin, .months = 0};
    snprintf(outlook.authority.name, sizeof outlook.authority.name, "<script>alert(1)</script>");
    snprintf(outlook.exposure, sizeof outlook.exposure, "mid-year estimates to 2021; by age");
    outlook.yearly = (struct yearly){.first_year = 2022, .n_years = 1, .stock = stock};
    outlook.scenarios = scenarios;
    outlook.n_scenarios = 1;
    outlook.forecast = (struct forecast){.scenarios = &result, .n_scenarios = 1};
    const struct outlook *const outlooks[] = {&outlook};
    struct forecast_charts charts = {0};
    struct forecast_page page = {.command_line = "turncurve forecast --la '<b>'",
                                 .model = model,
                                 .prices = &prices,
                                 .runs = 2000,
                                 .seed = 1,
                                 .outlooks = outlooks,
                                 .charts = &charts,
                                 .n_outlooks = 1};
    ck_assert(folder_begin(&folder, "out", &err));
    ck_assert_msg(forecast_page_write(&page, &folder, &err), "%s:%d: %s", err.file, (int)err.line,
                  err.message);
    ck_assert(folder_commit(&folder, &err));
    ck_assert(reports_read_file("out/index.html", &html, &err));
    ck_assert_ptr_null(strstr(text_c(&html), "<script>"));
    ck_assert_ptr_null(strstr(text_c(&html), "<b>"));
    ck_assert_ptr_nonnull(strstr(text_c(&html), "&lt;script&gt;alert(1)"));
    ck_assert_ptr_nonnull(strstr(text_c(&html), "<html lang=\"en-GB\">"));
    ck_assert_ptr_nonnull(strstr(text_c(&html), "href=\"forecast.csv\""));
    ck_assert_ptr_null(strstr(text_c(&html), "href=\"difference.csv\"")); /* one scenario: not written */

    ck_assert_ptr_nonnull(strstr(text_c(&html), "Made from published yearly totals"));
    text_free(&html);

    /* what entries are measured against is said where a model asks for it */
    static const char *const models[] = {"carepath", "last_value"};
    for (int i = 0; i < 2; i++) {
        page.model = find_model(models[i]);
        ck_assert(folder_begin(&folder, "out", &err) && forecast_page_write(&page, &folder, &err) &&
                  folder_commit(&folder, &err));
        ck_assert(reports_read_file("out/index.html", &html, &err));
        ck_assert_int_eq(strstr(text_c(&html), "mid-year estimates to 2021; by age") != NULL, i == 0);
        text_free(&html);
    }
}
END_TEST

Suite *suite_manifest(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tcase = tcase_create("manifest");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, holds_what_is_needed_to_run_again);
    tcase_add_test(tcase, the_run_time_can_be_fixed);
    tcase_add_test(tcase, text_that_is_not_utf8_is_an_error);
    tcase_add_test(tcase, effects_in_words);
    tcase_add_test(tcase, the_page_escapes_and_links);
    suite_add_tcase(suite, tcase);
    return suite;
}
