/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/data/last_finding.h: a sink that counts findings and keeps the last.
 *
 * Ownership: nothing is allocated; texts of the last finding are borrowed from who made it. */
#ifndef TURNCURVE_TESTS_DATA_LAST_FINDING_H
#define TURNCURVE_TESTS_DATA_LAST_FINDING_H

#include "data/findings.h"

struct last_finding {
    struct findings base; /* first: the sink is the findings */
    struct finding last;
    int32_t n;
};

static inline bool last_finding_add(struct findings *self, const struct finding *finding, struct err *err)
{
    struct last_finding *sink = (struct last_finding *)self;
    (void)err;
    sink->last = *finding;
    sink->n++;
    return true;
}

#endif
