/* SPDX-License-Identifier: GPL-3.0-or-later
 * Levers in the order of their ids: first all that multiply, then all that add. An effect in children a day
 * becomes a factor on the flow it adds to, in proportion to that flow. */
#include "models/stockflow_month.h"

#include <math.h>
#include <string.h>

enum { MONTHS_PER_YEAR = 12 };
static const double most_daily = 0.8; /* of leaving a state in one day, all ways together */

/* The drift's median level, held for a forecast year at its middle, so that one set of matrices serves it. */
static double level_of(const struct filter *filter, double phi_month, int32_t month)
{
    const int32_t year = month / MONTHS_PER_YEAR;
    const double middle = year * MONTHS_PER_YEAR + (MONTHS_PER_YEAR + 1) / 2.0;
    return exp(filter->m + filter->u * pow(phi_month, middle));
}

static bool is_additive(const struct sf_lever *item)
{
    return item->lever->unit != EFFECT_FACTOR;
}

/* ---- entries ------------------------------------------------------------------------------------------- */

static void entry_factors(const struct sf_levers *levers, const double strength[], struct sf_month *out)
{
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        const enum lever_kind kind = item->lever->kind;
        if ((kind != LEVER_ENTRIES && kind != LEVER_REFERRALS) || is_additive(item))
            continue;
        const double elasticity = kind == LEVER_REFERRALS ? levers->referral_elasticity : 1;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                const double share = item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)g] * elasticity;
                const double factor = fmax(0, 1 + share * strength[i]);
                out->entries[lexis_cell(k, g)] *= factor;
                out->tilt[i * LEXIS_CELLS + lexis_cell(k, g)] = factor > 0 ? share / factor : 0;
            }
        }
    }
}

static void entry_readmissions(const struct sf_levers *levers, const double strength[],
                               const struct sf_rates *rates, struct sf_month *out)
{
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            const size_t c = lexis_cell(k, g);
            const double before = out->entries[c] * rates->readmitted[k];
            double again = before;
            for (size_t i = 0; i < levers->n; i++) {
                const struct sf_lever *item = &levers->items[i];
                if (item->lever->kind != LEVER_READMISSIONS || is_additive(item))
                    continue;
                const double share = item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)g];
                again *= fmax(0, 1 + share * strength[i]);
            }
            out->entries[c] += again - before;
            out->readmitted[c] = again;
            for (size_t i = 0; i < levers->n; i++) {
                const struct sf_lever *item = &levers->items[i];
                if (item->lever->kind == LEVER_READMISSIONS && out->entries[c] > 0)
                    out->tilt[i * LEXIS_CELLS + c] =
                        item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)g] * again / out->entries[c];
            }
        }
    }
}

static void entry_additions(const struct sf_levers *levers, const double strength[], struct sf_month *out)
{
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if (item->lever->kind != LEVER_ENTRIES || !is_additive(item))
            continue;
        double concerned[LEXIS_CELLS];
        double total = 0;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                const size_t c = lexis_cell(k, g);
                concerned[c] = out->entries[c] * item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)g];
                total += concerned[c];
            }
        }
        for (size_t c = 0; c < LEXIS_CELLS && total > 0; c++) {
            const double before = out->entries[c];
            const double added = strength[i] * concerned[c] / total;
            out->entries[c] = fmax(0, before + added);
            out->readmitted[c] *= before > 0 ? out->entries[c] / before : 0;
            if (out->entries[c] > 0)
                out->tilt[i * LEXIS_CELLS + c] = concerned[c] / total / out->entries[c];
        }
    }
}

/* Entries a day by cell; made into a month's at the end. */
static void month_entries(const struct sf_fit *fit, const struct sf_levers *levers, const double strength[],
                          struct sf_month *out)
{
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < SF_GROUPS; g++)
            out->entries[lexis_cell(k, g)] = fit->rates.entries[k] * fit->rates.first[k][g] *
                                             (lexis_kind_is_uasc(k) ? out->uasc_level : out->entry_level);
    entry_factors(levers, strength, out);
    entry_readmissions(levers, strength, &fit->rates, out);
    entry_additions(levers, strength, out);
}

/* ---- exits and moves ----------------------------------------------------------------------------------- */

/* Multiplies the hazards of a lever that multiplies. */
static void scale_hazards(const struct sf_lever *item, double strength, struct sf_now *now)
{
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int t = 0; t < LEXIS_TICS; t++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                const double share =
                    item->share[((size_t)k * LEXIS_TICS + (size_t)t) * SF_GROUPS + (size_t)g];
                const double factor = fmax(0, 1 + share * strength);
                if (item->lever->kind == LEVER_MOVES) {
                    now->move[k][t][g] *= factor;
                    continue;
                }
                for (int r = 0; r < ROUTE_COUNT; r++)
                    if (item->lever->where.routes >> r & 1U)
                        now->exit[k][t][g][r] *= factor;
            }
        }
    }
}

/* Expected exits a day among those whom a lever concerns, by cell. */
static double concerned_exits(const struct sf_lever *item, double (*standing)[LEXIS_TICS][SF_GROUPS],
                              const struct sf_now *now, double by_cell[LEXIS_CELLS])
{
    double total = 0;
    memset(by_cell, 0, LEXIS_CELLS * sizeof by_cell[0]);
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int t = 0; t < LEXIS_TICS; t++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                const double share =
                    item->share[((size_t)k * LEXIS_TICS + (size_t)t) * SF_GROUPS + (size_t)g];
                double rate = 0;
                if (item->lever->kind == LEVER_MOVES)
                    rate = now->move[k][t][g];
                else
                    for (int r = 0; r < ROUTE_COUNT; r++)
                        rate += (item->lever->where.routes >> r & 1U) != 0 ? now->exit[k][t][g][r] : 0;
                by_cell[lexis_cell(k, g)] += standing[k][t][g] * rate * share;
                total += standing[k][t][g] * rate * share;
            }
        }
    }
    return total;
}

/* All exits (or moves) a day by cell. */
static void all_flows(enum lever_kind kind, double (*standing)[LEXIS_TICS][SF_GROUPS],
                      const struct sf_now *now, double by_cell[LEXIS_CELLS])
{
    memset(by_cell, 0, LEXIS_CELLS * sizeof by_cell[0]);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int t = 0; t < LEXIS_TICS; t++)
            for (int g = 0; g < SF_GROUPS; g++) {
                double rate = kind == LEVER_MOVES ? now->move[k][t][g] : 0;
                for (int r = 0; kind != LEVER_MOVES && r < ROUTE_COUNT; r++)
                    rate += now->exit[k][t][g][r];
                by_cell[lexis_cell(k, g)] += standing[k][t][g] * rate;
            }
}

static void month_hazards(const struct sf_levers *levers, const double strength[],
                          double (*standing)[LEXIS_TICS][SF_GROUPS], struct sf_now *now, struct sf_month *out)
{
    double concerned[LEXIS_CELLS];
    double all[LEXIS_CELLS];
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if ((item->lever->kind == LEVER_EXITS || item->lever->kind == LEVER_MOVES) && !is_additive(item))
            scale_hazards(item, strength[i], now);
    }
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if (item->lever->kind != LEVER_EXITS || !is_additive(item))
            continue;
        const double total = concerned_exits(item, standing, now, concerned);
        if (total > 0)
            scale_hazards(item, strength[i] / total, now);
    }
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if ((item->lever->kind != LEVER_EXITS && item->lever->kind != LEVER_MOVES) || !item->effect.varies)
            continue;
        const double total = concerned_exits(item, standing, now, concerned);
        all_flows(item->lever->kind, standing, now, all);
        /* Nearly all of the share of days, so 1 + strength stands for the mean of 1 + share x strength. */
        const double unit = is_additive(item) ? (total > 0 ? 1 / total : 0) : 1 / fmax(0.1, 1 + strength[i]);
        for (size_t c = 0; c < LEXIS_CELLS; c++)
            out->tilt[i * LEXIS_CELLS + c] = all[c] > 0 ? concerned[c] / all[c] * unit : 0;
    }
}

/* ---- mix -------------------------------------------------------------------------------------------------
 */

/* Turns a share of each of the `from` groups of a distribution into the `to` groups. */
static void redirect(const struct where *where, double share, double p[SF_GROUPS])
{
    double taken = 0;
    double given = 0;
    int n_to = 0;
    for (int g = 0; g < SF_GROUPS; g++) {
        if (where->to >> g & 1U) {
            given += p[g];
            n_to++;
        }
    }
    if (n_to == 0)
        return;
    const double weight_even = given > 0 ? 0 : 1.0 / n_to;
    for (int g = 0; g < SF_GROUPS; g++) {
        if ((where->from >> g & 1U) == 0 || (where->to >> g & 1U) != 0)
            continue;
        taken += p[g] * share;
        p[g] -= p[g] * share;
    }
    for (int g = 0; g < SF_GROUPS; g++)
        if (where->to >> g & 1U)
            p[g] += taken * (given > 0 ? p[g] / given : weight_even);
}

/* Arrivals a day into the `from` groups: first placements and moves. */
static double arrivals(const struct sf_lever *item, double (*standing)[LEXIS_TICS][SF_GROUPS],
                       const struct sf_now *now, const struct sf_month *out)
{
    double total = 0;
    for (int h = 0; h < SF_GROUPS; h++) {
        if ((item->lever->where.from >> h & 1U) == 0)
            continue;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            const double share = item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)h];
            double flow = out->entries[lexis_cell(k, h)];
            for (int t = 0; t < LEXIS_TICS; t++)
                for (int g = 0; g < SF_GROUPS; g++)
                    flow += g == h ? 0 : standing[k][t][g] * now->move[k][t][g] * now->destination[k][g][h];
            total += flow * share;
        }
    }
    return total;
}

static void month_mix(const struct sf_levers *levers, const double strength[],
                      double (*standing)[LEXIS_TICS][SF_GROUPS], struct sf_now *now, struct sf_month *out)
{
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if (item->lever->kind != LEVER_MIX)
            continue;
        const double flow = arrivals(item, standing, now, out);
        const double wanted = fabs(strength[i]);
        const double part = is_additive(item) ? (flow > 0 ? wanted / flow : 0) : wanted;
        out->extra[i] = is_additive(item) ? 1 : flow;
        int first_from = 0;
        while (first_from + 1 < SF_GROUPS && (item->lever->where.from >> first_from & 1U) == 0)
            first_from++;
        for (int k = 0; k < LEXIS_KINDS; k++) {
            const double share =
                fmin(1, part * item->share[(size_t)k * LEXIS_TICS * SF_GROUPS + (size_t)first_from]);
            double entries[SF_GROUPS];
            double again[SF_GROUPS];
            for (int g = 0; g < SF_GROUPS; g++) {
                entries[g] = out->entries[lexis_cell(k, g)];
                again[g] = out->readmitted[lexis_cell(k, g)];
            }
            redirect(&item->lever->where, share, entries);
            redirect(&item->lever->where, share, again);
            for (int g = 0; g < SF_GROUPS; g++) {
                out->entries[lexis_cell(k, g)] = entries[g];
                out->readmitted[lexis_cell(k, g)] = again[g];
                /* A move inside the group is no arrival. */
                const double inside = now->destination[k][g][g];
                const bool leaves = (item->lever->where.from >> g & 1U) != 0;
                now->destination[k][g][g] = leaves ? 0 : inside;
                redirect(&item->lever->where, share, now->destination[k][g]);
                now->destination[k][g][g] += leaves ? inside : 0;
            }
        }
    }
}

/* Whatever drift and levers did, a day's probabilities leave room for staying. */
static void hold_to_one(struct sf_now *now)
{
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int t = 0; t < LEXIS_TICS; t++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                double total = now->move[k][t][g];
                for (int r = 0; r < ROUTE_COUNT; r++)
                    total += now->exit[k][t][g][r];
                if (total <= most_daily)
                    continue;
                now->move[k][t][g] *= most_daily / total;
                for (int r = 0; r < ROUTE_COUNT; r++)
                    now->exit[k][t][g][r] *= most_daily / total;
            }
        }
    }
}

void sf_month_rates(const struct sf_fit *fit, const struct sf_levers *levers, int32_t month,
                    double (*standing)[LEXIS_TICS][SF_GROUPS], struct sf_now *now, struct sf_month *out)
{
    enum { MOST_LEVERS = 256 };
    double strength[MOST_LEVERS];
    bug_if(levers->n > MOST_LEVERS);
    for (size_t i = 0; i < levers->n; i++)
        strength[i] =
            sf_lever_strength(levers, levers->starts, i, levers->items[i].effect.mean, fit->origin, month);
    out->entry_level = level_of(&fit->entry_level, fit->entry_phi, month);
    out->exit_level = level_of(&fit->exit_level, fit->exit_phi, month);
    out->uasc_level = 1;
    memcpy(now->destination, fit->rates.destination, sizeof now->destination);
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int t = 0; t < LEXIS_TICS; t++) {
            for (int g = 0; g < SF_GROUPS; g++) {
                now->move[k][t][g] = fit->rates.move[k][t][g];
                for (int r = 0; r < ROUTE_COUNT; r++)
                    now->exit[k][t][g][r] = fit->rates.exit[k][t][g][r] * out->exit_level;
            }
        }
    }
    month_entries(fit, levers, strength, out);
    month_hazards(levers, strength, standing, now, out);
    month_mix(levers, strength, standing, now, out);
    hold_to_one(now);
    const day first = date_month_start(fit->origin, month + 1);
    const double days = date_month_start(fit->origin, month + 2) - first;
    for (size_t c = 0; c < LEXIS_CELLS; c++) {
        out->entries[c] *= days;
        out->readmitted[c] *= days;
    }
}
