/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/due_parse.h, internal to plan/due: everything that a phrase says, in its order.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_PLAN_DUE_PARSE_H
#define TURNCURVE_PLAN_DUE_PARSE_H

#include "plan/due_date.h"

enum { DUE_DATES = 16 };

enum due_relation { DUE_REL_NONE, DUE_REL_BY, DUE_REL_BEFORE, DUE_REL_AFTER, DUE_REL_FROM, DUE_REL_UNTIL };

struct said_date {
    struct due_date date;
    enum due_relation relation;
    bool ranged;  /* from the date before it to this one */
    bool between; /* "between A and B": the first */
    bool revised; /* counts instead of others */
    bool former;  /* counts no longer */
    bool past;    /* a participle stands directly before it: "varied from 1/1/12" */
};

struct due_said {
    struct said_date dates[DUE_DATES];
    int32_t n_dates;
    bool ongoing, begun, finished, stands, immediate, unset, condition, as_at;
    bool future;           /* a state that is yet to come: "to be completed" */
    bool duration;         /* counted from nothing that has a date */
    bool rates, adjective; /* adjective: the rate names a thing ("annual report") */
    enum due_precision rate;
    char after[DUE_REFERENCE];
    int32_t after_months, after_days;
    bool words; /* anything that is no mark */
};

/* Goes over the phrase once. False when it names a day that does not exist, or more than DUE_DATES dates. */
bool due_parse(const struct due_source *source, struct due_said *out);

/* A date that lies a duration from another, or from the context, due_shift.c. True when the duration at
 * lexeme i is such a one; *end is the place behind, -1 when the other date does not exist. Also takes "3
 * months after 3A.1" (out->after). */
bool due_shift_read(const struct due_source *source, int32_t i, struct due_said *out, struct due_date *date,
                    bool *dated, int32_t *end);
/* The reference of an action at lexeme i: the place behind it, 0 when there is none. */
int32_t due_reference_read(const struct lexemes *words, int32_t i, char out[DUE_REFERENCE]);

#endif
