/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_dirt.h, internal to study/synth: faults put into returns on purpose, so that checks can be
 * scored.
 *
 * Ownership: changes the returns of the struct synth it is given and adds to its list of faults. */
#ifndef TURNCURVE_STUDY_SYNTH_DIRT_H
#define TURNCURVE_STUDY_SYNTH_DIRT_H

#include "study/synth.h"

/* Gives a share (options.dirt) of the rows of each table that study/synth_dirt.def knows one fault each. Rows
 * that a later return files again are left alone, because the later return would hide the fault. */
bool synth_dirt_add(struct synth *synth, struct err *err);

#endif
