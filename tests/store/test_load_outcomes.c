/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reviews, health, absences and care leavers in, and the same out, beside the children they are about. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "data/outcomes.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "scratch.h"
#include "store/import.h"

Suite *suite_load_outcomes(void);

static char path[SCRATCH_PATH], folder[SCRATCH_PATH];

static void setup(void)
{
    scratch_make(path);
    ck_assert(str_copy(str_of(path), folder, sizeof folder));
    *strrchr(folder, '/') = '\0';
}

static int delete_one(const char *name, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    return remove(name);
}

static void teardown(void)
{
    ck_assert_int_eq(nftw(folder, delete_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void put(const char *year, const char *name, const char *text)
{
    char full[2 * SCRATCH_PATH];
    ck_assert_int_gt(snprintf(full, sizeof full, "%s/%s", folder, year), 0);
    mkdir(full, 0700);
    ck_assert_int_gt(snprintf(full, sizeof full, "%s/%s/%s", folder, year, name), 0);
    FILE *file = fopen(full, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void import(const char *year)
{
    char full[2 * SCRATCH_PATH];
    const char *paths[] = {full};
    struct err err = {0};
    struct log quiet;
    struct imported imported;
    const struct import_options options = {.la = "Testham"};
    log_init(&quiet, stderr, true);
    ck_assert_int_gt(snprintf(full, sizeof full, "%s/%s", folder, year), 0);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, paths, 1, &options, &quiet, &imported, &err), "%s", err.message);
    store_close(store);
    imported_free(&imported);
}

#define HEADER                                                                                               \
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,1,01/05/2010,WBRI,UN1,,\n8,2,02/06/2011,WBRI,UN1,,\n"
#define EPISODES "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"

START_TEST(rows_find_their_children)
{
    struct err err = {0};
    struct history history;
    struct outcomes outcomes;
    put("2022", "header.csv", HEADER);
    put("2022", "episodes.csv", EPISODES "7,01/07/2021,S,C2,N1,U6,PR1,,\n8,01/08/2021,S,C2,N1,U6,PR1,,\n");
    put("2022", "reviews.csv",
        "CHILD,DOB,REVIEW,REVIEW_CODE\n8,02/06/2011,20/08/2021,PN1\n"
        "7,01/05/2010,20/07/2021,PN2\n8,02/06/2011,20/11/2021,PN4\n");
    put("2023", "header.csv", HEADER);
    put("2023", "episodes.csv",
        EPISODES "7,01/07/2021,S,C2,N1,U6,PR1,01/02/2023,E4A\n8,01/08/2021,S,C2,N1,U6,PR1,,\n");
    put("2023", "oc2.csv",
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n8,02/06/2011,17,,0,,1,0,1,0,,\n");
    put("2023", "oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n99,03/07/2003,YES,F1,U1\n");
    put("2023", "missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n7,01/05/2010,M,01/06/2022,02/06/2022\n");
    put("2023", "ad1.csv",
        "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "8,02/06/2011,01/09/2022,01/10/2022,0,2,MF,L11\n");
    import("2023");
    import("2022");
    struct store *store = scratch_open(path, STORE_READ);
    struct authority authority;
    ck_assert(store_find_authority(store, NULL, &authority, &err));
    ck_assert(store_load_history(store, authority.la, false, &history, &err));
    ck_assert_msg(store_load_outcomes(store, &history, &outcomes, &err), "%s", err.message);
    /* child 8 is the one born in 2011, wherever its key puts it */
    const int32_t eight = history.children[0].born == date_from_civil(2011, 6, 2) ? 0 : 1;
    ck_assert_uint_eq(history.n_children, 2);
    ck_assert_uint_eq(outcomes.n_reviews, 3);
    int32_t of_eight = 0;
    for (size_t i = 0; i < 3; i++)
        of_eight += outcomes.reviews[i].child == eight;
    ck_assert_int_eq(of_eight, 2);
    ck_assert_uint_eq(outcomes.n_health, 1);
    ck_assert_int_eq(outcomes.health[0].child, eight);
    ck_assert_int_eq(outcomes.health[0].score, 17);
    ck_assert_int_eq(outcomes.health[0].year, 2023);
    ck_assert_uint_eq(outcomes.n_leavers, 1);
    ck_assert_int_eq(outcomes.leavers[0].child, OUTCOME_NO_CHILD);
    ck_assert_int_eq(outcomes.leavers[0].age, 19);
    ck_assert_uint_eq(outcomes.n_absences, 1);
    ck_assert_int_eq(outcomes.absences[0].child, 1 - eight);
    ck_assert_uint_eq(outcomes.n_adopted, 1);
    ck_assert_int_eq(outcomes.adopted[0].matched, date_from_civil(2022, 10, 1));
    /* reviews were filed for 2021-22 only */
    ck_assert(outcomes_cover(&outcomes, TABLE_REVIEWS, history.start, date_year_end(2022)));
    ck_assert(!outcomes_cover(&outcomes, TABLE_REVIEWS, history.start, history.end));
    ck_assert(outcomes_cover(&outcomes, TABLE_EPISODES, history.start, history.end));
    outcomes_free(&outcomes);
    history_free(&history);
    store_close(store);
}
END_TEST

Suite *suite_load_outcomes(void)
{
    Suite *suite = suite_create("load_outcomes");
    TCase *tcase = tcase_create("load_outcomes");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, rows_find_their_children);
    suite_add_tcase(suite, tcase);
    return suite;
}
