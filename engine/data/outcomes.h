/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/outcomes.h: what returns say of children besides where they live: reviews, health, absences, adoption,
 * and what became of care leavers.
 *
 * Ownership: a struct outcomes owns its arrays; outcomes_free releases them.
 *
 * Rows that cannot be used are left out, as the rules of data/checks.def say (O-01, O-02, O-04, O-05, A-02):
 * absences without a start, that end before it or that lie outside the year of their return; scores but 0 to
 * 40. Overlapping absences of a child are one; of a review filed in several returns there is one. */
#ifndef TURNCURVE_DATA_OUTCOMES_H
#define TURNCURVE_DATA_OUTCOMES_H

#include "data/stack.h"

enum { OUTCOME_NO_CHILD = -1, OUTCOME_NO_SCORE = -1 };

/* oc2: a child looked after for twelve months on 31 March of the year. What is blank is not said to be so. */
struct health_row {
    int32_t child; /* index into history.children */
    int32_t year;  /* of the return */
    int8_t score;  /* strengths and difficulties, 0..40; OUTCOME_NO_SCORE */
    bool convicted, development_check, immunised, teeth_checked, health_assessed, misuses;
};
enum leaver_activity { ACTIVITY_UNKNOWN, ACTIVITY_NONE, ACTIVITY_EDUCATION, ACTIVITY_WORK };
enum leaver_home { HOME_UNKNOWN, HOME_SUITABLE, HOME_UNSUITABLE };
enum leaver_touch { TOUCH_NO, TOUCH_YES, TOUCH_DIED, TOUCH_RETURNED_HOME };
/* oc3: a care leaver. */
struct leaver_row {
    int32_t child, year; /* child OUTCOME_NO_CHILD: left care before the first return */
    int32_t age;         /* on 31 March of the year; -1 when no date of birth is known */
    enum leaver_touch touch;
    enum leaver_activity activity;
    enum leaver_home home;
};
/* ad1: an adopted child. DAY_NONE: not known. */
struct adopted_row {
    int32_t child, year;
    day decided; /* DATE_INT: that the child should be placed for adoption */
    day matched;
};
struct review_row {
    int32_t child;
    day date;
    int8_t code; /* 0..7 for PN0..PN7; -1 unknown */
};
/* An absence [start, end]; end DAY_OPEN: not yet back. */
struct absence_row {
    int32_t child;
    day start, end;
    bool is_missing; /* missing from care; else away without authorisation */
};

struct outcomes {
    struct health_row *health; /* all by child, then year or date */
    size_t n_health, health_capacity;
    struct leaver_row *leavers;
    size_t n_leavers, leavers_capacity;
    struct adopted_row *adopted;
    size_t n_adopted, adopted_capacity;
    struct review_row *reviews;
    size_t n_reviews, reviews_capacity;
    struct absence_row *absences;
    size_t n_absences, absences_capacity;
    struct outcome_file { /* the tables that were filed */
        int32_t year;
        enum return_table table;
    } * files;
    size_t n_files, files_capacity;
};
void outcomes_free(struct outcomes *outcomes);

/* Says that a table was filed for a year, with or without rows. */
bool outcomes_add_file(struct outcomes *outcomes, int32_t year, enum return_table table, struct err *err);
/* Adds the rows of one child. child is its index in the history (OUTCOME_NO_CHILD: only what is said of it as
 * a care leaver counts), born its date of birth (DAY_NONE: the rows' own is taken); years[return_index] are
 * the years of the returns. */
bool outcomes_add_child(struct outcomes *outcomes, const struct child_rows *rows, int32_t child, day born,
                        const int32_t years[], struct err *err);
/* After the last child: puts the rows in order. */
void outcomes_finish(struct outcomes *outcomes);

/* True when the table was filed for every return year that a day from first to last lies in. */
bool outcomes_cover(const struct outcomes *outcomes, enum return_table table, day first, day last);
/* The first day from which the table was filed without a gap up to the year of `last`; DAY_NONE when it was
 * not filed for that year. */
day outcomes_known_from(const struct outcomes *outcomes, enum return_table table, day last);

#endif
