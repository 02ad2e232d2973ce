/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/durations.h: how long children stay in care.
 *
 * Ownership: curves are released by survival_free, tables by table_free.
 *
 * Two answers, never to be confused: the curve says what share of those who enter is still in care after so
 * long, by route out, from everybody who was at risk (late entry for those in care before the first return,
 * censoring for those still in care); the completed durations of those who left in a year are what DfE
 * publishes, and are short because long stays have not ended. */
#ifndef TURNCURVE_STUDY_DURATIONS_H
#define TURNCURVE_STUDY_DURATIONS_H

#include "base/table.h"
#include "data/history.h"
#include "numeric/survival.h"

/* Whom a curve is about: all, or a group on the day care started (GROUP_AGE, GROUP_PLACEMENT, GROUP_NEED,
 * GROUP_LEGAL, GROUP_UASC). Causes of the curve are routes + 1. Periods whose start is not known are left out
 * and counted in *n_unknown (may be NULL). At risk from the day before the first return (or the start) to the
 * end, the last return's end, or for children lost between returns the last day they are known to be in care.
 */
bool durations_fit(const struct history *history, struct group who, struct survival *out, int64_t *n_unknown,
                   struct err *err);

/* durations.csv: la, group, months, days, at_risk, in_care, low, high and one column a route, shares 0..1,
 * month by month while at least ten are at risk: for all, and by age at the start. */
bool durations_table(const struct history *history, struct table *out, struct err *err);
/* One row a curve: la, group, periods, late_entries, start_unknown, endings, from_days, lower_quartile,
 * median, upper_quartile (days; empty: not reached), mean_to_5_years (days). */
bool durations_summary_table(const struct history *history, struct table *out, struct err *err);

/* Completed durations of the latest period of care of the children who left in a year (the last leaving of a
 * child counts): la, year, date, leavers, mean_days, median_days, start_unknown, then children by band (under
 * 8 weeks .. 10 years and over). The years of the returns. Periods whose start is not known count from the
 * first day known, too short. */
bool durations_completed_table(const struct history *history, struct table *out, struct err *err);

#endif
