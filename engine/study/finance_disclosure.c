/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cheapest line that protects all is hidden; where none does alone, the dearest, and again. */
#include "study/finance_disclosure.h"

#include <math.h>

static const double known_to = .25; /* how well others know what a hidden line costs, of its cost */

static double others(const struct finance_disclosure_line lines[], size_t n, size_t line, size_t a)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        if (i != line && lines[i].is_hidden && lines[i].is_placement)
            sum += fmax(0, (double)lines[i].amounts[a]);
    return sum;
}

bool finance_disclosure_protects(const struct finance_disclosure_line lines[], size_t n, size_t line,
                                 int64_t k)
{
    size_t beside = 0;
    for (size_t i = 0; i < n; i++)
        beside += i != line && lines[i].is_hidden && lines[i].is_placement;
    for (size_t a = 0; a < FINANCE_DISCLOSURE_AMOUNTS; a++) {
        const double one = (double)lines[line].amounts[a] / fmax(lines[line].children, 1);
        if (known_to * others(lines, n, line, a) < (double)(k - 1) * one)
            return false;
    }
    return beside > 0;
}

static bool all_protected(const struct finance_disclosure_line lines[], size_t n, int64_t k)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].is_hidden && lines[i].is_small && !finance_disclosure_protects(lines, n, i, k))
            return false;
    return true;
}

/* The number of a unit is that of its first line. */
static void find_units(struct finance_disclosure_line lines[], size_t n)
{
    bool moved = true;
    for (size_t i = 0; i < n; i++)
        lines[i].unit = i;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if ((lines[i].groups & lines[j].groups) != 0 && lines[j].unit < lines[i].unit) {
                    lines[i].unit = lines[j].unit;
                    moved = true;
                }
    }
}

static void hide(struct finance_disclosure_line lines[], size_t n, size_t unit, bool is_hidden)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].unit == unit)
            lines[i].is_hidden = is_hidden;
}

static double outturn(const struct finance_disclosure_line lines[], size_t n, size_t unit)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += lines[i].unit == unit ? (double)lines[i].amounts[0] : 0;
    return sum;
}

/* The shown unit to hide next; n when there is none. */
static size_t next(struct finance_disclosure_line lines[], size_t n, int64_t k)
{
    size_t cheapest = n, dearest = n;
    for (size_t i = 0; i < n; i++) {
        if (lines[i].is_hidden || !lines[i].is_placement || lines[i].unit != i)
            continue;
        if (dearest == n || outturn(lines, n, i) > outturn(lines, n, dearest))
            dearest = i;
        hide(lines, n, i, true);
        const bool does = all_protected(lines, n, k);
        hide(lines, n, i, false);
        if (does && (cheapest == n || outturn(lines, n, i) < outturn(lines, n, cheapest)))
            cheapest = i;
    }
    return cheapest < n ? cheapest : dearest;
}

void finance_disclosure_choose(struct finance_disclosure_line lines[], size_t n, int64_t k)
{
    find_units(lines, n);
    for (size_t i = 0; i < n; i++)
        lines[i].is_hidden = false;
    for (size_t i = 0; i < n; i++)
        if (lines[i].is_placement && (lines[i].is_small || lines[i].was_hidden))
            hide(lines, n, lines[i].unit, true);
    while (!all_protected(lines, n, k)) {
        const size_t unit = next(lines, n, k);
        if (unit == n)
            return;
        hide(lines, n, unit, true);
    }
}
