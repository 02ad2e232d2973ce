/* SPDX-License-Identifier: GPL-3.0-or-later
 * Simulation-based calibration of what carepath learns, on data of its own form (Talts, Betancourt, Simpson,
 * Vehtari and Gelman 2018, arXiv:1804.06788): a truth is drawn, data from it, and the truth must stand at
 * every rank among draws of what was learned equally often. 20 ranks, chi-squared on 19 degrees of freedom
 * below 43.82: a right program fails a test once in 1,000 sets of seeds for each quantity.
 *
 * What is drawn and learned: the rates of leaving and moving, given the child-days of an authority
 * (carepath_rates_fit and carepath_luck), totals of at least 40 expected events; the levels of entries and
 * exits at the origin, given expected counts (carepath_levels_fit). */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/carepath_run.h"
#include "models/models.h"
#include "numeric/dist.h"
#include "tests/world/world.h"

Suite *suite_sbc(void);

enum { RANKS = 20, DRAWS = RANKS - 1, MONTHS = 12, LEAST_EVENTS = 40 };
static const double limit = 43.82; /* R 4.2.2: qchisq(.999, 19) = 43.8202 */

struct ranking {
    char name[40];
    int seen[RANKS];
};

static double chi_squared(const struct ranking *ranking)
{
    double n = 0;
    double sum = 0;
    for (int i = 0; i < RANKS; i++)
        n += ranking->seen[i];
    for (int i = 0; i < RANKS; i++)
        sum += pow(ranking->seen[i] - n / RANKS, 2) / (n / RANKS);
    return sum;
}

static double print_ranking(const struct ranking *ranking)
{
    const double statistic = chi_squared(ranking);
    printf("%-26s chi-squared %6.1f  ranks", ranking->name, statistic);
    for (int i = 0; i < RANKS; i++)
        printf(" %d", ranking->seen[i]);
    printf("\n");
    fflush(stdout);
    return statistic;
}

static double gamma_draw(struct stream *stream, double shape)
{
    return dist_gamma_quantile(stream_uniform(stream), shape, shape);
}

/* ---- rates ------------------------------------------------------------------------------------------- */

/* Totals of expected events over the child-days of an authority. */
enum {
    OF_EXITS,
    OF_MOVES,
    OF_KINDS,
    OF_GROUPS = OF_KINDS + LEXIS_KINDS,
    OF_TICS = OF_GROUPS + CAREPATH_GROUPS,
    OF_ROUTES = OF_TICS + CAREPATH_TICS,
    TOTALS = OF_ROUTES + ROUTE_COUNT
};

struct setting {
    struct history history;
    struct carepath_fit fit;
    struct scenario scenario;
    struct carepath_rates typical; /* what truths vary around */
};

static void name_totals(struct ranking rankings[TOTALS])
{
    strcpy(rankings[OF_EXITS].name, "all exits");
    strcpy(rankings[OF_MOVES].name, "all changes of placement");
    for (int i = OF_KINDS; i < TOTALS; i++) {
        const char *part = i < OF_GROUPS   ? "exits, kind"
                           : i < OF_TICS   ? "exits, group"
                           : i < OF_ROUTES ? "exits, time in care"
                                           : "exits, route";
        const int first = i < OF_GROUPS   ? OF_KINDS
                          : i < OF_TICS   ? OF_GROUPS
                          : i < OF_ROUTES ? OF_TICS
                                          : OF_ROUTES;
        snprintf(rankings[i].name, sizeof rankings[i].name, "%s %d", part, i - first);
    }
}

static void add_cell(double totals[TOTALS], int k, int g, int t, const double routes[ROUTE_COUNT],
                     double moves)
{
    for (int r = 0; r < ROUTE_COUNT; r++) {
        totals[OF_EXITS] += routes[r];
        totals[OF_KINDS + k] += routes[r];
        totals[OF_GROUPS + g] += routes[r];
        totals[OF_TICS + t] += routes[r];
        totals[OF_ROUTES + r] += routes[r];
    }
    totals[OF_MOVES] += moves;
}

/* A truth around typical rates: an authority's, each route's, kind's, group's and band's factor, and each
 * cell's; and events drawn from it. */
static void draw_truth(const struct setting *setting, uint32_t simulation, struct carepath_seen *seen,
                       double totals[TOTALS])
{
    enum { SHAPE = 30, SHAPE_OF_CELL = 15 };
    struct stream truth = stream_make(7, PURPOSE_TEST, simulation, 0, 0);
    struct stream events = stream_make(7, PURPOSE_TEST, simulation, 0, 1);
    double process[CAREPATH_PROCESSES];
    double kind[2][LEXIS_KINDS];
    double group[2][CAREPATH_GROUPS];
    double tic[2][CAREPATH_TICS];
    const double authority = gamma_draw(&truth, SHAPE);
    for (int i = 0; i < CAREPATH_PROCESSES; i++)
        process[i] = authority * gamma_draw(&truth, SHAPE);
    for (int m = 0; m < 2; m++) {
        for (int k = 0; k < LEXIS_KINDS; k++)
            kind[m][k] = gamma_draw(&truth, SHAPE);
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            group[m][g] = gamma_draw(&truth, SHAPE);
        for (int t = 0; t < CAREPATH_TICS; t++)
            tic[m][t] = gamma_draw(&truth, SHAPE);
    }
    memset(totals, 0, TOTALS * sizeof *totals);
    memset(seen->events, 0, sizeof seen->events);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++) {
                double factor[CAREPATH_PROCESSES];
                for (int i = 0; i < CAREPATH_PROCESSES; i++) {
                    const int m = i == CAREPATH_MOVING;
                    factor[i] =
                        process[i] * kind[m][k] * group[m][g] * tic[m][t] * gamma_draw(&truth, SHAPE_OF_CELL);
                }
                for (int p = 0; p < LEXIS_TIPS; p++) {
                    double expected[CAREPATH_PROCESSES];
                    for (int i = 0; i < CAREPATH_PROCESSES; i++) {
                        expected[i] = i == ROUTE_AGED_OUT
                                          ? 0
                                          : seen->exposure[k][g][t][p] * factor[i] *
                                                carepath_rate(&setting->typical, i, k, g, t, p);
                        seen->events[i][k][g][t][p] =
                            dist_poisson_quantile(expected[i], stream_uniform(&events));
                    }
                    add_cell(totals, k, g, t, expected, expected[CAREPATH_MOVING]);
                }
            }
}

/* The same totals from a replicate's hazards, turned back into daily probabilities. */
static void total_draw(const struct carepath_room *room, double totals[TOTALS])
{
    const struct carepath_plan *plan = room->plan;
    const struct carepath_fit *fit = plan->fit;
    static const double least = 1e-300;
    memset(totals, 0, TOTALS * sizeof *totals);
    bool is_done[LEXIS_KINDS] = {false};
    for (int s = 0; s < plan->n_stages; s++) {
        const int k = plan->stages[s].kind;
        if (is_done[k])
            continue; /* young unaccompanied children have the rates of others */
        is_done[k] = true;
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t <= plan->n_tics; t++)
                for (int p = 0; p < plan->n_tips; p++) {
                    const double *hazard = room->hazards + 2 * carepath_cell(plan, s, g, t, p);
                    const double both = fmax(hazard[0] + hazard[1], least);
                    const double daily =
                        fit->seen->exposure[k][g][plan->tic_base[t]][plan->tip_base[p]] * -expm1(-both);
                    double routes[ROUTE_COUNT];
                    double all = 0;
                    for (int r = 0; r < ROUTE_COUNT; r++)
                        all += routes[r] =
                            fit->rates.exit[k][g][plan->tic_base[t]][r] * room->route_factor[r];
                    for (int r = 0; r < ROUTE_COUNT; r++)
                        routes[r] *= daily * hazard[0] / both / all;
                    add_cell(totals, k, g, plan->tic_base[t], routes, daily * hazard[1] / both);
                }
    }
}

static void make_setting(struct setting *setting)
{
    struct err err = {0};
    struct world_truth truth;
    struct history full;
    memset(setting, 0, sizeof *setting);
    world_make(&(struct world_options){.regime = WORLD_STEADY_LARGE, .seed = 3, .size = 700}, &full, &truth);
    ck_assert(history_as_known(&full, truth.origin, &setting->history, &err));
    history_free(&full);
    setting->scenario.name = "baseline";
    ck_assert(params_init(&setting->scenario.params, model_carepath.params, model_carepath.n_params, &err));
    const struct model_input input = {
        .history = &setting->history, .origin = truth.origin, .months = MONTHS, .seed = 11};
    ck_assert_msg(carepath_fit_make(&input, &setting->scenario.params, &setting->fit, &err), "%s",
                  err.message);
    setting->typical = setting->fit.rates;
}

static void free_setting(struct setting *setting)
{
    carepath_fit_free(&setting->fit);
    params_free(&setting->scenario.params);
    history_free(&setting->history);
}

START_TEST(rates)
{
    enum { SIMULATIONS = 1000 };
    static struct setting setting;
    static struct ranking rankings[TOTALS];
    double events[TOTALS] = {0};
    make_setting(&setting);
    name_totals(rankings);
    for (uint32_t i = 0; i < SIMULATIONS; i++) {
        struct err err = {0};
        struct carepath_plan plan;
        struct carepath_room *room = NULL;
        double truth[TOTALS];
        double drawn[TOTALS];
        int rank[TOTALS] = {0};
        draw_truth(&setting, i, setting.fit.seen, truth);
        carepath_rates_fit(setting.fit.seen, params_get(&setting.scenario.params, "prior_events"),
                           &setting.fit.rates);
        ck_assert(carepath_plan_make(&setting.fit, &setting.scenario, false, &plan, &err));
        ck_assert(carepath_room_make(&plan, &room, &err));
        ck_assert_int_eq(plan.exits.n + plan.moves.n, 2);
        ck_assert_int_eq(plan.n_classes, 1);
        for (uint32_t r = 0; r < DRAWS; r++) {
            room->replicate = i * DRAWS + r;
            carepath_luck(room);
            total_draw(room, drawn);
            for (int q = 0; q < TOTALS; q++)
                rank[q] += drawn[q] < truth[q];
        }
        for (int q = 0; q < TOTALS; q++) {
            rankings[q].seen[rank[q]]++;
            events[q] += truth[q] / SIMULATIONS;
        }
        carepath_room_free(room);
        carepath_plan_free(&plan);
    }
    for (int q = 0; q < TOTALS; q++)
        if (events[q] >= LEAST_EVENTS) {
            /* Known a little worse than they could be: what hardly happens outside one group and two bands of
             * time in care shares its uncertainty with both. */
            const bool is_wide = q == OF_ROUTES + ROUTE_HOME || q == OF_ROUTES + ROUTE_ADOPTION ||
                                 q == OF_GROUPS + PLACEMENT_ADOPTION;
            const double statistic = print_ranking(&rankings[q]);
            ck_assert_double_lt(statistic, is_wide ? 2 * limit : limit);
        }
    free_setting(&setting);
}
END_TEST

/* ---- levels ------------------------------------------------------------------------------------------ */

/* A count of mean m and variance c m: Poisson with a gamma mean. */
static double count_draw(struct stream *stream, double mean, double dispersion)
{
    const double u = stream_uniform(stream);
    const double v = stream_uniform(stream);
    const double rate = 1 / (dispersion - 1);
    return dist_poisson_quantile(dist_gamma_quantile(u, mean * rate, rate), v);
}

static void add_noise(double root[STATE_SPACE_MOST][STATE_SPACE_MOST], struct stream *stream,
                      double x[STATE_SPACE_MOST])
{
    double z[LEVEL_COUNT];
    for (int i = 0; i < LEVEL_COUNT; i++)
        z[i] = stream_normal(stream);
    for (int i = 0; i < LEVEL_COUNT; i++)
        for (int j = 0; j <= i; j++)
            x[i] += root[i][j] * z[j];
}

/* Levels that go the model's way for six years from its prior, and the counts that they give. */
static void draw_months(const struct carepath_levels *prior, day from, struct stream *stream,
                        struct carepath_months *months, double x[STATE_SPACE_MOST])
{
    double root[STATE_SPACE_MOST][STATE_SPACE_MOST];
    state_space_root(prior->now.covariance, LEVEL_COUNT, root);
    memcpy(x, prior->now.mean, sizeof prior->now.mean);
    add_noise(root, stream, x);
    for (int32_t m = 0; m < months->n; m++) {
        const bool april = date_to_civil(date_month_start(from + 1, m)).month == 4;
        const struct carepath_step *step = april ? &prior->new_year : &prior->month;
        double next[STATE_SPACE_MOST] = {0};
        for (int i = 0; m > 0 && i < LEVEL_COUNT; i++)
            for (int j = 0; j < LEVEL_COUNT; j++)
                next[i] += step->transition[i][j] * x[j];
        if (m > 0) {
            memcpy(x, next, sizeof next);
            state_space_root(step->noise, LEVEL_COUNT, root);
            add_noise(root, stream, x);
        }
        const double entries = x[LEVEL_ENTRY_MEAN] + x[LEVEL_ENTRY_DEVIATION] + x[LEVEL_ENTRY_YEAR];
        const double exits = x[LEVEL_EXIT_MEAN] + x[LEVEL_EXIT_DEVIATION] + x[LEVEL_EXIT_YEAR];
        months->entries[m] =
            count_draw(stream, months->expected_entries[m] * exp(entries), prior->entry_dispersion);
        months->exits[m] = count_draw(stream, months->expected_exits[m] * exp(exits), prior->exit_dispersion);
        months->uasc[m] =
            count_draw(stream, months->expected_uasc[m] * exp(x[LEVEL_UASC]), prior->uasc_dispersion);
    }
}

static int rank_of(const struct state_space *now, const double loading[LEVEL_COUNT], const double truth[])
{
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        mean += loading[i] * (truth[i] - now->mean[i]);
        for (int j = 0; j < LEVEL_COUNT; j++)
            variance += loading[i] * loading[j] * now->covariance[i][j];
    }
    return (int)fmin(RANKS - 1, RANKS * dist_normal_cdf(mean / sqrt(variance)));
}

START_TEST(levels)
{
    enum { SIMULATIONS = 2000, YEARS = 6, LENGTH = 12 * YEARS };
    static const double of_entries[LEVEL_COUNT] = {
        [LEVEL_ENTRY_MEAN] = 1, [LEVEL_ENTRY_DEVIATION] = 1, [LEVEL_ENTRY_YEAR] = 1};
    static const double of_exits[LEVEL_COUNT] = {
        [LEVEL_EXIT_MEAN] = 1, [LEVEL_EXIT_DEVIATION] = 1, [LEVEL_EXIT_YEAR] = 1};
    static const double of_slope[LEVEL_COUNT] = {[LEVEL_ENTRY_SLOPE] = 1};
    static const double of_uasc[LEVEL_COUNT] = {[LEVEL_UASC] = 1};
    struct ranking rankings[] = {{.name = "level of entries"},
                                 {.name = "level of exits"},
                                 {.name = "trend of entries"},
                                 {.name = "unaccompanied"}};
    static double block[6][LENGTH];
    struct err err = {0};
    struct params params;
    struct carepath_fit fit = {
        .from = date_from_civil(2016, 3, 31), .n_present = 500, .entries = {.uasc_a_day = 1}};
    struct carepath_months months = {.n = 0,
                                     .entries = block[0],
                                     .uasc = block[1],
                                     .exits = block[2],
                                     .expected_entries = block[3],
                                     .expected_uasc = block[4],
                                     .expected_exits = block[5]};
    ck_assert(params_init(&params, model_carepath.params, model_carepath.n_params, &err));
    ck_assert(params_set(&params, str_of("drift_years"), 1000, PARAM_SET, "",
                         &err)); /* the spread of drift is England's */
    carepath_levels_fit(&fit, &months, &params);
    const struct carepath_levels prior = fit.levels;
    for (uint32_t i = 0; i < SIMULATIONS; i++) {
        struct stream stream = stream_make(9, PURPOSE_TEST, i, 0, 0);
        double truth[STATE_SPACE_MOST];
        months.n = LENGTH;
        for (int m = 0; m < LENGTH; m++) {
            months.expected_entries[m] = 15;
            months.expected_exits[m] = 14;
            months.expected_uasc[m] = 2;
        }
        draw_months(&prior, fit.from, &stream, &months, truth);
        /* the fit takes the mean of the unaccompanied for that of its median year: undo it */
        for (int m = 0; m < LENGTH; m++)
            months.expected_uasc[m] *= exp(prior.now.covariance[LEVEL_UASC][LEVEL_UASC] / 2);
        memset(&fit.levels, 0, sizeof fit.levels);
        carepath_levels_fit(&fit, &months, &params);
        rankings[0].seen[rank_of(&fit.levels.now, of_entries, truth)]++;
        rankings[1].seen[rank_of(&fit.levels.now, of_exits, truth)]++;
        rankings[2].seen[rank_of(&fit.levels.now, of_slope, truth)]++;
        rankings[3].seen[rank_of(&fit.levels.now, of_uasc, truth)]++;
    }
    for (size_t i = 0; i < sizeof rankings / sizeof *rankings; i++)
        ck_assert_double_lt(print_ranking(&rankings[i]), limit);
    params_free(&params);
}
END_TEST

Suite *suite_sbc(void)
{
    Suite *suite = suite_create("sbc");
    TCase *tests = tcase_create("own form");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, rates);
    tcase_add_test(tests, levels);
    suite_add_tcase(suite, tests);
    return suite;
}
