/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/stack_rows.h: what the steps of stack_child share; internal to stack.
 *
 * Ownership: everything lives in the arena of the call or is borrowed from it.
 *
 * A struct row is an episode on its way from the files to struct episode. Steps take rows out (superseded,
 * refused, short breaks), repair dates and codes, and say so through stack_report. */
#ifndef TURNCURVE_DATA_STACK_ROWS_H
#define TURNCURVE_DATA_STACK_ROWS_H

#include "data/codes.h"
#include "data/stack.h"

/* Why an episode ended, as understood so far. */
enum ending {
    ENDING_OPEN,    /* it has not ended */
    ENDING_NEXT,    /* X1: another episode starts the same day */
    ENDING_LEFT,    /* a reason for leaving care; row.route says which */
    ENDING_BLANK,   /* ended, no reason recorded */
    ENDING_UNKNOWN, /* ended, a reason that is no code */
    ENDING_SILENT   /* ended by a repair, which has been reported */
};

struct row {
    struct record *record;
    day start, end; /* end DAY_OPEN while open */
    enum ending ending;
    uint8_t route;       /* enum route; of ENDING_LEFT, then of the end of a period of care */
    uint8_t rne;         /* 'S' 'L' 'P' 'T' 'B' 'U', 0 when blank or unknown */
    uint8_t provider;    /* 0..5, 255 unknown */
    uint8_t need;        /* enum need */
    uint8_t legal;       /* enum legal_group */
    uint8_t group;       /* enum placement_group */
    uint8_t status;      /* enum legal_status */
    uint8_t reason;      /* enum rec, as filed */
    uint16_t place;      /* enum place */
    bool temporary;      /* T0-T4, M1-M3 */
    size_t placed;       /* index of the row whose placement counts: itself unless temporary */
    bool end_unreadable; /* DEC could not be read: open until a later row ends it (E-03) */
    bool after_break;    /* a short break lay between the previous row and this one */
    bool starts_care;    /* first row of a period of care */
    bool ends_care;      /* last row of a period of care that ended */
    bool lost;           /* closed by S-05 */
    bool gone;           /* taken out; stack_compact removes it */
    struct str home_post, placement_post, urn, location, distance;
};

struct stacking {
    const struct stack_context *context;
    struct child_rows *rows;
    struct arena *arena;
    struct clean_child *out;
    struct findings *findings;
    struct err *err;
    struct row *episodes; /* by start */
    size_t n;
    day born, eighteen; /* DAY_NONE when no date of birth is usable */
    enum rule no_birth; /* why there is none: H-04, H-05 or H-12 */
    int32_t last_named; /* last return that names the child in any table but oc3 */
};

/* The bounds of the return of a row: 1 April and 31 March. */
day stack_year_start(const struct stacking *s, int32_t return_index);
day stack_year_end(const struct stacking *s, int32_t return_index);
/* 31 March that closes the last return. */
day stack_last_day(const struct stacking *s);

/* Reports that a rule is broken by a row. The outcome only makes the record's worse. The value is the
 * column's (COLUMN_COUNT: about no column); repair is the new value, "" when none. */
bool stack_report(struct stacking *s, struct record *record, enum rule rule, enum outcome outcome,
                  enum return_column column, struct str repair);
/* The same with a date as the new value; DAY_OPEN and DAY_NONE stand for a blank. */
bool stack_report_day(struct stacking *s, struct record *record, enum rule rule, enum outcome outcome,
                      enum return_column column, day repair);
/* Removes the rows that are gone, keeping the order. */
void stack_compact(struct stacking *s);

/* The rows of a table that a rule may still use: not refused by what came before. */
static inline bool stack_is_used(const struct record *record)
{
    return record->outcome != OUTCOME_REFUSED;
}
/* A value of a row whose table is known; faster than record_value, which looks the table up. */
#define STACK_VALUE(record, table, column) (&(record)->values[COLUMN_##column - COLUMN_##table##_CHILD])
static inline struct str stack_text(const struct value *value)
{
    return value->state == VALUE_BLANK ? (struct str){NULL, 0} : value->text;
}
static inline day stack_day(const struct value *value)
{
    return value->state == VALUE_OK ? (day)value->number : DAY_NONE;
}
/* True when no row lies between the previous row and this one and care did not end between them. */
static inline bool stack_touches(const struct stacking *s, size_t i)
{
    return i > 0 && !s->episodes[i].starts_care;
}

/* The row in which the child is on a day, NULL when in none. For clean rows; cost O(log n). */
struct row *stack_row_on(const struct stacking *s, day date);

/* The steps, in order; each is a file stack_NAME.c. All fail only for want of memory or in the sink. */
bool stack_identity(struct stacking *s); /* date of birth, sex, ethnic origin: H-* */
bool stack_collect(struct stacking *s);  /* usable episode rows, sorted: E-01 .. E-09 of one row */
bool stack_merge(struct stacking *s);    /* one row a key: S-01, S-02, S-03, S-07 */
bool stack_close(struct stacking *s);    /* ends for open rows: E-15, S-04, S-05, S-08, E-17 */
bool stack_cut(struct stacking *s); /* short breaks, overlaps, death, 18: E-12 .. E-14, E-19, E-29, E-43 */
bool stack_providers(struct stacking *s);    /* E-36, E-40, E-41, E-42 */
bool stack_chain(struct stacking *s);        /* periods of care: E-16 .. E-28, E-32, E-33, E-37 */
bool stack_periods(struct stacking *s);      /* E-24, E-30, E-34, E-45, E-48, E-50 */
bool stack_look(struct stacking *s);         /* rules that change nothing, one row each */
bool stack_uasc(struct stacking *s);         /* U-01 .. U-05 */
bool stack_adoption(struct stacking *s);     /* A-01 .. A-05 */
bool stack_other_tables(struct stacking *s); /* O-01 .. O-07 */

/* Understands the codes of a row: LS, PLACE, provider, RNE, CIN, REC (E-21, E-33, E-35, E-37 are later). */
void stack_decode(const struct stacking *s, struct row *row);

#endif
