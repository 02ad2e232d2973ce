/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/study/hand_card.h: an authority whose returns are written row by row, as a report card sees it.
 *
 * Ownership: what is built is released by hand_card_free. Children are written as tests/returns_by_hand.h
 * says. LS1 is North, LS2 South. */
#ifndef TURNCURVE_TESTS_STUDY_HAND_CARD_H
#define TURNCURVE_TESTS_STUDY_HAND_CARD_H

#include "data/counts.h"
#include "data/outcomes.h"
#include "study/indicator.h"

struct hand_card {
    struct history history;
    struct counts counts;
    struct outcomes outcomes;
    struct indicator_source source;
    const char *years;
};

/* The returns of first to last: `years` says the same, "2021 2022 2023". */
void hand_card_begin(struct hand_card *card, const char *years);
/* A table that was filed in every year. */
void hand_card_file(struct hand_card *card, enum return_table table);
void hand_card_child(struct hand_card *card, const char *rows);
void hand_card_end(struct hand_card *card);
void hand_card_free(struct hand_card *card);

/* The figure of a measure in the window, numerator and denominator (0 for none) as given; fails the test
 * where it is another. */
void hand_card_is(const struct hand_card *card, const char *name, const char *locality, day first, day last,
                  double numerator, double denominator);
/* The same when there is none, for that reason. */
void hand_card_is_not(const struct hand_card *card, const char *name, const char *locality, day first,
                      day last, enum indicator_state state);

#endif
