/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/where_read.h, internal to sim/scenario: whom a lever acts on.
 *
 * Ownership: texts go into the schema's arena. */
#ifndef TURNCURVE_SIM_WHERE_READ_H
#define TURNCURVE_SIM_WHERE_READ_H

#include "sim/scenario.h"
#include "sim/schema.h"

/* Reads the mapping `where` of a lever; node NULL: none was written, so everybody. Times in care and in
 * placement are written `0-60d`, or `548d+` without an upper end; ages `10-17`, a band's name or several
 * touching ones. */
bool where_read(struct schema *schema, const struct yaml_node *node, struct where *out, struct err *err);
/* A placement group's name. */
bool where_read_placement(const struct schema *schema, const struct yaml_node *node,
                          enum placement_group *out, struct err *err);

#endif
