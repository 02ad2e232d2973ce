/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of small returns through the rules: counts that add up, findings, the order of import, identifiers
 * that changed, numbers that are not plausible, and history at the end. */
#include "store/settle.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/history.h"
#include "scratch.h"
#include "store/authority.h"
#include "store/findings_table.h"
#include "store/rows.h"

Suite *suite_settle(void);

static char path[SCRATCH_PATH];
static struct store *store;
static struct log quiet;
static int32_t la;

static void setup(void)
{
    struct err err = {0};
    scratch_make(path);
    store = scratch_open(path, STORE_WRITE);
    log_init(&quiet, stderr, true);
    ck_assert(db_begin(store, &err) && authority_for_returns(store, "Testham", &la, &err));
}

static void teardown(void)
{
    store_close(store);
    scratch_remove(path);
}

static int32_t add_file(const char *kind, int32_t year, int64_t rows)
{
    struct err err = {0};
    sqlite3_stmt *s = NULL;
    ck_assert(db_get(store, QUERY_ADD_FILE, &s, &err));
    db_bind_text(store, s, 1, kind);
    db_bind_text(store, s, 2, "");
    ck_assert(db_run(store, s, &err));
    const int32_t file = (int32_t)db_last_key(store);
    ck_assert(db_get(store, QUERY_SET_FILE_KIND, &s, &err));
    db_bind_text(store, s, 1, kind);
    db_bind_integer(store, s, 2, la);
    db_bind_integer(store, s, 3, file);
    ck_assert(db_run(store, s, &err) && db_get(store, QUERY_SET_FILE_YEAR, &s, &err));
    db_bind_integer(store, s, 1, year);
    db_bind_integer(store, s, 2, file);
    ck_assert(db_run(store, s, &err) && db_get(store, QUERY_SET_FILE_READ, &s, &err));
    db_bind_integer(store, s, 1, rows);
    db_bind_integer(store, s, 2, 0);
    db_bind_integer(store, s, 3, 0);
    db_bind_integer(store, s, 4, file);
    ck_assert(db_run(store, s, &err));
    return file;
}

static void set(struct record *record, enum return_column column, const char *text)
{
    struct value *value = &record->values[column - table_spec(record->table)->first];
    day date = DAY_NONE;
    if (text[0] == '\0')
        return;
    value->state = VALUE_OK;
    value->text = str_of(text);
    if (column_spec(column)->kind == KIND_DATE) {
        if (date_parse_iso(value->text, &date))
            value->number = date;
        else
            value->state = VALUE_BAD;
    }
}

static void add_header(int32_t file, int32_t line, const char *child, const char *born)
{
    struct err err = {0};
    struct record record = {.table = TABLE_HEADER, .file = file, .line = line};
    set(&record, COLUMN_HEADER_CHILD, child);
    set(&record, COLUMN_HEADER_SEX, "1");
    set(&record, COLUMN_HEADER_DOB, born);
    set(&record, COLUMN_HEADER_ETHNIC, "WBRI");
    ck_assert_msg(rows_insert(store, la, str_of(child), &record, &err), "%s", err.message);
}

struct placed {
    const char *place, *provider, *urn;
};

static void add_placed(int32_t file, int32_t line, const char *child, const char *start, const char *rne,
                       const char *end, const char *rec, struct placed placed)
{
    struct err err = {0};
    struct record record = {.table = TABLE_EPISODES, .file = file, .line = line};
    set(&record, COLUMN_EPISODES_CHILD, child);
    set(&record, COLUMN_EPISODES_DECOM, start);
    set(&record, COLUMN_EPISODES_RNE, rne);
    set(&record, COLUMN_EPISODES_LS, "C2");
    set(&record, COLUMN_EPISODES_CIN, "N1");
    set(&record, COLUMN_EPISODES_PLACE, placed.place);
    set(&record, COLUMN_EPISODES_PLACE_PROVIDER, placed.provider);
    set(&record, COLUMN_EPISODES_URN, placed.urn);
    set(&record, COLUMN_EPISODES_DEC, end);
    set(&record, COLUMN_EPISODES_REC, rec);
    ck_assert_msg(rows_insert(store, la, str_of(child), &record, &err), "%s", err.message);
}

static void add_episode(int32_t file, int32_t line, const char *child, const char *start, const char *rne,
                        const char *end, const char *rec)
{
    add_placed(file, line, child, start, rne, end, rec, (struct placed){"U4", "PR1", ""});
}

static void settle(bool link_ids)
{
    struct err err = {0};
    ck_assert_msg(settle_authority(store, la, link_ids, &quiet, &err), "%s", err.message);
}

/* Rows that findings of a rule speak for. */
static int64_t found(const char *rule)
{
    struct err err = {0};
    struct table table;
    int64_t rows = 0;
    ck_assert(findings_by_rule(store, la, &table, &err));
    for (size_t i = 0; i < table.n_rows; i++)
        if (strcmp(table_at(&table, i, 0)->as.text, rule) == 0)
            rows += table_at(&table, i, 4)->as.integer;
    table_free(&table);
    return rows;
}

/* kept + repaired + refused of each file are its rows; the sum of a column of store_inputs over all files. */
static int64_t total(const char *column)
{
    struct err err = {0};
    struct table table;
    int64_t sum = 0;
    ck_assert(store_inputs(store, &table, &err));
    const size_t j = table_column_index(&table, column), rows = table_column_index(&table, "rows");
    for (size_t i = 0; i < table.n_rows; i++) {
        sum += table_at(&table, i, j)->as.integer;
        ck_assert_int_eq(table_at(&table, i, rows)->as.integer,
                         table_at(&table, i, rows + 1)->as.integer +
                             table_at(&table, i, rows + 2)->as.integer +
                             table_at(&table, i, rows + 3)->as.integer);
    }
    table_free(&table);
    return sum;
}

static struct history load(void)
{
    struct err err = {0};
    struct history history;
    ck_assert_msg(store_load_history(store, la, false, &history, &err), "%s", err.message);
    ck_assert_msg(history_verify(&history, &err), "%s", err.message);
    return history;
}

/* A child open in 2021 and closed in the return of 2022, filed in either order of import. */
static void add_two_years(bool newer_first)
{
    int32_t header[2], episodes[2];
    for (int i = 0; i < 2; i++) {
        const int k = newer_first ? 1 - i : i;
        header[k] = add_file("header", 2021 + k, 1);
        episodes[k] = add_file("episodes", 2021 + k, 1);
    }
    add_header(header[0], 2, "7", "2010-05-05");
    add_episode(episodes[0], 2, "7", "2020-06-01", "S", "", "");
    add_header(header[1], 2, "7", "2010-05-05");
    add_episode(episodes[1], 2, "7", "2020-06-01", "S", "2021-09-01", "E4A");
    settle(false);
}

START_TEST(later_return_stands)
{
    add_two_years(_i == 1); /* both orders of import */
    ck_assert_int_eq(total("rows"), 4);
    ck_assert_int_eq(total("refused"), 0);
    ck_assert_int_ge(total("superseded"), 1); /* the open row of 2021 */
    struct history history = load();
    ck_assert_uint_eq(history.n_children, 1);
    ck_assert_uint_eq(history.n_spells, 1);
    ck_assert_int_eq(history.spells[0].start, date_from_civil(2020, 6, 1));
    ck_assert_int_eq(history.spells[0].end, date_from_civil(2021, 9, 1));
    ck_assert_int_eq(history.start, date_from_civil(2020, 4, 1));
    ck_assert_int_eq(history.end, date_from_civil(2022, 3, 31));
    ck_assert_str_eq(history.la_name, "Testham");
    history_free(&history);
}
END_TEST

START_TEST(refused_rows_are_counted)
{
    const int32_t header = add_file("header", 2021, 1), episodes = add_file("episodes", 2021, 3);
    add_header(header, 2, "7", "2010-05-05");
    add_episode(episodes, 2, "7", "2020-06-01", "S", "2020-09-01", "E4A");
    add_episode(episodes, 3, "7", "2009-06-01", "S", "2009-09-01", "E4A"); /* E-11: before birth */
    add_episode(episodes, 4, "8", "2020-06-01", "S", "2020-09-01", "E4A"); /* H-12: no header */
    settle(false);
    ck_assert_int_eq(found("E-11"), 1);
    ck_assert_int_eq(found("H-12"), 1);
    ck_assert_int_eq(total("refused"), 2);
    settle(false); /* again: findings are replaced, not added to */
    ck_assert_int_eq(found("E-11"), 1);
    struct history history = load();
    ck_assert_uint_eq(history.n_spells, 1);
    history_free(&history);
}
END_TEST

/* Child 7 vanishes after 2021; 9 in 2022 has the same birth, sex and start. */
static void add_renumbered(void)
{
    const int32_t header[] = {add_file("header", 2021, 1), add_file("header", 2022, 2)};
    const int32_t episodes[] = {add_file("episodes", 2021, 1), add_file("episodes", 2022, 2)};
    add_header(header[0], 2, "7", "2010-05-05");
    add_episode(episodes[0], 2, "7", "2020-06-01", "S", "", "");
    add_header(header[1], 2, "9", "2010-05-05");
    add_episode(episodes[1], 2, "9", "2020-06-01", "S", "", "");
    add_header(header[1], 3, "11", "2011-05-05");
    add_episode(episodes[1], 3, "11", "2021-06-01", "S", "", "");
}

START_TEST(renumbered_child_is_proposed)
{
    add_renumbered();
    settle(false);
    ck_assert_int_eq(found("S-05"), 1);
    ck_assert_int_eq(found("S-06"), 1);
    struct history history = load();
    ck_assert_uint_eq(history.n_children, 3);
    history_free(&history);
}
END_TEST

START_TEST(renumbered_child_is_joined_on_request)
{
    add_renumbered();
    settle(true);
    ck_assert_int_eq(found("S-05"), 0);
    ck_assert_int_eq(found("S-06"), 0);
    struct history history = load();
    ck_assert_uint_eq(history.n_children, 2);
    history_free(&history);
    struct err err = {0};
    bool row = false;
    sqlite3_stmt *s = NULL;
    ck_assert(db_get(store, QUERY_LINKS, &s, &err));
    db_bind_integer(store, s, 1, la);
    ck_assert(db_step(store, s, &row, &err) && row);
    ck_assert(str_equal_text(db_column_str(s, 0), "7"));
    ck_assert(str_equal_text(db_column_str(s, 1), "9"));
    db_reset(s);
}
END_TEST

START_TEST(two_candidates_are_no_match)
{
    add_renumbered();
    const int32_t more = add_file("header", 2023, 1);
    (void)more;
    struct err err = {0};
    struct record twin = {.table = TABLE_HEADER, .file = 2, .line = 9};
    set(&twin, COLUMN_HEADER_CHILD, "10");
    set(&twin, COLUMN_HEADER_SEX, "1");
    set(&twin, COLUMN_HEADER_DOB, "2010-05-05");
    ck_assert(rows_insert(store, la, str_of("10"), &twin, &err));
    add_episode(4, 9, "10", "2020-06-01", "S", "", "");
    settle(true);
    ck_assert_int_eq(found("S-06"), 0);
}
END_TEST

START_TEST(missing_year_and_jump)
{
    const int32_t header[] = {add_file("header", 2019, 8), add_file("header", 2021, 2)};
    const int32_t episodes[] = {add_file("episodes", 2019, 8), add_file("episodes", 2021, 2)};
    for (int i = 0; i < 8; i++) {
        char child[8];
        ck_assert_int_gt(snprintf(child, sizeof child, "c%d", i), 0);
        add_header(header[0], i + 2, child, "2010-05-05");
        add_episode(episodes[0], i + 2, child, "2018-06-01", "S", "", "");
        if (i < 2) {
            add_header(header[1], i + 2, child, "2010-05-05");
            add_episode(episodes[1], i + 2, child, "2018-06-01", "S", "", "");
        }
    }
    settle(false);
    ck_assert_int_ge(found("S-08"), 1); /* no return for 2020 */
    ck_assert_int_eq(found("S-10"), 0); /* no two years follow each other */
    const int32_t next = add_file("header", 2022, 1), last = add_file("episodes", 2022, 1);
    add_header(next, 2, "c0", "2010-05-05");
    add_episode(last, 2, "c0", "2018-06-01", "S", "", "");
    settle(false);
    ck_assert_int_eq(found("S-10"), 1); /* 1 on 31 March 2022, 2 a year before */
}
END_TEST

/* Other children tell who runs a home; what no row tells is the group other. */
START_TEST(provider_of_a_home)
{
    static const struct {
        const char *place, *provider, *urn, *rule;
        enum placement_group group;
    } cases[] = {
        {"K2", "", "SC1", "E-40", PLACEMENT_RES_EXTERNAL}, /* PR4 twice, PR1 once */
        {"K2", "PR9", "SC1", "E-36", PLACEMENT_RES_EXTERNAL},
        {"K2", "PR0", "SC1", "E-42", PLACEMENT_RES_EXTERNAL},
        {"K2", "", "SC2", "E-40", PLACEMENT_OTHER},      /* nobody else is there */
        {"K2", "PR1", "SC1", "", PLACEMENT_RES_INHOUSE}, /* its own word counts */
    };
    const int32_t header = add_file("header", 2021, 4), episodes = add_file("episodes", 2021, 4);
    for (int i = 0; i < 3; i++) {
        char child[8];
        ck_assert_int_gt(snprintf(child, sizeof child, "c%d", i), 0);
        add_header(header, i + 2, child, "2010-05-05");
        add_placed(episodes, i + 2, child, "2020-06-01", "S", "2020-07-01", "E4A",
                   (struct placed){"K2", i == 0 ? "PR1" : "PR4", "SC1"});
    }
    add_header(header, 9, "z", "2010-05-05");
    add_placed(episodes, 9, "z", "2020-06-01", "S", "", "",
               (struct placed){cases[_i].place, cases[_i].provider, cases[_i].urn});
    settle(false);
    static const char *const rules[] = {"E-36", "E-40", "E-42"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        ck_assert_int_eq(found(rules[i]), strcmp(rules[i], cases[_i].rule) == 0);
    struct history history = load();
    ck_assert_uint_eq(history.n_spells, 4);
    size_t open = 0;
    for (size_t i = 0; i < history.n_segments; i++)
        if (history.segments[i].end == DAY_OPEN || history.segments[i].end > history.end) {
            ck_assert_int_eq(history.segments[i].group, cases[_i].group);
            open++;
        }
    ck_assert_uint_eq(open, 1);
    history_free(&history);
}
END_TEST

START_TEST(published_stock)
{
    struct err err = {0};
    sqlite3_stmt *s = NULL;
    const int32_t file = add_file("header", 2021, 1), episodes = add_file("episodes", 2021, 1);
    add_header(file, 2, "7", "2010-05-05");
    add_episode(episodes, 2, "7", "2020-06-01", "S", "", "");
    static const int values[] = {6, 7}; /* the returns say 1: a gap of 5 is allowed, 6 is not */
    for (size_t i = 0; i < 2; i++) {
        ck_assert(db_get(store, QUERY_PUT_PUBLISHED, &s, &err));
        db_bind_integer(store, s, 1, la);
        db_bind_text(store, s, 2, "stock");
        db_bind_text(store, s, 3, "");
        db_bind_text(store, s, 4, "");
        db_bind_integer(store, s, 5, 2021);
        db_bind_real(store, s, 6, values[i]);
        db_bind_text(store, s, 7, "");
        db_bind_integer(store, s, 8, file);
        ck_assert(db_run(store, s, &err));
        settle(false);
        ck_assert_int_eq(found("S-09"), (int64_t)i);
    }
}
END_TEST

START_TEST(child_in_two_authorities)
{
    struct err err = {0};
    add_two_years(false);
    ck_assert(settle_compare(store, &quiet, &err));
    ck_assert_int_eq(found("S-11"), 0);
    const int32_t first = la;
    ck_assert(authority_for_returns(store, "Otherton", &la, &err));
    const int32_t header = add_file("header", 2021, 1), episodes = add_file("episodes", 2021, 1);
    struct record record = {.table = TABLE_HEADER, .file = header, .line = 2};
    set(&record, COLUMN_HEADER_CHILD, "x1");
    set(&record, COLUMN_HEADER_SEX, "1");
    set(&record, COLUMN_HEADER_DOB, "2010-05-05");
    set(&record, COLUMN_HEADER_UPN, "A123456789012");
    ck_assert(rows_insert(store, la, str_of("x1"), &record, &err));
    record.file = 1; /* the header of 2021 in the first authority */
    record.line = 3;
    ck_assert(rows_insert(store, first, str_of("7"), &record, &err));
    add_episode(episodes, 2, "x1", "2020-12-01", "S", "", "");
    settle(false);
    ck_assert(settle_compare(store, &quiet, &err));
    ck_assert_int_eq(found("S-11"), 1);
}
END_TEST

START_TEST(columns_of_the_tables)
{
    struct err err = {0};
    static const enum query scans[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) [TABLE_##member] = QUERY_SCAN_##member,
#include "data/codes/table.def"
#undef RETURN_TABLE
    };
    for (int t = 0; t < TABLE_COUNT; t++) {
        const struct table_spec *spec = table_spec((enum return_table)t);
        sqlite3_stmt *s = NULL;
        ck_assert(db_get(store, scans[t], &s, &err));
        ck_assert_int_eq(sqlite3_column_count(s), spec->n_columns + 3); /* child is one of them */
        for (int i = 1; i < spec->n_columns; i++)
            ck_assert(str_equal_ignore_case(str_of(sqlite3_column_name(s, i + 3)),
                                            str_of(column_spec(spec->first + (enum return_column)i)->name)));
    }
}
END_TEST

/* S-10: a hundred children in one month of a year, mean 8.3 a month, or in every month of it. */
START_TEST(months_without_entries)
{
    enum { CHILDREN = 100 };
    const int32_t header = add_file("header", 2021, CHILDREN),
                  episodes = add_file("episodes", 2021, CHILDREN);
    for (int i = 0; i < CHILDREN; i++) {
        char child[8], start[DATE_TEXT];
        const int32_t month = 3 + (_i == 0 ? 0 : i % 12); /* from April, which is 3 */
        ck_assert_int_gt(snprintf(child, sizeof child, "c%d", i), 0);
        date_format_iso(date_from_civil(2020 + month / 12, month % 12 + 1, 2), start);
        add_header(header, i + 2, child, "2010-05-05");
        add_episode(episodes, i + 2, child, start, "S", "", "");
    }
    settle(false);
    ck_assert_int_eq(found("S-10"), _i == 0);
}
END_TEST

Suite *suite_settle(void)
{
    Suite *suite = suite_create("settle");
    TCase *tests = tcase_create("settle");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, later_return_stands, 0, 2);
    tcase_add_test(tests, refused_rows_are_counted);
    tcase_add_test(tests, renumbered_child_is_proposed);
    tcase_add_test(tests, renumbered_child_is_joined_on_request);
    tcase_add_test(tests, two_candidates_are_no_match);
    tcase_add_test(tests, missing_year_and_jump);
    tcase_add_loop_test(tests, provider_of_a_home, 0, 5);
    tcase_add_loop_test(tests, months_without_entries, 0, 2);
    tcase_add_test(tests, published_stock);
    tcase_add_test(tests, child_in_two_authorities);
    tcase_add_test(tests, columns_of_the_tables);
    suite_add_tcase(suite, tests);
    return suite;
}
