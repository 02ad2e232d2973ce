/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance.h: the money of a financial year by budget line, and what later years will take.
 *
 * Ownership: a struct finance owns its lines, rows and samples; finance_free releases them.
 *
 * The outturn of a line with placements, in one simulated future:
 *
 *     what the ledger has in closed months
 *     + factor x its share of the cost of the months that are not closed: known children at the price book,
 *       then simulated ones
 *
 * where the line is not in the ledger, every month is of the second kind. The factor is the ledger's
 * (study/ledger_fit.h), drawn anew in each future. A line that no placement explains goes on as budgeted, or,
 * without a budget, as it has been so far. Expected outturns are means over futures, so that lines add up;
 * pennies go by largest remainder. Variance is outturn less budget: positive is an overspend. */
#ifndef TURNCURVE_STUDY_FINANCE_H
#define TURNCURVE_STUDY_FINANCE_H

#include "numeric/interval.h"
#include "study/finance_future.h"
#include "study/finance_known.h"
#include "study/ledger_fit.h"
#include "study/pvm.h"

struct finance_row {
    bool is_placement;        /* placements explain it */
    pence budget, profile;    /* of the year; of the days up to `to_date` */
    pence actual, posted;     /* of closed months; of all months with postings */
    pence committed, outturn; /* outturn: mean over futures */
    pence p10, p50, p90;      /* of the outturn */
    pence variance;           /* outturn - budget; 0 without a budget in the year */
    struct pvm_split split;   /* of the variance */
    int64_t nights0, nights1; /* bought by the budget; expected in the year */
    double fte0, fte1;        /* the same as placements on average */
    pence weekly0, weekly1;   /* average price of a week; 0 without nights */
    double children_now;      /* in placement at the end of the origin */
    bool has_full_year;
    pence full_year_now;           /* children of the origin for the whole next year, less the outturn */
    pence full_year_end;           /* children expected at the year's end likewise */
    double chance;                 /* of an overspend; NaN without a budget */
    double chance_error;           /* Monte Carlo standard error */
    struct interval chance_limits; /* 95 % limits, Wilson's */
    pence expected_over;           /* mean of what is over the budget, 0 where nothing is */
    pence over_p90;                /* p90 less budget, at least 0 */
    struct ledger_fit fit;
    pence modelled; /* what closed months would have cost by the price book */
    int64_t closed_nights;
    pence savings, savings_due; /* planned for the year; by `to_date` */
    pence saved;          /* budget before savings to date less actual; the total: of lines with savings */
    pence saving_outturn; /* budget before savings less outturn; 0 without savings */
    pence saving_at_risk; /* what of the plan the outturn leaves out, 0 to savings */
    double saving_chance; /* of keeping to the budget, savings included; NaN without savings. The total:
                           * that lines with savings together keep to theirs */
};

struct finance_options {
    int32_t year;  /* by the year in which it ends */
    day origin;    /* last day that is known of children: a month's end */
    day until;     /* later postings do not count */
    int32_t lag;   /* months at the ledger's end that are not closed yet */
    int32_t years; /* of the medium term, >= 1 */
    uint64_t seed;
    struct ledger_prior prior;
};

struct finance {
    struct finance_options options;
    struct finance_lines lines;
    struct finance_known known;
    struct finance_row *rows; /* lines.n, then the total */
    day to_date;              /* what "to date" means: the end of closed months, else the origin; DAY_NONE */
    double *factors;          /* [lines.n][replicates] */
    int32_t replicates;
    double *total;                           /* [replicates] outturns, pence */
    pence (*budget_months)[FINANCE_MONTHS];  /* [lines.n + 1] by days of the month */
    pence (*outturn_months)[FINANCE_MONTHS]; /* actual where closed, else expected */
    bool closed_are_known; /* children of closed months are known; else they are simulated */
};

/* history: as known at the origin. future: of the scenario that the report is about. */
bool finance_make(const struct budget_rows *budget, const struct ledger_rows *ledger,
                  const struct history *history, const struct price_book *prices,
                  const struct finance_future *future, const struct finance_options *options,
                  struct finance *out, struct err *err);
void finance_free(struct finance *finance);

/* A year of a scenario: money and nights of all lines. */
struct finance_year {
    double mean, p10, p90; /* pence */
    double nights;
};
/* Year 0 is the report's, 1 the next .. The future is that of any scenario which shares the luck of the
 * report's. work: room for 2 numbers a replicate. */
struct finance_year finance_year(const struct finance *finance, const struct finance_future *future,
                                 int32_t y, double work[]);

/* The price of a week in a group now as the report uses it, pence: of the children there, times the factors
 * of the lines that pay for it; 0 when nobody is there. */
double finance_weekly(const struct finance *finance, enum placement_group group);

#endif
