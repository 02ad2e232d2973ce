/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/publication_link.h: internal to study/publication: relations that follow from what cells are named.
 *
 * Ownership: nothing is allocated but in the publication. */
#ifndef TURNCURVE_STUDY_PUBLICATION_LINK_H
#define TURNCURVE_STUDY_PUBLICATION_LINK_H

#include "study/publication.h"

/* The cell of a key, n_keys when there is none; keys must be sorted. */
size_t publication_index(const struct publication *publication, const struct publication_key *key);
/* Finds all relations and adds them with their remainders. */
bool publication_link(struct publication *publication, struct err *err);

#endif
