/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables that no forecast needs, but checks and report cards do. Shares are round figures near the
 * English ones; every row obeys the guide's rules for who is asked what. */
#include <string.h>

#include "study/synth_tables.h"

enum { SOCIAL_WORKERS_FROM = 2024, LEAVER_FIRST_AGE = 17, LEAVER_LAST_AGE = 21, MONTH = 30 };

static const struct synth_spell *spells_of(const struct synth_filing *filing, const struct synth_child *child)
{
    return &filing->people->spells[child->first_spell];
}

static day known_end(const struct synth_filing *filing, const struct synth_spell *spell)
{
    return spell->end <= filing->last ? spell->end : filing->last + 1;
}

static const char *pick(const char *const codes[], const double weights[], int32_t n, double u)
{
    return codes[synth_choose(weights, n, u)];
}

/* ---- reviews ----------------------------------------------------------------------------------------- */

static bool file_review(struct synth_filing *filing, const struct synth_person *person, day date, double u,
                        struct err *err)
{
    static const char *const codes[] = {"PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"};
    static const double weights[] = {.52, .03, .04, .05, .06, .22, .08};
    struct synth_row row = synth_add_child_row(filing, TABLE_REVIEWS, person, err);
    synth_put_day(&row, COLUMN_REVIEWS_REVIEW, date, err);
    synth_put(&row, COLUMN_REVIEWS_REVIEW_CODE,
              date_age_on(person->born, date) < 4 ? "PN0" : pick(codes, weights, 7, u), err);
    return row.ok;
}

/* How many days later than planned a review is held: one in eighteen is put off, beyond the day it is due by.
 */
static day review_delay(struct stream *stream)
{
    enum { LEAST_DELAY = 14, MOST_DELAY = 50 };
    static const double late = 1.0 / 18;
    const double put_off = stream_uniform(stream);
    const double days = stream_uniform(stream);
    return put_off < late ? LEAST_DELAY + (day)((MOST_DELAY - LEAST_DELAY) * days) : 0;
}

/* After 20 days, after three more months, then every half-year. */
static bool file_reviews(struct synth_filing *filing, const struct synth_child *child,
                         const struct synth_spell *spell, struct err *err)
{
    enum { DELAYS = 10 };
    struct stream stream = synth_row_stream(filing, TABLE_REVIEWS, &child->person);
    /* the same days in every year's return: keyed by the spell's start */
    struct stream delays =
        stream_make(filing->world->seed, PURPOSE_SYNTH, DELAYS, child->person.number, (uint32_t)spell->start);
    day date = spell->start + 19 + review_delay(&delays);
    for (int32_t i = 0; date < known_end(filing, spell); i++) {
        const double u = stream_uniform(&stream);
        if (date >= filing->first && !file_review(filing, &child->person, date, u, err))
            return false;
        date += (i == 0 ? 3 * MONTH : 6 * MONTH) + review_delay(&delays);
    }
    return true;
}

/* ---- health and behaviour ---------------------------------------------------------------------------- */

static void put_flag(struct synth_row *row, enum return_column column, double share, struct stream *stream,
                     struct err *err)
{
    synth_put(row, column, stream_uniform(stream) < share ? "1" : "0", err);
}

static bool file_oc2(struct synth_filing *filing, const struct synth_child *child, struct err *err)
{
    static const char *const reasons[] = {"SDQ2", "SDQ3", "SDQ4", "SDQ5"};
    static const double weights[] = {.2, .1, .5, .2};
    const struct synth_person *person = &child->person;
    struct stream stream = synth_row_stream(filing, TABLE_OC2, person);
    const int32_t age = date_age_on(person->born, filing->last);
    struct synth_row row = synth_add_child_row(filing, TABLE_OC2, person, err);
    const double answered = stream_uniform(&stream);
    const double score = 14 + 7 * stream_normal(&stream);
    const double why = stream_uniform(&stream);
    if (age >= 4 && age <= 16) {
        if (answered < .8)
            synth_put_number(&row, COLUMN_OC2_SDQ_SCORE,
                             (int32_t)(score < 0    ? 0
                                       : score > 40 ? 40
                                                    : score),
                             err);
        else
            synth_put(&row, COLUMN_OC2_SDQ_REASON, pick(reasons, weights, 4, why), err);
    }
    put_flag(&row, COLUMN_OC2_CONVICTED, age >= 10 ? .03 : 0, &stream, err);
    if (age < 5)
        put_flag(&row, COLUMN_OC2_HEALTH_CHECK, .87, &stream, err);
    put_flag(&row, COLUMN_OC2_IMMUNISATIONS, .85, &stream, err);
    put_flag(&row, COLUMN_OC2_TEETH_CHECK, .75, &stream, err);
    put_flag(&row, COLUMN_OC2_HEALTH_ASSESSMENT, .90, &stream, err);
    const bool misuse = stream_uniform(&stream) < (age >= 11 ? .05 : 0);
    synth_put(&row, COLUMN_OC2_SUBSTANCE_MISUSE, misuse ? "1" : "0", err);
    if (misuse) {
        const bool received = stream_uniform(&stream) < .5;
        synth_put(&row, COLUMN_OC2_INTERVENTION_RECEIVED, received ? "1" : "0", err);
        if (!received)
            put_flag(&row, COLUMN_OC2_INTERVENTION_OFFERED, .6, &stream, err);
    }
    return row.ok;
}

/* ---- care leavers ------------------------------------------------------------------------------------ */

bool synth_is_leaver(const struct synth_filing *filing, const struct synth_child *child)
{
    const struct synth_spell *last = &spells_of(filing, child)[child->n_spells - 1];
    const struct synth_person *person = &child->person;
    if (last->end > filing->last || last->route == ROUTE_ADOPTION || last->route == ROUTE_DIED ||
        date_age_on(person->born, last->end) < 16 || last->end - last->start < 13 * 7)
        return false;
    /* a birthday of 17 to 21 in the year, after leaving care */
    const int32_t age = date_age_on(person->born, filing->last);
    return age >= LEAVER_FIRST_AGE && age <= LEAVER_LAST_AGE &&
           date_birthday(person->born, age) >= filing->first && date_birthday(person->born, age) >= last->end;
}

static bool file_oc3(struct synth_filing *filing, const struct synth_person *person, struct err *err)
{
    static const char *const touch[] = {"YES", "NO", "REFU", "NREQ", "RHOM"};
    static const double touch_weights[] = {.89, .05, .02, .02, .02};
    static const char *const activ[] = {"F1", "F2", "F4", "F5", "P2", "P5", "G4", "G5", "G6", "0"};
    static const double activ_weights[] = {.05, .28, .04, .14, .04, .04, .12, .20, .04, .05};
    static const char *const accom[] = {"B1", "D1", "E1", "U1", "Z1", "K1", "T1", "X2", "S2", "W2", "0"};
    static const double accom_weights[] = {.14, .22, .06, .28, .16, .03, .02, .03, .01, .01, .04};
    struct stream stream = synth_row_stream(filing, TABLE_OC3, person);
    struct synth_row row = synth_add_child_row(filing, TABLE_OC3, person, err);
    const char *in_touch = pick(touch, touch_weights, 5, stream_uniform(&stream));
    const bool known = strcmp(in_touch, "YES") == 0;
    const double u = stream_uniform(&stream);
    const double v = stream_uniform(&stream);
    synth_put(&row, COLUMN_OC3_IN_TOUCH, in_touch, err);
    if (strcmp(in_touch, "RHOM") != 0) {
        synth_put(&row, COLUMN_OC3_ACTIV, known ? pick(activ, activ_weights, 10, u) : "0", err);
        synth_put(&row, COLUMN_OC3_ACCOM, known ? pick(accom, accom_weights, 11, v) : "0", err);
    }
    return row.ok;
}

/* ---- adoption and permanence ------------------------------------------------------------------------- */

/* The first episode of a spell for which `code` stands in legal status or placement; NULL: none. */
static const struct synth_episode *first_adopting(const struct synth_filing *filing,
                                                  const struct synth_spell *spell, bool placed)
{
    for (int32_t i = 0; i < spell->n_episodes; i++) {
        const struct synth_episode *episode = &filing->people->episodes[spell->first_episode + i];
        if (placed ? episode->group == PLACEMENT_ADOPTION : strcmp(episode->legal, "E1") == 0)
            return episode;
    }
    return NULL;
}

static day not_before(day date, day earliest)
{
    return date > earliest ? date : earliest;
}

static bool file_ad1(struct synth_filing *filing, const struct synth_person *person,
                     const struct synth_spell *spell, struct err *err)
{
    static const char *const sexes[] = {"MF", "F1", "FF", "MM", "M1"};
    static const char *const status_of[] = {"L11", "L0", "L12", "L12", "L0"};
    static const double weights[] = {.76, .09, .06, .08, .01};
    const struct synth_episode *placed = first_adopting(filing, spell, true);
    if (placed == NULL)
        return true;
    struct stream stream = synth_row_stream(filing, TABLE_AD1, person);
    const int32_t adopters = synth_choose(weights, 5, stream_uniform(&stream));
    const day match = not_before(placed->start - 12 - (day)(20 * stream_uniform(&stream)), spell->start);
    const day interest = not_before(match - 30 - (day)(120 * stream_uniform(&stream)), spell->start);
    struct synth_row row = synth_add_child_row(filing, TABLE_AD1, person, err);
    synth_put_day(&row, COLUMN_AD1_DATE_INT, interest, err);
    synth_put_day(&row, COLUMN_AD1_DATE_MATCH, match, err);
    synth_put(&row, COLUMN_AD1_FOSTER_CARE, strcmp(placed->place, "A5") == 0 ? "1" : "0", err);
    synth_put(&row, COLUMN_AD1_NB_ADOPTR, sexes[adopters][1] == '1' ? "1" : "2", err);
    synth_put(&row, COLUMN_AD1_SEX_ADOPTR, sexes[adopters], err);
    synth_put(&row, COLUMN_AD1_LS_ADOPTR, status_of[adopters], err);
    return row.ok;
}

/* The authority's own decision comes some weeks before the court's placement order. */
static bool file_decision(struct synth_filing *filing, const struct synth_person *person,
                          const struct synth_spell *spell, struct err *err)
{
    const struct synth_episode *order = first_adopting(filing, spell, false);
    if (order == NULL)
        return true;
    const day decision = not_before(order->start - 20 - (day)(person->number % 60), spell->start);
    if (decision > filing->last)
        return true;
    struct synth_row row = synth_add_child_row(filing, TABLE_PLACED_ADOPTION, person, err);
    synth_put_day(&row, COLUMN_PLACED_DATE_PLACED, decision, err);
    return row.ok;
}

static bool file_permanence(struct synth_filing *filing, const struct synth_person *person,
                            const struct synth_spell *spell, struct err *err)
{
    static const char *const codes[] = {"Z1", "P1", "P2", "P3", "P4"};
    static const double weights[] = {.945, .015, .025, .01, .005};
    struct stream stream = synth_row_stream(filing, TABLE_PREVIOUS_PERMANENCE, person);
    const char *code = pick(codes, weights, 5, stream_uniform(&stream));
    const double u = stream_uniform(&stream);
    const bool known = code[0] == 'P' && code[1] != '4';
    struct synth_row row = synth_add_child_row(filing, TABLE_PREVIOUS_PERMANENCE, person, err);
    synth_put(&row, COLUMN_PERMANENCE_PREV_PERM, code, err);
    if (known)
        synth_put_day(&row, COLUMN_PERMANENCE_DATE_PERM,
                      person->born + (day)(u * (spell->start - person->born)), err);
    return row.ok;
}

/* ---- missing, social workers ------------------------------------------------------------------------- */

/* About one in five of the older ones goes missing, some again and again; absences never overlap. */
static bool file_missing(struct synth_filing *filing, const struct synth_person *person,
                         const struct synth_spell *spell, struct err *err)
{
    enum { MOST = 6, FIRST_AGE = 10, GOES_MISSING = 11 };
    struct stream stream = synth_row_stream(filing, TABLE_MISSING, person);
    const day from = not_before(spell->start, filing->first);
    const int32_t slot = (known_end(filing, spell) - from) / MOST;
    /* who goes missing is of the child, not of the year */
    struct stream trait = stream_make(filing->world->seed, PURPOSE_SYNTH, GOES_MISSING, person->number, 0);
    const double goes = stream_uniform(&trait);
    const int32_t sure = (int32_t)(stream_uniform(&stream) * MOST); /* the part of the time with an absence */
    if (date_age_on(person->born, from) < FIRST_AGE || goes >= .2 || slot < 7)
        return true;
    for (int32_t i = 0; i < MOST; i++) {
        const double happens = stream_uniform(&stream);
        const double where = stream_uniform(&stream);
        const double length = stream_uniform(&stream);
        const double kind = stream_uniform(&stream);
        if (happens >= (i == sure ? 1 : .35))
            continue;
        const day start = from + i * slot + (day)(where * (slot - 6));
        struct synth_row row = synth_add_child_row(filing, TABLE_MISSING, person, err);
        synth_put(&row, COLUMN_MISSING_MISSING, kind < .87 ? "M" : "A", err);
        synth_put_day(&row, COLUMN_MISSING_MIS_START, start, err);
        synth_put_day(&row, COLUMN_MISSING_MIS_END, start + (day)(length * length * 5), err);
        if (!row.ok)
            return false;
    }
    return true;
}

static bool file_worker(struct synth_filing *filing, const struct synth_person *person, uint32_t worker,
                        day from, day to, const char *reason, struct err *err)
{
    struct synth_row row = synth_add_child_row(filing, TABLE_SW_EPISODES, person, err);
    char id[16] = "SW-0000";
    for (int i = 6; i >= 3; i--, worker /= 10)
        id[i] = (char)('0' + worker % 10);
    synth_put(&row, COLUMN_SW_SW_ID, id, err);
    synth_put_day(&row, COLUMN_SW_SW_DECOM, from, err);
    if (to <= filing->last)
        synth_put_day(&row, COLUMN_SW_SW_DEC, to, err);
    synth_put(&row, COLUMN_SW_SW_REASON, reason, err);
    return row.ok;
}

static bool file_workers(struct synth_filing *filing, const struct synth_person *person,
                         const struct synth_spell *spell, struct err *err)
{
    enum { LEAST_DAYS = 60, WORKERS = 400 };
    static const char *const reasons[] = {"MANAGE", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN"};
    static const double weights[] = {.2, .34, .1, .24, .1, .02};
    /* the same chain in every year's return: keyed by the spell's start */
    struct stream stream =
        stream_make(filing->world->seed, PURPOSE_SYNTH, 8, person->number, (uint32_t)spell->start);
    day from = spell->start;
    const char *reason = "FCONTA";
    while (from <= filing->last && from < spell->end) {
        day to = from + LEAST_DAYS + (day)(240 * stream_exponential(&stream));
        const uint32_t worker = stream_word(&stream) % WORKERS;
        const char *next = pick(reasons, weights, 6, stream_uniform(&stream));
        to = to < spell->end ? to : spell->end;
        if (to >= filing->first && !file_worker(filing, person, worker, from, to, reason, err))
            return false;
        from = to;
        reason = next;
    }
    return true;
}

static bool file_spell(struct synth_filing *filing, const struct synth_child *child,
                       const struct synth_spell *spell, struct err *err)
{
    const struct synth_person *person = &child->person;
    if (!file_reviews(filing, child, spell, err) || !file_missing(filing, person, spell, err))
        return false;
    if (spell->start <= filing->first && spell->end > filing->last && !file_oc2(filing, child, err))
        return false;
    if (spell->start >= filing->first && !file_permanence(filing, person, spell, err))
        return false;
    if (!file_decision(filing, person, spell, err))
        return false;
    if (spell->end <= filing->last && spell->route == ROUTE_ADOPTION && !file_ad1(filing, person, spell, err))
        return false;
    return filing->year < SOCIAL_WORKERS_FROM || file_workers(filing, person, spell, err);
}

bool synth_file_extras(struct synth_filing *filing, const struct synth_child *child, struct err *err)
{
    bool permanence = false;
    for (int32_t i = 0; i < child->n_spells; i++) {
        const struct synth_spell *spell = &spells_of(filing, child)[i];
        if (!synth_in_year(filing, spell))
            continue;
        /* one row a child in previous_permanence: two entries in a year give one */
        const bool again = permanence && spell->start >= filing->first;
        permanence = permanence || spell->start >= filing->first;
        if (again ? !file_reviews(filing, child, spell, err) : !file_spell(filing, child, spell, err))
            return false;
    }
    return !synth_is_leaver(filing, child) || file_oc3(filing, &child->person, err);
}
