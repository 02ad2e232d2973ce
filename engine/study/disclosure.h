/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/disclosure.h: which cells of linked tables must be hidden before the tables are published.
 *
 * Ownership: a struct disclosure owns its arrays; disclosure_free releases them.
 *
 * Cells are whole numbers >= 0, linked by relations: a weighted sum of cells that is 0. Row and column
 * totals, the quarters of a year, stock = stock before + entries - exits, and tables that share a margin are
 * all relations over one set of cells. What can be found by subtraction without being published (children who
 * are not asylum-seekers, say) is an unpublished cell.
 *
 * Primary cells hold 1..k. A cell that is hidden protects nobody while its number follows from the rest: so
 * further cells are hidden until an attacker who knows every shown cell, every relation and the rule still
 * finds each of 1..k possible for every primary cell: least <= 1 and greatest >= k of the linear programme
 * (range protection: Cox 1980, JASA 75:377; Hundepool et al. 2012, ch. 4). Where zeros are always shown the
 * attacker knows that a hidden published cell is 1 or more, and that bound is used. Of a small total no part
 * is shown, not even zeros: two parts that are not zero would say that it is 2 at least.
 *
 * What an attacker is taken not to know: that cells were chosen to lose little (the choice itself could
 * tell), and what members of a group know of themselves.
 *
 * Cost: hidden cells fall apart into components, because a relation whose cells are all shown says nothing
 * about hidden ones. Programmes have the size of a component, some ten cells, however long the history. */
#ifndef TURNCURVE_STUDY_DISCLOSURE_H
#define TURNCURVE_STUDY_DISCLOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum disclosure_kind {
    DISCLOSURE_OPEN,       /* published, unless it must be hidden */
    DISCLOSURE_KNOWN,      /* an earlier publication showed it: known whatever is done now */
    DISCLOSURE_UNPUBLISHED /* never shown, but small numbers in it must not be found either */
};
enum disclosure_rank { DISCLOSURE_PART, DISCLOSURE_TOTAL, DISCLOSURE_HEADLINE };

struct disclosure_cell {
    int64_t value; /* the true number, >= 0 */
    enum disclosure_kind kind;
    enum disclosure_rank rank; /* totals are hidden where no parts do, headlines last of all */
    bool was_hidden;           /* an earlier publication hid it: it stays hidden */
    /* set by disclosure_protect */
    bool is_primary; /* small: 1..k, or all parts of a dominated total */
    bool is_blank;   /* a part of a small total: hidden even if it is 0 */
    bool is_hidden;
    bool is_exposed; /* small, and nothing that may be hidden protects it: known from earlier publications */
};
struct disclosure_term {
    size_t cell;
    int32_t times;
};
struct disclosure_relation {
    size_t first, n;   /* terms: the sum of times x cell is 0 */
    bool is_partition; /* the first term is the total of the others */
};
struct disclosure {
    struct disclosure_cell *cells;
    struct disclosure_term *terms;
    struct disclosure_relation *relations;
    size_t n_cells, n_terms, n_relations;
    size_t capacity_cells, capacity_terms, capacity_relations;
};
void disclosure_free(struct disclosure *d);
/* Adds a cell; *index is its number. */
bool disclosure_add_cell(struct disclosure *d, const struct disclosure_cell *cell, size_t *index,
                         struct err *err);
/* Adds a relation that must hold for the true values: a bug otherwise. */
bool disclosure_add_relation(struct disclosure *d, const struct disclosure_term terms[], size_t n,
                             struct err *err);
/* total = sum of parts. */
bool disclosure_add_sum(struct disclosure *d, size_t total, const size_t parts[], size_t n, struct err *err);

struct disclosure_rule {
    int64_t k;          /* counts from 1 to k are hidden, k >= 1 */
    bool hide_zero;     /* zeros, too */
    bool zeros_protect; /* zeros may be hidden to protect others, so that a hidden cell may be 0; where zeros
                           are always shown, a shown zero now and then gives a small number away */
    bool dominance; /* hide all parts of a total above k that are one part and zeros: they say something of
                       everyone */
};
/* The least number that an attacker knows a hidden cell to hold. */
int64_t disclosure_least(const struct disclosure_rule *rule, const struct disclosure_cell *cell);

struct disclosure_result {
    int64_t primary, secondary; /* cells hidden: small, and to protect them */
    int64_t exposed;            /* cells that cannot be protected any more */
    int64_t components;         /* that hidden cells fall into */
    int64_t largest;            /* cells of the largest */
};
/* Sets what is hidden in every cell.
 *
 * Method (methods: greedy, attack, exact search): (1) in each relation with one hidden cell the cheapest
 * other one is hidden, first those that serve another such relation; (2) each primary cell is attacked by two
 * linear programmes; (3) in a component with an exposed cell the greedy choice is dropped and the set of
 * least weight is sought by cutting planes: the dual of an attack names the shown cells on which it rests, at
 * least one of them must be hidden (Fischetti and Salazar 2001, Management Science 47:1008); beyond
 * SEARCH_MOST cuts the cheapest of each cut is taken; (4) cells that turn out to be hidden in vain are shown
 * again. A cell weighs its value, a total a thousand times that, a headline a million times. Zeros are never
 * hidden to protect others unless zeros are hidden anyway.
 *
 * Example: rows foster 23 3 41 8, homes 17 12 4 25, supported 30 9 22 2 with all margins: the primary cells
 * are 3, 4 and 2. Where a hidden cell may be 0 (dominance) 8, 12, 9 and 22 go with them (weight 51); where
 * zeros are always shown 8, 25, 9 and 22 (64). tests/study/test_disclosure.c checks both. */
bool disclosure_protect(struct disclosure *d, const struct disclosure_rule *rule,
                        struct disclosure_result *out, struct err *err);

/* What an attacker can say of a cell, given what is hidden now: *high may be INFINITY. Of a shown cell its
 * value twice. */
bool disclosure_range(const struct disclosure *d, const struct disclosure_rule *rule, size_t cell,
                      double *low, double *high, struct err *err);

#endif
