/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world.h: synthetic authorities whose truth has the form of none of our models.
 *
 * Ownership: the history is the caller's, released by history_free. The truth is a plain value. Out of memory
 * and options out of range stop the test program.
 *
 * A forecast interval means what it says when the truth lies in it as often as it claims, and that can only
 * be seen where the truth is known and the model is wrong, as all models are. A world is an authority lived
 * through: families come into care with one, two or five children, each child has a course (back home within
 * weeks, adopted, contested for years, in care until 18) that no count shows, and rates wander as the
 * published totals of English authorities do. What a model may take for granted and a world does not keep:
 *
 *  - durations are mixtures of heavy-tailed laws by kind of stay (world_type.def), not constant within cells;
 *  - brothers and sisters enter on one day and mostly leave on one day; exits are not independent;
 *  - exits obey a clock of their own that runs faster or slower than the calendar, so that a change of pace
 *    works through the children in care instead of multiplying a rate;
 *  - rates move by quarters in steps of Student's t with 5 degrees of freedom, each authority with a spread
 *    of its own, with year noise shaped within the year and a national part that worlds can share;
 *  - a few children move often, most hardly; destinations depend on age and on earlier moves;
 *  - children who leave may come back, after gaps of weeks to years.
 *
 * Averages are England's of about 2013-22 and the spread of yearly changes is the published panel's:
 * tests/stat/test_world.c and test_world_levels.c hold both.
 *
 * Example:
 *     struct world_options options = {.regime = WORLD_JUMP_EXITS, .seed = 7};
 *     world_make(&options, &full, &truth);
 *     history_as_known(&full, truth.origin, &known, &err);
 *     ... forecast from `known`, compare with `full`. */
#ifndef TURNCURVE_TESTS_WORLD_H
#define TURNCURVE_TESTS_WORLD_H

#include "data/history.h"

enum world_regime {
#define WORLD_REGIME(member, name, smallest, largest, spread, weight, words) WORLD_##member,
#include "tests/world/world_regime.def"
#undef WORLD_REGIME
    WORLD_REGIME_COUNT
};
/* "steady_large", and what it is in words. */
const char *world_regime_name(enum world_regime regime);
const char *world_regime_words(enum world_regime regime);

enum { WORLD_YEARS_MAX = 20, WORLD_MONTHS_MAX = 12 * WORLD_YEARS_MAX, WORLD_ORIGIN_YEAR = 2022 };

struct world_options {
    enum world_regime regime;
    uint64_t seed;        /* the authority; another seed is another authority */
    uint64_t national;    /* 0: its own; worlds of one number share the national part of their rates */
    int32_t years_known;  /* return years to the origin, 31 March 2022; 0 is 6 */
    int32_t years_after;  /* return years after it; 0 is 3. Together at most WORLD_YEARS_MAX */
    int32_t size;         /* children in care if all multipliers stood at 1; 0: drawn from the regime */
    bool with_localities; /* four localities, and "unknown" for unaccompanied children */
};

/* What a step or a surge acts on. */
enum world_process { WORLD_ENTRIES, WORLD_EXITS, WORLD_UASC_ENTRIES };

/* A multiplier in force from the month of `from` up to the month of `to`. */
struct world_event {
    enum world_process process;
    day from, to; /* first days of months; to is DAY_OPEN when it lasts */
    double factor;
};

struct world_truth {
    enum world_regime regime; /* the one in force: panel_like draws one of the others */
    double size;              /* children in care if all multipliers stood at 1 */
    day origin;               /* end of what is known: 31 March 2022 */
    int32_t n_months;         /* months of the history, from history.start on */
    /* In force in each month, relative to the authority's long-run rates. entry is that of families (season
     * apart), uasc that of unaccompanied children, exit the pace of the clock that exits obey. */
    double entry[WORLD_MONTHS_MAX], exit[WORLD_MONTHS_MAX], uasc[WORLD_MONTHS_MAX];
    double national_entry[WORLD_MONTHS_MAX], national_exit[WORLD_MONTHS_MAX]; /* factors of entry and exit */
    double trend_a_year; /* yearly change of the log of the entry rate, 0 but in the trend regime */
    bool has_event;
    struct world_event event; /* the jump or surge of its regime; already in the multipliers */
};

/* Makes the whole history of a world, years_known + years_after returns stacked: children in care on or after
 * its start, with earlier days of care they survived; what had ended before is unseen. Both structs are
 * written over. Same options, same bytes; the known part does not depend on years_after where the regime has
 * no event. Cost: some 10 ms for 600 children and 9 years. */
void world_make(const struct world_options *options, struct history *full, struct world_truth *truth);

#endif
