/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/ask.h, internal to sim/run: whether a model can do what it is asked.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_SIM_ASK_H
#define TURNCURVE_SIM_ASK_H

#include "base/log.h"
#include "sim/run.h"

/* ERR_NO_INPUT when the model cannot work from what there is, ERR_USAGE for options out of range. */
bool ask_input(const struct model *model, const struct model_input *input, const struct run_options *options,
               struct err *err);
/* Every lever must be one that the model, or the engine itself (price, outcome), can apply, else ERR_USAGE
 * with the lever's place. Limits on places that the model does not know are warned of and left out. */
bool ask_levers(const struct model *model, const struct scenario *scenario, struct log *log, struct err *err);
/* Warns of levers whose conditions no child in the history meets: a name or an age that was meant otherwise.
 */
void ask_matches(const struct model_input *input, const struct scenario *scenario, struct log *log);
/* True when a scenario's levers or places change the model's numbers of children. */
bool ask_changes(const struct model *model, const struct scenario *scenario);

#endif
