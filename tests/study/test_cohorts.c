/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every expected number is counted by hand from the few children that a test makes. */
#include "study/cohorts.h"

#include <check.h>
#include <string.h>

#include "data/codes.h"
#include "tests/build_history.h"

Suite *suite_cohorts(void);

static int64_t count_on(const struct history *history, day date, enum cohort cohort)
{
    struct err err = {0};
    struct cohorts cohorts;
    ck_assert(cohorts_find(history, date, &cohorts, &err));
    const int64_t n = cohorts_count(&cohorts, cohort);
    cohorts_free(&cohorts);
    return n;
}

START_TEST(over_18_months_is_more_than_18_months)
{
    /* from 30 September 2020 and 18 months: 30 March 2022; from 31 August 2020: 28 February 2022 */
    struct history history;
    build_init(&history, 2021, 2023);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 9, 30), DAY_OPEN, ROUTE_OTHER, PLACEMENT_PARENTS);
    ck_assert_int_eq(count_on(&history, on(2022, 3, 30), COHORT_PARENTS), 0);
    ck_assert_int_eq(count_on(&history, on(2022, 3, 31), COHORT_PARENTS), 1);
    ck_assert_int_eq(count_on(&history, on(2022, 3, 31), COHORT_KIN), 0);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 8, 31), on(2022, 5, 5), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    ck_assert_int_eq(count_on(&history, on(2022, 2, 28), COHORT_KIN), 0);
    ck_assert_int_eq(count_on(&history, on(2022, 3, 1), COHORT_KIN), 1);
    ck_assert_int_eq(count_on(&history, on(2022, 5, 4), COHORT_KIN), 1);
    ck_assert_int_eq(count_on(&history, on(2022, 5, 5), COHORT_KIN), 0); /* the day on which care ends */
    build_free(&history);
}
END_TEST

START_TEST(only_a_move_or_another_kind_begins_anew)
{
    struct history history;
    build_init(&history, 2019, 2023);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2019, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_status(&history, on(2021, 6, 1), LEGAL_CARE_ORDER);
    ck_assert_int_eq(count_on(&history, on(2021, 12, 31), COHORT_KIN), 1); /* another status */
    build_status(&history, on(2021, 8, 1), LEGAL_CARE_ORDER);
    build_last(&history)->is_new_stay = true;
    ck_assert_int_eq(count_on(&history, on(2021, 12, 31), COHORT_KIN), 1); /* another type, same carer */
    build_move(&history, on(2021, 9, 1), PLACEMENT_FOSTER_KIN);
    ck_assert_int_eq(count_on(&history, on(2021, 12, 31), COHORT_KIN), 0);
    ck_assert_int_eq(count_on(&history, on(2023, 3, 2), COHORT_KIN), 1); /* 1 March and a day */
    build_status(&history, on(2022, 9, 1), LEGAL_CARE_ORDER);
    build_last(&history)->group = PLACEMENT_PARENTS; /* without a move: the carer is a parent now */
    ck_assert_int_eq(count_on(&history, on(2023, 3, 31), COHORT_PARENTS), 0);
    ck_assert_int_eq(count_on(&history, on(2023, 3, 31), COHORT_KIN), 0);
    build_free(&history);
}
END_TEST

/* A child of ten in an external home since 1 January 2021, and another of eleven with the same need who was
 * with in-house carers until `left`. The day asked for is 31 March 2022. */
static void build_pair(struct history *history, day left)
{
    build_init(history, 2021, 2022);
    build_child(history, on(2010, 6, 1));
    build_spell(history, on(2020, 5, 1), left, ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_child(history, on(2011, 6, 1));
    build_spell(history, on(2021, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_RES_EXTERNAL);
    build_last(history)->place_code = PLACE_K2;
}

static int64_t candidates(struct history *history, enum cohort cohort)
{
    const int64_t n = count_on(history, on(2022, 3, 31), cohort);
    build_free(history);
    return n;
}

START_TEST(who_could_step_down)
{
    struct history history;
    build_pair(&history, DAY_OPEN);
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 1);

    build_pair(&history, DAY_OPEN);
    build_last(&history)->group = PLACEMENT_FOSTER_IFA;
    build_last(&history)->place_code = PLACE_U6;
    ck_assert_int_eq(candidates(&history, COHORT_AGENCY), 1);

    build_pair(&history, DAY_OPEN);
    build_last(&history)->group = PLACEMENT_FOSTER_IFA;
    build_last(&history)->place_code = PLACE_U4; /* meant to last */
    ck_assert_int_eq(candidates(&history, COHORT_AGENCY), 0);

    build_pair(&history, DAY_OPEN);
    build_last(&history)->legal = LEGAL_YOUTH_JUSTICE;
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    build_pair(&history, DAY_OPEN);
    build_move(&history, on(2021, 3, 31), PLACEMENT_RES_EXTERNAL); /* twelve months to the day, not over */
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    build_pair(&history, DAY_OPEN);
    build_move(&history, on(2021, 3, 30), PLACEMENT_RES_EXTERNAL);
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 1);
}
END_TEST

START_TEST(others_like_them_are_in_house)
{
    struct history history;
    /* the other child left within the year: 31 March 2021 is its last day that does not count */
    build_pair(&history, on(2021, 4, 2));
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 1);
    build_pair(&history, on(2021, 3, 31));
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    /* it was nine when it left, and ten on the day asked for */
    build_pair(&history, on(2021, 6, 1));
    history.children[0].born = on(2011, 10, 1);
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    build_pair(&history, DAY_OPEN);
    history.segments[0].need = NEED_N2; /* another need */
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    build_pair(&history, DAY_OPEN);
    history.children[0].born = on(2012, 4, 1); /* nine: another age band */
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);

    build_pair(&history, DAY_OPEN);
    for (int i = 0; i < 2; i++)
        history.children[i].born = on(2006, 3, 31); /* both sixteen on the day */
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 0);
    build_pair(&history, DAY_OPEN);
    for (int i = 0; i < 2; i++)
        history.children[i].born = on(2006, 4, 1); /* on the morrow */
    ck_assert_int_eq(candidates(&history, COHORT_EXTERNAL), 1);
}
END_TEST

static const struct table_cell *cell(const struct table *table, const char *cohort, const char *locality,
                                     size_t column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (strcmp(table_at(table, i, 1)->as.text, cohort) == 0 &&
            strcmp(table_at(table, i, 2)->as.text, locality) == 0)
            return table_at(table, i, column);
    return NULL;
}

START_TEST(numbers_by_locality_with_nights_and_cost)
{
    /* hand: three kin placements, at 70.07 a week: 365 x 7007 / 7 = 365,365 pence a child; 1,096,095 for
     * three. With 70.00 for PR1 one of them costs 365,000. */
    struct err err = {0};
    struct history history;
    struct cohorts cohorts;
    struct price_book prices = {0};
    struct table table;
    static const char *names[] = {"East", "West", "unknown"};
    static const int16_t localities[] = {1, 0, 1};
    const struct price_line any = {.group = PLACEMENT_FOSTER_KIN, .provider = "", .weekly = 7007};
    const struct price_line own = {.group = PLACEMENT_FOSTER_KIN, .provider = "PR1", .weekly = 7000};
    ck_assert(price_book_add(&prices, &any, &err) && price_book_add(&prices, &own, &err));
    build_init(&history, 2021, 2022);
    for (int i = 0; i < 3; i++) {
        build_child(&history, on(2015, 1, 1));
        build_spell(&history, on(2020, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        build_last(&history)->locality = localities[i];
    }
    build_last(&history)->provider = 1;
    history.localities = names;
    history.n_localities = 3;
    ck_assert(cohorts_find(&history, history.end, &cohorts, &err));
    cohorts_table_init(&table);
    ck_assert(cohorts_table_add(&table, &history, &cohorts, &prices, &err));
    ck_assert_uint_eq(table.n_rows, COHORT_COUNT + 2);
    ck_assert_str_eq(table_at(&table, 0, 0)->as.text, "Testshire");
    ck_assert_int_eq(cell(&table, "kin_18_months", "all", 3)->as.integer, 3);
    ck_assert_int_eq(cell(&table, "kin_18_months", "all", 4)->as.integer, 1095);
    ck_assert_int_eq(cell(&table, "kin_18_months", "all", 5)->as.integer, 365365 * 2 + 365000);
    ck_assert_int_eq(cell(&table, "kin_18_months", "East", 3)->as.integer, 1);
    ck_assert_int_eq(cell(&table, "kin_18_months", "West", 3)->as.integer, 2);
    ck_assert_int_eq(cell(&table, "kin_18_months", "West", 5)->as.integer, 365365 + 365000);
    ck_assert_ptr_null(cell(&table, "kin_18_months", "unknown", 3));
    ck_assert_int_eq(cell(&table, "parents_18_months", "all", 3)->as.integer, 0);
    /* members stand by locality */
    ck_assert_uint_eq(cohorts.members[0].segment, 1);
    ck_assert_int_eq(cohorts.members[0].since, on(2020, 5, 1));
    table_free(&table);
    cohorts_free(&cohorts);
    price_book_free(&prices);
    history.localities = NULL;
    build_free(&history);
}
END_TEST

START_TEST(short_breaks_are_nobody)
{
    struct history history;
    build_init(&history, 2021, 2022);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_last(&history)->legal = LEGAL_SHORT_BREAK;
    ck_assert_int_eq(count_on(&history, history.end, COHORT_KIN), 0);
    build_free(&history);
}
END_TEST

START_TEST(names_of_cohorts_differ)
{
    for (int i = 0; i < COHORT_COUNT; i++)
        for (int k = 0; k < i; k++) {
            ck_assert_str_ne(cohort_name((enum cohort)i), cohort_name((enum cohort)k));
            ck_assert_str_ne(cohort_words((enum cohort)i), cohort_words((enum cohort)k));
        }
}
END_TEST

Suite *suite_cohorts(void)
{
    Suite *suite = suite_create("cohorts");
    TCase *tcase = tcase_create("cohorts");
    tcase_add_test(tcase, over_18_months_is_more_than_18_months);
    tcase_add_test(tcase, only_a_move_or_another_kind_begins_anew);
    tcase_add_test(tcase, who_could_step_down);
    tcase_add_test(tcase, others_like_them_are_in_house);
    tcase_add_test(tcase, numbers_by_locality_with_nights_and_cost);
    tcase_add_test(tcase, short_breaks_are_nobody);
    tcase_add_test(tcase, names_of_cohorts_differ);
    suite_add_tcase(suite, tcase);
    return suite;
}
