/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/command.h: a command is a row of a table: its words, its options, its function.
 *
 * Ownership: command tables are constants; a struct options borrows argv and lives as long as the run.
 *
 * One table per command drives parsing (getopt_long), checking, --help, man pages, completion and the
 * manifest. Every command also takes the common options -d/--database, --json, --quiet, --la, --out, --help.
 */
#ifndef TURNCURVE_APP_COMMAND_H
#define TURNCURVE_APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"
#include "base/err.h"
#include "base/log.h"

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_INTEGER, OPTION_REAL, OPTION_DATE, OPTION_PATH };

struct option_spec {
    const char *name;     /* long name without dashes */
    char letter;          /* short form, 0 when none */
    const char *argument; /* word shown in help, "FILE"; NULL for a flag */
    enum option_type type;
    const char *fallback; /* default as text, NULL when none; checked like a given value */
    double low, high;     /* range of numbers, low == high: none */
    bool repeatable;
    const char *words; /* what it does, with units */
    const char *group; /* heading in --help, "Data"; NULL: "Options". Options of a group stand together */
};

struct options; /* parsed (app/options.h); accessors below */

/* What a command runs with. */
struct app {
    struct log log;       /* messages and progress to stderr; log.stop is set on Ctrl-C */
    FILE *out;            /* results */
    const char *database; /* path, "turncurve.db" by default */
    bool json;
    const char *command_line;          /* as typed, for the manifest */
    const struct model *const *models; /* the model table that main gave, NULL-terminated */
};

struct command {
    const char *name;
    const char *one_line;  /* in the list of commands */
    const char *arguments; /* usage after the options: "FILE|DIR..." or "" */
    size_t least_arguments, most_arguments;
    const char *about;    /* paragraphs for --help and the man page */
    const char *examples; /* one a line: command line, two spaces, #, words */
    const char *files;    /* what it writes */
    const struct option_spec *options;
    size_t n_options;
    bool (*run)(struct app *app, const struct options *options, struct err *err);
};
/* The commands, in the order of --help; one line each in app/commands.def: COMMAND(import) is the constant
 * `const struct command command_import` of app/cmd_import.c, declared below. */
extern const struct command *const commands[];
extern const size_t n_commands;
#define COMMAND(name) extern const struct command command_##name;
#include "app/commands.def"
#undef COMMAND

/* Accessors: name must be in the command's table or common (a bug otherwise). Values are already checked. */
bool options_has(const struct options *options, const char *name); /* given on the command line */
const char *options_text(const struct options *options,
                         const char *name); /* last value or default; NULL: none */
int64_t options_integer(const struct options *options, const char *name);
double options_real(const struct options *options, const char *name);
day options_date(const struct options *options, const char *name);     /* DAY_NONE: none */
size_t options_count(const struct options *options, const char *name); /* times given */
const char *options_text_at(const struct options *options, const char *name, size_t i);
size_t options_n_arguments(const struct options *options);
const char *options_argument(const struct options *options, size_t i);
/* The output folder: --out or "out/COMMAND". */
const char *options_out(const struct options *options);

#endif
