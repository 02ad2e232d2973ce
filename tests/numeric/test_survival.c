/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/survival.h"

#include <check.h>
#include <math.h>

#include "tests/build_history.h"

Suite *suite_survival(void);

static const double z95 = 1.959963984540054;

/* Causes: 1 home, 2 special guardianship, 3 aged out. */
static const struct survival_stay ten[] = {
    {0, 45, 1},    {0, 120, 0}, {30, 95, 2},   {60, 200, 1},  {60, 310, 3},
    {100, 180, 1}, {0, 400, 0}, {150, 365, 2}, {200, 390, 1}, {10, 75, 1},
};
enum { N_TEN = sizeof ten / sizeof ten[0] };

static void close_to(double has, double must, double tolerance)
{
    ck_assert_msg(fabs(has - must) <= tolerance * fmax(1.0, fabs(must)), "%.15g, not %.15g", has, must);
}

static void estimate(const struct survival_stay stays[], size_t n, int32_t n_causes, int64_t least,
                     struct survival *curve)
{
    struct err err = {0};
    ck_assert_msg(survival_estimate(stays, n, n_causes, least, curve, &err), "%s", err.message);
}

START_TEST(kaplan_meier_with_late_entry)
{
    /* R 4.2, survival 3.5: survfit(Surv(L, R, ev > 0) ~ 1), time, n.risk, surv, std.err x surv, cumhaz and
     * std.chaz^2; printed to 12 digits. */
    static const struct {
        int32_t time;
        int64_t at_risk;
        double survival, se, hazard, hazard_var;
    } golden[] = {
        {45, 5, .8, .178885438200, .2, .04},
        {75, 6, .666666666667, .192450089730, .366666666667, .067777777778},
        {95, 5, .533333333333, .194745798224, .566666666667, .107777777778},
        {180, 5, .426666666667, .182687752230, .766666666667, .147777777778},
        {200, 4, .32, .165247289438, 1.016666666667, .210277777778},
        {310, 4, .24, .141985914794, 1.266666666667, .272777777778},
        {365, 3, .16, .115007246149, 1.6, .383888888889},
        {390, 2, .08, .080663911799, 2.1, .633888888889},
    };
    struct survival curve;
    estimate(ten, N_TEN, 3, 1, &curve);
    ck_assert_uint_eq(curve.n_rows, 8);
    ck_assert_uint_eq(curve.n_stays, 10);
    ck_assert_uint_eq(curve.n_late, 7);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_int_eq(curve.rows[i].time, golden[i].time);
        ck_assert_int_eq(curve.rows[i].at_risk, golden[i].at_risk);
        ck_assert_int_eq(curve.rows[i].events, 1);
        close_to(curve.rows[i].survival, golden[i].survival, 1e-12);
        close_to(sqrt(curve.rows[i].survival_var), golden[i].se, 1e-12);
        close_to(curve.rows[i].hazard, golden[i].hazard, 1e-12);
        close_to(curve.rows[i].hazard_var, golden[i].hazard_var, 1e-12);
    }
    close_to(survival_at(&curve, 200), .32, 1e-12); /* late entry ignored: .4667 */
    close_to(survival_at(&curve, 199), .426666666667, 1e-12);
    close_to(survival_at(&curve, 44), 1.0, 0.0);
    ck_assert_int_eq(survival_quantile(&curve, .25), 75); /* quantile(survfit(..)) */
    ck_assert_int_eq(survival_quantile(&curve, .5), 180);
    ck_assert_int_eq(survival_quantile(&curve, .75), 310);
    ck_assert_int_eq(survival_quantile(&curve, .95), -1);
    close_to(survival_restricted_mean(&curve, 365), 184.6, 1e-12);
    survival_free(&curve);
}
END_TEST

START_TEST(incidence_of_each_cause)
{
    /* R 4.2: etm 1.1.1 trprob and $cov; the variances are printed to 10 or 12 decimals. */
    struct survival curve;
    estimate(ten, N_TEN, 3, 1, &curve);
    close_to(survival_incidence_at(&curve, 1, 390), .626666666667, 1e-12);
    close_to(survival_incidence_at(&curve, 2, 390), .213333333333, 1e-12);
    close_to(survival_incidence_at(&curve, 3, 390), .08, 1e-12);
    close_to(survival_incidence_at(&curve, 1, 200), .546666666667, 1e-12);
    close_to(survival_incidence_at(&curve, 2, 200), .133333333333, 1e-12);
    close_to(survival_incidence_at(&curve, 3, 200), 0.0, 1e-12);
    close_to(curve.rows[7].survival_var, .00650666666667, 1e-12);
    const double home[] = {.032, .037037037037, 0, .0358044444, .0330548148, 0, 0, .0283970370};
    for (size_t i = 0; i < 8; i++)
        if (home[i] > 0.0)
            close_to(curve.incidence_var[i * 3], home[i], i == 1 ? 1e-12 : 1e-10);
    close_to(curve.incidence_var[2 * 3 + 1], .0157037037, 1e-10);
    close_to(curve.incidence_var[6 * 3 + 1], .0197214815, 1e-10);
    close_to(curve.incidence_var[7 * 3 + 2], .0065066667, 1e-10);
    for (size_t i = 0; i < curve.n_rows; i++)
        close_to(curve.incidence[i * 3] + curve.incidence[i * 3 + 1] + curve.incidence[i * 3 + 2] +
                     curve.rows[i].survival,
                 1.0, 1e-12);
    survival_free(&curve);
}
END_TEST

START_TEST(traps_give_other_numbers)
{
    /* All entering at 0: S(200) is .466666666667 (R 4.2: survfit(Surv(R, ev > 0) ~ 1)), not .32. */
    struct survival_stay early[N_TEN], home_only[N_TEN];
    struct survival curve;
    for (size_t i = 0; i < N_TEN; i++) {
        early[i] = (struct survival_stay){0, ten[i].exit, ten[i].cause};
        home_only[i] = (struct survival_stay){ten[i].entry, ten[i].exit, ten[i].cause == 1};
    }
    estimate(early, N_TEN, 3, 1, &curve);
    close_to(survival_at(&curve, 200), .466666666667, 1e-12);
    survival_free(&curve);
    /* Other routes censored: 1 - KM of home at 200 is .6 (R: survfit(Surv(L, R, ev == 1) ~ 1)), no
     * probability; the incidence is .546666666667. */
    estimate(home_only, N_TEN, 1, 1, &curve);
    close_to(1 - survival_at(&curve, 200), .6, 1e-12);
    survival_free(&curve);
}
END_TEST

START_TEST(limits_on_the_log_log_scale)
{
    /* hand: S = .8, se = .178885438200, H = .223143551314; z se/(S H) = 1.96403287;
     * .8^exp(+-1.96403287) = .2038092633, .9691797889. */
    struct survival curve;
    double low = 0;
    double high = 0;
    estimate(ten, N_TEN, 3, 1, &curve);
    survival_limits(&curve, 0, z95, &low, &high);
    close_to(low, .2038092633, 1e-10);
    close_to(high, .9691797889, 1e-10);
    survival_free(&curve);
}
END_TEST

START_TEST(guard_against_few_at_risk)
{
    /* One child at risk alone leaves at 5: unguarded, S is 0 for ever; guarded, the curve is conditional on
     * lasting to 5. hand: 12 enter at 10; one leaves at 20: S = 11/12. */
    struct survival_stay stays[13] = {{0, 5, 1}};
    struct survival curve;
    for (size_t i = 1; i < 13; i++)
        stays[i] = (struct survival_stay){10, i == 1 ? 20 : 100, i == 1 ? 1 : 0};
    estimate(stays, 13, 1, 1, &curve);
    close_to(survival_at(&curve, 50), 0.0, 0.0);
    ck_assert(isnan(curve.rows[0].survival_var));
    survival_free(&curve);
    estimate(stays, 13, 1, SURVIVAL_LEAST_AT_RISK, &curve);
    ck_assert_int_eq(curve.from, 5);
    close_to(survival_at(&curve, 50), 11.0 / 12.0, 1e-15);
    ck_assert_int_eq(survival_reliable_until(&curve, 12), 20);
    ck_assert_int_eq(survival_reliable_until(&curve, 13), 0);
    survival_free(&curve);
}
END_TEST

START_TEST(no_events_no_stays)
{
    static const struct survival_stay quiet[] = {{0, 50, 0}, {7, 7, 1}, {9, 3, 1}};
    struct survival curve;
    estimate(quiet, 3, 2, 1, &curve); /* the last two have no time at risk */
    ck_assert_uint_eq(curve.n_stays, 1);
    ck_assert_uint_eq(curve.n_rows, 0);
    close_to(survival_at(&curve, 1000), 1.0, 0.0);
    close_to(survival_restricted_mean(&curve, 30), 30.0, 0.0);
    ck_assert_int_eq(survival_quantile(&curve, .5), -1);
    survival_free(&curve);
    estimate(NULL, 0, 1, 1, &curve);
    ck_assert_uint_eq(curve.n_stays, 0);
    survival_free(&curve);
}
END_TEST

/* Against the definition, counted for each time from scratch; ties, several causes; the seed is the loop
 * number. */
START_TEST(random_stays_agree_with_definition)
{
    enum { N = 300 };
    struct survival_stay stays[N];
    struct survival curve;
    struct dice dice = {(uint64_t)_i + 1};
    for (size_t i = 0; i < N; i++) {
        const int32_t entry = dice_below(&dice, 2) == 0 ? 0 : dice_below(&dice, 60);
        stays[i] = (struct survival_stay){entry, entry + dice_below(&dice, 90), dice_below(&dice, 5)};
    }
    estimate(stays, N, 4, 1, &curve);
    double survival = 1.0;
    double incidence = 0.0;
    for (int32_t t = 1; t < 160; t++) {
        int32_t at_risk = 0;
        int32_t events = 0;
        int32_t third = 0;
        for (size_t i = 0; i < N; i++) {
            const bool is_at_risk = stays[i].entry < t && t <= stays[i].exit;
            at_risk += is_at_risk;
            events += is_at_risk && stays[i].exit == t && stays[i].cause != 0;
            third += is_at_risk && stays[i].exit == t && stays[i].cause == 3;
        }
        incidence += events > 0 ? survival * third / at_risk : 0.0;
        survival *= events > 0 ? 1.0 - (double)events / at_risk : 1.0;
        close_to(survival_at(&curve, t), survival, 1e-12);
        close_to(survival_incidence_at(&curve, 3, t), incidence, 1e-12);
    }
    survival_free(&curve);
}
END_TEST

Suite *suite_survival(void)
{
    Suite *suite = suite_create("survival");
    TCase *tcase = tcase_create("survival");
    tcase_add_test(tcase, kaplan_meier_with_late_entry);
    tcase_add_test(tcase, incidence_of_each_cause);
    tcase_add_test(tcase, traps_give_other_numbers);
    tcase_add_test(tcase, limits_on_the_log_log_scale);
    tcase_add_test(tcase, guard_against_few_at_risk);
    tcase_add_test(tcase, no_events_no_stays);
    tcase_add_loop_test(tcase, random_stays_agree_with_definition, 0, 8);
    suite_add_tcase(suite, tcase);
    return suite;
}
