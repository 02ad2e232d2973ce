/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/sheet_text.h: texts, names and lines as a workbook can hold them.
 *
 * Ownership: nothing is allocated but the caller's struct text. */
#ifndef TURNCURVE_RENDER_SHEET_TEXT_H
#define TURNCURVE_RENDER_SHEET_TEXT_H

#include "base/str.h"

enum {
    SHEET_TEXT_MOST = 32767, /* UTF-16 units in a cell */
    SHEET_NAME_MOST = 31,    /* of a sheet's name, likewise */
    SHEET_NAME_SIZE = 3 * SHEET_NAME_MOST + 1,
    SHEET_FOOT_MOST = 255,
};

/* Appends s as a cell holds it: bytes that are no UTF-8 and characters that XML forbids become "?", carriage
 * returns go, other control characters become blanks. What looks like an escape of the format ("_x0041_") is
 * escaped itself. Longer than SHEET_TEXT_MOST: cut, with " [cut]" at the end. */
bool sheet_text_clean(struct text *out, struct str s, struct err *err);

/* Length in UTF-16 units of a text that sheet_text_clean made, or of its longest line. */
size_t sheet_text_units(const char *text);
size_t sheet_text_longest_line(const char *text);

/* A legal name for sheet n: what is wanted without []:*?/\ and without apostrophes at its ends, at most 31
 * units, not blank ("Sheet 3"), not "History" (reserved), unlike those taken[n] whatever the case ("Costs
 * (2)"). */
void sheet_text_name(const char *wanted, const char taken[][SHEET_NAME_SIZE], size_t n,
                     char out[SHEET_NAME_SIZE]);

/* True for what may name a cell: a letter, then letters, digits and _, 3 to 64 of them, and not like an
 * address in either notation ("A1", "XFD7", "R1C1"). */
bool sheet_text_is_name(const char *name);

/* Appends the text of a foot: s at the left, the page at the right; & of the text is no command. */
bool sheet_text_foot(struct text *out, const char *s, struct err *err);

/* The first line of s of at most `width` units, broken at a blank where there is one; the rest is left in *s.
 * Line ends in s end lines. False when nothing is left. */
bool sheet_text_line(struct str *s, size_t width, struct str *line);

/* Lines that a text takes when it is wrapped at `width` units, 1 at least; a longer word takes several. */
size_t sheet_text_lines(const char *text, size_t width);

/* Appends "'Sheet name'!$B$7": row and column count from 0. */
bool sheet_text_cell(struct text *out, const char *sheet, size_t row, size_t column, struct err *err);

/* Appends a formula with the cells of a row in the places of "[3]": "[3]-[1]" in row 6 is "=D7-B7". False,
 * with err filled, for a pattern that cannot be read or a column beyond n_columns. */
bool sheet_text_formula(struct text *out, const char *pattern, size_t row, size_t n_columns, struct err *err);
/* Appends "=SUBTOTAL(109,B7:B66)": the sum of the rows that a filter shows. */
bool sheet_text_total(struct text *out, size_t column, size_t first_row, size_t last_row, struct err *err);
/* True when `uses` (of n_columns) holds for every column that a pattern names or spans ("[1]:[8]"). */
bool sheet_text_formula_columns(const char *pattern, const bool uses[], size_t n_columns);

#endif
