/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/escape.h: text from files made safe for pages and pictures.
 *
 * Ownership: everything is borrowed; results are appended to the caller's text. */
#ifndef TURNCURVE_RENDER_ESCAPE_H
#define TURNCURVE_RENDER_ESCAPE_H

#include "base/str.h"

/* Appends s for XML and HTML, in element or quoted attribute: & < > " ' become references, control characters
 * but tab and line feed become blanks, and in text that is not UTF-8 every byte above 127 becomes a question
 * mark. "93 %" and a sign before pounds are kept on one line (a no-break space; U+2060 after the sign). */
bool escape_markup(struct text *out, struct str s, struct err *err);
/* Appends s as one field of a gnuplot data file with tabs between fields: control characters become blanks, a
 * double quote (which gnuplot would take for the beginning of a quoted field) a typographic one, a backslash
 * (which it would take for an escape) a slash; not UTF-8 as above. */
bool escape_plot_field(struct text *out, struct str s, struct err *err);

#endif
