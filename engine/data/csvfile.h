/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/csvfile.h: one CSV file, read record by record in bounded memory.
 *
 * Ownership: csvfile_close frees a file. The fields of a record are borrowed from it until the next
 * csvfile_next.
 *
 * Takes what people really have: with or without byte-order mark, UTF-8, Windows-1252 or UTF-16 (converted,
 * F-02), lines that end in LF, CR LF or CR, fields separated by commas, semicolons or tabs (told from the
 * first line, F-11), quoted or not, no last newline. Blank lines, and lines of separators only, are no rows.
 * Memory is one block of 64 KiB and one record, whatever the file holds. */
#ifndef TURNCURVE_DATA_CSVFILE_H
#define TURNCURVE_DATA_CSVFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "data/findings.h"

struct csvfile;

/* One record after the header. */
struct csv_record {
    int32_t line;    /* 1-based physical line on which it begins */
    int32_t n_lines; /* physical lines it spans; a refused record: the rows it stands for */
    size_t n_found;  /* fields in the file */
    size_t n_fields; /* always the header's number: missing fields are empty, blank surplus is dropped */
    const struct str *fields; /* trimmed when unquoted; UTF-8 */
    bool plain;               /* no control character and nothing beyond ASCII in it */
    enum outcome outcome;     /* KEPT, or REPAIRED when blank surplus fields were dropped (F-05) */
};

enum csv_next {
    CSVFILE_ROW,
    CSVFILE_REFUSED_ROW,  /* a finding says why (F-05, F-06, F-17); the record has its line and n_lines */
    CSVFILE_REFUSED_FILE, /* NUL bytes (F-03): what was read from the file before must be taken back */
    CSVFILE_END,
    CSVFILE_FAILED /* err is filled: the system refused, or no memory */
};

/* Opens a file and reads its first line. Findings about the file go to the sink (may be NULL) under file_key.
 * A file without any line opens too: its header has no fields. NULL with err filled: ERR_NO_INPUT when it is
 * not there or is a folder, ERR_IO when it cannot be read, ERR_MEMORY. */
struct csvfile *csvfile_open(const char *path, struct findings *findings, int32_t file_key, struct err *err);
/* The same over bytes in memory, which must outlive the file. The name is for messages. */
struct csvfile *csvfile_open_memory(const char *name, struct str bytes, struct findings *findings,
                                    int32_t file_key, struct err *err);
/* What later findings are filed under: the store gives a file its key only once the table is known. */
void csvfile_set_findings(struct csvfile *file, struct findings *findings, int32_t file_key,
                          const char *table);
/* The first line's fields, as in the file; borrowed until the file is closed. line is 0 when there is none.
 */
const struct csv_record *csvfile_header(const struct csvfile *file);
/* The separator: ',' ';' or '\t'. */
char csvfile_separator(const struct csvfile *file);
/* True when the file begins with '<': XML, not CSV. The header then holds the name of the root element only.
 */
bool csvfile_is_xml(const struct csvfile *file);
/* What lies ahead in memory, at most a block: for a look at rows before they are read. */
struct str csvfile_ahead(const struct csvfile *file);
/* The next record. */
enum csv_next csvfile_next(struct csvfile *file, struct csv_record *out, struct err *err);
/* Harmless on NULL. */
void csvfile_close(struct csvfile *file);

#endif
