/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inner loop of the model: everything in it is a table look-up, a product or a comparison. */
#include "models/carepath_life.h"

#include <math.h>

#include "base/vec.h"
#include "models/carepath_levers.h"

static const uint32_t counted_salt = 1, mix_salt = 2;

double carepath_exponential(uint32_t word)
{
    return -log(carepath_uniform(word));
}

uint32_t carepath_mixed(uint32_t word, uint32_t i)
{
    uint32_t h = word + (i + 1) * 0x9e3779b9U;
    h ^= h >> 16;
    h *= 0x85ebca6bU;
    h ^= h >> 13;
    h *= 0xc2b2ae35U;
    return h ^ h >> 16;
}

int carepath_pick(const uint32_t ends[], int n, uint32_t word)
{
    int i = 0;
    while (i < n - 1 && word >= ends[i])
        i++;
    return i;
}

/* ---- counting ---------------------------------------------------------------------------------------- */

static void mark(struct carepath_room *room, const struct carepath_life *life, enum carepath_mark_kind what,
                 int32_t date, enum route route, bool is_counted)
{
    struct carepath_trace *trace = room->trace;
    struct err ignored = {0};
    if (trace == NULL)
        return;
    if (trace->is_full || !vec_reserve((void **)&trace->marks, &trace->capacity, trace->n + 1,
                                       sizeof trace->marks[0], &ignored)) {
        trace->is_full = true;
        return;
    }
    trace->marks[trace->n++] = (struct carepath_mark){
        .child = life->counter[1],
        .stream = life->counter[3],
        .day = date,
        .what = (uint8_t)what,
        .kind = room->plan->stages[life->stage].kind,
        .group = (uint8_t)life->group,
        .route = (uint8_t)route,
        .is_counted = is_counted,
    };
}

/* The child is in a cell from a day on (+1) or no longer (-1). */
static inline void presence(struct carepath_room *room, int kind, int group, int32_t date, int sign)
{
    const struct carepath_plan *plan = room->plan;
    const size_t at = lexis_cell(kind, group) * (size_t)(plan->months + 1) + (size_t)plan->month_of[date];
    room->presence[at] += sign * (((int64_t)1 << 32) - plan->day_in_month[date]);
}

static inline size_t month_cell(const struct carepath_plan *plan, int kind, int group, int32_t date)
{
    return lexis_cell(kind, group) * (size_t)plan->months + (size_t)plan->month_of[date];
}

static void count_person(struct carepath_room *room, const struct carepath_life *life, int32_t date, int sign,
                         int32_t *need_flow, int32_t *locality_flow)
{
    const size_t months = (size_t)room->plan->months + 1;
    const size_t m = (size_t)room->plan->month_of[date];
    room->need_presence[life->need * months + m] += sign;
    if (need_flow != NULL)
        need_flow[life->need * months + m]++;
    if (life->locality < 0 || room->locality_presence == NULL)
        return;
    room->locality_presence[(size_t)life->locality * months + m] += sign;
    if (locality_flow != NULL)
        locality_flow[(size_t)life->locality * months + m]++;
}

static inline int kind_of(const struct carepath_room *room, const struct carepath_life *life)
{
    return room->plan->stages[life->stage].kind;
}

void carepath_begin(struct carepath_room *room, struct carepath_life *life)
{
    presence(room, kind_of(room, life), life->group, 1, 1);
    count_person(room, life, 1, 1, NULL, NULL);
    mark(room, life, CAREPATH_MARK_HERE, 0, ROUTE_OTHER, false);
}

void carepath_enter(struct carepath_room *room, struct carepath_life *life, bool again)
{
    const int kind = kind_of(room, life);
    const size_t at = month_cell(room->plan, kind, life->group, life->now);
    presence(room, kind, life->group, life->now, 1);
    count_person(room, life, life->now, 1, room->need_entries, room->locality_entries);
    room->entries[at]++;
    if (again)
        room->readmissions[at]++;
    life->spell_start = life->stay_start = life->now;
    life->start_known = true;
    mark(room, life, again ? CAREPATH_MARK_AGAIN : CAREPATH_MARK_ENTRY, life->now, ROUTE_OTHER, false);
}

void carepath_leave(struct carepath_room *room, const struct carepath_life *life, enum route route)
{
    const struct carepath_plan *plan = room->plan;
    const int kind = kind_of(room, life);
    presence(room, kind, life->group, life->now, -1);
    count_person(room, life, life->now, -1, room->need_exits, room->locality_exits);
    room->exits[month_cell(plan, kind, life->group, life->now)]++;
    room->routes[(size_t)route * (size_t)plan->months + (size_t)plan->month_of[life->now]]++;
    mark(room, life, CAREPATH_MARK_EXIT, life->now, route, false);
}

/* The stage after a birthday; days in the old kind end, those in the new one begin. */
static void grow(struct carepath_room *room, struct carepath_life *life, int32_t date)
{
    const int before = kind_of(room, life);
    life->stage++;
    life->birthdays++;
    const int after = kind_of(room, life);
    if (after == before)
        return;
    presence(room, before, life->group, date, -1);
    presence(room, after, life->group, date, 1);
    mark(room, life, CAREPATH_MARK_GROWN, date, ROUTE_OTHER, false);
}

void carepath_change(struct carepath_room *room, struct carepath_life *life, int group, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    if (*life->birthdays == life->now && !plan->stages[life->stage].is_last)
        grow(room, life, life->now);
    const int kind = kind_of(room, life);
    const double share = plan->fit->rates.counted[life->group][group];
    const bool is_counted = carepath_uniform(carepath_mixed(word, counted_salt)) < share;
    presence(room, kind, life->group, life->now, -1);
    presence(room, kind, group, life->now, 1);
    if (is_counted)
        room->moves[month_cell(plan, kind, group, life->now)]++;
    life->group = group;
    life->stay_start = life->now;
    mark(room, life, CAREPATH_MARK_CHANGE, life->now, ROUTE_OTHER, is_counted);
}

/* ---- clocks ------------------------------------------------------------------------------------------ */

/* What is spent of an exponential between two days, by rates in several profiles. */
static inline double spent(double *const clocks[], const double rates[], int n, int32_t from, int32_t to)
{
    double sum = rates[0] * (clocks[0][to] - clocks[0][from]);
    for (int p = 1; p < n; p++)
        sum += rates[p] * (clocks[p][to] - clocks[p][from]);
    return sum;
}

/* The first day in (from, to] by which `left` is spent, given that it is by `to`. */
static int32_t spent_on(double *const clocks[], const double rates[], int n, int32_t from, int32_t to,
                        double left)
{
    int32_t low = from; /* not spent */
    int32_t high = to;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (spent(clocks, rates, n, from, middle) >= left)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* How far into its last day a clock is when it is spent. */
static double part_of_day(double *const clocks[], const double rates[], int n, int32_t from, int32_t date,
                          double left)
{
    const double before = date - 1 > from ? spent(clocks, rates, n, from, date - 1) : 0;
    const double after = spent(clocks, rates, n, from, date);
    return (left - before) / (after - before);
}

/* ---- what happens ------------------------------------------------------------------------------------ */

static int band_at(const int32_t edges[], int n, int32_t days)
{
    int band = 0;
    while (band + 1 < n && days >= edges[band + 1])
        band++;
    return band;
}

static int route_of(const struct carepath_room *room, const struct carepath_life *life, size_t cell, int tic,
                    int32_t date, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const int kind = kind_of(room, life);
    const double *rates = plan->fit->rates.exit[kind][life->group][plan->tic_base[tic]];
    double weights[ROUTE_COUNT];
    double total = 0;
    for (int r = 0; r < ROUTE_COUNT; r++) {
        weights[r] = rates[r] * room->route_factor[r];
        if (plan->exit_weight != NULL) {
            const size_t at = (((size_t)life->class_ * plan->n_cells + cell) * ROUTE_COUNT + (size_t)r) *
                              (size_t)plan->exits.n;
            double factor = 0;
            for (int p = 0; p < plan->exits.n; p++)
                factor += (double)plan->exit_weight[at + (size_t)p] *
                          (room->exit_clock[p][date] - room->exit_clock[p][date - 1]);
            weights[r] *= factor;
        }
        total += weights[r];
    }
    double left = carepath_uniform(word) * total;
    int route = 0;
    for (int r = 0; r < ROUTE_COUNT; r++) {
        if (!(weights[r] > 0))
            continue;
        route = r;
        if (left < weights[r])
            break;
        left -= weights[r];
    }
    return route;
}

static int destination_of(const struct carepath_room *room, const struct carepath_life *life, int tic,
                          int tip, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const size_t year = plan->fit->mix_drift > 0 ? (size_t)plan->month_of[life->now] / 12 : 0;
    const size_t row =
        (year * LEXIS_KINDS + (size_t)kind_of(room, life)) * CAREPATH_GROUPS + (size_t)life->group;
    const int to = carepath_pick(room->destination_ends + row * CAREPATH_GROUPS, CAREPATH_GROUPS, word);
    return plan->mix_levers == 0
               ? to
               : carepath_mix(room, life, life->group, to, tic, tip, carepath_mixed(word, mix_salt));
}

/* An event in a cell: which route, or which placement. */
static struct carepath_next happen(struct carepath_room *room, struct carepath_life *life, bool leaves,
                                   int tic, int tip, const uint32_t words[4])
{
    struct carepath_next next = {
        .event = leaves ? CAREPATH_LEAVES : CAREPATH_CHANGES, .day = life->now, .word = words[3]};
    if (leaves)
        next.detail = route_of(room, life, carepath_cell(room->plan, life->stage, life->group, tic, tip), tic,
                               life->now, words[2]);
    else
        next.detail = destination_of(room, life, tic, tip, words[2]);
    if (room->flows != NULL)
        carepath_pilot_count(room, leaves ? LEVER_EXITS : LEVER_MOVES, life->class_, life->stage, life->group,
                             tic, tip, leaves ? next.detail : -1, leaves ? -1 : next.detail,
                             room->plan->month_of[life->now]);
    return next;
}

struct carepath_next carepath_live(struct carepath_room *room, struct carepath_life *life)
{
    const struct carepath_plan *plan = room->plan;
    const int n_exits = plan->exits.n;
    const int n_moves = plan->moves.n;
    const uint32_t key[2] = {(uint32_t)plan->fit->seed,
                             (uint32_t)PURPOSE_EXIT ^ (uint32_t)(plan->fit->seed >> 32)};
    uint32_t words[4];
    stream_block(life->counter, key, words);
    life->counter[0]++;
    double leaving = carepath_exponential(words[0]);
    double changing = carepath_exponential(words[1]);
    int32_t at = life->now;
    int tip = band_at(plan->tip_edges, plan->n_tips, at - life->stay_start);
    int tic =
        life->start_known ? band_at(plan->tic_edges, plan->n_tics, at - life->spell_start) : plan->n_tics;
    while (at < plan->days) {
        const struct carepath_stage *stage = &plan->stages[life->stage];
        const int32_t birthday = *life->birthdays;
        int32_t to = stage->is_last ? birthday - 1 : birthday;
        const int32_t longer =
            tic + 1 < plan->n_tics ? life->spell_start + plan->tic_edges[tic + 1] : INT32_MAX;
        const int32_t settled =
            tip + 1 < plan->n_tips ? life->stay_start + plan->tip_edges[tip + 1] : INT32_MAX;
        to = to < plan->days ? to : plan->days;
        to = longer < to ? longer : to;
        to = settled < to ? settled : to;
        if (to > at) {
            const size_t cell = carepath_cell(plan, life->stage, life->group, tic, tip);
            const double *rates =
                room->hazards + ((size_t)life->class_ * plan->n_cells + cell) * (size_t)(n_exits + n_moves);
            const double exits = spent(room->exit_clock, rates, n_exits, at, to);
            const double moves = spent(room->move_clock, rates + n_exits, n_moves, at, to);
            if (leaving <= exits || changing <= moves) {
                const int32_t left = leaving <= exits
                                         ? spent_on(room->exit_clock, rates, n_exits, at, to, leaving)
                                         : INT32_MAX;
                const int32_t moved =
                    changing <= moves ? spent_on(room->move_clock, rates + n_exits, n_moves, at, to, changing)
                                      : INT32_MAX;
                bool leaves = left < moved;
                if (left == moved)
                    leaves = part_of_day(room->exit_clock, rates, n_exits, at, left, leaving) <=
                             part_of_day(room->move_clock, rates + n_exits, n_moves, at, moved, changing);
                life->now = leaves ? left : moved;
                return happen(room, life, leaves, tic, tip, words);
            }
            leaving -= exits;
            changing -= moves;
            at = to;
        }
        if (stage->is_last && at == birthday - 1 && at < plan->days) {
            life->now = birthday;
            return (struct carepath_next){
                .event = CAREPATH_LEAVES, .day = birthday, .detail = ROUTE_AGED_OUT};
        }
        if (at == birthday && !stage->is_last)
            grow(room, life, at);
        if (at == longer)
            tic++;
        if (at == settled)
            tip++;
    }
    life->now = plan->days + 1;
    return (struct carepath_next){.event = CAREPATH_STAYS, .day = life->now};
}

/* ---- coming back --------------------------------------------------------------------------------------- */

bool carepath_come_back(const struct carepath_room *room, struct carepath_life *life, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const int32_t left = life->now;
    double waiting = carepath_exponential(word);
    int32_t at = left > 0 ? left : 0;
    int band = band_at(carepath_return_edges, CAREPATH_RETURN_BANDS, at - left);
    while (at < plan->days) {
        const struct carepath_stage *stage = &plan->stages[life->stage];
        const int kind = stage->kind;
        const int32_t birthday = *life->birthdays;
        const int32_t next =
            band + 1 < CAREPATH_RETURN_BANDS ? left + carepath_return_edges[band + 1] : INT32_MAX;
        int32_t to = stage->is_last ? birthday - 1 : birthday;
        to = to < plan->days ? to : plan->days;
        to = next < to ? next : to;
        if (to > at) {
            double *const *clock =
                room->return_clock +
                plan->return_profile[(size_t)life->class_ * (size_t)plan->n_stages + (size_t)life->stage];
            const double rate =
                plan->fit->returns.hazard[band] * plan->fit->returns.kind_factor[kind] * room->return_factor;
            const double gone = spent(clock, &rate, 1, at, to);
            if (waiting <= gone) {
                life->now = spent_on(clock, &rate, 1, at, to, waiting);
                if (life->now == birthday && !stage->is_last) {
                    life->stage++;
                    life->birthdays++;
                }
                return true;
            }
            waiting -= gone;
            at = to;
        }
        if (stage->is_last && at >= birthday - 1)
            return false;
        if (at == birthday && !stage->is_last) {
            life->stage++;
            life->birthdays++;
        }
        if (at == next)
            band++;
    }
    return false;
}
