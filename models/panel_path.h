/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/panel_path.h: months of one authority, between the years of the panel model.
 *
 * Ownership: a path owns its arrays; panel_path_free releases them.
 *
 * Stock in a replicate goes from year end to year end by exp(centre + scale x wandering), evenly over the
 * months between; wandering is what drift and national growth deviate from their means, drawn from their
 * uncertainty. In each month every child leaves with a chance, leavers are binomial, entrants Poisson, and
 * their means make the stock follow that course; so stock = stock before + entries - exits in every
 * replicate, nothing is negative, and chance comes on top as it does in life. What moves the stock moves
 * entries by entry_share of it and exits by the rest; turnover wanders apart from it. */
#ifndef TURNCURVE_MODELS_PANEL_PATH_H
#define TURNCURVE_MODELS_PANEL_PATH_H

#include "models/panel.h"
#include "sim/model.h"

struct panel_path {
    uint64_t seed;
    uint32_t key;    /* of the authority, from its code: its own luck, whatever else is stored */
    int32_t months;  /* of the forecast */
    int32_t gap;     /* months between the last known stock and the origin */
    int32_t stock;   /* the last known one */
    int32_t n_years; /* years from the last known stock that gap + months reach into */
    int32_t n_known; /* of them ended by the origin: their national growth is known */
    double *centre;  /* [n_years + 1] log change since the last known stock, median */
    double
        *scale; /* [n_years + 1] on what is drawn, so that the spread is that of panel_look_ahead, scaled */
    double damping, growth_sd, shock_sd;      /* national growth: known to growth_sd, then shocks */
    double persistence, drift_sd, innovation; /* own growth */
    struct filter turnover;                   /* log turnover a year, at the last known stock */
};

/* The last year that ended by the origin and has a published stock. ERR_DATA with words when there is none.
 */
bool panel_last_known(const struct model_input *input, int32_t *year, struct err *err);
/* Makes the path of the authority of the input, whose last known stock is that of year `last`, from what is
 * pooled at the last year end by the origin; the pool begins no later than the authority. */
bool panel_path_make(const struct model_input *input, int32_t last, const struct panel_pool *pool,
                     const struct panel_settings *settings, struct panel_path *out, struct err *err);
void panel_path_free(struct panel_path *path);
/* One replicate: stock, entries, exits, in this order. */
void panel_path_walk(const struct panel_path *path, int32_t replicate, struct tally *tally);

#endif
