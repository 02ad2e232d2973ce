/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every line's outturn is worked out in every future; all else is read off these samples and their means. */
#include "study/finance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "numeric/stream.h"
#include "study/finance_value.h"

enum { NIGHTS_A_WEEK = 7 };
static const double sevenths = 7;

void finance_free(struct finance *finance)
{
    finance_lines_free(&finance->lines);
    free(finance->rows);
    free(finance->factors);
    free(finance->total);
    free(finance->budget_months);
    free(finance->outturn_months);
    *finance = (struct finance){0};
}

/* Working memory of one report. */
struct making {
    const struct finance_future *future;
    const struct price_book *prices;
    double *values; /* [lines.n][replicates] outturns, pence */
    double *work;   /* [2][replicates] */
    double *means;  /* [lines.n] */
    pence *parts;   /* [lines.n] */
};

/* ---- the ledger's factor ------------------------------------------------------------------------------ */

static double sd_of(const double values[], int32_t n)
{
    const double mean = finance_mean(values, n);
    double sum = 0;
    for (int32_t r = 0; r < n; r++)
        sum += (values[r] - mean) * (values[r] - mean);
    return n > 1 ? sqrt(sum / (n - 1)) : 0;
}

/* What the closed months of a line would have cost by the price book, and its nights then. */
static double modelled_closed(const struct finance *finance, const struct making *making, size_t i,
                              double *sd, double *nights)
{
    const struct finance_line *line = &finance->lines.items[i];
    const struct finance_future *future = making->future;
    double known = 0;
    *nights = 0;
    memset(making->work, 0, (size_t)finance->replicates * sizeof *making->work);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        if (!(line->share[g] > 0))
            continue;
        known += line->share[g] * finance_known_cost(&finance->known, g, 0, finance->lines.n_closed);
        for (int32_t m = 0; m < finance->lines.n_closed; m++)
            *nights += line->share[g] * ((double)finance->known.nights[g][m] + future->nights[m][g]);
        for (int32_t r = 0; r < finance->replicates; r++)
            making->work[r] +=
                line->share[g] * future->closed[(size_t)g * (size_t)finance->replicates + (size_t)r];
    }
    *sd = sd_of(making->work, finance->replicates);
    return known + finance_mean(making->work, finance->replicates);
}

static void fit_line(struct finance *finance, const struct making *making, size_t i)
{
    const struct finance_line *line = &finance->lines.items[i];
    struct finance_row *row = &finance->rows[i];
    const int32_t closed = finance_closed_of(finance, i);
    double sd = 0, nights = 0, modelled = 0;
    if (row->is_placement && closed > 0)
        modelled = modelled_closed(finance, making, i, &sd, &nights);
    row->modelled = finance_pence(modelled);
    row->closed_nights = (int64_t)floor(nights + .5);
    row->fit = ledger_fit_make((double)finance_line_actual(&finance->lines, i), modelled, closed,
                               modelled > 0 ? sd / modelled : 0, &finance->options.prior);
    if (line->groups == 0)
        row->fit = (struct ledger_fit){.use = LEDGER_NONE, .log_ratio = NAN};
    for (int32_t r = 0; r < finance->replicates; r++) {
        struct stream stream =
            stream_make(finance->options.seed, PURPOSE_LEDGER, (uint32_t)r, (uint32_t)i, 0);
        finance->factors[i * (size_t)finance->replicates + (size_t)r] =
            exp(row->fit.mean + row->fit.sd * stream_normal(&stream));
    }
}

/* ---- rows --------------------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantiles, chance and size of an overspend from outturns; work: [replicates]. */
static void summarise(struct finance_row *row, const double values[], int32_t n, bool has_budget,
                      double work[])
{
    double over = 0;
    int64_t n_over = 0;
    const double budget = (double)row->budget;
    memcpy(work, values, (size_t)n * sizeof *work);
    qsort(work, (size_t)n, sizeof *work, compare);
    row->p10 = finance_pence(quantile_sorted(work, (size_t)n, .1));
    row->p50 = finance_pence(quantile_sorted(work, (size_t)n, .5));
    row->p90 = finance_pence(quantile_sorted(work, (size_t)n, .9));
    row->chance = row->chance_error = NAN;
    if (!has_budget)
        return;
    for (int32_t r = 0; r < n; r++) {
        n_over += values[r] > budget;
        over += fmax(0, values[r] - budget);
    }
    row->chance = (double)n_over / n;
    row->chance_error = sqrt(row->chance * (1 - row->chance) / n);
    row->chance_limits = interval_share(n_over, n);
    row->expected_over = finance_pence(over / n);
    row->over_p90 = row->p90 > row->budget ? row->p90 - row->budget : 0;
}

/* The share of futures in which lines with savings together keep to their budgets: of line i, or of all of
 * them when i is their number. NaN without such a line. */
static double saving_chance(const struct finance *finance, const struct making *making, size_t i)
{
    const size_t n = finance->lines.n;
    int64_t kept = 0;
    if (finance->rows[i].savings <= 0)
        return NAN;
    for (int32_t r = 0; r < finance->replicates; r++) {
        double over = 0;
        for (size_t k = 0; k < n; k++)
            if (finance->rows[k].savings > 0 && (i == n || k == i))
                over += making->values[k * (size_t)finance->replicates + (size_t)r] -
                        (double)finance->rows[k].budget;
        kept += over <= 0;
    }
    return (double)kept / finance->replicates;
}

/* Nights of a line in the year, and their cost by the price book. */
static double year_nights(const struct finance *finance, const struct finance_future *future, size_t i,
                          double *cost)
{
    const struct finance_line *line = &finance->lines.items[i];
    double nights = 0;
    *cost = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
            nights += line->share[g] * ((double)finance->known.nights[g][m] + future->nights[m][g]);
            *cost +=
                line->share[g] * ((double)finance->known.sevenths[g][m] / sevenths + future->monthly[m][g]);
        }
    return nights;
}

/* The price book's week for a line: of the nights expected, else of its first group on 1 April. */
static double standard_weekly(const struct finance *finance, const struct making *making, size_t i)
{
    double cost = 0;
    const double nights = year_nights(finance, making->future, i, &cost);
    if (nights > 0)
        return cost / nights * NIGHTS_A_WEEK;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (placement_set_has(finance->lines.items[i].groups, (enum placement_group)g))
            return (double)price_book_weekly(making->prices, (enum placement_group)g, "",
                                             date_year_end(finance->options.year - 1) + 1);
    return 0;
}

static void set_volume(struct finance *finance, const struct making *making, size_t i)
{
    const struct finance_line *line = &finance->lines.items[i];
    struct finance_row *row = &finance->rows[i];
    const double days = finance_days(finance->options.year);
    const double weekly = standard_weekly(finance, making, i);
    double cost = 0;
    row->nights1 = (int64_t)floor(year_nights(finance, making->future, i, &cost) + .5);
    if (!isnan(line->fte))
        row->nights0 = (int64_t)floor(line->fte * days + .5);
    else if (weekly > 0 && row->budget > 0)
        row->nights0 = (int64_t)floor((double)row->budget / weekly * NIGHTS_A_WEEK + .5);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        row->children_now += line->share[g] * (double)finance->known.children[g];
}

static void set_commitments(struct finance *finance, const struct making *making, size_t i)
{
    const struct finance_line *line = &finance->lines.items[i];
    const struct finance_future *future = making->future;
    const struct finance_known *known = &finance->known;
    struct finance_row *row = &finance->rows[i];
    const day next = date_year_end(finance->options.year) + 1;
    const double nights = finance_days(finance->options.year + 1);
    double committed = 0, now = 0, end = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const double children = (double)known->children[g];
        const double price =
            children > 0 ? (double)known->next_weekly[g] / children
                         : (double)price_book_weekly(making->prices, (enum placement_group)g, "", next);
        committed += line->share[g] * known->committed[g];
        now += line->share[g] * (double)known->next_weekly[g];
        end += line->share[g] * price * (future->has_end ? future->end_children[g] : children);
    }
    const double factor = finance_factor(finance, i);
    row->committed = finance_pence(committed * factor);
    row->has_full_year = finance->options.origin <= date_year_end(finance->options.year);
    row->full_year_now = finance_pence(now * factor * nights / NIGHTS_A_WEEK);
    row->full_year_end = finance_pence(end * factor * nights / NIGHTS_A_WEEK);
}

static void set_savings(const struct finance *finance, struct finance_row *row, bool is_posted)
{
    const int32_t year = finance->options.year;
    row->savings_due =
        finance->to_date == DAY_NONE ? 0 : finance_profile(row->savings, year, finance->to_date);
    if (is_posted && finance->lines.n_closed > 0)
        row->saved = row->profile + row->savings_due - row->actual;
    if (row->savings == 0)
        return;
    row->saving_outturn = row->budget + row->savings - row->outturn;
    const pence missing = row->savings - row->saving_outturn;
    row->saving_at_risk = missing > row->savings ? row->savings : missing > 0 ? missing : 0;
}

static void start_row(struct finance *finance, size_t i)
{
    const struct finance_line *line = &finance->lines.items[i];
    struct finance_row *row = &finance->rows[i];
    row->is_placement = line->groups != 0;
    row->budget = line->budget;
    row->savings = line->savings;
    row->actual = finance_line_actual(&finance->lines, i);
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        row->posted += line->actual[m];
    if (finance->to_date != DAY_NONE)
        row->profile = finance_profile(row->budget, finance->options.year, finance->to_date);
}

/* Averages that follow from money and nights. */
static void set_averages(struct finance_row *row, int32_t year)
{
    const double days = finance_days(year);
    row->fte0 = (double)row->nights0 / days;
    row->fte1 = (double)row->nights1 / days;
    if (row->is_placement && row->nights0 > 0)
        row->weekly0 = finance_pence((double)row->budget / (double)row->nights0 * NIGHTS_A_WEEK);
    if (row->is_placement && row->nights1 > 0)
        row->weekly1 = finance_pence((double)row->outturn / (double)row->nights1 * NIGHTS_A_WEEK);
}

/* ---- totals ------------------------------------------------------------------------------------------- */

static bool split_variance(struct finance *finance, const struct making *making, struct err *err)
{
    const size_t n = finance->lines.n;
    struct pvm_line *lines = vec_new(n, sizeof *lines, err);
    struct pvm_split *splits = vec_new(n, sizeof *splits, err);
    bool ok = lines != NULL && splits != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const struct finance_row *row = &finance->rows[i];
        lines[i] = (struct pvm_line){.is_placement = row->is_placement,
                                     .nights0 = row->nights0,
                                     .nights1 = row->nights1,
                                     .cost0 = row->budget,
                                     .cost1 = row->outturn,
                                     .standard_weekly = finance_pence(standard_weekly(finance, making, i))};
    }
    ok = ok && pvm_make(lines, n, splits, &finance->rows[n].split, err);
    for (size_t i = 0; ok && i < n; i++)
        finance->rows[i].split = splits[i];
    free(lines);
    free(splits);
    return ok;
}

/* Outturns that add up: the total's mean rounded, its pennies shared. */
static void round_outturns(struct finance *finance, const struct making *making)
{
    const size_t n = finance->lines.n;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        making->means[i] =
            finance_mean(making->values + i * (size_t)finance->replicates, finance->replicates);
        sum += making->means[i];
    }
    pvm_share(making->means, n, finance_pence(sum), making->parts);
    for (size_t i = 0; i < n; i++)
        finance->rows[i].outturn = making->parts[i];
}

static void add_row(struct finance_row *total, const struct finance_row *row)
{
    total->budget += row->budget;
    total->profile += row->profile;
    total->actual += row->actual;
    total->posted += row->posted;
    total->committed += row->committed;
    total->outturn += row->outturn;
    total->variance += row->variance;
    total->nights0 += row->nights0;
    total->nights1 += row->nights1;
    total->children_now += row->children_now;
    total->full_year_now += row->full_year_now;
    total->full_year_end += row->full_year_end;
    total->modelled += row->modelled;
    total->closed_nights += row->closed_nights;
    total->savings += row->savings;
    total->savings_due += row->savings_due;
    total->saved += row->savings > 0 ? row->saved : 0;
    total->saving_outturn += row->saving_outturn;
    total->saving_at_risk += row->saving_at_risk;
    total->has_full_year = total->has_full_year || row->has_full_year;
}

/* The months of a line: budget by days, actual where closed, the rest of the outturn as its open months would
 * cost by the price book. */
static void fill_months(struct finance *finance, const struct making *making, size_t i)
{
    const struct finance_line *line = &finance->lines.items[i];
    const int32_t year = finance->options.year, closed = finance_closed_of(finance, i);
    double weights[FINANCE_MONTHS] = {0};
    int64_t parts[FINANCE_MONTHS] = {0};
    double sum = 0;
    for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
        finance->budget_months[i][m] = finance_profile(line->budget, year, finance_month_end(year, m)) -
                                       finance_profile(line->budget, year, finance_month_end(year, m - 1));
        for (int g = 0; m >= closed && g < PLACEMENT_COUNT; g++)
            weights[m] += line->share[g] *
                          ((double)finance->known.sevenths[g][m] / sevenths + making->future->monthly[m][g]);
        sum += weights[m];
    }
    for (int32_t m = 0; m < FINANCE_MONTHS; m++) /* nothing to go by: by days */
        if (!(sum > 0))
            weights[m] = m >= closed ? finance_month_end(year, m) - finance_month_end(year, m - 1) : 0;
    const pence actual = closed > 0 ? finance->rows[i].actual : 0;
    const pence rest = finance->rows[i].outturn - actual;
    if (closed < FINANCE_MONTHS)
        money_share(rest, weights, FINANCE_MONTHS, parts);
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        finance->outturn_months[i][m] = m < closed ? line->actual[m] : parts[m];
}

static bool make_rows(struct finance *finance, const struct making *making, struct err *err)
{
    const size_t n = finance->lines.n, replicates = (size_t)finance->replicates;
    struct finance_row *total = &finance->rows[n];
    for (size_t i = 0; i < n; i++) {
        start_row(finance, i);
        fit_line(finance, making, i);
        for (int32_t r = 0; r < finance->replicates; r++) {
            const double value = finance_line_value(finance, making->future, i, 0, r);
            making->values[i * replicates + (size_t)r] = value;
            finance->total[r] += value;
        }
    }
    round_outturns(finance, making);
    for (size_t i = 0; i < n; i++) {
        struct finance_row *row = &finance->rows[i];
        set_volume(finance, making, i);
        set_commitments(finance, making, i);
        row->full_year_now -= row->has_full_year && row->is_placement ? row->outturn : 0;
        row->full_year_end -= row->has_full_year && row->is_placement ? row->outturn : 0;
        row->has_full_year = row->has_full_year && row->is_placement;
        row->variance = finance->lines.has_budget ? row->outturn - row->budget : 0;
        set_savings(finance, row, finance->lines.items[i].is_posted);
        summarise(row, making->values + i * replicates, finance->replicates,
                  finance->lines.items[i].is_budgeted, making->work);
        set_averages(row, finance->options.year);
        add_row(total, row);
        fill_months(finance, making, i);
        for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
            finance->budget_months[n][m] += finance->budget_months[i][m];
            finance->outturn_months[n][m] += finance->outturn_months[i][m];
        }
    }
    total->is_placement = true;
    total->fit = (struct ledger_fit){.log_ratio = NAN};
    summarise(total, finance->total, finance->replicates, finance->lines.has_budget, making->work);
    set_averages(total, finance->options.year);
    for (size_t i = 0; i <= n; i++)
        finance->rows[i].saving_chance = saving_chance(finance, making, i);
    return !finance->lines.has_budget || split_variance(finance, making, err);
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static void set_to_date(struct finance *finance)
{
    const struct finance_options *options = &finance->options;
    const day before = date_year_end(options->year - 1), last = date_year_end(options->year);
    finance->to_date = DAY_NONE;
    if (finance->lines.n_closed > 0)
        finance->to_date = finance_month_end(options->year, finance->lines.n_closed - 1);
    else if (options->origin > before)
        finance->to_date = options->origin < last ? options->origin : last;
    finance->closed_are_known = finance->lines.n_closed <= finance->known.n_months;
}

static void standard_costs(const struct finance *finance, const struct finance_future *future,
                           double out[PLACEMENT_COUNT])
{
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        out[g] = finance_known_cost(&finance->known, g, 0, FINANCE_MONTHS);
        for (int32_t m = 0; m < FINANCE_MONTHS; m++)
            out[g] += future->monthly[m][g];
    }
}

static bool make_room(struct finance *finance, struct making *making, struct err *err)
{
    const size_t n = finance->lines.n, replicates = (size_t)finance->replicates;
    finance->rows = vec_new(n + 1, sizeof *finance->rows, err);
    finance->factors = vec_new(n * replicates, sizeof *finance->factors, err);
    finance->total = vec_new(replicates, sizeof *finance->total, err);
    finance->budget_months = vec_new(n + 1, sizeof *finance->budget_months, err);
    finance->outturn_months = vec_new(n + 1, sizeof *finance->outturn_months, err);
    making->values = vec_new(n * replicates, sizeof *making->values, err);
    making->work = vec_new(2 * replicates, sizeof *making->work, err);
    making->means = vec_new(n, sizeof *making->means, err);
    making->parts = vec_new(n, sizeof *making->parts, err);
    return finance->rows != NULL && finance->factors != NULL && finance->total != NULL &&
           finance->budget_months != NULL && finance->outturn_months != NULL && making->values != NULL &&
           making->work != NULL && making->means != NULL && making->parts != NULL;
}

bool finance_make(const struct budget_rows *budget, const struct ledger_rows *ledger,
                  const struct history *history, const struct price_book *prices,
                  const struct finance_future *future, const struct finance_options *options,
                  struct finance *out, struct err *err)
{
    struct finance finance = {.options = *options, .replicates = future->replicates};
    struct making making = {.future = future, .prices = prices};
    double standard[PLACEMENT_COUNT];
    const int32_t closed = finance_closed_months(ledger, options->year, options->until, options->lag);
    const day closed_end = closed > 0 ? finance_month_end(options->year, closed - 1) : DAY_NONE;
    bool ok =
        finance_known_make(history, prices, options->year, options->origin, closed_end, &finance.known, err);
    if (ok) {
        standard_costs(&finance, future, standard);
        ok = finance_lines_make(budget, ledger, options->year, options->until, options->lag, standard,
                                &finance.lines, err);
    }
    if (ok) {
        set_to_date(&finance);
        ok = make_room(&finance, &making, err) && make_rows(&finance, &making, err);
    }
    free(making.values);
    free(making.work);
    free(making.means);
    free(making.parts);
    if (ok)
        *out = finance;
    else
        finance_free(&finance);
    return ok;
}
