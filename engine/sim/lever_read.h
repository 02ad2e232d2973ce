/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/lever_read.h, internal to sim/scenario: one lever of a scenario file, and the placement names that
 * prices and capacity share.
 *
 * Ownership: texts go into the schema's arena. */
#ifndef TURNCURVE_SIM_LEVER_READ_H
#define TURNCURVE_SIM_LEVER_READ_H

#include "sim/scenario.h"
#include "sim/schema.h"

/* Reads one lever. source: where it stands, "best.yaml:14". Times in care and in placement are written
 * `0-60d`, or `548d+` without an upper end; ages `10-17`, a band's name or several touching ones. */
bool lever_read(struct schema *schema, const struct yaml_node *node, const char *source, struct lever *out,
                struct err *err);
/* A placement group's name. */
bool lever_read_placement(const struct schema *schema, const struct yaml_node *node,
                          enum placement_group *out, struct err *err);

#endif
