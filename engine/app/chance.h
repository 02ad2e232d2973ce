/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/chance.h: a chance in words and in per cent, the same on every page.
 *
 * A chance is a share of simulated futures, in [0, 1]: none is ever sure, so the ends are "over 99 %" and
 * "under 1 %". The words are those of domain.md 6.3; "likely" alone is the name of a stance on a plan and
 * never used.
 *
 * Ownership: words are constants; sentences go into the caller's buffer. */
#ifndef TURNCURVE_APP_CHANCE_H
#define TURNCURVE_APP_CHANCE_H

enum { CHANCE_WORDS = 64, CHANCE_SCALE = 192 };

/* "very likely" and its like. */
const char *chance_words(double chance);
/* "93 %", "over 99 %", "under 1 %"; not a number: "". */
void chance_per_cent(double chance, char out[CHANCE_WORDS]);
/* "very likely (93 %)"; not a number: "". */
void chance_say(double chance, char out[CHANCE_WORDS]);
/* "Very unlikely: under 20 %. Less likely than not: 20 to 45 %. ..": which word stands for which chance. */
void chance_scale(char out[CHANCE_SCALE]);

#endif
