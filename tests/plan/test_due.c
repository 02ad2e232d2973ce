/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected days are read from a calendar by the conventions of the header. due_cases.def was written before
 * the reader had seen its wordings. */
#include "plan/due.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *suite_due(void);

struct wording {
    const char *phrase, *context, *earliest, *latest, *precision, *kind;
};

static const struct wording unseen[] = {
#define DUE_CASE(phrase, context, earliest, latest, precision, kind)                                         \
    {phrase, context, earliest, latest, precision, kind},
#include "tests/plan/due_cases.def"
#undef DUE_CASE
};
static const struct wording worked[] = {
#define DUE_CASE(phrase, context, earliest, latest, precision, kind)                                         \
    {phrase, context, earliest, latest, precision, kind},
#include "tests/plan/due_worked.def"
#include "tests/plan/due_worked_states.def"
#undef DUE_CASE
};
enum { UNSEEN = sizeof unseen / sizeof unseen[0], WORKED = sizeof worked / sizeof worked[0] };

static bool read_phrase(const char *phrase, const char *context, struct due *due)
{
    day date = DAY_NONE;
    ck_assert_msg(date_parse_iso(str_of(context), &date), "%s", context);
    return due_read(str_of(phrase), date, due);
}

/* "" for what cannot be read, else "earliest latest precision kind". */
static void describe(const char *phrase, const char *context, char out[128])
{
    struct due due = {0};
    char earliest[DATE_TEXT], latest[DATE_TEXT];
    out[0] = '\0';
    if (!read_phrase(phrase, context, &due))
        return;
    date_format_iso(due.earliest, earliest);
    date_format_iso(due.latest, latest);
    ck_assert_int_lt(snprintf(out, 128, "%s..%s %s %s", earliest, latest, due_precision_name(due.precision),
                              due_kind_name(due.kind)),
                     128);
}

static void check_wording(const struct wording *row)
{
    char found[128], expected[128] = "";
    describe(row->phrase, row->context, found);
    if (row->kind[0] != '\0')
        ck_assert_int_lt(snprintf(expected, sizeof expected, "%s..%s %s %s", row->earliest, row->latest,
                                  row->precision, row->kind),
                         (int)sizeof expected);
    ck_assert_msg(strcmp(found, expected) == 0, "%s: \"%s\", not \"%s\"", row->phrase, found, expected);
}

START_TEST(worked_wordings)
{
    for (size_t i = 0; i < WORKED; i++)
        check_wording(&worked[i]);
}
END_TEST

START_TEST(unseen_wordings)
{
    for (size_t i = 0; i < UNSEEN; i++)
        check_wording(&unseen[i]);
}
END_TEST

START_TEST(counted_from_another_action)
{
    static const struct {
        const char *phrase, *after;
        int32_t months, days;
    } rows[] = {{"after 3A.1", "3A.1", 0, 0},
                {"3 months after 3A.1", "3A.1", 3, 0},
                {"Two weeks after 2.5.1.", "2.5.1", 0, 14},
                {"within 6 weeks of 6B.1", "6B.1", 0, 42},
                {"one year from b.3", "b.3", 12, 0},
                {"once 2B.1 is complete", "2B.1", 0, 0},
                {"On completion of milestone 6H.2, by the board", "6H.2", 0, 0},
                {"following action 12", "12", 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct due due = {0};
        ck_assert_msg(read_phrase(rows[i].phrase, "2012-08-01", &due), "%s", rows[i].phrase);
        ck_assert_str_eq(due.after, rows[i].after);
        ck_assert_int_eq(due.after_months, rows[i].months);
        ck_assert_int_eq(due.after_days, rows[i].days);
        ck_assert_int_eq(due.kind, DUE_DUE);
        ck_assert(due.earliest == DAY_NONE && due.latest == DAY_NONE);
    }
    /* a reference too long for the struct is none, and "after" a thing without reference counts from nothing
     */
    struct due due = {0};
    ck_assert(read_phrase("after approval", "2012-08-01", &due));
    ck_assert_str_eq(due.after, "");
    ck_assert_int_eq(due.kind, DUE_NONE);
    ck_assert(read_phrase("after 1234567890abcdefghij1234567890.1", "2012-08-01", &due));
    ck_assert_str_eq(due.after, "");
    /* of two references the first; what cannot be a reference takes nothing away, nor does a date behind it
     */
    ck_assert(
        read_phrase("3 months after 3A.1, 2 weeks after 3B.1, 1 week after approval", "2012-08-01", &due));
    ck_assert_str_eq(due.after, "3A.1");
    ck_assert_int_eq(due.after_months, 3);
    ck_assert_int_eq(due.after_days, 0);
    ck_assert(read_phrase("after 3A.1 or six months from April 2012", "2012-08-01", &due));
    ck_assert_int_eq(due.earliest, date_from_civil(2012, 10, 1));
    ck_assert(read_phrase("after 3A.1 or by April 2013", "2012-08-01", &due));
    ck_assert_str_eq(due.after, "3A.1");
    ck_assert_int_eq(due.latest, date_from_civil(2013, 4, 30));
}
END_TEST

START_TEST(untouched_when_unreadable)
{
    const struct due before = {.earliest = 1, .latest = 2, .kind = DUE_ONGOING, .after = "x"};
    struct due due = before;
    ck_assert(!read_phrase("31/02/2012", "2012-08-01", &due));
    ck_assert_int_eq(memcmp(&due, &before, sizeof due), 0);
    ck_assert(!due_read(str_of("March 2012"), DAY_NONE, &due));
    ck_assert(!due_read(str_of("March 2012"), DAY_OPEN, &due));
    ck_assert_int_eq(memcmp(&due, &before, sizeof due), 0);
    ck_assert(due_read((struct str){NULL, 0}, date_from_civil(2012, 8, 1), &due));
    ck_assert_int_eq(due.kind, DUE_NONE);
}
END_TEST

/* Writes the phrase in another way: 0 capitals, 1 double blanks and blanks at the ends, 2 long dashes, 3 full
 * stops at the end. */
static void retype(const char *phrase, int way, char *out, size_t size)
{
    size_t n = 0;
    if (way == 1)
        out[n++] = ' ';
    for (const char *at = phrase; *at != '\0' && n + 8 < size; at++) {
        if (way == 0 && *at >= 'a' && *at <= 'z') {
            out[n++] = (char)(*at - 'a' + 'A');
        } else if (way == 2 && *at == '-') {
            memcpy(out + n, "\xE2\x80\x93", 3);
            n += 3;
        } else {
            out[n++] = *at;
            if (way == 1 && *at == ' ')
                out[n++] = ' ';
        }
    }
    if (way == 3)
        out[n++] = '.';
    out[n] = '\0';
}

START_TEST(typing_does_not_matter)
{
    for (size_t i = 0; i < UNSEEN + WORKED; i++) {
        const struct wording *row = i < UNSEEN ? &unseen[i] : &worked[i - UNSEEN];
        char expected[128];
        describe(row->phrase, row->context, expected);
        for (int way = 0; way < 4; way++) {
            char typed[256], found[128];
            retype(row->phrase, way, typed, sizeof typed);
            describe(typed, row->context, found);
            ck_assert_msg(strcmp(found, expected) == 0, "%s: \"%s\", not \"%s\"", typed, found, expected);
        }
    }
}
END_TEST

/* Whatever the plan's date, bounds are in order, and what was read has a name. */
START_TEST(bounds_are_in_order)
{
    for (size_t i = 0; i < UNSEEN + WORKED; i++)
        for (day context = date_from_civil(2011, 12, 30); context < date_from_civil(2013, 2, 1);
             context += 7) {
            const struct wording *row = i < UNSEEN ? &unseen[i] : &worked[i - UNSEEN];
            struct due due = {0};
            if (!due_read(str_of(row->phrase), context, &due))
                continue;
            ck_assert_msg(due.latest == DAY_NONE || (due.earliest != DAY_NONE && due.earliest <= due.latest),
                          "%s", row->phrase);
        }
}
END_TEST

Suite *suite_due(void)
{
    Suite *suite = suite_create("due");
    TCase *cases = tcase_create("due");
    tcase_add_test(cases, worked_wordings);
    tcase_add_test(cases, unseen_wordings);
    tcase_add_test(cases, counted_from_another_action);
    tcase_add_test(cases, untouched_when_unreadable);
    tcase_add_test(cases, typing_does_not_matter);
    tcase_add_test(cases, bounds_are_in_order);
    suite_add_tcase(suite, cases);
    return suite;
}
