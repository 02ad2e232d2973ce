/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/history_report.h: the results folder of `history` for one authority.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_HISTORY_REPORT_H
#define TURNCURVE_APP_HISTORY_REPORT_H

#include "app/command.h"
#include "app/history_inputs.h"

struct history_report {
    const char *folder;  /* the results; made, or replaced whole */
    bool as_published;   /* children as DfE counts them, too */
    int64_t findings[3]; /* in the store, by severity */
    struct store *store; /* for the manifest */
};

/* Writes tables, charts, page and manifest. */
bool history_report_write(struct app *app, const struct history_inputs *inputs,
                          const struct history_report *report, struct err *err);

#endif
