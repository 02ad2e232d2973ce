/* SPDX-License-Identifier: GPL-3.0-or-later
 * Columns: the whole, the parts that targets name, the rest of each kind of group, a slack for each target.
 * Rows: an identity for each kind of group, and the targets. */
#include "study/agree.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/linear.h"

static const double pct = 100;
static const double nothing = 1e-6;

struct programme {
    const struct target_goal *goals;
    size_t n;
    size_t part[GROUP_KIND_COUNT]; /* column of the rest of a kind; 0: no target of this kind */
    size_t *own;                   /* column of each goal's group */
    size_t n_columns;              /* slacks come last */
    struct linear_column *columns;
    struct linear_row *rows;
    double *coefficients;
    size_t n_rows;
    double *values;
};

static bool same_group(const struct target_goal *a, const struct target_goal *b)
{
    return a->quantity.group.kind == b->quantity.group.kind &&
           a->quantity.group.member == b->quantity.group.member;
}

/* Columns of the groups that goals name: 0 is the whole. */
static void number_columns(struct programme *p)
{
    p->n_columns = 1;
    for (size_t i = 0; i < p->n; i++) {
        const struct group group = p->goals[i].quantity.group;
        p->own[i] = 0;
        if (group.kind == GROUP_ALL)
            continue;
        for (size_t k = 0; k < i && p->own[i] == 0; k++)
            if (same_group(&p->goals[k], &p->goals[i]))
                p->own[i] = p->own[k];
        if (p->own[i] == 0)
            p->own[i] = p->n_columns++;
        if (p->part[group.kind] == 0)
            p->part[group.kind] = p->n_columns++;
    }
}

static void add_identities(struct programme *p, size_t width)
{
    for (int kind = 1; kind < GROUP_KIND_COUNT; kind++) {
        if (p->part[kind] == 0)
            continue;
        double *row = p->coefficients + p->n_rows * width;
        row[0] = -1;
        row[p->part[kind]] = 1;
        for (size_t i = 0; i < p->n; i++)
            if ((int)p->goals[i].quantity.group.kind == kind)
                row[p->own[i]] = 1;
        p->rows[p->n_rows++] = (struct linear_row){0, 0};
    }
}

static void add_goals(struct programme *p, size_t width)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct target_goal *goal = &p->goals[i];
        double *row = p->coefficients + p->n_rows * width;
        row[p->own[i]] += 1;
        if (goal->quantity.is_share)
            row[0] -= goal->level / pct;
        row[p->n_columns + i] = goal->at_most ? -1 : 1;
        const double level = goal->quantity.is_share ? 0 : goal->level;
        p->rows[p->n_rows++] = goal->at_most ? (struct linear_row){-(double)INFINITY, level}
                                             : (struct linear_row){level, (double)INFINITY};
    }
}

static bool make(struct programme *p, struct err *err)
{
    p->own = vec_new(p->n, sizeof *p->own, err);
    if (p->own == NULL)
        return false;
    number_columns(p);
    const size_t width = p->n_columns + p->n;
    const size_t rows = p->n + GROUP_KIND_COUNT;
    p->columns = vec_new(width, sizeof *p->columns, err);
    p->rows = vec_new(rows, sizeof *p->rows, err);
    p->coefficients = vec_new(rows * width, sizeof *p->coefficients, err);
    p->values = vec_new(width, sizeof *p->values, err);
    if (p->columns == NULL || p->rows == NULL || p->coefficients == NULL || p->values == NULL)
        return false;
    add_identities(p, width);
    add_goals(p, width);
    return true;
}

static void programme_free(struct programme *p)
{
    free(p->own);
    free(p->columns);
    free(p->rows);
    free(p->coefficients);
    free(p->values);
}

/* The least slack when each goal is held to, may give way, or is left out altogether. */
enum stand { STAND_FIRM, STAND_GIVES, STAND_LEFT_OUT };

static bool least_slack(struct programme *p, const enum stand stands[], double *out, struct err *err)
{
    enum linear_status status = LINEAR_INFEASIBLE;
    const size_t width = p->n_columns + p->n;
    for (size_t c = 0; c < p->n_columns; c++)
        p->columns[c] = (struct linear_column){0, 0, (double)INFINITY, false};
    for (size_t i = 0; i < p->n; i++) {
        const double most = stands[i] == STAND_FIRM ? 0 : (double)INFINITY;
        p->columns[p->n_columns + i] =
            (struct linear_column){stands[i] == STAND_GIVES ? 1 : 0, 0, most, false};
    }
    const struct linear problem = {p->columns, width, p->rows, p->n_rows, p->coefficients};
    *out = (double)INFINITY;
    double cost = 0;
    if (!linear_solve(&problem, p->values, NULL, &cost, &status, err))
        return false;
    if (status == LINEAR_OPTIMAL)
        *out = cost;
    return true;
}

static bool find_givers(struct programme *p, enum stand stands[], double slack, bool can_give[],
                        struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < p->n; i++)
        stands[i] = STAND_FIRM;
    for (size_t i = 0; ok && i < p->n; i++) {
        double alone = 0;
        stands[i] = STAND_GIVES;
        ok = least_slack(p, stands, &alone, err);
        can_give[i] = ok && alone <= slack + nothing * fmax(1, slack);
        stands[i] = STAND_FIRM;
    }
    return ok;
}

static bool find_conflict(struct programme *p, enum stand stands[], bool in_conflict[], struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < p->n; i++)
        stands[i] = STAND_FIRM;
    for (size_t i = 0; ok && i < p->n; i++) {
        double slack = 0;
        stands[i] = STAND_LEFT_OUT;
        ok = least_slack(p, stands, &slack, err);
        in_conflict[i] = ok && isfinite(slack); /* without it the rest can be met */
        if (in_conflict[i])
            stands[i] = STAND_FIRM;
    }
    return ok;
}

bool agree_check(const struct target_goal goals[], size_t n, struct agreement *out, bool can_give[],
                 bool in_conflict[], struct err *err)
{
    struct programme p = {.goals = goals, .n = n};
    *out = (struct agreement){0};
    for (size_t i = 0; i < n; i++)
        can_give[i] = in_conflict[i] = false;
    enum stand *stands = vec_new(n, sizeof *stands, err);
    bool ok = stands != NULL && (n == 0 || make(&p, err));
    for (size_t i = 0; ok && i < n; i++)
        stands[i] = STAND_GIVES;
    ok = ok && (n == 0 || least_slack(&p, stands, &out->slack, err));
    if (ok && out->slack <= nothing)
        out->slack = 0;
    else if (ok)
        ok =
            find_givers(&p, stands, out->slack, can_give, err) && find_conflict(&p, stands, in_conflict, err);
    free(stands);
    programme_free(&p);
    return ok;
}
