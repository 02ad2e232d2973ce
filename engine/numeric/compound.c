/* SPDX-License-Identifier: GPL-3.0-or-later
 * The recursion is linear, so it may start from any value: it starts from 1 and the scale e^-groups, which
 * would be 0 from 746 groups on, is kept as a log. Only the last n_sizes terms are needed to go on. */
#include "numeric/compound.h"

#include <math.h>

#include "base/err.h"

static const double rounding = 1e-9;
static const double groups_limit = 1e6;
static const double large = 1e250; /* terms beyond are scaled down by it */

static void check(const double sizes[], size_t n_sizes)
{
    double sum = 0;
    bug_if(n_sizes < 1 || n_sizes > COMPOUND_SIZES);
    for (size_t i = 0; i < n_sizes; i++) {
        bug_if(!(sizes[i] >= 0));
        sum += sizes[i];
    }
    bug_if(!(fabs(sum - 1) <= rounding));
}

static double moment(const double sizes[], size_t n_sizes, int power)
{
    double sum = 0;
    check(sizes, n_sizes);
    for (size_t i = 0; i < n_sizes; i++)
        sum += sizes[i] * (power == 1 ? (double)(i + 1) : (double)((i + 1) * (i + 1)));
    return sum;
}

double compound_mean(double groups, const double sizes[], size_t n_sizes)
{
    return groups * moment(sizes, n_sizes, 1);
}

double compound_variance(double groups, const double sizes[], size_t n_sizes)
{
    return groups * moment(sizes, n_sizes, 2);
}

double compound_dispersion(const double sizes[], size_t n_sizes)
{
    return moment(sizes, n_sizes, 2) / moment(sizes, n_sizes, 1);
}

void compound_probabilities(double groups, const double sizes[], size_t n_sizes, double out[], size_t n)
{
    double last[COMPOUND_SIZES] = {0}; /* last[k - 1] is the term k before the current one */
    double log_scale = -groups;
    check(sizes, n_sizes);
    bug_if(!(groups >= 0) || !(groups < groups_limit));
    for (size_t i = 0; i < n; i++) {
        double term = i == 0 ? 1 : 0;
        for (size_t k = 1; k <= n_sizes && k <= i; k++)
            term += groups / (double)i * (double)k * sizes[k - 1] * last[k - 1];
        out[i] = term > 0 ? exp(log(term) + log_scale) : 0;
        for (size_t k = n_sizes - 1; k > 0; k--)
            last[k] = last[k - 1];
        last[0] = term;
        if (term > large) {
            for (size_t k = 0; k < n_sizes; k++)
                last[k] /= large;
            log_scale += log(large);
        }
    }
}

int32_t compound_size_quantile(const double sizes[], size_t n_sizes, double u)
{
    check(sizes, n_sizes);
    double sum = sizes[0];
    size_t k = 1;
    while (sum < u && k < n_sizes)
        sum += sizes[k++];
    return (int32_t)k;
}
