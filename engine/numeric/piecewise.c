/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything walks the pieces from the start: there are a dozen. */
#include "numeric/piecewise.h"

#include <math.h>

static double start_of(const struct piecewise *rate, size_t piece)
{
    return piece > 0 ? rate->breaks[piece - 1] : 0;
}

static double end_of(const struct piecewise *rate, size_t piece)
{
    return piece + 1 < rate->n ? rate->breaks[piece] : (double)INFINITY;
}

double piecewise_cumulative(const struct piecewise *rate, double t)
{
    bug_if(rate->n < 1 || !(t >= 0));
    double sum = 0;
    for (size_t i = 0; i < rate->n && start_of(rate, i) < t; i++) {
        bug_if(!(rate->hazards[i] >= 0));
        if (rate->hazards[i] > 0) /* 0 for ever is 0 */
            sum += rate->hazards[i] * (fmin(t, end_of(rate, i)) - start_of(rate, i));
    }
    return sum;
}

double piecewise_invert(const struct piecewise *rate, double e)
{
    bug_if(rate->n < 1 || !(e >= 0));
    double left = e;
    for (size_t i = 0; i < rate->n; i++) {
        const double hazard = rate->hazards[i];
        bug_if(!(hazard >= 0));
        const double length = end_of(rate, i) - start_of(rate, i);
        if (hazard > 0 && left <= hazard * length)
            return start_of(rate, i) + left / hazard;
        left -= hazard > 0 ? hazard * length : 0;
    }
    return INFINITY;
}

double piecewise_incidence(const struct piecewise *all, const double route[], double t)
{
    bug_if(all->n < 1 || !(t >= 0));
    double survival = 1;
    double sum = 0;
    for (size_t i = 0; i < all->n && start_of(all, i) < t; i++) {
        const double hazard = all->hazards[i];
        bug_if(!(route[i] >= 0) || !(route[i] <= hazard));
        if (!(hazard > 0))
            continue;
        const double ends = -expm1(-hazard * (fmin(t, end_of(all, i)) - start_of(all, i)));
        sum += survival * route[i] / hazard * ends;
        survival *= 1 - ends;
    }
    return sum;
}

void piecewise_add_stay(const int32_t breaks[], size_t n_breaks, int32_t entry, int32_t exit, bool is_event,
                        struct hazard_cell cells[])
{
    bug_if(entry < 0);
    if (exit <= entry)
        return;
    for (size_t i = 0; i <= n_breaks; i++) {
        const int32_t start = i > 0 ? breaks[i - 1] : 0;
        const int32_t end = i < n_breaks ? breaks[i] : INT32_MAX;
        const int32_t from = entry > start ? entry : start;
        const int32_t to = exit < end ? exit : end;
        if (to <= from)
            continue;
        cells[i].exposure += to - from;
        if (is_event && to == exit)
            cells[i].occurrences += 1;
    }
}
