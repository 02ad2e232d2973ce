/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/measures_file.h"

#include <check.h>
#include <math.h>

#include "last_finding.h"

Suite *suite_measures_file(void);

static struct last_finding sink;
static struct measure_rows rows;

static void setup(void)
{
    sink = (struct last_finding){.base.add = last_finding_add};
    rows = (struct measure_rows){0};
}

static void teardown(void)
{
    measure_rows_free(&rows);
}

static bool add_all(const struct measure_fields *fields)
{
    struct err err = {0};
    bool usable = false;
    ck_assert(measure_rows_add(&rows, fields, 3, 7, &usable, &sink.base, &err));
    return usable;
}

static bool add(const char *locality, const char *start, const char *end, const char *numerator,
                const char *denominator, const char *value, const char *polarity)
{
    const struct measure_fields fields = {.measure = str_of("CAF started"),
                                          .locality = str_of(locality),
                                          .period_start = str_of(start),
                                          .period_end = str_of(end),
                                          .numerator = str_of(numerator),
                                          .denominator = str_of(denominator),
                                          .value = str_of(value),
                                          .polarity = str_of(polarity)};
    return add_all(&fields);
}

START_TEST(a_row_is_read)
{
    const struct measure_fields fields = {.measure = str_of(" CAF started "),
                                          .locality = str_of("North"),
                                          .period_start = str_of("01/04/2026"),
                                          .period_end = str_of("2026-06-30"),
                                          .numerator = str_of("1,050"),
                                          .denominator = str_of("1200"),
                                          .value = str_of("87.5%"),
                                          .target = str_of("90"),
                                          .polarity = str_of("Up"),
                                          .question = str_of("how_well")};
    ck_assert(add_all(&fields));
    ck_assert_int_eq(sink.n, 0);
    const struct measure_row *row = &rows.items[0];
    ck_assert_str_eq(row->measure, "CAF started");
    ck_assert_str_eq(row->locality, "North");
    ck_assert_int_eq(row->start, date_from_civil(2026, 4, 1));
    ck_assert_int_eq(row->end, date_from_civil(2026, 6, 30));
    ck_assert_double_eq_tol(row->numerator, 1050, 1e-9);
    ck_assert_double_eq_tol(row->denominator, 1200, 1e-9);
    ck_assert_double_eq_tol(row->value, 87.5, 1e-9);
    ck_assert_double_eq_tol(row->target, 90, 1e-9);
    ck_assert_int_eq(row->polarity, POLARITY_UP);
    ck_assert_int_eq(row->question, QUESTION_HOW_WELL);
    /* a number alone, nothing else stated */
    ck_assert(add("", "2026-04-01", "2026-06-30", "", "", "41", ""));
    ck_assert(isnan(rows.items[1].numerator) && isnan(rows.items[1].target));
    ck_assert_int_eq(rows.items[1].polarity, POLARITY_NONE);
    ck_assert_int_eq(rows.items[1].question, QUESTION_NONE);
}
END_TEST

START_TEST(rows_that_are_refused)
{
    static const struct {
        const char *start, *end, *numerator, *denominator, *value, *polarity, *column;
    } cases[] = {
        {"2026-04-01", "2026-06-30", "12", "10", "", "up", "numerator"}, /* 12 of 10 */
        {"2026-04-01", "2026-06-30", "0", "0", "", "up", "denominator"},
        {"2026-04-01", "2026-06-30", "1", "-5", "", "up", "denominator"},
        {"2026-04-01", "2026-06-30", "-1", "5", "", "up", "numerator"},
        {"2026-04-01", "2026-06-30", "", "5", "", "up", "value"},
        {"2026-04-01", "2026-06-30", "", "", "2,5", "up", "value"},
        {"2026-04-01", "2026-06-30", "", "", "many", "up", "value"},
        {"2026-06-30", "2026-04-01", "", "", "5", "up", "period_end"},
        {"", "2026-04-01", "", "", "5", "up", "period_start"},
        {"2026-04-01", "30 June", "", "", "5", "up", "period_end"},
        {"2026-04-01", "2026-06-30", "", "", "5", "sideways", "polarity"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert(!add("", cases[i].start, cases[i].end, cases[i].numerator, cases[i].denominator,
                       cases[i].value, cases[i].polarity));
        ck_assert_int_eq(sink.n, (int)i + 1);
        ck_assert_int_eq(sink.last.rule, RULE_I_07);
        ck_assert_int_eq(sink.last.outcome, OUTCOME_REFUSED);
        ck_assert_str_eq(sink.last.column, cases[i].column);
    }
    const struct measure_fields nameless = {
        .period_start = str_of("2026-04-01"), .period_end = str_of("2026-04-30"), .value = str_of("1")};
    ck_assert(!add_all(&nameless));
    ck_assert_str_eq(sink.last.column, "measure");
    const struct measure_fields odd = {.measure = str_of("m"),
                                       .period_start = str_of("2026-04-01"),
                                       .period_end = str_of("2026-04-30"),
                                       .value = str_of("1"),
                                       .question = str_of("why")};
    ck_assert(!add_all(&odd));
    ck_assert_str_eq(sink.last.column, "question");
    ck_assert_uint_eq(rows.n, 0);
}
END_TEST

START_TEST(periods_that_overlap)
{
    ck_assert(add("", "2026-04-01", "2026-06-30", "", "", "5", ""));
    ck_assert(add("", "2026-07-01", "2026-09-30", "", "", "5", ""));      /* the next day is no overlap */
    ck_assert(add("North", "2026-04-01", "2026-06-30", "", "", "5", "")); /* another locality */
    ck_assert_int_eq(sink.n, 0);
    ck_assert(!add("north", "2026-06-30", "2026-12-31", "", "", "5", ""));
    ck_assert_int_eq(sink.last.rule, RULE_I_07);
    ck_assert_str_eq(sink.last.column, "period_start");
    ck_assert_uint_eq(rows.n, 3);
}
END_TEST

START_TEST(names_there_and_back)
{
    for (int i = 0; i < POLARITY_COUNT; i++) {
        enum polarity polarity = POLARITY_COUNT;
        ck_assert(polarity_parse(str_of(polarity_name((enum polarity)i)), &polarity));
        ck_assert_int_eq(polarity, i);
    }
    for (int i = 0; i < QUESTION_COUNT; i++) {
        enum question question = QUESTION_COUNT;
        ck_assert(question_parse(str_of(question_name((enum question)i)), &question));
        ck_assert_int_eq(question, i);
    }
}
END_TEST

START_TEST(a_sound_row_is_copied)
{
    char name[] = "SDQ";
    const struct measure_row row = {.measure = name, .locality = "", .value = 5};
    struct err err = {0};
    ck_assert(measure_rows_put(&rows, &row, &err));
    name[0] = 'X';
    ck_assert_str_eq(rows.items[0].measure, "SDQ");
}
END_TEST

Suite *suite_measures_file(void)
{
    Suite *suite = suite_create("measures_file");
    TCase *tests = tcase_create("measures_file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_row_is_read);
    tcase_add_test(tests, rows_that_are_refused);
    tcase_add_test(tests, periods_that_overlap);
    tcase_add_test(tests, names_there_and_back);
    tcase_add_test(tests, a_sound_row_is_copied);
    suite_add_tcase(suite, tests);
    return suite;
}
