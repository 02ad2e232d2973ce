/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/man.h: manual pages (troff, man macros) from the command tables.
 *
 * Ownership: each function appends to a text that is the caller's; false only without memory. */
#ifndef TURNCURVE_APP_MAN_H
#define TURNCURVE_APP_MAN_H

#include "app/command.h"
#include "base/str.h"

/* turncurve(1): the program, its commands, its own options. */
bool man_program(struct text *text, const struct command *program, struct err *err);
/* turncurve-NAME(1): one command with all its options. */
bool man_command(struct text *text, const struct command *command, struct err *err);

#endif
