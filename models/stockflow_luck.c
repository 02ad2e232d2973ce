/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rates wander: an authority's own deviation (AR(1) by the month), what all authorities share (a random
 * walk), noise of single years, brothers and sisters who come and leave together; and rates are known only as
 * well as the counts behind them allow. The median path has multiplier 1 beside the filtered level. */
#include <math.h>

#include "models/stockflow_chain.h"
#include "numeric/stream.h"

static double correlated(double z, double other, double correlation)
{
    return correlation * z + sqrt(1 - correlation * correlation) * other;
}

/* A lognormal factor with mean 1. */
static double mean_one(double sd, double z)
{
    return sd > 0 ? exp(sd * z - sd * sd / 2) : 1;
}

static void draw_rates(const struct sf_fit *fit, int32_t replicate, struct sf_luck *luck)
{
    struct stream stream = stream_make(fit->seed, PURPOSE_PARAMETERS, (uint32_t)replicate, 1, 0);
    for (int g = 0; g < SF_GROUPS; g++) {
        luck->exit_group[g] =
            mean_one(fit->rate_uncertainty / sqrt(fit->exit_events[g] + 1), stream_normal(&stream));
        luck->move_group[g] =
            mean_one(fit->rate_uncertainty / sqrt(fit->move_events[g] + 1), stream_normal(&stream));
    }
    for (int k = 0; k < LEXIS_KINDS; k++)
        luck->entry_kind[k] =
            mean_one(fit->rate_uncertainty / sqrt(fit->entry_events[k] + 1), stream_normal(&stream));
}

/* Deviation of (m, u) from their filtered means. */
static void draw_level(const struct filter *level, double scale, double z1, double z2, double *m, double *u)
{
    const double sd_m = sqrt(fmax(0, level->vmm));
    const double slope = level->vmm > 0 ? level->vmu / sd_m : 0;
    *m = level->m + scale * sd_m * z1;
    *u = level->u + scale * (slope * z1 + sqrt(fmax(0, level->vuu - slope * slope)) * z2);
}

struct drift {
    double entry_m, entry_u, exit_m, exit_u; /* level at the origin */
    double entry_own, exit_own, national_entry, national_exit, uasc;
    double entry_year, exit_year;
    int32_t year;
    struct stream years;
};

static void draw_month(const struct sf_fit *fit, struct stream *stream, day first, struct drift *drift)
{
    const double z1 = stream_normal(stream);
    const double z2 = stream_normal(stream);
    drift->entry_own = fit->entry_phi * drift->entry_own + fit->entry_sd * z1;
    drift->exit_own =
        fit->exit_phi * drift->exit_own + fit->exit_sd * correlated(z1, z2, fit->drift_correlation);
    const double n1 = stream_normal(stream);
    const double n2 = stream_normal(stream);
    drift->national_entry += fit->national_sd * n1;
    drift->national_exit += fit->national_sd * correlated(n1, n2, fit->national_correlation);
    drift->uasc = fit->uasc_phi * drift->uasc +
                  fit->uasc_sd * sqrt(1 - fit->uasc_phi * fit->uasc_phi) * stream_normal(stream);
    const int32_t year = date_financial_year(first);
    if (year != drift->year) {
        drift->year = year;
        drift->entry_year = fit->entry_year_noise * stream_normal(&drift->years);
        drift->exit_year = fit->exit_year_noise * stream_normal(&drift->years);
    }
}

void sf_luck_draw(const struct sf_chain *chain, int32_t replicate, struct sf_luck *luck)
{
    const struct sf_fit *fit = chain->fit;
    draw_rates(fit, replicate, luck);
    struct stream parameters = stream_make(fit->seed, PURPOSE_PARAMETERS, (uint32_t)replicate, 0, 0);
    struct stream stream = stream_make(fit->seed, PURPOSE_DRIFT, (uint32_t)replicate, 0, 0);
    struct stream noise = stream_make(fit->seed, PURPOSE_DRIFT, (uint32_t)replicate, 0, 1);
    struct drift drift = {.year = INT32_MIN,
                          .years = stream_make(fit->seed, PURPOSE_DRIFT, (uint32_t)replicate, 0, 2)};
    const double z[4] = {stream_normal(&parameters), stream_normal(&parameters), stream_normal(&parameters),
                         stream_normal(&parameters)};
    draw_level(&fit->entry_level, fit->rate_uncertainty, z[0], z[1], &drift.entry_m, &drift.entry_u);
    draw_level(&fit->exit_level, fit->rate_uncertainty, z[2], z[3], &drift.exit_m, &drift.exit_u);
    for (int32_t m = 0; m < fit->months; m++) {
        const struct sf_chain_month *month = &chain->months[m];
        drift.entry_u *= fit->entry_phi;
        drift.exit_u *= fit->exit_phi;
        draw_month(fit, &stream, date_month_start(fit->origin, m + 1), &drift);
        const double entry =
            drift.entry_m + drift.entry_u + drift.entry_own + drift.national_entry + drift.entry_year;
        const double exit_level =
            drift.exit_m + drift.exit_u + drift.exit_own + drift.national_exit + drift.exit_year;
        const double entry_noise = mean_one(month->entry_noise, stream_normal(&noise));
        const double exit_noise = mean_one(month->exit_noise, stream_normal(&noise));
        luck->entries[m] = exp(entry - month->log_entry_level) * entry_noise;
        luck->exits[m] = exp(exit_level - month->log_exit_level) * exit_noise;
        luck->uasc[m] = exp(drift.uasc) * entry_noise;
    }
}
