/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/numeric/close.h: comparing doubles.
 *
 * Ownership: nothing is kept. */
#ifndef TURNCURVE_TESTS_NUMERIC_CLOSE_H
#define TURNCURVE_TESTS_NUMERIC_CLOSE_H

/* Fails the test unless |has - must| <= tolerance x max(1, |must|); a NaN fails. */
void is_close(double has, double must, double tolerance);

#endif
