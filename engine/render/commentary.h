/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/commentary.h: what a person wrote about a period, in Markdown, as markup that a page may take in.
 *
 * Ownership: a struct commentary owns its texts; commentary_free releases them.
 *
 * Markdown is CommonMark, read by libcmark in its safe mode. The file may come from anybody, so nothing in it
 * reaches the page but paragraphs, lists, quotations, code, emphasis, headings and links to http, https and
 * mailto: raw HTML, pictures (a page asks the network for nothing) and other links are left out, the words of
 * the links stay. Headings begin at the level that the page asks for and never skip one. */
#ifndef TURNCURVE_RENDER_COMMENTARY_H
#define TURNCURVE_RENDER_COMMENTARY_H

#include "base/str.h"

/* A sheet of paper holds some 500 words; what is longer than this is no commentary. */
enum { COMMENTARY_BYTES_MOST = 65536, COMMENTARY_NESTING_MOST = 16 };

/* The blocks of render/commentary.def. */
enum commentary_part {
#define PART(member, key, headings) COMMENTARY_##member,
#include "render/commentary.def"
#undef PART
    COMMENTARY_PART_COUNT
};

struct commentary {
    struct text parts[COMMENTARY_PART_COUNT]; /* markup, empty where nothing was written */
    int32_t n_left_out;                       /* raw HTML, pictures, links */
};
void commentary_free(struct commentary *commentary);
/* The key of a block in templates. */
const char *commentary_key(enum commentary_part part);

/* Reads Markdown; `path` names it in errors, `level` is that of its topmost headings (1 to 6). ERR_DATA, with
 * the line, for text that is not UTF-8, is longer than COMMENTARY_BYTES_MOST or nested deeper than
 * COMMENTARY_NESTING_MOST. A byte order mark is skipped. Cost: linear but for text made to be slow, which the
 * limit of bytes keeps below a second. */
bool commentary_read(struct str markdown, const char *path, int32_t level, struct commentary *out,
                     struct err *err);

#endif
