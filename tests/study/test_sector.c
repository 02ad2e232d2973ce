/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/sector.h"

#include <check.h>

#include "data/counts.h"
#include "tests/build_history.h"

Suite *suite_sector(void);

START_TEST(by_hand)
{
    /* hand: PR1, PR5, PR0 and not recorded are there at the year's end; the child with PR4 left that day */
    static const uint8_t providers[] = {1, 5, 0, 255, 4};
    struct history history;
    int64_t found[SECTOR_COUNT];
    build_init(&history, 2022, 2022);
    for (size_t i = 0; i < sizeof providers; i++) {
        build_child(&history, on(2010, 1, 1));
        build_spell(&history, on(2021, 6, 1), i == 4 ? on(2022, 3, 31) : DAY_OPEN, ROUTE_HOME,
                    PLACEMENT_FOSTER_IFA);
        build_last(&history)->provider = providers[i];
    }
    sector_count(&history, on(2022, 3, 31), found);
    ck_assert_int_eq(found[SECTOR_PUBLIC], 1);
    ck_assert_int_eq(found[SECTOR_INDEPENDENT], 1);
    ck_assert_int_eq(found[SECTOR_NONE], 2);
    sector_count(&history, on(2022, 3, 30), found);
    ck_assert_int_eq(found[SECTOR_INDEPENDENT], 2);
    ck_assert_str_eq(sector_name(SECTOR_NONE), "none");
    build_free(&history);
}
END_TEST

START_TEST(together_they_are_all)
{
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_random(&history, 5, 200, 2018, 2022, 0);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
    for (int32_t m = 0; m < counts.n_months; m++) {
        int64_t found[SECTOR_COUNT];
        sector_count(&history, counts_month_end(&counts, m), found);
        ck_assert_int_eq(found[0] + found[1] + found[2],
                         counts_at(&counts, MEASURE_STOCK, (struct group){GROUP_ALL, 0}, m));
    }
    counts_free(&counts);
    build_free(&history);
}
END_TEST

Suite *suite_sector(void)
{
    Suite *suite = suite_create("sector");
    TCase *tcase = tcase_create("sector");
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, together_they_are_all);
    suite_add_tcase(suite, tcase);
    return suite;
}
