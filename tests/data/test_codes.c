/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected groups, routes and years are the rows of the guide's code lists, written out by hand. */
#include "data/codes.h"

#include <check.h>
#include <string.h>

Suite *suite_codes(void);

static enum place place(const char *code)
{
    return code_place_find(str_of(code));
}

START_TEST(every_code_is_found_by_its_name)
{
    for (int i = 0; i < PLACE_UNKNOWN; i++)
        ck_assert_int_eq(place(code_place_name((enum place)i)), i);
    for (int i = 0; i < STATUS_UNKNOWN; i++)
        ck_assert_int_eq(code_legal_find(str_of(code_legal_name((enum legal_status)i))), i);
    for (int i = 0; i < REC_UNKNOWN; i++)
        ck_assert_int_eq(code_rec_find(str_of(code_rec_name((enum rec)i))), i);
    for (int i = 0; i < RNE_UNKNOWN; i++) {
        const char letter = code_rne_letter((enum rne)i);
        ck_assert_int_eq(code_rne_find((struct str){&letter, 1}), i);
    }
    for (int i = 0; i < ETHNIC_COUNT; i++) {
        enum ethnic found = ETHNIC_WBRI;
        ck_assert(code_ethnic_find(str_of(code_ethnic_name((enum ethnic)i)), &found));
        ck_assert_int_eq(found, i);
    }
    for (int i = 0; i < NEED_UNKNOWN; i++)
        ck_assert_int_eq(code_need_find(str_of(need_name((enum need)i))), i);
    for (uint8_t i = 0; i <= 5; i++)
        ck_assert_int_eq(code_provider_find(str_of(code_provider_name(i))), i);
}
END_TEST

START_TEST(what_is_in_no_list_is_unknown)
{
    static const char *const wrong[] = {"", "U", "U7", "u4", "X9", "Z15", "Z1 ", "U44", "T00", "E9999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(place(wrong[i]) == PLACE_UNKNOWN, "%s", wrong[i]);
        ck_assert_msg(code_legal_find(str_of(wrong[i])) == STATUS_UNKNOWN, "%s", wrong[i]);
        ck_assert_msg(code_rec_find(str_of(wrong[i])) == REC_UNKNOWN, "%s", wrong[i]);
        ck_assert_msg(code_rne_find(str_of(wrong[i])) ==
                          (wrong[i][0] == 'U' && wrong[i][1] == 0 ? RNE_U : RNE_UNKNOWN),
                      "%s", wrong[i]);
        ck_assert_msg(code_provider_find(str_of(wrong[i])) == PROVIDER_UNKNOWN, "%s", wrong[i]);
        ck_assert_msg(code_need_find(str_of(wrong[i])) == NEED_UNKNOWN, "%s", wrong[i]);
    }
    enum ethnic ethnic = ETHNIC_WBRI;
    ck_assert(!code_ethnic_find(str_of("WHT"), &ethnic));
    ck_assert_int_eq(ethnic, ETHNIC_NOBT);
    ck_assert_int_eq(code_provider_find(str_of("PR9")), PROVIDER_UNKNOWN);
    ck_assert_int_eq(code_legal_find(str_of("C3")), STATUS_UNKNOWN);
}
END_TEST

START_TEST(placements_have_groups)
{
    static const struct {
        const char *code;
        uint8_t provider;
        enum placement_group group;
    } rows[] = {
        {"U1", 4, PLACEMENT_FOSTER_KIN},
        {"U6", 1, PLACEMENT_FOSTER_INHOUSE},
        {"U4", 3, PLACEMENT_FOSTER_INHOUSE},
        {"U5", 4, PLACEMENT_FOSTER_IFA},
        {"Q2", 5, PLACEMENT_FOSTER_IFA},
        {"U6", PROVIDER_UNKNOWN, PLACEMENT_OTHER},
        {"U6", 0, PLACEMENT_OTHER},
        {"K2", 2, PLACEMENT_RES_INHOUSE},
        {"K2", 5, PLACEMENT_RES_EXTERNAL},
        {"H3", PROVIDER_UNKNOWN, PLACEMENT_RES_INHOUSE},
        {"H4", PROVIDER_UNKNOWN, PLACEMENT_RES_EXTERNAL},
        {"H4", 1, PLACEMENT_RES_INHOUSE},
        {"F6", 1, PLACEMENT_FOSTER_IFA},
        {"A6", 1, PLACEMENT_ADOPTION},
        {"P1", 0, PLACEMENT_PARENTS},
        {"K3", 4, PLACEMENT_SUPPORTED},
        {"H5", 4, PLACEMENT_SUPPORTED},
        {"P2", 4, PLACEMENT_SUPPORTED},
        {"P3", 4, PLACEMENT_RES_OTHER},
        {"S1", 4, PLACEMENT_RES_OTHER},
        {"R3", 4, PLACEMENT_RES_OTHER},
        {"K1", 1, PLACEMENT_SECURE},
        {"R5", 3, PLACEMENT_SECURE},
        {"R4", 3, PLACEMENT_SECURE},
        {"Z12", PROVIDER_UNKNOWN, PLACEMENT_OTHER},
        {"X9", 1, PLACEMENT_OTHER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_msg(code_place_group(place(rows[i].code), rows[i].provider) == rows[i].group, "%s %d",
                      rows[i].code, rows[i].provider);
    ck_assert(code_place_needs_provider(PLACE_H3) && code_place_needs_provider(PLACE_U6));
    ck_assert(!code_place_needs_provider(PLACE_U3) && !code_place_needs_provider(PLACE_UNKNOWN));
    ck_assert(code_place_is_temporary(PLACE_T0) && code_place_is_temporary(PLACE_M3));
    ck_assert(!code_place_is_temporary(PLACE_Z1) && !code_place_is_temporary(PLACE_UNKNOWN));
    ck_assert(code_place_has_no_provider(PLACE_T1) && code_place_has_no_provider(PLACE_Z14));
    ck_assert(!code_place_has_no_provider(PLACE_U1) && !code_place_has_no_provider(PLACE_UNKNOWN));
    ck_assert_int_eq(code_place_age_floor(PLACE_K3), 16);
    ck_assert_int_eq(code_place_age_floor(PLACE_S1), 4);
    ck_assert_int_eq(code_place_age_floor(PLACE_U6), 0);
}
END_TEST

START_TEST(codes_hold_in_their_years)
{
    const day june_2024 = date_from_civil(2024, 6, 1);
    const day june_2015 = date_from_civil(2015, 6, 1);
    const day june_2012 = date_from_civil(2012, 6, 1);
    ck_assert(!code_place_valid(PLACE_P2, june_2024, DAY_OPEN));
    ck_assert(code_place_valid(PLACE_P2, date_from_civil(2023, 10, 28), DAY_OPEN));
    ck_assert(!code_place_valid(PLACE_P2, date_from_civil(2023, 10, 29), DAY_OPEN));
    ck_assert(!code_place_valid(PLACE_K3, june_2015, june_2015 + 30));
    ck_assert(code_place_valid(PLACE_K3, june_2024, DAY_OPEN));
    ck_assert(code_place_valid(PLACE_Q2, june_2012, june_2024));
    ck_assert(!code_place_valid(PLACE_Q2, june_2015, june_2024));
    ck_assert(code_place_valid(PLACE_U6, june_2012, DAY_OPEN));
    ck_assert(!code_place_valid(PLACE_U6, june_2012, june_2012 + 9));
    ck_assert(code_place_valid(PLACE_UNKNOWN, june_2012, DAY_OPEN));
    ck_assert(code_legal_valid(STATUS_D1, date_from_civil(2005, 12, 29), june_2012));
    ck_assert(!code_legal_valid(STATUS_D1, date_from_civil(2005, 12, 30), june_2012));
    ck_assert(!code_legal_valid(STATUS_E1, date_from_civil(2004, 1, 1), date_from_civil(2005, 12, 29)));
    ck_assert(code_rec_valid(REC_E43, date_from_civil(2018, 3, 31)));
    ck_assert(!code_rec_valid(REC_E43, date_from_civil(2018, 4, 1)));
    ck_assert(!code_rec_valid(REC_E45, date_from_civil(2018, 3, 31)));
    ck_assert(code_rec_valid(REC_UNKNOWN, june_2012));
}
END_TEST

START_TEST(providers_fit_placements)
{
    ck_assert(code_provider_fits(PLACE_P1, 0) && !code_provider_fits(PLACE_U6, 0));
    for (uint8_t provider = 1; provider <= 5; provider++)
        ck_assert(!code_provider_fits(PLACE_P1, provider));
    ck_assert(!code_provider_fits(PLACE_R2, 1) && !code_provider_fits(PLACE_R5, 2));
    ck_assert(code_provider_fits(PLACE_R2, 3) && !code_provider_fits(PLACE_K2, 3));
    ck_assert(!code_provider_fits(PLACE_A3, 3) && code_provider_fits(PLACE_A2, 3));
    ck_assert(!code_provider_fits(PLACE_U1, 3) && code_provider_fits(PLACE_U1, 4));
    ck_assert(code_provider_fits(PLACE_U1, PROVIDER_UNKNOWN));
}
END_TEST

START_TEST(legal_status_and_reasons)
{
    ck_assert_int_eq(code_legal_group(STATUS_C1), LEGAL_CARE_ORDER);
    ck_assert_int_eq(code_legal_group(STATUS_V2), LEGAL_SECTION_20);
    ck_assert_int_eq(code_legal_group(STATUS_D1), LEGAL_PLACEMENT_ORDER);
    ck_assert_int_eq(code_legal_group(STATUS_W1), LEGAL_OTHER);
    ck_assert_int_eq(code_legal_group(STATUS_UNKNOWN), LEGAL_OTHER);
    ck_assert(code_legal_is_short_break(STATUS_V4) && !code_legal_is_short_break(STATUS_V2));
    ck_assert_int_eq(code_legal_longest(STATUS_L1), 3);  /* 72 hours, rule 361 */
    ck_assert_int_eq(code_legal_longest(STATUS_V3), 17); /* rule 365 */
    ck_assert_int_eq(code_legal_longest(STATUS_C2), 0);
    ck_assert_int_eq(code_rec_route(REC_E4B, 900), ROUTE_HOME);
    ck_assert_int_eq(code_rec_route(REC_E41, 900), ROUTE_SGO);
    ck_assert_int_eq(code_rec_route(REC_E5, 31), ROUTE_OTHER);
    ck_assert_int_eq(code_rec_route(REC_E5, 30), ROUTE_AGED_OUT);
    ck_assert_int_eq(code_rec_route(REC_E7, -5), ROUTE_AGED_OUT);
    ck_assert_int_eq(code_rec_route(REC_E17, 900), ROUTE_AGED_OUT);
    ck_assert_int_eq(code_rec_route(REC_E9, 1), ROUTE_CUSTODY);
    ck_assert_int_eq(code_rec_route(REC_UNKNOWN, 1), ROUTE_OTHER);
    ck_assert(!code_rec_fits_age(REC_E17, 17) && code_rec_fits_age(REC_E17, 18));
    ck_assert(!code_rec_fits_age(REC_E6, 13) && code_rec_fits_age(REC_E6, 14));
    ck_assert(!code_rec_fits_age(REC_E12, 18) && code_rec_fits_age(REC_E12, 17));
    ck_assert(code_rne_is_move(RNE_B) && !code_rne_is_move(RNE_T) && !code_rne_is_move(RNE_UNKNOWN));
}
END_TEST

START_TEST(other_lists)
{
    ck_assert(code_list_has(LIST_ACCOM, str_of("Z2")) && !code_list_has(LIST_ACCOM, str_of("01")));
    ck_assert(code_list_has(LIST_REASON_PLACE_CHANGE, str_of("CUSTOD")));
    ck_assert(!code_list_has(LIST_SEX, str_of("3")) && !code_list_has(LIST_SEX, str_of("")));
    ck_assert(!code_list_has(LIST_MISSING, str_of("F1")));
    struct code_row row;
    size_t n = 0;
    bool saw_k2 = false;
    while (code_row(n, &row)) {
        n++;
        saw_k2 = saw_k2 || (strcmp(row.list, "PLACE") == 0 && strcmp(row.code, "K2") == 0 &&
                            strcmp(row.group, "res_inhouse") == 0);
    }
    ck_assert(saw_k2);
    ck_assert_uint_gt(n, 200);
}
END_TEST

Suite *suite_codes(void)
{
    Suite *suite = suite_create("codes");
    TCase *cases = tcase_create("codes");
    tcase_add_test(cases, every_code_is_found_by_its_name);
    tcase_add_test(cases, what_is_in_no_list_is_unknown);
    tcase_add_test(cases, placements_have_groups);
    tcase_add_test(cases, codes_hold_in_their_years);
    tcase_add_test(cases, providers_fit_placements);
    tcase_add_test(cases, legal_status_and_reasons);
    tcase_add_test(cases, other_lists);
    suite_add_tcase(suite, cases);
    return suite;
}
