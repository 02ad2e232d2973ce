/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/effects.h: what the actions of a plan are expected to change: an effects file, row by row.
 *
 * Ownership: effects own their rows and texts; effects_free releases them. A zeroed struct effects is empty.
 *
 * A row names an action, a lever (data/codes/lever.def), whom it acts on, and three sizes: weakest, likely,
 * strongest. They are planning assumptions, not evidence. Nothing here knows a simulator: whom a row acts on
 * stays pairs of words, checked against the names that returns have. A row that cannot be used is refused
 * with a finding I-04 (I-16 when it says nothing). */
#ifndef TURNCURVE_PLAN_EFFECTS_H
#define TURNCURVE_PLAN_EFFECTS_H

#include "base/arena.h"
#include "data/findings.h"
#include "plan/filed.h"

/* The levers, in the order of sim's enum lever_kind: both are made of the same table. */
enum plan_lever {
#define LEVER(member, name, words) PLAN_LEVER_##member,
#include "data/codes/lever.def"
#undef LEVER
    PLAN_LEVER_COUNT
};
enum plan_unit {
    PLAN_UNIT_PCT,      /* per cent of the lever's flow or price */
    PLAN_UNIT_CHILDREN, /* once, over the ramp */
    PLAN_UNIT_PER_YEAR, /* children a year */
    PLAN_UNIT_PLACES,   /* capacity */
    PLAN_UNIT_COUNT
};

/* One condition of applies_to: "age" and "0-4". */
struct plan_condition {
    const char *key, *value; /* key in lower case */
};
enum { PLAN_CONDITIONS = 13 };

struct plan_effect {
    int32_t file, line;
    const char *ref; /* of the action, as filed */
    enum plan_lever lever;
    const char *applies_to; /* as filed */
    struct plan_condition conditions[PLAN_CONDITIONS];
    int32_t n_conditions; /* 0: all */
    double low, likely, high;
    enum plan_unit unit;
    const char *start;     /* reference or milestone that it starts with, as filed; "": its own action */
    double ramp_months;    /* 0: at once */
    const char *replaces;  /* reference of the action whose effects end when this one starts, "" none */
    const char *rationale; /* as filed */
    bool in_returns;       /* false: no return tells these children apart, so it is listed only */
    /* filled by plan/join */
    int32_t i_action;   /* in the plan, -1: there is none of this reference */
    int32_t i_start;    /* row of the plan whose due starts it, -1 none */
    int32_t i_replaces; /* action, -1 none */
    bool usable;        /* has an action, a start, and what it replaces */
};
struct effects {
    struct plan_effect *items; /* in the order of the file */
    size_t n, capacity;
    struct arena texts;
};
void effects_free(struct effects *effects);

const char *plan_lever_name(enum plan_lever lever); /* "entries" */
const char *plan_unit_name(enum plan_unit unit);    /* "pct" "children" "per_year" "places" */

/* Adds a row of an effects file; texts are copied. A row that cannot be used gives a finding and *usable
 * false; false only without memory or when the sink fails. Refused are: no action, an unknown lever, key,
 * name or unit, a size that is no number, sizes out of order or of two signs, more than 100 per cent or less
 * than -100, a mix without from and to, places on anything but capacity. */
bool effects_add(struct effects *effects, const struct filed_row *row, bool *usable,
                 struct findings *findings, struct err *err);
/* True when two effects act on the same thing: lever, unit and conditions, in whatever order. */
bool effects_same_place(const struct plan_effect *a, const struct plan_effect *b);

#endif
