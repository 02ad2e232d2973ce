/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/svg.h: gnuplot's SVG made fit for a page.
 *
 * Ownership: everything is borrowed; the result is appended to the caller's text. */
#ifndef TURNCURVE_RENDER_SVG_H
#define TURNCURVE_RENDER_SVG_H

#include "base/str.h"

/* Appends the picture with role="img", <title> and <desc> of our own (gnuplot's say "Gnuplot" and its
 * version), no <title> on parts (they would be read aloud), ids that begin with `name` (letters, digits, -
 * and _; two pictures may stand in one page), and a list of fonts that ends in sans-serif. Fails with ERR_IO
 * when the picture is not whole: not ending in </svg>. */
bool svg_finish(struct str picture, const char *name, const char *title, const char *description,
                struct text *out, struct err *err);

#endif
