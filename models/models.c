/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of models.def makes a model known to help, scenarios, `list models` and the tests. */
#include "models/models.h"

#include <stddef.h>

const struct model *const models_all[] = {
#define MODEL(name) &model_##name,
#include "models/models.def"
#undef MODEL
    NULL,
};
