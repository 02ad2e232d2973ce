/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a lever does at one moment in one replicate: the size of its effect by stance, and the share of it
 * that is in force. The PERT quantile is the beta quantile of GSL polished by Newton steps, because GSL's
 * inverse stops short of full precision. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "sim/scenario.h"

enum { NEWTON_STEPS = 4, BISECTIONS = 80 };
static const double days_per_month = 365.25 / 12;

static const char *const kind_names[LEVER_COUNT] = {
#define LEVER(member, name, words) name,
#include "data/codes/lever.def"
#undef LEVER
};
static const char *const kind_words[LEVER_COUNT] = {
#define LEVER(member, name, words) words,
#include "data/codes/lever.def"
#undef LEVER
};
static const char *const stance_names[STANCE_COUNT] = {"baseline", "likely", "best", "worst"};

const char *lever_kind_name(enum lever_kind kind)
{
    return kind_names[kind];
}

const char *lever_kind_words(enum lever_kind kind)
{
    return kind_words[kind];
}

const char *stance_name(enum stance stance)
{
    return stance_names[stance];
}

bool lever_is_idle(const struct lever *lever)
{
    const bool has_size = fabs(lever->low) > 0 || fabs(lever->likely) > 0 || fabs(lever->high) > 0;
    return !has_size || !(lever->reach > 0);
}

/* x with P(Beta(alpha, beta) <= x) = u, both shapes at least 1. */
static double beta_quantile(double u, double alpha, double beta)
{
    double x = gsl_cdf_beta_Pinv(u, alpha, beta);
    if (!isfinite(x) || x <= 0 || x >= 1) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            x = .5 * (low + high);
            if (gsl_cdf_beta_P(x, alpha, beta) < u)
                low = x;
            else
                high = x;
        }
    }
    for (int i = 0; i < NEWTON_STEPS; i++) {
        const double density = gsl_ran_beta_pdf(x, alpha, beta);
        if (!(density > 0))
            break;
        const double next = x - (gsl_cdf_beta_P(x, alpha, beta) - u) / density;
        if (!(next > 0 && next < 1))
            break;
        x = next;
    }
    return x;
}

static double pert_quantile(double a, double c, double b, double u)
{
    if (!(b > a))
        return c;
    const double alpha = 1 + 4 * (c - a) / (b - a);
    const double beta = 1 + 4 * (b - c) / (b - a);
    return a + (b - a) * beta_quantile(u, alpha, beta);
}

double lever_effect(const struct lever *lever, enum stance stance, double u)
{
    switch (stance) {
    case STANCE_BEST:
        return lever->high;
    case STANCE_WORST:
        return lever->low;
    case STANCE_LIKELY:
        return pert_quantile(fmin(lever->low, lever->high), lever->likely, fmax(lever->low, lever->high), u);
    case STANCE_BASELINE:
    case STANCE_COUNT:
        break;
    }
    return lever->likely;
}

double lever_ramp(const struct lever *lever, day start, day from, day to)
{
    if (to <= from || to <= start)
        return 0;
    const double ramp_days = lever->ramp_months * days_per_month;
    const int64_t first = from > start ? (int64_t)from - start : 0; /* days since start, of the first day */
    const int64_t end = (int64_t)to - start;                        /* and one past the last */
    const int64_t full = (int64_t)ceil(fmin(ramp_days, (double)INT32_MAX));
    const int64_t rising_end = end < full ? end : full; /* days before this are still on the slope */
    double sum = 0;
    if (rising_end > first)
        sum = (double)(rising_end - first) * (double)(first + rising_end - 1) / 2 / ramp_days;
    const int64_t level_first = first > full ? first : full;
    if (end > level_first)
        sum += (double)(end - level_first);
    return lever->reach * sum / (double)(to - from);
}

double lever_gain(const struct lever *lever, day start, day origin, day from, day to)
{
    const bool is_first = from - 1 <= origin && start >= origin;
    const double before = is_first ? 0 : lever_ramp(lever, start, from - 1, from);
    return (lever_ramp(lever, start, to - 1, to) - before) / (to - from);
}
