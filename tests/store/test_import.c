/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files into the database: rows that add up, years that fit, files that replace one another, and the same
 * database in whatever order returns came. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "store/import.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "store/findings_table.h"

Suite *suite_import(void);

#define EPISODES "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
#define HEADER   "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"

static char path[SCRATCH_PATH], folder[SCRATCH_PATH];
static struct log quiet;

static void setup(void)
{
    scratch_make(path);
    ck_assert(str_copy(str_of(path), folder, sizeof folder));
    *strrchr(folder, '/') = '\0';
    log_init(&quiet, stderr, true);
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

static void name_in_folder(char out[2 * SCRATCH_PATH], const char *name)
{
    ck_assert_int_gt(snprintf(out, 2 * SCRATCH_PATH, "%s/%s", folder, name), 0);
}

/* Writes a file of the scratch folder; a part of its name before '/' becomes a folder. */
static void put(const char *name, const char *text)
{
    char full[2 * SCRATCH_PATH];
    name_in_folder(full, name);
    char *slash = strrchr(full, '/');
    *slash = '\0';
    mkdir(full, 0700);
    *slash = '/';
    FILE *file = fopen(full, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static bool try_import(const char *name, int32_t year, struct imported *out, struct err *err)
{
    char full[2 * SCRATCH_PATH];
    const char *paths[] = {full};
    const struct import_options options = {.la = "Testham", .year = year};
    name_in_folder(full, name);
    struct store *store = scratch_open(path, STORE_WRITE);
    const bool ok = store_import(store, paths, 1, &options, &quiet, out, err);
    store_close(store);
    return ok;
}

/* Imports, requires that rows add up, and gives the note of the last file. */
static void import(const char *name, char note[64])
{
    struct imported imported;
    struct err err = {0};
    ck_assert_msg(try_import(name, 0, &imported, &err), "%s", err.message);
    const struct table *files = &imported.files;
    ck_assert_uint_gt(files->n_rows, 0);
    for (size_t i = 0; i < files->n_rows; i++) {
        ck_assert_int_eq(table_at(files, i, 3)->as.integer, table_at(files, i, 4)->as.integer +
                                                                table_at(files, i, 5)->as.integer +
                                                                table_at(files, i, 6)->as.integer);
        if (note != NULL)
            str_copy(str_of(table_at(files, i, 9)->as.text), note, 64);
    }
    imported_free(&imported);
}

static int64_t found(const char *rule)
{
    struct err err = {0};
    struct table table;
    int64_t rows = 0;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(findings_by_rule(store, 0, &table, &err));
    for (size_t i = 0; i < table.n_rows; i++)
        if (strcmp(table_at(&table, i, 0)->as.text, rule) == 0)
            rows += table_at(&table, i, 4)->as.integer;
    table_free(&table);
    store_close(store);
    return rows;
}

static void put_returns(void)
{
    put("2021/header.csv", HEADER "7,1,05/05/2010,WBRI,UN3,,\n,1,05/05/2010,WBRI,UN3,,\n");
    put("2021/episodes.csv", EPISODES "7,01/06/2020,S,C2,N1,U4,PR1,,\n7,31/02/2021,S,C2,N1,U4,PR1,,\n");
    put("2022/header.csv", HEADER "7,1,05/05/2010,WBRI,UN3,,\n");
    put("2022/episodes.csv", EPISODES "7,01/06/2020,S,C2,N1,U4,PR1,01/09/2021,E4A\n");
}

START_TEST(same_and_replaced_files)
{
    char note[64] = "";
    put_returns();
    import("2021", note);
    ck_assert_str_eq(note, "");
    ck_assert_int_eq(found("E-02") + found("E-01"), 1); /* 31 February */
    import("2021", note);
    ck_assert_str_eq(note, "imported before"); /* F-15 */
    ck_assert_int_eq(found("F-16"), 0);
    ck_assert_int_eq(found("E-02") + found("E-01"), 1);
    put("2021/header.csv", HEADER "7,1,06/05/2010,WBRI,UN3,,\n");
    import("2021", note);
    ck_assert_str_eq(note, "replaces an earlier file");
    ck_assert_int_eq(found("F-16"), 1);
    ck_assert_int_eq(found("H-01"), 0); /* of the earlier header */
}
END_TEST

START_TEST(year_against_the_dates)
{
    struct imported imported;
    struct err err = {0};
    put_returns();
    ck_assert(!try_import("2021", 2019, &imported, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "F-14"));
    ck_assert(try_import("2021", 2021, &imported, &err));
    imported_free(&imported);
    ck_assert_int_eq(found("F-14"), 0);
}
END_TEST

/* The history that a database gives, as a line. */
static void describe(char out[256])
{
    struct err err = {0};
    struct history history;
    struct authority authority;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_find_authority(store, NULL, &authority, &err));
    ck_assert(store_load_history(store, authority.la, false, &history, &err));
    ck_assert_int_gt(snprintf(out, 256, "%zu %zu %d %d %d %d", history.n_children, history.n_spells,
                              history.spells[0].start, history.spells[0].end, history.start, history.end),
                     0);
    history_free(&history);
    store_close(store);
}

START_TEST(any_order)
{
    char forth[256], back[256];
    int64_t findings[2];
    put_returns();
    import("2021", NULL);
    import("2022", NULL);
    describe(forth);
    findings[0] = found("S-02") + found("H-01") + found("E-02");
    ck_assert_int_eq(unlink(path), 0);
    import("2022", NULL);
    import("2021", NULL);
    describe(back);
    findings[1] = found("S-02") + found("H-01") + found("E-02");
    ck_assert_str_eq(forth, back);
    ck_assert_int_eq(findings[0], findings[1]);
}
END_TEST

/* I-01: rows that are no price, a second price for a day, a placement in use without one. */
START_TEST(prices)
{
    put_returns();
    import("2021", NULL);
    put("sound.csv", "placement,provider,from,weekly_gbp\n"
                     "foster_inhouse,,2020-04-01,450\nfoster_inhouse,PR2,2020-04-01,500\n"
                     "foster_inhouse,,2021-04-01,460\n");
    import("sound.csv", NULL);
    ck_assert_int_eq(found("I-01"), 0);
    put("twice.csv", "placement,provider,from,weekly_gbp\n"
                     "foster_inhouse,,2020-04-01,450\nfoster_inhouse,,2020-04-01,470\n");
    ck_assert_int_eq(unlink(path), 0);
    import("2021", NULL);
    import("twice.csv", NULL);
    ck_assert_int_eq(found("I-01"), 1);
    put("bad.csv", "placement,provider,from,weekly_gbp\n"
                   "nonsense,,2020-04-01,1\nsecure,,soon,1\nsecure,,2020-04-01,-1\nsecure,,2020-04-01,1\n");
    ck_assert_int_eq(unlink(path), 0);
    import("2021", NULL);
    import("bad.csv", NULL);
    ck_assert_int_eq(found("I-01"), 4); /* three rows, and no price for foster_inhouse */
}
END_TEST

Suite *suite_import(void)
{
    Suite *suite = suite_create("import");
    TCase *tests = tcase_create("import");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, same_and_replaced_files);
    tcase_add_test(tests, year_against_the_dates);
    tcase_add_test(tests, any_order);
    tcase_add_test(tests, prices);
    suite_add_tcase(suite, tests);
    return suite;
}
