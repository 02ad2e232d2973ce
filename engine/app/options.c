/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of a command becomes getopt_long's table; each value is checked as soon as it is seen, so that
 * the accessors cannot fail. getopt_long only cuts the words: a code above LONG_CODE is the index of an
 * option. */
#include "app/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "app/suggest.h"
#include "base/parse.h"
#include "base/str.h"
#include "base/vec.h"

/* Codes above every letter. ARGUMENT_CODE is what getopt_long returns for a word that is no option when the
 * list of letters starts with "-". */
enum { LONG_CODE = 256, ARGUMENT_CODE = 1, LETTERS_LONGEST = 256 };

const struct option_spec options_common[] = {
    {.name = "database",
     .letter = 'd',
     .argument = "FILE",
     .type = OPTION_PATH,
     .fallback = "turncurve.db",
     .words = "the database"},
    {.name = "la",
     .argument = "NAME|CODE|all",
     .type = OPTION_TEXT,
     .words = "the authority, needed only when several are stored"},
    {.name = "out",
     .argument = "DIR",
     .type = OPTION_PATH,
     .words = "folder for the results (default out/COMMAND)"},
    {.name = "json", .type = OPTION_FLAG, .words = "tables on the screen as JSON"},
    {.name = "quiet", .letter = 'q', .type = OPTION_FLAG, .words = "no messages but warnings and errors"},
    {.name = "help", .letter = 'h', .type = OPTION_FLAG, .words = "this text"},
};
const size_t n_options_common = sizeof options_common / sizeof options_common[0];

static const struct option_spec *own_spec(const struct command *command, const char *name)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (strcmp(command->options[i].name, name) == 0)
            return &command->options[i];
    return NULL;
}

size_t options_n_specs(const struct command *command)
{
    size_t n = command->n_options;
    for (size_t i = 0; i < n_options_common; i++)
        if (own_spec(command, options_common[i].name) == NULL)
            n++;
    return n;
}

const struct option_spec *options_spec(const struct command *command, size_t i)
{
    if (i < command->n_options)
        return &command->options[i];
    size_t left = i - command->n_options;
    for (size_t k = 0; k < n_options_common; k++)
        if (own_spec(command, options_common[k].name) == NULL && left-- == 0)
            return &options_common[k];
    return NULL;
}

const struct option_spec *options_find(const struct command *command, const char *name)
{
    const struct option_spec *own = own_spec(command, name);
    if (own != NULL)
        return own;
    for (size_t i = 0; i < n_options_common; i++)
        if (strcmp(options_common[i].name, name) == 0)
            return &options_common[i];
    return NULL;
}

static bool check_number(const struct option_spec *spec, const char *text, bool whole, struct err *err)
{
    int64_t integer = 0;
    double value = 0;
    const bool has_range = spec->low < spec->high;
    const bool parsed = whole ? parse_int64(str_of(text), &integer) : parse_double(str_of(text), &value);
    if (whole)
        value = (double)integer;
    if (parsed && (!has_range || (value >= spec->low && value <= spec->high)))
        return true;
    const char *kind = whole ? "a whole number" : "a number";
    if (has_range)
        return err_set(err, ERR_USAGE, "--%s takes %s from %.15g to %.15g, not \"%s\"", spec->name, kind,
                       spec->low, spec->high, text);
    return err_set(err, ERR_USAGE, "--%s takes %s, not \"%s\"", spec->name, kind, text);
}

bool options_check_value(const struct option_spec *spec, const char *text, struct err *err)
{
    day date = DAY_NONE;
    switch (spec->type) {
    case OPTION_INTEGER:
        return check_number(spec, text, true, err);
    case OPTION_REAL:
        return check_number(spec, text, false, err);
    case OPTION_DATE:
        if (date_parse_iso(str_of(text), &date))
            return true;
        return err_set(err, ERR_USAGE, "--%s takes a date such as 2022-03-31, not \"%s\"", spec->name, text);
    case OPTION_PATH:
    case OPTION_TEXT:
        if (text[0] != '\0')
            return true;
        return err_set(err, ERR_USAGE, "--%s needs %s, not an empty text", spec->name, spec->argument);
    case OPTION_FLAG:
        return true;
    }
    return true;
}

/* getopt_long's two tables for a command; longs has room for all options and the closing zero. */
static void make_tables(const struct command *command, struct option longs[], char letters[LETTERS_LONGEST],
                        bool first_only)
{
    const size_t n = options_n_specs(command);
    size_t at = 0;
    letters[at++] = first_only ? '+' : '-';
    letters[at++] = ':';
    for (size_t i = 0; i < n; i++) {
        const struct option_spec *spec = options_spec(command, i);
        const bool is_flag = spec->type == OPTION_FLAG;
        longs[i] = (struct option){.name = spec->name,
                                   .has_arg = is_flag ? no_argument : required_argument,
                                   .val = LONG_CODE + (int)i};
        if (spec->letter != 0) {
            bug_if(at + 3 > LETTERS_LONGEST);
            letters[at++] = spec->letter;
            if (!is_flag)
                letters[at++] = ':';
        }
    }
    letters[at] = '\0';
}

static const struct option_spec *spec_of_code(const struct command *command, int code)
{
    if (code >= LONG_CODE)
        return options_spec(command, (size_t)(code - LONG_CODE));
    for (size_t i = 0; i < options_n_specs(command); i++)
        if (options_spec(command, i)->letter == code)
            return options_spec(command, i);
    return NULL;
}

/* The name of a long option as typed, without dashes and value. */
static void copy_typed_name(const char *word, char *name, size_t size)
{
    while (*word == '-')
        word++;
    str_copy((struct str){word, strcspn(word, "=")}, name, size);
}

static bool fail_unknown(const struct command *command, const char *word, int letter, struct err *err)
{
    const char *where = command->name[0] == '\0' ? "" : command->name;
    const char *gap = where[0] == '\0' ? "" : " ";
    if (letter >= LONG_CODE)
        return err_set(err, ERR_USAGE, "--%s takes no value", spec_of_code(command, letter)->name);
    if (letter != 0)
        return err_set(err, ERR_USAGE, "unknown option -%c; see turncurve%s%s --help", letter, gap, where);
    char name[64];
    copy_typed_name(word, name, sizeof name);
    const char *names[LETTERS_LONGEST];
    const size_t n = options_n_specs(command);
    for (size_t i = 0; i < n; i++)
        names[i] = options_spec(command, i)->name;
    const char *nearest = suggest_nearest(name, names, n);
    if (nearest != NULL)
        return err_set(err, ERR_USAGE, "unknown option --%s; did you mean --%s?", name, nearest);
    return err_set(err, ERR_USAGE, "unknown option --%s; see turncurve%s%s --help", name, gap, where);
}

static bool add_given(struct options *options, const struct option_spec *spec, const char *text,
                      struct err *err)
{
    if (spec->type != OPTION_FLAG && !options_check_value(spec, text, err))
        return false;
    if (!vec_reserve((void **)&options->given, &options->given_capacity, options->n_given + 1,
                     sizeof *options->given, err))
        return false;
    options->given[options->n_given++] =
        (struct option_given){.spec = spec, .text = spec->type == OPTION_FLAG ? NULL : text};
    return true;
}

static bool add_argument(struct options *options, const char *text, struct err *err)
{
    /* The array holds pointers to text that is not written through; vec_reserve wants void **. */
    void *items = options->arguments;
    const bool ok = vec_reserve(&items, &options->arguments_capacity, options->n_arguments + 1,
                                sizeof *options->arguments, err);
    options->arguments = items;
    if (ok)
        options->arguments[options->n_arguments++] = text;
    return ok;
}

static bool take_code(struct options *options, int code, char **argv, struct err *err)
{
    const struct command *command = options->command;
    if (code == ARGUMENT_CODE)
        return add_argument(options, optarg, err);
    if (code == '?')
        return fail_unknown(command, argv[optind - 1], optopt, err);
    if (code == ':') {
        const struct option_spec *spec = spec_of_code(command, optopt);
        return err_set(err, ERR_USAGE, "--%s needs %s", spec->name, spec->argument);
    }
    return add_given(options, spec_of_code(command, code), optarg, err);
}

bool options_read(struct options *options, const struct command *command, int argc, char **argv,
                  bool first_only, int *next, struct err *err)
{
    const size_t n = options_n_specs(command);
    bug_if(n >= LETTERS_LONGEST);
    struct option longs[LETTERS_LONGEST] = {{0}};
    char letters[LETTERS_LONGEST];
    make_tables(command, longs, letters, first_only);
    options->command = command;
    opterr = 0;
    optind = 0; /* glibc: start afresh */
    int code = 0;
    while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1)
        if (!take_code(options, code, argv, err))
            return false;
    if (next != NULL)
        *next = optind;
    for (int i = optind; i < argc && !first_only; i++)
        if (!add_argument(options, argv[i], err))
            return false;
    struct text out = {0};
    const bool ok = text_format(&out, err, "out/%s", command->name);
    bug_if(ok && !str_copy(str_of(text_c(&out)), options->out, sizeof options->out));
    text_free(&out);
    return ok;
}

bool options_check_arguments(const struct options *options, struct err *err)
{
    const struct command *command = options->command;
    if (options->n_arguments < command->least_arguments)
        return err_set(err, ERR_USAGE, "%s needs %s; see turncurve %s --help", command->name,
                       command->arguments, command->name);
    if (options->n_arguments > command->most_arguments)
        return err_set(err, ERR_USAGE, "%s does not take \"%s\"; see turncurve %s --help", command->name,
                       options->arguments[command->most_arguments], command->name);
    return true;
}

void options_free(struct options *options)
{
    free(options->given);
    free(options->arguments);
    *options = (struct options){0};
}
