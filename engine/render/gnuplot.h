/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/gnuplot.h: running gnuplot safely: no shell, no environment, limits on time and size.
 *
 * Ownership: jobs are borrowed for the call. */
#ifndef TURNCURVE_RENDER_GNUPLOT_H
#define TURNCURVE_RENDER_GNUPLOT_H

#include "base/err.h"
#include "base/log.h"

struct gnuplot_job {
    const char *folder;       /* working folder: script, data and output lie in it; private to the job */
    const char *script;       /* file name in the folder */
    const char *arguments[4]; /* ARG1.., NULL-terminated */
    const char *errors;       /* file in the folder for what it says on stderr, the job's own */
    const char *what;         /* for messages: the chart's name */
};

/* Finds the program in PATH (/usr/bin:/usr/local/bin when PATH is not set). False when there is none. */
bool gnuplot_find(char *path, size_t size);

/* Runs jobs, `processes` at a time, each `gnuplot -d -c SCRIPT ARGUMENTS` in its folder with an empty
 * environment but LC_ALL=C.UTF-8 and TZ=UTC, standard input from /dev/null, at most 20 s of time and 64 MB of
 * output, messages in the job's errors file. Fails with ERR_IO when one does not end well or says anything
 * at all on stderr (gnuplot leaves with 0 after some warnings), ERR_INTERRUPTED when the person asked to
 * stop; no process is left behind. */
bool gnuplot_run(const char *path, const struct gnuplot_job jobs[], size_t n_jobs, int32_t processes,
                 const struct log *log, struct err *err);

#endif
