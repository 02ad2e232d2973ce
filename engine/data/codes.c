/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every code has at most three characters, so it is packed into an integer and found by a switch that the
 * compiler turns into a few comparisons. Infos are arrays over the same .def rows, with one row more for what
 * is in no list. */
#include "data/codes.h"

#include "base/err.h"

/* A code of up to three characters as a constant. */
#define CODE(a, b, c) (((uint32_t)(a) << 16) | ((uint32_t)(b) << 8) | (uint32_t)(c))
/* Day number of a date as a constant; years from 1 on. The method of base/date.c, which is a function. */
#define MARCH_YEAR(y, m) ((m) <= 2 ? (y)-1 : (y))
#define DAYS(y, m, d)                                                                                        \
    (365 * MARCH_YEAR(y, m) + MARCH_YEAR(y, m) / 4 - MARCH_YEAR(y, m) / 100 + MARCH_YEAR(y, m) / 400 +       \
     (153 * ((m) + ((m) > 2 ? -3 : 9)) + 2) / 5 + (d)-1 - 719468)
#define ANY_FIRST DAY_NONE
#define ANY_LAST  DAY_OPEN

enum { AGED_OUT_DAYS = 30 }; /* before the 18th birthday */

struct place_row {
    const char *code, *words;
    uint8_t own, bought, none; /* enum placement_group */
    uint8_t floor;
    bool temporary;
    day first, last;
};
static const struct place_row places[PLACE_CODE_COUNT] = {
#define PLACE(member, packed, own, bought, none, first, last, floor, temporary, words)                       \
    {#member, words, PLACEMENT_##own, PLACEMENT_##bought, PLACEMENT_##none, floor, temporary, first, last},
#include "data/codes/place.def"
#undef PLACE
    {"", "Unknown", PLACEMENT_OTHER, PLACEMENT_OTHER, PLACEMENT_OTHER, 0, false, ANY_FIRST, ANY_LAST},
};

struct status_row {
    const char *code, *words;
    uint8_t group; /* enum legal_group */
    uint8_t longest;
    day first, last;
};
static const struct status_row statuses[STATUS_COUNT] = {
#define LEGAL_STATUS(member, packed, group, first, last, longest, words)                                     \
    {#member, words, LEGAL_##group, longest, first, last},
#include "data/codes/legal_status.def"
#undef LEGAL_STATUS
    {"", "Unknown", LEGAL_OTHER, 0, ANY_FIRST, ANY_LAST},
};

struct rec_row {
    const char *code, *words;
    uint8_t route; /* enum route */
    uint8_t youngest, oldest;
    bool near_18;
    day first, last;
};
static const struct rec_row recs[REC_COUNT] = {
#define REC(member, packed, route, first, last, youngest, oldest, near_18, words)                            \
    {#member, words, ROUTE_##route, youngest, oldest, near_18, first, last},
#include "data/codes/rec.def"
#undef REC
    {"", "Unknown", ROUTE_OTHER, 0, 99, false, ANY_FIRST, ANY_LAST},
};

struct rne_row {
    char letter;
    bool move;
    const char *words;
};
static const struct rne_row rnes[RNE_COUNT] = {
#define RNE(member, letter, move, words) {letter, move, words},
#include "data/codes/rne.def"
#undef RNE
    {'\0', false, "Unknown"},
};

static const struct {
    const char *code, *words;
} providers[] = {
#define PROVIDER(member, code, words) {code, words},
#include "data/codes/provider.def"
#undef PROVIDER
};
_Static_assert(PROVIDER_COUNT == sizeof providers / sizeof providers[0], "one row a provider");

static const struct {
    const char *code, *group, *words;
} ethnics[ETHNIC_COUNT] = {
#define ETHNIC(member, group, words) {#member, group, words},
#include "data/codes/ethnic.def"
#undef ETHNIC
};

static const char *const list_columns[LIST_COUNT] = {
#define CODE_LIST(member, column, rule) column,
#define CODE_ITEM(list, code, words)
#include "data/codes/other_list.def"
#undef CODE_LIST
#undef CODE_ITEM
};
static const struct {
    enum code_list list;
    const char *code, *words;
} items[] = {
#define CODE_LIST(member, column, rule)
#define CODE_ITEM(list, code, words) {LIST_##list, code, words},
#include "data/codes/other_list.def"
#undef CODE_LIST
#undef CODE_ITEM
};
enum { ITEM_COUNT = sizeof items / sizeof items[0] };

/* 0 for what is no code of two or three characters. */
static uint32_t pack(struct str code)
{
    if (code.length == 2)
        return CODE((unsigned char)code.at[0], (unsigned char)code.at[1], 0);
    if (code.length == 3)
        return CODE((unsigned char)code.at[0], (unsigned char)code.at[1], (unsigned char)code.at[2]);
    return 0;
}

enum place code_place_find(struct str code)
{
    switch (pack(code)) {
#define PLACE(member, packed, own, bought, none, first, last, floor, temporary, words)                       \
    case packed:                                                                                             \
        return PLACE_##member;
#include "data/codes/place.def"
#undef PLACE
    default:
        return PLACE_UNKNOWN;
    }
}

static const struct place_row *place_row(enum place place)
{
    bug_if((unsigned)place >= PLACE_CODE_COUNT);
    return &places[place];
}

const char *code_place_name(enum place place)
{
    return place_row(place)->code;
}

const char *code_place_words(enum place place)
{
    return place_row(place)->words;
}

enum placement_group code_place_group(enum place place, uint8_t provider)
{
    const struct place_row *row = place_row(place);
    if (provider >= 1 && provider <= 3)
        return (enum placement_group)row->own;
    if (provider == 4 || provider == 5)
        return (enum placement_group)row->bought;
    return (enum placement_group)row->none;
}

bool code_place_needs_provider(enum place place)
{
    const struct place_row *row = place_row(place);
    return row->own != row->bought;
}

bool code_place_has_no_provider(enum place place)
{
    const char first = place_row(place)->code[0];
    return first == 'T' || first == 'Z';
}

bool code_place_is_temporary(enum place place)
{
    return place_row(place)->temporary;
}

int32_t code_place_age_floor(enum place place)
{
    return place_row(place)->floor;
}

/* DAY_NONE and DAY_OPEN sort before and after every day, so no limit needs no case of its own. */
bool code_place_valid(enum place place, day start, day end)
{
    const struct place_row *row = place_row(place);
    return start <= row->last && end >= row->first;
}

bool code_provider_fits(enum place place, uint8_t provider)
{
    const char first = place_row(place)->code[0];
    switch (provider) {
    case 0:
        return place == PLACE_P1;
    case 1:
    case 2:
        return place != PLACE_P1 && place != PLACE_R2 && place != PLACE_R5;
    case 3:
        return place != PLACE_P1 && place != PLACE_K1 && place != PLACE_K2 && first != 'U' &&
               !(first == 'A' && place >= PLACE_A3);
    case 4:
    case 5:
        return place != PLACE_P1;
    default:
        return true;
    }
}

uint8_t code_provider_find(struct str code)
{
    if (code.length == 3 && code.at[0] == 'P' && code.at[1] == 'R' && code.at[2] >= '0' &&
        code.at[2] < '0' + PROVIDER_COUNT)
        return (uint8_t)(code.at[2] - '0');
    return PROVIDER_UNKNOWN;
}

const char *code_provider_name(uint8_t provider)
{
    return provider < PROVIDER_COUNT ? providers[provider].code : "";
}

const char *code_provider_words(uint8_t provider)
{
    return provider < PROVIDER_COUNT ? providers[provider].words : "Unknown";
}

enum legal_status code_legal_find(struct str code)
{
    switch (pack(code)) {
#define LEGAL_STATUS(member, packed, group, first, last, longest, words)                                     \
    case packed:                                                                                             \
        return STATUS_##member;
#include "data/codes/legal_status.def"
#undef LEGAL_STATUS
    default:
        return STATUS_UNKNOWN;
    }
}

static const struct status_row *status_row(enum legal_status status)
{
    bug_if((unsigned)status >= STATUS_COUNT);
    return &statuses[status];
}

const char *code_legal_name(enum legal_status status)
{
    return status_row(status)->code;
}

const char *code_legal_words(enum legal_status status)
{
    return status_row(status)->words;
}

enum legal_group code_legal_group(enum legal_status status)
{
    return (enum legal_group)status_row(status)->group;
}

bool code_legal_is_short_break(enum legal_status status)
{
    return status == STATUS_V3 || status == STATUS_V4;
}

bool code_legal_valid(enum legal_status status, day start, day end)
{
    const struct status_row *row = status_row(status);
    return start <= row->last && end >= row->first;
}

int32_t code_legal_longest(enum legal_status status)
{
    return status_row(status)->longest;
}

enum rec code_rec_find(struct str code)
{
    switch (pack(code)) {
#define REC(member, packed, route, first, last, youngest, oldest, near_18, words)                            \
    case packed:                                                                                             \
        return REC_##member;
#include "data/codes/rec.def"
#undef REC
    default:
        return REC_UNKNOWN;
    }
}

static const struct rec_row *rec_row(enum rec rec)
{
    bug_if((unsigned)rec >= REC_COUNT);
    return &recs[rec];
}

const char *code_rec_name(enum rec rec)
{
    return rec_row(rec)->code;
}

const char *code_rec_words(enum rec rec)
{
    return rec_row(rec)->words;
}

enum route code_rec_route(enum rec rec, int32_t days_to_18)
{
    const struct rec_row *row = rec_row(rec);
    if (row->near_18 && days_to_18 <= AGED_OUT_DAYS)
        return ROUTE_AGED_OUT;
    return (enum route)row->route;
}

bool code_rec_fits_age(enum rec rec, int32_t age)
{
    const struct rec_row *row = rec_row(rec);
    return age >= row->youngest && age <= row->oldest;
}

bool code_rec_valid(enum rec rec, day ceased)
{
    const struct rec_row *row = rec_row(rec);
    return ceased >= row->first && ceased <= row->last;
}

enum rne code_rne_find(struct str code)
{
    if (code.length != 1)
        return RNE_UNKNOWN;
    switch (code.at[0]) {
#define RNE(member, letter, move, words)                                                                     \
    case letter:                                                                                             \
        return RNE_##member;
#include "data/codes/rne.def"
#undef RNE
    default:
        return RNE_UNKNOWN;
    }
}

char code_rne_letter(enum rne rne)
{
    bug_if((unsigned)rne >= RNE_COUNT);
    return rnes[rne].letter;
}

const char *code_rne_words(enum rne rne)
{
    bug_if((unsigned)rne >= RNE_COUNT);
    return rnes[rne].words;
}

bool code_rne_is_move(enum rne rne)
{
    bug_if((unsigned)rne >= RNE_COUNT);
    return rnes[rne].move;
}

enum need code_need_find(struct str code)
{
    if (code.length == 2 && code.at[0] == 'N' && code.at[1] >= '1' && code.at[1] <= '8')
        return (enum need)(NEED_N1 + (code.at[1] - '1'));
    return NEED_UNKNOWN;
}

bool code_ethnic_find(struct str code, enum ethnic *out)
{
    *out = ETHNIC_NOBT;
    if (code.length != 4)
        return false;
    for (int i = 0; i < ETHNIC_COUNT; i++) {
        if (ethnics[i].code[0] == code.at[0] && str_equal_text(code, ethnics[i].code)) {
            *out = (enum ethnic)i;
            return true;
        }
    }
    return false;
}

const char *code_ethnic_name(enum ethnic ethnic)
{
    bug_if((unsigned)ethnic >= ETHNIC_COUNT);
    return ethnics[ethnic].code;
}

const char *code_ethnic_words(enum ethnic ethnic)
{
    bug_if((unsigned)ethnic >= ETHNIC_COUNT);
    return ethnics[ethnic].words;
}

const char *code_ethnic_group(enum ethnic ethnic)
{
    bug_if((unsigned)ethnic >= ETHNIC_COUNT);
    return ethnics[ethnic].group;
}

bool code_list_has(enum code_list list, struct str code)
{
    if (code.length == 0)
        return false;
    for (size_t i = 0; i < ITEM_COUNT; i++)
        if (items[i].list == list && items[i].code[0] == code.at[0] && str_equal_text(code, items[i].code))
            return true;
    return false;
}

static void row_fill(struct code_row *out, const char *list, const char *code, const char *words,
                     const char *group)
{
    *out =
        (struct code_row){.list = list, .words = words, .group = group, .first = DAY_NONE, .last = DAY_OPEN};
    str_copy(str_of(code), out->code, sizeof out->code);
}

/* Steps through the lists one after the other: i is first reduced by the lengths of the lists before. */
bool code_row(size_t i, struct code_row *out)
{
    if (i < PLACE_UNKNOWN) {
        row_fill(out, "PLACE", places[i].code, places[i].words,
                 placement_group_name((enum placement_group)places[i].own));
        out->first = places[i].first;
        out->last = places[i].last;
        return true;
    }
    i -= PLACE_UNKNOWN;
    if (i < PROVIDER_COUNT) {
        row_fill(out, "PLACE_PROVIDER", providers[i].code, providers[i].words, "");
        return true;
    }
    i -= PROVIDER_COUNT;
    if (i < STATUS_UNKNOWN) {
        row_fill(out, "LS", statuses[i].code, statuses[i].words,
                 legal_group_name((enum legal_group)statuses[i].group));
        out->first = statuses[i].first;
        out->last = statuses[i].last;
        return true;
    }
    i -= STATUS_UNKNOWN;
    if (i < NEED_UNKNOWN) {
        row_fill(out, "CIN", need_name((enum need)i), need_words((enum need)i), "");
        return true;
    }
    i -= NEED_UNKNOWN;
    if (i < RNE_UNKNOWN) {
        const char letter[2] = {rnes[i].letter, '\0'};
        row_fill(out, "RNE", letter, rnes[i].words, "");
        return true;
    }
    i -= RNE_UNKNOWN;
    if (i < REC_UNKNOWN) {
        row_fill(out, "REC", recs[i].code, recs[i].words,
                 i == REC_X1 ? "" : route_name((enum route)recs[i].route));
        out->first = recs[i].first;
        out->last = recs[i].last;
        return true;
    }
    i -= REC_UNKNOWN;
    if (i < ETHNIC_COUNT) {
        row_fill(out, "ETHNIC", ethnics[i].code, ethnics[i].words, ethnics[i].group);
        return true;
    }
    i -= ETHNIC_COUNT;
    if (i < ITEM_COUNT) {
        row_fill(out, list_columns[items[i].list], items[i].code, items[i].words, "");
        return true;
    }
    return false;
}
