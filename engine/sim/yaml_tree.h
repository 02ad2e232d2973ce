/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/yaml_tree.h: a YAML file as a tree in which every node knows its line and column.
 *
 * Ownership: nodes and texts live in the arena that the caller gives.
 *
 * Only what a person needs to write down assumptions is accepted: mappings, lists and scalars, all scalars
 * kept as text. Aliases, anchors, tags, repeated keys, keys that are no scalars, empty values (nothing, ~,
 * null), a second document, and an empty document are errors that say so. */
#ifndef TURNCURVE_SIM_YAML_TREE_H
#define TURNCURVE_SIM_YAML_TREE_H

#include "base/arena.h"
#include "base/str.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    int32_t line, column;    /* 1-based */
    struct str text;         /* of a scalar, trimmed */
    struct yaml_node *next;  /* the next item of a list, the next key of a map */
    struct yaml_node *first; /* a list: its first item; a map: its first key */
    struct yaml_node *value; /* of a key (a YAML_TEXT node within a map) */
};

/* Reads a document. file is used in messages only; line and column of errors count from 1. Fails with
 * ERR_USAGE (the text is not such YAML, or deeper than 8 levels, or over 1 MiB) or ERR_MEMORY. */
bool yaml_tree_read(struct str document, const char *file, struct arena *arena, struct yaml_node **root,
                    struct err *err);

#endif
