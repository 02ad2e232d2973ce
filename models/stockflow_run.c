/* SPDX-License-Identifier: GPL-3.0-or-later
 * One replicate: integers by cell and month. Each cell and month has its own Philox block of four words
 * (entries, moves, exits, birthdays); each word is inverted once, so that a higher rate never gives fewer
 * events and two scenarios share their luck. What becomes of each event (destination, route, readmission)
 * follows from the same word through the finaliser of MurmurHash3 (Appleby 2011), a bijection that mixes all
 * bits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/stockflow_chain.h"
#include "numeric/dist.h"
#include "numeric/stream.h"
#include "sim/slip.h"

enum { LEVER_MONTHS = 3 }; /* effects that vary are worked out anew every three months */

/* ---- series -------------------------------------------------------------------------------------------- */

/* The order of the tables is the order of the series. */
/* clang-format off */
#define PLACEMENT_GROUP(member, name, words) {SERIES_MEASURE, {GROUP_PLACEMENT, PLACEMENT_##member}},
#define AGE_BAND(member, name, first, last, words) {SERIES_MEASURE, {GROUP_AGE, AGE_##member}},
#define ROUTE(member, name, words) {SERIES_MEASURE, {GROUP_ROUTE, ROUTE_##member}},
const struct result_series sf_series[] = {
#define SERIES_MEASURE MEASURE_STOCK
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_ENTRIES
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_EXITS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
#include "data/codes/route.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_MOVES
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_NIGHTS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
#define SERIES_MEASURE MEASURE_READMISSIONS
    {SERIES_MEASURE, {GROUP_ALL, 0}},
#include "data/codes/placement_group.def"
#include "data/codes/age_band.def"
    {SERIES_MEASURE, {GROUP_UASC, 0}},
#undef SERIES_MEASURE
};
#undef PLACEMENT_GROUP
#undef AGE_BAND
#undef ROUTE
/* clang-format on */
const size_t sf_n_series = sizeof sf_series / sizeof sf_series[0];

/* Numbers of one measure in one month, in the order of its series. */
struct counted {
    int32_t all;
    int32_t placement[SF_GROUPS];
    int32_t age[AGE_COUNT];
    int32_t route[ROUTE_COUNT];
    int32_t uasc;
};

static void count(struct counted *counted, const struct sf_chain_cell *cell, int32_t n)
{
    counted->all += n;
    counted->placement[cell->group] += n;
    counted->age[lexis_kind_band(cell->kind)] += n;
    counted->uasc += lexis_kind_is_uasc(cell->kind) ? n : 0;
}

static size_t write_counted(const struct counted *counted, bool has_routes, size_t series,
                            struct tally *tally, int32_t month)
{
    const size_t months = (size_t)tally->months;
    int32_t *at = tally->values + series * months + month;
    int32_t *const start = at;
    *at = counted->all;
    for (int g = 0; g < SF_GROUPS; g++)
        *(at += months) = counted->placement[g];
    for (int a = 0; a < AGE_COUNT; a++)
        *(at += months) = counted->age[a];
    for (int r = 0; has_routes && r < ROUTE_COUNT; r++)
        *(at += months) = counted->route[r];
    *(at += months) = counted->uasc;
    return series + (size_t)(at - start) / months + 1;
}

/* ---- luck ---------------------------------------------------------------------------------------------- */

static uint32_t mixed(uint32_t word, uint32_t i)
{
    uint32_t h = word + (i + 1) * 0x9e3779b9U;
    h ^= h >> 16;
    h *= 0x85ebca6bU;
    h ^= h >> 13;
    h *= 0xc2b2ae35U;
    return h ^ h >> 16;
}

static double uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/* dist_binomial_quantile_hazard, answered here when it is 0, as it is nearly always. */
static int32_t binomial(int32_t n, double hazard, double u)
{
    return u <= 1 - n * hazard ? 0 : dist_binomial_quantile_hazard(n, hazard, u);
}

static int pick(const uint32_t ends[], int n, uint32_t word)
{
    int i = 0;
    while (i < n - 1 && word >= ends[i])
        i++;
    return i;
}

/* ---- one replicate ---------------------------------------------------------------------------------------
 */

struct replicate {
    const struct sf_chain *chain;
    struct sf_luck luck;
    uint32_t number;
    double *entry_tilt, *exit_tilt, *move_tilt; /* [LEXIS_CELLS], NULL when no lever varies */
    double *effects;                            /* [levers] this replicate's */
    day *starts;                                /* [levers of the scenario], where milestones slip */
    int32_t stock[LEXIS_CELLS];
    struct counted entries, exits, moves, nights, readmissions;
};

/* What a lever does in this replicate and month beyond what the expected path holds. */
static double beyond_mean(const struct replicate *run, size_t i, int32_t m)
{
    const struct sf_levers *levers = &run->chain->path.levers;
    const struct effect *effect = &levers->items[i].effect;
    const day origin = run->chain->fit->origin;
    if (!run->chain->slips)
        return effect->varies
                   ? sf_lever_strength(levers, levers->starts, i, run->effects[i] - effect->mean, origin, m)
                   : 0;
    return sf_lever_strength(levers, run->starts, i, run->effects[i], origin, m) -
           sf_lever_strength(levers, levers->starts, i, effect->mean, origin, m);
}

/* The factors of levers that vary, by cell. */
static void tilt(struct replicate *run, int32_t m)
{
    const struct sf_levers *levers = &run->chain->path.levers;
    for (size_t c = 0; c < LEXIS_CELLS; c++)
        run->entry_tilt[c] = run->exit_tilt[c] = run->move_tilt[c] = 1;
    for (size_t i = 0; i < levers->n; i++) {
        const enum lever_kind kind = levers->items[i].lever->kind;
        const double strength = beyond_mean(run, i, m);
        if (kind == LEVER_MIX || !(fabs(strength) > 0))
            continue;
        double *factors = kind == LEVER_EXITS   ? run->exit_tilt
                          : kind == LEVER_MOVES ? run->move_tilt
                                                : run->entry_tilt;
        const double *shares = run->chain->path.months[m].tilt + i * LEXIS_CELLS;
        for (size_t c = 0; c < LEXIS_CELLS; c++)
            factors[c] = fmax(0, factors[c] * (1 + shares[c] * strength));
    }
}

/* How many of the stock have the birthday that ends their kind. */
static int32_t grow(const struct sf_chain_cell *cell, int32_t stock, uint32_t word)
{
    const double trials = cell->grow_trials * stock;
    if (!(trials > 0))
        return 0;
    int32_t whole = (int32_t)trials;
    whole += uniform(mixed(word, 0)) < trials - whole;
    const int32_t n = binomial(whole, cell->grow_hazard, uniform(word));
    return n < stock ? n : stock;
}

static void enter(struct replicate *run, const struct sf_chain_cell *cell,
                  const struct sf_chain_shares *shares, double factor, uint32_t word)
{
    const double tilted = run->entry_tilt != NULL ? run->entry_tilt[lexis_cell(cell->kind, cell->group)] : 1;
    const double mean = cell->entries * factor * run->luck.entry_kind[cell->kind] * tilted;
    const double u = uniform(word);
    const int32_t n = u <= 1 - mean ? 0 : dist_poisson_quantile(mean, u);
    if (n == 0)
        return;
    run->stock[lexis_cell(cell->kind, cell->group)] += n;
    count(&run->entries, cell, n);
    int32_t again = 0;
    for (int32_t i = 0; i < n; i++)
        again += mixed(word, (uint32_t)i) < shares->readmitted;
    count(&run->readmissions, cell, again);
}

static void move(struct replicate *run, const struct sf_chain_cell *cell,
                 const struct sf_chain_shares *shares, int32_t arrived[LEXIS_CELLS], uint32_t word)
{
    const size_t c = lexis_cell(cell->kind, cell->group);
    const double tilted = run->move_tilt != NULL ? run->move_tilt[c] : 1;
    const double hazard = cell->move_hazard * run->luck.move_group[cell->group] * tilted;
    const int32_t n = binomial(run->stock[c], hazard, uniform(word));
    if (n == 0)
        return;
    run->stock[c] -= n;
    for (int32_t i = 0; i < n; i++) {
        const int to = pick(shares->destination, SF_GROUPS, mixed(word, (uint32_t)i));
        arrived[lexis_cell(cell->kind, to)]++;
        run->moves.placement[to]++;
    }
    run->moves.all += n;
    run->moves.age[lexis_kind_band(cell->kind)] += n;
    run->moves.uasc += lexis_kind_is_uasc(cell->kind) ? n : 0;
}

static void leave(struct replicate *run, const struct sf_chain_cell *cell,
                  const struct sf_chain_shares *shares, double factor, uint32_t word)
{
    const size_t c = lexis_cell(cell->kind, cell->group);
    const double tilted = run->exit_tilt != NULL ? run->exit_tilt[c] : 1;
    const double hazard = cell->exit_hazard * factor * run->luck.exit_group[cell->group] * tilted;
    const int32_t n = binomial(run->stock[c], hazard, uniform(word));
    if (n == 0)
        return;
    run->stock[c] -= n;
    count(&run->exits, cell, n);
    for (int32_t i = 0; i < n; i++)
        run->exits.route[pick(shares->route, ROUTE_COUNT, mixed(word, (uint32_t)i))]++;
}

/* Birthdays go from the oldest kind down, so that nobody has two in a month; the eighteenth ends care. */
static void grow_all(struct replicate *run, const struct sf_chain_month *month, uint32_t (*words)[4])
{
    for (size_t i = month->n_cells; i-- > 0;) {
        const struct sf_chain_cell *cell = &month->cells[i];
        const size_t c = lexis_cell(cell->kind, cell->group);
        const int32_t n = grow(cell, run->stock[c], words[i][3]);
        if (n == 0)
            continue;
        run->stock[c] -= n;
        const int next = lexis_kind_next(cell->kind);
        if (next < LEXIS_KINDS) {
            run->stock[lexis_cell(next, cell->group)] += n;
        } else {
            count(&run->exits, cell, n);
            run->exits.route[ROUTE_AGED_OUT] += n;
        }
    }
}

/* The part of a varying mix lever that its mean does not hold: children go from one group to another. */
static void redirect(struct replicate *run, const struct sf_chain_month *month, int32_t m)
{
    const struct sf_levers *levers = &run->chain->path.levers;
    for (size_t i = 0; i < levers->n; i++) {
        const struct sf_lever *item = &levers->items[i];
        if (item->lever->kind != LEVER_MIX || (!item->effect.varies && !run->chain->slips))
            continue;
        const double wanted = beyond_mean(run, i, m) * (item->effect.mean < 0 ? -1 : 1) *
                              run->chain->path.months[m].extra[i] * month->days;
        struct stream stream = stream_make(run->chain->fit->seed, PURPOSE_DESTINATION, run->number,
                                           item->effect.key, (uint32_t)m);
        int32_t n = (int32_t)floor(fabs(wanted) + stream_uniform(&stream));
        const uint32_t from = wanted > 0 ? item->lever->where.from : item->lever->where.to;
        const uint32_t to = wanted > 0 ? item->lever->where.to : item->lever->where.from;
        int target = 0;
        while (target < SF_GROUPS - 1 && (to >> target & 1U) == 0)
            target++;
        for (; n > 0; n--) {
            int32_t total = 0;
            for (size_t c = 0; c < LEXIS_CELLS; c++)
                total += from >> (c % SF_GROUPS) & 1U ? run->stock[c] : 0;
            if (total == 0)
                break;
            int32_t chosen = (int32_t)(stream_uniform(&stream) * total);
            size_t c = 0;
            while ((from >> (c % SF_GROUPS) & 1U) == 0 || chosen >= run->stock[c]) {
                chosen -= from >> (c % SF_GROUPS) & 1U ? run->stock[c] : 0;
                c++;
            }
            run->stock[c]--;
            run->stock[lexis_cell((int)(c / SF_GROUPS), target)]++;
        }
    }
}

static void run_month(struct replicate *run, int32_t m)
{
    const struct sf_chain_month *month = &run->chain->months[m];
    const struct sf_fit *fit = run->chain->fit;
    uint32_t words[LEXIS_CELLS][4];
    int32_t arrived[LEXIS_CELLS] = {0};
    int32_t before[LEXIS_CELLS];
    const uint32_t key[2] = {(uint32_t)fit->seed, (uint32_t)PURPOSE_STOCK ^ (uint32_t)(fit->seed >> 32)};
    for (size_t i = 0; i < month->n_cells; i++) {
        const uint32_t cell = (uint32_t)lexis_cell(month->cells[i].kind, month->cells[i].group);
        const uint32_t counter[4] = {0, cell, run->number, (uint32_t)m};
        stream_block(counter, key, words[i]);
    }
    memcpy(before, run->stock, sizeof before);
    if (run->effects != NULL && (run->chain->slips || m % LEVER_MONTHS == 0))
        tilt(run, m);
    for (size_t i = 0; i < month->n_cells; i++) {
        const struct sf_chain_cell *cell = &month->cells[i];
        if (cell->entries > 0)
            enter(run, cell, &month->shares[i],
                  lexis_kind_is_uasc(cell->kind) ? run->luck.uasc[m] : run->luck.entries[m], words[i][0]);
        if (run->stock[lexis_cell(cell->kind, cell->group)] > 0)
            move(run, cell, &month->shares[i], arrived, words[i][1]);
    }
    for (size_t i = 0; i < month->n_cells; i++) {
        const struct sf_chain_cell *cell = &month->cells[i];
        const size_t c = lexis_cell(cell->kind, cell->group);
        run->stock[c] += arrived[c];
        if (run->stock[c] > 0)
            leave(run, cell, &month->shares[i], run->luck.exits[m], words[i][2]);
    }
    grow_all(run, month, words);
    if (run->effects != NULL)
        redirect(run, month, m);
    for (size_t i = 0; i < month->n_cells; i++) {
        const struct sf_chain_cell *cell = &month->cells[i];
        const size_t c = lexis_cell(cell->kind, cell->group);
        count(&run->nights, cell,
              (int32_t)(0.5 * month->days * (before[c] + run->stock[c]) * cell->night_ratio + 0.5));
    }
}

static void write_month(struct replicate *run, struct tally *tally, int32_t m)
{
    struct counted stock = {0};
    for (int k = 0; k < LEXIS_KINDS; k++) {
        for (int g = 0; g < SF_GROUPS; g++) {
            const struct sf_chain_cell cell = {.kind = (uint8_t)k, .group = (uint8_t)g};
            count(&stock, &cell, run->stock[lexis_cell(k, g)]);
        }
    }
    size_t series = write_counted(&stock, false, 0, tally, m);
    series = write_counted(&run->entries, false, series, tally, m);
    series = write_counted(&run->exits, true, series, tally, m);
    series = write_counted(&run->moves, false, series, tally, m);
    series = write_counted(&run->nights, false, series, tally, m);
    series = write_counted(&run->readmissions, false, series, tally, m);
    bug_if(series != sf_n_series);
}

bool sf_chain_run(const struct sf_chain *chain, int32_t replicate, struct tally *tally, struct err *err)
{
    const size_t months = (size_t)chain->fit->months;
    const size_t n_levers = chain->path.levers.n;
    struct replicate run = {.chain = chain, .number = (uint32_t)replicate};
    const size_t n_starts = chain->path.levers.scenario->n_levers;
    const size_t n_doubles = 3 * months + (size_t)3 * LEXIS_CELLS + n_levers;
    double *room = malloc(n_doubles * sizeof *room);
    day *starts = malloc((n_starts + 1) * sizeof *starts);
    if (room == NULL || starts == NULL) {
        free(room);
        free(starts);
        return err_no_memory(err);
    }
    run.luck.entries = room;
    run.luck.exits = room + months;
    run.luck.uasc = room + 2 * months;
    if (chain->varies) {
        run.entry_tilt = room + 3 * months;
        run.exit_tilt = run.entry_tilt + LEXIS_CELLS;
        run.move_tilt = run.exit_tilt + LEXIS_CELLS;
        run.effects = run.move_tilt + LEXIS_CELLS;
        run.starts = starts;
        for (size_t i = 0; i < n_levers; i++)
            run.effects[i] = effect_draw(&chain->path.levers.items[i].effect, chain->fit->seed, replicate);
        if (chain->slips)
            slip_starts(chain->path.levers.scenario, chain->fit->origin, chain->fit->seed, replicate,
                        tally->later, run.starts);
    }
    sf_luck_draw(chain, replicate, &run.luck);
    for (size_t c = 0; c < LEXIS_CELLS; c++)
        run.stock[c] = (int32_t)chain->path.origin_stock[c];
    for (int32_t m = 0; m < chain->fit->months; m++) {
        run.entries = run.exits = run.moves = run.nights = run.readmissions = (struct counted){0};
        run_month(&run, m);
        write_month(&run, tally, m);
    }
    free(room);
    free(starts);
    return true;
}
