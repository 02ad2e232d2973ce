/* SPDX-License-Identifier: GPL-3.0-or-later
 * Directions and statuses: which test, how wide, and what it is called. */
#include <math.h>

#include "numeric/change.h"
#include "numeric/control.h"
#include "numeric/rank.h"
#include "study/indicator_parts.h"

static const double sure = .05, likely = .2; /* of no change: methods of report cards */

double indicator_dispersion(const struct indicator_source *source, const struct indicator_spec *spec,
                            int32_t locality, day last)
{
    double counts[CONTROL_BASELINE];
    double days[CONTROL_BASELINE];
    size_t n = 0;
    struct indicator_spec monthly = *spec;
    if (spec->kind != INDICATOR_COUNT)
        return spec->dispersion;
    monthly.period = INDICATOR_WINDOW;
    for (int32_t back = CONTROL_BASELINE - 1; back >= 0; back--) {
        const day first = date_month_start(last, -back);
        const day end = date_month_end(last, -back);
        const struct indicator_figure figure = indicator_figure_of(source, &monthly, locality, first, end);
        if (figure.state != INDICATOR_KNOWN)
            continue;
        counts[n] = figure.numerator;
        days[n++] = end - first + 1;
    }
    if (n < CONTROL_LEAST)
        return spec->dispersion;
    const double sigma = control_rates(counts, days, n).sigma_z;
    return sigma * sigma;
}

static double days_of(const struct indicator_figure *figure)
{
    return figure->last - figure->first + 1;
}

static struct change_sample sample_of(const struct indicator_figure *figure)
{
    return (struct change_sample){figure->denominator, figure->value, figure->deviations};
}

/* p of no change between the figures of a measure; NaN when there is no test. */
static double test(const struct indicator *indicator, double dispersion)
{
    const struct indicator_figure *now = &indicator->now;
    const struct indicator_figure *before = &indicator->previous;
    switch (indicator->kind) {
    case INDICATOR_COUNT:
        return change_of_counts(llround(before->numerator), days_of(before), llround(now->numerator),
                                days_of(now), dispersion)
            .p;
    case INDICATOR_SHARE:
        return change_of_shares(llround(before->numerator), llround(before->denominator),
                                llround(now->numerator), llround(now->denominator));
    case INDICATOR_RATE:
        return change_of_counts(llround(before->numerator), before->denominator, llround(now->numerator),
                                now->denominator, dispersion)
            .p;
    case INDICATOR_MEAN:
        return change_of_means(sample_of(before), sample_of(now));
    case INDICATOR_STOCK:
    case INDICATOR_TOTAL:
        break;
    }
    return NAN;
}

static enum indicator_direction direction_of(double p, double change)
{
    if (isnan(p))
        return INDICATOR_NOT_TESTED;
    if (!(p < likely) || !(change > 0 || change < 0))
        return INDICATOR_NO_CLEAR_CHANGE;
    if (p < sure)
        return change > 0 ? INDICATOR_RISING : INDICATOR_FALLING;
    return change > 0 ? INDICATOR_PROBABLY_RISING : INDICATOR_PROBABLY_FALLING;
}

void indicator_compare(struct indicator *indicator, double dispersion)
{
    indicator->p = NAN;
    indicator->change = NAN;
    indicator->direction = INDICATOR_NOT_TESTED;
    if (indicator->now.state != INDICATOR_KNOWN || indicator->previous.state != INDICATOR_KNOWN)
        return;
    indicator->change = indicator->now.value - indicator->previous.value;
    indicator->p = test(indicator, dispersion);
    indicator->direction = direction_of(indicator->p, indicator->change);
}

void indicator_compare_stock(struct indicator *indicator, double moved, double dispersion)
{
    if (indicator->now.state != INDICATOR_KNOWN || indicator->previous.state != INDICATOR_KNOWN)
        return;
    const double change = indicator->now.numerator - indicator->previous.numerator;
    const double total = fmax(moved, fabs(change));
    indicator->change = indicator->now.value - indicator->previous.value;
    indicator->p =
        change_of_counts(llround((total - change) / 2), 1, llround((total + change) / 2), 1, dispersion).p;
    indicator->direction = direction_of(indicator->p, change);
}

bool indicator_find_trend(struct indicator *indicator, struct err *err)
{
    const bool apart = indicator->kind != INDICATOR_STOCK && indicator->period != INDICATOR_POINT &&
                       indicator->period != INDICATOR_YEAR;
    size_t n = 0;
    indicator->trend_p = NAN;
    indicator->trend_slope = NAN;
    while (n < INDICATOR_SPARK && !isnan(indicator->spark[INDICATOR_SPARK - 1 - n]))
        n++;
    if (!apart || n < RANK_LEAST)
        return true;
    struct rank_trend trend;
    if (!rank_trend(&indicator->spark[INDICATOR_SPARK - n], n, &trend, err))
        return false;
    indicator->trend_p = trend.p;
    indicator->trend_slope = trend.slope;
    return true;
}

/* ---- status ------------------------------------------------------------------------------------------ */

/* The chance that the level behind the figure is at or below the target. */
static double chance_below(const struct indicator *indicator, double dispersion)
{
    const struct indicator_figure *now = &indicator->now;
    switch (indicator->kind) {
    case INDICATOR_COUNT:
        return change_count_chance(llround(now->numerator), dispersion, indicator->target);
    case INDICATOR_SHARE:
        return change_share_chance(llround(now->numerator), llround(now->denominator),
                                   indicator->target / indicator->scale);
    case INDICATOR_MEAN:
        return change_mean_chance(sample_of(now), indicator->target);
    case INDICATOR_RATE:
    case INDICATOR_STOCK:
    case INDICATOR_TOTAL:
        break;
    }
    return now->value <= indicator->target ? 1 : 0; /* counted, not estimated */
}

/* Whether a value lies exactly on the target, which meets it from either side. */
static bool is_on_target(const struct indicator *indicator)
{
    return !(indicator->now.value < indicator->target) && !(indicator->now.value > indicator->target);
}

static double chance_of(const struct indicator *indicator, double dispersion)
{
    const bool counted = indicator->kind == INDICATOR_RATE || indicator->kind == INDICATOR_STOCK ||
                         indicator->kind == INDICATOR_TOTAL;
    if (counted && is_on_target(indicator))
        return 1;
    const double below = chance_below(indicator, dispersion);
    return indicator->polarity == INDICATOR_DOWN ? below : 1 - below;
}

static const char *too_early(const struct indicator *indicator, const struct indicator_rule *rule)
{
    const bool counts = indicator->kind == INDICATOR_COUNT;
    const bool sampled = indicator->kind == INDICATOR_SHARE || indicator->kind == INDICATOR_MEAN;
    if (counts && indicator->target < rule->least && indicator->now.numerator < rule->least)
        return "too few events are expected";
    if (sampled && indicator->now.denominator < rule->least)
        return "too few cases";
    if (indicator->period != INDICATOR_RETURN && indicator->n_known < rule->points)
        return "the series is too short";
    return "";
}

void indicator_judge(struct indicator *indicator, double dispersion, const struct indicator_rule *rule)
{
    indicator->chance = NAN;
    indicator->status = INDICATOR_NO_STATUS;
    indicator->why = "";
    if (isnan(indicator->target) || indicator->polarity == INDICATOR_NEITHER ||
        indicator->now.state != INDICATOR_KNOWN)
        return;
    indicator->chance = chance_of(indicator, dispersion);
    indicator->why = too_early(indicator, rule);
    if (indicator->why[0] != '\0' || isnan(indicator->chance))
        indicator->status = INDICATOR_TOO_EARLY;
    else
        indicator->status = indicator->chance >= rule->on_course ? INDICATOR_ON_COURSE
                            : indicator->chance >= rule->at_risk ? INDICATOR_AT_RISK
                                                                 : INDICATOR_OFF_COURSE;
}

int indicator_is_better(const struct indicator *indicator)
{
    const bool up =
        indicator->direction == INDICATOR_RISING || indicator->direction == INDICATOR_PROBABLY_RISING;
    const bool down =
        indicator->direction == INDICATOR_FALLING || indicator->direction == INDICATOR_PROBABLY_FALLING;
    if (indicator->polarity == INDICATOR_NEITHER || (!up && !down))
        return 0;
    const bool better = (indicator->polarity == INDICATOR_UP) == up;
    return !better ? -1 : indicator->is_guarded ? 0 : 1;
}
