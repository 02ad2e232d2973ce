/* SPDX-License-Identifier: GPL-3.0-or-later
 * With a budget the line is that of the budget report; without one, twelve months at the prices stored. */
#include "app/card_money.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/card_words.h"
#include "app/chance.h"
#include "base/vec.h"
#include "numeric/quantile.h"
#include "store/council.h"
#include "study/finance.h"

static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;
enum { MONTHS_A_YEAR = 12, LEDGER_LAG = 1 /* as finance has it by default */ };

/* Pounds of twelve months in every future of a scenario; false when the model gives no costs. */
static bool costs(const struct draws *draws, double out[])
{
    if (draws->costs == NULL)
        return false;
    draws_values(draws, MEASURE_COST, all, 0, MONTHS_A_YEAR - 1, out);
    for (int32_t r = 0; r < draws->replicates; r++)
        out[r] /= pence_a_pound;
    return true;
}

static bool add(struct card_sheet *sheet, const char *sentence)
{
    if (sentence != NULL)
        sheet->money[sheet->n_money++] = sentence;
    return sentence != NULL;
}

static bool say_year(struct card_sheet *sheet, double with[], const double without[], size_t n,
                     struct err *err)
{
    char low[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char saved[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    double saving = 0;
    const struct card_forecast *f = sheet->forecast;
    for (size_t r = 0; r < n; r++)
        saving += (without[r] - with[r]) / (double)n;
    gsl_sort(with, 1, n);
    outlook_pounds(quantile_sorted(with, n, .1), low);
    outlook_pounds(quantile_sorted(with, n, .5), middle);
    outlook_pounds(quantile_sorted(with, n, .9), high);
    outlook_pounds(fabs(saving), saved);
    outlook_month_words(date_month_end(f->outlook.origin, MONTHS_A_YEAR), when);
    const char *less = saving < 0 ? "more" : "less";
    const char *sentence =
        f->n_scenarios < 2
            ? arena_format(&sheet->texts, err,
                           "Placements: %s in the 12 months to %s (8 in 10: %s to %s), at the prices stored",
                           middle, when, low, high)
            : arena_format(
                  &sheet->texts, err,
                  "Placements: %s in the 12 months to %s (8 in 10: %s to %s), %s %s than without the plan",
                  middle, when, low, high, saved, less);
    return add(sheet, sentence);
}

/* ---- against the budget ------------------------------------------------------------------------------ */

static bool has_budget(const struct budget_rows *budget, int32_t year)
{
    for (size_t i = 0; i < budget->n; i++)
        if (budget->items[i].year == year)
            return true;
    return false;
}

static const char *signed_pounds(pence amount, char out[OUTLOOK_NUMBER + 4])
{
    char size[OUTLOOK_NUMBER];
    outlook_pounds(fabs((double)amount / pence_a_pound), size);
    (void)snprintf(out, OUTLOOK_NUMBER + 4, "%s%s", amount < 0 ? "\xE2\x88\x92" : "+", size);
    return out;
}

static bool say_budget(struct card_sheet *sheet, const struct finance *finance, struct err *err)
{
    char budget[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char year[DATE_TEXT];
    char parts[3][OUTLOOK_NUMBER + 4];
    char chance[CHANCE_WORDS];
    const struct finance_row *total = &finance->rows[finance->lines.n];
    outlook_pounds((double)total->budget / pence_a_pound, budget);
    outlook_pounds((double)total->p50 / pence_a_pound, middle);
    outlook_pounds((double)total->p10 / pence_a_pound, low);
    outlook_pounds((double)total->p90 / pence_a_pound, high);
    date_format_financial_year(finance->options.year, year);
    chance_say(total->chance, chance);
    return add(sheet, arena_format(&sheet->texts, err,
                                   "%s in %s (8 in 10: %s to %s) against a budget of %s: an overspend is %s",
                                   middle, year, low, high, budget, chance)) &&
           add(sheet, arena_format(&sheet->texts, err, "Of the variance volume is %s, mix %s, price %s",
                                   signed_pounds(total->split.volume, parts[0]),
                                   signed_pounds(total->split.mix, parts[1]),
                                   signed_pounds(total->split.price, parts[2])));
}

/* The report of `turncurve finance` as it would have been on the period's last day. */
static bool run_finance(struct card_sheet *sheet, const struct budget_rows *budget,
                        const struct ledger_rows *ledger, int32_t year, struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    const struct finance_options options = {.year = year,
                                            .origin = f->outlook.origin,
                                            .until = f->outlook.origin,
                                            .lag = LEDGER_LAG,
                                            .years = 1,
                                            .seed = (uint64_t)sheet->setting->seed,
                                            .prior = ledger_prior_default};
    struct finance_future future = {0};
    struct finance finance = {0};
    const int32_t closed = finance_closed_months(ledger, year, options.until, options.lag);
    bool ok = finance_future_make(&f->draws[f->n_scenarios - 1], year, options.origin, closed, options.years,
                                  &future, err);
    if (ok) {
        ok = finance_make(budget, ledger, f->known.input.history, sheet->setting->prices, &future, &options,
                          &finance, err) &&
             say_budget(sheet, &finance, err);
        finance_free(&finance);
        finance_future_free(&future);
    }
    return ok;
}

/* Says the budget of the year that the period lies in; at its end, where that has none, of the next. *said is
 * false when neither has one. */
static bool say_finance(struct card_sheet *sheet, bool *said, struct err *err)
{
    struct budget_rows budget = {0};
    struct ledger_rows ledger = {0};
    const int32_t la = sheet->setting->authority->la;
    int32_t year = date_financial_year(sheet->period.last);
    bool ok = store_load_budget(sheet->setting->store, la, &budget, err) &&
              store_load_ledger(sheet->setting->store, la, &ledger, err);
    if (ok && !has_budget(&budget, year))
        year = date_financial_year(sheet->period.last + 1);
    *said = ok && has_budget(&budget, year);
    ok = ok && (!*said || run_finance(sheet, &budget, &ledger, year, err));
    budget_rows_free(&budget);
    ledger_rows_free(&ledger);
    return ok;
}

bool card_money_say(struct card_sheet *sheet, struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    const size_t n = (size_t)f->draws[0].replicates;
    bool said = false;
    if (sheet->locality != NULL)
        return true;
    if (!say_finance(sheet, &said, err))
        return false;
    double *values = said ? NULL : vec_new(2 * n, sizeof *values, err);
    if (said || values == NULL)
        return said;
    bool ok = true;
    if (costs(&f->draws[0], values) && costs(&f->draws[f->n_scenarios - 1], values + n))
        ok = say_year(sheet, values + n, values, n, err);
    free(values);
    return ok;
}
