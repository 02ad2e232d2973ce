/* SPDX-License-Identifier: GPL-3.0-or-later
 * Logs and counts of a series lie in one block of authorities by years; the exit rate has no first year. */
#include "tests/stat/changes.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static void *must_have(size_t n, size_t size)
{
    struct err err = {0};
    void *memory = vec_new(n, size, &err);
    ck_assert_msg(memory != NULL, "%s", err.message);
    return memory;
}

struct changes_table changes_new(int32_t n, int32_t per_collection)
{
    return (struct changes_table){n, per_collection, must_have((size_t)n, sizeof(struct changes_row))};
}

void changes_free(struct changes_table *table)
{
    free(table->rows);
    *table = (struct changes_table){0};
}

struct changes_row changes_of_history(const struct history *history)
{
    struct changes_row row = {0};
    ck_assert_int_eq(history->last_year - history->first_year + 1, CHANGES_YEARS);
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->start >= history->start)
            row.starts[date_financial_year(spell->start) - history->first_year]++;
        if (spell->end != DAY_OPEN && spell->end <= history->end)
            row.leavers[date_financial_year(spell->end) - history->first_year]++;
        for (int32_t year = 0; year < CHANGES_YEARS; year++) {
            const day last = date_year_end(history->first_year + year);
            row.stock[year] += spell->start <= last && last < spell->end;
        }
    }
    return row;
}

/* Logs of a series and the counts that make its noise, n authorities by CHANGES_YEARS. */
struct series {
    int32_t n, per_collection, first; /* first year that has a value */
    double *log, *count;
};

static double log_at(const struct series *s, int32_t i, int32_t year)
{
    return s->log[i * CHANGES_YEARS + year];
}

static double noise_at(const struct series *s, int32_t i, int32_t year, int32_t lag)
{
    return 1 / s->count[i * CHANGES_YEARS + year] + 1 / s->count[i * CHANGES_YEARS + year - lag];
}

static struct series series_of(const struct changes_table *table, bool exits)
{
    const size_t size = (size_t)table->n * CHANGES_YEARS;
    struct series s = {table->n, table->per_collection, exits ? 1 : 0, must_have(size, sizeof(double)),
                       must_have(size, sizeof(double))};
    for (int32_t i = 0; i < table->n; i++) {
        const struct changes_row *row = &table->rows[i];
        for (int32_t year = s.first; year < CHANGES_YEARS; year++) {
            const double count = exits ? row->leavers[year] : row->starts[year];
            ck_assert_double_gt(count, 0);
            s.count[i * CHANGES_YEARS + year] = count;
            s.log[i * CHANGES_YEARS + year] =
                log(exits ? count / ((row->stock[year - 1] + row->stock[year]) / 2) : count);
        }
    }
    return s;
}

static void series_free(struct series *s)
{
    free(s->log);
    free(s->count);
}

/* Mean change over a lag of one year and collection. */
static double collection_mean(const struct series *s, int32_t first, int32_t year, int32_t lag)
{
    double sum = 0;
    for (int32_t i = first; i < first + s->per_collection; i++)
        sum += log_at(s, i, year) - log_at(s, i, year - lag);
    return sum / s->per_collection;
}

/* Sums over all pairs of years of two series (or one twice) of the product of own one-lag changes. */
static double own_product(const struct series *a, const struct series *b, int32_t lag, double *noise)
{
    const int32_t first_year = (a->first > b->first ? a->first : b->first) + lag;
    double sum = 0;
    double n = 0;
    *noise = 0;
    for (int32_t first = 0; first < a->n; first += a->per_collection) {
        for (int32_t year = first_year; year < CHANGES_YEARS; year++) {
            const double mean_a = collection_mean(a, first, year, lag);
            const double mean_b = collection_mean(b, first, year, lag);
            for (int32_t i = first; i < first + a->per_collection; i++) {
                sum += (log_at(a, i, year) - log_at(a, i, year - lag) - mean_a) *
                       (log_at(b, i, year) - log_at(b, i, year - lag) - mean_b);
                *noise += noise_at(a, i, year, lag);
                n++;
            }
        }
    }
    *noise /= n;
    return sum / n * a->per_collection / (a->per_collection - 1);
}

/* Covariance of the one-year changes of two series, no mean taken off but the one of all. */
static double all_product(const struct series *a, const struct series *b)
{
    const int32_t first_year = (a->first > b->first ? a->first : b->first) + 1;
    double sum = 0, sum_a = 0, sum_b = 0, n = 0;
    for (int32_t i = 0; i < a->n; i++) {
        for (int32_t year = first_year; year < CHANGES_YEARS; year++) {
            const double da = log_at(a, i, year) - log_at(a, i, year - 1);
            const double db = log_at(b, i, year) - log_at(b, i, year - 1);
            sum += da * db;
            sum_a += da;
            sum_b += db;
            n++;
        }
    }
    return (sum - sum_a * sum_b / n) / (n - 1);
}

static void study_series(const struct series *s, struct changes_series *out)
{
    double noise = 0;
    const double raw = all_product(s, s);
    for (int32_t lag = CHANGES_LAGS; lag >= 1; lag--)
        out->own[lag - 1] = own_product(s, s, lag, &noise) - noise;
    /* the loop ends with the noise of one-year changes */
    out->raw_sd = sqrt(raw);
    out->noise_sd = sqrt(noise);
    out->net_sd = sqrt(fmax(raw - noise, 0));
}

static int compare_doubles(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void study_stock(const struct changes_table *table, int32_t horizon, struct changes *out)
{
    const int32_t years = CHANGES_YEARS - CHANGES_WARM_UP - horizon;
    const size_t n = (size_t)table->n * (size_t)years;
    double *change = must_have(n, sizeof *change);
    double sum = 0, squares = 0;
    size_t k = 0;
    for (int32_t i = 0; i < table->n; i++)
        for (int32_t year = CHANGES_WARM_UP; year < CHANGES_WARM_UP + years; year++, k++) {
            change[k] = log(table->rows[i].stock[year + horizon] / table->rows[i].stock[year]);
            sum += change[k];
            squares += change[k] * change[k];
        }
    qsort(change, n, sizeof *change, compare_doubles);
    const double mean = sum / (double)n;
    out->stock_sd[horizon - 1] = sqrt(squares / (double)n - mean * mean);
    out->stock_p10[horizon - 1] = change[(size_t)(0.1 * (double)(n - 1))];
    out->stock_p90[horizon - 1] = change[(size_t)(0.9 * (double)(n - 1))];
    free(change);
}

/* Neighbouring changes of stock, with the mean of their collection and year off. */
static double stock_lag(const struct changes_table *table)
{
    struct series s = {table->n, table->per_collection, 0, NULL, NULL};
    s.log = must_have((size_t)table->n * CHANGES_YEARS, sizeof(double));
    for (int32_t i = 0; i < table->n; i++)
        for (int32_t year = 0; year < CHANGES_YEARS; year++)
            s.log[i * CHANGES_YEARS + year] = log(table->rows[i].stock[year]);
    double products = 0, squares = 0;
    for (int32_t first = 0; first < s.n; first += s.per_collection) {
        double before = 0;
        for (int32_t year = 1; year < CHANGES_YEARS; year++) {
            const double mean = collection_mean(&s, first, year, 1);
            for (int32_t i = first; i < first + s.per_collection; i++) {
                const double now = log_at(&s, i, year) - log_at(&s, i, year - 1) - mean;
                squares += now * now;
                if (year > 1)
                    products += now * (log_at(&s, i, year - 1) - log_at(&s, i, year - 2) - before);
            }
            before = mean;
        }
    }
    free(s.log);
    return products / (CHANGES_YEARS - 2) / (squares / (CHANGES_YEARS - 1));
}

void changes_study(const struct changes_table *table, struct changes *out)
{
    struct series starts = series_of(table, false);
    struct series exits = series_of(table, true);
    memset(out, 0, sizeof *out);
    study_series(&starts, &out->starts);
    study_series(&exits, &out->exits);
    double noise = 0;
    out->together = all_product(&starts, &exits) / (out->starts.net_sd * out->exits.net_sd);
    out->own_together =
        own_product(&starts, &exits, 1, &noise) / sqrt(out->starts.own[0] * out->exits.own[0]);
    for (int32_t horizon = 1; horizon <= CHANGES_HORIZONS; horizon++)
        study_stock(table, horizon, out);
    out->stock_lag = stock_lag(table);
    series_free(&starts);
    series_free(&exits);
}
