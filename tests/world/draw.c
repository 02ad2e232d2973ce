/* SPDX-License-Identifier: GPL-3.0-or-later
 * Textbook methods, none of which inverts a distribution function of GSL as numeric/dist does. */
#include "tests/world/draw.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
enum { POISSON_LARGEST = 30 }; /* searched from 0 below it */

struct dice draw_dice(uint64_t seed, enum draw_purpose purpose, uint64_t index)
{
    /* Each part is mixed before the next comes in, so that neighbouring keys share nothing. */
    struct dice dice = {seed};
    dice.state = dice_next(&dice) + (uint64_t)purpose;
    dice.state = dice_next(&dice) + index;
    dice.state = dice_next(&dice);
    return dice;
}

double draw_uniform(struct dice *dice)
{
    return ((double)(dice_next(dice) >> 11) + 0.5) * 0x1p-53;
}

double draw_between(struct dice *dice, double low, double high)
{
    return low + (high - low) * draw_uniform(dice);
}

bool draw_chance(struct dice *dice, double probability)
{
    return draw_uniform(dice) < probability;
}

double draw_normal(struct dice *dice)
{
    const double radius = sqrt(-2 * log(draw_uniform(dice)));
    return radius * cos(2 * pi * draw_uniform(dice));
}

double draw_tail(struct dice *dice)
{
    const double chi_squared = 5 * draw_gamma(dice, 2.5);
    return sqrt(3 / chi_squared);
}

double draw_exponential(struct dice *dice, double mean)
{
    return -mean * log(draw_uniform(dice));
}

double draw_gamma(struct dice *dice, double shape)
{
    /* Below 1 the method does not hold: gamma(a) = gamma(a + 1) x U^(1/a). */
    const double boost = shape < 1 ? pow(draw_uniform(dice), 1 / shape) : 1;
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    const double c = 1 / sqrt(9 * d);
    for (;;) {
        const double x = draw_normal(dice);
        const double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
        if (v <= 0)
            continue;
        if (log(draw_uniform(dice)) < 0.5 * x * x + d - d * v + d * log(v))
            return boost * d * v / shape;
    }
}

double draw_lognormal(struct dice *dice, double median, double sigma)
{
    return median * exp(sigma * draw_normal(dice));
}

double draw_weibull(struct dice *dice, double scale, double shape)
{
    return scale * pow(-log(draw_uniform(dice)), 1 / shape);
}

double draw_lomax(struct dice *dice, double scale, double shape)
{
    return scale * (pow(draw_uniform(dice), -1 / shape) - 1);
}

static int32_t small_poisson(struct dice *dice, double mean)
{
    double u = draw_uniform(dice);
    double probability = exp(-mean);
    int32_t n = 0;
    while (u > probability && n < 40 * POISSON_LARGEST) {
        u -= probability;
        probability *= mean / ++n;
    }
    return n;
}

int32_t draw_poisson(struct dice *dice, double mean)
{
    /* Sums of independent ones: each small enough for exp(-mean) and a short search. */
    const int32_t parts = 1 + (int32_t)(mean / POISSON_LARGEST);
    int32_t n = 0;
    for (int32_t i = 0; i < parts; i++)
        n += small_poisson(dice, mean / parts);
    return n;
}

int32_t draw_member(struct dice *dice, const double weights[], int32_t n)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += weights[i];
    double u = sum * draw_uniform(dice);
    int32_t last = 0;
    for (int32_t i = 0; i < n; i++) {
        if (weights[i] <= 0)
            continue;
        last = i;
        if (u < weights[i])
            return i;
        u -= weights[i];
    }
    return last;
}
