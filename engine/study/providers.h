/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/providers.h: how the providers of placements did in a period, from the returns alone.
 *
 * Ownership: plain values; the history is borrowed; lists of homes are the caller's, released with free.
 *
 * Returns name a provider by its kind (PR0 to PR5), and the agency or home by Ofsted's reference number
 * (URN) where it has one; both are told apart, by placement. A stay is a
 * run of days in one placement: it starts with a new placement or a period of care, and ends when the child
 * moves to another placement or leaves care. */
#ifndef TURNCURVE_STUDY_PROVIDERS_H
#define TURNCURVE_STUDY_PROVIDERS_H

#include "data/codes.h"
#include "data/history.h"

enum { PROVIDER_KINDS = 7 /* PR0 .. PR5, and unknown */ };

struct provider_row {
    int64_t children;              /* at the end of the last day */
    int64_t nights;                /* of the period */
    int64_t started, ended;        /* stays */
    int64_t moved_on;              /* of those ended: to another placement, not out of care */
    int64_t outside, placed_known; /* of the children: outside the authority, of those for whom it is known */
    int64_t miles_known;           /* of the children: those whose distance from home is known */
    double days;                   /* mean stay so far of the children there; NaN without any */
    double miles;                  /* mean distance from home of those known; NaN without any */
};
struct providers {
    struct provider_row rows[PROVIDER_KINDS][PLACEMENT_COUNT];
};
/* No child, night or stay. */
bool provider_row_is_empty(const struct provider_row *row);
/* Counts [first, last], both days included. Cost: O(segments). */
void providers_count(const struct history *history, day first, day last, struct providers *out);
struct provider_home {
    char urn[URN_TEXT];
    uint8_t kind; /* 0..6, the last unknown */
    uint8_t group;
    struct provider_row row;
};
/* The same for each home of a URN, by kind and placement, those with most nights first; only homes with a
 * child, a night or a stay in the period. The list may be NULL when *n is 0. Cost: O(segments x homes). */
bool providers_homes(const struct history *history, day first, day last, struct provider_home **out,
                     size_t *n, struct err *err);
/* "Own provision", .. "Not known". */
const char *provider_kind_words(int kind);

#endif
