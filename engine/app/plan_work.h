/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_work.h: what the actions of a plan do in a forecast, and what their delay costs.
 *
 * Ownership: a struct plan_work owns its results; plan_work_free releases them. Plan and scenario are
 * borrowed. */
#ifndef TURNCURVE_APP_PLAN_WORK_H
#define TURNCURVE_APP_PLAN_WORK_H

#include "app/outlook.h"
#include "app/plan_choice.h"
#include "base/table.h"
#include "render/folder.h"
#include "study/attribute.h"
#include "study/delay.h"

enum { PLAN_WORK_DELAY = 91 /* days: a quarter */ };

struct plan_work_milestone {
    int32_t i_row; /* of the plan */
    struct delay_cost cost;
};
struct plan_work {
    const struct joined_plan *joined;
    const struct scenario *scenario; /* whose levers were divided */
    char la_name[64];
    struct attribution attribution;
    struct plan_work_milestone *milestones; /* that are still to come, dearest delay first */
    size_t n_milestones;
    int32_t delay_replicates;
};

/* Divides the effect of the plan in one scenario of an outlook among its actions, and delays each milestone
 * that is still to come by a quarter. The scenario must have the plan. */
bool plan_work_run(const struct outlook *outlook, const struct model *model, const struct joined_plan *joined,
                   const struct scenario *scenario, int32_t months, uint64_t seed,
                   const struct price_book *prices, const struct run_options *options, struct log *log,
                   struct plan_work *out, struct err *err);
void plan_work_free(struct plan_work *work);

/* attribution.csv and slippage.csv; add appends one authority's rows. The means of actions add up to that of
 * the row `all` as they are printed. */
void plan_work_attribution_init(struct table *table);
bool plan_work_attribution_add(struct table *table, const struct plan_work *work, struct err *err);
void plan_work_slippage_init(struct table *table);
bool plan_work_slippage_add(struct table *table, const struct plan_work *work, struct err *err);
/* Writes both files into a folder. */
bool plan_work_write(const struct plan_work *work, struct folder *folder, struct err *err);

/* For people: actions by what they do at the end of the forecast and in its whole cost, largest first; pairs
 * that overlap or help each other; milestones by what a quarter's delay costs. */
bool plan_work_action_table(struct table *table, const struct plan_work *work, struct err *err);
bool plan_work_pair_table(struct table *table, const struct plan_work *work, struct err *err);
bool plan_work_delay_table(struct table *table, const struct plan_work *work, struct err *err);
/* "Most of it is 3A.1 (-31 children by March 2031) and 1E.2 (-22); 2B.1 and 5A.1 change no number." */
void plan_work_say(const struct plan_work *work, char out[OUTLOOK_WORDS]);

#endif
