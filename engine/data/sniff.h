/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/sniff.h: which table is this file?
 *
 * Ownership: nothing is allocated; a struct sniffed is a plain value.
 *
 * A file is known by the set of its column names, never by its own name or their order; case, surrounding
 * blanks and columns beyond those of the table do not matter. The kinds and their columns are
 * data/codes/file_kind.def; the tables of the return are data/codes/column.def. */
#ifndef TURNCURVE_DATA_SNIFF_H
#define TURNCURVE_DATA_SNIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "data/csvfile.h"
#include "data/file_kind.h"
#include "data/findings.h"

enum { SNIFF_COLUMNS = 64 };

/* Where the columns of a table are in a file. */
struct column_map {
    int32_t n;                     /* columns of the table */
    int16_t source[SNIFF_COLUMNS]; /* index of the file's field, -1 when the file lacks the column; in the
                                      order of column.def, file_column.def or sfr_column.def */
};

struct sniffed {
    enum file_kind kind;
    enum return_table table; /* FILE_RETURN */
    struct column_map map;
    int32_t year; /* year that the file's column names or its own name speak of, 0 none */
};

/* Recognises an open file by its header and fills *out; reads rows only where two published files have the
 * same columns (starts and ceased), so the caller opens the file again to read it.
 *
 * name   the file's path, for the year that published files of the 2010s carry only there ("2012__SFR..")
 * as     the kind or table that the user says it is ("episodes", "panel"), NULL: find out
 *
 * True with a usable kind, also when columns are missing that can be read as blank (F-08, finding) or names
 * differ in case or order (F-09). True with FILE_XML or FILE_UNKNOWN when the file must be refused; a finding
 * F-07, F-08 or F-10 in the file's sink says why. False with err filled: `as` names no kind (ERR_USAGE, with
 * the nearest), or the file cannot be read. */
bool sniff_file(struct csvfile *file, const char *name, const char *as, struct sniffed *out,
                struct findings *findings, int32_t file_key, struct err *err);

#endif
