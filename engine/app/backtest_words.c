/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences by rule. With few forecasts they count ("6 of 8"), with many they give shares and limits. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/backtest_results.h"
#include "numeric/interval.h"

enum { RANGE_80 = 1, FEW_OUTCOMES = 30 };
static const double promised_80 = 0.8;
static const double significant = 0.05;
static const double half = 0.5;
static const char reference_name[] = "last_value";

static int percent(double share)
{
    return (int)lround(100 * share);
}

void backtest_say_held(const struct backtest_score *score, int c, char out[BACKTEST_WORDS])
{
    double low = 0;
    double high = 0;
    if (backtest_score_limits(score, c, &low, &high))
        snprintf(out, BACKTEST_WORDS, "%d%%", percent(score->cover[c]));
    else
        snprintf(out, BACKTEST_WORDS, "%zu of %zu", score->held[c], score->n);
}

void backtest_say_held_limits(const struct backtest_score *score, int c, char out[BACKTEST_WORDS])
{
    char held[BACKTEST_WORDS];
    double low = 0;
    double high = 0;
    (void)backtest_score_limits(score, c, &low, &high);
    backtest_say_held(score, c, held);
    snprintf(out, BACKTEST_WORDS, "%.100s (%d to %d%%)", held, percent(low), percent(high));
}

void backtest_say_relative(const struct backtest_score *score, const char *reference,
                           char out[BACKTEST_WORDS])
{
    if (strcmp(score->model, reference) == 0)
        snprintf(out, BACKTEST_WORDS, "1");
    else if (!isfinite(score->crps_vs_reference))
        out[0] = '\0';
    else if (isfinite(score->crps_vs_low))
        snprintf(out, BACKTEST_WORDS, "%.2f (%.2f to %.2f)", score->crps_vs_reference, score->crps_vs_low,
                 score->crps_vs_high);
    else
        snprintf(out, BACKTEST_WORDS, "%.2f, nearer in %zu of %zu", score->crps_vs_reference, score->n_better,
                 score->n_paired);
}

/* ---- ranges ------------------------------------------------------------------------------------------ */

/* The horizon at which the range of 8 in 10 is most clearly too narrow, else most clearly too wide; NULL when
 * it may be right everywhere. */
static const struct backtest_score *worst_range(const struct backtest_results *results, const char *model)
{
    const struct backtest_score *narrow = NULL;
    const struct backtest_score *wide = NULL;
    for (size_t h = 0; h < results->n_horizons; h++) {
        const struct backtest_score *score = backtest_results_score(results, model, results->horizons[h]);
        double low = 0;
        double high = 0;
        if (score == NULL)
            continue;
        (void)backtest_score_limits(score, RANGE_80, &low, &high);
        if (high < promised_80 && (narrow == NULL || score->cover[RANGE_80] < narrow->cover[RANGE_80]))
            narrow = score;
        if (low > promised_80 && (wide == NULL || score->cover[RANGE_80] > wide->cover[RANGE_80]))
            wide = score;
    }
    return narrow != NULL ? narrow : wide;
}

bool backtest_say_coverage(const struct backtest_results *results, char out[BACKTEST_WORDS])
{
    char held[BACKTEST_WORDS];
    char later[BACKTEST_WORDS];
    double low = 0;
    double high = 0;
    const char *model = results->models[0]->name;
    const struct backtest_score *first =
        backtest_results_score(results, model, backtest_results_horizon(results, model));
    const struct backtest_score *wrong = worst_range(results, model);
    if (first == NULL)
        return false;
    const struct backtest_score *last = first;
    for (size_t h = 0; h < results->n_horizons; h++) {
        const struct backtest_score *at = backtest_results_score(results, model, results->horizons[h]);
        last = at != NULL && at->horizon_months > last->horizon_months ? at : last;
    }
    if (wrong != NULL) {
        backtest_say_held(wrong, RANGE_80, held);
        snprintf(out, BACKTEST_WORDS,
                 "The ranges of %s are too %s: that of 8 in 10 held %.40s%s outcomes after %d months", model,
                 wrong->cover[RANGE_80] < promised_80 ? "narrow" : "wide", held,
                 strchr(held, '%') != NULL ? " of" : "", (int)wrong->horizon_months);
        return true;
    }
    backtest_say_held(first, RANGE_80, held);
    if (!backtest_score_limits(first, RANGE_80, &low, &high)) {
        snprintf(out, BACKTEST_WORDS,
                 "Too few forecasts to judge the ranges of %s: that of 8 in 10 held in %.40s after %d months",
                 model, held, (int)first->horizon_months);
        return true;
    }
    backtest_say_held(last, RANGE_80, later);
    const int length = snprintf(
        out, BACKTEST_WORDS,
        "The ranges of %s hold what they promise: that of 8 in 10 held %.40s of outcomes after %d months",
        model, held, (int)first->horizon_months);
    if (last != first && length > 0 && length < BACKTEST_WORDS)
        snprintf(out + length, (size_t)(BACKTEST_WORDS - length), ", %.40s after %d", later,
                 (int)last->horizon_months);
    return true;
}

/* ---- errors ------------------------------------------------------------------------------------------ */

/* Below 0: clearly nearer than the reference; above 0: clearly farther; 0: not clear. */
static int verdict(const struct backtest_score *score)
{
    if (isfinite(score->crps_vs_low))
        return score->crps_vs_high < 1 ? -1 : score->crps_vs_low > 1 ? 1 : 0;
    /* the sign test, forecasts that overlap counted once */
    const int64_t better = llround((double)score->n_better / score->overlap);
    const int64_t worse = llround((double)(score->n_paired - score->n_better) / score->overlap);
    if (interval_change_p(better, 1, worse, 1) >= significant)
        return 0;
    return better > worse ? -1 : 1;
}

/* "error 7% smaller after 12 months". */
static void say_change(const struct backtest_score *score, char out[BACKTEST_WORDS])
{
    const int change = percent(score->crps_vs_reference - 1);
    snprintf(out, BACKTEST_WORDS, "error %d%% %s after %d months", change < 0 ? -change : change,
             change <= 0 ? "smaller" : "larger", (int)score->horizon_months);
}

/* Few forecasts are counted, at one horizon, because those of others are much the same forecasts. */
static void say_count(const char *model, const struct backtest_score *score, char out[BACKTEST_WORDS])
{
    static const char *const words[] = {"nearer than the last value", "nearer than the last value",
                                        "farther off than the last value"};
    const int found = verdict(score);
    const size_t count = found > 0 ? score->n_paired - score->n_better : score->n_better;
    if (found == 0)
        snprintf(out, BACKTEST_WORDS,
                 "Too few forecasts to tell %s from the last value: nearer in %zu of %zu after %d months",
                 model, count, score->n_paired, (int)score->horizon_months);
    else
        snprintf(out, BACKTEST_WORDS, "Model %s came %s in %zu of %zu forecasts %d months ahead", model,
                 words[found + 1], count, score->n_paired, (int)score->horizon_months);
}

bool backtest_say_errors(const struct backtest_results *results, char out[BACKTEST_WORDS])
{
    char change[BACKTEST_WORDS];
    char other[BACKTEST_WORDS];
    const char *model = results->models[0]->name;
    const struct backtest_score *usual =
        backtest_results_score(results, model, backtest_results_horizon(results, model));
    const struct backtest_score *nearer = NULL;
    const struct backtest_score *farther = NULL;
    if (usual == NULL || strcmp(model, reference_name) == 0 || !isfinite(usual->crps_vs_reference))
        return false;
    if (!isfinite(usual->crps_vs_low)) {
        say_count(model, usual, out);
        return true;
    }
    for (size_t h = 0; h < results->n_horizons; h++) {
        const struct backtest_score *at = backtest_results_score(results, model, results->horizons[h]);
        const int found = at == NULL || !isfinite(at->crps_vs_low) ? 0 : verdict(at);
        if (found < 0 && (nearer == NULL || at == usual))
            nearer = at;
        if (found > 0 && (farther == NULL || at == usual))
            farther = at;
    }
    if (nearer != NULL && farther != NULL) {
        say_change(nearer, change);
        say_change(farther, other);
        snprintf(out, BACKTEST_WORDS, "Model %s against the last value: %.90s, %.90s", model, change, other);
    } else if (nearer != NULL || farther != NULL) {
        say_change(nearer != NULL ? nearer : farther, change);
        snprintf(out, BACKTEST_WORDS, "Model %s comes %s than the last value: %.90s", model,
                 nearer != NULL ? "nearer" : "less near", change);
    } else {
        say_change(usual, change);
        snprintf(out, BACKTEST_WORDS,
                 "No clear difference between %s and the last value: %.90s, within chance", model, change);
    }
    return true;
}

/* ---- where outcomes fell ----------------------------------------------------------------------------- */

void backtest_say_pit(const struct backtest_pit *pit, char out[BACKTEST_WORDS])
{
    const size_t last = pit->n_bins - 1;
    const double fair = 1.0 / (double)pit->n_bins;
    if ((double)pit->n / pit->overlap < FEW_OUTCOMES || !isfinite(pit->above_low))
        snprintf(out, BACKTEST_WORDS, "Too few outcomes (%zu) to see where they fall in the forecasts",
                 pit->n);
    else if (pit->above_low > half || pit->above_high < half)
        snprintf(out, BACKTEST_WORDS, "Outcomes lay mostly %s the middle of the forecasts: %d%% of them",
                 pit->above > half ? "above" : "below",
                 percent(pit->above > half ? pit->above : 1 - pit->above));
    else if (pit->low[0] > fair && pit->low[last] > fair)
        snprintf(out, BACKTEST_WORDS,
                 "Too many outcomes lay at the ends of the forecasts: their ranges are too narrow");
    else if (pit->high[0] < fair && pit->high[last] < fair)
        snprintf(out, BACKTEST_WORDS,
                 "Too few outcomes lay at the ends of the forecasts: their ranges are too wide");
    else
        snprintf(out, BACKTEST_WORDS,
                 "Outcomes fell where the forecasts said they would, give or take chance");
}

bool backtest_say_authority(const struct backtest_results *results, size_t place, char out[BACKTEST_WORDS])
{
    const struct backtest_place *at = &results->places[place];
    const char *model = results->models[0]->name;
    const int32_t horizon = backtest_results_horizon(results, model);
    size_t n = 0;
    size_t held = 0;
    for (size_t i = 0; i < results->backtest.n; i++) {
        const struct backtest_row *row = &results->backtest.rows[i];
        if (row->la != at->authority.la || row->measure != MEASURE_STOCK || row->group.kind != GROUP_ALL ||
            row->is_raw || row->horizon_months != horizon || strcmp(row->model, model) != 0)
            continue;
        n++;
        held += row->quantiles[RANGE_80] <= row->actual &&
                row->actual <= row->quantiles[SCORE_LEVELS - 1 - RANGE_80];
    }
    if (n == 0)
        return false;
    snprintf(out, BACKTEST_WORDS, "%s: the range of 8 in 10 held in %zu of %zu forecasts %d months ahead",
             at->authority.name, held, n, (int)horizon);
    return true;
}
