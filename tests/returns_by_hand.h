/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/returns_by_hand.h: the rows of one child over several returns, written as text.
 *
 * Ownership: a fixture owns everything; fixture_free releases it. Out of memory, or a row that is no row of
 * its table, stops the test program.
 *
 * One row a line, "YEAR TABLE: FIELD,FIELD,..": the return year, the table's short name (h header, e
 * episodes, u uasc, r reviews, 2 oc2, 3 oc3, a ad1, p placed_adoption, m missing, s sw_episodes, d dolo) and
 * the fields after CHILD in official order; missing fields at the end are blank. Dates are DD/MM/YYYY; what
 * is no date is kept as the text of a bad value, as the parser does. Example:
 *
 *     "2022 h: 1,20/05/2010,WBRI\n"
 *     "2022 e: 01/05/2021,S,C2,N1,U6,PR1,01/09/2021,E4A\n" */
#ifndef TURNCURVE_TESTS_RETURNS_BY_HAND_H
#define TURNCURVE_TESTS_RETURNS_BY_HAND_H

#include "base/arena.h"
#include "data/stack.h"

enum { FIXTURE_YEARS = 12, FIXTURE_FINDINGS = 4000 };

struct found {
    enum rule rule;
    enum outcome outcome;
    int32_t line; /* of the fixture text, from 1 */
    char value[32], repair[32];
};

struct fixture {
    struct findings sink; /* first: the sink is the fixture */
    struct arena arena;
    struct stack_context context;
    struct homes homes; /* of the rows */
    int32_t years[FIXTURE_YEARS];
    struct child_rows rows;
    struct clean_child clean;
    struct found found[FIXTURE_FINDINGS];
    size_t n_found;
};

/* Reads the rows. years: the returns there are, "2021 2022"; NULL: those of the rows. */
void fixture_init(struct fixture *fixture, const char *years, const char *rows);
/* Reads the rows and cleans the child. */
void fixture_stack(struct fixture *fixture, const char *years, const char *rows);
void fixture_free(struct fixture *fixture);
/* How often a rule was reported. */
size_t fixture_count(const struct fixture *fixture, enum rule rule);
/* The clean episodes in one line: "2021-05-01..2021-09-01 S C2 foster_inhouse home | ..", "open" for an open
 * end, a route only where care ends, "lost" when S-05 closed it. */
const char *fixture_episodes(struct fixture *fixture);
/* "kept repaired refused superseded short_break" rows of the episodes table. */
const char *fixture_outcomes(struct fixture *fixture);
/* The records in order of their lines: the outcome of a line's row. */
const struct record *fixture_record(const struct fixture *fixture, int32_t line);

#endif
