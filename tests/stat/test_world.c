/* SPDX-License-Identifier: GPL-3.0-or-later
 * Worlds of panel_like change from year to year as much as the published panel of 145 English authorities did
 * in 2010-22: starts, exit rates, their correlation, and children in care.
 *
 * The seeds are fixed and the tolerances are wide enough for others: between six more sets of 2,000 worlds
 * the net sds had a standard deviation of 1.2 %, variances by lag of 1.5 to 3 %, correlations of .02, sds of
 * stock of .8 %. */
#include "tests/world/world.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/parse.h"
#include "data/csvfile.h"
#include "tests/stat/changes.h"

Suite *suite_world(void);

enum { WORLDS = 2000, PER_COLLECTION = 50, AUTHORITIES = 145 };

/* The published panel, by a script that read la_panel_2010_2022.csv (Python 3.11; R 4.2.2 gave the same): see
 * changes.h for the procedure. */
static const struct changes panel = {
    .starts = {.raw_sd = 0.2112,
               .noise_sd = 0.1200,
               .net_sd = 0.1738,
               .own = {0.0283, 0.0458, 0.0548, 0.0612, 0.0684, 0.0725, 0.0771, 0.0816}},
    .exits = {.raw_sd = 0.1730,
              .noise_sd = 0.1209,
              .net_sd = 0.1237,
              .own = {0.0132, 0.0199, 0.0239, 0.0284, 0.0307, 0.0348, 0.0389, 0.0400}},
    .together = 0.37,
    .own_together = 0.33,
    .stock_sd = {0.0768, 0.1135, 0.1376},
    .stock_p10 = {-0.069, -0.092, -0.095},
    .stock_p90 = {0.114, 0.179, 0.242},
    .stock_lag = 0.1286,
};

/* The number in a column of a record, below 0 where it is blank. */
static double number_in(const struct csvfile *file, const struct csv_record *record, const char *column)
{
    const struct csv_record *header = csvfile_header(file);
    for (size_t i = 0; i < header->n_fields; i++)
        if (str_equal_text(header->fields[i], column)) {
            double number = -1;
            return parse_double(record->fields[i], &number) ? number : -1;
        }
    ck_abort_msg("no column %s", column);
    return -1;
}

/* Adds a year of an authority if it is complete; true when all of its 13 years are there. */
static bool take_year(const struct csvfile *file, const struct csv_record *record, struct changes_row *row)
{
    const int32_t year = (int32_t)number_in(file, record, "year") - 2010;
    ck_assert(year >= 0 && year < CHANGES_YEARS);
    row->stock[year] = number_in(file, record, "stock");
    row->starts[year] = number_in(file, record, "starts");
    row->leavers[year] = number_in(file, record, "leavers");
    bool is_complete = true;
    for (int32_t i = 0; i < CHANGES_YEARS; i++)
        is_complete = is_complete && row->stock[i] > 0 && row->starts[i] > 0 && row->leavers[i] > 0;
    return is_complete;
}

/* The procedure on the published panel itself gives the figures that the worlds are held against. */
START_TEST(the_panel_itself)
{
    static const char path[] = "../shared/data/published/la_panel_2010_2022.csv";
    enum { CODES = 200, CODE = 16 };
    static char codes[CODES][CODE];
    static struct changes_row rows[CODES];
    if (access(path, R_OK) != 0) {
        printf("skipped: the_panel_itself, no %s\n", path);
        return;
    }
    struct err err = {0};
    struct csvfile *file = csvfile_open(path, NULL, 0, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    struct changes_table table = changes_new(AUTHORITIES, AUTHORITIES);
    table.n = 0;
    struct csv_record record;
    int32_t n_codes = 0;
    while (csvfile_next(file, &record, &err) == CSVFILE_ROW) {
        const struct str code = record.fields[1];
        int32_t i = 0;
        while (i < n_codes && !str_equal_text(code, codes[i]))
            i++;
        if (i == n_codes) {
            ck_assert(n_codes < CODES && code.length < CODE);
            snprintf(codes[n_codes++], CODE, "%.*s", (int)code.length, code.at);
        }
        if (take_year(file, &record, &rows[i]))
            table.rows[table.n++] = rows[i];
    }
    csvfile_close(file);
    ck_assert_int_eq(table.n, AUTHORITIES);
    struct changes found;
    changes_study(&table, &found);
    ck_assert_double_eq_tol(found.starts.raw_sd, panel.starts.raw_sd, 0.00006);
    ck_assert_double_eq_tol(found.starts.noise_sd, panel.starts.noise_sd, 0.00006);
    ck_assert_double_eq_tol(found.starts.net_sd, panel.starts.net_sd, 0.00006);
    ck_assert_double_eq_tol(found.exits.raw_sd, panel.exits.raw_sd, 0.00006);
    ck_assert_double_eq_tol(found.exits.noise_sd, panel.exits.noise_sd, 0.00006);
    ck_assert_double_eq_tol(found.exits.net_sd, panel.exits.net_sd, 0.00006);
    for (int lag = 0; lag < CHANGES_LAGS; lag++) {
        ck_assert_double_eq_tol(found.starts.own[lag], panel.starts.own[lag], 0.00006);
        ck_assert_double_eq_tol(found.exits.own[lag], panel.exits.own[lag], 0.00006);
    }
    ck_assert_double_eq_tol(found.together, panel.together, 0.006);
    ck_assert_double_eq_tol(found.own_together, panel.own_together, 0.006);
    for (int h = 0; h < CHANGES_HORIZONS; h++) {
        ck_assert_double_eq_tol(found.stock_sd[h], panel.stock_sd[h], 0.0002);
        ck_assert_double_eq_tol(found.stock_p10[h], panel.stock_p10[h], 0.0011);
        ck_assert_double_eq_tol(found.stock_p90[h], panel.stock_p90[h], 0.0011);
    }
    ck_assert_double_eq_tol(found.stock_lag, panel.stock_lag, 0.0006);
    changes_free(&table);
}
END_TEST

static struct changes_table make_worlds(void)
{
    struct changes_table table = changes_new(WORLDS, PER_COLLECTION);
    for (int32_t i = 0; i < WORLDS; i++) {
        const struct world_options options = {
            .regime = WORLD_PANEL_LIKE,
            .seed = (uint64_t)i + 1,
            .national = (uint64_t)(i / PER_COLLECTION) + 1,
            .years_known = 10,
            .years_after = 3,
        };
        struct history history;
        struct world_truth truth;
        world_make(&options, &history, &truth);
        table.rows[i] = changes_of_history(&history);
        history_free(&history);
    }
    return table;
}

/* One line of the table, and the test: within a share of the panel's figure. */
static void must_be_near(const char *what, int32_t lag, double found, double expected, double tolerance)
{
    printf("%-34s %d   panel %7.4f   worlds %7.4f   %+5.1f %%\n", what, (int)lag, expected, found,
           100 * (found / expected - 1));
    ck_assert_msg(fabs(found / expected - 1) < tolerance, "%s %d: %g, panel %g", what, (int)lag, found,
                  expected);
}

START_TEST(yearly_changes_are_the_panels)
{
    struct changes_table table = make_worlds();
    struct changes found;
    changes_study(&table, &found);
    must_be_near("net sd, starts", 1, found.starts.net_sd, panel.starts.net_sd, 0.06);
    must_be_near("net sd, exit rate", 1, found.exits.net_sd, panel.exits.net_sd, 0.06);
    for (int lag = 0; lag < CHANGES_LAGS; lag++)
        must_be_near("own net variance, starts", lag + 1, found.starts.own[lag], panel.starts.own[lag], 0.12);
    for (int lag = 0; lag < CHANGES_LAGS; lag++)
        must_be_near("own net variance, exit rate", lag + 1, found.exits.own[lag], panel.exits.own[lag],
                     0.12);
    must_be_near("correlation, all", 1, found.together, panel.together, 0.15);
    must_be_near("correlation, own", 1, found.own_together, panel.own_together, 0.15);
    for (int h = 0; h < CHANGES_HORIZONS; h++) {
        must_be_near("sd of change of stock", h + 1, found.stock_sd[h], panel.stock_sd[h], 0.07);
        /* the panel rose for most of its years, which the worlds need not: the width alone is compared */
        must_be_near("10th to 90th percentile of it", h + 1, found.stock_p90[h] - found.stock_p10[h],
                     panel.stock_p90[h] - panel.stock_p10[h], 0.07);
    }
    must_be_near("lag correlation of change of stock", 1, found.stock_lag, panel.stock_lag, 0.25);
    changes_free(&table);
}
END_TEST

Suite *suite_world(void)
{
    Suite *suite = suite_create("world");
    TCase *tcase = tcase_create("world");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, the_panel_itself);
    tcase_add_test(tcase, yearly_changes_are_the_panels);
    suite_add_tcase(suite, tcase);
    return suite;
}
