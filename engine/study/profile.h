/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/profile.h: reasons for coming into care, and how far from home children live.
 *
 * Ownership: tables are the caller's, released by table_free. */
#ifndef TURNCURVE_STUDY_PROFILE_H
#define TURNCURVE_STUDY_PROFILE_H

#include "base/table.h"
#include "data/history.h"

/* reasons.csv, the years of the returns: la, year, date, need, words, entries, share (0..100). Entries by
 * category of need, each period of care once. */
bool profile_reasons_table(const struct history *history, struct table *out, struct err *err);

/* True when any placement of an extract holds boundary or distance. */
bool profile_has_location(const struct history *history);
/* location.csv: of the children looked after on each 31 March of the returns, unaccompanied children and
 * short breaks left out: la, year, date, what ("boundary", "distance"), class ("inside", "outside", "20 miles
 * or less", "over 20 miles", "not known"), children, share (0..100). */
bool profile_location_table(const struct history *history, struct table *out, struct err *err);

#endif
