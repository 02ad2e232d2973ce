/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/quantity.h: what a target is about, as a number of every simulated future.
 *
 * Ownership: a struct quantity is a plain value; everything else is borrowed for the call.
 *
 * A stock is counted at the end of a month. Entries, exits, moves, readmissions, nights and cost are those of
 * the twelve months that end with it; where some of them lie before the forecast, what is known of them is
 * added (of cost nothing is). Cost is in pounds. A share is per cent of the same measure of everybody. */
#ifndef TURNCURVE_STUDY_QUANTITY_H
#define TURNCURVE_STUDY_QUANTITY_H

#include "data/counts.h"
#include "sim/draws.h"

struct quantity {
    enum measure measure;
    struct group group;
    bool is_share;
};

/* Reads "stock", "stock:all", "stock:placement:res_external", "exits:route:home", .. False for anything else:
 * a name that only measures know, or a group that does not go with the measure. localities may be NULL. */
bool quantity_parse(struct str text, const char *const localities[], size_t n_localities,
                    struct quantity *out);
/* The same in words for people: "Children looked after at the month's end, Foster: agency". */
enum { QUANTITY_WORDS = 192 };
void quantity_say(const struct quantity *quantity, const char *const localities[], char out[QUANTITY_WORDS]);

/* What is known of it at a month's end; counts NULL: nothing is. False when it is not known. */
bool quantity_known(const struct quantity *quantity, const struct counts *counts, day date, double *out);
/* True when replicates have it for a month (0: the first after the origin). */
bool quantity_is_given(const struct quantity *quantity, const struct draws *draws,
                       const struct counts *counts, day origin, int32_t month);
/* Its value in every replicate, for which quantity_is_given; work has room for as many. */
void quantity_values(const struct quantity *quantity, const struct draws *draws, const struct counts *counts,
                     day origin, int32_t month, double out[], double work[]);

#endif
