/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_places.h: how many children a placement group can take, month by month.
 *
 * Ownership: what is made lives in the plan; carepath_places_free releases it.
 *
 * Places that can be used are places x the usable share of the scenario's capacity line, plus what levers on
 * capacity bring (places, or a factor), times the same share. A group without a line takes everybody. */
#ifndef TURNCURVE_MODELS_CAREPATH_PLACES_H
#define TURNCURVE_MODELS_CAREPATH_PLACES_H

#include "models/carepath_plan.h"

/* Reads the scenario's capacity lines and levers. ERR_USAGE for a lever on the places of groups without a
 * line, or one that counts places a year in a way that cannot be: its ramp says how fast they come. */
bool carepath_places_make(struct carepath_plan *plan, struct err *err);
/* Shares of the levers on places in force: places[growths][months]; of places a year, years of it. */
void carepath_places_force(const struct carepath_plan *plan, const day starts[], double places[]);
void carepath_places_free(struct carepath_plan *plan);
/* This replicate's places. */
void carepath_places_draw(struct carepath_room *room);

#endif
