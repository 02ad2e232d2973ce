/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/stream.h: random numbers by key, not by order.
 *
 * Ownership: a struct stream is a plain value, copied freely.
 *
 * Philox 4x32-10 (Salmon et al. 2011, SC'11, doi 10.1145/2063384.2063405; Random123): a pure function of a
 * 128-bit counter and a 64-bit key, so that a draw depends on what it is for and on nothing else. key = {seed
 * low, purpose xor seed high}; counter = {block, child, replicate, stream}. */
#ifndef TURNCURVE_NUMERIC_STREAM_H
#define TURNCURVE_NUMERIC_STREAM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

enum purpose {
    PURPOSE_PARAMETERS = 1,
    PURPOSE_DRIFT,
    PURPOSE_ENTRIES,
    PURPOSE_GROUP,
    PURPOSE_ATTRIBUTES,
    PURPOSE_EXIT,
    PURPOSE_MOVE,
    PURPOSE_DESTINATION,
    PURPOSE_REENTRY,
    PURPOSE_PRICE,
    PURPOSE_EFFECT,
    PURPOSE_SLIPPAGE,
    PURPOSE_STOCK,
    PURPOSE_SYNTH,
    PURPOSE_TEST,
    PURPOSE_BOOTSTRAP,
    PURPOSE_ORDER,
    PURPOSE_LEDGER
};

struct stream {
    uint32_t key[2];
    uint32_t counter[4]; /* counter[0] is the next block */
    uint32_t words[4];
    uint32_t used; /* words of the current block that were given out, 4: none left */
};

/* A stream for one purpose, replicate, child (or cell) and sub-stream; block starts at 0. */
struct stream stream_make(uint64_t seed, enum purpose purpose, uint32_t replicate, uint32_t child,
                          uint32_t sub);
/* The next 32-bit word. A block counter that wraps is a bug. */
uint32_t stream_word(struct stream *stream);
/* Uniform on (0,1), never 0 or 1: ((64 bits >> 11) + .5) 2^-53, low word first. */
double stream_uniform(struct stream *stream);
/* Exponential with mean 1. */
double stream_exponential(struct stream *stream);
/* Standard normal by the inverse distribution function: one uniform each. */
double stream_normal(struct stream *stream);
/* The four words of one block: the pure function. */
void stream_block(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]);
/* The same as a GSL generator; gsl_rng_set takes the seed, the state is flat. */
extern const gsl_rng_type *const stream_gsl_type;

#endif
