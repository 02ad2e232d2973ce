/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page has no date, so that the same version gives the same bytes. Text is escaped here: a backslash, a
 * minus that must stay one when copied, and a line that begins like a request. */
#include "app/man.h"

#include "app/help.h"
#include "app/options.h"

static bool put_escaped(struct text *text, struct str s, struct err *err)
{
    for (size_t i = 0; i < s.length; i++) {
        const char c = s.at[i];
        const bool starts_line = i == 0 || s.at[i - 1] == '\n';
        if (starts_line && (c == '.' || c == '\'') && !text_append_c(text, "\\&", err))
            return false;
        const bool ok = c == '\\'  ? text_append_c(text, "\\e", err)
                        : c == '-' ? text_append_c(text, "\\-", err)
                                   : text_append(text, (struct str){&s.at[i], 1}, err);
        if (!ok)
            return false;
    }
    return true;
}

static bool put(struct text *text, const char *words, struct err *err)
{
    return put_escaped(text, str_of(words), err);
}

static bool put_section(struct text *text, const char *title, struct err *err)
{
    return text_format(text, err, ".SH %s\n", title);
}

/* Lines as they are, in a block that is not filled. */
static bool put_lines(struct text *text, const char *title, const char *lines, struct err *err)
{
    if (lines == NULL || lines[0] == '\0')
        return true;
    const size_t length = str_of(lines).length;
    const char *end = lines[length - 1] == '\n' ? "" : "\n";
    return put_section(text, title, err) && text_append_c(text, ".nf\n", err) && put(text, lines, err) &&
           text_format(text, err, "%s.fi\n", end);
}

static bool put_option(struct text *text, const struct option_spec *spec, struct err *err)
{
    struct text words = {0};
    bool ok = text_append_c(text, ".TP\n", err);
    if (spec->letter != 0)
        ok = ok && text_format(text, err, "\\fB\\-%c\\fR, ", spec->letter);
    ok = ok && text_append_c(text, "\\fB\\-\\-", err) && put(text, spec->name, err) &&
         text_append_c(text, "\\fR", err);
    if (spec->argument != NULL)
        ok = ok && text_append_c(text, " \\fI", err) && put(text, spec->argument, err) &&
             text_append_c(text, "\\fR", err);
    ok = ok && text_append_c(text, "\n", err) && help_option_words(&words, spec, err) &&
         put(text, text_c(&words), err) && text_append_c(text, "\n", err);
    text_free(&words);
    return ok;
}

static bool put_options(struct text *text, const struct command *command, struct err *err)
{
    if (!put_section(text, "OPTIONS", err))
        return false;
    for (size_t i = 0; i < options_n_specs(command); i++)
        if (!put_option(text, options_spec(command, i), err))
            return false;
    return true;
}

static bool put_paragraphs(struct text *text, const char *title, const char *words, struct err *err)
{
    if (words == NULL || words[0] == '\0')
        return true;
    if (!put_section(text, title, err))
        return false;
    struct str left = str_of(words);
    while (left.length > 0) {
        size_t length = 0;
        while (length < left.length && left.at[length] != '\n')
            length++;
        const bool blank = length == 0;
        if (!(blank ? text_append_c(text, ".PP", err)
                    : put_escaped(text, (struct str){left.at, length}, err)) ||
            !text_append_c(text, "\n", err))
            return false;
        const size_t step = length < left.length ? length + 1 : length;
        left = (struct str){left.at + step, left.length - step};
    }
    return true;
}

bool man_command(struct text *text, const struct command *command, struct err *err)
{
    bool ok = text_format(text, err, ".TH TURNCURVE\\-%s 1 \"\" \"turncurve %s\" \"turncurve\"\n",
                          command->name, HELP_VERSION);
    ok = ok && put_section(text, "NAME", err) &&
         text_format(text, err, "turncurve\\-%s \\- ", command->name) && put(text, command->one_line, err) &&
         text_append_c(text, "\n", err);
    ok = ok && put_section(text, "SYNOPSIS", err) &&
         text_format(text, err,
                     "\\fBturncurve\\fR [\\fB\\-d\\fR \\fIFILE\\fR] \\fB%s\\fR [\\fIOPTION\\fR...] ",
                     command->name) &&
         put(text, command->arguments == NULL ? "" : command->arguments, err) &&
         text_append_c(text, "\n", err);
    return ok && put_paragraphs(text, "DESCRIPTION", command->about, err) &&
           put_options(text, command, err) && put_lines(text, "EXAMPLES", command->examples, err) &&
           put_lines(text, "FILES", command->files, err) &&
           put_lines(text, "EXIT STATUS", help_exit_codes(), err) && put_section(text, "SEE ALSO", err) &&
           text_append_c(text, "\\fBturncurve\\fR(1)\n", err);
}

bool man_program(struct text *text, const struct command *program, struct err *err)
{
    bool ok =
        text_format(text, err, ".TH TURNCURVE 1 \"\" \"turncurve %s\" \"turncurve\"\n", HELP_VERSION) &&
        put_section(text, "NAME", err) &&
        text_append_c(text, "turncurve \\- forecasts of looked\\-after children and their costs\n", err) &&
        put_section(text, "SYNOPSIS", err) &&
        text_append_c(text,
                      "\\fBturncurve\\fR [\\fB\\-d\\fR \\fIFILE\\fR] \\fICOMMAND\\fR [\\fIOPTION\\fR...] "
                      "[\\fIARGUMENT\\fR...]\n",
                      err) &&
        put_section(text, "COMMANDS", err);
    for (size_t i = 0; ok && i < n_commands; i++)
        ok = text_format(text, err, ".TP\n\\fBturncurve\\-%s\\fR(1)\n", commands[i]->name) &&
             put(text, commands[i]->one_line, err) && text_append_c(text, "\n", err);
    return ok && put_options(text, program, err) && put_lines(text, "EXIT STATUS", help_exit_codes(), err);
}
