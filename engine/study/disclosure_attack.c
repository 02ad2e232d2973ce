/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hidden cells that share a relation are joined (union and find); each set is a system of equations in whole
 * numbers, with one cell held at a number. */
#include "study/disclosure_attack.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/linear.h"

enum { WHOLE_MOST = 60 }; /* hidden cells of a set beyond which fractions are allowed */
static const double near_enough = 1e-6;

struct attacker {
    const struct disclosure *d;
    const struct disclosure_rule *rule;
    size_t *root;     /* of each cell: the set that it is in */
    size_t *position; /* of a hidden cell of the set under attack: its column */
    size_t *columns;  /* the cells of that set */
    size_t *rows;     /* its relations */
    size_t *by_root;  /* hidden cells, sorted by their set */
    size_t *row_root; /* relations with a hidden cell, sorted by their set */
    size_t n_hidden, n_linked;
    size_t n_columns, n_rows;
    uint32_t *possible; /* of each cell: bit v, v can be */
};

static size_t find_root(struct attacker *a, size_t cell)
{
    while (a->root[cell] != cell) {
        a->root[cell] = a->root[a->root[cell]];
        cell = a->root[cell];
    }
    return cell;
}

/* The first hidden cell of a relation, or n_cells. */
static size_t first_hidden(const struct disclosure *d, size_t relation)
{
    const struct disclosure_relation *r = &d->relations[relation];
    for (size_t t = r->first; t < r->first + r->n; t++)
        if (d->cells[d->terms[t].cell].is_hidden)
            return d->terms[t].cell;
    return d->n_cells;
}

struct keyed {
    size_t key, item;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static bool sort_by_root(struct attacker *a, struct err *err)
{
    const struct disclosure *d = a->d;
    const size_t most = d->n_cells + d->n_relations;
    struct keyed *keyed = vec_new(most, sizeof *keyed, err);
    if (keyed == NULL)
        return false;
    for (size_t c = 0; c < d->n_cells; c++)
        if (d->cells[c].is_hidden)
            keyed[a->n_hidden++] = (struct keyed){find_root(a, c), c};
    qsort(keyed, a->n_hidden, sizeof *keyed, by_key);
    for (size_t i = 0; i < a->n_hidden; i++)
        a->by_root[i] = keyed[i].item;
    for (size_t r = 0; r < d->n_relations; r++) {
        const size_t c = first_hidden(d, r);
        if (c < d->n_cells)
            keyed[a->n_linked++] = (struct keyed){find_root(a, c), r};
    }
    qsort(keyed, a->n_linked, sizeof *keyed, by_key);
    for (size_t i = 0; i < a->n_linked; i++)
        a->row_root[i] = keyed[i].item;
    free(keyed);
    return true;
}

static bool attacker_init(struct attacker *a, const struct disclosure *d, const struct disclosure_rule *rule,
                          struct err *err)
{
    *a = (struct attacker){.d = d, .rule = rule};
    a->root = vec_new(d->n_cells, sizeof *a->root, err);
    a->position = vec_new(d->n_cells, sizeof *a->position, err);
    a->columns = vec_new(d->n_cells, sizeof *a->columns, err);
    a->rows = vec_new(d->n_relations, sizeof *a->rows, err);
    a->by_root = vec_new(d->n_cells, sizeof *a->by_root, err);
    a->row_root = vec_new(d->n_relations, sizeof *a->row_root, err);
    a->possible = vec_new(d->n_cells, sizeof *a->possible, err);
    if (a->root == NULL || a->position == NULL || a->columns == NULL || a->rows == NULL ||
        a->by_root == NULL || a->row_root == NULL || a->possible == NULL)
        return false;
    for (size_t c = 0; c < d->n_cells; c++)
        a->root[c] = c;
    for (size_t r = 0; r < d->n_relations; r++) {
        const size_t one = first_hidden(d, r);
        for (size_t t = d->relations[r].first; t < d->relations[r].first + d->relations[r].n; t++)
            if (d->cells[d->terms[t].cell].is_hidden)
                a->root[find_root(a, d->terms[t].cell)] = find_root(a, one);
    }
    return sort_by_root(a, err);
}

static void attacker_free(struct attacker *a)
{
    free(a->root);
    free(a->position);
    free(a->columns);
    free(a->rows);
    free(a->by_root);
    free(a->row_root);
    free(a->possible);
}

/* First place in a sorted list whose set is not below `root`. */
static size_t first_at(struct attacker *a, const size_t *list, size_t n, size_t root, bool relations)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const size_t cell = relations ? first_hidden(a->d, list[middle]) : list[middle];
        if (find_root(a, cell) < root)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void choose_set(struct attacker *a, size_t cell)
{
    const size_t root = find_root(a, cell);
    a->n_columns = a->n_rows = 0;
    for (size_t i = first_at(a, a->by_root, a->n_hidden, root, false);
         i < a->n_hidden && find_root(a, a->by_root[i]) == root; i++) {
        a->position[a->by_root[i]] = a->n_columns;
        a->columns[a->n_columns++] = a->by_root[i];
    }
    for (size_t i = first_at(a, a->row_root, a->n_linked, root, true);
         i < a->n_linked && find_root(a, first_hidden(a->d, a->row_root[i])) == root; i++)
        a->rows[a->n_rows++] = a->row_root[i];
}

static void write_equation(const struct attacker *a, size_t i, double coefficients[], struct linear_row *row)
{
    const struct disclosure *d = a->d;
    const struct disclosure_relation *r = &d->relations[a->rows[i]];
    double shown = 0;
    for (size_t t = r->first; t < r->first + r->n; t++) {
        const size_t c = d->terms[t].cell;
        if (d->cells[c].is_hidden)
            coefficients[i * a->n_columns + a->position[c]] += d->terms[t].times;
        else
            shown += (double)(d->terms[t].times * d->cells[c].value);
    }
    *row = (struct linear_row){-shown, -shown};
}

/* Are there whole numbers that fit, with one cell at a number? What else they show possible is marked. */
static bool try_number(struct attacker *a, size_t cell, int64_t number, struct err *err)
{
    const size_t n = a->n_columns;
    struct linear_column *columns = vec_new(n, sizeof *columns, err);
    struct linear_row *rows = vec_new(a->n_rows, sizeof *rows, err);
    double *coefficients = vec_new(n * a->n_rows, sizeof *coefficients, err);
    double *values = vec_new(n, sizeof *values, err);
    enum linear_status status = LINEAR_INFEASIBLE;
    double cost = 0;
    bool ok = columns != NULL && rows != NULL && coefficients != NULL && values != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const bool held = a->columns[i] == cell;
        const double least = (double)disclosure_least(a->rule, &a->d->cells[a->columns[i]]);
        columns[i] = (struct linear_column){.low = held ? (double)number : least,
                                            .high = held ? (double)number : (double)INFINITY,
                                            .whole = n <= WHOLE_MOST};
    }
    for (size_t i = 0; ok && i < a->n_rows; i++)
        write_equation(a, i, coefficients, &rows[i]);
    const struct linear problem = {columns, n, rows, a->n_rows, coefficients};
    ok = ok && linear_solve(&problem, values, NULL, &cost, &status, err);
    for (size_t i = 0; ok && status == LINEAR_OPTIMAL && i < n; i++) {
        const long long value = llround(values[i]);
        if (fabs(values[i] - (double)value) < near_enough && value >= 0 && value <= a->rule->k)
            a->possible[a->columns[i]] |= UINT32_C(1) << value;
    }
    free(columns);
    free(rows);
    free(coefficients);
    free(values);
    return ok;
}

static bool attack_cell(struct attacker *a, size_t cell, struct err *err)
{
    const int64_t least = disclosure_least(a->rule, &a->d->cells[cell]);
    bool ok = true;
    choose_set(a, cell);
    for (int64_t v = least; ok && v <= a->rule->k; v++) {
        if (a->n_rows == 0)
            a->possible[cell] |= UINT32_C(1) << v;
        else if ((a->possible[cell] >> v & 1U) == 0)
            ok = try_number(a, cell, v, err);
    }
    return ok;
}

static bool is_attacked(const struct disclosure_rule *rule, const struct disclosure_cell *cell)
{
    return cell->is_hidden && !cell->is_exposed && cell->value >= (rule->hide_zero ? 0 : 1) &&
           cell->value <= rule->k && (cell->value > 0 || cell->kind != DISCLOSURE_UNPUBLISHED);
}

bool disclosure_attack(const struct disclosure *d, const struct disclosure_rule *rule,
                       struct disclosure_attack_result *out, struct err *err)
{
    struct attacker a;
    *out = (struct disclosure_attack_result){0};
    bug_if(rule->k < 1 || rule->k > DISCLOSURE_ATTACK_K_MOST);
    const uint32_t zero = rule->hide_zero ? 1 : 0;
    const uint32_t all = ((UINT32_C(2) << rule->k) - 2) | zero;
    bool ok = attacker_init(&a, d, rule, err);
    for (size_t c = 0; ok && c < d->n_cells; c++) {
        if (!is_attacked(rule, &d->cells[c]))
            continue;
        ok = attack_cell(&a, c, err);
        const uint32_t wanted = d->cells[c].kind == DISCLOSURE_UNPUBLISHED ? all & ~UINT32_C(1) : all;
        out->attacked++;
        if ((a.possible[c] & wanted) == wanted)
            continue;
        if (out->narrowed++ == 0)
            out->first = c;
    }
    attacker_free(&a);
    return ok;
}

bool disclosure_attack_cell(const struct disclosure *d, const struct disclosure_rule *rule, size_t cell,
                            uint32_t *possible, struct err *err)
{
    struct attacker a;
    bug_if(rule->k < 1 || rule->k > DISCLOSURE_ATTACK_K_MOST || !d->cells[cell].is_hidden);
    const bool ok = attacker_init(&a, d, rule, err) && attack_cell(&a, cell, err);
    if (ok)
        *possible = a.possible[cell];
    attacker_free(&a);
    return ok;
}
