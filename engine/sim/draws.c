/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each replicate is one allocation, made by the thread that ran it. */
#include "sim/draws.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { THOUSANDTHS = 1000 };

void draws_free(struct draws *draws)
{
    for (int32_t r = 0; draws->starts != NULL && r < draws->replicates; r++)
        free(draws->starts[r]); /* rows lie behind them */
    free((void *)draws->rows);
    free((void *)draws->starts);
    free(draws->ratios);
    free(draws->costs);
    *draws = (struct draws){0};
}

bool draws_make(const struct result_series series[], size_t n_series, int32_t months, int32_t replicates,
                struct draws *out, struct err *err)
{
    struct draws draws = {.series = series, .n_series = n_series, .months = months, .replicates = replicates};
    draws.rows = vec_new((size_t)replicates, sizeof *draws.rows, err);
    draws.starts = vec_new((size_t)replicates, sizeof *draws.starts, err);
    if (draws.rows == NULL || draws.starts == NULL) {
        draws_free(&draws);
        return false;
    }
    *out = draws;
    return true;
}

/* Bytes that each count of a series needs. */
static size_t width_of(const int32_t values[], size_t n)
{
    uint32_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= (uint32_t)values[i];
    bug_if(any > INT32_MAX); /* one is below 0 */
    return any <= UINT8_MAX ? sizeof(uint8_t) : any <= UINT16_MAX ? sizeof(uint16_t) : sizeof(uint32_t);
}

static void put_row(const int32_t values[], size_t n, size_t width, uint8_t *out)
{
    if (width == sizeof(int32_t))
        memcpy(out, values, n * width);
    for (size_t i = 0; width == sizeof(uint8_t) && i < n; i++)
        out[i] = (uint8_t)values[i];
    for (size_t i = 0; width == sizeof(uint16_t) && i < n; i++) {
        out[2 * i] = (uint8_t)values[i];
        out[2 * i + 1] = (uint8_t)(values[i] >> CHAR_BIT);
    }
}

static inline int32_t count_at(const uint8_t *row, size_t width, size_t i)
{
    int32_t value;
    if (width == sizeof(uint8_t))
        return row[i];
    if (width == sizeof(uint16_t))
        return row[2 * i] | row[2 * i + 1] << CHAR_BIT;
    memcpy(&value, row + i * sizeof value, sizeof value);
    return value;
}

bool draws_put(struct draws *draws, int32_t replicate, const int32_t values[], struct err *err)
{
    const size_t months = (size_t)draws->months;
    size_t bytes = 0;
    for (size_t i = 0; i < draws->n_series; i++)
        bytes += width_of(values + i * months, months) * months;
    uint16_t *starts = malloc((draws->n_series + 1) * sizeof *starts + bytes);
    if (starts == NULL)
        return err_no_memory(err);
    uint8_t *rows = (uint8_t *)(starts + draws->n_series + 1);
    starts[0] = 0;
    for (size_t i = 0; i < draws->n_series; i++) {
        const size_t width = width_of(values + i * months, months);
        put_row(values + i * months, months, width, rows + starts[i] * months);
        bug_if(starts[i] + width > UINT16_MAX);
        starts[i + 1] = (uint16_t)(starts[i] + width);
    }
    free(draws->starts[replicate]);
    draws->starts[replicate] = starts;
    draws->rows[replicate] = rows;
    return true;
}

/* A series of a replicate and the bytes of its counts. */
static const uint8_t *row_of(const struct draws *draws, int32_t replicate, size_t series, size_t *width)
{
    const uint16_t *starts = draws->starts[replicate];
    *width = (size_t)(starts[series + 1] - starts[series]);
    return draws->rows[replicate] + starts[series] * (size_t)draws->months;
}

void draws_raw(const struct draws *draws, int32_t replicate, size_t series, int32_t out[])
{
    size_t width = 0;
    const uint8_t *row = row_of(draws, replicate, series, &width);
    const size_t n = (size_t)draws->months;
    for (size_t m = 0; width == sizeof(uint8_t) && m < n; m++)
        out[m] = row[m];
    for (size_t m = 0; width != sizeof(uint8_t) && m < n; m++)
        out[m] = count_at(row, width, m);
}

size_t draws_find(const struct draws *draws, enum measure measure, struct group group)
{
    size_t i = 0;
    while (i < draws->n_series &&
           !(draws->series[i].measure == measure && draws->series[i].group.kind == group.kind &&
             draws->series[i].group.member == group.member))
        i++;
    return i;
}

int32_t draws_unit(const struct draws *draws, enum measure measure)
{
    return draws->ratios != NULL && measure == MEASURE_STOCK ? THOUSANDTHS : 1;
}

bool draws_is_partition(enum group_kind kind)
{
    switch (kind) {
    case GROUP_PLACEMENT:
    case GROUP_AGE:
    case GROUP_LEGAL:
    case GROUP_NEED:
    case GROUP_LOCALITY:
        return true;
    case GROUP_ALL:
    case GROUP_ROUTE: /* of exits, which keep their own values */
    case GROUP_UASC:
    case GROUP_KIND_COUNT:
        break;
    }
    return false;
}

/* Final over raw in a month: at its end for stocks, the mean of both ends for nights. */
static double ratio_of(const struct draws *draws, int32_t replicate, enum measure measure, size_t month)
{
    const double *ratios = draws->ratios + (size_t)replicate * (size_t)draws->months;
    if (measure == MEASURE_STOCK)
        return ratios[month];
    return ((month > 0 ? ratios[month - 1] : 1) + ratios[month]) / 2;
}

/* Scales the parts of one month, stride apart, so that they sum to the scaled total: what rounding down
 * leaves goes to the largest remainders, of equal ones to the first. */
static void share_out(int32_t *parts, size_t n, size_t stride, double scale, int32_t total)
{
    enum { MOST = 512 };
    double rest[MOST];
    size_t some[MOST]; /* those that are not 0 */
    size_t n_some = 0;
    bug_if(n > MOST);
    int32_t left = total;
    for (size_t i = 0; i < n; i++) {
        if (parts[i * stride] == 0)
            continue;
        const double exact = parts[i * stride] * scale;
        const int32_t whole = (int32_t)exact;
        rest[n_some] = exact - whole;
        some[n_some++] = i;
        parts[i * stride] = whole;
        left -= whole;
    }
    bug_if(left > 0 && n_some == 0);
    for (; left > 0; left--) {
        size_t largest = 0;
        for (size_t i = 1; i < n_some; i++)
            largest = rest[i] > rest[largest] ? i : largest;
        parts[some[largest] * stride]++;
        rest[largest] = -1;
    }
}

void draws_final(const struct draws *draws, int32_t replicate, size_t first, size_t n, int32_t out[],
                 int32_t work[])
{
    const size_t months = (size_t)draws->months;
    const enum measure measure = draws->series[first].measure;
    const enum group_kind kind = draws->series[first].group.kind;
    const double unit = draws_unit(draws, measure);
    bug_if(first + n > draws->n_series);
    for (size_t i = 0; i < n; i++)
        draws_raw(draws, replicate, first + i, out + i * months);
    if (draws->ratios == NULL || (measure != MEASURE_STOCK && measure != MEASURE_NIGHTS))
        return;
    const size_t all = draws_find(draws, measure, (struct group){GROUP_ALL, 0});
    const bool shared = draws_is_partition(kind) && all < draws->n_series;
    if (shared)
        draws_raw(draws, replicate, all, work);
    for (size_t m = 0; m < months; m++) {
        const double scale = ratio_of(draws, replicate, measure, m) * unit;
        if (shared)
            share_out(out + m, n, months, scale, (int32_t)floor(work[m] * scale + 0.5));
        else
            for (size_t i = 0; i < n; i++)
                out[i * months + m] = (int32_t)floor(out[i * months + m] * scale + 0.5);
    }
}

static void cost_values(const struct draws *draws, struct group group, int32_t from, int32_t to, double out[])
{
    const size_t months = (size_t)draws->months;
    for (int32_t r = 0; r < draws->replicates; r++) {
        pence sum = 0;
        for (int g = 0; g < PLACEMENT_COUNT; g++) {
            const pence *row = draws->costs + ((size_t)r * PLACEMENT_COUNT + (size_t)g) * months;
            for (int32_t m = from; m <= to && (group.kind == GROUP_ALL || group.member == g); m++)
                sum += row[m];
        }
        out[r] = (double)sum;
    }
}

void draws_values(const struct draws *draws, enum measure measure, struct group group, int32_t from,
                  int32_t to, double out[])
{
    if (measure == MEASURE_COST) {
        cost_values(draws, group, from, to, out);
        return;
    }
    const size_t series = draws_find(draws, measure, group);
    const bool scaled = draws->ratios != NULL && (measure == MEASURE_STOCK || measure == MEASURE_NIGHTS);
    const int32_t start = measure == MEASURE_STOCK ? to : from;
    bug_if(series == draws->n_series);
    for (int32_t r = 0; r < draws->replicates; r++) {
        size_t width = 0;
        const uint8_t *row = row_of(draws, r, series, &width);
        double sum = 0;
        for (int32_t m = start; m <= to; m++) {
            const double value = count_at(row, width, (size_t)m);
            sum += value * (scaled ? ratio_of(draws, r, measure, (size_t)m) : 1);
        }
        out[r] = sum;
    }
}
