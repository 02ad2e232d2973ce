/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/app.h: from a command line to an exit code.
 *
 * Ownership: nothing outlives the call; words and models are borrowed. */
#ifndef TURNCURVE_APP_APP_H
#define TURNCURVE_APP_APP_H

#include "app/command.h"

/* Runs the program: finds the command, checks its options, runs it, prints an error once as
 * "turncurve: FILE:LINE:COLUMN: message", and returns the exit code (base/err.h). Results go to stdout, whose
 * write errors are found here (74; a pipe closed by its reader ends quietly). Sets umask and signal handlers.
 * models is NULL-terminated. */
int app_run(int argc, char **argv, const struct model *const *models);

/* Runs a command inside a command, as `turncurve WORD...` would, with the caller's log and output: words[0]
 * is the command, the last of n is followed by NULL. Fails as that command does. */
bool app_run_words(const struct app *app, int n, char **words, struct err *err);

/* The program itself as a command without a name: --version, --man, --completion. */
extern const struct command app_program;

#endif
