/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/target_goal.h, internal to the command target: one question to a lever and its answer in words.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_TARGET_GOAL_H
#define TURNCURVE_APP_TARGET_GOAL_H

#include "app/target_job.h"

enum { TARGET_SIZE = 48, TARGET_ANSWER = 512 };

/* Reads --seek and --chance. */
bool target_goal_lever(struct target_job *job, struct goal_lever *out, struct err *err);
bool target_goal_chance(const struct target_job *job, double *out, struct err *err);
/* Asks the lever for a goal, on top of the scenario that is asked about. */
bool target_goal_ask(struct target_job *job, const struct goal *goal, const struct goal_lever *lever,
                     struct goal_answer *out, struct err *err);
/* "-23 %", "+14 places". */
void target_goal_size(const struct goal_lever *lever, double size, int decimals, char out[TARGET_SIZE]);
/* The answer as `needs` of targets.csv: "entries -23 %". */
void target_goal_needs(const struct goal_lever *lever, const struct goal *goal,
                       const struct goal_answer *answer, char out[TARGET_ANSWER]);

#endif
