/* SPDX-License-Identifier: GPL-3.0-or-later
 * What forecast and backtest choose alike. */
#include "app/run_choice.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

static const double nano = 1e-9;

bool run_choice_model(const struct app *app, const char *name, const struct model **out, struct err *err)
{
    struct text known = {0};
    struct err ignored = {0};
    for (size_t i = 0; app->models[i] != NULL; i++) {
        if (strcmp(app->models[i]->name, name) == 0) {
            *out = app->models[i];
            text_free(&known);
            return true;
        }
        (void)text_format(&known, &ignored, "%s%s", i == 0 ? "" : ", ", app->models[i]->name);
    }
    err_set(err, ERR_USAGE, "there is no model %s; there are %s", name, text_c(&known));
    text_free(&known);
    return false;
}

bool run_choice_default(const struct app *app, bool from_returns, struct panel_source *panel,
                        struct store *store, const struct model **out, struct err *err)
{
    size_t n = 0;
    if (from_returns)
        return run_choice_model(app, "carepath", out, err);
    return panel_source_count(panel, store, &n, err) &&
           run_choice_model(app, n >= PANEL_SOURCE_ENOUGH ? "panel" : "last_value", out, err);
}

int32_t run_choice_threads(const struct options *options)
{
    const int64_t given = options_integer(options, "threads");
    const long online = given > 0 ? (long)given : sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (int32_t)online;
}

double run_choice_seconds(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + nano * (double)now.tv_nsec : 0.0;
}
