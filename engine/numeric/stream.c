/* SPDX-License-Identifier: GPL-3.0-or-later
 * A thin layer over Random123's philox4x32: the state is a key, a counter and the words of the last block. */
#include "numeric/stream.h"

#include <Random123/philox.h>
#include <math.h>

#include "base/err.h"
#include "numeric/dist.h"

enum { WORDS_PER_BLOCK = 4 };

void stream_block(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4])
{
    philox4x32_ctr_t c;
    philox4x32_key_t k;
    for (int i = 0; i < WORDS_PER_BLOCK; i++)
        c.v[i] = counter[i];
    k.v[0] = key[0];
    k.v[1] = key[1];
    const philox4x32_ctr_t out = philox4x32(c, k);
    for (int i = 0; i < WORDS_PER_BLOCK; i++)
        words[i] = out.v[i];
}

struct stream stream_make(uint64_t seed, enum purpose purpose, uint32_t replicate, uint32_t child,
                          uint32_t sub)
{
    return (struct stream){.key = {(uint32_t)seed, (uint32_t)purpose ^ (uint32_t)(seed >> 32)},
                           .counter = {0, child, replicate, sub},
                           .used = WORDS_PER_BLOCK};
}

uint32_t stream_word(struct stream *stream)
{
    if (stream->used == WORDS_PER_BLOCK) {
        bug_if(stream->counter[0] == UINT32_MAX);
        stream_block(stream->counter, stream->key, stream->words);
        stream->counter[0]++;
        stream->used = 0;
    }
    return stream->words[stream->used++];
}

double stream_uniform(struct stream *stream)
{
    const uint64_t low = stream_word(stream);
    const uint64_t high = stream_word(stream);
    return ((double)(((high << 32) | low) >> 11) + 0.5) * 0x1p-53;
}

double stream_exponential(struct stream *stream)
{
    return -log(stream_uniform(stream));
}

double stream_normal(struct stream *stream)
{
    return dist_normal_quantile(stream_uniform(stream));
}

static void gsl_stream_set(void *state, unsigned long seed)
{
    struct stream *stream = state;
    *stream = stream_make(seed, PURPOSE_TEST, 0, 0, 0);
}

static unsigned long gsl_stream_get(void *state)
{
    return stream_word(state);
}

static double gsl_stream_get_double(void *state)
{
    return stream_uniform(state);
}

static const gsl_rng_type gsl_stream = {
    .name = "philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(struct stream),
    .set = gsl_stream_set,
    .get = gsl_stream_get,
    .get_double = gsl_stream_get_double,
};
const gsl_rng_type *const stream_gsl_type = &gsl_stream;
