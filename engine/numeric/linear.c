/* SPDX-License-Identifier: GPL-3.0-or-later
 * GLPK counts from 1 and stops the program on a wrong argument, so everything is checked before it is called.
 */
#include "numeric/linear.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static bool is_range(double low, double high)
{
    return !isnan(low) && !isnan(high) && low <= high && !(isinf(low) && low > 0) &&
           !(isinf(high) && high < 0);
}

static bool check(const struct linear *problem, struct err *err)
{
    bool ok = problem->n_columns >= 1 && problem->n_rows >= 1 &&
              problem->n_columns < (size_t)INT_MAX / problem->n_rows;
    for (size_t i = 0; ok && i < problem->n_columns; i++)
        ok =
            isfinite(problem->columns[i].cost) && is_range(problem->columns[i].low, problem->columns[i].high);
    for (size_t i = 0; ok && i < problem->n_rows; i++)
        ok = is_range(problem->rows[i].low, problem->rows[i].high);
    for (size_t i = 0; ok && i < problem->n_columns * problem->n_rows; i++)
        ok = isfinite(problem->coefficients[i]);
    return ok || err_set(err, ERR_INTERNAL, "a linear programme has bounds or numbers that cannot be");
}

static int kind_of(double low, double high)
{
    if (isinf(low))
        return isinf(high) ? GLP_FR : GLP_UP;
    if (isinf(high))
        return GLP_LO;
    return low < high ? GLP_DB : GLP_FX;
}

static bool load_matrix(glp_prob *glp, const struct linear *problem, struct err *err)
{
    const size_t most = problem->n_rows * problem->n_columns + 1;
    int *rows = vec_new(2 * most, sizeof *rows, err);
    double *numbers = rows != NULL ? vec_new(most, sizeof *numbers, err) : NULL;
    int n = 0;
    for (size_t r = 0; numbers != NULL && r < problem->n_rows; r++)
        for (size_t c = 0; c < problem->n_columns; c++) {
            const double number = problem->coefficients[r * problem->n_columns + c];
            if (fpclassify(number) == FP_ZERO)
                continue;
            n++;
            rows[n] = (int)r + 1;
            rows[most + (size_t)n] = (int)c + 1;
            numbers[n] = number;
        }
    if (numbers != NULL)
        glp_load_matrix(glp, n, rows, rows + most, numbers);
    const bool ok = numbers != NULL;
    free(rows);
    free(numbers);
    return ok;
}

static bool load(glp_prob *glp, const struct linear *problem, struct err *err)
{
    glp_set_obj_dir(glp, GLP_MIN);
    glp_add_rows(glp, (int)problem->n_rows);
    glp_add_cols(glp, (int)problem->n_columns);
    for (size_t r = 0; r < problem->n_rows; r++) {
        const struct linear_row *row = &problem->rows[r];
        glp_set_row_bnds(glp, (int)r + 1, kind_of(row->low, row->high), row->low, row->high);
    }
    for (size_t c = 0; c < problem->n_columns; c++) {
        const struct linear_column *column = &problem->columns[c];
        glp_set_col_bnds(glp, (int)c + 1, kind_of(column->low, column->high), column->low, column->high);
        glp_set_obj_coef(glp, (int)c + 1, column->cost);
        if (column->whole)
            glp_set_col_kind(glp, (int)c + 1, GLP_IV);
    }
    return load_matrix(glp, problem, err);
}

static bool read_status(int code, int status, enum linear_status *out, struct err *err)
{
    if (code == 0 && status == GLP_OPT)
        *out = LINEAR_OPTIMAL;
    else if ((code == 0 && (status == GLP_NOFEAS || status == GLP_INFEAS)) || code == GLP_ENOPFS)
        *out = LINEAR_INFEASIBLE;
    else if ((code == 0 && status == GLP_UNBND) || code == GLP_ENODFS)
        *out = LINEAR_UNBOUNDED;
    else
        return err_set(err, ERR_INTERNAL, "a linear programme could not be solved (code %d, status %d)", code,
                       status);
    return true;
}

static bool has_whole(const struct linear *problem)
{
    for (size_t c = 0; c < problem->n_columns; c++)
        if (problem->columns[c].whole)
            return true;
    return false;
}

static bool solve_whole(glp_prob *glp, enum linear_status *status, struct err *err)
{
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    const int code = glp_intopt(glp, &how);
    return read_status(code, glp_mip_status(glp), status, err);
}

bool linear_solve(const struct linear *problem, double values[], double duals[], double *cost,
                  enum linear_status *status, struct err *err)
{
    glp_smcp how;
    if (!check(problem, err))
        return false;
    (void)glp_term_out(GLP_OFF);
    glp_prob *glp = glp_create_prob();
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    bool ok = load(glp, problem, err);
    if (ok) {
        const int code = glp_simplex(glp, &how);
        ok = read_status(code, glp_get_status(glp), status, err);
    }
    const bool whole = has_whole(problem);
    for (size_t r = 0; ok && duals != NULL && *status == LINEAR_OPTIMAL && r < problem->n_rows; r++)
        duals[r] = glp_get_row_dual(glp, (int)r + 1);
    if (ok && whole && *status == LINEAR_OPTIMAL)
        ok = solve_whole(glp, status, err);
    if (ok && *status == LINEAR_OPTIMAL) {
        *cost = whole ? glp_mip_obj_val(glp) : glp_get_obj_val(glp);
        for (size_t c = 0; c < problem->n_columns; c++)
            values[c] = whole ? glp_mip_col_val(glp, (int)c + 1) : glp_get_col_prim(glp, (int)c + 1);
    }
    glp_delete_prob(glp);
    (void)glp_free_env();
    return ok;
}
