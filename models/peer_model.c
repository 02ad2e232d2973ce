/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both tools end in an expected path, and the rest is the path's. */
#include "models/peer_model.h"

#include <stdlib.h>

void peer_model_series(const void *fitted, const struct result_series **series, size_t *n_series)
{
    (void)fitted;
    peer_path_series(series, n_series);
}

bool peer_model_prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    (void)fitted;
    (void)scenario;
    (void)err;
    *prepared = NULL; /* no lever reaches the rates */
    return true;
}

bool peer_model_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err)
{
    (void)prepared;
    (void)err;
    peer_path_simulate(fitted, replicate, tally);
    return true;
}

void peer_model_free_prepared(void *prepared)
{
    (void)prepared;
}

void peer_model_free_fitted(void *fitted)
{
    peer_path_free(fitted);
    free(fitted);
}
