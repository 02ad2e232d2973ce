/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/pvm.h"

#include <check.h>

#include "numeric/stream.h"

Suite *suite_pvm(void);

static struct pvm_split split[16], total;

static void make(const struct pvm_line lines[], size_t n)
{
    struct err err = {0};
    ck_assert(pvm_make(lines, n, split, &total, &err));
}

START_TEST(golden)
{
    /* hand: weeks 1200 and 300 at 900 and 5200 pence become 1150 and 380 at 930 and 5600. budget 1,080,000 +
     * 1,560,000 = 2,640,000, P0 1,760; volume 30 x 1,760; mix 1150 x 900 + 380 x 5200 - 1530 x 1760; price
     * 1150 x 30 + 380 x 400; by line with (p0 - P0): (1150 - 1224) x -860 and (380 - 306) x 3440 */
    static const struct pvm_line lines[] = {{true, 1200, 1150, 1080000, 1069500, 0},
                                            {true, 300, 380, 1560000, 2128000, 0}};
    make(lines, 2);
    ck_assert_int_eq(total.volume, 52800);
    ck_assert_int_eq(total.mix, 318200);
    ck_assert_int_eq(total.price, 186500);
    ck_assert_int_eq(total.other, 0);
    ck_assert_int_eq(split[0].mix_told, 63640);
    ck_assert_int_eq(split[1].mix_told, 254560);
    /* hand: by line volume 30 x .8 x 900 and 30 x .2 x 5200; price 1150 x 30 and 380 x 400 */
    ck_assert_int_eq(split[0].volume, 21600);
    ck_assert_int_eq(split[1].volume, 31200);
    ck_assert_int_eq(split[0].price, 34500);
    ck_assert_int_eq(split[1].price, 152000);
    /* hand: mix 1530 x (1150/1530 - .8) x 900 and 1530 x (380/1530 - .2) x 5200 */
    ck_assert_int_eq(split[0].mix, -66600);
    ck_assert_int_eq(split[1].mix, 384800);
}
END_TEST

START_TEST(nights_of_an_authority)
{
    /* hand: fostering 300 children at 100 a night and homes 30 at 800 become 310 at 104 and 36 at 850:
     * volume 16 x 54,000 / 330 = 2,618.18.., mix 3,181.81.., price 3,040; in pence */
    static const struct pvm_line lines[] = {{true, 300, 310, 3000000, 3224000, 0},
                                            {true, 30, 36, 2400000, 3060000, 0}};
    make(lines, 2);
    ck_assert_int_eq(total.volume, 261818);
    ck_assert_int_eq(total.mix, 318182);
    ck_assert_int_eq(total.price, 304000);
    ck_assert_int_eq(total.volume + total.mix + total.price, 884000);
}
END_TEST

START_TEST(new_vanished_and_other_lines)
{
    /* hand: a line of 70 nights for 10,000 goes (its p1 does not matter), a new one of 70 nights costs 30,000
     * against a standard of 2,000 a week (20,000 for ten weeks), another new one has no standard; legal costs
     * rise by 500. N0 = 70, N1 = 140: volume 70 x 10,000 / 70 = 10,000 */
    static const struct pvm_line lines[] = {{true, 70, 0, 10000, 0, 900},
                                            {true, 0, 70, 0, 30000, 2000},
                                            {true, 0, 70, 0, 7000, 0},
                                            {false, 0, 0, 1000, 1500, 0}};
    make(lines, 4);
    ck_assert_int_eq(split[0].price, 0);
    ck_assert_int_eq(split[0].volume, 10000);
    ck_assert_int_eq(split[0].mix, -20000);
    ck_assert_int_eq(split[1].price, 10000);
    ck_assert_int_eq(split[1].mix, 20000);
    ck_assert_int_eq(split[2].price, 0);
    ck_assert_int_eq(split[2].mix, 7000);
    ck_assert_int_eq(split[3].other, 500);
    ck_assert_int_eq(split[3].mix_told, 0);
    ck_assert_int_eq(total.volume + total.mix + total.price + total.other, 27500);
    /* nothing in the base at all: no price for volume */
    make(lines + 1, 2);
    ck_assert_int_eq(total.volume, 0);
    ck_assert_int_eq(total.mix, 27000);
    ck_assert_int_eq(total.price, 10000);
    make(lines, 0);
    ck_assert_int_eq(total.volume + total.mix + total.price + total.other, 0);
}
END_TEST

static int64_t below(struct stream *stream, int64_t most)
{
    return (int64_t)(stream_uniform(stream) * (double)most);
}

/* Whatever comes in: every line and the total add up to the penny, and mix told otherwise is the same mix. */
START_TEST(no_remainder_for_any_lines)
{
    for (uint32_t trial = 0; trial < 3000; trial++) {
        struct stream stream = stream_make(7, PURPOSE_TEST, trial, 0, 0);
        struct pvm_line lines[12];
        const size_t n = 1 + (size_t)below(&stream, 12);
        pence cost0 = 0, cost1 = 0, told = 0, volume = 0;
        for (size_t i = 0; i < n; i++) {
            const bool small = stream_uniform(&stream) < .3;
            lines[i] = (struct pvm_line){.is_placement = stream_uniform(&stream) < .85,
                                         .nights0 = below(&stream, small ? 3 : 400000),
                                         .nights1 = below(&stream, small ? 3 : 400000),
                                         .cost0 = below(&stream, 20000000000) - 1000000,
                                         .cost1 = below(&stream, 20000000000),
                                         .standard_weekly = below(&stream, 2) * below(&stream, 2000000)};
            cost0 += lines[i].cost0;
            cost1 += lines[i].cost1;
        }
        make(lines, n);
        for (size_t i = 0; i < n; i++) {
            ck_assert_msg(split[i].volume + split[i].mix + split[i].price + split[i].other ==
                              lines[i].cost1 - lines[i].cost0,
                          "trial %u line %zu", trial, i);
            told += split[i].mix_told;
            volume += split[i].volume;
        }
        ck_assert_msg(total.volume + total.mix + total.price + total.other == cost1 - cost0, "trial %u",
                      trial);
        ck_assert_int_eq(told, total.mix);
        ck_assert_int_eq(volume, total.volume);
    }
}
END_TEST

START_TEST(shares_add_up)
{
    pence parts[3];
    static const double values[] = {10.4, 20.4, -5.8}; /* hand: floors 10, 20, -6; sum 25.0 */
    pvm_share(values, 3, 25, parts);
    ck_assert_int_eq(parts[0], 11); /* .4 and .4: the earlier */
    ck_assert_int_eq(parts[1], 20);
    ck_assert_int_eq(parts[2], -6);
    pvm_share(values, 3, 24, parts);
    ck_assert_int_eq(parts[0] + parts[1] + parts[2], 24);
    ck_assert_int_eq(parts[0], 10);
    static const double whole[] = {3, 4};
    pvm_share(whole, 2, 6, parts); /* a penny less than the floors */
    ck_assert_int_eq(parts[0], 2);
    ck_assert_int_eq(parts[1], 4);
}
END_TEST

Suite *suite_pvm(void)
{
    Suite *suite = suite_create("pvm");
    TCase *tests = tcase_create("pvm");
    tcase_add_test(tests, golden);
    tcase_add_test(tests, nights_of_an_authority);
    tcase_add_test(tests, new_vanished_and_other_lines);
    tcase_add_test(tests, no_remainder_for_any_lines);
    tcase_add_test(tests, shares_add_up);
    suite_add_tcase(suite, tests);
    return suite;
}
