/* SPDX-License-Identifier: GPL-3.0-or-later
 * What varies from replicate to replicate: levels that wander as they do in English authorities, rates that
 * are not known. Statistical comparisons fail for another seed once in 1e6 each (4.89 standard errors). */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "tests/models/path.h"
#include "tests/statistics.h"

Suite *suite_carepath_luck(void);

static const double z_limit = 4.89;
static const struct group everyone = {GROUP_ALL, 0};

/* A sequence of levels: which of entries, exits, unaccompanied; their logarithms month by month. */
enum { OF_ENTRIES, OF_EXITS, OF_UASC };

static double log_level(const struct path *path, int of, int32_t month)
{
    return log(path->room->levels[of * path->fit.months + month]);
}

static void draw(struct path *path, uint32_t replicate)
{
    path->room->replicate = replicate;
    carepath_luck(path->room);
}

/* ---- drift --------------------------------------------------------------------------------------------- */

enum { YEARS = 40, RUNS = 300, FROM_YEAR = 20 };

/* An authority of less than 317 children, so that its innovations are 1.1 x the English ones; only what a
 * test sets wanders, for 40 years. */
static void open_drift(struct path *path)
{
    static const char *const still[] = {"national_drift_sd", "entry_drift_sd",   "exit_drift_sd",
                                        "entry_year_noise",  "exit_year_noise",  "trend_sd",
                                        "uasc_drift_sd",     "rate_uncertainty", "mix_drift"};
    path_open_authority(path, 3, 60);
    for (size_t i = 0; i < sizeof still / sizeof still[0]; i++)
        authority_set(&path->scenario, still[i], 0);
    authority_set(&path->scenario, "exit_dispersion", 1);
    authority_set(&path->scenario, "drift_years", 1000); /* its own years tell nothing */
}

/* Variances of the changes of yearly means from year FROM_YEAR on, and their correlation: [0] entries, [1]
 * exits. One change in five years is taken, so that those of one run hardly hang together. */
struct changes {
    double variance[2], correlation, n;
};

static struct changes yearly_changes(struct path *path)
{
    struct changes changes = {{0, 0}, 0, 0};
    double product = 0;
    path_learn(path, 12 * YEARS);
    ck_assert_double_eq_tol(path->fit.levels.entry_spread, 1, .02);
    ck_assert_uint_lt(path->fit.n_present, 317);
    path_start(path);
    for (uint32_t r = 0; r < RUNS; r++) {
        double mean[2][YEARS] = {{0}};
        draw(path, r);
        for (int of = 0; of < 2; of++)
            for (int32_t m = 0; m < 12 * YEARS;
                 m++) /* what is taken off for the mean is the same in all runs */
                mean[of][m / 12] += (log_level(path, of, m) + path->plan.centre[of * 12 * YEARS + m]) / 12;
        for (int y = FROM_YEAR; y < YEARS; y += 5) {
            const double a = mean[0][y] - mean[0][y - 1];
            const double b = mean[1][y] - mean[1][y - 1];
            changes.variance[0] += a * a;
            changes.variance[1] += b * b;
            product += a * b;
            changes.n++;
        }
    }
    changes.variance[0] /= changes.n;
    changes.variance[1] /= changes.n;
    changes.correlation = product / changes.n / sqrt(changes.variance[0] * changes.variance[1]);
    return changes;
}

static void must_vary(double variance, double expected, double n)
{
    ck_assert_msg(fabs(variance / expected - 1) < z_limit * sqrt(2 / n),
                  "sd of a year's change %f instead of %f", sqrt(variance), sqrt(expected));
}

START_TEST(a_wandering_mean_moves_from_year_to_year_as_measured)
{
    /* methods 5.2: the yearly means of a monthly random walk change with variance 8.02777778 of a month's; an
     * English sd of .03 is one of yearly means, so the walk's own is .03 / .8179 a year. */
    struct path path;
    open_drift(&path);
    authority_set(&path.scenario, "national_drift_sd", .03);
    const struct changes changes = yearly_changes(&path);
    must_vary(changes.variance[0], .03 * .03, changes.n);
    must_vary(changes.variance[1], .03 * .03, changes.n);
    ck_assert_double_lt(fabs(changes.correlation - .86), z_limit * (1 - .86 * .86) / sqrt(changes.n));
    /* 18 % calmer, as without the correction, would be seen */
    ck_assert_double_gt(fabs(.8179 * .8179 - 1), 1.5 * z_limit * sqrt(2 / changes.n));
    path_close(&path);
}
END_TEST

/* Variance of the change of yearly means of a stationary monthly AR(1) of variance 1. */
static double change_of_means(double phi)
{
    double apart[2] = {0, 0}; /* covariance of means of one year, and of adjoining years */
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 12; j++) {
            apart[0] += pow(phi, abs(i - j)) / 144;
            apart[1] += pow(phi, 12 + j - i) / 144;
        }
    return 2 * (apart[0] - apart[1]);
}

START_TEST(a_deviation_moves_from_year_to_year_as_measured)
{
    /* methods 5.2: with yearly correlation .80 (k = .223143551) the change of yearly means has .252529352 of
     * the stationary variance. Innovations .13 and .08 x 1.1, correlations .80 and .70. */
    struct path path;
    open_drift(&path);
    authority_set(&path.scenario, "entry_drift_sd", .13);
    authority_set(&path.scenario, "exit_drift_sd", .08);
    const struct changes changes = yearly_changes(&path);
    const double entry = pow(.13 * 1.1 / .8179, 2) / (1 - .80 * .80);
    const double exit_rate = pow(.08 * 1.1 / .8179, 2) / (1 - .70 * .70);
    ck_assert_double_eq_tol(change_of_means(pow(.80, 1 / 12.0)), .252529352, .003); /* days for months */
    must_vary(changes.variance[0], entry * change_of_means(pow(.80, 1 / 12.0)), changes.n);
    must_vary(changes.variance[1], exit_rate * change_of_means(pow(.70, 1 / 12.0)), changes.n);
    /* and so as much as rates that are held for a year and then jump: 2 s^2 / (1 + phi) */
    ck_assert_double_eq_tol(sqrt(changes.variance[0] / (2 * pow(.13 * 1.1, 2) / 1.80)), 1, .08);
    /* innovations correlate by .33; the two forget at different speeds */
    ck_assert_double_lt(fabs(changes.correlation - .33), .02 + z_limit / sqrt(changes.n));
    path_close(&path);
}
END_TEST

START_TEST(a_year_of_its_own)
{
    /* One financial year's noise of .06: constant from April to March, changes of variance 2 x .0036. */
    struct path path;
    open_drift(&path);
    authority_set(&path.scenario, "entry_year_noise", .06);
    authority_set(&path.scenario, "exit_year_noise", .05);
    const struct changes changes = yearly_changes(&path);
    must_vary(changes.variance[0], 2 * .06 * .06, changes.n);
    must_vary(changes.variance[1], 2 * .05 * .05, changes.n);
    draw(&path, 7);
    for (int32_t m = 1; m < 48; m++) {
        const double step = log_level(&path, OF_ENTRIES, m) - log_level(&path, OF_ENTRIES, m - 1);
        ck_assert(m % 12 == 0 ? fabs(step) > 1e-6 : fabs(step) < 1e-9); /* the origin is a 31 March */
    }
    path_close(&path);
}
END_TEST

START_TEST(nothing_wanders_without_drift)
{
    struct path path;
    path_open_authority(&path, 3, 60);
    authority_set(&path.scenario, "drift", 0);
    authority_set(&path.scenario, "rate_uncertainty", 0);
    authority_set(&path.scenario, "exit_dispersion", 1);
    path_learn(&path, 24);
    path_start(&path);
    for (uint32_t r = 0; r < 3; r++) {
        draw(&path, r);
        for (int of = 0; of < 3; of++)
            for (int32_t m = 1; m < 24; m++)
                ck_assert_double_eq(log_level(&path, of, m), log_level(&path, of, 0));
    }
    path_close(&path);
}
END_TEST

/* ---- the mean ------------------------------------------------------------------------------------------ */

START_TEST(the_mean_of_a_level_is_the_level_learned)
{
    /* Everything wanders and nothing is known for sure: the mean of the multiplier over replicates is the
     * exponential of what the filter expects, month by month, for entries and exits. */
    enum { MONTHS = 60, REPLICATES = 6000 };
    static double sum[2][MONTHS], square[2][MONTHS];
    struct path path;
    path_open_authority(&path, 3, 60);
    path_learn(&path, MONTHS);
    path_start(&path);
    for (uint32_t r = 0; r < REPLICATES; r++) {
        draw(&path, r);
        for (int of = 0; of < 2; of++)
            for (int32_t m = 0; m < MONTHS; m++) {
                const double x = path.room->levels[of * MONTHS + m];
                sum[of][m] += x;
                square[of][m] += x * x;
            }
    }
    struct state_space state = path.fit.levels.now;
    for (int32_t m = 0; m < MONTHS; m++) {
        const bool april = date_to_civil(date_month_start(path.fit.origin, m + 1)).month == 4;
        const struct carepath_step *step = april ? &path.fit.levels.new_year : &path.fit.levels.month;
        state_space_predict(&state, step->transition, step->noise);
        const double expected[2] = {exp(state.mean[LEVEL_ENTRY_MEAN] + state.mean[LEVEL_ENTRY_DEVIATION] +
                                        state.mean[LEVEL_ENTRY_YEAR]),
                                    exp(state.mean[LEVEL_EXIT_MEAN] + state.mean[LEVEL_EXIT_DEVIATION] +
                                        state.mean[LEVEL_EXIT_YEAR])};
        for (int of = 0; of < 2; of++) {
            const double mean = sum[of][m] / REPLICATES;
            const double sd = sqrt(square[of][m] / REPLICATES - mean * mean);
            ck_assert_msg(fabs(mean - expected[of]) < z_limit * sd / sqrt(REPLICATES),
                          "level %d, month %d: %f instead of %f", of, (int)m, mean, expected[of]);
            /* what would come of a median at the level learned is seen at the end: sd^2 / 2 */
            if (m == MONTHS - 1 && of == OF_ENTRIES)
                ck_assert_double_gt(sd * sd / 2 / (mean * mean),
                                    1.5 * z_limit * sd / mean / sqrt(REPLICATES));
        }
    }
    path_close(&path);
}
END_TEST

START_TEST(mean_entries_of_a_forecast_are_those_of_the_level)
{
    /* The same seen from outside: entries of the third year over replicates. */
    enum { MONTHS = 36, REPLICATES = 3000 };
    struct path path;
    path_open_authority(&path, 4, 40);
    path_learn(&path, MONTHS);
    path.fit.returns.n_leavers = 0;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        path.fit.returns.hazard[b] = 0;
    path.fit.entries.uasc_a_day = 0;
    struct state_space state = path.fit.levels.now;
    double expected = 0;
    for (int32_t m = 0; m < MONTHS; m++) {
        const day start = date_month_start(path.fit.origin, m + 1);
        const int calendar = date_to_civil(start).month;
        const struct carepath_step *step = calendar == 4 ? &path.fit.levels.new_year : &path.fit.levels.month;
        state_space_predict(&state, step->transition, step->noise);
        const double log_mean =
            state.mean[LEVEL_ENTRY_MEAN] + state.mean[LEVEL_ENTRY_DEVIATION] + state.mean[LEVEL_ENTRY_YEAR];
        if (m >= 24)
            expected += path.fit.entries.a_day * exp(log_mean) * path.fit.entries.season[calendar - 1] *
                        (date_month_start(start, 1) - start);
    }
    path_start(&path);
    const struct path_moments seen = path_moments(&path, MEASURE_ENTRIES, everyone, 24, 35, 0, REPLICATES);
    ck_assert_double_lt(fabs(seen.mean - expected), z_limit * sqrt(seen.variance / REPLICATES));
    path_close(&path);
}
END_TEST

/* ---- what is not known --------------------------------------------------------------------------------- */

/* Exits of a year of n children at .001 a day, of which the rate rests on 40 events in its cell, 100 in its
 * band of time and 200 by its route. */
static struct path_moments exits_of(int32_t n, double uncertainty, int32_t replicates)
{
    struct path path;
    path_open(&path, on(2022, 3, 31), 12);
    for (int32_t i = 0; i < n; i++)
        path_add(&path, on(2014, 6, 1), PLACEMENT_FOSTER_KIN, -1500, -1500);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .001);
    path.fit.rates.exit_events[AGE_5_9][PLACEMENT_FOSTER_KIN] = 40;
    for (int t = 0; t < CAREPATH_TICS; t++)
        path.fit.rates.exit_tic_events[t] = 100;
    path.fit.rates.route_events[ROUTE_HOME] = 200;
    path.fit.rate_uncertainty = uncertainty;
    path_start(&path);
    const struct path_moments moments = path_moments(&path, MEASURE_EXITS, everyone, 0, 11, 0, replicates);
    path_close(&path);
    return moments;
}

START_TEST(parameters_are_drawn_once_for_all_children)
{
    /* The coefficient of variation does not fall below that of the rate, sqrt(1/40 + 1/100 + 1/200) = .2 and
     * a little less of the year's 31 % who leave, however many children: with a draw for each child it would
     * fall by half from 2000 to 8000 of them. */
    enum { REPLICATES = 400 };
    const struct path_moments few = exits_of(2000, 1, REPLICATES);
    const struct path_moments many = exits_of(8000, 1, REPLICATES);
    const struct path_moments known = exits_of(8000, 0, REPLICATES);
    const double cv_few = sqrt(few.variance) / few.mean;
    const double cv_many = sqrt(many.variance) / many.mean;
    const double h =
        .365; /* expected of the year: 1 - exp(-h), which a factor of rate changes by h exp(-h) */
    const double floor_cv = .2 * h * exp(-h) / (1 - exp(-h));
    const double se = floor_cv / sqrt(2.0 * REPLICATES);
    ck_assert_double_gt(cv_many, floor_cv - z_limit * se);
    ck_assert_double_lt(cv_many, floor_cv * 1.1 + z_limit * se);
    ck_assert_double_gt(cv_many, .75 * cv_few);
    /* known rates leave the chance of single children: binomial */
    ck_assert_double_eq_tol(known.variance / (8000 * (1 - exp(-h)) * exp(-h)), 1,
                            z_limit * sqrt(2.0 / REPLICATES));
    /* and uncertainty moves the mean by no more than the bend of 1 - exp(-h x) */
    ck_assert_double_eq_tol(many.mean / known.mean, 1, .04 * h / 2 + z_limit * cv_many / sqrt(REPLICATES));
}
END_TEST

START_TEST(more_uncertainty_is_wider)
{
    const double one = exits_of(4000, 1, 300).variance;
    const double two = exits_of(4000, 2, 300).variance;
    ck_assert_double_gt(two, 2 * one);
}
END_TEST

START_TEST(exits_of_a_month_vary_more_than_chance)
{
    /* exit_dispersion 3: brothers and sisters leave together. The luck of a month has mean 1 and the variance
     * that makes counts of the expected size three times as variable as Poisson's. */
    struct path path;
    path_open(&path, on(2022, 3, 31), 12);
    for (int32_t i = 0; i < 5000; i++)
        path_add(&path, on(2014, 6, 1), PLACEMENT_FOSTER_KIN, -1500, -1500);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .0002);
    path.fit.levels.exit_dispersion = 3;
    path.fit.levels.exits_a_month = 5000 * .0002 * 30;
    path_start(&path);
    enum { REPLICATES = 800 };
    const struct path_moments month = path_moments(&path, MEASURE_EXITS, everyone, 0, 0, 0, REPLICATES);
    /* 30 nights of April: 29.9; the log-normal luck adds kurtosis: var of s^2 some 3 V^2 / R */
    ck_assert_double_lt(fabs(month.mean - 5000 * (1 - pow(1 - .0002, 30))),
                        z_limit * sqrt(month.variance / REPLICATES));
    ck_assert_double_lt(fabs(month.variance / month.mean - 3), z_limit * 3 * sqrt(3.0 / REPLICATES));
    path_close(&path);
}
END_TEST

START_TEST(a_groups_share_of_placements_wanders)
{
    /* mix_drift .2 a year, two groups of half each: the log odds after the k-th year have variance 2 x .04 k
     */
    enum { REPLICATES = 300 };
    struct path path;
    path_open(&path, on(2022, 3, 31), 36);
    path_entries(&path, 20, 6, PLACEMENT_FOSTER_KIN);
    path.fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_KIN] = .5;
    path.fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_IFA] = .5;
    path.fit.mix_drift = .2;
    path_start(&path);
    double square[2] = {0, 0};
    for (uint32_t r = 0; r < REPLICATES; r++) {
        path_run(&path, r);
        for (int y = 0; y < 2; y++) {
            const double a = (double)path_value(
                &path, MEASURE_ENTRIES, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}, y * 24 + 5);
            const double all = (double)path_value(&path, MEASURE_ENTRIES, everyone, y * 24 + 5);
            square[y] += pow(log(a / (all - a)), 2) / REPLICATES;
        }
    }
    /* and the chance of 600 children: 4 / n */
    for (int y = 0; y < 2; y++) {
        const double expected = 2 * .04 * (y == 0 ? 1 : 3) + 4 / 600.0;
        ck_assert_double_lt(fabs(square[y] / expected - 1), z_limit * sqrt(2.0 / REPLICATES));
    }
    path_close(&path);
}
END_TEST

Suite *suite_carepath_luck(void)
{
    Suite *suite = suite_create("carepath_luck");
    TCase *tcase = tcase_create("luck");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_wandering_mean_moves_from_year_to_year_as_measured);
    tcase_add_test(tcase, a_deviation_moves_from_year_to_year_as_measured);
    tcase_add_test(tcase, a_year_of_its_own);
    tcase_add_test(tcase, nothing_wanders_without_drift);
    tcase_add_test(tcase, the_mean_of_a_level_is_the_level_learned);
    tcase_add_test(tcase, mean_entries_of_a_forecast_are_those_of_the_level);
    tcase_add_test(tcase, parameters_are_drawn_once_for_all_children);
    tcase_add_test(tcase, more_uncertainty_is_wider);
    tcase_add_test(tcase, exits_of_a_month_vary_more_than_chance);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tcase, a_groups_share_of_placements_wanders);
    suite_add_tcase(suite, tcase);
    return suite;
}
