/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans, effects and targets into the database: what counts as the same, what replaces what, rows that add
 * up. All plans here are invented. */
#include "store/import.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "store/findings_table.h"
#include "store/plan_rows.h"

Suite *suite_import_plan(void);

#define COLUMNS "plan,priority_ref,priority,action_ref,action,milestone,due\n"

static char path[SCRATCH_PATH], file[SCRATCH_PATH + 16];
static struct log quiet;
static struct import_options options;
static struct imported imported;
static struct arena texts;

static void setup(void)
{
    scratch_make(path);
    ck_assert_int_gt(snprintf(file, sizeof file, "%s-plan.csv", path), 0);
    log_init(&quiet, stderr, true);
    options = (struct import_options){0};
    imported = (struct imported){0};
    texts = (struct arena){0};
}

static void teardown(void)
{
    imported_free(&imported);
    arena_free(&texts);
    unlink(file);
    scratch_remove(path);
}

static bool try_import(const char *bytes, size_t length, struct err *err)
{
    const char *name = file;
    FILE *out = fopen(file, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(bytes, 1, length, out), length);
    ck_assert_int_eq(fclose(out), 0);
    imported_free(&imported);
    struct store *store = scratch_open(path, STORE_WRITE);
    const bool ok = store_import(store, &name, 1, &options, &quiet, &imported, err);
    store_close(store);
    return ok;
}

/* Imports; checks that rows kept, repaired and refused are as given and add up; gives the note. */
static const char *import_bytes(const char *bytes, size_t length, int64_t kept, int64_t repaired,
                                int64_t refused)
{
    struct err err = {0};
    ck_assert_msg(try_import(bytes, length, &err), "%s", err.message);
    const struct table *files = &imported.files;
    ck_assert_int_eq(table_at(files, 0, 4)->as.integer, kept);
    ck_assert_int_eq(table_at(files, 0, 5)->as.integer, repaired);
    ck_assert_int_eq(table_at(files, 0, 6)->as.integer, refused);
    ck_assert_int_eq(table_at(files, 0, 3)->as.integer, kept + repaired + refused);
    return table_at(files, 0, 9)->as.text;
}

static const char *import(const char *text, int64_t kept, int64_t repaired, int64_t refused)
{
    return import_bytes(text, strlen(text), kept, repaired, refused);
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

/* "version:date:dated version:date:dated" of a plan, oldest first; rows of the last imported stay in *rows.
 */
static const char *versions(const char *name)
{
    static char line[256];
    struct err err = {0};
    sqlite3_stmt *s = NULL;
    int32_t plan = 0;
    bool row = true;
    line[0] = '\0';
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(plan_rows_plan(store, str_of(name), &plan, &err) &&
              db_get(store, QUERY_PLAN_VERSIONS, &s, &err));
    db_bind_integer(store, s, 1, plan);
    while (db_step(store, s, &row, &err) && row) {
        char date[DATE_TEXT] = "-";
        if (sqlite3_column_type(s, 1) != SQLITE_NULL)
            date_format_iso(sqlite3_column_int(s, 1), date);
        const size_t used = strlen(line);
        ck_assert_int_gt(snprintf(line + used, sizeof line - used, "%s%d %s %.*s", used > 0 ? ", " : "",
                                  sqlite3_column_int(s, 0), date, (int)db_column_str(s, 2).length,
                                  db_column_str(s, 2).at),
                         0);
    }
    db_reset(s);
    store_close(store);
    return line;
}

/* References of the version that was imported last, "1.1 1.2*": * made. */
static const char *refs(const char *name)
{
    static char line[512];
    struct err err = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    int32_t plan = 0;
    line[0] = '\0';
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(plan_rows_plan(store, str_of(name), &plan, &err) &&
              plan_rows_last(store, plan, &texts, &rows, &n, &err));
    for (size_t i = 0; i < n; i++) {
        const size_t used = strlen(line);
        ck_assert_int_gt(snprintf(line + used, sizeof line - used, "%s%.*s%s", used > 0 ? " " : "",
                                  (int)rows[i].ref.length, rows[i].ref.at, rows[i].ref_made ? "*" : ""),
                         0);
    }
    free(rows);
    store_close(store);
    return line;
}

static size_t count_rows(const char *name, bool effects)
{
    struct err err = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    int32_t plan = 0;
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(plan_rows_plan(store, str_of(name), &plan, &err) &&
              plan_rows_read(store, plan, effects, &texts, &rows, &n, &err));
    free(rows);
    store_close(store);
    return n;
}

static void read_file(const char *name, struct text *out)
{
    struct err err = {0};
    char block[4096];
    FILE *in = fopen(name, "rb");
    ck_assert_ptr_nonnull(in);
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
        ck_assert(text_append(out, (struct str){block, n}, &err));
    ck_assert_int_eq(fclose(in), 0);
}

/* One plan, one way of writing it after another: never a second version. */
START_TEST(one_plan_however_it_was_saved)
{
    static const char plain[] = COLUMNS "oak,1,Home,1.1,\"Open, soon\",\"two\nlines\",May 2012\n"
                                        "oak,1,Home,1.2,Caf\xC3\xA9,,ongoing\n";
    static const char crlf[] = "\xEF\xBB\xBF"
                               "DUE;Milestone;Action;Action Ref;Priority;Priority_ref;Plan;comment\r\n"
                               "May 2012;\"two\r\nlines\";Open, soon;1.1;Home;1;oak;x\r\n"
                               "ongoing;;Caf\xC3\xA9;1.2;Home;1;Oak;\r\n";
    static const char windows[] = COLUMNS "oak,1,Home,1.1,\"Open, soon\",\"two\nlines\",May 2012\n"
                                          "oak,1,Home,1.2,Caf\xE9,,ongoing\n";
    struct text before = {0}, after = {0};
    ck_assert_str_eq(import(plain, 2, 0, 0), "");
    ck_assert_str_eq(versions("oak"), "1 2012-05-01 inferred");
    read_file(path, &before);
    ck_assert_str_eq(import(plain, 2, 0, 0), "imported before");
    ck_assert_str_eq(import(crlf, 2, 0, 0), "imported before");
    ck_assert_str_eq(import(windows, 2, 0, 0), "imported before");
    ck_assert_str_eq(versions("OAK"), "1 2012-05-01 inferred");
    read_file(path, &after);
    ck_assert(str_equal((struct str){before.at, before.length}, (struct str){after.at, after.length}));
    text_free(&before);
    text_free(&after);
}
END_TEST

START_TEST(versions_stay)
{
    struct err err = {0};
    options.has_plan_date = true;
    options.plan_date = date_from_civil(2012, 8, 1);
    ck_assert_str_eq(import(COLUMNS "oak,1,Home,1.1,Open,,May 2012\n", 1, 0, 0), "");
    options.plan_date = date_from_civil(2011, 8, 1);
    ck_assert_str_eq(import(COLUMNS "oak,1,Home,1.1,Open,,March 2012\n", 1, 0, 0), "");
    /* the second is older, though it came later; the file of the first, of the same name, is still there */
    ck_assert_str_eq(versions("oak"), "2 2011-08-01 asked, 1 2012-08-01 asked");
    /* the same rows with another date are the same version */
    options.plan_date = date_from_civil(2012, 9, 1);
    ck_assert_str_eq(import(COLUMNS "oak,1,Home,1.1,Open,,May 2012\n", 1, 0, 0),
                     "imported before; its date was changed");
    ck_assert_str_eq(versions("oak"), "2 2011-08-01 asked, 1 2012-09-01 asked");
    options.has_plan_date = false;
    ck_assert_str_eq(import(COLUMNS "oak,1,Home,1.1,Open,,May 2012\n", 1, 0, 0), "imported before");
    ck_assert_str_eq(versions("oak"), "2 2011-08-01 asked, 1 2012-09-01 asked");
    ck_assert_str_eq(
        import("plan,action,due,plan_date\noak,Open,June 2012,01/10/2012\noak,Shut,June 2012,\n", 0, 2, 0),
        "");
    ck_assert_str_eq(versions("oak"), "2 2011-08-01 asked, 1 2012-09-01 asked, 3 2012-10-01 column");
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_verify(store, &err), "%s", err.message);
    store_close(store);
}
END_TEST

START_TEST(references_are_made_and_stay)
{
    static const char first[] = "plan,priority_ref,priority,action,milestone,due\n"
                                "ash,1,Home,Open,,May 2012\n"
                                "ash,1,Home,Shut,first,May 2012\n"
                                ",,,,second,June 2012\n"
                                "ash,2,Away,Open,,May 2012\n"
                                "ash,,Later,Open,,May 2012\n";
    static const char second[] = "plan,priority_ref,priority,action,milestone,due\n"
                                 "ash,,Between,Lock,,May 2012\n"
                                 "ash,1,Home,Knock,,May 2012\n"
                                 "ash,1,Home,Open,,July 2012\n"
                                 "ash,1,Home,Shut,first,May 2012\n"
                                 "ash,2,Away,Open,,May 2012\n"
                                 "ash,,Later,Open,,May 2012\n";
    import(first, 0, 5, 0);
    /* the row without names goes on with Shut; the priority without a reference gets the first that is free
     */
    ck_assert_str_eq(refs("ash"), "1.1* 1.2* 1.2* 2.1* 3.1*");
    ck_assert_int_eq(found("I-15"), 6); /* five references, one name of a plan */
    import(second, 0, 6, 0);
    ck_assert_str_eq(refs("ash"), "4.1* 1.3* 1.1* 1.2* 2.1* 3.1*");
}
END_TEST

START_TEST(a_file_without_names)
{
    import("action,due\nOpen,May 2012\nShut,June 2012\n", 0, 2, 0);
    ck_assert_str_eq(refs("test.db-plan"), "1* 2*"); /* the file is test.db-plan.csv */
}
END_TEST

START_TEST(rows_that_say_nothing)
{
    import(COLUMNS "oak,1,Home,1.1,Open,,May 2012\noak,1,Home,1.2,,,May 2012\n"
                   "oak,1,Home,1.3,Shut,,May 2012,,\noak,1,Home,1.4,A,B,C,D\noak,1,Home\n",
           1, 1, 3);
    ck_assert_int_eq(found("I-16"), 2);
    ck_assert_int_eq(found("F-05"), 2);
    ck_assert_str_eq(refs("oak"), "1.1 1.3");
}
END_TEST

/* Text stays text: nothing is dropped, and control characters, which could command a terminal, are blanks. */
START_TEST(inert_text)
{
    struct err err = {0};
    struct filed_row *rows = NULL;
    size_t n = 0;
    import(COLUMNS "oak,1,Home,1.1,=HYPERLINK(1),@a,May 2012\n"
                   "../../etc,1,<b>Home</b>,../../x,`touch x`,\"set output \"\"|sh\"\"\",May 2012\n"
                   "oak,1,Home,1.2,a\x1B[31mb,-5,May 2012\n",
           2, 1, 0);
    ck_assert_int_eq(found("I-08"), 2); /* =HYPERLINK and @a; -5 is a number */
    ck_assert_int_eq(found("F-17"), 1);
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(plan_rows_of_version(store, 2, &texts, &rows, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(rows[0].text[PLAN_TEXT_ACTION].at, "`touch x`");
    ck_assert_str_eq(rows[0].text[PLAN_TEXT_MILESTONE].at, "set output \"|sh\"");
    ck_assert_str_eq(rows[0].text[PLAN_TEXT_PRIORITY].at, "<b>Home</b>");
    ck_assert_str_eq(rows[0].ref.at, "../../x");
    free(rows);
    ck_assert(plan_rows_of_version(store, 1, &texts, &rows, &n, &err));
    ck_assert_str_eq(rows[1].text[PLAN_TEXT_ACTION].at, "a [31mb");
    free(rows);
    store_close(store);
}
END_TEST

#define EFFECTS "plan,action_ref,lever,low,likely,high,unit\n"

START_TEST(effects_and_targets_replace)
{
    import(EFFECTS "oak,1.1,entries,-1,-2,-3,pct\noak,1.2,exits,1,2,3,pct\nash,1,moves,0,1,2,pct\n"
                   "oak,1.1,entry,-1,-2,-3,pct\noak,,entries,-1,-2,-3,pct\n",
           3, 0, 2);
    ck_assert_int_eq(found("I-04"), 1);
    ck_assert_int_eq(found("I-16"), 1);
    ck_assert_uint_eq(count_rows("oak", true), 2);
    ck_assert_uint_eq(count_rows("ash", true), 1);
    ck_assert_str_eq(import(EFFECTS "oak,1.1,entries,-1,-2,-4,pct\n", 1, 0, 0), "");
    ck_assert_uint_eq(count_rows("oak", true), 1);
    ck_assert_uint_eq(count_rows("ash", true), 1); /* of another plan */
    ck_assert_str_eq(import(EFFECTS "oak,1.1,entries,-1,-2,-4,pct\n", 1, 0, 0), "imported before");
    import("plan,quantity,value,by\noak,stock,100,2012-03-31\n,stock,90,2013-03-31\noak,,1,\n", 1, 1, 1);
    ck_assert_uint_eq(count_rows("oak", false), 2);
    import("plan,quantity,value,by\noak,stock,95,2012-03-31\n", 1, 0, 0);
    ck_assert_uint_eq(count_rows("oak", false), 1);
    /* nothing is left of the first file of targets, so it can come back */
    ck_assert_str_eq(
        import("plan,quantity,value,by\noak,stock,100,2012-03-31\n,stock,90,2013-03-31\noak,,1,\n", 1, 1, 1),
        "");
    ck_assert_uint_eq(count_rows("oak", false), 2);
}
END_TEST

START_TEST(asked_for_by_name)
{
    struct err err = {0};
    static const char text[] = "Action,Due,value,quantity,plan\nOpen,May 2012,1,stock,oak\n";
    options.as = "targets";
    import(text, 1, 0, 0);
    options.as = "effects";
    ck_assert(!try_import(text, sizeof text - 1, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "cannot be used as effects"));
    options.as = "plan";
    import(text, 0, 1, 0);
    ck_assert_str_eq(refs("oak"), "1*");
}
END_TEST

Suite *suite_import_plan(void)
{
    Suite *suite = suite_create("import_plan");
    TCase *tests = tcase_create("import_plan");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, one_plan_however_it_was_saved);
    tcase_add_test(tests, versions_stay);
    tcase_add_test(tests, references_are_made_and_stay);
    tcase_add_test(tests, a_file_without_names);
    tcase_add_test(tests, rows_that_say_nothing);
    tcase_add_test(tests, inert_text);
    tcase_add_test(tests, effects_and_targets_replace);
    tcase_add_test(tests, asked_for_by_name);
    suite_add_tcase(suite, tests);
    return suite;
}
