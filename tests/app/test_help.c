/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/help.h, app/man.h and app/completion.h: what is printed from the tables. */
#include "app/help.h"

#include <check.h>
#include <string.h>

#include "app/app.h"
#include "app/completion.h"
#include "app/man.h"
#include "app/options.h"

Suite *suite_help(void);

static bool run_nothing(struct app *app, const struct options *options, struct err *err)
{
    (void)app;
    (void)options;
    return err_set(err, ERR_INTERNAL, "not run by these tests");
}

static const struct option_spec specs[] = {
    {.name = "months",
     .letter = 'm',
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "60",
     .low = 1,
     .high = 600,
     .words = "length",
     .group = "Time"},
    {.name = "a-long-option-name",
     .argument = "SOMETHING",
     .type = OPTION_TEXT,
     .repeatable = true,
     .words = "w"},
};
static const struct command command = {
    .name = "try",
    .one_line = "tries \\n and -d",
    .arguments = "FILE...",
    .about = ".First line\n\nSecond paragraph.",
    .examples = "turncurve try x",
    .options = specs,
    .n_options = 2,
    .run = run_nothing,
};

static void check_has(const struct text *text, const char *part)
{
    ck_assert_msg(strstr(text_c(text), part) != NULL, "\"%s\" is missing in:\n%s", part, text_c(text));
}

START_TEST(wrap)
{
    struct err err = {0};
    struct text text = {0};
    /* 79 columns are taken: "ab" does not fit into 80, so it goes to the next line */
    ck_assert(help_wrap(&text, "x ab cd\nef", 78, 4, &err));
    ck_assert_str_eq(text_c(&text), "x\n    ab cd\n    ef\n");
    text_free(&text);
    ck_assert(help_wrap(&text, "", 0, 0, &err));
    ck_assert_str_eq(text_c(&text), "\n");
    text_free(&text);
}
END_TEST

START_TEST(command_help)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(help_command(&text, &command, &err));
    check_has(&text, "Usage: turncurve [-d FILE] try [OPTION...] FILE...\n");
    check_has(&text, "\nTime:\n  -m, --months N            length (1 to 600, default 60)\n");
    check_has(
        &text,
        "\nOptions:\n      --a-long-option-name SOMETHING\n                            w; may be repeated\n");
    check_has(&text, "\nCommon options:\n  -d, --database FILE");
    check_has(&text, "\nExamples:\n  turncurve try x\n");
    check_has(&text, "\n  130  interrupted\n");
    text_free(&text);
}
END_TEST

START_TEST(manual_page_is_escaped)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(man_command(&text, &command, &err));
    check_has(&text, "tries \\en and \\-d\n");
    check_has(&text, "\n\\&.First line\n.PP\nSecond paragraph.\n");
    check_has(&text, "\\fB\\-m\\fR, \\fB\\-\\-months\\fR \\fIN\\fR\n");
    check_has(&text, "\\fB\\-\\-a\\-long\\-option\\-name\\fR");
    text_free(&text);
}
END_TEST

/* Every option of every command is in its help, its manual page and the completion. */
START_TEST(all_options_are_shown)
{
    struct err err = {0};
    struct text completion = {0};
    ck_assert(completion_write(&completion, "bash", &app_program, &err));
    for (size_t c = 0; c < n_commands; c++) {
        struct text help = {0};
        struct text page = {0};
        ck_assert(help_command(&help, commands[c], &err) && man_command(&page, commands[c], &err));
        for (size_t i = 0; i < options_n_specs(commands[c]); i++) {
            const char *name = options_spec(commands[c], i)->name;
            char dashed[64];
            ck_assert(snprintf(dashed, sizeof dashed, "--%s", name) < (int)sizeof dashed);
            check_has(&help, dashed);
            check_has(&completion, dashed);
        }
        check_has(&page, commands[c]->name);
        text_free(&help);
        text_free(&page);
    }
    text_free(&completion);
}
END_TEST

START_TEST(lines_fit_the_screen)
{
    struct err err = {0};
    for (size_t c = 0; c < n_commands; c++) {
        struct text help = {0};
        ck_assert(help_command(&help, commands[c], &err));
        const char *at = text_c(&help);
        while (*at != '\0') {
            const size_t length = strcspn(at, "\n");
            ck_assert_msg(length <= 100, "%s --help: a line of %zu columns: %.*s", commands[c]->name, length,
                          (int)length, at);
            at += length + (at[length] == '\n');
        }
        text_free(&help);
    }
}
END_TEST

Suite *suite_help(void)
{
    Suite *suite = suite_create("help");
    TCase *tcase = tcase_create("help");
    tcase_add_test(tcase, wrap);
    tcase_add_test(tcase, command_help);
    tcase_add_test(tcase, manual_page_is_escaped);
    tcase_add_test(tcase, all_options_are_shown);
    tcase_add_test(tcase, lines_fit_the_screen);
    suite_add_tcase(suite, tcase);
    return suite;
}
