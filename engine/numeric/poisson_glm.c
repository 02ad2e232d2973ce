/* SPDX-License-Identifier: GPL-3.0-or-later
 * Columns that others explain are found once, by orthogonalising in order, so that of two that say the same
 * the later is dropped, as R does. Steps never raise the deviance. A coefficient on its way to infinity is
 * stopped at 12; the others are then fitted to the end, and if they turn it back it is let go again: the
 * minimum of a convex function in a box. */
#include "numeric/poisson_glm.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

static const double alias_share = 1e-7; /* of a column's length; R's */
static const double cap = 12;           /* a rate 160,000 times another: no data say more */
static const double converged = 1e-12;  /* of the deviance + .1 */
enum { STEPS = 200, HALVINGS = 40 };

/* The rows with exposure, and room to work. Columns include the intercept. */
struct work {
    size_t rows, columns;
    double *x; /* [rows][columns] */
    double *events, *offset, *eta, *mean;
    double *weighted; /* [rows + columns][n_active]; the last rows are the ridge's */
    double *tau, *solution, *previous, *coefficients, *best, *inverse;
    size_t *active, n_active; /* columns that are fitted, in any order */
    enum poisson_glm_status *status;
    double ridge;
};

static bool check(const struct poisson_glm_data *data, size_t *rows, struct err *err)
{
    double events = 0;
    *rows = 0;
    for (size_t i = 0; i < data->n; i++) {
        const double o = data->events[i];
        const double e = data->exposure[i];
        if (!(o >= 0) || !(e >= 0) || !isfinite(o) || !isfinite(e))
            return err_set(err, ERR_DATA, "row %zu of a regression has %g events in %g exposure", i + 1, o,
                           e);
        if (o > 0 && !(e > 0))
            return err_set(
                err, ERR_DATA,
                "row %zu of a regression has %g events but no exposure; the history contradicts itself, "
                "run check",
                i + 1, o);
        for (size_t k = 0; k < data->n_columns; k++)
            if (!isfinite(data->columns[i * data->n_columns + k]))
                return err_set(err, ERR_DATA, "row %zu of a regression has no number in column %zu", i + 1,
                               k + 1);
        *rows += e > 0;
        events += o;
    }
    if (!(events > 0))
        return err_set(err, ERR_DATA, "there are no events to learn a rate from");
    return true;
}

/* Arrays of the work, each zeroed; false when there is no memory. */
static bool take(struct arena *arena, struct work *work, struct err *err)
{
    const size_t tall = work->rows + work->columns;
    const struct {
        double **array;
        size_t n;
    } arrays[] = {
        {&work->x, work->rows * work->columns},
        {&work->events, work->rows},
        {&work->offset, work->rows},
        {&work->eta, work->rows},
        {&work->mean, work->rows},
        {&work->weighted, tall * work->columns},
        {&work->tau, work->columns},
        {&work->solution, work->columns},
        {&work->previous, work->columns},
        {&work->coefficients, work->columns},
        {&work->best, work->columns},
        {&work->inverse, work->columns * work->columns},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i].array = arena_take(arena, arrays[i].n * sizeof(double), err);
        if (*arrays[i].array == NULL)
            return false;
    }
    work->active = arena_take(arena, work->columns * sizeof *work->active, err);
    return work->active != NULL;
}

static void fill(struct work *work, const struct poisson_glm_data *data)
{
    size_t row = 0;
    for (size_t i = 0; i < data->n; i++) {
        if (!(data->exposure[i] > 0))
            continue;
        double *const x = &work->x[row * work->columns];
        x[0] = 1;
        if (data->n_columns > 0)
            memcpy(x + 1, &data->columns[i * data->n_columns], data->n_columns * sizeof *x);
        work->events[row] = data->events[i];
        work->offset[row] = log(data->exposure[i]);
        row++;
    }
}

/* With a ridge every column has an estimate. */
static void keep_all(struct work *work)
{
    while (work->n_active < work->columns) {
        work->active[work->n_active] = work->n_active;
        work->n_active++;
    }
}

/* Gram and Schmidt over the columns in order, twice each for accuracy; what is left of an aliased column is
 * nothing. The orthogonal columns lie in `weighted`, [column][row]. */
static void find_aliases(struct work *work)
{
    for (size_t k = 0; k < work->columns; k++) {
        double *const column = &work->weighted[work->n_active * work->rows];
        double length = 0;
        double left = 0;
        for (size_t i = 0; i < work->rows; i++) {
            column[i] = work->x[i * work->columns + k];
            length += column[i] * column[i];
        }
        for (size_t pass = 0; pass < 2 * work->n_active; pass++) {
            const double *const other = &work->weighted[pass % work->n_active * work->rows];
            double product = 0;
            for (size_t i = 0; i < work->rows; i++)
                product += column[i] * other[i];
            for (size_t i = 0; i < work->rows; i++)
                column[i] -= product * other[i];
        }
        for (size_t i = 0; i < work->rows; i++)
            left += column[i] * column[i];
        if (!(sqrt(left) > alias_share * sqrt(length)) || work->n_active == work->rows) {
            work->status[k] = POISSON_GLM_ALIASED;
            continue;
        }
        for (size_t i = 0; i < work->rows; i++)
            column[i] /= sqrt(left);
        work->active[work->n_active++] = k;
    }
}

/* QR decomposition of sqrt(mean) X over the active columns, the ridge's rows below; false when it is
 * singular. */
static bool decompose(struct work *work)
{
    const size_t p = work->n_active;
    const size_t tall = work->rows + (work->ridge > 0 ? p : 0);
    for (size_t i = 0; i < work->rows; i++)
        for (size_t k = 0; k < p; k++)
            work->weighted[i * p + k] = sqrt(work->mean[i]) * work->x[i * work->columns + work->active[k]];
    for (size_t i = work->rows; i < tall; i++)
        for (size_t k = 0; k < p; k++)
            work->weighted[i * p + k] = i - work->rows == k && work->active[k] > 0 ? sqrt(work->ridge) : 0;
    gsl_matrix_view matrix = gsl_matrix_view_array(work->weighted, tall, p);
    gsl_vector_view tau = gsl_vector_view_array(work->tau, p);
    if (gsl_linalg_QR_decomp(&matrix.matrix, &tau.vector) != GSL_SUCCESS)
        return false;
    for (size_t k = 0; k < p; k++)
        if (!(fabs(work->weighted[k * p + k]) > 0))
            return false;
    return true;
}

/* The linear predictor of a row. */
static double predictor(const struct work *work, size_t row)
{
    double sum = work->offset[row];
    for (size_t k = 0; k < work->columns; k++)
        sum += work->coefficients[k] * work->x[row * work->columns + k];
    return sum;
}

/* Weighted least squares: by how much the active coefficients should change, into `solution`. R'R d = g with
 * the slope g summed in full: a row whose mean is next to nothing is lost in R but not in g, so that steps
 * end only where the slope is 0. */
static bool find_direction(struct work *work)
{
    const size_t p = work->n_active;
    if (!decompose(work))
        return false;
    for (size_t k = 0; k < p; k++)
        work->solution[k] = work->active[k] > 0 ? -work->ridge * work->coefficients[work->active[k]] : 0;
    for (size_t i = 0; i < work->rows; i++) {
        const double error =
            work->mean[i] * (work->eta[i] - predictor(work, i)) + work->events[i] - work->mean[i];
        for (size_t k = 0; k < p; k++)
            work->solution[k] += error * work->x[i * work->columns + work->active[k]];
    }
    for (size_t k = 0; k < p; k++) {
        for (size_t j = 0; j < k; j++)
            work->solution[k] -= work->weighted[j * p + k] * work->solution[j];
        work->solution[k] /= work->weighted[k * p + k];
    }
    for (size_t k = p; k-- > 0;) {
        for (size_t j = k + 1; j < p; j++)
            work->solution[k] -= work->weighted[k * p + j] * work->solution[j];
        work->solution[k] /= work->weighted[k * p + k];
        if (!isfinite(work->solution[k]))
            return false;
    }
    return true;
}

/* O log(O / mu) - (O - mu) by the relative error, so that large counts do not drown what they differ by. */
static double deviance(const struct work *work)
{
    double sum = 0;
    for (size_t i = 0; i < work->rows; i++) {
        const double mean = work->mean[i];
        const double error = (work->events[i] - mean) / mean;
        sum += error > -1 ? mean * ((1 + error) * log1p(error) - error) : mean;
    }
    return 2 * sum;
}

/* Fitted means from the coefficients; returns the deviance with the penalty. */
static double evaluate(struct work *work)
{
    double penalty = 0;
    for (size_t i = 0; i < work->rows; i++) {
        work->eta[i] = predictor(work, i);
        work->mean[i] = exp(work->eta[i]);
    }
    for (size_t k = 1; k < work->columns; k++)
        penalty += work->ridge * work->coefficients[k] * work->coefficients[k];
    return deviance(work) + penalty;
}

/* Goes a fraction of the direction from `previous`; returns the penalised deviance there. */
static double go(struct work *work, double fraction)
{
    memcpy(work->coefficients, work->previous, work->columns * sizeof *work->coefficients);
    for (size_t k = 0; k < work->n_active; k++)
        work->coefficients[work->active[k]] += fraction * work->solution[k];
    return evaluate(work);
}

/* How much of the direction stays within the cap; *stopped is the place in `active` of the one that meets it,
 * n_active for none. */
static double within_cap(const struct work *work, size_t *stopped)
{
    double fraction = 1;
    *stopped = work->n_active;
    for (size_t k = 0; k < work->n_active; k++) {
        const double b = work->previous[work->active[k]];
        const double change = work->solution[k];
        if (work->active[k] == 0 || fabs(b + fraction * change) <= cap)
            continue;
        fraction = fmax(0, ((change < 0 ? -cap : cap) - b) / change);
        *stopped = k;
    }
    return fraction;
}

static void stop(struct work *work, size_t place)
{
    const size_t column = work->active[place];
    work->coefficients[column] = work->coefficients[column] < 0 ? -cap : cap;
    work->status[column] = POISSON_GLM_CAPPED;
    work->n_active--;
    memmove(&work->active[place], &work->active[place + 1], (work->n_active - place) * sizeof *work->active);
}

/* Lets go the capped coefficient that would lower the deviance most by turning back; false when none would.
 * One at a time: its own slope then says where it goes. */
static bool let_go(struct work *work, double now)
{
    double most = converged * (now + .1);
    size_t found = 0;
    for (size_t k = 1; k < work->columns; k++) {
        if (work->status[k] != POISSON_GLM_CAPPED)
            continue;
        double slope = -work->ridge * work->coefficients[k];
        double information = work->ridge;
        for (size_t i = 0; i < work->rows; i++) {
            const double x = work->x[i * work->columns + k];
            slope += x * (work->events[i] - work->mean[i]);
            information += x * x * work->mean[i];
        }
        const bool back = work->coefficients[k] < 0 ? slope > 0 : slope < 0;
        if (back && slope * slope > most * information) {
            most = slope * slope / information;
            found = k;
        }
    }
    if (found == 0)
        return false;
    work->status[found] = POISSON_GLM_FITTED;
    work->active[work->n_active++] = found;
    return true;
}

/* The better of two starts: one step from means of events + .1, and the same rate everywhere. Returns the
 * penalised deviance there. */
static double begin(struct work *work)
{
    double events = 0;
    double exposure = 0;
    double first = INFINITY;
    for (size_t i = 0; i < work->rows; i++) {
        events += work->events[i];
        exposure += exp(work->offset[i]);
        work->mean[i] = work->events[i] + .1;
        work->eta[i] = log(work->mean[i]);
    }
    size_t stopped = 0;
    if (find_direction(work)) {
        const double fraction = within_cap(work, &stopped);
        first = go(work, fraction);
    }
    work->previous[0] = log(events / exposure);
    memset(work->solution, 0, work->n_active * sizeof *work->solution);
    memcpy(work->best, work->coefficients, work->columns * sizeof *work->best);
    const double second = go(work, 0);
    if (!(first < second))
        return second;
    memcpy(work->coefficients, work->best, work->columns * sizeof *work->best);
    return evaluate(work);
}

static bool iterate(struct work *work, struct err *err)
{
    double last = begin(work);
    for (int i = 0; i < STEPS; i++) {
        memcpy(work->previous, work->coefficients, work->columns * sizeof *work->previous);
        if (!find_direction(work))
            break;
        size_t stopped = work->n_active;
        double fraction = within_cap(work, &stopped);
        double now = go(work, fraction);
        int halvings = 0;
        for (; halvings < HALVINGS && !(now <= last + converged * (last + .1)); halvings++) {
            fraction /= 2;
            stopped = work->n_active;
            now = go(work, fraction);
        }
        if (halvings == HALVINGS)
            break; /* weights so unlike that the direction is all rounding */
        const bool settled = halvings == 0 && fabs(now - last) <= converged * (now + .1);
        last = now;
        if (stopped < work->n_active)
            stop(work, stopped);
        else if (settled && !let_go(work, now))
            return true;
    }
    return err_set(err, ERR_DATA,
                   "a regression of %zu rows on %zu columns does not settle; use fewer columns", work->rows,
                   work->columns - 1);
}

/* (R'R)^-1 of the last decomposition, into the rows and columns of what was fitted. */
static void invert(const struct work *work, double covariance[])
{
    const size_t p = work->n_active;
    double *const inverse = work->inverse;
    for (size_t j = 0; j < p; j++)
        for (size_t i = j + 1; i-- > 0;) {
            double sum = i == j ? 1 : 0;
            for (size_t k = i + 1; k <= j; k++)
                sum -= work->weighted[i * p + k] * inverse[k * p + j];
            inverse[i * p + j] = sum / work->weighted[i * p + i];
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t k = i > j ? i : j; k < p; k++)
                sum += inverse[i * p + k] * inverse[j * p + k];
            covariance[work->active[i] * work->columns + work->active[j]] = sum;
        }
}

static void summarise(const struct work *work, const struct poisson_glm_data *data, struct poisson_glm *glm)
{
    size_t row = 0;
    for (size_t i = 0; i < data->n; i++)
        glm->means[i] = data->exposure[i] > 0 ? work->mean[row++] : 0;
    memcpy(glm->coefficients, work->coefficients, work->columns * sizeof *work->coefficients);
    glm->n_rows = work->rows;
    glm->n_fitted = work->n_active;
    glm->deviance = deviance(work);
    for (size_t i = 0; i < work->rows; i++) {
        const double o = work->events[i];
        glm->log_likelihood += o * work->eta[i] - work->mean[i] - gsl_sf_lngamma(o + 1);
        glm->pearson += (o - work->mean[i]) * (o - work->mean[i]) / work->mean[i];
    }
}

bool poisson_glm_fit(const struct poisson_glm_data *data, struct poisson_glm *out, struct err *err)
{
    bool ok = false;
    struct arena arena = {0};
    const size_t columns = data->n_columns + 1;
    struct work work = {.columns = columns, .ridge = data->ridge};
    struct poisson_glm glm = {.n_coefficients = columns};
    bug_if(!(data->ridge >= 0));
    if (!check(data, &work.rows, err))
        return false;
    glm.coefficients = vec_new(columns, sizeof *glm.coefficients, err);
    glm.covariance = vec_new(columns * columns, sizeof *glm.covariance, err);
    glm.status = vec_new(columns, sizeof *glm.status, err);
    glm.means = vec_new(data->n, sizeof *glm.means, err);
    if (glm.coefficients == NULL || glm.covariance == NULL || glm.status == NULL || glm.means == NULL ||
        !take(&arena, &work, err))
        goto out;
    work.status = glm.status;
    fill(&work, data);
    if (work.ridge > 0)
        keep_all(&work);
    else
        find_aliases(&work);
    if (!iterate(&work, err))
        goto out;
    summarise(&work, data, &glm);
    if (decompose(&work)) /* the weights of the last decomposition were those of the step before */
        invert(&work, glm.covariance);
    *out = glm;
    glm = (struct poisson_glm){0};
    ok = true;
out:
    arena_free(&arena);
    poisson_glm_free(&glm);
    return ok;
}

void poisson_glm_free(struct poisson_glm *glm)
{
    free(glm->coefficients);
    free(glm->covariance);
    free(glm->status);
    free(glm->means);
    *glm = (struct poisson_glm){0};
}

double poisson_glm_log_rate(const struct poisson_glm *glm, const double row[], double *se)
{
    const size_t p = glm->n_coefficients;
    double sum = 0;
    double variance = 0;
    for (size_t i = 0; i < p; i++) {
        const double x = i > 0 ? row[i - 1] : 1;
        sum += glm->coefficients[i] * x;
        for (size_t j = 0; j < p; j++)
            variance += glm->covariance[i * p + j] * x * (j > 0 ? row[j - 1] : 1);
    }
    if (se != NULL)
        *se = sqrt(fmax(0, variance));
    return sum;
}
