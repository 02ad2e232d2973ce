/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/change.h"

#include <check.h>
#include <math.h>

#include "tests/numeric/close.h"

Suite *suite_change(void);

START_TEST(counts)
{
    /* R 4.2: binom.test(221, 409, 48450/96650)$p.value; log ratio -+ 1.96 sqrt(1/188 + 1/221) */
    const struct change_ratio chance = change_of_counts(188, 48200, 221, 48450, 1);
    is_close(chance.ratio, 1.169466219, 1e-9);
    is_close(chance.limits.low, .962795208, 1e-8);
    is_close(chance.limits.high, 1.420500668, 1e-8);
    is_close(chance.p, .125208953031, 1e-10);
    /* R 4.2: z <- log(ratio) / sqrt(1.9 * (1/188 + 1/221)); 2 * pnorm(-abs(z)) */
    const struct change_ratio wide = change_of_counts(188, 48200, 221, 48450, 1.9);
    is_close(wide.z, 1.14467586358, 1e-10);
    is_close(wide.p, .252343453356, 1e-10);
    is_close(wide.ratio, chance.ratio, 1e-15);
    ck_assert(wide.limits.low < chance.limits.low && wide.limits.high > chance.limits.high);
}
END_TEST

START_TEST(counts_of_nothing)
{
    /* R 4.2: binom.test(4, 4, .5)$p.value: 8 events at twice the variance are worth 4 */
    const struct change_ratio none = change_of_counts(0, 1, 8, 1, 2);
    is_close(none.p, .125, 1e-12);
    ck_assert(isnan(none.ratio) && isnan(none.z));
    is_close(change_of_counts(0, 1, 0, 1, 1).p, 1, 1e-12);
}
END_TEST

START_TEST(shares)
{
    /* R 4.2: prop.test(c(78, 60), c(120, 118), correct = FALSE)$p.value */
    is_close(change_of_shares(60, 118, 78, 120), .0269913415797, 1e-10);
    /* R 4.2: fisher.test(matrix(c(3, 38, 9, 50), 2))$p.value, of c(0, 12, 5, 10) */
    is_close(change_of_shares(3, 41, 9, 59), .349959784417, 1e-10);
    is_close(change_of_shares(0, 12, 5, 15), .0470085470085, 1e-10);
    is_close(change_fisher_p(5, 15, 0, 12), .0470085470085, 1e-10);
    is_close(change_of_shares(12, 12, 15, 15), 1, 1e-12);
    ck_assert(isnan(change_of_shares(0, 0, 5, 15)));
}
END_TEST

/* R 4.2: x <- c(210, 340, 150, 420, 380); y <- c(190, 230, 160, 250, 140, 200) */
static const struct change_sample x = {5, 300, 53000}, y = {6, 195, 8550};

START_TEST(means)
{
    is_close(change_of_means(y, x), .111971502317, 1e-10); /* t.test(x, y)$p.value */
    is_close(change_of_means(x, y), .111971502317, 1e-10);
    is_close(change_mean_limits(x).low, 157.073740451, 1e-10); /* t.test(x)$conf.int */
    is_close(change_mean_limits(x).high, 442.926259549, 1e-10);
    ck_assert(isnan(change_of_means((struct change_sample){1, 300, 0}, y)));
    ck_assert(isnan(change_of_means((struct change_sample){3, 300, 0}, (struct change_sample){4, 200, 0})));
    ck_assert(isnan(change_mean_limits((struct change_sample){1, 300, 0}).low));
}
END_TEST

START_TEST(chances)
{
    /* R 4.2: pgamma(20, 18.5); pgamma(20 / 1.9, 18 / 1.9 + .5); pbeta(.7, 78.5, 42.5);
     * pt((400 - mean(x)) / (sd(x) / sqrt(5)), 4) */
    is_close(change_count_chance(18, 1, 20), .661598011546, 1e-10);
    is_close(change_count_chance(18, 1.9, 20), .609176517545, 1e-10);
    is_close(change_share_chance(78, 120, .7), .883052065239, 1e-10);
    is_close(change_mean_chance(x, 400), .937994783256, 1e-10);
    is_close(change_share_chance(5, 5, 1), 1, 1e-15);
    is_close(change_share_chance(5, 5, 0), 0, 1e-15);
    is_close(change_count_chance(3, 1, 0), 0, 1e-15);
    ck_assert(isnan(change_mean_chance((struct change_sample){1, 300, 0}, 400)));
}
END_TEST

Suite *suite_change(void)
{
    Suite *suite = suite_create("change");
    TCase *tcase = tcase_create("change");
    tcase_add_test(tcase, counts);
    tcase_add_test(tcase, counts_of_nothing);
    tcase_add_test(tcase, shares);
    tcase_add_test(tcase, means);
    tcase_add_test(tcase, chances);
    suite_add_tcase(suite, tcase);
    return suite;
}
