/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the last flag to the first: each hangs below all those whose staffs its words reach. */
#include "render/chart_flags.h"

#include <stdio.h>
#include <string.h>

#include "render/chart_labels.h"

enum { FLAG_CHARACTERS = 12 };
/* Of a 12 px sans serif, and the room left of the words and behind them. */
static const double character_px = 7.3, before_px = 5.0, behind_px = 6.0;

static void name(struct chart_placed_flag *flag)
{
    if (flag->n > 1)
        snprintf(flag->words, sizeof flag->words, "%s +%d", flag->first, (int)flag->n - 1);
    else
        snprintf(flag->words, sizeof flag->words, "%s", flag->first);
}

static size_t by_month(const struct chart_flag flags[], size_t n, double low, double high,
                       struct chart_placed_flag out[CHART_FLAGS_MOST])
{
    size_t n_out = 0;
    for (size_t i = 0; i < n; i++) {
        bug_if(i > 0 && flags[i].at < flags[i - 1].at);
        if (flags[i].at < low || flags[i].at > high)
            continue;
        struct chart_placed_flag *last = n_out == 0 ? NULL : &out[n_out - 1];
        if (last != NULL &&
            (date_month_index(last->at) == date_month_index(flags[i].at) || n_out == CHART_FLAGS_MOST)) {
            last->n++;
            continue;
        }
        out[n_out] = (struct chart_placed_flag){.at = flags[i].at, .n = 1};
        chart_cut(flags[i].words, FLAG_CHARACTERS, out[n_out].first, sizeof out[n_out].first);
        n_out++;
    }
    return n_out;
}

/* Sets levels from the right; returns the first flag (from the right) that hangs too deep, n when none does.
 */
static size_t set_levels(struct chart_placed_flag flags[], size_t n, double pixels_a_day)
{
    for (size_t i = n; i-- > 0;) {
        name(&flags[i]);
        const double width = before_px + behind_px + character_px * (double)chart_characters(flags[i].words);
        flags[i].level = 1;
        for (size_t k = i + 1; k < n && (flags[k].at - flags[i].at) * pixels_a_day <= width; k++)
            if (flags[k].level >= flags[i].level)
                flags[i].level = flags[k].level + 1;
        if (flags[i].level > CHART_FLAG_LEVELS)
            return i;
    }
    return n;
}

size_t chart_flags_place(const struct chart_flag flags[], size_t n, double low, double high,
                         double pixels_a_day, struct chart_placed_flag out[CHART_FLAGS_MOST], int32_t *levels)
{
    size_t n_out = by_month(flags, n, low, high, out);
    for (size_t deep = set_levels(out, n_out, pixels_a_day); deep < n_out;
         deep = set_levels(out, n_out, pixels_a_day)) {
        out[deep].n += out[deep + 1].n; /* there is one behind it, or it would hang at 1 */
        memmove(&out[deep + 1], &out[deep + 2], (n_out - deep - 2) * sizeof *out);
        n_out--;
    }
    *levels = 0;
    for (size_t i = 0; i < n_out; i++)
        *levels = out[i].level > *levels ? out[i].level : *levels;
    return n_out;
}
