/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/draws.h: what every replicate of a scenario gave, kept until it is summed up.
 *
 * Ownership: draws own their rows; draws_free releases them. The series are borrowed from the fitted model.
 *
 * A series of a replicate is kept in 8, 16 or 32 bits a count, as its largest needs. The counts are the
 * model's own; where intervals are calibrated, `ratios` holds final over raw stock,
 * replicate by replicate and month by month, and final values are made on the way out: stocks in thousandths
 * of a child, nights whole, parts summing to `all` exactly by largest remainder. Flows keep their own values.
 */
#ifndef TURNCURVE_SIM_DRAWS_H
#define TURNCURVE_SIM_DRAWS_H

#include "base/money.h"
#include "sim/result.h"

struct draws {
    const struct result_series *series;
    size_t n_series;
    int32_t months, replicates;
    uint8_t **rows;    /* [replicates]: the series' counts, one after another, bytes as they come */
    uint16_t **starts; /* [replicates][n_series + 1] where each begins, in rows of months bytes */
    double *ratios;    /* [replicates][months]; NULL: raw */
    pence *costs;      /* [replicates][PLACEMENT_COUNT][months]; NULL: none */
};

/* Room for the rows of all replicates; the rows come with draws_put. */
bool draws_make(const struct result_series series[], size_t n_series, int32_t months, int32_t replicates,
                struct draws *out, struct err *err);
void draws_free(struct draws *draws);
/* Keeps a replicate's counts, n_series x months, each >= 0. Threads may put different replicates at once. */
bool draws_put(struct draws *draws, int32_t replicate, const int32_t values[], struct err *err);
/* The raw counts of one series of a replicate, months of them. */
void draws_raw(const struct draws *draws, int32_t replicate, size_t series, int32_t out[]);
/* The index of a series; n_series when the model gives no such series. */
size_t draws_find(const struct draws *draws, enum measure measure, struct group group);

/* What a final count of a measure is in units of: 1000 for calibrated stocks, else 1. */
int32_t draws_unit(const struct draws *draws, enum measure measure);
/* Final counts of n neighbouring series of one measure and kind of group, [n][months], from series `first`
 * on. When the kind is a partition they sum to the final count of `all`. work has room for n + 1 rows of
 * months. */
void draws_final(const struct draws *draws, int32_t replicate, size_t first, size_t n, int32_t out[],
                 int32_t work[]);
/* True for kinds of group whose members add up to `all`. */
bool draws_is_partition(enum group_kind kind);

/* The final value of a series in every replicate: a stock at the end of month `to`, anything else summed over
 * the months from .. to. Children, nights or (cost of MEASURE_COST series) pence; out has room for all
 * replicates. */
void draws_values(const struct draws *draws, enum measure measure, struct group group, int32_t from,
                  int32_t to, double out[]);

#endif
