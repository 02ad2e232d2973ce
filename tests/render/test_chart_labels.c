/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "render/chart_labels.h"

Suite *suite_chart_labels(void);

/* hand */
START_TEST(titles_wrap_at_blanks)
{
    char lines[2][256];
    chart_wrap("short", 10, lines);
    ck_assert_str_eq(lines[0], "short");
    ck_assert_str_eq(lines[1], "");
    chart_wrap("one two three four", 9, lines);
    ck_assert_str_eq(lines[0], "one two");
    ck_assert_str_eq(lines[1], "three fo…");
    chart_wrap("£££££ £££££", 5, lines); /* characters, not bytes */
    ck_assert_str_eq(lines[0], "£££££");
    ck_assert_str_eq(lines[1], "£££££");
    chart_wrap("abcdefghij", 4, lines); /* no blank to break at */
    ck_assert_str_eq(lines[0], "abcd");
    ck_assert_str_eq(lines[1], "efg…");
    chart_wrap("", 4, lines);
    ck_assert_str_eq(lines[0], "");
}
END_TEST

/* hand */
START_TEST(texts_are_cut_at_characters)
{
    char out[64];
    chart_cut("££££", 4, out, sizeof out);
    ck_assert_str_eq(out, "££££");
    chart_cut("£££££", 4, out, sizeof out);
    ck_assert_str_eq(out, "£££…");
}
END_TEST

/* a fan's edges and the line have labels; a series without words has none; one that stops early stands beside
 */
START_TEST(labels_stand_where_lines_end)
{
    static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},
                                                  {"y", 2},      {"p10", 2},   {"p90", 2}};
    static const struct {
        const char *series, *style;
        double x, y, low, high;
    } rows[] = {{"", "history", 0, 5, 0, 0},      {"", "history", 1, 6, 0, 0},
                {"Early", "best", 0, 4, 0, 0},    {"Early", "best", 1, 3, 0, 0},
                {"Likely", "likely", 1, 6, 0, 0}, {"Likely", "likely", 2, 7, 2, 12}};
    struct table table;
    struct err err = {0};
    struct chart_drawn_panel panel;
    struct chart_label labels[CHART_LABELS_MOST];
    table_init(&table, "t", columns, 6);
    for (size_t i = 0; i < 6; i++) {
        struct table_cell *row = table_add_row(&table, &err);
        ck_assert(table_set_text(&table, &row[0], rows[i].series, &err));
        ck_assert(table_set_text(&table, &row[1], rows[i].style, &err));
        table_set_real(&row[2], rows[i].x);
        table_set_real(&row[3], rows[i].y);
        if (rows[i].high > 0) {
            table_set_real(&row[4], rows[i].low);
            table_set_real(&row[5], rows[i].high);
        }
    }
    const struct chart_panel spec = {
        .data = &table, .shape = CHART_LINES, .y_title = "", .label_with_value = true};
    ck_assert_msg(chart_panel_make(&panel, &spec, "t", &err), "%s", err.message);
    ck_assert_uint_eq(panel.n_series, 3);
    ck_assert_uint_eq(chart_gutter_labels(&panel, labels), 3);
    ck_assert_str_eq(labels[0].words, "Likely 7");
    ck_assert_str_eq(labels[1].words, "1 in 10 above 12");
    ck_assert_str_eq(labels[2].words, "1 in 10 below 2");
    ck_assert_uint_eq(chart_inline_labels(&panel, labels), 1);
    ck_assert_str_eq(labels[0].words, "Early 3");
    chart_panel_free(&panel);
    table_free(&table);
}
END_TEST

/* points beside the middle of their category; a line that ends in the last category is labelled at the end */
START_TEST(points_may_stand_beside_their_category)
{
    static const struct table_column columns[] = {
        {"series", 0}, {"style", 0}, {"x", 0}, {"y", 2}, {"shift", 2}};
    static const struct {
        const char *series, *style, *x;
        double y, shift;
    } rows[] = {{"Level", "limit95", "first", 1, -0.5}, {"Level", "limit95", "last", 1, 0.5},
                {"Whole", "likely", "first", 2, -0.1},  {"Whole", "likely", "last", 2, -0.1},
                {"Short", "best", "first", 3, 0.1},     {"Point", "own_point", "last", 4, 0.25}};
    enum { N = sizeof rows / sizeof rows[0] };
    struct table table;
    struct err err = {0};
    struct chart_drawn_panel panel;
    struct chart_label labels[CHART_LABELS_MOST];
    table_init(&table, "t", columns, 5);
    for (size_t i = 0; i < N; i++) {
        struct table_cell *row = table_add_row(&table, &err);
        ck_assert(table_set_text(&table, &row[0], rows[i].series, &err) &&
                  table_set_text(&table, &row[1], rows[i].style, &err) &&
                  table_set_text(&table, &row[2], rows[i].x, &err));
        table_set_real(&row[3], rows[i].y);
        table_set_real(&row[4], rows[i].shift);
    }
    const struct chart_panel spec = {.data = &table, .shape = CHART_LINES, .y_title = ""};
    ck_assert_msg(chart_panel_make(&panel, &spec, "t", &err), "%s", err.message);
    /* hand: categories are 1 and 2, half a category of room on both sides */
    ck_assert_double_eq_tol(panel.points[2].x, 0.9, 1e-12);
    ck_assert_double_eq_tol(panel.points[5].x, 2.25, 1e-12);
    ck_assert_double_eq_tol(panel.x_low, 0.5, 1e-12);
    ck_assert_double_eq_tol(panel.x_high, 2.5, 1e-12);
    ck_assert_int_eq(panel.x.n_ticks, 2);
    ck_assert_double_eq(panel.x.ticks[1], 2);
    ck_assert_uint_eq(chart_gutter_labels(&panel, labels), 2);
    ck_assert_str_eq(labels[0].words, "Level");
    ck_assert_str_eq(labels[1].words, "Whole");
    ck_assert_uint_eq(chart_inline_labels(&panel, labels), 2);
    ck_assert_str_eq(labels[0].words, "Short");
    ck_assert_str_eq(labels[1].words, "Point");
    chart_panel_free(&panel);
    table_free(&table);
}
END_TEST

Suite *suite_chart_labels(void)
{
    Suite *suite = suite_create("chart_labels");
    TCase *tcase = tcase_create("chart_labels");
    tcase_add_test(tcase, titles_wrap_at_blanks);
    tcase_add_test(tcase, texts_are_cut_at_characters);
    tcase_add_test(tcase, labels_stand_where_lines_end);
    tcase_add_test(tcase, points_may_stand_beside_their_category);
    suite_add_tcase(suite, tcase);
    return suite;
}
