/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two states, one observation: every formula is written out. */
#include "numeric/filter.h"

#include <math.h>

static const double log_2_pi = 1.8378770664093453;

struct filter filter_make(double phi, double innovation_sd, double mean, double variance)
{
    return (struct filter){
        .phi = phi,
        .innovation_sd = innovation_sd,
        .m = mean,
        .vmm = variance,
        .vuu = innovation_sd * innovation_sd / (1 - phi * phi),
    };
}

struct filter filter_make_level(double innovation_sd, double mean, double variance)
{
    return (struct filter){.phi = 1, .innovation_sd = innovation_sd, .u = mean, .vuu = variance};
}

void filter_predict(struct filter *filter)
{
    filter->u *= filter->phi;
    filter->vmu *= filter->phi;
    filter->vuu = filter->phi * filter->phi * filter->vuu + filter->innovation_sd * filter->innovation_sd;
}

void filter_observe(struct filter *filter, double y, double r)
{
    const double innovation = y - filter->m - filter->u;
    const double to_m = filter->vmm + filter->vmu;
    const double to_u = filter->vmu + filter->vuu;
    const double variance = to_m + to_u + r;
    filter->m += to_m / variance * innovation;
    filter->u += to_u / variance * innovation;
    filter->vmm -= to_m * to_m / variance;
    filter->vmu -= to_m * to_u / variance;
    filter->vuu -= to_u * to_u / variance;
    filter->log_likelihood -= 0.5 * (log_2_pi + log(variance) + innovation * innovation / variance);
}
