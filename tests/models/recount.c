/* SPDX-License-Identifier: GPL-3.0-or-later
 * People are known from the fit and from the arrivals, what they did from the trace. Each is walked day by
 * day, so that nothing of the model's own way of counting is used. */
#include "tests/models/recount.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sim/verify.h"

enum { MOST_BIRTHDAYS = CAREPATH_MOST_STAGES + 1, MEASURES = MEASURE_COUNT };

struct person {
    uint32_t stream, child;
    bool is_here, uasc, again; /* again: looked after before the forecast */
    day born;                  /* of those who are here */
    int stage;                 /* of those who come: the stage on arrival, and the days on which stages end */
    int32_t birthdays[MOST_BIRTHDAYS];
    int need, locality;
};

struct counting {
    struct path *path;
    int32_t months, days;
    struct person *people;
    size_t n, capacity;
    int32_t *cells[MEASURES]; /* [LEXIS_CELLS][months] */
    int32_t *routes;
    int32_t *needs[MEASURES], *localities[MEASURES];
    struct recount found;
};

/* ---- people -------------------------------------------------------------------------------------------- */

static struct person *add_person(struct counting *c)
{
    struct err err = {0};
    must(vec_reserve((void **)&c->people, &c->capacity, c->n + 1, sizeof *c->people, &err), err.message);
    c->people[c->n] = (struct person){0};
    return &c->people[c->n++];
}

static bool take(void *context, struct carepath_arrival *arrival)
{
    struct counting *c = context;
    const struct carepath_life *life = &arrival->life;
    const struct carepath_plan *plan = &c->path->plan;
    struct person *person = add_person(c);
    person->stream = life->counter[3];
    person->child = life->counter[1];
    person->again = arrival->again;
    person->stage = life->stage;
    person->uasc = life->stage >= plan->first_uasc;
    person->need = life->need;
    person->locality = life->locality;
    for (int i = 0; i < MOST_BIRTHDAYS; i++)
        person->birthdays[i] = INT32_MAX;
    for (int i = 0; life->birthdays + i < arrival->birthdays + MOST_BIRTHDAYS; i++) {
        person->birthdays[i] = life->birthdays[i];
        must(i == 0 || life->birthdays[i] > life->birthdays[i - 1], "birthdays are out of order");
        if (life->birthdays[i] > c->days || plan->stages[life->stage + i].is_last)
            break;
    }
    return true;
}

static int compare_people(const void *a, const void *b)
{
    const struct person *x = a;
    const struct person *y = b;
    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    return x->child < y->child ? -1 : x->child > y->child;
}

static void list_people(struct counting *c)
{
    const struct carepath_fit *fit = &c->path->fit;
    for (size_t i = 0; i < fit->n_present; i++) {
        struct person *person = add_person(c);
        person->child = (uint32_t)i;
        person->is_here = true;
        person->born = fit->present[i].born;
        person->uasc = lexis_kind_is_uasc(fit->present[i].kind);
        person->need = fit->present[i].need;
        person->locality = fit->present[i].locality;
    }
    ck_assert(carepath_arrivals(c->path->room, take, c));
    qsort(c->people, c->n, sizeof *c->people, compare_people);
    for (size_t i = 1; i < c->n; i++)
        must(compare_people(&c->people[i - 1], &c->people[i]) < 0, "two children share their luck");
}

/* The kind on a day; LEXIS_KINDS: adult. */
static int kind_on(const struct counting *c, const struct person *person, int32_t date)
{
    const struct carepath_plan *plan = &c->path->plan;
    if (person->is_here) {
        const int32_t age = date_age_on(person->born, c->path->fit.origin + date);
        return age >= LEXIS_ADULT ? (int)LEXIS_KINDS : lexis_kind_of(age, person->uasc);
    }
    int stage = person->stage;
    for (int i = 0; i < MOST_BIRTHDAYS && person->birthdays[i] <= date; i++, stage++)
        if (plan->stages[stage].is_last)
            return LEXIS_KINDS;
    return plan->stages[stage].kind;
}

/* ---- what they did ------------------------------------------------------------------------------------- */

static int32_t month_on(const struct counting *c, int32_t date)
{
    const day origin = c->path->fit.origin;
    return date_month_index(origin + date) - date_month_index(origin) - 1;
}

static void count(struct counting *c, const struct person *person, enum measure measure, int kind, int group,
                  int32_t month)
{
    const size_t months = (size_t)c->months;
    c->cells[measure][lexis_cell(kind, group) * months + (size_t)month]++;
    c->needs[measure][(size_t)person->need * months + (size_t)month]++;
    if (person->locality >= 0 && c->localities[measure] != NULL)
        c->localities[measure][(size_t)person->locality * months + (size_t)month]++;
}

/* Where a child is while its days are walked. */
struct state {
    bool in_care, was_in_care;
    int group;
    int32_t last_event;
};

static void enter(struct counting *c, const struct person *person, struct state *state,
                  const struct carepath_mark *mark)
{
    const bool again = mark->what == CAREPATH_MARK_AGAIN;
    must(!state->in_care, "who is in care enters");
    must(again == (state->was_in_care || person->again), "an entry is wrongly a readmission, or not one");
    must(mark->kind == kind_on(c, person, mark->day), "an entry at another age");
    state->in_care = state->was_in_care = true;
    state->group = mark->group;
    if (mark->what == CAREPATH_MARK_HERE) {
        must(person->is_here && mark->day == 0 && !again, "who is not here is");
        return;
    }
    must(mark->day >= 1, "an entry before the forecast");
    count(c, person, MEASURE_ENTRIES, mark->kind, mark->group, month_on(c, mark->day));
    if (again)
        count(c, person, MEASURE_READMISSIONS, mark->kind, mark->group, month_on(c, mark->day));
    c->found.readmitted += again;
}

static void leave(struct counting *c, const struct person *person, struct state *state,
                  const struct carepath_mark *mark)
{
    const int kind = kind_on(c, person, mark->day - 1);
    const bool grown = kind_on(c, person, mark->day) == LEXIS_KINDS;
    must(state->in_care, "who is not in care leaves");
    must(mark->group == state->group, "an exit from another placement");
    must(mark->kind == kind, "an exit at another age");
    must((mark->route == ROUTE_AGED_OUT) == grown, "a route that is not that of the age");
    state->in_care = false;
    count(c, person, MEASURE_EXITS, kind, state->group, month_on(c, mark->day));
    c->routes[(size_t)mark->route * (size_t)c->months + (size_t)month_on(c, mark->day)]++;
    c->found.aged_out += grown;
}

static void apply(struct counting *c, const struct person *person, struct state *state,
                  const struct carepath_mark *mark)
{
    if (mark->what != CAREPATH_MARK_GROWN) {
        must(mark->day > state->last_event, "two events on a day, or a stay without a night");
        state->last_event = mark->day;
    }
    switch ((enum carepath_mark_kind)mark->what) {
    case CAREPATH_MARK_HERE:
    case CAREPATH_MARK_ENTRY:
    case CAREPATH_MARK_AGAIN:
        enter(c, person, state, mark);
        break;
    case CAREPATH_MARK_GROWN:
        must(state->in_care, "who is not in care grows");
        must(kind_on(c, person, mark->day) != kind_on(c, person, mark->day - 1), "a birthday of no band");
        must(mark->kind == kind_on(c, person, mark->day), "a birthday into another band");
        break;
    case CAREPATH_MARK_CHANGE:
        must(state->in_care, "who is not in care changes placement");
        must(mark->kind == kind_on(c, person, mark->day), "a change of placement at another age");
        state->group = mark->group;
        if (mark->is_counted)
            count(c, person, MEASURE_MOVES, mark->kind, mark->group, month_on(c, mark->day));
        break;
    case CAREPATH_MARK_EXIT:
        leave(c, person, state, mark);
        break;
    }
}

static void walk_person(struct counting *c, const struct person *person, const struct carepath_mark *marks,
                        size_t n)
{
    struct state state = {.last_event = -1};
    size_t at = 0;
    for (int32_t date = 0; date <= c->days; date++) {
        while (at < n && marks[at].day == date)
            apply(c, person, &state, &marks[at++]);
        if (!state.in_care || date == 0)
            continue;
        const int kind = kind_on(c, person, date);
        must(kind < LEXIS_KINDS, "a night at 18");
        count(c, person, MEASURE_NIGHTS, kind, state.group, month_on(c, date));
        if (date == c->days || month_on(c, date + 1) != month_on(c, date))
            count(c, person, MEASURE_STOCK, kind, state.group, month_on(c, date));
    }
    must(at == n, "events out of order, or behind the horizon");
}

static void walk_everybody(struct counting *c, const struct carepath_trace *trace)
{
    const struct carepath_mark *marks = trace->marks;
    size_t from = 0;
    for (size_t i = 0; i < c->n; i++) {
        size_t to = from;
        while (to < trace->n && marks[to].stream == c->people[i].stream &&
               marks[to].child == c->people[i].child)
            to++;
        must(to > from, "a child is lost");
        walk_person(c, &c->people[i], marks + from, to - from);
        from = to;
    }
    must(from == trace->n, "events of nobody");
}

/* ---- series -------------------------------------------------------------------------------------------- */

static bool is_in(struct group group, int kind, int placement)
{
    switch (group.kind) {
    case GROUP_ALL:
        return true;
    case GROUP_PLACEMENT:
        return group.member == placement;
    case GROUP_AGE:
        return group.member == (int32_t)lexis_kind_band(kind);
    case GROUP_UASC:
        return lexis_kind_is_uasc(kind);
    case GROUP_ROUTE:
    case GROUP_LEGAL:
    case GROUP_NEED:
    case GROUP_LOCALITY:
    case GROUP_KIND_COUNT:
        break;
    }
    return false;
}

static int32_t recounted(const struct counting *c, const struct result_series *series, int32_t month)
{
    const size_t at = (size_t)series->group.member * (size_t)c->months + (size_t)month;
    if (series->group.kind == GROUP_ROUTE)
        return c->routes[at];
    if (series->group.kind == GROUP_NEED)
        return c->needs[series->measure][at];
    if (series->group.kind == GROUP_LOCALITY)
        return c->localities[series->measure][at];
    int32_t sum = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            if (is_in(series->group, k, g))
                sum += c->cells[series->measure][lexis_cell(k, g) * (size_t)c->months + (size_t)month];
    return sum;
}

static void compare(const struct counting *c)
{
    const struct path *path = c->path;
    for (size_t i = 0; i < path->n_series; i++) {
        const struct result_series *series = &path->series[i];
        for (int32_t m = 0; m < c->months; m++) {
            const int32_t expected = recounted(c, series, m);
            const int32_t told = path->values[i * (size_t)c->months + (size_t)m];
            if (told != expected)
                ck_abort_msg("%s of group kind %d, member %d, month %d: %d, counted again %d",
                             measure_name(series->measure), (int)series->group.kind,
                             (int)series->group.member, (int)m, (int)told, (int)expected);
        }
    }
    const struct tally tally = {
        .series = path->series, .n_series = path->n_series, .months = c->months, .values = path->values};
    struct err err = {0};
    ck_assert_msg(tally_verify(&tally, path->fit.origin, (int32_t)path->fit.n_present, &err), "%s",
                  err.message);
}

static void make_tables(struct counting *c)
{
    struct err err = {0};
    const size_t months = (size_t)c->months;
    const size_t localities = c->path->history.n_localities;
    for (int m = 0; m < MEASURES; m++) {
        c->cells[m] = vec_new(LEXIS_CELLS * months, sizeof *c->cells[m], &err);
        c->needs[m] = vec_new(NEED_COUNT * months, sizeof *c->needs[m], &err);
        c->localities[m] =
            localities > 0 ? vec_new(localities * months, sizeof *c->localities[m], &err) : NULL;
        ck_assert(c->cells[m] != NULL && c->needs[m] != NULL);
    }
    c->routes = vec_new(ROUTE_COUNT * months, sizeof *c->routes, &err);
    ck_assert_ptr_nonnull(c->routes);
}

struct recount recount_replicate(struct path *path, uint32_t replicate)
{
    const day origin = path->fit.origin;
    struct counting c = {
        .path = path, .months = path->fit.months, .days = date_month_end(origin, path->fit.months) - origin};
    struct carepath_trace trace = path_trace(path, replicate);
    make_tables(&c);
    list_people(&c);
    walk_everybody(&c, &trace);
    compare(&c);
    c.found.people = (int32_t)c.n;
    c.found.marks = (int32_t)trace.n;
    for (int m = 0; m < MEASURES; m++) {
        free(c.cells[m]);
        free(c.needs[m]);
        free(c.localities[m]);
    }
    free(c.routes);
    free(c.people);
    free(trace.marks);
    return c.found;
}
