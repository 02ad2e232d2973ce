/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whom conditions mean: one child, told apart by every key. */
#include "sim/matches.h"

#include <check.h>

#include "sim/where_text.h"
#include "tests/build_history.h"

Suite *suite_matches(void);

static struct history history;
static day origin;

static bool meant(enum lever_kind kind, const char *key, const char *value)
{
    struct err err = {0};
    struct arena texts = {0};
    struct lever lever = {.kind = kind, .where = where_all()};
    ck_assert_msg(key == NULL || where_set(&lever.where, str_of(key), str_of(value), &texts, &err), "%s",
                  err.message);
    const bool found = matches_anybody(&history, &lever, origin);
    arena_free(&texts);
    return found;
}
