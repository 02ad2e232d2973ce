/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures of children in, and the same figures out. All are invented: of age a there are 10 (a + 1) in 2021,
 * so that the bands are 10, 140, 400, 810, 350 (hand), and together 1710. */
#include "store/import.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"

Suite *suite_load_population(void);

static char path[SCRATCH_PATH], file[SCRATCH_PATH + 8];
static struct imported imported;

static void setup(void)
{
    scratch_make(path);
    ck_assert_int_gt(snprintf(file, sizeof file, "%s.csv", path), 0);
    imported = (struct imported){0};
}

static void teardown(void)
{
    imported_free(&imported);
    unlink(file);
    scratch_remove(path);
}

/* Imports a file; its table of counts stays in `imported`. */
static void import(const struct text *text)
{
    struct err err = {0};
    struct log quiet;
    const char *name = file;
    const struct import_options options = {0};
    FILE *out = fopen(file, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(text_c(text), 1, text->length, out), text->length);
    ck_assert_int_eq(fclose(out), 0);
    imported_free(&imported);
    log_init(&quiet, stderr, true);
    struct store *store = scratch_open(path, STORE_WRITE);
    ck_assert_msg(store_import(store, &name, 1, &options, &quiet, &imported, &err), "%s", err.message);
    store_close(store);
}

static int64_t count_of(const char *column)
{
    return table_at(&imported.files, 0, table_column_index(&imported.files, column))->as.integer;
}

/* 21 rows: a refused one, an adult's, a district's. */
static void import_projection(int32_t base, double factor)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_format(&text, &err, "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,%d,%d\n", (int)base,
                          (int)base + 1));
    for (int a = 0; a < 18; a++)
        ck_assert(text_format(&text, &err, "E08000035,Leeds,Population,persons,%d,%g,%g\n", a,
                              10 * (a + 1) * factor, 11 * (a + 1) * factor));
    ck_assert(text_append_c(&text,
                            "E08000035,Leeds,Population,persons,x,1,1\n"
                            "E08000035,Leeds,Population,persons,18,1,1\n"
                            "E07000223,Adur,Population,persons,1,1,1\n",
                            &err));
    import(&text);
    text_free(&text);
    ck_assert_int_eq(count_of("rows"), 21);
    ck_assert_int_eq(count_of("kept"), 20);
    ck_assert_int_eq(count_of("refused"), 1);
}

static void import_totals(const char *rows)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(
        text_append_c(&text, "year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers\n", &err) &&
        text_append_c(&text, rows, &err));
    import(&text);
    text_free(&text);
}

static struct population load(const char *name)
{
    struct err err = {0};
    struct authority authority;
    struct population population;
    struct store *store = scratch_open(path, STORE_READ);
    ck_assert_msg(store_find_authority(store, name, &authority, &err), "%s", err.message);
    ck_assert_msg(store_load_population(store, authority.la, &population, &err), "%s", err.message);
    store_close(store);
    return population;
}

static void check_line(const struct population_line *line, int32_t mid_year, int32_t base, double infants,
                       double all)
{
    ck_assert_int_eq(line->mid_year, mid_year);
    ck_assert_int_eq(line->base, base);
    if (isnan(infants))
        ck_assert_double_nan(line->children[AGE_0]);
    else
        ck_assert_double_eq_tol(line->children[AGE_0], infants, 1e-9);
    ck_assert_double_eq_tol(line->children[POPULATION_ALL], all, 1e-9);
}

START_TEST(estimates_and_projections_are_told_apart)
{
    import_totals("2021,E08000035,383,Leeds,1500,10,5,5\n2022,E08000035,383,Leeds,1600,,,\n"
                  "2022,E09000001,201,City of London,70,,,\n");
    import_projection(2021, 1);
    import_projection(2018, 2);
    struct population leeds = load("Leeds");
    ck_assert_uint_eq(leeds.n_lines, 6);
    check_line(&leeds.lines[0], 2020, 0, NAN, 1500); /* the year to March 2021 goes by mid-2020 */
    check_line(&leeds.lines[1], 2021, 0, NAN, 1600);
    check_line(&leeds.lines[2], 2018, 2018, 20, 3420);
    check_line(&leeds.lines[3], 2019, 2018, 22, 3762);
    check_line(&leeds.lines[4], 2021, 2021, 10, 1710);
    check_line(&leeds.lines[5], 2022, 2021, 11, 1881);
    ck_assert_double_eq_tol(leeds.lines[5].children[AGE_1_4], 154, 1e-9); /* 11 x (2 + 3 + 4 + 5) */
    ck_assert_double_eq_tol(leeds.lines[5].children[AGE_16_17], 385, 1e-9);
    population_free(&leeds);
    struct population city = load("E09000001");
    ck_assert_uint_eq(city.n_lines, 1);
    population_free(&city);
}
END_TEST

START_TEST(a_later_file_of_one_projection_replaces)
{
    import_projection(2021, 1);
    import_projection(2021, 3);
    struct population leeds = load("Leeds");
    ck_assert_uint_eq(leeds.n_lines, 2);
    check_line(&leeds.lines[0], 2021, 2021, 30, 5130);
    population_free(&leeds);
}
END_TEST

START_TEST(estimates_by_age)
{
    struct err err = {0};
    struct text text = {0};
    import_totals("2022,E08000035,383,Leeds,855,,,\n");
    ck_assert(
        text_append_c(&text, "DATE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GENDER_NAME,C_AGE_NAME,OBS_VALUE\n", &err));
    for (int a = 0; a < 18; a++)
        ck_assert(text_format(&text, &err, "2021,Leeds,E08000035,Total,Age %d,%d\n", a, 10 * (a + 1)));
    import(&text);
    text_free(&text);
    struct population leeds = load("Leeds");
    ck_assert_uint_eq(leeds.n_lines, 1); /* the total of the later file stands */
    check_line(&leeds.lines[0], 2021, 0, 10, 1710);
    population_free(&leeds);
    /* a still later total: the bands are kept and scaled to it */
    import_totals("2022,E08000035,383,Leeds,3420,1,,\n");
    leeds = load("Leeds");
    check_line(&leeds.lines[0], 2021, 0, 20, 3420);
    population_free(&leeds);
}
END_TEST

START_TEST(none_is_stored)
{
    import_totals("2022,E08000035,383,Leeds,,10,5,5\n");
    struct population leeds = load("Leeds");
    ck_assert_uint_eq(leeds.n_lines, 0);
    ck_assert_uint_eq(leeds.n_years, 0);
    population_free(&leeds);
}
END_TEST

Suite *suite_load_population(void)
{
    Suite *suite = suite_create("load_population");
    TCase *tests = tcase_create("load_population");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, estimates_and_projections_are_told_apart);
    tcase_add_test(tests, a_later_file_of_one_projection_replaces);
    tcase_add_test(tests, estimates_by_age);
    tcase_add_test(tests, none_is_stored);
    suite_add_tcase(suite, tests);
    return suite;
}
