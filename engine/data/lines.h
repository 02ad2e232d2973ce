/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/lines.h: the physical lines of a file, as UTF-8, numbered, in bounded memory.
 *
 * Ownership: lines_close releases what lines_open took. A line is borrowed until the next one is asked for.
 *
 * Lines end in LF, CR LF or CR, mixed as they come. A byte-order mark is skipped; UTF-16 is converted when a
 * mark says so; a line that is no UTF-8 is taken as Windows-1252 and converted. */
#ifndef TURNCURVE_DATA_LINES_H
#define TURNCURVE_DATA_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "data/encoding.h"

enum { LINES_BLOCK = 65536 };

struct lines {
    char name[256]; /* as the user wrote it, for messages */
    int fd;         /* -1 when the bytes are in memory */
    struct str memory;
    size_t memory_used;
    enum encoding mark;
    struct encoding_utf16 utf16;
    bool at_end;             /* the file has no more bytes */
    bool was_1252;           /* some line so far was converted from Windows-1252 */
    bool zeros_look_like_16; /* NUL bytes stand where UTF-16 without a mark would have them */
    struct encoding_look look;
    int32_t number; /* of the next line, from 1 */
    size_t start, end;
    char *buffer;
    struct text converted;
};

enum lines_next {
    LINES_LINE,
    LINES_PART, /* a line longer than the block: a piece of it, more follows */
    LINES_END,
    LINES_NUL, /* the text holds NUL bytes: no text file */
    LINES_FAILED
};
struct line {
    struct str text; /* without its end */
    struct str raw;  /* with it */
    bool plain;      /* neither control characters nor bytes beyond ASCII */
};

/* Opens a file, or bytes in memory when path is NULL. Failure as csvfile_open. */
bool lines_open(struct lines *lines, const char *path, struct str memory, const char *name, struct err *err);
enum lines_next lines_next(struct lines *lines, struct line *out, struct err *err);
/* What is in the block and not yet given out: to look at the beginning of a file. */
struct str lines_ahead(const struct lines *lines);
/* Harmless on a zeroed struct whose fd is -1. */
void lines_close(struct lines *lines);

#endif
