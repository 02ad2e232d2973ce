/* SPDX-License-Identifier: GPL-3.0-or-later
 * An attack is a linear programme over the hidden cells of one component; shown cells are constants. Its
 * duals are the sums of relations that an attacker would add up by hand, and name the shown cells in them. */
#include "study/disclosure_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/linear.h"

static const double near_enough = 1e-6;
enum { SPREAD_FROM = 4 /* cells of a component */ };

static bool list_uses(struct disclosure_work *work, struct err *err)
{
    const struct disclosure *d = work->d;
    work->first_use = vec_new(d->n_cells + 2, sizeof *work->first_use, err);
    work->uses = vec_new(d->n_terms, sizeof *work->uses, err);
    if (work->first_use == NULL || work->uses == NULL)
        return false;
    size_t *at = work->first_use;
    for (size_t i = 0; i < d->n_terms; i++)
        at[d->terms[i].cell + 2]++;
    for (size_t c = 0; c < d->n_cells; c++)
        at[c + 2] += at[c + 1];
    for (size_t r = 0; r < d->n_relations; r++)
        for (size_t i = d->relations[r].first; i < d->relations[r].first + d->relations[r].n; i++)
            work->uses[at[d->terms[i].cell + 1]++] = r;
    return true;
}

bool disclosure_work_init(struct disclosure_work *work, struct disclosure *d,
                          const struct disclosure_rule *rule, struct err *err)
{
    *work = (struct disclosure_work){.d = d, .rule = rule};
    work->cells = vec_new(d->n_cells, sizeof *work->cells, err);
    work->relations = vec_new(d->n_relations, sizeof *work->relations, err);
    work->place = vec_new(d->n_cells, sizeof *work->place, err);
    work->cell_stamp = vec_new(d->n_cells, sizeof *work->cell_stamp, err);
    work->relation_stamp = vec_new(d->n_relations, sizeof *work->relation_stamp, err);
    work->pull = vec_new(d->n_cells, sizeof *work->pull, err);
    work->touched = vec_new(d->n_cells, sizeof *work->touched, err);
    work->seen_low = vec_new(d->n_cells, sizeof *work->seen_low, err);
    work->seen_high = vec_new(d->n_cells, sizeof *work->seen_high, err);
    work->seen_epoch = vec_new(d->n_cells, sizeof *work->seen_epoch, err);
    work->spread_epoch = vec_new(d->n_cells, sizeof *work->spread_epoch, err);
    work->epoch = 1;
    return work->cells != NULL && work->relations != NULL && work->place != NULL &&
           work->cell_stamp != NULL && work->relation_stamp != NULL && work->pull != NULL &&
           work->touched != NULL && work->seen_low != NULL && work->seen_high != NULL &&
           work->seen_epoch != NULL && work->spread_epoch != NULL && list_uses(work, err);
}

void disclosure_work_free(struct disclosure_work *work)
{
    free(work->first_use);
    free(work->uses);
    free(work->cells);
    free(work->relations);
    free(work->place);
    free(work->cell_stamp);
    free(work->relation_stamp);
    free(work->pull);
    free(work->touched);
    free(work->seen_low);
    free(work->seen_high);
    free(work->seen_epoch);
    free(work->spread_epoch);
    *work = (struct disclosure_work){0};
}

static void take_cell(struct disclosure_work *work, size_t cell)
{
    if (!work->d->cells[cell].is_hidden || work->cell_stamp[cell] == work->stamp)
        return;
    work->cell_stamp[cell] = work->stamp;
    work->place[cell] = work->n_cells;
    work->cells[work->n_cells++] = cell;
}

void disclosure_gather(struct disclosure_work *work, size_t cell)
{
    const struct disclosure *d = work->d;
    work->stamp++;
    work->n_cells = work->n_relations = 0;
    take_cell(work, cell);
    for (size_t next = 0; next < work->n_cells; next++) {
        const size_t c = work->cells[next];
        for (size_t u = work->first_use[c]; u < work->first_use[c + 1]; u++) {
            const size_t r = work->uses[u];
            if (work->relation_stamp[r] == work->stamp)
                continue;
            work->relation_stamp[r] = work->stamp;
            work->relations[work->n_relations++] = r;
            for (size_t i = d->relations[r].first; i < d->relations[r].first + d->relations[r].n; i++)
                take_cell(work, d->terms[i].cell);
        }
    }
}

struct programme {
    struct linear_column *columns;
    struct linear_row *rows;
    double *coefficients, *values, *duals;
};

static void programme_free(struct programme *p)
{
    free(p->columns);
    free(p->rows);
    free(p->coefficients);
    free(p->values);
    free(p->duals);
}

/* Everything but costs. */
static bool fill(const struct disclosure_work *work, struct programme *p, struct err *err)
{
    const struct disclosure *d = work->d;
    p->columns = vec_new(work->n_cells, sizeof *p->columns, err);
    p->rows = vec_new(work->n_relations, sizeof *p->rows, err);
    p->coefficients = vec_new(work->n_cells * work->n_relations, sizeof *p->coefficients, err);
    p->values = vec_new(work->n_cells, sizeof *p->values, err);
    p->duals = vec_new(work->n_relations, sizeof *p->duals, err);
    if (p->columns == NULL || p->rows == NULL || p->coefficients == NULL || p->values == NULL ||
        p->duals == NULL)
        return false;
    for (size_t i = 0; i < work->n_cells; i++)
        p->columns[i] = (struct linear_column){
            .low = (double)disclosure_least(work->rule, &d->cells[work->cells[i]]),
            .high = (double)INFINITY,
        };
    for (size_t i = 0; i < work->n_relations; i++) {
        const struct disclosure_relation *r = &d->relations[work->relations[i]];
        int64_t known = 0;
        for (size_t t = r->first; t < r->first + r->n; t++) {
            const struct disclosure_cell *at = &d->cells[d->terms[t].cell];
            if (at->is_hidden)
                p->coefficients[i * work->n_cells + work->place[d->terms[t].cell]] += d->terms[t].times;
            else
                known += d->terms[t].times * at->value;
        }
        p->rows[i] = (struct linear_row){(double)-known, (double)-known};
    }
    return true;
}

/* The weight of each shown cell in the sum of relations that proves the bound. */
static void read_certificate(struct disclosure_work *work, const double duals[])
{
    const struct disclosure *d = work->d;
    work->n_touched = 0;
    for (size_t i = 0; i < work->n_relations; i++) {
        const struct disclosure_relation *r = &d->relations[work->relations[i]];
        if (fabs(duals[i]) < near_enough)
            continue;
        for (size_t t = r->first; t < r->first + r->n; t++) {
            const size_t c = d->terms[t].cell;
            if (d->cells[c].is_hidden)
                continue;
            if (work->cell_stamp[c] != work->stamp) {
                work->cell_stamp[c] = work->stamp;
                work->pull[c] = 0;
                work->touched[work->n_touched++] = c;
            }
            work->pull[c] += duals[i] * d->terms[t].times;
        }
    }
    /* the stamps of shown cells mean nothing outside this function */
    for (size_t i = 0; i < work->n_touched; i++)
        work->cell_stamp[work->touched[i]] = 0;
}

void disclosure_forget(struct disclosure_work *work)
{
    work->epoch++;
}

static void see(struct disclosure_work *work, size_t cell, double value)
{
    const bool first = work->seen_epoch[cell] != work->epoch;
    work->seen_epoch[cell] = work->epoch;
    work->seen_low[cell] = first ? value : fmin(value, work->seen_low[cell]);
    work->seen_high[cell] = first ? value : fmax(value, work->seen_high[cell]);
}

/* Solves for the costs that are set; *bounded false: there is no end. */
static bool solve(struct disclosure_work *work, struct programme *p, double *cost, bool *bounded,
                  struct err *err)
{
    enum linear_status status = LINEAR_INFEASIBLE;
    const struct linear problem = {p->columns, work->n_cells, p->rows, work->n_relations, p->coefficients};
    if (!linear_solve(&problem, p->values, p->duals, cost, &status, err))
        return false;
    if (status == LINEAR_INFEASIBLE)
        return err_set(err, ERR_INTERNAL, "no numbers fit the tables that are to be published");
    *bounded = status == LINEAR_OPTIMAL;
    for (size_t i = 0; *bounded && i < work->n_cells; i++)
        see(work, work->cells[i], p->values[i]);
    return true;
}

bool disclosure_bound(struct disclosure_work *work, size_t cell, int direction, double *bound, bool *bounded,
                      struct err *err)
{
    struct programme p = {0};
    double cost = 0;
    work->n_touched = 0;
    if (work->n_relations == 0) {
        *bounded = direction > 0;
        *bound = (double)disclosure_least(work->rule, &work->d->cells[cell]);
        return true;
    }
    bool ok = fill(work, &p, err);
    if (ok)
        p.columns[work->place[cell]].cost = direction;
    ok = ok && solve(work, &p, &cost, bounded, err);
    if (ok) {
        *bound = direction * cost;
        if (*bounded)
            read_certificate(work, p.duals);
        else
            see(work, cell, (double)INFINITY);
    }
    programme_free(&p);
    return ok;
}

/* Two programmes that drive all small cells of a component down, and up to k, at once: what they reach need
 * not be asked cell by cell. */
static bool spread(struct disclosure_work *work, struct err *err)
{
    struct programme p = {0};
    double cost = 0;
    bool bounded = true;
    bool ok = fill(work, &p, err);
    for (int direction = 1; ok && direction >= -1; direction -= 2) {
        for (size_t i = 0; i < work->n_cells; i++) {
            const bool small = disclosure_needs_protection(work->rule, &work->d->cells[work->cells[i]]);
            p.columns[i].cost = small ? direction : 0;
            if (small)
                p.columns[i].high = (double)work->rule->k;
        }
        ok = solve(work, &p, &cost, &bounded, err);
    }
    for (size_t i = 0; ok && i < work->n_cells; i++)
        work->spread_epoch[work->cells[i]] = work->epoch;
    programme_free(&p);
    return ok;
}

bool disclosure_is_safe(struct disclosure_work *work, size_t cell, bool *safe, struct err *err)
{
    const struct disclosure_cell *at = &work->d->cells[cell];
    const double least = disclosure_least(work->rule, at) == 0 && work->rule->hide_zero ? 0 : 1;
    const double most = (double)work->rule->k;
    double bound = 0;
    bool bounded = true;
    *safe = true;
    if (work->n_cells > SPREAD_FROM && work->spread_epoch[cell] != work->epoch && work->n_relations > 0 &&
        !spread(work, err))
        return false;
    if (work->seen_epoch[cell] != work->epoch || work->seen_low[cell] > least + near_enough) {
        if (!disclosure_bound(work, cell, 1, &bound, &bounded, err))
            return false;
        *safe = bound <= least + near_enough;
    }
    if (*safe && (work->seen_epoch[cell] != work->epoch || work->seen_high[cell] < most - near_enough)) {
        if (!disclosure_bound(work, cell, -1, &bound, &bounded, err))
            return false;
        *safe = !bounded || bound >= most - near_enough;
    }
    return true;
}
