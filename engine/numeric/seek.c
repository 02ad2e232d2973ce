/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every look is kept, in order: the bracket, the slope and the check of monotony all come from the same list.
 */
#include "numeric/seek.h"

#include <math.h>
#include <string.h>

static const double near_enough = .5; /* standard errors */
static const double clear_slope = 4;  /* standard errors between the points that a slope is taken from */

struct search {
    seek_look look;
    void *context;
    struct seek_answer *answer;
};

static bool look_at(const struct search *search, double x, struct seek_point *out, struct err *err)
{
    struct seek_answer *answer = search->answer;
    struct seek_point point = {.x = x};
    if (!search->look(search->context, x, &point, err))
        return false;
    if (!isfinite(point.value))
        return err_set(err, ERR_INTERNAL, "a goal has no value at %g", x);
    point.x = x;
    size_t i = answer->n_points++;
    for (; i > 0 && answer->points[i - 1].x > x; i--)
        answer->points[i] = answer->points[i - 1];
    answer->points[i] = point;
    *out = point;
    return true;
}

static bool is_near(const struct seek_point *point)
{
    return fabs(point->value) <= near_enough * point->error;
}

/* Narrows a bracket. The kept end's value is halved when the same end is kept twice. */
static bool narrow_down(const struct search *search, struct seek_point a, struct seek_point b, double narrow,
                        double *x, struct err *err)
{
    double weight_a = a.value;
    double weight_b = b.value;
    int kept = 0; /* 1: a was kept by the step before, 2: b */
    *x = fabs(a.value) <= fabs(b.value) ? a.x : b.x;
    if (is_near(&a) || is_near(&b))
        return true;
    while (b.x - a.x > narrow && search->answer->n_points < SEEK_LOOKS_MOST) {
        struct seek_point c = {0};
        const double share = weight_a / (weight_a - weight_b);
        /* every look narrows the bracket by a tenth of `narrow` at least */
        const double least = fmin(narrow / 10 / (b.x - a.x), .5);
        if (!look_at(search, a.x + fmin(fmax(share, least), 1 - least) * (b.x - a.x), &c, err))
            return false;
        *x = c.x;
        if (is_near(&c))
            return true;
        if ((c.value > 0) == (b.value > 0)) {
            b = c;
            weight_b = c.value;
            weight_a = kept == 1 ? weight_a / 2 : a.value;
            kept = 1;
        } else {
            a = c;
            weight_a = c.value;
            weight_b = kept == 2 ? weight_b / 2 : b.value;
            kept = 2;
        }
    }
    *x = a.x + a.value / (a.value - b.value) * (b.x - a.x);
    return true;
}

/* Pools neighbours that are out of order (Barlow et al. 1972). False when none are. */
static bool pool(const struct seek_answer *answer, double values[SEEK_LOOKS_MOST])
{
    double sums[SEEK_LOOKS_MOST];
    size_t counts[SEEK_LOOKS_MOST];
    size_t blocks = 0;
    const double sign = answer->is_rising ? 1 : -1;
    for (size_t i = 0; i < answer->n_points; i++) {
        sums[blocks] = sign * answer->points[i].value;
        counts[blocks++] = 1;
        while (blocks > 1 && sums[blocks - 2] / (double)counts[blocks - 2] >
                                 sums[blocks - 1] / (double)counts[blocks - 1]) {
            sums[blocks - 2] += sums[blocks - 1];
            counts[blocks - 2] += counts[blocks - 1];
            blocks--;
        }
    }
    for (size_t b = 0, i = 0; b < blocks; b++)
        for (size_t k = 0; k < counts[b]; k++)
            values[i++] = sign * sums[b] / (double)counts[b];
    return blocks < answer->n_points;
}

/* Where the pooled values cross zero, if any are out of order. */
static void put_in_order(struct seek_answer *answer)
{
    double values[SEEK_LOOKS_MOST] = {0};
    if (!pool(answer, values))
        return;
    for (size_t i = 1; i < answer->n_points; i++) {
        const double a = values[i - 1];
        const double b = values[i];
        if ((a > 0) != (b > 0)) {
            const struct seek_point *left = &answer->points[i - 1];
            answer->x = left->x + a / (a - b) * (answer->points[i].x - left->x);
            return;
        }
    }
}

/* The slope round the answer, between the nearest points that are clearly apart. */
static void set_error(struct seek_answer *answer)
{
    size_t first = 0;
    while (first + 2 < answer->n_points && answer->points[first + 1].x <= answer->x)
        first++;
    size_t last = first + 1;
    const struct seek_point *points = answer->points;
    const double error = fmax(points[first].error, points[last].error);
    while (fabs(points[last].value - points[first].value) < clear_slope * error &&
           (first > 0 || last + 1 < answer->n_points)) {
        first -= first > 0;
        last += last + 1 < answer->n_points;
    }
    const double rise = fabs(points[last].value - points[first].value);
    answer->error = rise > 0 ? error * (points[last].x - points[first].x) / rise : 0;
}

bool seek_zero(seek_look look, void *context, double low, double high, double narrow, struct seek_answer *out,
               struct err *err)
{
    struct seek_point a = {0};
    struct seek_point b = {0};
    *out = (struct seek_answer){0};
    const struct search search = {look, context, out};
    bug_if(!(low < high) || !(narrow > 0));
    if (!look_at(&search, low, &a, err) || !look_at(&search, high, &b, err))
        return false;
    out->is_rising = b.value > a.value;
    if ((a.value > 0) == (b.value > 0) && !is_near(&a) && !is_near(&b)) {
        out->x = fabs(a.value) <= fabs(b.value) ? a.x : b.x;
        return true;
    }
    out->found = true;
    if (!narrow_down(&search, a, b, narrow, &out->x, err))
        return false;
    put_in_order(out);
    set_error(out);
    return true;
}
