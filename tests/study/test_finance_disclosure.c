/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which budget lines are hidden with small ones: by hand, and random reports against the rule. */
#include "study/finance_disclosure.h"

#include <check.h>

#include "numeric/stream.h"

Suite *suite_finance_disclosure(void);

enum { K = 5, LINES = 8, REPORTS = 300 };
static const pence thousand = 100000;

static struct finance_disclosure_line line(uint32_t groups, double children, pence outturn)
{
    return (struct finance_disclosure_line){.is_placement = true,
                                            .groups = groups,
                                            .is_small = children <= K,
                                            .children = children,
                                            .amounts = {outturn, outturn}};
}

/* 3 children for 600,000: (5 - 1) x 200,000 = 800,000 <= y / 4 wants y of 3,200,000. */
START_TEST(the_cheapest_that_protects)
{
    struct finance_disclosure_line lines[] = {line(1, 3, 600 * thousand), line(2, 30, 900 * thousand),
                                              line(4, 70, 4000 * thousand), line(8, 90, 5000 * thousand)};
    finance_disclosure_choose(lines, 4, K);
    ck_assert(lines[0].is_hidden && !lines[1].is_hidden && lines[2].is_hidden && !lines[3].is_hidden);
    lines[2].amounts[0] = lines[2].amounts[1] = 3200 * thousand;
    finance_disclosure_choose(lines, 4, K);
    ck_assert(lines[2].is_hidden && !lines[3].is_hidden);
    lines[2].amounts[0]--; /* a penny short: the next one is asked */
    finance_disclosure_choose(lines, 4, K);
    ck_assert(!lines[2].is_hidden && lines[3].is_hidden);
}
END_TEST

/* Every column counts: a budget of 0 beside the small line's protects nothing. */
START_TEST(every_column)
{
    struct finance_disclosure_line lines[] = {line(1, 3, 600 * thousand), line(2, 70, 4000 * thousand),
                                              line(4, 90, 5000 * thousand)};
    lines[1].amounts[1] = 0;
    finance_disclosure_choose(lines, 3, K);
    ck_assert(!lines[1].is_hidden && lines[2].is_hidden);
}
END_TEST

START_TEST(shared_placements_go_together)
{
    struct finance_disclosure_line lines[] = {line(1, 3, 600 * thousand), line(2, 70, 3300 * thousand),
                                              line(4, 90, 5000 * thousand), line(2 | 8, 20, 900 * thousand)};
    finance_disclosure_choose(lines, 4, K);
    ck_assert(lines[1].is_hidden && lines[3].is_hidden && !lines[2].is_hidden);
    ck_assert_uint_eq(lines[1].unit, lines[3].unit);
}
END_TEST

START_TEST(other_lines_protect_nothing)
{
    struct finance_disclosure_line lines[] = {line(1, 3, 600 * thousand), line(0, 0, 9000 * thousand),
                                              line(4, 50, 1000 * thousand), line(8, 50, 1100 * thousand)};
    lines[1].is_placement = lines[1].is_small = false;
    finance_disclosure_choose(lines, 4, K);
    /* 2,100,000 / 4 < 800,000: all placements, and still not the other line */
    ck_assert(lines[0].is_hidden && !lines[1].is_hidden && lines[2].is_hidden && lines[3].is_hidden);
    ck_assert(!finance_disclosure_protects(lines, 4, 0, K));
}
END_TEST

START_TEST(hidden_stays_hidden)
{
    struct finance_disclosure_line lines[] = {line(1, 30, 600 * thousand), line(2, 70, 4000 * thousand)};
    finance_disclosure_choose(lines, 2, K);
    ck_assert(!lines[0].is_hidden && !lines[1].is_hidden);
    lines[0].was_hidden = true;
    finance_disclosure_choose(lines, 2, K);
    ck_assert(lines[0].is_hidden && !lines[1].is_hidden);
}
END_TEST

/* Small lines are protected or all placements hidden; nothing is hidden where nothing is small. */
START_TEST(random_reports)
{
    struct stream stream = stream_make((uint64_t)_i, PURPOSE_TEST, 0, 0, 0);
    for (int report = 0; report < REPORTS; report++) {
        struct finance_disclosure_line lines[LINES];
        bool any_small = false, all_hidden = true;
        for (size_t i = 0; i < LINES; i++) {
            const double children = 1 + (double)(stream_word(&stream) % (i < 2 ? 12 : 200));
            lines[i] = line(UINT32_C(1) << i, children,
                            (pence)(children * (double)(20 + stream_word(&stream) % 280)) * thousand);
            any_small = any_small || lines[i].is_small;
        }
        finance_disclosure_choose(lines, LINES, K);
        for (size_t i = 0; i < LINES; i++)
            all_hidden = all_hidden && lines[i].is_hidden;
        for (size_t i = 0; i < LINES; i++) {
            ck_assert(any_small || !lines[i].is_hidden);
            ck_assert(!lines[i].is_small || lines[i].is_hidden);
            ck_assert(all_hidden || !lines[i].is_small || finance_disclosure_protects(lines, LINES, i, K));
        }
    }
}
END_TEST

Suite *suite_finance_disclosure(void)
{
    Suite *suite = suite_create("finance_disclosure");
    TCase *tcase = tcase_create("finance_disclosure");
    tcase_add_test(tcase, the_cheapest_that_protects);
    tcase_add_test(tcase, every_column);
    tcase_add_test(tcase, shared_placements_go_together);
    tcase_add_test(tcase, other_lines_protect_nothing);
    tcase_add_test(tcase, hidden_stays_hidden);
    tcase_add_loop_test(tcase, random_reports, 1, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
