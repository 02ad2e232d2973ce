/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words of a plan become a level and a side; values of replicates become chances. */
#include "study/target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/quantile.h"

static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;
static const double pct = 100;
/* Stocks are in thousandths, sums of doubles: a target is met when it is met but for rounding. */
static const double rounding = 1e-6;

const char *target_fate_words(enum target_fate fate)
{
    switch (fate) {
    case TARGET_TESTED:
        return "";
    case TARGET_PAST:
        return "its date has passed";
    case TARGET_NOT_OURS:
        return "not forecastable: only measures can track this quantity";
    case TARGET_NO_FIGURE:
        return "the plan gives no figure";
    case TARGET_NO_DATE:
        return "the plan gives no date";
    case TARGET_NO_BASELINE:
        return "a change without a baseline, and nothing is known to count it from";
    case TARGET_NO_SIDE:
        return "a level, and nothing is known to tell whether it is to be reached from above or below";
    case TARGET_TOO_LATE:
        return "its date lies behind the end of the forecast; give more --months";
    case TARGET_NOT_GIVEN:
        return "the model gives no such numbers at that date";
    case TARGET_FATE_COUNT:
        break;
    }
    return "";
}

static bool is_per_cent(const char *unit)
{
    return str_equal_ignore_case(str_of(unit), str_of("percent")) ||
           str_equal_ignore_case(str_of(unit), str_of("pct")) || strcmp(unit, "%") == 0;
}

/* The level, from the value, else from the change. */
static enum target_fate set_level(const struct plan_target *target, struct target_goal *goal)
{
    const bool in_pct = is_per_cent(target->unit) && !goal->quantity.is_share;
    const double from = isnan(target->baseline) ? goal->now : target->baseline;
    goal->at_most = target->change < 0;
    if (!isnan(target->value)) {
        goal->level = target->value;
        if (!isnan(target->change))
            return TARGET_TESTED;
        if (isnan(from) && goal->quantity.measure != MEASURE_COST)
            return TARGET_NO_SIDE;
        goal->at_most = isnan(from) || goal->level <= from;
        return TARGET_TESTED;
    }
    if (isnan(target->change))
        return TARGET_NO_FIGURE;
    if (isnan(from))
        return TARGET_NO_BASELINE;
    goal->level = in_pct ? from * (1 + target->change / pct) : from + target->change;
    return TARGET_TESTED;
}

double target_known_now(const struct target_known *known, const struct quantity *quantity)
{
    double now = 0;
    if (quantity_known(quantity, known->counts, known->origin, &now))
        return now;
    if (known->counts != NULL || quantity->group.kind != GROUP_ALL)
        return (double)NAN;
    return quantity->measure == MEASURE_STOCK     ? known->stock
           : quantity->measure == MEASURE_ENTRIES ? known->entries
           : quantity->measure == MEASURE_EXITS   ? known->exits
                                                  : (double)NAN;
}

enum target_fate target_resolve(const struct plan_target *target, const struct target_known *known,
                                int32_t months, struct target_goal *out)
{
    *out = (struct target_goal){.by = DAY_NONE, .level = (double)NAN, .now = (double)NAN};
    if (!quantity_parse(str_of(target->quantity), known->localities, known->n_localities, &out->quantity))
        return TARGET_NOT_OURS;
    out->quantity.is_share = is_per_cent(target->unit) && !isnan(target->value);
    out->now = target_known_now(known, &out->quantity);
    const enum target_fate fate = set_level(target, out);
    if (target->by != DAY_NONE) {
        out->by = date_month_end(target->by, 0);
        out->month = date_month_index(out->by) - date_month_index(known->origin) - 1;
    }
    if (fate != TARGET_TESTED)
        return fate;
    if (target->by == DAY_NONE)
        return TARGET_NO_DATE;
    if (out->month < 0)
        return TARGET_PAST;
    return out->month < months ? TARGET_TESTED : TARGET_TOO_LATE;
}

bool target_is_met(const struct target_goal *goal, double value)
{
    const double slack = rounding * fmax(1, fabs(goal->level));
    return goal->at_most ? value <= goal->level + slack : value >= goal->level - slack;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

struct target_outcome target_outcome_make(const struct target_goal *goal, const double values[], size_t n,
                                          double work[], bool met[])
{
    struct target_outcome out = {.n = (int64_t)n};
    for (size_t i = 0; i < n; i++) {
        work[i] = values[i];
        if (target_is_met(goal, values[i])) {
            out.n_met++;
            continue;
        }
        out.shortfall += fabs(values[i] - goal->level) / (double)n;
        if (met != NULL)
            met[i] = false;
    }
    qsort(work, n, sizeof *work, compare);
    out.p10 = quantile_sorted(work, n, .1);
    out.p50 = quantile_sorted(work, n, .5);
    out.p90 = quantile_sorted(work, n, .9);
    out.chance = (double)out.n_met / (double)n;
    out.limits = interval_share(out.n_met, out.n);
    return out;
}

struct target_saving target_saving_make(const struct draws *draws, const struct draws *base,
                                        enum measure measure, int32_t month, double work[])
{
    struct target_saving out = {0};
    const size_t n = (size_t)draws->replicates;
    const double unit = measure == MEASURE_COST ? pence_a_pound : 1;
    double *saved = work + n;
    draws_values(draws, measure, all, 0, month, work);
    draws_values(base, measure, all, 0, month, saved);
    for (size_t i = 0; i < n; i++) {
        saved[i] = (saved[i] - work[i]) / unit;
        out.mean += saved[i] / (double)n;
    }
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (saved[i] - out.mean) * (saved[i] - out.mean);
    out.error = sqrt(squares / (double)(n - 1) / (double)n);
    qsort(saved, n, sizeof *saved, compare);
    out.p10 = quantile_sorted(saved, n, .1);
    out.p90 = quantile_sorted(saved, n, .9);
    return out;
}
