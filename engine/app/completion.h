/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/completion.h: shell completion from the command tables.
 *
 * Ownership: appends to a text that is the caller's. */
#ifndef TURNCURVE_APP_COMPLETION_H
#define TURNCURVE_APP_COMPLETION_H

#include "app/command.h"
#include "base/str.h"

/* The completion script of a shell, "bash" or "zsh": commands, each command's options, files after options
 * and arguments that want one. ERR_USAGE for another shell. */
bool completion_write(struct text *text, const char *shell, const struct command *program, struct err *err);

#endif
