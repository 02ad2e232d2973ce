/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_measures.h: the measures of a card as values of its page.
 *
 * Ownership: everything is borrowed but what the page's arena takes. */
#ifndef TURNCURVE_APP_CARD_MEASURES_H
#define TURNCURVE_APP_CARD_MEASURES_H

#include "render/page.h"
#include "study/indicator.h"

/* Adds to a map `questions`, a list of {question, rows}; a row is {measure, when, now, before, arrow,
 * direction, target, has_spark, spark, status, shape, definition, source}. Of each question at most `most`
 * measures that are known, those with a target first, in the order of the set; most 0: every measure, the
 * unknown ones with the reason. Questions without any are left out. *n: how many rows. */
bool card_measures_add(struct arena *arena, struct page_value *map, const struct indicator_set *set,
                       size_t most, size_t *n, struct err *err);

#endif
