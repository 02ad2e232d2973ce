/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rates held while the children change: what is learned is that of the earlier day, who is there that of the
 * origin. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "models/carepath.h"
#include "models/models.h"
#include "tests/models/authority.h"

Suite *suite_carepath_hold(void);

enum { MONTHS = 24, HELD_MONTHS = 12 };
static const double tiny = 1e-9;

struct fits {
    struct history history, known;
    struct scenario scenario;
    struct model_input now, then;
    struct carepath_fit held, earlier, later;
};

static void open_fits(struct fits *f)
{
    struct err err = {0};
    memset(f, 0, sizeof *f);
    authority_build(&f->history, 7, 220);
    f->scenario = authority_scenario(&model_carepath);
    f->now =
        (struct model_input){.history = &f->history, .origin = f->history.end, .months = MONTHS, .seed = 5};
    f->then = f->now;
    f->then.origin = date_month_end(f->now.origin, -HELD_MONTHS);
    ck_assert(history_as_known(&f->history, f->then.origin, &f->known, &err));
    f->then.history = &f->known;
    struct model_input held = f->now;
    held.unlearned_days = f->now.origin - f->then.origin;
    ck_assert_msg(carepath_fit_make(&held, &f->scenario.params, &f->held, &err), "%s", err.message);
    ck_assert(carepath_fit_make(&f->then, &f->scenario.params, &f->earlier, &err));
    ck_assert(carepath_fit_make(&f->now, &f->scenario.params, &f->later, &err));
}

static void close_fits(struct fits *f)
{
    carepath_fit_free(&f->held);
    carepath_fit_free(&f->earlier);
    carepath_fit_free(&f->later);
    scenario_free(&f->scenario);
    history_free(&f->known);
    build_free(&f->history);
}

START_TEST(learned_then_present_now)
{
    struct fits f;
    open_fits(&f);
    ck_assert_mem_eq(&f.held.rates, &f.earlier.rates, sizeof f.held.rates);
    ck_assert_mem_eq(f.held.entries.season, f.earlier.entries.season, sizeof f.held.entries.season);
    ck_assert_mem_eq(f.held.returns.hazard, f.earlier.returns.hazard, sizeof f.held.returns.hazard);
    /* without a population there are as many children as before */
    ck_assert_double_eq_tol(f.held.entries.a_day, f.earlier.entries.a_day, tiny);
    ck_assert(fabs(f.held.entries.a_day - f.later.entries.a_day) > tiny);
    ck_assert_uint_eq(f.held.n_present, f.later.n_present);
    ck_assert_mem_eq(f.held.present, f.later.present, f.later.n_present * sizeof *f.later.present);
    ck_assert_uint_eq(f.held.returns.n_leavers, f.later.returns.n_leavers);
    ck_assert_uint_ne(f.held.returns.n_leavers, f.earlier.returns.n_leavers);
    ck_assert_int_eq(f.held.origin, f.now.origin);
    close_fits(&f);
}
END_TEST

/* A level that comes back goes phi^12 of the way in twelve months, by hand; and less is known of it. */
START_TEST(levels_wander_on)
{
    struct fits f;
    open_fits(&f);
    const struct state_space *now = &f.held.levels.now;
    const struct state_space *then = &f.earlier.levels.now;
    const double phi = f.earlier.levels.month.transition[LEVEL_EXIT_DEVIATION][LEVEL_EXIT_DEVIATION];
    ck_assert_double_eq_tol(now->mean[LEVEL_EXIT_DEVIATION],
                            pow(phi, HELD_MONTHS) * then->mean[LEVEL_EXIT_DEVIATION], tiny);
    ck_assert_double_eq_tol(now->mean[LEVEL_EXIT_MEAN], then->mean[LEVEL_EXIT_MEAN], tiny);
    ck_assert_double_gt(now->covariance[LEVEL_EXIT_MEAN][LEVEL_EXIT_MEAN],
                        then->covariance[LEVEL_EXIT_MEAN][LEVEL_EXIT_MEAN]);
    /* a new financial year: what was of the old one is forgotten */
    ck_assert_double_eq_tol(now->mean[LEVEL_EXIT_YEAR], 0, tiny);
    close_fits(&f);
}
END_TEST

/* A model that cannot part the two says so. */
START_TEST(others_refuse)
{
    struct err err = {0};
    struct subject subject;
    struct log log;
    struct run run;
    const struct run_options options = {.replicates = 2, .threads = 1};
    log_init(&log, stderr, true);
    subject_build(&subject, &model_stockflow, 3, 100, MONTHS);
    subject.input.unlearned_days = 31;
    struct scenario scenario = authority_scenario(&model_stockflow);
    ck_assert(!run_open(&run, &model_stockflow, &subject.input, &scenario.params, &options, &log, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "stockflow"));
    scenario_free(&scenario);
    subject_free(&subject);
}
END_TEST

Suite *suite_carepath_hold(void)
{
    Suite *suite = suite_create("carepath_hold");
    TCase *tests = tcase_create("carepath_hold");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, learned_then_present_now);
    tcase_add_test(tests, levels_wander_on);
    tcase_add_test(tests, others_refuse);
    suite_add_tcase(suite, tests);
    return suite;
}
