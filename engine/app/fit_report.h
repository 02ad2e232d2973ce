/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/fit_report.h: the results folder of `fit` for one authority: tables, charts, the model card, manifest.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_FIT_REPORT_H
#define TURNCURVE_APP_FIT_REPORT_H

#include "app/command.h"
#include "app/outlook.h"

struct fit_report {
    const char *folder;            /* the results; made, or replaced whole */
    const char *reports;           /* templates and chart scripts before the built-in ones, NULL none */
    const struct outlook *outlook; /* the authority, with its cautions */
    const struct model *model;
    const struct scenario *scenario; /* whose parameters were fitted with */
    const struct learned *learned;
    struct store *store; /* for the manifest */
    bool short_breaks;
    double started; /* seconds on the clock of `fit_seconds` */
};
/* A clock that only runs. */
double fit_seconds(void);
/* Writes rates.csv, diagnostics.csv, levels.csv, facts.csv, charts, index.html and manifest.json. */
bool fit_report_write(struct app *app, const struct fit_report *report, struct err *err);

#endif
