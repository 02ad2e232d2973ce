/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows: all children; places of each group; floor of each group. */
#include "study/cheapest.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/linear.h"

static const double infinite = (double)INFINITY;

struct programme {
    struct linear_column *columns; /* [n] */
    struct linear_row *rows;       /* [1 + 2n] */
    double *coefficients;
    double *duals;
};

static bool make(const struct cheapest_group groups[], size_t n, double children, struct programme *p,
                 struct err *err)
{
    const size_t n_rows = 1 + 2 * n;
    p->columns = vec_new(n, sizeof *p->columns, err);
    p->rows = vec_new(n_rows, sizeof *p->rows, err);
    p->coefficients = vec_new(n_rows * n, sizeof *p->coefficients, err);
    p->duals = vec_new(n_rows, sizeof *p->duals, err);
    if (p->columns == NULL || p->rows == NULL || p->coefficients == NULL || p->duals == NULL)
        return false;
    p->rows[0] = (struct linear_row){children, children};
    for (size_t i = 0; i < n; i++) {
        p->columns[i] = (struct linear_column){groups[i].weekly, 0, infinite, false};
        p->rows[1 + i] = (struct linear_row){-infinite, fmax(groups[i].places, groups[i].floor)};
        p->rows[1 + n + i] = (struct linear_row){groups[i].floor, infinite};
        p->coefficients[i] = 1;
        p->coefficients[(1 + i) * n + i] = 1;
        p->coefficients[(1 + n + i) * n + i] = 1;
    }
    /* a group without a limit has no row that could bind; GLPK wants a bound on one side at least */
    for (size_t i = 0; i < n; i++)
        if (isinf(p->rows[1 + i].high))
            p->rows[1 + i].high = children;
    return true;
}

bool cheapest_find(const struct cheapest_group groups[], size_t n, double children, double children_in[],
                   double place_worth[], double floor_worth[], struct cheapest_answer *out, struct err *err)
{
    struct programme p = {0};
    enum linear_status status = LINEAR_INFEASIBLE;
    *out = (struct cheapest_answer){0};
    bool ok = n >= 1 && make(groups, n, children, &p, err);
    const struct linear problem = {p.columns, n, p.rows, 1 + 2 * n, p.coefficients};
    ok = ok && linear_solve(&problem, children_in, p.duals, &out->cost, &status, err);
    if (ok && status == LINEAR_OPTIMAL) {
        out->fits = true;
        out->child_worth = p.duals[0];
        for (size_t i = 0; i < n; i++) {
            place_worth[i] = fmax(0, -p.duals[1 + i]);
            floor_worth[i] = fmax(0, p.duals[1 + n + i]);
        }
    }
    free(p.columns);
    free(p.rows);
    free(p.coefficients);
    free(p.duals);
    return ok;
}
