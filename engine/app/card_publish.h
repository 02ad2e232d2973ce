/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_publish.h: a report card that may be published.
 *
 * Ownership: masks live in the sheet's arena; the publication is borrowed.
 *
 * What a measure counts, now and a year before, goes into the publication beside the counts of years and of
 * the quarter: a share as two cells, those counted and those of whom, so that neither they nor the rest can
 * be found when one is small. What is hidden is "c" on the sheet and in card.csv; directions, chances and
 * statuses that rest on it are left out, and so are sparklines, because their points are no part of the
 * publication. The story is told without numbers. Targets of groups too small to forecast in public are left
 * out. What people wrote is published as it stands. */
#ifndef TURNCURVE_APP_CARD_PUBLISH_H
#define TURNCURVE_APP_CARD_PUBLISH_H

#include "app/card_sheet.h"
#include "app/publish.h"

/* --publish is of one quarter or half-year of the whole authority: ERR_USAGE for anything else. */
bool card_publish_check(const struct options *options, struct err *err);
/* Puts the counts of a sheet into its publication, seals it and masks the sheet. Does nothing when nothing is
 * to be published. */
bool card_publish_sheet(struct card_sheet *sheet, struct err *err);
/* Masks the rows that were made of the sheet's measures, in their order, from row `first` on. */
bool card_publish_table(const struct card_sheet *sheet, struct table *card, size_t first, struct err *err);

#endif
