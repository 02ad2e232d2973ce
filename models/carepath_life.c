/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inner loop of the model: everything in it is a table look-up, a product or a comparison. */
#include "models/carepath_life.h"

#include <math.h>

#include "base/vec.h"
#include "models/carepath_levers.h"

static const uint32_t counted_salt = 1, mix_salt = 2;

/* ---- counting ---------------------------------------------------------------------------------------- */

static void keep_mark(struct carepath_room *room, const struct carepath_life *life,
                      enum carepath_mark_kind what, int32_t date, enum route route, bool is_counted)
{
    struct carepath_trace *trace = room->trace;
    struct err ignored = {0};
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

static inline void mark(struct carepath_room *room, const struct carepath_life *life,
                        enum carepath_mark_kind what, int32_t date, enum route route, bool is_counted)
{
    if (room->trace != NULL)
        keep_mark(room, life, what, date, route, is_counted);
}

/* The child is in a cell from a day on (+1) or no longer (-1). */
static inline void presence(struct carepath_room *room, int kind, int group, int32_t date, int sign)
{
    const struct carepath_plan *plan = room->plan;
    const size_t at = lexis_cell(kind, group) * (size_t)(plan->months + 1) + (size_t)plan->month_of[date];
    room->presence[at] += sign * (((int64_t)1 << 32) - plan->day_in_month[date]);
    room->is_lived[lexis_cell(kind, group)] = 1;
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
    life->tic = 0;
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

/* What is spent of an exponential between two days, by rates in n profiles. The functions of the inner loop
 * are inlined, so that n is a constant where there are no levers. */
static inline double spent(double *const clocks[], const double rates[], int n, int32_t from, int32_t to)
{
    double sum = rates[0] * (clocks[0][to] - clocks[0][from]);
    for (int p = 1; p < n; p++)
        sum += rates[p] * (clocks[p][to] - clocks[p][from]);
    return sum;
}

/* The first day in (from, to] by which `left` is spent, when `total` >= left is spent by `to`. Clocks run
 * evenly within a month: the month is guessed and put right, the day is a division. */
static int32_t spent_on(const struct carepath_plan *plan, double *const clocks[], const double rates[], int n,
                        int32_t from, int32_t to, double total, double left)
{
    const int32_t first = plan->month_of[from + 1];
    const int32_t last = plan->month_of[to];
    int32_t m = plan->month_of[from + 1 + (int32_t)(left / total * (to - from - 1))];
    while (m < last && spent(clocks, rates, n, from, plan->month_start[m + 1] - 1) < left)
        m++;
    while (m > first && spent(clocks, rates, n, from, plan->month_start[m] - 1) >= left)
        m--;
    const int32_t low = m > first ? plan->month_start[m] - 1 : from; /* not spent by then */
    const int32_t high = m < last ? plan->month_start[m + 1] - 1 : to;
    const double before = spent(clocks, rates, n, from, low);
    const double a_day = spent(clocks, rates, n, low, low + 1);
    const double exact = (left - before) / a_day;
    int32_t days = (int32_t)exact;
    days += days < exact;
    return days < 1 ? low + 1 : low + days > high ? high : low + days;
}

/* The same for one clock, whose paces (days a unit of the clock) are known month by month. */
static inline int32_t reached_on(const struct carepath_plan *plan, const double *clock, const double *pace,
                                 int32_t from, int32_t to, double target)
{
    const int32_t last = plan->month_of[to];
    int32_t guess = from + 1 + (int32_t)((target - clock[from]) * pace[plan->month_of[from + 1]]);
    guess = guess < to ? guess : to;
    int32_t m = plan->month_of[guess];
    while (m < last && clock[plan->month_start[m + 1] - 1] < target)
        m++;
    while (plan->month_start[m] - 1 > from && clock[plan->month_start[m] - 1] >= target)
        m--;
    const int32_t start = plan->month_start[m] - 1;
    const int32_t low = start > from ? start : from;
    const double exact = (target - clock[low]) * pace[m];
    int32_t days = (int32_t)exact;
    days += days < exact;
    days = days < 1 ? 1 : days;
    return low + days > to ? to : low + days;
}

/* The first day in (from, to] by which `left` is spent at a rate in days, without a clock. */
static inline int32_t passed_on(double rate, int32_t from, int32_t to, double left)
{
    const double exact = left / rate;
    int32_t days = (int32_t)exact;
    days += days < exact;
    days = days < 1 ? 1 : days;
    return days > to - from ? to : from + days;
}

/* How far into its last day a clock is when it is spent. */
static double part_of_day(double *const clocks[], const double rates[], int n, int32_t from, int32_t date,
                          double left)
{
    const double before = spent(clocks, rates, n, from, date - 1);
    const double after = spent(clocks, rates, n, from, date);
    return (left - before) / (after - before);
}

/* ---- what happens ------------------------------------------------------------------------------------ */

/* The band of a time, looked for from one that is no later. */
static inline int band_at(const int32_t edges[], int n, int band, int32_t days)
{
    while (band + 1 < n && days >= edges[band + 1])
        band++;
    return band;
}

/* What the levers make of a route's rate on a day. */
static double route_speed(const struct carepath_room *room, const struct carepath_life *life, size_t cell,
                          int route, int32_t date)
{
    const struct carepath_plan *plan = room->plan;
    const size_t n = (size_t)plan->exits.n;
    const float *weight =
        plan->exit_weight + (((size_t)life->class_ * plan->n_cells + cell) * ROUTE_COUNT + (size_t)route) * n;
    double speed = 0;
    for (size_t p = 0; p < n; p++)
        speed += (double)weight[p] * (room->exit_clock[p][date] - room->exit_clock[p][date - 1]);
    return speed;
}

static int route_of(const struct carepath_room *room, const struct carepath_life *life, size_t cell, int tic,
                    int32_t date, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const double *rates = plan->fit->rates.exit[kind_of(room, life)][life->group][plan->tic_base[tic]];
    double ends[ROUTE_COUNT];
    double total = 0;
    for (int r = 0; r < ROUTE_COUNT; r++) {
        const double speed = plan->exit_weight != NULL ? route_speed(room, life, cell, r, date) : 1;
        total += rates[r] * room->rate_factors.route[r] * speed;
        ends[r] = total;
    }
    const double at = carepath_uniform(word) * total;
    int route = 0;
    for (int r = 0; r < ROUTE_COUNT - 1; r++)
        route += at >= ends[r];
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

/* The rates of the cells of a stage and group, by band of time in care and in placement. */
static inline const double *rates_of(struct carepath_room *room, const struct carepath_life *life, int n)
{
    const struct carepath_plan *plan = room->plan;
    const size_t row = carepath_cell(plan, life->stage, life->group, 0, 0);
    if (!room->has_hazards[carepath_block(plan, life->class_, life->stage, life->group)])
        carepath_fill_hazards(room, life->class_, life->stage, life->group);
    return room->hazards + ((size_t)life->class_ * plan->n_cells + row) * (size_t)n;
}

/* A stretch of days in one cell in which one clock or both are spent. */
struct stretch {
    const double *rates;
    int32_t from, to;
    int tic, tip;
    double leaving, changing;           /* what is left of the two exponentials */
    double leaving_used, changing_used; /* what the stretch would use of them */
};

/* Which is spent first, and when. */
static struct carepath_next happen_within(struct carepath_room *room, struct carepath_life *life,
                                          const struct stretch *s, const uint32_t words[4])
{
    const struct carepath_plan *plan = room->plan;
    const int n_exits = plan->exits.n;
    const int n_moves = plan->moves.n;
    const double *moves = s->rates + n_exits;
    int32_t leaves_on = INT32_MAX;
    int32_t changes_on = INT32_MAX;
    if (s->leaving <= s->leaving_used)
        leaves_on = n_exits == 1 ? reached_on(plan, room->exit_clock[0], room->exit_pace, s->from, s->to,
                                              room->exit_clock[0][s->from] + s->leaving / s->rates[0])
                                 : spent_on(plan, room->exit_clock, s->rates, n_exits, s->from, s->to,
                                            s->leaving_used, s->leaving);
    if (s->changing <= s->changing_used)
        changes_on = n_moves == 1 ? passed_on(moves[0], s->from, s->to, s->changing)
                                  : spent_on(plan, room->move_clock, moves, n_moves, s->from, s->to,
                                             s->changing_used, s->changing);
    bool leaves = leaves_on < changes_on;
    if (leaves_on == changes_on)
        leaves = part_of_day(room->exit_clock, s->rates, n_exits, s->from, leaves_on, s->leaving) <=
                 part_of_day(room->move_clock, moves, n_moves, s->from, changes_on, s->changing);
    life->now = leaves ? leaves_on : changes_on;
    life->tic = s->tic;
    return happen(room, life, leaves, s->tic, s->tip, words);
}

/* The day on which the band after `band` begins. */
static inline int32_t band_end(const int32_t edges[], int n, int band, int32_t start)
{
    return band + 1 < n ? start + edges[band + 1] : INT32_MAX;
}

/* Inlined twice: without levers n_exits and n_moves are the constant 1, and their loops vanish. What changes
 * from stretch to stretch is kept in locals, which need no memory. */
static inline __attribute__((always_inline)) struct carepath_next
live(struct carepath_room *room, struct carepath_life *life, const int n_exits, const int n_moves)
{
    const struct carepath_plan *plan = room->plan;
    const int n = n_exits + n_moves;
    const int32_t days = plan->days;
    const double *const exit_clock = room->exit_clock[0];
    const uint32_t key[2] = {(uint32_t)plan->fit->seed,
                             (uint32_t)PURPOSE_EXIT ^ (uint32_t)(plan->fit->seed >> 32)};
    uint32_t words[4];
    stream_block(life->counter, key, words);
    life->counter[0]++;
    double leaving = carepath_exponential(words[0]);
    double changing = carepath_exponential(words[1]);
    int32_t from = life->now;
    int tip = band_at(plan->tip_edges, plan->n_tips, 0, from - life->stay_start);
    int tic = life->start_known ? band_at(plan->tic_edges, plan->n_tics, life->tic, from - life->spell_start)
                                : plan->n_tics;
    int32_t longer = band_end(plan->tic_edges, plan->n_tics, tic, life->spell_start);
    int32_t settled = band_end(plan->tip_edges, plan->n_tips, tip, life->stay_start);
    const int tic_step = plan->n_tips * n;
    const double *rates = rates_of(room, life, n) + (ptrdiff_t)tic * tic_step + (ptrdiff_t)tip * n;
    bool is_last = plan->stages[life->stage].is_last;
    int32_t until = *life->birthdays - is_last; /* the 18th birthday is no trial: everyone leaves on it */
    double exit_then = exit_clock[from > 0 ? from : 0];
    while (from < days) {
        int32_t to = until < days ? until : days;
        to = longer < to ? longer : to;
        to = settled < to ? settled : to;
        const double exit_now = exit_clock[to];
        double exits = rates[0] * (exit_now - exit_then);
        double moves = rates[n_exits] * (to - from); /* the clock of no levers is the calendar */
        for (int p = 1; p < n_exits; p++)
            exits += rates[p] * (room->exit_clock[p][to] - room->exit_clock[p][from]);
        for (int p = 1; p < n_moves; p++)
            moves += rates[n_exits + p] * (room->move_clock[p][to] - room->move_clock[p][from]);
        if ((leaving <= exits || changing <= moves) && to > from) {
            const struct stretch stretch = {rates, from, to, tic, tip, leaving, changing, exits, moves};
            return happen_within(room, life, &stretch, words);
        }
        leaving -= exits;
        changing -= moves;
        exit_then = exit_now;
        from = to;
        if (from == longer) {
            rates += tic_step;
            longer = band_end(plan->tic_edges, plan->n_tics, ++tic, life->spell_start);
        }
        if (from == settled) {
            rates += n;
            settled = band_end(plan->tip_edges, plan->n_tips, ++tip, life->stay_start);
        }
        if (from < until)
            continue;
        if (is_last && from < days) {
            life->now = until + 1;
            return (struct carepath_next){
                .event = CAREPATH_LEAVES, .day = life->now, .detail = ROUTE_AGED_OUT};
        }
        if (!is_last) {
            grow(room, life, from);
            rates = rates_of(room, life, n) + (ptrdiff_t)tic * tic_step + (ptrdiff_t)tip * n;
            is_last = plan->stages[life->stage].is_last;
            until = *life->birthdays - is_last;
        }
    }
    life->now = days + 1;
    return (struct carepath_next){.event = CAREPATH_STAYS, .day = life->now};
}

struct carepath_next carepath_live(struct carepath_room *room, struct carepath_life *life)
{
    const int n_exits = room->plan->exits.n;
    const int n_moves = room->plan->moves.n;
    return n_exits == 1 && n_moves == 1 ? live(room, life, 1, 1) : live(room, life, n_exits, n_moves);
}

/* ---- coming back --------------------------------------------------------------------------------------- */

bool carepath_come_back(const struct carepath_room *room, struct carepath_life *life, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const int32_t left = life->now;
    double waiting = carepath_exponential(word);
    int32_t at = left > 0 ? left : 0;
    int band = band_at(carepath_return_edges, CAREPATH_RETURN_BANDS, 0, at - left);
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
                life->now = spent_on(plan, clock, &rate, 1, at, to, gone, waiting);
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
