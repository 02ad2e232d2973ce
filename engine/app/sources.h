/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/sources.h: the tables that query and export know: views of the database, results in a folder, and the
 * dictionary that describes them.
 *
 * Ownership: descriptions are constants; a filled table is the caller's, freed by table_free. */
#ifndef TURNCURVE_APP_SOURCES_H
#define TURNCURVE_APP_SOURCES_H

#include "app/command.h"
#include "base/table.h"

enum source_kind { SOURCE_VIEW, SOURCE_RESULT, SOURCE_DICTIONARY };

struct source {
    const char *name; /* "placements", "forecast" */
    const char *words;
    const char *from; /* "database", "forecast" (the command that writes it), "program" */
    enum source_kind kind;
    size_t index; /* of the view, of the output */
};
/* The i-th table, views first; false when there are no more. */
bool source_at(size_t i, struct source *out);
/* The table of a name; ERR_USAGE with the nearest name when there is none. */
bool source_find(const char *name, struct source *out, struct err *err);
/* The names of its columns: up to `most` into names, which live in the arena; returns how many there are. */
size_t source_columns(const struct source *source, const char *names[], size_t most, struct arena *arena,
                      struct err *err);
/* Adds a row for each of its columns: column, type, words. */
bool source_describe(const struct source *source, struct table *out, struct err *err);
/* Its rows, by the options --la, --results and --show-children. */
bool source_fill(const struct app *app, const struct options *options, const struct source *source,
                 struct table *out, struct err *err);
/* table, from, columns, words: every table. */
bool sources_list(struct table *out, struct err *err);

/* Says on stderr, once, that a table that was asked for with --show-children names children. */
void sources_warn(struct app *app, const struct options *options, bool of_children);
/* True when a row belongs to one child. */
bool source_of_children(const struct source *source);

/* For the option tables of query and export. */
#define OPTION_RESULTS                                                                                       \
    {                                                                                                        \
        .name = "results", .argument = "DIR", .type = OPTION_PATH, .fallback = "out",                        \
        .words = "folder with the results of other commands"                                                 \
    }
#define OPTION_SHOW_CHILDREN                                                                                 \
    {                                                                                                        \
        .name = "show-children", .type = OPTION_FLAG,                                                        \
        .words =                                                                                             \
            "identifiers, dates of birth and postcodes as they are stored, to find children in the case "    \
            "system; keep what comes out safe"                                                               \
    }
#define OPTION_LIST_TABLES                                                                                   \
    {                                                                                                        \
        .name = "list", .type = OPTION_FLAG, .words = "list the tables there are"                            \
    }

#endif
