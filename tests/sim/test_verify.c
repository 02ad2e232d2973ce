/* SPDX-License-Identifier: GPL-3.0-or-later
 * A replicate that holds together, and every way in which it may not: each is found and named. */
#include "sim/verify.h"

#include <check.h>
#include <string.h>

Suite *suite_verify(void);

enum { MONTHS = 3 };
/* 31 March 2022: April has 30 days, May 31, June 30 */
static const day origin = 19082;

static const struct result_series series[] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},        {MEASURE_STOCK, {GROUP_PLACEMENT, 0}},
    {MEASURE_STOCK, {GROUP_PLACEMENT, 1}},  {MEASURE_STOCK, {GROUP_AGE, 0}},
    {MEASURE_STOCK, {GROUP_AGE, 1}},        {MEASURE_STOCK, {GROUP_UASC, 0}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},      {MEASURE_EXITS, {GROUP_ALL, 0}},
    {MEASURE_EXITS, {GROUP_ROUTE, 0}},      {MEASURE_EXITS, {GROUP_ROUTE, 1}},
    {MEASURE_EXITS, {GROUP_NEED, 0}},       {MEASURE_EXITS, {GROUP_LOCALITY, 0}},
    {MEASURE_NIGHTS, {GROUP_ALL, 0}},       {MEASURE_NIGHTS, {GROUP_PLACEMENT, 0}},
    {MEASURE_NIGHTS, {GROUP_PLACEMENT, 1}}, {MEASURE_READMISSIONS, {GROUP_ALL, 0}},
};
enum { N = sizeof series / sizeof series[0] };
enum row {
    STOCK,
    STOCK_0,
    STOCK_1,
    STOCK_YOUNG,
    STOCK_OLD,
    STOCK_UASC,
    ENTRIES,
    EXITS,
    ROUTE_0,
    ROUTE_1,
    NEED_0,
    LOCALITY_0,
    NIGHTS,
    NIGHTS_0,
    NIGHTS_1,
    AGAIN
};

/* 10 children; 2 come and 1 leaves in April, 1 and 3 in May, nobody and 9 in June. */
static const int32_t sound[N][MONTHS] = {
    [STOCK] = {11, 9, 0},      [STOCK_0] = {6, 9, 0},      [STOCK_1] = {5, 0, 0},
    [STOCK_YOUNG] = {0, 0, 0}, [STOCK_OLD] = {11, 9, 0},   [STOCK_UASC] = {4, 4, 0},
    [ENTRIES] = {2, 1, 0},     [EXITS] = {1, 3, 9},        [ROUTE_0] = {1, 0, 5},
    [ROUTE_1] = {0, 3, 4},     [NEED_0] = {1, 3, 9},       [LOCALITY_0] = {1, 3, 9},
    [NIGHTS] = {360, 300, 0},  [NIGHTS_0] = {200, 290, 0}, [NIGHTS_1] = {160, 10, 0},
    [AGAIN] = {2, 0, 0},
};

/* The sound tally with changes; words: what the error must name, NULL when there must be none. */
static void must_say(const int32_t values[N][MONTHS], int32_t origin_stock, const char *words)
{
    struct err err = {0};
    int32_t copy[N * MONTHS];
    memcpy(copy, values, sizeof copy);
    const struct tally tally = {.series = series, .n_series = N, .months = MONTHS, .values = copy};
    const bool ok = tally_verify(&tally, origin, origin_stock, &err);
    if (words == NULL) {
        ck_assert_msg(ok, "%s", err.message);
        return;
    }
    ck_assert_msg(!ok, "not found: %s", words);
    ck_assert_int_eq(err.code, ERR_INTERNAL);
    ck_assert_msg(strstr(err.message, words) != NULL, "\"%s\" does not say \"%s\"", err.message, words);
}

START_TEST(a_sound_replicate)
{
    must_say(sound, 10, NULL);
    must_say(sound, -1, NULL); /* the stock before the first month is not known */
}
END_TEST

START_TEST(every_break_is_named)
{
    static const struct {
        enum row row;
        int month;
        int32_t value;
        const char *words;
    } breaks[] = {
        {STOCK_UASC, 1, -1, "stock of month 2 is below 0"},
        {NIGHTS_1, 0, -160, "nights of month 1 is below 0"},
        {AGAIN, 2, -1, "readmissions of month 3 is below 0"},
        {STOCK_0, 0, 7, "stock of month 1: parts"},
        {STOCK_OLD, 1, 8, "stock of month 2: parts"},
        {ROUTE_1, 2, 3, "exits of month 3: parts"},
        {NEED_0, 1, 2, "exits of month 2: parts"},
        {LOCALITY_0, 0, 2, "exits of month 1: parts"},
        {NIGHTS_0, 1, 291, "nights of month 2: parts"},
        {ENTRIES, 0, 3, "month 1: 10 + 3 entries - 1 exits is not the stock of 11"},
        {ENTRIES, 2, 1, "month 3: 9 + 1 entries - 9 exits is not the stock of 0"},
        {AGAIN, 1, 2, "month 2 has more readmissions than entries"},
    };
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        int32_t values[N][MONTHS];
        memcpy(values, sound, sizeof values);
        values[breaks[i].row][breaks[i].month] = breaks[i].value;
        must_say((const int32_t(*)[MONTHS])values, 10, breaks[i].words);
    }
}
END_TEST

START_TEST(the_first_months_stock)
{
    must_say(sound, 9, "month 1: 9 + 2 entries - 1 exits is not the stock of 11");
}
END_TEST

START_TEST(more_nights_than_children_can_sleep)
{
    /* April: 30 days x (10 + 2); one night more is too many */
    int32_t values[N][MONTHS];
    memcpy(values, sound, sizeof values);
    values[NIGHTS][0] = 360;
    values[NIGHTS_0][0] = 200;
    must_say((const int32_t(*)[MONTHS])values, 10, NULL);
    values[NIGHTS][0] = 361;
    values[NIGHTS_0][0] = 201;
    must_say((const int32_t(*)[MONTHS])values, 10, "month 1 has more nights");
}
END_TEST

START_TEST(a_model_with_fewer_series)
{
    /* Only totals of stock: nothing to balance, but nothing below 0 either. */
    static const struct result_series one[] = {{MEASURE_STOCK, {GROUP_ALL, 0}}};
    struct err err = {0};
    int32_t values[] = {5, 4, 3};
    struct tally tally = {.series = one, .n_series = 1, .months = 3, .values = values};
    ck_assert(tally_verify(&tally, origin, 17, &err));
    values[2] = -3;
    ck_assert(!tally_verify(&tally, origin, 17, &err));
}
END_TEST

Suite *suite_verify(void)
{
    Suite *suite = suite_create("verify");
    TCase *tcase = tcase_create("verify");
    tcase_add_test(tcase, a_sound_replicate);
    tcase_add_test(tcase, every_break_is_named);
    tcase_add_test(tcase, the_first_months_stock);
    tcase_add_test(tcase, more_nights_than_children_can_sleep);
    tcase_add_test(tcase, a_model_with_fewer_series);
    suite_add_tcase(suite, tcase);
    return suite;
}
