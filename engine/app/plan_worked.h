/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_worked.h: did it work? The actions of a plan that have begun, beside the forecast made before
 * them.
 *
 * Ownership: a struct plan_worked is released by plan_worked_close.
 *
 * For each action whose effects began to act by the end of the returns: the baseline forecast by carepath
 * from the last month end before, of what was known then, and what happened up to the end of the returns:
 * children in care, what the action's levers act on, and the cost at the prices stored now. Beside it the
 * budget in the plan's words; the saving that the action's effect alone was to bring over the same months, in
 * the same simulated futures; and the saving seen, which is that of everything that was done and of luck. */
#ifndef TURNCURVE_APP_PLAN_WORKED_H
#define TURNCURVE_APP_PLAN_WORKED_H

#include "app/command.h"
#include "base/table.h"
#include "store/store.h"

struct plan_worked;

/* The plan that is named, or the only one, on the authority that --la names, or the only one with returns.
 * NULL with err filled on failure: ERR_NO_INPUT when the plan has no effects or there are no returns. */
struct plan_worked *plan_worked_open(struct app *app, const struct options *options, struct store *store,
                                     struct err *err);
void plan_worked_close(struct plan_worked *worked);

/* outcome.csv: plan, action_ref, began, forecast_from, to, measure, group, unit, forecast_p10, forecast_p50,
 * forecast_p90, actual, surprise_sd, p_value, words, budget, saving_expected_gbp, saving_seen_gbp. The budget
 * (pounds where its words are an amount, else the words) and the savings stand in each action's first row. */
bool plan_worked_table(struct table *table, const struct plan_worked *worked, struct err *err);
/* For people, on the screen or a page: a row a question, a row an action with its money, and what to be
 * careful about. */
bool plan_worked_question_table(struct table *table, const struct plan_worked *worked, struct err *err);
bool plan_worked_money_table(struct table *table, const struct plan_worked *worked, struct err *err);
const char *plan_worked_caution(void);
/* All of these on the screen. */
bool plan_worked_show(struct app *app, const struct plan_worked *worked, struct err *err);

#endif
