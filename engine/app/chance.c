/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words and their bounds stand in one table. */
#include "app/chance.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>

enum { STEPS = 5 };
static const double pct = 100;
static const double most_said = .995; /* what would round to 100 */
static const double least_said = .005;
static const struct {
    double below;
    const char *words;
} steps[STEPS] = {{.20, "very unlikely"},
                  {.45, "less likely than not"},
                  {.55, "about even"},
                  {.80, "more likely than not"},
                  {INFINITY, "very likely"}};

const char *chance_words(double chance)
{
    int i = 0;
    while (i < STEPS - 1 && chance >= steps[i].below)
        i++;
    return steps[i].words;
}

void chance_per_cent(double chance, char out[CHANCE_WORDS])
{
    out[0] = '\0';
    if (isnan(chance))
        return;
    if (chance >= most_said)
        (void)snprintf(out, CHANCE_WORDS, "over 99 %%");
    else if (chance < least_said)
        (void)snprintf(out, CHANCE_WORDS, "under 1 %%");
    else
        (void)snprintf(out, CHANCE_WORDS, "%.0f %%", pct * chance);
}

void chance_say(double chance, char out[CHANCE_WORDS])
{
    char number[CHANCE_WORDS];
    chance_per_cent(chance, number);
    out[0] = '\0';
    if (!isnan(chance))
        (void)snprintf(out, CHANCE_WORDS, "%.28s (%.28s)", chance_words(chance), number);
}

void chance_scale(char out[CHANCE_SCALE])
{
    int used = 0;
    for (int i = 0; i < STEPS && used < CHANCE_SCALE; i++) {
        const char *words = steps[i].words;
        const double from = i == 0 ? 0 : pct * steps[i - 1].below;
        char bounds[CHANCE_WORDS];
        if (i == 0)
            (void)snprintf(bounds, sizeof bounds, "under %.0f %%", pct * steps[i].below);
        else if (i == STEPS - 1)
            (void)snprintf(bounds, sizeof bounds, "%.0f %% and over", from);
        else
            (void)snprintf(bounds, sizeof bounds, "%.0f to %.0f %%", from, pct * steps[i].below);
        used += snprintf(out + used, (size_t)(CHANCE_SCALE - used), "%s%c%s: %s.", i > 0 ? " " : "",
                         toupper((unsigned char)words[0]), words + 1, bounds);
    }
}
