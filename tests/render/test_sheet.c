/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workbook is a zip of XML: the tests unpack it and look at the XML. That LibreOffice reads it is tested by
 * tests/cli/workbook.sh. */
#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/sheet.h"

Suite *suite_sheet(void);

static char top[64];

static void set_up(void)
{
    snprintf(top, sizeof top, "/tmp/turncurve-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    ck_assert_int_eq(chdir(top), 0);
}

static void tear_down(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", top);
    ck_assert_int_eq(system(command), 0);
}

static const struct table_column columns[] = {
    {"month", 0}, {"place", 0}, {"children", 2}, {"cost", 0}, {"share", 3}};
enum { MONTH, PLACE, CHILDREN, COST, SHARE, N_COLUMNS };

static void add_row(struct table *table, day month, const char *place, double children, pence cost,
                    double share)
{
    struct err err = {0};
    struct table_cell *row = table_add_row(table, &err);
    ck_assert(table_set_text(table, &row[PLACE], place, &err));
    table_set_day(&row[MONTH], month);
    table_set_real(&row[CHILDREN], children);
    table_set_gbp(&row[COST], cost);
    table_set_real(&row[SHARE], share);
}

static void make_table(struct table *table)
{
    table_init(table, "t", columns, N_COLUMNS);
    add_row(table, date_from_civil(2027, 3, 31), "=1+1", 12.345, 123456, 0.25);
    add_row(table, date_from_civil(2027, 4, 30), "@home", -0.001, -50, 0.5);
}

static bool save(const struct sheet_page *pages, size_t n, const char *target, struct err *err)
{
    struct folder folder;
    const struct sheet_book book = {.title = "A workbook & more",
                                    .source = "Source: returns to 31 Mar 2026",
                                    .dated = date_from_civil(2026, 3, 31),
                                    .sign_off = true,
                                    .pages = pages,
                                    .n_pages = n};
    ck_assert_msg(folder_begin(&folder, target, err), "%s", err->message);
    if (!sheet_save(&folder, "t.xlsx", &book, err)) {
        folder_abandon(&folder);
        return false;
    }
    ck_assert_msg(folder_commit(&folder, err), "%s", err->message);
    return true;
}

/* Unpacks out/t.xlsx and gives one of its files. The caller frees it. */
static char *part(const char *name)
{
    char path[128];
    ck_assert_int_eq(system("rm -rf x && python3 -m zipfile -e out/t.xlsx x"), 0);
    snprintf(path, sizeof path, "x/%s", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "no %s", path);
    char *text = calloc(1, 1 << 20);
    ck_assert_uint_gt(fread(text, 1, (1 << 20) - 1, file), 0);
    fclose(file);
    return text;
}

static void expect_part(const char *name, const char *text)
{
    char *xml = part(name);
    ck_assert_msg(strstr(xml, text) != NULL, "%s has no %s:\n%s", name, text, xml);
    free(xml);
}

START_TEST(cells_hold_what_the_csv_says)
{
    struct table table;
    struct err err = {0};
    make_table(&table);
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message);
    /* title in row 1, a blank row, the heading in row 3 */
    expect_part("xl/worksheets/sheet2.xml", "<c r=\"A4\" s=");
    expect_part("xl/worksheets/sheet2.xml",
                "<v>46477</v>"); /* R 4.2.2: as.numeric(as.Date("2027-03-31")) + 25569 */
    expect_part("xl/worksheets/sheet2.xml",
                "<v>12.35</v>"); /* printf "%.2f" of 12.345, as the CSV: the double is above */
    expect_part("xl/worksheets/sheet2.xml", "<v>1234.56</v>"); /* 123456 pence */
    expect_part("xl/worksheets/sheet2.xml", "<v>-0.5</v>");
    expect_part("xl/worksheets/sheet2.xml", "<v>0.25</v>");
    char *xml = part("xl/worksheets/sheet2.xml");
    ck_assert_ptr_null(strstr(xml, "<v>-0</v>")); /* -0.001 is 0 */
    ck_assert_ptr_null(strstr(xml, "<f>"));
    free(xml);
    expect_part("xl/sharedStrings.xml", "<t>=1+1</t>");
    expect_part("xl/sharedStrings.xml", "<t>@home</t>");
    expect_part("xl/sharedStrings.xml", "A workbook &amp; more");
    expect_part("xl/styles.xml", "dd mmm yyyy");
    struct stat status;
    ck_assert_int_eq(stat("out/t.xlsx", &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    table_free(&table);
}
END_TEST

START_TEST(sheets_print_on_a4_with_their_headings)
{
    struct table table;
    struct err err = {0};
    make_table(&table);
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    ck_assert(save(&page, 1, "out", &err));
    expect_part("xl/worksheets/sheet2.xml", "paperSize=\"9\"");
    expect_part("xl/worksheets/sheet2.xml", "orientation=\"landscape\"");
    expect_part("xl/worksheets/sheet2.xml", "fitToHeight=\"0\"");
    expect_part("xl/worksheets/sheet2.xml", "ySplit=\"3\"");
    expect_part("xl/worksheets/sheet2.xml", "Source: returns to 31 Mar 2026&amp;RPage &amp;P of &amp;N");
    expect_part("xl/workbook.xml", "Costs!$3:$3"); /* repeated */
    expect_part("xl/workbook.xml", "Costs!$A$1:"); /* print area */
    expect_part("xl/tables/table1.xml", "ref=\"A3:E5\"");
    expect_part("xl/worksheets/sheet1.xml", "<hyperlink ref=\"A4\" location=\"'Costs'!$A$1\"");
    expect_part("docProps/core.xml", "2026-03-31T12:00:00Z");
    table_free(&table);
}
END_TEST

START_TEST(totals_and_formulas_carry_their_values)
{
    static const struct sheet_column shown[N_COLUMNS] = {
        [CHILDREN] = {.total = true},
        [COST] = {.heading = "Cost, £", .form = SHEET_WHOLE, .total = true},
        [SHARE] = {.form = SHEET_SHARE, .formula = "[2]*2"},
    };
    static const struct sheet_name names[] = {{"cost_in_april", 1, COST}};
    struct table table;
    struct err err = {0};
    make_table(&table);
    const struct sheet_page page = {.name = "Costs",
                                    .title = "What it costs",
                                    .table = &table,
                                    .columns = shown,
                                    .n_columns = N_COLUMNS,
                                    .names = names,
                                    .n_names = 1};
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message);
    expect_part("xl/worksheets/sheet2.xml",
                "<f>SUBTOTAL(109,D4:D5)</f><v>1234.06</v>"); /* hand: 1234.56 - .50 */
    expect_part("xl/worksheets/sheet2.xml", "<f>SUBTOTAL(109,C4:C5)</f><v>12.35</v>"); /* hand: 12.35 + 0 */
    expect_part("xl/worksheets/sheet2.xml", "<f>C4*2</f><v>0.25</v>"); /* the table's own value beside it */
    expect_part("xl/workbook.xml", "<definedName name=\"cost_in_april\">'Costs'!$D$5</definedName>");
    expect_part("xl/styles.xml", "0.0%"); /* three decimals of a share are one of a per cent */

    /* A chance: shown without the certainty that rounding would give it, the number in the cell as it is. */
    static const struct sheet_column as_chance[N_COLUMNS] = {[SHARE] = {.form = SHEET_CHANCE}};
    struct sheet_page chances = page;
    chances.columns = as_chance;
    chances.names = NULL;
    chances.n_names = 0;
    ck_assert_msg(save(&chances, 1, "out", &err), "%s", err.message);
    expect_part("xl/styles.xml", "[&gt;=0.995]&quot;&gt;99%&quot;;[&lt;0.005]&quot;&lt;1%&quot;;0%");
    expect_part("xl/worksheets/sheet2.xml", "<v>0.25</v>");

    /* A hidden figure: written as the text that stands for it, and no total or formula that gives it away. */
    table_free(&table);
    make_table(&table);
    struct table_cell *hidden = &table.cells[N_COLUMNS + CHILDREN];
    ck_assert(table_set_text(&table, hidden, "c", &err));
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message);
    char *xml = part("xl/worksheets/sheet2.xml");
    ck_assert_ptr_null(strstr(xml, "SUBTOTAL(109,C4:C5)"));
    ck_assert_ptr_nonnull(strstr(xml, "<f>C4*2</f>"));
    ck_assert_ptr_null(strstr(xml, "<f>C5*2</f>"));
    free(xml);
    table_free(&table);
}
END_TEST

START_TEST(refuses_what_a_cell_cannot_hold)
{
    struct table table;
    struct err err = {0};
    make_table(&table);
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    struct table_cell *cell = &table.cells[N_COLUMNS + CHILDREN];
    const double wrong[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        *cell = (struct table_cell){.kind = CELL_REAL,
                                    .as.real = wrong[i]}; /* table_set_real would leave it empty */
        err = (struct err){0};
        ck_assert(!save(&page, 1, "out", &err));
        ck_assert_int_eq(err.code, ERR_DATA);
        ck_assert_ptr_nonnull(strstr(err.message, "row 2, column children"));
        ck_assert_int_ne(access("out", F_OK), 0);
    }
    table_set_real(cell, 1.0);
    table_set_gbp(&table.cells[COST], INT64_C(1000000000000000)); /* 10^13 pounds */
    err = (struct err){0};
    ck_assert(!save(&page, 1, "out", &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    table_set_gbp(&table.cells[COST], INT64_C(999999999999999));
    ck_assert(save(&page, 1, "out", &err));
    expect_part("xl/worksheets/sheet2.xml", "<v>9999999999999.99</v>"); /* to the penny */
    table_free(&table);
}
END_TEST

/* Whole numbers beyond 2^53 and days before 1 March 1900 are no numbers of a spreadsheet: they stay as words.
 */
START_TEST(what_is_no_number_is_words)
{
    static const struct table_column two[] = {{"n", 0}, {"day", 0}};
    struct table table;
    struct err err = {0};
    table_init(&table, "t", two, 2);
    struct table_cell *row = table_add_row(&table, &err);
    table_set_integer(&row[0], INT64_C(9007199254740993));
    table_set_day(&row[1], date_from_civil(1900, 2, 28));
    row = table_add_row(&table, &err);
    table_set_integer(&row[0], INT64_C(9007199254740992));
    table_set_day(&row[1], date_from_civil(1900, 3, 1));
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message);
    expect_part("xl/sharedStrings.xml", "<t>9007199254740993</t>");
    expect_part("xl/sharedStrings.xml", "<t>28 Feb 1900</t>");
    expect_part("xl/worksheets/sheet2.xml", "<v>61</v>"); /* ECMA-376 part 1, 18.17.4.1: 1 March 1900 is 61 */
    table_free(&table);
}
END_TEST

START_TEST(same_bytes_and_no_clock)
{
    struct table table;
    struct err err = {0};
    make_table(&table);
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    ck_assert(save(&page, 1, "out", &err));
    sleep(1);
    ck_assert_int_eq(setenv("TZ", "Asia/Tokyo", 1), 0);
    ck_assert(save(&page, 1, "again", &err));
    ck_assert_int_eq(system("cmp out/t.xlsx again/t.xlsx"), 0);
    table_free(&table);
}
END_TEST

START_TEST(charts_draw_the_cells)
{
    struct table table;
    struct err err = {0};
    make_table(&table);
    struct sheet_chart chart = {.shape = SHEET_LINES,
                                .title = "=HYPERLINK(\"x\")",
                                .alt = "Line chart of <children>. Data: this sheet.",
                                .y_title = "Children",
                                .x = MONTH,
                                .series = {{CHILDREN, "likely", NULL}, {SHARE, "edge", "=A1"}},
                                .n_series = 2};
    struct sheet_page pages[] = {
        {.name = "Picture", .title = "Chart", .charts = &chart, .n_charts = 1},
        {.name = "It's", .title = "What it costs", .table = &table},
    };
    chart.data = &pages[1];
    ck_assert_msg(save(pages, 2, "out", &err), "%s", err.message);
    expect_part("xl/charts/chart1.xml", "'It''s'!$C$4:$C$5");
    expect_part("xl/charts/chart1.xml", "'It''s'!$C$3"); /* named by the heading */
    expect_part("xl/charts/chart1.xml", "12436D");
    expect_part("xl/charts/chart1.xml", "<a:t> =HYPERLINK"); /* words, no reference */
    expect_part("xl/drawings/drawing1.xml", "descr=\"Line chart of &lt;children&gt;. Data: this sheet.\"");
    chart.series[0].style = "nothing";
    err = (struct err){0};
    ck_assert(!save(pages, 2, "out", &err));
    ck_assert_int_eq(err.code, ERR_INTERNAL);
    chart.series[0] = (struct sheet_series){N_COLUMNS, "likely", NULL};
    ck_assert(!save(pages, 2, "out", &err));
    chart.series[0].column = CHILDREN;
    chart.n_rows = 3;
    ck_assert(!save(pages, 2, "out", &err));
    table_free(&table);
}
END_TEST

/* A disk that fills up: first in the library's own temporary files, then in the file itself. */
START_TEST(a_full_disk_leaves_nothing)
{
    static const rlim_t limits[] = {512, 4096, 20000, 60000};
    struct table table;
    struct rlimit before;
    table_init(&table, "t", columns, N_COLUMNS);
    for (int i = 0; i < 3000; i++)
        add_row(&table, date_from_civil(2027, 3, 31), "place", i * 1.37, i * 12347, 0.25);
    const struct sheet_page page = {.name = "Costs", .title = "What it costs", .table = &table};
    ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct err err = {0};
        const struct rlimit now = {limits[i], before.rlim_max};
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &now), 0);
        const bool saved = save(&page, 1, "out", &err);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        ck_assert_msg(!saved, "a workbook within %lu bytes", (unsigned long)limits[i]);
        ck_assert_msg(err.code == ERR_IO, "%s", err.message);
        ck_assert_int_eq(system("[ -z \"$(ls)\" ]"), 0);
    }
    table_free(&table);
}
END_TEST

START_TEST(names_and_headings_of_data_are_made_to_differ)
{
    static const struct table_column twice[] = {{"Likely", 0}, {"likely", 0}, {"=1", 0}};
    static const struct sheet_name same[] = {{"figure", 0, 0}, {"FIGURE", 0, 1}};
    struct table table;
    struct err err = {0};
    table_init(&table, "t", twice, 3);
    struct table_cell *row = table_add_row(&table, &err);
    for (int i = 0; i < 3; i++)
        table_set_integer(&row[i], i);
    struct sheet_page page = {.name = "Same", .title = "Same", .table = &table};
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message);
    expect_part("xl/tables/table1.xml", "name=\"likely (2)\"");
    expect_part("xl/tables/table1.xml", "name=\"=1\"");
    page.names = same;
    page.n_names = 2;
    ck_assert(!save(&page, 1, "out", &err));
    ck_assert_int_eq(err.code, ERR_INTERNAL);
    table_free(&table);
    table_init(&table, "t", twice, 3);
    page.n_names = 0;
    ck_assert_msg(save(&page, 1, "out", &err), "%s", err.message); /* no rows: "None." */
    expect_part("xl/sharedStrings.xml", "None.");
    table_free(&table);
}
END_TEST

Suite *suite_sheet(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tcase = tcase_create("sheet");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60.0);
    tcase_add_test(tcase, cells_hold_what_the_csv_says);
    tcase_add_test(tcase, sheets_print_on_a4_with_their_headings);
    tcase_add_test(tcase, totals_and_formulas_carry_their_values);
    tcase_add_test(tcase, refuses_what_a_cell_cannot_hold);
    tcase_add_test(tcase, what_is_no_number_is_words);
    tcase_add_test(tcase, same_bytes_and_no_clock);
    tcase_add_test(tcase, charts_draw_the_cells);
    tcase_add_test(tcase, a_full_disk_leaves_nothing);
    tcase_add_test(tcase, names_and_headings_of_data_are_made_to_differ);
    suite_add_tcase(suite, tcase);
    return suite;
}
