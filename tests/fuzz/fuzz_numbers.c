/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers, money, dates and text of base: whatever is accepted comes back the same when it is written and
 * read again. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_integer(struct str s)
{
    int64_t value = 0;
    int64_t again = 0;
    char text[32];
    if (!parse_int64(s, &value))
        return;
    bug_if(snprintf(text, sizeof text, "%lld", (long long)value) >= (int)sizeof text);
    bug_if(!parse_int64(str_of(text), &again) || again != value);
}

static void check_real(struct str s)
{
    double value = 0;
    double again = 0;
    char text[64];
    if (!parse_double(s, &value))
        return;
    bug_if(snprintf(text, sizeof text, "%.17g", value) >= (int)sizeof text);
    bug_if(!parse_double(str_of(text), &again) || memcmp(&value, &again, sizeof value) != 0);
}

static void check_money(struct str s)
{
    int64_t value = 0;
    int64_t again = 0;
    char text[MONEY_TEXT];
    if (!parse_pence(s, &value))
        return;
    money_format_gbp(value, text);
    bug_if(!parse_pence(str_of(text), &again) || again != value);
}

static void check_date(struct str s)
{
    day date = DAY_NONE;
    char text[DATE_TEXT];
    if (!date_parse_iso(s, &date))
        return;
    date_format_iso(date, text);
    bug_if(!str_equal_text(s, text));
    bug_if(date_age_on(date, date_birthday(date, 18)) != 18);
}

static void check_text(struct str s)
{
    const struct str trimmed = str_trim(s);
    bug_if(trimmed.length > s.length || !str_equal(str_trim(trimmed), trimmed));
    bug_if(!str_equal_ignore_case(s, s) || str_compare(s, s) != 0);
    bug_if(s.length <= 63 && str_edit_distance(s, s) != 0);
    if (str_is_clean_utf8(s) && s.length > 0)
        bug_if(memchr(s.at, '\0', s.length) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    check_integer(s);
    check_real(s);
    check_money(s);
    check_date(s);
    check_text(s);
    return 0;
}
