/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the expected path to chances by cell: each chance is the exact flow over the exact number of those who
 * can make it at that point of the month's order (entries, moves, exits, birthdays). */
#include "models/stockflow_chain.h"
#include "sim/slip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* A flow above this share of those who can make it (children who came and went within a month) is held. */
static const double most_share = 0.98;
static const double least_mean = 1e-9;

static double hazard_of(double flow, double pool)
{
    if (!(flow > 0) || !(pool > 0))
        return 0;
    return -log1p(-fmin(most_share, flow / pool));
}

/* Upper ends of n shares as 32-bit words; the last is all ones. */
static void thresholds(const double shares[], int n, uint32_t ends[])
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += shares[i];
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += shares[i];
        const double end = total > 0 ? sum / total * 0x1p32 : 0;
        ends[i] = i == n - 1 || end >= 0x1p32 ? UINT32_MAX : (uint32_t)end;
    }
}

static void fill_growth(const struct sf_month *month, size_t c, double pool, struct sf_chain_cell *cell)
{
    if (!(month->grown[c] > 0) || !(pool > 0))
        return;
    /* How sure each birthday is: the mean chance of known children, weighted by their share of birthdays. */
    const double chance = fmin(1, month->grown_square[c] / month->grown[c]);
    const double per_child = fmin(1, month->grown[c] / pool);
    const double each = fmax(chance, per_child);
    cell->grow_hazard = -log1p(-fmin(each, 1 - least_mean));
    cell->grow_trials = per_child / each;
}

static void fill_cell(const struct sf_month *month, const double before[LEXIS_CELLS],
                      const double arrived[LEXIS_CELLS], double days, struct sf_chain_cell *cell,
                      struct sf_chain_shares *shares)
{
    const size_t c = lexis_cell(cell->kind, cell->group);
    double moves = 0;
    for (int h = 0; h < SF_GROUPS; h++)
        moves += month->moves[c][h];
    const double present = before[c] + month->entries[c];
    const double settled = present - moves + arrived[c];
    cell->entries = month->entries[c];
    cell->move_hazard = hazard_of(moves, present);
    cell->exit_hazard = hazard_of(month->exits[c], settled);
    fill_growth(month, c, settled - month->exits[c], cell);
    const double mean = days * (before[c] + month->stock[c]) / 2;
    cell->night_ratio = mean > least_mean ? month->nights[c] / mean : 1;
    const double again = month->entries[c] > 0 ? fmin(1, month->readmitted[c] / month->entries[c]) : 0;
    shares->readmitted = again < 1 ? (uint32_t)(again * 0x1p32) : UINT32_MAX;
    thresholds(month->moves[c], SF_GROUPS, shares->destination);
    thresholds(month->routes[c], ROUTE_COUNT, shares->route);
}

static bool fill_month(struct sf_chain *chain, int32_t m, struct err *err)
{
    const struct sf_fit *fit = chain->fit;
    const struct sf_month *month = &chain->path.months[m];
    const double *before = m > 0 ? chain->path.months[m - 1].stock : chain->path.origin_stock;
    struct sf_chain_month *out = &chain->months[m];
    out->cells = vec_new(LEXIS_CELLS, sizeof *out->cells, err);
    out->shares = vec_new(LEXIS_CELLS, sizeof *out->shares, err);
    if (out->cells == NULL || out->shares == NULL)
        return false;
    const day first = date_month_start(fit->origin, m + 1);
    out->days = date_month_start(fit->origin, m + 2) - first;
    out->log_entry_level = log(month->entry_level);
    out->log_exit_level = log(month->exit_level);
    double arrived[LEXIS_CELLS] = {0};
    double entries = 0;
    double exits = 0;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            entries += month->entries[lexis_cell(k, g)];
            exits += month->exits[lexis_cell(k, g)];
            for (int h = 0; h < SF_GROUPS; h++)
                arrived[lexis_cell(k, h)] += month->moves[lexis_cell(k, g)][h];
        }
    }
    /* var = c mu: a lognormal factor of variance (c - 1) / mu on a Poisson mean */
    out->entry_noise = entries > 0 ? sqrt(log1p((fit->entry_dispersion - 1) / entries)) : 0;
    out->exit_noise = exits > 0 ? sqrt(log1p((fit->exit_dispersion - 1) / exits)) : 0;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            const size_t c = lexis_cell(k, g);
            if (!(before[c] + month->entries[c] + arrived[c] + month->stock[c] > least_mean))
                continue;
            struct sf_chain_cell *cell = &out->cells[out->n_cells];
            cell->kind = (uint8_t)k;
            cell->group = (uint8_t)g;
            fill_cell(month, before, arrived, out->days, cell, &out->shares[out->n_cells++]);
        }
    }
    return true;
}

void sf_chain_free(struct sf_chain *chain)
{
    for (int32_t m = 0; chain->months != NULL && m < chain->path.n_months; m++) {
        free(chain->months[m].cells);
        free(chain->months[m].shares);
    }
    free(chain->months);
    sf_path_free(&chain->path);
    *chain = (struct sf_chain){0};
}

bool sf_chain_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_chain *out,
                   struct err *err)
{
    struct sf_chain chain = {.fit = fit};
    if (!sf_path_make(fit, scenario, &chain.path, err))
        return false;
    chain.months = vec_new((size_t)fit->months, sizeof *chain.months, err);
    bool ok = chain.months != NULL;
    for (int32_t m = 0; ok && m < fit->months; m++)
        ok = fill_month(&chain, m, err);
    chain.varies = chain.slips = slip_varies(scenario);
    for (size_t i = 0; i < chain.path.levers.n; i++)
        chain.varies = chain.varies || chain.path.levers.items[i].effect.varies;
    if (!ok) {
        sf_chain_free(&chain);
        return false;
    }
    *out = chain;
    return true;
}
