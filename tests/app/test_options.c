/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/options.h"

#include <check.h>
#include <string.h>

Suite *suite_options(void);

static bool run_nothing(struct app *app, const struct options *options, struct err *err)
{
    (void)app;
    (void)options;
    return err_set(err, ERR_INTERNAL, "not run by these tests");
}

static const struct option_spec specs[] = {
    {.name = "scenario",
     .letter = 's',
     .argument = "NAME",
     .type = OPTION_TEXT,
     .repeatable = true,
     .words = "w"},
    {.name = "months",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "60",
     .low = 1,
     .high = 600,
     .words = "w"},
    {.name = "trend",
     .argument = "X",
     .type = OPTION_REAL,
     .fallback = "-0.5",
     .low = -1,
     .high = 1,
     .words = "w"},
    {.name = "from", .argument = "DATE", .type = OPTION_DATE, .words = "w"},
    {.name = "raw", .letter = 'r', .type = OPTION_FLAG, .words = "w"},
    {.name = "out", .argument = "DIR", .type = OPTION_PATH, .fallback = "elsewhere", .words = "redefined"},
};
static const struct command command = {
    .name = "try",
    .one_line = "",
    .arguments = "FILE...",
    .least_arguments = 1,
    .most_arguments = 2,
    .options = specs,
    .n_options = sizeof specs / sizeof specs[0],
    .run = run_nothing,
};
static const struct command plain = {.name = "plain", .one_line = "", .arguments = "", .run = run_nothing};

enum { MOST_WORDS = 16 };

/* Reads the words up to NULL as `turncurve WORD...`. The words are only pointed at, but getopt reorders them.
 */
static bool read_words(struct options *options, const struct command *of, const char *const words[],
                       struct err *err)
{
    static char store[MOST_WORDS][64];
    static char *list[MOST_WORDS + 1];
    int n = 1;
    memcpy(store[0], "turncurve", sizeof "turncurve");
    list[0] = store[0];
    for (; words[n - 1] != NULL; n++) {
        ck_assert(n < MOST_WORDS && str_copy(str_of(words[n - 1]), store[n], sizeof store[n]));
        list[n] = store[n];
    }
    list[n] = NULL;
    *options = (struct options){0};
    return options_read(options, of, n, list, false, NULL, err);
}
#define WORDS(...)                                                                                           \
    (const char *const[])                                                                                    \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }

START_TEST(values_and_defaults)
{
    struct err err = {0};
    struct options options;
    ck_assert(read_words(&options, &command,
                         WORDS("a.csv", "-s", "best", "--months=12", "--scenario", "worst", "-r", "--from",
                               "2022-03-31", "--months", "24", "--", "--raw"),
                         &err));
    ck_assert_uint_eq(options_count(&options, "scenario"), 2);
    ck_assert_str_eq(options_text_at(&options, "scenario", 0), "best");
    ck_assert_str_eq(options_text_at(&options, "scenario", 1), "worst");
    ck_assert_ptr_null(options_text_at(&options, "scenario", 2));
    ck_assert_int_eq(options_integer(&options, "months"), 24); /* the last one counts */
    ck_assert_int_eq(options_date(&options, "from"), 19082);
    ck_assert_double_eq_tol(options_real(&options, "trend"), -0.5, 1e-15);
    ck_assert(!options_has(&options, "trend"));
    ck_assert(options_has(&options, "raw"));
    ck_assert_uint_eq(options_n_arguments(&options), 2);
    ck_assert_str_eq(options_argument(&options, 0), "a.csv");
    ck_assert_str_eq(options_argument(&options, 1), "--raw");
    ck_assert(options_check_arguments(&options, &err));
    options_free(&options);
}
END_TEST

START_TEST(nothing_given)
{
    struct err err = {0};
    struct options options;
    ck_assert(read_words(&options, &plain, (const char *const[]){NULL}, &err));
    ck_assert_str_eq(options_text(&options, "database"), "turncurve.db");
    ck_assert_str_eq(options_out(&options), "out/plain");
    ck_assert_ptr_null(options_text(&options, "la"));
    ck_assert(!options_has(&options, "json"));
    options_free(&options);
    ck_assert(read_words(&options, &command, (const char *const[]){NULL}, &err));
    ck_assert_int_eq(options_date(&options, "from"), DAY_NONE);
    ck_assert_str_eq(options_out(&options), "elsewhere"); /* its own default */
    options_free(&options);
}
END_TEST

static const struct {
    const char *words[3];
    const char *says;
} wrong[] = {
    {{"--month", "0"}, "--months takes a whole number from 1 to 600, not \"0\""},
    {{"--months", "601"}, "--months takes a whole number from 1 to 600, not \"601\""},
    {{"--months", "1e2"}, "--months takes a whole number"},
    {{"--months", "12abc"}, "not \"12abc\""},
    {{"--months", ""}, "not \"\""},
    {{"--months"}, "--months needs N"},
    {{"--trend", "1.01"}, "--trend takes a number from -1 to 1, not \"1.01\""},
    {{"--trend", "nan"}, "not \"nan\""},
    {{"--from", "31/03/2022"}, "--from takes a date such as 2022-03-31"},
    {{"--from", "2022-02-30"}, "not \"2022-02-30\""},
    {{"--scenario", ""}, "--scenario needs NAME, not an empty text"},
    {{"--raw=1"}, "--raw takes no value"},
    {{"--senario", "x"}, "did you mean --scenario?"},
    {{"--zzzzzz"}, "unknown option --zzzzzz; see turncurve try --help"},
    {{"-z"}, "unknown option -z"},
    {{"-s"}, "--scenario needs NAME"},
};

START_TEST(wrong_words)
{
    struct err err = {0};
    struct options options;
    ck_assert(!read_words(&options, &command, wrong[_i].words, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_msg(strstr(err.message, wrong[_i].says) != NULL, "%s", err.message);
    options_free(&options);
}
END_TEST

START_TEST(number_of_arguments)
{
    struct err err = {0};
    struct options options;
    ck_assert(read_words(&options, &command, (const char *const[]){NULL}, &err));
    ck_assert(!options_check_arguments(&options, &err));
    ck_assert_str_eq(err.message, "try needs FILE...; see turncurve try --help");
    options_free(&options);
    ck_assert(read_words(&options, &command, WORDS("a", "b", "c"), &err));
    ck_assert(!options_check_arguments(&options, &err));
    ck_assert_str_eq(err.message, "try does not take \"c\"; see turncurve try --help");
    options_free(&options);
}
END_TEST

START_TEST(redefined_once)
{
    /* six own options, of which "out" is also a common one */
    ck_assert_uint_eq(options_n_specs(&command), 6 + n_options_common - 1);
    ck_assert_str_eq(options_find(&command, "out")->words, "redefined");
    ck_assert_ptr_null(options_find(&command, "nothing"));
}
END_TEST

START_TEST(unknown_name_is_a_bug)
{
    struct err err = {0};
    struct options options;
    ck_assert(read_words(&options, &plain, (const char *const[]){NULL}, &err));
    (void)options_has(&options, "nothing");
}
END_TEST

/* What getopt, help, manual page and completion rely on, for every option of every command. */
START_TEST(tables_are_sound)
{
    for (size_t c = 0; c < n_commands; c++) {
        const struct command *of = commands[c];
        ck_assert_msg(of->run != NULL && of->one_line[0] != '\0' && of->arguments != NULL, "%s", of->name);
        ck_assert_msg(of->least_arguments <= of->most_arguments, "%s", of->name);
        for (size_t i = 0; i < options_n_specs(of); i++) {
            const struct option_spec *spec = options_spec(of, i);
            struct err err = {0};
            ck_assert_msg(options_find(of, spec->name) == spec, "%s --%s twice", of->name, spec->name);
            ck_assert_msg((spec->argument == NULL) == (spec->type == OPTION_FLAG), "%s --%s", of->name,
                          spec->name);
            ck_assert_msg(spec->words != NULL && spec->words[0] != '\0', "%s --%s", of->name, spec->name);
            ck_assert_msg(strspn(spec->name, "abcdefghijklmnopqrstuvwxyz-") == strlen(spec->name), "%s",
                          spec->name);
            if (spec->fallback != NULL)
                ck_assert_msg(options_check_value(spec, spec->fallback, &err), "%s: %s", of->name,
                              err.message);
            for (size_t k = 0; k < i; k++)
                ck_assert_msg(spec->letter == 0 || options_spec(of, k)->letter != spec->letter, "%s -%c",
                              of->name, spec->letter);
        }
    }
}
END_TEST

Suite *suite_options(void)
{
    Suite *suite = suite_create("options");
    TCase *tcase = tcase_create("options");
    tcase_add_test(tcase, values_and_defaults);
    tcase_add_test(tcase, nothing_given);
    tcase_add_loop_test(tcase, wrong_words, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, number_of_arguments);
    tcase_add_test(tcase, redefined_once);
    tcase_add_exit_test(tcase, unknown_name_is_a_bug, 70);
    tcase_add_test(tcase, tables_are_sound);
    suite_add_tcase(suite, tcase);
    return suite;
}
