/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_gantt.h: a plan as a Gantt chart, with its words.
 *
 * Ownership: a struct plan_gantt owns its rows and texts and borrows nothing of the plan; plan_gantt_free
 * releases it. It may not be moved once made, because the chart points into it.
 *
 * A row a milestone, in the order of the plan under its priorities; what has no day stands at the end. A plan
 * of more than PLAN_GANTT_MOST rows shows PLAN_GANTT_SHOWN of them: those that are late, then those due next;
 * its words say so, and plan.csv has all. */
#ifndef TURNCURVE_APP_PLAN_GANTT_H
#define TURNCURVE_APP_PLAN_GANTT_H

#include "base/arena.h"
#include "plan/plan.h"
#include "render/chart.h"
#include "render/gantt.h"

enum { PLAN_GANTT_MOST = 400, PLAN_GANTT_SHOWN = 150 };

struct plan_gantt {
    struct chart_spec spec;
    struct gantt gantt;
    struct gantt_row *rows;
    struct arena texts;
};
/* The chart of a plan on a day (DAY_NONE: of no day, nothing is late). name is that of its files. */
bool plan_gantt_make(struct plan_gantt *out, const struct plan *plan, day as_of, const char *name,
                     struct err *err);
void plan_gantt_free(struct plan_gantt *gantt);

#endif
