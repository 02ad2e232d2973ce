/* SPDX-License-Identifier: GPL-3.0-or-later
 * The vertical axis holds the values and the target and nothing else: a sparkline shows a shape, the numbers
 * stand beside it. */
#include "render/spark.h"

#include <math.h>

#include "render/escape.h"

static const double edge = 2.5; /* room for the dot */

struct scale {
    double low, high, step;
};

static struct scale scale_of(const double values[], size_t n, double target)
{
    struct scale scale = {INFINITY, -INFINITY, n > 1 ? (SPARK_WIDTH - 2 * edge) / (double)(n - 1) : 0.0};
    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i])) {
            scale.low = fmin(scale.low, values[i]);
            scale.high = fmax(scale.high, values[i]);
        }
    if (isfinite(target) && scale.low <= scale.high) {
        scale.low = fmin(scale.low, target);
        scale.high = fmax(scale.high, target);
    }
    return scale;
}

static double x_of(const struct scale *scale, size_t i)
{
    return edge + scale->step * (double)i;
}

/* A line without any change runs through the middle. */
static double y_of(const struct scale *scale, double value)
{
    const double room = SPARK_HEIGHT - 2 * edge;
    const double range = scale->high - scale->low;
    return edge + (range > 0.0 ? (scale->high - value) / range : 0.5) * room;
}

/* One polyline for each run of neighbours. */
static bool write_lines(const struct scale *scale, const double values[], size_t n, struct text *out,
                        struct err *err)
{
    bool ok = true;
    bool open = false;
    for (size_t i = 0; ok && i < n; i++) {
        if (!isfinite(values[i])) {
            ok = !open || text_append_c(out, "\"/>", err);
            open = false;
            continue;
        }
        ok = text_format(out, err, "%s%.1f,%.1f",
                         open ? " "
                              : "<polyline fill=\"none\" stroke=\"#12436D\" stroke-width=\"1.5\" points=\"",
                         x_of(scale, i), y_of(scale, values[i]));
        open = true;
    }
    return ok && (!open || text_append_c(out, "\"/>", err));
}

/* The last value, and values without neighbours, of which a line shows nothing. */
static bool write_dots(const struct scale *scale, const double values[], size_t n, struct text *out,
                       struct err *err)
{
    size_t last = n;
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        last = isfinite(values[i]) ? i : last;
    for (size_t i = 0; ok && i < n; i++) {
        const bool alone = isfinite(values[i]) && (i == 0 || !isfinite(values[i - 1])) &&
                           (i + 1 == n || !isfinite(values[i + 1]));
        if (i == last || alone)
            ok = text_format(out, err, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" fill=\"#12436D\"/>",
                             x_of(scale, i), y_of(scale, values[i]), i == last ? "2.2" : "1.2");
    }
    return ok;
}

bool spark_write(const double values[], size_t n, double target, const char *alt, struct text *out,
                 struct err *err)
{
    const struct scale scale = scale_of(values, n, target);
    bug_if(n > SPARK_MOST);
    if (!(scale.low <= scale.high))
        return true;
    bool ok =
        text_format(out, err,
                    "<svg class=\"spark\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                    "aria-label=\"",
                    SPARK_WIDTH, SPARK_HEIGHT, SPARK_WIDTH, SPARK_HEIGHT) &&
        escape_markup(out, str_of(alt), err) && text_append_c(out, "\">", err);
    if (ok && isfinite(target))
        ok = text_format(
            out, err,
            "<line x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#F46A25\" stroke-width=\"1.5\" "
            "stroke-dasharray=\"1.5,3\"/>",
            SPARK_WIDTH, y_of(&scale, target), y_of(&scale, target));
    return ok && write_lines(&scale, values, n, out, err) && write_dots(&scale, values, n, out, err) &&
           text_append_c(out, "</svg>", err);
}
