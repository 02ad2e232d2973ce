/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small panels by hand; what may not change when the future does; whole numbers that add up whatever is
 * known. */
#include "models/panel.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/panel_path.h"
#include "tests/models/authority.h"
#include "tests/statistics.h"

Suite *suite_panel(void);

static const struct group all = {GROUP_ALL, 0};
static const struct panel_settings plain = {
    .damping = 0.8, .prior_changes = 145, .prior_origins = 2, .spread = 1};

/* An authority with the same numbers every year. */
static struct yearly constant(int32_t la, const char *code, int32_t first, int32_t n, double stock)
{
    struct err err = {0};
    struct yearly yearly = {.la = la};
    str_copy(str_of(code), yearly.la_code, sizeof yearly.la_code);
    ck_assert(yearly_reserve(&yearly, first, first + n - 1, &err));
    for (int32_t i = 0; i < n; i++) {
        yearly.stock[i] = stock;
        yearly.starts[i] = yearly.leavers[i] = stock * panel_turnover;
    }
    return yearly;
}

/* n authorities with the same numbers every year. */
static struct panel constants(size_t n, int32_t first, int32_t n_years, double stock)
{
    struct err err = {0};
    struct panel panel = {.authorities = vec_new(n, sizeof *panel.authorities, &err), .n = n};
    for (size_t i = 0; i < n; i++)
        panel.authorities[i] = constant((int32_t)i + 1, "", first, n_years, stock);
    return panel;
}

/* ---- one authority ---- */

START_TEST(changes_are_logs_with_their_chance)
{
    double stock[] = {100, 110, NAN, 120, 0, 50, 60};
    double starts[] = {NAN, 40, 30, 30, 30, 30, NAN};
    double leavers[] = {NAN, 30, 30, 30, 30, 30, 20};
    double population[7] = {0};
    struct yearly yearly = {.first_year = 2010,
                            .n_years = 7,
                            .stock = stock,
                            .starts = starts,
                            .leavers = leavers,
                            .population = population};
    struct panel_change at[9];
    panel_changes(&yearly, 2009, 9, at);
    /* 2011: log 1.1, and 40 + 30 over 100 x 110 */
    ck_assert_double_eq_tol(at[2].log_change, 0.0953101798043249, 1e-14);
    ck_assert_double_eq_tol(at[2].chance, 70.0 / 11000, 1e-15);
    /* flows not known: .42 x (50 + 60) over 50 x 60 */
    ck_assert_double_eq_tol(at[7].log_change, log(1.2), 1e-14);
    ck_assert_double_eq_tol(at[7].chance, 0.42 * 110 / 3000, 1e-15);
    /* before the first, beside a gap, from and to 0, after the last */
    static const int unknown[] = {0, 1, 3, 4, 5, 6, 8};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        ck_assert_double_nan(at[unknown[i]].log_change);
    /* from 2019 to 2020 this is another Dorset */
    struct yearly dorset = constant(1, "E06000059", 2018, 5, 400);
    panel_changes(&dorset, 2018, 5, at);
    ck_assert_double_eq(at[1].log_change, 0);
    ck_assert_double_nan(at[2].log_change);
    ck_assert_double_eq(at[3].log_change, 0);
    yearly_free(&dorset);
}
END_TEST

START_TEST(years_ahead_by_hand)
{
    const struct panel_year rates = {.growth = 0.03, .growth_variance = 0.0001, .shock_variance = 0.0003};
    const struct filter own = {.phi = 0.5, .innovation_sd = 0.02, .u = 0.02, .vuu = 0.001};
    struct panel_ahead at[3];
    panel_look_ahead(&rates, 0.8, &own, NULL, 0, 0.002, 3, at);
    /* .5 x .02 + .8 x .03; then + .005 + .0192; then + .0025 + .01536 */
    ck_assert_double_eq_tol(at[0].log_change, 0.034, 1e-15);
    ck_assert_double_eq_tol(at[1].log_change, 0.0582, 1e-15);
    ck_assert_double_eq_tol(at[2].log_change, 0.07606, 1e-15);
    /* .25 x .001 + .0004; .75^2 x .001 + (1.5^2 + 1) x .0004; .875^2 x .001 + (1.75^2 + 1.5^2 + 1) x .0004 */
    ck_assert_double_eq_tol(at[0].own_variance, 0.00065, 1e-15);
    ck_assert_double_eq_tol(at[1].own_variance, 0.0018625, 1e-15);
    ck_assert_double_eq_tol(at[2].own_variance, 0.003290625, 1e-15);
    /* .64 x .0001 + .0003; 1.44^2 x .0001 + (1.8^2 + 1) x .0003; 1.952^2 x .0001 + (2.44^2 + 1.8^2 + 1) x
     * .0003 */
    ck_assert_double_eq_tol(at[0].national_variance, 0.000364, 1e-15);
    ck_assert_double_eq_tol(at[1].national_variance, 0.00147936, 1e-15);
    ck_assert_double_eq_tol(at[2].national_variance, 0.0034391104, 1e-15);
    ck_assert_double_eq_tol(at[2].chance, 0.006, 1e-15);
    /* one year whose national growth of .05 is known: the forecast of it begins a year later */
    const double growths[] = {0.05};
    panel_look_ahead(&rates, 0.8, &own, growths, 1, 0.002, 3, at);
    ck_assert_double_eq_tol(at[0].log_change, 0.06, 1e-15);
    ck_assert_double_eq(at[0].national_variance, 0);
    ck_assert_double_eq_tol(at[1].log_change, 0.05 + 0.015 + 0.024, 1e-15);
    ck_assert_double_eq_tol(at[1].national_variance, 0.000364, 1e-15);
}
END_TEST

/* ---- the pool ---- */

START_TEST(two_authorities_by_hand)
{
    struct err err = {0};
    struct panel panel = constants(2, 2010, 2, 100);
    struct panel_settings settings = plain;
    struct panel_pool pool = {0};
    settings.prior_changes = 10;
    panel.authorities[0].stock[1] = 110;
    panel.authorities[0].starts[1] = 40;
    panel.authorities[0].leavers[1] = 30;
    panel.authorities[1].stock[0] = 300;
    panel.authorities[1].stock[1] = 330;
    panel.authorities[1].starts[1] = 110;
    panel.authorities[1].leavers[1] = 90;
    ck_assert(panel_pool_make(&panel, 2011, 2011, &settings, &pool, &err));
    ck_assert_int_eq(pool.first_year, 2010);
    ck_assert_int_eq(pool.n_years, 2);
    /* 400 -> 440; noise (100^2 (.003 + .84/100) + 300^2 (.003 + .84/300)) / 400^2 = .003975; before it the
     * growth has variance .000314 / (1 - .64) = .000872222; so a share .179942693 of log 1.1 is believed */
    ck_assert_double_eq_tol(pool.years[1].growth, 0.017150370463357, 1e-14);
    ck_assert_double_eq_tol(pool.years[1].growth_variance, 0.000715272206303725, 1e-16);
    /* .000314 (15 + .0953101798^2 / .00484722222) / 16 */
    ck_assert_double_eq_tol(pool.years[1].shock_variance, 0.0003311536100829, 1e-16);
    /* own growth is the rest, .0781598093; weights 1 / (.003 + chance)^2, chance 70/11000 and 200/99000, 10
     * prior changes at 1 / .0051^2: (sum w (.0061089558 - chance) + prior x .003) / (sum w + prior) */
    ck_assert_double_eq_tol(pool.years[1].drift_variance, 0.003013957895185644, 1e-15);
    /* no two changes in a row: .3 x .003 over that */
    ck_assert_double_eq_tol(pool.years[1].persistence, 0.2986106745013319, 1e-13);
    for (int k = 0; k < PANEL_SCALED_YEARS; k++)
        ck_assert_double_eq(pool.scale[k], 1);
    panel_pool_free(&pool);
    panel_free(&panel);
}
END_TEST

/* Own growth that comes back in the next year is persistent, growth that turns is not. */
START_TEST(persistence_is_learned)
{
    struct err err = {0};
    for (int turning = 0; turning < 2; turning++) {
        struct panel panel = constants(60, 2010, 7, 1000);
        struct panel_settings settings = plain;
        struct panel_pool pool = {0};
        settings.prior_changes = 0;
        for (size_t a = 0; a < panel.n; a++)
            for (int i = 1; i < 7; i++) {
                const double sign = (a % 2 == 0) == (turning == 1 && i % 2 == 0) ? 1 : -1;
                panel.authorities[a].stock[i] = panel.authorities[a].stock[i - 1] * exp(sign * 0.1);
            }
        ck_assert(panel_pool_make(&panel, 2010, 2016, &settings, &pool, &err));
        /* own growth is about .1 in size, less where the sum of all follows those that grow, beside chance of
         * .84 / 1000: below .01 - .00084. The next year's is the same (held to .9), or the opposite (to 0) */
        const struct panel_year *last = &pool.years[6];
        ck_assert_double_gt(last->drift_variance, 0.0075);
        ck_assert_double_lt(last->drift_variance, 0.0092);
        ck_assert_double_eq(last->persistence, turning == 1 ? 0 : 0.9);
        /* by then, and not sooner: the first change alone says nothing of persistence */
        ck_assert_double_lt(pool.years[1].persistence, 0.2);
        panel_pool_free(&pool);
        panel_free(&panel);
    }
}
END_TEST

START_TEST(scale_is_a_quantile_of_misses)
{
    struct err err = {0};
    struct panel_pool pool = {0};
    struct panel panel = constants(30, 2010, 6, 400);
    ck_assert(panel_pool_make(&panel, 2010, 2015, &plain, &pool, &err));
    /* nothing ever changed: every miss is 0, the scale .5 at the least. 30 authorities an origin are worth
     * half an origin, and overlapping years share: 3 origins a year ahead 1.5, 2 two years ahead .5, 1 three
     * years ahead 1/6; the prior is worth 2: .5^(1.5/3.5), .5^(.5/2.5), .5^(1/13) */
    ck_assert_double_eq_tol(pool.scale[0], 0.7429971445684742, 1e-12);
    ck_assert_double_eq_tol(pool.scale[1], 0.8705505632961241, 1e-12);
    ck_assert_double_eq_tol(pool.scale[2], 0.9480775143391714, 1e-12);
    panel_pool_free(&pool);
    /* doubled in the last year: of 90 misses a year ahead 30 are huge, and so is the 73rd: 3 at the most */
    for (size_t a = 0; a < panel.n; a++)
        panel.authorities[a].stock[5] = 800;
    ck_assert(panel_pool_make(&panel, 2010, 2015, &plain, &pool, &err));
    ck_assert_double_eq_tol(pool.scale[0], 1.6013288855576973, 1e-12); /* 3^(1.5/3.5) */
    panel_pool_free(&pool);
    /* of 30 misses three years ahead 6 are huge: the ceil(31 x .8)-th smallest is the first of them */
    for (size_t a = 6; a < panel.n; a++)
        panel.authorities[a].stock[5] = 400;
    ck_assert(panel_pool_make(&panel, 2010, 2015, &plain, &pool, &err));
    ck_assert_double_eq_tol(pool.scale[2], 1.0881822434633168, 1e-12); /* 3^(1/13) */
    panel_pool_free(&pool);
    /* and a year before that nobody knew */
    ck_assert(panel_pool_make(&panel, 2010, 2014, &plain, &pool, &err));
    ck_assert_double_lt(pool.scale[0], 1);
    panel_pool_free(&pool);
    panel_free(&panel);
}
END_TEST

/* ---- forecasts ---- */

static void run(const struct yearly *yearly, const struct panel *panel, int32_t year, int32_t months,
                int32_t replicates, struct forecast *out)
{
    struct scenario scenario = authority_scenario(&model_panel);
    struct price_book book = {0};
    struct err err = {0};
    struct log log;
    log_init(&log, stderr, true);
    const struct model_input input = {
        .yearly = yearly, .panel = panel, .origin = date_year_end(year), .months = months, .seed = 3};
    const struct run_options options = {.replicates = replicates, .threads = 1};
    ck_assert_msg(forecast_run(&model_panel, &input, &scenario, 1, &book, &options, &log, out, &err), "%s",
                  err.message);
    scenario_free(&scenario);
}

static const struct summary *at(const struct forecast *forecast, enum measure measure, int32_t month)
{
    return result_find(&forecast->scenarios[0], measure, all, month);
}

static bool same_bytes(const struct forecast *a, const struct forecast *b)
{
    const struct result *x = &a->scenarios[0];
    const struct result *y = &b->scenarios[0];
    return x->n_series == y->n_series && x->months == y->months &&
           memcmp(x->at, y->at, x->n_series * (size_t)x->months * sizeof *x->at) == 0;
}

/* One stock is known and nothing else: what the priors say. */
START_TEST(priors_alone)
{
    enum { RUNS = 20000 };
    struct yearly yearly = constant(1, "E08000035", 2016, 1, 20000);
    struct forecast forecast;
    run(&yearly, NULL, 2016, 12, RUNS, &forecast);
    const struct summary *stock = at(&forecast, MEASURE_STOCK, 11);
    /* variance of the log: national .000314 / .36, own .003, chance .84 / 20,000. se of the sd of the log is
     * sd / sqrt(2 n), of the median 1.2533 sd / sqrt(n); 4.89 of them, one false alarm in a million. The p10
     * to p90 range of a lognormal is exp(+-1.28155 sd), known to 1.71 sd / sqrt(n) at either end */
    const double sd = sqrt(0.000314 / 0.36 + 0.003 + 0.84 / 20000);
    ck_assert_double_eq_tol(log(stock->quantiles[3] / 20000), 0, 4.89 * 1.2533 * sd / sqrt(RUNS));
    ck_assert_double_eq_tol(log(stock->quantiles[5] / 20000), 1.28155 * sd, 4.89 * 1.70942 * sd / sqrt(RUNS));
    ck_assert_double_eq_tol(log(stock->quantiles[1] / 20000), -1.28155 * sd,
                            4.89 * 1.70942 * sd / sqrt(RUNS));
    /* a twelfth of .42 of the stock enters in a month; leavers likewise */
    const struct summary *entries = at(&forecast, MEASURE_ENTRIES, 5);
    ck_assert_double_eq_tol(entries->mean, 20000 * 0.42 / 12, 30);
    forecast_free(&forecast);
    yearly_free(&yearly);
}
END_TEST

/* A panel with a past: growth, own paths, gaps, a small one; from the tests' own dice. */
static struct panel invented(size_t n, int32_t first, int32_t n_years)
{
    struct dice dice = {17};
    struct panel panel = constants(n, first, n_years, 0);
    for (size_t a = 0; a < n; a++) {
        struct yearly *yearly = &panel.authorities[a];
        double stock = a == 0 ? 9 : 60 + dice_below(&dice, 1500);
        snprintf(yearly->la_code, sizeof yearly->la_code, "E0800%04u", (unsigned)a % 10000U);
        for (int32_t i = 0; i < n_years; i++) {
            stock = round(stock * (0.93 + dice_below(&dice, 180) / 1000.0));
            yearly->stock[i] = stock;
            yearly->starts[i] = round(stock * (0.35 + dice_below(&dice, 150) / 1000.0));
            yearly->leavers[i] = round(stock * (0.35 + dice_below(&dice, 150) / 1000.0));
            if (dice_below(&dice, 15) == 0)
                yearly->starts[i] = NAN;
            if (dice_below(&dice, 25) == 0)
                yearly->stock[i] = NAN;
        }
    }
    return panel;
}

START_TEST(the_future_is_not_read)
{
    struct err err = {0};
    struct panel panel = invented(20, 2010, 13);
    struct panel other = invented(20, 2010, 13);
    struct panel cut = {0};
    const int32_t origin = 2016;
    ck_assert(panel_as_known(&panel, date_year_end(origin), &cut, &err));
    for (size_t a = 0; a < other.n; a++)
        for (int32_t i = origin + 1 - 2010; i < 13; i++) {
            other.authorities[a].stock[i] = (double)(a + 7) * i;
            other.authorities[a].starts[i] = NAN;
            other.authorities[a].leavers[i] *= 3;
        }
    for (size_t a = 0; a < panel.n; a++) {
        struct forecast whole, changed, known;
        run(&panel.authorities[a], &panel, origin, 36, 40, &whole);
        run(&other.authorities[a], &other, origin, 36, 40, &changed);
        run(&cut.authorities[a], &cut, origin, 36, 40, &known);
        ck_assert_int_eq(cut.authorities[a].la, panel.authorities[a].la);
        ck_assert(same_bytes(&whole, &changed));
        ck_assert(same_bytes(&whole, &known));
        forecast_free(&changed);
        forecast_free(&known);
        /* the past is read: another last stock is another forecast */
        double *last = &other.authorities[a].stock[origin - 2010];
        *last = isfinite(*last) ? *last + 40 : 40;
        run(&other.authorities[a], &other, origin, 36, 40, &changed);
        ck_assert(!same_bytes(&whole, &changed));
        *last = panel.authorities[a].stock[origin - 2010];
        forecast_free(&changed);
        forecast_free(&whole);
    }
    panel_free(&panel);
    panel_free(&other);
    panel_free(&cut);
}
END_TEST

/* Every replicate of an authority: nothing negative, stock = stock before + entries - exits. */
static void must_add_up(const struct model_input *input)
{
    struct err err = {0};
    void *fitted = NULL;
    struct scenario scenario = authority_scenario(&model_panel);
    struct tally tally = {.months = input->months};
    ck_assert_msg(model_panel.fit(input, &scenario.params, &fitted, &err), "%s", err.message);
    model_panel.series(fitted, &tally.series, &tally.n_series);
    ck_assert_uint_eq(tally.n_series, 3);
    tally.values = vec_new(3 * (size_t)input->months, sizeof *tally.values, &err);
    const int32_t *stock = tally.values;
    const int32_t *entries = stock + input->months;
    const int32_t *exits = entries + input->months;
    for (int32_t r = 0; r < 200; r++) {
        ck_assert(model_panel.simulate(fitted, NULL, r, &tally, &err));
        for (int32_t m = 0; m < input->months; m++) {
            ck_assert_int_ge(stock[m], 0);
            ck_assert_int_ge(entries[m], 0);
            ck_assert_int_ge(exits[m], 0);
            if (m > 0)
                ck_assert_int_eq(stock[m], stock[m - 1] + entries[m] - exits[m]);
        }
        const int32_t i = date_financial_year(input->origin) - input->yearly->first_year;
        if (isfinite(input->yearly->stock[i])) /* known at the origin: the first month starts there */
            ck_assert_int_eq(stock[0], (int32_t)input->yearly->stock[i] + entries[0] - exits[0]);
    }
    free(tally.values);
    model_panel.free_fitted(fitted);
    scenario_free(&scenario);
}

START_TEST(replicates_add_up_whatever_is_known)
{
    struct panel panel = invented(25, 2010, 9);
    static const double stocks[] = {0, 1, 7, 600};
    for (size_t a = 0; a < panel.n; a++) {
        struct model_input input = {.yearly = &panel.authorities[a],
                                    .panel = &panel,
                                    .origin = date_year_end(2018),
                                    .months = 50,
                                    .seed = 1};
        must_add_up(&input);
        input.panel = NULL; /* the only authority stored */
        must_add_up(&input);
    }
    for (size_t i = 0; i < sizeof stocks / sizeof stocks[0]; i++) {
        struct yearly yearly = constant(99, "E06000053", 2018, 1, stocks[i]);
        const struct model_input input = {
            .yearly = &yearly, .panel = &panel, .origin = date_year_end(2018), .months = 30, .seed = 1};
        must_add_up(&input);
        yearly_free(&yearly);
    }
    panel_free(&panel);
}
END_TEST

/* The newest two stocks are not published: the forecast starts from the last one, by what all others did. */
START_TEST(years_without_a_stock_are_bridged)
{
    struct panel panel = constants(50, 2010, 9, 1000);
    struct forecast known, bridged;
    for (size_t a = 0; a < panel.n; a++)
        for (int32_t i = 7; i < 9; i++)
            panel.authorities[a].stock[i] = i == 7 ? 1050 : 1103;
    run(&panel.authorities[0], &panel, 2018, 1, 4000, &known);
    panel.authorities[0].stock[7] = panel.authorities[0].stock[8] = NAN;
    run(&panel.authorities[0], &panel, 2018, 1, 4000, &bridged);
    const struct summary *a = at(&known, MEASURE_STOCK, 0);
    const struct summary *b = at(&bridged, MEASURE_STOCK, 0);
    ck_assert_double_gt(b->sd, 4 * a->sd);
    /* up with the others: growth of .049 a year, of which the filter believes most */
    ck_assert_double_gt(b->quantiles[3], 1050);
    ck_assert_double_lt(b->quantiles[3], 1110);
    forecast_free(&known);
    forecast_free(&bridged);
    panel_free(&panel);
}
END_TEST

/* Logs of the stock after 12 months of all replicates. */
static void logs_of(const struct yearly *yearly, const struct panel *panel, int n, double out[])
{
    struct err err = {0};
    void *fitted = NULL;
    int32_t values[3 * 12];
    struct scenario scenario = authority_scenario(&model_panel);
    struct tally tally = {.n_series = 3, .months = 12, .values = values};
    const struct model_input input = {
        .yearly = yearly, .panel = panel, .origin = date_year_end(2016), .months = 12, .seed = 2};
    ck_assert(model_panel.fit(&input, &scenario.params, &fitted, &err));
    for (int32_t r = 0; r < n; r++) {
        ck_assert(model_panel.simulate(fitted, NULL, r, &tally, &err));
        out[r] = log((double)values[11]);
    }
    model_panel.free_fitted(fitted);
    scenario_free(&scenario);
}

static double correlation(const double a[], const double b[], int n)
{
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (int i = 0; i < n; i++) {
        ma += a[i] / n;
        mb += b[i] / n;
    }
    for (int i = 0; i < n; i++) {
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
        ab += (a[i] - ma) * (b[i] - mb);
    }
    return ab / sqrt(aa * bb);
}

/* Two authorities share the national growth of a replicate and nothing else; an authority's luck goes by its
 * code, not by its place in the store. */
START_TEST(authorities_share_national_luck)
{
    enum { RUNS = 10000 };
    static double a[RUNS], b[RUNS], again[RUNS];
    struct yearly one = constant(1, "E08000035", 2016, 1, 20000);
    struct yearly two = constant(2, "E06000002", 2016, 1, 20000);
    struct yearly moved = constant(7, "E08000035", 2016, 1, 20000);
    logs_of(&one, NULL, RUNS, a);
    logs_of(&two, NULL, RUNS, b);
    logs_of(&moved, NULL, RUNS, again);
    /* priors: national .000872222 of .003914222 in all, correlation .22283; se (1 - r^2) / sqrt(n) */
    ck_assert_double_eq_tol(correlation(a, b, RUNS), 0.22283, 4.89 * (1 - 0.22283 * 0.22283) / sqrt(RUNS));
    ck_assert_mem_eq(a, again, sizeof a);
    /* without codes the store's key tells them apart */
    one.la_code[0] = moved.la_code[0] = '\0';
    logs_of(&one, NULL, RUNS, a);
    logs_of(&moved, NULL, RUNS, again);
    ck_assert_double_lt(correlation(a, again, RUNS), 0.3);
    yearly_free(&one);
    yearly_free(&two);
    yearly_free(&moved);
}
END_TEST

/* A large authority leaves chance small: the simulated spread is what looking ahead says, times the scale.
 * The newest `hidden` stocks of the authority are not known to itself. */
static void must_spread(int32_t hidden)
{
    enum { RUNS = 10000, MONTHS = 36 };
    struct panel panel = constants(30, 2010, 6, 20000);
    struct yearly yearly = panel.authorities[0];
    struct err err = {0};
    struct panel_pool pool = {0};
    struct panel_path path = {0};
    struct panel_ahead ahead[5];
    struct panel_change changes[6];
    static const double growths[5] = {0};
    const struct model_input input = {
        .yearly = &yearly, .panel = &panel, .origin = date_year_end(2015), .months = MONTHS, .seed = 5};
    yearly.n_years -= hidden;
    ck_assert(panel_pool_make(&panel, 2010, 2015, &plain, &pool, &err));
    ck_assert(panel_path_make(&input, 2015 - hidden, &pool, &plain, &path, &err));
    ck_assert_int_eq(path.gap, (intmax_t)12 * hidden);
    panel_changes(&yearly, 2010, 6, changes);
    const struct filter own = panel_own_growth(&pool, 5, changes, 5 - hidden);
    panel_look_ahead(&pool.years[5], 0.8, &own, growths, hidden, 0.84 / 20000, 3 + hidden, ahead);
    double sums[3] = {0};
    double squares[3] = {0};
    int32_t values[3 * MONTHS];
    struct tally tally = {.n_series = 3, .months = MONTHS, .values = values};
    for (int32_t r = 0; r < RUNS; r++) {
        panel_path_walk(&path, r, &tally);
        for (int k = 0; k < 3; k++) {
            const double change = log(values[12 * k + 11] / 20000.0);
            sums[k] += change;
            squares[k] += change * change;
        }
    }
    for (int k = 0; k < 3; k++) {
        const struct panel_ahead *at_end = &ahead[k + hidden];
        const double scale = pool.scale[k + hidden < 2 ? k + hidden : 2];
        const double wanted = scale * sqrt(at_end->own_variance + at_end->national_variance + at_end->chance);
        const double mean = sums[k] / RUNS;
        const double sd = sqrt(squares[k] / RUNS - mean * mean);
        ck_assert_double_lt(scale, 1); /* there is something to test: .74, .87, .95 */
        /* 4.89 standard errors: one false alarm in a million */
        ck_assert_double_eq_tol(sd, wanted, 4.89 * wanted / sqrt(2.0 * RUNS));
        ck_assert_double_eq_tol(mean, 0, 4.89 * wanted / sqrt(RUNS));
    }
    panel_path_free(&path);
    panel_pool_free(&pool);
    panel_free(&panel);
}

START_TEST(spread_is_the_one_asked_for)
{
    must_spread(0);
    must_spread(2);
}
END_TEST

/* Whether it rises or falls by more than turnover could make it, the stock keeps its course, and flows make
 * up the difference. */
START_TEST(steep_courses_are_kept)
{
    enum { RUNS = 400, MONTHS = 12, CHILDREN = 10000 };
    for (int sign = -1; sign <= 1; sign += 2) {
        double centre[] = {0, sign * 1.2};
        double scale[] = {0, 0};
        const struct panel_path path = {.seed = 1,
                                        .months = MONTHS,
                                        .stock = CHILDREN,
                                        .n_years = 1,
                                        .centre = centre,
                                        .scale = scale,
                                        .turnover = filter_make(0.85, 1e-6, log(0.42), 1e-12)};
        int32_t values[3 * MONTHS];
        struct tally tally = {.n_series = 3, .months = MONTHS, .values = values};
        double sum = 0;
        for (int32_t r = 0; r < RUNS; r++) {
            panel_path_walk(&path, r, &tally);
            sum += values[MONTHS - 1];
            if (sign < 0)
                ck_assert_int_eq(values[2 * MONTHS - 1], 0); /* nobody comes where only leaving helps */
        }
        /* chance of a year: sd of one replicate below sqrt(2 x .42 x exp(1.2) x children) = 167 */
        ck_assert_double_eq_tol(sum / RUNS, CHILDREN * exp(sign * 1.2), 4.89 * 3 * 167 / sqrt(RUNS));
    }
}
END_TEST

START_TEST(a_small_authority_is_less_sure)
{
    struct panel panel = invented(40, 2010, 9);
    struct yearly small = constant(90, "E06000017", 2010, 9, 40);
    struct yearly large = constant(91, "E08000025", 2010, 9, 2000);
    struct forecast a, b;
    run(&small, &panel, 2018, 12, 2000, &a);
    run(&large, &panel, 2018, 12, 2000, &b);
    const struct summary *x = at(&a, MEASURE_STOCK, 11);
    const struct summary *y = at(&b, MEASURE_STOCK, 11);
    ck_assert_double_gt((x->quantiles[5] - x->quantiles[1]) / 40,
                        2 * (y->quantiles[5] - y->quantiles[1]) / 2000);
    forecast_free(&a);
    forecast_free(&b);
    yearly_free(&small);
    yearly_free(&large);
    panel_free(&panel);
}
END_TEST

START_TEST(no_stock_by_the_origin_is_an_error)
{
    struct yearly yearly = constant(1, "E08000035", 2015, 3, 500);
    struct scenario scenario = authority_scenario(&model_panel);
    struct model_input input = {.yearly = &yearly, .origin = date_year_end(2014), .months = 6, .seed = 1};
    struct err err = {0};
    void *fitted = NULL;
    ck_assert(!model_panel.fit(&input, &scenario.params, &fitted, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    err = (struct err){0};
    yearly.stock[0] = NAN;
    input.origin = date_year_end(2015);
    ck_assert(!model_panel.fit(&input, &scenario.params, &fitted, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    scenario_free(&scenario);
    yearly_free(&yearly);
}
END_TEST

Suite *suite_panel(void)
{
    Suite *suite = suite_create("panel");
    TCase *tests = tcase_create("panel");
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, changes_are_logs_with_their_chance);
    tcase_add_test(tests, years_ahead_by_hand);
    tcase_add_test(tests, two_authorities_by_hand);
    tcase_add_test(tests, persistence_is_learned);
    tcase_add_test(tests, scale_is_a_quantile_of_misses);
    tcase_add_test(tests, priors_alone);
    tcase_add_test(tests, the_future_is_not_read);
    tcase_add_test(tests, replicates_add_up_whatever_is_known);
    tcase_add_test(tests, years_without_a_stock_are_bridged);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tests, authorities_share_national_luck);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tests, spread_is_the_one_asked_for);
    tcase_add_test(tests, steep_courses_are_kept);
    tcase_add_test(tests, a_small_authority_is_less_sure);
    tcase_add_test(tests, no_stock_by_the_origin_is_an_error);
    suite_add_tcase(suite, tests);
    return suite;
}
