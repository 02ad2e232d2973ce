/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whom a lever concerns, as a share of the days at risk (or of the entries) in each cell. Placement and
 * unaccompanied children are states of the model and exact; age inside a band, legal status, need, locality
 * and time in care inside a band are shares seen in the history, small cells leaning on their kind. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/stockflow.h"
#include "sim/slip.h"

enum { SHARE_CELLS = LEXIS_KINDS * LEXIS_TICS * SF_GROUPS };
/* Child-days, and entries, that the share of the kind is worth beside a cell's own. */
static const double share_prior_days = 3650;
static const double share_prior_entries = 10;
static const double year_days = 365.25;

static size_t share_at(int kind, int tic, int group)
{
    return ((size_t)kind * LEXIS_TICS + (size_t)tic) * SF_GROUPS + (size_t)group;
}

struct counting {
    const struct sf_fit *fit;
    const struct where *where;
    double *chosen, *all; /* [SHARE_CELLS] */
};

static bool is_chosen(const struct history *history, const struct where *where, const struct segment *segment)
{
    if ((where->legals >> segment->legal & 1U) == 0 || (where->needs >> segment->need & 1U) == 0)
        return false;
    if (where->locality == NULL)
        return true;
    return segment->locality >= 0 && history->localities != NULL &&
           strcmp(history->localities[segment->locality], where->locality) == 0;
}

static day later(day a, day b)
{
    return a > b ? a : b;
}

static day earlier(day a, day b)
{
    return a < b ? a : b;
}

static void count_piece(void *context, const struct lexis_piece *piece)
{
    const struct counting *counting = context;
    const struct where *where = counting->where;
    const size_t at = share_at(piece->kind, piece->tic, piece->group);
    counting->all[at] += piece->to - piece->from;
    if (!is_chosen(counting->fit->history, where, piece->segment))
        return;
    day from = later(piece->from, date_birthday(piece->child->born, where->age_low));
    day to = earlier(piece->to, date_birthday(piece->child->born, where->age_high + 1));
    const day start = lexis_care_start(piece->spell);
    const day longest = to - start;
    from = later(from, where->in_care_low < longest ? start + where->in_care_low : to);
    to = where->in_care_high < longest ? earlier(to, start + where->in_care_high + 1) : to;
    if (to > from)
        counting->chosen[at] += to - from;
}

static void count_entries(const struct counting *counting)
{
    const struct history *history = counting->fit->history;
    const struct where *where = counting->where;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->start <= counting->fit->from || spell->start > counting->fit->origin)
            continue;
        const struct child *child = &history->children[spell->child];
        const struct segment *segment = &history->segments[spell->first_segment];
        const int32_t age = date_age_on(child->born, spell->start);
        const size_t at = share_at(lexis_kind_of(age, lexis_is_uasc(child, spell->start)), 0, segment->group);
        counting->all[at] += 1;
        if (is_chosen(history, where, segment) && age >= where->age_low && age <= where->age_high &&
            where->in_care_low == 0)
            counting->chosen[at] += 1;
    }
}

/* What the conditions on age and time in care alone say of a cell without children: all other conditions are
 * then taken not to hold. */
static double blind_share(const struct where *where, int kind, int tic)
{
    const uint32_t seen = 1U << WHERE_LEGAL | 1U << WHERE_NEED | 1U << WHERE_LOCALITY;
    if ((where->given & seen) != 0)
        return 0;
    const int32_t first = age_band_first(lexis_kind_band(kind));
    const int32_t end = lexis_kind_end(kind);
    const int32_t low = where->age_low > first ? where->age_low : first;
    const int32_t high = where->age_high + 1 < end ? where->age_high + 1 : end;
    const double ages = high > low ? (double)(high - low) / (end - first) : 0;
    const bool in_care = where->in_care_low <= lexis_tic_edges[tic] &&
                         (tic + 1 == LEXIS_TICS || where->in_care_high >= lexis_tic_edges[tic + 1] - 1);
    return in_care ? ages : 0;
}

static double lean(double chosen, double all, double parent, double prior)
{
    return all > 0 ? parent + all / (all + prior) * (chosen / all - parent) : parent;
}

/* Shares of one kind and band of time in care, each group leaning on all groups together. */
static void shares_of_row(const struct counting *counting, int kind, int tic, double prior, double *share)
{
    double chosen = 0;
    double all = 0;
    for (int g = 0; g < SF_GROUPS; g++) {
        chosen += counting->chosen[share_at(kind, tic, g)];
        all += counting->all[share_at(kind, tic, g)];
    }
    const double parent = lean(chosen, all, blind_share(counting->where, kind, tic), prior / 10);
    for (int g = 0; g < SF_GROUPS; g++) {
        const size_t at = share_at(kind, tic, g);
        const bool placed = (counting->where->placements >> g & 1U) != 0;
        const bool status =
            counting->where->uasc < 0 || lexis_kind_is_uasc(kind) == (counting->where->uasc == 1);
        share[at] = placed && status ? lean(counting->chosen[at], counting->all[at], parent, prior) : 0;
    }
}

static bool fill_shares(const struct sf_fit *fit, struct sf_lever *item, struct err *err)
{
    const struct lever *lever = item->lever;
    const bool of_entries =
        lever->kind == LEVER_ENTRIES || lever->kind == LEVER_REFERRALS || lever->kind == LEVER_READMISSIONS;
    item->share = vec_new(SHARE_CELLS, sizeof *item->share, err);
    struct counting counting = {.fit = fit, .where = &lever->where};
    counting.chosen = vec_new(SHARE_CELLS, sizeof *counting.chosen, err);
    counting.all = vec_new(SHARE_CELLS, sizeof *counting.all, err);
    const bool ok = item->share != NULL && counting.chosen != NULL && counting.all != NULL;
    if (ok && of_entries)
        count_entries(&counting);
    else if (ok)
        lexis_walk(fit->history, fit->from, fit->origin, count_piece, &counting);
    for (int k = 0; ok && k < LEXIS_KINDS; k++)
        for (int t = 0; t < (of_entries ? 1 : LEXIS_TICS); t++)
            shares_of_row(&counting, k, t, of_entries ? share_prior_entries : share_prior_days, item->share);
    free(counting.chosen);
    free(counting.all);
    return ok;
}

static bool is_for_model(enum lever_kind kind)
{
    switch (kind) {
    case LEVER_ENTRIES:
    case LEVER_EXITS:
    case LEVER_MOVES:
    case LEVER_MIX:
    case LEVER_READMISSIONS:
    case LEVER_REFERRALS:
        return true;
    case LEVER_PRICE:
    case LEVER_CAPACITY:
    case LEVER_OUTCOME:
    case LEVER_COUNT:
        break;
    }
    return false;
}

void sf_levers_free(struct sf_levers *levers)
{
    for (size_t i = 0; i < levers->n; i++)
        free(levers->items[i].share);
    free(levers->items);
    free(levers->starts);
    *levers = (struct sf_levers){0};
}

bool sf_levers_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_levers *out,
                    struct err *err)
{
    struct sf_levers levers = {.scenario = scenario,
                               .referral_elasticity = params_get(&scenario->params, "referral_elasticity")};
    levers.items = vec_new(scenario->n_levers, sizeof *levers.items, err);
    levers.starts = vec_new(scenario->n_levers, sizeof *levers.starts, err);
    if (levers.items == NULL || levers.starts == NULL) {
        sf_levers_free(&levers);
        return false;
    }
    slip_fixed_starts(scenario, fit->origin, levers.starts);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (!is_for_model(scenario->levers[i].kind))
            continue;
        struct sf_lever *item = &levers.items[levers.n++];
        item->lever = &scenario->levers[i];
        item->index = i;
        item->effect = effect_make(item->lever, scenario->stance);
        if (!fill_shares(fit, item, err)) {
            sf_levers_free(&levers);
            return false;
        }
    }
    *out = levers;
    return true;
}

double sf_lever_strength(const struct sf_levers *levers, const day starts[], size_t i, double effect,
                         day origin, int32_t month)
{
    const struct sf_lever *item = &levers->items[i];
    const day from = date_month_start(origin, month + 1);
    const day to = date_month_start(origin, month + 2);
    const double ramp = effect_ramp(levers->scenario, starts, item->index, from, to);
    switch (item->lever->unit) {
    case EFFECT_PER_YEAR:
        return effect * ramp / year_days;
    case EFFECT_CHILDREN:
        return ramp > 0 ? effect * lever_gain(item->lever, starts[item->index], origin, from, to) : 0;
    case EFFECT_FACTOR:
        break;
    }
    return effect * ramp;
}
