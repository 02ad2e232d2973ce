/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/due_rate.h, internal to plan/due: rates ("every two weeks") and durations ("six months").
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_PLAN_DUE_RATE_H
#define TURNCURVE_PLAN_DUE_RATE_H

#include "plan/due.h"
#include "plan/due_words.h"

/* A rate that begins at lexeme i: "quarterly", "bi-monthly", "6 monthly", "twice a year", "12 times per
 * year", "every other month", "regularly". DUE_BY_NONE for rates without a name of their own (every six
 * weeks). The place behind it, 0 when none begins there. */
int32_t due_rate_read(const struct lexemes *words, int32_t i, enum due_precision *rate);

struct due_length {
    int32_t months, days; /* both 0: of no stated length ("the next few months") */
    enum due_unit unit;
};
/* A duration that begins at lexeme i: "28 days", "a month", "six weeks'", "3 year". */
int32_t due_length_read(const struct lexemes *words, int32_t i, struct due_length *out);

#endif
