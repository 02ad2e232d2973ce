/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/lever_read.h, internal to sim/scenario: one lever of a scenario file.
 *
 * Ownership: texts go into the schema's arena. */
#ifndef TURNCURVE_SIM_LEVER_READ_H
#define TURNCURVE_SIM_LEVER_READ_H

#include "sim/scenario.h"
#include "sim/schema.h"

/* Reads one lever. source: where it stands, "best.yaml:14". */
bool lever_read(struct schema *schema, const struct yaml_node *node, const char *source, struct lever *out,
                struct err *err);

#endif
