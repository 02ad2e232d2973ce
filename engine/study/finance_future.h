/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance_future.h: a scenario's simulated nights and money by financial year, group by group.
 *
 * Ownership: a future owns its arrays; finance_future_free releases them.
 *
 * Of the report's year only the months after the origin are here; what was known is study/finance_known.h. */
#ifndef TURNCURVE_STUDY_FINANCE_FUTURE_H
#define TURNCURVE_STUDY_FINANCE_FUTURE_H

#include "sim/draws.h"
#include "study/finance_lines.h"

struct finance_future {
    int32_t replicates;
    int32_t n_years; /* the report's year and later ones that are simulated whole */
    double *closed;  /* [PLACEMENT_COUNT][replicates] pence in forecast months that the ledger has closed */
    double *rest;    /* [PLACEMENT_COUNT][replicates] pence in the other forecast months of the year */
    double *later;   /* [n_years - 1][PLACEMENT_COUNT][replicates] pence */
    double nights[FINANCE_MONTHS][PLACEMENT_COUNT];  /* means by month of the year, 0 where known */
    double monthly[FINANCE_MONTHS][PLACEMENT_COUNT]; /* pence likewise */
    double *later_nights;                            /* [n_years - 1][PLACEMENT_COUNT] means */
    double end_children[PLACEMENT_COUNT];            /* mean at the year's end; 0 where it is known */
    bool has_end;                                    /* the year's end is forecast */
};
/* draws: of a scenario with costs, months after the origin; n_closed: months of the year from April that the
 * ledger has closed; years: at most so many, the report's year the first. ERR_DATA when the model gives no
 * costs by placement, or the draws end before the year does. */
bool finance_future_make(const struct draws *draws, int32_t year, day origin, int32_t n_closed, int32_t years,
                         struct finance_future *out, struct err *err);
void finance_future_free(struct finance_future *future);

#endif
