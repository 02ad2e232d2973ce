/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/measures_file.h: what only the council counts: measures by period and locality, row by row.
 *
 * Ownership: rows own their texts; measure_rows_free releases them. A zeroed struct measure_rows is empty.
 *
 * A measure is a number (value), or a share (numerator of denominator), for a period whose first and last day
 * it names; with a target perhaps, and the direction that is good. A value that is not stated is the share.
 */
#ifndef TURNCURVE_DATA_MEASURES_FILE_H
#define TURNCURVE_DATA_MEASURES_FILE_H

#include "base/arena.h"
#include "base/date.h"
#include "data/findings.h"

enum polarity { POLARITY_UP, POLARITY_DOWN, POLARITY_NONE, POLARITY_COUNT };
enum question { QUESTION_NONE, QUESTION_HOW_MUCH, QUESTION_HOW_WELL, QUESTION_BETTER_OFF, QUESTION_COUNT };
const char *polarity_name(enum polarity polarity); /* "up" "down" "none" */
/* Reads a name, whatever its case and blanks around it. */
bool polarity_parse(struct str s, enum polarity *out);
const char *question_name(enum question question); /* "" "how_much" "how_well" "better_off" */
/* Reads a name likewise; blank is QUESTION_NONE. */
bool question_parse(struct str s, enum question *out);

struct measure_row {
    int32_t file, row;                            /* where it stands; row is the line of the file */
    const char *measure, *locality;               /* as filed, trimmed; locality "" the whole authority */
    day start, end;                               /* first and last day of the period */
    double numerator, denominator, value, target; /* NaN: not stated; 0 <= numerator <= denominator */
    enum polarity polarity;                       /* NONE when not stated */
    enum question question;                       /* NONE when not stated */
};
struct measure_rows {
    struct measure_row *items; /* in the order of the file; loaded: by measure, locality, start */
    size_t n, capacity;
    struct arena texts;
};
void measure_rows_free(struct measure_rows *rows);

/* The fields of a row of a measures file, as read; those of missing columns are empty. */
struct measure_fields {
    struct str measure, locality, period_start, period_end, numerator, denominator, value, target, polarity,
        question;
};
/* Adds a row. One that cannot be used gives a finding I-07 and *usable false: no name, no period or one that
 * ends before it starts, no number at all, a numerator above its denominator or either below 0, a denominator
 * of 0, an unknown polarity or question, or a period that shares a day with another of the same measure and
 * locality in this file. False only without memory or when the sink fails. Cost: O(rows). */
bool measure_rows_add(struct measure_rows *rows, const struct measure_fields *fields, int32_t file,
                      int32_t row, bool *usable, struct findings *findings, struct err *err);
/* Adds a row that is known to be sound; its texts are copied. */
bool measure_rows_put(struct measure_rows *rows, const struct measure_row *row, struct err *err);

#endif
