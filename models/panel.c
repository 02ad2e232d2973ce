/* SPDX-License-Identifier: GPL-3.0-or-later
 * The descriptor. The pooled part is worked out anew for each authority: it takes about a millisecond, where
 * a forecast of 2,000 replicates takes tens. */
#include "models/panel.h"

#include <stdlib.h>

#include "base/vec.h"
#include "models/models.h"
#include "models/panel_path.h"

static const struct param_spec panel_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/panel.def"
#undef MODEL_PARAM
};

static const struct result_series panel_series_list[] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},
    {MEASURE_EXITS, {GROUP_ALL, 0}},
};

/* The last year that has ended by the origin. */
static int32_t last_year(day origin)
{
    const int32_t year = date_financial_year(origin);
    return origin < date_year_end(year) ? year - 1 : year;
}

static bool panel_fit(const struct model_input *input, const struct params *params, void **fitted,
                      struct err *err)
{
    int32_t last = 0;
    if (!panel_last_known(input, &last, err))
        return false;
    const struct panel_settings settings = panel_settings_of(params);
    struct yearly own = *input->yearly; /* borrows: nothing stored but this authority is a panel of one */
    const struct panel alone = {.authorities = &own, .n = 1};
    const struct panel *panel = input->panel != NULL ? input->panel : &alone;
    struct panel_pool pool = {0};
    struct panel_path *path = vec_new(1, sizeof *path, err);
    const bool ok = path != NULL &&
                    panel_pool_make(panel, own.first_year, last_year(input->origin), &settings, &pool, err) &&
                    panel_path_make(input, last, &pool, &settings, path, err);
    panel_pool_free(&pool);
    if (ok)
        *fitted = path;
    else
        free(path);
    return ok;
}

static void panel_series(const void *fitted, const struct result_series **series, size_t *n_series)
{
    (void)fitted;
    *series = panel_series_list;
    *n_series = sizeof panel_series_list / sizeof panel_series_list[0];
}

static bool panel_prepare(const void *fitted, const struct scenario *scenario, void **prepared,
                          struct err *err)
{
    (void)fitted;
    (void)scenario;
    (void)err;
    *prepared = NULL; /* no lever reaches the total */
    return true;
}

static bool panel_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                           struct err *err)
{
    (void)prepared;
    (void)err;
    panel_path_walk(fitted, replicate, tally);
    return true;
}

static void panel_free_prepared(void *prepared)
{
    (void)prepared;
}

static void panel_free_fitted(void *fitted)
{
    panel_path_free(fitted);
    free(fitted);
}

const struct model model_panel = {
    .name = "panel",
    .title = "Pooled authorities",
    .about =
        "Numbers go on growing at England's pace of last year and by as much of the authority's own extra "
        "growth as is more than chance; both fade from year to year. The range is as wide as such "
        "forecasts missed by in all stored authorities before, wider for small ones. Works from "
        "published yearly totals alone.",
    .sources =
        "Gardner and McKenzie 1985, Management Science 31:1237 (damped trend); Durbin and Koopman 2012, "
        "chapter 2 (filter); Lei and others 2018, JASA 113:1094 (scaled range); stocks of England "
        "1994-2010 and of 145 authorities 2010-22, Department for Education",
    .params = panel_params,
    .n_params = sizeof panel_params / sizeof panel_params[0],
    .needs = MODEL_TAKES_YEARLY | MODEL_NEEDS_PANEL,
    .fit = panel_fit,
    .series = panel_series,
    .prepare = panel_prepare,
    .simulate = panel_simulate,
    .free_prepared = panel_free_prepared,
    .free_fitted = panel_free_fitted,
};
