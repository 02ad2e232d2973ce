/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/schema.h, internal to sim/scenario: reading a YAML mapping by a table of its keys, every scalar
 * strictly.
 *
 * Ownership: texts go into the arena of the struct schema; everything else is borrowed. */
#ifndef TURNCURVE_SIM_SCHEMA_H
#define TURNCURVE_SIM_SCHEMA_H

#include "base/date.h"
#include "sim/yaml_tree.h"

struct schema {
    const char *file; /* for messages */
    struct arena *texts;
};

struct schema_key {
    const char *name;
    bool required;
    /* Reads the key's value into the target that schema_read was given. */
    bool (*read)(struct schema *schema, const struct yaml_node *value, void *target, struct err *err);
};

/* Reads a mapping. what names it in messages ("a lever"). Fails at the first key that is not in the table
 * (naming the nearest), at a required key that is missing, or as a reader fails. */
bool schema_read(struct schema *schema, const struct yaml_node *map, const char *what,
                 const struct schema_key keys[], size_t n_keys, void *target, struct err *err);

/* Fills err with ERR_USAGE and the node's place. Always returns false. */
bool schema_fail(const struct schema *schema, const struct yaml_node *node, struct err *err,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));
/* As schema_fail for a name that is none of n known ones, naming the nearest. what: "placement". */
bool schema_unknown(const struct schema *schema, const struct yaml_node *node, const char *what,
                    const char *const known[], size_t n, struct err *err);

/* The index of a scalar in a list of names. */
bool schema_name(const struct schema *schema, const struct yaml_node *node, const char *what,
                 const char *const known[], size_t n, size_t *out, struct err *err);
/* A scalar as text that is kept. */
bool schema_text(struct schema *schema, const struct yaml_node *node, const char **out, struct err *err);
/* A number within a range. */
bool schema_number(const struct schema *schema, const struct yaml_node *node, double low, double high,
                   double *out, struct err *err);
/* A percentage with its sign, "35%" -> 35, within a range. */
bool schema_percent(const struct schema *schema, const struct yaml_node *node, double low, double high,
                    double *out, struct err *err);
/* An ISO date, "2012-09-30". */
bool schema_date(const struct schema *schema, const struct yaml_node *node, day *out, struct err *err);
/* Fails unless the node is a scalar. */
bool schema_is_scalar(const struct schema *schema, const struct yaml_node *node, struct err *err);
/* The name of known[n] with the fewest edits (at most 3), NULL when none is near. */
const char *schema_nearest(struct str name, const char *const known[], size_t n);

#endif
