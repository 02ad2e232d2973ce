/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was said counts more than what can be told from the texts. Whether a phrase has a year of its own is
 * found by reading it against two days far apart. */
#include "plan/plan_date.h"

#include <string.h>

#include "data/dateform.h"

enum { EARLY_YEAR = 1971, LATE_YEAR = 2160, YEAR_FIGURES = 4, FIRST_YEAR = 1990, LAST_YEAR = 2099 };

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

bool plan_date_read(struct str phrase, day context, struct due *out)
{
    struct due early;
    struct due late;
    if (context != DAY_NONE)
        return due_read(phrase, context, out);
    if (!due_read(phrase, date_from_civil(EARLY_YEAR, 1, 1), &early) ||
        !due_read(phrase, date_from_civil(LATE_YEAR, 1, 1), &late) || early.earliest != late.earliest ||
        early.latest != late.latest)
        return false;
    *out = late; /* a day that the plan calls done has come */
    return true;
}

/* ---- said -------------------------------------------------------------------------------------------- */

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

/* ---- inferred ---------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True for a clause with a word that looks ahead. */
static bool looks_ahead(struct str clause)
{
    static const char *const words[] = {"due",  "to",      "will",     "until",  "start",   "starts",
                                        "plan", "planned", "expected", "target", "by",      "revised",
                                        "from", "next",    "commence", "aim",    "intended"};
    for (size_t i = 0; i < clause.length;) {
        size_t n = 0;
        while (i + n < clause.length && is_letter(clause.at[i + n]))
            n++;
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (str_equal_ignore_case((struct str){clause.at + i, n}, str_of(words[k])))
                return true;
        i += n + 1;
    }
    return false;
}

/* The last day that a clause speaks of, with a year of its own; DAY_NONE none. */
static day clause_date(struct str clause)
{
    struct due due;
    if (looks_ahead(clause) || !plan_date_read(clause, DAY_NONE, &due))
        return DAY_NONE;
    return due.latest;
}

/* The latest day of the clauses of a text: they end at ; , : and . before a blank. */
static day text_date(struct str text)
{
    day latest = DAY_NONE;
    size_t first = 0;
    for (size_t i = 0; text.length > 0 && i <= text.length; i++) {
        const bool ends = i == text.length || text.at[i] == '\n' ||
                          (strchr(";,:.", text.at[i]) != NULL &&
                           (i + 1 == text.length || text.at[i + 1] == ' ' || text.at[i + 1] == '\n'));
        if (!ends)
            continue;
        const day date = clause_date((struct str){text.at + first, i - first});
        latest = date > latest ? date : latest;
        first = i + 1;
    }
    return latest;
}

/* The latest day that the plan speaks of as past. */
static day from_the_past(const struct filed_row rows[], size_t n, day context)
{
    day latest = DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        struct due due;
        const day progress = text_date(rows[i].text[PLAN_TEXT_PROGRESS]);
        const day status = text_date(rows[i].text[PLAN_TEXT_STATUS]);
        latest = progress > latest ? progress : latest;
        latest = status > latest ? status : latest;
        if (plan_date_read(rows[i].text[PLAN_TEXT_DUE], context, &due) && due.kind == DUE_DONE &&
            due.latest > latest)
            latest = due.latest;
    }
    return latest;
}

/* The first year of four figures in a text, 0 none. */
static int32_t year_in(struct str text)
{
    for (size_t i = 0; i + YEAR_FIGURES <= text.length; i++) {
        int32_t year = 0;
        size_t n = 0;
        while (i + n < text.length && text.at[i + n] >= '0' && text.at[i + n] <= '9') {
            year = n < YEAR_FIGURES ? 10 * year + (text.at[i + n] - '0') : 0;
            n++;
        }
        if (n == YEAR_FIGURES && year >= FIRST_YEAR && year <= LAST_YEAR)
            return year;
        i += n;
    }
    return 0;
}

/* True for a due that moves with the plan's date ("between now and 1 April", "in six months"). */
static bool is_relative(struct str phrase, day context, const struct due *due)
{
    struct due next;
    return context != DAY_NONE && due_read(phrase, context + 1, &next) && next.earliest != due->earliest;
}

/* The first of the month of the earliest due that is no whole year, and does not count from the date itself.
 */
static day from_the_dues(const struct filed_row rows[], size_t n, day context)
{
    day earliest = DAY_OPEN;
    for (size_t i = 0; i < n; i++) {
        struct due due;
        const struct str text = rows[i].text[PLAN_TEXT_DUE];
        if (!plan_date_read(text, context, &due) || due.earliest == DAY_NONE ||
            due.precision == DUE_BY_YEAR || (context != DAY_NONE && due.earliest < context) ||
            is_relative(text, context, &due))
            continue;
        earliest = due.earliest < earliest ? due.earliest : earliest;
    }
    return earliest == DAY_OPEN ? context : date_month_start(earliest, 0);
}

struct plan_stamp plan_date_find(struct str name, const struct filed_row rows[], size_t n, day asked)
{
    if (asked != DAY_NONE)
        return (struct plan_stamp){asked, PLAN_DATED_ASKED};
    const day column = from_column(rows, n);
    if (column != DAY_NONE)
        return (struct plan_stamp){column, PLAN_DATED_COLUMN};
    const int32_t year = year_in(name);
    const day context = year == 0 ? DAY_NONE : date_from_civil(year, 1, 1);
    const day past = from_the_past(rows, n, context);
    if (past != DAY_NONE)
        return (struct plan_stamp){past, PLAN_DATED_INFERRED};
    const day dues = from_the_dues(rows, n, context);
    return (struct plan_stamp){dues, dues == DAY_NONE ? PLAN_DATED_UNKNOWN : PLAN_DATED_INFERRED};
}
