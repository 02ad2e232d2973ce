/* SPDX-License-Identifier: GPL-3.0-or-later
 * All published totals by one query are what each authority's own loader gives. */
#include "store/import.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"

Suite *suite_load_panel(void);

#define PUBLISHED "../shared/data/published/la_panel_2010_2022.csv"
#define REGIONS   "../shared/data/published/cla_number_and_rate_per_10k_children_sample.csv"

static char path[SCRATCH_PATH], file[SCRATCH_PATH + 8];

static void setup(void)
{
    scratch_make(path);
    ck_assert_int_gt(snprintf(file, sizeof file, "%s.csv", path), 0);
}

static void teardown(void)
{
    unlink(file);
    scratch_remove(path);
}

static void import(const char *name)
{
    struct err err = {0};
    struct log quiet;
    struct imported imported;
    const struct import_options options = {0};
    log_init(&quiet, stderr, true);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, &name, 1, &options, &quiet, &imported, &err), "%s", err.message);
    imported_free(&imported);
    store_close(store);
}

static void put_panel(const char *rows)
{
    FILE *out = fopen(file, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_gt(
        fprintf(out, "year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers\n%s", rows), 0);
    ck_assert_int_eq(fclose(out), 0);
    import(file);
}

static void same_values(const double *a, const double *b, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (isfinite(a[i]) || isfinite(b[i]))
            ck_assert_double_eq(a[i], b[i]);
}

/* Each authority of the panel against store_load_yearly; no region among them; returns how many authorities
 * have no stock. */
static size_t compare_with_loader(void)
{
    struct err err = {0};
    struct panel panel = {0};
    struct authority *authorities = NULL;
    size_t n = 0;
    size_t without = 0;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert_msg(store_load_panel(store, &panel, &err), "%s", err.message);
    ck_assert(store_authorities(store, &authorities, &n, &err));
    for (size_t i = 0; i < panel.n; i++) {
        const struct yearly *a = &panel.authorities[i];
        struct yearly b = {0};
        ck_assert(i == 0 || panel.authorities[i - 1].la < a->la);
        ck_assert_msg(store_load_yearly(store, a->la, &b, &err), "%s", err.message);
        ck_assert_str_eq(a->la_name, b.la_name);
        ck_assert_str_eq(a->la_code, b.la_code);
        ck_assert_int_eq(a->first_year, b.first_year);
        ck_assert_int_eq(a->n_years, b.n_years);
        same_values(a->stock, b.stock, a->n_years);
        same_values(a->starts, b.starts, a->n_years);
        same_values(a->leavers, b.leavers, a->n_years);
        same_values(a->population, b.population, a->n_years);
        yearly_free(&b);
    }
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < panel.n && panel.authorities[k].la != authorities[i].la)
            k++;
        without += k == panel.n;
        found += k < panel.n;
    }
    ck_assert_uint_eq(found, panel.n);
    free(authorities);
    panel_free(&panel);
    store_close(store);
    return without;
}

START_TEST(authorities_without_a_stock_stay_out)
{
    struct err err = {0};
    struct panel panel = {0};
    put_panel("2010,E08000035,383,Leeds,100,1400,500,450\n2011,E08000035,383,Leeds,,1450,510,460\n"
              "2012,E08000035,383,Leeds,101,,,\n"
              "2011,E06000053,420,Isles of Scilly,300,,0,0\n"
              "2011,E09000001,201,City of London,700,9,,7\n");
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert_msg(store_load_panel(store, &panel, &err), "%s", err.message);
    ck_assert_uint_eq(panel.n, 2);
    const struct yearly *leeds = &panel.authorities[0];
    ck_assert_str_eq(leeds->la_name, "Leeds");
    ck_assert_str_eq(leeds->la_code, "E08000035");
    /* population alone makes no year */
    ck_assert_int_eq(leeds->first_year, 2010);
    ck_assert_int_eq(leeds->n_years, 2);
    ck_assert_double_eq(leeds->stock[1], 1450);
    ck_assert_double_eq(leeds->population[0], 100);
    ck_assert_str_eq(panel.authorities[1].la_name, "City of London");
    ck_assert_double_nan(panel.authorities[1].starts[0]);
    panel_free(&panel);
    store_close(store);
    ck_assert_uint_eq(compare_with_loader(), 1);
}
END_TEST

START_TEST(nothing_published_is_an_empty_panel)
{
    struct err err = {0};
    struct panel panel = {0};
    store_close(scratch_open(path, STORE_WRITE));
    put_panel("");
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert(store_load_panel(store, &panel, &err));
    ck_assert_uint_eq(panel.n, 0);
    panel_free(&panel);
    store_close(store);
}
END_TEST

START_TEST(the_published_panel_loads_whole)
{
    if (access(PUBLISHED, R_OK) != 0) {
        fprintf(stderr, "skipped: %s is not there\n", PUBLISHED);
        return;
    }
    import(PUBLISHED);
    ck_assert_uint_eq(compare_with_loader(), 0);
    import(REGIONS); /* regions and authorities that are no more, without a stock */
    ck_assert_uint_lt(compare_with_loader(), 10);
}
END_TEST

Suite *suite_load_panel(void)
{
    Suite *suite = suite_create("load_panel");
    TCase *tests = tcase_create("load_panel");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, authorities_without_a_stock_stay_out);
    tcase_add_test(tests, nothing_published_is_an_empty_panel);
    tcase_add_test(tests, the_published_panel_loads_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
