/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/import_parts.h: what the parts of an import share; no header for others.
 *
 * Ownership: an import owns its list of files; texts live in its arena. */
#ifndef TURNCURVE_STORE_IMPORT_PARTS_H
#define TURNCURVE_STORE_IMPORT_PARTS_H

#include "base/arena.h"
#include "data/sniff.h"
#include "store/db.h"
#include "store/digest.h"
#include "store/findings_sink.h"
#include "store/import.h"
#include "store/pseudonym.h"
#include "store/return_year.h"

enum import_status {
    IMPORT_NEW,
    IMPORT_REPLACES, /* took the place of an earlier file of its table and year */
    IMPORT_SAME,     /* the same was stored before */
    IMPORT_REDATED,  /* a plan that was stored before, now with another date */
    IMPORT_REFUSED   /* the file as a whole cannot be used */
};

struct import_file {
    const char *path, *folder; /* as the user wrote them */
    bool named;                /* on the command line itself, not found in a folder */
    struct sniffed sniffed;
    char sha256[DIGEST_TEXT];
    int32_t key; /* of the stored file; of the earlier one when IMPORT_SAME; 0 none */
    int32_t la;  /* whose budget, ledger or measures these are; 0 for other kinds */
    enum import_status status;
    int64_t n_read, n_refused, n_repaired;
    char reason[512]; /* why it is refused */
};

struct import {
    struct store *store;
    const struct import_options *options;
    struct log *log;
    struct import_file *files; /* in the order of paths */
    size_t n_files, capacity;
    struct arena texts;
    int32_t la;     /* of returns; 0 until one is met */
    int32_t *plans; /* keys of those that came with a new version */
    size_t n_plans, plans_capacity;
    struct pseudonyms pseudonyms;
    bool has_pseudonyms;
    int32_t folder_offset; /* of folders dated by their episodes: year minus the year in the name */
    bool offset_known;
};

/* Lists what is at a path: itself, or the CSV files below it in the order of their names. */
bool import_walk(struct import *import, const char *path, struct err *err);

/* A file that is open for reading, with its findings. */
struct import_reading {
    struct import_file *file;
    struct findings_sink sink;
    struct csvfile *csv;
};
/* Stores that a file is being read, opens and recognises it. A file that cannot be used gets its status and
 * reason. */
bool import_begin(struct import *import, struct import_file *file, struct import_reading *reading,
                  struct err *err);
/* Writes its findings and counts, and closes it. */
bool import_end(struct import *import, struct import_reading *reading, struct err *err);
/* Closes it after a failure; harmless when it is closed. */
void import_abandon(struct import_reading *reading);
/* Forgets a file that turned out to be stored already. */
bool import_forget(struct import *import, int32_t key, struct err *err);
/* True (with err filled) when the person asked to stop; looks once in a while. */
bool import_stopped(const struct import *import, const struct import_file *file, struct err *err);

/* Reads the rows of a table of a return; counts the dates of episodes. */
bool import_table_rows(struct import *import, struct import_reading *reading, struct return_dates *dates,
                       struct err *err);
/* Drops the rows of a file again. */
bool import_drop_rows(struct import *import, enum return_table table, int32_t key, struct err *err);
/* Reads the tables of one return; name is that of their folder, or of a file when years share a folder. */
bool import_return(struct import *import, struct import_file *const files[], size_t n, const char *name,
                   struct err *err);

/* Looks whether the same bytes are stored; if so the file is closed, forgotten, and has the earlier one's
 * key. */
bool import_find_same(struct import *import, struct import_reading *reading, bool *same, struct err *err);
/* What it says then: closes and forgets a file that is stored under another key. */
bool import_was_stored(struct import *import, struct import_reading *reading, int32_t stored,
                       struct err *err);
/* Recognising may have read rows to tell two layouts apart, so a file is opened again before they are read.
 */
bool import_open_again(struct import_reading *reading, struct err *err);
/* Takes one row; *outcome is that of reading it, and may be made worse. */
typedef bool import_take(struct import *import, struct import_reading *reading, const struct csv_record *row,
                         void *context, enum outcome *outcome, struct err *err);
/* Gives every row of a file to `take` and counts them. */
bool import_rows(struct import *import, struct import_reading *reading, import_take *take, void *context,
                 struct err *err);

/* Reads a published file, population, prices or localities. */
bool import_input(struct import *import, struct import_file *file, struct err *err);
/* Reads a plan, effects or targets. */
bool import_plan(struct import *import, struct import_file *file, struct err *err);
/* Reads a budget, a ledger or measures. */
bool import_council(struct import *import, struct import_file *file, struct err *err);

#endif
