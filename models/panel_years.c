/* SPDX-License-Identifier: GPL-3.0-or-later
 * One authority: its yearly changes, how much of them was its own growth, and where that leads. */
#include <math.h>

#include "models/panel.h"

/* Starts 28,390 and leavers 27,520 in 2012 for the mean stock of 66,285 (England, Department for Education,
 * children looked after, 2012). */
const double panel_turnover = 0.42;

struct panel_settings panel_settings_of(const struct params *params)
{
    return (struct panel_settings){
        .damping = params_get(params, "national_damping"),
        .prior_changes = params_get(params, "prior_changes"),
        .prior_origins = params_get(params, "prior_origins"),
        .spread = params_get(params, "spread"),
    };
}

static double value_of(const struct yearly *yearly, const double series[], int32_t year)
{
    const int32_t i = year - yearly->first_year;
    return i >= 0 && i < yearly->n_years ? series[i] : (double)NAN;
}

void panel_changes(const struct yearly *yearly, int32_t first_year, int32_t n, struct panel_change out[])
{
    for (int32_t i = 0; i < n; i++) {
        const int32_t year = first_year + i;
        const double before = value_of(yearly, yearly->stock, year - 1);
        const double after = value_of(yearly, yearly->stock, year);
        out[i] = (struct panel_change){NAN, NAN};
        if (!(before > 0) || !(after > 0) || !yearly_is_chained(yearly, year))
            continue;
        double flows = value_of(yearly, yearly->starts, year) + value_of(yearly, yearly->leavers, year);
        if (!(flows > 0))
            flows = panel_turnover * (before + after);
        out[i].log_change = log(after / before);
        out[i].chance = flows / (before * after);
    }
}

struct filter panel_own_growth(const struct panel_pool *pool, int32_t rates,
                               const struct panel_change changes[], int32_t last)
{
    const struct panel_year *known = &pool->years[rates];
    const double rho = known->persistence;
    struct filter own = filter_make(rho, sqrt(known->drift_variance * (1 - rho * rho)), 0, 0);
    for (int32_t i = 1; i <= last; i++) {
        filter_predict(&own);
        if (isfinite(changes[i].log_change))
            filter_observe(&own, changes[i].log_change - pool->years[i].growth, changes[i].chance);
    }
    return own;
}

/* An AR(1) value and the sum of its future. */
struct walk {
    double value, variance;
    double sum, sum_variance, covariance; /* covariance of sum and value */
};

static void walk_on(struct walk *walk, double persistence, double innovation_variance)
{
    walk->value *= persistence;
    walk->variance = persistence * persistence * walk->variance + innovation_variance;
    walk->covariance *= persistence;
    walk->sum += walk->value;
    walk->sum_variance += 2 * walk->covariance + walk->variance;
    walk->covariance += walk->variance;
}

void panel_look_ahead(const struct panel_year *rates, double damping, const struct filter *own,
                      const double growths[], int32_t n_known, double chance, int32_t n,
                      struct panel_ahead out[])
{
    struct walk drift = {.value = own->u, .variance = own->vuu};
    struct walk national = {.value = rates->growth, .variance = rates->growth_variance};
    double grown = 0;
    for (int32_t k = 0; k < n; k++) {
        walk_on(&drift, own->phi, own->innovation_sd * own->innovation_sd);
        if (k < n_known)
            grown += growths[k];
        else
            walk_on(&national, damping, rates->shock_variance);
        out[k] = (struct panel_ahead){
            .log_change = grown + drift.sum + national.sum,
            .own_variance = drift.sum_variance,
            .national_variance = national.sum_variance,
            .chance = chance * (k + 1),
        };
    }
}
