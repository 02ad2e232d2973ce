/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every script with several shapes of data; whatever gnuplot says on stderr fails a test by itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/chart.h"
#include "render/gnuplot.h"
#include "render/reports.h"

Suite *suite_chart(void);

static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},
                                              {"y", 2},      {"p10", 2},   {"p90", 2}};
static char top[64];
static struct log quiet;

static void set_up(void)
{
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
    log_init(&quiet, stderr, true);
}

static void tear_down(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", top);
    ck_assert_int_eq(system(command), 0);
}

static bool have_gnuplot(void)
{
    char path[256];
    if (gnuplot_find(path, sizeof path))
        return true;
    puts("skipped: gnuplot is not installed");
    return false;
}

static void add(struct table *table, const char *series, const char *style, day date, double y, double spread)
{
    struct err err = {0};
    struct table_cell *row = table_add_row(table, &err);
    ck_assert(table_set_text(table, &row[0], series, &err) && table_set_text(table, &row[1], style, &err));
    table_set_day(&row[2], date);
    table_set_real(&row[3], y);
    if (spread > 0) {
        table_set_real(&row[4], y - spread);
        table_set_real(&row[5], y + spread);
    }
}

static void draw(const char *target, const struct chart_spec *spec)
{
    struct folder folder;
    struct err err = {0};
    bool drawn = false;
    const struct chart_options options = {.processes = 2};
    ck_assert_msg(folder_begin(&folder, target, &err), "%s", err.message);
    ck_assert_msg(chart_draw(&folder, spec, 1, &options, &quiet, &drawn, &err), "%s: %s", spec->script,
                  err.message);
    ck_assert(drawn);
    ck_assert_msg(folder_commit(&folder, &err), "%s", err.message);
}

static struct chart_spec spec_of(const char *script, enum chart_shape shape, const struct table *data)
{
    return (struct chart_spec){
        .script = script,
        .name = "picture",
        .title = "Title",
        .subtitle = "Subtitle",
        .source = "Source",
        .alt = "Alt",
        .now = date_from_civil(2022, 3, 31),
        .now_text = "known to 31 Mar 2022",
        .panels = {{.data = data, .shape = shape, .y_title = "Children", .label_with_value = true}},
        .n_panels = 1};
}

/* growth, decline to nothing, constant, tiny, one point; with and without a fan */
START_TEST(lines_of_every_shape)
{
    static const struct {
        double start, slope;
        int months;
    } shapes[] = {{900, 4, 60}, {600, -10, 60}, {100, 0, 24}, {0, 0, 12},
                  {3, 0.1, 30}, {50, 0, 0},     {7, 1, 1}};
    static const char *const scripts[] = {"turning_the_curve", "entries_exits", "rate"};
    if (!have_gnuplot())
        return;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct table table;
        const day origin = date_from_civil(2022, 3, 31);
        table_init(&table, "t", columns, 6);
        for (int m = -shapes[i].months; m <= 0; m++)
            add(&table, "", "history", date_month_end(origin, m), shapes[i].start, 0);
        for (int m = 0; m <= shapes[i].months; m++) {
            const double y = shapes[i].start + m * shapes[i].slope;
            add(&table, "Likely", "likely", date_month_end(origin, m), y < 0 ? 0 : y, m);
        }
        const struct chart_spec spec = spec_of(scripts[i % 3], CHART_LINES, &table);
        draw("out", &spec);
        table_free(&table);
    }
}
END_TEST

START_TEST(stacks_steps_bars_and_points)
{
    static const struct {
        const char *script, *style;
        enum chart_shape shape;
    } kinds[] = {{"mix", "group_1", CHART_STACK}, {"cost", "rest", CHART_STACK},
                 {"pit", "group_1", CHART_STACK}, {"duration", "own", CHART_STEPS},
                 {"bars", "group_1", CHART_BARS}, {"funnel", "all", CHART_POINTS}};
    if (!have_gnuplot())
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (int n = 1; n <= 9; n += 4) {
            struct table table;
            table_init(&table, "t", columns, 6);
            for (int i = 0; i < n; i++)
                add(&table, "One", kinds[k].style, date_month_end(date_from_civil(2020, 3, 31), 3 * i), i, 0);
            const struct chart_spec spec = spec_of(kinds[k].script, kinds[k].shape, &table);
            draw("out", &spec);
            table_free(&table);
        }
}
END_TEST

/* both axes in roots: points from nothing to many, a line through all */
START_TEST(points_in_roots)
{
    static const struct table_column numbers[] = {{"series", 0}, {"style", 0}, {"x", 2}, {"y", 2}};
    static const double most[] = {0, 0.3, 1, 40, 5000};
    if (!have_gnuplot())
        return;
    for (size_t k = 0; k < sizeof most / sizeof most[0]; k++) {
        struct table table;
        struct err err = {0};
        table_init(&table, "t", numbers, 4);
        for (int i = 0; i <= 10; i++) {
            struct table_cell *row = table_add_row(&table, &err);
            ck_assert(table_set_text(&table, &row[0], i < 5 ? "" : "As expected", &err) &&
                      table_set_text(&table, &row[1], i < 5 ? "all" : "middle", &err));
            table_set_real(&row[2], most[k] * i / 10);
            table_set_real(&row[3], i < 5 ? i : most[k] * i / 10);
        }
        struct chart_spec spec = spec_of("funnel", CHART_POINTS, &table);
        spec.now = DAY_NONE;
        spec.panels[0].roots = true;
        spec.panels[0].label_with_value = false;
        draw("out", &spec);
        table_free(&table);
    }
}
END_TEST

/* bars with lines over them: what was promised, and limits with gaps between */
START_TEST(lines_over_bars)
{
    struct table table;
    if (!have_gnuplot())
        return;
    table_init(&table, "t", columns, 6);
    const day first = date_from_civil(2020, 3, 31);
    for (int i = 0; i < 5; i++)
        add(&table, "", "group_1", date_month_end(first, i), 10 + i, 0);
    for (int i = 0; i < 5; i++) {
        add(&table, "", "exits", date_month_end(first, i), 8 + i, 0);
        add(&table, "", "exits", date_month_end(first, i), 12 + i, 0);
        add(&table, "", "exits", date_month_end(first, i), (double)NAN, 0);
    }
    for (int i = 0; i < 5; i++)
        add(&table, "Promised", "baseline", date_month_end(first, i), 10, 0);
    const struct chart_spec spec = spec_of("pit", CHART_STACK, &table);
    draw("out", &spec);
    table_free(&table);
}
END_TEST

START_TEST(two_panels)
{
    struct table table;
    if (!have_gnuplot())
        return;
    table_init(&table, "t", columns, 6);
    for (int i = 0; i < 30; i++)
        add(&table, "One", "entries", date_month_end(date_from_civil(2020, 3, 31), i), 10 + i, 0);
    struct chart_spec spec = spec_of("stock", CHART_LINES, &table);
    spec.panels[1] = spec.panels[0];
    spec.n_panels = 2;
    draw("out", &spec);
    table_free(&table);
}
END_TEST

/* text from files reaches the picture as text, and nothing else happens */
START_TEST(text_is_never_run)
{
    static const char evil[] =
        "`touch pwned1` $(touch pwned2) \" system('touch pwned3') @x <b> & \\n {/b x} | \t%s";
    struct table table;
    struct text svg = {0};
    struct err err = {0};
    if (!have_gnuplot())
        return;
    table_init(&table, "t", columns, 6);
    for (int i = 0; i < 5; i++)
        add(&table, evil, "likely", date_month_end(date_from_civil(2020, 3, 31), i), i, 1);
    struct chart_spec spec = spec_of("turning_the_curve", CHART_LINES, &table);
    spec.title = spec.subtitle = spec.source = spec.alt = spec.now_text = evil;
    spec.panels[0].y_title = evil;
    spec.panels[0].x_title = evil;
    draw("out", &spec);
    ck_assert(reports_read_file("out/picture.svg", &svg, &err));
    ck_assert_ptr_null(strstr(text_c(&svg), "<b>"));
    ck_assert_ptr_nonnull(strstr(text_c(&svg), "`touch pwned1`"));
    ck_assert_ptr_nonnull(strstr(text_c(&svg), "role=\"img\" aria-labelledby=\"picture-t picture-d\""));
    ck_assert_ptr_null(strstr(text_c(&svg), "Gnuplot"));
    ck_assert_int_ne(access("pwned1", F_OK), 0);
    ck_assert_int_ne(access("out/pwned1", F_OK), 0);
    text_free(&svg);
    table_free(&table);
}
END_TEST

START_TEST(same_input_same_bytes)
{
    struct table table;
    if (!have_gnuplot())
        return;
    table_init(&table, "t", columns, 6);
    for (int i = 0; i < 20; i++)
        add(&table, "One", "likely", date_month_end(date_from_civil(2020, 3, 31), i), i * i, 3);
    const struct chart_spec spec = spec_of("turning_the_curve", CHART_LINES, &table);
    draw("a", &spec);
    draw("b", &spec);
    for (int i = 0; i < 2; i++) {
        struct text one = {0};
        struct text two = {0};
        struct err err = {0};
        ck_assert(reports_read_file(i == 0 ? "a/picture.svg" : "a/picture.png", &one, &err));
        ck_assert(reports_read_file(i == 0 ? "b/picture.svg" : "b/picture.png", &two, &err));
        ck_assert_uint_gt(one.length, 1000);
        ck_assert_uint_eq(one.length, two.length);
        ck_assert_mem_eq(one.at, two.at, one.length);
        text_free(&one);
        text_free(&two);
    }
    table_free(&table);
}
END_TEST

START_TEST(without_gnuplot_all_else_goes_on)
{
    struct table table;
    struct folder folder;
    struct err err = {0};
    bool drawn = true;
    char *said = NULL;
    size_t size = 0;
    struct log log;
    FILE *stream = open_memstream(&said, &size);
    const struct chart_options options = {.processes = 1};
    log_init(&log, stream, true);
    table_init(&table, "t", columns, 6);
    add(&table, "One", "likely", 0, 1, 0);
    const struct chart_spec spec = spec_of("turning_the_curve", CHART_LINES, &table);
    ck_assert(folder_begin(&folder, "out", &err));
    ck_assert_int_eq(setenv("PATH", "/nowhere", 1), 0);
    ck_assert(chart_draw(&folder, &spec, 1, &options, &log, &drawn, &err));
    ck_assert(!drawn);
    ck_assert_int_eq(setenv("PATH", "/usr/bin:/bin", 1), 0);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_ptr_nonnull(strstr(said, "gnuplot is not installed"));
    folder_abandon(&folder);
    free(said);
    table_free(&table);
}
END_TEST

START_TEST(says_what_is_wrong)
{
    struct table table;
    struct folder folder;
    struct err err = {0};
    bool drawn = false;
    if (!have_gnuplot())
        return;
    ck_assert_int_eq(mkdir("mine", 0700), 0);
    ck_assert_int_eq(mkdir("mine/charts", 0700), 0);
    FILE *script = fopen("mine/charts/bars.gp", "w");
    ck_assert(fputs("plot nosuchvariable\n", script) >= 0 && fclose(script) == 0);
    const struct chart_options options = {.reports = "mine", .processes = 1};
    table_init(&table, "t", columns, 6);
    ck_assert(folder_begin(&folder, "out", &err));
    struct chart_spec spec = spec_of("bars", CHART_BARS, &table);
    ck_assert(!chart_draw(&folder, &spec, 1, &options, &quiet, &drawn, &err)); /* no rows */
    ck_assert_ptr_nonnull(strstr(err.message, "no data"));
    add(&table, "One", "nosuchstyle", 0, 1, 0);
    ck_assert(!chart_draw(&folder, &spec, 1, &options, &quiet, &drawn, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "nosuchstyle"));
    table_free(&table);
    table_init(&table, "t", columns, 6);
    add(&table, "One", "group_1", 0, 1, 0);
    ck_assert(!chart_draw(&folder, &spec, 1, &options, &quiet, &drawn, &err)); /* their own script is used */
    ck_assert_int_eq(err.code, ERR_IO);
    ck_assert_ptr_nonnull(strstr(err.message, "nosuchvariable"));
    ck_assert(!drawn);
    folder_abandon(&folder);
    ck_assert_int_ne(access(folder.working, F_OK), 0); /* nothing left behind */
    table_free(&table);
}
END_TEST

Suite *suite_chart(void)
{
    Suite *suite = suite_create("chart");
    TCase *tcase = tcase_create("chart");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, lines_of_every_shape);
    tcase_add_test(tcase, stacks_steps_bars_and_points);
    tcase_add_test(tcase, points_in_roots);
    tcase_add_test(tcase, lines_over_bars);
    tcase_add_test(tcase, two_panels);
    tcase_add_test(tcase, text_is_never_run);
    tcase_add_test(tcase, same_input_same_bytes);
    tcase_add_test(tcase, without_gnuplot_all_else_goes_on);
    tcase_add_test(tcase, says_what_is_wrong);
    suite_add_tcase(suite, tcase);
    return suite;
}
