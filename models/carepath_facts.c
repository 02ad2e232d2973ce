/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fit in numbers by name, and in sentences for the model card. */
#include <math.h>
#include <stdio.h>

#include "models/carepath_learned.h"

static const double year_days = 365.25;
static const double year_months = 12;
/* A measured yearly change of a rate that wanders by the month is calmer than the rate: sqrt(.668981481)
 * (Working 1960, Econometrica 28:916). */
static const double working_factor = 0.8179;
static const double z80 = 1.2815515655446004; /* 8 in 10 */

static bool fact(struct carepath_telling *t, const char *name, double value, const char *unit,
                 const char *words)
{
    return name != NULL && words != NULL && learned_add_fact(t->out, name, value, unit, words, t->err);
}

static bool note(struct carepath_telling *t, enum learned_topic topic, const char *words)
{
    return learned_add_note(t->out, topic, words, t->err);
}

enum { COUNT_TEXT = 32 };
/* A count with commas between thousands. */
static void count_words(double value, char out[COUNT_TEXT])
{
    const long long whole = llround(value);
    const long long thousands = whole / 1000;
    if (whole < 1000)
        snprintf(out, COUNT_TEXT, "%lld", whole);
    else if (thousands < 1000)
        snprintf(out, COUNT_TEXT, "%lld,%03lld", thousands, whole % 1000);
    else
        snprintf(out, COUNT_TEXT, "%lld,%03lld,%03lld", thousands / 1000, thousands % 1000, whole % 1000);
}

/* ---- what it was given ----------------------------------------------------------------------------------
 */

struct given {
    int64_t children, periods, stays, in_care, start_unknown;
};

static struct given count_given(const struct carepath_fit *fit)
{
    const struct history *history = fit->history;
    struct given given = {0, 0, 0, 0, 0};
    int32_t last = -1;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->start > fit->origin || spell->end <= fit->from)
            continue;
        given.children += spell->child != last;
        last = spell->child;
        given.periods++;
        for (int32_t s = spell->first_segment; s < spell->first_segment + spell->n_segments; s++)
            given.stays += history->segments[s].is_new_stay && history->segments[s].start <= fit->origin &&
                           history->segments[s].end > fit->from;
    }
    given.in_care = (int64_t)fit->n_present;
    for (size_t i = 0; i < fit->n_present; i++)
        given.start_unknown += !fit->present[i].start_known;
    return given;
}

static double sum_of(const struct carepath_telling *t, enum learned_process process)
{
    struct learned_rate sum;
    return learned_sum(t->out, &(struct learned_rate){.process = process}, &sum) ? sum.occurrences : 0;
}

static double child_years(const struct carepath_telling *t)
{
    struct learned_rate sum;
    return learned_sum(t->out, &(struct learned_rate){.process = LEARNED_MOVE}, &sum) ? sum.child_years : 0;
}

/* The counts as a sentence. */
static bool note_given(struct carepath_telling *t, const struct given *given)
{
    const struct carepath_entries *entries = &t->fit->entries;
    const double counts[] = {(double)given->children,
                             (double)given->periods,
                             (double)given->stays,
                             child_years(t),
                             sum_of(t, LEARNED_EXIT),
                             sum_of(t, LEARNED_MOVE),
                             entries->events + entries->uasc_events,
                             entries->uasc_events,
                             sum_of(t, LEARNED_RETURN)};
    char words[sizeof counts / sizeof counts[0]][COUNT_TEXT];
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        count_words(counts[i], words[i]);
    date_format_words(t->out->from, from);
    date_format_words(t->out->to, to);
    return note(
        t, LEARNED_GIVEN,
        arena_format(&t->out->texts, t->err,
                     "Returns from %s to %s: %s children with %s periods of care in %s placements, %s "
                     "child-years; %s ends of care, %s changes of placement, %s first entries (%s of "
                     "unaccompanied children), %s returns to care.",
                     from, to, words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7],
                     words[8]));
}

static bool tell_given(struct carepath_telling *t)
{
    const struct given given = count_given(t->fit);
    const struct carepath_entries *entries = &t->fit->entries;
    const double years = (t->fit->origin - t->fit->from) / year_days;
    double expected = 0; /* of those who are new */
    for (int k = 0; k < LEXIS_UASC_YOUNG; k++)
        expected += entries->a_day * entries->kind[k] * carepath_entry_days(t, k);
    const double unseen = fmax(0, entries->events - expected);
    return fact(t, "years", years, "years", "of history that rates are learned from") &&
           fact(t, "children", (double)given.children, "children", "looked after in these years") &&
           fact(t, "periods", (double)given.periods, "periods", "of care of these children") &&
           fact(t, "stays", (double)given.stays, "placements", "of these children") &&
           fact(t, "child_years", child_years(t), "years", "in care, all children together") &&
           fact(t, "in_care", (double)given.in_care, "children", "in care at the end") &&
           fact(t, "start_unknown", (double)given.start_unknown, "children",
                "of these, whose start of care is not known") &&
           fact(t, "exits", sum_of(t, LEARNED_EXIT), "events", "ends of care but for 18th birthdays") &&
           fact(t, "moves", sum_of(t, LEARNED_MOVE), "events", "changes of placement") &&
           fact(t, "entries", entries->events, "children",
                "who came for the first time, unaccompanied children apart") &&
           fact(t, "entries_unseen", unseen, "children",
                "of these, taken to have been in care before the history begins") &&
           fact(t, "uasc_entries", entries->uasc_events, "children", "unaccompanied, who came") &&
           fact(t, "returns", sum_of(t, LEARNED_RETURN), "events", "coming back after leaving") &&
           note_given(t, &given) &&
           note(t, LEARNED_GIVEN,
                carepath_population(t->input, t->fit->origin) > 0
                    ? "The published number of children who live in the area, which entries follow."
                    : "No number of children who live in the area: entries do not follow it.");
}

/* ---- borrowing ------------------------------------------------------------------------------------------
 */

static bool tell_borrowed(struct carepath_telling *t)
{
    bool ok = true;
    for (int process = 0; ok && process < CAREPATH_PROCESSES; process++) {
        const bool moving = process == CAREPATH_MOVING;
        const char *name = moving ? "move" : route_name((enum route)process);
        const char *words = moving ? "Changes of placement" : route_words((enum route)process);
        struct learned_rate sum;
        const struct learned_rate which = {.process = moving ? LEARNED_MOVE : LEARNED_EXIT,
                                           .to = moving ? NULL : name};
        if (process == ROUTE_AGED_OUT || !learned_sum(t->out, &which, &sum))
            continue;
        ok =
            fact(t, arena_format(&t->out->texts, t->err, "strength_%s", name),
                 t->fit->rates.strength[process], "events",
                 arena_format(&t->out->texts, t->err,
                              "%s: what the authority's own pattern is worth beside a cell's events",
                              words)) &&
            fact(t, arena_format(&t->out->texts, t->err, "borrowed_%s", name), sum.borrowed, "share",
                 arena_format(&t->out->texts, t->err, "%s: of a rate, on average, from that pattern", words));
    }
    return ok &&
           note(t, LEARNED_BORROWED,
                "A rate of one age, placement and time in care is partly its own and partly that of the "
                "authority's pattern: its ages, placements and times in care each taken alone. The fewer "
                "events a cell has, the more it leans on the pattern.") &&
           note(t, LEARNED_BORROWED,
                "The pattern leans on England: on each route's rate by age among children who left care in "
                "2020 to 2022, for as many events as the parameter prior_events says. So a route that nobody "
                "took still has a small rate.");
}

/* ---- wandering ------------------------------------------------------------------------------------------
 */

/* Yearly innovation and long-run spread of a level that comes back, logs. */
struct wander {
    double yearly, long_run;
};

static struct wander wander_of(const struct carepath_levels *levels, enum carepath_level level)
{
    const double phi = levels->month.transition[level][level];
    const double spread = sqrt(levels->month.noise[level][level] / (1 - phi * phi));
    const double phi_year = pow(phi, year_months);
    return (struct wander){spread * sqrt(1 - phi_year * phi_year) * working_factor, spread};
}

/* Level and sd at the origin of the states that make up a flow. */
static void level_now(const struct learned *out, enum learned_process process, double *level, double *sd)
{
    *level = (double)NAN;
    *sd = (double)NAN;
    for (size_t i = 0; i < out->n_months; i++)
        if (out->months[i].process == process) {
            *level = out->months[i].level;
            *sd = out->months[i].sd;
        }
}

static bool tell_level(struct carepath_telling *t, enum learned_process process, const char *words,
                       enum carepath_level state, double against_england)
{
    const struct wander wander = wander_of(&t->fit->levels, state);
    const char *name = learned_process_name(process);
    double level;
    double sd;
    level_now(t->out, process, &level, &sd);
    return fact(t, arena_format(&t->out->texts, t->err, "%s_drift", name), wander.yearly, "log",
                arena_format(&t->out->texts, t->err, "%s: yearly innovation of the rate, after shrinking",
                             words)) &&
           fact(t, arena_format(&t->out->texts, t->err, "%s_drift_against_england", name), against_england,
                "factor",
                arena_format(&t->out->texts, t->err,
                             "%s: spread of the yearly innovations over that of English authorities",
                             words)) &&
           fact(t, arena_format(&t->out->texts, t->err, "%s_long_run", name), wander.long_run, "log",
                arena_format(&t->out->texts, t->err, "%s: long-run spread of the level", words)) &&
           fact(t, arena_format(&t->out->texts, t->err, "%s_level", name), level, "factor",
                arena_format(&t->out->texts, t->err,
                             "%s: level at the end, 1 the average of the years learned from", words)) &&
           fact(t, arena_format(&t->out->texts, t->err, "%s_level_sd", name), sd, "log",
                arena_format(&t->out->texts, t->err, "%s: what is not known of that level", words)) &&
           note(t, LEARNED_WANDERS,
                arena_format(&t->out->texts, t->err,
                             "%s wander by about %.0f %% from year to year, %.2f times as much as English "
                             "authorities of its size do, and in the long run between %.2f and %.2f times "
                             "their mean, 8 years in 10. They now stand at %.2f of the average of the years "
                             "learned from (8 in 10: %.2f to %.2f).",
                             words, 100 * wander.yearly, against_england, exp(-z80 * wander.long_run),
                             exp(z80 * wander.long_run), level, level * exp(-z80 * sd),
                             level * exp(z80 * sd)));
}

static bool tell_wandering(struct carepath_telling *t)
{
    const struct carepath_levels *levels = &t->fit->levels;
    const struct carepath_entries *entries = &t->fit->entries;
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int least = 0;
    int most = 0;
    bool ok =
        tell_level(t, LEARNED_ENTRY, "Entries", LEVEL_ENTRY_DEVIATION, levels->entry_spread) &&
        tell_level(t, LEARNED_EXIT, "Exits", LEVEL_EXIT_DEVIATION, levels->exit_spread) &&
        fact(t, "entry_dispersion", levels->entry_dispersion, "variance / mean",
             "of a month's entries around their rate") &&
        fact(t, "exit_dispersion", levels->exit_dispersion, "variance / mean",
             "of a month's exits around their rate") &&
        fact(t, "entry_uasc_dispersion", levels->uasc_dispersion, "variance / mean",
             "of a month's entries of unaccompanied children around their rate") &&
        fact(t, "entry_uasc_long_run", wander_of(levels, LEVEL_UASC).long_run, "log",
             "Unaccompanied children: long-run spread of the level of entries") &&
        fact(t, "entries_a_year", entries->a_day * year_days, "children",
             "who come for the first time at level 1, unaccompanied children apart") &&
        fact(t, "uasc_entries_a_year", entries->uasc_events / (t->fit->origin - t->fit->from) * year_days,
             "children", "unaccompanied, who come");
    for (int m = 0; ok && m < 12; m++) {
        least = entries->season[m] < entries->season[least] ? m : least;
        most = entries->season[m] > entries->season[most] ? m : most;
        ok = fact(t, arena_format(&t->out->texts, t->err, "season_%02d", m + 1), entries->season[m], "factor",
                  arena_format(&t->out->texts, t->err, "entries in %s", months[m]));
    }
    for (int i = 0; ok && i < CAREPATH_SIBLINGS; i++)
        ok = fact(t, arena_format(&t->out->texts, t->err, "siblings_%d", i + 1), entries->siblings[i],
                  "share", arena_format(&t->out->texts, t->err, "of entries that are of %d together", i + 1));
    return ok && note(t, LEARNED_WANDERS,
                      arena_format(&t->out->texts, t->err,
                                   "The year: %s has the fewest entries (%+.0f %%), %s the most (%+.0f %%), "
                                   "after leaning on an even year.",
                                   months[least], 100 * (entries->season[least] - 1), months[most],
                                   100 * (entries->season[most] - 1)));
}

/* ---- limits ---------------------------------------------------------------------------------------------
 */

static bool tell_limits(struct carepath_telling *t)
{
    char start[DATE_TEXT];
    date_format_words(t->fit->history->start, start);
    return note(t, LEARNED_UNKNOWN,
                arena_format(&t->out->texts, t->err,
                             "Who was in care before %s and had left: such a child who comes back looks "
                             "new.",
                             start)) &&
           note(t, LEARNED_UNKNOWN,
                "Why rates are what they are: practice, courts, the law and a pandemic all look alike to "
                "it.") &&
           note(t, LEARNED_UNKNOWN,
                "What returns do not hold: families' circumstances, referrals, carers and places to be had, "
                "decisions already taken.") &&
           note(t, LEARNED_UNKNOWN,
                "Who are brothers and sisters: sibling groups are assumed, the same everywhere.") &&
           note(t, LEARNED_NOT_FOR,
                "For a decision about a child: a rate is a group's and says nothing of one of them.") &&
           note(t, LEARNED_NOT_FOR,
                "To judge a placement by its rates: children are placed by their needs, and it does not see "
                "them.") &&
           note(t, LEARNED_NOT_FOR,
                "Where the rows that matter are mostly borrowed, or after a change that no year learned from "
                "has seen: then use a scenario, and say what it assumes.");
}

bool carepath_tell_facts(struct carepath_telling *telling)
{
    return tell_given(telling) && tell_borrowed(telling) && tell_wandering(telling) && tell_limits(telling);
}
