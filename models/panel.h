/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/panel.h: inside the panel model: what all authorities say together, and one authority's years ahead.
 *
 * Ownership: a pool owns its years; panel_pool_free releases them. Everything else is a plain value.
 *
 * Year t ends on 31 March t. The stock X of an authority is known exactly and changes over a year by
 *
 *   log X(t) - log X(t-1) = G(t) + r(t) + chance
 *   G(t) = damping G(t-1) + e          growth that all authorities share, e ~ N(0, shock_variance)
 *   r(t) = persistence r(t-1) + d      own growth beside it, of stationary variance drift_variance
 *   chance ~ N(0, (starts + leavers) / (X(t-1) X(t)))      each start and each leaver is a matter of chance
 *
 * G and r are filtered (numeric/filter, with a mean of 0), so an authority's own extra growth is believed
 * only as far as it is more than chance, which is less in a small authority. Neither is drawn on as a line:
 * both fade, and both are uncertain. drift_variance and persistence are moments over all authorities, leaning
 * to a prior; the spread of each horizon is scaled by what the same forecasts missed at earlier origins.
 * Nothing of a later year than the last one asked for is read. */
#ifndef TURNCURVE_MODELS_PANEL_H
#define TURNCURVE_MODELS_PANEL_H

#include "data/panel.h"
#include "numeric/filter.h"
#include "sim/params.h"

enum { PANEL_SCALED_YEARS = 3 };

/* The parameters of models/panel.def. */
struct panel_settings {
    double damping, prior_changes, prior_origins, spread;
};
struct panel_settings panel_settings_of(const struct params *params);

/* An authority's change over one year. NaN in both when the stock at either end is not known or 0, or when
 * its area changed (data/codes/area_break.def). */
struct panel_change {
    double log_change;
    double chance; /* variance that chance alone gives it; turnover of England where flows are not known */
};
/* out[i], i < n: the change of year first_year + i. */
void panel_changes(const struct yearly *yearly, int32_t first_year, int32_t n, struct panel_change out[]);

/* What could be known at the end of a year, by its numbers and earlier ones alone. */
struct panel_year {
    double growth, growth_variance; /* G(t), mean and variance given the observed changes */
    double shock_variance;          /* of e */
    double drift_variance, persistence;
};

struct panel_pool {
    int32_t first_year;
    int32_t n_years;                  /* >= 1; the last is the last one asked for */
    struct panel_year *years;         /* [n_years]; the first has the priors */
    double scale[PANEL_SCALED_YEARS]; /* on the spread 1, 2, 3 years ahead; 1 where there is no evidence */
};
/* Pools what is known at the end of last_year. The pool begins with the earliest year of an authority, at the
 * latest with first_year (<= last_year). An empty panel gives the priors alone. Cost: one pass over all
 * numbers and, for the scale, one filter per authority and earlier year: 156 authorities with 13 years take
 * about a millisecond. Fails only without memory. */
bool panel_pool_make(const struct panel *panel, int32_t first_year, int32_t last_year,
                     const struct panel_settings *settings, struct panel_pool *out, struct err *err);
void panel_pool_free(struct panel_pool *pool);

/* The own growth of an authority at the end of year pool->first_year + last, by its changes[0 .. last] (those
 * of the years of the pool) and the rates of pool year `rates`. */
struct filter panel_own_growth(const struct panel_pool *pool, int32_t rates,
                               const struct panel_change changes[], int32_t last);

/* The log change of stock since the last known one, some years ahead: its mean and the parts of its variance.
 */
struct panel_ahead {
    double log_change;
    double own_variance, national_variance; /* of drift; of national growth */
    double chance;
};
/* out[k], k < n: k + 1 years after the last known stock.
 *
 * rates     what is known at the forecast's start
 * own       panel_own_growth at the last known stock
 * growths   [n_known] national growth of the years between the last known stock and the forecast's start,
 * when the newest stocks of an authority are not published; n_known is 0 as a rule chance    variance that
 * chance gives a year */
void panel_look_ahead(const struct panel_year *rates, double damping, const struct filter *own,
                      const double growths[], int32_t n_known, double chance, int32_t n,
                      struct panel_ahead out[]);

/* Turnover of England: starts, or leavers, a year for each child looked after. */
extern const double panel_turnover;

#endif
