/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a replicate draws before anybody lives: the levels and their way through the months, the noise of
 * single months, what is not known of each rate, and the effects of levers; and the tables that the lives
 * then read. */
#include <math.h>
#include <string.h>

#include "models/carepath_levers.h"
#include "models/carepath_run.h"
#include "numeric/dist.h"
#include "sim/slip.h"

enum { STREAM_LEVELS, STREAM_NOISE, STREAM_CELLS, STREAM_MIX, MONTHS_A_YEAR = 12 };

/* A gamma variable of mean 1 and the given shape from a standard normal (Wilson and Hilferty 1931, PNAS
 * 17:684), never below 0. */
static double gamma_factor(double shape, double uncertainty, double z)
{
    if (!(uncertainty > 0))
        return 1;
    const double s = shape / (uncertainty * uncertainty);
    const double root = 1 - 1 / (9 * s) + z / (3 * sqrt(s));
    return root > 0 ? root * root * root : 0;
}

/* A lognormal factor of mean 1. */
static double mean_one(double sd, double z)
{
    return sd > 0 ? exp(sd * z - sd * sd / 2) : 1;
}

/* ---- levels ------------------------------------------------------------------------------------------ */

static void add_root(const double root[STATE_SPACE_MOST][STATE_SPACE_MOST], double scale,
                     struct stream *stream, double x[LEVEL_COUNT])
{
    double z[LEVEL_COUNT];
    for (int i = 0; i < LEVEL_COUNT; i++)
        z[i] = root[i][i] > 0 ? stream_normal(stream) : 0;
    for (int i = 0; i < LEVEL_COUNT; i++)
        for (int j = 0; j <= i; j++)
            x[i] += scale * root[i][j] * z[j];
}

static void draw_levels(struct carepath_room *room)
{
    const struct carepath_plan *plan = room->plan;
    const struct carepath_levels *levels = &plan->fit->levels;
    struct stream parameters =
        stream_make(plan->fit->seed, PURPOSE_PARAMETERS, room->replicate, 0, STREAM_LEVELS);
    struct stream drift = stream_make(plan->fit->seed, PURPOSE_DRIFT, room->replicate, 0, STREAM_LEVELS);
    struct stream noise = stream_make(plan->fit->seed, PURPOSE_DRIFT, room->replicate, 0, STREAM_NOISE);
    const double noise_sd =
        plan->any_exit_noise ? sqrt(log1p((levels->exit_dispersion - 1) / levels->exits_a_month)) : 0;
    double x[LEVEL_COUNT];
    for (int i = 0; i < LEVEL_COUNT; i++)
        x[i] = levels->now.mean[i];
    add_root(plan->now_root, plan->fit->rate_uncertainty, &parameters, x);
    for (int32_t m = 0; m < plan->months; m++) {
        const struct carepath_step *step = plan->is_april[m] ? &levels->new_year : &levels->month;
        double next[LEVEL_COUNT] = {0};
        for (int i = 0; i < LEVEL_COUNT; i++)
            for (int j = 0; j < LEVEL_COUNT; j++)
                next[i] += step->transition[i][j] * x[j];
        memcpy(x, next, sizeof x);
        add_root(plan->is_april[m] ? plan->april_root : plan->month_root, 1, &drift, x);
        const double entries = x[LEVEL_ENTRY_MEAN] + x[LEVEL_ENTRY_DEVIATION] + x[LEVEL_ENTRY_YEAR];
        const double exits = x[LEVEL_EXIT_MEAN] + x[LEVEL_EXIT_DEVIATION] + x[LEVEL_EXIT_YEAR];
        const double luck = noise_sd > 0 ? mean_one(noise_sd, stream_normal(&noise)) : 1;
        room->levels[m] = exp(entries - plan->centre[m]);
        room->levels[plan->months + m] = exp(exits - plan->centre[plan->months + m]) * luck;
        room->levels[2 * plan->months + m] = exp(x[LEVEL_UASC]);
    }
}

/* ---- levers ------------------------------------------------------------------------------------------ */

static void draw_effects(struct carepath_room *room)
{
    const struct carepath_plan *plan = room->plan;
    if (plan->slips) {
        slip_starts(plan->scenario, plan->fit->origin, plan->fit->seed, (int32_t)room->replicate, room->later,
                    room->starts);
        carepath_force_fill(plan, room->starts, &room->force);
    }
    for (size_t i = 0; i < plan->n_levers; i++) {
        const struct carepath_lever *lever = &plan->levers[i];
        const double *strength = room->force.strength + i * (size_t)plan->months;
        double *factors = room->factors + i * (size_t)plan->months;
        room->effects[i] = plan->is_pilot ? 0
                                          : lever->scale * effect_draw(&lever->effect, plan->fit->seed,
                                                                       (int32_t)room->replicate);
        for (int32_t m = 0; m < plan->months; m++)
            factors[m] = fmax(0, 1 + room->effects[i] * strength[m]);
    }
}

/* clock[d] = sum over the days up to d of the level and the factors of the profile's levers. levels NULL: 1.
 */
static void wind_clock(const struct carepath_room *room, uint64_t mask, const double *levels, double *clock)
{
    const struct carepath_plan *plan = room->plan;
    clock[0] = 0;
    for (int32_t m = 0; m < plan->months; m++) {
        double speed = levels != NULL ? levels[m] : 1;
        for (size_t i = 0; i < plan->n_levers; i++)
            if (mask >> i & 1U)
                speed *= room->factors[i * (size_t)plan->months + (size_t)m];
        for (int32_t d = plan->month_start[m]; d < plan->month_start[m + 1]; d++)
            clock[d] = clock[d - 1] + speed;
    }
}

/* ---- rates ------------------------------------------------------------------------------------------- */

static const double most_daily = 0.5;
static const double slowest = 1e-9; /* pace of exits that is told from standing still */

/* -log(1 - q) / q: the total of a cell's daily probabilities becomes a hazard, and each part keeps its share.
 */
static double daily_to_hazard(double q)
{
    return 1 + q * (1.0 / 2 + q * (1.0 / 3 + q * (1.0 / 4 + q * (1.0 / 5))));
}

/* Factors of the parts of a whole that leave the whole as it is: what is not known of all together lies in
 * the cells of kind and group alone, else it would count again with each margin. */
static void draw_shares(const double events[], int n, double uncertainty, struct stream *stream, double f[])
{
    double before = 0;
    double after = 0;
    for (int i = 0; i < n; i++) {
        f[i] = gamma_factor(events[i], uncertainty, stream_normal(stream));
        before += events[i];
        after += events[i] * f[i];
    }
    for (int i = 0; i < n; i++)
        f[i] *= before / after;
}

static void draw_factors(struct carepath_room *room)
{
    struct carepath_factors *f = &room->rate_factors;
    const struct carepath_fit *fit = room->plan->fit;
    const struct carepath_rates *rates = &fit->rates;
    const double u = fit->rate_uncertainty;
    struct stream stream = stream_make(fit->seed, PURPOSE_PARAMETERS, room->replicate, 0, STREAM_CELLS);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            f->exit_cell[k][g] = gamma_factor(rates->exit_events[k][g], u, stream_normal(&stream));
            f->move_cell[k][g] = gamma_factor(rates->move_events[k][g], u, stream_normal(&stream));
        }
    draw_shares(rates->exit_tic_events, CAREPATH_TICS, u, &stream, f->exit_tic);
    draw_shares(rates->move_tic_events, CAREPATH_TICS, u, &stream, f->move_tic);
    draw_shares(rates->route_events, ROUTE_COUNT, u, &stream, f->route);
    for (int k = 0; k < LEXIS_KINDS; k++)
        room->kind_factor[k] = gamma_factor(fit->entries.kind_events[k], u, stream_normal(&stream));
    double events = 1;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        events += fit->returns.events[b];
    room->return_factor = gamma_factor(events, u, stream_normal(&stream));
}

/* Daily probabilities of a (stage, group, band of time in care), at a factor of time in placement of 1. */
struct row_rates {
    double route[ROUTE_COUNT], exits, moves;
};

static struct row_rates row_rates(const struct carepath_room *room, int stage, int group, int tic)
{
    const struct carepath_factors *f = &room->rate_factors;
    const struct carepath_plan *plan = room->plan;
    const struct carepath_rates *rates = &plan->fit->rates;
    const int k = plan->stages[stage].kind;
    const int t = plan->tic_base[tic];
    const double luck = f->exit_cell[k][group] * f->exit_tic[t];
    struct row_rates row = {.moves = f->move_cell[k][group] * f->move_tic[t] * rates->move[k][group][t]};
    for (int r = 0; r < ROUTE_COUNT; r++) {
        row.route[r] = luck * rates->exit[k][group][t][r] * f->route[r];
        row.exits += row.route[r];
    }
    return row;
}

/* Writes a cell's hazards by profile, exits first. */
static void fill_cell(const struct carepath_room *room, const struct row_rates *row, size_t class_cell,
                      int group, int tip, double out[])
{
    const struct carepath_plan *plan = room->plan;
    const struct carepath_rates *rates = &plan->fit->rates;
    const int n_exits = plan->exits.n;
    const int n_moves = plan->moves.n;
    const double exit_tip = rates->exit_tip[group][plan->tip_base[tip]];
    const double move_tip = rates->move_tip[group][plan->tip_base[tip]];
    const double scale = daily_to_hazard(fmin(most_daily, row->exits * exit_tip + row->moves * move_tip));
    if (plan->exit_weight == NULL) {
        out[0] = row->exits * exit_tip * scale;
    } else {
        const float *weight = plan->exit_weight + class_cell * ROUTE_COUNT * (size_t)n_exits;
        for (int p = 0; p < n_exits; p++) {
            out[p] = 0;
            for (int r = 0; r < ROUTE_COUNT; r++)
                out[p] += (double)weight[r * n_exits + p] * row->route[r] * exit_tip * scale;
        }
    }
    for (int p = 0; p < n_moves; p++) {
        const double share = plan->move_weight != NULL
                                 ? (double)plan->move_weight[class_cell * (size_t)n_moves + (size_t)p]
                                 : 1;
        out[n_exits + p] = share * row->moves * move_tip * scale;
    }
}

/* The same for a whole row where no lever tells children apart. */
static void fill_plain_row(const struct carepath_plan *plan, const struct row_rates *row, int group,
                           double out[])
{
    const struct carepath_rates *rates = &plan->fit->rates;
    for (int tip = 0; tip < plan->n_tips; tip++) {
        const double exits = row->exits * rates->exit_tip[group][plan->tip_base[tip]];
        const double moves = row->moves * rates->move_tip[group][plan->tip_base[tip]];
        const double daily = exits + moves;
        const double scale = daily_to_hazard(daily < most_daily ? daily : most_daily);
        out[(ptrdiff_t)2 * tip] = exits * scale;
        out[(ptrdiff_t)2 * tip + 1] = moves * scale;
    }
}

void carepath_fill_hazards(struct carepath_room *room, int class_, int stage, int group)
{
    const struct carepath_plan *plan = room->plan;
    const bool is_plain = plan->exit_weight == NULL && plan->move_weight == NULL;
    const int n = plan->exits.n + plan->moves.n;
    size_t class_cell = (size_t)class_ * plan->n_cells + carepath_cell(plan, stage, group, 0, 0);
    double *out = room->hazards + class_cell * (size_t)n;
    for (int t = 0; t <= plan->n_tics; t++) {
        const struct row_rates row = row_rates(room, stage, group, t);
        if (is_plain)
            fill_plain_row(plan, &row, group, out);
        for (int p = 0; p < plan->n_tips; p++, class_cell++) {
            if (!is_plain)
                fill_cell(room, &row, class_cell, group, p, out);
            out += n;
        }
    }
    room->has_hazards[carepath_block(plan, class_, stage, group)] = 1;
}

/* ---- mix --------------------------------------------------------------------------------------------- */

static void write_ends(const double shares[], const double factors[], uint32_t out[CAREPATH_GROUPS])
{
    double total = 0;
    double sum = 0;
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        total += shares[g] * factors[g];
    const double scale = 4294967296.0 / total;
    for (int g = 0; g < CAREPATH_GROUPS; g++) {
        sum += shares[g] * factors[g];
        const double end = sum * scale; /* rounding must not carry it past the last word */
        out[g] = end < 4294967295.0 ? (uint32_t)end : UINT32_MAX;
    }
}

/* Where first placements and changes go, year by year: each group's share wanders by itself. */
static void draw_mix(struct carepath_room *room)
{
    const struct carepath_fit *fit = room->plan->fit;
    struct stream stream = stream_make(fit->seed, PURPOSE_DRIFT, room->replicate, 0, STREAM_MIX);
    double wandered[CAREPATH_GROUPS] = {0};
    double factors[CAREPATH_GROUPS];
    const int32_t years = fit->mix_drift > 0 ? (room->plan->months + MONTHS_A_YEAR - 1) / MONTHS_A_YEAR : 1;
    uint32_t *first = room->first_ends;
    uint32_t *to = room->destination_ends;
    for (int32_t y = 0; y < years; y++) {
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            if (fit->mix_drift > 0)
                wandered[g] += fit->mix_drift * stream_normal(&stream);
            factors[g] = exp(wandered[g]);
        }
        for (int k = 0; k < LEXIS_KINDS; k++) {
            write_ends(fit->entries.first[k], factors, first);
            first += CAREPATH_GROUPS;
            for (int g = 0; g < CAREPATH_GROUPS; g++, to += CAREPATH_GROUPS)
                write_ends(fit->rates.destination[k][g], factors, to);
        }
    }
}

void carepath_luck(struct carepath_room *room)
{
    const struct carepath_plan *plan = room->plan;
    draw_levels(room);
    draw_effects(room);
    draw_factors(room);
    memset(room->has_hazards, 0, carepath_block(plan, plan->n_classes, 0, 0));
    draw_mix(room);
    for (int p = 0; p < plan->exits.n; p++)
        wind_clock(room, plan->exits.mask[p], room->levels + plan->months, room->exit_clock[p]);
    for (int32_t m = 0; m < plan->months; m++)
        room->exit_pace[m] = 1 / fmax(slowest, room->levels[plan->months + m]);
    for (int p = 0; p < plan->moves.n; p++)
        wind_clock(room, plan->moves.mask[p], NULL, room->move_clock[p]);
    double fastest = 1;
    for (int p = 0; p < plan->returns.n; p++) {
        const double *clock = room->return_clock[p];
        wind_clock(room, plan->returns.mask[p], NULL, room->return_clock[p]);
        for (int32_t m = 0; m < plan->months; m++)
            fastest = fmax(fastest, clock[plan->month_start[m]] - clock[plan->month_start[m] - 1]);
    }
    room->return_pace = room->return_factor * fastest;
    /* exponential(word) > the highest hazard of all, with room for rounding */
    room->never_back = (uint32_t)(exp(-plan->leaver_hazard * room->return_pace) * 4294967295.0 * (1 - 1e-9));
}
