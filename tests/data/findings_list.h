/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/data/findings_list.h: a sink that writes every finding as a line of text.
 *
 * Ownership: the list owns its text; findings_list_free releases it. Out of memory stops the test program. */
#ifndef TURNCURVE_TESTS_DATA_FINDINGS_LIST_H
#define TURNCURVE_TESTS_DATA_FINDINGS_LIST_H

#include "data/findings.h"

struct findings_list {
    struct findings sink; /* first: the sink is the list */
    struct text text;     /* "F-06@5 refused COLUMN 'value' -> 'repair'\n"; what is empty is left out */
    struct text messages; /* one a line */
};
/* An empty list. */
void findings_list_init(struct findings_list *list);
void findings_list_free(struct findings_list *list);

#endif
