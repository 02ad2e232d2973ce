/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every model of models.def must keep, whatever its method. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "tests/models/authority.h"

Suite *suite_contract(void);

enum { MONTHS = 30, RUNS = 60 };

static int n_models(void)
{
    int n = 0;
    while (models_all[n] != NULL)
        n++;
    return n;
}

static void run(const struct model *model, const struct model_input *input, const struct scenario *scenario,
                int32_t threads, struct forecast *out)
{
    struct err err = {0};
    struct price_book book = {0};
    struct log log;
    log_init(&log, stderr, true);
    ck_assert(price_book_defaults(&book, &err));
    const struct run_options options = {.replicates = RUNS, .threads = threads};
    ck_assert_msg(forecast_run(model, input, scenario, 1, &book, &options, &log, out, &err), "%s",
                  err.message);
    price_book_free(&book);
}

static void same(const struct result *a, const struct result *b)
{
    ck_assert_uint_eq(a->n_series, b->n_series);
    ck_assert_mem_eq(a->at, b->at, a->n_series * (size_t)a->months * sizeof *a->at);
}

/* One replicate's integers of a model. */
static int32_t *tally_of(const struct model *model, const struct model_input *input,
                         const struct scenario *scenario, int32_t replicate, struct tally *tally)
{
    struct err err = {0};
    void *fitted = NULL;
    void *prepared = NULL;
    ck_assert_msg(model->fit(input, &scenario->params, &fitted, &err), "%s", err.message);
    *tally = (struct tally){.months = input->months};
    model->series(fitted, &tally->series, &tally->n_series);
    /* series may belong to the fit: keep a copy */
    struct result_series *series = vec_new(tally->n_series, sizeof *series, &err);
    memcpy(series, tally->series, tally->n_series * sizeof *series);
    tally->series = series;
    tally->values = vec_new(tally->n_series * (size_t)input->months, sizeof *tally->values, &err);
    ck_assert(model->prepare(fitted, scenario, &prepared, &err));
    if (model->make_room != NULL)
        ck_assert(model->make_room(prepared, &tally->room, &err));
    ck_assert_msg(model->simulate(fitted, prepared, replicate, tally, &err), "%s", err.message);
    if (tally->room != NULL)
        model->free_room(tally->room);
    model->free_prepared(prepared);
    model->free_fitted(fitted);
    return tally->values;
}

static int32_t value(const struct tally *tally, enum measure measure, enum group_kind kind, int32_t member,
                     int32_t month, bool *found)
{
    for (size_t i = 0; i < tally->n_series; i++) {
        const struct result_series *s = &tally->series[i];
        if (s->measure == measure && s->group.kind == kind && s->group.member == member) {
            *found = true;
            return tally->values[i * (size_t)tally->months + (size_t)month];
        }
    }
    *found = false;
    return 0;
}

START_TEST(threads_and_repeats_change_nothing)
{
    const struct model *model = models_all[_i];
    struct subject subject;
    subject_build(&subject, model, 3, 60, MONTHS);
    struct scenario scenario = authority_scenario(model);
    struct forecast one, two, seven;
    run(model, &subject.input, &scenario, 1, &one);
    run(model, &subject.input, &scenario, 2, &two);
    run(model, &subject.input, &scenario, 7, &seven);
    same(&one.scenarios[0], &two.scenarios[0]);
    same(&one.scenarios[0], &seven.scenarios[0]);
    /* another seed is another sample */
    struct model_input other = subject.input;
    other.seed = 6;
    struct forecast again;
    run(model, &other, &scenario, 2, &again);
    const struct result *a = &one.scenarios[0];
    ck_assert(memcmp(a->at, again.scenarios[0].at, a->n_series * (size_t)a->months * sizeof *a->at) != 0);
    forecast_free(&one);
    forecast_free(&two);
    forecast_free(&seven);
    forecast_free(&again);
    scenario_free(&scenario);
    subject_free(&subject);
}
END_TEST

START_TEST(parts_add_up_and_nothing_is_negative)
{
    const struct model *model = models_all[_i];
    struct subject subject;
    subject_build(&subject, model, 4, 80, MONTHS);
    struct scenario scenario = authority_scenario(model);
    static const enum measure measures[] = {MEASURE_STOCK, MEASURE_ENTRIES, MEASURE_EXITS,
                                            MEASURE_MOVES, MEASURE_NIGHTS,  MEASURE_READMISSIONS};
    static const struct {
        enum group_kind kind;
        int32_t n;
    } kinds[] = {{GROUP_PLACEMENT, PLACEMENT_COUNT}, {GROUP_AGE, AGE_COUNT}, {GROUP_ROUTE, ROUTE_COUNT}};
    for (int32_t replicate = 0; replicate < 20; replicate++) {
        struct tally tally;
        int32_t *values = tally_of(model, &subject.input, &scenario, replicate, &tally);
        for (size_t i = 0; i < tally.n_series * MONTHS; i++)
            ck_assert_int_ge(values[i], 0);
        for (int32_t month = 0; month < MONTHS; month++) {
            for (size_t m = 0; m < sizeof measures / sizeof measures[0]; m++) {
                bool found = false;
                const int32_t all = value(&tally, measures[m], GROUP_ALL, 0, month, &found);
                for (size_t k = 0; found && k < 3; k++) {
                    int32_t sum = 0;
                    bool part = false;
                    for (int32_t member = 0; member < kinds[k].n; member++)
                        sum += value(&tally, measures[m], kinds[k].kind, member, month, &part);
                    if (part)
                        ck_assert_int_eq(sum, all);
                }
            }
            bool found = false;
            const int32_t stock = value(&tally, MEASURE_STOCK, GROUP_ALL, 0, month, &found);
            const int32_t before =
                month > 0 ? value(&tally, MEASURE_STOCK, GROUP_ALL, 0, month - 1, &found) : 0;
            const int32_t entries = value(&tally, MEASURE_ENTRIES, GROUP_ALL, 0, month, &found);
            const int32_t exits = value(&tally, MEASURE_EXITS, GROUP_ALL, 0, month, &found);
            if (found && month > 0)
                ck_assert_int_eq(stock, before + entries - exits);
        }
        free(values);
        free((void *)(uintptr_t)tally.series);
    }
    scenario_free(&scenario);
    subject_free(&subject);
}
END_TEST

START_TEST(a_lever_that_changes_nothing_changes_no_bit)
{
    const struct model *model = models_all[_i];
    struct subject subject;
    subject_build(&subject, model, 5, 60, MONTHS);
    struct scenario plain = authority_scenario(model);
    struct scenario nothing = authority_scenario(model);
    static const enum lever_kind kinds[] = {LEVER_ENTRIES,   LEVER_EXITS, LEVER_MOVES,   LEVER_READMISSIONS,
                                            LEVER_REFERRALS, LEVER_PRICE, LEVER_OUTCOME, LEVER_MIX};
    struct lever levers[8];
    size_t n = 0;
    for (size_t i = 0; i < 8; i++)
        if ((model->lever_kinds | 1U << LEVER_PRICE | 1U << LEVER_OUTCOME) >> kinds[i] & 1U)
            levers[n++] = authority_lever(lever_kind_name(kinds[i]), kinds[i], 0);
    for (size_t i = 0; i < n; i++) {
        if (levers[i].kind == LEVER_MIX) {
            levers[i].where.from = 1U << PLACEMENT_RES_EXTERNAL;
            levers[i].where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
        }
    }
    nothing.levers = levers;
    nothing.n_levers = n;
    for (int stance = STANCE_BASELINE; stance < STANCE_COUNT; stance++) {
        struct forecast a, b;
        nothing.stance = plain.stance = (enum stance)stance;
        run(model, &subject.input, &plain, 2, &a);
        run(model, &subject.input, &nothing, 2, &b);
        same(&a.scenarios[0], &b.scenarios[0]);
        forecast_free(&a);
        forecast_free(&b);
    }
    nothing.levers = NULL;
    nothing.n_levers = 0;
    scenario_free(&nothing);
    scenario_free(&plain);
    subject_free(&subject);
}
END_TEST

/* None at all where the model says that it gives a line only. */
START_TEST(uncertain_futures_have_width)
{
    const struct model *model = models_all[_i];
    struct subject subject;
    subject_build(&subject, model, 6, 60, MONTHS);
    struct scenario scenario = authority_scenario(model);
    struct forecast forecast;
    run(model, &subject.input, &scenario, 2, &forecast);
    const struct group all = {GROUP_ALL, 0};
    for (int32_t m = 0; m < MONTHS; m++) {
        const struct summary *stock = result_find(&forecast.scenarios[0], MEASURE_STOCK, all, m);
        ck_assert_double_ge(stock->quantiles[0], 0);
        if (model->is_point) {
            ck_assert_double_eq(stock->sd, 0);
            ck_assert_double_eq(stock->quantiles[6], stock->quantiles[0]);
        } else {
            ck_assert_double_gt(stock->quantiles[5], stock->quantiles[1]);
        }
        /* totals alone have no placements, and so no nights and no cost */
        const struct summary *cost = result_find(&forecast.scenarios[0], MEASURE_COST, all, m);
        ck_assert_int_eq(cost != NULL, subject.input.history != NULL);
        /* prices have luck of their own */
        if (cost != NULL)
            ck_assert_double_gt(cost->quantiles[5], cost->quantiles[1]);
    }
    forecast_free(&forecast);
    scenario_free(&scenario);
    subject_free(&subject);
}
END_TEST

START_TEST(an_empty_history_is_an_error_with_words)
{
    const struct model *model = models_all[_i];
    struct history history;
    build_init(&history, 2020, 2022);
    struct scenario scenario = authority_scenario(model);
    const struct model_input input = {.history = &history, .origin = history.end, .months = 12, .seed = 5};
    struct err err = {0};
    void *fitted = NULL;
    ck_assert(!model->fit(&input, &scenario.params, &fitted, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_uint_gt(strlen(err.message), 20);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

START_TEST(descriptors_are_complete)
{
    const struct model *model = models_all[_i];
    ck_assert_uint_gt(strlen(model->name), 0);
    ck_assert_uint_gt(strlen(model->title), 0);
    ck_assert_uint_gt(strlen(model->about), 20);
    ck_assert_uint_gt(strlen(model->sources), 10);
    for (size_t i = 0; i < model->n_params; i++) {
        const struct param_spec *spec = &model->params[i];
        ck_assert(spec->low <= spec->fallback && spec->fallback <= spec->high);
        ck_assert_uint_gt(strlen(spec->words), 10);
    }
}
END_TEST

Suite *suite_contract(void)
{
    Suite *suite = suite_create("contract");
    TCase *tcase = tcase_create("every model");
    tcase_set_timeout(tcase, 60);
    const int n = n_models();
    tcase_add_loop_test(tcase, threads_and_repeats_change_nothing, 0, n);
    tcase_add_loop_test(tcase, parts_add_up_and_nothing_is_negative, 0, n);
    tcase_add_loop_test(tcase, a_lever_that_changes_nothing_changes_no_bit, 0, n);
    tcase_add_loop_test(tcase, uncertain_futures_have_width, 0, n);
    tcase_add_loop_test(tcase, an_empty_history_is_an_error_with_words, 0, n);
    tcase_add_loop_test(tcase, descriptors_are_complete, 0, n);
    suite_add_tcase(suite, tcase);
    return suite;
}
