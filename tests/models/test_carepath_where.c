/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whom a lever acts on: every condition, night by night of every child's story, and nobody else. Rates by
 * hand. Statistical comparisons fail for another seed once in 1e6 each (4.89 standard errors). */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/models/path.h"

Suite *suite_carepath_where(void);

enum { MONTHS = 12, CHILDREN = 3000, RUNS = 4, WAYS = 3 };
static const double z_limit = 4.89;
/* Daily probabilities of the ways a night can end. */
static const double daily[WAYS] = {.004, .002, .006}; /* home, custody, a change of placement */
static const int groups[3] = {PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, PLACEMENT_RES_EXTERNAL};

/* ---- a world of all sorts ------------------------------------------------------------------------------ */

static void give_localities(struct path *path)
{
    static const char *const names[] = {"East", "North", "unknown"};
    struct err err = {0};
    path->history.localities = vec_new(3, sizeof *path->history.localities, &err);
    path->fit.entries.locality = vec_new(3, sizeof *path->fit.entries.locality, &err);
    ck_assert(path->history.localities != NULL && path->fit.entries.locality != NULL);
    for (int i = 0; i < 3; i++) {
        path->history.localities[i] = names[i];
        path->fit.entries.locality[i] = 1.0 / 3;
    }
    path->history.n_localities = 3;
}

static void open_world(struct path *path)
{
    path_open(path, on(2022, 3, 31), MONTHS);
    give_localities(path);
    path_exit(path, PATH_ANY, ROUTE_HOME, daily[0]);
    path_exit(path, PATH_ANY, ROUTE_CUSTODY, daily[1]);
    for (int g = 0; g < 3; g++) {
        path_move(path, groups[g], groups[(g + 1) % 3], daily[2] / 3);
        path_move(path, groups[g], groups[(g + 2) % 3], daily[2] * 2 / 3);
    }
    for (int32_t i = 0; i < CHILDREN; i++) {
        const int32_t stay = -(i * 7 % 400);
        struct carepath_child *child =
            path_add(path, on(2005, 5, 1) + i * 2, groups[i % 3], stay - i * 11 % 900, stay);
        child->need = i % 5 == 0 ? NEED_N5 : NEED_N1;
        child->locality = (int16_t)(i / 3 % 3);
        child->start_known = i % 8 != 0;
        const int32_t age = date_age_on(child->born, path->fit.origin);
        child->kind = (uint8_t)lexis_kind_of(age, i % 4 == 0);
    }
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++) {
                path->fit.seen->legal[k][g][t][LEGAL_CARE_ORDER] = 3e9;
                path->fit.seen->legal[k][g][t][LEGAL_SECTION_20] = 7e9;
            }
}

/* ---- night by night ------------------------------------------------------------------------------------ */

struct person {
    const struct carepath_child *child;
    int group;
    int32_t stay; /* day index of the stay's first day */
};

static bool holds(const struct path *path, const struct where *where, const struct person *person,
                  int32_t night)
{
    const struct carepath_child *child = person->child;
    const day date = path->fit.origin + night;
    const int32_t age = date_age_on(child->born, date);
    const int32_t in_care = date - child->spell_start;
    const int32_t in_placement = night - person->stay;
    const bool cared = child->start_known ? where->in_care_low <= in_care && in_care <= where->in_care_high
                                          : where->in_care_high == INT32_MAX; /* since before the history */
    return where->age_low <= age && age <= where->age_high &&
           (where->uasc < 0 || lexis_kind_is_uasc(child->kind) == (where->uasc == 1)) &&
           (where->placements >> person->group & 1U) != 0 && (where->needs >> child->need & 1U) != 0 &&
           (where->locality == NULL ||
            strcmp(path->history.localities[child->locality], where->locality) == 0) &&
           cared && where->in_placement_low <= in_placement && in_placement <= where->in_placement_high;
}

/* Nights on which the conditions hold [1] or not [0], and how they ended. */
struct nights {
    double n[2], events[2][WAYS];
};

static void add_child(const struct path *path, const struct where *where, const struct carepath_mark *marks,
                      size_t n, struct nights *nights)
{
    struct person person = {&path->fit.present[marks[0].child], marks[0].group, 0};
    person.stay = person.child->stay_start - path->fit.origin;
    const int32_t adult = date_birthday(person.child->born, 18) - path->fit.origin;
    int32_t night = 0;
    for (size_t i = 1; i <= n; i++) {
        const struct carepath_mark *mark = i < n ? &marks[i] : NULL;
        const int32_t end = mark != NULL ? mark->day : path->plan.days;
        if (mark != NULL && mark->what == CAREPATH_MARK_GROWN)
            continue;
        for (; night < end && night + 1 < adult; night++) {
            const bool in = holds(path, where, &person, night);
            nights->n[in]++;
            if (night + 1 < end || mark == NULL)
                continue;
            nights->events[in][mark->what == CAREPATH_MARK_CHANGE ? 2 : mark->route == ROUTE_CUSTODY]++;
        }
        night = end;
        if (mark != NULL && mark->what == CAREPATH_MARK_EXIT)
            return; /* nobody comes back in this world */
        if (mark != NULL && mark->what == CAREPATH_MARK_CHANGE) {
            person.group = mark->group;
            person.stay = mark->day;
        }
    }
}

static size_t story_end(const struct carepath_trace *trace, size_t from)
{
    size_t to = from;
    while (to < trace->n && trace->marks[to].child == trace->marks[from].child &&
           trace->marks[to].stream == trace->marks[from].stream)
        to++;
    return to;
}

static struct nights watch(struct path *path, struct lever *lever)
{
    struct nights nights = {{0}, {{0}}};
    path->scenario.levers = lever;
    path->scenario.n_levers = 1;
    path_start(path);
    for (uint32_t r = 0; r < RUNS; r++) {
        struct carepath_trace trace = path_trace(path, r);
        for (size_t i = 0, to = 0; i < trace.n; i = to) {
            to = story_end(&trace, i);
            add_child(path, &lever->where, trace.marks + i, to - i, &nights);
        }
        free(trace.marks);
    }
    path->scenario.n_levers = 0;
    return nights;
}

/* Chance of each end of a night when hazards are multiplied by factors. */
static void chances(const double factors[WAYS], double out[WAYS])
{
    double q = 0;
    double sum = 0;
    for (int w = 0; w < WAYS; w++)
        q += daily[w];
    for (int w = 0; w < WAYS; w++)
        sum += out[w] = -log1p(-q) * daily[w] / q * factors[w];
    for (int w = 0; w < WAYS; w++)
        out[w] *= -expm1(-sum) / sum;
}

static void must_be(const struct nights *nights, bool in, const double factors[WAYS])
{
    double p[WAYS];
    chances(factors, p);
    ck_assert_msg(nights->n[in] > 5000, "only %.0f nights", nights->n[in]);
    for (int w = 0; w < WAYS; w++) {
        const double expected = nights->n[in] * p[w];
        if (!(factors[w] > 0))
            ck_assert_double_eq(nights->events[in][w], 0);
        else
            ck_assert_msg(fabs(nights->events[in][w] - expected) < z_limit * sqrt(expected),
                          "%s, way %d: %.0f instead of %f", in ? "in" : "out", w, nights->events[in][w],
                          expected);
    }
}

static const double plain[WAYS] = {1, 1, 1};

/* The conditions one by one; each is met by a tenth of all nights at least. */
enum { CONDITIONS = 12 };
static struct where condition(int i)
{
    struct where where = authority_lever("", LEVER_EXITS, 0).where;
    switch (i) {
    case 0:
        where.age_low = 7;
        where.age_high = 12;
        break;
    case 1:
        where.age_low = 16;
        break;
    case 2:
        where.placements = 1U << PLACEMENT_FOSTER_IFA;
        break;
    case 3:
        where.uasc = 1;
        break;
    case 4:
        where.uasc = 0;
        break;
    case 5:
        where.needs = 1U << NEED_N5;
        break;
    case 6:
        where.locality = "North";
        break;
    case 7:
        where.in_care_high = 400;
        break;
    case 8:
        where.in_care_low = 500;
        break;
    case 9:
        where.in_placement_high = 60;
        break;
    case 10:
        where.in_placement_low = 45;
        where.in_placement_high = 210;
        break;
    default:
        where.age_low = 5;
        where.placements = 1U << PLACEMENT_FOSTER_IFA | 1U << PLACEMENT_RES_EXTERNAL;
        where.uasc = 0;
        where.needs = 1U << NEED_N1;
        where.in_placement_low = 30;
    }
    return where;
}

START_TEST(exits_stop_where_a_lever_says)
{
    static const double none[WAYS] = {0, 0, 1};
    struct path path;
    open_world(&path);
    struct lever lever = authority_lever("a", LEVER_EXITS, -1);
    lever.where = condition(_i);
    const struct nights nights = watch(&path, &lever);
    must_be(&nights, true, none);
    must_be(&nights, false, plain);
    path_close(&path);
}
END_TEST

START_TEST(exits_double_where_a_lever_says)
{
    static const double twice[WAYS] = {2, 2, 1};
    struct path path;
    open_world(&path);
    struct lever lever = authority_lever("a", LEVER_EXITS, 1);
    lever.where = condition(_i);
    const struct nights nights = watch(&path, &lever);
    must_be(&nights, true, twice);
    must_be(&nights, false, plain);
    path_close(&path);
}
END_TEST

START_TEST(moves_halve_where_a_lever_says)
{
    static const double half[WAYS] = {1, 1, .5};
    struct path path;
    open_world(&path);
    struct lever lever = authority_lever("a", LEVER_MOVES, -.5);
    lever.where = condition(_i);
    const struct nights nights = watch(&path, &lever);
    must_be(&nights, true, half);
    must_be(&nights, false, plain);
    path_close(&path);
}
END_TEST

START_TEST(one_route_and_no_other)
{
    static const double custody[WAYS] = {1, 0, 1};
    static const double home[WAYS] = {1.5, 1, 1};
    struct path path;
    open_world(&path);
    struct lever lever = authority_lever("a", LEVER_EXITS, -1);
    lever.where.routes = 1U << ROUTE_CUSTODY;
    struct nights nights = watch(&path, &lever);
    must_be(&nights, true, custody);
    lever = authority_lever("a", LEVER_EXITS, .5);
    lever.where.routes = 1U << ROUTE_HOME | 1U << ROUTE_SGO;
    nights = watch(&path, &lever);
    must_be(&nights, true, home);
    path_close(&path);
}
END_TEST

START_TEST(a_legal_status_acts_on_its_share_of_days)
{
    /* .3 of all days under a care order: exits stop there, .7 are left */
    static const double share[WAYS] = {.7, .7, 1};
    struct path path;
    open_world(&path);
    struct lever lever = authority_lever("a", LEVER_EXITS, -1);
    lever.where.legals = 1U << LEGAL_CARE_ORDER;
    struct nights nights = watch(&path, &lever);
    must_be(&nights, true, share);
    static const double moves[WAYS] = {1, 1, 1.6};
    lever = authority_lever("a", LEVER_MOVES, 2);
    lever.where.legals = 1U << LEGAL_CARE_ORDER;
    nights = watch(&path, &lever);
    must_be(&nights, true, moves);
    path_close(&path);
}
END_TEST

/* ---- and nobody else ----------------------------------------------------------------------------------- */

static bool same_story(const struct carepath_mark *a, size_t n_a, const struct carepath_mark *b, size_t n_b)
{
    bool same = n_a == n_b;
    for (size_t i = 0; same && i < n_a; i++)
        same = a[i].day == b[i].day && a[i].what == b[i].what && a[i].kind == b[i].kind &&
               a[i].group == b[i].group && a[i].route == b[i].route && a[i].is_counted == b[i].is_counted;
    return same;
}

/* How many children have another story under a lever; others[0] of those whom `where` cannot concern. */
static void differ(struct path *path, struct lever *lever, const struct where *where, int32_t n[2])
{
    n[0] = n[1] = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path->scenario.n_levers = 0;
        path_start(path);
        struct carepath_trace before = path_trace(path, r);
        path->scenario.levers = lever;
        path->scenario.n_levers = 1;
        path_start(path);
        struct carepath_trace after = path_trace(path, r);
        size_t at = 0;
        for (size_t i = 0, to = 0; i < before.n; i = to) {
            to = story_end(&before, i);
            const size_t end = story_end(&after, at);
            const struct carepath_mark *mark = &before.marks[i];
            must(mark->child == after.marks[at].child && mark->stream == after.marks[at].stream,
                 "another child");
            const struct carepath_child *child = &path->fit.present[mark->child];
            const bool concerns = where->locality == NULL ||
                                  strcmp(path->history.localities[child->locality], where->locality) == 0;
            if (!same_story(&before.marks[i], to - i, &after.marks[at], end - at))
                n[concerns && (where->needs >> child->need & 1U) != 0]++;
            at = end;
        }
        free(before.marks);
        free(after.marks);
    }
    path->scenario.n_levers = 0;
}

START_TEST(one_child_of_a_locality)
{
    /* A lever on the exits of the only child of a locality changes that child and no other; the same by its
     * need, and on its moves. */
    struct path path;
    open_world(&path);
    for (size_t i = 0; i < CHILDREN; i++) {
        path.fit.present[i].locality = i == 1234 ? 1 : 0;
        path.fit.present[i].need = i == 1234 ? NEED_N7 : NEED_N1;
    }
    for (int way = 0; way < 4; way++) {
        struct lever lever = authority_lever("a", way % 2 == 0 ? LEVER_EXITS : LEVER_MOVES, 40);
        int32_t n[2];
        if (way < 2)
            lever.where.locality = "North";
        else
            lever.where.needs = 1U << NEED_N7;
        differ(&path, &lever, &lever.where, n);
        ck_assert_int_eq(n[0], 0);
        ck_assert_int_gt(n[1], 0);
        ck_assert_int_le(n[1], RUNS);
    }
    path_close(&path);
}
END_TEST

START_TEST(a_lever_that_has_not_started_changes_no_story)
{
    /* Its conditions cut bands of age and of both times, its factor is 1 until behind the horizon. */
    struct path path;
    open_world(&path);
    static const enum lever_kind kinds[] = {LEVER_EXITS, LEVER_MOVES, LEVER_READMISSIONS, LEVER_ENTRIES,
                                            LEVER_MIX};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        struct lever lever = authority_lever("a", kinds[k], .8);
        int32_t n[2];
        lever.start = on(2023, 4, 1);
        lever.where.age_low = 7;
        lever.where.age_high = 13;
        lever.where.in_care_high = kinds[k] == LEVER_READMISSIONS ? INT32_MAX : 45;
        lever.where.in_placement_low = kinds[k] == LEVER_READMISSIONS ? 0 : 100;
        lever.where.from = 1U << PLACEMENT_FOSTER_IFA;
        lever.where.to = 1U << PLACEMENT_FOSTER_KIN;
        differ(&path, &lever, &lever.where, n);
        ck_assert_int_eq(n[0] + n[1], 0);
    }
    path_close(&path);
}
END_TEST

START_TEST(a_lever_of_nothing_changes_no_byte)
{
    /* An effect of 0, or a reach of nobody, however many bands its conditions would cut; under every stance:
     * the best of nothing is the baseline. */
    struct path path;
    path_open_authority(&path, 17, 60);
    path_learn(&path, MONTHS);
    path_start(&path);
    const size_t size = path.n_series * MONTHS * sizeof *path.values;
    int32_t *before = malloc(RUNS * size);
    ck_assert_ptr_nonnull(before);
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        memcpy((char *)before + r * size, path.values, size);
    }
    for (int stance = STANCE_BASELINE; stance < STANCE_COUNT; stance++) {
        static const enum lever_kind kinds[] = {LEVER_ENTRIES, LEVER_EXITS,        LEVER_MOVES,
                                                LEVER_MIX,     LEVER_READMISSIONS, LEVER_REFERRALS};
        static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
        struct lever levers[6];
        for (int i = 0; i < 6; i++) {
            levers[i] = authority_lever(ids[i], kinds[i], i % 2 == 0 ? 0 : .5);
            levers[i].reach = i % 2 == 0 ? 1 : 0;
            levers[i].where.age_low = 3 + i;
            levers[i].where.age_high = 11 + i;
            levers[i].where.in_care_high = 50 + i;
            levers[i].where.from = 1U << PLACEMENT_FOSTER_IFA;
            levers[i].where.to = 1U << PLACEMENT_FOSTER_KIN;
        }
        path.scenario.levers = levers;
        path.scenario.n_levers = 6;
        path.scenario.stance = (enum stance)stance;
        path_start(&path);
        for (uint32_t r = 0; r < RUNS; r++) {
            path_run(&path, r);
            ck_assert_mem_eq((char *)before + r * size, path.values, size);
        }
    }
    free(before);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_where(void)
{
    Suite *suite = suite_create("carepath_where");
    TCase *tcase = tcase_create("where");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, exits_stop_where_a_lever_says, 0, CONDITIONS);
    tcase_add_loop_test(tcase, exits_double_where_a_lever_says, 0, CONDITIONS);
    tcase_add_loop_test(tcase, moves_halve_where_a_lever_says, 0, CONDITIONS);
    tcase_add_test(tcase, one_route_and_no_other);
    tcase_add_test(tcase, a_legal_status_acts_on_its_share_of_days);
    tcase_add_test(tcase, one_child_of_a_locality);
    tcase_add_test(tcase, a_lever_that_has_not_started_changes_no_story);
    tcase_add_test(tcase, a_lever_of_nothing_changes_no_byte);
    suite_add_tcase(suite, tcase);
    return suite;
}
