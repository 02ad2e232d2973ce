/* SPDX-License-Identifier: GPL-3.0-or-later
 * A normal observation with a normal prior. */
#include "study/ledger_fit.h"

#include <math.h>

enum { MONTHS = 12 };

const struct ledger_prior ledger_prior_default = {.sd = .05, .noise_sd = .03, .most = .15};

struct ledger_fit ledger_fit_make(double actual, double modelled, int32_t months, double modelled_sd,
                                  const struct ledger_prior *prior)
{
    struct ledger_fit fit = {.use = LEDGER_NONE, .log_ratio = NAN, .sd = prior->sd};
    if (months < 1 || !(actual > 0) || !(modelled > 0))
        return fit;
    fit.log_ratio = log(actual / modelled);
    if (fabs(fit.log_ratio) > prior->most) {
        fit.use = LEDGER_TOO_FAR;
        return fit;
    }
    const double before = prior->sd * prior->sd;
    const double noise = prior->noise_sd * prior->noise_sd * MONTHS / months + modelled_sd * modelled_sd;
    fit.use = LEDGER_APPLIED;
    fit.mean = fit.log_ratio * before / (before + noise);
    fit.sd = sqrt(before * noise / (before + noise));
    return fit;
}
