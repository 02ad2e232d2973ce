/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance_lines.h: budget lines of a financial year, what the ledger says of them, and whose a group
 * is.
 *
 * Ownership: lines own their array; finance_lines_free releases it. Names are borrowed from budget and
 * ledger.
 *
 * A line of the report is a line of the budget with its set of placement groups; rows that repeat both are
 * added up. Then come lines that only the ledger has, and placement groups that no line pays for, one line
 * each.
 *
 * Postings go to the line of their name. Where a name has several sets of groups, a posting that names groups
 * goes to the line with that set, else to those whose set holds its groups; among several it is shared in
 * proportion to their budgets (equally where there are none).
 *
 * A group's children and cost are shared among the lines that pay for it: in proportion to what the ledger
 * has in closed months where it has something of every one of them, else to their budgets, else equally. A
 * line with several groups counts for each with the part of its money that the group has of their standard
 * cost. */
#ifndef TURNCURVE_STUDY_FINANCE_LINES_H
#define TURNCURVE_STUDY_FINANCE_LINES_H

#include "data/budget_file.h"
#include "data/ledger_file.h"

enum { FINANCE_MONTHS = 12 /* a year; month 0 is April */ };

struct finance_line {
    const char *line;
    placement_set groups;        /* empty: money that no placement explains */
    bool is_budgeted, is_posted; /* the budget, the ledger has it */
    pence budget, savings;
    double fte;                    /* placements bought on average; NaN: not said */
    pence actual[FINANCE_MONTHS];  /* posted */
    double share[PLACEMENT_COUNT]; /* of each group's children and cost */
};
struct finance_lines {
    struct finance_line *items;
    size_t n, capacity;
    bool has_budget, has_ledger; /* of this year */
    int32_t n_posted;            /* months from April to the last one with a posting */
    int32_t n_closed;            /* months whose ledger counts: finance_closed_months */
    bool has_gap;                /* the month after those has no posting, though later ones have */
};
void finance_lines_free(struct finance_lines *lines);

/* The months of a year from April that a ledger has closed: those up to the last with a posting, without the
 * last `lag`, and none from the first month without any posting on: what is missing is not nothing spent.
 * Postings after `until` do not count. */
int32_t finance_closed_months(const struct ledger_rows *ledger, int32_t year, day until, int32_t lag);
/* year: by the year in which it ends. until: later postings do not count (DAY_OPEN: all do). lag: months at
 * the ledger's end that are not closed yet, 0..12. standard: what each group costs in the year by the price
 * book, pence, >= 0; a group of 0 needs no line. */
bool finance_lines_make(const struct budget_rows *budget, const struct ledger_rows *ledger, int32_t year,
                        day until, int32_t lag, const double standard[PLACEMENT_COUNT],
                        struct finance_lines *out, struct err *err);
/* The sum of a line's postings in closed months. */
pence finance_line_actual(const struct finance_lines *lines, size_t i);
/* The month (0 April .. 11 March) of a day in the year; below 0 or 12 and above: outside. */
int32_t finance_month(int32_t year, day date);

#endif
