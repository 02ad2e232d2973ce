/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/cohorts.h: children in care whom a plan could act on: to be discharged, or to step down.
 *
 * Ownership: a struct cohorts owns its members, released by cohorts_free; tables are the caller's, released
 * by table_free; histories and prices are borrowed.
 *
 * The cohorts are those of study/cohort.def. A child belongs to the cohort of its placement group on the day
 * asked for, when it has been there for the cohort's months with the same carer: a change of status, or of
 * type with the same carer, begins nothing anew; a move does, and so does a change of group. "Over 18 months"
 * is more than that: whoever came on 30 September 2020 is over 18 months there from 31 March 2022 on.
 *
 * Who could step down is a question to ask, not advice. Returns do not hold what decides it; what they hold
 * is used to leave out whom it would be idle or wrong to ask about:
 *
 * - a child of 16 or more, whose next step is a way out of care;
 * - a child who moved within twelve months;
 * - a child in a foster placement approved as long-term (U4), which is meant to last;
 * - a child on remand or under another youth justice status;
 * - a child whom nobody like was in in-house fostering on any day of the year to the day asked for: of the
 * same age band (in completed years on the last such day) and with the same category of need. */
#ifndef TURNCURVE_STUDY_COHORTS_H
#define TURNCURVE_STUDY_COHORTS_H

#include "base/table.h"
#include "data/history.h"
#include "data/prices.h"

enum cohort {
#define COHORT(member, name, group, months, steps_down, words) COHORT_##member,
#include "study/cohort.def"
#undef COHORT
    COHORT_COUNT
};
const char *cohort_name(enum cohort cohort);
const char *cohort_words(enum cohort cohort);

struct cohort_member {
    enum cohort cohort;
    size_t segment; /* of the history: where the child is on the day */
    day since;      /* first day there */
};
struct cohorts {
    day date;
    struct cohort_member *members; /* by cohort, locality, then as in the history */
    size_t n, capacity;
};

/* The members on a day of the history's returns, short breaks left out. Cost: O(segments). */
bool cohorts_find(const struct history *history, day date, struct cohorts *out, struct err *err);
void cohorts_free(struct cohorts *cohorts);
/* Children of a cohort. */
int64_t cohorts_count(const struct cohorts *cohorts, enum cohort cohort);

/* cohorts.csv: la, cohort, locality, children, nights_a_year, gbp_a_year: a row for each cohort and locality
 * (where localities are stored) with children in it, and one for `all` of each cohort. Nights and cost are
 * those of the year after the day if everybody stays where they are: 365 nights, at the prices of the day of
 * each one's provider. Costs are rounded once a row. Adds rows to a table that the init function made. */
void cohorts_table_init(struct table *table);
bool cohorts_table_add(struct table *table, const struct history *history, const struct cohorts *cohorts,
                       const struct price_book *prices, struct err *err);
/* The same numbers for one cohort and one locality (-1: all). */
struct cohort_size {
    int64_t children, nights;
    pence cost;
};
struct cohort_size cohorts_size(const struct history *history, const struct cohorts *cohorts,
                                const struct price_book *prices, enum cohort cohort, int32_t locality);

#endif
