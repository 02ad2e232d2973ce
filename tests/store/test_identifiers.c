/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identifiers.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "store/import.h"

Suite *suite_identifiers(void);

START_TEST(from_a_key_back_to_the_child)
{
    /* Three children, one with two episodes; every child of the history is found under its own name. */
    static const char header[] =
        "CHILD,SEX,DOB,ETHNIC\nB7,1,01/05/2012,WBRI\nA1,2,01/05/2013,WBRI\nC3,1,01/05/2014,WBRI\n";
    static const char episodes[] =
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "B7,01/06/2021,S,C2,N1,U6,PR1,01/09/2021,X1,CARPL,,,\n"
        "B7,01/09/2021,P,C2,N1,U6,PR1,,,,,,\n"
        "A1,01/06/2021,S,C2,N1,U6,PR1,,,,,,\n"
        "C3,01/06/2021,S,C2,N1,U6,PR1,,,,,,\n";
    struct err err = {0};
    struct log quiet;
    char path[SCRATCH_PATH];
    char files[2][SCRATCH_PATH + 16];
    const char *names[2] = {files[0], files[1]};
    const char *texts[2] = {header, episodes};
    struct imported imported = {0};
    struct history history = {0};
    struct identifiers identifiers;
    scratch_make(path);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_gt(snprintf(files[i], sizeof files[i], "%s.%d.csv", path, i), 0);
        FILE *out = fopen(files[i], "wb");
        ck_assert_ptr_nonnull(out);
        ck_assert_int_ge(fputs(texts[i], out), 0);
        ck_assert_int_eq(fclose(out), 0);
    }
    const struct import_options options = {.la = "Here", .year = 2022};
    log_init(&quiet, stderr, true);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, names, 2, &options, &quiet, &imported, &err), "%s", err.message);
    struct authority here;
    ck_assert_msg(store_find_authority(store, NULL, &here, &err), "%s", err.message);
    ck_assert_msg(store_load_history(store, here.la, false, &history, &err), "%s", err.message);
    ck_assert(identifiers_load(store, here.la, &identifiers, &err));
    ck_assert_uint_eq(identifiers.n, 3);
    ck_assert_uint_eq(history.n_children, 3);
    for (size_t i = 0; i < 3; i++) {
        const char *name = identifiers_find(&identifiers, history.children[i].key);
        ck_assert_ptr_nonnull(name);
        const int32_t year = date_to_civil(history.children[i].born).year; /* of birth, by the header */
        ck_assert_str_eq(name, year == 2012 ? "B7" : year == 2013 ? "A1" : "C3");
        ck_assert(identifiers_key(str_of(name)) == history.children[i].key);
    }
    ck_assert_ptr_null(identifiers_find(&identifiers, history.children[0].key + 1));
    identifiers_free(&identifiers);
    ck_assert(identifiers_load(store, here.la + 1, &identifiers, &err));
    ck_assert_uint_eq(identifiers.n, 0);
    ck_assert_ptr_null(identifiers_find(&identifiers, history.children[0].key));
    identifiers_free(&identifiers);
    history_free(&history);
    imported_free(&imported);
    store_close(store);
    for (int i = 0; i < 2; i++)
        unlink(files[i]);
    scratch_remove(path);
}
END_TEST

START_TEST(a_key_is_the_same_for_ever)
{
    /* Random numbers hang on keys, so a changed hash would change every forecast. Computed apart from this
     * program (Python 3.11, FNV-1a of 64 bits, then the finaliser of SplitMix64). */
    ck_assert(identifiers_key(str_of("SY010957")) == UINT64_C(0x42082fea5e2ab2));
}
END_TEST

Suite *suite_identifiers(void)
{
    Suite *suite = suite_create("identifiers");
    TCase *tcase = tcase_create("identifiers");
    tcase_add_test(tcase, from_a_key_back_to_the_child);
    tcase_add_test(tcase, a_key_is_the_same_for_ever);
    suite_add_tcase(suite, tcase);
    return suite;
}
