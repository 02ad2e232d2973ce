/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shrinkage goldens: maximum likelihood agrees with R 4.2, MASS::glm.nb(O ~ 1 + offset(log(E))); moments are
 * the formula of Marshall 1991 by hand. */
#include "numeric/hazard.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_hazard(void);

enum { CELLS = 8 };
static const struct hazard_cell spread[CELLS] = {{2, 20.5}, {11, 50},  {3, 60}, {20, 75},
                                                 {9, 120},  {41, 160}, {5, 25}, {64, 400}};
static const struct hazard_cell poisson_like[CELLS] = {{0, 5},  {1, 12.5}, {3, 30}, {2, 48},
                                                       {9, 60}, {14, 110}, {5, 25}, {22, 140}};

START_TEST(daily_probabilities_become_hazards)
{
    /* -log(.996); taking q for h instead would give 1 - exp(-.004) = .00399201065601 */
    ck_assert_double_eq_tol(hazard_from_daily(.004), .00400802139754, 1e-14);
    ck_assert_double_eq_tol(hazard_to_daily(.004), .00399201065601, 1e-14);
    const double q[2] = {.004, .001};
    double h[2];
    hazard_split_daily(q, 2, h);
    ck_assert_double_eq_tol(h[0], .00401003345884, 1e-14);
    ck_assert_double_eq_tol(h[1], .00100250836471, 1e-14);
    /* stays with these hazards leave .995^n after n days, exactly: q, not h, is what a day loses */
    ck_assert_double_eq_tol(exp(-30 * (h[0] + h[1])), pow(.995, 30), 1e-15);
    const double none[2] = {0, 0};
    hazard_split_daily(none, 2, h);
    ck_assert_double_eq(h[0] + h[1], 0);
}
END_TEST

START_TEST(prior_is_found_by_likelihood)
{
    static const double means[CELLS] = {.14161724, .19943096, .09243793, .23645886,
                                        .09539551, .24111732, .18206730, .16066673};
    struct err err = {0};
    struct hazard_prior prior;
    ck_assert(hazard_fit_prior(spread, CELLS, &prior, &err));
    ck_assert(!prior.pooled);
    ck_assert_double_eq_tol(prior.shape, 5.634705178, 1e-5 * 5.6);
    ck_assert_double_eq_tol(prior.strength, 33.410846162, 1e-5 * 33);
    ck_assert_double_eq_tol(prior.log_likelihood, -25.7308010974, 1e-9 * 26);
    for (int i = 0; i < CELLS; i++) /* at R's prior: printed to 8 decimals */
        ck_assert_double_eq_tol(hazard_posterior_mean(spread[i], 5.634705178 / 33.410846162, 33.410846162),
                                means[i], 1e-8);
    for (int i = 0; i < CELLS; i++)
        ck_assert_double_eq_tol(
            hazard_posterior_mean(spread[i], prior.shape / prior.strength, prior.strength), means[i], 1e-6);
}
END_TEST

START_TEST(no_spread_means_pooling)
{
    struct err err = {0};
    struct hazard_prior prior;
    ck_assert(hazard_fit_prior(poisson_like, CELLS, &prior, &err));
    ck_assert(prior.pooled);
    ck_assert_double_eq_tol(prior.shape / prior.strength, .130081300813, 1e-12); /* 56 / 430.5 */
    double rates[CELLS], weights[CELLS];
    ck_assert(hazard_shrink_moments(poisson_like, CELLS, rates, weights, &err));
    for (int i = 0; i < CELLS; i++) {
        ck_assert_double_eq_tol(rates[i], .130081300813, 1e-12);
        ck_assert_double_eq(weights[i], 0);
    }
}
END_TEST

START_TEST(moments_match_marshall)
{
    static const double means[CELLS] = {.150743799767, .193724693617, .108008625141, .225473069349,
                                        .105277358879, .233970132994, .179430215404, .161255732589};
    struct err err = {0};
    double rates[CELLS];
    ck_assert(hazard_shrink_moments(spread, CELLS, rates, NULL, &err));
    for (int i = 0; i < CELLS; i++)
        ck_assert_double_eq_tol(rates[i], means[i], 1e-11);
    /* weight = A / (A + r / E) with r = .17023613399 (155 / 910.5), A = .00304361938, printed to 11 decimals
     */
    double weights[CELLS];
    ck_assert(hazard_shrink_moments(spread, CELLS, rates, weights, &err));
    for (int i = 0; i < CELLS; i++)
        ck_assert_double_eq_tol(weights[i], .00304361938 / (.00304361938 + .17023613399 / spread[i].exposure),
                                1e-8);
}
END_TEST

START_TEST(empty_cells_lean_on_the_parent)
{
    ck_assert_double_eq_tol(hazard_posterior_mean((struct hazard_cell){2, 1000}, .001, 1000), .0015, 1e-15);
    ck_assert_double_eq_tol(hazard_posterior_mean((struct hazard_cell){0, 0}, .25, 10), .25, 1e-15);
    ck_assert_double_gt(hazard_posterior_mean((struct hazard_cell){0, 500}, .25, 10), 0);
    /* No spread: the parent is worth the most allowed; much spread: less than that. */
    ck_assert_double_eq(hazard_strength(poisson_like, NULL, CELLS, 1, 5000), 5000);
    const double strength = hazard_strength(spread, NULL, CELLS, 1, 5000);
    ck_assert(strength > 1 && strength < 500);
}
END_TEST

START_TEST(events_without_time_at_risk_are_an_error)
{
    const struct hazard_cell broken[2] = {{1, 10}, {1, 0}};
    const struct hazard_cell empty[2] = {{0, 0}, {0, 0}};
    struct err err = {0};
    struct hazard_prior prior;
    double rates[2];
    ck_assert(!hazard_fit_prior(broken, 2, &prior, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "cell 2"));
    ck_assert(!hazard_shrink_moments(empty, 2, rates, NULL, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

Suite *suite_hazard(void)
{
    Suite *suite = suite_create("hazard");
    TCase *tcase = tcase_create("hazard");
    tcase_add_test(tcase, daily_probabilities_become_hazards);
    tcase_add_test(tcase, prior_is_found_by_likelihood);
    tcase_add_test(tcase, no_spread_means_pooling);
    tcase_add_test(tcase, moments_match_marshall);
    tcase_add_test(tcase, empty_cells_lean_on_the_parent);
    tcase_add_test(tcase, events_without_time_at_risk_are_an_error);
    suite_add_tcase(suite, tcase);
    return suite;
}
