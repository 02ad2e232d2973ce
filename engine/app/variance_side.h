/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/variance_side.h: one of the two forecasts that variance compares: a folder that forecast wrote, or a
 * day to forecast from with what was known then.
 *
 * Ownership: a side owns what it read; variance_side_free releases it. Options and store are borrowed. */
#ifndef TURNCURVE_APP_VARIANCE_SIDE_H
#define TURNCURVE_APP_VARIANCE_SIDE_H

#include <jansson.h>

#include "app/command.h"
#include "app/panel_source.h"
#include "app/scenario_choice.h"
#include "study/variance.h"

enum { VARIANCE_PATH = 4096 };

struct variance_side {
    const char *text; /* as given */
    bool is_folder;
    day origin;
    int32_t months, runs; /* months: INT32_MAX where any number can be run */
    int64_t seed;
    bool raw, short_breaks;
    const struct model *model;
    const char *version;           /* of the program that made it; NULL: this one */
    char la_name[64];              /* "" not said */
    struct scenario_choice choice; /* the scenarios; the first one's parameters are those of the fit */
    size_t chosen;
    struct price_book prices;
    json_t *manifest; /* of a folder */
};
void variance_side_free(struct variance_side *side);

/* True when a text is a quarter or a day: then *origin is its last day. */
bool variance_side_is_day(const char *text, day *origin);
/* A folder with manifest.json, forecast.csv and cost.csv. ERR_NO_INPUT when it is none, ERR_DATA when its
 * manifest is of another command or of a version before runs could be made again. scenario NULL: the main one
 * (the first likely, else the first that is no baseline, else the first). */
bool variance_side_read(struct variance_side *side, const struct app *app, const char *folder,
                        const char *scenario, const char *la, struct err *err);
/* What was known on a day: the plan as it stood, prices that had begun; model and the rest by the options. */
bool variance_side_of_day(struct variance_side *side, struct app *app, const struct options *options,
                          struct store *store, const struct model *model, const char *text, day origin,
                          struct err *err);
/* The mean of one scenario as the folder's tables have it: children at the end of `by`, cost of the months
 * that end from `from` to `to`. */
bool variance_side_published(const struct variance_side *side, day by, day from, day to,
                             struct variance_state *out, struct err *err);

#endif
