/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of plans of every shape; whatever gnuplot says on stderr fails a test by itself. */
#include "render/gantt.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/chart.h"
#include "render/gnuplot.h"
#include "render/reports.h"

Suite *suite_gantt(void);

enum { ROWS_MOST = 500 };
static const char *const states[] = {"done",  "on track",  "going on", "to begin",
                                     "later", "off track", "dropped",  "not said"};
static struct gantt_row rows[ROWS_MOST];
static struct gantt gantt;
static struct chart_spec spec;
static char top[64];

static void set_up(void)
{
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
    gantt = (struct gantt){.rows = rows, .states = states, .n_states = 8};
    spec = (struct chart_spec){.script = "gantt",
                               .name = "gantt",
                               .title = "Title",
                               .subtitle = "Subtitle",
                               .source = "Source",
                               .alt = "Alt",
                               .now = date_from_civil(2012, 7, 31),
                               .now_text = "as of 31 Jul 2012",
                               .gantt = &gantt};
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

static void add(const char *words, int state, day from, day to, day first, bool goes_on)
{
    ck_assert_uint_lt(gantt.n_rows, ROWS_MOST);
    rows[gantt.n_rows++] = (struct gantt_row){.words = words,
                                              .note = "note",
                                              .state = state,
                                              .from = from,
                                              .to = to,
                                              .first = first,
                                              .goes_on = goes_on};
}

/* Draws, and returns the SVG. */
static struct text draw(void)
{
    struct folder folder;
    struct text svg = {0};
    struct err err = {0};
    struct log quiet;
    bool drawn = false;
    const struct chart_options options = {.processes = 2};
    log_init(&quiet, stderr, true);
    ck_assert_msg(folder_begin(&folder, "out", &err), "%s", err.message);
    ck_assert_msg(chart_draw(&folder, &spec, 1, &options, &quiet, &drawn, &err), "%s", err.message);
    ck_assert(drawn);
    ck_assert_msg(folder_commit(&folder, &err), "%s", err.message);
    ck_assert(reports_read_file("out/gantt.svg", &svg, &err));
    return svg;
}

static day on(int32_t year, int32_t month, int32_t date)
{
    return date_from_civil(year, month, date);
}

/* hand: 20 pixels a row */
START_TEST(height_grows_with_the_rows)
{
    int32_t width = 0;
    int32_t height = 0;
    int32_t more = 0;
    add("1", 0, on(2012, 3, 31), on(2012, 3, 31), DAY_NONE, false);
    gantt_size(&spec, &width, &height);
    ck_assert_int_eq(width, 960);
    for (int i = 0; i < 139; i++)
        add("1", 0, on(2012, 3, 31), on(2012, 3, 31), DAY_NONE, false);
    gantt_size(&spec, &width, &more);
    ck_assert_int_eq(more, height + 139 * 20);
    add("2", 0, DAY_NONE, DAY_NONE, DAY_NONE, false);
    gantt_size(&spec, &width, &height);
    ck_assert_int_eq(height, more + 20);
}
END_TEST

/* a day, a month, a year, moved later and earlier, going on, open ends, no day; every state */
START_TEST(rows_of_every_shape)
{
    if (!have_gnuplot())
        return;
    rows[gantt.n_rows++] = (struct gantt_row){.is_heading = true, .words = "Heading", .note = ""};
    for (int s = 0; s < GANTT_STATES_MOST; s++) {
        add("A day", s, on(2012, 3, 31), on(2012, 3, 31), DAY_NONE, false);
        add("A month", s, on(2012, 3, 1), on(2012, 3, 31), on(2011, 12, 31), false);
        add("A year", s, on(2012, 4, 1), on(2013, 3, 31), on(2013, 12, 31), false);
        add("Goes on", s, on(2012, 4, 1), on(2012, 4, 30), DAY_NONE, true);
        add("From", s, on(2012, 4, 1), DAY_NONE, DAY_NONE, true);
        add("Until", s, DAY_NONE, on(2012, 4, 1), DAY_NONE, false);
        add("Moved by a day", s, on(2012, 4, 2), on(2012, 4, 2), on(2012, 4, 1), false);
    }
    add("No day", 7, DAY_NONE, DAY_NONE, DAY_NONE, false);
    struct text svg = draw();
    const char *const words[] = {"Heading",          "Moved by a day",          "No day",
                                 "not said",         "first due, and moved to", "2011-12",
                                 "as of 31 Jul 2012"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        ck_assert_msg(strstr(text_c(&svg), words[i]) != NULL, "%s is not in the picture", words[i]);
    text_free(&svg);
}
END_TEST

/* one row, none with a day, no rule, 45 years; a stretch of one day */
START_TEST(odd_plans)
{
    if (!have_gnuplot())
        return;
    add("Only", 0, DAY_NONE, DAY_NONE, DAY_NONE, true);
    struct text svg = draw();
    text_free(&svg);
    spec.now = DAY_NONE;
    svg = draw();
    text_free(&svg);
    add("Today", 1, on(2004, 2, 29), on(2004, 2, 29), DAY_NONE, false);
    svg = draw();
    text_free(&svg);
    add("Far", 1, on(2049, 1, 1), on(2049, 1, 2), DAY_NONE, false);
    svg = draw();
    ck_assert_ptr_null(strstr(text_c(&svg), ">Q1<")); /* no room for quarters */
    text_free(&svg);
}
END_TEST

/* text that tries to be something else stays text */
START_TEST(hostile_words)
{
    if (!have_gnuplot())
        return;
    add("`touch pwned` \"; set output '| touch pwned' <script>\t\n\x01\xff\\", 0, on(2012, 1, 1),
        on(2012, 1, 1), DAY_NONE, false);
    add("", 0, DAY_NONE, DAY_NONE, DAY_NONE, false);
    struct text svg = draw();
    ck_assert_int_ne(access("pwned", F_OK), 0);
    ck_assert_ptr_null(strstr(text_c(&svg), "<script>"));
    ck_assert_ptr_nonnull(strstr(text_c(&svg), "`touch pwned`"));
    text_free(&svg);
}
END_TEST

Suite *suite_gantt(void)
{
    Suite *suite = suite_create("gantt");
    TCase *tcase = tcase_create("gantt");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, height_grows_with_the_rows);
    tcase_add_test(tcase, rows_of_every_shape);
    tcase_add_test(tcase, odd_plans);
    tcase_add_test(tcase, hostile_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
