/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rates by occurrence and exposure. Each process (a route out, or moving) is a rate by kind and placement
 * group times a factor by time in care, fitted in turn; small cells lean on their kind, kinds on the whole
 * authority, the authority on England. The level at the origin is filtered from quarterly counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/stockflow.h"
#include "numeric/hazard.h"

enum { QUARTER_MONTHS = 3, FIT_ROUNDS = 4, MOST_QUARTERS = 128 };
static const double year_days = 365.25;
/* A measured yearly change of a rate that wanders by the month is calmer than the rate: sqrt(.668981481)
 * (Working 1960, Econometrica 28:916). */
static const double working_factor = 0.8179;
/* Events that a factor of time in care is worth before data, and children a mix of placements. */
static const double tic_prior_events = 5;
static const double mix_prior = 20;
static const double most_daily = 0.5;
/* English exit rates a child-year, all placements: the prior of an authority without a single event. */
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                         \
    static const double england_child_years = (age_0) + (age_1_4) + (age_5_9) + (age_10_15) + (age_16_17);
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#include "models/england.def"
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                   \
    [ROUTE_##route] = (age_0) + (age_1_4) + (age_5_9) + (age_10_15) + (age_16_17),
static const double england_leavers[ROUTE_COUNT] = {
#include "models/england.def"
};
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
/* Planning assumption: moves a child-year. */
static const double england_moves = 0.5;

enum { MOVING = ROUTE_COUNT, PROCESSES };

struct sums {
    double exposure[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS];
    double events[PROCESSES][LEXIS_KINDS][LEXIS_TICS][SF_GROUPS];
    double to[LEXIS_KINDS][SF_GROUPS][SF_GROUPS];
};

static void add_piece(void *context, const struct lexis_piece *piece)
{
    struct sums *sums = context;
    sums->exposure[piece->kind][piece->tic][piece->group] += piece->to - piece->from;
    if (piece->event == LEXIS_EXIT)
        sums->events[piece->detail][piece->kind][piece->tic][piece->group] += 1;
    if (piece->event == LEXIS_MOVE && piece->is_counted) {
        sums->events[MOVING][piece->kind][piece->tic][piece->group] += 1;
        sums->to[piece->kind][piece->group][piece->detail] += 1;
    }
}

/* Rates theta by kind and group given the factors of time in care. */
static void fit_cells(const struct sums *sums, int process, const double factor[LEXIS_TICS],
                      double prior_rate, double prior_events, double theta[LEXIS_CELLS])
{
    struct hazard_cell cells[LEXIS_CELLS] = {{0, 0}};
    struct hazard_cell kinds[LEXIS_KINDS] = {{0, 0}};
    struct hazard_cell all = {0, 0};
    double parents[LEXIS_CELLS];
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            struct hazard_cell *cell = &cells[lexis_cell(k, g)];
            for (int t = 0; t < LEXIS_TICS; t++) {
                cell->occurrences += sums->events[process][k][t][g];
                cell->exposure += sums->exposure[k][t][g] * factor[t];
            }
            kinds[k].occurrences += cell->occurrences;
            kinds[k].exposure += cell->exposure;
        }
        all.occurrences += kinds[k].occurrences;
        all.exposure += kinds[k].exposure;
    }
    const double rate = hazard_posterior_mean(all, prior_rate, prior_events / prior_rate);
    /* A parent is worth between half an event and fifty. */
    const double least = 0.5 / rate;
    const double most = 50 / rate;
    const double kind_strength = hazard_strength(kinds, NULL, LEXIS_KINDS, least, most);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < SF_GROUPS; g++)
            parents[lexis_cell(k, g)] = hazard_posterior_mean(kinds[k], rate, kind_strength);
    const double strength = hazard_strength(cells, parents, LEXIS_CELLS, least, most);
    for (size_t c = 0; c < LEXIS_CELLS; c++)
        theta[c] = hazard_posterior_mean(cells[c], parents[c], strength);
}

/* Factors of time in care given the rates; scaled by nothing, as fit_cells divides them out again. */
static void fit_factors(const struct sums *sums, int process, const double theta[LEXIS_CELLS],
                        double factor[LEXIS_TICS])
{
    for (int t = 0; t < LEXIS_TICS; t++) {
        double events = 0;
        double expected = 0;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                events += sums->events[process][k][t][g];
                expected += sums->exposure[k][t][g] * theta[lexis_cell(k, g)];
            }
        }
        factor[t] = (events + tic_prior_events) / (expected + tic_prior_events);
    }
}

static void fit_process(const struct sums *sums, int process, double prior_events,
                        double rates[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS])
{
    const double prior_rate =
        (process == MOVING ? england_moves : england_leavers[process] / england_child_years) / year_days;
    double factor[LEXIS_TICS];
    double theta[LEXIS_CELLS];
    for (int t = 0; t < LEXIS_TICS; t++)
        factor[t] = 1;
    for (int round = 0; round < FIT_ROUNDS; round++) {
        fit_cells(sums, process, factor, prior_rate, prior_events, theta);
        fit_factors(sums, process, theta, factor);
    }
    fit_cells(sums, process, factor, prior_rate, prior_events, theta);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int t = 0; t < LEXIS_TICS; t++)
            for (int g = 0; g < SF_GROUPS; g++)
                rates[k][t][g] = fmin(most_daily / PROCESSES, theta[lexis_cell(k, g)] * factor[t]);
}

/* Dirichlet shares: own counts plus `weight` x the parent's shares; a parent of zeros is even. */
static void shares_of(const double counts[], const double parent[], double weight, int n, double out[])
{
    double total = 0;
    double parent_total = 0;
    for (int i = 0; i < n; i++) {
        total += counts[i];
        parent_total += parent[i];
    }
    for (int i = 0; i < n; i++) {
        const double prior = parent_total > 0 ? parent[i] / parent_total : 1.0 / n;
        out[i] = (counts[i] + weight * prior) / (total + weight);
    }
}

static void fit_destinations(const struct sums *sums, struct sf_rates *rates)
{
    double all[SF_GROUPS] = {0};
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < SF_GROUPS; g++)
            for (int h = 0; h < SF_GROUPS; h++)
                all[h] += sums->to[k][g][h];
    for (int k = 0; k < LEXIS_KINDS; k++) {
        double kind[SF_GROUPS] = {0};
        for (int g = 0; g < SF_GROUPS; g++)
            for (int h = 0; h < SF_GROUPS; h++)
                kind[h] += sums->to[k][g][h];
        double parent[SF_GROUPS];
        shares_of(kind, all, mix_prior, SF_GROUPS, parent);
        for (int g = 0; g < SF_GROUPS; g++)
            shares_of(sums->to[k][g], parent, mix_prior, SF_GROUPS, rates->destination[k][g]);
    }
}

/* ---- entries ----------------------------------------------------------------------------------------- */

static void fit_entries(struct sf_fit *fit)
{
    struct sf_rates *rates = &fit->rates;
    double first[LEXIS_KINDS][SF_GROUPS] = {{0}};
    double ages[LEXIS_KINDS][LEXIS_ADULT] = {{0}};
    double again[LEXIS_KINDS] = {0};
    double all_first[SF_GROUPS] = {0};
    double all_again = 0;
    double all = 0;
    for (size_t i = 0; i < fit->history->n_spells; i++) {
        const struct spell *spell = &fit->history->spells[i];
        if (spell->start <= fit->from || spell->start > fit->origin)
            continue;
        const struct child *child = &fit->history->children[spell->child];
        const int32_t age = date_age_on(child->born, spell->start);
        const int kind = lexis_kind_of(age, lexis_is_uasc(child, spell->start));
        const int group = fit->history->segments[spell->first_segment].group;
        fit->entry_events[kind] += 1;
        first[kind][group] += 1;
        all_first[group] += 1;
        ages[kind][age < 0 ? 0 : age >= LEXIS_ADULT ? LEXIS_ADULT - 1 : age] += 1;
        again[kind] += spell->readmission;
        all_again += spell->readmission;
        all += 1;
    }
    for (int k = 0; k < LEXIS_KINDS; k++) {
        rates->entries[k] = fit->entry_events[k] / (fit->origin - fit->from);
        shares_of(first[k], all_first, mix_prior, SF_GROUPS, rates->first[k]);
        rates->readmitted[k] =
            (again[k] + mix_prior * (all > 0 ? all_again / all : 0)) / (fit->entry_events[k] + mix_prior);
        double possible[LEXIS_ADULT] = {0};
        for (int32_t age = 0; age < LEXIS_ADULT; age++)
            possible[age] = lexis_kind_of(age, lexis_kind_is_uasc(k)) == k;
        shares_of(ages[k], possible, 2, LEXIS_ADULT, rates->age_share[k]);
        for (int32_t age = 0; age < LEXIS_ADULT; age++)
            rates->age_share[k][age] = possible[age] > 0 ? rates->age_share[k][age] : 0;
    }
}

/* ---- level at the origin ------------------------------------------------------------------------------- */

/* Quarters count back from the origin: 0 is the latest. */
struct quarters {
    const struct sf_fit *fit;
    int32_t n;
    day ends[MOST_QUARTERS + 1];
    double exits[MOST_QUARTERS], expected_exits[MOST_QUARTERS], entries[MOST_QUARTERS], days[MOST_QUARTERS];
};

static day quarter_end(const struct quarters *quarters, int32_t q)
{
    return date_month_end(quarters->fit->origin, -q * QUARTER_MONTHS);
}

static void add_quarter(void *context, const struct lexis_piece *piece)
{
    struct quarters *quarters = context;
    const struct sf_rates *rates = &quarters->fit->rates;
    double rate = 0;
    for (int r = 0; r < ROUTE_COUNT; r++)
        rate += rates->exit[piece->kind][piece->tic][piece->group][r];
    for (int32_t q = 0; q < quarters->n && piece->from < quarters->ends[q]; q++) {
        const day end = quarters->ends[q];
        const day start = quarters->ends[q + 1];
        const day from = piece->from > start ? piece->from : start;
        const day to = piece->to < end ? piece->to : end;
        if (to > from)
            quarters->expected_exits[q] += rate * (to - from);
        if (piece->event == LEXIS_EXIT && piece->to > start && piece->to <= end)
            quarters->exits[q] += 1;
    }
}

static void filter_levels(struct sf_fit *fit)
{
    struct quarters quarters = {.fit = fit};
    while (quarters.n < MOST_QUARTERS && quarter_end(&quarters, quarters.n + 1) >= fit->from)
        quarters.n++;
    for (int32_t q = 0; q <= quarters.n; q++)
        quarters.ends[q] = quarter_end(&quarters, q);
    lexis_walk(fit->history, fit->from, fit->origin, add_quarter, &quarters);
    double entry_rate = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        entry_rate += lexis_kind_is_uasc(k) ? 0 : fit->rates.entries[k];
    for (size_t i = 0; i < fit->history->n_spells; i++) {
        const struct spell *spell = &fit->history->spells[i];
        if (spell->start > fit->origin || lexis_is_uasc(&fit->history->children[spell->child], spell->start))
            continue;
        for (int32_t q = 0; q < quarters.n; q++)
            if (spell->start > quarters.ends[q + 1] && spell->start <= quarters.ends[q])
                quarters.entries[q] += 1;
    }
    const double phi_entry = pow(fit->entry_phi, QUARTER_MONTHS);
    const double phi_exit = pow(fit->exit_phi, QUARTER_MONTHS);
    /* The same stationary spread in steps of a quarter. A rate that is not allowed to wander keeps a little,
     * or the filter would divide by zero. */
    const double tau_entry = fmax(1e-6, fit->entry_sd) / sqrt(1 - fit->entry_phi * fit->entry_phi);
    const double tau_exit = fmax(1e-6, fit->exit_sd) / sqrt(1 - fit->exit_phi * fit->exit_phi);
    /* Rates are averages of the same years, so m is near 0. */
    fit->entry_level = filter_make(phi_entry, tau_entry * sqrt(1 - phi_entry * phi_entry), 0, 0.01);
    fit->exit_level = filter_make(phi_exit, tau_exit * sqrt(1 - phi_exit * phi_exit), 0, 0.01);
    for (int32_t q = quarters.n - 1; q >= 0; q--) {
        const double days = quarters.ends[q] - quarters.ends[q + 1];
        if (q < quarters.n - 1) {
            filter_predict(&fit->entry_level);
            filter_predict(&fit->exit_level);
        }
        const double entries = entry_rate * days;
        if (entries > 0)
            filter_observe(&fit->entry_level, log((quarters.entries[q] + 0.5) / (entries + 0.5)),
                           fit->entry_dispersion / (entries + 0.5));
        if (quarters.expected_exits[q] > 0)
            filter_observe(&fit->exit_level,
                           log((quarters.exits[q] + 0.5) / (quarters.expected_exits[q] + 0.5)),
                           fit->exit_dispersion / (quarters.expected_exits[q] + 0.5));
    }
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

static bool list_present(struct sf_fit *fit, struct err *err)
{
    const struct history *history = fit->history;
    fit->present = vec_new(history->n_spells, sizeof *fit->present, err);
    if (fit->present == NULL)
        return false;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        if (spell->start > fit->origin || spell->end <= fit->origin)
            continue;
        const struct child *child = &history->children[spell->child];
        const int32_t age = date_age_on(child->born, fit->origin);
        if (age >= LEXIS_ADULT)
            continue;
        int32_t s = spell->first_segment;
        while (s + 1 < spell->first_segment + spell->n_segments && history->segments[s].end <= fit->origin)
            s++;
        fit->present[fit->n_present++] = (struct sf_child){
            .kind = lexis_kind_of(age, lexis_is_uasc(child, fit->origin)),
            .group = history->segments[s].group,
            .born = child->born,
            .start = lexis_care_start(spell),
        };
    }
    return true;
}

static void read_params(struct sf_fit *fit, const struct params *params)
{
    const double scale = params_get(params, "drift");
    const double months = 12;
    fit->entry_phi = pow(params_get(params, "entry_drift_phi"), 1 / months);
    fit->exit_phi = pow(params_get(params, "exit_drift_phi"), 1 / months);
    /* Yearly innovation to the stationary spread, to the monthly innovation. */
    const double entry_phi = params_get(params, "entry_drift_phi");
    const double exit_phi = params_get(params, "exit_drift_phi");
    const double entry_tau =
        scale * params_get(params, "entry_drift_sd") / working_factor / sqrt(1 - entry_phi * entry_phi);
    const double exit_tau =
        scale * params_get(params, "exit_drift_sd") / working_factor / sqrt(1 - exit_phi * exit_phi);
    fit->entry_sd = entry_tau * sqrt(1 - fit->entry_phi * fit->entry_phi);
    fit->exit_sd = exit_tau * sqrt(1 - fit->exit_phi * fit->exit_phi);
    fit->drift_correlation = params_get(params, "drift_correlation");
    fit->national_sd = scale * params_get(params, "national_drift_sd") / working_factor / sqrt(months);
    fit->national_correlation = params_get(params, "national_correlation");
    fit->entry_year_noise = scale * params_get(params, "entry_year_noise");
    fit->exit_year_noise = scale * params_get(params, "exit_year_noise");
    fit->entry_dispersion = params_get(params, "entry_dispersion");
    fit->exit_dispersion = params_get(params, "exit_dispersion");
    fit->uasc_phi = params_get(params, "uasc_drift_phi");
    fit->uasc_sd = scale * params_get(params, "uasc_drift_sd");
    fit->rate_uncertainty = params_get(params, "rate_uncertainty");
}

static void count_events(const struct sums *sums, struct sf_fit *fit)
{
    for (int g = 0; g < SF_GROUPS; g++) {
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int t = 0; t < LEXIS_TICS; t++) {
                for (int r = 0; r < ROUTE_COUNT; r++)
                    fit->exit_events[g] += sums->events[r][k][t][g];
                fit->move_events[g] += sums->events[MOVING][k][t][g];
            }
        }
    }
}

void sf_fit_free(struct sf_fit *fit)
{
    free(fit->present);
    *fit = (struct sf_fit){0};
}

static bool fit_rates(struct sf_fit *fit, double prior_events, struct err *err)
{
    struct sums *sums = vec_new(1, sizeof *sums, err);
    if (sums == NULL)
        return false;
    lexis_walk(fit->history, fit->from, fit->origin, add_piece, sums);
    double exposure = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int t = 0; t < LEXIS_TICS; t++)
            for (int g = 0; g < SF_GROUPS; g++)
                exposure += sums->exposure[k][t][g];
    if (!(exposure > 0)) {
        free(sums);
        return err_set(
            err, ERR_DATA,
            "no child was looked after in the years before the forecast; import returns that reach "
            "its start, or change --from");
    }
    for (int process = 0; process < PROCESSES; process++) {
        if (process == ROUTE_AGED_OUT)
            continue;
        double rates[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS];
        fit_process(sums, process, prior_events, rates);
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int t = 0; t < LEXIS_TICS; t++) {
                for (int g = 0; g < SF_GROUPS; g++) {
                    double *rate =
                        process == MOVING ? &fit->rates.move[k][t][g] : &fit->rates.exit[k][t][g][process];
                    *rate = rates[k][t][g];
                }
            }
        }
    }
    fit_destinations(sums, &fit->rates);
    count_events(sums, fit);
    free(sums);
    return true;
}

bool sf_fit_make(const struct model_input *input, const struct params *params, struct sf_fit *out,
                 struct err *err)
{
    const struct history *history = input->history;
    struct sf_fit fit = {
        .history = history, .origin = input->origin, .months = input->months, .seed = input->seed};
    const day window = (day)lround(params_get(params, "fit_years") * year_days);
    fit.from = input->origin - window > history->start - 1 ? input->origin - window : history->start - 1;
    if (history->n_spells == 0)
        return err_set(err, ERR_DATA, "the history is empty; import returns first");
    if (input->origin - fit.from < (day)year_days - 1)
        return err_set(
            err, ERR_DATA,
            "less than a year of history lies before the forecast; import more returns or choose a "
            "later --from");
    read_params(&fit, params);
    fit_entries(&fit);
    if (!fit_rates(&fit, params_get(params, "prior_events"), err) || !list_present(&fit, err)) {
        sf_fit_free(&fit);
        return false;
    }
    filter_levels(&fit);
    *out = fit;
    return true;
}
