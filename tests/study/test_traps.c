/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/traps.h"

#include <check.h>
#include <math.h>

#include "tests/build_history.h"

Suite *suite_traps(void);

/* Returns of the years 2017-18 on: so many entries a year, spread over it, of children who stay; `here`
 * children since before, of whom `leaving` a year leave. */
static void build(struct history *history, const int32_t entries[], int32_t years, int32_t here,
                  int32_t leaving)
{
    build_init(history, 2018, 2017 + years);
    for (int32_t i = 0; i < here; i++) {
        const int32_t year = leaving > 0 ? i / leaving : years;
        build_child(history, on(2012, 5, 1));
        build_spell(history, on(2016, 1, 10),
                    year < years ? history->start + 365 * year + 10 + i % 300 : DAY_OPEN, ROUTE_HOME,
                    PLACEMENT_FOSTER_IFA);
        history->spells[history->n_spells - 1].start_known = i % 2 == 0;
    }
    for (int32_t year = 0; year < years; year++)
        for (int32_t i = 0; i < entries[year]; i++) {
            build_child(history, on(2012, 5, 1));
            build_spell(history, history->start + 365 * year + 1 + 360 * i / entries[year], DAY_OPEN,
                        ROUTE_HOME, PLACEMENT_FOSTER_IFA);
        }
}

/* R 4.2: m <- mean(before); n <- length(before); v <- 1.6*m*(1+1/n) + m^2*(exp(change+.0435^2)-1);
 * pnbinom(last, mu = m, size = m^2/(v-m)), change .0283 .0458 .0548 .0612 by n */
START_TEST(closed_cohorts_are_told)
{
    static const int32_t cohort[] = {179, 29, 20, 19, 8};
    static const double chances[] = {1, 2.0718023048e-09, 4.9372695018e-06, 2.3695573071e-04,
                                     9.9633423713e-06};
    struct history history;
    build(&history, cohort, 5, 500, 120);
    for (int32_t year = 1; year <= 5; year++) {
        const struct traps traps = traps_find(&history, date_year_end(2017 + year));
        ck_assert_int_eq(traps.years, year);
        ck_assert_int_eq(traps.entries, cohort[year - 1]);
        ck_assert_double_eq_tol(traps.chance / chances[year - 1], 1, 1e-8);
        /* by hand: 500 at first; at the end of each year 120 fewer and that year's entries more. A quarter
         * below the most, 559 at the end of the first year, from the third year's end on: 348 */
        ck_assert_msg(traps.is_closed_cohort == (year >= 3), "year %d", (int)year);
    }
    const struct traps traps = traps_find(&history, history.end);
    ck_assert_double_eq_tol(traps.entries_before, (179 + 29 + 20 + 19) / 4.0, 1e-12);
    ck_assert_int_eq(traps.in_care_most, 559);
    ck_assert_int_eq(traps.in_care, 500 - 500 + 255);
    build_free(&history);
}
END_TEST

START_TEST(authorities_that_change_are_none)
{
    static const int32_t falling[] = {100, 85, 72, 61, 52, 44}; /* by 15 % a year */
    static const int32_t small[] = {4, 4, 4, 0};
    static const int32_t halved[] = {60, 60, 60, 25};
    static const int32_t stopped[] = {60, 60, 60, 4};
    static const struct {
        const int32_t *entries;
        int32_t years, here, leaving;
    } cases[] = {{falling, 6, 700, 110}, {small, 4, 40, 10}, {halved, 4, 200, 50}, {stopped, 4, 200, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct history history;
        build(&history, cases[i].entries, cases[i].years, cases[i].here, cases[i].leaving);
        const struct traps traps = traps_find(&history, history.end);
        ck_assert_msg(!traps.is_closed_cohort, "case %zu: chance %g", i, traps.chance);
        build_free(&history);
    }
    /* entries that stop are no closed cohort while numbers do not fall: the last case's chance is tiny */
    struct history history;
    build(&history, stopped, 4, 200, 0);
    ck_assert_double_lt(traps_find(&history, history.end).chance, 1e-4);
    build_free(&history);
}
END_TEST

START_TEST(short_and_unknown)
{
    static const int32_t entries[] = {10, 10, 10};
    struct history history;
    build(&history, entries, 3, 40, 0);
    struct traps traps = traps_find(&history, history.end);
    ck_assert(!traps.is_short); /* exactly three years */
    ck_assert_int_eq(traps.start_unknown, 20);
    ck_assert_int_eq(traps.in_care, 70);
    ck_assert(!traps.starts_are_unknown); /* 28.6 % */
    traps = traps_find(&history, date_month_end(history.end, -1));
    ck_assert_int_eq(traps.years, 2);
    ck_assert(traps.is_short);
    traps = traps_find(&history, date_year_end(2018));
    ck_assert_int_eq(traps.in_care, 50);
    ck_assert(traps.starts_are_unknown); /* 40 % */
    ck_assert_double_eq(traps.chance, 1);
    build_free(&history);
}
END_TEST

START_TEST(nothing_breaks_on_nothing)
{
    struct history history;
    build_init(&history, 2020, 2022);
    const struct traps traps = traps_find(&history, history.end);
    ck_assert(!traps.is_closed_cohort && !traps.starts_are_unknown && !traps.is_short);
    ck_assert_double_eq(traps.chance, 1);
    build_free(&history);
}
END_TEST

Suite *suite_traps(void)
{
    Suite *suite = suite_create("traps");
    TCase *tests = tcase_create("traps");
    tcase_add_test(tests, closed_cohorts_are_told);
    tcase_add_test(tests, authorities_that_change_are_none);
    tcase_add_test(tests, short_and_unknown);
    tcase_add_test(tests, nothing_breaks_on_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
