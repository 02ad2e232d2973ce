/* SPDX-License-Identifier: GPL-3.0-or-later
 * Known answers are those of the Random123 1.14 headers' own test vectors and calls. */
#include "numeric/stream.h"

#include <check.h>
#include <math.h>

Suite *suite_stream(void);

static const struct {
    uint32_t counter[4], key[2], words[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    {{7, 1234, 3, 42}, {20260101, 5}, {0x55c30969, 0xca6ad0e6, 0xdc651eb4, 0x91df0de8}},
};

START_TEST(blocks_match_known_answers)
{
    uint32_t words[4];
    stream_block(known[_i].counter, known[_i].key, words);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(words[i], known[_i].words[i]);
}
END_TEST

START_TEST(keys_and_counters_are_laid_out_as_documented)
{
    /* Fourth known answer: seed 20260101, purpose 5, replicate 3, child 1234, stream 42, block 7. */
    struct stream stream = stream_make(20260101, (enum purpose)5, 3, 1234, 42);
    stream.counter[0] = 7;
    struct stream copy = stream;
    ck_assert_uint_eq(stream_word(&stream), 0x55c30969);
    ck_assert_uint_eq(stream_word(&stream), 0xca6ad0e6);
    /* (v1:v0 >> 11) + .5 times 2^-53, by exact arithmetic */
    ck_assert_double_eq_tol(stream_uniform(&copy), 0.79069238303578637, 1e-16);
    /* The high half of a seed reaches the key. */
    const struct stream high = stream_make((uint64_t)9 << 32 | 20260101, (enum purpose)5, 0, 0, 0);
    ck_assert_uint_eq(high.key[1], 5U ^ 9U);
}
END_TEST

START_TEST(streams_with_other_keys_differ)
{
    struct stream a = stream_make(1, PURPOSE_EXIT, 0, 0, 0);
    struct stream b = stream_make(1, PURPOSE_MOVE, 0, 0, 0);
    struct stream c = stream_make(1, PURPOSE_EXIT, 1, 0, 0);
    const uint32_t first = stream_word(&a);
    ck_assert_uint_ne(first, stream_word(&b));
    ck_assert_uint_ne(first, stream_word(&c));
}
END_TEST

START_TEST(uniforms_have_the_right_moments)
{
    enum { N = 100000 };
    struct stream stream = stream_make(11, PURPOSE_TEST, 0, 0, 0);
    double sum = 0, exponential = 0, normal = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        const double u = stream_uniform(&stream);
        ck_assert(u > 0 && u < 1);
        sum += u;
        exponential += stream_exponential(&stream);
        const double z = stream_normal(&stream);
        normal += z;
        squares += z * z;
    }
    /* z < 4.89 each: false alarm 1e-6. sd of the mean: sqrt(1/12/N), 1/sqrt(N), 1/sqrt(N), sqrt(2/N). */
    ck_assert_double_lt(fabs(sum / N - 0.5), 4.89 * sqrt(1.0 / 12 / N));
    ck_assert_double_lt(fabs(exponential / N - 1), 4.89 / sqrt(N));
    ck_assert_double_lt(fabs(normal / N), 4.89 / sqrt(N));
    ck_assert_double_lt(fabs(squares / N - 1), 4.89 * sqrt(2.0 / N));
}
END_TEST

START_TEST(gsl_generator_gives_the_same_numbers)
{
    gsl_rng *rng = gsl_rng_alloc(stream_gsl_type);
    gsl_rng_set(rng, 99);
    struct stream stream = stream_make(99, PURPOSE_TEST, 0, 0, 0);
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq((uint32_t)gsl_rng_get(rng), stream_word(&stream));
    gsl_rng *copy = gsl_rng_clone(rng);
    for (int i = 0; i < 100; i++)
        ck_assert_double_eq(gsl_rng_uniform(rng), gsl_rng_uniform(copy));
    ck_assert_uint_eq(gsl_rng_max(rng), 0xffffffffU);
    gsl_rng_free(copy);
    gsl_rng_free(rng);
}
END_TEST

Suite *suite_stream(void)
{
    Suite *suite = suite_create("stream");
    TCase *tcase = tcase_create("stream");
    tcase_add_loop_test(tcase, blocks_match_known_answers, 0, (int)(sizeof known / sizeof known[0]));
    tcase_add_test(tcase, keys_and_counters_are_laid_out_as_documented);
    tcase_add_test(tcase, streams_with_other_keys_differ);
    tcase_add_test(tcase, uniforms_have_the_right_moments);
    tcase_add_test(tcase, gsl_generator_gives_the_same_numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}
