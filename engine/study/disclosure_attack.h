/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/disclosure_attack.h: an attacker on published tables, apart from the code that protects them.
 *
 * Ownership: everything is borrowed for the call.
 *
 * The attacker knows the shown cells, which cells are hidden, every relation, and that zeros are shown unless
 * told otherwise; not one hidden number. For a cell and each number from 1 to k it looks for whole numbers in
 * all hidden cells that fit everything that is shown: if there are none for some number, the publication has
 * said something of a small cell. That is more than the linear programmes of study/disclosure ask, where a
 * half child counts.
 *
 * Relations that are linked through hidden cells are attacked together; each solution that is found also
 * tells what is possible for all other cells in it. Cost: at most k small integer programmes a cell. */
#ifndef TURNCURVE_STUDY_DISCLOSURE_ATTACK_H
#define TURNCURVE_STUDY_DISCLOSURE_ATTACK_H

#include "study/disclosure.h"

enum { DISCLOSURE_ATTACK_K_MOST = 30 };

struct disclosure_attack_result {
    int64_t attacked; /* small cells that are hidden */
    int64_t narrowed; /* of them those for which some number from 1 to k is impossible */
    size_t first;     /* a cell that was narrowed */
};
/* Attacks every hidden cell of d whose number is small (that alone is read of hidden numbers, to choose whom
 * to attack), but for cells that are known from earlier publications. k <= DISCLOSURE_ATTACK_K_MOST. */
bool disclosure_attack(const struct disclosure *d, const struct disclosure_rule *rule,
                       struct disclosure_attack_result *out, struct err *err);
/* Which of 0..k are possible for a hidden cell: bit v of *possible. */
bool disclosure_attack_cell(const struct disclosure *d, const struct disclosure_rule *rule, size_t cell,
                            uint32_t *possible, struct err *err);

#endif
