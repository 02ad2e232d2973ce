/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exits and entries are sorted apart and swept together, so the risk set is two running counts. The
 * covariance of (S, F_1 .. F_K) follows the recursion C <- (I + dA)' C (I + dA) + S(t-)^2 cov(dA), with the
 * Greenwood-type cov(dA): (Y - d_k) d_k / Y^3 on the diagonal, -d_j d_k / Y^3 off it. */
#include "numeric/survival.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

enum { STATES = SURVIVAL_MOST_CAUSES + 1 };

/* Survival that should be exactly 1/2 may be a rounding error above it. */
static const double quantile_slack = 1e-12;

struct sweep {
    const struct survival_stay **by_exit;
    int32_t *entries;
    size_t n, n_entered, n_left;
    struct survival *curve;
    double survival, greenwood, hazard, hazard_var;
    double incidence[STATES];          /* [cause] */
    double covariance[STATES][STATES]; /* 0 is "still in care" */
};

static int compare_int32(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a;
    const int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int compare_exit(const void *a, const void *b)
{
    const struct survival_stay *x = *(const struct survival_stay *const *)a;
    const struct survival_stay *y = *(const struct survival_stay *const *)b;
    return (x->exit > y->exit) - (x->exit < y->exit);
}

/* C <- (I + dA)' C (I + dA) + S^2 cov(dA). dA is zero but for its first row: d_k/Y, and -d/Y on the diagonal.
 */
static void step_covariance(struct sweep *sweep, const int64_t events[STATES], int64_t all, double at_risk)
{
    const int32_t n = sweep->curve->n_causes + 1;
    double step[STATES]; /* the first row of I + dA */
    double moved[STATES][STATES];
    step[0] = 1.0 - (double)all / at_risk;
    for (int32_t k = 1; k < n; k++)
        step[k] = (double)events[k] / at_risk;
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = 0; k < n; k++)
            moved[i][k] = sweep->covariance[i][0] * step[k] + (k == 0 ? 0.0 : sweep->covariance[i][k]);
    const double scale = sweep->survival * sweep->survival / (at_risk * at_risk * at_risk);
    for (int32_t i = 0; i < n; i++) {
        for (int32_t k = 0; k < n; k++) {
            const double d_i = (double)(i == 0 ? -all : events[i]);
            const double d_k = (double)(k == 0 ? -all : events[k]);
            const double carried = step[i] * moved[0][k] + (i == 0 ? 0.0 : moved[i][k]);
            double fresh = -d_i * d_k;
            if (i == k)
                fresh += at_risk * fabs(d_i);
            else if (i == 0 || k == 0)
                fresh -= at_risk * (double)(i == 0 ? events[k] : events[i]);
            sweep->covariance[i][k] = carried + scale * fresh;
        }
    }
}

static bool add_row(struct sweep *sweep, int32_t time, const int64_t events[STATES], int64_t all,
                    size_t *capacity, struct err *err)
{
    struct survival *curve = sweep->curve;
    const int64_t at_risk = (int64_t)(sweep->n_entered - sweep->n_left);
    const double y = (double)at_risk;
    const double d = (double)all;
    if (!vec_reserve((void **)&curve->rows, capacity, curve->n_rows + 1, sizeof *curve->rows, err))
        return false;
    step_covariance(sweep, events, all, y);
    for (int32_t k = 1; k <= curve->n_causes; k++)
        sweep->incidence[k] += sweep->survival * (double)events[k] / y;
    sweep->survival *= 1.0 - d / y;
    sweep->greenwood += d / (y * (y - d));
    sweep->hazard += d / y;
    sweep->hazard_var += d / (y * y);
    curve->rows[curve->n_rows] = (struct survival_row){
        .time = time,
        .at_risk = at_risk,
        .events = all,
        .survival = sweep->survival,
        .survival_var = sweep->survival * sweep->survival * sweep->greenwood,
        .hazard = sweep->hazard,
        .hazard_var = sweep->hazard_var,
    };
    for (int32_t k = 1; k <= curve->n_causes; k++) {
        const size_t at = curve->n_rows * (size_t)curve->n_causes + (size_t)k - 1;
        curve->incidence[at] = sweep->incidence[k];
        curve->incidence_var[at] = sweep->covariance[k][k];
    }
    curve->n_rows++;
    curve->n_events += all;
    return true;
}

static bool sweep_run(struct sweep *sweep, int64_t least_at_risk, struct err *err)
{
    struct survival *curve = sweep->curve;
    size_t capacity = 0;
    size_t i = 0;
    while (i < sweep->n) {
        const int32_t time = sweep->by_exit[i]->exit;
        int64_t events[STATES] = {0};
        int64_t all = 0;
        size_t next = i;
        for (; next < sweep->n && sweep->by_exit[next]->exit == time; next++) {
            const int32_t cause = sweep->by_exit[next]->cause;
            bug_if(cause < 0 || cause > curve->n_causes);
            events[cause]++;
            all += cause != 0;
        }
        while (sweep->n_entered < sweep->n && sweep->entries[sweep->n_entered] < time)
            sweep->n_entered++;
        sweep->n_left = i;
        const bool enough = (int64_t)(sweep->n_entered - sweep->n_left) >= least_at_risk;
        if (all > 0 && curve->n_rows == 0 && !enough)
            curve->from = time;
        else if (all > 0 && !add_row(sweep, time, events, all, &capacity, err))
            return false;
        i = next;
    }
    return true;
}

bool survival_estimate(const struct survival_stay stays[], size_t n, int32_t n_causes, int64_t least_at_risk,
                       struct survival *out, struct err *err)
{
    bool ok = false;
    struct survival curve = {.n_causes = n_causes};
    struct sweep sweep = {.curve = &curve, .survival = 1.0};
    bug_if(n_causes < 1 || n_causes > SURVIVAL_MOST_CAUSES);

    sweep.by_exit = vec_new(n, sizeof *sweep.by_exit, err);
    sweep.entries = vec_new(n, sizeof *sweep.entries, err);
    if (sweep.by_exit == NULL || sweep.entries == NULL)
        goto out;
    size_t n_events = 0;
    for (size_t i = 0; i < n; i++) {
        if (stays[i].exit <= stays[i].entry)
            continue;
        sweep.by_exit[sweep.n] = &stays[i];
        sweep.entries[sweep.n++] = stays[i].entry;
        curve.n_late += stays[i].entry > 0;
        n_events += stays[i].cause != 0;
    }
    curve.n_stays = sweep.n;
    curve.incidence = vec_new(n_events * (size_t)n_causes, sizeof *curve.incidence, err);
    curve.incidence_var = vec_new(n_events * (size_t)n_causes, sizeof *curve.incidence_var, err);
    if (curve.incidence == NULL || curve.incidence_var == NULL)
        goto out;
    qsort(sweep.by_exit, sweep.n, sizeof *sweep.by_exit, compare_exit);
    qsort(sweep.entries, sweep.n, sizeof *sweep.entries, compare_int32);
    if (!sweep_run(&sweep, least_at_risk, err))
        goto out;
    *out = curve;
    curve = (struct survival){0};
    ok = true;
out:
    free(sweep.by_exit);
    free(sweep.entries);
    survival_free(&curve);
    return ok;
}

void survival_free(struct survival *curve)
{
    free(curve->rows);
    free(curve->incidence);
    free(curve->incidence_var);
    *curve = (struct survival){0};
}

/* Rows with time <= t. */
static size_t rows_until(const struct survival *curve, int32_t time)
{
    size_t low = 0;
    size_t high = curve->n_rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (curve->rows[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double survival_at(const struct survival *curve, int32_t time)
{
    const size_t n = rows_until(curve, time);
    return n == 0 ? 1.0 : curve->rows[n - 1].survival;
}

double survival_incidence_at(const struct survival *curve, int32_t cause, int32_t time)
{
    bug_if(cause < 1 || cause > curve->n_causes);
    const size_t n = rows_until(curve, time);
    return n == 0 ? 0.0 : curve->incidence[(n - 1) * (size_t)curve->n_causes + (size_t)cause - 1];
}

void survival_limits(const struct survival *curve, size_t row, double z, double *low, double *high)
{
    bug_if(row >= curve->n_rows);
    const double survival = curve->rows[row].survival;
    *low = *high = (double)NAN;
    if (survival <= 0.0 || survival >= 1.0)
        return;
    const double spread = z * sqrt(curve->rows[row].survival_var) / survival / -log(survival);
    *low = pow(survival, exp(spread));
    *high = pow(survival, exp(-spread));
}

int32_t survival_quantile(const struct survival *curve, double share)
{
    for (size_t i = 0; i < curve->n_rows; i++)
        if (curve->rows[i].survival <= 1.0 - share + quantile_slack)
            return curve->rows[i].time;
    return -1;
}

double survival_restricted_mean(const struct survival *curve, int32_t until)
{
    double area = 0.0;
    double survival = 1.0;
    int32_t from = 0;
    for (size_t i = 0; i < curve->n_rows && curve->rows[i].time < until; i++) {
        area += survival * (curve->rows[i].time - from);
        survival = curve->rows[i].survival;
        from = curve->rows[i].time;
    }
    return area + survival * (until - from);
}

int32_t survival_reliable_until(const struct survival *curve, int64_t least)
{
    for (size_t i = curve->n_rows; i > 0; i--)
        if (curve->rows[i - 1].at_risk >= least)
            return curve->rows[i - 1].time;
    return 0;
}
