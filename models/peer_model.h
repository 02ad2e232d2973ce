/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/peer_model.h: what the descriptors of the published tools have in common.
 *
 * Ownership: what they fit is a struct peer_path, released by peer_model_free_fitted. Nothing is prepared, as
 * no lever can be applied. */
#ifndef TURNCURVE_MODELS_PEER_MODEL_H
#define TURNCURVE_MODELS_PEER_MODEL_H

#include "models/peer_path.h"

/* As struct model says of its members; they cannot fail. */
void peer_model_series(const void *fitted, const struct result_series **series, size_t *n_series);
bool peer_model_prepare(const void *fitted, const struct scenario *scenario, void **prepared,
                        struct err *err);
bool peer_model_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err);
void peer_model_free_prepared(void *prepared);
void peer_model_free_fitted(void *fitted);

#endif
