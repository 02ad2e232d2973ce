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
#include "data/group.h"

struct price_line {
    enum placement_group group;
    const char *provider; /* "" any; "PR0".."PR5", a URN or a name */
    day from;
    pence weekly;
    double annual_uplift_pct;
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
 * provider. */
bool price_book_add(struct price_book *book, const struct price_line *line, struct err *err);
/* The weekly price of a group on a day. Before the first line of an authority's own book the earliest price
 * is carried back unchanged; before a built-in line it is deflated by its uplift each 1 April, so that a 2012
 * forecast has 2012 prices. */
pence price_book_weekly(const struct price_book *book, enum placement_group group, const char *provider,
                        day date);
/* True when the group's price comes from the built-in book. */
bool price_book_is_default(const struct price_book *book, enum placement_group group);

#endif
