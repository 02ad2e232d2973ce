/* SPDX-License-Identifier: GPL-3.0-or-later
 * The accessors of command.h. Values were checked when they were read and defaults by a test of every table,
 * so what fails here is a mistake of ours. */
#include <string.h>

#include "app/options.h"
#include "base/parse.h"

static const struct option_spec *known_spec(const struct options *options, const char *name)
{
    const struct option_spec *spec = options_find(options->command, name);
    bug_if(spec == NULL);
    return spec;
}

size_t options_count(const struct options *options, const char *name)
{
    const struct option_spec *spec = known_spec(options, name);
    size_t n = 0;
    for (size_t i = 0; i < options->n_given; i++)
        n += options->given[i].spec == spec;
    return n;
}

bool options_has(const struct options *options, const char *name)
{
    return options_count(options, name) > 0;
}

const char *options_text_at(const struct options *options, const char *name, size_t i)
{
    const struct option_spec *spec = known_spec(options, name);
    size_t left = i;
    for (size_t k = 0; k < options->n_given; k++)
        if (options->given[k].spec == spec && left-- == 0)
            return options->given[k].text;
    return NULL;
}

const char *options_text(const struct options *options, const char *name)
{
    const size_t n = options_count(options, name);
    return n > 0 ? options_text_at(options, name, n - 1) : known_spec(options, name)->fallback;
}

int64_t options_integer(const struct options *options, const char *name)
{
    const char *text = options_text(options, name);
    int64_t value = 0;
    bug_if(text != NULL && !parse_int64(str_of(text), &value));
    return value;
}

double options_real(const struct options *options, const char *name)
{
    const char *text = options_text(options, name);
    double value = 0;
    bug_if(text != NULL && !parse_double(str_of(text), &value));
    return value;
}

day options_date(const struct options *options, const char *name)
{
    const char *text = options_text(options, name);
    day date = DAY_NONE;
    bug_if(text != NULL && !date_parse_iso(str_of(text), &date));
    return date;
}

size_t options_n_arguments(const struct options *options)
{
    return options->n_arguments;
}

const char *options_argument(const struct options *options, size_t i)
{
    bug_if(i >= options->n_arguments);
    return options->arguments[i];
}

const char *options_out(const struct options *options)
{
    const char *out = options_text(options, "out");
    return out != NULL ? out : options->out;
}
