/* SPDX-License-Identifier: GPL-3.0-or-later
 * A result is a rectangle of summaries; its series are few, so that finding one is a walk. */
#include "sim/result.h"

#include <stdlib.h>

const double summary_levels[SUMMARY_QUANTILES] = {.025, .1, .25, .5, .75, .9, .975};

void result_free(struct result *result)
{
    free(result->series);
    free(result->at);
    free(result->years);
    *result = (struct result){0};
}

const struct summary *result_find(const struct result *result, enum measure measure, struct group group,
                                  int32_t month)
{
    if (month < 0 || month >= result->months)
        return NULL;
    for (size_t i = 0; i < result->n_series; i++) {
        const struct result_series *series = &result->series[i];
        if (series->measure == measure && series->group.kind == group.kind &&
            series->group.member == group.member)
            return &result->at[i * (size_t)result->months + (size_t)month];
    }
    return NULL;
}
