/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/history_report.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/chart_set.h"
#include "app/history_charts.h"
#include "app/results_page.h"
#include "tests/build_history.h"

Suite *suite_history_report(void);

static bool has_chart(const struct chart_set *set, const char *name)
{
    for (size_t i = 0; i < set->n_charts; i++)
        if (strcmp(set->charts[i].name, name) == 0)
            return true;
    return false;
}

/* 12 authorities over two years: the first is the own, the next three its neighbours. Made up. */
static size_t make_peers(struct peer peers[24])
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"};
    size_t n = 0;
    for (int32_t la = 0; la < 12; la++)
        for (int32_t year = 2021; year <= 2022; year++)
            peers[n++] = (struct peer){.la = la,
                                       .year = year,
                                       .name = names[la],
                                       .relation = la == 0  ? PEER_OWN
                                                   : la < 4 ? PEER_NEIGHBOUR
                                                            : PEER_OTHER,
                                       .stock = 100 + 10 * la + year - 2021,
                                       .population = 20000 + 1000 * la};
    return n;
}

START_TEST(every_chart_has_words)
{
    struct history history;
    struct counts counts;
    struct chart_set set = {0};
    struct peer peers[24];
    struct err err = {0};
    const size_t n = make_peers(peers);
    build_random(&history, 21, 300, 2018, 2022, 0);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    ck_assert_msg(history_charts_add(&set, &history, &counts, &err), "%s", err.message);
    ck_assert_msg(history_charts_add_peers(&set, "A", peers, n, &err), "%s", err.message);
    static const char *const names[] = {"stock",   "mix",    "ages", "legal", "durations",
                                        "reasons", "routes", "rate", "funnel"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(has_chart(&set, names[i]), "%s", names[i]);
    for (size_t i = 0; i < set.n_charts; i++) {
        const struct chart_spec *chart = &set.charts[i];
        ck_assert_uint_gt(strlen(chart->title), 10);
        ck_assert_uint_le(strlen(chart->title), 135);
        ck_assert_ptr_nonnull(strstr(chart->alt, chart->title));
        ck_assert_ptr_nonnull(strstr(chart->alt, set.numbers[i]));
        ck_assert_uint_gt(chart->panels[0].data->n_rows, 0);
    }
    /* the stock that is drawn last is the one counted */
    const struct table *stock = set.charts[0].panels[0].data;
    ck_assert_double_eq_tol(
        table_at(stock, stock->n_rows - 1, CHART_Y)->as.real,
        (double)counts_at(&counts, MEASURE_STOCK, (struct group){GROUP_ALL, 0}, counts.n_months - 1), 0.5);
    ck_assert_int_eq(table_at(stock, 0, CHART_X)->as.date, on(2017, 3, 31)); /* nothing from before */
    chart_set_free(&set);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(years_without_a_rate_are_gaps)
{
    struct chart_set set = {0};
    struct peer peers[24];
    struct err err = {0};
    const size_t n = make_peers(peers);
    for (size_t i = 0; i < n; i++)
        peers[i].year += peers[i].year == 2022 ? 2 : 0; /* 2021 and 2024 */
    ck_assert(history_charts_add_peers(&set, "A", peers, n, &err));
    const struct table *panel = set.charts[0].panels[0].data;
    size_t gaps = 0;
    for (size_t i = 0; i < panel->n_rows; i++)
        gaps += table_at(panel, i, CHART_Y)->kind == CELL_EMPTY;
    ck_assert_uint_eq(gaps, 3 + 1 + 2); /* one a neighbour, one own, two years of all together */
    chart_set_free(&set);
    ck_assert(history_charts_add_peers(&set, "A", peers, 0, &err)); /* nothing published: no chart */
    ck_assert_uint_eq(set.n_charts, 0);
}
END_TEST

START_TEST(published_totals_alone)
{
    double stock[] = {351, (double)NAN, 353};
    double flow[] = {(double)NAN, 197, 206};
    const struct yearly yearly = {.la_name = "Middlesbrough",
                                  .first_year = 2012,
                                  .n_years = 3,
                                  .stock = stock,
                                  .starts = flow,
                                  .leavers = flow};
    struct chart_set set = {0};
    struct err err = {0};
    ck_assert(history_charts_add_yearly(&set, &yearly, &err));
    ck_assert_uint_eq(set.n_charts, 1);
    ck_assert_str_eq(set.charts[0].title,
                     "353 children were looked after on 31 Mar 2014"); /* no year before */
    chart_set_free(&set);
}
END_TEST

static char *read_all(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = calloc(1, 1 << 20);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_lt(fread(text, 1, (1 << 20) - 1, file), (1 << 20) - 1);
    fclose(file);
    return text;
}

START_TEST(page_shows_charts_tables_and_notes)
{
    static const struct table_column columns[] = {{"year", 0}, {"stock", 0}};
    char folder_name[] = "/tmp/turncurve-test-XXXXXX";
    char out[64];
    struct folder folder = {0};
    struct table table = {0};
    struct chart_set set = {0};
    struct err err = {0};
    struct results_page page = {.report = "history",
                                .title = "Children looked after by <Leeds>",
                                .lead = "Lead",
                                .command_line = "turncurve history",
                                .notes = {"A note & more."},
                                .n_notes = 1,
                                .files = {"history.csv"},
                                .n_files = 1};
    ck_assert_ptr_nonnull(mkdtemp(folder_name));
    snprintf(out, sizeof out, "%s/out", folder_name);
    table_init(&table, "years", columns, 2);
    struct table_cell *row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "2021-22", &err));
    table_set_integer(&row[1], 1374);
    page.tables[0].heading = "Each year";
    page.tables[0].file = "years.csv";
    page.tables[0].table = &table;
    page.n_tables = 1;
    const struct chart_spec chart = {
        .name = "stock", .title = "T", .subtitle = "S", .source = "Q", .alt = "Alternative"};
    chart_set_add(&set, &chart, "history.csv");
    ck_assert_msg(folder_begin(&folder, out, &err), "%s", err.message);
    ck_assert_msg(results_page_save(&folder, NULL, &page, &set, true, &err), "%s", err.message);
    ck_assert(folder_commit(&folder, &err));
    char *html = read_all(out, "index.html");
    ck_assert_ptr_nonnull(html);
    ck_assert_ptr_nonnull(strstr(html, "by &lt;Leeds&gt;</title>"));
    ck_assert_ptr_nonnull(strstr(html, "alt=\"Alternative\""));
    ck_assert_ptr_nonnull(strstr(html, "A note &amp; more."));
    ck_assert_ptr_nonnull(strstr(html, ">1,374<"));
    free(html);
    char *style = read_all(out, "style.css");
    ck_assert_ptr_nonnull(style);
    free(style);
    table_free(&table);
    chart_set_free(&set);
    static const char *const made[] = {"out/index.html", "out/style.css", "out/.turncurve", "out", ""};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder_name, made[i]);
        ck_assert_int_eq(remove(path), 0);
    }
}
END_TEST

START_TEST(nothing_stored_is_no_input)
{
    const struct authority authority = {.la = 1, .name = "Nowhere"};
    struct history_inputs inputs = {0};
    struct err err = {0};
    ck_assert(!history_inputs_load(NULL, &authority, false, &inputs, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "turncurve import"));
    history_inputs_free(&inputs);
}
END_TEST

Suite *suite_history_report(void)
{
    Suite *suite = suite_create("history_report");
    TCase *tcase = tcase_create("history_report");
    tcase_add_test(tcase, every_chart_has_words);
    tcase_add_test(tcase, years_without_a_rate_are_gaps);
    tcase_add_test(tcase, published_totals_alone);
    tcase_add_test(tcase, page_shows_charts_tables_and_notes);
    tcase_add_test(tcase, nothing_stored_is_no_input);
    suite_add_tcase(suite, tcase);
    return suite;
}
