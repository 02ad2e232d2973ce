/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/mix.h: shares of placement groups on a date, and what must go where for them.
 *
 * Ownership: a struct mix_answer is a plain value but for its draws, released by draws_free.
 *
 * Nobody is moved before a placement ends: mix levers send new and ending placements of groups with too many
 * children to those with too few. What the wishes leave over falls on the groups of mix_movable that they do
 * not name, in proportion to their shares: kin, parents, adoption, supported and secure places are no
 * commissioner's choice unless they are named. The levers' sizes are found by trials that share their luck:
 * what each group gave up and gained is scaled to what it should (iterative proportional fitting), until
 * every share is within a tenth of a per cent, or nothing gets nearer. */
#ifndef TURNCURVE_STUDY_MIX_H
#define TURNCURVE_STUDY_MIX_H

#include "sim/run.h"

/* Bits of the groups that a commissioner can choose between: fostering but for kin, and children's homes. */
extern const uint32_t mix_movable;

struct mix_answer {
    double base[PLACEMENT_COUNT];                  /* per cent of all children, mean, without the levers */
    double wanted[PLACEMENT_COUNT];                /* NaN: neither named nor movable */
    double share[PLACEMENT_COUNT];                 /* with them */
    double sent[PLACEMENT_COUNT][PLACEMENT_COUNT]; /* of what would go `from`, the share that goes `to` */
    bool is_reached;
    int32_t trials;
    struct draws draws; /* of the last trial, with costs */
};

/* Reads "foster_inhouse=45%,res_external=7%" into per cent by group, NaN where none is given. ERR_USAGE. */
bool mix_read(const char *text, double shares[PLACEMENT_COUNT], struct err *err);
/* The mean of each group's stock at the end of a month, as per cent of the mean of all; work has room for a
 * number a replicate. */
void mix_shares(const struct draws *draws, int32_t month, double shares[PLACEMENT_COUNT], double work[]);
/* Seeks the levers. base: draws of the scenario itself. ERR_USAGE when wishes leave nothing for, or need more
 * than, the groups that can give. On failure the answer has no draws. */
bool mix_seek(struct run *run, const struct scenario *scenario, const struct draws *base,
              const struct price_book *prices, int32_t month, const double wishes[PLACEMENT_COUNT],
              struct mix_answer *out, struct err *err);
/* The levers of an answer, ids "mix-FROM-TO" in texts; levers has room for PLACEMENT_COUNT^2. */
bool mix_levers(const struct mix_answer *answer, struct arena *texts, struct lever levers[], size_t *n,
                struct err *err);

#endif
