/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ticks are multiples of a round step; the step is the smallest of 1, 2, 5 x 10^k that keeps their number
 * down. */
#include "render/frame.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TICKS_WANTED = 6, DATE_TICKS_MOST = 9, SPREAD_MOST = 64, MONTHS_A_YEAR = 12, MONTHS_A_QUARTER = 3 };

/* Of a root axis: room above the highest value, and between two ticks, as shares of the axis. */
static const double root_room = 0.03, root_gap = 0.055;
/* Share of the highest value under which the lowest must lie for the axis to start at 0 of itself. */
static const double near_zero_share = 0.4;

static double round_step(double span, double least)
{
    const double rough = span / TICKS_WANTED;
    const double power = pow(10.0, floor(log10(rough)));
    static const double factors[] = {1.0, 2.0, 5.0, 10.0};
    double step = power * 10.0;
    for (size_t i = 4; i-- > 0;)
        if (factors[i] * power >= rough * (1.0 - 1e-9))
            step = factors[i] * power;
    return step < least ? least : step;
}

static void group_thousands(int64_t value, char out[FRAME_TEXT])
{
    char digits[FRAME_TEXT];
    const int n = snprintf(digits, sizeof digits, "%" PRIu64, (uint64_t)(value < 0 ? -value : value));
    int at = 0;
    if (value < 0)
        out[at++] = '-';
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

/* Decimals that tell ticks apart: 0.5 needs one, 0.25 two. */
static int decimals_of(double step)
{
    int decimals = 0;
    while (decimals < 4 && fabs(step - round(step)) > 1e-6 * fabs(step)) {
        step *= 10.0;
        decimals++;
    }
    return decimals;
}

static void format_pounds(double value, double step, char out[FRAME_TEXT])
{
    const double size = fabs(value);
    const char *sign = value < 0.0 ? "-" : "";
    const double scale = step > 0.0 ? step : size;
    if (size < 0.5)
        snprintf(out, FRAME_TEXT, "£0");
    else if (scale >= 1e5 || (step > 0.0 && size >= 1e6))
        snprintf(out, FRAME_TEXT, "%s£%.*fm", sign, step > 0.0 ? decimals_of(step / 1e6) : 1, size / 1e6);
    else if (scale >= 1e3)
        snprintf(out, FRAME_TEXT, "%s£%.*fk", sign, step > 0.0 ? decimals_of(step / 1e3) : 0, size / 1e3);
    else
        snprintf(out, FRAME_TEXT, "%s£%.0f", sign, size);
}

void frame_format(double value, enum chart_unit unit, double step, char out[FRAME_TEXT])
{
    switch (unit) {
    case CHART_COUNT:
        group_thousands((int64_t)llround(value), out);
        break;
    case CHART_DECIMAL:
        snprintf(out, FRAME_TEXT, "%.*f", step > 0.0 ? decimals_of(step) : 1, value);
        break;
    case CHART_PERCENT:
        snprintf(out, FRAME_TEXT, "%.*f%%", step > 0.0 ? decimals_of(step) : 0, value);
        break;
    case CHART_POUNDS:
        format_pounds(value, step, out);
        break;
    }
}

void frame_value_axis(double low, double high, enum chart_unit unit, bool from_zero, struct frame_axis *axis)
{
    *axis = (struct frame_axis){0};
    if (from_zero || (low >= 0.0 && low < near_zero_share * high)) {
        low = fmin(low, 0.0);
        high = fmax(high, 0.0);
    }
    /* constant data: room on both sides, but no invented numbers below zero */
    if (high - low < 1e-9 * fmax(1.0, fabs(high))) {
        const double around = fmax(unit == CHART_COUNT ? 2.0 : 1.0, 0.1 * fabs(high));
        low = low > 0.0 ? fmax(0.0, low - around) : low - (low < 0.0 ? around : 0.0);
        high += around;
    }
    const double step = round_step(high - low, unit == CHART_COUNT ? 1.0 : 0.0);
    /* a line should not lie on the axis, unless that is zero */
    const double room = fabs(low) < 1e-9 || from_zero ? 0.0 : 0.005 * (high - low);
    const double first = floor((low - room) / step + 1e-9);
    const double last = ceil(high / step - 1e-9);
    axis->low = first * step;
    axis->high = last * step;
    /* NOLINTNEXTLINE(cert-flp30-c): k is a whole number, small enough to be exact */
    for (double k = first; k <= last + 0.5 && axis->n_ticks < FRAME_TICKS_MOST; k += 1.0) {
        axis->ticks[axis->n_ticks] = k * step;
        frame_format(k * step, unit, step, axis->texts[axis->n_ticks++]);
    }
}

void frame_root_axis(double high, enum chart_unit unit, struct frame_axis *axis)
{
    static const double factors[] = {1.0, 2.0, 5.0};
    const double end = sqrt(fmax(high, 1.0)) * (1.0 + root_room);
    *axis = (struct frame_axis){.high = end, .n_ticks = 1};
    frame_format(0.0, unit, 1.0, axis->texts[0]);
    for (int power = 0; axis->n_ticks < FRAME_TICKS_MOST; power++)
        for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
            const double value = factors[i] * pow(10.0, power);
            const double at = sqrt(value);
            if (at > end)
                return;
            if (at - axis->ticks[axis->n_ticks - 1] < root_gap * end || axis->n_ticks == FRAME_TICKS_MOST)
                continue;
            axis->ticks[axis->n_ticks] = at;
            frame_format(value, unit, 1.0, axis->texts[axis->n_ticks++]);
        }
}

static void add_date_tick(struct frame_axis *axis, day date)
{
    char words[DATE_TEXT];
    date_format_words(date, words); /* "31 Mar 2022" */
    axis->ticks[axis->n_ticks] = date;
    snprintf(axis->texts[axis->n_ticks++], FRAME_TEXT, "%s", words + 3);
}

void frame_date_axis(day low, day high, struct frame_axis *axis)
{
    *axis = (struct frame_axis){.low = low, .high = high > low ? high : low + 1};
    const int32_t months = date_month_index(high) - date_month_index(low);
    if (months < 2 * MONTHS_A_YEAR) {
        const int32_t every = months <= MONTHS_A_QUARTER ? 1 : MONTHS_A_QUARTER;
        for (int32_t m = 0; m <= months; m++) {
            const day end = date_month_end(low, m);
            if (end >= low && end <= high && date_to_civil(end).month % every == 0 &&
                axis->n_ticks < FRAME_TICKS_MOST)
                add_date_tick(axis, end);
        }
        return;
    }
    static const int32_t steps[] = {1, 2, 5, 10, 20, 50, 100};
    const int32_t first = date_financial_year(low);
    const int32_t last = date_financial_year(high);
    size_t s = 0;
    while (s + 1 < sizeof steps / sizeof steps[0] && (last - first) / steps[s] >= DATE_TICKS_MOST)
        s++;
    for (int32_t year = first; year <= last; year++) {
        const day end = date_year_end(year);
        if (year % steps[s] == 0 && end >= low && end <= high && axis->n_ticks < FRAME_TICKS_MOST)
            add_date_tick(axis, end);
    }
}

/* Orders positions[0..n-1] by at[], ties by index: an insertion sort, n is the number of labels. */
static void order_by(const double at[], size_t n, size_t order[])
{
    for (size_t i = 0; i < n; i++) {
        size_t j = i;
        for (; j > 0 && at[order[j - 1]] > at[i]; j--)
            order[j] = order[j - 1];
        order[j] = i;
    }
}

void frame_spread(double at[], size_t n, double gap, double low, double high)
{
    size_t order[SPREAD_MOST];
    double level[SPREAD_MOST]; /* of a block of pooled neighbours */
    size_t count[SPREAD_MOST];
    size_t blocks = 0;
    bug_if(n > SPREAD_MOST);
    if (n == 0)
        return;
    const double steps = (double)(n - 1);
    if (steps * gap > high - low)
        gap = (high - low) / steps;
    order_by(at, n, order);
    for (size_t i = 0; i < n; i++) {
        level[blocks] = at[order[i]] - (double)i * gap;
        count[blocks++] = 1;
        while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
            const double a = (double)count[blocks - 2];
            const double b = (double)count[blocks - 1];
            level[blocks - 2] = (level[blocks - 2] * a + level[blocks - 1] * b) / (a + b);
            count[blocks - 2] += count[blocks - 1];
            blocks--;
        }
    }
    size_t i = 0;
    for (size_t b = 0; b < blocks; b++)
        for (size_t k = 0; k < count[b]; k++, i++)
            at[order[i]] = fmin(fmax(level[b], low), high - steps * gap) + (double)i * gap;
}
