/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/disclosure_parts.h: internal to disclosure: components of hidden cells, and attacks on them.
 *
 * Ownership: a struct disclosure_work owns its arrays and borrows the tables; disclosure_work_free releases
 * it. */
#ifndef TURNCURVE_STUDY_DISCLOSURE_PARTS_H
#define TURNCURVE_STUDY_DISCLOSURE_PARTS_H

#include "study/disclosure.h"

/* The component that was gathered last: hidden cells, and the relations that any of them is in. */
struct disclosure_work {
    struct disclosure *d;
    const struct disclosure_rule *rule;
    size_t *first_use, *uses; /* relations of each cell: uses[first_use[c]] .. uses[first_use[c + 1]] */
    size_t *cells, n_cells;
    size_t *relations, n_relations;
    size_t *place; /* of a cell in cells */
    uint32_t *cell_stamp, *relation_stamp, stamp;
    double *pull; /* of each cell in the last certificate, for those in `touched` */
    /* witnesses: the least and greatest number of each cell in solutions found since the last
     * disclosure_forget, and whether its component was spread */
    double *seen_low, *seen_high;
    uint32_t *seen_epoch, *spread_epoch, epoch;
    size_t *touched, n_touched;
};
bool disclosure_work_init(struct disclosure_work *work, struct disclosure *d,
                          const struct disclosure_rule *rule, struct err *err);
void disclosure_work_free(struct disclosure_work *work);
/* Gathers the component of a hidden cell. */
void disclosure_gather(struct disclosure_work *work, size_t cell);
/* The least (direction 1) or greatest (-1) value of a hidden cell of the component gathered last; *bounded
 * false: there is none. The certificate, which shown cells the bound rests on, is left in touched and pull.
 */
bool disclosure_bound(struct disclosure_work *work, size_t cell, int direction, double *bound, bool *bounded,
                      struct err *err);
/* Solutions found so far are void: to be called when a hidden cell was shown. They hold when more is hidden.
 */
void disclosure_forget(struct disclosure_work *work);
/* True in *safe when the attack leaves 1..k possible for a cell, whose component must be gathered; else
 * certificates has the direction that failed. */
bool disclosure_is_safe(struct disclosure_work *work, size_t cell, bool *safe, struct err *err);
/* Must the attack leave all of 1..k possible for the cell? */
bool disclosure_needs_protection(const struct disclosure_rule *rule, const struct disclosure_cell *cell);
/* May it be hidden to protect another? */
bool disclosure_may_hide(const struct disclosure_rule *rule, const struct disclosure_cell *cell);
double disclosure_weight(const struct disclosure_cell *cell);

/* Finds the set of least weight that protects the component of a cell. */
bool disclosure_search(struct disclosure_work *work, size_t cell, struct err *err);

#endif
