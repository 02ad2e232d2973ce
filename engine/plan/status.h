/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/status.h: how an action stands, from the words in which plans say it.
 *
 * Ownership: nothing is allocated; the text is borrowed for the call.
 *
 * By rules, not by whole phrases: a word for a state ("completed", "on track", "delayed", status_words.def)
 * counts as its clause turns it: negated ("not on track": off track), still to come ("to be agreed": not
 * started), in the making ("is being reviewed": ongoing), of a first part ("initial lists completed": on
 * track). Of several states the last governs, but
 *   - complete and ongoing together are ongoing;
 *   - complete with a rest that has not started is on track;
 *   - what is delayed or off track stays so although it is ongoing or not started. */
#ifndef TURNCURVE_PLAN_STATUS_H
#define TURNCURVE_PLAN_STATUS_H

#include <stdbool.h>

#include "base/str.h"

enum action_status {
#define STATUS(member, name, words) ACTION_##member,
#include "plan/status.def"
#undef STATUS
    ACTION_STATUS_COUNT
};

/* Reads a status cell or comment. *out is always set; ACTION_UNKNOWN with true when the text itself says
 * nothing (blank, "?", "as above": the row above must be asked), with false when it could not be read. Any
 * bytes will do; cost: O(length), at most 200 tokens. */
bool status_read(struct str text, enum action_status *out);

const char *status_name(enum action_status status);
const char *status_words(enum action_status status);

#endif
