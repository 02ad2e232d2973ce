/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_words.h: what a report card says of its curve, by rule.
 *
 * Ownership: everything is borrowed; sentences go into the caller's buffer, which holds CARD_WORDS bytes. */
#ifndef TURNCURVE_APP_CARD_WORDS_H
#define TURNCURVE_APP_CARD_WORDS_H

#include "app/card_forecast.h"

enum { CARD_WORDS = 640 };

/* "Yes", "No"; "Too early to say", or "Not clear yet" where there was time enough; "Cannot be said" of
 * doubtful returns. */
const char *card_words_answer(const struct card_forecast *forecast);
/* "Is the curve turning? Yes: below the baseline is very likely (93 %)". */
void card_words_title(const struct card_forecast *forecast, char out[CARD_WORDS]);
/* How many there are, how many were expected, and how often that comes by chance. */
void card_words_turned(const struct card_forecast *forecast, char out[CARD_WORDS]);
/* Where numbers lead with the plan and without. "" when the model gives no such numbers. */
void card_words_ahead(const struct card_forecast *forecast, char out[CARD_WORDS]);
/* The day on which the baseline was frozen; "none". */
void card_words_baseline(const struct card_forecast *forecast, char out[CARD_WORDS]);

#endif
