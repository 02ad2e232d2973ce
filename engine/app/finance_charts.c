/* SPDX-License-Identifier: GPL-3.0-or-later
 * Four pictures: why the outturn differs from the budget, whether it will overspend, the year month by month,
 * and five years. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/chance.h"
#include "app/finance_job.h"
#include "app/help.h"
#include "app/waterfall.h"
#include "base/vec.h"

enum { PENCE = 100, LABEL = 64, BINS = 16 };
static const double pct = 100;

static double in_pounds(pence amount)
{
    return (double)amount / PENCE;
}

static const char *source_of(struct finance_job *job, struct err *err)
{
    char known[DATE_TEXT];
    date_format_words(job->data_date, known);
    return arena_format(&job->charts.texts, err, "Source: returns%s%s to %s; model %s; turncurve %s",
                        job->finance.lines.has_budget ? ", budget" : "",
                        job->finance.lines.has_ledger ? ", ledger" : "", known, job->model->name,
                        HELP_VERSION);
}

static const char *subtitle_of(struct finance_job *job, const char *what, struct err *err)
{
    char year[DATE_TEXT];
    date_format_financial_year(job->year, year);
    return arena_format(&job->charts.texts, err, "%s, %s. %s", job->outlook.authority.name, year, what);
}

/* ---- waterfall ---------------------------------------------------------------------------------------- */

/* "Price +£1.2m", "Mix −£300k". */
static void label_part(const char *name, pence amount, char out[WATERFALL_LABEL])
{
    char size[OUTLOOK_NUMBER];
    outlook_pounds(fabs(in_pounds(amount)), size);
    (void)snprintf(out, WATERFALL_LABEL, "%s %s%s", name, amount < 0 ? "\xE2\x88\x92" : "+", size);
}

/* Parts of the variance from the budget as 0, and the variance: bars as long as what they stand for. Beside
 * a budget of £50m they would be slivers, or its bar would have to be cut. */
static void add_parts(struct waterfall *steps, const struct pvm_split *split, pence variance)
{
    const struct {
        const char *name;
        pence amount;
    } parts[] = {
        {"Volume", split->volume}, {"Price", split->price}, {"Mix", split->mix}, {"Other", split->other}};
    char label[WATERFALL_LABEL];
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        label_part(parts[i].name, parts[i].amount, label);
        if (i < 3 || parts[i].amount != 0)
            waterfall_step(steps, in_pounds(parts[i].amount), label);
    }
    label_part("Variance", variance, label);
    waterfall_total(steps, in_pounds(variance), label);
}

static bool add_waterfall(struct finance_job *job, const char *source, struct err *err)
{
    struct arena *texts = &job->charts.texts;
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    struct waterfall steps = {0};
    char over[OUTLOOK_NUMBER], budget[OUTLOOK_NUMBER], outturn[OUTLOOK_NUMBER];
    if (!job->finance.lines.has_budget)
        return true;
    add_parts(&steps, &total->split, total->variance);
    outlook_pounds(fabs(in_pounds(total->variance)), over);
    outlook_pounds(in_pounds(total->budget), budget);
    outlook_pounds(in_pounds(total->outturn), outturn);
    struct table *table = chart_set_panel(&job->charts);
    table_free(table);
    const char *what =
        arena_format(texts, err,
                     "0 is the budget of %s; the last bar is the variance, to an outturn of %s. "
                     "The parts add up to the penny.",
                     budget, outturn);
    const char *subtitle = what == NULL ? NULL : subtitle_of(job, what, err);
    const char *title = arena_format(texts, err, "The expected outturn is %s %s the budget: v%s, p%s, m%s",
                                     over, total->variance < 0 ? "under" : "over", steps.steps[0].label + 1,
                                     steps.steps[1].label + 1, steps.steps[2].label + 1);
    const char *alt = arena_format(
        texts, err,
        "Waterfall chart from the budget of %s as 0. %s, %s%s%s and %s add up to %s: an expected outturn of "
        "%s. Data: split.csv.",
        budget, steps.steps[0].label, steps.steps[1].label, steps.n > 4 ? ", " : "",
        steps.n > 4 ? steps.steps[2].label : "", steps.steps[steps.n - 2].label,
        steps.steps[steps.n - 1].label, outturn);
    if (!waterfall_table(table, "waterfall", &steps, err) || subtitle == NULL || title == NULL || alt == NULL)
        return false;
    const struct chart_spec spec = {.script = "waterfall",
                                    .name = "variance",
                                    .title = title,
                                    .subtitle = subtitle,
                                    .source = source,
                                    .alt = alt,
                                    .now = DAY_NONE,
                                    .panels = {{.data = table,
                                                .shape = CHART_POINTS,
                                                .unit = CHART_POUNDS,
                                                .y_title = "Pounds over the budget",
                                                .from_zero = true}},
                                    .n_panels = 1};
    chart_set_add(&job->charts, &spec, "split.csv");
    return true;
}

/* ---- distribution of the outturn ---------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Bins of one width in pounds, of which the budget is an edge, from the lowest future to the highest; widths
 * are 1, 2 or 5 times a power of ten. */
struct bins {
    double from, width;
    size_t n;
};

static struct bins make_bins(const double sorted[], size_t n, double budget)
{
    const double low = sorted[n / 200], high = sorted[n - 1 - n / 200];
    const double wanted = fmax((high - low) / BINS, 1);
    const double power = pow(10, floor(log10(wanted)));
    const double steps = wanted / power;
    const double width = power * (steps <= 1 ? 1 : steps <= 2 ? 2 : steps <= 5 ? 5 : 10);
    const double from = budget + floor((low - budget) / width) * width;
    size_t count = (size_t)ceil((high - from) / width);
    count = count < 1 ? 1 : count;
    return (struct bins){.from = from, .width = width, .n = count};
}

/* Futures of a hundred in bin i; the first and the last take what lies beyond. */
static double share_of(const struct bins *bins, size_t i, const double sorted[], size_t n)
{
    size_t in = 0;
    const double low = bins->from + (double)i * bins->width, high = low + bins->width;
    for (size_t k = 0; k < n; k++)
        in += (sorted[k] > low || i == 0) && (sorted[k] <= high || i + 1 == bins->n);
    return pct * (double)in / (double)n;
}

static bool add_bin_series(struct table *table, const char *series, const char *style,
                           const struct bins *bins, const double sorted[], size_t n, double budget, bool over,
                           struct err *err)
{
    for (size_t i = 0; i < bins->n; i++) {
        char label[OUTLOOK_NUMBER];
        const double middle = bins->from + ((double)i + .5) * bins->width;
        (void)snprintf(label, sizeof label, "%.*f", bins->width >= 1e5 ? 1 : 2,
                       (bins->from + (double)i * bins->width) / 1e6);
        const bool own = (middle > budget) == over;
        struct table_cell *row =
            chart_set_point(table, series, style, own ? share_of(bins, i, sorted, n) : 0, err);
        if (row == NULL || !table_set_text(table, &row[CHART_X], label, err))
            return false;
    }
    return true;
}

/* edge: the last bin that lies within the budget, from 1; 0 none. */
static bool draw_bins(struct finance_job *job, struct table *table, const double sorted[], size_t n,
                      int32_t *edge, struct err *err)
{
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    const bool has_budget = job->finance.lines.has_budget;
    const double budget = has_budget ? in_pounds(total->budget) : sorted[n - 1];
    const struct bins bins = make_bins(sorted, n, has_budget ? budget : sorted[n / 2]);
    *edge = has_budget ? (int32_t)floor((budget - bins.from) / bins.width + .5) : 0;
    char over[LABEL + CHANCE_WORDS], within[LABEL + CHANCE_WORDS], chance[CHANCE_WORDS];
    chance_per_cent(total->chance, chance);
    (void)snprintf(over, sizeof over, "Over budget: %s", chance);
    chance_per_cent(1 - total->chance, chance);
    (void)snprintf(within, sizeof within, has_budget ? "Within budget: %s" : "Futures", chance);
    return add_bin_series(table, within, "group_1", &bins, sorted, n, budget, false, err) &&
           (!has_budget || add_bin_series(table, over, "group_3", &bins, sorted, n, budget, true, err));
}

static bool add_distribution(struct finance_job *job, const char *source, struct err *err)
{
    struct arena *texts = &job->charts.texts;
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    const size_t n = (size_t)job->finance.replicates;
    double *sorted = vec_new(n, sizeof *sorted, err);
    struct table *table = chart_set_panel(&job->charts);
    char chance[CHANCE_WORDS];
    char low[OUTLOOK_NUMBER], high[OUTLOOK_NUMBER], budget[OUTLOOK_NUMBER];
    if (sorted == NULL)
        return false;
    for (size_t r = 0; r < n; r++)
        sorted[r] = job->finance.total[r] / PENCE;
    qsort(sorted, n, sizeof *sorted, compare);
    int32_t edge = 0;
    const bool drawn = draw_bins(job, table, sorted, n, &edge, err);
    free(sorted);
    chance_say(total->chance, chance);
    outlook_pounds(in_pounds(total->p10), low);
    outlook_pounds(in_pounds(total->p90), high);
    outlook_pounds(in_pounds(total->budget), budget);
    const bool has_budget = job->finance.lines.has_budget;
    const char *title =
        has_budget ? arena_format(texts, err, "Chance of an overspend of the %s budget: %s", budget, chance)
                   : arena_format(texts, err, "The outturn is expected between %s and %s", low, high);
    const char *subtitle =
        subtitle_of(job,
                    has_budget ? "Outturns of simulated futures, by £m from the figure below "
                                 "the bar; bars of the second kind lie beyond the budget."
                               : "Outturns of simulated futures, by £m from the figure below "
                                 "the bar.",
                    err);
    const char *alt =
        arena_format(texts, err,
                     "Bar chart of outturns in simulated futures. %s. The expected range (8 in 10 "
                     "futures) is %s to %s. Data: chance.csv.",
                     title == NULL ? "" : title, low, high);
    char rest[CHANCE_WORDS];
    chance_per_cent(1 - total->chance, rest);
    const char *within = arena_format(texts, err, "%s within the budget, %s", rest, budget);
    if (!drawn || title == NULL || subtitle == NULL || alt == NULL || within == NULL)
        return false;
    const struct chart_spec spec = {.script = "outturn",
                                    .name = "outturn",
                                    .title = title,
                                    .subtitle = subtitle,
                                    .source = source,
                                    .alt = alt,
                                    .now = has_budget ? edge : DAY_NONE,
                                    .now_text = has_budget ? within : NULL,
                                    .panels = {{.data = table,
                                                .shape = CHART_STACK,
                                                .unit = CHART_PERCENT,
                                                .y_title = "Futures of 100",
                                                .x_title = "Outturn, £ million"}},
                                    .n_panels = 1};
    chart_set_add(&job->charts, &spec, "chance.csv");
    return true;
}

/* ---- the year month by month -------------------------------------------------------------------------- */

static bool add_months(struct finance_job *job, struct table *table, struct err *err)
{
    const size_t total = finance_job_total(job);
    const struct finance *finance = &job->finance;
    const int32_t closed = finance->lines.n_closed;
    bool ok = true;
    /* what stands left of the line of the last closed month needs no name */
    for (int32_t m = 0; ok && m < closed; m++)
        ok = chart_set_day_point(table, closed == FINANCE_MONTHS ? "Actual" : "", "history",
                                 date_month_end(date_year_end(job->year), m - (FINANCE_MONTHS - 1)),
                                 in_pounds(finance->outturn_months[total][m]), err);
    for (int32_t m = closed > 0 ? closed - 1 : 0; ok && closed < FINANCE_MONTHS && m < FINANCE_MONTHS; m++)
        ok = chart_set_day_point(table, "Expected", "likely",
                                 date_month_end(date_year_end(job->year), m - (FINANCE_MONTHS - 1)),
                                 in_pounds(finance->outturn_months[total][m]), err);
    for (int32_t m = 0; ok && finance->lines.has_budget && m < FINANCE_MONTHS; m++)
        ok = chart_set_day_point(table, "Budget", "target",
                                 date_month_end(date_year_end(job->year), m - (FINANCE_MONTHS - 1)),
                                 in_pounds(finance->budget_months[total][m]), err);
    return ok;
}

static bool add_profile(struct finance_job *job, const char *source, struct err *err)
{
    struct arena *texts = &job->charts.texts;
    const struct finance *finance = &job->finance;
    const size_t total = finance_job_total(job);
    struct table *table = chart_set_panel(&job->charts);
    char first[OUTLOOK_NUMBER], last[OUTLOOK_NUMBER], date[DATE_TEXT];
    outlook_pounds(in_pounds(finance->outturn_months[total][0]), first);
    outlook_pounds(in_pounds(finance->outturn_months[total][FINANCE_MONTHS - 1]), last);
    date_format_words(finance->to_date, date);
    const bool closed = finance->lines.n_closed > 0;
    const char *title = arena_format(
        texts, err, "A month's placements cost %s in April and should cost %s in March", first, last);
    const char *subtitle = subtitle_of(
        job, "Budget by days of the month; actual where the ledger is closed, expected after that.", err);
    const char *now_text = closed ? arena_format(texts, err, "actual to %s", date) : NULL;
    const char *alt =
        arena_format(texts, err, "Line chart of the year's months. %s. Data: profile.csv.", title);
    if (!add_months(job, table, err) || title == NULL || subtitle == NULL || alt == NULL ||
        (closed && now_text == NULL))
        return false;
    const struct chart_spec spec = {.script = "turning_the_curve",
                                    .name = "profile",
                                    .title = title,
                                    .subtitle = subtitle,
                                    .source = source,
                                    .alt = alt,
                                    .now = closed ? finance->to_date : DAY_NONE,
                                    .now_text = now_text,
                                    .panels = {{.data = table,
                                                .shape = CHART_LINES,
                                                .unit = CHART_POUNDS,
                                                .y_title = "Pounds a month",
                                                .label_with_value = true}},
                                    .n_panels = 1};
    chart_set_add(&job->charts, &spec, "profile.csv");
    return true;
}

/* ---- five years --------------------------------------------------------------------------------------- */

static bool add_scenario(struct finance_job *job, struct table *table, size_t s, double work[],
                         double ends[2], struct err *err)
{
    char label[OUTLOOK_LABEL];
    outlook_label(&job->outlook, s, label);
    for (int32_t y = 0; y < job->futures[s].n_years; y++) {
        const struct finance_year year = finance_year(&job->finance, &job->futures[s], y, work);
        struct table_cell *row = chart_set_point(table, label, outlook_style(job->choice.scenarios[s].stance),
                                                 year.mean / PENCE, err);
        if (row == NULL)
            return false;
        table_set_day(&row[CHART_X], date_year_end(job->year + y));
        if (s == job->outlook.main) {
            table_set_real(&row[CHART_P10], year.p10 / PENCE);
            table_set_real(&row[CHART_P90], year.p90 / PENCE);
            ends[y > 0] = year.mean / PENCE;
        }
    }
    return true;
}

static bool add_medium_term(struct finance_job *job, const char *source, struct err *err)
{
    struct arena *texts = &job->charts.texts;
    double *work = vec_new((size_t)2 * (size_t)job->finance.replicates, sizeof *work, err);
    double ends[2] = {0};
    bool ok = work != NULL;
    if (!ok || job->futures[job->outlook.main].n_years < 2) {
        free(work);
        return ok;
    }
    struct table *table = chart_set_panel(&job->charts);
    for (size_t s = 0; ok && s < job->choice.n; s++)
        ok = add_scenario(job, table, s, work, ends, err);
    free(work);
    char first[OUTLOOK_NUMBER], last[OUTLOOK_NUMBER], year[DATE_TEXT];
    outlook_pounds(ends[0], first);
    outlook_pounds(ends[1], last);
    date_format_financial_year(job->year + job->futures[job->outlook.main].n_years - 1, year);
    const char *title =
        arena_format(texts, err, "Placements should cost %s in %s, after %s this year", last, year, first);
    const char *subtitle = arena_format(texts, err,
                                        "%s, pounds in the financial year that ends. Scenarios are "
                                        "assumptions, not probabilities; band: 8 in "
                                        "10 futures of one of them.",
                                        job->outlook.authority.name);
    const char *alt = arena_format(
        texts, err, "Line chart of yearly placement cost by scenario. %s. Data: medium_term.csv.",
        title == NULL ? "" : title);
    if (!ok || title == NULL || subtitle == NULL || alt == NULL)
        return false;
    const struct chart_spec spec = {.script = "turning_the_curve",
                                    .name = "medium-term",
                                    .title = title,
                                    .subtitle = subtitle,
                                    .source = source,
                                    .alt = alt,
                                    .now = DAY_NONE,
                                    .panels = {{.data = table,
                                                .shape = CHART_LINES,
                                                .unit = CHART_POUNDS,
                                                .y_title = "Pounds a year",
                                                .label_with_value = true}},
                                    .n_panels = 1};
    chart_set_add(&job->charts, &spec, "medium_term.csv");
    return true;
}

bool finance_charts_make(struct finance_job *job, struct err *err)
{
    const char *source = source_of(job, err);
    return source != NULL && add_distribution(job, source, err) && add_waterfall(job, source, err) &&
           add_profile(job, source, err) && add_medium_term(job, source, err);
}
