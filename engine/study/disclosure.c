/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables are built here and small cells found; who protects them is chosen greedily first. The search for
 * what greed cannot do is study/disclosure_search.c, the linear programmes are study/disclosure_range.c. */
#include "study/disclosure.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "study/disclosure_parts.h"

/* a zero is no good protector: it is what one would guess */
static const double zero_weight = 20;
static const double total_weight = 1e3;
/* cells of a component beyond which hiding in vain is not looked for: too long for too little */
enum { TIDY_MOST = 150 };
static const double headline_weight = 1e6;

void disclosure_free(struct disclosure *d)
{
    free(d->cells);
    free(d->terms);
    free(d->relations);
    *d = (struct disclosure){0};
}

bool disclosure_add_cell(struct disclosure *d, const struct disclosure_cell *cell, size_t *index,
                         struct err *err)
{
    bug_if(cell->value < 0);
    if (!vec_reserve((void **)&d->cells, &d->capacity_cells, d->n_cells + 1, sizeof *d->cells, err))
        return false;
    *index = d->n_cells;
    d->cells[d->n_cells++] = *cell;
    return true;
}

bool disclosure_add_relation(struct disclosure *d, const struct disclosure_term terms[], size_t n,
                             struct err *err)
{
    int64_t sum = 0;
    if (!vec_reserve((void **)&d->terms, &d->capacity_terms, d->n_terms + n, sizeof *d->terms, err) ||
        !vec_reserve((void **)&d->relations, &d->capacity_relations, d->n_relations + 1, sizeof *d->relations,
                     err))
        return false;
    for (size_t i = 0; i < n; i++) {
        bug_if(terms[i].cell >= d->n_cells);
        sum += terms[i].times * d->cells[terms[i].cell].value;
        d->terms[d->n_terms + i] = terms[i];
    }
    bug_if(sum != 0);
    d->relations[d->n_relations++] = (struct disclosure_relation){.first = d->n_terms, .n = n};
    d->n_terms += n;
    return true;
}

bool disclosure_add_sum(struct disclosure *d, size_t total, const size_t parts[], size_t n, struct err *err)
{
    struct disclosure_term *terms = vec_new(n + 1, sizeof *terms, err);
    if (terms == NULL)
        return false;
    terms[0] = (struct disclosure_term){total, -1};
    for (size_t i = 0; i < n; i++)
        terms[1 + i] = (struct disclosure_term){parts[i], 1};
    const bool ok = disclosure_add_relation(d, terms, n + 1, err);
    if (ok)
        d->relations[d->n_relations - 1].is_partition = true;
    free(terms);
    return ok;
}

/* ---- rules ------------------------------------------------------------------------------------------- */

int64_t disclosure_least(const struct disclosure_rule *rule, const struct disclosure_cell *cell)
{
    return cell->kind == DISCLOSURE_UNPUBLISHED || cell->is_blank || rule->hide_zero || rule->dominance ||
                   rule->zeros_protect
               ? 0
               : 1;
}

bool disclosure_needs_protection(const struct disclosure_rule *rule, const struct disclosure_cell *cell)
{
    return cell->is_hidden && !cell->is_exposed && cell->value <= rule->k &&
           (cell->value >= 1 || (rule->hide_zero && cell->kind != DISCLOSURE_UNPUBLISHED));
}

bool disclosure_may_hide(const struct disclosure_rule *rule, const struct disclosure_cell *cell)
{
    return cell->kind == DISCLOSURE_OPEN && !cell->is_hidden &&
           (cell->value > 0 || rule->hide_zero || rule->zeros_protect);
}

double disclosure_weight(const struct disclosure_cell *cell)
{
    const double value = cell->value < 1 ? zero_weight : (double)cell->value;
    switch (cell->rank) {
    case DISCLOSURE_PART:
        return value;
    case DISCLOSURE_TOTAL:
        return value * total_weight;
    case DISCLOSURE_HEADLINE:
        return value * headline_weight;
    }
    return value;
}

/* One part holds everyone: each of them is known to be in it. */
static bool is_dominated(const struct disclosure *d, const struct disclosure_relation *relation, int64_t k)
{
    const struct disclosure_term *terms = &d->terms[relation->first];
    const int64_t total = d->cells[terms[0].cell].value;
    if (!relation->is_partition || total <= k || relation->n < 3)
        return false;
    for (size_t i = 1; i < relation->n; i++)
        if (d->cells[terms[i].cell].value == total)
            return true;
    return false;
}

/* Nothing is shown of the parts of a small total. */
static void blank_parts(struct disclosure *d, const struct disclosure_relation *relation)
{
    if (!relation->is_partition || !d->cells[d->terms[relation->first].cell].is_primary)
        return;
    for (size_t i = 1; i < relation->n; i++) {
        struct disclosure_cell *cell = &d->cells[d->terms[relation->first + i].cell];
        cell->is_blank = cell->kind == DISCLOSURE_OPEN;
        cell->is_hidden = cell->is_hidden || cell->is_blank;
    }
}

static void hide_dominated(struct disclosure *d, const struct disclosure_relation *relation, int64_t k)
{
    if (!is_dominated(d, relation, k))
        return;
    for (size_t i = 1; i < relation->n; i++) {
        struct disclosure_cell *cell = &d->cells[d->terms[relation->first + i].cell];
        cell->is_primary = cell->is_primary || cell->kind == DISCLOSURE_OPEN;
        cell->is_hidden = cell->is_hidden || cell->kind == DISCLOSURE_OPEN;
    }
}

static void hide_primaries(struct disclosure *d, const struct disclosure_rule *rule)
{
    for (size_t i = 0; i < d->n_cells; i++) {
        struct disclosure_cell *cell = &d->cells[i];
        cell->is_primary = cell->value <= rule->k && (cell->value >= 1 || rule->hide_zero);
        cell->is_exposed = cell->is_primary && cell->kind == DISCLOSURE_KNOWN;
        cell->is_blank = false;
        cell->is_hidden = cell->kind == DISCLOSURE_UNPUBLISHED || cell->was_hidden || cell->is_primary;
        /* what is known is no secret, and hides nothing from an attacker */
        if (cell->kind == DISCLOSURE_KNOWN)
            cell->is_hidden = false;
    }
    for (size_t r = 0; r < d->n_relations; r++) {
        blank_parts(d, &d->relations[r]);
        if (rule->dominance)
            hide_dominated(d, &d->relations[r], rule->k);
    }
}

/* ---- greed ------------------------------------------------------------------------------------------- */

/* The one hidden cell of a relation follows from the others, and should not. */
static bool is_open(const struct disclosure *d, const struct disclosure_rule *rule, size_t relation)
{
    size_t hidden = 0;
    bool matters = false;
    const struct disclosure_relation *r = &d->relations[relation];
    for (size_t i = r->first; i < r->first + r->n; i++) {
        const struct disclosure_cell *cell = &d->cells[d->terms[i].cell];
        hidden += cell->is_hidden;
        matters = matters || (cell->is_hidden && (cell->kind != DISCLOSURE_UNPUBLISHED ||
                                                  disclosure_needs_protection(rule, cell)));
    }
    return hidden == 1 && matters;
}

static bool serves_another(const struct disclosure_work *work, size_t cell, size_t relation)
{
    for (size_t u = work->first_use[cell]; u < work->first_use[cell + 1]; u++)
        if (work->uses[u] != relation && is_open(work->d, work->rule, work->uses[u]))
            return true;
    return false;
}

static bool close_relation(const struct disclosure_work *work, size_t relation)
{
    struct disclosure *d = work->d;
    const struct disclosure_relation *r = &d->relations[relation];
    struct disclosure_cell *best = NULL;
    bool best_serves = false;
    for (size_t i = r->first; i < r->first + r->n; i++) {
        const size_t c = d->terms[i].cell;
        struct disclosure_cell *cell = &d->cells[c];
        if (!disclosure_may_hide(work->rule, cell))
            continue;
        const bool serves = cell->rank == DISCLOSURE_PART && serves_another(work, c, relation);
        if (best == NULL || (serves && !best_serves) ||
            (serves == best_serves && disclosure_weight(cell) < disclosure_weight(best))) {
            best = cell;
            best_serves = serves;
        }
    }
    if (best != NULL)
        best->is_hidden = true;
    return best != NULL;
}

static void hide_greedily(const struct disclosure_work *work)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t r = 0; r < work->d->n_relations; r++)
            if (is_open(work->d, work->rule, r) && close_relation(work, r))
                changed = true;
    }
}

/* ---- together ---------------------------------------------------------------------------------------- */

static bool attack_all(struct disclosure_work *work, struct err *err)
{
    const struct disclosure *d = work->d;
    bool ok = true;
    for (size_t c = 0; ok && c < d->n_cells; c++) {
        bool safe = true;
        if (!disclosure_needs_protection(work->rule, &d->cells[c]))
            continue;
        disclosure_gather(work, c);
        ok = disclosure_is_safe(work, c, &safe, err);
        if (ok && !safe)
            ok = disclosure_search(work, c, err);
    }
    return ok;
}

/* Would everyone in the component of a cell be safe if the cell were shown? */
static bool try_showing(struct disclosure_work *work, size_t cell, struct err *err)
{
    struct disclosure *d = work->d;
    bool safe = true;
    disclosure_gather(work, cell);
    const size_t n = work->n_cells;
    if (n > TIDY_MOST)
        return true;
    size_t *others = vec_new(n, sizeof *others, err);
    if (others == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        others[i] = work->cells[i];
    d->cells[cell].is_hidden = false;
    disclosure_forget(work);
    bool ok = true;
    for (size_t i = 0; ok && safe && i < n; i++) {
        if (!disclosure_needs_protection(work->rule, &d->cells[others[i]]))
            continue;
        disclosure_gather(work, others[i]);
        ok = disclosure_is_safe(work, others[i], &safe, err);
    }
    if (!safe || !ok)
        d->cells[cell].is_hidden = true;
    free(others);
    return ok;
}

static bool is_secondary(const struct disclosure_cell *cell)
{
    return cell->kind == DISCLOSURE_OPEN && cell->is_hidden && !cell->is_primary && !cell->is_blank &&
           !cell->was_hidden;
}

struct choice {
    size_t cell;
    double weight;
};

static int heaviest_first(const void *a, const void *b)
{
    const struct choice *x = a;
    const struct choice *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static bool show_what_is_hidden_in_vain(struct disclosure_work *work, struct err *err)
{
    const struct disclosure *d = work->d;
    struct choice *choices = vec_new(d->n_cells, sizeof *choices, err);
    size_t n = 0;
    if (choices == NULL)
        return false;
    for (size_t c = 0; c < d->n_cells; c++)
        if (is_secondary(&d->cells[c]))
            choices[n++] = (struct choice){c, disclosure_weight(&d->cells[c])};
    qsort(choices, n, sizeof *choices, heaviest_first);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = try_showing(work, choices[i].cell, err);
    free(choices);
    return ok;
}

static void count_up(struct disclosure_work *work, struct disclosure_result *out)
{
    const struct disclosure *d = work->d;
    *out = (struct disclosure_result){0};
    const uint32_t before = work->stamp;
    for (size_t c = 0; c < d->n_cells; c++) {
        const struct disclosure_cell *cell = &d->cells[c];
        out->exposed += cell->is_exposed;
        if (!cell->is_hidden)
            continue;
        out->primary += cell->kind == DISCLOSURE_OPEN && cell->is_primary;
        out->secondary += cell->kind == DISCLOSURE_OPEN && !cell->is_primary;
        if (work->cell_stamp[c] > before)
            continue;
        disclosure_gather(work, c);
        out->components++;
        out->largest = (int64_t)work->n_cells > out->largest ? (int64_t)work->n_cells : out->largest;
    }
}

bool disclosure_protect(struct disclosure *d, const struct disclosure_rule *rule,
                        struct disclosure_result *out, struct err *err)
{
    struct disclosure_work work = {0};
    bug_if(rule->k < 1);
    hide_primaries(d, rule);
    bool ok = disclosure_work_init(&work, d, rule, err);
    if (ok) {
        hide_greedily(&work);
        ok = attack_all(&work, err) && show_what_is_hidden_in_vain(&work, err);
    }
    if (ok)
        count_up(&work, out);
    disclosure_work_free(&work);
    return ok;
}

bool disclosure_range(const struct disclosure *d, const struct disclosure_rule *rule, size_t cell,
                      double *low, double *high, struct err *err)
{
    struct disclosure_work work = {0};
    struct disclosure copy = *d; /* an attack changes nothing */
    bool bounded = true;
    *low = *high = (double)d->cells[cell].value;
    if (!d->cells[cell].is_hidden)
        return true;
    bool ok = disclosure_work_init(&work, &copy, rule, err);
    if (ok) {
        disclosure_gather(&work, cell);
        ok = disclosure_bound(&work, cell, 1, low, &bounded, err) &&
             disclosure_bound(&work, cell, -1, high, &bounded, err);
    }
    if (ok && !bounded)
        *high = (double)INFINITY;
    disclosure_work_free(&work);
    return ok;
}
