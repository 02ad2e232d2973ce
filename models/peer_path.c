/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is printed is whole and adds up; what was lost by rounding in one month is made good in the next. */
#include "models/peer_path.h"

#include <math.h>
#include <stdlib.h>

#include "base/money.h"
#include "base/vec.h"
#include "numeric/stream.h"

bool peer_path_init(const struct model_input *input, const struct peer_reference *reference, int32_t stock,
                    struct peer_path *out, struct err *err)
{
    struct peer_path path = {
        .seed = input->seed, .origin = input->origin, .months = input->months, .before = stock};
    for (int place = 0; place < PEER_PLACES; place++)
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            path.split[place][g] = reference->split[place][g];
    path.at = vec_new((size_t)path.months, sizeof *path.at, err);
    if (path.at == NULL)
        return false;
    *out = path;
    return true;
}

void peer_path_free(struct peer_path *path)
{
    free(path->at);
    *path = (struct peer_path){0};
}

day peer_path_end(const struct peer_path *path)
{
    return date_month_end(path->origin, path->months);
}

static double sum(const double parts[], int n)
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += parts[i];
    return total;
}

void peer_path_add(struct peer_path *path, day date, const struct peer_day *at)
{
    const int32_t m = date_month_index(date) - date_month_index(path->origin) - 1;
    bug_if(m >= path->months);
    if (m < 0) {
        path->before = (int32_t)lround(sum(at->stock, PEER_STATES));
        return;
    }
    struct peer_month *month = &path->at[m];
    for (int s = 0; s < PEER_STATES; s++) {
        month->stock[s] = at->stock[s];
        month->variance[s] = at->variance[s];
        month->nights[s] += at->stock[s];
        month->night_sd[s] += sqrt(fmax(0, at->variance[s]));
        month->entries[s] += at->entries[s];
        month->exits[s] += at->exits[s];
    }
}

/* ---- series -------------------------------------------------------------------------------------------- */

/* The order of the tables is the order of the series. */
/* clang-format off */
#define PLACEMENT_GROUP(member, name, words) {SERIES_MEASURE, {GROUP_PLACEMENT, PLACEMENT_##member}},
#define AGE_BAND(member, name, first, last, words) {SERIES_MEASURE, {GROUP_AGE, AGE_##member}},
static const struct result_series all_series[] = {
#define SERIES_MEASURE MEASURE_STOCK
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_ENTRIES
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_EXITS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_NIGHTS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#undef SERIES_MEASURE
};
#undef PLACEMENT_GROUP
#undef AGE_BAND
/* clang-format on */

void peer_path_series(const struct result_series **series, size_t *n_series)
{
    *series = all_series;
    *n_series = sizeof all_series / sizeof all_series[0];
}

/* ---- replicates ---------------------------------------------------------------------------------------- */

/* Numbers by placement group and age band, real or owed. */
struct mix {
    double placement[PLACEMENT_COUNT], age[AGE_COUNT];
};

/* Sums by state over ages and places, clipped at 0, places shared among placement groups. */
static struct mix mix_of(const struct peer_path *path, const double by_state[PEER_STATES])
{
    struct mix mix = {{0}, {0}};
    double places[PEER_PLACES] = {0};
    for (int s = 0; s < PEER_STATES; s++) {
        mix.age[peer_state_bin(s)] += by_state[s];
        places[peer_state_place(s)] += by_state[s];
    }
    for (int a = 0; a < AGE_COUNT; a++)
        mix.age[a] = fmax(0, mix.age[a]);
    for (int place = 0; place < PEER_PLACES; place++)
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            mix.placement[g] += fmax(0, places[place]) * path->split[place][g];
    return mix;
}

/* Writes a total and then its parts down the rows of the tally. */
struct writer {
    struct tally *tally;
    int32_t month;
    size_t series;
};

static void write_one(struct writer *writer, int64_t value)
{
    writer->tally->values[writer->series++ * (size_t)writer->tally->months + (size_t)writer->month] =
        (int32_t)value;
}

static void write_shares(struct writer *writer, int32_t total, const double weights[], int n)
{
    int64_t parts[PLACEMENT_COUNT] = {0};
    if (sum(weights, n) > 0)
        money_share(total, weights, (size_t)n, parts);
    else
        parts[n - 1] = total;
    for (int i = 0; i < n; i++)
        write_one(writer, parts[i]);
}

/* A stock or nights: shares of this month alone. */
static void write_level(struct writer *writer, int32_t total, const struct mix *mix)
{
    write_one(writer, total);
    write_shares(writer, total, mix->placement, PLACEMENT_COUNT);
    write_shares(writer, total, mix->age, AGE_COUNT);
}

/* The children of a flow go one by one where most is owed; what is left stays owed, so that a small part gets
 * its child in the end. */
static void write_owed(struct writer *writer, int32_t total, const double weights[], int n, double owed[])
{
    int32_t parts[PLACEMENT_COUNT] = {0};
    const double all = sum(weights, n);
    for (int i = 0; i < n; i++)
        owed[i] += all > 0 ? total * weights[i] / all : 0;
    for (int32_t k = 0; k < total; k++) {
        int most = 0;
        for (int i = 1; i < n; i++)
            if (owed[i] > owed[most])
                most = i;
        owed[most] -= 1;
        parts[most]++;
    }
    for (int i = 0; i < n; i++)
        write_one(writer, parts[i]);
}

static void write_flow(struct writer *writer, int32_t total, const struct mix *mix, struct mix *owed)
{
    write_one(writer, total);
    write_owed(writer, total, mix->placement, PLACEMENT_COUNT, owed->placement);
    write_owed(writer, total, mix->age, AGE_COUNT, owed->age);
}

/* What a replicate carries from month to month. */
struct carried {
    double z[PEER_STATES];
    int32_t stock;
    double expected_entries; /* since the origin */
    int32_t entries;         /* of them, in whole children, given so far */
    struct mix entries_owed, exits_owed;
};

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void write_month(const struct peer_path *path, struct carried *carried, struct writer *writer)
{
    const struct peer_month *at = &path->at[writer->month];
    double stock[PEER_STATES];
    double nights[PEER_STATES];
    for (int s = 0; s < PEER_STATES; s++) {
        stock[s] = at->stock[s] + carried->z[s] * sqrt(fmax(0, at->variance[s]));
        nights[s] = at->nights[s] + carried->z[s] * at->night_sd[s];
    }
    const int32_t children = (int32_t)lround(fmax(0, sum(stock, PEER_STATES)));
    carried->expected_entries += sum(at->entries, PEER_STATES);
    const int32_t wanted = (int32_t)lround(carried->expected_entries) - carried->entries;
    const int32_t least = children - carried->stock; /* exits are not below 0 */
    const int32_t entries = larger(0, larger(wanted, least));
    const int32_t exits = entries - least;
    carried->entries += entries;
    carried->stock = children;
    const struct mix stock_mix = mix_of(path, stock);
    const struct mix entry_mix = mix_of(path, at->entries);
    const struct mix exit_mix = mix_of(path, at->exits);
    const struct mix night_mix = mix_of(path, nights);
    write_level(writer, children, &stock_mix);
    write_flow(writer, entries, &entry_mix, &carried->entries_owed);
    write_flow(writer, exits, &exit_mix, &carried->exits_owed);
    write_level(writer, (int32_t)lround(fmax(0, sum(nights, PEER_STATES))), &night_mix);
}

void peer_path_simulate(const struct peer_path *path, int32_t replicate, struct tally *tally)
{
    struct carried carried = {.stock = path->before};
    struct stream stream = stream_make(path->seed, PURPOSE_STOCK, (uint32_t)replicate, 0, 0);
    for (int s = 0; s < PEER_STATES; s++)
        carried.z[s] = stream_normal(&stream);
    for (int32_t m = 0; m < path->months; m++) {
        struct writer writer = {.tally = tally, .month = m};
        write_month(path, &carried, &writer);
    }
}
