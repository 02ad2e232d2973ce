/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/amount.h: amounts of money and other fields as budgets and ledgers write them.
 *
 * Ownership: nothing is allocated.
 *
 * Finance systems write "£1,234,567.00", a reversal as "-350.00", "(350.00)" or "350.00-", and a year as
 * "2026-27", "2026/27" or "2026-2027". Nothing is converted between currencies: an amount with another
 * currency's sign is no number of pounds. */
#ifndef TURNCURVE_DATA_AMOUNT_H
#define TURNCURVE_DATA_AMOUNT_H

#include "base/money.h"
#include "data/group.h"

enum amount {
    AMOUNT_READ,
    AMOUNT_OTHER_CURRENCY, /* €, $ or the letters of a currency */
    AMOUNT_NONE            /* no amount */
};
/* Reads pounds to pence. *out is set by AMOUNT_READ only. Example: "(1,200)" is -120000. */
enum amount amount_parse(struct str s, pence *out);
/* The financial year of "2026-27", "2026/27", "2026-2027" or "2026/2027", by the year in which it ends; false
 * for any other text, and when the second year is not the one after the first. */
bool amount_parse_year(struct str s, int32_t *out);

/* Placement groups as a set: bit g for group g. */
typedef uint32_t placement_set;
enum { PLACEMENT_SET_TEXT = 192 /* the longest text of a set, with its NUL */ };
/* Reads names of groups joined by "+" ("foster_kin+foster_inhouse"); blank is the empty set. False when one
 * is no group; *set is then empty. */
bool placement_set_parse(struct str s, placement_set *set);
/* Writes the names in the order of the groups, joined by "+"; "" for the empty set. */
void placement_set_format(placement_set set, char out[PLACEMENT_SET_TEXT]);
bool placement_set_has(placement_set set, enum placement_group group);

#endif
