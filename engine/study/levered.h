/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/levered.h: a scenario with levers more, for questions that try them out.
 *
 * Ownership: the copy borrows everything of the scenario but its array of levers; levered_free releases that.
 */
#ifndef TURNCURVE_STUDY_LEVERED_H
#define TURNCURVE_STUDY_LEVERED_H

#include "sim/scenario.h"

/* A lever on those in `where`, of one size, from the origin on; the texts are borrowed. */
struct lever levered_lever(const char *id, enum lever_kind kind, const struct where *where,
                           enum effect_unit unit, double effect);
/* The scenario with n levers more, in the order of their ids. ERR_USAGE for an id that is there already. */
bool levered_make(const struct scenario *scenario, const struct lever levers[], size_t n,
                  struct scenario *out, struct err *err);
void levered_free(struct scenario *levered);

/* Appends levers as a scenario file has them, two blanks deep, below "levers:". Conditions are those that
 * where_set can make. */
bool levered_write(const struct lever levers[], size_t n, struct text *out, struct err *err);

#endif
