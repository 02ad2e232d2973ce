/* SPDX-License-Identifier: GPL-3.0-or-later
 * Replicates against exact means and covariances: the daily oracle (numeric/flow) for rates set by hand, and
 * the expected path of the stock-flow model for rates learned from an authority. Fixed seeds. Each comparison
 * fails for another seed once in 1e6 (|z| < 4.89); of some 300 in a test one does once in 3000 seeds. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "models/stockflow.h"
#include "numeric/flow.h"
#include "tests/models/path.h"
#include "tests/statistics.h"

Suite *suite_carepath_oracle(void);

enum { MONTHS = 36, RUNS = 4000, STATES = 3 };
static const double z_limit = 4.89;
static const struct group everyone = {GROUP_ALL, 0};
static const int states[STATES] = {PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, PLACEMENT_RES_EXTERNAL};

/* ---- running moments ----------------------------------------------------------------------------------- */

enum { SERIES_MOST = 16 };
struct moments {
    int n; /* series */
    size_t series[SERIES_MOST];
    double mean[MONTHS][SERIES_MOST];
    double product[MONTHS][SERIES_MOST][SERIES_MOST]; /* sums of products of deviations */
};

static void add_replicate(struct moments *moments, const struct path *path, int32_t r)
{
    for (int32_t m = 0; m < MONTHS; m++) {
        double step[SERIES_MOST];
        for (int i = 0; i < moments->n; i++) {
            const double x = path->values[moments->series[i] * MONTHS + (size_t)m];
            step[i] = x - moments->mean[m][i];
            moments->mean[m][i] += step[i] / (r + 1);
        }
        for (int i = 0; i < moments->n; i++)
            for (int j = 0; j < moments->n; j++)
                moments->product[m][i][j] += step[i] * step[j] * r / (r + 1);
    }
}

/* Mean and covariance of a month against exact ones. k4: the fourth cumulant of a count is about its mean, so
 * the variance of a sample variance is V^2 (2 / R + 1 / (V R)). slack: share by which an exact variance is
 * known to be off. */
static void compare(const struct moments *moments, int32_t m, int i, int j, double mean, double vi, double vj,
                    double vij, double slack)
{
    const double r = RUNS;
    const double sample = moments->product[m][i][j] / (r - 1);
    const double se = sqrt((vi * vj + vij * vij + fabs(vij)) / r);
    if (i == j)
        ck_assert_msg(fabs(moments->mean[m][i] - mean) < z_limit * sqrt(vi / r),
                      "series %d, month %d: mean %f, exact %f", i, (int)m, moments->mean[m][i], mean);
    ck_assert_msg(fabs(sample - vij) < z_limit * se + slack * sqrt(vi * vj),
                  "series %d and %d, month %d: covariance %f, exact %f, se %f", i, j, (int)m, sample, vij,
                  se);
}

/* ---- the daily oracle ---------------------------------------------------------------------------------- */

/* methods 8.2: P = [.9984 .0004 .0001; .0003 .9985 .0004; 0 .0001 .9972], the rest of each row leaves. */
static const double daily[] = {.9984, .0004, .0001, .0003, .9985, .0004, 0, .0001, .9972};
static const double here[] = {200, 40, 30};
static const double arrivals[] = {.22, .03, .05};

/* The rates of a matrix, children of 6 and entrants of 5, so that no band changes a rate. */
static void open_matrix(struct path *path)
{
    const day origin = on(2022, 3, 31);
    path_open(path, origin, MONTHS);
    for (int i = 0; i < STATES; i++) {
        double out = 1;
        for (int j = 0; j < STATES; j++) {
            out -= daily[i * STATES + j];
            if (i != j && daily[i * STATES + j] > 0)
                path_move(path, states[i], states[j], daily[i * STATES + j]);
        }
        path_exit(path, states[i], ROUTE_HOME, .6 * out);
        path_exit(path, states[i], ROUTE_CUSTODY, .4 * out);
        for (int c = 0; c < (int)here[i]; c++)
            path_add(path, date_birthday(origin, -6) - c, states[i], -7 * c, -3 * c);
    }
    path_entries(path, .30, 5, states[0]);
    for (int i = 0; i < STATES; i++)
        path->fit.entries.first[AGE_5_9][states[i]] = arrivals[i] / .30;
}

static void sample_states(struct path *path, struct moments *moments)
{
    moments->n = STATES + 1;
    for (int i = 0; i < STATES; i++)
        moments->series[i] = path_series(path, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, states[i]});
    moments->series[STATES] = path_series(path, MEASURE_STOCK, everyone);
    for (int32_t r = 0; r < RUNS; r++) {
        path_run(path, (uint32_t)r);
        add_replicate(moments, path, r);
    }
}

/* All states, their covariances and the total in every month; siblings NULL: everyone comes alone. */
static void compare_matrix(const struct path *path, const struct moments *moments, const double *generator,
                           const double *groups, double pairs)
{
    for (int32_t m = 0; m < MONTHS; m++) {
        double mean[STATES], v[STATES * STATES];
        const int32_t days = date_month_end(path->fit.origin, m + 1) - path->fit.origin;
        flow_daily(daily, arrivals, here, STATES, days, mean, v);
        if (generator != NULL)
            flow_add_siblings(generator, groups, pairs, STATES, days, 200, v);
        double total = 0;
        double variance = 0;
        for (int i = 0; i < STATES; i++) {
            total += mean[i];
            for (int j = 0; j < STATES; j++) {
                variance += v[i * STATES + j];
                compare(moments, m, i, j, mean[i], v[i * STATES + i], v[j * STATES + j], v[i * STATES + j],
                        0);
            }
        }
        compare(moments, m, STATES, STATES, total, variance, variance, variance, 0);
    }
}

START_TEST(the_daily_oracle)
{
    struct path path;
    static struct moments moments;
    open_matrix(&path);
    path_start(&path);
    sample_states(&path, &moments);
    compare_matrix(&path, &moments, NULL, NULL, 0);
    /* the oracle itself: methods 8.2 after 365 days, R: the recursion m P + b */
    double mean[STATES], v[STATES * STATES];
    flow_daily(daily, arrivals, here, STATES, 365, mean, v);
    ck_assert_double_eq_tol(mean[0], 176.334920244, 1e-9);
    ck_assert_double_eq_tol(v[0], 113.024629030, 1e-9);
    ck_assert_double_eq_tol(v[1], -10.8590047426, 1e-9);
    path_close(&path);
}
END_TEST

START_TEST(flows_balance_the_oracle)
{
    /* Exits and nights of a year: entries less the change of the expected stock; the sum of the days' stocks,
     * each day's counted at its end. */
    struct path path;
    open_matrix(&path);
    path_start(&path);
    double nights = 0;
    double last = 0;
    for (int32_t d = 1; d <= 365; d++) {
        double mean[STATES], v[STATES * STATES];
        flow_daily(daily, arrivals, here, STATES, d, mean, v);
        last = mean[0] + mean[1] + mean[2];
        nights += last;
    }
    const double exits = 270 + 365 * .30 - last;
    const struct path_moments seen = path_moments(&path, MEASURE_EXITS, everyone, 0, 11, 0, 2000);
    ck_assert_double_lt(fabs(seen.mean - exits), z_limit * sqrt(exits / 2000)); /* variance below Poisson's */
    const struct path_moments slept = path_moments(&path, MEASURE_NIGHTS, everyone, 0, 11, 0, 2000);
    ck_assert_double_lt(fabs(slept.mean - nights), z_limit * sqrt(slept.variance / 2000));
    /* an error of one night a child would be 380: the se must be far below it */
    ck_assert_double_lt(sqrt(slept.variance / 2000), 80);
    path_close(&path);
}
END_TEST

START_TEST(brothers_and_sisters)
{
    /* Groups of 1 to 4, all of one group in one placement: methods 4.2, E K 1.46, E K (K - 1) 1.32. */
    static const double sizes[CAREPATH_SIBLINGS] = {.70, .18, .08, .04};
    static const double mean_size = 1.46, pairs = 1.32;
    struct path path;
    static struct moments moments;
    open_matrix(&path);
    memcpy(path.fit.entries.siblings, sizes, sizeof sizes);
    authority_set(&path.scenario, "same_placement", 1);
    path_start(&path);
    sample_states(&path, &moments);
    /* hazards that give the day's probabilities; a matrix logarithm would differ by 1e-7 */
    double generator[STATES * STATES];
    double groups[STATES];
    for (int i = 0; i < STATES; i++) {
        groups[i] = arrivals[i] / mean_size;
        for (int j = 0; j < STATES; j++)
            generator[i * STATES + j] = daily[i * STATES + j] - (i == j);
    }
    compare_matrix(&path, &moments, generator, groups, pairs);
    path_close(&path);
}
END_TEST

/* ---- learned rates ------------------------------------------------------------------------------------- */

/* The stock-flow model's rates and children, nothing uncertain. */
static void borrow(struct path *path, const struct sf_fit *fit)
{
    struct carepath_entries *entries = &path->fit.entries;
    double family = 0;
    double uasc = 0;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            for (int t = 0; t < LEXIS_TICS; t++) {
                for (int r = 0; r < ROUTE_COUNT; r++)
                    path->fit.rates.exit[k][g][t][r] = fit->rates.exit[k][t][g][r];
                path->fit.rates.move[k][g][t] = fit->rates.move[k][t][g];
            }
            for (int h = 0; h < CAREPATH_GROUPS; h++)
                path->fit.rates.destination[k][g][h] = fit->rates.destination[k][g][h];
            entries->first[k][g] = fit->rates.first[k][g];
        }
        for (int32_t a = 0; a < LEXIS_ADULT; a++)
            entries->age[k][a] = fit->rates.age_share[k][a];
        family += lexis_kind_is_uasc(k) ? 0 : fit->rates.entries[k];
        uasc += lexis_kind_is_uasc(k) ? fit->rates.entries[k] : 0;
    }
    for (int k = 0; k < LEXIS_KINDS; k++)
        entries->kind[k] = fit->rates.entries[k] / (lexis_kind_is_uasc(k) ? uasc : family);
    entries->a_day = family;
    entries->uasc_a_day = uasc;
    for (size_t i = 0; i < fit->n_present; i++) {
        const struct sf_child *child = &fit->present[i];
        path_add(path, child->born, child->group, child->start - fit->origin, -1)->kind =
            (uint8_t)child->kind;
    }
}

START_TEST(the_expected_path_of_an_authority)
{
    /* Ages, times in care, 18th birthdays, unaccompanied children. The path takes the time in care of a
     * month's entrants from the middle of the month, and their variance for that of a Poisson number. */
    struct history history;
    struct path path;
    struct err err = {0};
    struct sf_fit fit;
    struct sf_path expected;
    static struct moments moments;
    authority_build(&history, 12, 200);
    struct scenario scenario = authority_scenario(&model_stockflow);
    const struct model_input input = {
        .history = &history, .origin = history.end, .months = MONTHS, .seed = 2};
    authority_set(&scenario, "drift", 0);
    ck_assert(sf_fit_make(&input, &scenario.params, &fit, &err));
    fit.exit_level.m = fit.exit_level.u = fit.entry_level.m = fit.entry_level.u = 0;
    ck_assert(sf_path_make(&fit, &scenario, &expected, &err));
    path_open(&path, history.end, MONTHS);
    borrow(&path, &fit);
    path_start(&path);
    static const struct group groups[] = {
        {GROUP_ALL, 0},
        {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN},
        {GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE},
        {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA},
        {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL},
        {GROUP_PLACEMENT, PLACEMENT_SUPPORTED},
        {GROUP_AGE, AGE_0},
        {GROUP_AGE, AGE_1_4},
        {GROUP_AGE, AGE_5_9},
        {GROUP_AGE, AGE_10_15},
        {GROUP_AGE, AGE_16_17},
    };
    moments.n = sizeof groups / sizeof groups[0];
    for (int i = 0; i < moments.n; i++)
        moments.series[i] = path_series(&path, MEASURE_STOCK, groups[i]);
    for (int32_t r = 0; r < RUNS; r++) {
        path_run(&path, (uint32_t)r);
        add_replicate(&moments, &path, r);
    }
    for (int i = 0; i < moments.n; i++)
        for (int32_t m = 0; m < MONTHS; m++) {
            const double v = sf_path_variance(&expected, groups[i], m);
            if (v > 1)
                compare(&moments, m, i, i, sf_path_stock(&expected, groups[i], m), v, v, v, 0);
        }
    path_close(&path);
    sf_path_free(&expected);
    sf_fit_free(&fit);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

Suite *suite_carepath_oracle(void)
{
    Suite *suite = suite_create("carepath_oracle");
    TCase *tcase = tcase_create("oracle");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, the_daily_oracle);
    tcase_add_test(tcase, flows_balance_the_oracle);
    tcase_add_test(tcase, brothers_and_sisters);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tcase, the_expected_path_of_an_authority);
    suite_add_tcase(suite, tcase);
    return suite;
}
