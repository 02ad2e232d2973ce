/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/survival.h: how long stays last, with late entry, censoring and competing reasons to end.
 *
 * Ownership: a struct survival owns its rows; survival_free releases them.
 *
 * A stay is seen on the interval (entry, exit] of its own clock: a child who came before the window opened
 * enters late and is not at risk before (left truncation); one still in care is censored at exit. At an event
 * time t, Y(t) = #{entry < t <= exit} and d(t) events:
 *
 *   Kaplan-Meier      S(t) = prod (1 - d/Y)          Greenwood   var S = S^2 sum d / (Y (Y - d))
 *   Nelson-Aalen      H(t) = sum d/Y                             var H = sum d / Y^2
 *   Aalen-Johansen    F_k(t) = sum S(u-) d_k(u) / Y(u)           var F_k by the matrix Greenwood recursion
 *
 * Sources: Andersen, Borgan, Gill & Keiding 1993, IV.1-IV.4; Tsai, Jewell & Wang 1987 (late entry);
 * Kalbfleisch & Prentice 2002, 1.4 (limits). Times are whole days. */
#ifndef TURNCURVE_NUMERIC_SURVIVAL_H
#define TURNCURVE_NUMERIC_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* With late entry few may be at risk early on; where d reaches Y the curve would stay at 0 for ever. The
 * curve starts at the first event time with at least this many at risk, and is conditional on lasting until
 * then. */
enum { SURVIVAL_LEAST_AT_RISK = 10, SURVIVAL_MOST_CAUSES = 15 };

struct survival_stay {
    int32_t entry, exit; /* days on the stay's own clock, entry >= 0; exit <= entry has no time at risk and is
                            left out */
    int32_t cause;       /* 0: censored; 1..n_causes: why it ended */
};

/* One event time. */
struct survival_row {
    int32_t time;
    int64_t at_risk, events;
    double survival, survival_var; /* S, var S; var is NaN once S is 0 */
    double hazard, hazard_var;     /* H, var H */
};

struct survival {
    struct survival_row *rows; /* by time */
    size_t n_rows;
    int32_t n_causes;
    double *incidence, *incidence_var; /* [row][cause - 1] */
    int32_t from;                      /* 0, or the day up to which the curve is conditional */
    size_t n_stays, n_late;            /* with time at risk; of these entering after day 0 */
    int64_t n_events;
};

/* Estimates the curves. least_at_risk: SURVIVAL_LEAST_AT_RISK for real data, 1 for none of the guard.
 * n_causes 1..SURVIVAL_MOST_CAUSES. No stay, or no event, gives a curve without rows, which is 1 everywhere.
 * Fails with ERR_MEMORY only; a cause out of range is a bug. Cost: O(n log n + rows x causes^3). */
bool survival_estimate(const struct survival_stay stays[], size_t n, int32_t n_causes, int64_t least_at_risk,
                       struct survival *out, struct err *err);
void survival_free(struct survival *curve);

/* S(t); 1 before the first event. */
double survival_at(const struct survival *curve, int32_t time);
/* F_k(t) of cause 1..n_causes; 0 before the first event. sum of F_k = 1 - S. */
double survival_incidence_at(const struct survival *curve, int32_t cause, int32_t time);
/* Limits of S in a row on the log(-log) scale: S^exp(+-z s/H), H = -log S, s^2 = sum d/(Y(Y-d)). NaN where S
 * is 0 or 1. */
void survival_limits(const struct survival *curve, size_t row, double z, double *low, double *high);
/* The smallest time by which a share of stays (0 < share < 1) has ended, S(t) <= 1 - share; -1: not reached.
 */
int32_t survival_quantile(const struct survival *curve, double share);
/* Area under S from 0 to `until`; the last value is carried on. With curve->from > 0 it is conditional, like
 * the curve. */
double survival_restricted_mean(const struct survival *curve, int32_t until);
/* The last event time with at least `least` at risk; beyond it the curve is too uncertain to show. 0 when
 * none. */
int32_t survival_reliable_until(const struct survival *curve, int64_t least);

#endif
