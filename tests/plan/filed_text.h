/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/plan/filed_text.h: rows of a plan from text, and findings as text.
 *
 * Ownership: a struct filed_text owns its rows; filed_text_free releases them. */
#ifndef TURNCURVE_TESTS_PLAN_FILED_TEXT_H
#define TURNCURVE_TESTS_PLAN_FILED_TEXT_H

#include "data/findings.h"
#include "plan/filed.h"

struct filed_text {
    struct filed_row *rows;
    size_t n;
};
/* Rows of "FIELD|FIELD\nFIELD|..\n" in the order of the columns given, a list that ends with -1; line i + 2,
 * as if a header stood above. The text must outlive the rows. */
struct filed_text filed_text_make(const char *text, const int columns[]);
void filed_text_free(struct filed_text *filed);

/* A sink that writes each finding as "I-05@3 value 'stock' message\n". */
struct said {
    struct findings sink; /* first */
    struct text text;
};
void said_init(struct said *said);
/* What was said so far, and forgets it; the text lives until the next finding. */
const char *said_take(struct said *said);
void said_free(struct said *said);

#endif
