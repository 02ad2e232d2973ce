/* SPDX-License-Identifier: GPL-3.0-or-later
 * Synthetic returns through the cleaning of data/stack, all in memory: the history is the truth, and a clean
 * authority gives no error. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/counts.h"
#include "data/stack.h"
#include "study/synth.h"

Suite *suite_synth_history(void);

struct row {
    const char *child;
    struct record record;
};

/* A sink that counts by rule and keeps one message of each. */
struct counting_sink {
    struct findings base;
    int n[RULE_COUNT];
};

static bool count_finding(struct findings *self, const struct finding *finding, struct err *err)
{
    (void)err;
    ((struct counting_sink *)self)->n[finding->rule]++;
    return true;
}

static struct value value_of(const struct table_cell *cell, enum column_kind kind)
{
    struct value value = {.state = VALUE_BLANK};
    if (cell->kind != CELL_TEXT || cell->as.text[0] == '\0')
        return value;
    value.state = VALUE_OK;
    value.text = str_of(cell->as.text);
    if (kind == KIND_DATE) {
        int64_t part[3] = {0};
        for (int i = 0; i < 3; i++)
            ck_assert(parse_int64((struct str){cell->as.text + 3 * i, i == 2 ? 4 : 2}, &part[i]));
        value.number = date_from_civil((int32_t)part[2], (int32_t)part[1], (int32_t)part[0]);
        value.text = (struct str){0};
    } else if (kind == KIND_NUMBER || kind == KIND_FLAG) {
        ck_assert(parse_int64(value.text, &value.number));
    }
    return value;
}

static struct row row_of(const struct synth *synth, size_t i_return, enum return_table kind, size_t i_row)
{
    const struct table *table = &synth->returns[i_return].tables[kind];
    const struct table_spec *spec = table_spec(kind);
    struct row row = {.record = {.table = kind,
                                 .file = (int32_t)i_return * TABLE_COUNT + (int32_t)kind + 1,
                                 .return_index = (int32_t)i_return,
                                 .line = (int32_t)i_row + 2}};
    for (size_t c = 0; c < table->n_columns; c++)
        row.record.values[c] = value_of(table_at(table, i_row, c),
                                        column_spec((enum return_column)((int)spec->first + (int)c))->kind);
    row.child = table_at(table, i_row, 0)->as.text;
    return row;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *first = a;
    const struct row *second = b;
    const int by_child = strcmp(first->child, second->child);
    if (by_child != 0)
        return by_child;
    const struct record *x = &first->record;
    const struct record *y = &second->record;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    if (x->return_index != y->return_index)
        return x->return_index - y->return_index;
    return x->line - y->line; /* episodes of a child are filed by DECOM */
}

static struct row *all_rows(const struct synth *synth, size_t *n)
{
    struct row *rows = NULL;
    size_t capacity = 0;
    struct err err;
    *n = 0;
    for (size_t i = 0; i < synth->n_returns; i++)
        for (int kind = 0; kind < TABLE_COUNT; kind++)
            for (size_t row = 0; row < synth->returns[i].tables[kind].n_rows; row++) {
                ck_assert(vec_reserve((void **)&rows, &capacity, *n + 1, sizeof *rows, &err));
                rows[(*n)++] = row_of(synth, i, (enum return_table)kind, row);
            }
    qsort(rows, *n, sizeof *rows, compare_rows);
    return rows;
}

/* The rows [from, to) are one child's. */
static void add_child(struct history *history, const struct stack_context *context, struct row *rows,
                      size_t from, size_t to, struct findings *sink)
{
    struct arena arena = {0};
    struct err err = {0};
    struct child_rows child = {.child = str_of(rows[from].child)};
    struct record *records = vec_new(to - from, sizeof *records, &err);
    ck_assert_ptr_nonnull(records);
    for (size_t i = from; i < to; i++) {
        records[i - from] = rows[i].record;
        if (child.n_rows[rows[i].record.table]++ == 0)
            child.rows[rows[i].record.table] = &records[i - from];
    }
    struct clean_child clean;
    ck_assert_msg(stack_child(context, &child, &arena, &clean, sink, &err), "%s", err.message);
    if (clean.usable)
        ck_assert_msg(history_add_child(history, &clean, from + 1, NULL, &err), "%s", err.message);
    free(records);
    arena_free(&arena);
}

static void check_year(const struct counts *counts, const struct synth_year *truth, int32_t i_year)
{
    const struct group all = {GROUP_ALL, 0};
    const int32_t last = i_year * 12 + 11;
    int64_t entries = 0;
    int64_t exits = 0;
    int64_t readmissions = 0;
    int64_t by_route[ROUTE_COUNT] = {0};
    for (int32_t month = i_year * 12; month <= last; month++) {
        entries += counts_at(counts, MEASURE_ENTRIES, all, month);
        exits += counts_at(counts, MEASURE_EXITS, all, month);
        readmissions += counts_at(counts, MEASURE_READMISSIONS, all, month);
        for (int32_t route = 0; route < ROUTE_COUNT; route++)
            by_route[route] += counts_at(counts, MEASURE_EXITS, (struct group){GROUP_ROUTE, route}, month);
    }
    ck_assert_int_eq(counts_at(counts, MEASURE_STOCK, all, last), truth->stock);
    ck_assert_int_eq(counts_at(counts, MEASURE_STOCK, (struct group){GROUP_UASC, 0}, last),
                     truth->stock_uasc);
    ck_assert_int_eq(entries, truth->entries);
    ck_assert_int_eq(exits, truth->exits);
    ck_assert_int_le(readmissions,
                     truth->readmissions); /* those after care before the first return are unseen */
    for (int route = 0; route < ROUTE_COUNT; route++)
        ck_assert_msg(by_route[route] == truth->exits_by_route[route], "%d: %s: %d, in truth %d",
                      (int)truth->year, route_name((enum route)route), (int)by_route[route],
                      (int)truth->exits_by_route[route]);
    for (int i = 0; i < PLACEMENT_COUNT; i++)
        ck_assert_int_eq(counts_at(counts, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, i}, last),
                         truth->stock_by_placement[i]);
    for (int i = 0; i < AGE_COUNT; i++)
        ck_assert_int_eq(counts_at(counts, MEASURE_STOCK, (struct group){GROUP_AGE, i}, last),
                         truth->stock_by_age[i]);
}

START_TEST(history_is_the_truth)
{
    const struct synth_options options = {
        .children = 500, .years = 6, .last_year = 2026, .seed = (uint64_t)_i + 1};
    struct synth synth;
    struct err err = {0};
    ck_assert_msg(synth_make(&options, &synth, &err), "%s", err.message);
    const int32_t years[] = {2021, 2022, 2023, 2024, 2025, 2026};
    const struct stack_context context = {.years = years, .n_years = 6};
    struct history history = {
        .start = date_year_end(2020) + 1, .end = date_year_end(2026), .first_year = 2021, .last_year = 2026};
    struct counting_sink sink = {.base = {count_finding}};
    size_t n = 0;
    struct row *rows = all_rows(&synth, &n);
    for (size_t from = 0, to = 0; from < n; from = to) {
        while (to < n && strcmp(rows[to].child, rows[from].child) == 0)
            to++;
        add_child(&history, &context, rows, from, to, &sink.base);
    }
    ck_assert_msg(history_verify(&history, &err), "%s", err.message);
    for (int rule = 0; rule < RULE_COUNT; rule++)
        ck_assert_msg(sink.n[rule] == 0 || rule_info((enum rule)rule)->severity == SEVERITY_INFO ||
                          rule == RULE_E_24,
                      "%s: %d", rule_info((enum rule)rule)->id, sink.n[rule]);
    struct counts counts;
    ck_assert_msg(counts_make(&history, history.start, history.end, &counts, &err), "%s", err.message);
    for (int32_t i = 0; i < 6; i++)
        check_year(&counts, &synth.truth[i], i);
    counts_free(&counts);
    history_free(&history);
    free(rows);
    synth_free(&synth);
}
END_TEST

Suite *suite_synth_history(void)
{
    Suite *suite = suite_create("synth_history");
    TCase *tcase = tcase_create("synth_history");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, history_is_the_truth, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
