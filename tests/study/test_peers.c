/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/peers.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_peers(void);

static const struct peer peers[] = {
    {1, 2021, "Leeds", PEER_OWN, 1281, 170000},
    {1, 2022, "Leeds", PEER_OWN, 1374, (double)NAN},
    {2, 2021, "Sheffield", PEER_NEIGHBOUR, 674, 113000},
    {3, 2021, "Haringey", PEER_OTHER, 392, 56000},
    {4, 2021, "Tiny", PEER_NEIGHBOUR, 10, 400},
    {5, 2021, "Gateshead", PEER_NEIGHBOUR, 439, 38500},
    {6, 2021, "Missing", PEER_NEIGHBOUR, (double)NAN, 50000},
};
enum { N = sizeof peers / sizeof peers[0] };

START_TEST(rates)
{
    /* hand: 1281 / 170,000 = 75.35 per 10,000; all: 2786 / 377,500 = 73.80; neighbours 59.65 and 114.03 */
    struct err err = {0};
    double median = 0;
    ck_assert_double_eq_tol(peers_rate(&peers[0]), 75.3529411765, 1e-9);
    ck_assert(isnan(peers_rate(&peers[1])));
    ck_assert(!peers_is_usable(&peers[4])); /* too small for a rate */
    ck_assert_double_eq_tol(peers_rate_of_all(peers, N, 2021), 2786.0 / 377500 * 10000, 1e-9);
    ck_assert(isnan(peers_rate_of_all(peers, N, 2022)));
    ck_assert(peers_rate_of_neighbours(peers, N, 2021, &median, &err));
    ck_assert_double_eq_tol(median, (674.0 / 113000 + 439.0 / 38500) / 2 * 10000, 1e-9);
    ck_assert_int_eq(peers_latest_year(peers, N), 2021);
    ck_assert_int_eq(peers_latest_year(peers, 0), 0);
}
END_TEST

START_TEST(rate_table)
{
    struct table table;
    struct err err = {0};
    ck_assert(peers_rate_table(peers, N, &table, &err));
    ck_assert_uint_eq(table.n_rows, 4); /* Leeds, Sheffield, Gateshead, all; 2022 has nobody usable */
    ck_assert_str_eq(table_at(&table, 0, 2)->as.text, "Leeds");
    ck_assert_str_eq(table_at(&table, 0, 3)->as.text, "own");
    ck_assert_str_eq(table_at(&table, 3, 3)->as.text, "all");
    /* hand: Byar for 1281: 1211.8, 1353.1 -> 71.28, 79.59 */
    ck_assert_double_eq_tol(table_at(&table, 0, 7)->as.real, 71.28, 0.01);
    ck_assert_double_eq_tol(table_at(&table, 0, 8)->as.real, 79.60, 0.01);
    table_free(&table);
}
END_TEST

START_TEST(funnel_table)
{
    struct table table;
    struct funnel funnel;
    struct err err = {0};
    double own_z = 0;
    ck_assert_msg(peers_funnel_table(peers, N, 2021, &table, &funnel, &own_z, &err), "%s", err.message);
    ck_assert_uint_eq(table.n_rows, 4);
    ck_assert_double_eq_tol(funnel.theta, 2786.0 / 377500, 1e-12);
    ck_assert_double_eq_tol(table_at(&table, 0, 6)->as.real, own_z, 1e-15);
    for (size_t i = 0; i < table.n_rows; i++) {
        const double rate = table_at(&table, i, 5)->as.real;
        const bool inside = strcmp(table_at(&table, i, 11)->as.text, "inside") == 0;
        ck_assert(inside ==
                  (rate >= table_at(&table, i, 7)->as.real && rate <= table_at(&table, i, 8)->as.real));
    }
    table_free(&table);
    ck_assert(!peers_funnel_table(peers, N, 2022, &table, &funnel, &own_z, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

Suite *suite_peers(void)
{
    Suite *suite = suite_create("peers");
    TCase *tcase = tcase_create("peers");
    tcase_add_test(tcase, rates);
    tcase_add_test(tcase, rate_table);
    tcase_add_test(tcase, funnel_table);
    suite_add_tcase(suite, tcase);
    return suite;
}
