/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three streams: children who come for the first time, as far as the history can tell, in sibling groups;
 * unaccompanied children; and those who come back, who are in carepath_returns.c. */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath.h"

enum { MONTHS_A_YEAR = 12 };
static const double year_days = 365.25;
/* England, children starting in the years ending 31 March 2020 to 2022 by age (17,030, 15,240, 14,580,
 * 23,900, 19,830), the unaccompanied taken off the last two (8,200 in 2021 and 2022, a third estimated for
 * 2020); Department for Education, SSDA903 statistics, Open Government Licence v3.0. */
static const double england_starts[LEXIS_KINDS] = {
    17030, 15240, 14580, 22500, 9900, [LEXIS_UASC_YOUNG] = 1400, [LEXIS_UASC_OLD] = 9900};
static const double england_starts_worth = 10; /* children */
/* Shares of sibling groups of 1, 2, 3, 4 children: planning assumption; their index of dispersion, 1.90, is
 * that of the starts of English authorities once drift is taken out, 1.8. */
static const double sibling_shares[CAREPATH_SIBLINGS] = {.70, .18, .08, .04};

/* ---- exposure ---------------------------------------------------------------------------------------- */

double carepath_exposure(const struct model_input *input, int kind, day date)
{
    if (input->population == NULL || lexis_kind_is_uasc(kind))
        return 1;
    const int band = (int)lexis_kind_band(kind);
    const double now = population_on(input->population, band, input->origin);
    const double then = population_on(input->population, band, date);
    return now > 0 && then > 0 ? then / now : 1;
}

double carepath_exposure_all(const struct carepath_entries *entries, const struct model_input *input,
                             day date)
{
    double exposure = 0;
    if (input->population == NULL)
        return 1;
    for (int k = 0; k < LEXIS_UASC_YOUNG; k++)
        exposure += entries->kind[k] * carepath_exposure(input, k, date);
    return exposure;
}

static bool fill_exposure(struct carepath_fit *fit, const struct model_input *input, struct err *err)
{
    const size_t months = (size_t)fit->months;
    fit->entries.exposure = vec_new(LEXIS_KINDS * months, sizeof *fit->entries.exposure, err);
    if (fit->entries.exposure == NULL)
        return false;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int32_t m = 0; m < fit->months; m++)
            fit->entries.exposure[(size_t)k * months + (size_t)m] =
                carepath_exposure(input, k, date_month_start(fit->origin, m + 1) + 14);
    return true;
}

double carepath_population(const struct model_input *input, day date)
{
    return input->population != NULL ? population_on(input->population, POPULATION_ALL, date) : (double)NAN;
}

/* ---- mixes ------------------------------------------------------------------------------------------- */

struct counted {
    double kind[LEXIS_KINDS]; /* as many as would come from the children at the origin */
    double age[LEXIS_KINDS][LEXIS_ADULT];
    double infant[MONTHS_A_YEAR];
    double first[LEXIS_KINDS][CAREPATH_GROUPS];
    double need[NEED_COUNT];
    double month[MONTHS_A_YEAR], month_days[MONTHS_A_YEAR]; /* plain, of new children */
    double plain, plain_uasc;
};

/* The index of a spell in its child's list; 0: the first that the history knows. */
static bool comes_back(const struct history *history, size_t i)
{
    return history->children[history->spells[i].child].first_spell < (int32_t)i;
}

/* The month of life of a child under 1: 0 for newborns .. 11. */
static int month_of_life(day born, day date)
{
    const int month = (int)((date - born) * MONTHS_A_YEAR / year_days);
    return month < 0 ? 0 : month < MONTHS_A_YEAR ? month : MONTHS_A_YEAR - 1;
}

static void count_entries(const struct carepath_fit *fit, const struct model_input *input,
                          struct counted *counted, double *locality)
{
    const struct history *history = fit->history;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->start <= fit->from || spell->start > fit->origin || comes_back(history, i))
            continue;
        const struct child *child = &history->children[spell->child];
        const struct segment *segment = &history->segments[spell->first_segment];
        const int32_t age = date_age_on(child->born, spell->start);
        const int kind = lexis_kind_of(age, lexis_is_uasc(child, spell->start));
        /* as many as would come from the children that there are at the origin */
        counted->kind[kind] += 1 / carepath_exposure(input, kind, spell->start);
        counted->age[kind][age < 0 ? 0 : age >= LEXIS_ADULT ? LEXIS_ADULT - 1 : age] += 1;
        counted->first[kind][segment->group] += 1;
        if (age == 0)
            counted->infant[month_of_life(child->born, spell->start)] += 1;
        counted->need[segment->need] += 1;
        if (locality != NULL && segment->locality >= 0)
            locality[segment->locality] += 1;
        if (lexis_kind_is_uasc(kind)) {
            counted->plain_uasc += 1;
        } else {
            counted->plain += 1;
            counted->month[date_to_civil(spell->start).month - 1] += 1;
        }
    }
}

/* own + worth x parent, normalised; a parent of zeros is even. */
static void lean(const double own[], const double parent[], double worth, int n, double out[])
{
    double total = 0;
    double parents = 0;
    for (int i = 0; i < n; i++) {
        total += own[i];
        parents += parent[i];
    }
    for (int i = 0; i < n; i++)
        out[i] = (own[i] + worth * (parents > 0 ? parent[i] / parents : 1.0 / n)) / (total + worth);
}

/* Shares of the kinds first .. last - 1 among themselves. */
static void fit_kinds(const struct counted *counted, int first, int last, struct carepath_entries *entries)
{
    double total = 0;
    lean(counted->kind + first, england_starts + first, england_starts_worth, last - first,
         entries->kind + first);
    for (int k = first; k < last; k++)
        total += counted->kind[k];
    for (int k = first; k < last; k++) {
        const double own =
            total / (total + england_starts_worth) * counted->kind[k] /
            (counted->kind[k] + CAREPATH_FIRST_WORTH); /* of the kind's share, of its first placements */
        entries->kind_events[k] = counted->kind[k] + england_starts_worth * entries->kind[k];
        entries->borrowed[k] = 1 - own;
    }
}

static void fit_mixes(const struct counted *counted, struct carepath_entries *entries)
{
    double all_first[CAREPATH_GROUPS] = {0};
    static const double even[MONTHS_A_YEAR] = {0}; /* for needs too */
    _Static_assert((int)NEED_COUNT <= (int)MONTHS_A_YEAR, "even is as long as any that lean on it");
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            all_first[g] += counted->first[k][g];
    fit_kinds(counted, 0, LEXIS_UASC_YOUNG, entries);
    fit_kinds(counted, LEXIS_UASC_YOUNG, LEXIS_KINDS, entries);
    for (int k = 0; k < LEXIS_KINDS; k++) {
        double possible[LEXIS_ADULT] = {0};
        lean(counted->first[k], all_first, CAREPATH_FIRST_WORTH, CAREPATH_GROUPS, entries->first[k]);
        for (int32_t age = 0; age < LEXIS_ADULT; age++)
            possible[age] = lexis_kind_of(age, lexis_kind_is_uasc(k)) == k;
        lean(counted->age[k], possible, 2, LEXIS_ADULT, entries->age[k]);
    }
    lean(counted->need, even, 1, NEED_COUNT, entries->need);
    lean(counted->infant, even, 2, MONTHS_A_YEAR, entries->infant);
}

/* (O + prior) / (expected + prior), then scaled so that the day-weighted mean is 1. */
static void fit_season(const struct counted *counted, double prior, double season[MONTHS_A_YEAR])
{
    double days = 0;
    double weighted = 0;
    for (int m = 0; m < MONTHS_A_YEAR; m++)
        days += counted->month_days[m];
    for (int m = 0; m < MONTHS_A_YEAR; m++) {
        const double even = counted->plain * counted->month_days[m] / days;
        season[m] = (counted->month[m] + prior / MONTHS_A_YEAR) / (even + prior / MONTHS_A_YEAR);
        weighted += season[m] * counted->month_days[m] / days;
    }
    for (int m = 0; m < MONTHS_A_YEAR; m++)
        season[m] /= weighted;
}

/* Children a day: new ones, less those who only look new, over days weighted by exposure. */
static void fit_rates(struct carepath_fit *fit, const struct model_input *input,
                      const struct counted *counted)
{
    double exposed = 0;
    double unseen = 0;
    for (day date = fit->from + 1; date <= fit->origin; date = date_month_start(date, 1)) {
        const day end = date_month_end(date, 0) < fit->origin ? date_month_end(date, 0) : fit->origin;
        const double days = end - date + 1;
        exposed += days * carepath_exposure_all(&fit->entries, input, date + 14);
        unseen += days * carepath_returns_unseen(&fit->returns, fit->returns.leavers_a_day,
                                                 date + 15 - fit->history->start);
    }
    struct carepath_entries *entries = &fit->entries;
    entries->events = counted->plain;
    entries->uasc_events = counted->plain_uasc;
    entries->a_day = fmax(0.5, counted->plain - unseen) / exposed;
    entries->uasc_a_day = counted->plain_uasc / (fit->origin - fit->from);
}

bool carepath_entries_fit(struct carepath_fit *fit, const struct model_input *input,
                          const struct params *params, struct err *err)
{
    struct carepath_entries *entries = &fit->entries;
    const size_t n_localities = fit->history->n_localities;
    struct counted *counted = vec_new(1, sizeof *counted, err);
    if (n_localities > 0)
        entries->locality = vec_new(n_localities, sizeof *entries->locality, err);
    if (counted == NULL || (n_localities > 0 && entries->locality == NULL) ||
        !fill_exposure(fit, input, err)) {
        free(counted);
        return false;
    }
    count_entries(fit, input, counted, entries->locality);
    for (day date = fit->from + 1; date <= fit->origin; date++)
        counted->month_days[date_to_civil(date).month - 1] += 1;
    fit_mixes(counted, entries);
    fit_season(counted, params_get(params, "season_events"), entries->season);
    fit_rates(fit, input, counted);
    double total = (double)n_localities;
    for (size_t i = 0; i < n_localities; i++)
        total += entries->locality[i];
    for (size_t i = 0; i < n_localities; i++)
        entries->locality[i] = (entries->locality[i] + 1) / total;
    const double share = params_get(params, "siblings");
    for (int i = 0; i < CAREPATH_SIBLINGS; i++)
        entries->siblings[i] = share * sibling_shares[i] + (i == 0 ? 1 - share : 0);
    free(counted);
    return true;
}
