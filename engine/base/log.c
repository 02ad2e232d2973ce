/* SPDX-License-Identifier: GPL-3.0-or-later
 * Progress is timed by a monotonic clock; the clock never reaches an output file. */
#include "base/log.h"

#include <stdarg.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"

enum { MS_PER_SECOND = 1000, TERMINAL_EVERY_MS = 200, FILE_EVERY_MS = 30000 };

static int64_t now_ms(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

void log_init(struct log *log, FILE *stream, bool quiet)
{
    *log = (struct log){.stream = stream, .quiet = quiet, .is_terminal = isatty(fileno(stream)) == 1};
}

static void log_line(struct log *log, const char *label, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
static void log_line(struct log *log, const char *label, const char *format, va_list arguments)
{
    log_progress_end(log);
    char line[1024];
    if (vsnprintf(line, sizeof line, format, arguments) < 0)
        return;
    str_make_printable(line);
    fprintf(log->stream, "turncurve: %s%s\n", label, line);
}

void log_info(struct log *log, const char *format, ...)
{
    if (log->quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    log_line(log, "", format, arguments);
    va_end(arguments);
}

void log_warning(struct log *log, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line(log, "warning: ", format, arguments);
    va_end(arguments);
}

void log_progress_start(struct log *log)
{
    log->started_ms = now_ms();
    log->shown_ms = log->started_ms;
}

void log_progress(struct log *log, const char *what, int64_t done, int64_t total)
{
    if (log->quiet)
        return;
    const int64_t now = now_ms();
    const int64_t elapsed = now - log->started_ms;
    const int64_t since = now - log->shown_ms;
    if (log->is_terminal ? elapsed < MS_PER_SECOND || since < TERMINAL_EVERY_MS : since < FILE_EVERY_MS)
        return;
    log->shown_ms = now;
    const char *begin = log->is_terminal ? "\r\033[K" : "turncurve: ";
    const char *end = log->is_terminal ? "" : "\n";
    if (total > 0 && done > 0) {
        const int64_t left = elapsed * (total - done) / done / MS_PER_SECOND;
        fprintf(log->stream, "%s%s: %lld %%, %lld s left%s", begin, what, (long long)(done * 100 / total),
                (long long)left, end);
    } else {
        fprintf(log->stream, "%s%s: %lld%s", begin, what, (long long)done, end);
    }
    fflush(log->stream);
    log->line_open = log->is_terminal;
}

void log_progress_end(struct log *log)
{
    if (log->line_open)
        fputs("\r\033[K", log->stream);
    log->line_open = false;
}

bool log_is_stopped(const struct log *log)
{
    return log->stop != NULL && *log->stop != 0;
}
