/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/where_text.h: one condition of a lever from a key and a value in words.
 *
 * Ownership: texts go into the arena. */
#ifndef TURNCURVE_SIM_WHERE_TEXT_H
#define TURNCURVE_SIM_WHERE_TEXT_H

#include "sim/scenario.h"

/* The name of a condition as a scenario writes it: "age", "time_in_care". */
const char *where_key_name(enum where_key key);
/* Everybody. */
struct where where_all(void);
/* Adds a condition: keys and values as scenarios write them, one value each. False, with words in err, for
 * what no scenario could say. */
bool where_set(struct where *where, struct str key, struct str value, struct arena *texts, struct err *err);

#endif
