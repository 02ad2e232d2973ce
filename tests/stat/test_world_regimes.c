/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a regime promises shows in its histories, not in its truth alone. Comparisons are within 4.89 standard
 * errors, taken between worlds, of what was asked for (false alarm 10^-6 a seed), where not said otherwise.
 */
#include "tests/world/world.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/counts.h"

Suite *suite_world_regimes(void);

static const double z = 4.89;
static const struct group everyone = {GROUP_ALL, 0};
static const struct group unaccompanied = {GROUP_UASC, 0};

/* A world and its counts by month. */
struct world {
    struct history history;
    struct world_truth truth;
    struct counts counts;
};

static struct world made(enum world_regime regime, uint64_t seed, int32_t size)
{
    struct world world;
    struct err err = {0};
    const struct world_options options = {.regime = regime, .seed = seed, .size = size};
    world_make(&options, &world.history, &world.truth);
    ck_assert_msg(counts_make(&world.history, world.history.start, world.history.end, &world.counts, &err),
                  "%s", err.message);
    return world;
}

static void done(struct world *world)
{
    counts_free(&world->counts);
    history_free(&world->history);
}

/* Running mean and standard error between worlds. */
struct mean {
    double n, sum, squares;
};

static void add(struct mean *mean, double x)
{
    mean->n++;
    mean->sum += x;
    mean->squares += x * x;
}

static double mean_of(const struct mean *mean)
{
    return mean->sum / mean->n;
}

static double error_of(const struct mean *mean)
{
    const double m = mean_of(mean);
    return sqrt((mean->squares / mean->n - m * m) / (mean->n - 1));
}

static void must_be(const char *what, const struct mean *mean, double low, double high)
{
    printf("%-46s %7.4f, standard error %.4f, asked %g to %g\n", what, mean_of(mean), error_of(mean), low,
           high);
    ck_assert_msg(mean_of(mean) > low - z * error_of(mean) && mean_of(mean) < high + z * error_of(mean),
                  "%s: %g", what, mean_of(mean));
}

/* Entries of families over months [from, to). */
static double family_entries(const struct counts *counts, int32_t from, int32_t to)
{
    double sum = 0;
    for (int32_t month = from; month < to; month++)
        sum += (double)(counts_at(counts, MEASURE_ENTRIES, everyone, month) -
                        counts_at(counts, MEASURE_ENTRIES, unaccompanied, month));
    return sum;
}

/* Least-squares slope of log entries over nine years, as a share of the trend that was drawn; readmissions,
 * which follow later, and the wandering pull it about. */
START_TEST(trends_last_throughout)
{
    struct mean slope = {0};
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct world world = made(WORLD_TREND, seed, 300);
        double sum = 0;
        for (int32_t year = 0; year < 9; year++)
            sum += (year - 4) * log(family_entries(&world.counts, 12 * year, 12 * year + 12) + 0.5);
        add(&slope, sum / 60 / world.truth.trend_a_year); /* 60: sum of (year - 4)^2 */
        done(&world);
    }
    must_be("slope of entries / trend", &slope, 0.9, 1.05);
}
END_TEST

/* Entries in the year from the step on against the year before, where both lie in the window. */
START_TEST(entries_step_by_the_factor)
{
    struct mean step = {0};
    int n_up = 0, n_lasting = 0, n = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        struct world world = made(WORLD_JUMP_ENTRIES, seed, 300);
        const struct world_event *event = &world.truth.event;
        const int32_t from = counts_month(&world.counts, event->from);
        const bool lasts = event->to == DAY_OPEN;
        const int32_t length = lasts ? 12 : counts_month(&world.counts, event->to) - from;
        n++;
        n_up += event->factor > 1;
        n_lasting += lasts;
        if (from >= 12 && from + 12 <= world.counts.n_months && length >= 12)
            add(&step, log(family_entries(&world.counts, from, from + 12) /
                           family_entries(&world.counts, from - 12, from)) /
                           log(event->factor));
        done(&world);
    }
    must_be("step of entries / log factor", &step, 0.9, 1.05);
    ck_assert(abs(2 * n_up - n) < z * sqrt(n));
    ck_assert(abs(2 * n_lasting - n) < z * sqrt(n));
}
END_TEST

/* Exits but 18th birthdays over months [from, to) per child in care, a month. */
static double exit_rate(const struct counts *counts, int32_t from, int32_t to)
{
    double exits = 0, stock = 0;
    for (int32_t month = from; month < to; month++) {
        exits +=
            (double)(counts_at(counts, MEASURE_EXITS, everyone, month) -
                     counts_at(counts, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_AGED_OUT}, month));
        stock += (double)counts_at(counts, MEASURE_STOCK, everyone, month);
    }
    return exits / stock;
}

/* The half-year after a step of the exit clock against the one before: most of the factor shows at once and
 * wears off as those it moves are gone; in the third half-year less of it is left. */
START_TEST(exits_step_and_wear_off)
{
    struct mean first = {0}, third = {0};
    for (uint64_t seed = 1; seed <= 800; seed++) {
        struct world world = made(WORLD_JUMP_EXITS, seed, 400);
        const struct world_event *event = &world.truth.event;
        const int32_t from = counts_month(&world.counts, event->from);
        const int32_t to =
            event->to == DAY_OPEN ? world.counts.n_months : counts_month(&world.counts, event->to);
        if (from >= 6 && from + 18 <= world.counts.n_months && to >= from + 18) {
            const double before = exit_rate(&world.counts, from - 6, from);
            const double log_factor = log(event->factor);
            add(&first, log(exit_rate(&world.counts, from, from + 6) / before) / log_factor);
            add(&third, log(exit_rate(&world.counts, from + 12, from + 18) / before) / log_factor);
        }
        done(&world);
    }
    must_be("step of exits, first half-year / log factor", &first, 0.6, 1);
    must_be("the same, third half-year", &third, 0.2, 0.75);
    ck_assert_double_lt(mean_of(&third), mean_of(&first));
}
END_TEST

/* Unaccompanied entries within the surge against those outside, per month. */
START_TEST(surges_multiply_unaccompanied_entries)
{
    double inside = 0, expected = 0;
    struct mean ratio = {0};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct world world = made(WORLD_SURGE_UASC, seed, 500);
        const struct world_event *event = &world.truth.event;
        const int32_t from = counts_month(&world.counts, event->from);
        int32_t to = counts_month(&world.counts, event->to);
        to = to < world.counts.n_months ? to : world.counts.n_months;
        double within = 0, without = 0;
        for (int32_t month = 0; month < world.counts.n_months; month++) {
            const double entries = (double)counts_at(&world.counts, MEASURE_ENTRIES, unaccompanied, month);
            const bool is_in = month >= from && month < to;
            within += is_in ? entries : 0;
            without += is_in ? 0 : entries;
        }
        const double a_month = without / (world.counts.n_months - (to - from));
        inside += within;
        expected += a_month * (to - from) * event->factor;
        if (to - from >= 6 && a_month > 0.2)
            add(&ratio, log(within / (to - from) / a_month) / log(event->factor));
        done(&world);
    }
    printf("unaccompanied entries in surges / expected %.3f\n", inside / expected);
    must_be("log surge / log factor", &ratio, 0.85, 1.1);
}
END_TEST

/* Log of entries in a month of the calendar (0: April) over years `first`, first + 2, .. against the mean. */
static double month_deviation(const struct counts *counts, int32_t month, int32_t first)
{
    double mine = 0, all = 0;
    for (int32_t year = first; year < 9; year += 2) {
        mine += family_entries(counts, 12 * year + month, 12 * year + month + 1);
        all += family_entries(counts, 12 * year, 12 * year + 12);
    }
    return log(mine / all * 12);
}

/* A season is what two halves of the years have in common: month factors with a variance of .05^2. Bursts: a
 * negative binomial month has variance m + m^2 / theta, and theta is uniform between 2 and 6: (log 6 - log 2)
 * / 4 = .275 for the mean of 1 / theta, to which a wandering rate adds a little. */
START_TEST(entries_have_seasons_and_bursts)
{
    struct mean season = {0}, bursts = {0};
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct world world = made(WORLD_STEADY_LARGE, seed, 1500);
        const struct counts *counts = &world.counts;
        double product = 0;
        for (int32_t month = 0; month < 12; month++)
            product += month_deviation(counts, month, 0) * month_deviation(counts, month, 1) / 12;
        add(&season, product);
        for (int32_t year = 0; year < 9; year++) {
            double sum = 0, squares = 0;
            for (int32_t month = 12 * year; month < 12 * year + 12; month++) {
                const double n = (double)counts_at(counts, MEASURE_ENTRIES, unaccompanied, month);
                sum += n;
                squares += n * n;
            }
            const double mean = sum / 12;
            if (mean > 4)
                add(&bursts, ((squares - 12 * mean * mean) / 11 - mean) / (mean * mean));
        }
        done(&world);
    }
    must_be("variance of month factors", &season, 0.0020, 0.0032);
    must_be("excess variance of unaccompanied / mean^2", &bursts, 0.25, 0.33);
}
END_TEST

/* Shares of a regime over 40 worlds: by age at entry, and in children's homes. */
START_TEST(young_and_teenagers)
{
    static const enum world_regime regimes[] = {WORLD_YOUNG, WORLD_STEADY_LARGE, WORLD_TEENAGERS};
    double under_5[3], over_9[3], homes[3], adopted[3];
    for (int r = 0; r < 3; r++) {
        double entries = 0, stock = 0, exits = 0;
        under_5[r] = over_9[r] = homes[r] = adopted[r] = 0;
        for (uint64_t seed = 1; seed <= 40; seed++) {
            struct world world = made(regimes[r], seed, 400);
            for (int32_t month = 0; month < world.counts.n_months; month++) {
                entries += (double)counts_at(&world.counts, MEASURE_ENTRIES, everyone, month);
                exits += (double)counts_at(&world.counts, MEASURE_EXITS, everyone, month);
                stock += (double)counts_at(&world.counts, MEASURE_STOCK, everyone, month);
                for (int age = 0; age < AGE_COUNT; age++)
                    *(age < AGE_5_9   ? &under_5[r]
                      : age > AGE_5_9 ? &over_9[r]
                                      : &(double){0}) +=
                        (double)counts_at(&world.counts, MEASURE_ENTRIES, (struct group){GROUP_AGE, age},
                                          month);
                for (int group = PLACEMENT_RES_INHOUSE; group <= PLACEMENT_RES_EXTERNAL; group++)
                    homes[r] += (double)counts_at(&world.counts, MEASURE_STOCK,
                                                  (struct group){GROUP_PLACEMENT, group}, month);
                adopted[r] += (double)counts_at(&world.counts, MEASURE_EXITS,
                                                (struct group){GROUP_ROUTE, ROUTE_ADOPTION}, month);
            }
            done(&world);
        }
        under_5[r] /= entries;
        over_9[r] /= entries;
        homes[r] /= stock;
        adopted[r] /= exits;
        printf("%-12s entries under 5 %.2f, from 10 on %.2f; in homes %.3f; leavers adopted %.3f\n",
               world_regime_name(regimes[r]), under_5[r], over_9[r], homes[r], adopted[r]);
    }
    ck_assert_double_gt(under_5[0], 1.3 * under_5[1]);
    ck_assert_double_gt(adopted[0], 1.5 * adopted[1]);
    ck_assert_double_gt(over_9[2], 1.3 * over_9[1]);
    ck_assert_double_gt(homes[2], 1.7 * homes[1]);
}
END_TEST

/* Variance of yearly changes of the own log multipliers. */
static double change_variance(enum world_regime regime, bool exits)
{
    enum { SEEDS = 1200 };
    double squares = 0;
    int64_t n = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_options options = {.regime = regime, .seed = seed, .size = 20};
        struct history history;
        struct world_truth truth;
        world_make(&options, &history, &truth);
        for (int32_t month = 12; month < truth.n_months; month += 12) {
            n++;
            const double now = exits ? truth.exit[month] / truth.national_exit[month]
                                     : truth.entry[month] / truth.national_entry[month];
            const double before = exits ? truth.exit[month - 12] / truth.national_exit[month - 12]
                                        : truth.entry[month - 12] / truth.national_entry[month - 12];
            const double change = log(now / before);
            squares += change * change;
        }
        history_free(&history);
    }
    return squares / (double)n;
}

/* Rates that wander half as much again have 2.25 times the variance. Heavy tails and spreads that differ
 * between authorities leave an error of some 4 % each. */
START_TEST(drifting_wanders_half_as_much_again)
{
    const double entries =
        change_variance(WORLD_DRIFTING, false) / change_variance(WORLD_STEADY_SMALL, false);
    const double exits = change_variance(WORLD_DRIFTING, true) / change_variance(WORLD_STEADY_SMALL, true);
    printf("variance of drifting / steady: entries %.2f, exits %.2f\n", entries, exits);
    ck_assert_double_eq_tol(entries, 2.25, 0.5);
    ck_assert_double_eq_tol(exits, 2.25, 0.5);
}
END_TEST

/* In care over nine years if rates stand at 1 on the whole: size, times what wandering adds to a mean. */
START_TEST(size_is_the_long_run_number)
{
    struct mean ratio = {0};
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct world world = made(WORLD_STEADY_SMALL, seed, 150);
        double stock = 0;
        for (int32_t month = 0; month < world.counts.n_months; month++)
            stock += (double)counts_at(&world.counts, MEASURE_STOCK, everyone, month);
        add(&ratio, stock / world.counts.n_months / world.truth.size);
        ck_assert_double_eq_tol(world.truth.size, 150, 1e-9);
        done(&world);
    }
    must_be("children in care / size", &ratio, 0.97, 1.07);
}
END_TEST

Suite *suite_world_regimes(void)
{
    Suite *suite = suite_create("world_regimes");
    TCase *tcase = tcase_create("world_regimes");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, trends_last_throughout);
    tcase_add_test(tcase, entries_step_by_the_factor);
    tcase_add_test(tcase, exits_step_and_wear_off);
    tcase_add_test(tcase, surges_multiply_unaccompanied_entries);
    tcase_add_test(tcase, entries_have_seasons_and_bursts);
    tcase_add_test(tcase, young_and_teenagers);
    tcase_add_test(tcase, drifting_wanders_half_as_much_again);
    tcase_add_test(tcase, size_is_the_long_run_number);
    suite_add_tcase(suite, tcase);
    return suite;
}
