/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans out of the database: versions by day, effects and targets joined, findings that follow what is
 * stored. Plans are invented but for the five of ../shared/data/plans, when they are there. */
#include "store/plans.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "store/findings_table.h"
#include "store/import.h"

Suite *suite_plans(void);

#define SHARED "../shared/data/plans/"

static char path[SCRATCH_PATH], file[SCRATCH_PATH + 16];
static struct log quiet;
static struct import_options options;

static void setup(void)
{
    scratch_make(path);
    log_init(&quiet, stderr, true);
    options = (struct import_options){0};
}

static void teardown(void)
{
    scratch_remove(path);
}

/* Imports a text as a file of this name; "kept repaired refused note". */
static const char *import(const char *name, const char *text)
{
    static char line[128];
    struct err err = {0};
    struct imported imported = {0};
    const char *full = file;
    ck_assert_int_gt(snprintf(file, sizeof file, "%s-%s.csv", path, name), 0);
    FILE *out = fopen(file, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_ge(fputs(text, out), 0);
    ck_assert_int_eq(fclose(out), 0);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, &full, 1, &options, &quiet, &imported, &err), "%s", err.message);
    store_close(store);
    unlink(file);
    const struct table *files = &imported.files;
    ck_assert_int_gt(snprintf(line, sizeof line, "%lld %lld %lld %s",
                              (long long)table_at(files, 0, 4)->as.integer,
                              (long long)table_at(files, 0, 5)->as.integer,
                              (long long)table_at(files, 0, 6)->as.integer, table_at(files, 0, 9)->as.text),
                     0);
    imported_free(&imported);
    return line;
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

/* Rows refused of the stored file that has this in its name. */
static int64_t refused_of(const char *name)
{
    struct err err = {0};
    struct table inputs;
    int64_t refused = -1;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_inputs(store, &inputs, &err));
    for (size_t i = 0; i < inputs.n_rows; i++)
        if (strstr(table_at(&inputs, i, 0)->as.text, name) != NULL) {
            refused = table_at(&inputs, i, 7)->as.integer;
            ck_assert_int_eq(table_at(&inputs, i, 4)->as.integer, table_at(&inputs, i, 5)->as.integer +
                                                                      table_at(&inputs, i, 6)->as.integer +
                                                                      refused);
        }
    table_free(&inputs);
    store_close(store);
    return refused;
}

static void dated(int32_t year, int32_t month)
{
    options.has_plan_date = true;
    options.plan_date = date_from_civil(year, month, 1);
}

/* The due of the first row of the version that a choice means, "none" when there is none. */
static const char *due_of(struct plan_choice choice)
{
    static char text[64];
    struct err err = {0};
    struct stored_plan stored;
    struct plan plan = {0};
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert_msg(store_find_plan(store, "OAK", &stored, &err), "%s", err.message);
    (void)snprintf(text, sizeof text, "none");
    if (store_load_plan(store, &stored, &choice, &plan, &err))
        (void)snprintf(text, sizeof text, "%s", plan.rows[0].text[PLAN_TEXT_DUE]);
    else
        ck_assert_int_eq(err.code, ERR_NO_INPUT);
    plan_free(&plan);
    store_close(store);
    return text;
}

START_TEST(versions_by_day)
{
    dated(2012, 8);
    import("b", "plan,action_ref,action,due\noak,1,Open,30/09/2012\n");
    dated(2011, 8);
    import("a", "plan,action_ref,action,due\noak,1,Open,31/03/2012\n");
    dated(2012, 11);
    import("c", "plan,action_ref,action,due\noak,1,Open,31/12/2012\n");
    ck_assert_str_eq(due_of((struct plan_choice){0}), "31/12/2012");
    ck_assert_str_eq(due_of((struct plan_choice){.version = 2}), "31/03/2012");
    ck_assert_str_eq(due_of((struct plan_choice){.version = 9}), "none");
    struct plan_choice choice = {.has_as_of = true, .as_of = date_from_civil(2012, 10, 31)};
    ck_assert_str_eq(due_of(choice), "30/09/2012");
    choice.as_of = date_from_civil(2012, 11, 1);
    ck_assert_str_eq(due_of(choice), "31/12/2012");
    choice.as_of = date_from_civil(2001, 1, 1); /* before all: the oldest */
    ck_assert_str_eq(due_of(choice), "31/03/2012");
}
END_TEST

START_TEST(finding_a_plan)
{
    struct err err = {0};
    struct stored_plan stored;
    struct stored_plan *all = NULL;
    size_t n = 0;
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert(!store_find_plan(store, NULL, &stored, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    store_close(store);
    import("a", "plan,action_ref,action,due\noak,1,Open,31/03/2012\n");
    import("e", "plan,action_ref,lever,low,likely,high\nelm,1,moves,1,2,3\noak,1,moves,1,2,3\n");
    store = scratch_open(path, STORE_READ);
    ck_assert(store_find_plan(store, NULL, &stored, &err)); /* the only one with a version */
    ck_assert_str_eq(stored.name, "oak");
    ck_assert_int_eq(stored.n_versions, 1);
    ck_assert_int_eq(stored.n_effects, 1);
    ck_assert(!store_find_plan(store, "oat", &stored, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "nearest name is oak"));
    ck_assert(store_plans(store, &all, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(all[0].name, "elm");
    ck_assert_int_eq(all[0].n_versions, 0);
    free(all);
    store_close(store);
    import("b", "plan,action_ref,action,due\nelm,1,Open,31/03/2012\n");
    store = scratch_open(path, STORE_READ);
    ck_assert(!store_find_plan(store, "", &stored, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "several plans"));
    store_close(store);
}
END_TEST

/* An effect may come before its plan; what is found and refused follows what is stored. */
START_TEST(findings_follow)
{
    static const char effects[] =
        "plan,action_ref,lever,low,likely,high,start_milestone\n"
        "oak,1,moves,1,2,3,\noak,7,moves,1,2,3,\noak,1,exits,1,2,3,9\noak,1,exit,1,2,3,\n";
    ck_assert_str_eq(import("effects", effects), "3 0 1 ");
    ck_assert_int_eq(found("I-17"), 3);
    ck_assert_int_eq(found("I-04"), 1); /* no such lever */
    dated(2012, 8);
    import("a", "plan,action_ref,action,due\noak,1,Open,31/03/2012\n");
    ck_assert_int_eq(found("I-17"), 0);
    ck_assert_int_eq(found("I-04"), 3); /* besides, no action 7 and no start 9 */
    ck_assert_int_eq(refused_of("effects"), 3);
    ck_assert_int_eq(found("I-09"), 1);
    dated(2012, 9);
    import(
        "b",
        "plan,action_ref,action,due\noak,1,Open,31/12/2012\noak,7,Shut,soon enough\noak,9,Lock,May 2013\n");
    ck_assert_int_eq(found("I-04"), 1);
    ck_assert_int_eq(refused_of("effects"), 1);
    ck_assert_int_eq(found("I-09"), 0); /* of the newest version only */
    ck_assert_int_eq(found("I-02"), 1);
    options.has_plan_date = false;
    import("targets", "plan,action_ref,quantity,baseline,change,value,by\noak,1,stock,12,-4,9,2013-03-31\n");
    ck_assert_int_eq(found("I-05"), 1);
    ck_assert_int_eq(found("I-02"), 1); /* once, however often it is checked */
    import("targets2", "plan,action_ref,quantity,baseline,change,value,by\noak,1,stock,12,-4,8,2013-03-31\n");
    ck_assert_int_eq(found("I-05"), 0);
    ck_assert_int_eq(refused_of("targets.csv"), -1); /* nothing is left of that file */
    ck_assert_int_eq(refused_of("targets2"), 0);
}
END_TEST

START_TEST(whose_plan_it_is)
{
    struct err err = {0};
    struct stored_plan stored;
    import("panel",
           "year,new_la_code,old_la_code,la_name,stock,starts,leavers\n2012,E08000035,383,Leeds,10,1,1\n");
    options.la = "leeds";
    import("a", "plan,action_ref,action,due\noak,1,Open,31/03/2012\n");
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_find_plan(store, "oak", &stored, &err));
    ck_assert_str_eq(stored.la_name, "Leeds");
    ck_assert_int_ne(stored.la, 0);
    store_close(store);
}
END_TEST

/* The five plans: rows, and findings by rule, looked at one by one. */
START_TEST(five_plans)
{
    static const struct {
        const char *name;
        int32_t year, month, day;
        size_t n_rows, n_actions, n_priorities;
    } plans[] = {/* rows and dates of the README beside them; priorities counted */
                 {"gateshead-2010", 2010, 4, 1, 139, 139, 14},
                 {"middlesbrough-2016", 2016, 6, 7, 47, 47, 22},
                 {"strategy-for-change-2007", 2007, 2, 1, 50, 50, 21},
                 {"haringey-2011", 2011, 8, 31, 34, 34, 7},
                 {"leeds-2012", 2012, 8, 1, 45, 45, 7}};
    const char *paths[3] = {SHARED "effects.csv", SHARED "targets.csv"};
    struct err err = {0};
    struct imported imported = {0};
    if (access(SHARED "leeds-2012.csv", R_OK) != 0) {
        printf("skipped five_plans: no " SHARED "\n");
        return;
    }
    struct store *store = scratch_open(path, STORE_WRITE);
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        ck_assert_int_gt(snprintf(file, sizeof file, SHARED "%s.csv", plans[i].name), 0);
        paths[2] = file;
        options.has_plan_date = true;
        options.plan_date = date_from_civil(plans[i].year, plans[i].month, plans[i].day);
        ck_assert_msg(store_import(store, &paths[2], 1, &options, &quiet, &imported, &err), "%s",
                      err.message);
        imported_free(&imported);
    }
    ck_assert(store_import(store, paths, 2, &options, &quiet, &imported, &err));
    imported_free(&imported);
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        const struct plan_choice newest = {0};
        struct stored_plan stored;
        struct plan plan = {0};
        struct effects effects;
        struct targets targets;
        ck_assert(store_find_plan(store, plans[i].name, &stored, &err));
        ck_assert(store_load_plan(store, &stored, &newest, &plan, &err));
        ck_assert(store_load_plan_parts(store, &stored, &plan, &effects, &targets, &err));
        ck_assert_uint_eq(plan.n_rows, plans[i].n_rows);
        ck_assert_uint_eq(plan.n_actions, plans[i].n_actions);
        ck_assert_uint_eq(plan.n_priorities, plans[i].n_priorities);
        for (size_t k = 0; k < effects.n; k++)
            ck_assert_msg(effects.items[k].usable, "%s %s", plans[i].name, effects.items[k].ref);
        for (size_t k = 0; k < targets.n; k++)
            ck_assert_msg(targets.items[k].i_action >= 0, "%s %s", plans[i].name, targets.items[k].ref);
        plan_free(&plan);
        effects_free(&effects);
        targets_free(&targets);
    }
    store_close(store);
    ck_assert_int_eq(found("I-03"), 1); /* Leeds 6G.1: complete, due in December */
    ck_assert_int_eq(found("I-04"), 0);
    /* Gateshead 12 - 4 goes on at 7, its total ends at 3 and its steps at 2; Leeds 632 places for 650, "x%";
     * the strategy's reduction without a figure */
    ck_assert_int_eq(found("I-05"), 5);
    ck_assert_int_eq(found("I-19"), 1); /* Haringey: flag=missing */
    ck_assert_int_eq(found("I-13"), 0); /* dates were given */
}
END_TEST

Suite *suite_plans(void)
{
    Suite *suite = suite_create("plans");
    TCase *tests = tcase_create("plans");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, versions_by_day);
    tcase_add_test(tests, finding_a_plan);
    tcase_add_test(tests, findings_follow);
    tcase_add_test(tests, whose_plan_it_is);
    tcase_add_test(tests, five_plans);
    suite_add_tcase(suite, tests);
    return suite;
}
