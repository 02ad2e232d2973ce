/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/study/finance_case.h: a made-up authority of a few children, whose year can be worked out by hand.
 *
 * Ownership: a case owns everything; finance_case_free releases it.
 *
 * Prices: agency fostering 700.00 a week (100 a night), external homes 7,000.00 (1,000 a night), no uplift.
 * Children, all born 1 April 2015: one in agency fostering since 1 January 2026, one in an external home from
 * 1 November 2026 on. */
#ifndef TURNCURVE_TESTS_STUDY_FINANCE_CASE_H
#define TURNCURVE_TESTS_STUDY_FINANCE_CASE_H

#include "study/finance.h"

enum { CASE_YEAR = 2027, CASE_REPLICATES = 2 };

struct finance_case {
    struct child children[3];
    struct spell spells[3];
    struct segment segments[3];
    struct history history;
    struct price_book prices;
    struct budget_rows budget;
    struct ledger_rows ledger;
    struct finance_future future; /* nothing is simulated until it is filled in */
    struct finance_options options;
    struct finance finance;
};
/* origin: where the history is cut. */
void finance_case_init(struct finance_case *c, day origin);
void finance_case_free(struct finance_case *c);
void finance_case_budget(struct finance_case *c, const char *line, placement_set groups, pence amount,
                         double fte, pence savings);
void finance_case_post(struct finance_case *c, day date, const char *line, placement_set groups,
                       pence amount);
/* Makes the report. */
void finance_case_make(struct finance_case *c);

#endif
