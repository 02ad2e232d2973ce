/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/budget_file.h"

#include <check.h>
#include <math.h>

#include "last_finding.h"

Suite *suite_budget_file(void);

static struct last_finding sink;
static struct budget_rows rows;

static void setup(void)
{
    sink = (struct last_finding){.base.add = last_finding_add};
    rows = (struct budget_rows){0};
}

static void teardown(void)
{
    budget_rows_free(&rows);
}

static bool add(const char *year, const char *line, const char *placement, const char *budget,
                const char *fte, const char *savings)
{
    const struct budget_fields fields = {str_of(year),   str_of(line), str_of(placement),
                                         str_of(budget), str_of(fte),  str_of(savings)};
    struct err err = {0};
    bool usable = false;
    ck_assert(budget_rows_add(&rows, &fields, 3, 7, &usable, &sink.base, &err));
    return usable;
}

START_TEST(a_row_is_read)
{
    ck_assert(add("2026/27", " Agency fostering ", "foster_ifa",
                  "\xC2\xA3"
                  "1,234,567.00",
                  "25.5", "100000"));
    ck_assert_int_eq(sink.n, 0);
    ck_assert_uint_eq(rows.n, 1);
    const struct budget_row *row = &rows.items[0];
    ck_assert_int_eq(row->file, 3);
    ck_assert_int_eq(row->row, 7);
    ck_assert_int_eq(row->year, 2027);
    ck_assert_str_eq(row->line, "Agency fostering");
    ck_assert_uint_eq(row->groups, (placement_set)1 << PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(row->budget, 123456700);
    ck_assert_double_eq_tol(row->fte, 25.5, 1e-12);
    ck_assert_int_eq(row->savings, 10000000);
    /* what may be blank */
    ck_assert(add("2026-27", "Legal costs", "", "-5", "", ""));
    ck_assert_uint_eq(rows.items[1].groups, 0);
    ck_assert(isnan(rows.items[1].fte));
    ck_assert_int_eq(rows.items[1].savings, 0);
    ck_assert_int_eq(sink.n, 0);
}
END_TEST

START_TEST(rows_that_are_refused)
{
    static const struct {
        const char *year, *line, *budget, *fte, *savings;
        enum rule rule;
        const char *column;
    } cases[] = {
        {"2026-28", "a", "5", "", "", RULE_I_20, "year"},
        {"", "a", "5", "", "", RULE_I_20, "year"},
        {"2026-27", "  ", "5", "", "", RULE_I_20, "line"},
        {"2026-27", "a", "", "", "", RULE_I_20, "budget_gbp"},
        {"2026-27", "a", "1.234,50", "", "", RULE_I_20, "budget_gbp"},
        {"2026-27", "a",
         "\xE2\x82\xAC"
         "5",
         "", "", RULE_I_25, "budget_gbp"},
        {"2026-27", "a", "5", "-1", "", RULE_I_20, "budget_fte"},
        {"2026-27", "a", "5", "many", "", RULE_I_20, "budget_fte"},
        {"2026-27", "a", "5", "", "-1", RULE_I_20, "savings_gbp"},
        {"2026-27", "a", "5", "", "$1", RULE_I_25, "savings_gbp"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert(!add(cases[i].year, cases[i].line, "", cases[i].budget, cases[i].fte, cases[i].savings));
        ck_assert_int_eq(sink.n, (int)i + 1);
        ck_assert_int_eq(sink.last.rule, cases[i].rule);
        ck_assert_int_eq(sink.last.outcome, OUTCOME_REFUSED);
        ck_assert_str_eq(sink.last.column, cases[i].column);
        ck_assert_int_eq(sink.last.line, 7);
    }
    ck_assert_uint_eq(rows.n, 0);
}
END_TEST

START_TEST(rows_that_are_kept_with_a_word)
{
    ck_assert(add("2026-27", "Hotels", "hotel", "5", "", ""));
    ck_assert_int_eq(sink.last.rule, RULE_I_21);
    ck_assert_int_eq(sink.last.outcome, OUTCOME_KEPT);
    ck_assert_uint_eq(rows.items[0].groups, 0);
    ck_assert_int_eq(sink.n, 1);
    ck_assert(add("2027-28", "Hotels", "", "5", "", ""));      /* another year is no repetition */
    ck_assert(add("2026-27", "Hotels", "other", "5", "", "")); /* nor are other groups */
    ck_assert_int_eq(sink.n, 1);
    ck_assert(add("2026-27", "HOTELS", "other", "6", "", ""));
    ck_assert_int_eq(sink.n, 2);
    ck_assert_int_eq(sink.last.rule, RULE_I_24);
    ck_assert_uint_eq(rows.n, 4);
}
END_TEST

START_TEST(a_sound_row_is_copied)
{
    char line[] = "Homes";
    const struct budget_row row = {.year = 2027, .line = line, .budget = 5, .fte = NAN};
    struct err err = {0};
    ck_assert(budget_rows_put(&rows, &row, &err));
    line[0] = 'X';
    ck_assert_str_eq(rows.items[0].line, "Homes");
}
END_TEST

Suite *suite_budget_file(void)
{
    Suite *suite = suite_create("budget_file");
    TCase *tests = tcase_create("budget_file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_row_is_read);
    tcase_add_test(tests, rows_that_are_refused);
    tcase_add_test(tests, rows_that_are_kept_with_a_word);
    tcase_add_test(tests, a_sound_row_is_copied);
    suite_add_tcase(suite, tests);
    return suite;
}
