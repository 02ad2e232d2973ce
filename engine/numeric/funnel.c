/* SPDX-License-Identifier: GPL-3.0-or-later
 * The moment estimate of tau2 is DerSimonian and Laird's, with winsorised scores so that the unlike do not
 * make themselves look alike. */
#include "numeric/funnel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const double winsor_share = 0.1;
enum { FUNNEL_LEAST = 3 };

static int compare_double(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantile of sorted values, linear between order statistics (type 7). */
static double quantile(const double sorted[], size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t below = (size_t)at;
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static double score(const struct funnel *funnel, double events, double population)
{
    return (sqrt(events / population) - sqrt(funnel->theta)) / sqrt(0.25 / population + funnel->tau2);
}

bool funnel_fit(const double events[], const double population[], size_t n, struct funnel *out, double z[],
                struct err *err)
{
    double sum_events = 0.0;
    double sum_population = 0.0;
    double sum_squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_events += events[i];
        sum_population += population[i];
        sum_squares += population[i] * population[i];
    }
    if (n < FUNNEL_LEAST || !(sum_events > 0.0) || !(sum_population > 0.0))
        return err_set(err, ERR_DATA, "a funnel needs at least %d authorities with events; there are %zu",
                       (int)FUNNEL_LEAST, n);
    double *sorted = vec_new(n, sizeof *sorted, err);
    if (sorted == NULL)
        return false;
    struct funnel funnel = {.theta = sum_events / sum_population};
    for (size_t i = 0; i < n; i++)
        sorted[i] = score(&funnel, events[i], population[i]);
    qsort(sorted, n, sizeof *sorted, compare_double);
    funnel.winsor_low = quantile(sorted, n, winsor_share);
    funnel.winsor_high = quantile(sorted, n, 1.0 - winsor_share);
    for (size_t i = 0; i < n; i++) {
        const double clipped = fmin(fmax(sorted[i], funnel.winsor_low), funnel.winsor_high);
        funnel.phi += clipped * clipped / (double)n;
    }
    /* weights 1/s^2 = 4 N */
    const double excess = (double)n * funnel.phi - (double)(n - 1);
    const double weight = 4.0 * sum_population - 4.0 * sum_squares / sum_population;
    funnel.tau2 = excess > 0.0 && weight > 0.0 ? excess / weight : 0.0;
    for (size_t i = 0; z != NULL && i < n; i++)
        z[i] = score(&funnel, events[i], population[i]);
    free(sorted);
    *out = funnel;
    return true;
}

void funnel_limits(const struct funnel *funnel, double population, double z, double *low, double *high)
{
    const double middle = sqrt(funnel->theta);
    const double half = z * sqrt(0.25 / population + funnel->tau2);
    *low = middle > half ? (middle - half) * (middle - half) : 0.0;
    *high = (middle + half) * (middle + half);
}
