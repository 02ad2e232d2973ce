/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <check.h>
#include <string.h>

Suite *suite_log(void);

static size_t written(FILE *file, char *buffer, size_t size)
{
    rewind(file);
    const size_t n = fread(buffer, 1, size - 1, file);
    buffer[n] = '\0';
    return n;
}

START_TEST(quiet_says_warnings_only)
{
    char text[256];
    FILE *file = tmpfile();
    struct log log;
    log_init(&log, file, true);
    log_info(&log, "hello");
    log_warning(&log, "%d rows", 3);
    log_progress_start(&log);
    log_progress(&log, "reading", 1, 2);
    log_progress_end(&log);
    written(file, text, sizeof text);
    ck_assert_str_eq(text, "turncurve: warning: 3 rows\n");
    fclose(file);
}
END_TEST

START_TEST(no_progress_in_the_first_seconds_of_a_file)
{
    char text[256];
    FILE *file = tmpfile();
    struct log log;
    log_init(&log, file, false);
    ck_assert(!log.is_terminal);
    log_progress_start(&log);
    for (int i = 0; i < 1000; i++)
        log_progress(&log, "reading", i, 1000);
    log_progress_end(&log);
    ck_assert_uint_eq(written(file, text, sizeof text), 0);
    log.shown_ms -= 31000; /* as if 31 seconds had passed since the last line */
    log.started_ms -= 31000;
    log_progress(&log, "reading", 500, 1000);
    written(file, text, sizeof text);
    ck_assert_str_eq(text, "turncurve: reading: 50 %, 31 s left\n");
    fclose(file);
}
END_TEST

START_TEST(stop_flag)
{
    struct log log;
    log_init(&log, stderr, true);
    ck_assert(!log_is_stopped(&log));
    volatile sig_atomic_t stop = 0;
    log.stop = &stop;
    ck_assert(!log_is_stopped(&log));
    stop = 1;
    ck_assert(log_is_stopped(&log));
}
END_TEST

Suite *suite_log(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");
    tcase_add_test(tcase, quiet_says_warnings_only);
    tcase_add_test(tcase, no_progress_in_the_first_seconds_of_a_file);
    tcase_add_test(tcase, stop_flag);
    suite_add_tcase(suite, tcase);
    return suite;
}
