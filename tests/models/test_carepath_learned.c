/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the model of paths through care tells, against children counted by hand, and against authorities whose
 * rates are known. */
#include "models/carepath_learned.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "tests/models/authority.h"

Suite *suite_carepath_learned(void);

static const double year_days = 365.25;

static void tell(const struct history *history, const struct yearly *yearly, struct carepath_fit *fit,
                 struct learned *out)
{
    struct err err = {0};
    struct scenario scenario = authority_scenario(&model_carepath);
    const struct model_input input = {
        .history = history, .yearly = yearly, .origin = history->end, .months = 1, .seed = 1};
    *out = (struct learned){0};
    ck_assert_msg(carepath_fit_make(&input, &scenario.params, fit, &err), "%s", err.message);
    ck_assert_msg(carepath_learned(fit, &input, out, &err), "%s", err.message);
    scenario_free(&scenario);
}

/* The only row with these texts. */
static const struct learned_rate *row(const struct learned *learned, enum learned_process process,
                                      const char *from, const char *to, const char *age, const char *duration)
{
    const struct learned_rate *found = NULL;
    for (size_t i = 0; i < learned->n_rates; i++) {
        const struct learned_rate *rate = &learned->rates[i];
        if (rate->process == process && strcmp(rate->from, from) == 0 && strcmp(rate->to, to) == 0 &&
            strcmp(rate->age, age) == 0 && strcmp(rate->duration, duration) == 0) {
            ck_assert_ptr_null(found);
            found = rate;
        }
    }
    ck_assert_msg(found != NULL, "%s %s %s %s", from, to, age, duration);
    return found;
}

static const struct learned_check *check_of(const struct learned *learned, enum learned_process process,
                                            enum learned_dimension dimension, const char *group)
{
    for (size_t i = 0; i < learned->n_checks; i++)
        if (learned->checks[i].process == process && learned->checks[i].dimension == dimension &&
            strcmp(learned->checks[i].group, group) == 0)
            return &learned->checks[i];
    ck_abort_msg("no check %s", group);
    return NULL;
}

/* The band of time in care that a day lies in, as rates.csv calls it; bands are the model's to choose. */
static const char *band(int32_t date, char out[32])
{
    const int at = lexis_band(lexis_tic_edges, LEXIS_TICS, date);
    if (at + 1 < LEXIS_TICS)
        snprintf(out, 32, "%d-%dd", (int)lexis_tic_edges[at], (int)lexis_tic_edges[at + 1] - 1);
    else
        snprintf(out, 32, "%dd+", (int)lexis_tic_edges[at]);
    return out;
}

/* How many of the days first .. last of care lie in the band of a day, one by one. */
static double days_in(int32_t first, int32_t last, int32_t date)
{
    double n = 0;
    for (int32_t d = first; d <= last; d++)
        n += lexis_band(lexis_tic_edges, LEXIS_TICS, d) == lexis_band(lexis_tic_edges, LEXIS_TICS, date);
    return n;
}

/* Three children in the two years to 31 March 2022:
 *   one of 10, in-house foster care on 1 June 2020, an agency from 1 September 2020 (92 nights), home on 1
 * March 2021 (181 nights); one of 5, in-house on 1 February 2021, still there: to the last day 423 nights;
 *   one of 16, unaccompanied, supported accommodation on 1 May 2021, still there: 334 nights. */
static void three_children(struct history *history)
{
    build_init(history, 2021, 2022);
    build_child(history, on(2010, 1, 1));
    build_spell(history, on(2020, 6, 1), on(2021, 3, 1), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_move(history, on(2020, 9, 1), PLACEMENT_FOSTER_IFA);
    build_child(history, on(2016, 1, 1));
    build_spell(history, on(2021, 2, 1), DAY_OPEN, ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_child(history, on(2005, 1, 15));
    history->children[2].uasc = true;
    build_spell(history, on(2021, 5, 1), DAY_OPEN, ROUTE_HOME, PLACEMENT_SUPPORTED);
}

START_TEST(three_children_by_hand)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct learned_rate sum;
    three_children(&history);
    tell(&history, NULL, &fit, &learned);
    ck_assert_int_eq(learned.from, on(2020, 4, 1));
    ck_assert_int_eq(learned.to, on(2022, 3, 31));

    /* 92 + 181 + 423 + 334 nights; one change of placement, one exit */
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_MOVE}, &sum));
    ck_assert_double_eq_tol(sum.child_years, 1030 / year_days, 1e-12);
    ck_assert_double_eq(sum.occurrences, 1);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT}, &sum));
    ck_assert_double_eq_tol(sum.child_years, 1030 / year_days, 1e-12);
    ck_assert_double_eq(sum.occurrences, 1);

    /* nights 0 to 91 of care in the first placement; its change, on day 92, belongs to the night before */
    char text[32];
    const struct learned_rate *at = row(&learned, LEARNED_MOVE, "foster_inhouse", "", "10-15", band(0, text));
    ck_assert_double_eq_tol(at->child_years, days_in(0, 91, 0) / year_days, 1e-12);
    ck_assert_double_eq(at->occurrences, days_in(0, 91, 0) > 91);
    at = row(&learned, LEARNED_MOVE, "foster_inhouse", "", "10-15", band(91, text));
    ck_assert_double_eq_tol(at->child_years, days_in(0, 91, 91) / year_days, 1e-12);
    ck_assert_double_eq(at->occurrences, 1);
    /* nights 92 to 272 with the agency; home on day 273 */
    at = row(&learned, LEARNED_EXIT, "foster_ifa", "home", "10-15", band(92, text));
    ck_assert_double_eq_tol(at->child_years, days_in(92, 272, 92) / year_days, 1e-12);
    ck_assert_double_eq(at->occurrences, 0);
    at = row(&learned, LEARNED_EXIT, "foster_ifa", "home", "10-15", band(272, text));
    ck_assert_double_eq_tol(at->child_years, days_in(92, 272, 272) / year_days, 1e-12);
    ck_assert_double_eq(at->occurrences, 1);
    /* the change went to the agency: 92 nights it could have happened on */
    at = row(&learned, LEARNED_MOVE, "foster_inhouse", "foster_ifa", "10-15", "");
    ck_assert_double_eq(at->occurrences, 1);
    ck_assert_double_eq_tol(at->child_years, 92 / year_days, 1e-12);
    at = row(&learned, LEARNED_MOVE, "foster_inhouse", "foster_kin", "10-15", "");
    ck_assert_double_eq(at->occurrences, 0);

    /* who came: one of each age in two years (730 days), first placements */
    ck_assert_double_eq(row(&learned, LEARNED_ENTRY, "", "foster_inhouse", "10-15", "")->occurrences, 1);
    ck_assert_double_eq(row(&learned, LEARNED_ENTRY, "", "foster_inhouse", "5-9", "")->occurrences, 1);
    at = row(&learned, LEARNED_ENTRY, "", "supported", "16-17 uasc", "");
    ck_assert_double_eq(at->occurrences, 1);
    ck_assert_double_eq_tol(at->child_years, 730 / year_days, 1e-12);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_ENTRY}, &sum));
    ck_assert_double_eq(sum.occurrences, 3);
    ck_assert(!learned_sum(&learned, &(struct learned_rate){.process = LEARNED_ENTRY_PER_10000}, &sum));

    /* away for the 395 days from 1 March 2021: 91, 92, 182 and 30 of them in the bands */
    static const struct {
        const char *band;
        double days;
    } away[] = {{"0-90d", 91}, {"91-182d", 92}, {"183-364d", 182}, {"365-729d", 30}};
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq_tol(row(&learned, LEARNED_RETURN, "", "", "", away[i].band)->child_years,
                                away[i].days / year_days, 1e-12);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_RETURN}, &sum));
    ck_assert_double_eq(sum.occurrences, 0);

    ck_assert_double_eq(learned_value(&learned, "children"), 3);
    ck_assert_double_eq(learned_value(&learned, "periods"), 3);
    ck_assert_double_eq(learned_value(&learned, "stays"), 4);
    ck_assert_double_eq(learned_value(&learned, "in_care"), 2);
    ck_assert_double_eq(learned_value(&learned, "exits"), 1);
    ck_assert_double_eq(learned_value(&learned, "moves"), 1);
    ck_assert_double_eq(learned_value(&learned, "entries"), 2);
    ck_assert_double_eq(learned_value(&learned, "uasc_entries"), 1);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* The limits of going home from the agency on day 273: the posterior rests on the one event and on a
 * prior with the relative variance of the cells, 1 / strength, of what so few cannot tell of it, sqrt(2 / .5)
 * = 2, and of three factors: kind, group and time in care rest on the same event and on 2, 2 and 5 of their
 * priors. */
START_TEST(limits_by_hand)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    three_children(&history);
    tell(&history, NULL, &fit, &learned);
    const double strength = learned_value(&learned, "strength_home");
    const double variance = 1 / strength + 2 + 2 / (1 + 2.) + 1 / (1 + 5.);
    const double shape = 1 + 1 / variance;
    char text[32];
    const struct learned_rate *at =
        row(&learned, LEARNED_EXIT, "foster_ifa", "home", "10-15", band(272, text));
    ck_assert_double_gt(at->rate, 0);
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(at->low, shape, at->rate / shape), .025, 1e-8);
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(at->high, shape, at->rate / shape), .975, 1e-8);
    /* a cell without an event rests on its prior alone, and the shorter the time the more is borrowed */
    const struct learned_rate *few =
        row(&learned, LEARNED_EXIT, "foster_inhouse", "home", "10-15", band(91, text));
    const double prior = 1 / (1 / strength + 2 + 1 / (1 + 2.) + 1 / 2. + 1 / 5.);
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(few->high, prior, few->rate / prior), .975, 1e-8);
    ck_assert_double_gt(few->borrowed, at->borrowed);
    ck_assert_double_gt(at->borrowed, 0);
    ck_assert_double_lt(few->borrowed, 1);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* Every change of those few went to an agency, so all shares are there; 20 changes are what the kind's mix is
 * worth. Who comes leans on 10 English children by age and on 20 of all ages by placement; who comes back on
 * half an English event. */
START_TEST(borrowing_by_hand)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct learned_rate moves;
    three_children(&history);
    tell(&history, NULL, &fit, &learned);
    const struct learned_rate which = {.process = LEARNED_MOVE, .from = "foster_inhouse", .age = "10-15"};
    ck_assert(learned_sum(&learned, &which, &moves));
    const struct learned_rate *at = row(&learned, LEARNED_MOVE, "foster_inhouse", "foster_ifa", "10-15", "");
    ck_assert_double_eq_tol(at->rate, moves.rate, 1e-9);
    ck_assert_double_eq_tol(at->borrowed, 1 - (1 - moves.borrowed) / 21, 1e-9);
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(at->high, 21, at->rate / 21), .975, 1e-8);

    /* two came, one of them to that placement */
    at = row(&learned, LEARNED_ENTRY, "", "foster_inhouse", "10-15", "");
    ck_assert_double_eq_tol(at->borrowed, 1 - 2 / (2 + 10.) * 1 / (1 + 20.), 1e-9);
    const double shape = fit.entries.first[AGE_10_15][PLACEMENT_FOSTER_INHOUSE] * 21;
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(at->high, shape, at->rate / shape), .975, 1e-8);

    /* half an event at .25 a year is worth two years, beside 91 days */
    at = row(&learned, LEARNED_RETURN, "", "", "", "0-90d");
    ck_assert_double_eq_tol(at->borrowed, 2 / (2 + 91 / year_days), 1e-9);
    ck_assert_double_eq_tol(gsl_cdf_gamma_P(at->high, .5, at->rate / .5), .975, 1e-8);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* Events that no rate explains: turning 18, and being lost between two returns. */
START_TEST(birthdays_and_lost_children_are_no_events)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct learned_rate sum;
    three_children(&history);
    build_child(&history, on(2003, 6, 10));
    build_spell(&history, on(2021, 6, 1), on(2021, 6, 10), ROUTE_AGED_OUT, PLACEMENT_SUPPORTED);
    build_child(&history, on(2012, 6, 10));
    build_spell(&history, on(2021, 2, 1), on(2021, 4, 1), ROUTE_OTHER, PLACEMENT_RES_EXTERNAL);
    history.spells[history.n_spells - 1].lost = true;
    tell(&history, NULL, &fit, &learned);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT}, &sum));
    ck_assert_double_eq(sum.occurrences, 1);
    /* 1 to 9 June: the day before the birthday has 8 trials; 1 February to 31 March: the lost child's last
     * day known is the 31st, 58 nights before it */
    ck_assert_double_eq_tol(sum.child_years, (1030 + 8 + 58) / year_days, 1e-12);
    for (size_t i = 0; i < learned.n_rates; i++)
        ck_assert_str_ne(learned.rates[i].to, "aged_out");
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

static double total(const struct learned *learned, enum learned_process process,
                    enum learned_dimension dimension, bool expected)
{
    double sum = 0;
    for (size_t i = 0; i < learned->n_checks; i++)
        if (learned->checks[i].process == process && learned->checks[i].dimension == dimension)
            sum += expected ? learned->checks[i].expected : learned->checks[i].observed;
    return sum;
}

START_TEST(observed_and_expected_agree_in_total)
{
    static const enum learned_dimension dimensions[] = {LEARNED_BY_AGE, LEARNED_BY_PLACEMENT,
                                                        LEARNED_BY_TIME_IN_CARE, LEARNED_BY_TIME_IN_PLACEMENT,
                                                        LEARNED_BY_YEAR};
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct learned_rate exits;
    struct learned_rate moves;
    authority_build(&history, 5, 150);
    tell(&history, NULL, &fit, &learned);
    int32_t ended = 0;
    int32_t changed = 0;
    for (size_t i = 0; i < history.n_spells; i++) {
        const struct spell *spell = &history.spells[i];
        ended += spell->end <= history.end && spell->end >= history.start && spell->route != ROUTE_AGED_OUT;
        for (int32_t s = spell->first_segment + 1; s < spell->first_segment + spell->n_segments; s++)
            changed += history.segments[s].start >= history.start && history.segments[s].start <= history.end;
    }
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT}, &exits));
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_MOVE}, &moves));
    ck_assert_double_eq(exits.occurrences, ended);
    ck_assert_double_eq(moves.occurrences, changed);
    ck_assert_double_eq_tol(exits.child_years, moves.child_years, 1e-9);
    /* raking leaves half an event a margin; the age of data scales events and days alike, to 1 % */
    ck_assert_double_eq_tol(exits.rate * exits.child_years, ended, 0.01 * ended);
    ck_assert_double_eq_tol(moves.rate * moves.child_years, changed, 0.01 * changed);
    for (size_t i = 0; i < sizeof dimensions / sizeof dimensions[0]; i++) {
        ck_assert_double_eq(total(&learned, LEARNED_EXIT, dimensions[i], false), ended);
        ck_assert_double_eq_tol(total(&learned, LEARNED_EXIT, dimensions[i], true),
                                exits.rate * exits.child_years, 1e-6);
        ck_assert_double_eq(total(&learned, LEARNED_MOVE, dimensions[i], false), changed);
    }
    ck_assert_double_eq(total(&learned, LEARNED_EXIT, LEARNED_BY_ROUTE, false), ended);
    ck_assert_double_eq(total(&learned, LEARNED_EXIT, LEARNED_BY_MONTH, false), ended);
    /* destinations are the same changes again */
    double to = 0;
    for (size_t i = 0; i < learned.n_rates; i++)
        if (learned.rates[i].process == LEARNED_MOVE && learned.rates[i].to[0] != '\0')
            to += learned.rates[i].occurrences;
    ck_assert_double_eq(to, changed);
    /* of entries, those taken to be returns are not expected */
    const double unseen = learned_value(&learned, "entries_unseen");
    ck_assert_double_eq_tol(total(&learned, LEARNED_ENTRY, LEARNED_BY_AGE, true),
                            total(&learned, LEARNED_ENTRY, LEARNED_BY_AGE, false) - unseen, 1e-6);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* A check's residual by its own definition, and its months by the path of the levels. */
START_TEST(residuals_and_levels)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    authority_build(&history, 6, 120);
    tell(&history, NULL, &fit, &learned);
    const struct learned_check *check =
        check_of(&learned, LEARNED_EXIT, LEARNED_BY_PLACEMENT, "foster_inhouse");
    ck_assert_double_eq_tol(check->residual,
                            (check->observed - check->expected) / sqrt(1.5 * check->expected), 1e-12);
    check = check_of(&learned, LEARNED_MOVE, LEARNED_BY_AGE, "10-15");
    ck_assert_double_eq_tol(check->residual, (check->observed - check->expected) / sqrt(check->expected),
                            1e-12);
    /* six years of returns, 2017 to 2022 */
    int32_t n = 0;
    struct learned_month last = {0};
    for (size_t i = 0; i < learned.n_months; i++)
        if (learned.months[i].process == LEARNED_ENTRY) {
            last = learned.months[i];
            n++;
            ck_assert_double_lt(last.low, last.level);
            ck_assert_double_gt(last.high, last.level);
        }
    ck_assert_int_eq(n, 72);
    /* the path ends where the fit stands: the level of entries is the sum of three of its states */
    const struct state_space *now = &fit.levels.now;
    ck_assert_double_eq_tol(
        log(last.level),
        now->mean[LEVEL_ENTRY_MEAN] + now->mean[LEVEL_ENTRY_DEVIATION] + now->mean[LEVEL_ENTRY_YEAR], 1e-12);
    double variance = 0;
    static const enum carepath_level states[] = {LEVEL_ENTRY_MEAN, LEVEL_ENTRY_DEVIATION, LEVEL_ENTRY_YEAR};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            variance += now->covariance[states[i]][states[j]];
    ck_assert_double_eq_tol(last.sd * last.sd, variance, 1e-12);
    ck_assert_double_eq_tol(last.high / last.level, exp(1.2815515655 * last.sd), 1e-9); /* normal, 90 % */
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* Each month's exits against what the levels before it led to expect: the mean of a lognormal level, and the
 * variance of the count around it and of the level itself. */
START_TEST(months_are_expected_a_month_ahead)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct carepath_months months;
    struct err err = {0};
    authority_build(&history, 8, 80);
    tell(&history, NULL, &fit, &learned);
    const struct model_input input = {.history = &history, .origin = history.end, .months = 1, .seed = 1};
    ck_assert(carepath_months_count(&fit, &input, &months, &err));
    struct carepath_level_month *path = vec_new((size_t)months.n, sizeof *path, &err);
    carepath_levels_path(&fit, &months, path);
    for (int32_t m = 0; m < months.n; m++) {
        char group[16];
        const struct civil civil = date_to_civil(date_month_end(history.start, m));
        snprintf(group, sizeof group, "%04d-%02d", (int)civil.year, (int)civil.month);
        const struct learned_check *check = check_of(&learned, LEARNED_EXIT, LEARNED_BY_MONTH, group);
        const double v = path[m].ahead_variance[CAREPATH_EXITS];
        const double mean = months.expected_exits[m] * exp(path[m].ahead[CAREPATH_EXITS] + v / 2);
        ck_assert_double_eq(check->observed, months.exits[m]);
        ck_assert_double_eq_tol(check->expected, mean, 1e-9);
        ck_assert_double_eq_tol(
            check->residual, (months.exits[m] - mean) / sqrt(1.5 * mean + mean * mean * (exp(v) - 1)), 1e-9);
    }
    /* before the first count nothing is learned: the level ahead is 0, and less is known than after it */
    ck_assert_double_eq(path[0].ahead[CAREPATH_EXITS], 0);
    ck_assert_double_gt(path[0].ahead_variance[CAREPATH_EXITS], path[0].variance[CAREPATH_EXITS]);
    free(path);
    carepath_months_free(&months);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

/* Known rates: exits .0011 and changes .0008 a day from in-house care, .0005 back; limits hold them. */
START_TEST(known_rates_lie_within_limits)
{
    static const struct {
        enum learned_process process;
        const char *from, *to;
        double a_day;
    } truths[] = {{LEARNED_EXIT, "foster_inhouse", "home", .0011},
                  {LEARNED_MOVE, "foster_inhouse", NULL, .0008},
                  {LEARNED_MOVE, "foster_ifa", NULL, .0005}};
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    authority_build_young(&history, 9, 3000);
    tell(&history, NULL, &fit, &learned);
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        struct learned_rate sum;
        const struct learned_rate which = {
            .process = truths[i].process, .from = truths[i].from, .to = truths[i].to};
        ck_assert(learned_sum(&learned, &which, &sum));
        ck_assert_double_lt(sum.low, truths[i].a_day * year_days);
        ck_assert_double_gt(sum.high, truths[i].a_day * year_days);
        ck_assert_double_lt(sum.high / sum.low, 1.5);
    }
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
}
END_TEST

START_TEST(entries_follow_a_published_population)
{
    struct history history;
    struct carepath_fit fit;
    struct learned learned;
    struct learned_rate plain;
    struct learned_rate rate;
    struct yearly yearly = {0};
    struct err err = {0};
    authority_build(&history, 7, 100);
    ck_assert(yearly_reserve(&yearly, 2016, 2023, &err));
    for (int32_t i = 0; i < yearly.n_years; i++)
        yearly.population[i] = 40000;
    tell(&history, &yearly, &fit, &learned);
    double uasc = 0;
    for (size_t i = 0; i < learned.n_rates; i++)
        if (learned.rates[i].process == LEARNED_ENTRY && strstr(learned.rates[i].age, "uasc") != NULL)
            uasc += learned.rates[i].rate;
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_ENTRY}, &plain));
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_ENTRY_PER_10000}, &rate));
    ck_assert_double_gt(uasc, 0);
    /* by hand: four ten thousands of children; unaccompanied ones apart */
    ck_assert_double_eq_tol(rate.rate, (plain.rate - uasc) / 4, 1e-9);
    ck_assert_double_eq_tol(rate.child_years, 4 * (history.end - history.start + 1) / year_days, 1e-9);
    carepath_fit_free(&fit);
    learned_free(&learned);
    build_free(&history);
    yearly_free(&yearly);
}
END_TEST

static double uniform(struct dice *dice)
{
    return ((double)(dice_next(dice) >> 11) + 0.5) * 0x1p-53;
}

/* By products of uniforms (Knuth), for small means. */
static double poisson(struct dice *dice, double mean)
{
    const double stop = exp(-mean);
    double product = uniform(dice);
    int n = 0;
    for (; product > stop; n++)
        product *= uniform(dice);
    return n;
}

/* Cells whose rates are a product of factors times gamma deviations of shape 4; how many of their true rates
 * lie within the limits, of 20 authorities, half with some 2,300 events, half with a tenth. 95 % should; 90
 * to 98 % is asked for, because what is not known of factors and of the spread is only roughly so. With
 * parents taken as known it would be 92 and 59 %. */
START_TEST(limits_hold_19_times_in_20)
{
    struct err err = {0};
    struct carepath_seen *seen = vec_new(1, sizeof *seen, &err);
    struct carepath_rates *rates = vec_new(1, sizeof *rates, &err);
    struct dice dice = {2024};
    int32_t n[2] = {0, 0};
    int32_t held[2] = {0, 0};
    for (int round = 0; round < 20; round++) {
        const int few = round % 2;
        double truth[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
        memset(seen, 0, sizeof *seen);
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                for (int t = 0; t < CAREPATH_TICS; t++) {
                    const double deviation = gsl_cdf_gamma_Pinv(uniform(&dice), 4, 1 / 4.); /* mean 1 */
                    const double days = (few ? .1 : 1) * 365 * (1 + 20 * uniform(&dice));
                    truth[k][g][t] = .001 * exp(.1 * k - .05 * g - .1 * t) * deviation;
                    seen->exposure[k][g][t][0] = days;
                    seen->events[ROUTE_HOME][k][g][t][0] = poisson(&dice, truth[k][g][t] * days);
                }
        carepath_rates_fit(seen, 1, rates);
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                for (int t = 0; t < CAREPATH_TICS; t++) {
                    double low;
                    double high;
                    learned_limits(carepath_rate(rates, ROUTE_HOME, k, g, t, 0),
                                   rates->shape[ROUTE_HOME][k][g][t], &low, &high);
                    held[few] += truth[k][g][t] > low && truth[k][g][t] < high;
                    n[few]++;
                }
    }
    for (int few = 0; few < 2; few++)
        ck_assert_msg(held[few] > 0.90 * n[few] && held[few] < 0.98 * n[few], "%d of %d", (int)held[few],
                      (int)n[few]);
    free(seen);
    free(rates);
}
END_TEST

START_TEST(rates_are_told_by_the_models_that_have_them)
{
    ck_assert(model_carepath.learned != NULL);
    ck_assert(model_last_value.learned == NULL);
}
END_TEST

Suite *suite_carepath_learned(void)
{
    Suite *suite = suite_create("carepath_learned");
    TCase *tests = tcase_create("carepath_learned");
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, three_children_by_hand);
    tcase_add_test(tests, limits_by_hand);
    tcase_add_test(tests, borrowing_by_hand);
    tcase_add_test(tests, birthdays_and_lost_children_are_no_events);
    tcase_add_test(tests, observed_and_expected_agree_in_total);
    tcase_add_test(tests, residuals_and_levels);
    tcase_add_test(tests, months_are_expected_a_month_ahead);
    tcase_add_test(tests, known_rates_lie_within_limits);
    tcase_add_test(tests, entries_follow_a_published_population);
    tcase_add_test(tests, limits_hold_19_times_in_20);
    tcase_add_test(tests, rates_are_told_by_the_models_that_have_them);
    suite_add_tcase(suite, tests);
    return suite;
}
