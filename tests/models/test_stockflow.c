/* SPDX-License-Identifier: GPL-3.0-or-later
 * The expected path against the closed daily oracle (numeric/flow), the replicates against the path, levers
 * against what they must do. Statistical tests: fixed seeds, false alarm 1e-6 each for another seed. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/stockflow_chain.h"
#include "numeric/flow.h"
#include "tests/models/authority.h"
#include "tests/statistics.h"

Suite *suite_stockflow(void);

enum { MONTHS = 36, RUNS = 4000 };
static const struct group everyone = {GROUP_ALL, 0};
static const double z_limit = 4.89; /* two-sided normal, 1e-6 */

/* A fit with the same rates everywhere: exits home .0011 in-house and .0004 with an agency a day, moves .0008
 * and .0005 to the other of the two; 300 and 60 children, .3 and .1 entries a day. Nothing wanders. */
static struct sf_fit simple_fit(int32_t age, day origin)
{
    struct err err = {0};
    struct sf_fit fit = {.origin = origin, .from = origin - 1000, .months = MONTHS, .seed = 17};
    fit.entry_phi = fit.exit_phi = 0.9;
    fit.entry_dispersion = fit.exit_dispersion = 1;
    fit.present = vec_new(360, sizeof *fit.present, &err);
    for (int i = 0; i < 360; i++) {
        const day born = date_birthday(date_from_civil(date_to_civil(origin).year - age, 2, 1), 0) - i % 28;
        fit.present[fit.n_present++] =
            (struct sf_child){.kind = lexis_kind_of(date_age_on(born, origin), false),
                              .group = i < 300 ? PLACEMENT_FOSTER_INHOUSE : PLACEMENT_FOSTER_IFA,
                              .born = born,
                              .start = origin - 10 * i};
    }
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            const bool inhouse = g == PLACEMENT_FOSTER_INHOUSE;
            for (int t = 0; t < LEXIS_TICS; t++) {
                fit.rates.exit[k][t][g][ROUTE_HOME] = inhouse ? .0011 : .0004;
                fit.rates.move[k][t][g] = inhouse ? .0008 : .0005;
            }
            fit.rates.destination[k][g][inhouse ? PLACEMENT_FOSTER_IFA : PLACEMENT_FOSTER_INHOUSE] = 1;
        }
        fit.rates.first[k][PLACEMENT_FOSTER_INHOUSE] = .75;
        fit.rates.first[k][PLACEMENT_FOSTER_IFA] = .25;
    }
    fit.rates.entries[AGE_5_9] = .4;
    fit.rates.age_share[AGE_5_9][5] = 1;
    return fit;
}

static const double daily[] = {1 - .0011 - .0008, .0008, .0005, 1 - .0004 - .0005};
static const double known[] = {300, 60};
static const double arrivals[] = {.3, .1};

static void close_to(double value, double expected)
{
    ck_assert_double_le(fabs(value - expected), 1e-9 * fmax(1, fabs(expected)));
}

START_TEST(path_matches_the_daily_oracle)
{
    const day origin = on(2022, 3, 31);
    struct sf_fit fit = simple_fit(6, origin);
    struct scenario scenario = authority_scenario(&model_stockflow);
    struct sf_path path;
    struct err err = {0};
    ck_assert(sf_path_make(&fit, &scenario, &path, &err));
    for (int32_t m = 0; m < MONTHS; m++) {
        double mean[2], v[4];
        flow_daily(daily, arrivals, known, 2, date_month_end(origin, m + 1) - origin, mean, v);
        close_to(sf_path_stock(&path, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, m), mean[0]);
        close_to(sf_path_stock(&path, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA}, m), mean[1]);
        close_to(sf_path_stock(&path, everyone, m), mean[0] + mean[1]);
        close_to(sf_path_variance(&path, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, m), v[0]);
        close_to(sf_path_variance(&path, everyone, m), v[0] + 2 * v[1] + v[3]);
    }
    sf_path_free(&path);
    sf_fit_free(&fit);
    scenario_free(&scenario);
}
END_TEST

START_TEST(path_balances)
{
    /* Real shapes: stock = stock before + entries - exits, nights = sum of the days' ends, all by cell. */
    struct history history;
    authority_build(&history, 11, 150);
    struct scenario scenario = authority_scenario(&model_stockflow);
    const struct model_input input = {.history = &history, .origin = history.end, .months = 60, .seed = 1};
    struct sf_fit fit;
    struct sf_path path;
    struct err err = {0};
    ck_assert_msg(sf_fit_make(&input, &scenario.params, &fit, &err), "%s", err.message);
    ck_assert(sf_path_make(&fit, &scenario, &path, &err));
    double before = 0;
    for (size_t c = 0; c < LEXIS_CELLS; c++)
        before += path.origin_stock[c];
    ck_assert_double_eq(before, (double)fit.n_present);
    for (int32_t m = 0; m < 60; m++) {
        const struct sf_month *month = &path.months[m];
        double entries = 0, exits = 0, routes = 0, nights = 0;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                const size_t c = lexis_cell(k, g);
                ck_assert_double_ge(month->stock[c], -1e-12);
                ck_assert_double_ge(month->nights[c], -1e-9);
                entries += month->entries[c];
                exits += month->exits[c] + (lexis_kind_next(k) == LEXIS_KINDS ? month->grown[c] : 0);
                nights += month->nights[c];
                for (int r = 0; r < ROUTE_COUNT; r++)
                    routes += month->routes[c][r];
                routes += lexis_kind_next(k) == LEXIS_KINDS ? month->grown[c] : 0;
            }
        }
        const double stock = sf_path_stock(&path, everyone, m);
        ck_assert_double_eq_tol(stock, before + entries - exits, 1e-9);
        ck_assert_double_eq_tol(routes, exits, 1e-9);
        const double days = date_month_start(fit.origin, m + 2) - date_month_start(fit.origin, m + 1);
        ck_assert_double_eq_tol(nights / days, (before + stock) / 2, 0.02 * stock);
        before = stock;
    }
    sf_path_free(&path);
    sf_fit_free(&fit);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

START_TEST(eighteenth_birthdays_are_exact)
{
    /* Two children without hazards: 18 on 1 May 2022 and on 29 February 2024's stand-in, 1 March 2022 + 2
     * years. */
    const day origin = on(2022, 3, 31);
    struct sf_child present[2] = {
        {.kind = AGE_16_17, .group = PLACEMENT_SUPPORTED, .born = on(2004, 5, 1), .start = origin - 100},
        {.kind = AGE_10_15, .group = PLACEMENT_SUPPORTED, .born = on(2006, 4, 30), .start = origin - 100}};
    struct sf_fit fit = {.origin = origin,
                         .from = origin - 1000,
                         .months = MONTHS,
                         .present = present,
                         .n_present = 2,
                         .entry_phi = .9,
                         .exit_phi = .9,
                         .entry_dispersion = 1,
                         .exit_dispersion = 1};
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < SF_GROUPS; g++)
            fit.rates.destination[k][g][g] = 1;
    struct scenario scenario = authority_scenario(&model_stockflow);
    struct sf_chain chain;
    struct err err = {0};
    ck_assert(sf_chain_make(&fit, &scenario, &chain, &err));
    const struct sf_month *may = &chain.path.months[1];
    close_to(sf_path_stock(&chain.path, everyone, 0), 2);
    close_to(sf_path_stock(&chain.path, everyone, 1), 1); /* DEC 1 May: out at the end of that day */
    close_to(may->grown[lexis_cell(AGE_16_17, PLACEMENT_SUPPORTED)], 1);
    close_to(may->nights[lexis_cell(AGE_16_17, PLACEMENT_SUPPORTED)], 31); /* the other child's */
    /* the second turns 16 on 30 April 2022 and 18 on 30 April 2024: 29 nights of that month */
    close_to(chain.path.months[0].stock[lexis_cell(AGE_16_17, PLACEMENT_SUPPORTED)], 2);
    close_to(chain.path.months[24].nights[lexis_cell(AGE_16_17, PLACEMENT_SUPPORTED)], 29);
    close_to(sf_path_stock(&chain.path, everyone, 24), 0);
    close_to(sf_path_variance(&chain.path, everyone, 12), 0);
    int32_t *values = vec_new(sf_n_series * MONTHS, sizeof *values, &err);
    struct tally tally = {.series = sf_series, .n_series = sf_n_series, .months = MONTHS, .values = values};
    for (int32_t r = 0; r < 50; r++) {
        ck_assert(sf_chain_run(&chain, r, &tally, &err));
        ck_assert_int_eq(values[0], 2);
        ck_assert_int_eq(values[1], 1);
        ck_assert_int_eq(values[24], 0);
    }
    free(values);
    sf_chain_free(&chain);
    scenario_free(&scenario);
}
END_TEST

/* Mean and variance of the replicates' stock in a month. */
static void sample(const struct sf_chain *chain, size_t series, const int32_t months[], int n, double mean[],
                   double variance[])
{
    struct err err = {0};
    int32_t *values = vec_new(sf_n_series * (size_t)chain->fit->months, sizeof *values, &err);
    struct tally tally = {
        .series = sf_series, .n_series = sf_n_series, .months = chain->fit->months, .values = values};
    for (int i = 0; i < n; i++)
        mean[i] = variance[i] = 0;
    for (int32_t r = 0; r < RUNS; r++) {
        ck_assert(sf_chain_run(chain, r, &tally, &err));
        for (int i = 0; i < n; i++) {
            const double x = values[series * (size_t)chain->fit->months + (size_t)months[i]];
            const double step = x - mean[i];
            mean[i] += step / (r + 1);
            variance[i] += step * (x - mean[i]);
        }
    }
    for (int i = 0; i < n; i++)
        variance[i] /= RUNS - 1;
    free(values);
}

/* Series 0 is the stock of all, 1 + g that of placement g, 1 + SF_GROUPS + a that of age a. `slack` is how
 * much wider, as a share, the chain is known to be where children differ inside a cell. */
static void compare(const struct sf_chain *chain, struct group group, double slack)
{
    static const int32_t months[] = {0, 5, 11, 23, 35};
    enum { N = 5 };
    double mean[N], variance[N];
    const size_t series = group.kind == GROUP_ALL         ? 0
                          : group.kind == GROUP_PLACEMENT ? 1 + (size_t)group.member
                                                          : 1 + SF_GROUPS + (size_t)group.member;
    sample(chain, series, months, N, mean, variance);
    for (int i = 0; i < N; i++) {
        const double m = sf_path_stock(&chain->path, group, months[i]);
        const double v = sf_path_variance(&chain->path, group, months[i]);
        if (!(v > 1))
            continue;
        ck_assert_msg(fabs(mean[i] - m) < z_limit * sqrt(v / RUNS) * sqrt(1 + slack),
                      "month %d: mean %f, exact %f", (int)months[i], mean[i], m);
        /* sd of a sample variance of a near-normal count: v sqrt(2 / R) */
        ck_assert_msg(variance[i] > v * (1 - slack / 2 - z_limit * sqrt(2.0 / RUNS)),
                      "month %d: variance %f, exact %f", (int)months[i], variance[i], v);
        ck_assert_msg(variance[i] < v * (1 + slack + z_limit * sqrt(2.0 / RUNS)),
                      "month %d: variance %f, exact %f", (int)months[i], variance[i], v);
    }
}

START_TEST(replicates_have_the_exact_mean_and_variance)
{
    struct sf_fit fit = simple_fit(6, on(2022, 3, 31));
    struct scenario scenario = authority_scenario(&model_stockflow);
    struct sf_chain chain;
    struct err err = {0};
    ck_assert(sf_chain_make(&fit, &scenario, &chain, &err));
    compare(&chain, everyone, 0);
    compare(&chain, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, 0);
    compare(&chain, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA}, 0);
    sf_chain_free(&chain);
    sf_fit_free(&fit);
    scenario_free(&scenario);
}
END_TEST

START_TEST(replicates_of_a_real_shape_agree_too)
{
    struct history history;
    authority_build(&history, 12, 200);
    struct scenario scenario = authority_scenario(&model_stockflow);
    authority_set(&scenario, "drift", 0);
    authority_set(&scenario, "rate_uncertainty", 0);
    authority_set(&scenario, "entry_dispersion", 1);
    authority_set(&scenario, "exit_dispersion", 1);
    const struct model_input input = {
        .history = &history, .origin = history.end, .months = MONTHS, .seed = 2};
    struct sf_fit fit;
    struct sf_chain chain;
    struct err err = {0};
    ck_assert(sf_fit_make(&input, &scenario.params, &fit, &err));
    ck_assert(sf_chain_make(&fit, &scenario, &chain, &err));
    compare(&chain, everyone, 0.08);
    compare(&chain, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, 0.10);
    compare(&chain, (struct group){GROUP_PLACEMENT, PLACEMENT_SUPPORTED}, 0.35);
    compare(&chain, (struct group){GROUP_AGE, AGE_10_15}, 0.10);
    compare(&chain, (struct group){GROUP_AGE, AGE_16_17}, 0.35);
    sf_chain_free(&chain);
    sf_fit_free(&fit);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

Suite *suite_stockflow(void)
{
    Suite *suite = suite_create("stockflow");
    TCase *tcase = tcase_create("stockflow");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, path_matches_the_daily_oracle);
    tcase_add_test(tcase, path_balances);
    tcase_add_test(tcase, eighteenth_birthdays_are_exact);
    tcase_add_test(tcase, replicates_have_the_exact_mean_and_variance);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tcase, replicates_of_a_real_shape_agree_too);
    suite_add_tcase(suite, tcase);
    return suite;
}
