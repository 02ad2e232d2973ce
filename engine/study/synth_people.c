/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrivals are Poisson in each month. Every arrival and every child has random numbers of its own, so a
 * change of one rate leaves the others' luck alone. Burn-in lives that end before the returns begin are
 * thrown away. */
#include "study/synth_people.h"

#include <stdlib.h>

#include "base/vec.h"
#include "numeric/dist.h"

enum { STREAM_MONTH, STREAM_ARRIVAL, STREAM_CHILD, STREAM_CODES, STREAM_TRIAL };
enum { TRIALS = 12000, MOST_RETURNS = 6, OLDEST_LEAVER = 21, YOUNGEST_LEAVER = 16 };
static const double days_per_year = 365.25;
static const double together = .7; /* siblings placed with the oldest */

const char *const synth_ethnics[SYNTH_ETHNICS] = {"WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC",
                                                  "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN",
                                                  "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH"};
/* England, 31 March 2022: White 73 %, Mixed 11, Asian 5, Black 7, other 4. */
static const double ethnic_weights[SYNTH_ETHNICS] = {.680, .007, .035, .004, .008, .035, .012, .018, .045,
                                                     .008, .018, .010, .012, .020, .035, .015, .003, .035};
static const double ethnic_weights_uasc[SYNTH_ETHNICS] = {0, 0,   .06, 0,  0, 0,   0,   0,   0,
                                                          0, .02, .03, .2, 0, .25, .05, .02, .37};

void synth_people_free(struct synth_people *people)
{
    free(people->children);
    free(people->spells);
    free(people->episodes);
    *people = (struct synth_people){0};
}

/* What an arrival brings: children of one family on one day. */
struct arrival {
    int32_t n;
    bool uasc;
    day date;
    struct synth_person people[SYNTH_SIBLINGS];
};

static day born_at_age(enum age_band band, day date, double u)
{
    const int32_t first = age_band_first(band);
    const int32_t end = age_band_first((enum age_band)(band + 1));
    /* entries under one crowd around birth */
    const double share = band == AGE_0 ? u * u * u : u;
    const day oldest = date_birthday(date, -end) + 1;
    const day youngest = date_birthday(date, -first);
    return youngest - (day)(share * (youngest - oldest));
}

static void draw_person(struct synth_person *person, struct stream *stream)
{
    const bool uasc = person->uasc;
    const double *needs = uasc ? synth_rates_uasc.need : synth_rates_family.need;
    const double *ethnics = uasc ? ethnic_weights_uasc : ethnic_weights;
    person->male = stream_uniform(stream) < (uasc ? .95 : .53);
    person->ethnic = (uint8_t)synth_choose(ethnics, SYNTH_ETHNICS, stream_uniform(stream));
    person->need = (enum need)synth_choose(needs, NEED_COUNT, stream_uniform(stream));
}

static void draw_arrival(struct arrival *arrival, uint32_t family, day date, struct stream *stream)
{
    arrival->uasc = stream_uniform(stream) < synth_uasc_share;
    arrival->date = date;
    const int32_t size = synth_choose(synth_sibling_sizes, SYNTH_SIBLINGS, stream_uniform(stream)) + 1;
    arrival->n = arrival->uasc ? 1 : size;
    const double *ages = arrival->uasc ? synth_rates_uasc.start_age : synth_rates_family.start_age;
    const enum age_band oldest = (enum age_band)synth_choose(ages, AGE_COUNT, stream_uniform(stream));
    day born = born_at_age(oldest, date, stream_uniform(stream));
    struct synth_person first = {.uasc = arrival->uasc, .family = family};
    draw_person(&first, stream);
    for (int32_t i = 0; i < arrival->n; i++) {
        struct synth_person *person = &arrival->people[i];
        *person = first;
        person->born = born;
        person->male = stream_uniform(stream) < (first.uasc ? .95 : .53);
        /* the next sibling is one to four years younger, and no less than newborn */
        const day gap = (day)(days_per_year * (1 + 3 * stream_uniform(stream)));
        if (born + gap >= date) {
            arrival->n = i + 1;
            break;
        }
        born += gap;
    }
}

/* Lives a child's periods; keep says what to do with each. */
struct sink {
    bool (*period)(struct sink *self, const struct synth_person *person, const struct synth_period *period,
                   int32_t index, struct err *err);
};

static bool live(const struct synth_world *world, const struct synth_person *person,
                 const struct synth_stay *first, struct stream *stream, struct sink *sink, struct err *err)
{
    struct synth_period period;
    struct synth_stay stay = *first;
    for (int32_t i = 0; i < MOST_RETURNS; i++) {
        synth_life_period(world, person, &stay, stream, &period);
        if (!sink->period(sink, person, &period, i, err))
            return false;
        const day back = synth_life_return(world, person, &period, stream);
        if (back == DAY_NONE)
            break;
        stay = synth_life_first_stay(person, back, stream);
    }
    return true;
}

/* All children of an arrival; numbers begin at first_number. */
static bool live_arrival(const struct synth_world *world, struct arrival *arrival, uint32_t first_number,
                         uint32_t purpose, struct sink *sink, struct err *err)
{
    struct synth_stay oldest = {0};
    for (int32_t i = 0; i < arrival->n; i++) {
        struct synth_person *person = &arrival->people[i];
        person->number = first_number + (uint32_t)i;
        struct stream stream = stream_make(world->seed, PURPOSE_SYNTH, purpose, person->number, 0);
        struct synth_stay first = synth_life_first_stay(person, arrival->date, &stream);
        const bool can_share =
            i > 0 && (oldest.group <= PLACEMENT_FOSTER_IFA || oldest.group == PLACEMENT_PARENTS);
        if (stream_uniform(&stream) < together && can_share)
            first = oldest;
        if (i == 0)
            oldest = first;
        if (!live(world, person, &first, &stream, sink, err))
            return false;
    }
    return true;
}

/* ---- how many arrivals ------------------------------------------------------------------------------- */

struct trial_sink {
    struct sink base;
    double days;
};

static bool count_days(struct sink *self, const struct synth_person *person,
                       const struct synth_period *period, int32_t index, struct err *err)
{
    (void)person;
    (void)index;
    (void)err;
    struct trial_sink *trial = (struct trial_sink *)self;
    trial->days += period->end - period->start;
    return true;
}

double synth_arrivals_for(int32_t children)
{
    /* years without drift, far enough for everybody to turn 18 */
    const struct synth_world world = {.horizon = date_from_civil(2100, 1, 1), .n_years = 0};
    struct trial_sink sink = {.base = {count_days}};
    struct err ignored = {0};
    uint32_t number = 0;
    for (uint32_t i = 0; i < TRIALS; i++) {
        struct arrival arrival;
        struct stream stream = stream_make(world.seed, PURPOSE_SYNTH, STREAM_ARRIVAL, i, STREAM_TRIAL);
        draw_arrival(&arrival, i, date_from_civil(2000, 1, 1) + (day)(i % 1461), &stream);
        (void)live_arrival(&world, &arrival, number, STREAM_TRIAL, &sink.base, &ignored); /* cannot fail */
        number += (uint32_t)arrival.n;
    }
    return children * days_per_year / (sink.days / TRIALS);
}

/* ---- everybody --------------------------------------------------------------------------------------- */

struct keeping_sink {
    struct sink base;
    const struct synth_world *world;
    struct synth_people *people;
    bool started; /* the last child in people is this one */
};

static bool is_filed(const struct synth_world *world, const struct synth_person *person,
                     const struct synth_period *period)
{
    if (period->end >= world->window_start)
        return true;
    /* a care leaver: looked after at 16 or later, 21 or younger when the returns begin */
    return date_age_on(person->born, period->end) >= YOUNGEST_LEAVER &&
           date_birthday(person->born, OLDEST_LEAVER + 1) > world->window_start;
}

static bool keep_period(struct sink *self, const struct synth_person *person,
                        const struct synth_period *period, int32_t index, struct err *err)
{
    struct keeping_sink *keeping = (struct keeping_sink *)self;
    struct synth_people *people = keeping->people;
    if (index == 0)
        keeping->started = false;
    if (!keeping->started && !is_filed(keeping->world, person, period))
        return true;
    if (!vec_reserve((void **)&people->spells, &people->spells_capacity, people->n_spells + 1,
                     sizeof people->spells[0], err) ||
        !vec_reserve((void **)&people->children, &people->children_capacity, people->n_children + 1,
                     sizeof people->children[0], err))
        return false;
    struct stream codes =
        stream_make(keeping->world->seed, PURPOSE_SYNTH, STREAM_CODES, person->number, (uint32_t)index);
    const size_t first_episode = people->n_episodes;
    if (!synth_episodes_add(people, person, period, &codes, err))
        return false;
    if (!keeping->started)
        people->children[people->n_children++] =
            (struct synth_child){.person = *person, .first_spell = (int32_t)people->n_spells};
    keeping->started = true;
    people->children[people->n_children - 1].n_spells++;
    people->spells[people->n_spells++] = (struct synth_spell){
        .start = period->start,
        .end = period->end,
        .route = period->route,
        .readmission = index > 0,
        .first_episode = (int32_t)first_episode,
        .n_episodes = (int32_t)(people->n_episodes - first_episode),
    };
    return true;
}

bool synth_people_make(const struct synth_world *world, double arrivals_per_year, struct synth_people *out,
                       struct err *err)
{
    struct synth_people people = {0};
    struct keeping_sink sink = {.base = {keep_period}, .world = world, .people = &people};
    uint32_t family = 0;
    uint32_t number = 1;
    uint32_t month = 0;
    for (day start = world->begin; start < world->horizon; start = date_month_start(start, 1), month++) {
        const int32_t days = date_month_start(start, 1) - start;
        struct stream stream = stream_make(world->seed, PURPOSE_SYNTH, STREAM_MONTH, month, 0);
        const double mean = arrivals_per_year * days / days_per_year * synth_entry_multiplier(world, start);
        const int32_t n = dist_poisson_quantile(mean, stream_uniform(&stream));
        for (int32_t i = 0; i < n; i++, family++) {
            struct arrival arrival;
            struct stream own = stream_make(world->seed, PURPOSE_SYNTH, STREAM_ARRIVAL, family, 0);
            const day date = start + (day)(stream_uniform(&own) * days);
            draw_arrival(&arrival, family, date, &own);
            if (!live_arrival(world, &arrival, number, STREAM_CHILD, &sink.base, err)) {
                synth_people_free(&people);
                return false;
            }
            number += (uint32_t)arrival.n;
        }
    }
    *out = people;
    return true;
}
