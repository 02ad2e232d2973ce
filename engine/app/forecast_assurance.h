/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_assurance.h: forecast --assurance: runs the sensitivity of a forecast and writes its pack.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_FORECAST_ASSURANCE_H
#define TURNCURVE_APP_FORECAST_ASSURANCE_H

#include "app/assurance.h"
#include "app/command.h"

/* ask: what the forecast was made of; the rest is filled by forecast's options. The main scenario's
 * sensitivity at the end of the first whole financial year ahead (or of a shorter forecast), with
 * ASSURANCE_RUNS futures at most. */
enum { ASSURANCE_RUNS = 200 };
bool forecast_assurance_write(struct assurance *ask, struct app *app, const struct options *options,
                              struct folder *folder, struct err *err);

#endif
