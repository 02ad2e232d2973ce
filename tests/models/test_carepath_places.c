/* SPDX-License-Identifier: GPL-3.0-or-later
 * Limits on places: they change nothing while they do not bind, keep who is here, send the others on in
 * order, and block as often as a queue without waiting room does. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "tests/models/path.h"

Suite *suite_carepath_places(void);

static const struct group everyone = {GROUP_ALL, 0};
static const struct group inhouse = {GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE};
static const struct group agency = {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA};
static const struct group home = {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL};

static struct scenario_capacity line_of(enum placement_group group, double places, enum placement_group first,
                                        enum placement_group second)
{
    struct scenario_capacity line = {.group = group, .places = places, .usable = 1, .source = "test"};
    line.overflow[line.n_overflow++] = first;
    if (second != first)
        line.overflow[line.n_overflow++] = second;
    return line;
}

static void limit(struct path *path, struct scenario_capacity *lines, size_t n)
{
    path->scenario.capacities = lines;
    path->scenario.n_capacities = n;
    path_start(path);
}

/* ---- limits that do not bind --------------------------------------------------------------------------- */

START_TEST(slack_limits_change_no_byte)
{
    enum { MONTHS = 36, RUNS = 6 };
    struct path path;
    struct scenario_capacity lines[PLACEMENT_COUNT];
    path_open_authority(&path, 71, 120);
    path_learn(&path, MONTHS);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        lines[g] = line_of((enum placement_group)g, 100000, (enum placement_group)((g + 1) % PLACEMENT_COUNT),
                           (enum placement_group)((g + 2) % PLACEMENT_COUNT));
    path_start(&path);
    const size_t n = path.n_series * MONTHS;
    int32_t *before = malloc(RUNS * n * sizeof *before);
    ck_assert_ptr_nonnull(before);
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        memcpy(before + r * n, path.values, n * sizeof *before);
    }
    limit(&path, lines, PLACEMENT_COUNT);
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        ck_assert_mem_eq(before + r * n, path.values, n * sizeof *before);
    }
    free(before);
    path_close(&path);
}
END_TEST

/* ---- order --------------------------------------------------------------------------------------------- */

/* The same children, put in another order before their history is finished. */
static void shuffle(const struct history *from, struct history *out)
{
    struct err err = {0};
    struct dice dice = {3};
    int32_t *order = vec_new(from->n_children, sizeof *order, &err);
    ck_assert_ptr_nonnull(order);
    for (int32_t i = 0; i < (int32_t)from->n_children; i++) {
        const int32_t j = dice_below(&dice, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    build_init(out, from->first_year, from->last_year);
    for (size_t i = 0; i < from->n_children; i++) {
        const struct child *child = &from->children[order[i]];
        (void)build_child(out, child->born);
        struct child *made = &out->children[out->n_children - 1];
        made->key = child->key;
        made->uasc = child->uasc;
        for (int32_t s = 0; s < child->n_spells; s++) {
            const struct spell *spell = &from->spells[child->first_spell + s];
            for (int32_t k = 0; k < spell->n_segments; k++) {
                const struct segment *segment = &from->segments[spell->first_segment + k];
                if (k == 0)
                    build_spell(out, spell->start, spell->end, (enum route)spell->route,
                                (enum placement_group)segment->group);
                else
                    build_move(out, segment->start, (enum placement_group)segment->group);
                build_last(out)->need = segment->need;
            }
        }
    }
    free(order);
    ck_assert(history_finish(out, from->first_year, from->last_year, &err));
}

START_TEST(the_order_of_children_does_not_matter)
{
    enum { MONTHS = 24, RUNS = 4 };
    struct path path;
    struct path other;
    struct scenario_capacity lines[2];
    path_open_authority(&path, 73, 120);
    path_open_authority(&other, 73, 1);
    build_free(&other.history);
    shuffle(&path.history, &other.history);
    path_learn(&path, MONTHS);
    path_learn(&other, MONTHS);
    lines[0] = line_of(PLACEMENT_FOSTER_INHOUSE, 40, PLACEMENT_FOSTER_IFA, PLACEMENT_RES_EXTERNAL);
    lines[1] = line_of(PLACEMENT_FOSTER_IFA, 20, PLACEMENT_OTHER, PLACEMENT_RES_EXTERNAL);
    limit(&path, lines, 2);
    limit(&other, lines, 2);
    int64_t elsewhere = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        path_run(&other, r);
        ck_assert_mem_eq(path.values, other.values, path.n_series * MONTHS * sizeof *path.values);
        elsewhere += path_value(&path, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, PLACEMENT_OTHER}, 23);
    }
    ck_assert_int_gt(elsewhere, 0); /* the limits bind */
    path_close(&path);
    path_close(&other);
}
END_TEST

/* A mark's place in the order of a day: who leaves, who changes, who comes; by stream and child. */
static int rank_of(const struct carepath_mark *mark)
{
    return mark->what == CAREPATH_MARK_EXIT ? 1 : mark->what == CAREPATH_MARK_CHANGE ? 2 : 3;
}

static int compare_events(const void *a, const void *b)
{
    const struct carepath_mark *x = a;
    const struct carepath_mark *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (rank_of(x) != rank_of(y))
        return rank_of(x) < rank_of(y) ? -1 : 1;
    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    return x->child < y->child ? -1 : x->child > y->child;
}

START_TEST(whoever_comes_takes_the_first_free_place)
{
    /* All are to be placed in-house (12 places), else with an agency (3), else in a home (5), else in a home
     * all the same. 20 are here to begin with, in-house, 2 of whom turn 18 on one day. Nobody changes
     * placement. The places are counted again in the order of the day: by key, so that children whom a lever
     * adds (the second time, as many again as come) come after the others of their day, though each is made
     * right after the child that it copies (pitfall 37). */
    enum { MONTHS = 18, RUNS = 20 };
    struct lever more = authority_lever("a", LEVER_ENTRIES, 1);
    static const enum placement_group wish[] = {PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA,
                                                PLACEMENT_RES_EXTERNAL};
    static const int32_t places[] = {12, 3, 5};
    struct path path;
    struct scenario_capacity lines[3] = {
        line_of(wish[0], 15, wish[1], wish[2]),
        line_of(wish[1], 3, wish[2], wish[2]),
        line_of(wish[2], 5, PLACEMENT_OTHER, PLACEMENT_OTHER),
    };
    lines[0].usable = .8; /* of 15 */
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int i = 0; i < 20; i++)
        path_add(&path, i < 2 ? on(2004, 9, 9) : on(2014, 3, 1), PLACEMENT_FOSTER_INHOUSE, -30, -30);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .006);
    path_entries(&path, .14 / (1 + _i), 6, PLACEMENT_FOSTER_INHOUSE);
    path.scenario.levers = &more;
    path.scenario.n_levers = (size_t)_i;
    limit(&path, lines, 3);
    int32_t came[4] = {0};
    for (uint32_t r = 0; r < RUNS; r++) {
        struct carepath_trace trace = path_trace(&path, r);
        int32_t in_use[PLACEMENT_COUNT] = {0};
        qsort(trace.marks, trace.n, sizeof *trace.marks, compare_events);
        for (size_t i = 0; i < trace.n; i++) {
            const struct carepath_mark *mark = &trace.marks[i];
            if (mark->what == CAREPATH_MARK_EXIT) {
                in_use[mark->group]--;
            } else if (mark->what == CAREPATH_MARK_HERE) {
                in_use[mark->group]++;
            } else if (mark->what == CAREPATH_MARK_ENTRY) {
                int k = 0;
                while (k < 3 && in_use[wish[k]] >= places[k])
                    k++;
                must(mark->group == wish[k < 3 ? k : 2], "not the first free place");
                in_use[mark->group]++;
                came[k]++;
            }
        }
        free(trace.marks);
    }
    for (int k = 0; k < 4; k++)
        ck_assert_int_gt(came[k], 20);
    path_close(&path);
}
END_TEST

START_TEST(who_is_here_stays_above_the_limit)
{
    /* 30 in-house, 10 places: nobody is sent away; those who come go to the agency, without end */
    enum { MONTHS = 12 };
    struct path path;
    struct scenario_capacity line =
        line_of(PLACEMENT_FOSTER_INHOUSE, 10, PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_IFA);
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int i = 0; i < 30; i++)
        path_add(&path, on(2014, 3, 1), PLACEMENT_FOSTER_INHOUSE, -30, -30);
    path_entries(&path, .5, 6, PLACEMENT_FOSTER_INHOUSE);
    limit(&path, &line, 1);
    for (uint32_t r = 0; r < 5; r++) {
        path_run(&path, r);
        const int64_t entries = path_value(&path, MEASURE_ENTRIES, everyone, PATH_ANY);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, inhouse, MONTHS - 1), 30);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, agency, MONTHS - 1), entries);
        ck_assert_int_eq(path_value(&path, MEASURE_ENTRIES, agency, PATH_ANY), entries);
        ck_assert_int_gt(entries, 100);
    }
    path_close(&path);
}
END_TEST

START_TEST(changes_of_placement_overflow_too)
{
    /* All in an agency, all to be moved in-house where there is no place: to a home */
    enum { MONTHS = 12 };
    struct path path;
    struct scenario_capacity line =
        line_of(PLACEMENT_FOSTER_INHOUSE, 7, PLACEMENT_RES_EXTERNAL, PLACEMENT_RES_EXTERNAL);
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int i = 0; i < 200; i++)
        path_add(&path, on(2014, 3, 1), PLACEMENT_FOSTER_IFA, -30, -30);
    path_move(&path, PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_INHOUSE, .1);
    limit(&path, &line, 1);
    path_run(&path, 0);
    ck_assert_int_eq(path_value(&path, MEASURE_STOCK, agency, MONTHS - 1), 0); /* .9^365 */
    ck_assert_int_eq(path_value(&path, MEASURE_STOCK, inhouse, MONTHS - 1), 7);
    ck_assert_int_eq(path_value(&path, MEASURE_STOCK, home, MONTHS - 1), 193);
    ck_assert_int_eq(path_value(&path, MEASURE_MOVES, home, PATH_ANY), 193);
    path_close(&path);
}
END_TEST

/* ---- levers on places ---------------------------------------------------------------------------------- */

START_TEST(levers_bring_places)
{
    /* 10 places of which .8 can be used, more than enough children: 8; +5 over 10 months: 8 + 4; x1.5: 12;
     * +6 a year: 8 + 4.8 after a year, of which 12 whole ones. */
    enum { MONTHS = 12 };
    struct path path;
    struct scenario_capacity line =
        line_of(PLACEMENT_FOSTER_INHOUSE, 10, PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_IFA);
    line.usable = .8;
    static const struct {
        double effect;
        enum effect_unit unit;
        double ramp;
        int64_t first, last; /* places in the first month, and in the last */
    } cases[] = {{0, EFFECT_CHILDREN, 0, 8, 8},   {5, EFFECT_CHILDREN, 0, 12, 12},
                 {5, EFFECT_CHILDREN, 10, 8, 12}, {.5, EFFECT_FACTOR, 0, 12, 12},
                 {-.5, EFFECT_FACTOR, 0, 4, 4},   {6, EFFECT_PER_YEAR, 0, 8, 12}};
    path_open(&path, on(2022, 3, 31), MONTHS);
    path_entries(&path, 3, 6, PLACEMENT_FOSTER_INHOUSE);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct lever lever = authority_lever("a", LEVER_CAPACITY, cases[c].effect);
        lever.unit = cases[c].unit;
        lever.ramp_months = cases[c].ramp;
        lever.where.placements = 1U << PLACEMENT_FOSTER_INHOUSE;
        path.scenario.levers = &lever;
        path.scenario.n_levers = 1;
        limit(&path, &line, 1);
        path_run(&path, 0);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, inhouse, 0), cases[c].first);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, inhouse, MONTHS - 1), cases[c].last);
    }
    path_close(&path);
}
END_TEST

/* ---- a queue without waiting room ---------------------------------------------------------------------- */

static void count_blocked(struct path *path, uint32_t replicate, int32_t warm_up, double n[2])
{
    struct carepath_trace trace = path_trace(path, replicate);
    n[0] = n[1] = 0;
    for (size_t i = 0; i < trace.n; i++)
        if (trace.marks[i].what == CAREPATH_MARK_ENTRY && trace.marks[i].day > warm_up)
            n[trace.marks[i].group == PLACEMENT_FOSTER_IFA]++;
    free(trace.marks);
}

START_TEST(places_block_as_erlang_says)
{
    /* Ten places, .04 arrivals a day, stays of 200 days in the mean: load 8, blocked B(10, 8) = .121661064253
     * (methods 9.5; R: dpois(10,8)/ppois(10,8)). In whole days an arrival meets .02 of a child less. 40 years
     * in each of 50 runs, less ten mean stays: 20,000 arrivals or more; runs are independent batches. */
    enum { YEARS = 40, RUNS = 50, WARM_UP = 2000 };
    struct path path;
    struct scenario_capacity line =
        line_of(PLACEMENT_FOSTER_INHOUSE, 10, PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_IFA);
    path_open(&path, on(2022, 3, 31), 12 * YEARS);
    path_entries(&path, .04, 0, PLACEMENT_FOSTER_INHOUSE);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .005);
    limit(&path, &line, 1);
    double mean = 0;
    double square = 0;
    double all = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        double n[2];
        count_blocked(&path, r, WARM_UP, n);
        const double share = n[1] / (n[0] + n[1]);
        const double step = share - mean;
        mean += step / (r + 1);
        square += step * (share - mean);
        all += n[0] + n[1];
    }
    const double se = sqrt(square / (RUNS - 1) / RUNS);
    ck_assert_double_gt(all, 20000);
    ck_assert_msg(fabs(mean - .121661064253) < 4.5 * se, "blocked %f, se %f", mean, se);
    ck_assert_double_lt(se, .005);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_places(void)
{
    Suite *suite = suite_create("carepath_places");
    TCase *tcase = tcase_create("places");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, slack_limits_change_no_byte);
    tcase_add_test(tcase, the_order_of_children_does_not_matter);
    tcase_add_loop_test(tcase, whoever_comes_takes_the_first_free_place, 0, 2);
    tcase_add_test(tcase, who_is_here_stays_above_the_limit);
    tcase_add_test(tcase, changes_of_placement_overflow_too);
    tcase_add_test(tcase, levers_bring_places);
    tcase_add_test(tcase, places_block_as_erlang_says);
    suite_add_tcase(suite, tcase);
    return suite;
}
