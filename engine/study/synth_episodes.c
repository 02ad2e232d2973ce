/* SPDX-License-Identifier: GPL-3.0-or-later
 * A period of care is cut wherever its legal status, its placement or the code of its placement changes;
 * equal neighbours are joined again, so that a day on which the code lists changed cuts only the rows it
 * concerns. */
#include <string.h>

#include "base/vec.h"
#include "study/synth_people.h"

enum { MOST_CUTS = 2 * SYNTH_MOST_STAYS + SYNTH_MOST_STAYS + SYNTH_MOST_LEGALS + 8, LONG_TERM_DAYS = 500 };
static const double days_per_year = 365.25;

/* Days on which code lists changed: U for Q fostering codes, K3 for H5, Z11-Z14 for Z1. */
struct code_days {
    day fostering, supported, others;
};

static struct code_days code_days(void)
{
    return (struct code_days){date_from_civil(2015, 4, 1), date_from_civil(2024, 4, 1),
                              date_from_civil(2025, 4, 1)};
}

/* A temporary placement within a stay, start DAY_NONE when there is none. */
struct absence {
    day start, end;
    const char *place;
};

/* What is needed to cut one period. */
struct cutting {
    const struct synth_person *person;
    const struct synth_period *period;
    day end;                       /* of the period, or DAY_OPEN */
    day matched[SYNTH_MOST_STAYS]; /* from which day a foster placement is long-term, DAY_OPEN: never */
    struct absence absences[SYNTH_MOST_STAYS];
    day cuts[MOST_CUTS];
    int32_t n_cuts;
};

static bool is_foster(enum placement_group group)
{
    return group == PLACEMENT_FOSTER_KIN || group == PLACEMENT_FOSTER_INHOUSE ||
           group == PLACEMENT_FOSTER_IFA;
}

static const char *place_of(const struct cutting *cutting, int32_t i_stay, day date)
{
    const struct code_days days = code_days();
    const struct synth_stay *stay = &cutting->period->stays[i_stay];
    const bool matched = date >= cutting->matched[i_stay];
    switch (stay->group) {
    case PLACEMENT_FOSTER_KIN:
        return date < days.fostering ? "Q1" : matched ? "U1" : "U3";
    case PLACEMENT_FOSTER_INHOUSE:
    case PLACEMENT_FOSTER_IFA:
        return date < days.fostering ? "Q2" : matched ? "U4" : "U6";
    case PLACEMENT_ADOPTION:
        return stay->current_carer ? "A5" : "A6";
    case PLACEMENT_PARENTS:
        return "P1";
    case PLACEMENT_RES_INHOUSE:
    case PLACEMENT_RES_EXTERNAL:
        return "K2";
    case PLACEMENT_SUPPORTED:
        return date < days.supported ? "H5" : "K3";
    case PLACEMENT_RES_OTHER:
        if (date_age_on(cutting->person->born, stay->start) < 4)
            return "R3";
        return stay->carer % 5 < 2 ? "S1" : "R1";
    case PLACEMENT_SECURE:
        return "K1";
    case PLACEMENT_OTHER:
    case PLACEMENT_COUNT:
        break;
    }
    return date < days.others ? "Z1" : "Z12";
}

static day stay_end(const struct cutting *cutting, int32_t i)
{
    return i + 1 < cutting->period->n_stays ? cutting->period->stays[i + 1].start : cutting->end;
}

static void add_cut(struct cutting *cutting, day date)
{
    if (date <= cutting->period->start || date >= cutting->end)
        return;
    int32_t at = cutting->n_cuts;
    while (at > 0 && cutting->cuts[at - 1] > date)
        at--;
    if (at > 0 && cutting->cuts[at - 1] == date)
        return;
    bug_if(cutting->n_cuts == MOST_CUTS);
    memmove(&cutting->cuts[at + 1], &cutting->cuts[at], (size_t)(cutting->n_cuts - at) * sizeof(day));
    cutting->cuts[at] = date;
    cutting->n_cuts++;
}

/* A few days in hospital or with other carers somewhere in the middle of a stay, with nothing else near. */
static struct absence draw_absence(const struct cutting *cutting, int32_t i, day until, struct stream *stream)
{
    enum { LEAST_STAY = 40, MARGIN = 10, LONGEST = 6 };
    const struct absence none = {.start = DAY_NONE};
    const struct synth_stay *stay = &cutting->period->stays[i];
    const double happens = stream_uniform(stream);
    const double where = stream_uniform(stream);
    const double length = stream_uniform(stream);
    const double which = stream_uniform(stream);
    const day last = until; /* of the stay, or of what is known */
    if (!is_foster(stay->group) || last - stay->start < LEAST_STAY ||
        happens > synth_temporary * (last - stay->start) / days_per_year)
        return none;
    const day start = stay->start + MARGIN + (day)(where * (last - stay->start - 2 * MARGIN - LONGEST));
    const struct absence absence = {start, start + 1 + (day)(length * LONGEST),
                                    which < .5   ? "T4"
                                    : which < .8 ? "T1"
                                                 : "T3"};
    for (int32_t k = 0; k < cutting->n_cuts; k++)
        if (cutting->cuts[k] > absence.start - 2 && cutting->cuts[k] < absence.end + 2)
            return none;
    return absence;
}

static void make_cuts(struct cutting *cutting, day known_until, struct stream *stream)
{
    const struct synth_period *period = cutting->period;
    const struct code_days days = code_days();
    for (int32_t i = 0; i < period->n_stays; i++) {
        const struct synth_stay *stay = &period->stays[i];
        const bool long_term = is_foster(stay->group) && stay->carer % 100 < 40;
        cutting->matched[i] = long_term ? stay->start + LONG_TERM_DAYS + (day)(stay->carer % 367) : DAY_OPEN;
        add_cut(cutting, stay->start);
        if (cutting->matched[i] < stay_end(cutting, i))
            add_cut(cutting, cutting->matched[i]);
    }
    for (int32_t i = 1; i < period->n_legals; i++)
        add_cut(cutting, period->legals[i].start);
    add_cut(cutting, days.fostering);
    add_cut(cutting, days.supported);
    add_cut(cutting, days.others);
    for (int32_t i = 0; i < period->n_stays; i++) {
        const day end = stay_end(cutting, i);
        cutting->absences[i] = draw_absence(cutting, i, end < known_until ? end : known_until, stream);
    }
    for (int32_t i = 0; i < period->n_stays; i++) {
        if (cutting->absences[i].start != DAY_NONE) {
            add_cut(cutting, cutting->absences[i].start);
            add_cut(cutting, cutting->absences[i].end);
        }
    }
}

static struct synth_episode episode_from(const struct cutting *cutting, day start)
{
    const struct synth_period *period = cutting->period;
    int32_t i = period->n_stays - 1;
    while (i > 0 && period->stays[i].start > start)
        i--;
    int32_t legal = period->n_legals - 1;
    while (legal > 0 && period->legals[legal].start > start)
        legal--;
    const struct synth_stay *stay = &period->stays[i];
    struct synth_episode episode = {
        .start = start,
        .legal = period->legals[legal].code,
        .place = place_of(cutting, i, start),
        .rec = "",
        .reason = "",
        .provider = stay->group == PLACEMENT_OTHER ? -1 : (int8_t)stay->provider,
        .carer = stay->carer,
        .group = stay->group,
    };
    const struct absence *absence = &cutting->absences[i];
    if (absence->start != DAY_NONE && start >= absence->start && start < absence->end) {
        episode.place = absence->place;
        episode.provider = -1;
        episode.carer = ~stay->carer;
    }
    return episode;
}

/* Why a new episode began: legal status, placement and carer, or both; a new code with the same carer. */
static char rne_of(const struct synth_episode *before, const struct synth_episode *after)
{
    const bool legal = strcmp(before->legal, after->legal) != 0;
    const bool carer = before->carer != after->carer;
    const bool place = strcmp(before->place, after->place) != 0;
    if (carer)
        return legal ? 'B' : 'P';
    if (place)
        return legal ? 'U' : 'T';
    return legal ? 'L' : '\0';
}

static const char *reason_of(char rne, struct stream *stream)
{
    static const char *const reasons[] = {"CARPL", "CLOSE", "ALLEG", "STAND", "CREQB",
                                          "CREQO", "CHILD", "LAREQ", "OTHER"};
    static const double weights[] = {.46, .02, .03, .02, .12, .08, .06, .10, .11};
    const double u = stream_uniform(stream);
    if (rne == 'L')
        return "";
    if (rne == 'T' || rne == 'U')
        return "PLACE";
    return reasons[synth_choose(weights, (int32_t)(sizeof weights / sizeof weights[0]), u)];
}

/* ---- how care ends ----------------------------------------------------------------------------------- */

static const char *guardianship(const struct synth_episode *last, day date, double u)
{
    if (u < .17)
        return "E41";
    if (u < .42)
        return "E13";
    const bool fostered = last->place[0] == 'U' || last->place[0] == 'Q';
    if (date < date_from_civil(2018, 4, 1))
        return fostered && u < .8 ? "E43" : "E44";
    if (last->group == PLACEMENT_FOSTER_KIN)
        return "E45";
    if (fostered && u < .7)
        return "E46";
    return u < .9 ? "E47" : "E48";
}

static const char *leaving_at_18(day date, double u)
{
    if (date >= date_from_civil(2019, 4, 1) && u < .45)
        return "E17";
    return u < .83 ? "E5" : u < .93 ? "E6" : "E7";
}

static const char *rec_of(const struct synth_person *person, enum route route,
                          const struct synth_episode *last, day date, double u)
{
    switch (route) {
    case ROUTE_HOME:
        return date < date_from_civil(2013, 4, 1) ? "E4" : u < .83 ? "E4A" : "E4B";
    case ROUTE_SGO:
        return guardianship(last, date, u);
    case ROUTE_ADOPTION:
        return u < .45 ? "E11" : "E12";
    case ROUTE_AGED_OUT:
        return leaving_at_18(date, u);
    case ROUTE_TRANSFER:
        return "E3";
    case ROUTE_CUSTODY:
        return "E9";
    case ROUTE_DIED:
        return "E2";
    case ROUTE_OTHER:
    case ROUTE_COUNT:
        break;
    }
    if (strcmp(last->legal, "J1") == 0)
        return "E14";
    return !person->uasc ? "E8" : u < .45 ? "E15" : u < .55 ? "E16" : "E8";
}

bool synth_episodes_add(struct synth_people *people, const struct synth_person *person,
                        const struct synth_period *period, struct stream *decoration, struct err *err)
{
    struct cutting cutting = {.person = person, .period = period, .end = period->end};
    const day known = period->end != DAY_OPEN ? period->end : date_birthday(person->born, 18);
    make_cuts(&cutting, known, decoration);
    if (!vec_reserve((void **)&people->episodes, &people->episodes_capacity,
                     people->n_episodes + (size_t)cutting.n_cuts + 1, sizeof people->episodes[0], err))
        return false;
    struct synth_episode *last = &people->episodes[people->n_episodes++];
    *last = episode_from(&cutting, period->start);
    last->rne = 'S';
    for (int32_t i = 0; i < cutting.n_cuts; i++) {
        struct synth_episode next = episode_from(&cutting, cutting.cuts[i]);
        next.rne = rne_of(last, &next);
        if (next.rne == '\0')
            continue;
        last->end = next.start;
        last->rec = "X1";
        last->reason = reason_of(next.rne, decoration);
        last = &people->episodes[people->n_episodes++];
        *last = next;
    }
    last->end = period->end;
    const double u = stream_uniform(decoration);
    if (period->end != DAY_OPEN)
        last->rec = rec_of(person, period->route, last, period->end, u);
    return true;
}
