/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/err.h: errors as values that know their place.
 *
 * Ownership: nothing is allocated; a struct err is a plain value that the caller keeps.
 *
 * A function that can fail takes a struct err last, is never given NULL for it, and returns false after
 * filling it exactly once, at the lowest place that knows what is wrong. Callers add context with err_prefix
 * or pass it on; only app prints. Bad data is not an error: it becomes a finding (data/findings.h). */
#ifndef TURNCURVE_BASE_ERR_H
#define TURNCURVE_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* What kind of failure; app maps it to the exit code. */
enum err_code {
    ERR_NONE,
    ERR_USAGE,       /* 64: the command line or a scenario is wrong */
    ERR_DATA,        /* 65: the data cannot be used */
    ERR_NO_INPUT,    /* 66: a file or table that is needed is not there */
    ERR_INTERNAL,    /* 70: our mistake */
    ERR_IO,          /* 74: the operating system refused a read or write */
    ERR_MEMORY,      /* 70: out of memory */
    ERR_INTERRUPTED, /* 130: SIGINT or SIGTERM */
    ERR_COUNT
};

struct err {
    enum err_code code;
    int32_t line, column; /* 1-based, 0 when unknown */
    char file[256];       /* as the user wrote it; never a child's identifier */
    char message[512];    /* a sentence: what is wrong, then what to do */
};

/* Fills err with a code and a printf-style message. Always returns false, so that `return err_set(...)` reads
 * well. */
bool err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with the place in a file: line and column count from 1, 0 is unknown. */
bool err_set_at(struct err *err, enum err_code code, const char *file, int32_t line, int32_t column,
                const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Puts context before the message on the way up: "PREFIX: message". Always returns false. */
bool err_prefix(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Fills err with ERR_MEMORY. Always returns false. */
bool err_no_memory(struct err *err);

/* The exit code (sysexits) of a kind of failure: ERR_NONE is 0. */
int err_exit_code(enum err_code code);

/* Stops the program, exit 70, when a cheap truth that guards data or money does not hold. Always on. */
#define bug_if(condition) ((condition) ? err_bug(#condition, __FILE__, __LINE__) : (void)0)
void err_bug(const char *condition, const char *file, int line) __attribute__((noreturn));

#endif
