/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_worked_rows.h: what plan --worked finds, for those who make it and those who show it.
 *
 * Ownership: a struct plan_worked is released by plan_worked_close (app/plan_worked.h). */
#ifndef TURNCURVE_APP_PLAN_WORKED_ROWS_H
#define TURNCURVE_APP_PLAN_WORKED_ROWS_H

#include "app/plan_choice.h"
#include "app/plan_worked.h"
#include "plan/budget.h"
#include "study/worked.h"

struct plan_worked_row {
    int32_t i_action;
    day began, origin;
    struct worked_question question;
    struct worked found;
    bool is_known; /* false: the returns hold too little from before it began, so nothing was forecast */
};
struct plan_worked_action {
    int32_t i_action;
    day began, origin;
    bool is_known;
    double expected, seen; /* pounds saved */
};
struct plan_worked {
    struct plan_choices choices;
    const struct joined_plan *joined;
    day end;                      /* of the returns */
    struct plan_worked_row *rows; /* by action, in the order of the plan */
    size_t n_rows, rows_capacity;
    struct plan_worked_action *actions; /* in the order of the plan */
    size_t n_actions;
};

#endif
