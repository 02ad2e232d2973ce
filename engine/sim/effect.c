/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ends of the table are the ends of the effect's range; between knots the quantile function is a line. */
#include "sim/effect.h"

#include <math.h>
#include <string.h>

#include "numeric/dist.h"
#include "numeric/stream.h"

static const double plan_correlation = 0.3;
enum { STREAM_OWN, STREAM_PLAN };

/* FNV-1a. */
uint32_t effect_key(const char *name)
{
    uint32_t hash = 2166136261U;
    for (; *name != '\0'; name++)
        hash = (hash ^ (uint8_t)*name) * 16777619U;
    return hash;
}

struct effect effect_make(const struct lever *lever, enum stance stance)
{
    struct effect effect = {.key = effect_key(lever->id),
                            .plan_key = lever->plan != NULL ? effect_key(lever->plan) : 0,
                            .varies = stance == STANCE_LIKELY && fabs(lever->high - lever->low) > 0};
    if (!effect.varies) {
        effect.mean = lever_effect(lever, stance, 0.5);
        return effect;
    }
    const double a = fmin(lever->low, lever->high);
    const double b = fmax(lever->low, lever->high);
    for (int k = 0; k < EFFECT_KNOTS; k++)
        effect.knots[k] = k == 0                  ? a
                          : k == EFFECT_KNOTS - 1 ? b
                                                  : lever_effect(lever, stance, k / (EFFECT_KNOTS - 1.0));
    effect.mean = (a + 4 * lever->likely + b) / 6; /* of the PERT */
    return effect;
}

double effect_draw(const struct effect *effect, uint64_t seed, int32_t replicate)
{
    if (!effect->varies)
        return effect->mean;
    struct stream own = stream_make(seed, PURPOSE_EFFECT, (uint32_t)replicate, effect->key, STREAM_OWN);
    double u = stream_uniform(&own);
    if (effect->plan_key != 0) {
        struct stream plan =
            stream_make(seed, PURPOSE_EFFECT, (uint32_t)replicate, effect->plan_key, STREAM_PLAN);
        const double shared = sqrt(plan_correlation) * stream_normal(&plan);
        u = dist_normal_cdf(shared + sqrt(1 - plan_correlation) * dist_normal_quantile(u));
    }
    const double at = u * (EFFECT_KNOTS - 1);
    const int k = (int)at < EFFECT_KNOTS - 1 ? (int)at : EFFECT_KNOTS - 2;
    return effect->knots[k] + (at - k) * (effect->knots[k + 1] - effect->knots[k]);
}

double effect_ramp(const struct scenario *scenario, const day starts[], size_t i_lever, day from, day to)
{
    const struct lever *lever = &scenario->levers[i_lever];
    day end = to;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *other = &scenario->levers[i];
        if (other->replaces != NULL &&
            (strcmp(other->replaces, lever->id) == 0 ||
             (lever->action != NULL && strcmp(other->replaces, lever->action) == 0)))
            end = starts[i] < end ? starts[i] : end;
    }
    if (end <= from)
        return 0;
    const double ramp = lever_ramp(lever, starts[i_lever], from, end);
    return end < to ? ramp * (end - from) / (to - from) : ramp;
}
