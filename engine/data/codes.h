/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/codes.h: the code lists of the SSDA903 return, their groups and the years in which they hold.
 *
 * Ownership: nothing is allocated; names and words are constants.
 *
 * Codes are looked up as filed after trimming and upper-casing (data/returns does both). Every list ends with
 * a member for a code that is not in it, so that a look-up always gives an index into the list. The tables
 * are data/codes/ *.def; their sources are named there. */
#ifndef TURNCURVE_DATA_CODES_H
#define TURNCURVE_DATA_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "data/group.h"

/* PLACE; segment.place_code and episode.place_code hold this. */
enum place {
#define PLACE(member, packed, own, bought, none, first, last, floor, temporary, words) PLACE_##member,
#include "data/codes/place.def"
#undef PLACE
    PLACE_UNKNOWN,
    PLACE_CODE_COUNT
};
/* LS */
enum legal_status {
#define LEGAL_STATUS(member, packed, group, first, last, longest, words) STATUS_##member,
#include "data/codes/legal_status.def"
#undef LEGAL_STATUS
    STATUS_UNKNOWN,
    STATUS_COUNT
};
/* REC */
enum rec {
#define REC(member, packed, route, first, last, youngest, oldest, near_18, words) REC_##member,
#include "data/codes/rec.def"
#undef REC
    REC_UNKNOWN,
    REC_COUNT
};
/* RNE */
enum rne {
#define RNE(member, letter, move, words) RNE_##member,
#include "data/codes/rne.def"
#undef RNE
    RNE_UNKNOWN,
    RNE_COUNT
};
/* ETHNIC; the last, ETHNIC_NOBT, is what an unknown code counts as. */
enum ethnic {
#define ETHNIC(member, group, words) ETHNIC_##member,
#include "data/codes/ethnic.def"
#undef ETHNIC
    ETHNIC_COUNT
};
/* Lists that no count is grouped by. */
enum code_list {
#define CODE_LIST(member, column, rule) LIST_##member,
#define CODE_ITEM(list, code, words)
#include "data/codes/other_list.def"
#undef CODE_LIST
#undef CODE_ITEM
    LIST_COUNT
};
/* PLACE_PROVIDER is 0..5 for PR0..PR5. */
enum { PROVIDER_COUNT = 6, PROVIDER_UNKNOWN = 255 };

/* PLACE_UNKNOWN for a blank or a code not in the list. */
enum place code_place_find(struct str code);
const char *code_place_name(enum place place); /* "U4"; PLACE_UNKNOWN: "" */
const char *code_place_words(enum place place);
/* The group of a placement with a provider (0..5, PROVIDER_UNKNOWN). Where the group hangs on the provider
 * and there is none (or PR0) it is OTHER, but H3 is res_inhouse and H4 res_external; unknown placements are
 * OTHER. */
enum placement_group code_place_group(enum place place, uint8_t provider);
/* True when the group cannot be told without a provider: U4-U6, Q2, K2, H3, H4. */
bool code_place_needs_provider(enum place place);
/* True for placements on which no provider is recorded: T0-T4, Z1, Z11-Z14 (rule 213). */
bool code_place_has_no_provider(enum place place);
/* T0-T4 and M1-M3, folded into the placement around them. */
bool code_place_is_temporary(enum place place);
/* Youngest age in completed years, 0 for no floor (rules 370-374). */
int32_t code_place_age_floor(enum place place);
/* False when an episode [start, end) lies wholly outside the years of its code: started after the last day,
 * or ended before the first. end may be DAY_OPEN. The unknown place is always valid: another rule speaks of
 * it. */
bool code_place_valid(enum place place, day start, day end);
/* False for a provider that cannot offer the placement (rules 527-531, 550). PROVIDER_UNKNOWN always fits. */
bool code_provider_fits(enum place place, uint8_t provider);

/* 0..5, PROVIDER_UNKNOWN for a blank or a code not in the list. */
uint8_t code_provider_find(struct str code);
const char *code_provider_name(uint8_t provider); /* "PR4"; PROVIDER_UNKNOWN: "" */
const char *code_provider_words(uint8_t provider);

/* The legal status of a code as filed; STATUS_UNKNOWN when there is none. */
enum legal_status code_legal_find(struct str code);
const char *code_legal_name(enum legal_status status); /* "C2"; STATUS_UNKNOWN: "" */
const char *code_legal_words(enum legal_status status);
enum legal_group code_legal_group(enum legal_status status);
/* V3 and V4, outside every count unless asked for. */
bool code_legal_is_short_break(enum legal_status status);
/* As code_place_valid; an order that ran on past the last day (D1) is valid when it started by then. */
bool code_legal_valid(enum legal_status status, day start, day end);
/* Days that one episode may last in law, 0 when there is no limit. */
int32_t code_legal_longest(enum legal_status status);

/* REC_UNKNOWN for a blank or a code not in the list. */
enum rec code_rec_find(struct str code);
const char *code_rec_name(enum rec rec);
const char *code_rec_words(enum rec rec);
/* The route of a reason when it ends a period of care. days_to_18: days from the end to the 18th birthday,
 * negative after it: E5, E6, E7 are aged_out from 30 days before it on. X1 that ends a period is OTHER. */
enum route code_rec_route(enum rec rec, int32_t days_to_18);
/* True when the reason is possible at this age in completed years. On the birthday itself the child is 18. */
bool code_rec_fits_age(enum rec rec, int32_t age);
/* True when the reason was in use on the day the episode ceased. */
bool code_rec_valid(enum rec rec, day ceased);

/* RNE_UNKNOWN for a blank or a code not in the list. */
enum rne code_rne_find(struct str code);
char code_rne_letter(enum rne rne); /* 'S'; RNE_UNKNOWN: '\0' */
const char *code_rne_words(enum rne rne);
bool code_rne_is_move(enum rne rne); /* P and B */

/* NEED_UNKNOWN for a blank or a code not in the list. */
enum need code_need_find(struct str code);

/* False leaves *out at ETHNIC_NOBT. */
bool code_ethnic_find(struct str code, enum ethnic *out);
const char *code_ethnic_name(enum ethnic ethnic);
const char *code_ethnic_words(enum ethnic ethnic);
const char *code_ethnic_group(enum ethnic ethnic); /* "White" .. "unknown" */

/* True when the code is in the list. */
bool code_list_has(enum code_list list, struct str code);

/* One code of any list, for `list codes`. */
struct code_row {
    const char *list; /* column name, "PLACE" */
    char code[8];
    const char *words;
    const char *group; /* "foster_kin", "care_order", route name, ethnic group; "" when there is none; of a
                          placement that hangs on its provider: that of PR1 */
    day first, last;   /* DAY_NONE, DAY_OPEN when no limit is known */
};
/* Row i of all lists together, in a fixed order; false when there are no more. */
bool code_row(size_t i, struct code_row *out);

#endif
