/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days cut into cells: a worked example, the two ends of what is known, and random histories night by night.
 */
#include "models/lexis.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/counts.h"
#include "tests/build_history.h"

Suite *suite_lexis(void);

struct pieces {
    struct lexis_piece *at;
    size_t n, capacity;
};

static void keep(void *context, const struct lexis_piece *piece)
{
    struct pieces *pieces = context;
    struct err err = {0};
    ck_assert(vec_reserve((void **)&pieces->at, &pieces->capacity, pieces->n + 1, sizeof *pieces->at, &err));
    pieces->at[pieces->n++] = *piece;
}

static struct pieces walk(const struct history *history, day from, day origin)
{
    struct pieces pieces = {0};
    lexis_walk(history, from, origin, keep, &pieces);
    return pieces;
}

static int32_t trials(const struct pieces *pieces)
{
    int32_t sum = 0;
    for (size_t i = 0; i < pieces->n; i++)
        sum += pieces->at[i].to - pieces->at[i].from;
    return sum;
}

/* ---- the worked example -------------------------------------------------------------------------------- */

/* Bands of the example; those of the model are finer. */
static const int32_t golden_tics[] = {0, 91, 183, 365, 730};
static const int32_t golden_tips[] = {0, 28, 91, 183, 365};

static bool same_golden_cell(const struct lexis_piece *a, const struct lexis_piece *b)
{
    const day care = lexis_care_start(a->spell);
    const day stay = a->segment->start;
    return a->kind == b->kind && a->segment == b->segment && a->to == b->from &&
           lexis_band(golden_tics, 5, a->from - care) == lexis_band(golden_tics, 5, b->from - care) &&
           lexis_band(golden_tips, 5, a->from - stay) == lexis_band(golden_tips, 5, b->from - stay);
}

START_TEST(a_worked_example)
{
    /* methods 1.3, by R Epi 2.47 splitLexis: born 2006-05-20; foster from 2015-09-14, moved to a home on
     * 2016-11-03, went home on 2017-08-01; nights of 2016-04-01 to 2018-03-31. */
    static const struct {
        int32_t from[3], to[3];
        int group, kind, tic, tip;
        enum lexis_event event;
    } golden[] = {
        {{2016, 4, 1}, {2016, 5, 20}, PLACEMENT_FOSTER_INHOUSE, AGE_5_9, 3, 4, LEXIS_NO_EVENT},
        {{2016, 5, 20}, {2016, 9, 13}, PLACEMENT_FOSTER_INHOUSE, AGE_10_15, 3, 4, LEXIS_NO_EVENT},
        {{2016, 9, 13}, {2016, 11, 3}, PLACEMENT_FOSTER_INHOUSE, AGE_10_15, 4, 5, LEXIS_MOVE},
        {{2016, 11, 3}, {2016, 12, 1}, PLACEMENT_RES_EXTERNAL, AGE_10_15, 4, 1, LEXIS_NO_EVENT},
        {{2016, 12, 1}, {2017, 2, 2}, PLACEMENT_RES_EXTERNAL, AGE_10_15, 4, 2, LEXIS_NO_EVENT},
        {{2017, 2, 2}, {2017, 5, 5}, PLACEMENT_RES_EXTERNAL, AGE_10_15, 4, 3, LEXIS_NO_EVENT},
        {{2017, 5, 5}, {2017, 8, 1}, PLACEMENT_RES_EXTERNAL, AGE_10_15, 4, 4, LEXIS_EXIT},
    };
    struct history history;
    build_init(&history, 2016, 2018);
    build_child(&history, on(2006, 5, 20));
    build_spell(&history, on(2015, 9, 14), on(2017, 8, 1), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_move(&history, on(2016, 11, 3), PLACEMENT_RES_EXTERNAL);
    struct pieces pieces = walk(&history, on(2016, 4, 1), on(2018, 3, 31));
    ck_assert_int_eq(trials(&pieces), 487);
    size_t n = 0;
    for (size_t i = 0; i < pieces.n; i++) {
        if (n > 0 && same_golden_cell(&pieces.at[n - 1], &pieces.at[i])) {
            ck_assert_int_eq(pieces.at[n - 1].event, LEXIS_NO_EVENT);
            pieces.at[n - 1].to = pieces.at[i].to;
            pieces.at[n - 1].event = pieces.at[i].event;
            pieces.at[n - 1].detail = pieces.at[i].detail;
        } else {
            pieces.at[n++] = pieces.at[i];
        }
    }
    ck_assert_uint_eq(n, sizeof golden / sizeof golden[0]);
    for (size_t i = 0; i < n; i++) {
        const struct lexis_piece *piece = &pieces.at[i];
        ck_assert_int_eq(piece->from, on(golden[i].from[0], golden[i].from[1], golden[i].from[2]));
        ck_assert_int_eq(piece->to, on(golden[i].to[0], golden[i].to[1], golden[i].to[2]));
        ck_assert_int_eq(piece->group, golden[i].group);
        ck_assert_int_eq(piece->kind, golden[i].kind);
        ck_assert_int_eq(lexis_band(golden_tics, 5, piece->from - on(2015, 9, 14)) + 1, golden[i].tic);
        ck_assert_int_eq(lexis_band(golden_tips, 5, piece->from - piece->segment->start) + 1, golden[i].tip);
        ck_assert_int_eq(piece->event, golden[i].event);
    }
    ck_assert_int_eq(pieces.at[2].detail, PLACEMENT_RES_EXTERNAL);
    ck_assert(pieces.at[2].is_counted);
    ck_assert_int_eq(pieces.at[6].detail, ROUTE_HOME);
    free(pieces.at);
    build_free(&history);
}
END_TEST

/* ---- the two ends of what is known --------------------------------------------------------------------- */

START_TEST(who_came_before_is_at_risk_from_the_window_on)
{
    /* In care since 1000 days before the window; clocks of care run from the true start. */
    struct history history;
    build_init(&history, 2021, 2022);
    build_child(&history, on(2008, 7, 1));
    build_spell(&history, history.start - 1000, on(2020, 4, 21), ROUTE_SGO, PLACEMENT_FOSTER_KIN);
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    /* the trials of 31 March to 20 April 2020: 21 nights, the event on the day after the last */
    ck_assert_int_eq(trials(&pieces), 21);
    ck_assert_uint_eq(pieces.n, 1);
    ck_assert_int_eq(pieces.at[0].from, on(2020, 3, 31));
    ck_assert_int_eq(pieces.at[0].to, on(2020, 4, 21));
    ck_assert_int_eq(pieces.at[0].tic, lexis_band(lexis_tic_edges, LEXIS_TICS, 999));
    ck_assert_int_eq(pieces.at[0].tip, lexis_band(lexis_tip_edges, LEXIS_TIPS, 999));
    ck_assert_int_eq(pieces.at[0].event, LEXIS_EXIT);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(who_left_before_the_window_has_no_trial)
{
    struct history history;
    build_init(&history, 2021, 2022);
    build_child(&history, on(2008, 7, 1));
    build_spell(&history, on(2019, 1, 1), on(2020, 3, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_child(&history, on(2008, 7, 1));
    build_spell(&history, on(2022, 4, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN); /* too late */
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    ck_assert_uint_eq(pieces.n, 0);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(risk_days_and_nights)
{
    /* methods 1.4: one child, one year, no exit: 365 days at risk and 365 nights of that year. */
    struct history history;
    build_init(&history, 2022, 2022);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2020, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    struct counts counts;
    struct err err = {0};
    const struct group all = {GROUP_ALL, 0};
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
    ck_assert_int_eq(trials(&pieces), 365);
    ck_assert_int_eq(counts_sum(&counts, MEASURE_NIGHTS, all, history.start, history.end), 365);
    counts_free(&counts);
    free(pieces.at);
    /* who comes on the first day has slept one night more than it was at risk of leaving */
    history.spells[0].start = history.segments[0].start = history.start;
    pieces = walk(&history, history.start - 1, history.end);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
    ck_assert_int_eq(trials(&pieces), 364);
    ck_assert_int_eq(counts_sum(&counts, MEASURE_NIGHTS, all, history.start, history.end), 365);
    counts_free(&counts);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(an_exit_after_the_origin_is_not_known)
{
    /* An exit on the day after the last is reported by the next return: here it is censoring. */
    struct history history;
    build_init(&history, 2022, 2022);
    for (int later = 0; later <= 1; later++) {
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2022, 3, 1), history.end + later, ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    }
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    /* 30 trials each: the band of the first 28 days, then two more */
    ck_assert_uint_eq(pieces.n, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pieces.at[i].to - pieces.at[i].from, i % 2 == 0 ? 28 : 2);
    ck_assert_int_eq(pieces.at[1].event, LEXIS_EXIT);
    ck_assert_int_eq(pieces.at[3].event, LEXIS_NO_EVENT);
    ck_assert_int_eq(pieces.at[3].to, history.end);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(a_lost_child_is_censored)
{
    /* Missing from the return of 2022: closed on 1 April 2021, at risk to the end of 31 March, no event. */
    struct history history;
    build_init(&history, 2021, 2022);
    for (int lost = 0; lost <= 1; lost++) {
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2021, 3, 20), on(2021, 4, 1), ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        history.spells[lost].lost = lost == 1;
    }
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    ck_assert_uint_eq(pieces.n, 2);
    ck_assert_int_eq(pieces.at[0].to - pieces.at[0].from, 12);
    ck_assert_int_eq(pieces.at[0].event, LEXIS_EXIT);
    ck_assert_int_eq(pieces.at[1].to - pieces.at[1].from, 11); /* the trial of 31 March is not known */
    ck_assert_int_eq(pieces.at[1].event, LEXIS_NO_EVENT);
    free(pieces.at);
    /* seen from before it was lost, it is a child like others */
    pieces = walk(&history, history.start - 1, on(2021, 3, 31));
    ck_assert_int_eq(pieces.at[1].to - pieces.at[1].from, 11);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(the_eighteenth_birthday_is_no_trial)
{
    /* Born on 29 February 2004: 18 on 1 March 2022, the last night that of 28 February, which is sure. */
    struct history history;
    build_init(&history, 2022, 2022);
    build_child(&history, on(2004, 2, 29));
    build_spell(&history, on(2022, 2, 1), on(2022, 3, 1), ROUTE_AGED_OUT, PLACEMENT_SUPPORTED);
    build_child(&history, on(2004, 2, 29));
    build_spell(&history, on(2022, 2, 1), on(2022, 3, 1), ROUTE_HOME, PLACEMENT_SUPPORTED); /* as filed */
    build_child(&history, on(2004, 2, 29));
    build_spell(&history, on(2022, 2, 1), on(2022, 2, 28), ROUTE_HOME, PLACEMENT_SUPPORTED);
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    ck_assert_uint_eq(pieces.n, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(pieces.at[i].from, on(2022, 2, 1));
        ck_assert_int_eq(pieces.at[i].to, on(2022, 2, 28));
        ck_assert_int_eq(pieces.at[i].event, i == 2 ? LEXIS_EXIT : LEXIS_NO_EVENT);
    }
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(an_event_on_a_boundary_is_in_the_earlier_band)
{
    /* 28 nights in care: all in the first band, and so is the exit on day 28. A day longer: a second piece.
     */
    struct history history;
    build_init(&history, 2022, 2022);
    for (int32_t nights = 28; nights <= 29; nights++) {
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2021, 6, 1), on(2021, 6, 1) + nights, ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    }
    struct pieces pieces = walk(&history, history.start - 1, history.end);
    ck_assert_uint_eq(pieces.n, 3);
    ck_assert_int_eq(pieces.at[0].tic, 0);
    ck_assert_int_eq(pieces.at[0].to - pieces.at[0].from, 28);
    ck_assert_int_eq(pieces.at[0].event, LEXIS_EXIT);
    ck_assert_int_eq(pieces.at[1].event, LEXIS_NO_EVENT);
    ck_assert_int_eq(pieces.at[2].tic, 1);
    ck_assert_int_eq(pieces.at[2].tip, 1);
    ck_assert_int_eq(pieces.at[2].event, LEXIS_EXIT);
    free(pieces.at);
    build_free(&history);
}
END_TEST

/* ---- placements ---------------------------------------------------------------------------------------- */

START_TEST(changes_that_are_no_moves)
{
    /* A status changes (nothing), the same carer becomes an agency's (a change that is no move), a move
     * within the group (a move), another address of the same placement (no event, but a new stay). */
    struct history history;
    build_init(&history, 2022, 2022);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2021, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_INHOUSE);
    build_status(&history, on(2021, 5, 6), LEGAL_CARE_ORDER);
    build_move(&history, on(2021, 5, 11), PLACEMENT_FOSTER_IFA);
    build_last(&history)->is_move = false;
    build_move(&history, on(2021, 5, 16), PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2021, 5, 21), PLACEMENT_FOSTER_IFA);
    build_last(&history)->is_move = false;
    struct pieces pieces = walk(&history, history.start - 1, on(2021, 6, 30));
    static const struct {
        enum lexis_event event;
        bool is_counted;
    } expected[] = {{LEXIS_NO_EVENT, false},
                    {LEXIS_MOVE, false},
                    {LEXIS_MOVE, true},
                    {LEXIS_NO_EVENT, false},
                    {LEXIS_NO_EVENT, false}};
    ck_assert_uint_ge(pieces.n, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(pieces.at[i].event, expected[i].event);
        ck_assert_int_eq(pieces.at[i].is_counted, expected[i].is_counted);
        if (expected[i].event == LEXIS_MOVE)
            ck_assert_int_eq(pieces.at[i].detail, PLACEMENT_FOSTER_IFA);
    }
    ck_assert_int_eq(trials(&pieces), on(2021, 6, 30) - on(2021, 5, 1));
    /* the last stay began on 21 May: its second band on 18 June, while care's began on 29 May */
    const struct lexis_piece *last = &pieces.at[pieces.n - 1];
    ck_assert_int_eq(last->from, on(2021, 6, 18));
    ck_assert_int_eq(last->tip, 1);
    ck_assert_int_eq(pieces.at[pieces.n - 2].from, on(2021, 5, 29));
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(kinds_follow_age_and_asylum)
{
    static const struct {
        int32_t age;
        bool uasc;
        int kind, next;
        int32_t end;
        enum age_band band;
    } cases[] = {
        {0, false, AGE_0, AGE_1_4, 1, AGE_0},
        {4, false, AGE_1_4, AGE_5_9, 5, AGE_1_4},
        {9, true, AGE_5_9, AGE_10_15, 10, AGE_5_9},
        {10, false, AGE_10_15, AGE_16_17, 16, AGE_10_15},
        {10, true, LEXIS_UASC_YOUNG, LEXIS_UASC_OLD, 16, AGE_10_15},
        {15, true, LEXIS_UASC_YOUNG, LEXIS_UASC_OLD, 16, AGE_10_15},
        {16, true, LEXIS_UASC_OLD, LEXIS_KINDS, 18, AGE_16_17},
        {17, false, AGE_16_17, LEXIS_KINDS, 18, AGE_16_17},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int kind = lexis_kind_of(cases[i].age, cases[i].uasc);
        ck_assert_int_eq(kind, cases[i].kind);
        ck_assert_int_eq(lexis_kind_next(kind), cases[i].next);
        ck_assert_int_eq(lexis_kind_end(kind), cases[i].end);
        ck_assert_int_eq(lexis_kind_band(kind), cases[i].band);
        ck_assert_int_eq(lexis_kind_is_uasc(kind), kind >= AGE_COUNT);
    }
}
END_TEST

START_TEST(a_start_that_is_not_known)
{
    struct spell spell = {.start = 1000, .start_known = true};
    ck_assert_int_eq(lexis_care_start(&spell), 1000);
    spell.start_known = false;
    ck_assert_int_eq(lexis_care_start(&spell), 270); /* two years of 365 days */
}
END_TEST

/* ---- any history --------------------------------------------------------------------------------------- */

/* Every night of a piece lies in its cell, by each scale. */
static void must_be_one_cell(const struct lexis_piece *piece, day stay)
{
    const day care = lexis_care_start(piece->spell);
    ck_assert_int_lt(piece->from, piece->to);
    ck_assert_int_eq(piece->group, piece->segment->group);
    for (day night = piece->from; night < piece->to; night++) {
        const bool uasc = lexis_is_uasc(piece->child, night);
        if (piece->kind != lexis_kind_of(date_age_on(piece->child->born, night), uasc) ||
            piece->tic != lexis_band(lexis_tic_edges, LEXIS_TICS, night - care) ||
            piece->tip != lexis_band(lexis_tip_edges, LEXIS_TIPS, night - stay))
            ck_abort_msg("night %d of the piece from %d lies in another cell", (int)night, (int)piece->from);
    }
}

/* The trials of a segment by hand, and its event. */
static int32_t segment_trials(const struct history *history, int32_t s, day from, day origin)
{
    const struct segment *segment = &history->segments[s];
    const struct spell *spell = &history->spells[segment->spell];
    const day adult = date_birthday(history->children[segment->child].born, 18);
    int32_t n = 0;
    for (day night = segment->start; night < segment->end && night < origin; night++) {
        const bool closing = spell->lost && spell->end <= origin && night + 1 == spell->end;
        n += night >= from && night + 1 < adult && !closing;
    }
    return n;
}

START_TEST(every_night_lies_in_one_cell)
{
    struct history history;
    build_random(&history, 100 + (uint64_t)_i, 300, 2017, 2022, 0);
    for (size_t i = 0; i < history.n_spells; i += 7)
        if (history.spells[i].end == on(2020, 4, 1))
            history.spells[i].lost = true;
    const day from = history.start - 1;
    const day origin = _i % 2 == 0 ? history.end : on(2020, 12, 31);
    struct pieces pieces = walk(&history, from, origin);
    size_t at = 0;
    day stay = 0;
    for (int32_t s = 0; s < (int32_t)history.n_segments; s++) {
        const struct segment *segment = &history.segments[s];
        const int32_t expected = segment_trials(&history, s, from, origin);
        stay = segment->is_new_stay ? segment->start : stay;
        int32_t sum = 0;
        day next = segment->start > from ? segment->start : from;
        for (; at < pieces.n && pieces.at[at].segment == segment; at++) {
            const struct lexis_piece *piece = &pieces.at[at];
            ck_assert_ptr_eq(piece->spell, &history.spells[segment->spell]);
            ck_assert_ptr_eq(piece->child, &history.children[segment->child]);
            ck_assert_int_eq(piece->from, next);
            must_be_one_cell(piece, stay);
            if (piece->event != LEXIS_NO_EVENT) {
                ck_assert_int_eq(piece->to, segment->end); /* so only the last can have one */
                ck_assert_int_eq(piece->event == LEXIS_EXIT, segment->end == piece->spell->end);
                ck_assert(piece->event != LEXIS_EXIT || !piece->spell->lost);
            }
            next = piece->to;
            sum += piece->to - piece->from;
        }
        ck_assert_int_eq(sum, expected);
    }
    ck_assert_uint_eq(at, pieces.n);
    free(pieces.at);
    build_free(&history);
}
END_TEST

START_TEST(every_event_is_told_once)
{
    struct history history;
    build_random(&history, 200 + (uint64_t)_i, 300, 2017, 2022, 0);
    const day from = history.start - 1;
    struct pieces pieces = walk(&history, from, history.end);
    int32_t exits[2] = {0, 0};
    int32_t moves[2] = {0, 0};
    for (size_t i = 0; i < pieces.n; i++) {
        exits[0] += pieces.at[i].event == LEXIS_EXIT;
        moves[0] += pieces.at[i].event == LEXIS_MOVE && pieces.at[i].is_counted;
    }
    for (size_t i = 0; i < history.n_spells; i++) {
        const struct spell *spell = &history.spells[i];
        const day adult = date_birthday(history.children[spell->child].born, 18);
        exits[1] += spell->end > from && spell->end <= history.end && spell->end < adult &&
                    spell->route != ROUTE_AGED_OUT;
    }
    for (size_t i = 0; i < history.n_segments; i++)
        moves[1] += history.segments[i].is_move && history.segments[i].start > from &&
                    history.segments[i].start <= history.end;
    ck_assert_int_eq(exits[0], exits[1]);
    ck_assert_int_eq(moves[0], moves[1]);
    ck_assert_int_gt(exits[1], 50);
    ck_assert_int_gt(moves[1], 50);
    free(pieces.at);
    build_free(&history);
}
END_TEST

Suite *suite_lexis(void)
{
    Suite *suite = suite_create("lexis");
    TCase *tcase = tcase_create("lexis");
    tcase_add_test(tcase, a_worked_example);
    tcase_add_test(tcase, who_came_before_is_at_risk_from_the_window_on);
    tcase_add_test(tcase, who_left_before_the_window_has_no_trial);
    tcase_add_test(tcase, risk_days_and_nights);
    tcase_add_test(tcase, an_exit_after_the_origin_is_not_known);
    tcase_add_test(tcase, a_lost_child_is_censored);
    tcase_add_test(tcase, the_eighteenth_birthday_is_no_trial);
    tcase_add_test(tcase, an_event_on_a_boundary_is_in_the_earlier_band);
    tcase_add_test(tcase, changes_that_are_no_moves);
    tcase_add_test(tcase, kinds_follow_age_and_asylum);
    tcase_add_test(tcase, a_start_that_is_not_known);
    tcase_add_loop_test(tcase, every_night_lies_in_one_cell, 0, 8);
    tcase_add_loop_test(tcase, every_event_is_told_once, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
