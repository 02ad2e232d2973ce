/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between two boundaries (a birthday that changes the age band, a band of time in care or in placement, a
 * change of legal status, a 1 April) every hazard is constant, so one exponential is spent piece by piece
 * until it runs out; one uniform then says which event it was. */
#include "study/synth_life.h"

#include <math.h>
#include <string.h>

enum { ADULT = 18, MOVE = ROUTE_COUNT, PLACED = ROUTE_COUNT + 1, EVENTS = ROUTE_COUNT + 2 };
static const double days_per_year = 365.25;
static const double remand_ends = 6; /* exits a child-year while on remand */

int32_t synth_choose(const double weights[], int32_t n, double u)
{
    double total = 0;
    for (int32_t i = 0; i < n; i++)
        total += weights[i];
    double left = u * total;
    int32_t last = 0;
    for (int32_t i = 0; i < n; i++) {
        if (weights[i] <= 0)
            continue;
        last = i;
        if (left < weights[i])
            return i;
        left -= weights[i];
    }
    return last;
}

static double multiplier(const struct synth_world *world, const double by_year[], day date)
{
    const int32_t year = date_financial_year(date) - world->first_year;
    return year < 0 || year >= world->n_years ? 1 : by_year[year];
}

double synth_entry_multiplier(const struct synth_world *world, day date)
{
    return multiplier(world, world->entry_multiplier, date);
}

double synth_exit_multiplier(const struct synth_world *world, day date)
{
    return multiplier(world, world->exit_multiplier, date);
}

static const struct synth_rates *rates_of(const struct synth_person *person)
{
    return person->uasc ? &synth_rates_uasc : &synth_rates_family;
}

static enum age_band age_on(const struct synth_person *person, day date)
{
    return age_band_of(date_age_on(person->born, date));
}

static day exponential_days(struct stream *stream, double mean)
{
    return (day)ceil(stream_exponential(stream) * mean);
}

/* ---- placements -------------------------------------------------------------------------------------- */

/* Providers by group: weights of PR0..PR5. England, 31 March 2022: own 46 %, private 38 %, voluntary 7 %. */
static const double providers[PLACEMENT_COUNT][6] = {
    [PLACEMENT_FOSTER_KIN] = {0, 1, 0, 0, 0, 0},
    [PLACEMENT_FOSTER_INHOUSE] = {0, .97, .03, 0, 0, 0},
    [PLACEMENT_FOSTER_IFA] = {0, 0, 0, 0, .82, .18},
    [PLACEMENT_ADOPTION] = {0, .55, .30, 0, 0, .15},
    [PLACEMENT_PARENTS] = {1, 0, 0, 0, 0, 0},
    [PLACEMENT_RES_INHOUSE] = {0, 1, 0, 0, 0, 0},
    [PLACEMENT_RES_EXTERNAL] = {0, 0, 0, 0, .92, .08},
    [PLACEMENT_SUPPORTED] = {0, .12, 0, 0, .68, .20},
    [PLACEMENT_RES_OTHER] = {0, .1, .1, 0, .6, .2},
    [PLACEMENT_SECURE] = {0, .5, .5, 0, 0, 0},
    [PLACEMENT_OTHER] = {0, 0, 0, 0, 1, 0},
};

static struct synth_stay new_stay(day start, enum placement_group group, struct stream *stream)
{
    return (struct synth_stay){
        .start = start,
        .group = group,
        .provider = (uint8_t)synth_choose(providers[group], 6, stream_uniform(stream)),
        .carer = stream_word(stream),
    };
}

struct synth_stay synth_life_first_stay(const struct synth_person *person, day start, struct stream *stream)
{
    const double *weights = rates_of(person)->first_placement[age_on(person, start)];
    const int32_t group = synth_choose(weights, PLACEMENT_COUNT, stream_uniform(stream));
    return new_stay(start, (enum placement_group)group, stream);
}

/* ---- legal status ------------------------------------------------------------------------------------ */

static void add_legal(struct synth_period *period, day start, const char *code)
{
    bug_if(period->n_legals == SYNTH_MOST_LEGALS);
    period->legals[period->n_legals++] = (struct synth_legal){start, code};
}

/* From interim care to the court's decision: a placement order for some of the youngest, else a care order.
 */
static void add_proceedings(struct synth_period *period, const struct synth_person *person, day start,
                            struct stream *stream)
{
    static const double adoption_by_age[] = {.90, .74, .62, .45, .25, .12, .06};
    add_legal(period, start, "C1");
    const day decision = start + 130 + exponential_days(stream, 240);
    const int32_t age = date_age_on(person->born, decision);
    const double u = stream_uniform(stream);
    const bool adoption = age < (int32_t)(sizeof adoption_by_age / sizeof adoption_by_age[0]) &&
                          u < adoption_by_age[age < 0 ? 0 : age];
    add_legal(period, decision, adoption ? "E1" : "C2");
}

static void plan_legals(struct synth_period *period, const struct synth_person *person, struct stream *stream)
{
    const struct synth_rates *rates = rates_of(person);
    const day start = period->start;
    const char *first =
        synth_first_legals[synth_choose(rates->first_legal, SYNTH_FIRST_LEGALS, stream_uniform(stream))];
    const double u = stream_uniform(stream);
    const day wait = exponential_days(stream, 1);
    if (strcmp(first, "J1") == 0 && date_age_on(person->born, start) < 12)
        first = "V2";
    if (strcmp(first, "C1") == 0) {
        add_proceedings(period, person, start, stream);
        return;
    }
    add_legal(period, start, first);
    if (strcmp(first, "L1") == 0 || strcmp(first, "L2") == 0) {
        const day limit = first[1] == '1' ? 3 : 8; /* days that the law allows */
        const day then = start + (wait < limit ? wait : limit);
        if (u < .7)
            add_proceedings(period, person, then, stream);
        else
            add_legal(period, then, "V2");
    } else if (strcmp(first, "V2") == 0 && !person->uasc && u < synth_proceedings_later) {
        add_proceedings(period, person, start + 20 + exponential_days(stream, 90), stream);
    }
}

static const char *legal_on(const struct synth_period *period, day date, day *next)
{
    const char *code = period->legals[0].code;
    *next = DAY_OPEN;
    for (int32_t i = 1; i < period->n_legals; i++) {
        if (period->legals[i].start > date) {
            *next = period->legals[i].start;
            break;
        }
        code = period->legals[i].code;
    }
    return code;
}

/* ---- events ------------------------------------------------------------------------------------------ */

static day sooner(day a, day b)
{
    return a < b ? a : b;
}

/* The first day after `date` on which the child's age band changes. */
static day next_birthday_band(const struct synth_person *person, day date)
{
    const enum age_band band = age_on(person, date);
    return date_birthday(person->born, age_band_first((enum age_band)(band + 1)));
}

/* Rates per child-year of every event from a day on, and the day until which they hold. */
static day fill_rates(const struct synth_world *world, const struct synth_person *person,
                      const struct synth_period *period, day date, double rates[EVENTS])
{
    const struct synth_rates *table = rates_of(person);
    const struct synth_stay *stay = &period->stays[period->n_stays - 1];
    const enum age_band age = age_on(person, date);
    const int32_t in_care = date - period->start;
    const int32_t in_stay = date - stay->start;
    day next_legal = DAY_OPEN;
    const char *legal = legal_on(period, date, &next_legal);
    const double exits = synth_exit_multiplier(world, date);
    for (int i = 0; i < ROUTE_COUNT; i++)
        rates[i] = i == ROUTE_AGED_OUT
                       ? 0
                       : exits * synth_exit_rate(table, (enum route)i, stay->group, age, in_care, in_stay);
    if (strcmp(legal, "J1") == 0)
        rates[ROUTE_OTHER] += remand_ends;
    rates[ROUTE_HOME] *= synth_home_factor(legal);
    const bool full = period->n_stays == SYNTH_MOST_STAYS;
    rates[MOVE] = full ? 0 : synth_move_rate(table, stay->group, age, in_stay);
    rates[PLACED] = !full && strcmp(legal, "E1") == 0 && stay->group != PLACEMENT_ADOPTION && age <= AGE_5_9
                        ? synth_placed_for_adoption
                        : 0;
    const int32_t care_band = synth_next_care_band(in_care);
    const int32_t stay_band = synth_next_stay_band(in_stay);
    day next = sooner(next_legal, next_birthday_band(person, date));
    next = sooner(next, date_year_end(date_financial_year(date)) + 1);
    next = sooner(next, care_band == INT32_MAX ? DAY_OPEN : period->start + care_band);
    return sooner(next, stay_band == INT32_MAX ? DAY_OPEN : stay->start + stay_band);
}

/* The next event after the current stay's start; its kind, or -1 when the child turns 18 or the horizon comes
 * first. */
static int next_event(const struct synth_world *world, const struct synth_person *person,
                      const struct synth_period *period, day limit, struct stream *stream, day *when)
{
    double left = stream_exponential(stream);
    const double which = stream_uniform(stream);
    day date = period->stays[period->n_stays - 1].start;
    while (date < limit) {
        double rates[EVENTS];
        const day until = sooner(fill_rates(world, person, period, date, rates), limit);
        double total = 0;
        for (int i = 0; i < EVENTS; i++)
            total += rates[i] / days_per_year;
        const double spent = total * (until - date);
        if (spent >= left) {
            const day event = date + (day)ceil(left / total);
            *when = event > date ? event : date + 1;
            return *when < limit ? synth_choose(rates, EVENTS, which) : -1;
        }
        left -= spent;
        date = until;
    }
    return -1;
}

static void move_on(const struct synth_person *person, struct synth_period *period, day date,
                    struct stream *stream)
{
    const struct synth_stay *last = &period->stays[period->n_stays - 1];
    double weights[PLACEMENT_COUNT];
    memcpy(weights, rates_of(person)->destination[age_on(person, date)], sizeof weights);
    day ignored = 0;
    const char *legal = legal_on(period, date, &ignored);
    /* only a care order keeps a child in care who lives with the parents */
    if (legal[0] != 'C' || last->group == PLACEMENT_PARENTS)
        weights[PLACEMENT_PARENTS] = 0;
    const int32_t group = synth_choose(weights, PLACEMENT_COUNT, stream_uniform(stream));
    period->stays[period->n_stays] = new_stay(date, (enum placement_group)group, stream);
    period->n_stays++;
}

static void place_for_adoption(struct synth_period *period, day date, struct stream *stream)
{
    const struct synth_stay last = period->stays[period->n_stays - 1];
    struct synth_stay stay = new_stay(date, PLACEMENT_ADOPTION, stream);
    const bool fostered = last.group == PLACEMENT_FOSTER_INHOUSE || last.group == PLACEMENT_FOSTER_KIN;
    if (stream_uniform(stream) < .12 && fostered) {
        stay.current_carer = true;
        stay.carer = last.carer;
        stay.provider = last.provider;
    }
    period->stays[period->n_stays++] = stay;
}

void synth_life_period(const struct synth_world *world, const struct synth_person *person,
                       const struct synth_stay *first, struct stream *stream, struct synth_period *out)
{
    const day adult = date_birthday(person->born, ADULT);
    const day limit = sooner(adult, world->horizon);
    *out = (struct synth_period){.start = first->start, .end = DAY_OPEN, .n_stays = 1};
    out->stays[0] = *first;
    plan_legals(out, person, stream);
    if (out->legals[0].code[0] != 'C' && first->group == PLACEMENT_PARENTS) {
        out->stays[0].group = PLACEMENT_FOSTER_KIN;
        out->stays[0].provider = 1;
    }
    for (;;) {
        day when = 0;
        const int event = next_event(world, person, out, limit, stream, &when);
        if (event < 0)
            break;
        if (event == MOVE) {
            move_on(person, out, when, stream);
        } else if (event == PLACED) {
            place_for_adoption(out, when, stream);
        } else {
            out->end = when;
            out->route = (enum route)event;
            return;
        }
    }
    if (adult < world->horizon) {
        out->end = adult;
        out->route = ROUTE_AGED_OUT;
    }
}

day synth_life_return(const struct synth_world *world, const struct synth_person *person,
                      const struct synth_period *period, struct stream *stream)
{
    /* half come back soon, half much later: the long tail of readmission */
    static const double soon_days = 120;
    static const double late_days = 700;
    enum { LEAST_LEFT = 30 };
    const double u = stream_uniform(stream);
    const double v = stream_uniform(stream);
    const day wait = exponential_days(stream, v < .5 ? soon_days : late_days);
    if (period->end == DAY_OPEN || u >= rates_of(person)->readmission[period->route])
        return DAY_NONE;
    const day back = period->end + 1 + wait;
    const bool in_time = back < world->horizon && back + LEAST_LEFT < date_birthday(person->born, ADULT);
    return in_time ? back : DAY_NONE;
}
