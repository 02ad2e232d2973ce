/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/shared_options.h: options that mean the same in several commands, for their tables.
 *
 * Ownership: constants. The heading of an option, and words or a default that are a command's own, are
 * arguments. */
#ifndef TURNCURVE_APP_SHARED_OPTIONS_H
#define TURNCURVE_APP_SHARED_OPTIONS_H

#include "app/command.h"

/* clang-format off */
#define OPTION_SCENARIO(heading) \
    {.name = "scenario", .argument = "NAME|FILE", .type = OPTION_TEXT, .repeatable = true, \
     .words = "a scenario by name or file; baseline when none is given", .group = (heading)}
#define OPTION_SCENARIOS(heading) \
    {.name = "scenarios", .argument = "DIR", .type = OPTION_PATH, \
     .words = "folder whose scenarios come before the built-in ones", .group = (heading)}
#define OPTION_MODEL(heading) \
    {.name = "model", .argument = "NAME", .type = OPTION_TEXT, \
     .words = "as in forecast: carepath when returns are stored, else panel or last_value", .group = (heading)}
#define OPTION_FROM(heading) \
    {.name = "from", .argument = "DATE", .type = OPTION_DATE, \
     .words = "last day known, a month's end; the end of the data when not given", .group = (heading)}
#define OPTION_SHORT_BREAKS(heading) \
    {.name = "short-breaks", .type = OPTION_FLAG, .words = "count series of short breaks (V3, V4) too", \
     .group = (heading)}
#define OPTION_RUNS(number, least, meaning, heading) \
    {.name = "runs", .argument = "N", .type = OPTION_INTEGER, .fallback = (number), .low = (least), \
     .high = 1000000, .words = (meaning), .group = (heading)}
#define OPTION_SEED(meaning, heading) \
    {.name = "seed", .argument = "N", .type = OPTION_INTEGER, .fallback = "1", .low = 0, .high = 1e15, \
     .words = (meaning), .group = (heading)}
#define OPTION_THREADS(heading) \
    {.name = "threads", .argument = "N", .type = OPTION_INTEGER, .fallback = "0", .low = 0, .high = 1024, \
     .words = "processors to use; 0: all. Results do not depend on it", .group = (heading)}
#define OPTION_RAW(meaning, heading) \
    {.name = "raw", .type = OPTION_FLAG, .words = (meaning), .group = (heading)}
#define OPTION_REPORTS(heading) \
    {.name = "reports", .argument = "DIR", .type = OPTION_PATH, \
     .words = "folder whose templates and chart scripts come before the built-in ones", .group = (heading)}
/* Disclosure control (app/publish.h); the four belong together. */
#define OPTIONS_PUBLISH \
    {.name = "publish", .type = OPTION_FLAG, \
     .words = "make results that may be published: small numbers and what gives them away are hidden", \
     .group = "Publishing"}, \
    {.name = "largest-hidden", .argument = "K", .type = OPTION_INTEGER, .fallback = "5", .low = 1, .high = 30, \
     .words = "with --publish: numbers of children from 1 to K are hidden", .group = "Publishing"}, \
    {.name = "hide-zero", .type = OPTION_FLAG, .words = "with --publish: hide zeros, too", \
     .group = "Publishing"}, \
    {.name = "dominance", .type = OPTION_FLAG, \
     .words = "with --publish: hide all parts where one of them holds everyone", .group = "Publishing"}
/* clang-format on */

#endif
