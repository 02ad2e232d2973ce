/* SPDX-License-Identifier: GPL-3.0-or-later
 * What levers do to the expected path, by hand, and to the replicates' means. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "models/stockflow_chain.h"
#include "tests/models/authority.h"

Suite *suite_stockflow_levers(void);

enum { MONTHS = 24 };
static const struct group everyone = {GROUP_ALL, 0};

struct fixture {
    struct history history;
    struct scenario plain;
    struct sf_fit fit;
    struct sf_path path; /* without levers */
};

static void open_fixture(struct fixture *f)
{
    struct err err = {0};
    authority_build(&f->history, 21, 150);
    f->plain = authority_scenario(&model_stockflow);
    const struct model_input input = {
        .history = &f->history, .origin = f->history.end, .months = MONTHS, .seed = 9};
    ck_assert(sf_fit_make(&input, &f->plain.params, &f->fit, &err));
    ck_assert(sf_path_make(&f->fit, &f->plain, &f->path, &err));
}

static void close_fixture(struct fixture *f)
{
    sf_path_free(&f->path);
    sf_fit_free(&f->fit);
    scenario_free(&f->plain);
    build_free(&f->history);
}

static void path_with(struct fixture *f, struct lever *levers, size_t n, struct sf_path *out)
{
    struct err err = {0};
    f->plain.levers = levers;
    f->plain.n_levers = n;
    ck_assert_msg(sf_path_make(&f->fit, &f->plain, out, &err), "%s", err.message);
    f->plain.levers = NULL;
    f->plain.n_levers = 0;
}

static double sum(const double by_cell[LEXIS_CELLS])
{
    double total = 0;
    for (size_t c = 0; c < LEXIS_CELLS; c++)
        total += by_cell[c];
    return total;
}

START_TEST(factors_multiply)
{
    struct fixture f;
    open_fixture(&f);
    struct lever levers[] = {authority_lever("a", LEVER_ENTRIES, -.06),
                             authority_lever("b", LEVER_ENTRIES, -.04),
                             authority_lever("c", LEVER_ENTRIES, -.06)};
    struct sf_path path;
    path_with(&f, levers, 3, &path);
    /* .94 x .96 x .94 = .848256; adding them would give .84 */
    for (int32_t m = 0; m < MONTHS; m++)
        ck_assert_double_eq_tol(sum(path.months[m].entries) / sum(f.path.months[m].entries), .848256, 1e-12);
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

START_TEST(ramps_and_reach_scale_the_effect)
{
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.06);
    lever.ramp_months = 12;
    lever.reach = .35;
    struct sf_path path;
    path_with(&f, &lever, 1, &path);
    double before = 1;
    for (int32_t m = 0; m < MONTHS; m++) {
        const double factor = sum(path.months[m].entries) / sum(f.path.months[m].entries);
        ck_assert_double_le(factor, before + 1e-12);
        before = factor;
    }
    ck_assert_double_eq_tol(before, .979, 1e-12); /* 1 - .06 x .35 */
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

START_TEST(children_a_year_are_added)
{
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, 12);
    lever.unit = EFFECT_PER_YEAR;
    struct sf_path path;
    path_with(&f, &lever, 1, &path);
    for (int32_t m = 0; m < MONTHS; m++) {
        const double days = date_month_start(f.fit.origin, m + 2) - date_month_start(f.fit.origin, m + 1);
        ck_assert_double_eq_tol(sum(path.months[m].entries) - sum(f.path.months[m].entries),
                                12 * days / 365.25, 1e-9);
    }
    sf_path_free(&path);
    /* five children once, over a ramp of six months: none later */
    lever = authority_lever("a", LEVER_ENTRIES, 5);
    lever.unit = EFFECT_CHILDREN;
    lever.ramp_months = 6;
    path_with(&f, &lever, 1, &path);
    double added = 0;
    for (int32_t m = 0; m < MONTHS; m++)
        added += sum(path.months[m].entries) - sum(f.path.months[m].entries);
    ck_assert_double_eq_tol(added, 5, 0.05);
    ck_assert_double_eq_tol(sum(path.months[8].entries), sum(f.path.months[8].entries), 1e-9);
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

START_TEST(where_narrows)
{
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.5);
    lever.where.age_low = 10;
    lever.where.age_high = 15;
    lever.where.given = 1U << WHERE_AGE;
    struct sf_path path;
    path_with(&f, &lever, 1, &path);
    for (int g = 0; g < SF_GROUPS; g++) {
        const double *now = path.months[3].entries;
        const double *was = f.path.months[3].entries;
        ck_assert_double_eq_tol(now[lexis_cell(AGE_10_15, g)], was[lexis_cell(AGE_10_15, g)] / 2, 1e-12);
        ck_assert_double_eq(now[lexis_cell(AGE_5_9, g)], was[lexis_cell(AGE_5_9, g)]);
        ck_assert_double_eq(now[lexis_cell(AGE_16_17, g)], was[lexis_cell(AGE_16_17, g)]);
    }
    sf_path_free(&path);
    /* a need that three in five children have: entries fall by about three fifths of the effect */
    lever = authority_lever("a", LEVER_ENTRIES, -.5);
    lever.where.needs = 1U << NEED_N1;
    lever.where.given = 1U << WHERE_NEED;
    path_with(&f, &lever, 1, &path);
    const double factor = sum(path.months[3].entries) / sum(f.path.months[3].entries);
    ck_assert_double_eq_tol(factor, .7, .03); /* 900 entries of which .6 +- .016: 4.89 x .008 */
    sf_path_free(&path);
    /* exits of children in their first sixty days only */
    lever = authority_lever("a", LEVER_EXITS, .5);
    lever.where.in_care_high = 60;
    lever.where.given = 1U << WHERE_TIME_IN_CARE;
    path_with(&f, &lever, 1, &path);
    const double more = sum(path.months[3].exits) / sum(f.path.months[3].exits);
    ck_assert(more > 1.01 && more < 1.45);
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

START_TEST(mix_moves_children_and_no_total)
{
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_MIX, 12);
    lever.unit = EFFECT_PER_YEAR;
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
    struct sf_path path;
    path_with(&f, &lever, 1, &path);
    const struct group from = {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL};
    const struct group to = {GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE};
    ck_assert_double_eq_tol(sum(path.months[0].entries), sum(f.path.months[0].entries), 1e-9);
    const double fewer = sf_path_stock(&f.path, from, 2) - sf_path_stock(&path, from, 2);
    const double more = sf_path_stock(&path, to, 2) - sf_path_stock(&f.path, to, 2);
    /* a child a month for three months, a little of which has moved on */
    ck_assert(fewer > 2 && fewer < 3.05);
    ck_assert(more > 2 && more < 3.05);
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

START_TEST(a_replaced_lever_stops)
{
    struct fixture f;
    open_fixture(&f);
    struct lever levers[] = {authority_lever("a", LEVER_ENTRIES, -.10),
                             authority_lever("b", LEVER_ENTRIES, -.20)};
    levers[1].start = date_month_start(f.fit.origin, 7);
    levers[1].replaces = "a";
    struct sf_path path;
    path_with(&f, levers, 2, &path);
    ck_assert_double_eq_tol(sum(path.months[0].entries) / sum(f.path.months[0].entries), .9, 1e-12);
    ck_assert_double_eq_tol(sum(path.months[5].entries) / sum(f.path.months[5].entries), .9, 1e-12);
    ck_assert_double_eq_tol(sum(path.months[6].entries) / sum(f.path.months[6].entries), .8, 1e-12);
    sf_path_free(&path);
    close_fixture(&f);
}
END_TEST

static double mean_stock(struct fixture *f, struct lever *lever, enum stance stance, double *sd)
{
    struct err err = {0};
    struct price_book book = {0};
    struct log log;
    struct forecast forecast;
    log_init(&log, stderr, true);
    ck_assert(price_book_defaults(&book, &err));
    f->plain.levers = lever;
    f->plain.n_levers = lever != NULL;
    f->plain.stance = stance;
    const struct model_input input = {
        .history = &f->history, .origin = f->history.end, .months = MONTHS, .seed = 9};
    const struct run_options options = {.replicates = 400, .threads = 2};
    ck_assert_msg(
        forecast_run(&model_stockflow, &input, &f->plain, 1, &book, &options, &log, &forecast, &err), "%s",
        err.message);
    const struct summary *stock = result_find(&forecast.scenarios[0], MEASURE_STOCK, everyone, MONTHS - 1);
    const double mean = stock->mean;
    if (sd != NULL)
        *sd = stock->sd;
    forecast_free(&forecast);
    price_book_free(&book);
    f->plain.levers = NULL;
    f->plain.n_levers = 0;
    return mean;
}

START_TEST(a_better_lever_never_gives_a_worse_mean)
{
    struct fixture f;
    open_fixture(&f);
    static const struct {
        enum lever_kind kind;
        double step;
    } ways[] = {{LEVER_ENTRIES, -.03}, {LEVER_EXITS, .05}, {LEVER_READMISSIONS, -.1}, {LEVER_REFERRALS, -.1}};
    for (size_t w = 0; w < 4; w++) {
        double before = mean_stock(&f, NULL, STANCE_BEST, NULL);
        for (int size = 1; size <= 4; size++) {
            struct lever lever = authority_lever("a", ways[w].kind, ways[w].step * size);
            const double now = mean_stock(&f, &lever, STANCE_BEST, NULL);
            ck_assert_double_le(now, before);
            before = now;
        }
    }
    close_fixture(&f);
}
END_TEST

START_TEST(likely_effects_vary_around_their_mean)
{
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.20);
    lever.low = -.05;
    lever.high = -.35;
    const double likely = mean_stock(&f, &lever, STANCE_LIKELY, NULL);
    const double best = mean_stock(&f, &lever, STANCE_BEST, NULL);
    const double worst = mean_stock(&f, &lever, STANCE_WORST, NULL);
    lever.low = lever.high = -.20;
    const double fixed = mean_stock(&f, &lever, STANCE_LIKELY, NULL);
    ck_assert(best < likely && likely < worst);
    /* the PERT's mean is -.20; 400 runs share their luck, the effect's own se is .05 / 20 of entries */
    ck_assert_double_eq_tol(likely / fixed, 1, .01);
    close_fixture(&f);
}
END_TEST

START_TEST(a_late_milestone_is_a_later_start)
{
    /* Late by 90 days for sure (exp(4.49981) is 90): the mean stock of the lever that starts 90 days later.
     * Both share their luck; cells are tilted around the path that is on time, which costs .12 % here. */
    struct fixture f;
    open_fixture(&f);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.30);
    lever.start = f.fit.origin + 30;
    lever.ramp_months = 6;
    const double on_time = mean_stock(&f, &lever, STANCE_LIKELY, NULL);
    lever.slip = (struct slip){.late = 1, .log_median = 4.499809670330265};
    const double late = mean_stock(&f, &lever, STANCE_LIKELY, NULL);
    lever.slip = (struct slip){0};
    lever.start += 90;
    const double later = mean_stock(&f, &lever, STANCE_LIKELY, NULL);
    ck_assert_double_gt(later / on_time, 1.005);
    ck_assert_double_eq_tol(late / later, 1, .002);
    close_fixture(&f);
}
END_TEST

Suite *suite_stockflow_levers(void)
{
    Suite *suite = suite_create("stockflow_levers");
    TCase *tcase = tcase_create("levers");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, factors_multiply);
    tcase_add_test(tcase, ramps_and_reach_scale_the_effect);
    tcase_add_test(tcase, children_a_year_are_added);
    tcase_add_test(tcase, where_narrows);
    tcase_add_test(tcase, mix_moves_children_and_no_total);
    tcase_add_test(tcase, a_replaced_lever_stops);
    tcase_add_test(tcase, a_better_lever_never_gives_a_worse_mean);
    tcase_add_test(tcase, likely_effects_vary_around_their_mean);
    tcase_add_test(tcase, a_late_milestone_is_a_later_start);
    suite_add_tcase(suite, tcase);
    return suite;
}
