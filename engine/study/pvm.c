/* SPDX-License-Identifier: GPL-3.0-or-later
 * All in integers: fractions of a penny are numerators over a denominator that all lines share, 128 bits
 * wide. */
#include "study/pvm.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

enum { NIGHTS_A_WEEK = 7 };

__extension__ typedef __int128 wide;

static wide floor_divide(wide a, wide b) /* b > 0 */
{
    const wide q = a / b;
    return a % b < 0 ? q - 1 : q;
}

/* a / b rounded half up, b > 0. */
static pence round_divide(wide a, wide b)
{
    return (pence)floor_divide(2 * a + b, 2 * b);
}

/* Parts of a total: the floors of numerators over a denominator, and what is left to the largest remainders.
 */
static void share_out(const wide numerators[], wide denominator, size_t n, pence total, pence parts[],
                      bool given[])
{
    pence left = total;
    for (size_t i = 0; i < n; i++) {
        parts[i] = (pence)floor_divide(numerators[i], denominator);
        given[i] = false;
        left -= parts[i];
    }
    bug_if(left < 0 || left > (pence)n);
    for (; left > 0; left--) {
        size_t best = n;
        wide most = -1;
        for (size_t i = 0; i < n; i++) {
            const wide rest = numerators[i] - floor_divide(numerators[i], denominator) * denominator;
            if (!given[i] && rest > most) {
                best = i;
                most = rest;
            }
        }
        bug_if(best == n);
        given[best] = true;
        parts[best]++;
    }
}

/* What the nights of the outturn cost at the price of the base. */
static pence at_base_price(const struct pvm_line *line)
{
    if (line->nights0 > 0)
        return round_divide((wide)line->nights1 * line->cost0, line->nights0);
    if (line->standard_weekly > 0)
        return round_divide((wide)line->nights1 * line->standard_weekly, NIGHTS_A_WEEK);
    return line->cost1;
}

/* The sums that every line is held against. */
struct sums {
    wide nights0, nights1, cost0;
};

static struct sums add_up(const struct pvm_line lines[], size_t n)
{
    struct sums sums = {0};
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].is_placement)
            continue;
        sums.nights0 += lines[i].nights0;
        sums.nights1 += lines[i].nights1;
        sums.cost0 += lines[i].cost0;
    }
    return sums;
}

/* Volume by line into parts; without nights in the base there is no price for more of them. */
static void split_volume(const struct pvm_line lines[], size_t n, const struct sums *sums, wide work[],
                         bool given[], pence parts[])
{
    const wide more = sums->nights1 - sums->nights0;
    const wide nights = sums->nights0 > 0 ? sums->nights0 : 1;
    for (size_t i = 0; i < n; i++)
        work[i] = sums->nights0 > 0 && lines[i].is_placement ? more * lines[i].cost0 : 0;
    share_out(work, nights, n, sums->nights0 > 0 ? round_divide(more * sums->cost0, nights) : 0, parts,
              given);
}

/* Mix by line with (p0 - P0): over nights0 squared. */
static void tell_mix(const struct pvm_line lines[], size_t n, const struct sums *sums, pence mix, wide work[],
                     bool given[], struct pvm_split out[], pence parts[])
{
    const wide nights = sums->nights0 > 0 ? sums->nights0 : 1;
    for (size_t i = 0; i < n; i++) {
        const struct pvm_line *line = &lines[i];
        work[i] = 0;
        if (!line->is_placement)
            continue;
        work[i] = (wide)at_base_price(line) * nights * nights;
        if (sums->nights0 > 0)
            work[i] -= (wide)line->cost0 * sums->nights1 * nights +
                       ((wide)line->nights1 * nights - sums->nights1 * line->nights0) * sums->cost0;
        else
            work[i] -= line->cost0;
    }
    share_out(work, nights * nights, n, mix, parts, given);
    for (size_t i = 0; i < n; i++)
        out[i].mix_told = parts[i];
}

bool pvm_make(const struct pvm_line lines[], size_t n, struct pvm_split out[], struct pvm_split *total,
              struct err *err)
{
    wide *work = vec_new(n, sizeof *work, err);
    bool *given = vec_new(n, sizeof *given, err);
    pence *parts = vec_new(n, sizeof *parts, err);
    const bool ok = work != NULL && given != NULL && parts != NULL;
    struct pvm_split sum = {0};
    if (ok) {
        const struct sums sums = add_up(lines, n);
        split_volume(lines, n, &sums, work, given, parts);
        for (size_t i = 0; i < n; i++) {
            out[i] = (struct pvm_split){0};
            const pence base = at_base_price(&lines[i]);
            if (lines[i].is_placement) {
                out[i].volume = parts[i];
                out[i].mix = base - lines[i].cost0 - parts[i];
                out[i].price = lines[i].cost1 - base;
            } else {
                out[i].other = lines[i].cost1 - lines[i].cost0;
            }
            sum.volume += out[i].volume;
            sum.mix += out[i].mix;
            sum.price += out[i].price;
            sum.other += out[i].other;
        }
        tell_mix(lines, n, &sums, sum.mix, work, given, out, parts);
        sum.mix_told = sum.mix;
        if (total != NULL)
            *total = sum;
    }
    free(work);
    free(given);
    free(parts);
    return ok;
}

void pvm_share(const double values[], size_t n, pence total, pence parts[])
{
    pence left = total;
    for (size_t i = 0; i < n; i++) {
        parts[i] = (pence)floor(values[i]);
        left -= parts[i];
    }
    const pence step = left < 0 ? -1 : 1;
    /* each pass gives a penny to the part that is furthest from its value in the direction wanted */
    for (; left != 0; left -= step) {
        size_t best = 0;
        double most = -INFINITY;
        for (size_t i = 0; i < n; i++) {
            const double gap = (values[i] - (double)parts[i]) * (double)step;
            if (gap > most) {
                best = i;
                most = gap;
            }
        }
        parts[best] += step;
    }
}
