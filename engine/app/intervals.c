/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cases are stored raw and learned from anew each time, so that a forecast from an earlier day uses only what
 * was known by then. */
#include "app/intervals.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/help.h"
#include "store/backtest_cases.h"

/* All that the cases of a model depend on besides files: this program, its parameters, what is counted. */
static bool digest_of(struct store *store, int32_t la, const struct model *model, const struct params *params,
                      bool short_breaks, char digest[DIGEST_TEXT], struct err *err)
{
    struct text settings = {0};
    bool ok = text_format(&settings, err, "turncurve %s\nmodel %s\nshort_breaks %d\n", HELP_VERSION,
                          model->name, short_breaks ? 1 : 0);
    for (size_t i = 0; ok && i < model->n_params; i++)
        ok = text_format(&settings, err, "%s %.17g\n", model->params[i].name,
                         params_get(params, model->params[i].name));
    ok = ok && backtest_cases_digest(store, la, (struct str){settings.at, settings.length}, digest, err);
    text_free(&settings);
    return ok;
}

bool intervals_find(struct store *store, int32_t la, const struct model *model, const struct params *params,
                    bool short_breaks, bool raw, day known_by, struct intervals *out, struct err *err)
{
    struct calibration_case *cases = NULL;
    size_t n = 0;
    bool stale = false;
    *out = (struct intervals){.source = INTERVALS_RAW};
    if (raw || model->calibration == NULL)
        return true;
    if (!intervals_cases(store, la, model, params, short_breaks, &cases, &n, &stale, err))
        return false;
    out->calibration = *model->calibration;
    if (n > 0)
        calibration_learn(model->calibration, cases, n, known_by, &out->calibration);
    free(cases);
    out->source = stale                          ? INTERVALS_STALE
                  : out->calibration.origins > 0 ? INTERVALS_LEARNED
                                                 : INTERVALS_BUILT_IN;
    return true;
}

bool intervals_cases(struct store *store, int32_t la, const struct model *model, const struct params *params,
                     bool short_breaks, struct calibration_case **out, size_t *n, bool *stale,
                     struct err *err)
{
    char digest[DIGEST_TEXT];
    return digest_of(store, la, model, params, short_breaks, digest, err) &&
           backtest_cases_load(store, la, model->name, digest, out, n, stale, err);
}

bool intervals_keep(struct store *store, int32_t la, const struct model *model, bool short_breaks,
                    const struct calibration_case cases[], size_t n, struct err *err)
{
    char digest[DIGEST_TEXT];
    struct params params = {0};
    if (model->calibration == NULL)
        return true;
    const bool ok = params_init(&params, model->params, model->n_params, err) &&
                    digest_of(store, la, model, &params, short_breaks, digest, err) &&
                    backtest_cases_put(store, la, model->name, digest, cases, n, err);
    params_free(&params);
    return ok;
}

void intervals_say(const struct intervals *intervals, char out[INTERVALS_WORDS])
{
    const int n = (int)intervals->calibration.origins;
    switch (intervals->source) {
    case INTERVALS_RAW:
        snprintf(out, INTERVALS_WORDS, "Intervals: the model's own, neither pooled nor scaled.");
        break;
    case INTERVALS_BUILT_IN:
        snprintf(
            out, INTERVALS_WORDS,
            "Intervals: pooled with the last value and scaled by the built-in prior; \"turncurve backtest\" "
            "would add what earlier forecasts of this authority teach.");
        break;
    case INTERVALS_STALE:
        snprintf(out, INTERVALS_WORDS,
                 "Intervals: pooled with the last value and scaled by the built-in prior, because files, "
                 "parameters or the program have changed since the last backtest; run \"turncurve backtest\" "
                 "again.");
        break;
    case INTERVALS_LEARNED:
        snprintf(out, INTERVALS_WORDS,
                 "Intervals: pooled with the last value and scaled by what %d earlier forecast%s of this "
                 "authority taught, beside the built-in prior.",
                 n, n == 1 ? "" : "s");
        break;
    }
}

void intervals_table_init(struct table *table)
{
    static const struct table_column columns[] = {{"authority", 0}, {"source", 0},       {"own_origins", 0},
                                                  {"months", 0},    {"model_weight", 4}, {"scale_50", 4},
                                                  {"scale_80", 4},  {"scale_95", 4}};
    table_init(table, "intervals", columns, sizeof columns / sizeof columns[0]);
}

bool intervals_table_add(struct table *table, const char *authority, const struct intervals *intervals,
                         struct err *err)
{
    static const char *const sources[] = {
        [INTERVALS_RAW] = "raw",
        [INTERVALS_BUILT_IN] = "built-in prior",
        [INTERVALS_STALE] = "built-in prior; the stored backtest is out of date",
        [INTERVALS_LEARNED] = "own earlier forecasts and the built-in prior",
    };
    enum { MONTHS = 3, WEIGHT, FIRST_SCALE };
    const struct calibration *calibration = &intervals->calibration;
    const size_t n = intervals->source == INTERVALS_RAW ? 1 : calibration->n;
    for (size_t i = 0; i < n; i++) {
        const struct calibration_horizon *at = &calibration->at[i];
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], authority, err) ||
            !table_set_text(table, &row[1], sources[intervals->source], err))
            return false;
        if (intervals->source == INTERVALS_RAW)
            continue;
        table_set_integer(&row[2], calibration->origins);
        table_set_integer(&row[MONTHS], at->months);
        table_set_real(&row[WEIGHT], at->weight);
        for (int c = 0; c < CONFORMAL_COVERAGES; c++)
            table_set_real(&row[FIRST_SCALE + c], at->scales[c]);
    }
    return true;
}
