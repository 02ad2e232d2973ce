/* SPDX-License-Identifier: GPL-3.0-or-later
 * The twelve months behind the period's end are costed as every forecast is. */
#include "app/card_money.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/quantile.h"

static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;
enum { MONTHS_A_YEAR = 12 };

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

bool card_money_say(struct card_sheet *sheet, struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    const size_t n = (size_t)f->draws[0].replicates;
    if (sheet->locality != NULL)
        return true;
    double *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    bool ok = true;
    if (costs(&f->draws[0], values) && costs(&f->draws[f->n_scenarios - 1], values + n))
        ok = say_year(sheet, values + n, values, n, err);
    free(values);
    return ok;
}
