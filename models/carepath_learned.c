/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened is counted again, every day whole, because the fit may weigh recent days more; then rates are
 * told cell by cell with the limits and shares that the fit kept. */
#include "models/carepath_learned.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static const double year_days = 365.25;
static const double per_10000 = 10000;

/* ---- counting ---------------------------------------------------------------------------------------- */

static void add_month_moves(struct carepath_telling *t, const struct lexis_piece *piece, double rate)
{
    const int32_t first = date_month_index(t->fit->from + 1);
    for (day at = piece->from + 1; at <= piece->to;) {
        const day end = date_month_end(at, 0) < piece->to ? date_month_end(at, 0) : piece->to;
        const int32_t m = date_month_index(at) - first;
        if (m >= 0 && m < t->months.n)
            t->expected_moves[m] += rate * (end - at + 1);
        at = end + 1;
    }
    const int32_t m = date_month_index(piece->to) - first;
    if (piece->event == LEXIS_MOVE && m >= 0 && m < t->months.n)
        t->moves[m] += 1;
}

static void add_piece(void *context, const struct lexis_piece *piece)
{
    struct carepath_telling *t = context;
    struct carepath_lived *lived = t->lived;
    const int k = piece->kind;
    const int g = piece->group;
    const int c = carepath_tic(piece);
    const double days = piece->to - piece->from;
    lived->days[k][g][c] += days;
    for (int process = 0; process < CAREPATH_PROCESSES; process++) {
        const double rate = carepath_rate(&t->fit->rates, process, k, g, c, piece->tip);
        lived->expected[process][k][g][c] += rate * days;
        lived->tip_expected[process][piece->tip] += rate * days;
        if (process == CAREPATH_MOVING)
            add_month_moves(t, piece, rate);
    }
    if (piece->event == LEXIS_NO_EVENT)
        return;
    const int process = piece->event == LEXIS_MOVE ? CAREPATH_MOVING : piece->detail;
    lived->events[process][k][g][c] += 1;
    lived->tip_events[process][piece->tip] += 1;
    if (piece->event == LEXIS_MOVE)
        lived->to[k][g][piece->detail] += 1;
}

static void count_entries(struct carepath_telling *t)
{
    const struct history *history = t->fit->history;
    for (size_t i = 0; i < history->n_spells; i++) {
        const struct spell *spell = &history->spells[i];
        const struct child *child = &history->children[spell->child];
        if (spell->start <= t->fit->from || spell->start > t->fit->origin || child->first_spell < (int32_t)i)
            continue;
        const int kind =
            lexis_kind_of(date_age_on(child->born, spell->start), lexis_is_uasc(child, spell->start));
        t->lived->entries[kind][history->segments[spell->first_segment].group] += 1;
    }
}

/* "0-27d", "1460d+". */
static const char *band_label(struct learned *out, const int32_t edges[], int n, int band, struct err *err)
{
    if (band + 1 < n)
        return arena_format(&out->texts, err, "%d-%dd", (int)edges[band], (int)edges[band + 1] - 1);
    return arena_format(&out->texts, err, "%dd+", (int)edges[band]);
}

static bool make_labels(struct carepath_telling *t)
{
    bool ok = true;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        t->kinds[k] = arena_format(&t->out->texts, t->err, "%s%s", age_band_name(lexis_kind_band(k)),
                                   lexis_kind_is_uasc(k) ? " uasc" : "");
        ok = ok && t->kinds[k] != NULL;
    }
    for (int c = 0; c < LEXIS_TICS; c++) {
        t->tics[c] = band_label(t->out, lexis_tic_edges, LEXIS_TICS, c, t->err);
        ok = ok && t->tics[c] != NULL;
    }
    t->tics[CAREPATH_START_UNKNOWN] = "unknown";
    for (int p = 0; p < LEXIS_TIPS; p++) {
        t->tips[p] = band_label(t->out, lexis_tip_edges, LEXIS_TIPS, p, t->err);
        ok = ok && t->tips[p] != NULL;
    }
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
        t->aways[b] = band_label(t->out, carepath_return_edges, CAREPATH_RETURN_BANDS, b, t->err);
        ok = ok && t->aways[b] != NULL;
    }
    return ok;
}

static bool tell(const struct carepath_fit *fit, const struct model_input *input, struct learned *out,
                 struct err *err)
{
    struct carepath_telling t = {.fit = fit, .input = input, .out = out, .err = err};
    out->from = fit->from + 1;
    out->to = fit->origin;
    t.lived = vec_new(1, sizeof *t.lived, err);
    bool ok = t.lived != NULL && carepath_months_count(fit, input, &t.months, err) && make_labels(&t);
    if (ok) {
        t.moves = vec_new((size_t)t.months.n, sizeof *t.moves, err);
        t.expected_moves = vec_new((size_t)t.months.n, sizeof *t.expected_moves, err);
        ok = t.moves != NULL && t.expected_moves != NULL;
    }
    if (ok) {
        lexis_walk(fit->history, fit->from, fit->origin, add_piece, &t);
        count_entries(&t);
    }
    ok = ok && carepath_tell_rates(&t) && carepath_tell_checks(&t) && carepath_tell_facts(&t);
    free(t.moves);
    free(t.expected_moves);
    free(t.lived);
    carepath_months_free(&t.months);
    return ok;
}

/* Where no population is given, that of the published totals is, as in the fit. */
bool carepath_learned(const struct carepath_fit *fit, const struct model_input *input, struct learned *out,
                      struct err *err)
{
    struct model_input own = *input;
    struct population population = {0};
    if (input->population == NULL && input->yearly != NULL) {
        if (!population_from_yearly(input->yearly, &population, err))
            return false;
        own.population = &population;
    }
    const bool ok = tell(fit, &own, out, err);
    population_free(&population);
    return ok;
}

/* ---- rates of leaving and changing placement ----------------------------------------------------------- */

/* The row of a process in a cell. */
static bool tell_cell(struct carepath_telling *t, int process, int k, int g, int c)
{
    const struct carepath_rates *rates = &t->fit->rates;
    const double years = t->lived->days[k][g][c] / year_days;
    struct learned_rate row = {
        .process = process == CAREPATH_MOVING ? LEARNED_MOVE : LEARNED_EXIT,
        .from = placement_group_name((enum placement_group)g),
        .to = process == CAREPATH_MOVING ? "" : route_name((enum route)process),
        .age = t->kinds[k],
        .duration = t->tics[c],
        .occurrences = t->lived->events[process][k][g][c],
        .child_years = years,
        .rate = t->lived->expected[process][k][g][c] / years,
        .borrowed = rates->borrowed[process][k][g][c],
    };
    learned_limits(row.rate, rates->shape[process][k][g][c], &row.low, &row.high);
    return learned_add_rate(t->out, &row, t->err);
}

static bool tell_cells(struct carepath_telling *t, bool moving)
{
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            for (int c = 0; c < CAREPATH_TICS; c++) {
                if (!(t->lived->days[k][g][c] > 0))
                    continue;
                for (int process = 0; process < CAREPATH_PROCESSES; process++)
                    if (process != ROUTE_AGED_OUT && moving == (process == CAREPATH_MOVING) &&
                        !tell_cell(t, process, k, g, c))
                        return false;
            }
    return true;
}

/* Where changes go: the rate of a kind and group, all times in care, by the shares of its destinations. */
static bool tell_destinations(struct carepath_telling *t, int k, int g)
{
    const struct carepath_lived *lived = t->lived;
    double days = 0;
    double expected = 0;
    double leaned = 0;
    double changes = 0;
    for (int c = 0; c < CAREPATH_TICS; c++) {
        days += lived->days[k][g][c];
        expected += lived->expected[CAREPATH_MOVING][k][g][c];
        leaned +=
            lived->expected[CAREPATH_MOVING][k][g][c] * t->fit->rates.borrowed[CAREPATH_MOVING][k][g][c];
    }
    if (!(days > 0))
        return true;
    for (int h = 0; h < CAREPATH_GROUPS; h++)
        changes += lived->to[k][g][h];
    const double own = changes / (changes + CAREPATH_DESTINATION_WORTH);
    for (int h = 0; h < CAREPATH_GROUPS; h++) {
        const double share = t->fit->rates.destination[k][g][h];
        struct learned_rate row = {
            .process = LEARNED_MOVE,
            .from = placement_group_name((enum placement_group)g),
            .to = placement_group_name((enum placement_group)h),
            .age = t->kinds[k],
            .duration = "",
            .occurrences = lived->to[k][g][h],
            .child_years = days / year_days,
            .rate = expected / days * share * year_days,
            .borrowed = expected > 0 ? 1 - own * (1 - leaned / expected) : 1,
        };
        /* one of the shares of a Dirichlet posterior is as sure as a gamma of its own events */
        learned_limits(row.rate, share * (changes + CAREPATH_DESTINATION_WORTH), &row.low, &row.high);
        if (!learned_add_rate(t->out, &row, t->err))
            return false;
    }
    return true;
}

/* ---- rates of coming and coming back ------------------------------------------------------------------- */

double carepath_entry_rate(const struct carepath_fit *fit, int kind, int group)
{
    const struct carepath_entries *entries = &fit->entries;
    const double a_day =
        lexis_kind_is_uasc(kind) ? entries->uasc_events / (fit->origin - fit->from) : entries->a_day;
    return a_day * entries->kind[kind] * entries->first[kind][group];
}

double carepath_entry_days(const struct carepath_telling *t, int kind)
{
    const struct carepath_fit *fit = t->fit;
    double days = 0;
    if (lexis_kind_is_uasc(kind)) /* intakes of unaccompanied children do not follow the local population */
        return fit->origin - fit->from;
    for (day date = fit->from + 1; date <= fit->origin; date = date_month_start(date, 1)) {
        const day end = date_month_end(date, 0) < fit->origin ? date_month_end(date, 0) : fit->origin;
        days += (end - date + 1) * carepath_exposure(t->input, kind, date + 14);
    }
    return days;
}

static bool tell_entries(struct carepath_telling *t, bool by_population)
{
    const struct carepath_fit *fit = t->fit;
    const struct carepath_entries *entries = &fit->entries;
    const double population = carepath_population(t->input, fit->origin);
    if (by_population && !(population > 0))
        return true;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        const bool uasc = lexis_kind_is_uasc(k);
        const double years = carepath_entry_days(t, k) / year_days;
        double own = 0;
        for (int g = 0; g < CAREPATH_GROUPS; g++)
            own += t->lived->entries[k][g];
        if (uasc && (by_population || !(entries->uasc_events > 0)))
            continue;
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            struct learned_rate row = {
                .process = by_population ? LEARNED_ENTRY_PER_10000 : LEARNED_ENTRY,
                .from = "",
                .to = placement_group_name((enum placement_group)g),
                .age = t->kinds[k],
                .duration = "",
                .occurrences = t->lived->entries[k][g],
                .child_years = by_population ? years * population / per_10000 : years,
                .rate =
                    carepath_entry_rate(fit, k, g) * year_days / (by_population ? population / per_10000 : 1),
                .borrowed = entries->borrowed[k],
            };
            learned_limits(row.rate, entries->first[k][g] * (own + CAREPATH_FIRST_WORTH), &row.low,
                           &row.high);
            if (!learned_add_rate(t->out, &row, t->err))
                return false;
        }
    }
    return true;
}

static bool tell_returns(struct carepath_telling *t)
{
    const struct carepath_returns *returns = &t->fit->returns;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++) {
        double expected = 0;
        for (int k = 0; k < LEXIS_KINDS; k++)
            expected += returns->kind_exposure[k][b] * returns->hazard[b] * returns->kind_factor[k];
        if (!(returns->exposure[b] > 0))
            continue;
        struct learned_rate row = {
            .process = LEARNED_RETURN,
            .from = "",
            .to = "",
            .age = "",
            .duration = t->aways[b],
            .occurrences = returns->events[b],
            .child_years = returns->exposure[b] / year_days,
            .rate = expected / returns->exposure[b] * year_days,
            .borrowed = returns->borrowed[b],
        };
        /* hazard = (events + prior) / (exposure + worth), and borrowed = worth / (exposure + worth) */
        learned_limits(row.rate, returns->hazard[b] * returns->exposure[b] / (1 - returns->borrowed[b]),
                       &row.low, &row.high);
        if (!learned_add_rate(t->out, &row, t->err))
            return false;
    }
    return true;
}

bool carepath_tell_rates(struct carepath_telling *telling)
{
    bool ok = tell_cells(telling, false) && tell_cells(telling, true);
    for (int k = 0; ok && k < LEXIS_KINDS; k++)
        for (int g = 0; ok && g < CAREPATH_GROUPS; g++)
            ok = tell_destinations(telling, k, g);
    return ok && tell_entries(telling, false) && tell_entries(telling, true) && tell_returns(telling);
}
