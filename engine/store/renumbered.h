/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/renumbered.h: children who vanish from one return and seem to come back under a new identifier
 * (S-06).
 *
 * Ownership: owns copies of identifiers; renumbered_free releases them. Memory grows with the children that a
 * return lost and the ones that the next recorded late, not with all. */
#ifndef TURNCURVE_STORE_RENUMBERED_H
#define TURNCURVE_STORE_RENUMBERED_H

#include "base/arena.h"
#include "data/stack.h"

struct traced_episode {
    day born, start;
    uint8_t sex;
    int32_t return_index; /* of a lost child the next return, of a new child its first */
    int32_t file, line;
    struct str child;
};
struct renumbered {
    struct traced_episode *lost, *fresh;
    size_t n_lost, lost_capacity, n_fresh, fresh_capacity;
    struct arena texts;
};
struct identifier_link {
    struct str old_child, new_child;
};
/* Notes a child: lost (closed because the next return does not know it), or new in a return with an episode
 * from before that return's year. */
bool renumbered_add(struct renumbered *renumbered, const struct stack_context *context,
                    const struct child_rows *rows, const struct clean_child *clean, struct err *err);
/* Finds for each lost child the only new one with the same date of birth, sex and start of the episode, and
 * reports the pair. *links (freed with free()) lives as long as renumbered. */
bool renumbered_match(struct renumbered *renumbered, struct findings *findings,
                      struct identifier_link **links, size_t *n, struct err *err);
void renumbered_free(struct renumbered *renumbered);

#endif
