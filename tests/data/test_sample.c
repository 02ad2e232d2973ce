/* SPDX-License-Identifier: GPL-3.0-or-later
 * The open sample of five returns, when it lies beside the project: stock, entries and exits against a script
 * of its own kind (Python 3.11, 60 lines: last return's row for each CHILD and DECOM; V3 and V4 dropped; a
 * row that ends within the one before refused, else that one cut; ends at 18; rows chained where end equals
 * start). */
#include "data/stack.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/csvfile.h"
#include "tests/returns_by_hand.h"

Suite *suite_sample(void);

#define SAMPLE "../shared/data/ssda903-sample"

struct line {
    struct str child;
    const char *text; /* "2018 e: .." */
    size_t order;
};
struct lines {
    struct line *at;
    size_t n, capacity;
    struct arena texts;
};

/* One line of the fixture language from one row. */
static void add_line(struct lines *lines, int year, char letter, const struct csv_record *row)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_format(&text, &err, "%d %c: ", year, letter));
    for (size_t i = 1; i < row->n_fields; i++)
        ck_assert(text_append_c(&text, i > 1 ? "," : "", &err) && text_append(&text, row->fields[i], &err));
    ck_assert(text_append_c(&text, "\n", &err));
    ck_assert(vec_reserve((void **)&lines->at, &lines->capacity, lines->n + 1, sizeof *lines->at, &err));
    const char *child = arena_copy(&lines->texts, row->fields[0], &err);
    lines->at[lines->n] =
        (struct line){str_of(child), arena_copy(&lines->texts, str_of(text_c(&text)), &err), lines->n};
    lines->n++;
    text_free(&text);
}

static void read_table(struct lines *lines, int folder, const char *table, char letter)
{
    char path[200];
    struct err err = {0};
    struct csv_record row;
    ck_assert_int_gt(snprintf(path, sizeof path, SAMPLE "/%d/%s.csv", folder, table), 0);
    struct csvfile *file = csvfile_open(path, NULL, 0, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    /* the folder is named by the year in which the return starts */
    while (csvfile_next(file, &row, &err) == CSVFILE_ROW)
        add_line(lines, folder + 1, letter, &row);
    csvfile_close(file);
}

static int compare_lines(const void *left, const void *right)
{
    const struct line *a = left, *b = right;
    const int order = str_compare(a->child, b->child);
    return order != 0 ? order : a->order < b->order ? -1 : 1;
}

static void read_all(struct lines *lines)
{
    static const struct {
        const char *table;
        char letter;
    } tables[] = {{"header", 'h'}, {"episodes", 'e'}, {"uasc", 'u'},
                  {"oc2", '2'},    {"oc3", '3'},      {"missing", 'm'}};
    for (int folder = 2017; folder <= 2021; folder++)
        for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
            read_table(lines, folder, tables[i].table, tables[i].letter);
    qsort(lines->at, lines->n, sizeof *lines->at, compare_lines);
}

/* Kept, repaired and refused episode rows; all children into the history. */
static void stack_all(const struct lines *lines, struct history *history, int64_t tally[OUTCOME_COUNT])
{
    static struct fixture fixture;
    struct err err = {0};
    for (size_t from = 0, to = 0; from < lines->n; from = to) {
        struct text rows = {0};
        for (to = from; to < lines->n && str_equal(lines->at[to].child, lines->at[from].child); to++)
            ck_assert(text_append_c(&rows, lines->at[to].text, &err));
        fixture_stack(&fixture, "2018 2019 2020 2021 2022", text_c(&rows));
        for (size_t i = 0; i < fixture.rows.n_rows[TABLE_EPISODES]; i++)
            tally[fixture.rows.rows[TABLE_EPISODES][i].outcome]++;
        ck_assert_msg(history_add_child(history, &fixture.clean, from, NULL, &err), "%s", err.message);
        text_free(&rows);
        fixture_free(&fixture);
    }
    ck_assert(history_finish(history, 2018, 2022, &err));
    ck_assert_msg(history_verify(history, &err), "%s", err.message);
}

START_TEST(stock_entries_and_exits)
{
    static const struct {
        int year, stock, entries, exits;
    } expected[] = {{2016, 112, 91, 0},   {2017, 535, 423, 0}, {2018, 466, 179, 248}, {2019, 288, 29, 207},
                    {2020, 181, 20, 127}, {2021, 122, 19, 78}, {2022, 75, 8, 55}};
    struct lines lines = {0};
    struct history history = {0};
    int64_t tally[OUTCOME_COUNT] = {0};
    FILE *there = fopen(SAMPLE "/2017/episodes.csv", "r");
    if (there == NULL) {
        printf("skipped sample: %s is not there\n", SAMPLE);
        return;
    }
    ck_assert_int_eq(fclose(there), 0);
    read_all(&lines);
    stack_all(&lines, &history, tally);
    /* 1460 + 974 + 648 + 402 + 253 rows, by its README */
    ck_assert_int_eq(tally[OUTCOME_KEPT] + tally[OUTCOME_REPAIRED] + tally[OUTCOME_REFUSED], 3737);
    ck_assert_uint_eq(history.n_spells, 790);
    for (size_t y = 0; y < sizeof expected / sizeof expected[0]; y++) {
        const day last = date_year_end(expected[y].year);
        int stock = 0, entries = 0, exits = 0;
        for (size_t i = 0; i < history.n_spells; i++) {
            const struct spell *spell = &history.spells[i];
            stock += spell->start <= last && last < spell->end;
            entries += date_financial_year(spell->start) == expected[y].year;
            exits += spell->end != DAY_OPEN && date_financial_year(spell->end) == expected[y].year;
        }
        ck_assert_int_eq(stock, expected[y].stock);
        ck_assert_int_eq(entries, expected[y].entries);
        ck_assert_int_eq(exits, expected[y].exits);
    }
    history_free(&history);
    free(lines.at);
    arena_free(&lines.texts);
}
END_TEST

Suite *suite_sample(void)
{
    Suite *suite = suite_create("sample");
    TCase *tcase = tcase_create("sample");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, stock_entries_and_exits);
    suite_add_tcase(suite, tcase);
    return suite;
}
