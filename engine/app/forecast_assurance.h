/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_assurance.h: forecast --assurance: runs the sensitivity of a forecast and writes its pack.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_FORECAST_ASSURANCE_H
#define TURNCURVE_APP_FORECAST_ASSURANCE_H

#include "app/assurance.h"
#include "app/command.h"

/* clang-format off */
#define OPTION_ASSURANCE \
    {.name = "assurance", .type = OPTION_FLAG, \
     .words = "also write assurance.html and assumptions.csv: what the AQuA Book asks for, with the sensitivity of " \
              "every assumption; of one authority, and it takes a few times as long", \
     .group = "How to run it"}
/* clang-format on */

/* ERR_USAGE where the pack is asked for and cannot be given: of several authorities, or to be published. */
bool forecast_assurance_check(bool wanted, bool all, bool publish, struct err *err);

/* The pack of a forecast that was run by these options, with the outlook's scenarios: the main one's
 * sensitivity at the end of the first whole financial year ahead (or of a shorter forecast), with
 * ASSURANCE_RUNS futures at most. */
enum { ASSURANCE_RUNS = 200 };
bool forecast_assurance_write(struct app *app, const struct options *options, struct store *store,
                              const struct outlook *outlook, const struct model *model,
                              const struct price_book *prices, struct folder *folder, struct err *err);

#endif
