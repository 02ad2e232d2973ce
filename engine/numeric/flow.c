/* SPDX-License-Identifier: GPL-3.0-or-later
 * A few states, so plain loops. The exponential is scaled until its norm is below 1/8, summed to rounding,
 * and doubled back: P(2s) = P(s)^2, J(2s) = J(s) + P(s) J(s). */
#include "numeric/flow.h"

#include <math.h>
#include <string.h>

#include "base/err.h"

enum { CELLS = FLOW_STATES * FLOW_STATES, TERMS = 20 };

static void multiply(const double a[], const double b[], size_t n, double out[])
{
    double product[CELLS] = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < n; j++)
                /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): callers fill n x n */
                product[i * n + j] += a[i * n + k] * b[k * n + j];
    memcpy(out, product, n * n * sizeof out[0]);
}

static double norm(const double q[], size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += fabs(q[i * n + j]);
        largest = fmax(largest, sum);
    }
    return largest;
}

void flow_exponential(const double q[], size_t n, double t, double p[], double integral[])
{
    bug_if(n == 0 || n > FLOW_STATES || !(t >= 0));
    double term[CELLS] = {0}; /* (q s)^k / k! */
    double scaled[CELLS];
    double power[CELLS] = {0};
    double area[CELLS] = {0};
    int doublings = 0;
    double s = t;
    while (norm(q, n) * s > 0.125) {
        s /= 2;
        doublings++;
    }
    for (size_t i = 0; i < n * n; i++)
        scaled[i] = q[i] * s;
    for (size_t i = 0; i < n; i++)
        term[i * n + i] = 1;
    for (int k = 0; k < TERMS; k++) {
        for (size_t i = 0; i < n * n; i++) {
            power[i] += term[i];
            area[i] += term[i] * s / (k + 1);
        }
        multiply(term, scaled, n, term);
        for (size_t i = 0; i < n * n; i++)
            term[i] /= k + 1;
    }
    for (int d = 0; d < doublings; d++) {
        double later[CELLS];
        multiply(power, area, n, later);
        for (size_t i = 0; i < n * n; i++)
            area[i] += later[i];
        multiply(power, power, n, power);
    }
    memcpy(p, power, n * n * sizeof p[0]);
    memcpy(integral, area, n * n * sizeof integral[0]);
}

/* covariance = diag(mean) - P' diag(start) P */
static void multinomial(const double p[], const double start[], const double mean[], size_t n,
                        double covariance[])
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double sum = i == j ? mean[i] : 0;
            for (size_t k = 0; k < n; k++)
                sum -= start[k] * p[k * n + i] * p[k * n + j];
            covariance[i * n + j] = sum;
        }
    }
}

void flow_continuous(const double q[], const double arrivals[], const double start[], size_t n, double t,
                     double mean[], double covariance[])
{
    double p[CELLS];
    double integral[CELLS];
    flow_exponential(q, n, t, p, integral);
    for (size_t i = 0; i < n; i++) {
        mean[i] = 0;
        for (size_t k = 0; k < n; k++)
            mean[i] += start[k] * p[k * n + i] + arrivals[k] * integral[k * n + i];
    }
    multinomial(p, start, mean, n, covariance);
}

void flow_add_siblings(const double q[], const double groups[], double pairs, size_t n, double t, int steps,
                       double covariance[])
{
    bug_if(steps < 2 || steps % 2 != 0);
    double p[CELLS] = {0};
    double one[CELLS];
    double unused[CELLS];
    flow_exponential(q, n, t / steps, one, unused);
    for (size_t i = 0; i < n; i++)
        p[i * n + i] = 1;
    for (int s = 0; s <= steps; s++) {
        const double weight = (s == 0 || s == steps ? 1 : s % 2 == 1 ? 4 : 2) * t / steps / 3;
        for (size_t i = 0; i < n; i++)
            for (size_t a = 0; a < n; a++)
                for (size_t b = 0; b < n; b++)
                    covariance[a * n + b] += weight * groups[i] * pairs * p[i * n + a] * p[i * n + b];
        multiply(p, one, n, p);
    }
}

void flow_daily(const double p[], const double arrivals[], const double start[], size_t n, int days,
                double mean[], double covariance[])
{
    double power[CELLS] = {0};
    double now[FLOW_STATES];
    bug_if(n == 0 || n > FLOW_STATES);
    for (size_t i = 0; i < n; i++) {
        power[i * n + i] = 1;
        now[i] = start[i];
    }
    for (int d = 0; d < days; d++) {
        double next[FLOW_STATES] = {0};
        for (size_t j = 0; j < n; j++) {
            next[j] = arrivals[j];
            for (size_t i = 0; i < n; i++)
                next[j] += now[i] * p[i * n + j];
        }
        memcpy(now, next, sizeof now);
        multiply(power, p, n, power);
    }
    memcpy(mean, now, n * sizeof mean[0]);
    multinomial(power, start, mean, n, covariance);
}
