/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/agree.h: whether targets can all be met at once.
 *
 * Ownership: everything is borrowed for the call.
 *
 * Targets of one measure and date are (in)equalities of the whole and its parts; the parts of each kind of
 * group add up to the whole, and a share is a share of the whole. The least amount by which targets must give
 * way, added up, is a linear programme: 0 means that they agree. Which target gives way is not unique, so
 * every one that could do so alone at that least amount is named. The conflict is made irreducible by leaving
 * out one target after the other as long as what is left still cannot be met. */
#ifndef TURNCURVE_STUDY_AGREE_H
#define TURNCURVE_STUDY_AGREE_H

#include "study/target.h"

struct agreement {
    double slack; /* children (or nights, pounds) by which targets must give way at least; 0: they agree */
};
/* Holds goals[n] of one measure and date against each other. can_give[n]: could carry the slack alone;
 * in_conflict[n]: belongs to an irreducible conflict; both all false when they agree.
 *
 * Example: all at most 360, three groups at least 300, 30 and 45: slack 15, which any of the four can carry.
 */
bool agree_check(const struct target_goal goals[], size_t n, struct agreement *out, bool can_give[],
                 bool in_conflict[], struct err *err);

#endif
