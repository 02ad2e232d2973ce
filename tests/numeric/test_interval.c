/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/interval.h"

#include <check.h>
#include <math.h>

Suite *suite_interval(void);

/* Goldens are printed to 9 or 10 significant digits. */
static void close_to(double has, double must)
{
    ck_assert_msg(fabs(has - must) <= 1e-8 * fmax(1.0, fabs(must)), "%.15g, not %.15g", has, must);
}

static void interval_is(struct interval has, double low, double high)
{
    close_to(has.low, low);
    close_to(has.high, high);
}

START_TEST(counts)
{
    /* R 4.2: the formula of Breslow & Day 1987, p. 69; qchisq(c(.025, .975), 2 * O + c(0, 2)) / 2 */
    interval_is(interval_count_byar(0), 0, 3.66801183);
    interval_is(interval_count_byar(1), .0130721329, 5.56375558);
    interval_is(interval_count_byar(5), 1.61134772, 11.6681641);
    interval_is(interval_count_byar(12), 6.19350984, 20.9628581);
    interval_is(interval_count_byar(62), 47.5325336, 79.4825211);
    interval_is(interval_count_exact(0), 0, 3.68887945);
    interval_is(interval_count_exact(1), .0253178080, 5.57164339);
    interval_is(interval_count_exact(5), 1.62348639, 11.6683321);
    interval_is(interval_count_exact(12), 6.20057511, 20.9615850);
    interval_is(interval_count_exact(62), 47.5350445, 79.4812019);
}
END_TEST

START_TEST(exact_below_ten)
{
    interval_is(interval_count(5), 1.62348639, 11.6683321);  /* exact */
    interval_is(interval_count(12), 6.19350984, 20.9628581); /* Byar */
    /* 62 among 48,200: per 10,000 */
    const struct interval limits = interval_count(62);
    close_to(limits.low / 4.82, 9.8615215);
    close_to(limits.high / 4.82, 16.4901496);
}
END_TEST

START_TEST(shares)
{
    /* R 4.2: prop.test(x, n, correct = FALSE)$conf.int */
    interval_is(interval_share(0, 12), 0, .242494006655);
    interval_is(interval_share(3, 41), .0251978306, .1942744854);
    interval_is(interval_share(78, 120), .5612132460, .7294810041);
    interval_is(interval_share(40, 40), .9123783988, 1);
    interval_is(interval_share(112, 145), .697659894151, .833106201707); /* 80 % intervals that held */
    /* Newcombe 1998, method 10 */
    interval_is(interval_share_difference(78, 120, 60, 118), .0161634886, .2608762903);
}
END_TEST

START_TEST(changes)
{
    /* R 4.2: binom.test(221, 409, 48450 / 96650)$p.value; binom.test(104, 196)$p.value = .4337 */
    ck_assert_double_eq_tol(interval_change_p(188, 48200, 221, 48450), .125208953, 1e-9);
    ck_assert_double_eq_tol(interval_change_p(92, 1, 104, 1), .43, .005);
    ck_assert_double_eq_tol(interval_change_p(0, 1, 0, 1), 1.0, 1e-12);
    /* hand: 0, then 6: 2 x (1/2)^6 */
    ck_assert_double_eq_tol(interval_change_p(0, 1, 6, 1), .03125, 1e-12);
}
END_TEST

START_TEST(standardised)
{
    /* R 4.2: sum(w * O / n) / sum(w), limits after Dobson et al. 1991 with Byar's of 73 events; per 10,000 */
    static const int64_t events[] = {4, 11, 19, 25, 14};
    static const double populations[] = {5200, 20100, 24800, 27900, 9100};
    static const double weights[] = {.055, .225, .28, .33, .11};
    const struct interval_rate rate = interval_standardised(events, populations, weights, 5);
    close_to(rate.rate * 1e4, 8.448878437);
    close_to(rate.low * 1e4, 6.621150601);
    close_to(rate.high * 1e4, 10.624720783);
    static const int64_t few[] = {1, 2, 3, 2, 1};
    ck_assert(isnan(interval_standardised(few, populations, weights, 5).rate));
}
END_TEST

Suite *suite_interval(void)
{
    Suite *suite = suite_create("interval");
    TCase *tcase = tcase_create("interval");
    tcase_add_test(tcase, counts);
    tcase_add_test(tcase, exact_below_ten);
    tcase_add_test(tcase, shares);
    tcase_add_test(tcase, standardised);
    tcase_add_test(tcase, changes);
    suite_add_tcase(suite, tcase);
    return suite;
}
