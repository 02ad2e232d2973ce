/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_levers.h: a scenario's levers as multipliers of rates, cell by cell.
 *
 * Ownership: what is made lives in the plan; carepath_levers_free releases it.
 *
 * Percentages multiply: (1 + e1 s1)(1 + e2 s2), floor 0, in the order of the levers' ids. A number of
 * children (a year, or in all over the ramp) is turned into a factor by the flow it is part of, counted in
 * pilot replicates without levers; added entries are children of their own. Legal status changes on a child's
 * way, so a condition on it acts on the share of the cell's days that had it. */
#ifndef TURNCURVE_MODELS_CAREPATH_LEVERS_H
#define TURNCURVE_MODELS_CAREPATH_LEVERS_H

#include "models/carepath_plan.h"

/* Whether a lever does something in this model: of its kinds, and not nothing whatever is drawn. */
bool carepath_lever_is_applied(const struct lever *lever);
/* Fills the lever part of a plan: levers, classes, profiles, weights, places, and what is in force. Needs
 * bands and stages. */
bool carepath_levers_make(struct carepath_plan *plan, struct err *err);
void carepath_levers_free(struct carepath_plan *plan);
/* What is in force month by month when the levers of the scenario start on these days. */
void carepath_force_fill(const struct carepath_plan *plan, const day starts[], struct carepath_force *force);
/* The class of a child by need and locality (-1: none). */
int carepath_class(const struct carepath_plan *plan, int need, int locality);
/* Whether a lever's conditions on age, unaccompanied children, placement and both times hold in a cell; group
 * -1: no placement yet. */
bool carepath_lever_has_cell(const struct carepath_plan *plan, const struct where *where, int stage,
                             int group, int tic, int tip);
/* The share of a cell's days under a legal status that a lever asks for. */
double carepath_legal_share(const struct carepath_plan *plan, uint32_t legals, int kind, int group, int tic);
/* Pilot: an event in a cell, counted for every lever whose conditions it meets. group: left (or entered, for
 * entries); to: of a change, else -1; route: of an exit. */
void carepath_pilot_count(struct carepath_room *room, enum lever_kind kind, int class_, int stage, int group,
                          int tic, int tip, int route, int to, int32_t month);

#endif
