/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/budget.h: pounds in the words of a plan's budget column.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_PLAN_BUDGET_H
#define TURNCURVE_PLAN_BUDGET_H

#include "base/money.h"
#include "plan/plan.h"

/* What an action is said to cost. Read are one amount of pounds, alone or after "circa", "c.", "about",
 * "approx.", "approximately", "up to", "around", with k, m, thousand or million behind it ("£120,000", "circa
 * 10k", "1.2 million"), and words for nothing ("No additional cost", "None", "Nil", "No resource
 * implications"). False for all else: an amount for each child or year is no amount for the action, and two
 * amounts are not added. */
bool budget_parse(struct str text, pence *out);

enum { BUDGET_TEXT = 128 };
/* The budget of an action: the texts of its milestones, each once, cut to length; *pounds when there is one
 * text and it is an amount. "" when nothing is said. */
void budget_of_action(const struct plan *plan, int32_t i_action, char text[BUDGET_TEXT], bool *has_amount,
                      pence *amount);

#endif
