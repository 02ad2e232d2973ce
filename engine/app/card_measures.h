/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_measures.h: the measures of a card as values of its page.
 *
 * Ownership: everything is borrowed but what the page's arena takes. */
#ifndef TURNCURVE_APP_CARD_MEASURES_H
#define TURNCURVE_APP_CARD_MEASURES_H

#include "render/page.h"
#include "study/indicator.h"

/* What a publication hides of a measure. */
struct card_mask {
    bool now, before;
};
/* Which measures a page shows. */
struct card_selection {
    size_t most;              /* of each question; 0: every one, those that are not known with the reason */
    const char *const *names; /* n of these and no others, known or not; NULL: those with a target first, then
                                 those that a board reads first, then any that are known */
    size_t n;
};
/* Reads "entries,reviews_in_time": names as in card.csv, split in the arena. ERR_USAGE for a name that is not
 * in the set, with the nearest that is, and for more than CARD_MEASURES_MOST. */
enum { CARD_MEASURES_MOST = 10 };
bool card_selection_read(const char *text, const struct indicator_set *set, struct arena *arena,
                         struct card_selection *out, struct err *err);

/* Adds to a map `questions`, a list of {question, rows}; a row is {measure, when, now, before, arrow,
 * direction, target, has_spark, spark, status, shape, why, definition, source}; has_aims: any has a target or
 * a status; has_trends: not in a publication; measure_columns: how many there are. Questions without any
 * measure are left out. */
bool card_measures_add(struct arena *arena, struct page_value *map, const struct indicator_set *set,
                       const struct card_mask masks[], const struct card_selection *selection,
                       struct err *err);
/* How many lines of a sheet their rows take. */
bool card_measures_lines(const struct indicator_set *set, const struct card_selection *selection,
                         int32_t *lines, struct err *err);

#endif
