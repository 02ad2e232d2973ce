/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/ledger_fit.h: how far a ledger's cost lies from what children and prices explain, and what to do
 * then.
 *
 * Ownership: nothing is allocated.
 *
 * l = log(actual / modelled) over closed months is an observation of the log of the true unit cost over the
 * price book's, with sd s_o = .03 x sqrt(12 / months) (late invoices, accruals), wider where the modelled
 * cost is itself uncertain; before any ledger that log is Normal(0, .05^2). The posterior mean is applied to
 * what is still to come. |l| above .15 is no calibration but a wrong price list or line: it is reported, and
 * prices stay as they are. */
#ifndef TURNCURVE_STUDY_LEDGER_FIT_H
#define TURNCURVE_STUDY_LEDGER_FIT_H

#include <stdbool.h>
#include <stdint.h>

struct ledger_prior {
    double sd;       /* of the log of unit cost over price book before any ledger, > 0 */
    double noise_sd; /* of a year's log ratio, > 0 */
    double most;     /* |l| beyond this is no calibration */
};
/* .05, .03, .15 */
extern const struct ledger_prior ledger_prior_default;

enum ledger_use {
    LEDGER_NONE,    /* no closed months, nothing modelled, or no money */
    LEDGER_APPLIED, /* the factor is used */
    LEDGER_TOO_FAR  /* a finding, not a calibration */
};
struct ledger_fit {
    enum ledger_use use;
    double log_ratio; /* NaN when there is none */
    double mean, sd;  /* of the log factor that is applied to what is still to come */
};
/* actual and modelled in the same unit; months: closed; modelled_sd: of log modelled, 0 where it is known.
 * Example: 4.86 against 4.55 in 12 months: l .0659112, mean .0484641 (x 1.0496578), sd .0257248. */
struct ledger_fit ledger_fit_make(double actual, double modelled, int32_t months, double modelled_sd,
                                  const struct ledger_prior *prior);

#endif
