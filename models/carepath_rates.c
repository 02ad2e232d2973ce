/* SPDX-License-Identifier: GPL-3.0-or-later
 * A process is fitted as a table of expected events that is multiplied by one factor after another until each
 * margin has its own events, as far as they can be trusted: a factor is (O + p) / (E + p) with O events seen,
 * E expected and p what a factor of 1 is worth. The factors of time in placement are shared by all ways out.
 */
#include <math.h>
#include <string.h>

#include "models/carepath.h"
#include "numeric/hazard.h"

enum { ROUNDS = 6, RAKES = 3, MARGIN_MOST = 64, CELLS = LEXIS_KINDS * CAREPATH_GROUPS * CAREPATH_TICS };
static const double year_days = 365.25;
/* What a factor of 1 is worth, in events: of a band of time, and least and most of a kind, group or cell. */
static const double time_prior_events = 5;
static const double margin_prior_events = 2;
static const double least_events = 0.5;
static const double most_events = 50;
static const double counted_prior = 10;
static const double most_shape = 1e6;    /* of a gamma factor: known */
static const double least_a_year = 1e-5; /* a rate that nobody has seen is still no 0 */
/* Planning assumptions: changes of placement a child-year; of an unaccompanied child's English rates of going
 * home, to relatives or to adopters, this much is left. */
static const double england_moves = 0.7;
static const double uasc_family_share = 0.1;

/* English leavers a child-year by route and age band. */
static const double england_stock[AGE_COUNT] =
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                         \
    {age_0, age_1_4, age_5_9, age_10_15, age_16_17};
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#include "models/england.def"
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
    static const double england_leavers[ROUTE_COUNT][AGE_COUNT] = {
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                   \
    [ROUTE_##route] = {age_0, age_1_4, age_5_9, age_10_15, age_16_17},
#include "models/england.def"
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
};

static double england_a_day(int process, int kind)
{
    if (process == CAREPATH_MOVING)
        return england_moves / year_days;
    const enum age_band band = lexis_kind_band(kind);
    const bool to_family = process == ROUTE_HOME || process == ROUTE_SGO || process == ROUTE_ADOPTION;
    const double share = lexis_kind_is_uasc(kind) && to_family ? uasc_family_share : 1;
    return fmax(least_a_year, share * england_leavers[process][band] / england_stock[band]) / year_days;
}

/* One process being fitted. */
struct fitting {
    const struct carepath_seen *seen;
    int first, last; /* its processes: one, or all routes together */
    double tip[CAREPATH_GROUPS][LEXIS_TIPS];
    bool tip_is_fixed;
    const double *tic_prior; /* [CAREPATH_TICS] what the factors of time in care lean on; NULL: 1 */
    double authority, kind[LEXIS_KINDS], group[CAREPATH_GROUPS], tic[CAREPATH_TICS];
    double base[LEXIS_KINDS]; /* the English rate */
};

static double seen_events(const struct fitting *f, int k, int g, int t, int p)
{
    double events = 0;
    for (int process = f->first; process <= f->last; process++)
        events += f->seen->events[process][k][g][t][p];
    return events;
}

static double expected(const struct fitting *f, int k, int g, int t, int p)
{
    return f->seen->exposure[k][g][t][p] * f->base[k] * f->authority * f->kind[k] * f->group[g] * f->tic[t] *
           f->tip[g][p];
}

enum margin { OF_ALL, OF_KIND, OF_GROUP, OF_TIC, OF_TIP, OF_GROUP_TIP };

static int margin_index(enum margin margin, int kind, int group, int tic, int tip)
{
    switch (margin) {
    case OF_KIND:
        return kind;
    case OF_GROUP:
        return group;
    case OF_TIC:
        return tic;
    case OF_TIP:
        return tip;
    case OF_GROUP_TIP:
        return group * LEXIS_TIPS + tip;
    case OF_ALL:
        break;
    }
    return 0;
}

/* Events seen and expected along a margin. */
static void add_margin(const struct fitting *f, enum margin margin, struct hazard_cell cells[])
{
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++)
                for (int p = 0; p < LEXIS_TIPS; p++) {
                    if (!(f->seen->exposure[k][g][t][p] > 0))
                        continue;
                    const int at = margin_index(margin, k, g, t, p);
                    cells[at].occurrences += seen_events(f, k, g, t, p);
                    cells[at].exposure += expected(f, k, g, t, p);
                }
}

/* Multiplies a factor by what its margin says. `towards` is what it leans on, `prior` how much that is worth;
 * prior 0: as the spread of the factors themselves says. */
static void fit_margin(const struct fitting *f, enum margin margin, int n, double prior,
                       const double towards[], double factors[])
{
    struct hazard_cell cells[MARGIN_MOST] = {{0, 0}};
    add_margin(f, margin, cells);
    for (int i = 0; i < n; i++)
        cells[i].exposure /= factors[i]; /* expected without this factor */
    const double worth =
        prior > 0 ? prior : hazard_strength(cells, NULL, (size_t)n, least_events, most_events);
    for (int i = 0; i < n; i++) {
        const double lean = towards != NULL ? towards[i] : 1;
        factors[i] = (cells[i].occurrences + worth * lean) / (cells[i].exposure + worth);
    }
}

static void spread_tips(const double common[LEXIS_TIPS], double tips[CAREPATH_GROUPS][LEXIS_TIPS])
{
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        memcpy(tips[g], common, LEXIS_TIPS * sizeof *common);
}

static void fit_factors(struct fitting *f, double prior_events)
{
    f->authority = 1;
    for (int k = 0; k < LEXIS_KINDS; k++)
        f->kind[k] = 1;
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        f->group[g] = 1;
    for (int t = 0; t < CAREPATH_TICS; t++)
        f->tic[t] = f->tic_prior != NULL ? f->tic_prior[t] : 1;
    double common[LEXIS_TIPS];
    for (int p = 0; p < LEXIS_TIPS; p++)
        common[p] = 1;
    if (!f->tip_is_fixed)
        spread_tips(common, f->tip);
    for (int round = 0; round < ROUNDS; round++) {
        fit_margin(f, OF_ALL, 1, prior_events, NULL, &f->authority);
        fit_margin(f, OF_KIND, LEXIS_KINDS, margin_prior_events, NULL, f->kind);
        fit_margin(f, OF_GROUP, CAREPATH_GROUPS, margin_prior_events, NULL, f->group);
        fit_margin(f, OF_TIC, CAREPATH_TICS, time_prior_events, f->tic_prior, f->tic);
        if (!f->tip_is_fixed) {
            fit_margin(f, OF_TIP, LEXIS_TIPS, time_prior_events, NULL, common);
            spread_tips(common, f->tip);
        }
    }
    /* then each group's own, leaning on those of all */
    double lean[CAREPATH_GROUPS][LEXIS_TIPS];
    spread_tips(common, lean);
    for (int round = 0; round < ROUNDS && !f->tip_is_fixed; round++) {
        fit_margin(f, OF_GROUP_TIP, CAREPATH_GROUPS * LEXIS_TIPS, time_prior_events, lean[0], f->tip[0]);
        fit_margin(f, OF_GROUP, CAREPATH_GROUPS, margin_prior_events, NULL, f->group);
        fit_margin(f, OF_KIND, LEXIS_KINDS, margin_prior_events, NULL, f->kind);
    }
}

typedef double rate_table[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];

/* Multiplies a table of rates until the margins of events expected agree again with those seen: shrinking
 * many small cells towards a product loses events, because rates have a longer tail above the product than
 * below. */
static void rake(const struct fitting *f, rate_table rates)
{
    for (int round = 0; round < RAKES; round++)
        for (int margin = OF_ALL; margin <= OF_TIC; margin++) {
            struct hazard_cell cells[MARGIN_MOST] = {{0, 0}};
            for (int pass = 0; pass < 2; pass++)
                for (int k = 0; k < LEXIS_KINDS; k++)
                    for (int g = 0; g < CAREPATH_GROUPS; g++)
                        for (int t = 0; t < CAREPATH_TICS; t++) {
                            const int at = margin_index((enum margin)margin, k, g, t, 0);
                            if (pass == 1)
                                rates[k][g][t] *= (cells[at].occurrences + least_events) /
                                                  (cells[at].exposure + least_events);
                            for (int p = 0; pass == 0 && p < LEXIS_TIPS; p++) {
                                cells[at].occurrences += seen_events(f, k, g, t, p);
                                cells[at].exposure +=
                                    f->seen->exposure[k][g][t][p] * rates[k][g][t] * f->tip[g][p];
                            }
                        }
        }
}

/* Events seen of one process that one factor rests on, and what its leaning on 1 is worth. */
static void factor_events(const struct fitting *f, enum margin margin, int n, double prior, double out[])
{
    struct hazard_cell cells[MARGIN_MOST] = {{0, 0}};
    add_margin(f, margin, cells);
    for (int i = 0; i < n; i++)
        out[i] = cells[i].occurrences + prior;
}

/* How far each cell can be trusted. Its own events count whole. To them come those of its prior, whose
 * relative variance is that of cells around the product: 1 / worth, and what the cells could not tell of it,
 * the standard error of a spread by moments where there is none; and that of the product, whose factors rest
 * on their own events. So a rate is never known better than its parents. */
static void trust_cells(const struct fitting *f, const struct hazard_cell cells[CELLS], double worth,
                        struct carepath_rates *out)
{
    double kind[LEXIS_KINDS];
    double group[CAREPATH_GROUPS];
    double tic[CAREPATH_TICS];
    double squares = 0;
    factor_events(f, OF_KIND, LEXIS_KINDS, margin_prior_events, kind);
    factor_events(f, OF_GROUP, CAREPATH_GROUPS, margin_prior_events, group);
    factor_events(f, OF_TIC, CAREPATH_TICS, time_prior_events, tic);
    for (size_t i = 0; i < CELLS; i++)
        squares += cells[i].exposure * cells[i].exposure;
    const double untold = sqrt(2 / fmax(squares, least_events));
    size_t n = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++, n++) {
                const double variance = 1 / worth + untold + 1 / kind[k] + 1 / group[g] + 1 / tic[t];
                out->shape[f->first][k][g][t] = cells[n].occurrences + 1 / variance;
                out->borrowed[f->first][k][g][t] = worth / (cells[n].exposure + worth);
            }
}

/* The rate of each (kind, group, time in care), at a factor of time in placement of 1: the product of the
 * factors times the shrunk deviation; what the product is worth, in expected events; and how far each rate is
 * the cell's own. */
static void fit_cells(const struct fitting *f, rate_table rates, struct carepath_rates *out)
{
    struct hazard_cell cells[CELLS] = {{0, 0}};
    size_t n = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++, n++)
                for (int p = 0; p < LEXIS_TIPS; p++) {
                    cells[n].occurrences += seen_events(f, k, g, t, p);
                    cells[n].exposure += expected(f, k, g, t, p);
                }
    const double worth = hazard_strength(cells, NULL, CELLS, least_events, most_events);
    n = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int t = 0; t < CAREPATH_TICS; t++, n++)
                rates[k][g][t] = f->base[k] * f->authority * f->kind[k] * f->group[g] * f->tic[t] *
                                 hazard_posterior_mean(cells[n], 1, worth);
    rake(f, rates);
    out->strength[f->first] = worth;
    trust_cells(f, cells, worth, out);
}

/* Shares: own counts plus `weight` x the parent's shares; a parent of zeros is even. */
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

/* Where changes of placement go: by the group left within the kind, leaning on the kind, leaning on all. */
static void fit_destinations(const struct carepath_seen *seen, struct carepath_rates *rates)
{
    double all[CAREPATH_GROUPS] = {0};
    double all_counted = 0;
    double all_changes = 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int h = 0; h < CAREPATH_GROUPS; h++)
                all[h] += seen->to[k][g][h];
    for (int k = 0; k < LEXIS_KINDS; k++) {
        double kind[CAREPATH_GROUPS] = {0};
        double parent[CAREPATH_GROUPS];
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int h = 0; h < CAREPATH_GROUPS; h++)
                kind[h] += seen->to[k][g][h];
        shares_of(kind, all, CAREPATH_DESTINATION_WORTH, CAREPATH_GROUPS, parent);
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            shares_of(seen->to[k][g], parent, CAREPATH_DESTINATION_WORTH, CAREPATH_GROUPS,
                      rates->destination[k][g]);
    }
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        for (int h = 0; h < CAREPATH_GROUPS; h++) {
            all_counted += seen->counted[g][h];
            for (int k = 0; k < LEXIS_KINDS; k++)
                all_changes += seen->to[k][g][h];
        }
    const double share = all_changes > 0 ? all_counted / all_changes : 1;
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        for (int h = 0; h < CAREPATH_GROUPS; h++) {
            double changes = 0;
            for (int k = 0; k < LEXIS_KINDS; k++)
                changes += seen->to[k][g][h];
            rates->counted[g][h] = (seen->counted[g][h] + counted_prior * share) / (changes + counted_prior);
        }
}

/* Events seen in each cell of kind and group, and how they fall on the parts of one margin. */
struct parts {
    double cell[LEXIS_KINDS][CAREPATH_GROUPS];
    double part[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_PROCESSES];
};

/* The shape of each part's own gamma factor, so that with those of the cells, whose uncertainty it has a
 * share of already, a part with e events has relative variance 1 / e: a route that happens in one group only
 * is as well known as that group. Factors are divided by their mean (carepath_luck), which takes 1 / all. */
static void own_shapes(const struct parts *parts, const double prior[], int n, double shapes[])
{
    double all = 0;
    for (int i = 0; i < n; i++) {
        shapes[i] = prior[i];
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                shapes[i] += parts->part[k][g][i];
        all += shapes[i];
    }
    for (int i = 0; i < n; i++) {
        double shared = 0;
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                shared += pow(parts->part[k][g][i] / shapes[i], 2) / parts->cell[k][g];
        shapes[i] = 1 / fmax(1 / shapes[i] - shared + 1 / all, 1 / most_shape);
    }
}

/* Events behind each rate, own and borrowed. */
static void count_events(const struct carepath_seen *seen, struct carepath_rates *rates)
{
    struct parts routes = {{{0}}, {{{0}}}};
    struct parts exit_tics = routes;
    struct parts move_tics = routes;
    double time_prior[CAREPATH_TICS];
    double route_prior[ROUTE_COUNT];
    for (int t = 0; t < CAREPATH_TICS; t++)
        time_prior[t] = time_prior_events;
    for (int r = 0; r < ROUTE_COUNT; r++)
        route_prior[r] = 1;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            double exits = least_events;
            double moves = least_events;
            for (int t = 0; t < CAREPATH_TICS; t++)
                for (int p = 0; p < LEXIS_TIPS; p++)
                    for (int process = 0; process < CAREPATH_PROCESSES; process++) {
                        const double events = seen->events[process][k][g][t][p];
                        if (process == CAREPATH_MOVING) {
                            moves += events;
                            move_tics.part[k][g][t] += events;
                        } else {
                            exits += events;
                            exit_tics.part[k][g][t] += events;
                            routes.part[k][g][process] += events;
                        }
                    }
            rates->exit_events[k][g] = routes.cell[k][g] = exit_tics.cell[k][g] = exits;
            rates->move_events[k][g] = move_tics.cell[k][g] = moves;
        }
    own_shapes(&routes, route_prior, ROUTE_COUNT, rates->route_events);
    own_shapes(&exit_tics, time_prior, CAREPATH_TICS, rates->exit_tic_events);
    own_shapes(&move_tics, time_prior, CAREPATH_TICS, rates->move_tic_events);
}

void carepath_rates_fit(const struct carepath_seen *seen, double prior_events, struct carepath_rates *out)
{
    rate_table table;
    struct fitting exits = {.seen = seen, .first = 0, .last = ROUTE_COUNT - 1};
    memset(out, 0, sizeof *out);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int r = 0; r < ROUTE_COUNT; r++)
            exits.base[k] += r == ROUTE_AGED_OUT ? 0 : england_a_day(r, k);
    fit_factors(&exits, prior_events);
    memcpy(out->exit_tip, exits.tip, sizeof out->exit_tip);
    for (int process = 0; process < CAREPATH_PROCESSES; process++) {
        if (process == ROUTE_AGED_OUT)
            continue;
        const bool moving = process == CAREPATH_MOVING;
        struct fitting f = {.seen = seen, .first = process, .last = process, .tip_is_fixed = !moving};
        f.tic_prior = moving ? NULL : exits.tic;
        memcpy(f.tip, exits.tip, sizeof f.tip);
        for (int k = 0; k < LEXIS_KINDS; k++)
            f.base[k] = england_a_day(process, k);
        fit_factors(&f, prior_events);
        fit_cells(&f, table, out);
        if (moving)
            memcpy(out->move_tip, f.tip, sizeof out->move_tip);
        for (int k = 0; k < LEXIS_KINDS; k++)
            for (int g = 0; g < CAREPATH_GROUPS; g++)
                for (int t = 0; t < CAREPATH_TICS; t++) {
                    if (moving)
                        out->move[k][g][t] = table[k][g][t];
                    else
                        out->exit[k][g][t][process] = table[k][g][t];
                }
    }
    fit_destinations(seen, out);
    count_events(seen, out);
}

double carepath_rate(const struct carepath_rates *rates, int process, int kind, int group, int tic, int tip)
{
    return process == CAREPATH_MOVING ? rates->move[kind][group][tic] * rates->move_tip[group][tip]
                                      : rates->exit[kind][group][tic][process] * rates->exit_tip[group][tip];
}

int carepath_tic(const struct lexis_piece *piece)
{
    return piece->spell->start_known ? piece->tic : CAREPATH_START_UNKNOWN;
}
