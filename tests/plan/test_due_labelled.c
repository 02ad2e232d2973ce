/* SPDX-License-Identifier: GPL-3.0-or-later
 * The labelled wordings of five published plans, and every due of those plans, when they lie beside the
 * project. */
#include "plan/due.h"

#include <check.h>
#include <stdio.h>

#include "data/csvfile.h"

Suite *suite_due_labelled(void);

#define PLANS "../shared/data/plans/"

enum { PHRASE, CONTEXT_YEAR, EARLIEST, LATEST, PRECISION, KIND };

/* The plans and their nominal dates, by their README. */
static const struct {
    const char *year, *date, *file;
} plans[] = {{"2010", "2010-04-01", PLANS "gateshead-2010.csv"},
             {"2016", "2016-06-07", PLANS "middlesbrough-2016.csv"},
             {"2007", "2007-02-01", PLANS "strategy-for-change-2007.csv"},
             {"2011", "2011-08-31", PLANS "haringey-2011.csv"},
             {"2012", "2012-08-01", PLANS "leeds-2012.csv"}};
enum { N_PLANS = sizeof plans / sizeof plans[0] };

static bool is_there(const char *path)
{
    FILE *there = fopen(path, "r");
    if (there == NULL)
        printf("skipped due_labelled: %s is not there\n", path);
    else
        ck_assert_int_eq(fclose(there), 0);
    return there != NULL;
}

static struct csvfile *open_file(const char *path)
{
    struct err err = {0};
    struct csvfile *file = csvfile_open(path, NULL, 0, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    return file;
}

static day context_of(struct str year)
{
    day date = DAY_NONE;
    for (size_t i = 0; i < N_PLANS; i++)
        if (str_equal_text(year, plans[i].year))
            ck_assert(date_parse_iso(str_of(plans[i].date), &date));
    ck_assert_int_ne(date, DAY_NONE);
    return date;
}

static void check_row(const struct csv_record *row)
{
    const struct str phrase = row->fields[PHRASE];
    struct due due = {0};
    char text[2][DATE_TEXT];
    ck_assert_msg(due_read(phrase, context_of(row->fields[CONTEXT_YEAR]), &due), "%.*s: not read",
                  (int)phrase.length, phrase.at);
    date_format_iso(due.earliest, text[0]);
    date_format_iso(due.latest, text[1]);
    ck_assert_msg(str_equal_text(row->fields[EARLIEST], text[0]) &&
                      str_equal_text(row->fields[LATEST], text[1]) &&
                      str_equal_text(row->fields[PRECISION], due_precision_name(due.precision)) &&
                      str_equal_text(row->fields[KIND], due_kind_name(due.kind)),
                  "%.*s: %s..%s %s %s", (int)phrase.length, phrase.at, text[0], text[1],
                  due_precision_name(due.precision), due_kind_name(due.kind));
}

START_TEST(labelled_wordings)
{
    struct err err = {0};
    struct csv_record row;
    int32_t n = 0;
    if (!is_there(PLANS "due-phrases.csv"))
        return;
    struct csvfile *file = open_file(PLANS "due-phrases.csv");
    for (; csvfile_next(file, &row, &err) == CSVFILE_ROW; n++)
        check_row(&row);
    csvfile_close(file);
    ck_assert_int_eq(n, 113); /* by its README */
}
END_TEST

/* Every due and revised due of the plans can be read. */
START_TEST(dues_of_the_plans)
{
    static const int32_t rows[N_PLANS] = {139, 47, 50, 34, 45}; /* by the README */
    for (size_t p = 0; p < N_PLANS; p++) {
        struct err err = {0};
        struct csv_record row;
        int32_t n = 0;
        if (!is_there(plans[p].file))
            return;
        struct csvfile *file = open_file(plans[p].file);
        const struct csv_record *header = csvfile_header(file);
        for (; csvfile_next(file, &row, &err) == CSVFILE_ROW; n++)
            for (size_t i = 0; i < row.n_fields; i++) {
                struct due due = {0};
                if (!str_equal_text(header->fields[i], "due") &&
                    !str_equal_text(header->fields[i], "revised_due"))
                    continue;
                ck_assert_msg(due_read(row.fields[i], context_of(str_of(plans[p].year)), &due), "%s:%d: %.*s",
                              plans[p].file, (int)row.line, (int)row.fields[i].length, row.fields[i].at);
            }
        csvfile_close(file);
        ck_assert_int_eq(n, rows[p]);
    }
}
END_TEST

Suite *suite_due_labelled(void)
{
    Suite *suite = suite_create("due_labelled");
    TCase *cases = tcase_create("due_labelled");
    tcase_add_test(cases, labelled_wordings);
    tcase_add_test(cases, dues_of_the_plans);
    suite_add_tcase(suite, cases);
    return suite;
}
