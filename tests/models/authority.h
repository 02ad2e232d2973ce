/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/models/authority.h: a plausible authority, made child by child, for the tests of models.
 *
 * Ownership: a history is released by build_free. */
#ifndef TURNCURVE_TESTS_MODELS_AUTHORITY_H
#define TURNCURVE_TESTS_MODELS_AUTHORITY_H

#include "sim/run.h"
#include "tests/build_history.h"

/* Returns of six years to 31 March 2022: about `entries` children a year enter, of all ages; a third leaves
 * within a year; they move now and then; some 8 % are unaccompanied. Only children in care on or after the
 * start of the first return are there. */
void authority_build(struct history *history, uint64_t seed, double entries);

/* Children aged 2 to 9 throughout, entering at 2 to 4, with constant daily rates whatever age or time in
 * care: exits .0011 home from foster_inhouse, moves .0008 to foster_ifa and .0005 back. Nobody can turn 18.
 */
void authority_build_young(struct history *history, uint64_t seed, int32_t n_children);

/* What a model of either kind can forecast: that history, or, for a model that takes yearly totals alone, the
 * first of 30 authorities with totals of 2012 to 2022. Released by subject_free. */
struct subject {
    struct history history;
    struct panel panel;
    struct model_input input;
};
void subject_build(struct subject *subject, const struct model *model, uint64_t seed, double entries,
                   int32_t months);
void subject_free(struct subject *subject);

/* A scenario without levers and with default parameters of a model, freed by scenario_free. */
struct scenario authority_scenario(const struct model *model);
/* Sets a parameter. */
void authority_set(struct scenario *scenario, const char *name, double value);
/* A lever that acts on everyone; the caller changes fields. */
struct lever authority_lever(const char *id, enum lever_kind kind, double effect);

#endif
