/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/options.h: a command line checked against a command's table.
 *
 * Ownership: struct options borrows argv and the command; options_free releases the rest. The accessors are
 * in app/command.h.
 *
 * getopt_long is driven by the table; options and arguments may be mixed, "--" ends the options, the last of
 * several values counts unless the option is repeatable. A command may redefine a common option by its name.
 */
#ifndef TURNCURVE_APP_OPTIONS_H
#define TURNCURVE_APP_OPTIONS_H

#include "app/command.h"

/* An option as it was given. */
struct option_given {
    const struct option_spec *spec;
    const char *text; /* NULL for a flag */
};

struct options {
    const struct command *command;
    struct option_given *given;
    size_t n_given, given_capacity;
    const char **arguments;
    size_t n_arguments, arguments_capacity;
    char out[64]; /* the default output folder */
};

/* The options that every command takes. */
extern const struct option_spec options_common[];
extern const size_t n_options_common;

/* The number of options of a command, its own and the common ones that it does not redefine, and the i-th:
 * own first. */
size_t options_n_specs(const struct command *command);
const struct option_spec *options_spec(const struct command *command, size_t i);
/* The option of a name; NULL when the command has none. */
const struct option_spec *options_find(const struct command *command, const char *name);

/* True when text is a value that the option takes: type and range. Otherwise ERR_USAGE that names the option,
 * what it wants and what it got. */
bool options_check_value(const struct option_spec *spec, const char *text, struct err *err);

/* Reads argv[1..argc) (argv[0] is ignored) into options, which must be zeroed; with first_only it stops
 * before the first argument that is no option, and *next is its index (argc: there is none). ERR_USAGE: an
 * unknown option (with the nearest known one), a missing, unwanted or wrong value. Changes getopt's global
 * state: one call at a time. */
bool options_read(struct options *options, const struct command *command, int argc, char **argv,
                  bool first_only, int *next, struct err *err);
/* ERR_USAGE when there are fewer or more arguments than the command takes. */
bool options_check_arguments(const struct options *options, struct err *err);
void options_free(struct options *options);

#endif
