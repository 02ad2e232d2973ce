/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was said counts more than what can be told from the texts. */
#include "plan/plan_date.h"

#include "data/dateform.h"

static const char *const names[PLAN_DATED_COUNT] = {"asked", "column", "inferred", "unknown"};

const char *plan_dated_name(enum plan_dated dated)
{
    bug_if((unsigned)dated >= PLAN_DATED_COUNT);
    return names[dated];
}

enum plan_dated plan_dated_parse(struct str name)
{
    for (int i = 0; i < PLAN_DATED_UNKNOWN; i++)
        if (str_equal_text(name, names[i]))
            return (enum plan_dated)i;
    return PLAN_DATED_UNKNOWN;
}

/* The latest day in the column, DAY_NONE when it has none. */
static day from_column(const struct filed_row rows[], size_t n)
{
    day latest = DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        const struct str text = str_trim(rows[i].text[PLAN_TEXT_PLAN_DATE]);
        enum dateform_order order;
        day date = DAY_NONE;
        if (text.length == 0)
            continue;
        const enum dateform form = dateform_parse(text, &date, &order);
        if (form != DATEFORM_NONE && form != DATEFORM_IMPOSSIBLE && date > latest)
            latest = date;
    }
    return latest;
}

struct plan_stamp plan_date_find(const struct filed_row rows[], size_t n, day asked)
{
    if (asked != DAY_NONE)
        return (struct plan_stamp){asked, PLAN_DATED_ASKED};
    const day column = from_column(rows, n);
    if (column != DAY_NONE)
        return (struct plan_stamp){column, PLAN_DATED_COLUMN};
    return (struct plan_stamp){DAY_NONE, PLAN_DATED_UNKNOWN};
}
