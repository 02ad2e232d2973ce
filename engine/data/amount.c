/* SPDX-License-Identifier: GPL-3.0-or-later
 * What brackets and trailing signs say is taken off first; base/parse then reads the figures strictly. */
#include "data/amount.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"

enum { YEAR_SHORT = 7, YEAR_LONG = 9 };

/* Signs and letters of other currencies that a ledger may hold. */
static const char *const other_currencies[] = {"$",   "\xE2\x82\xAC", "\xC2\xA5", "EUR",
                                               "USD", "euro",         "dollar"};

static bool contains(struct str s, const char *part)
{
    const size_t length = strlen(part);
    for (size_t i = 0; i + length <= s.length; i++)
        if (str_equal_ignore_case((struct str){s.at + i, length}, str_of(part)))
            return true;
    return false;
}

enum amount amount_parse(struct str s, pence *out)
{
    pence value = 0;
    s = str_trim(s);
    for (size_t i = 0; i < sizeof other_currencies / sizeof other_currencies[0]; i++)
        if (contains(s, other_currencies[i]))
            return AMOUNT_OTHER_CURRENCY;
    bool negative = false;
    if (s.length > 2 && s.at[0] == '(' && s.at[s.length - 1] == ')') {
        s = str_trim((struct str){s.at + 1, s.length - 2});
        negative = true;
    } else if (s.length > 1 && s.at[s.length - 1] == '-') {
        s = str_trim((struct str){s.at, s.length - 1});
        negative = true;
    } else if (str_starts_with(s, "\xC2\xA3-")) { /* £-350.00 */
        s = (struct str){s.at + 3, s.length - 3};
        negative = true;
    }
    if ((negative && s.length > 0 && s.at[0] == '-') || !parse_pence(s, &value))
        return AMOUNT_NONE;
    *out = negative ? -value : value;
    return AMOUNT_READ;
}

bool amount_parse_year(struct str s, int32_t *out)
{
    char text[YEAR_SHORT + 1];
    s = str_trim(s);
    if ((s.length != YEAR_SHORT && s.length != YEAR_LONG) || (s.at[4] != '-' && s.at[4] != '/') ||
        (s.length == YEAR_LONG && memcmp(s.at + 5, s.at, 2) != 0 && memcmp(s.at + 7, "00", 2) != 0))
        return false;
    const int length = snprintf(text, sizeof text, "%.4s-%.2s", s.at, s.at + s.length - 2);
    return length == YEAR_SHORT && date_parse_financial_year(str_of(text), out);
}

bool placement_set_has(placement_set set, enum placement_group group)
{
    return (set >> group & 1U) != 0;
}

bool placement_set_parse(struct str s, placement_set *set)
{
    placement_set found = 0;
    *set = 0;
    s = str_trim(s);
    while (s.length > 0) {
        const char *plus = memchr(s.at, '+', s.length);
        const size_t length = plus == NULL ? s.length : (size_t)(plus - s.at);
        enum placement_group group;
        if (!placement_group_parse(str_trim((struct str){s.at, length}), &group))
            return false;
        found |= (placement_set)1 << group;
        if (plus == NULL)
            break;
        s = (struct str){plus + 1, s.length - length - 1};
        if (str_trim(s).length == 0)
            return false;
    }
    *set = found;
    return true;
}

void placement_set_format(placement_set set, char out[PLACEMENT_SET_TEXT])
{
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; i < PLACEMENT_COUNT; i++) {
        if (!placement_set_has(set, (enum placement_group)i))
            continue;
        const int length = snprintf(out + n, PLACEMENT_SET_TEXT - n, "%s%s", n == 0 ? "" : "+",
                                    placement_group_name((enum placement_group)i));
        bug_if(length < 0 || (size_t)length >= PLACEMENT_SET_TEXT - n);
        n += (size_t)length;
    }
}
