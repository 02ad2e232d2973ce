/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_work_chart.h: the waterfall from the baseline to the plan.
 *
 * Ownership: a chart owns its table and texts; plan_work_chart_free releases them. It must not be moved. */
#ifndef TURNCURVE_APP_PLAN_WORK_CHART_H
#define TURNCURVE_APP_PLAN_WORK_CHART_H

#include "app/plan_work.h"
#include "render/chart.h"

struct plan_work_chart {
    struct chart_spec spec;
    struct table table;
    struct arena texts;
    bool is_there; /* false: no action changes a number, nothing to draw */
};
/* Children at the end of the forecast: the baseline, what each of the largest actions adds or takes, the
 * others together, and the plan. prefix goes before the file's name. */
bool plan_work_chart_make(struct plan_work_chart *out, const struct outlook *outlook,
                          const struct plan_work *work, const char *prefix, const char *source,
                          struct err *err);
void plan_work_chart_free(struct plan_work_chart *chart);

#endif
