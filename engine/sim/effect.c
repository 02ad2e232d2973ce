/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ends of the table are the ends of the effect's range; between knots the quantile function is a line. */
#include "sim/effect.h"

#include <math.h>
#include <string.h>

#include "numeric/stream.h"

/* FNV-1a of the id: a key that does not depend on a lever's place in the file. */
static uint32_t hash_id(const char *id)
{
    uint32_t hash = 2166136261U;
    for (; *id != '\0'; id++)
        hash = (hash ^ (uint8_t)*id) * 16777619U;
    return hash;
}

struct effect effect_make(const struct lever *lever, enum stance stance)
{
    struct effect effect = {.key = hash_id(lever->id),
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
    struct stream stream = stream_make(seed, PURPOSE_EFFECT, (uint32_t)replicate, effect->key, 0);
    const double at = stream_uniform(&stream) * (EFFECT_KNOTS - 1);
    const int k = (int)at < EFFECT_KNOTS - 1 ? (int)at : EFFECT_KNOTS - 2;
    return effect->knots[k] + (at - k) * (effect->knots[k + 1] - effect->knots[k]);
}

double effect_ramp(const struct scenario *scenario, size_t i_lever, day origin, day from, day to)
{
    const struct lever *lever = &scenario->levers[i_lever];
    day end = to;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *other = &scenario->levers[i];
        if (other->replaces == NULL || strcmp(other->replaces, lever->id) != 0)
            continue;
        const day start = other->start == DAY_NONE ? origin : other->start;
        end = start < end ? start : end;
    }
    if (end <= from)
        return 0;
    const double ramp = lever_ramp(lever, origin, from, end);
    return end < to ? ramp * (end - from) / (to - from) : ramp;
}
