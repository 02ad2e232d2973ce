/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/peer_episodes.h: the history as rows of the kind that the published tools read.
 *
 * Ownership: a struct peer_episodes owns its items; peer_episodes_free releases them.
 *
 * d2i takes every row with its legal status as an episode; the age bin at its start holds to its end.
 * regional merges rows with reason L, T or U into the row before, and cuts what results at birthdays 1, 5, 10
 * and 16. A tool works from raw returns and a model from the history, so the following of its ways cannot be
 * reproduced here. Most are faults whose absence favours the tool:
 *
 * - temporary placements (T0-T4) are folded: they are neither moves nor time in OTHER;
 * - short breaks (V3, V4) are out, unless the history was made with them;
 * - which of two conflicting or overlapping rows counts, which date of birth, and when a row is dropped, is
 *   settled by data/stack.h, not by the order of files;
 * - rows of no length are gone, and neighbours alike in all that the history keeps are one row (a stay on
 *   both sides of a temporary placement too: d2i would reckon the age anew behind it);
 * - a child missing from a later return has left on the day that the history says, and is not in care for
 *   ever; nobody stays beyond the 18th birthday;
 * - codes of before 2015 stand where their successors stand (models/peer_code.def);
 * - reasons for a new episode are gone: a row begins by L, T or U where the history sees no move. */
#ifndef TURNCURVE_MODELS_PEER_EPISODES_H
#define TURNCURVE_MODELS_PEER_EPISODES_H

#include "data/history.h"
#include "models/peer_state.h"

struct peer_episode {
    day start, end; /* [start, end), DAY_OPEN: still in care; a piece cut at a birthday may have no length */
    uint8_t state;  /* bin and place */
    uint8_t next;   /* the state that follows, PEER_OUT when none does; nothing when open */
    uint8_t group;  /* enum placement_group, for the price */
    bool is_entry;  /* not in care on the day before */
};

struct peer_episodes {
    struct peer_episode *items; /* in the order of the history */
    size_t n, capacity;
};

/* What a tool makes of the history as known at the origin: rows that start later are left out, ends that are
 * later are open. regional cuts open rows at birthdays up to `horizon`. */
bool peer_episodes_make(const struct history *history, day origin, enum peer_tool tool, day horizon,
                        struct peer_episodes *out, struct err *err);
void peer_episodes_free(struct peer_episodes *episodes);

/* Children in each state at the end of a day; returns how many in all. */
int32_t peer_episodes_stock(const struct peer_episodes *episodes, day date, double stock[PEER_STATES]);

/* The last start or end of a row not after the origin; DAY_NONE when there is none. */
day peer_last_date(const struct history *history, day origin);

#endif
