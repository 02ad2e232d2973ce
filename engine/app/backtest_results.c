/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists are short: everything is looked up by walking them. */
#include "app/backtest_results.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS_A_YEAR = 12 };

void backtest_place_free(struct backtest_place *place)
{
    history_free(&place->history);
    yearly_free(&place->yearly);
    population_free(&place->population);
}

void backtest_results_free(struct backtest_results *results)
{
    for (size_t i = 0; i < results->n_places; i++)
        backtest_place_free(&results->places[i]);
    free(results->places);
    free(results->scores);
    backtest_free(&results->backtest);
    *results = (struct backtest_results){0};
}

const struct backtest_score *backtest_results_score(const struct backtest_results *results, const char *model,
                                                    int32_t horizon_months)
{
    for (size_t i = 0; i < results->n_scores; i++) {
        const struct backtest_score *score = &results->scores[i];
        if (score->measure == MEASURE_STOCK && score->group.kind == GROUP_ALL && !score->is_raw &&
            score->horizon_months == horizon_months && strcmp(score->model, model) == 0)
            return score;
    }
    return NULL;
}

int32_t backtest_results_horizon(const struct backtest_results *results, const char *model)
{
    if (backtest_results_score(results, model, MONTHS_A_YEAR) != NULL)
        return MONTHS_A_YEAR;
    for (size_t h = 0; h < results->n_horizons; h++)
        if (backtest_results_score(results, model, results->horizons[h]) != NULL)
            return results->horizons[h];
    return 0;
}

size_t backtest_results_place(const struct backtest_results *results, int32_t la)
{
    size_t i = 0;
    while (i < results->n_places && results->places[i].authority.la != la)
        i++;
    return i;
}

size_t backtest_results_model(const struct backtest_results *results, const char *model)
{
    size_t i = 0;
    while (i < results->n_models && strcmp(results->models[i]->name, model) != 0)
        i++;
    return i;
}

bool backtest_results_origins(const struct backtest_results *results, day *first, day *last)
{
    const struct backtest *backtest = &results->backtest;
    *first = DAY_OPEN;
    *last = DAY_NONE;
    for (size_t i = 0; i < backtest->n; i++) {
        *first = backtest->rows[i].origin < *first ? backtest->rows[i].origin : *first;
        *last = backtest->rows[i].origin > *last ? backtest->rows[i].origin : *last;
    }
    return backtest->n > 0;
}
