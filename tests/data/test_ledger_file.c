/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/ledger_file.h"

#include <check.h>
#include <string.h>

#include "last_finding.h"

Suite *suite_ledger_file(void);

static struct last_finding sink;
static struct ledger_rows rows;

static void setup(void)
{
    sink = (struct last_finding){.base.add = last_finding_add};
    rows = (struct ledger_rows){0};
}

static void teardown(void)
{
    ledger_rows_free(&rows);
}

static bool add(const char *date, const char *line, const char *placement, const char *actual)
{
    const struct ledger_fields fields = {str_of(date), str_of(line), str_of(placement), str_of(actual)};
    struct err err = {0};
    bool usable = false;
    ck_assert(ledger_rows_add(&rows, &fields, 3, 7, &usable, &sink.base, &err));
    return usable;
}

START_TEST(a_row_is_read)
{
    ck_assert(add("30/04/2026", " Homes ", "res_external+res_other", "1,234.56"));
    ck_assert_int_eq(sink.n, 0);
    const struct ledger_row *row = &rows.items[0];
    ck_assert_int_eq(row->date, date_from_civil(2026, 4, 30));
    ck_assert_str_eq(row->line, "Homes");
    ck_assert(placement_set_has(row->groups, PLACEMENT_RES_OTHER));
    ck_assert_int_eq(row->actual, 123456);
    ck_assert_int_eq(row->file, 3);
    ck_assert_int_eq(row->row, 7);
}
END_TEST

START_TEST(reversals_are_kept_and_said)
{
    ck_assert(add("2026-04-30", "Homes", "", "(1,200)"));
    ck_assert_int_eq(rows.items[0].actual, -120000);
    ck_assert_int_eq(sink.last.rule, RULE_I_22);
    ck_assert_int_eq(sink.last.outcome, OUTCOME_KEPT);
    ck_assert(add("2026-04-30", "Homes", "hotel", "5"));
    ck_assert_int_eq(sink.last.rule, RULE_I_26);
    ck_assert_uint_eq(rows.items[1].groups, 0);
    ck_assert_int_eq(sink.n, 2);
}
END_TEST

START_TEST(rows_that_are_refused)
{
    static const struct {
        const char *date, *line, *actual;
        enum rule rule;
        const char *column;
    } cases[] = {
        {"", "a", "5", RULE_I_20, "date"},
        {"31/02/2026", "a", "5", RULE_I_20, "date"},
        {"May", "a", "5", RULE_I_20, "date"},
        {"2026-04-30", "", "5", RULE_I_20, "line"},
        {"2026-04-30", "a", "", RULE_I_20, "actual_gbp"},
        {"2026-04-30", "a", "$5", RULE_I_25, "actual_gbp"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert(!add(cases[i].date, cases[i].line, "", cases[i].actual));
        ck_assert_int_eq(sink.n, (int)i + 1);
        ck_assert_int_eq(sink.last.rule, cases[i].rule);
        ck_assert_str_eq(sink.last.column, cases[i].column);
        ck_assert_int_eq(sink.last.outcome, OUTCOME_REFUSED);
    }
    ck_assert_uint_eq(rows.n, 0);
}
END_TEST

/* Keeps the text of the last message: it lives for the call only. */
static char message[256];
static bool keep_message(struct findings *self, const struct finding *finding, struct err *err)
{
    ck_assert(str_copy(str_of(finding->message), message, sizeof message));
    return last_finding_add(self, finding, err);
}

START_TEST(months_between_are_missed)
{
    struct err err = {0};
    sink.base.add = keep_message;
    ck_assert(ledger_rows_check(&rows, 3, &sink.base, &err)); /* nothing: nothing is missed */
    ck_assert_int_eq(sink.n, 0);
    /* hand: 2025-26 has February and March; 2026-27 has April, May, July: June alone is missed */
    ck_assert(add("2026-02-28", "a", "", "5") && add("2026-03-31", "b", "", "5") &&
              add("2026-04-01", "a", "", "5") && add("2026-05-31", "a", "", "5") &&
              add("2026-07-01", "a", "", "5"));
    ck_assert(ledger_rows_check(&rows, 3, &sink.base, &err));
    ck_assert_int_eq(sink.n, 1);
    ck_assert_int_eq(sink.last.rule, RULE_I_23);
    ck_assert_ptr_nonnull(strstr(message, "2026-06-30"));
}
END_TEST

START_TEST(a_sound_row_is_copied)
{
    char line[] = "Homes";
    const struct ledger_row row = {.date = 5, .line = line, .actual = 5};
    struct err err = {0};
    ck_assert(ledger_rows_put(&rows, &row, &err));
    line[0] = 'X';
    ck_assert_str_eq(rows.items[0].line, "Homes");
}
END_TEST

Suite *suite_ledger_file(void)
{
    Suite *suite = suite_create("ledger_file");
    TCase *tests = tcase_create("ledger_file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_row_is_read);
    tcase_add_test(tests, reversals_are_kept_and_said);
    tcase_add_test(tests, rows_that_are_refused);
    tcase_add_test(tests, months_between_are_missed);
    tcase_add_test(tests, a_sound_row_is_copied);
    suite_add_tcase(suite, tests);
    return suite;
}
