/* SPDX-License-Identifier: GPL-3.0-or-later
 * On time is an atom of the distribution, late its log-normal tail. */
#include "sim/slip.h"

#include <math.h>

#include "numeric/dist.h"
#include "numeric/stream.h"
#include "sim/effect.h"

enum { STREAM_OWN, STREAM_TEAM };
static const double team_correlation = 0.5;
static const double worst_level = 0.9;
static const double most_days = 3653;

/* Distribution function of the days late, of all milestones. */
static double slip_cdf(const struct slip *slip, double days)
{
    if (!(days > 0))
        return 1 - slip->late;
    const double z = slip->log_sd > 0               ? (log(days) - slip->log_median) / slip->log_sd
                     : log(days) < slip->log_median ? -HUGE_VAL
                                                    : HUGE_VAL;
    return 1 - slip->late + slip->late * dist_normal_cdf(z);
}

int32_t slip_quantile(const struct slip *slip, double u)
{
    double at = u;
    if (slip->past_due > 0) {
        const double gone = slip_cdf(slip, slip->past_due);
        at = gone + u * (1 - gone);
    }
    const double on_time = 1 - slip->late;
    if (!(slip->late > 0) || at <= on_time)
        return slip->past_due > 0 ? slip->past_due + 1 : 0;
    const double z = dist_normal_quantile((at - on_time) / slip->late);
    const double days = exp(slip->log_median + slip->log_sd * z);
    const double held = fmax(days, slip->past_due > 0 ? slip->past_due + 1 : 1);
    return (int32_t)fmin(most_days, round(held));
}

static bool can_slip(const struct lever *lever)
{
    return lever->start != DAY_NONE && (lever->slip.late > 0 || lever->slip.past_due > 0);
}

bool slip_varies(const struct scenario *scenario)
{
    bool any = false;
    for (size_t i = 0; i < scenario->n_levers; i++)
        any = any || can_slip(&scenario->levers[i]);
    return scenario->switchable || (any && scenario->stance == STANCE_LIKELY);
}

void slip_fixed_starts(const struct scenario *scenario, day origin, day starts[])
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        starts[i] = lever->start == DAY_NONE ? origin : lever->start;
        if (can_slip(lever) && scenario->stance == STANCE_WORST)
            starts[i] += slip_quantile(&lever->slip, worst_level);
        else if (can_slip(lever))
            starts[i] += lever->slip.past_due;
    }
}

static int32_t draw_slip(const struct lever *lever, uint64_t seed, int32_t replicate)
{
    const char *milestone = lever->slip.milestone != NULL ? lever->slip.milestone : lever->id;
    struct stream own =
        stream_make(seed, PURPOSE_SLIPPAGE, (uint32_t)replicate, effect_key(milestone), STREAM_OWN);
    double z = stream_normal(&own);
    if (lever->slip.team != NULL) {
        struct stream team = stream_make(seed, PURPOSE_SLIPPAGE, (uint32_t)replicate,
                                         effect_key(lever->slip.team), STREAM_TEAM);
        z = sqrt(1 - team_correlation) * z + sqrt(team_correlation) * stream_normal(&team);
    }
    return slip_quantile(&lever->slip, dist_normal_cdf(z));
}

void slip_starts(const struct scenario *scenario, day origin, uint64_t seed, int32_t replicate,
                 const int32_t later[], day starts[])
{
    slip_fixed_starts(scenario, origin, starts);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (scenario->stance == STANCE_LIKELY && can_slip(lever))
            starts[i] = lever->start + draw_slip(lever, seed, replicate);
        if (later != NULL)
            starts[i] = later[i] == SLIP_NEVER ? DAY_OPEN : starts[i] + later[i];
    }
}
