/* SPDX-License-Identifier: GPL-3.0-or-later
 * Children on a day. All numbers are invented; days between dates are counted by hand. */
#include "data/population.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/vec.h"

Suite *suite_population(void);

static const double near = 1e-9;

/* A line with one figure for all ages. */
static struct population_line total(int32_t mid_year, int32_t base, double all)
{
    struct population_line line = {.mid_year = mid_year, .base = base};
    for (int b = 0; b < AGE_COUNT; b++)
        line.children[b] = NAN;
    line.children[POPULATION_ALL] = all;
    return line;
}

/* A line with five bands and no figure for all ages. */
static struct population_line bands(int32_t mid_year, int32_t base, const double children[AGE_COUNT])
{
    struct population_line line = total(mid_year, base, NAN);
    memcpy(line.children, children, AGE_COUNT * sizeof *children);
    return line;
}

static struct population make(const struct population_line lines[], size_t n)
{
    struct err err = {0};
    struct population population;
    ck_assert_msg(population_make(lines, n, &population, &err), "%s", err.message);
    return population;
}

static double all_on(const struct population *population, int32_t year, int32_t month, int32_t day_of_month)
{
    return population_on(population, POPULATION_ALL, date_from_civil(year, month, day_of_month));
}

static void check_bands(const struct population *population, day date, const double expected[AGE_COUNT])
{
    double sum = 0;
    for (int b = 0; b < AGE_COUNT; b++) {
        ck_assert_double_eq_tol(population_on(population, b, date), expected[b], near);
        sum += population_on(population, b, date);
    }
    ck_assert_double_eq_tol(sum, population_on(population, POPULATION_ALL, date), near);
}

/* From 30 June 2019 to 30 June 2020 there are 366 days, 244 of them to 29 February: 31 to 31 July, 62, 92,
 * 123, 153, 184 to 31 December, 215, 244. From 30 June 2020 to 30 June 2021 there are 365, 244 of them to 1
 * March. */
START_TEST(linear_between_mid_years)
{
    const struct population_line lines[] = {total(2021, 0, 2096), total(2019, 0, 1000), total(2020, 0, 1366)};
    struct population population = make(lines, 3);
    ck_assert_double_eq_tol(all_on(&population, 2019, 6, 30), 1000, near);
    ck_assert_double_eq_tol(all_on(&population, 2019, 7, 1), 1001, near);
    ck_assert_double_eq_tol(all_on(&population, 2020, 2, 29), 1244, near);
    ck_assert_double_eq_tol(all_on(&population, 2020, 3, 1), 1245, near);
    ck_assert_double_eq_tol(all_on(&population, 2020, 6, 30), 1366, near);
    ck_assert_double_eq_tol(all_on(&population, 2021, 3, 1), 1366 + 2 * 244, near);
    /* beyond both ends */
    ck_assert_double_eq_tol(all_on(&population, 2001, 1, 1), 1000, near);
    ck_assert_double_eq_tol(all_on(&population, 2040, 1, 1), 2096, near);
    /* no line has bands: the one figure serves every band */
    ck_assert(!population.by_age);
    ck_assert_double_eq_tol(population_on(&population, AGE_16_17, date_from_civil(2020, 2, 29)), 1244, near);
    population_free(&population);
}
END_TEST

START_TEST(a_missing_year_is_bridged)
{
    const struct population_line lines[] = {total(2019, 0, 1000), total(2020, 0, NAN), total(2021, 0, 1731),
                                            total(2022, 0, 0)};
    struct population population = make(lines, 4);
    ck_assert_uint_eq(population.n_lines, 2);
    ck_assert_double_eq_tol(all_on(&population, 2020, 6, 30), 1366, near); /* 731 days, 366 of them */
    population_free(&population);
    population = make(NULL, 0);
    ck_assert_double_nan(all_on(&population, 2020, 6, 30));
    population_free(&population);
}
END_TEST

/* The example of the header: 1,010 x 1,210 / 1,100. */
START_TEST(a_projection_goes_through_the_last_estimate)
{
    const struct population_line lines[] = {total(2022, 2018, 1210), total(2021, 2018, 1100),
                                            total(2020, 0, 1000), total(2021, 0, 1010),
                                            total(2020, 2018, 990)};
    struct population population = make(lines, 5);
    ck_assert_double_eq_tol(all_on(&population, 2020, 6, 30), 1000, near);
    ck_assert_double_eq_tol(all_on(&population, 2021, 6, 30), 1010, near);
    ck_assert_double_eq_tol(all_on(&population, 2022, 6, 30), 1111, near);
    ck_assert_double_eq_tol(all_on(&population, 2030, 6, 30), 1111, near);
    ck_assert_int_eq(population.last_estimate, 2021);
    ck_assert_int_eq(population.base, 2018);
    ck_assert_uint_eq(population.n_years, 3);
    population_free(&population);
}
END_TEST

/* Estimates have bands: each band of the projection is joined to its own, 10 / 20 and 20 / 10 for the ends.
 */
START_TEST(bands_are_joined_one_by_one)
{
    const struct population_line lines[] = {bands(2021, 0, (const double[]){10, 40, 50, 60, 20}),
                                            bands(2021, 2018, (const double[]){20, 40, 50, 60, 10}),
                                            bands(2022, 2018, (const double[]){22, 44, 50, 66, 12})};
    struct population population = make(lines, 3);
    ck_assert(population.by_age);
    check_bands(&population, date_from_civil(2021, 6, 30), (const double[]){10, 40, 50, 60, 20});
    check_bands(&population, date_from_civil(2022, 6, 30), (const double[]){11, 44, 50, 66, 24});
    /* 31 days to 31 July, 62 to 31 August, 72 to 10 September, of 365 */
    ck_assert_double_eq_tol(population_on(&population, AGE_1_4, date_from_civil(2021, 9, 10)),
                            40 + 4 * 72 / 365.0, near);
    population_free(&population);
}
END_TEST

/* Estimates are totals alone: those of 2021 are divided as the projection of 2021 is, those of 2012 as the
 * nearest. */
START_TEST(totals_are_divided_as_the_nearest_bands)
{
    const struct population_line lines[] = {total(2012, 0, 360),
                                            total(2021, 0, 200),
                                            bands(2020, 2018, (const double[]){10, 40, 50, 60, 20}),
                                            bands(2021, 2018, (const double[]){20, 20, 20, 20, 20}),
                                            bands(2022, 2018, (const double[]){10, 20, 30, 20, 20}),
                                            bands(2022, 2014, (const double[]){1, 1, 1, 1, 96})};
    struct population population = make(lines, 6);
    check_bands(&population, date_from_civil(2012, 6, 30), (const double[]){20, 80, 100, 120, 40});
    check_bands(&population, date_from_civil(2021, 6, 30), (const double[]){40, 40, 40, 40, 40});
    check_bands(&population, date_from_civil(2022, 6, 30), (const double[]){20, 40, 60, 40, 40});
    population_free(&population);
    /* as near as a projection: the estimate's */
    const struct population_line between[] = {total(2020, 0, 360),
                                              bands(2019, 0, (const double[]){10, 40, 50, 60, 20}),
                                              bands(2021, 2018, (const double[]){20, 20, 20, 20, 20})};
    population = make(between, 3);
    check_bands(&population, date_from_civil(2020, 6, 30), (const double[]){20, 80, 100, 120, 40});
    population_free(&population);
    /* a projection of totals alone, beyond estimates with bands */
    const struct population_line others[] = {bands(2021, 0, (const double[]){10, 40, 50, 60, 20}),
                                             total(2021, 2018, 100), total(2022, 2018, 150)};
    population = make(others, 3);
    check_bands(&population, date_from_civil(2022, 6, 30), (const double[]){15, 60, 75, 90, 30});
    population_free(&population);
}
END_TEST

START_TEST(bands_add_up_to_the_figure_beside_them)
{
    struct population_line line = bands(2021, 0, (const double[]){10, 40, 50, 60, 20});
    line.children[POPULATION_ALL] = 90; /* a later total: half */
    struct population population = make(&line, 1);
    check_bands(&population, date_from_civil(2021, 6, 30), (const double[]){5, 20, 25, 30, 10});
    population_free(&population);
    line.children[AGE_5_9] = NAN; /* one band missing: only the total is used */
    population = make(&line, 1);
    ck_assert(!population.by_age);
    ck_assert_double_eq_tol(all_on(&population, 2021, 6, 30), 90, near);
    population_free(&population);
}
END_TEST

START_TEST(a_projection_alone_is_taken_as_it_is)
{
    const struct population_line lines[] = {total(2018, 2018, 100), total(2019, 2018, 465),
                                            total(2017, 2016, 7)};
    struct population population = make(lines, 3);
    char words[POPULATION_WORDS];
    ck_assert_double_eq_tol(all_on(&population, 2018, 7, 10), 110, near); /* 365 more in 365 days */
    ck_assert_int_eq(population.base, 2018);
    population_words(&population, words);
    ck_assert_str_eq(words, "projection 2018-based to 2019; ages 0 to 17 together");
    population_free(&population);
}
END_TEST

/* Days of publication by the Office for National Statistics, from its releases. */
START_TEST(known_from)
{
    static const struct {
        int32_t mid_year, base, year, month, day;
    } cases[] = {
        {2018, 0, 2019, 8, 1},     /* 26 June 2019: by the rule */
        {2020, 0, 2021, 8, 1},     /* 25 June 2021 */
        {2021, 0, 2022, 12, 21},   /* after the census */
        {2022, 0, 2023, 11, 23},   /* late */
        {2024, 0, 2025, 8, 1},     /* 30 July 2025 */
        {2030, 2016, 2018, 5, 24}, /* 2016-based */
        {2018, 2018, 2020, 3, 24}, /* 2018-based */
        {2047, 2022, 2025, 6, 24}, /* 2022-based */
        {2030, 2024, 2027, 7, 1},  /* not published yet: the longest that any took */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_int_eq(population_known_from(cases[i].mid_year, cases[i].base),
                         date_from_civil(cases[i].year, cases[i].month, cases[i].day));
}
END_TEST

static bool same(const struct population *a, const struct population *b)
{
    return a->n_years == b->n_years && memcmp(a->years, b->years, a->n_years * sizeof *a->years) == 0;
}

START_TEST(what_was_known_then)
{
    struct err err = {0};
    struct population_line lines[] = {total(2017, 0, 100),    total(2018, 0, 110),    total(2019, 0, 120),
                                      total(2018, 2018, 110), total(2019, 2018, 121), total(2020, 2018, 132),
                                      total(2019, 2016, 220), total(2020, 2016, 242.)};
    const size_t n = sizeof lines / sizeof lines[0];
    struct population whole = make(lines, n);
    struct population known;
    /* on 23 March 2020 the latest estimate is that of mid-2018, and the projection the 2016-based */
    ck_assert(population_as_known(&whole, date_from_civil(2020, 3, 23), &known, &err));
    ck_assert_int_eq(known.last_estimate, 2018);
    ck_assert_int_eq(known.base, 2016);
    population_free(&known);
    /* a day later the 2018-based */
    ck_assert(population_as_known(&whole, date_from_civil(2020, 3, 24), &known, &err));
    ck_assert_int_eq(known.last_estimate, 2018);
    ck_assert_int_eq(known.base, 2018);
    ck_assert_double_eq_tol(all_on(&known, 2020, 6, 30), 132, near);

    /* whatever is published later: the same to the bit */
    struct population other;
    struct population other_known;
    lines[2].children[POPULATION_ALL] = 999;
    other = make(lines, n);
    ck_assert(!same(&whole, &other));
    ck_assert(population_as_known(&other, date_from_civil(2020, 3, 24), &other_known, &err));
    ck_assert(same(&known, &other_known));
    population_free(&known);
    population_free(&other_known);
    population_free(&other);

    /* on 31 March 2018 no projection and only mid-2016 would be known */
    ck_assert(population_as_known(&whole, date_from_civil(2018, 3, 31), &known, &err));
    ck_assert_uint_eq(known.n_years, 0);
    ck_assert_double_nan(all_on(&known, 2018, 3, 31));
    population_free(&known);
    population_free(&whole);
}
END_TEST

/* The figure of the year to 31 March 2021 is that of mid-2020. */
START_TEST(from_published_totals)
{
    struct err err = {0};
    struct yearly yearly = {0};
    struct population population;
    ck_assert(yearly_reserve(&yearly, 2020, 2022, &err));
    yearly.population[0] = 1000;
    yearly.population[1] = 1366;
    ck_assert(population_from_yearly(&yearly, &population, &err));
    ck_assert_int_eq(population.last_estimate, 2020);
    ck_assert_double_eq_tol(all_on(&population, 2020, 2, 29), 1244, near);
    population_free(&population);
    yearly_free(&yearly);
}
END_TEST

START_TEST(in_words)
{
    char words[POPULATION_WORDS];
    const struct population_line lines[] = {total(2024, 0, 100),
                                            bands(2024, 2022, (const double[]){1, 2, 3, 4, 5}),
                                            bands(2047, 2022, (const double[]){1, 2, 3, 4, 5})};
    struct population population = make(lines, 3);
    population_words(&population, words);
    ck_assert_str_eq(words, "mid-year estimates to 2024, projection 2022-based to 2047; by age");
    population_free(&population);
    population = make(lines, 1);
    population_words(&population, words);
    ck_assert_str_eq(words, "mid-year estimates to 2024; ages 0 to 17 together");
    population_free(&population);
    population = make(lines, 0);
    population_words(&population, words);
    ck_assert_str_eq(words, "no population published by then: entries per year, not per child");
    population_free(&population);
    population_words(NULL, words);
    ck_assert_str_eq(words, "no population stored: entries per year, not per child");
}
END_TEST

Suite *suite_population(void)
{
    Suite *suite = suite_create("population");
    TCase *cases = tcase_create("population");
    tcase_add_test(cases, linear_between_mid_years);
    tcase_add_test(cases, a_missing_year_is_bridged);
    tcase_add_test(cases, a_projection_goes_through_the_last_estimate);
    tcase_add_test(cases, bands_are_joined_one_by_one);
    tcase_add_test(cases, totals_are_divided_as_the_nearest_bands);
    tcase_add_test(cases, bands_add_up_to_the_figure_beside_them);
    tcase_add_test(cases, a_projection_alone_is_taken_as_it_is);
    tcase_add_test(cases, known_from);
    tcase_add_test(cases, what_was_known_then);
    tcase_add_test(cases, from_published_totals);
    tcase_add_test(cases, in_words);
    suite_add_tcase(suite, cases);
    return suite;
}
