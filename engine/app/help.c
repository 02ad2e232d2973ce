/* SPDX-License-Identifier: GPL-3.0-or-later
 * Help is made from the tables that parse the command line, so it cannot name an option that is not there. */
#include "app/help.h"

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <yaml.h>

#include "app/options.h"

enum { LINE_WIDTH = 80, OPTION_INDENT = 28, COMMAND_INDENT = 14 };

static bool put_blanks(struct text *text, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!text_append_c(text, " ", err))
            return false;
    return true;
}

bool help_wrap(struct text *text, const char *words, size_t column, size_t indent, struct err *err)
{
    const char *at = words;
    bool fresh = true; /* no word on this line yet */
    while (*at != '\0') {
        if (*at == '\n') {
            const bool more = at[1] != '\0' && at[1] != '\n';
            if (!text_append_c(text, "\n", err) || (more && !put_blanks(text, indent, err)))
                return false;
            column = indent;
            fresh = true;
            at++;
            continue;
        }
        const size_t length = strcspn(at, " \n");
        if (!fresh && column + 1 + length > LINE_WIDTH) {
            if (!text_append_c(text, "\n", err) || !put_blanks(text, indent, err))
                return false;
            column = indent;
            fresh = true;
        }
        if ((!fresh && !text_append_c(text, " ", err)) || !text_append(text, (struct str){at, length}, err))
            return false;
        column += length + (fresh ? 0 : 1);
        fresh = false;
        at += length;
        while (*at == ' ')
            at++;
    }
    return text_append_c(text, "\n", err);
}

bool help_option_words(struct text *text, const struct option_spec *spec, struct err *err)
{
    if (!text_append_c(text, spec->words, err))
        return false;
    const bool has_range = spec->low < spec->high;
    if (has_range && !text_format(text, err, " (%.15g to %.15g", spec->low, spec->high))
        return false;
    if (spec->fallback != NULL &&
        !text_format(text, err, "%sdefault %s", has_range ? ", " : " (", spec->fallback))
        return false;
    if ((has_range || spec->fallback != NULL) && !text_append_c(text, ")", err))
        return false;
    return !spec->repeatable || text_append_c(text, "; may be repeated", err);
}

static bool put_option(struct text *text, const struct option_spec *spec, struct err *err)
{
    const size_t start = text->length;
    struct text words = {0};
    bool ok = spec->letter != 0 ? text_format(text, err, "  -%c, --%s", spec->letter, spec->name)
                                : text_format(text, err, "      --%s", spec->name);
    ok = ok && (spec->argument == NULL || text_format(text, err, " %s", spec->argument));
    size_t column = text->length - start;
    if (ok && column + 2 > OPTION_INDENT) {
        ok = text_append_c(text, "\n", err);
        column = 0;
    }
    ok = ok && put_blanks(text, OPTION_INDENT - column, err) && help_option_words(&words, spec, err) &&
         help_wrap(text, text_c(&words), OPTION_INDENT, OPTION_INDENT, err);
    text_free(&words);
    return ok;
}

static bool put_options(struct text *text, const struct command *command, struct err *err)
{
    const size_t n = options_n_specs(command);
    const char *heading = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct option_spec *spec = options_spec(command, i);
        const char *group = i >= command->n_options ? "Common options"
                            : spec->group == NULL   ? "Options"
                                                    : spec->group;
        if ((heading == NULL || strcmp(heading, group) != 0) && !text_format(text, err, "\n%s:\n", group))
            return false;
        heading = group;
        if (!put_option(text, spec, err))
            return false;
    }
    return true;
}

/* A titled block of lines, each indented by two. */
static bool put_block(struct text *text, const char *title, const char *lines, struct err *err)
{
    if (lines == NULL || lines[0] == '\0')
        return true;
    if (!text_format(text, err, "\n%s:\n", title))
        return false;
    while (*lines != '\0') {
        const size_t length = strcspn(lines, "\n");
        const char *indent = length > 1 && lines[0] == ' ' && lines[1] == ' ' ? "" : "  ";
        if (!text_format(text, err, "%s%.*s\n", indent, (int)length, lines))
            return false;
        lines += length + (lines[length] == '\n');
    }
    return true;
}

const char *help_exit_codes(void)
{
    return "0    done\n"
           "64   the command line or a scenario is wrong\n"
           "65   the data cannot be used\n"
           "66   a file or table that is needed is not there\n"
           "70   a mistake in the program, or no memory\n"
           "74   reading or writing failed\n"
           "130  interrupted\n";
}

bool help_command(struct text *text, const struct command *command, struct err *err)
{
    const bool has_arguments = command->arguments != NULL && command->arguments[0] != '\0';
    return help_wrap(text, command->one_line, 0, 0, err) &&
           text_format(text, err, "\nUsage: turncurve [-d FILE] %s [OPTION...]%s%s\n", command->name,
                       has_arguments ? " " : "", has_arguments ? command->arguments : "") &&
           (command->about == NULL ||
            (text_append_c(text, "\n", err) && help_wrap(text, command->about, 0, 0, err))) &&
           put_options(text, command, err) && put_block(text, "Examples", command->examples, err) &&
           put_block(text, "Files", command->files, err) &&
           put_block(text, "Exit codes", help_exit_codes(), err);
}

bool help_program(struct text *text, const struct command *program, struct err *err)
{
    if (!text_format(text, err,
                     "%s\n\nUsage: turncurve [-d FILE] COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n",
                     program->one_line))
        return false;
    for (size_t i = 0; i < n_commands; i++)
        if (!text_format(text, err, "  %-*s", COMMAND_INDENT - 2, commands[i]->name) ||
            !help_wrap(text, commands[i]->one_line, COMMAND_INDENT, COMMAND_INDENT, err))
            return false;
    return put_options(text, program, err) &&
           text_append_c(text, "\nturncurve COMMAND --help says more about a command.\n", err);
}

bool help_guide(struct text *text, struct err *err)
{
    return text_append_c(
        text,
        "turncurve says where numbers of looked-after children, their placements and the costs\n"
        "are heading, from the SSDA903 returns that a council already files.\n"
        "\n"
        "To see it work on a made-up authority:\n"
        "  turncurve demo\n"
        "\n"
        "With your own returns (a folder of CSV files, one folder a year):\n"
        "  turncurve import --la \"Your council\" FOLDER\n"
        "  turncurve check\n"
        "  turncurve forecast --scenario best --scenario likely --scenario worst\n"
        "\n"
        "turncurve --help lists the commands, turncurve COMMAND --help explains one.\n",
        err);
}

bool help_version(struct text *text, struct err *err)
{
    int major = 0;
    int minor = 0;
    int patch = 0;
    yaml_get_version(&major, &minor, &patch);
    return text_format(text, err,
                       "turncurve %s\n"
                       "Licence GPL-3.0-or-later: you may change and share it; there is no warranty.\n"
                       "GSL %s, SQLite %s, libyaml %d.%d.%d, Jansson %s, libsodium %s\n",
                       HELP_VERSION, gsl_version, sqlite3_libversion(), major, minor, patch,
                       jansson_version_str(), sodium_version_string());
}
