/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every synthetic world must be, whatever its numbers: a valid history with codes in use, left-truncated
 * as stacked returns are, the same for the same options. How it is distributed: tests/stat. */
#include "tests/world/world.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "data/codes.h"
#include "data/counts.h"
#include "tests/world/world_drift.h"

Suite *suite_world_shape(void);

enum { SEEDS = 2, SIZE = 150 };

struct world {
    struct history history;
    struct world_truth truth;
};

static struct world made(const struct world_options *options)
{
    struct world world;
    world_make(options, &world.history, &world.truth);
    return world;
}

/* Regime of the loop test's number, and its seed. */
static struct world_options options_of(int i)
{
    return (struct world_options){.regime = (enum world_regime)(i / SEEDS),
                                  .seed = (uint64_t)(i % SEEDS) + 1,
                                  .size = SIZE,
                                  .with_localities = true};
}

static bool same_segment(const struct segment *a, const struct segment *b)
{
    return a->child == b->child && a->spell == b->spell && a->start == b->start && a->end == b->end &&
           a->group == b->group && a->legal == b->legal && a->need == b->need && a->provider == b->provider &&
           a->is_move == b->is_move && a->is_new_stay == b->is_new_stay && a->locality == b->locality &&
           a->boundary == b->boundary && a->distance_miles == b->distance_miles &&
           a->place_code == b->place_code && strcmp(a->legal_status, b->legal_status) == 0;
}

static bool same_spell(const struct spell *a, const struct spell *b)
{
    return a->child == b->child && a->first_segment == b->first_segment && a->n_segments == b->n_segments &&
           a->start == b->start && a->end == b->end && a->route == b->route &&
           a->start_known == b->start_known && a->lost == b->lost && a->readmission == b->readmission &&
           a->start_age == b->start_age;
}

/* Field by field: structs have bytes between their members that nobody sets. */
static bool same_history(const struct history *a, const struct history *b)
{
    if (a->start != b->start || a->end != b->end || a->n_children != b->n_children ||
        a->n_spells != b->n_spells || a->n_segments != b->n_segments)
        return false;
    bool same = true;
    for (size_t i = 0; i < a->n_children; i++)
        same = same && a->children[i].key == b->children[i].key &&
               a->children[i].born == b->children[i].born && a->children[i].sex == b->children[i].sex &&
               a->children[i].uasc == b->children[i].uasc;
    for (size_t i = 0; i < a->n_spells; i++)
        same = same && same_spell(&a->spells[i], &b->spells[i]);
    for (size_t i = 0; i < a->n_segments; i++)
        same = same && same_segment(&a->segments[i], &b->segments[i]);
    return same;
}

START_TEST(histories_are_valid)
{
    const struct world_options options = options_of(_i);
    struct world world = made(&options);
    struct err err = {0};
    ck_assert_msg(history_verify(&world.history, &err), "%s: %s", world_regime_name(options.regime),
                  err.message);
    struct counts counts;
    ck_assert(counts_make(&world.history, world.history.start, world.history.end, &counts, &err));
    ck_assert_msg(counts_verify(&counts, &world.history, &err), "%s: %s", world_regime_name(options.regime),
                  err.message);
    counts_free(&counts);
    ck_assert_int_eq(world.history.start, date_from_civil(2016, 4, 1)); /* six years to the origin */
    ck_assert_int_eq(world.truth.origin, date_from_civil(2022, 3, 31));
    ck_assert_int_eq(world.history.end, date_from_civil(2025, 3, 31)); /* three after it */
    ck_assert_int_eq(world.truth.n_months, 108);
    history_free(&world.history);
}
END_TEST

static void check_codes(const struct history *history, const struct segment *segment)
{
    const struct child *child = &history->children[segment->child];
    const enum place place = (enum place)segment->place_code;
    const enum legal_status status = code_legal_find(str_of(segment->legal_status));
    ck_assert_int_ne(place, PLACE_UNKNOWN);
    ck_assert_int_eq(code_place_group(place, segment->provider), segment->group);
    ck_assert_int_eq(code_place_has_no_provider(place), segment->provider == PROVIDER_UNKNOWN);
    ck_assert(code_provider_fits(place, segment->provider));
    ck_assert_int_ge(date_age_on(child->born, segment->start), code_place_age_floor(place));
    if (segment->is_new_stay) /* a code may go out of use under a child who stays */
        ck_assert(code_place_valid(place, segment->start, segment->start + 1));
    ck_assert_int_ne(status, STATUS_UNKNOWN);
    ck_assert_int_eq(code_legal_group(status), segment->legal);
    ck_assert(code_legal_valid(status, segment->start, segment->end));
    if (segment->end != DAY_OPEN && code_legal_longest(status) > 0)
        ck_assert_int_le(segment->end - segment->start, code_legal_longest(status));
    ck_assert_int_lt(segment->need, NEED_UNKNOWN);
    ck_assert_int_eq(segment->locality == (int16_t)history->n_localities - 1, child->uasc);
}

START_TEST(codes_are_in_use)
{
    const struct world_options options = options_of(_i);
    struct world world = made(&options);
    const struct history *history = &world.history;
    size_t n_uasc = 0;
    for (size_t i = 0; i < history->n_segments; i++)
        check_codes(history, &history->segments[i]);
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct segment *segments = &history->segments[spell->first_segment];
        for (int32_t k = 1; k < spell->n_segments; k++) {
            ck_assert_int_eq(segments[k].need, segments[0].need); /* rule 504 */
            ck_assert(segments[k].is_new_stay || segments[k].legal != segments[k - 1].legal ||
                      strcmp(segments[k].legal_status, segments[k - 1].legal_status) != 0);
        }
        ck_assert(spell->start_known && !spell->lost);
        if (spell->end != DAY_OPEN)
            ck_assert_int_eq(spell->route == ROUTE_AGED_OUT,
                             spell->end == date_birthday(history->children[spell->child].born, 18));
    }
    for (size_t i = 0; i < history->n_children; i++) {
        const struct child *child = &history->children[i];
        ck_assert(child->sex == SEX_MALE || child->sex == SEX_FEMALE);
        ck_assert(i == 0 || child->key != child[-1].key);
        n_uasc += child->uasc;
    }
    ck_assert_uint_gt(n_uasc, 0);
    history_free(&world.history);
}
END_TEST

START_TEST(children_before_the_window_are_survivors)
{
    int64_t n_there = 0, n_long = 0, n_year_before = 0, n_first_year = 0;
    const int64_t expected = (int64_t)WORLD_REGIME_COUNT * SEEDS * SIZE;
    for (int i = 0; i < WORLD_REGIME_COUNT * SEEDS; i++) {
        const struct world_options options = options_of(i);
        struct world world = made(&options);
        const day start = world.history.start;
        for (size_t k = 0; k < world.history.n_spells; k++) {
            const struct spell *spell = &world.history.spells[k];
            ck_assert_int_gt(spell->end, start);
            n_there += spell->start < start;
            n_long += spell->start < start - 5 * 365;
            n_year_before += spell->start < start && spell->start >= start - 365;
            n_first_year += spell->start >= start && spell->start < start + 365;
        }
        history_free(&world.history);
    }
    /* in care when the window opens: the long-run number, give or take how rates stood (20 worlds, each with
     * a sd of some 20 %) */
    ck_assert_int_gt(n_there, expected * 8 / 10);
    ck_assert_int_lt(n_there, expected * 12 / 10);
    /* burnt in: about a child in five has been there for five years or more */
    ck_assert_int_gt(n_long * 10, n_there);
    ck_assert_int_lt(n_long * 3, n_there);
    /* of those who entered in the year before, the many who left at once are unseen */
    ck_assert_int_lt(10 * n_year_before, 9 * n_first_year);
}
END_TEST

START_TEST(the_same_options_give_the_same_world)
{
    const struct world_options options = options_of(_i);
    struct world_options other = options;
    struct world a = made(&options);
    struct world b = made(&options);
    ck_assert(same_history(&a.history, &b.history));
    ck_assert_int_eq(a.truth.regime, b.truth.regime);
    for (int32_t month = 0; month < a.truth.n_months; month++)
        ck_assert(a.truth.exit[month] == b.truth.exit[month] && a.truth.entry[month] == b.truth.entry[month]);
    history_free(&b.history);
    other.seed++;
    b = made(&other);
    ck_assert(!same_history(&a.history, &b.history));
    history_free(&b.history);
    /* one seed in two regimes is two authorities */
    other = options;
    other.regime = (enum world_regime)((options.regime + 1) % WORLD_REGIME_COUNT);
    b = made(&other);
    ck_assert(a.truth.exit[0] != b.truth.exit[0]);
    history_free(&b.history);
    history_free(&a.history);
}
END_TEST

/* What was known at the origin is the same however many years follow, unless an event may lie in them. */
START_TEST(later_years_do_not_change_what_was_known)
{
    static const enum world_regime regimes[] = {WORLD_STEADY_SMALL, WORLD_TREND, WORLD_TEENAGERS};
    struct err err = {0};
    struct world_options options = {.regime = regimes[_i], .seed = 3, .size = SIZE};
    struct world three = made(&options);
    options.years_after = 1;
    struct world one = made(&options);
    struct history known_three, known_one;
    ck_assert(history_as_known(&three.history, three.truth.origin, &known_three, &err));
    ck_assert(history_as_known(&one.history, one.truth.origin, &known_one, &err));
    ck_assert_msg(history_verify(&known_one, &err), "%s", err.message);
    ck_assert(same_history(&known_three, &known_one));
    ck_assert_uint_lt(one.history.n_spells, three.history.n_spells);
    ck_assert_int_eq(one.truth.n_months, 84);
    history_free(&known_three);
    history_free(&known_one);
    history_free(&three.history);
    history_free(&one.history);
}
END_TEST

/* Three months of 30 days at paces 1, 2 and 1/2; the clock stands at 0, 30, 90, 105 at their starts and end.
 * All by hand. */
START_TEST(exits_obey_the_clock)
{
    static struct world_drift drift = {
        .n_months = 3,
        .month_start = {1000, 1030, 1060, 1090},
        .exit = {1, 2, 0.5},
        .clock = {0, 30, 90, 105},
    };
    static const struct {
        day from;
        double wait;
        day expected;
    } cases[] = {
        {1010, 7, 1017},    /* within the first month */
        {1010, 20, 1030},   /* to its end */
        {1010, 40, 1040},   /* 20 at pace 1, 20 at pace 2: 10 days */
        {1040, 10, 1045},   /* pace 2 */
        {1040, 0.2, 1041},  /* the next day at the earliest */
        {1010, 90, 1080},   /* 20 + 60, then 10 at pace 1/2: 20 days */
        {1085, 10, 1098},   /* 2.5 to the end, then 7.5 days at pace 1, on the eighth */
        {1200, 12.5, 1213}, /* after the months pace 1 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(world_drift_after(&drift, cases[i].from, cases[i].wait), cases[i].expected);
        ck_assert_int_eq(world_drift_after(NULL, cases[i].from, cases[i].wait),
                         cases[i].from + (day)ceil(fmax(cases[i].wait, 0.5)));
    }
}
END_TEST

START_TEST(worlds_can_share_the_national_part)
{
    const struct world_options first = {.regime = WORLD_STEADY_SMALL, .seed = 1, .national = 9};
    const struct world_options second = {.regime = WORLD_TREND, .seed = 2, .national = 9};
    const struct world_options third = {.regime = WORLD_STEADY_SMALL, .seed = 1, .national = 10};
    struct world a = made(&first), b = made(&second), c = made(&third);
    for (int32_t month = 0; month < a.truth.n_months; month++) {
        ck_assert(a.truth.national_entry[month] == b.truth.national_entry[month]);
        ck_assert(a.truth.national_exit[month] == b.truth.national_exit[month]);
        ck_assert(a.truth.national_exit[month] != c.truth.national_exit[month]);
        /* the rest of the multiplier is its own: the same under another national part */
        ck_assert_double_eq_tol(a.truth.exit[month] / a.truth.national_exit[month],
                                c.truth.exit[month] / c.truth.national_exit[month], 1e-12);
    }
    ck_assert(a.truth.entry[0] != b.truth.entry[0]);
    history_free(&a.history);
    history_free(&b.history);
    history_free(&c.history);
}
END_TEST

/* Which regimes have an event, on what, of what size and when. */
START_TEST(events_are_what_their_regime_says)
{
    for (int regime = 0; regime < WORLD_REGIME_COUNT; regime++) {
        for (uint64_t seed = 1; seed <= 8; seed++) {
            const struct world_options options = {
                .regime = (enum world_regime)regime, .seed = seed, .size = 20};
            struct world world = made(&options);
            const struct world_truth *truth = &world.truth;
            const struct world_event *event = &truth->event;
            ck_assert(regime == WORLD_PANEL_LIKE ? truth->regime != WORLD_PANEL_LIKE
                                                 : truth->regime == (enum world_regime)regime);
            const bool jumps = truth->regime == WORLD_JUMP_EXITS || truth->regime == WORLD_JUMP_ENTRIES;
            ck_assert_int_eq(truth->has_event, jumps || truth->regime == WORLD_SURGE_UASC);
            ck_assert_int_eq(truth->trend_a_year != 0, truth->regime == WORLD_TREND);
            ck_assert(truth->trend_a_year == 0 ||
                      (fabs(truth->trend_a_year) >= 0.03 && fabs(truth->trend_a_year) <= 0.06));
            if (truth->has_event) {
                ck_assert(event->from >= world.history.start && event->from <= world.history.end);
                ck_assert_int_gt(event->to, event->from);
            }
            if (jumps) {
                ck_assert(fabs(event->factor - 1) >= 0.25 && fabs(event->factor - 1) <= 0.45);
                ck_assert_int_eq(event->process,
                                 truth->regime == WORLD_JUMP_EXITS ? WORLD_EXITS : WORLD_ENTRIES);
            } else if (truth->has_event) {
                ck_assert(event->factor >= 3 && event->factor <= 10);
                const int32_t months = date_month_index(event->to) - date_month_index(event->from);
                ck_assert(months >= 12 && months <= 24);
            }
            history_free(&world.history);
        }
    }
}
END_TEST

Suite *suite_world_shape(void)
{
    Suite *suite = suite_create("world_shape");
    TCase *tcase = tcase_create("world_shape");
    tcase_set_timeout(tcase, 60);
    const int n = WORLD_REGIME_COUNT * SEEDS;
    tcase_add_loop_test(tcase, histories_are_valid, 0, n);
    tcase_add_loop_test(tcase, codes_are_in_use, 0, n);
    tcase_add_test(tcase, children_before_the_window_are_survivors);
    tcase_add_loop_test(tcase, the_same_options_give_the_same_world, 0, n);
    tcase_add_loop_test(tcase, later_years_do_not_change_what_was_known, 0, 3);
    tcase_add_test(tcase, exits_obey_the_clock);
    tcase_add_test(tcase, worlds_can_share_the_national_part);
    tcase_add_test(tcase, events_are_what_their_regime_says);
    suite_add_tcase(suite, tcase);
    return suite;
}
