/* SPDX-License-Identifier: GPL-3.0-or-later
 * A command line is read twice: first only up to the command's name, by the program's own table; then all of
 * it, without the name, by the command's table. So options may stand before and after the name. */
#include "app/app.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/completion.h"
#include "app/help.h"
#include "app/interrupt.h"
#include "app/man.h"
#include "app/options.h"
#include "app/suggest.h"
#include "base/vec.h"

enum { MOST_COMMANDS = 64 };

static const struct option_spec program_options[] = {
    {.name = "version", .letter = 'V', .type = OPTION_FLAG, .words = "version, licence and libraries"},
    {.name = "man",
     .argument = "COMMAND",
     .type = OPTION_TEXT,
     .words = "the manual page of a command, or of the program itself (turncurve)"},
    {.name = "completion", .argument = "SHELL", .type = OPTION_TEXT, .words = "completion for bash or zsh"},
};

const struct command app_program = {
    .name = "",
    .one_line = "turncurve: where numbers of looked-after children and their costs are heading",
    .arguments = "",
    .options = program_options,
    .n_options = sizeof program_options / sizeof program_options[0],
};

static const struct command *find_command(const char *name, struct err *err)
{
    const char *names[MOST_COMMANDS];
    bug_if(n_commands > MOST_COMMANDS);
    for (size_t i = 0; i < n_commands; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        names[i] = commands[i]->name;
    }
    const char *nearest = suggest_nearest(name, names, n_commands);
    if (nearest != NULL)
        err_set(err, ERR_USAGE, "unknown command \"%s\"; did you mean %s?", name, nearest);
    else
        err_set(err, ERR_USAGE, "unknown command \"%s\"; turncurve --help lists them", name);
    return NULL;
}

static bool put_text(const struct app *app, const struct text *text)
{
    fputs(text_c(text), app->out); /* a failure stays in the stream and is found at exit */
    return true;
}

/* Reads the words of one command and runs it. */
static bool run_command(struct app *app, const struct command *command, int argc, char **argv,
                        struct err *err)
{
    struct options options = {0};
    struct text help = {0};
    bool ok = options_read(&options, command, argc, argv, false, NULL, err);
    if (ok && options_has(&options, "help")) {
        ok = help_command(&help, command, err) && put_text(app, &help);
    } else if (ok) {
        app->database = options_text(&options, "database");
        app->json = options_has(&options, "json");
        app->log.quiet = app->log.quiet || options_has(&options, "quiet");
        ok = options_check_arguments(&options, err) && command->run(app, &options, err);
        log_progress_end(&app->log);
    }
    text_free(&help);
    options_free(&options);
    return ok;
}

bool app_run_words(const struct app *app, int n, char **words, struct err *err)
{
    struct app inner = *app;
    const struct command *command = find_command(words[0], err);
    struct text line = {0};
    bool ok = command != NULL && text_append_c(&line, "turncurve", err);
    for (int i = 0; ok && i < n; i++)
        ok = text_format(&line, err, " %s", words[i]);
    inner.command_line = text_c(&line);
    ok = ok && run_command(&inner, command, n, words, err);
    text_free(&line);
    return ok;
}

/* The command line as typed, a word in single quotes when the shell would cut or change it. */
static bool join_command_line(struct text *line, int argc, char **argv, struct err *err)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+:,./%@";
    if (!text_append_c(line, "turncurve", err))
        return false;
    for (int i = 1; i < argc; i++) {
        const char *at = argv[i];
        if (at[0] != '\0' && at[strspn(at, plain)] == '\0') {
            if (!text_format(line, err, " %s", at))
                return false;
            continue;
        }
        if (!text_append_c(line, " '", err))
            return false;
        while (*at != '\0') {
            const size_t length = strcspn(at, "'");
            const bool quote = at[length] == '\'';
            if (!text_append(line, (struct str){at, length}, err) ||
                (quote && !text_append_c(line, "'\\''", err)))
                return false;
            at += length + quote;
        }
        if (!text_append_c(line, "'", err))
            return false;
    }
    return true;
}

/* What the program itself answers: help, version, manual pages, completion, the guide. *done is false when
 * there is a command to run. */
static bool answer(const struct app *app, const struct options *options, bool has_command, bool *done,
                   struct err *err)
{
    struct text text = {0};
    const char *page = options_text(options, "man");
    const char *shell = options_text(options, "completion");
    bool ok = true;
    *done = true;
    if (options_has(options, "version"))
        ok = help_version(&text, err);
    else if (page != NULL && strcmp(page, "turncurve") == 0)
        ok = man_program(&text, &app_program, err);
    else if (page != NULL)
        ok = find_command(page, err) != NULL && man_command(&text, find_command(page, err), err);
    else if (shell != NULL)
        ok = completion_write(&text, shell, &app_program, err);
    else if (options_has(options, "help"))
        ok = help_program(&text, &app_program, err);
    else if (!has_command)
        ok = help_guide(&text, err);
    else
        *done = false;
    ok = ok && put_text(app, &text);
    text_free(&text);
    return ok;
}

/* argv without the command's name, which stands at `at`; *words is freed by the caller. */
static bool cut_name(int argc, char **argv, int at, char ***words, struct err *err)
{
    char **rest = vec_new((size_t)argc, sizeof *rest, err);
    if (rest == NULL)
        return false;
    int n = 0;
    for (int i = 0; i < argc; i++)
        if (i != at)
            rest[n++] = argv[i];
    *words = rest;
    return true;
}

static bool run_all(struct app *app, int argc, char **argv, struct err *err)
{
    struct options options = {0};
    char **words = NULL;
    int at = argc;
    bool done = false;
    bool ok = options_read(&options, &app_program, argc, argv, true, &at, err) &&
              answer(app, &options, at < argc, &done, err);
    if (ok && !done) {
        const struct command *command = find_command(argv[at], err);
        ok = command != NULL && cut_name(argc, argv, at, &words, err) &&
             run_command(app, command, argc - 1, words, err);
    }
    free(words);
    options_free(&options);
    return ok;
}

static void print_error(struct err *err)
{
    str_make_printable(err->file);
    str_make_printable(err->message);
    if (err->file[0] != '\0' && err->line > 0 && err->column > 0)
        fprintf(stderr, "turncurve: %s:%d:%d: %s\n", err->file, (int)err->line, (int)err->column,
                err->message);
    else if (err->file[0] != '\0' && err->line > 0)
        fprintf(stderr, "turncurve: %s:%d: %s\n", err->file, (int)err->line, err->message);
    else if (err->file[0] != '\0')
        fprintf(stderr, "turncurve: %s: %s\n", err->file, err->message);
    else
        fprintf(stderr, "turncurve: %s\n", err->message);
}

/* True when all that was printed has arrived, or when its reader went away. */
static bool close_output(FILE *out, struct err *err)
{
    errno = 0;
    const bool failed = fflush(out) != 0 || ferror(out);
    const int reason = errno;
    struct pollfd reader = {.fd = fileno(out), .events = POLLOUT};
    const bool reader_gone = failed && poll(&reader, 1, 0) == 1 && (reader.revents & POLLERR) != 0;
    const bool closed = fclose(out) == 0;
    if ((!failed && closed) || reader_gone)
        return true;
    return err_set(err, ERR_IO, "cannot write the results: %s",
                   reason != 0 ? strerror(reason) : "write error");
}

int app_run(int argc, char **argv, const struct model *const *models)
{
    struct err err = {0};
    struct text line = {0};
    struct app app = {.out = stdout, .models = models};
    (void)umask(S_IRWXG | S_IRWXO);
    log_init(&app.log, stderr, false);
    app.log.stop = interrupt_flag();
    bool ok = interrupt_install(&err) && join_command_line(&line, argc, argv, &err);
    app.command_line = text_c(&line);
    ok = ok && run_all(&app, argc, argv, &err);
    if (!ok && log_is_stopped(&app.log))
        err_set(&err, ERR_INTERRUPTED, "interrupted; nothing was changed by the step that was stopped");
    if (!ok)
        print_error(&err);
    struct err late = {0};
    if (!close_output(app.out, &late) && ok) {
        print_error(&late);
        err = late;
        ok = false;
    }
    text_free(&line);
    return ok ? 0 : err_exit_code(err.code);
}
