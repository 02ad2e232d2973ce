/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/sector.h: who provides the places that children are in.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_STUDY_SECTOR_H
#define TURNCURVE_STUDY_SECTOR_H

#include "data/history.h"

enum sector {
    SECTOR_PUBLIC,      /* the council's own, another council's, other public: PR1 to PR3 */
    SECTOR_INDEPENDENT, /* private or voluntary: PR4, PR5 */
    SECTOR_NONE,        /* parents, or not recorded: PR0 and blank */
    SECTOR_COUNT
};
/* Children in care at the end of a day by the provider of their placement; together all of them. */
void sector_count(const struct history *history, day date, int64_t out[SECTOR_COUNT]);
/* "public"; "The council and other public bodies". */
const char *sector_name(enum sector sector);
const char *sector_words(enum sector sector);

#endif
