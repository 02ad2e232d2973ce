/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/score.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "numeric/negative_binomial.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_score(void);

START_TEST(crps_of_a_sample)
{
    /* R 4.2: d <- outer(z, z, function(a, b) abs(a - b)); mean(abs(z - 4)) - sum(d) / 2 / c(100, 90) */
    static const double z[10] = {3.1, .4, 7.7, 2.2, 9.9, 5, 4.4, 1.8, 6.3, 8.5};
    static const int32_t ten_z[10] = {31, 4, 77, 22, 99, 50, 44, 18, 63, 85};
    double work[10];
    int32_t counts_work[20];
    is_close(score_crps_values(z, work, 10, 4, SCORE_PLAIN), .929, 1e-14);
    is_close(score_crps_values(z, work, 10, 4, SCORE_FAIR), .74, 1e-14);
    is_close(score_crps_sorted(work, 10, 4, SCORE_PLAIN), .929, 1e-14); /* work is sorted now */
    is_close(score_crps_counts(ten_z, counts_work, 10, 40, SCORE_PLAIN), 9.29, 1e-14);
    is_close(score_crps_counts(ten_z, counts_work, 10, 40, SCORE_FAIR), 7.4, 1e-14);
    /* one value: its distance; the example of the header */
    is_close(score_crps_sorted(z, 1, 4, SCORE_PLAIN), .9, 1e-14);
    static const double two[2] = {3, 5};
    is_close(score_crps_sorted(two, 2, 4, SCORE_PLAIN), .5, 1e-14);
    is_close(score_crps_sorted(two, 2, 4, SCORE_FAIR), 0, 1e-14);
}
END_TEST

START_TEST(one_value_has_no_fair_score)
{
    static const double one = 3;
    score_crps_sorted(&one, 1, 4, SCORE_FAIR);
}
END_TEST

START_TEST(crps_agrees_with_its_definition)
{
    enum { N = 61 };
    int32_t counts[N], counts_work[2 * N];
    double values[N], work[N];
    struct stream stream = stream_make(31, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int i = 0; i < N; i++) { /* with ties, of both signs, wide and narrow */
        counts[i] = (int32_t)(stream_word(&stream) >> (_i + 2)) - 300;
        values[i] = counts[i];
    }
    const double y = counts[7] + (_i % 3) - 1.0;
    double to_y = 0;
    double between = 0;
    for (int i = 0; i < N; i++) {
        to_y += fabs(values[i] - y);
        for (int j = 0; j < N; j++)
            between += fabs(values[i] - values[j]);
    }
    is_close(score_crps_counts(counts, counts_work, N, y, SCORE_PLAIN), to_y / N - between / 2 / N / N,
             1e-12);
    is_close(score_crps_values(values, work, N, y, SCORE_PLAIN), to_y / N - between / 2 / N / N, 1e-12);
    is_close(score_crps_values(values, work, N, y, SCORE_FAIR), to_y / N - between / 2 / N / (N - 1), 1e-12);
    ck_assert_int_eq(counts[7], (int32_t)values[7]); /* kept */
}
END_TEST

START_TEST(crps_of_known_distributions)
{
    /* integrate((F(t) - 1{t >= y})^2) in R 4.2 agrees with the closed form to 1e-12 */
    is_close(score_crps_normal(0, 1, .5), .331403531255, 1e-11);
    is_close(score_crps_normal(500, 20, 530), 19.888480079549, 1e-12);
    is_close(score_crps_normal(500, 0, 530), 30, 0);
    /* R 4.2: sum((ppois(k, m) - (k >= y))^2), sum((pnbinom(k, size = s, mu = m) - (k >= y))^2), k <- 0:100000
     */
    is_close(score_crps_poisson(7, 10), 1.9234505625, 1e-10);
    is_close(score_crps_poisson(.3, 2), 1.47631632834948, 1e-12);
    is_close(score_crps_poisson(900, 870), 17.9919465957098, 1e-11);
    is_close(score_crps_poisson(0, 4), 4, 0);
    is_close(score_crps_negative_binomial(12, 5, 20), 5.52185593238, 1e-11);
    is_close(score_crps_negative_binomial(900, .4, 3), 285.673017790758, 1e-11);
    is_close(score_crps_negative_binomial(2500, 50, 100), 2199.04712549338, 1e-11);
    is_close(score_crps_negative_binomial(2500, 50, 9000), 6299.04712549338, 1e-11);
    is_close(score_crps_negative_binomial(7, 1e8, 9), 1.26245870109919, 1e-10);
    is_close(score_crps_negative_binomial(7, INFINITY, 10), 1.9234505625, 1e-10);
}
END_TEST

/* Forecast of seven quantiles and its outcome. */
static const double quantiles[SCORE_LEVELS] = {440, 458, 475, 492, 510, 528, 561};
static const double outcome = 530;

START_TEST(quantile_scores)
{
    /* hand: (530 - q)(level - [530 < q]) */
    static const double pinball[SCORE_LEVELS] = {2.25, 7.2, 13.75, 19, 15, 1.8, .775};
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(score_pinball(quantiles[i], score_levels[i], outcome), pinball[i], 1e-13);
    is_close(score_wis(quantiles, outcome), 17.0785714286, 1e-11); /* hand: 2 x 59.775 / 7 */
    /* hand: weights .0625 .1125 .2 .25 .2 .1125 .0625 */
    is_close(score_crps_quantiles(quantiles, outcome), 23.403125, 1e-13);
    /* hand: 70 + 2 / .2 x 2; 121; 35 + 2 / .5 x 20 */
    is_close(score_interval(458, 528, .8, outcome), 90, 1e-12);
    is_close(score_interval(440, 561, .95, outcome), 121, 0);
    is_close(score_interval(475, 510, .5, outcome), 115, 1e-12);
    is_close(score_interval(458, 528, .8, 450), 70 + 10 * 8, 1e-12);
    /* Bracher et al. 2021, eq. 1: WIS = (|y - m| / 2 + sum of alpha / 2 x interval score) / 3.5 */
    const double wis = .5 * fabs(outcome - 492) + .25 * 115 + .1 * 90 + .025 * 121;
    is_close(score_wis(quantiles, outcome), wis / 3.5, 1e-12);
}
END_TEST

START_TEST(errors_add_up)
{
    static const double forecast[3] = {430, 435, 441};
    static const double actual[3] = {436, 450, 452};
    static const double history[6] = {400, 412, 405, 420, 433, 428};
    struct score_errors errors = {0};
    ck_assert(isnan(score_errors_mae(&errors)) && isnan(score_errors_mape(&errors)));
    ck_assert(isnan(score_errors_bias(&errors)));
    for (int i = 0; i < 3; i++)
        score_errors_add(&errors, forecast[i], forecast[i], actual[i]);
    is_close(score_errors_mae(&errors), 10.6666666667, 1e-10);   /* hand: (6 + 15 + 11) / 3 */
    is_close(score_errors_mape(&errors), 2.38103614697, 1e-11);  /* hand: (6/436 + 15/450 + 11/452) / 3 */
    is_close(score_errors_bias(&errors), -10.6666666667, 1e-10); /* all too low */
    is_close(score_mase_scale(history, 6), 10.4, 1e-13);         /* hand: (12 + 7 + 15 + 13 + 5) / 5 */
    is_close(score_errors_mae(&errors) / score_mase_scale(history, 6), 1.02564102564, 1e-11);
    /* an outcome of 0 has no relative error; median and mean differ */
    score_errors_add(&errors, 2, 3, 0);
    is_close(score_errors_mae(&errors), 34.0 / 4, 1e-13);
    is_close(score_errors_mape(&errors), 2.38103614697, 1e-11);
    is_close(score_errors_bias(&errors), -29.0 / 4, 1e-13);
    is_close(score_mase_scale(history, 1), 1, 0);
    static const double flat[3] = {5, 5, 5};
    is_close(score_mase_scale(flat, 3), 1, 0);
}
END_TEST

START_TEST(places_of_outcomes)
{
    static const int32_t sample[4] = {5, 3, 8, 5};
    const struct score_pit pit = score_pit_counts(sample, 4, 5);
    is_close(pit.low, .25, 0);
    is_close(pit.high, .75, 0);
    is_close(score_pit_counts(sample, 4, 9).low, 1, 0);
    is_close(score_pit_counts(sample, 4, 2).high, 0, 0);
    /* R 4.2: ppois(c(9, 10), 7) */
    is_close(negative_binomial_cdf(7, INFINITY, 9), .830495937239, 1e-11);
    is_close(negative_binomial_cdf(7, INFINITY, 10), .901479205889, 1e-11);
    double bins[4] = {0};
    score_pit_add((struct score_pit){.25, .75}, bins, 4);
    score_pit_add((struct score_pit){.125, .375}, bins, 4);
    score_pit_add((struct score_pit){1, 1}, bins, 4);
    score_pit_add((struct score_pit){0, 0}, bins, 4);
    /* hand: halves of both first cases, whole of the last two */
    is_close(bins[0], .5 + 1, 1e-15);
    is_close(bins[1], .5 + .5, 1e-15);
    is_close(bins[2], .5, 1e-15);
    is_close(bins[3], 1, 1e-15);
}
END_TEST

START_TEST(right_forecasts_have_a_flat_histogram)
{
    /* each count weighted by its probability: exactly 1/10 in each bin, whatever the law (Czado et al. 2009)
     */
    enum { BINS = 10 };
    double total[BINS] = {0};
    for (int k = 0; k < 400; k++) {
        double bins[BINS] = {0};
        const double low = negative_binomial_cdf(12, 3, k - 1);
        const double high = negative_binomial_cdf(12, 3, k);
        score_pit_add((struct score_pit){low, high}, bins, BINS);
        for (int i = 0; i < BINS; i++)
            total[i] += bins[i] * (high - low);
    }
    for (int i = 0; i < BINS; i++)
        is_close(total[i], .1, 1e-12);
}
END_TEST

Suite *suite_score(void)
{
    Suite *suite = suite_create("score");
    TCase *tcase = tcase_create("score");
    tcase_add_test(tcase, crps_of_a_sample);
    tcase_add_exit_test(tcase, one_value_has_no_fair_score, 70); /* bug_if */
    tcase_add_loop_test(tcase, crps_agrees_with_its_definition, 0, 28);
    tcase_add_test(tcase, crps_of_known_distributions);
    tcase_add_test(tcase, quantile_scores);
    tcase_add_test(tcase, errors_add_up);
    tcase_add_test(tcase, places_of_outcomes);
    tcase_add_test(tcase, right_forecasts_have_a_flat_histogram);
    suite_add_tcase(suite, tcase);
    return suite;
}
