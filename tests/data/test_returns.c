/* SPDX-License-Identifier: GPL-3.0-or-later
 * One file of text a case; each row is written as "LINE OUTCOME: value|value", dates in ISO form, blanks
 * empty, bad values with a question mark before them. */
#include "data/returns.h"

#include <check.h>
#include <string.h>

#include "data/returns_parse.h"
#include "data/sniff.h"
#include "findings_list.h"

Suite *suite_returns(void);

static void write_value(struct text *out, const struct record *record, enum return_column column)
{
    struct err err;
    const struct value *value = record_value(record, column);
    char iso[DATE_TEXT];
    switch (column_spec(column)->kind) {
    case KIND_DATE:
        date_format_iso(record_day(record, column), iso);
        bug_if(!text_append_c(out, iso, &err));
        break;
    case KIND_NUMBER:
    case KIND_FLAG:
        if (value->state == VALUE_OK)
            bug_if(!text_format(out, &err, "%d", (int)value->number));
        break;
    case KIND_CHILD:
    case KIND_CODE:
    case KIND_POSTCODE:
    case KIND_TEXT:
        bug_if(!text_append(out, record_text(record, column), &err));
        break;
    }
    if (value->state == VALUE_BAD)
        bug_if(!text_format(out, &err, "?%.*s", (int)value->text.length, value->text.at));
}

/* Reads a file of the return; *refused is the answer of the end. */
static void check_file(const char *text, const char *expected, const char *findings, bool month_first)
{
    struct err err;
    struct findings_list list;
    struct text out = {0};
    struct sniffed sniffed;
    struct returns_parser parser;
    struct csv_record row;
    struct record record;
    bool refused = false;
    findings_list_init(&list);
    struct csvfile *file = csvfile_open_memory("x.csv", str_of(text), NULL, 1, &err);
    ck_assert(sniff_file(file, "x.csv", NULL, &sniffed, NULL, 1, &err));
    ck_assert_int_eq(sniffed.kind, FILE_RETURN);
    csvfile_set_findings(file, &list.sink, 1, table_spec(sniffed.table)->name);
    returns_parser_init(&parser, &sniffed, &list.sink, 1);
    while (csvfile_next(file, &row, &err) == CSVFILE_ROW) {
        ck_assert(returns_parse_row(&parser, &row, &record, &err));
        bug_if(!text_format(&out, &err, "%d %s: ", record.line, outcome_name(record.outcome)));
        const struct table_spec *table = table_spec(record.table);
        for (int32_t i = 0; i < table->n_columns; i++) {
            if (i > 0)
                bug_if(!text_append_c(&out, "|", &err));
            write_value(&out, &record, (enum return_column)((int32_t)table->first + i));
        }
        bug_if(!text_append_c(&out, "\n", &err));
    }
    ck_assert(returns_parser_finish(&parser, &refused, &err));
    ck_assert_int_eq(refused, month_first);
    ck_assert_str_eq(text_c(&out), expected);
    ck_assert_str_eq(text_c(&list.text), findings);
    csvfile_close(file);
    text_free(&out);
    findings_list_free(&list);
}

#define HEADER   "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
#define EPISODES "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n"
#define REVIEWS  "CHILD,DOB,REVIEW,REVIEW_CODE\n"

START_TEST(tables_hold_their_columns)
{
    for (int t = 0; t < TABLE_COUNT; t++) {
        const struct table_spec *table = table_spec((enum return_table)t);
        ck_assert_int_le(table->n_columns, RECORD_COLUMNS);
        for (int32_t i = 0; i < table->n_columns; i++)
            ck_assert_int_eq(column_spec((enum return_column)((int32_t)table->first + i))->table, t);
        ck_assert_str_eq(column_spec(table->first)->name, "CHILD");
        const int32_t after = (int32_t)table->first + table->n_columns;
        if (after < COLUMN_COUNT)
            ck_assert_int_ne(column_spec((enum return_column)after)->table, t);
    }
}
END_TEST

START_TEST(sound_rows)
{
    check_file(HEADER "0042,1,20/05/2010,WBRI,UN1,0,\n", "2 kept: 0042|1|2010-05-20|WBRI|UN1|0|\n", "",
               false);
    check_file(EPISODES "1,01/04/2021,S,C2,N1,U6,PR1,,,LS1 4AB,BD1\n",
               "2 kept: 1|2021-04-01|S|C2|N1|U6|PR1|||"
               "|LS1 4AB|BD1||||\n",
               "", false);
}
END_TEST

START_TEST(identifiers)
{
    check_file(HEADER
               "42.0,1,20/05/2010,,,,\n4.2E+05,1,20/05/2010,,,,\n,1,20/05/2010,,,,\nNULL,1,20/05/2010,,,,\n"
               "4.2,1,20/05/2010,,,,\n1E5,1,20/05/2010,,,,\n",
               "2 repaired: 42|1|2010-05-20||||\n3 refused: ?4.2E+05|1|2010-05-20||||\n4 refused: "
               "|1|2010-05-20||||\n"
               "5 refused: |1|2010-05-20||||\n6 kept: 4.2|1|2010-05-20||||\n7 kept: 1E5|1|2010-05-20||||\n",
               "H-02@2 repaired CHILD '42.0' -> '42'\nH-02@3 refused CHILD '4.2E+05'\nH-01@4 refused CHILD\n"
               "F-13@5 repaired CHILD 'NULL'\nH-01@5 refused CHILD\n",
               false);
}
END_TEST

START_TEST(blank_words)
{
    check_file(HEADER "1,NaN,20/05/2010,-,#N/A,NA,null\n2,1,20/05/2010,NOBT,NN1,,\n",
               "2 repaired: 1||2010-05-20||||\n3 kept: 2|1|2010-05-20|NOBT|NN1||\n",
               "F-13@2 repaired SEX 'NaN'\nF-13@2 repaired ETHNIC '-'\nF-13@2 repaired UPN '#N/A'\n"
               "F-13@2 repaired MOTHER 'NA'\nF-13@2 repaired MC_DOB 'null'\n",
               false);
}
END_TEST

START_TEST(sex_and_flags)
{
    check_file(
        HEADER
        "1,1.0,20/05/2010,,,1.0,\n2,Male,20/05/2010,,,False,\n3,f,20/05/2010,,,Y,\n4,3,20/05/2010,,,2,\n",
        "2 repaired: 1|1|2010-05-20|||1|\n3 repaired: 2|M|2010-05-20|||0|\n4 repaired: 3|F|2010-05-20|||1|\n"
        "5 kept: 4|3|2010-05-20|||?2|\n",
        "H-03@2 repaired SEX '1.0' -> '1'\nE-39@2 repaired MOTHER '1.0' -> '1'\n"
        "H-03@3 repaired SEX 'Male' -> 'M'\nE-39@3 repaired MOTHER 'False' -> '0'\n"
        "E-39@4 repaired SEX 'f' -> 'F'\nE-39@4 repaired MOTHER 'Y' -> '1'\n",
        false);
}
END_TEST

START_TEST(codes)
{
    check_file(EPISODES "1,01/04/2021,s,C2,N1,\"u6 \",pr1,,,,\n2,01/04/2021,S,C2,N1,TO,PRO,01/05/2021,E1O,,\n"
                        "3,01/04/2021,S,C2,N1,U6,PR1,,OTH,,\n",
               "2 repaired: 1|2021-04-01|S|C2|N1|U6|PR1|||||||||\n"
               "3 repaired: 2|2021-04-01|S|C2|N1|T0|PR0|2021-05-01|E10|||||||\n"
               "4 kept: 3|2021-04-01|S|C2|N1|U6|PR1||OTH|||||||\n",
               "E-39@2 repaired RNE 's' -> 'S'\nE-39@2 repaired PLACE 'u6' -> 'U6'\n"
               "E-39@2 repaired PLACE_PROVIDER 'pr1' -> 'PR1'\nE-39@3 repaired PLACE 'TO' -> 'T0'\n"
               "E-39@3 repaired PLACE_PROVIDER 'PRO' -> 'PR0'\nE-39@3 repaired REC 'E1O' -> 'E10'\n",
               false);
}
END_TEST

START_TEST(postcodes)
{
    check_file(EPISODES
               "1,01/04/2021,S,C2,N1,U6,PR1,,,ls14ab,LS1  4AB\n2,01/04/2021,S,C2,N1,U6,PR1,,,LS1 4,ls1\n",
               "2 kept: 1|2021-04-01|S|C2|N1|U6|PR1||||LS1 4AB|LS1 4AB||||\n"
               "3 kept: 2|2021-04-01|S|C2|N1|U6|PR1||||LS1 4|LS1||||\n",
               "", false);
}
END_TEST

START_TEST(dates)
{
    check_file(
        EPISODES "1,2021-04-01,S,C2,N1,U6,PR1,44318,X1,,\n2,01/04/21,S,C2,N1,U6,PR1,??,,,\n"
                 "3,29/02/2021,S,C2,N1,U6,PR1,31/04/2021,,,\n4,,S,C2,N1,U6,PR1,13/04/2021,,,\n",
        "2 repaired: 1|2021-04-01|S|C2|N1|U6|PR1|2021-05-02|X1|||||||\n"
        "3 repaired: 2|2021-04-01|S|C2|N1|U6|PR1|?\?\?||||||||\n"
        "4 refused: 3|?29/02/2021|S|C2|N1|U6|PR1|?31/04/2021||||||||\n"
        "5 kept: 4||S|C2|N1|U6|PR1|2021-04-13||||||||\n",
        "E-04@2 repaired DECOM '2021-04-01' -> '2021-04-01'\nE-04@2 repaired DEC '44318' -> '2021-05-02'\n"
        "E-05@3 repaired DECOM '01/04/21' -> '2021-04-01'\nE-02@4 refused DECOM '29/02/2021'\n"
        "E-02@4 kept DEC '31/04/2021'\n",
        false);
}
END_TEST

START_TEST(month_first)
{
    check_file(REVIEWS "1,04/05/2010,04/28/2021,PN1\n2,04/05/2010,01/02/2021,PN1\n",
               "2 kept: 1|2010-05-04|?04/28/2021|PN1\n3 kept: 2|2010-05-04|2021-02-01|PN1\n",
               "F-12@2 refused\n", true);
    /* One first part above 12 shows that the other is a slip. */
    check_file(REVIEWS "1,04/05/2010,04/28/2021,PN1\n2,14/05/2010,01/02/2021,PN1\n",
               "2 kept: 1|2010-05-04|?04/28/2021|PN1\n3 kept: 2|2010-05-14|2021-02-01|PN1\n", "", false);
}
END_TEST

START_TEST(ragged_and_unsound_rows)
{
    check_file("CHILD,DOB,REVIEW,REVIEW_CODE,X\n1,04/05/2010,01/02/2021,PN1\n2,04/05/2010\n3,04/05/2010,01/"
               "02/2021,PN\x07,\n",
               "2 repaired: 1|2010-05-04|2021-02-01|PN1\n3 refused: 2|2010-05-04||\n4 refused: "
               "3|2010-05-04|2021-02-01|\n",
               "F-04@2 repaired CHILD\nF-04@3 refused CHILD\nF-17@4 refused REVIEW_CODE\n", false);
    char text[1024] = REVIEWS "1,04/05/2010,01/02/2021,";
    const size_t n = strlen(text);
    memset(text + n, 'P', 257);
    check_file(text, "2 refused: 1|2010-05-04|2021-02-01|\n", "F-17@2 refused REVIEW_CODE\n", false);
    text[n + 256] = '\0';
    char expected[1024] = "2 kept: 1|2010-05-04|2021-02-01|";
    memset(expected + strlen(expected), 'P', 256);
    expected[strlen(expected)] = '\n';
    check_file(text, expected, "", false);
}
END_TEST

START_TEST(numbers)
{
    check_file("CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1,04/05/2010,41,\n2,04/05/2010,12.0,\n3,04/05/2010,x,\n",
               "2 kept: 1|2010-05-04|41|||||||||\n3 repaired: 2|2010-05-04|12|||||||||\n"
               "4 kept: 3|2010-05-04|?x|||||||||\n",
               "E-39@3 repaired SDQ_SCORE '12.0' -> '12'\n", false);
}
END_TEST

Suite *suite_returns(void)
{
    Suite *suite = suite_create("returns");
    TCase *cases = tcase_create("returns");
    tcase_add_test(cases, tables_hold_their_columns);
    tcase_add_test(cases, sound_rows);
    tcase_add_test(cases, identifiers);
    tcase_add_test(cases, blank_words);
    tcase_add_test(cases, sex_and_flags);
    tcase_add_test(cases, codes);
    tcase_add_test(cases, postcodes);
    tcase_add_test(cases, dates);
    tcase_add_test(cases, month_first);
    tcase_add_test(cases, ragged_and_unsound_rows);
    tcase_add_test(cases, numbers);
    suite_add_tcase(suite, cases);
    return suite;
}
