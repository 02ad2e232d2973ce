/* SPDX-License-Identifier: GPL-3.0-or-later
 * The constants are those printed on charts: 2.66 for 3/1.128, 3.267, 3.145. */
#include "numeric/control.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

static const double xmr_values = 2.66, xmr_ranges = 3.267, xmr_by_median = 3.145;
static const double range_of_two = 1.128; /* mean range of two normal values, in sigma */
static const double far = 3, near = 2;    /* sigma */

struct control_xmr control_xmr(const double values[], size_t n)
{
    bug_if(n < 2);
    double sum = values[0];
    double ranges = 0;
    for (size_t i = 1; i < n; i++) {
        sum += values[i];
        ranges += fabs(values[i] - values[i - 1]);
    }
    const double middle = sum / (double)n;
    const double range = ranges / (double)(n - 1);
    return (struct control_xmr){middle, range, middle - xmr_values * range, middle + xmr_values * range,
                                xmr_ranges * range};
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double values[], size_t n)
{
    qsort(values, n, sizeof *values, ascending);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

struct control_xmr control_xmr_median(const double values[], size_t n, double work[])
{
    bug_if(n < 2);
    for (size_t i = 0; i < n; i++)
        work[i] = values[i];
    const double middle = median(work, n);
    for (size_t i = 1; i < n; i++)
        work[i - 1] = fabs(values[i] - values[i - 1]);
    const double range = median(work, n - 1);
    return (struct control_xmr){middle, range, middle - xmr_by_median * range, middle + xmr_by_median * range,
                                NAN};
}

static double sigma(const struct control_rate *chart, double exposure)
{
    bug_if(!(exposure > 0));
    const double variance = chart->is_share ? chart->middle * (1 - chart->middle) : chart->middle;
    return variance > 0 ? sqrt(variance / exposure) : 0;
}

static struct control_rate fit(const double counts[], const double exposure[], size_t n, bool is_share)
{
    bug_if(n < 2);
    double events = 0;
    double time = 0;
    for (size_t i = 0; i < n; i++) {
        events += counts[i];
        time += exposure[i];
    }
    struct control_rate chart = {.middle = events / time, .sigma_z = 1, .is_share = is_share};
    double steps = 0;
    for (size_t i = 1; i < n; i++)
        steps += fabs(control_score(&chart, counts[i], exposure[i]) -
                      control_score(&chart, counts[i - 1], exposure[i - 1]));
    chart.sigma_z = fmax(1, steps / (double)(n - 1) / range_of_two);
    return chart;
}

struct control_rate control_rates(const double counts[], const double exposure[], size_t n)
{
    return fit(counts, exposure, n, false);
}

struct control_rate control_shares(const double counts[], const double of[], size_t n)
{
    return fit(counts, of, n, true);
}

void control_limits(const struct control_rate *chart, double exposure, double sigmas, double *low,
                    double *high)
{
    const double half = sigmas * sigma(chart, exposure) * chart->sigma_z;
    *low = fmax(0, chart->middle - half);
    *high = chart->middle + half;
    if (chart->is_share)
        *high = fmin(1, *high);
}

double control_score(const struct control_rate *chart, double count, double exposure)
{
    const double s = sigma(chart, exposure);
    return s > 0 ? (count / exposure - chart->middle) / (s * chart->sigma_z) : 0;
}

static int side_of(double score)
{
    return (score > 0) - (score < 0);
}

size_t control_run(const double scores[], size_t at)
{
    const int side = side_of(scores[at]);
    size_t n = 0;
    while (side != 0 && n <= at && side_of(scores[at - n]) == side)
        n++;
    return n;
}

/* Points up to `at`, each above (below) the one before. */
static size_t sloping(const double scores[], size_t at)
{
    size_t n = 1;
    const int way = at > 0 ? side_of(scores[at] - scores[at - 1]) : 0;
    while (way != 0 && n <= at && side_of(scores[at - n + 1] - scores[at - n]) == way)
        n++;
    return n;
}

static bool is_two_of_three(const double scores[], size_t at)
{
    const int side = side_of(scores[at]);
    if (!(fabs(scores[at]) > near))
        return false;
    for (size_t back = 1; back <= 2 && back <= at; back++)
        if (scores[at - back] * side > near)
            return true;
    return false;
}

unsigned control_signals(const double scores[], size_t at, unsigned rules)
{
    unsigned broken = 0;
    if (fabs(scores[at]) > far)
        broken |= CONTROL_BEYOND;
    if (control_run(scores, at) >= CONTROL_RUN)
        broken |= CONTROL_ONE_SIDE;
    if (sloping(scores, at) >= CONTROL_TREND)
        broken |= CONTROL_SLOPE;
    if (is_two_of_three(scores, at))
        broken |= CONTROL_TWO_OF_THREE;
    return broken & rules;
}
