/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a file says is written as text: "LINE:field|field" a row, "LINE+N refused", "file refused". Expected
 * lines are counted by hand in the inputs. */
#include "data/csvfile.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "data/fields.h"
#include "findings_list.h"

Suite *suite_csvfile(void);

static void write_fields(struct text *out, const struct csv_record *record)
{
    struct err err;
    for (size_t i = 0; i < record->n_fields; i++)
        bug_if(!text_append_c(out, i == 0 ? "" : "|", &err) || !text_append(out, record->fields[i], &err));
    bug_if(!text_append_c(out, "\n", &err));
}

/* Everything in an open file; closes it. */
static void write_file(struct csvfile *file, struct text *out)
{
    struct err err;
    struct csv_record record;
    ck_assert_msg(file != NULL, "open");
    write_fields(out, csvfile_header(file));
    for (;;) {
        const enum csv_next next = csvfile_next(file, &record, &err);
        ck_assert_msg(next != CSVFILE_FAILED, "%s", err.message);
        if (next == CSVFILE_END)
            break;
        if (next == CSVFILE_REFUSED_FILE) {
            bug_if(!text_append_c(out, "file refused\n", &err));
            break;
        }
        if (next == CSVFILE_REFUSED_ROW) {
            bug_if(!text_format(out, &err, "%d+%d refused\n", record.line, record.n_lines));
        } else {
            bug_if(!text_format(out, &err, "%d:", record.line));
            write_fields(out, &record);
        }
    }
    csvfile_close(file);
}

static void check_bytes(const char *bytes, size_t n, const char *expected, const char *findings)
{
    struct err err;
    struct findings_list list;
    struct text out = {0};
    findings_list_init(&list);
    write_file(csvfile_open_memory("test.csv", (struct str){bytes, n}, &list.sink, 1, &err), &out);
    ck_assert_str_eq(text_c(&out), expected);
    ck_assert_str_eq(text_c(&list.text), findings);
    text_free(&out);
    findings_list_free(&list);
}

static void check_text(const char *text, const char *expected, const char *findings)
{
    check_bytes(text, strlen(text), expected, findings);
}

START_TEST(plain_files)
{
    check_text("A,B\n1,2\n3,4\n", "A|B\n2:1|2\n3:3|4\n", "");
    check_text("A,B\n1,2\n3,4", "A|B\n2:1|2\n3:3|4\n", "");
    check_text("A,B\r\n1,2\r\n\r\n3,4\r\n", "A|B\n2:1|2\n4:3|4\n", "");
    check_text("A,B\r1,2\r\r3,4\r", "A|B\n2:1|2\n4:3|4\n", "");
    check_text("A,B\r1,2\r3,4", "A|B\n2:1|2\n3:3|4\n", "");
    check_text("\n\nA , B\n 1 ,\t2 \n", "A|B\n4:1|2\n", "");
    check_text("A\n1\n", "A\n2:1\n", "");
    check_text("A,B\n", "A|B\n", "");
    check_text("A,B", "A|B\n", "");
    check_text("", "\n", "");
    check_text("\n \n\r\n", "\n", "");
    check_text("A,B\n,\n , \n\"\",\"\"\n1,\n", "A|B\n5:1|\n", "");
}
END_TEST

START_TEST(quoted_files)
{
    check_text("\"A\",\"B\"\n\"1\",\"x, \"\"y\"\"\"\n", "A|B\n2:1|x, \"y\"\n", "");
    check_text("A,B\n1,\"two\nlines\"\n3,4\n", "A|B\n2:1|two\nlines\n4:3|4\n", "");
    check_text("A,B\r\n1,\"two\r\nlines\"\r\n3,4\r\n", "A|B\n2:1|two\r\nlines\n4:3|4\n", "");
    check_text("A,B\r1,\"x\"\r3,4\r", "A|B\n2:1|x\n3:3|4\n", "");
    check_text("A,B\n1,\" x \"\n", "A|B\n2:1| x \n", "");
    check_text("A,B\n1,\"x\"", "A|B\n2:1|x\n", "");
}
END_TEST

START_TEST(separators)
{
    check_text("A;B\n1;2,5\n", "A|B\n2:1|2,5\n", "F-11@1 kept\n");
    check_text("A\tB\n1\t2\n\t2\n", "A|B\n2:1|2\n3:|2\n", "F-11@1 kept\n");
    check_text("\"A;x;y\",B\n1,2\n", "A;x;y|B\n2:1|2\n", "");
    check_text("A;B\n1;\"2;3\"\n", "A|B\n2:1|2;3\n", "F-11@1 kept\n");
}
END_TEST

START_TEST(encodings)
{
    check_text("\xEF\xBB\xBF\"A\",B\n1,2\n", "A|B\n2:1|2\n", "F-01@0 kept\n");
    check_text("A,B\n1,caf\xC3\xA9\n", "A|B\n2:1|caf\xC3\xA9\n", "");
    /* Windows-1252: E9 is U+00E9, 80 is the euro sign U+20AC; the line that is UTF-8 stays. */
    check_text("A,B\n1,caf\xE9 \x80\n2,caf\xC3\xA9\n3,\"\xE9\"\n",
               "A|B\n2:1|caf\xC3\xA9 \xE2\x82\xAC\n3:2|caf\xC3\xA9\n4:3|\xC3\xA9\n", "F-02@2 repaired\n");
    static const char le[] = "\xFF\xFE"
                             "A\0,\0B\0\n\0"
                             "1\0,\0\xE9\0\n\0"
                             "\x3D\xD8\x00\xDE,\0"
                             "2\0";
    check_bytes(le, sizeof le - 1, "A|B\n2:1|\xC3\xA9\n3:\xF0\x9F\x98\x80|2\n", "F-02@0 repaired\n");
    static const char be[] = "\xFE\xFF"
                             "\0A\0,\0B\0\r\0\n"
                             "\0"
                             "1\0,\0\xE9\0\r\0\n";
    check_bytes(be, sizeof be - 1, "A|B\n2:1|\xC3\xA9\n", "F-02@0 repaired\n");
    check_bytes("\xFF\xFE", 2, "\n", "F-02@0 repaired\n");
}
END_TEST

START_TEST(nul_bytes_refuse_the_file)
{
    check_bytes("A,B\n1,2\0\n3,4\n", 13, "\nfile refused\n", "F-03@1 refused\n");
    check_bytes("A\0,\0B\0", 6, "\nfile refused\n", "F-03@1 refused\n");
    /* Beyond the first block: what was given before has to be taken back. */
    struct text text = {0};
    struct err err;
    bug_if(!text_append_c(&text, "A,B\n", &err));
    for (int i = 0; i < 20000; i++)
        bug_if(!text_append_c(&text, "1,2\n", &err));
    bug_if(!text_append(&text, (struct str){"\0", 1}, &err));
    struct findings_list list;
    findings_list_init(&list);
    struct csvfile *file = csvfile_open_memory("t", (struct str){text.at, text.length}, &list.sink, 1, &err);
    struct csv_record record;
    int rows = 0;
    enum csv_next next;
    while ((next = csvfile_next(file, &record, &err)) == CSVFILE_ROW)
        rows++;
    ck_assert_int_gt(rows, 10000);
    ck_assert_int_eq(next, CSVFILE_REFUSED_FILE);
    ck_assert_int_eq(csvfile_next(file, &record, &err), CSVFILE_REFUSED_FILE);
    csvfile_close(file);
    findings_list_free(&list);
    text_free(&text);
}
END_TEST

START_TEST(ragged_rows)
{
    check_text("A,B,C\n1,2\n1,2,3,,\n1,2,3,4\n1,2,3\n", "A|B|C\n2:1|2|\n3:1|2|3\n4+1 refused\n5:1|2|3\n",
               "F-05@3 repaired\nF-05@4 refused\n");
    check_text("A,B,C\n\"1\"\n\"1\",2,3,,\n\"1\",2,3,4\n", "A|B|C\n2:1||\n3:1|2|3\n4+1 refused\n",
               "F-05@3 repaired\nF-05@4 refused\n");
}
END_TEST

START_TEST(broken_quotations)
{
    check_text("A,B\n1,5\" pipe\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-06@2 refused\n");
    check_text("A,B\n1,\"x\"y\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-06@2 refused\n");
    /* Never closed: everything after it is lost, and the line of the quotation mark is named. */
    check_text("A,B\n1,2\n3,\"4\n5,6\n7,8\n", "A|B\n2:1|2\n3+3 refused\n", "F-06@3 refused\n");
    /* Closed by another row's mark: what lies between is refused, the rest read. */
    check_text("A,B\n1,\"2\n3,4\n5,\"x\"\n7,8\n", "A|B\n2+3 refused\n5:7|8\n", "F-06@2 refused\n");
    check_text("\"A,B\n1,2\n", "\nfile refused\n", "F-06@1 refused\n");
}
END_TEST

/* A row "1,xxx..x" of n bytes of x, with an ordinary row behind it. */
static void long_field(struct text *text, size_t n, const char *before, const char *after)
{
    struct err err;
    bug_if(!text_append_c(text, "A,B\n", &err) || !text_append_c(text, before, &err));
    for (size_t i = 0; i < n; i++)
        bug_if(!text_append(text, (struct str){"x", 1}, &err));
    bug_if(!text_append_c(text, after, &err));
}

START_TEST(long_fields)
{
    static const struct {
        size_t n;
        const char *before, *after, *expected, *findings;
    } cases[] = {
        {65537, "1,", "\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-17@2 refused\n"},
        {65537, "1,\"", "\"\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-17@2 refused\n"},
        {10000000, "1,", "\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-17@2 refused\n"},
        {10000000, "1,\"", "\"\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-17@2 refused\n"},
        {10000000, "1,\"", "", "A|B\n2+1 refused\n", "F-06@2 refused\n"},
        {10000000, "1,", "", "A|B\n2+1 refused\n", "F-17@2 refused\n"},
        {10000000, "1,x\"", "\n3,4\n", "A|B\n2+1 refused\n3:3|4\n", "F-06@2 refused\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = {0};
        long_field(&text, cases[i].n, cases[i].before, cases[i].after);
        check_bytes(text.at, text.length, cases[i].expected, cases[i].findings);
        text_free(&text);
    }
    /* 65,536 bytes are still a field. */
    for (int quoted = 0; quoted < 2; quoted++) {
        struct text text = {0};
        struct err err;
        struct csv_record record;
        long_field(&text, 65536, quoted ? "1,\"" : "1,", quoted ? "\"\n" : "\n");
        struct csvfile *file = csvfile_open_memory("t", (struct str){text.at, text.length}, NULL, 1, &err);
        ck_assert_int_eq(csvfile_next(file, &record, &err), CSVFILE_ROW);
        ck_assert_uint_eq(record.fields[1].length, 65536);
        csvfile_close(file);
        text_free(&text);
    }
}
END_TEST

/* The most memory this process has used, in kilobytes. */
static long peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

START_TEST(memory_does_not_grow_with_the_file)
{
    char path[] = "/tmp/turncurve-test-XXXXXX";
    const int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    static char block[65536];
    memset(block, 'x', sizeof block);
    memcpy(block, "A,B\n1,\"", 7);
    for (int i = 0; i < 640; i++) { /* 40 MB of one quotation that never ends */
        ck_assert_int_eq(write(fd, block, sizeof block), sizeof block);
        memset(block, 'x', 7);
    }
    close(fd);
    const long before = peak();
    struct text out = {0};
    struct err err;
    write_file(csvfile_open(path, NULL, 1, &err), &out);
    ck_assert_str_eq(text_c(&out), "A|B\n2+1 refused\n");
#ifndef __SANITIZE_ADDRESS__
    ck_assert_int_lt(peak() - before, 4096);
#endif
    (void)before;
    text_free(&out);
    unlink(path);
}
END_TEST

START_TEST(records_beyond_a_block)
{
    /* Lines of changing length over several blocks, LF, CR LF and CR: each line arrives whole with its
     * number. */
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (size_t k = 0; k < 3; k++) {
        struct text text = {0};
        struct err err;
        bug_if(!text_append_c(&text, "N,X", &err) || !text_append_c(&text, ends[k], &err));
        for (int i = 2; i < 30000; i++)
            bug_if(!text_format(&text, &err, "%d,%.*s%s", i, i % 17, "abcdefghijklmnopq", ends[k]));
        struct csvfile *file = csvfile_open_memory("t", (struct str){text.at, text.length}, NULL, 1, &err);
        struct csv_record record;
        int n = 2;
        while (csvfile_next(file, &record, &err) == CSVFILE_ROW) {
            char number[16];
            snprintf(number, sizeof number, "%d", n);
            ck_assert_int_eq(record.line, n);
            ck_assert(str_equal_text(record.fields[0], number));
            ck_assert_uint_eq(record.fields[1].length, (size_t)(n % 17));
            ck_assert(record.plain);
            n++;
        }
        ck_assert_int_eq(n, 30000);
        csvfile_close(file);
        text_free(&text);
    }
}
END_TEST

START_TEST(plain_is_said_of_plain_lines_only)
{
    struct err err;
    struct csv_record record;
    struct csvfile *file = csvfile_open_memory("t", str_of("A,B\n1,2\x07\n"), NULL, 1, &err);
    ck_assert_int_eq(csvfile_next(file, &record, &err), CSVFILE_ROW);
    ck_assert(!record.plain);
    csvfile_close(file);
    file = csvfile_open_memory("t", str_of("A,B\n1,\"2\n3\"\n"), NULL, 1, &err);
    ck_assert_int_eq(csvfile_next(file, &record, &err), CSVFILE_ROW);
    ck_assert(!record.plain);
    ck_assert_int_eq(record.n_lines, 2);
    csvfile_close(file);
}
END_TEST

START_TEST(xml_is_told_by_its_root)
{
    struct err err;
    struct csvfile *file = csvfile_open_memory(
        "t", str_of("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- a -->\n<EXPSSDA903 x=\"1\"><CHILD/>"), NULL, 1,
        &err);
    ck_assert(csvfile_is_xml(file));
    ck_assert(str_equal_text(csvfile_header(file)->fields[0], "EXPSSDA903"));
    struct csv_record record;
    ck_assert_int_eq(csvfile_next(file, &record, &err), CSVFILE_END);
    csvfile_close(file);
    file = csvfile_open_memory("t", str_of("<"), NULL, 1, &err);
    ck_assert(csvfile_is_xml(file));
    csvfile_close(file);
}
END_TEST

START_TEST(files_that_are_not_there)
{
    struct err err;
    ck_assert_ptr_null(csvfile_open("/nonexistent/file.csv", NULL, 1, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    ck_assert_ptr_null(csvfile_open("/", NULL, 1, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
}
END_TEST

/* Cutting a line and libcsv must agree on every line without quotation marks. */
START_TEST(cutting_agrees_with_libcsv)
{
    uint32_t seed = 1;
    static const char letters[] = ",, \tab;\xC3\xA9";
    for (int round = 0; round < 20000; round++) {
        char line[24];
        size_t n = 0;
        struct err err;
        const size_t length = (seed >> 8) % (sizeof line - 2) + 1;
        while (n < length) {
            seed = seed * 1664525 + 1013904223; /* Numerical Recipes' generator: any will do */
            line[n++] = letters[(seed >> 24) % (sizeof letters - 1)];
        }
        struct fields cut = {.separator = ','};
        struct fields fed = {.separator = ','};
        bug_if(!fields_set_room(&cut, 5, &err) || !fields_set_room(&fed, 5, &err));
        fields_cut(&cut, (struct str){line, n});
        line[n] = '\n';
        fields_begin(&fed);
        const enum fields_state state = fields_feed(&fed, (struct str){line, n + 1});
        if (state == FIELDS_MORE) { /* nothing but blanks: no record for libcsv */
            ck_assert(!cut.any_filled);
        } else {
            ck_assert_int_eq(state, FIELDS_DONE);
            ck_assert_uint_eq(cut.n_found, fed.n_found);
            ck_assert_uint_eq(cut.n_kept, fed.n_kept);
            ck_assert_int_eq(cut.any_filled, fed.any_filled);
            ck_assert_int_eq(cut.surplus_filled, fed.surplus_filled);
            for (size_t i = 0; i < cut.n_kept; i++)
                ck_assert_msg(str_equal(cut.at[i], fed.at[i]), "%.*s", (int)n, line);
        }
        fields_free(&cut);
        fields_free(&fed);
    }
}
END_TEST

Suite *suite_csvfile(void)
{
    Suite *suite = suite_create("csvfile");
    TCase *cases = tcase_create("csvfile");
    tcase_add_test(cases, plain_files);
    tcase_add_test(cases, quoted_files);
    tcase_add_test(cases, separators);
    tcase_add_test(cases, encodings);
    tcase_add_test(cases, nul_bytes_refuse_the_file);
    tcase_add_test(cases, ragged_rows);
    tcase_add_test(cases, broken_quotations);
    tcase_add_test(cases, long_fields);
    tcase_add_test(cases, memory_does_not_grow_with_the_file);
    tcase_add_test(cases, records_beyond_a_block);
    tcase_add_test(cases, plain_is_said_of_plain_lines_only);
    tcase_add_test(cases, xml_is_told_by_its_root);
    tcase_add_test(cases, files_that_are_not_there);
    tcase_add_test(cases, cutting_agrees_with_libcsv);
    suite_add_tcase(suite, cases);
    return suite;
}
