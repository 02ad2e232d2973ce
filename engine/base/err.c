/* SPDX-License-Identifier: GPL-3.0-or-later
 * An error is a value of fixed size, so that reporting one never needs memory. Messages that do not fit are
 * cut. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void err_fill(struct err *err, enum err_code code, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
static void err_fill(struct err *err, enum err_code code, const char *format, va_list arguments)
{
    err->code = code;
    err->line = 0;
    err->column = 0;
    err->file[0] = '\0';
    if (vsnprintf(err->message, sizeof err->message, format, arguments) < 0)
        err->message[0] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    err_fill(err, code, format, arguments);
    va_end(arguments);
    return false;
}

bool err_set_at(struct err *err, enum err_code code, const char *file, int32_t line, int32_t column,
                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    err_fill(err, code, format, arguments);
    va_end(arguments);
    const int length = snprintf(err->file, sizeof err->file, "%s", file);
    if (length < 0)
        err->file[0] = '\0';
    err->line = line;
    err->column = column;
    return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
    char prefix[sizeof err->message];
    char whole[2 * sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(prefix, sizeof prefix, format, arguments);
    va_end(arguments);
    if (length < 0)
        return false;
    const int total = snprintf(whole, sizeof whole, "%s: %s", prefix, err->message);
    if (total < 0)
        return false;
    const size_t keep = (size_t)total < sizeof err->message ? (size_t)total : sizeof err->message - 1;
    memcpy(err->message, whole, keep);
    err->message[keep] = '\0';
    return false;
}

bool err_no_memory(struct err *err)
{
    return err_set(err, ERR_MEMORY, "out of memory; close other programs or use a smaller input");
}

int err_exit_code(enum err_code code)
{
    switch (code) {
    case ERR_NONE:
        return 0;
    case ERR_USAGE:
        return 64;
    case ERR_DATA:
        return 65;
    case ERR_NO_INPUT:
        return 66;
    case ERR_INTERNAL:
    case ERR_MEMORY:
    case ERR_COUNT:
        return 70;
    case ERR_IO:
        return 74;
    case ERR_INTERRUPTED:
        return 130;
    }
    return 70;
}

void err_bug(const char *condition, const char *file, int line)
{
    fprintf(stderr, "turncurve: internal error at %s:%d (%s); please report it with the command you ran\n",
            file, line, condition);
    _Exit(70);
}
