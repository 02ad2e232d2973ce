/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/backtest_results.h: what was backtested on what, and what was found.
 *
 * Ownership: results own everything but the models, which are constants of the program;
 * backtest_results_free releases them. */
#ifndef TURNCURVE_APP_BACKTEST_RESULTS_H
#define TURNCURVE_APP_BACKTEST_RESULTS_H

#include "store/store.h"
#include "study/backtest.h"

enum { BACKTEST_HORIZONS_MOST = 8, BACKTEST_MODELS_MOST = 16, BACKTEST_WORDS = 256 };

/* One authority and what is known of it by now. */
struct backtest_place {
    struct authority authority;
    bool has_history, has_yearly;
    struct history history;
    struct yearly yearly;
    struct population population; /* no years: none stored */
};

struct backtest_results {
    struct backtest_place *places; /* by name */
    size_t n_places;
    const struct model *models[BACKTEST_MODELS_MOST]; /* the one that charts and sentences are about first */
    size_t n_models;
    int32_t horizons[BACKTEST_HORIZONS_MOST];
    size_t n_horizons;
    bool from_returns;
    int32_t runs, every_months, least_years;
    int64_t seed;
    struct backtest backtest;
    struct backtest_score *scores;
    size_t n_scores;
};

/* What a place holds; the place itself is the caller's. */
void backtest_place_free(struct backtest_place *place);
void backtest_results_free(struct backtest_results *results);

/* The score of total stock by a model at a horizon; NULL when nothing was scored there. */
const struct backtest_score *backtest_results_score(const struct backtest_results *results, const char *model,
                                                    int32_t horizon_months);
/* The horizon that single numbers are about: 12 months where it was scored, else the first that was; 0 when
 * nothing was. */
int32_t backtest_results_horizon(const struct backtest_results *results, const char *model);
/* Where a key or a model stands in its list. */
size_t backtest_results_place(const struct backtest_results *results, int32_t la);
size_t backtest_results_model(const struct backtest_results *results, const char *model);
/* First and last origin that was scored; false when there is none. */
bool backtest_results_origins(const struct backtest_results *results, day *first, day *last);

/* ---- words: made by rule from the scores of total stock ---- */

/* "6 of 8", or "82%" where there are cases enough; c as in backtest_score_limits. */
void backtest_say_held(const struct backtest_score *score, int c, char out[BACKTEST_WORDS]);
/* The same with its limits: "6 of 8 (41 to 93%)". */
void backtest_say_held_limits(const struct backtest_score *score, int c, char out[BACKTEST_WORDS]);
/* "0.93 (0.88 to 0.98)", or "0.93, nearer in 4 of 6" where origins are too few for limits; "" without a
 * reference, "1" for the reference itself. */
void backtest_say_relative(const struct backtest_score *score, const char *reference,
                           char out[BACKTEST_WORDS]);
/* Titles. That ranges are too narrow or too wide, or that a model is nearer or not, is said only when the
 * limits (with few cases: those of the count, or the sign test) leave out the opposite. */
bool backtest_say_coverage(const struct backtest_results *results, char out[BACKTEST_WORDS]);
bool backtest_say_errors(const struct backtest_results *results, char out[BACKTEST_WORDS]);
void backtest_say_pit(const struct backtest_pit *pit, char out[BACKTEST_WORDS]);
/* "Leeds: the range of 8 in 10 held in 7 of 9 forecasts 12 months ahead". */
bool backtest_say_authority(const struct backtest_results *results, size_t place, char out[BACKTEST_WORDS]);

#endif
