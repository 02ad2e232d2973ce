/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who comes: what is learned from small histories, by hand; what is drawn, against exact laws. Statistical
 * comparisons fail for another seed once in 1e6 each. */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "numeric/compound.h"
#include "numeric/negative_binomial.h"
#include "tests/models/path.h"

Suite *suite_carepath_entries(void);

static const double z_limit = 4.89;
static const double false_alarm = 1e-6;
static const struct group everyone = {GROUP_ALL, 0};
static const double sizes[CAREPATH_SIBLINGS] = {.70, .18, .08, .04};

/* ---- laws ---------------------------------------------------------------------------------------------- */

enum { LARGEST = 400 };

/* Counts against probabilities, neighbours pooled until 5 are expected: chi-squared. */
static void must_fit(const int32_t seen[], const double p[], double n)
{
    double sum = 0;
    double expected = 0;
    double observed = 0;
    double left = 1;
    int cells = 0;
    for (int k = 0; k < LARGEST; k++) {
        expected += n * p[k];
        observed += seen[k];
        left -= p[k];
        if (expected >= 5 && n * left >= 5) {
            sum += (observed - expected) * (observed - expected) / expected;
            expected = observed = 0;
            cells++;
        }
    }
    expected += n * fmax(left, 0);
    sum += expected > 0 ? (observed - expected) * (observed - expected) / expected : 0;
    ck_assert_int_gt(cells, 5);
    ck_assert_msg(gsl_cdf_chisq_Q(sum, cells) > false_alarm, "chi-squared %f on %d", sum, cells);
}

/* Entries of each first month of 30 days over replicates. */
static double count_months(struct path *path, struct group group, int32_t replicates, int32_t seen[LARGEST],
                           double *mean)
{
    double square = 0;
    *mean = 0;
    for (int32_t r = 0; r < replicates; r++) {
        path_run(path, (uint32_t)r);
        const int64_t n = path_value(path, MEASURE_ENTRIES, group, 0);
        must(n < LARGEST, "more than can be counted");
        seen[n]++;
        const double step = (double)n - *mean;
        *mean += step / (r + 1);
        square += step * ((double)n - *mean);
    }
    return square / (replicates - 1) / *mean;
}

START_TEST(brothers_and_sisters_come_as_panjer_says)
{
    /* One a day on average, April of 30 days: 30 / 1.46 groups. Index of dispersion E K^2 / E K = 1.904
     * (methods 4.2). */
    enum { RUNS = 10000 };
    static int32_t seen[LARGEST];
    static double p[LARGEST];
    struct path path;
    double mean = 0;
    path_open(&path, on(2022, 3, 31), 1);
    path_entries(&path, 1, 6, PLACEMENT_FOSTER_INHOUSE);
    memcpy(path.fit.entries.siblings, sizes, sizeof sizes);
    path_start(&path);
    const double dispersion = count_months(&path, everyone, RUNS, seen, &mean);
    const double groups = 30 / 1.46;
    compound_probabilities(groups, sizes, CAREPATH_SIBLINGS, p, LARGEST);
    must_fit(seen, p, RUNS);
    ck_assert_double_lt(fabs(mean - 30), z_limit * sqrt(30 * 1.90410958904 / RUNS));
    /* E K^4 = 20.3: the fourth cumulant of a month is 417, its variance 57.1 */
    const double se = 1.90410958904 * sqrt((2 + 417 / (57.1 * 57.1)) / RUNS);
    ck_assert_double_lt(fabs(dispersion - 1.90410958904), z_limit * se);
    path_close(&path);
}
END_TEST

struct family {
    uint32_t stream, group; /* of the child before */
    int32_t day;
    uint8_t need;
    int place;
    int32_t alone, more, same_place;
};

static bool take_sibling(void *context, struct carepath_arrival *arrival)
{
    struct family *family = context;
    const struct carepath_life *life = &arrival->life;
    const uint32_t group = life->counter[1] / 16; /* slots of a group stand together */
    if (life->counter[1] % 16 == 0) {
        family->alone++;
        family->place = life->group;
    } else {
        must(group == family->group && life->counter[3] == family->stream, "a sibling without a family");
        must(life->now == family->day && life->need == family->need, "a sibling on another day");
        family->more++;
        family->same_place += life->group == family->place;
    }
    family->stream = life->counter[3];
    family->group = group;
    family->day = life->now;
    family->need = life->need;
    return true;
}

START_TEST(brothers_and_sisters_share_day_need_and_often_a_placement)
{
    struct path path;
    path_open(&path, on(2022, 3, 31), 24);
    path_entries(&path, 20, 6, PLACEMENT_FOSTER_INHOUSE);
    memcpy(path.fit.entries.siblings, sizes, sizeof sizes);
    for (int n = 0; n < NEED_COUNT; n++)
        path.fit.entries.need[n] = 1.0 / NEED_COUNT;
    path.fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_INHOUSE] = .5;
    path.fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_IFA] = .3;
    path.fit.entries.first[AGE_5_9][PLACEMENT_RES_EXTERNAL] = .2;
    path_start(&path);
    struct family family = {0};
    for (uint32_t r = 0; r < 5; r++) {
        path_run(&path, r);
        must(carepath_arrivals(path.room, take_sibling, &family), "stopped");
    }
    /* .46 more in each group of 1.46; with the first .7 + .3 x (.25 + .09 + .04) */
    const double share = (double)family.more / family.alone;
    ck_assert_double_lt(fabs(share - .46), z_limit * sqrt(.664 / family.alone)); /* var K = .664 */
    const double same = (double)family.same_place / family.more;
    /* those of one family agree or not together: 1.7 of them in the mean */
    ck_assert_double_lt(fabs(same - .814), z_limit * sqrt(.814 * .186 / family.more * 1.7));
    path_close(&path);
}
END_TEST

START_TEST(who_comes_alone_is_never_a_family)
{
    /* A million groups, each word of 16 bits some 15 times */
    struct path path;
    path_open(&path, on(2022, 3, 31), 24);
    path_entries(&path, 500, 6, PLACEMENT_FOSTER_INHOUSE);
    path.fit.entries.uasc_a_day = 50;
    path_start(&path);
    struct family family = {0};
    for (uint32_t r = 0; r < 3; r++) {
        path.room->replicate = r;
        carepath_luck(path.room);
        must(carepath_arrivals(path.room, take_sibling, &family), "stopped");
    }
    ck_assert_int_gt(family.alone, 1000000);
    ck_assert_int_eq(family.more, 0);
    path_close(&path);
}
END_TEST

START_TEST(unaccompanied_children_come_as_a_negative_binomial)
{
    /* Mean 9 in April; variance 1.5 and 2 times the mean: size mean / (c - 1). Groups of more than 12 are
     * cut: of c = 2 one in 20,000. */
    enum { RUNS = 5000 };
    static int32_t seen[LARGEST];
    static double p[LARGEST];
    const double c = _i == 0 ? 1.5 : 2;
    struct path path;
    double mean = 0;
    path_open(&path, on(2022, 3, 31), 1);
    path.fit.entries.uasc_a_day = .3;
    path.fit.levels.uasc_dispersion = c;
    path_start(&path);
    const double dispersion = count_months(&path, (struct group){GROUP_UASC, 0}, RUNS, seen, &mean);
    for (int k = 0; k < LARGEST; k++)
        p[k] = negative_binomial_pmf(9, 9 / (c - 1), k);
    must_fit(seen, p, RUNS);
    ck_assert_double_lt(fabs(mean - 9), z_limit * sqrt(9 * c / RUNS));
    ck_assert_double_lt(fabs(dispersion - c), z_limit * c * sqrt(3.5 / RUNS));
    path_close(&path);
}
END_TEST

START_TEST(entrants_have_the_ages_and_placements_of_their_kind)
{
    /* Kinds .2, .3, .5; ages within a kind; the day of the month even; birthdays even over the year. */
    struct path path;
    path_open(&path, on(2022, 3, 31), 12);
    struct carepath_entries *entries = &path.fit.entries;
    path_entries(&path, 60, 6, PLACEMENT_FOSTER_INHOUSE);
    entries->kind[AGE_1_4] = .2;
    entries->kind[AGE_5_9] = .3;
    entries->kind[AGE_10_15] = .5;
    entries->first[AGE_10_15][PLACEMENT_FOSTER_INHOUSE] = .25;
    entries->first[AGE_10_15][PLACEMENT_RES_EXTERNAL] = .75;
    path_start(&path);
    double n = 0;
    double young = 0;
    double old = 0;
    double home = 0;
    double nights = 0;
    for (uint32_t r = 0; r < 20; r++) {
        path_run(&path, r);
        n += (double)path_value(&path, MEASURE_ENTRIES, everyone, PATH_ANY);
        young += (double)path_value(&path, MEASURE_ENTRIES, (struct group){GROUP_AGE, AGE_1_4}, PATH_ANY);
        old += (double)path_value(&path, MEASURE_ENTRIES, (struct group){GROUP_AGE, AGE_10_15}, PATH_ANY);
        home += (double)path_value(&path, MEASURE_ENTRIES,
                                   (struct group){GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}, PATH_ANY);
        nights += (double)path_value(&path, MEASURE_NIGHTS, everyone, 0);
    }
    ck_assert_double_lt(fabs(young / n - .2), z_limit * sqrt(.16 / n));
    ck_assert_double_lt(fabs(old / n - .5), z_limit * sqrt(.25 / n));
    ck_assert_double_lt(fabs(home / old - .75), z_limit * sqrt(.1875 / old));
    /* 60 on each of 30 days, each for what is left of the month: 30, 29, .. 1 */
    ck_assert_double_lt(fabs(nights / 20 - 60 * 465), z_limit * sqrt(60 * 9455 / 20.0)); /* sum of squares */
    path_close(&path);
}
END_TEST

/* ---- season -------------------------------------------------------------------------------------------- */

/* methods 4.3: entries of April to March of a year of 365 days */
static const int32_t golden_months[] = {30, 22, 41, 28, 35, 27, 39, 33, 18, 36, 25, 26};

static void open_season(struct path *path)
{
    path_open_authority(path, 1, 1);
    build_free(&path->history);
    build_init(&path->history, 2022, 2022);
    for (int m = 0; m < 12; m++)
        for (int i = 0; i < golden_months[m]; i++) {
            build_child(&path->history, on(2013, 7, 1));
            build_spell(&path->history, date_month_start(on(2021, 4, 1), m) + i % 28, DAY_OPEN, ROUTE_OTHER,
                        PLACEMENT_FOSTER_KIN);
        }
}

START_TEST(season_is_learned_and_normalised_by_days)
{
    /* Of 120 prior entries a month: methods 4.3, factors April first; by R: (O + 120) / (E + 120), then over
     * their day-weighted mean. */
    static const double golden[] = {1.002815895474, .943114046675,  1.076355727808, .982963935971,
                                    1.029455473483, .982759577564,  1.056022066347, 1.022872213383,
                                    .916547453811,  1.036097121699, .982342668209,  .969680639539};
    struct path path;
    open_season(&path);
    authority_set(&path.scenario, "season_events", 12 * 120);
    authority_set(&path.scenario, "drift", 0);
    authority_set(&path.scenario, "rate_uncertainty", 0);
    path_learn(&path, 12);
    double weighted = 0;
    for (int m = 0; m < 12; m++) {
        const day start = date_month_start(on(2021, 4, 1), m);
        const double factor = path.fit.entries.season[(m + 3) % 12];
        ck_assert_double_eq_tol(factor, golden[m], 1e-9);
        weighted += factor * (date_month_start(start, 1) - start) / 365;
    }
    ck_assert_double_eq_tol(weighted, 1, 1e-12);
    path_close(&path);
}
END_TEST

START_TEST(months_of_entries_add_up_to_the_year)
{
    /* A strong season: each month's mean is that of its factor, and the year's is the rate's. */
    enum { RUNS = 2000 };
    struct path path;
    open_season(&path);
    authority_set(&path.scenario, "season_events", 1);
    authority_set(&path.scenario, "drift", 0);
    authority_set(&path.scenario, "rate_uncertainty", 0);
    authority_set(&path.scenario, "siblings", 0);
    path_learn(&path, 12);
    path.fit.levels.now = (struct state_space){.n = LEVEL_COUNT};
    path_start(&path);
    double months[12] = {0};
    double year = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        for (int m = 0; m < 12; m++)
            months[m] += (double)(path_value(&path, MEASURE_ENTRIES, everyone, m) -
                                  path_value(&path, MEASURE_READMISSIONS, everyone, m)) /
                         RUNS;
    }
    const struct carepath_entries *entries = &path.fit.entries;
    for (int m = 0; m < 12; m++) {
        const day start = date_month_start(path.fit.origin, m + 1);
        const double days = date_month_start(start, 1) - start;
        const double mean = entries->a_day * entries->season[(m + 3) % 12] * days;
        ck_assert_double_lt(fabs(months[m] - mean), z_limit * sqrt(mean / RUNS));
        ck_assert_double_lt(fabs(months[m] / golden_months[m] - entries->a_day * 365 / 360), .06);
        year += months[m];
    }
    ck_assert_double_lt(fabs(year - 365 * entries->a_day), z_limit * sqrt(year / RUNS));
    path_close(&path);
}
END_TEST

/* ---- learning ------------------------------------------------------------------------------------------ */

START_TEST(entries_are_counted_by_hand)
{
    /* One year: 20 children of 7 and 5 of 12 come for the first time, 4 unaccompanied ones of 16; one who was
     * there before and one who comes again are no new children. Days of a year ago count 2^-.01. */
    const double recent = .002;
    struct path path;
    path_open_authority(&path, 1, 1);
    build_free(&path.history);
    build_init(&path.history, 2022, 2022);
    struct history *history = &path.history;
    for (int i = 0; i < 29; i++) {
        const int32_t age = i < 20 ? 7 : i < 25 ? 12 : 16;
        const day start = on(2021, 5, 1) + 10 * i;
        const int32_t child = build_child(history, date_birthday(start, -age) - 40);
        history->children[child].uasc = i >= 25;
        build_spell(history, start, i == 0 ? on(2021, 6, 1) : DAY_OPEN, ROUTE_HOME,
                    i % 2 == 0 ? PLACEMENT_FOSTER_KIN : PLACEMENT_FOSTER_IFA);
        if (i == 0)
            build_spell(history, on(2021, 7, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_SECURE);
    }
    build_child(history, on(2012, 1, 1));
    build_spell(history, on(2020, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_SECURE);
    path_learn(&path, 12);
    const struct carepath_entries *entries = &path.fit.entries;
    ck_assert_double_eq(entries->events, 25);
    ck_assert_double_eq(entries->uasc_events, 4);
    /* some of the 25 only look new: those who left before April 2021 and come back */
    ck_assert_double_gt(entries->a_day, 20.0 / 365);
    ck_assert_double_le(entries->a_day, 25.0 / 365);
    /* 10 children are worth the English mix: of starts of those not unaccompanied 14,580 of 79,250 are 5-9 */
    ck_assert_double_eq_tol(entries->kind[AGE_5_9], (20 + 10 * 14580 / 79250.0) / 35, recent);
    ck_assert_double_eq_tol(entries->kind[LEXIS_UASC_OLD], (4 + 10 * 9900 / 11300.0) / 14, recent);
    /* ages within a kind: 2 children spread over its years */
    ck_assert_double_eq_tol(entries->age[AGE_5_9][7], (20 + 2 / 5.0) / 22, recent);
    ck_assert_double_eq_tol(entries->age[AGE_5_9][10], 0, 1e-12);
    /* first placements lean on all with 20: kin 15 of 29; of 5-9 10 of 20 */
    ck_assert_double_eq_tol(entries->first[AGE_5_9][PLACEMENT_FOSTER_KIN], (10 + 20 * 15 / 29.0) / 40,
                            recent);
    ck_assert_double_eq(entries->first[AGE_5_9][PLACEMENT_SECURE], 0);
    ck_assert_double_eq_tol(entries->siblings[0], .70, 1e-12);
    ck_assert_uint_eq(path.fit.n_present, 30);
    path_close(&path);
}
END_TEST

START_TEST(months_are_counted)
{
    struct path path;
    struct err err = {0};
    struct carepath_months months;
    path_open_authority(&path, 19, 100);
    path_learn(&path, 12);
    const struct model_input input = {.history = &path.history, .origin = path.fit.origin, .months = 12};
    ck_assert(carepath_months_count(&path.fit, &input, &months, &err));
    ck_assert_int_eq(months.n, 72);
    double entries = 0;
    double exits = 0;
    double expected = 0;
    double expected_exits = 0;
    for (int32_t m = 0; m < months.n; m++) {
        entries += months.entries[m];
        expected += months.expected_entries[m];
        exits += months.exits[m];
        expected_exits += months.expected_exits[m];
        ck_assert_double_ge(months.entries[m], 0);
        ck_assert_double_gt(months.expected_exits[m], 0);
    }
    ck_assert_double_eq_tol(expected / entries, 1, .02);
    ck_assert_double_eq_tol(expected_exits / exits, 1, .03);
    /* exits by hand: left after 1 April 2016, before 18 */
    double left = 0;
    for (size_t i = 0; i < path.history.n_spells; i++)
        left += path.history.spells[i].end <= path.history.end &&
                path.history.spells[i].end >= path.history.start &&
                path.history.spells[i].route != ROUTE_AGED_OUT;
    ck_assert_double_eq(exits, left);
    carepath_months_free(&months);
    path_close(&path);
}
END_TEST

START_TEST(who_is_here_is_who_was_here_at_the_end)
{
    struct path path;
    path_open_authority(&path, 23, 100);
    path_learn(&path, 12);
    const struct history *history = &path.history;
    size_t n = 0;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct child *child = &history->children[spell->child];
        if (spell->end <= history->end)
            continue;
        const struct segment *last = &history->segments[spell->first_segment + spell->n_segments - 1];
        const struct carepath_child *here = &path.fit.present[n++];
        ck_assert_uint_eq(here->key, child->key);
        ck_assert_int_eq(here->born, child->born);
        ck_assert_int_eq(here->spell_start, spell->start);
        ck_assert_int_eq(here->group, last->group);
        ck_assert_int_eq(here->stay_start, last->start); /* every segment of these histories is a stay */
        ck_assert_int_eq(here->kind, lexis_kind_of(date_age_on(child->born, history->end), child->uasc));
    }
    ck_assert_uint_eq(n, path.fit.n_present);
    ck_assert_uint_gt(n, 100);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_entries(void)
{
    Suite *suite = suite_create("carepath_entries");
    TCase *tcase = tcase_create("entries");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, brothers_and_sisters_come_as_panjer_says);
    tcase_add_test(tcase, brothers_and_sisters_share_day_need_and_often_a_placement);
    tcase_add_test(tcase, who_comes_alone_is_never_a_family);
    tcase_add_loop_test(tcase, unaccompanied_children_come_as_a_negative_binomial, 0, 2);
    tcase_add_test(tcase, entrants_have_the_ages_and_placements_of_their_kind);
    tcase_add_test(tcase, season_is_learned_and_normalised_by_days);
    tcase_add_test(tcase, months_of_entries_add_up_to_the_year);
    tcase_add_test(tcase, entries_are_counted_by_hand);
    tcase_add_test(tcase, months_are_counted);
    tcase_add_test(tcase, who_is_here_is_who_was_here_at_the_end);
    suite_add_tcase(suite, tcase);
    return suite;
}
