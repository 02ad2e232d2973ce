/* SPDX-License-Identifier: GPL-3.0-or-later
 * Returns and published figures are each optional; what is not stored stays empty. */
#include "app/history_inputs.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

/* The value of a row of the same authority and year; rows stand by authority, then year. NaN when none. */
static double value_of(const struct published_row rows[], size_t n, const struct published_row *like)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const bool before =
            rows[middle].la < like->la || (rows[middle].la == like->la && rows[middle].year < like->year);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && rows[low].la == like->la && rows[low].year == like->year ? rows[low].value
                                                                               : (double)NAN;
}

static const char *name_of(const struct history_inputs *inputs, int32_t la)
{
    for (size_t i = 0; i < inputs->n_authorities; i++)
        if (inputs->authorities[i].la == la)
            return inputs->authorities[i].name;
    return "";
}

static bool load_peers(struct store *store, struct history_inputs *inputs, struct err *err)
{
    bool ok = false;
    struct published_row *stock = NULL;
    struct published_row *population = NULL;
    size_t n_stock = 0;
    size_t n_population = 0;
    int32_t neighbours[10];
    int32_t n_neighbours = 0;

    if (!store_authorities(store, &inputs->authorities, &inputs->n_authorities, err) ||
        !store_published(store, "stock", 0, &stock, &n_stock, err) ||
        !store_published(store, "population", 0, &population, &n_population, err) ||
        !store_neighbours(store, inputs->authority.la, neighbours, &n_neighbours, err))
        goto out;
    inputs->peers = vec_new(n_stock, sizeof *inputs->peers, err);
    if (inputs->peers == NULL)
        goto out;
    for (size_t i = 0; i < n_stock; i++) {
        struct peer *peer = &inputs->peers[inputs->n_peers++];
        *peer = (struct peer){.la = stock[i].la,
                              .year = stock[i].year,
                              .name = name_of(inputs, stock[i].la),
                              .relation = stock[i].la == inputs->authority.la ? PEER_OWN : PEER_OTHER,
                              .stock = stock[i].value,
                              .population = value_of(population, n_population, &stock[i])};
        for (int32_t k = 0; k < n_neighbours; k++)
            if (neighbours[k] == stock[i].la && peer->relation != PEER_OWN)
                peer->relation = PEER_NEIGHBOUR;
    }
    ok = true;
out:
    free(stock);
    free(population);
    return ok;
}

static bool load_returns(struct store *store, bool short_breaks, struct history_inputs *inputs,
                         struct err *err)
{
    return store_load_history(store, inputs->authority.la, short_breaks, &inputs->history, err) &&
           counts_make(&inputs->history, inputs->history.start - 1, inputs->history.end, &inputs->counts,
                       err);
}

bool history_inputs_load(struct store *store, const struct authority *authority, bool short_breaks,
                         struct history_inputs *out, struct err *err)
{
    *out = (struct history_inputs){.authority = *authority};
    if (!authority->has_returns && !authority->has_published)
        return err_set(
            err, ERR_NO_INPUT,
            "nothing is stored about %s; import its SSDA903 returns (turncurve import FOLDER) or published "
            "totals (turncurve import FILE.csv)",
            authority->name);
    if ((authority->has_returns && !load_returns(store, short_breaks, out, err)) ||
        (authority->has_published && !store_load_yearly(store, authority->la, &out->yearly, err)) ||
        !load_peers(store, out, err)) {
        history_inputs_free(out);
        return false;
    }
    return true;
}

void history_inputs_free(struct history_inputs *inputs)
{
    history_free(&inputs->history);
    counts_free(&inputs->counts);
    yearly_free(&inputs->yearly);
    free(inputs->peers);
    free(inputs->authorities);
    *inputs = (struct history_inputs){0};
}
