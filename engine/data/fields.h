/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/fields.h: the fields of one record of separated text.
 *
 * Ownership: fields_free releases what a struct fields holds. The fields are borrowed from it, or from the
 * line that was cut, until the next record.
 *
 * A line without quotation marks is cut where it lies (fields_cut). A record with some goes to libcsv piece
 * by piece (fields_begin, fields_feed, fields_end). Both give the same fields for the same text; a test
 * compares them. */
#ifndef TURNCURVE_DATA_FIELDS_H
#define TURNCURVE_DATA_FIELDS_H

#include <csv.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum {
    FIELDS_LONGEST = 65536, /* bytes of a field */
    FIELDS_MOST = 4096      /* a file with more columns is none of ours */
};

struct fields {
    char separator;
    size_t room;         /* fields that are kept, at most FIELDS_MOST; more are counted only */
    struct str *at;      /* n_kept of them */
    size_t n_kept;       /* min(n_found, room) */
    size_t n_found;      /* in the record */
    bool any_filled;     /* not all are blank */
    bool surplus_filled; /* one beyond room is not blank */
    bool too_long;       /* one is longer than FIELDS_LONGEST */
    /* what libcsv needs between two pieces */
    struct csv_parser parser;
    bool parser_ready, row_done, no_memory;
    struct text texts;
    size_t *ends; /* of the kept fields in texts */
    size_t at_capacity, ends_capacity;
};

enum fields_state {
    FIELDS_MORE,   /* the record goes on */
    FIELDS_DONE,   /* it is complete */
    FIELDS_BROKEN, /* a quotation mark within a field, or text after a closing one, or none that closes */
    FIELDS_NO_MEMORY
};

/* Makes room for a record of n fields. */
bool fields_set_room(struct fields *fields, size_t n, struct err *err);
/* Cuts a whole line without quotation marks; needs no memory. */
void fields_cut(struct fields *fields, struct str line);
void fields_begin(struct fields *fields);
/* Takes the next piece of the record, up to and with a line end when there is one. After FIELDS_BROKEN and
 * FIELDS_NO_MEMORY the next record begins afresh. */
enum fields_state fields_feed(struct fields *fields, struct str piece);
/* The file ends here. */
enum fields_state fields_end(struct fields *fields);
/* Forgets a record half read. */
void fields_forget(struct fields *fields);
void fields_free(struct fields *fields);

#endif
