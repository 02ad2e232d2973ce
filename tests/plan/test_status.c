/* SPDX-License-Identifier: GPL-3.0-or-later
 * status_cases.def has what a person would file each wording under; the labelled wordings of five published
 * plans are read too when they lie beside the project. */
#include "plan/status.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/csvfile.h"

Suite *suite_status(void);

#define LABELLED "../shared/data/plans/status-phrases.csv"

static const struct {
    const char *text;
    enum action_status status;
    bool read;
} cases_of[] = {
#define STATUS_CASE(text, member, read) {text, ACTION_##member, read},
#include "tests/plan/status_cases.def"
#undef STATUS_CASE
};

START_TEST(wordings)
{
    for (size_t i = 0; i < sizeof cases_of / sizeof cases_of[0]; i++) {
        enum action_status found = ACTION_STATUS_COUNT;
        const bool read = status_read(str_of(cases_of[i].text), &found);
        ck_assert_msg(found == cases_of[i].status, "%s: %s, not %s", cases_of[i].text, status_name(found),
                      status_name(cases_of[i].status));
        ck_assert_msg(read == cases_of[i].read, "%s: read %d", cases_of[i].text, (int)read);
    }
}
END_TEST

/* Capitals, full stops and blanks at the ends change nothing. */
START_TEST(typing_does_not_matter)
{
    for (size_t i = 0; i < sizeof cases_of / sizeof cases_of[0]; i++) {
        char text[200];
        enum action_status found = ACTION_STATUS_COUNT;
        ck_assert_int_lt(snprintf(text, sizeof text, "  %s .", cases_of[i].text), (int)sizeof text);
        for (char *at = text; *at != '\0'; at++)
            *at = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
        (void)status_read(str_of(text), &found);
        ck_assert_msg(found == cases_of[i].status, "%s: %s", text, status_name(found));
    }
}
END_TEST

static enum action_status named(struct str name)
{
    int32_t i = 0;
    while (i < ACTION_STATUS_COUNT && !str_equal_text(name, status_name((enum action_status)i)))
        i++;
    ck_assert_int_lt(i, ACTION_STATUS_COUNT);
    return (enum action_status)i;
}

START_TEST(labelled_wordings)
{
    struct err err = {0};
    struct csv_record row;
    int32_t n = 0;
    FILE *there = fopen(LABELLED, "r");
    if (there == NULL) {
        printf("skipped status: %s is not there\n", LABELLED);
        return;
    }
    ck_assert_int_eq(fclose(there), 0);
    struct csvfile *file = csvfile_open(LABELLED, NULL, 0, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    while (csvfile_next(file, &row, &err) == CSVFILE_ROW) {
        enum action_status found = ACTION_STATUS_COUNT;
        const struct str text = row.fields[0];
        ck_assert_msg(status_read(text, &found), "%.*s", (int)text.length, text.at);
        ck_assert_msg(found == named(row.fields[1]), "%.*s: %s", (int)text.length, text.at,
                      status_name(found));
        n++;
    }
    csvfile_close(file);
    ck_assert_int_eq(n, 58); /* by its README */
}
END_TEST

START_TEST(reports_are_no_statuses)
{
    static char text[5000];
    enum action_status found = ACTION_COMPLETE;
    memset(text, ' ', sizeof text - 1);
    memcpy(text, "complete", 8);
    ck_assert(!status_read(str_of(text), &found));
    ck_assert_int_eq(found, ACTION_UNKNOWN);
    ck_assert_str_eq(status_words(ACTION_ON_TRACK), "going as planned");
}
END_TEST

Suite *suite_status(void)
{
    Suite *suite = suite_create("status");
    TCase *cases = tcase_create("status");
    tcase_add_test(cases, wordings);
    tcase_add_test(cases, typing_does_not_matter);
    tcase_add_test(cases, labelled_wordings);
    tcase_add_test(cases, reports_are_no_statuses);
    suite_add_tcase(suite, cases);
    return suite;
}
