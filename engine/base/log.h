/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/log.h: messages and progress for people, on stderr.
 *
 * Ownership: the log borrows its stream. No message ever names a child. */
#ifndef TURNCURVE_BASE_LOG_H
#define TURNCURVE_BASE_LOG_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct log {
    FILE *stream;
    bool quiet;       /* no messages but errors and warnings, no progress */
    bool is_terminal; /* progress lines may be rewritten */
    /* progress */
    int64_t started_ms, shown_ms;
    bool line_open;
    const volatile sig_atomic_t *stop; /* set by app when the person asked to stop; NULL: never */
};

/* A log on a stream; looks once whether it is a terminal. */
void log_init(struct log *log, FILE *stream, bool quiet);
/* A line for people: "turncurve: ...". Nothing when quiet. */
void log_info(struct log *log, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line that is shown even when quiet: "turncurve: warning: ...". */
void log_warning(struct log *log, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Starts timing a long job. */
void log_progress_start(struct log *log);
/* Shows what is being done, the share done and the time left: on a terminal at most 5 times a second and only
 * after the first second; elsewhere one line per 30 seconds. done and total in any unit; total 0 is unknown.
 */
void log_progress(struct log *log, const char *what, int64_t done, int64_t total);
/* True when the person asked to stop (Ctrl-C). Long loops ask between steps and return ERR_INTERRUPTED. */
bool log_is_stopped(const struct log *log);
/* Erases the progress line. */
void log_progress_end(struct log *log);

#endif
