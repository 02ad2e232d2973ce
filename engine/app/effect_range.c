/* SPDX-License-Identifier: GPL-3.0-or-later
 * The quantiles are asked of the very function that draws. */
#include "app/effect_range.h"

#include <math.h>
#include <stdio.h>

#include "sim/scenario.h"

enum { SIZE_WORDS = 20 };
static const double nothing = 1e-9; /* smaller than any effect that is written */

struct effect_range effect_range_of(double low, double likely, double high)
{
    const struct lever lever = {.low = low, .likely = likely, .high = high};
    return (struct effect_range){lever_effect(&lever, STANCE_LIKELY, .1),
                                 lever_effect(&lever, STANCE_LIKELY, .5),
                                 lever_effect(&lever, STANCE_LIKELY, .9)};
}

static const char *unit_words(enum plan_unit unit)
{
    switch (unit) {
    case PLAN_UNIT_PCT:
        return "%";
    case PLAN_UNIT_CHILDREN:
        return " children";
    case PLAN_UNIT_PER_YEAR:
        return " children a year";
    case PLAN_UNIT_PLACES:
        return " places";
    case PLAN_UNIT_COUNT:
        break;
    }
    return "";
}

/* Two significant digits are more than an assumption knows; whole numbers stay whole. */
static void put_size(double size, char out[SIZE_WORDS])
{
    if (fabs(size) < nothing)
        (void)snprintf(out, SIZE_WORDS, "0");
    else
        (void)snprintf(out, SIZE_WORDS, fabs(size) < 100 ? "%+.2g" : "%+.0f", size);
}

void effect_size_words(double size, enum plan_unit unit, char out[EFFECT_WORDS])
{
    char number[32];
    if (fabs(size) < nothing)
        (void)snprintf(number, sizeof number, "0");
    else if (fabs(size - round(size)) < nothing)
        (void)snprintf(number, sizeof number, "%+.0f", size);
    else
        (void)snprintf(number, sizeof number, "%+.4g", size);
    (void)snprintf(out, EFFECT_WORDS, "%s%s", number, unit_words(unit));
}

void effect_range_words(const struct plan_effect *effect, char out[EFFECT_WORDS])
{
    const struct effect_range range = effect_range_of(effect->low, effect->likely, effect->high);
    const bool falls = fabs(effect->high) > fabs(effect->low) ? effect->high < 0 : effect->low < 0;
    const char *unit = unit_words(effect->unit);
    const char *close = effect->unit == PLAN_UNIT_PCT ? "%" : "";
    char middle[SIZE_WORDS];
    char weak[SIZE_WORDS];
    char strong[SIZE_WORDS];
    put_size(range.p50, middle);
    put_size(falls ? range.p90 : range.p10, weak);
    put_size(falls ? range.p10 : range.p90, strong);
    (void)snprintf(out, EFFECT_WORDS, "%s%s (%s%s to %s%s)", middle, unit, weak, close, strong, close);
}
