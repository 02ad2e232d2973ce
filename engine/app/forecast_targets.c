/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plan repeats itself: one reduction may be the target of several actions, and is one mark. */
#include "app/forecast_targets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct group all = {GROUP_ALL, 0};
static const double half_a_child = 0.5;

static int by_day(const void *a, const void *b)
{
    const struct forecast_target *x = a;
    const struct forecast_target *y = b;
    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    return (x->level > y->level) - (x->level < y->level);
}

/* NaN: no figure. */
static double level_of(const struct plan_target *target, double now)
{
    return isfinite(target->level) ? target->level : now + target->change;
}

bool forecast_targets_find(const struct outlook *outlook, struct arena *texts, struct forecast_target **out,
                           size_t *n, struct err *err)
{
    double now = NAN;
    const size_t most = outlook->targets == NULL ? 0 : outlook->targets->n;
    const day end = outlook_month_end(outlook, outlook->forecast.scenarios[outlook->main].months - 1);
    *n = 0;
    *out = arena_take(texts, (most + 1) * sizeof **out, err);
    if (*out == NULL)
        return false;
    if (!outlook_stock(outlook, all, outlook->origin, &now))
        now = NAN;
    for (size_t i = 0; i < most; i++) {
        const struct plan_target *target = &outlook->targets->items[i];
        const double level = level_of(target, now);
        if (strcmp(target->quantity, measure_name(MEASURE_STOCK)) == 0 && isfinite(level) &&
            target->by != DAY_NONE && target->by > outlook->origin && target->by <= end)
            (*out)[(*n)++] = (struct forecast_target){target->by, level};
    }
    if (*n > 0)
        qsort(*out, *n, sizeof **out, by_day);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || (*out)[i].by != (*out)[kept - 1].by ||
            fabs((*out)[i].level - (*out)[kept - 1].level) >= half_a_child)
            (*out)[kept++] = (*out)[i];
    *n = kept;
    return true;
}

const char *forecast_targets_words(const struct forecast_target targets[], size_t n, struct arena *texts,
                                   struct err *err)
{
    const char *words = arena_copy(texts, str_of(""), err);
    for (size_t i = 0; words != NULL && i < n; i++) {
        char level[OUTLOOK_NUMBER];
        char when[OUTLOOK_NUMBER];
        outlook_exact(targets[i].level, level);
        outlook_month_words(targets[i].by, when);
        words = arena_format(texts, err, "%s%s%s by %s", words, i == 0 ? " As planned: " : ", ", level, when);
    }
    return words == NULL || n == 0 ? words : arena_format(texts, err, "%s.", words);
}
