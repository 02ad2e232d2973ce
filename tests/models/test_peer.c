/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the two published tools have in common: states, rows, counts of a reference period, whole children.
 * Expected numbers are counted by hand; ages are days over 365.24. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/codes.h"
#include "models/models.h"
#include "models/peer_path.h"
#include "tests/models/authority.h"

Suite *suite_peer(void);

static int state(enum age_band bin, enum peer_place place)
{
    return peer_state(bin, place);
}

START_TEST(codes_go_where_each_tool_puts_them)
{
    static const struct {
        enum place code;
        enum peer_place d2i, regional;
    } cases[] = {
        {PLACE_U1, PEER_FOSTERING, PEER_FOSTERING},
        {PLACE_U6, PEER_FOSTERING, PEER_FOSTERING},
        {PLACE_K2, PEER_RESIDENTIAL, PEER_RESIDENTIAL},
        {PLACE_R1, PEER_RESIDENTIAL, PEER_RESIDENTIAL},
        {PLACE_P3, PEER_OTHER, PEER_RESIDENTIAL},
        {PLACE_S1, PEER_OTHER, PEER_RESIDENTIAL},
        {PLACE_H5, PEER_SUPPORTED, PEER_SUPPORTED},
        {PLACE_P2, PEER_SUPPORTED, PEER_SUPPORTED},
        {PLACE_K3, PEER_OTHER, PEER_SUPPORTED},
        {PLACE_K1, PEER_OTHER, PEER_OTHER},
        {PLACE_A4, PEER_OTHER, PEER_OTHER},
        {PLACE_P1, PEER_OTHER, PEER_OTHER},
        {PLACE_T1, PEER_OTHER, PEER_OTHER},
        {PLACE_UNKNOWN, PEER_OTHER, PEER_OTHER},
        {PLACE_Q2, PEER_FOSTERING, PEER_FOSTERING},
        {PLACE_H4, PEER_RESIDENTIAL, PEER_RESIDENTIAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(peer_place_of(PEER_D2I, (uint16_t)cases[i].code), cases[i].d2i);
        ck_assert_int_eq(peer_place_of(PEER_REGIONAL, (uint16_t)cases[i].code), cases[i].regional);
    }
    ck_assert_int_eq(peer_place_fallback(PEER_OTHER), PLACEMENT_OTHER);
}
END_TEST

START_TEST(ages_and_dates_are_the_tools)
{
    const day born = on(2010, 6, 1);
    /* 1826 days to the fifth birthday, 4.99945 years: the bin turns a day later */
    ck_assert_int_eq(peer_bin(peer_age(born, on(2015, 6, 1))), AGE_1_4);
    ck_assert_int_eq(peer_bin(peer_age(born, on(2015, 6, 2))), AGE_5_9);
    /* 5844 days to the sixteenth: 16.0005 */
    ck_assert_int_eq(peer_bin(peer_age(born, on(2026, 6, 1))), AGE_16_17);
    ck_assert_int_eq(peer_bin(peer_age(born, on(2010, 5, 1))), AGE_0);
    ck_assert_int_eq(peer_bin(peer_age(born, on(2030, 6, 1))), AGE_16_17);
    ck_assert_double_eq_tol(peer_age(born, born + 36524), 100, 1e-12);
    ck_assert_int_eq(peer_birthday(on(2012, 2, 29), 1), on(2013, 2, 28));
    ck_assert_int_eq(peer_birthday(on(2012, 2, 29), 16), on(2028, 2, 29));
    ck_assert_int_eq(peer_months_before(on(2022, 3, 31), 6), on(2021, 9, 30));
    ck_assert_int_eq(peer_months_before(on(2022, 8, 31), 6), on(2022, 2, 28));
    ck_assert_int_eq(peer_months_before(on(2022, 3, 15), 14), on(2021, 1, 15));
    for (int s = 0; s < PEER_STATES; s++)
        ck_assert_int_eq(state(peer_state_bin(s), peer_state_place(s)), s);
}
END_TEST

static void ck_row(const struct peer_episode *row, day start, day end, int from, int next, bool is_entry)
{
    ck_assert_int_eq(row->start, start);
    ck_assert_int_eq(row->end, end);
    ck_assert_int_eq(row->state, from);
    if (end != DAY_OPEN)
        ck_assert_int_eq(row->next, next);
    ck_assert_int_eq(row->is_entry, is_entry);
}

/* A child of 2010-06-01: fostered from January 2015, another legal status in September, a children's home
 * from March 2016 to May 2017; back in care in a foster home on 1 February 2018. */
static void build_child_of_2010(struct history *history)
{
    build_init(history, 2015, 2018);
    build_child(history, on(2010, 6, 1));
    build_spell(history, on(2015, 1, 10), on(2017, 5, 5), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_last(history)->place_code = PLACE_U6;
    build_status(history, on(2015, 9, 1), LEGAL_CARE_ORDER);
    build_move(history, on(2016, 3, 1), PLACEMENT_RES_EXTERNAL);
    build_last(history)->place_code = PLACE_K2;
    build_spell(history, on(2018, 2, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_last(history)->place_code = PLACE_U4;
}

START_TEST(d2i_keeps_rows_and_the_bin_of_their_start)
{
    struct history history;
    struct peer_episodes episodes;
    struct err err = {0};
    build_child_of_2010(&history);
    ck_assert(peer_episodes_make(&history, history.end, PEER_D2I, history.end, &episodes, &err));
    ck_assert_uint_eq(episodes.n, 4);
    const int young = state(AGE_1_4, PEER_FOSTERING);
    const int fostered = state(AGE_5_9, PEER_FOSTERING);
    const int home = state(AGE_5_9, PEER_RESIDENTIAL);
    /* the status change is a row of its own; the child turns five in June but stays in the bin of January,
     * at both ends of the row */
    ck_row(&episodes.items[0], on(2015, 1, 10), on(2015, 9, 1), young, young, true);
    ck_row(&episodes.items[1], on(2015, 9, 1), on(2016, 3, 1), fostered, home, false);
    ck_row(&episodes.items[2], on(2016, 3, 1), on(2017, 5, 5), home, PEER_OUT, false);
    ck_row(&episodes.items[3], on(2018, 2, 1), DAY_OPEN, fostered, PEER_OUT, true);
    ck_assert_int_eq(episodes.items[3].group, PLACEMENT_FOSTER_IFA);
    peer_episodes_free(&episodes);
    build_free(&history);
}
END_TEST

START_TEST(regional_merges_and_cuts_at_birthdays)
{
    struct history history;
    struct peer_episodes episodes;
    struct err err = {0};
    build_child_of_2010(&history);
    ck_assert(peer_episodes_make(&history, history.end, PEER_REGIONAL, history.end, &episodes, &err));
    ck_assert_uint_eq(episodes.n, 4);
    const int young = state(AGE_1_4, PEER_FOSTERING);
    const int fostered = state(AGE_5_9, PEER_FOSTERING);
    const int home = state(AGE_5_9, PEER_RESIDENTIAL);
    ck_row(&episodes.items[0], on(2015, 1, 10), on(2015, 6, 1), young, fostered, true);
    ck_row(&episodes.items[1], on(2015, 6, 1), on(2016, 3, 1), fostered, home, false);
    ck_row(&episodes.items[2], on(2016, 3, 1), on(2017, 5, 5), home, PEER_OUT, false);
    ck_row(&episodes.items[3], on(2018, 2, 1), DAY_OPEN, fostered, PEER_OUT, true);
    peer_episodes_free(&episodes);
    build_free(&history);
}
END_TEST

START_TEST(regional_cuts_what_starts_or_ends_on_a_birthday)
{
    struct history history;
    struct peer_episodes episodes;
    struct err err = {0};
    build_init(&history, 2015, 2018);
    /* starts on the fifth birthday, at 4.99945: a piece of no length comes first. Turns ten after the
     * history, in June 2020, which the horizon decides. */
    build_child(&history, on(2010, 6, 1));
    build_spell(&history, on(2015, 6, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_INHOUSE);
    /* leaves on the first birthday: 366 days, 1.0021: cut and gone on one day */
    build_child(&history, on(2015, 12, 1));
    build_spell(&history, on(2016, 1, 1), on(2016, 12, 1), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    /* leaves on the first birthday: 365 days, .99934: not cut */
    build_child(&history, on(2016, 12, 1));
    build_spell(&history, on(2017, 1, 1), on(2017, 12, 1), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    ck_assert(peer_episodes_make(&history, history.end, PEER_REGIONAL, on(2020, 6, 2), &episodes, &err));
    ck_assert_uint_eq(episodes.n, 6);
    const int first = state(AGE_0, PEER_FOSTERING);
    const int second = state(AGE_1_4, PEER_FOSTERING);
    const int third = state(AGE_5_9, PEER_FOSTERING);
    ck_row(&episodes.items[0], on(2015, 6, 1), on(2015, 6, 1), second, third, true);
    ck_row(&episodes.items[1], on(2015, 6, 1), on(2020, 6, 1), third, state(AGE_10_15, PEER_FOSTERING),
           false);
    ck_row(&episodes.items[2], on(2020, 6, 1), DAY_OPEN, state(AGE_10_15, PEER_FOSTERING), PEER_OUT, false);
    ck_row(&episodes.items[3], on(2016, 1, 1), on(2016, 12, 1), first, second, true);
    ck_row(&episodes.items[4], on(2016, 12, 1), on(2016, 12, 1), second, PEER_OUT, false);
    ck_row(&episodes.items[5], on(2017, 1, 1), on(2017, 12, 1), first, PEER_OUT, true);
    peer_episodes_free(&episodes);
    build_free(&history);
}
END_TEST

static void same_forecast(const struct model *model, const struct history *a, const struct history *b,
                          day origin)
{
    struct err err = {0};
    struct scenario scenario = authority_scenario(model);
    const struct history *histories[] = {a, b};
    int32_t *values[2];
    size_t n = 0;
    for (int i = 0; i < 2; i++) {
        void *fitted = NULL;
        struct tally tally = {.months = 18};
        const struct model_input input = {.history = histories[i], .origin = origin, .months = 18, .seed = 2};
        ck_assert_msg(model->fit(&input, &scenario.params, &fitted, &err), "%s", err.message);
        model->series(fitted, &tally.series, &tally.n_series);
        n = tally.n_series * (size_t)tally.months;
        values[i] = tally.values = vec_new(n, sizeof *tally.values, &err);
        ck_assert(model->simulate(fitted, NULL, 3, &tally, &err));
        model->free_fitted(fitted);
    }
    ck_assert_mem_eq(values[0], values[1], n * sizeof *values[0]);
    free(values[0]);
    free(values[1]);
    scenario_free(&scenario);
}

START_TEST(nothing_after_the_origin_is_seen)
{
    struct history history, known;
    struct err err = {0};
    authority_build(&history, 8, 90);
    /* in mid-month and mid-year, and on a 31 March */
    const day origins[] = {on(2020, 9, 12), on(2021, 3, 31)};
    for (int i = 0; i < 2; i++) {
        ck_assert(history_as_known(&history, origins[i], &known, &err));
        same_forecast(&model_d2i, &history, &known, origins[i]);
        same_forecast(&model_regional, &history, &known, origins[i]);
        history_free(&known);
    }
    build_free(&history);
}
END_TEST

START_TEST(the_last_date_is_the_last_row)
{
    struct history history;
    build_child_of_2010(&history);
    ck_assert_int_eq(peer_last_date(&history, history.end), on(2018, 2, 1));
    ck_assert_int_eq(peer_last_date(&history, on(2018, 1, 31)), on(2017, 5, 5));
    ck_assert_int_eq(peer_last_date(&history, on(2017, 5, 4)), on(2016, 3, 1));
    ck_assert_int_eq(peer_last_date(&history, on(2014, 12, 31)), DAY_NONE);
    build_free(&history);
}
END_TEST

START_TEST(stock_by_day_is_a_count_of_rows)
{
    struct history history;
    struct err err = {0};
    build_random(&history, 11, 120, 2018, 2021, 0);
    for (int tool = PEER_D2I; tool <= PEER_REGIONAL; tool++) {
        struct peer_episodes episodes;
        struct peer_reference reference;
        const day first = on(2019, 2, 1);
        const day last = on(2020, 3, 31);
        ck_assert(
            peer_episodes_make(&history, history.end, (enum peer_tool)tool, history.end, &episodes, &err));
        ck_assert_msg(peer_reference_make(&episodes, first, last, &reference, &err), "%s", err.message);
        for (day date = first - 1; date <= last; date++) {
            double stock[PEER_STATES];
            int32_t children = 0;
            for (size_t i = 0; i < history.n_spells; i++)
                children += history.spells[i].start <= date && history.spells[i].end > date;
            ck_assert_int_eq(peer_episodes_stock(&episodes, date, stock), children);
            for (int s = 0; s < PEER_STATES; s++)
                ck_assert_int_eq(peer_reference_stock(&reference, s, date), (int32_t)stock[s]);
        }
        peer_reference_free(&reference);
        peer_episodes_free(&episodes);
    }
    build_free(&history);
}
END_TEST

START_TEST(a_period_counts_entries_and_prices_by_days)
{
    const int fostered = state(AGE_5_9, PEER_FOSTERING);
    const int older = state(AGE_10_15, PEER_FOSTERING);
    struct peer_episode rows[] = {
        {.start = 50,
         .end = 103,
         .state = (uint8_t)fostered,
         .next = PEER_OUT,
         .group = PLACEMENT_FOSTER_KIN,
         .is_entry = true},
        {.start = 101,
         .end = DAY_OPEN,
         .state = (uint8_t)older,
         .group = PLACEMENT_FOSTER_IFA,
         .is_entry = true},
        {.start = 100,
         .end = 101,
         .state = (uint8_t)older,
         .next = (uint8_t)older,
         .group = PLACEMENT_FOSTER_IFA},
        {.start = 109,
         .end = DAY_OPEN,
         .state = (uint8_t)older,
         .group = PLACEMENT_FOSTER_KIN,
         .is_entry = true},
        {.start = 110,
         .end = DAY_OPEN,
         .state = (uint8_t)older,
         .group = PLACEMENT_FOSTER_KIN,
         .is_entry = true},
    };
    const struct peer_episodes episodes = {.items = rows, .n = sizeof rows / sizeof rows[0]};
    struct peer_reference reference;
    struct err err = {0};
    ck_assert(peer_reference_make(&episodes, 100, 109, &reference, &err));
    ck_assert_int_eq(reference.days, 10);
    /* the first entry is before the period, the last after it */
    ck_assert_int_eq(reference.entries[fostered], 0);
    ck_assert_int_eq(reference.entries[older], 2);
    /* kin: days 100-102 and 109; agency: 101-109 and 100 */
    ck_assert_double_eq_tol(reference.split[PEER_FOSTERING][PLACEMENT_FOSTER_KIN], 4.0 / 14, 1e-15);
    ck_assert_double_eq_tol(reference.split[PEER_FOSTERING][PLACEMENT_FOSTER_IFA], 10.0 / 14, 1e-15);
    ck_assert_double_eq_tol(reference.split[PEER_SUPPORTED][PLACEMENT_SUPPORTED], 1, 1e-15);
    peer_reference_free(&reference);
    /* no length; nobody there; nobody came */
    ck_assert(!peer_reference_make(&episodes, 100, 100, &reference, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "no length"));
    ck_assert(!peer_reference_make(&episodes, 10, 20, &reference, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "was in care"));
    ck_assert(!peer_reference_make(&episodes, 102, 108, &reference, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "came into care"));
}
END_TEST

/* ---- whole children ------------------------------------------------------------------------------------ */

enum { MONTHS = 5 };

static int32_t at(const struct tally *tally, enum measure measure, enum group_kind kind, int32_t member,
                  int32_t month)
{
    for (size_t i = 0; i < tally->n_series; i++) {
        const struct result_series *s = &tally->series[i];
        if (s->measure == measure && s->group.kind == kind && s->group.member == member)
            return tally->values[i * (size_t)tally->months + (size_t)month];
    }
    ck_abort_msg("no such series");
    return 0;
}

/* A path of April to August 2022 from an origin in March, on which 23 children are in care. */
static void open_path(struct peer_path *path, day origin)
{
    const struct model_input input = {.origin = origin, .months = MONTHS, .seed = 4};
    struct peer_reference reference = {.first = 0};
    struct err err = {0};
    reference.split[PEER_FOSTERING][PLACEMENT_FOSTER_KIN] = 0.25;
    reference.split[PEER_FOSTERING][PLACEMENT_FOSTER_IFA] = 0.75;
    reference.split[PEER_RESIDENTIAL][PLACEMENT_RES_EXTERNAL] = 1;
    ck_assert(peer_path_init(&input, &reference, 23, path, &err));
}

/* Every day 10.4 children foster at 5-9, of whom a quarter kin, and 12.2 in homes at 10-15; .12 enter and
 * leave, a sixth of them in homes. Variances 4 and 9, times scale. */
static struct peer_day usual_day(double scale)
{
    const int fostered = state(AGE_5_9, PEER_FOSTERING);
    const int home = state(AGE_10_15, PEER_RESIDENTIAL);
    struct peer_day usual;
    memset(&usual, 0, sizeof usual);
    usual.stock[fostered] = 10.4;
    usual.stock[home] = 12.2;
    usual.variance[fostered] = 4 * scale;
    usual.variance[home] = 9 * scale;
    usual.entries[fostered] = usual.exits[fostered] = 0.1;
    usual.entries[home] = usual.exits[home] = 0.02;
    return usual;
}

static void build_path(struct peer_path *path, double scale)
{
    const struct peer_day usual = usual_day(scale);
    open_path(path, on(2022, 3, 31));
    for (day date = path->origin + 1; date <= peer_path_end(path); date++)
        peer_path_add(path, date, &usual);
}

START_TEST(whole_children_add_up_and_small_parts_get_theirs)
{
    struct peer_path path;
    struct err err = {0};
    build_path(&path, 0);
    ck_assert_int_eq(peer_path_end(&path), on(2022, 8, 31));
    struct tally tally = {.months = MONTHS};
    peer_path_series(&tally.series, &tally.n_series);
    tally.values = vec_new(tally.n_series * MONTHS, sizeof *tally.values, &err);
    peer_path_simulate(&path, 7, &tally);
    /* 22.6 children are 23; ages 10.58, 12.42 of 23 are 11 and 12; kin 2.65, agency 7.94, homes 12.42: 3, 8,
     * 12 */
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_ALL, 0, 0), 23);
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_AGE, AGE_5_9, 0), 11);
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_AGE, AGE_10_15, 0), 12);
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN, 0), 3);
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA, 0), 8);
    ck_assert_int_eq(at(&tally, MEASURE_STOCK, GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 0), 12);
    /* nights of April: 30 x 22.6 = 678, of May 700.6; homes 366 and 378.2 */
    ck_assert_int_eq(at(&tally, MEASURE_NIGHTS, GROUP_ALL, 0, 0), 678);
    ck_assert_int_eq(at(&tally, MEASURE_NIGHTS, GROUP_ALL, 0, 1), 701);
    ck_assert_int_eq(at(&tally, MEASURE_NIGHTS, GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 0), 366);
    /* entries, cumulated: 3.6, 7.32, 10.92, 14.64, 18.36 are 4, 7, 11, 15, 18 */
    static const int32_t entries[MONTHS] = {4, 3, 4, 4, 3};
    int32_t homes = 0;
    int32_t kin = 0;
    for (int32_t m = 0; m < MONTHS; m++) {
        ck_assert_int_eq(at(&tally, MEASURE_ENTRIES, GROUP_ALL, 0, m), entries[m]);
        ck_assert_int_eq(at(&tally, MEASURE_EXITS, GROUP_ALL, 0, m), entries[m]);
        homes += at(&tally, MEASURE_ENTRIES, GROUP_AGE, AGE_10_15, m);
        kin += at(&tally, MEASURE_ENTRIES, GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN, m);
    }
    /* homes are a sixth of 18 entries; each month's share, .5 to .67, would always round to the same */
    ck_assert_int_eq(homes, 3);
    /* kin: a quarter of five sixths of 18 = 3.75 */
    ck_assert_int_eq(kin, 4);
    free(tally.values);
    peer_path_free(&path);
}
END_TEST

START_TEST(flows_are_never_below_zero)
{
    /* from mid-March with 23, 30 at its end; 47 children more in April alone */
    struct peer_path path;
    struct err err = {0};
    open_path(&path, on(2022, 3, 15));
    ck_assert_int_eq(peer_path_end(&path), on(2022, 8, 31));
    for (day date = path.origin + 1; date <= peer_path_end(&path); date++) {
        struct peer_day usual = usual_day(0);
        if (date <= on(2022, 3, 31))
            usual.stock[state(AGE_0, PEER_OTHER)] = 7.4;
        else if (date <= on(2022, 4, 30))
            usual.stock[state(AGE_0, PEER_OTHER)] = 47;
        peer_path_add(&path, date, &usual);
    }
    struct tally tally = {.months = MONTHS};
    peer_path_series(&tally.series, &tally.n_series);
    tally.values = vec_new(tally.n_series * MONTHS, sizeof *tally.values, &err);
    peer_path_simulate(&path, 0, &tally);
    /* stock 30, 70, 23, 23 ..: 40 come in April, 36 more than expected, which are not expected again: 18 in
     * all by August are fewer than 40. Nobody leaves in April, 47 in May. */
    static const int32_t entries[MONTHS] = {40, 0, 0, 0, 0};
    static const int32_t exits[MONTHS] = {0, 47, 0, 0, 0};
    for (int32_t m = 0; m < MONTHS; m++) {
        ck_assert_int_eq(at(&tally, MEASURE_ENTRIES, GROUP_ALL, 0, m), entries[m]);
        ck_assert_int_eq(at(&tally, MEASURE_EXITS, GROUP_ALL, 0, m), exits[m]);
    }
    free(tally.values);
    peer_path_free(&path);
}
END_TEST

START_TEST(replicates_have_the_sum_of_variances)
{
    enum { RUNS = 4000 };
    struct peer_path path;
    struct err err = {0};
    build_path(&path, 1);
    struct tally tally = {.months = MONTHS};
    peer_path_series(&tally.series, &tally.n_series);
    tally.values = vec_new(tally.n_series * MONTHS, sizeof *tally.values, &err);
    double sum = 0;
    double squares = 0;
    for (int32_t r = 0; r < RUNS; r++) {
        peer_path_simulate(&path, r, &tally);
        const int32_t stock = at(&tally, MEASURE_STOCK, GROUP_ALL, 0, 2);
        /* one luck for all months: the same stock in each, and its nights */
        ck_assert_int_eq(stock, at(&tally, MEASURE_STOCK, GROUP_ALL, 0, 4));
        ck_assert_int_le(abs(at(&tally, MEASURE_NIGHTS, GROUP_ALL, 0, 2) - 30 * stock), 16);
        sum += stock;
        squares += (double)stock * stock;
    }
    const double mean = sum / RUNS;
    const double variance = squares / RUNS - mean * mean;
    /* 22.6; variance 4 + 9 + 1/12 of rounding. 4.89 standard errors (once in a million seeds): sqrt(13.08 /
     * 4000) x 4.89 = .28, and 13.08 x sqrt(2 / 4000) x 4.89 = 1.43 */
    ck_assert_double_eq_tol(mean, 22.6, 0.28);
    ck_assert_double_eq_tol(variance, 13.083, 1.43);
    free(tally.values);
    peer_path_free(&path);
}
END_TEST

Suite *suite_peer(void)
{
    Suite *suite = suite_create("peer");
    TCase *tcase = tcase_create("published tools");
    tcase_add_test(tcase, codes_go_where_each_tool_puts_them);
    tcase_add_test(tcase, ages_and_dates_are_the_tools);
    tcase_add_test(tcase, d2i_keeps_rows_and_the_bin_of_their_start);
    tcase_add_test(tcase, regional_merges_and_cuts_at_birthdays);
    tcase_add_test(tcase, regional_cuts_what_starts_or_ends_on_a_birthday);
    tcase_add_test(tcase, nothing_after_the_origin_is_seen);
    tcase_add_test(tcase, the_last_date_is_the_last_row);
    tcase_add_test(tcase, stock_by_day_is_a_count_of_rows);
    tcase_add_test(tcase, a_period_counts_entries_and_prices_by_days);
    tcase_add_test(tcase, whole_children_add_up_and_small_parts_get_theirs);
    tcase_add_test(tcase, flows_are_never_below_zero);
    tcase_add_test(tcase, replicates_have_the_sum_of_variances);
    suite_add_tcase(suite, tcase);
    return suite;
}
