/* SPDX-License-Identifier: GPL-3.0-or-later
 * A forecast of the past may know nothing of what came later: whatever is changed after an origin leaves all
 * that was forecast there, and before, bit by bit as it was. */
#include <check.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "sim/calibrate.h"
#include "study/backtest.h"
#include "tests/build_history.h"
#include "tests/world/world.h"

Suite *suite_backtest_known(void);

static const int32_t horizons[] = {3, 12, 24};
static const int32_t year_horizons[] = {12, 24};
static struct log quiet;

static struct backtest_options options_of(const int32_t list[], size_t n)
{
    log_init(&quiet, stderr, true);
    return (struct backtest_options){
        .horizons = list,
        .n_horizons = n,
        .every_months = 12,
        .least_months = 36,
        .first = DAY_NONE,
        .last = DAY_NONE,
        .reference = &model_last_value,
        .run = {.replicates = 60, .threads = 2},
        .seed = 7,
    };
}

static bool same_bits(const double a[], const double b[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t x = 0, y = 0;
        memcpy(&x, &a[i], sizeof x);
        memcpy(&y, &b[i], sizeof y);
        if (x != y && !(isnan(a[i]) && isnan(b[i])))
            return false;
    }
    return true;
}

static bool same_calibration(const struct calibration *a, const struct calibration *b)
{
    bool same = a->n == b->n && a->origins == b->origins;
    for (size_t i = 0; same && i < a->n; i++)
        same = a->at[i].months == b->at[i].months && same_bits(&a->at[i].weight, &b->at[i].weight, 1) &&
               same_bits(a->at[i].scales, b->at[i].scales, CONFORMAL_COVERAGES);
    return same;
}

/* What was forecast in a row, to the bit; not its outcome, nor what follows from that. */
static bool same_forecast(const struct backtest_row *a, const struct backtest_row *b)
{
    return a->la == b->la && strcmp(a->model, b->model) == 0 && a->origin == b->origin &&
           a->horizon_months == b->horizon_months && a->measure == b->measure &&
           a->group.kind == b->group.kind && a->group.member == b->group.member &&
           same_bits(&a->mean, &b->mean, 1) && same_bits(a->quantiles, b->quantiles, SCORE_LEVELS) &&
           same_bits(&a->naive, &b->naive, 1);
}

struct found {
    size_t forecasts, same,
        outcomes;             /* rows to `origin`; of these with equal forecasts; with equal outcomes */
    size_t later, later_same; /* rows from after it */
};

static struct found compare(const struct backtest *a, const struct backtest *b, day origin)
{
    struct found found = {0};
    ck_assert_uint_eq(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        const bool same = same_forecast(&a->rows[i], &b->rows[i]);
        if (a->rows[i].origin > origin) {
            found.later++;
            found.later_same += same;
            continue;
        }
        found.forecasts++;
        found.same += same;
        found.outcomes += fabs(a->rows[i].actual - b->rows[i].actual) < 1e-9;
    }
    return found;
}

/* Nobody comes after the origin, and all who were there leave within months. */
static void doctor(const struct history *full, day origin, struct history *out)
{
    struct err err = {0};
    ck_assert(history_as_known(full, origin, out, &err));
    out->end = full->end;
    out->last_year = full->last_year;
    for (size_t i = 0; i < out->n_spells; i++) {
        struct spell *spell = &out->spells[i];
        if (spell->end != DAY_OPEN)
            continue;
        spell->end = origin + 1 + (day)(i % 150);
        spell->route = (uint8_t)(i % ROUTE_COUNT);
        out->segments[spell->first_segment + spell->n_segments - 1].end = spell->end;
    }
    for (size_t i = 0; i < out->n_children; i++)
        out->children[i].uasc_until = origin + 30;
}

START_TEST(what_children_did_later_changes_no_forecast)
{
    static const struct model *const models[] = {&model_carepath, &model_stockflow, &model_last_value,
                                                 &model_holt};
    const struct world_options world = {.regime = WORLD_STEADY_SMALL, .seed = 11, .size = 150};
    const struct backtest_options options = options_of(horizons, 3);
    const day origin = on(2023, 3, 31); /* returns to 2025: origins of 2019 to 2024 */
    struct history full, other;
    struct world_truth truth;
    struct price_book prices = {0};
    struct backtest first = {0}, second = {0};
    struct err err = {0};
    world_make(&world, &full, &truth);
    ck_assert(price_book_defaults(&prices, &err));
    const struct backtest_known known = {.la = 1, .history = &full};
    ck_assert_msg(backtest_run(models, 4, &known, &prices, &options, &quiet, &first, &err), "%s",
                  err.message);
    doctor(&full, origin, &other);
    const struct backtest_known doctored = {.la = 1, .history = &other};
    ck_assert_msg(backtest_run(models, 4, &doctored, &prices, &options, &quiet, &second, &err), "%s",
                  err.message);
    const struct found found = compare(&first, &second, origin);
    ck_assert_uint_gt(found.forecasts, 1000);
    ck_assert_uint_eq(found.same, found.forecasts);
    ck_assert_uint_lt(found.outcomes, found.forecasts); /* outcomes did change */
    ck_assert_uint_gt(found.later, 100);
    ck_assert_uint_lt(found.later_same, found.later); /* and so did what is forecast from them */
    backtest_free(&first);
    backtest_free(&second);
    price_book_free(&prices);
    history_free(&full);
    history_free(&other);
}
END_TEST

START_TEST(later_prices_change_no_forecast)
{
    static const struct model *const models[] = {&model_last_value};
    const struct world_options world = {.regime = WORLD_STEADY_SMALL, .seed = 12, .size = 120};
    const struct backtest_options options = options_of(horizons, 3);
    const day origin = on(2022, 3, 31);
    struct history full;
    struct world_truth truth;
    struct price_book prices = {0};
    struct backtest first = {0}, second = {0};
    struct err err = {0};
    size_t costs = 0;
    world_make(&world, &full, &truth);
    ck_assert(price_book_defaults(&prices, &err));
    struct price_line line = {.group = PLACEMENT_FOSTER_IFA,
                              .provider = "",
                              .from = on(2015, 4, 1),
                              .weekly = 90000,
                              .source = "test"};
    ck_assert(price_book_add(&prices, &line, &err));
    const struct backtest_known known = {.la = 1, .history = &full};
    ck_assert(backtest_run(models, 1, &known, &prices, &options, &quiet, &first, &err));
    line.from = origin + 1;
    line.weekly = 200000;
    ck_assert(price_book_add(&prices, &line, &err));
    ck_assert(backtest_run(models, 1, &known, &prices, &options, &quiet, &second, &err));
    const struct found found = compare(&first, &second, origin);
    ck_assert_uint_eq(found.same, found.forecasts);
    ck_assert_uint_eq(found.outcomes, found.forecasts); /* costed at the prices of then, too */
    ck_assert_uint_lt(found.later_same, found.later);
    for (size_t i = 0; i < first.n; i++)
        costs += first.rows[i].measure == MEASURE_COST;
    ck_assert_uint_gt(costs, 5);
    backtest_free(&first);
    backtest_free(&second);
    price_book_free(&prices);
    history_free(&full);
}
END_TEST

/* Estimates of mid-2014 to mid-2024, no two years alike; those not yet published on a day are `times` as
 * many. */
static void build_population(day known, double times, struct population *out)
{
    struct err err = {0};
    struct population_line lines[11];
    for (int32_t i = 0; i < 11; i++) {
        const int32_t year = 2014 + i;
        const double factor = population_known_from(year, 0) > known ? times : 1;
        lines[i] = (struct population_line){.mid_year = year};
        for (int b = 0; b < AGE_COUNT; b++)
            lines[i].children[b] = 1000 * factor * (10 + b + i * (b % 2 == 0 ? 1 : -.5));
        lines[i].children[POPULATION_ALL] = NAN;
    }
    ck_assert_msg(population_make(lines, 11, out, &err), "%s", err.message);
}

START_TEST(later_population_changes_no_forecast)
{
    /* On 31 March 2022 the last estimate known is that of mid-2020. */
    static const struct model *const models[] = {&model_carepath};
    const struct world_options world = {.regime = WORLD_STEADY_SMALL, .seed = 16, .size = 120};
    const struct backtest_options options = options_of(horizons, 3);
    const day origin = on(2022, 3, 31);
    struct history full;
    struct world_truth truth;
    struct population stored, other;
    struct price_book prices = {0};
    struct backtest first = {0}, second = {0};
    struct err err = {0};
    world_make(&world, &full, &truth);
    ck_assert(price_book_defaults(&prices, &err));
    build_population(origin, 1, &stored);
    build_population(origin, 2, &other);
    const struct backtest_known known = {.la = 1, .history = &full, .population = &stored};
    const struct backtest_known doctored = {.la = 1, .history = &full, .population = &other};
    ck_assert_msg(backtest_run(models, 1, &known, &prices, &options, &quiet, &first, &err), "%s",
                  err.message);
    ck_assert_msg(backtest_run(models, 1, &doctored, &prices, &options, &quiet, &second, &err), "%s",
                  err.message);
    const struct found found = compare(&first, &second, origin);
    ck_assert_uint_gt(found.forecasts, 100);
    ck_assert_uint_eq(found.same, found.forecasts);
    ck_assert_uint_lt(found.later_same, found.later);
    backtest_free(&first);
    backtest_free(&second);
    population_free(&stored);
    population_free(&other);
    price_book_free(&prices);
    history_free(&full);
}
END_TEST

/* 30 authorities with totals of 2010 to 2022, each with ups and downs of its own. */
static void build_panel(struct panel *panel, struct yearly authorities[30])
{
    struct err err = {0};
    *panel = (struct panel){.authorities = authorities, .n = 30};
    for (int32_t a = 0; a < 30; a++) {
        struct yearly *yearly = &authorities[a];
        double stock = 60 + 25 * a;
        *yearly = (struct yearly){.la = a + 1};
        ck_assert(yearly_reserve(yearly, 2010, 2022, &err));
        for (int32_t i = 0; i < yearly->n_years; i++) {
            stock = floor(stock * (1 + ((a * 7 + i * 5) % 11 - 4) / 60.0));
            yearly->stock[i] = stock;
            yearly->starts[i] = floor(stock * 0.45);
            yearly->leavers[i] = floor(stock * 0.42);
            yearly->population[i] = 40000;
        }
    }
}

static void run_panel(const struct panel *panel, int32_t threads, struct backtest *out)
{
    static const struct model *const models[] = {&model_panel, &model_last_value, &model_holt};
    struct backtest_options options = options_of(year_horizons, 2);
    struct backtest_known known[30];
    struct price_book prices = {0};
    struct err err = {0};
    options.run.threads = threads;
    for (size_t i = 0; i < panel->n; i++)
        known[i] = (struct backtest_known){
            .la = panel->authorities[i].la, .yearly = &panel->authorities[i], .panel = panel};
    ck_assert_msg(backtest_run_all(models, 3, known, panel->n, &prices, &options, &quiet, out, &err), "%s",
                  err.message);
}

START_TEST(later_totals_change_no_forecast)
{
    struct panel panel;
    struct yearly authorities[30];
    struct backtest first = {0}, second = {0};
    build_panel(&panel, authorities);
    run_panel(&panel, 2, &first);
    /* after March 2018 all authorities go other ways */
    for (size_t a = 0; a < panel.n; a++)
        for (int32_t i = 9; i < authorities[a].n_years; i++) {
            authorities[a].stock[i] = floor(authorities[a].stock[i] * (a % 2 == 0 ? 1.5 : 0.5));
            authorities[a].starts[i] += 50;
            authorities[a].leavers[i] += 20;
        }
    run_panel(&panel, 2, &second);
    const struct found found = compare(&first, &second, on(2018, 3, 31));
    /* 30 authorities x 3 measures x 6 origins x 3 models x 2 horizons */
    ck_assert_uint_eq(found.forecasts, 3240);
    ck_assert_uint_eq(found.same, found.forecasts);
    ck_assert_uint_lt(found.outcomes, found.forecasts);
    ck_assert_uint_lt(found.later_same, found.later);
    backtest_free(&first);
    backtest_free(&second);
    for (size_t a = 0; a < panel.n; a++)
        yearly_free(&authorities[a]);
}
END_TEST

START_TEST(threads_and_company_change_nothing)
{
    static const struct model *const models[] = {&model_panel, &model_last_value, &model_holt};
    struct panel panel;
    struct yearly authorities[30];
    struct backtest one = {0}, four = {0}, alone = {0};
    struct price_book prices = {0};
    struct err err = {0};
    build_panel(&panel, authorities);
    run_panel(&panel, 1, &one);
    run_panel(&panel, 4, &four);
    const struct found found = compare(&one, &four, DAY_OPEN);
    ck_assert_uint_eq(found.same, one.n);
    ck_assert_uint_eq(found.outcomes, one.n);
    /* authority after authority, each as by itself */
    const struct backtest_options options = options_of(year_horizons, 2);
    for (size_t i = 0; i < panel.n; i++) {
        const struct backtest_known known = {
            .la = authorities[i].la, .yearly = &authorities[i], .panel = &panel};
        ck_assert(backtest_run(models, 3, &known, &prices, &options, &quiet, &alone, &err));
    }
    ck_assert_uint_eq(compare(&one, &alone, DAY_OPEN).same, one.n);
    for (size_t i = 1; i < one.n; i++) {
        ck_assert_int_ge(one.rows[i].la, one.rows[i - 1].la);
        if (one.rows[i].la == one.rows[i - 1].la)
            ck_assert_int_ge(one.rows[i].origin, one.rows[i - 1].origin);
    }
    backtest_free(&one);
    backtest_free(&four);
    backtest_free(&alone);
    for (size_t a = 0; a < panel.n; a++)
        yearly_free(&authorities[a]);
}
END_TEST

/* ---- a model that looks at all it is given, and counts what it should not have been shown ---- */

static atomic_int looks, leaks;

static bool spy_fit(const struct model_input *input, const struct params *params, void **fitted,
                    struct err *err)
{
    (void)params;
    const day origin = input->origin;
    int found = 0;
    const struct history *history = input->history;
    for (size_t i = 0; history != NULL && i < history->n_spells; i++)
        found += history->spells[i].start > origin ||
                 (history->spells[i].end != DAY_OPEN && history->spells[i].end > origin);
    for (size_t i = 0; history != NULL && i < history->n_segments; i++)
        found += history->segments[i].start > origin ||
                 (history->segments[i].end != DAY_OPEN && history->segments[i].end > origin);
    for (size_t i = 0; history != NULL && i < history->n_children; i++)
        found += history->children[i].uasc_until != DAY_OPEN && history->children[i].uasc_until > origin;
    found += history != NULL && history->end > origin;
    for (size_t a = 0; input->panel != NULL && a < input->panel->n; a++) {
        const struct yearly *other = &input->panel->authorities[a];
        found += date_year_end(other->first_year + other->n_years - 1) > origin;
    }
    const struct yearly *own = input->yearly;
    found += own != NULL && date_year_end(own->first_year + own->n_years - 1) > origin;
    found += own != NULL && isfinite(own->population[own->n_years - 1]); /* not published yet */
    atomic_fetch_add(&looks, 1);
    atomic_fetch_add(&leaks, found);
    *fitted = calloc(1, 1);
    return *fitted != NULL || err_no_memory(err);
}

static void spy_series(const void *fitted, const struct result_series **series, size_t *n)
{
    static const struct result_series stock[] = {{MEASURE_STOCK, {GROUP_ALL, 0}}};
    (void)fitted;
    *series = stock;
    *n = 1;
}

static bool spy_prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    (void)fitted, (void)scenario, (void)err;
    *prepared = NULL;
    return true;
}

static bool spy_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err)
{
    (void)fitted, (void)prepared, (void)replicate, (void)err;
    for (int32_t m = 0; m < tally->months; m++)
        tally->values[m] = 1;
    return true;
}

static const struct model spy = {
    .name = "spy",
    .needs = MODEL_NEEDS_HISTORY | MODEL_TAKES_YEARLY,
    .fit = spy_fit,
    .series = spy_series,
    .prepare = spy_prepare,
    .simulate = spy_simulate,
    .free_prepared = free,
    .free_fitted = free,
};

START_TEST(models_are_shown_nothing_of_later)
{
    static const struct model *const models[] = {&spy};
    const struct world_options world = {.regime = WORLD_STEADY_SMALL, .seed = 15, .size = 100};
    struct backtest_options options = options_of(horizons, 3);
    struct history full;
    struct world_truth truth;
    struct panel panel;
    struct yearly authorities[30];
    struct backtest_known known[30];
    struct price_book prices = {0};
    struct backtest backtest = {0};
    struct err err = {0};
    world_make(&world, &full, &truth);
    for (size_t i = 0; i < full.n_children; i++)
        full.children[i].uasc_until = full.end;
    const struct backtest_known one = {.la = 1, .history = &full};
    ck_assert(price_book_defaults(&prices, &err));
    ck_assert(backtest_run(models, 1, &one, &prices, &options, &quiet, &backtest, &err));
    ck_assert_int_eq(atomic_load(&looks), 6); /* origins of 2019 to 2024 */
    ck_assert_int_eq(atomic_load(&leaks), 0);
    build_panel(&panel, authorities);
    for (size_t i = 0; i < panel.n; i++)
        known[i] =
            (struct backtest_known){.la = authorities[i].la, .yearly = &authorities[i], .panel = &panel};
    options = options_of(year_horizons, 2);
    ck_assert(backtest_run_all(models, 1, known, 30, &prices, &options, &quiet, &backtest, &err));
    ck_assert_int_eq(atomic_load(&looks), 6 + 30 * 9); /* and of 2013 to 2021 */
    ck_assert_int_eq(atomic_load(&leaks), 0);
    backtest_free(&backtest);
    price_book_free(&prices);
    history_free(&full);
    for (size_t a = 0; a < panel.n; a++)
        yearly_free(&authorities[a]);
}
END_TEST

START_TEST(outcomes_of_later_teach_nothing)
{
    static const struct calibration prior = {.at = {{12, .8, {1, 1, 1}}, {24, .8, {1, 1, 1}}}, .n = 2};
    struct calibration_case cases[8];
    struct calibration then, doctored, later;
    const day known_by = on(2020, 3, 31);
    for (int i = 0; i < 8; i++) {
        cases[i] = (struct calibration_case){
            .origin = date_year_end(2014 + i % 4), .months = i < 4 ? 12 : 24, .actual = 505};
        for (int q = 0; q < SCORE_LEVELS; q++) {
            cases[i].raw[q] = 490 + 5 * q; /* its middle is the outcome: the model earns weight */
            cases[i].reference[q] = 480 + 12 * q;
        }
    }
    cases[3].origin = on(2019, 6, 30); /* of 12 months: known on 30 June 2020, three months too late */
    cases[7].origin = on(2018, 3, 31); /* of 24 months: known on 31 March 2020, in time */
    calibration_learn(&prior, cases, 8, known_by, &then);
    cases[3].actual = 2000;
    calibration_learn(&prior, cases, 8, known_by, &doctored);
    ck_assert(same_calibration(&then, &doctored));
    calibration_learn(&prior, cases, 8, on(2020, 6, 30), &later);
    ck_assert(!same_calibration(&then, &later));
    cases[7].actual = 2000;
    calibration_learn(&prior, cases, 8, known_by, &doctored);
    ck_assert(!same_calibration(&then, &doctored));
}
END_TEST

START_TEST(an_origins_own_outcome_teaches_nothing_there)
{
    /* the same world, but for one outcome: the forecast at its origin stays, the next one's changes */
    static const struct model *const models[] = {&model_carepath};
    const struct world_options world = {.regime = WORLD_STEADY_SMALL, .seed = 13, .size = 120};
    struct backtest_options options = options_of(horizons, 2);
    struct history full, other;
    struct world_truth truth;
    struct price_book prices = {0};
    struct backtest first = {0}, second = {0};
    struct err err = {0};
    size_t learned = 0;
    options.intervals = BACKTEST_BOTH;
    world_make(&world, &full, &truth);
    ck_assert(price_book_defaults(&prices, &err));
    const struct backtest_known known = {.la = 1, .history = &full};
    ck_assert(backtest_run(models, 1, &known, &prices, &options, &quiet, &first, &err));
    doctor(&full, on(2023, 3, 31), &other);
    const struct backtest_known doctored = {.la = 1, .history = &other};
    ck_assert(backtest_run(models, 1, &doctored, &prices, &options, &quiet, &second, &err));
    for (size_t i = 0; i < first.n; i++) {
        if (first.rows[i].origin == on(2023, 3, 31))
            ck_assert(same_forecast(&first.rows[i], &second.rows[i]));
        /* what was learned from earlier origins is in the final rows: raw ones differ from them */
        if (first.rows[i].measure == MEASURE_STOCK && first.rows[i].group.kind == GROUP_ALL && i > 0)
            learned += first.rows[i].is_raw;
    }
    ck_assert_uint_gt(learned, 0);
    ck_assert_uint_gt(first.n_cases, 5);
    for (size_t i = 0; i < first.n_cases; i++) {
        ck_assert_int_eq(first.case_las[i], 1);
        ck_assert_str_eq(first.case_models[i], "carepath");
    }
    backtest_free(&first);
    backtest_free(&second);
    price_book_free(&prices);
    history_free(&full);
    history_free(&other);
}
END_TEST

START_TEST(what_cannot_be_tested_is_said)
{
    static const struct model *const models[] = {&model_last_value, &model_holt};
    const struct world_options world = {
        .regime = WORLD_STEADY_SMALL, .seed = 14, .size = 100, .years_known = 2, .years_after = 1};
    struct backtest_options options = options_of(horizons, 1);
    struct history full;
    struct world_truth truth;
    struct price_book prices = {0};
    struct backtest backtest = {0};
    struct err err = {0};
    world_make(&world, &full, &truth);
    ck_assert(price_book_defaults(&prices, &err));
    const struct backtest_known known = {.la = 5, .history = &full};
    /* three years of returns: none has three before an origin */
    ck_assert(!backtest_run(models, 2, &known, &prices, &options, &quiet, &backtest, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "36 months of history before it"));
    ck_assert_uint_eq(backtest.n, 0);
    /* half a year is too little for these models, a year is not: gaps, then rows */
    err = (struct err){0};
    options.least_months = 6;
    options.every_months = 6;
    ck_assert(backtest_run(models, 2, &known, &prices, &options, &quiet, &backtest, &err));
    ck_assert_uint_eq(backtest.n_gaps, 2);
    ck_assert_int_eq(backtest.gaps[0].la, 5);
    ck_assert_str_eq(backtest.gaps[1].model, "holt");
    ck_assert_int_eq(backtest.gaps[0].origin, date_month_end(full.start - 1, 6));
    ck_assert_ptr_nonnull(strstr(backtest.gaps[0].why, "less than a year of history"));
    ck_assert_uint_gt(backtest.n, 0);
    backtest_free(&backtest);
    price_book_free(&prices);
    history_free(&full);
}
END_TEST

START_TEST(no_outcome_across_a_change_of_area)
{
    /* Dorset's totals of 2020 and after are of another area (data/codes/area_break.def) */
    static const struct model *const models[] = {&model_last_value};
    struct backtest_options options = options_of(year_horizons, 2);
    struct yearly yearly = {.la = 3, .la_code = "E10000009"};
    struct price_book prices = {0};
    struct backtest backtest = {0};
    struct err err = {0};
    ck_assert(yearly_reserve(&yearly, 2012, 2021, &err));
    for (int32_t i = 0; i < yearly.n_years; i++)
        yearly.stock[i] = 400 + 7 * i;
    options.first = on(2017, 3, 31);
    const struct backtest_known known = {.la = 3, .yearly = &yearly};
    ck_assert(backtest_run(models, 1, &known, &prices, &options, &quiet, &backtest, &err));
    /* of 2017: to 2018 and 2019; of 2018: to 2019; of 2019: none; of 2020: to 2021 */
    ck_assert_uint_eq(backtest.n, 4);
    for (size_t i = 0; i < backtest.n; i++)
        ck_assert_int_ne(backtest.rows[i].origin, on(2019, 3, 31));
    ck_assert_double_eq_tol(backtest.rows[0].naive, 7, 1e-12); /* hand: every step is 7 */
    ck_assert_double_eq(backtest.rows[1].actual, 400 + 7 * 7); /* 2019 */
    backtest_free(&backtest);
    yearly_free(&yearly);
}
END_TEST

Suite *suite_backtest_known(void)
{
    Suite *suite = suite_create("backtest_known");
    TCase *tcase = tcase_create("backtest_known");
    tcase_add_test(tcase, what_children_did_later_changes_no_forecast);
    tcase_add_test(tcase, later_prices_change_no_forecast);
    tcase_add_test(tcase, later_population_changes_no_forecast);
    tcase_add_test(tcase, later_totals_change_no_forecast);
    tcase_add_test(tcase, models_are_shown_nothing_of_later);
    tcase_add_test(tcase, threads_and_company_change_nothing);
    tcase_add_test(tcase, outcomes_of_later_teach_nothing);
    tcase_add_test(tcase, an_origins_own_outcome_teaches_nothing_there);
    tcase_add_test(tcase, what_cannot_be_tested_is_said);
    tcase_add_test(tcase, no_outcome_across_a_change_of_area);
    suite_add_tcase(suite, tcase);
    return suite;
}
