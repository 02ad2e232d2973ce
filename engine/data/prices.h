/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/prices.h: what a week in a placement costs.
 *
 * Ownership: a price book owns its lines; price_book_free releases them. A zeroed book is empty.
 *
 * A line names a placement group, optionally a provider, the day from which it holds, a weekly price in pence
 * and an annual uplift applied on each 1 April after `from`, rounded to the penny each year. The built-in
 * book (data/codes/price.def, 2024-25 levels with their sources) fills every group; an imported line for a
 * group replaces the built-in line of that group and provider. */
#ifndef TURNCURVE_DATA_PRICES_H
#define TURNCURVE_DATA_PRICES_H

#include "base/arena.h"
#include "base/date.h"
#include "base/money.h"
#include "data/findings.h"
#include "data/group.h"

struct price_line {
    enum placement_group group;
    const char *provider; /* "" any; "PR0".."PR5", or a URN; another name matches nothing */
    day from;
    pence weekly;
    double annual_uplift_pct; /* on each 1 April after `from` */
    double deflator_pct;      /* per cent a year before `from`; 0: carried back unchanged */
    const char *source;
    bool is_default; /* from the built-in book */
};
struct price_book {
    struct price_line *lines; /* by group, provider, from */
    size_t n_lines, capacity;
    struct arena texts;
};
/* The built-in book. */
bool price_book_defaults(struct price_book *book, struct err *err);
void price_book_free(struct price_book *book);
/* Adds an imported line (texts are copied); it takes the place of the built-in lines of that group and
 * provider, and of an imported line of the same group, provider and day. */
bool price_book_add(struct price_book *book, const struct price_line *line, struct err *err);
/* What was known of prices at an origin: lines that begin later are left out, but for the earliest of a group
 * and provider where none had begun, which is carried back. Texts are borrowed from the book. */
bool price_book_as_known(const struct price_book *book, day origin, struct price_book *out, struct err *err);
/* The weekly price of a group on a day, for a provider ("" or NULL: any). A provider's own line counts where
 * it has begun, else the line for any provider. The line's price is raised by its uplift on each 1 April
 * after its `from`, each time rounded half up to a penny. Before the first line of an authority's own book
 * the earliest price is carried back unchanged; before a built-in line it is deflated by the line's deflator
 * for each 1 April between, so that a 2012 forecast has 2012 prices. 0 for a group without any line. Cost:
 * O(lines).
 *
 * Example: 1,170.25 from 1 April 2024 with 3.5 % is 1,211.21 on 1 April 2025 and 1,253.60 a year later. */
pence price_book_weekly(const struct price_book *book, enum placement_group group, const char *provider,
                        day date);
/* The same for a placement with a kind of provider ("PR0".."PR5", "" not known) in a home, by its URN ("" not
 * known): the home's own line where it has begun, else the kind's, else the line for any. */
pence price_book_weekly_home(const struct price_book *book, enum placement_group group, const char *kind,
                             const char *urn, day date);
/* True when the book has a line of the group for this provider alone, begun or not. */
bool price_book_names(const struct price_book *book, enum placement_group group, const char *provider);
/* True when the group's price comes from the built-in book. */
bool price_book_is_default(const struct price_book *book, enum placement_group group);

/* What the built-in book says about a group's price besides its line. */
struct price_range {
    pence low, high; /* a plausible range of weekly prices, 2024-25 */
};
struct price_range price_default_range(enum placement_group group);

/* The fields of a row of a prices file, as read; those of missing columns are empty. */
struct price_fields {
    struct str placement, provider, from, weekly_gbp, annual_uplift_pct, source;
};
/* Makes a line of a row: placement a group's name, provider PR0-PR5, a URN or a name or blank, from a date
 * (2024-04-01 or 01/04/2024), weekly_gbp pounds of at least 0, uplift blank or per cent from -50 to 100.
 * Texts of the line live in the arena. A row that cannot be used gives a finding I-01 (refused) in its file
 * and line, and *usable false; the function itself fails only when the sink or memory does. */
bool price_line_parse(const struct price_fields *fields, int32_t file, int32_t line_number,
                      struct arena *arena, struct price_line *out, bool *usable, struct findings *findings,
                      struct err *err);

#endif
