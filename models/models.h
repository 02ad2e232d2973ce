/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/models.h: the table of models that main gives to the application.
 *
 * Ownership: constants. */
#ifndef TURNCURVE_MODELS_MODELS_H
#define TURNCURVE_MODELS_MODELS_H

#include "sim/model.h"

#define MODEL(name) extern const struct model model_##name;
#include "models/models.def"
#undef MODEL

/* All of them, the default first, NULL at the end. */
extern const struct model *const models_all[];

#endif
