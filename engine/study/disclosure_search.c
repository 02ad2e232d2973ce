/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cutting planes. A cut is the list of shown cells that one attack rests on: while none of them is hidden,
 * that attack succeeds, whatever else is hidden. So the set sought hits every cut; the one of least weight
 * that hits all cuts so far is tried, attacked, and gives more cuts, until no attack succeeds. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/linear.h"
#include "study/disclosure_parts.h"

/* Beyond so many cuts or cells the least weight is not worth the time: the cheapest cell of each cut is
 * hidden for good. */
enum { CUTS_MOST = 150, CANDIDATES_MOST = 90, SMALL_MOST = 100 };
static const double near_enough = 1e-6;
static const double half = .5;

struct search {
    struct disclosure_work *work;
    size_t *small; /* cells to protect */
    size_t n_small;
    size_t *candidates; /* cells of cuts */
    size_t n_candidates, candidates_capacity;
    size_t *members; /* of cuts, one after the other */
    size_t n_members, members_capacity;
    size_t *ends; /* of each cut in members */
    size_t n_cuts, ends_capacity;
    bool *chosen; /* of each candidate */
    size_t chosen_capacity;
    bool greedy;
};

static void search_free(struct search *s)
{
    free(s->small);
    free(s->candidates);
    free(s->members);
    free(s->ends);
    free(s->chosen);
}

/* Takes back what greed chose in the component, and lists what is to be protected. */
static bool start(struct search *s, size_t cell, struct err *err)
{
    struct disclosure_work *work = s->work;
    disclosure_forget(work);
    disclosure_gather(work, cell);
    s->small = vec_new(work->n_cells, sizeof *s->small, err);
    if (s->small == NULL)
        return false;
    for (size_t i = 0; i < work->n_cells; i++) {
        struct disclosure_cell *at = &work->d->cells[work->cells[i]];
        if (disclosure_needs_protection(work->rule, at))
            s->small[s->n_small++] = work->cells[i];
        else if (at->kind == DISCLOSURE_OPEN && !at->is_primary && !at->is_blank && !at->was_hidden)
            at->is_hidden = false;
    }
    return true;
}

static bool find_candidate(struct search *s, size_t cell, size_t *index, struct err *err)
{
    for (*index = 0; *index < s->n_candidates; (*index)++)
        if (s->candidates[*index] == cell)
            return true;
    if (!vec_reserve((void **)&s->candidates, &s->candidates_capacity, s->n_candidates + 1,
                     sizeof *s->candidates, err) ||
        !vec_reserve((void **)&s->chosen, &s->chosen_capacity, s->n_candidates + 1, sizeof *s->chosen, err))
        return false;
    s->chosen[s->n_candidates] = false;
    s->candidates[s->n_candidates++] = cell;
    return true;
}

/* The certificate of the last attack as a cut; *empty: it rests on nothing that may be hidden. */
static bool add_cut(struct search *s, bool *empty, struct err *err)
{
    const struct disclosure_work *work = s->work;
    const size_t before = s->n_members;
    if (!vec_reserve((void **)&s->members, &s->members_capacity, s->n_members + work->n_touched,
                     sizeof *s->members, err) ||
        !vec_reserve((void **)&s->ends, &s->ends_capacity, s->n_cuts + 1, sizeof *s->ends, err))
        return false;
    for (size_t i = 0; i < work->n_touched; i++) {
        const size_t c = work->touched[i];
        if (fabs(work->pull[c]) < near_enough || !disclosure_may_hide(work->rule, &work->d->cells[c]))
            continue;
        if (!find_candidate(s, c, &s->members[s->n_members], err))
            return false;
        s->n_members++;
    }
    *empty = s->n_members == before;
    if (!*empty)
        s->ends[s->n_cuts++] = s->n_members;
    return true;
}

/* Attacks every small cell; a cut for each that falls. */
static bool attack(struct search *s, size_t *fallen, struct err *err)
{
    struct disclosure_work *work = s->work;
    *fallen = 0;
    for (size_t i = 0; i < s->n_small; i++) {
        struct disclosure_cell *at = &work->d->cells[s->small[i]];
        bool safe = true;
        bool empty = false;
        if (!disclosure_needs_protection(work->rule, at))
            continue;
        disclosure_gather(work, s->small[i]);
        if (!disclosure_is_safe(work, s->small[i], &safe, err))
            return false;
        if (safe)
            continue;
        if (!add_cut(s, &empty, err))
            return false;
        at->is_exposed = empty;
        *fallen += !empty;
    }
    return true;
}

static size_t cut_start(const struct search *s, size_t cut)
{
    return cut == 0 ? 0 : s->ends[cut - 1];
}

static bool cheapest_hit(struct search *s, struct err *err)
{
    const size_t n = s->n_candidates;
    struct linear_column *columns = vec_new(n, sizeof *columns, err);
    struct linear_row *rows = vec_new(s->n_cuts, sizeof *rows, err);
    double *coefficients = vec_new(n * s->n_cuts, sizeof *coefficients, err);
    double *values = vec_new(n, sizeof *values, err);
    double cost = 0;
    enum linear_status status = LINEAR_INFEASIBLE;
    bool ok = columns != NULL && rows != NULL && coefficients != NULL && values != NULL;
    for (size_t i = 0; ok && i < n; i++)
        columns[i] =
            (struct linear_column){disclosure_weight(&s->work->d->cells[s->candidates[i]]), 0, 1, true};
    for (size_t c = 0; ok && c < s->n_cuts; c++) {
        rows[c] = (struct linear_row){1, (double)INFINITY};
        for (size_t m = cut_start(s, c); m < s->ends[c]; m++)
            coefficients[c * n + s->members[m]] = 1;
    }
    const struct linear problem = {columns, n, rows, s->n_cuts, coefficients};
    ok = ok && linear_solve(&problem, values, NULL, &cost, &status, err) &&
         (status == LINEAR_OPTIMAL || err_set(err, ERR_INTERNAL, "no set of cells hits every cut"));
    for (size_t i = 0; ok && i < n; i++)
        s->chosen[i] = values[i] > half;
    free(columns);
    free(rows);
    free(coefficients);
    free(values);
    return ok;
}

/* Of each cut that is not hit the cheapest cell. */
static void hit_greedily(struct search *s)
{
    for (size_t c = 0; c < s->n_cuts; c++) {
        size_t best = s->members[cut_start(s, c)];
        bool hit = false;
        for (size_t m = cut_start(s, c); m < s->ends[c]; m++) {
            const size_t i = s->members[m];
            hit = hit || s->chosen[i];
            if (disclosure_weight(&s->work->d->cells[s->candidates[i]]) <
                disclosure_weight(&s->work->d->cells[s->candidates[best]]))
                best = i;
        }
        s->chosen[best] = s->chosen[best] || !hit;
    }
}

static void set_hidden(const struct search *s, bool hidden)
{
    for (size_t i = 0; i < s->n_candidates; i++)
        if (s->chosen[i])
            s->work->d->cells[s->candidates[i]].is_hidden = hidden;
}

bool disclosure_search(struct disclosure_work *work, size_t cell, struct err *err)
{
    struct search s = {.work = work};
    size_t fallen = 0;
    bool ok = start(&s, cell, err) && attack(&s, &fallen, err);
    while (ok && fallen > 0) {
        s.greedy =
            s.greedy || s.n_cuts > CUTS_MOST || s.n_candidates > CANDIDATES_MOST || s.n_small > SMALL_MOST;
        set_hidden(&s, false);
        if (s.greedy) {
            hit_greedily(&s); /* only adds */
        } else {
            ok = cheapest_hit(&s, err);
            disclosure_forget(work);
        }
        set_hidden(&s, true);
        ok = ok && attack(&s, &fallen, err);
    }
    search_free(&s);
    return ok;
}
