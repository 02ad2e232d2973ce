/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts, then conjugate priors. */
#include "plan/slippage.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double prior_late = 3, prior_on_time = 7;
static const double prior_median = 110, prior_revisions = 8, log_sd = 0.8;

static bool has_passed(const struct plan *plan, const struct plan_row *row)
{
    return row->due.kind == DUE_DUE && plan_due_has_date(&row->due) && plan->stamp.date != DAY_NONE &&
           row->due.latest < plan->stamp.date && !row->repeated && row->status != ACTION_SUPERSEDED;
}

struct slippage slippage_of(const struct plan *plan)
{
    struct slippage found = {.log_sd = log_sd};
    double logs = 0;
    for (size_t i = 0; plan != NULL && i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        const int32_t moved = plan_row_days_moved(row);
        if (moved > 0) {
            found.revised++;
            logs += log(moved);
        }
        if (!has_passed(plan, row))
            continue;
        found.passed++;
        found.late += moved > 0 || row->status != ACTION_COMPLETE;
    }
    const double late = prior_late + found.late;
    const double on_time = prior_on_time + found.passed - found.late;
    found.chance = late / (late + on_time);
    found.low = gsl_cdf_beta_Pinv(.1, late, on_time);
    found.high = gsl_cdf_beta_Pinv(.9, late, on_time);
    found.log_median = (prior_revisions * log(prior_median) + logs) / (prior_revisions + found.revised);
    return found;
}

struct slippage_of_row slippage_of_row(const struct plan *plan, const struct slippage *slippage,
                                       const struct plan_row *row)
{
    struct slippage_of_row out = {.start = DAY_NONE, .is_dropped = row->status == ACTION_SUPERSEDED};
    if (!plan_due_has_date(&row->when))
        return out;
    out.start = row->when.latest;
    if (row->when.kind != DUE_DUE)
        return out;
    switch (row->status) {
    case ACTION_COMPLETE:
        if (plan->stamp.date != DAY_NONE && plan->stamp.date < out.start)
            out.start = plan->stamp.date;
        return out;
    case ACTION_SUPERSEDED:
        return out;
    case ACTION_ON_TRACK:
    case ACTION_DELAYED:
        out.chance = slippage->chance / 2;
        break;
    case ACTION_OFF_TRACK:
        out.chance = 1;
        break;
    case ACTION_ONGOING:
    case ACTION_NOT_STARTED:
    case ACTION_UNKNOWN:
    case ACTION_STATUS_COUNT:
        out.chance = slippage->chance;
        break;
    }
    out.past_due = plan_row_days_late(row, plan->stamp.date);
    return out;
}
