/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/card_table.h: card.csv, the measures of one or many quarters as rows.
 *
 * Ownership: tables are the caller's, released by table_free. */
#ifndef TURNCURVE_STUDY_CARD_TABLE_H
#define TURNCURVE_STUDY_CARD_TABLE_H

#include "base/table.h"
#include "study/indicator.h"

/* An empty table: quarter, question, measure, locality, numerator, denominator, value, target, previous,
 * direction, p_value, rag. */
void card_table_begin(struct table *out);
/* Adds a row a measure. quarter is the text of the first column ("2026-27Q1", a month "2026-05").
 * Numerators and denominators are whole where they count, empty where there is none or the figure is not
 * known; direction and rag are words, empty when not tested or without status. */
bool card_table_add(struct table *out, const char *quarter, const struct indicator_set *set, struct err *err);

#endif
