/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/help.h: what the program says about itself on the screen, from the command tables.
 *
 * Ownership: each function appends to a text that is the caller's; false only without memory. */
#ifndef TURNCURVE_APP_HELP_H
#define TURNCURVE_APP_HELP_H

#include "app/command.h"
#include "base/str.h"

#define HELP_VERSION "0.1.0"

/* The short guide of `turncurve` alone: three commands to begin with, and where to read more. */
bool help_guide(struct text *text, struct err *err);
/* `turncurve --help`: usage, the commands with a line each, the options of the program itself. */
bool help_program(struct text *text, const struct command *program, struct err *err);
/* `turncurve COMMAND --help`: one line, usage, about, options by group with range and default, examples,
 * files, exit codes. */
bool help_command(struct text *text, const struct command *command, struct err *err);
/* `turncurve --version`: name, version, licence, versions of the libraries. */
bool help_version(struct text *text, struct err *err);

/* What an option says about its values: its words, then range and default in brackets. */
bool help_option_words(struct text *text, const struct option_spec *spec, struct err *err);
/* Words filled into lines of at most 80 columns; lines after the first begin with `indent` blanks, the first
 * one is taken to stand at `column` already. Line breaks in the words stay. Ends with a line break. */
bool help_wrap(struct text *text, const char *words, size_t column, size_t indent, struct err *err);
/* The exit codes, one a line: "  64  the command line is wrong". */
const char *help_exit_codes(void);

#endif
