/* SPDX-License-Identifier: GPL-3.0-or-later
 * Entries go by the children that there are, band by band. Populations are invented; ratios are by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "models/carepath.h"
#include "models/models.h"
#include "study/backtest.h"
#include "tests/models/authority.h"

Suite *suite_carepath_exposure(void);

enum { MONTHS = 36 };

static struct history history;
static struct scenario scenario;
static struct model_input input; /* to 31 March 2022 */
static struct carepath_fit fit;
static struct population population;

static const struct model *find_model(const char *name)
{
    for (int i = 0; models_all[i] != NULL; i++)
        if (strcmp(models_all[i]->name, name) == 0)
            return models_all[i];
    ck_abort_msg("there is no model %s", name);
}

static void set_up(void)
{
    const struct model *model = find_model("carepath");
    authority_build(&history, 11, 150);
    scenario = authority_scenario(model);
    input = (struct model_input){
        .history = &history, .origin = date_from_civil(2022, 3, 31), .months = MONTHS, .seed = 1};
}

static void tear_down(void)
{
    carepath_fit_free(&fit);
    population_free(&population);
    scenario_free(&scenario);
    build_free(&history);
}

/* Estimates of infants and of everyone else, year by year from a mid-year on. */
static void populate(int32_t first, const double infants[], const double others[], size_t n)
{
    struct err err = {0};
    struct population_line lines[16];
    ck_assert_uint_le(n, 16);
    for (size_t i = 0; i < n; i++) {
        lines[i] = (struct population_line){.mid_year = first + (int32_t)i};
        for (int b = 0; b < AGE_COUNT; b++)
            lines[i].children[b] = b == AGE_0 ? infants[i] : others[i];
        lines[i].children[POPULATION_ALL] = NAN;
    }
    population_free(&population);
    ck_assert(population_make(lines, n, &population, &err));
}

static void make_fit(void)
{
    struct err err = {0};
    carepath_fit_free(&fit);
    ck_assert_msg(carepath_fit_make(&input, &scenario.params, &fit, &err), "%s", err.message);
}

static double expected_entries(void)
{
    struct err err = {0};
    struct carepath_months months;
    double sum = 0;
    ck_assert(carepath_months_count(&fit, &input, &months, &err));
    for (int32_t m = 0; m < months.n; m++)
        sum += months.expected_entries[m];
    carepath_months_free(&months);
    return sum;
}

/* From 30 June 2021 to 30 June 2022 infants double and the others stay; 31 March is day 274 of 365, so that
 * there are 1000 + 274 / 365 x 1000 infants then, and 1000 + 365 / 365 x 1000 from mid-2022 on. */
START_TEST(months_to_come_go_by_their_own_band)
{
    populate(2020, (const double[]){1000, 1000, 2000}, (const double[]){5000, 5000, 5000}, 3);
    input.population = &population;
    make_fit();
    const double infants = 2000 / (1000 + 274 / 365.0 * 1000);
    for (int m = 3; m < MONTHS; m++) {
        ck_assert_double_eq_tol(fit.entries.exposure[m], infants, 1e-12);
        for (int k = 1; k < LEXIS_KINDS; k++)
            ck_assert_double_eq_tol(fit.entries.exposure[k * MONTHS + m], 1, 1e-12);
    }
    /* 15 April 2022 is day 289 */
    ck_assert_double_eq_tol(fit.entries.exposure[0], (365 + 289) / (365 + 274.0), 1e-12);
    /* unaccompanied children do not come from among those who are counted */
    populate(2020, (const double[]){10, 10, 20}, (const double[]){10, 10, 20}, 3);
    ck_assert_double_eq(carepath_exposure(&input, LEXIS_UASC_OLD, date_from_civil(2022, 6, 30)), 1);
    ck_assert_double_gt(carepath_exposure(&input, AGE_16_17, date_from_civil(2022, 6, 30)), 1.1);
}
END_TEST

START_TEST(no_population_and_a_constant_one_are_the_same)
{
    make_fit();
    const double a_day = fit.entries.a_day;
    double kinds[LEXIS_KINDS];
    memcpy(kinds, fit.entries.kind, sizeof kinds);
    for (int m = 0; m < LEXIS_KINDS * MONTHS; m++)
        ck_assert_double_eq(fit.entries.exposure[m], 1);
    populate(2015, (const double[]){900, 900}, (const double[]){5000, 5000}, 2);
    input.population = &population;
    make_fit();
    ck_assert_double_eq_tol(fit.entries.a_day, a_day, 1e-12 * a_day);
    for (int k = 0; k < LEXIS_KINDS; k++)
        ck_assert_double_eq_tol(fit.entries.kind[k], kinds[k], 1e-12);
    for (int m = 0; m < LEXIS_KINDS * MONTHS; m++)
        ck_assert_double_eq(fit.entries.exposure[m], 1);
    /* nothing was published by then: no population, and the yearly totals are not asked behind its back */
    population_free(&population);
    make_fit();
    ck_assert_double_eq(fit.entries.exposure[0], 1);
}
END_TEST

/* The rate is of the children at the origin: where they were half as many, the same entries mean a rate of
 * twice as much, and what is expected of the past is what was seen. Day by day there were 500, from 30 June
 * 2020 on 500 / 365 more each day, and from 30 June 2021 on 1,000. */
START_TEST(the_past_goes_by_the_children_of_its_days)
{
    static const double grown[] = {500, 500, 500, 500, 500, 500, 500, 1000, 1000};
    make_fit();
    const double a_day = fit.entries.a_day;
    const double expected = expected_entries();
    populate(2014, grown, grown, 9);
    input.population = &population;
    make_fit();
    double exposed = 0;
    for (day date = fit.from + 1; date <= fit.origin; date++) {
        const double since = date - date_from_civil(2020, 6, 30);
        exposed += since <= 0 ? 0.5 : since >= 365 ? 1 : 0.5 + 0.5 * since / 365;
    }
    ck_assert_double_eq_tol(fit.entries.a_day / a_day, (fit.origin - fit.from) / exposed, .005);
    ck_assert_double_gt(fit.entries.a_day, 1.3 * a_day);
    ck_assert_double_eq_tol(expected_entries() / expected, 1, .01);
}
END_TEST

/* Infants were twice as many in the past: fewer of the children that come from now on are infants. */
START_TEST(shares_of_ages_are_those_of_the_origin)
{
    static const double fewer[] = {2000, 2000, 2000, 2000, 2000, 2000, 2000, 1000, 1000};
    static const double level[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000};
    make_fit();
    const double before = fit.entries.kind[AGE_0];
    const double others = fit.entries.kind[AGE_5_9] / fit.entries.kind[AGE_10_15];
    populate(2014, fewer, level, 9);
    input.population = &population;
    make_fit();
    ck_assert_double_lt(fit.entries.kind[AGE_0], .85 * before);
    ck_assert_double_gt(fit.entries.kind[AGE_0], .5 * before);
    ck_assert_double_eq_tol(fit.entries.kind[AGE_5_9] / fit.entries.kind[AGE_10_15], others, .02 * others);
}
END_TEST

/* Totals of the years to March 2021 and 2022 are those of mid-2020 and mid-2021: constant after. */
START_TEST(published_totals_serve_where_there_is_nothing_else)
{
    struct err err = {0};
    struct yearly yearly = {0};
    ck_assert(yearly_reserve(&yearly, 2021, 2023, &err));
    yearly.population[0] = 500;
    yearly.population[1] = 1000;
    yearly.population[2] = 2000; /* mid-2022 */
    input.yearly = &yearly;
    make_fit();
    for (int k = 0; k < LEXIS_KINDS; k++)
        ck_assert_double_eq_tol(fit.entries.exposure[k * MONTHS + 12],
                                lexis_kind_is_uasc(k) ? 1 : 2000 / (1000 + 274 / 365.0 * 1000), 1e-12);
    yearly_free(&yearly);
}
END_TEST

/* Forecasts from 31 March 2021 and 2020 with a population in which one mid-year has other numbers. */
static void backtest(const struct population_line lines[], size_t n, struct backtest *out)
{
    static const int32_t horizons[] = {12};
    struct err err = {0};
    struct log log;
    struct price_book book = {0};
    const struct model *const models[] = {find_model("carepath")};
    const struct backtest_options options = {.horizons = horizons,
                                             .n_horizons = 1,
                                             .every_months = 12,
                                             .least_months = 36,
                                             .first = DAY_NONE,
                                             .last = DAY_NONE,
                                             .intervals = BACKTEST_RAW,
                                             .reference = find_model("last_value"),
                                             .run = {.replicates = 20, .threads = 1},
                                             .seed = 1};
    log_init(&log, stderr, true);
    population_free(&population);
    ck_assert(population_make(lines, n, &population, &err) && price_book_defaults(&book, &err));
    const struct backtest_known known = {.la = 1, .history = &history, .population = &population};
    *out = (struct backtest){0};
    ck_assert_msg(backtest_run(models, 1, &known, &book, &options, &log, out, &err), "%s", err.message);
    price_book_free(&book);
}

/* Mid-2021 was published in December 2022; mid-2019 in June 2020, after the first origin and before the
 * second. */
START_TEST(a_backtest_does_not_know_what_was_published_later)
{
    struct population_line lines[9];
    struct backtest whole;
    struct backtest later;
    struct backtest between;
    for (int i = 0; i < 9; i++) {
        lines[i] = (struct population_line){.mid_year = 2014 + i};
        for (int s = 0; s < POPULATION_SERIES; s++)
            lines[i].children[s] = s == POPULATION_ALL ? 5000 : 1000;
    }
    backtest(lines, 9, &whole);
    for (int s = 0; s < POPULATION_SERIES; s++)
        lines[7].children[s] *= 2; /* mid-2021 */
    backtest(lines, 9, &later);
    for (int s = 0; s < POPULATION_SERIES; s++)
        lines[5].children[s] *= 2; /* mid-2019 */
    backtest(lines, 9, &between);
    ck_assert_uint_gt(whole.n, 0);
    ck_assert_uint_eq(whole.n, later.n);
    ck_assert_uint_eq(whole.n, between.n);
    size_t changed = 0;
    for (size_t i = 0; i < whole.n; i++) {
        ck_assert_double_eq(whole.rows[i].mean, later.rows[i].mean);
        if (whole.rows[i].origin < date_from_civil(2020, 8, 1))
            ck_assert_double_eq(whole.rows[i].mean, between.rows[i].mean);
        else
            changed += fabs(whole.rows[i].mean - between.rows[i].mean) > 0;
    }
    ck_assert_uint_gt(changed, 0);
    backtest_free(&whole);
    backtest_free(&later);
    backtest_free(&between);
}
END_TEST

Suite *suite_carepath_exposure(void)
{
    Suite *suite = suite_create("carepath_exposure");
    TCase *tcase = tcase_create("carepath_exposure");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, months_to_come_go_by_their_own_band);
    tcase_add_test(tcase, no_population_and_a_constant_one_are_the_same);
    tcase_add_test(tcase, the_past_goes_by_the_children_of_its_days);
    tcase_add_test(tcase, shares_of_ages_are_those_of_the_origin);
    tcase_add_test(tcase, published_totals_serve_where_there_is_nothing_else);
    tcase_add_test(tcase, a_backtest_does_not_know_what_was_published_later);
    suite_add_tcase(suite, tcase);
    return suite;
}
