/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book has a few dozen lines, kept sorted, and is asked once a month and group: every question walks them.
 */
#include "data/prices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"

enum { DEFAULT_YEAR = 2024, APRIL = 4, PENCE_A_POUND = 100 };
static const double least_uplift_pct = -50;
static const double most_uplift_pct = 100;

static const struct {
    int32_t weekly, low, high; /* pounds */
    double uplift_pct, deflator_pct;
    const char *basis;
} defaults[PLACEMENT_COUNT] = {
#define PRICE(member, weekly, low, high, uplift, deflator, basis)                                            \
    [PLACEMENT_##member] = {weekly, low, high, uplift, deflator, basis},
#include "data/codes/price.def"
#undef PRICE
};

void price_book_free(struct price_book *book)
{
    free(book->lines);
    arena_free(&book->texts);
    *book = (struct price_book){0};
}

struct price_range price_default_range(enum placement_group group)
{
    return (struct price_range){(pence)defaults[group].low * PENCE_A_POUND,
                                (pence)defaults[group].high * PENCE_A_POUND};
}

static bool same_provider(const char *a, const char *b)
{
    return str_equal_ignore_case(str_of(a), str_of(b));
}

/* Order of lines: group, provider, from. */
static int compare_lines(const struct price_line *a, const struct price_line *b)
{
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    const int by_provider =
        same_provider(a->provider, b->provider) ? 0 : str_compare(str_of(a->provider), str_of(b->provider));
    if (by_provider != 0)
        return by_provider;
    return (a->from > b->from) - (a->from < b->from);
}

/* Puts a line in its place; the line's texts already live long enough. */
static bool insert_line(struct price_book *book, const struct price_line *line, struct err *err)
{
    size_t at = 0;
    while (at < book->n_lines && compare_lines(&book->lines[at], line) < 0)
        at++;
    if (at < book->n_lines && compare_lines(&book->lines[at], line) == 0) {
        book->lines[at] = *line;
        return true;
    }
    if (!vec_reserve((void **)&book->lines, &book->capacity, book->n_lines + 1, sizeof book->lines[0], err))
        return false;
    memmove(&book->lines[at + 1], &book->lines[at], (book->n_lines - at) * sizeof book->lines[0]);
    book->lines[at] = *line;
    book->n_lines++;
    return true;
}

bool price_book_defaults(struct price_book *book, struct err *err)
{
    struct price_book made = {0};
    for (int i = 0; i < PLACEMENT_COUNT; i++) {
        const struct price_line line = {
            .group = (enum placement_group)i,
            .provider = "",
            .from = date_from_civil(DEFAULT_YEAR, APRIL, 1),
            .weekly = (pence)defaults[i].weekly * PENCE_A_POUND,
            .annual_uplift_pct = defaults[i].uplift_pct,
            .deflator_pct = defaults[i].deflator_pct,
            .source = defaults[i].basis,
            .is_default = true,
        };
        if (!insert_line(&made, &line, err)) {
            price_book_free(&made);
            return false;
        }
    }
    *book = made;
    return true;
}

static void remove_default(struct price_book *book, enum placement_group group, const char *provider)
{
    size_t kept = 0;
    for (size_t i = 0; i < book->n_lines; i++) {
        const struct price_line *line = &book->lines[i];
        if (!(line->is_default && line->group == group && same_provider(line->provider, provider)))
            book->lines[kept++] = *line;
    }
    book->n_lines = kept;
}

bool price_book_add(struct price_book *book, const struct price_line *line, struct err *err)
{
    struct price_line copy = *line;
    copy.provider = arena_copy(&book->texts, str_of(line->provider), err);
    copy.source = arena_copy(&book->texts, str_of(line->source), err);
    copy.is_default = false;
    if (copy.provider == NULL || copy.source == NULL)
        return false;
    remove_default(book, line->group, line->provider);
    return insert_line(book, &copy, err);
}

bool price_book_as_known(const struct price_book *book, day origin, struct price_book *out, struct err *err)
{
    struct price_book known = {0};
    for (size_t i = 0; i < book->n_lines; i++) {
        const struct price_line *line = &book->lines[i];
        const struct price_line *before = i > 0 ? line - 1 : NULL;
        const bool is_first = before == NULL || before->group != line->group ||
                              !same_provider(before->provider, line->provider);
        if ((line->from <= origin || is_first) && !insert_line(&known, line, err)) {
            price_book_free(&known);
            return false;
        }
    }
    *out = known;
    return true;
}

/* How many 1 Aprils lie in (after, until]. */
static int32_t aprils_between(day after, day until)
{
    return date_financial_year(until) - date_financial_year(after);
}

static pence price_on(const struct price_line *line, day date)
{
    pence weekly = line->weekly;
    if (date >= line->from) {
        const int32_t uplifts = aprils_between(line->from, date);
        for (int32_t i = 0; i < uplifts; i++)
            weekly = money_uplift(weekly, line->annual_uplift_pct);
        return weekly;
    }
    const int32_t years = aprils_between(date, line->from);
    return money_from_pounds((double)weekly / PENCE_A_POUND /
                             pow(1 + line->deflator_pct / 100, (double)years));
}

/* The last line of a group and provider that has begun on a date, else the first of them (*begun false), else
 * NULL. */
static const struct price_line *find_line(const struct price_book *book, enum placement_group group,
                                          const char *provider, day date, bool *begun)
{
    const struct price_line *found = NULL;
    *begun = false;
    for (size_t i = 0; i < book->n_lines; i++) {
        const struct price_line *line = &book->lines[i];
        if (line->group != group || !same_provider(line->provider, provider))
            continue;
        if (line->from <= date)
            *begun = true;
        else if (found != NULL)
            break;
        found = line;
    }
    return found;
}

pence price_book_weekly(const struct price_book *book, enum placement_group group, const char *provider,
                        day date)
{
    bool begun = false;
    const struct price_line *own = NULL;
    if (provider != NULL && provider[0] != '\0') {
        own = find_line(book, group, provider, date, &begun);
        if (begun)
            return price_on(own, date);
    }
    const struct price_line *any = find_line(book, group, "", date, &begun);
    if (any != NULL)
        return price_on(any, date);
    return own != NULL ? price_on(own, date) : 0;
}

bool price_book_names(const struct price_book *book, enum placement_group group, const char *provider)
{
    bool begun = false;
    return provider != NULL && provider[0] != '\0' &&
           find_line(book, group, provider, DAY_OPEN, &begun) != NULL;
}

pence price_book_weekly_home(const struct price_book *book, enum placement_group group, const char *kind,
                             const char *urn, day date)
{
    bool begun = false;
    const struct price_line *own =
        urn == NULL || urn[0] == '\0' ? NULL : find_line(book, group, urn, date, &begun);
    return begun ? price_on(own, date) : price_book_weekly(book, group, kind, date);
}

bool price_book_is_default(const struct price_book *book, enum placement_group group)
{
    for (size_t i = 0; i < book->n_lines; i++)
        if (book->lines[i].group == group && book->lines[i].provider[0] == '\0')
            return book->lines[i].is_default;
    return false;
}

/* ---- a row of a prices file -------------------------------------------------------------------------- */

/* "2024-04-01", or "01/04/2024" as spreadsheets write it. */
static bool parse_from(struct str text, day *out)
{
    enum { LENGTH = 10 };
    text = str_trim(text);
    if (date_parse_iso(text, out))
        return true;
    int64_t day_of_month = 0;
    int64_t month = 0;
    int64_t year = 0;
    if (text.length != LENGTH || text.at[2] != '/' || text.at[5] != '/' ||
        !parse_int_between((struct str){text.at, 2}, 1, 31, &day_of_month) ||
        !parse_int_between((struct str){text.at + 3, 2}, 1, 12, &month) ||
        !parse_int_between((struct str){text.at + 6, 4}, 1, 9999, &year) ||
        !date_is_civil((struct civil){(int32_t)year, (int32_t)month, (int32_t)day_of_month}))
        return false;
    *out = date_from_civil((int32_t)year, (int32_t)month, (int32_t)day_of_month);
    return true;
}

/* PR0 to PR5 in capitals, anything else as written. */
static const char *parse_provider(struct str text, struct arena *arena, struct err *err)
{
    text = str_trim(text);
    if (text.length == 3 && (text.at[0] == 'P' || text.at[0] == 'p') &&
        (text.at[1] == 'R' || text.at[1] == 'r') && text.at[2] >= '0' && text.at[2] <= '5')
        return arena_format(arena, err, "PR%c", text.at[2]);
    return arena_copy(arena, text, err);
}

struct price_fault {
    const char *column, *message;
    struct str value;
};

static bool parse_numbers(const struct price_fields *fields, struct price_line *line,
                          struct price_fault *fault)
{
    if (!placement_group_parse(str_trim(fields->placement), &line->group)) {
        *fault = (struct price_fault){"placement", "no such placement group; `list codes` prints them",
                                      fields->placement};
        return false;
    }
    if (!parse_from(fields->from, &line->from)) {
        *fault = (struct price_fault){"from", "not a date, as in 2024-04-01", fields->from};
        return false;
    }
    if (!parse_pence(fields->weekly_gbp, &line->weekly) || line->weekly < 0) {
        *fault =
            (struct price_fault){"weekly_gbp", "not a price of at least 0, as in 980.50", fields->weekly_gbp};
        return false;
    }
    const struct str uplift = str_trim(fields->annual_uplift_pct);
    if (uplift.length > 0 &&
        (!parse_double(uplift, &line->annual_uplift_pct) || line->annual_uplift_pct < least_uplift_pct ||
         line->annual_uplift_pct > most_uplift_pct)) {
        *fault = (struct price_fault){"annual_uplift_pct", "not per cent from -50 to 100, as in 4.5", uplift};
        return false;
    }
    return true;
}

bool price_line_parse(const struct price_fields *fields, int32_t file, int32_t line_number,
                      struct arena *arena, struct price_line *out, bool *usable, struct findings *findings,
                      struct err *err)
{
    struct price_line line = {0};
    struct price_fault fault = {0};
    if (!parse_numbers(fields, &line, &fault)) {
        const struct finding finding = {
            .rule = RULE_I_01,
            .outcome = OUTCOME_REFUSED,
            .file = file,
            .table = "prices",
            .line = line_number,
            .column = fault.column,
            .value = fault.value,
            .message = fault.message,
        };
        *usable = false;
        return findings_add(findings, &finding, err);
    }
    line.provider = parse_provider(fields->provider, arena, err);
    line.source = arena_copy(arena, str_trim(fields->source), err);
    if (line.provider == NULL || line.source == NULL)
        return false;
    *out = line;
    *usable = true;
    return true;
}
