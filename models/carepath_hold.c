/* SPDX-License-Identifier: GPL-3.0-or-later
 * The children who are here now, at rates that were learned before: everything is learned twice, at the
 * origin and on the earlier day, and what counts children or their number is taken from the first, what
 * counts how often something happens from the second. */
#include <stdlib.h>

#include "models/carepath.h"

enum { APRIL = 4 };

/* Levels wander on from the earlier day, with no count of any month since to learn from. */
static void carry_levels(struct carepath_levels *levels, day from, day to)
{
    const int32_t months = date_month_index(to) - date_month_index(from);
    for (int32_t m = 1; m <= months; m++) {
        const bool april = date_to_civil(date_month_start(from, m)).month == APRIL;
        const struct carepath_step *step = april ? &levels->new_year : &levels->month;
        state_space_predict(&levels->now, step->transition, step->noise);
    }
}

/* Entries a day and shares by age are those from the children who lived there on the earlier day. */
static void carry_entries(struct carepath_entries *entries, const struct model_input *earlier, day to)
{
    double all = 0;
    for (int k = 0; k < LEXIS_UASC_YOUNG; k++) {
        entries->kind[k] *= carepath_exposure(earlier, k, to);
        all += entries->kind[k];
    }
    for (int k = 0; k < LEXIS_UASC_YOUNG; k++)
        entries->kind[k] /= all;
    entries->a_day *= all;
}

static void swap_doubles(double **a, double **b)
{
    double *kept = *a;
    *a = *b;
    *b = kept;
}

void carepath_hold(struct carepath_fit *fit, struct carepath_fit *earlier, const struct model_input *input)
{
    struct carepath_returns *returns = &earlier->returns;
    struct carepath_seen *seen = fit->seen;
    carry_levels(&earlier->levels, earlier->origin, fit->origin);
    carry_entries(&earlier->entries, input, fit->origin);
    if (earlier->n_present > 0)
        earlier->levels.exits_a_month *= (double)fit->n_present / (double)earlier->n_present;
    /* months ahead of the origin, and who is away, are the later fit's */
    swap_doubles(&fit->entries.exposure, &earlier->entries.exposure);
    struct carepath_leaver *away = returns->leavers;
    returns->leavers = fit->returns.leavers;
    returns->n_leavers = fit->returns.n_leavers;
    free(away);
    free(fit->entries.locality);
    free(fit->entries.exposure);
    fit->seen = earlier->seen;
    free(seen);
    fit->rates = earlier->rates;
    fit->entries = earlier->entries;
    fit->returns = *returns;
    fit->levels = earlier->levels;
    free(earlier->present);
    *earlier = (struct carepath_fit){0};
}
