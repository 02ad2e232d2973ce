/* SPDX-License-Identifier: GPL-3.0-or-later
 * Day by day would be slow: stays are drawn as whole lengths from geometric laws, by the tests' own dice. */
#include "tests/models/authority.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "data/codes.h"

static double chance(struct dice *dice)
{
    return ((double)(dice_next(dice) >> 11) + 0.5) * 0x1p-53;
}

/* Days to an event of daily probability q, at least 1. */
static day wait(struct dice *dice, double q)
{
    const double days = ceil(log(chance(dice)) / log1p(-q));
    return days > 20000 ? 20000 : days < 1 ? 1 : (day)days;
}

static enum placement_group first_group(struct dice *dice, int32_t age)
{
    const double u = chance(dice);
    if (age >= 16)
        return u < 0.45 ? PLACEMENT_SUPPORTED : u < 0.65 ? PLACEMENT_FOSTER_IFA : PLACEMENT_RES_EXTERNAL;
    if (age >= 10)
        return u < 0.4 ? PLACEMENT_FOSTER_INHOUSE : u < 0.75 ? PLACEMENT_FOSTER_IFA : PLACEMENT_RES_EXTERNAL;
    return u < 0.5 ? PLACEMENT_FOSTER_INHOUSE : u < 0.75 ? PLACEMENT_FOSTER_IFA : PLACEMENT_FOSTER_KIN;
}

static void live(struct history *history, struct dice *dice, day start, int32_t age, bool uasc)
{
    const day born = start - (day)(age * 365.25) - dice_below(dice, 360);
    const day adult = date_birthday(born, 18);
    if (start >= adult)
        return;
    const double leave = age == 0 ? 0.0012 : age < 10 ? 0.0009 : 0.0007;
    const bool soon = chance(dice) < 0.25;
    day end = start + wait(dice, uasc ? 0.0002 : soon ? 0.012 : leave);
    end = end < adult ? end : adult;
    if (end <= history->start || start > history->end)
        return;
    const enum route route = end == adult       ? ROUTE_AGED_OUT
                             : age < 5 && !soon ? (chance(dice) < 0.5 ? ROUTE_ADOPTION : ROUTE_SGO)
                             : soon             ? ROUTE_HOME
                                                : ROUTE_SGO;
    const int32_t child = build_child(history, born);
    history->children[child].uasc = uasc;
    const bool is_open = end > history->end + 1;
    build_spell(history, start, is_open ? DAY_OPEN : end, route, first_group(dice, age));
    build_last(history)->need = chance(dice) < 0.6 ? NEED_N1 : NEED_N5;
    for (day at = start + wait(dice, 0.002); at < end && at <= history->end; at += wait(dice, 0.0012))
        build_move(history, at, first_group(dice, age));
}

/* A placement code of each segment's group, for models that look at codes. */
static void give_codes(struct history *history)
{
    static const enum place codes[PLACEMENT_COUNT] = {
        [PLACEMENT_FOSTER_KIN] = PLACE_U3,   [PLACEMENT_FOSTER_INHOUSE] = PLACE_U6,
        [PLACEMENT_FOSTER_IFA] = PLACE_U6,   [PLACEMENT_ADOPTION] = PLACE_A4,
        [PLACEMENT_PARENTS] = PLACE_P1,      [PLACEMENT_RES_INHOUSE] = PLACE_K2,
        [PLACEMENT_RES_EXTERNAL] = PLACE_K2, [PLACEMENT_SUPPORTED] = PLACE_H5,
        [PLACEMENT_RES_OTHER] = PLACE_R1,    [PLACEMENT_SECURE] = PLACE_K1,
        [PLACEMENT_OTHER] = PLACE_Z1,
    };
    for (size_t i = 0; i < history->n_segments; i++)
        history->segments[i].place_code = (uint16_t)codes[history->segments[i].group];
}

void authority_build(struct history *history, uint64_t seed, double entries)
{
    static const double ages[] = {0.20, 0.40, 0.58, 0.86, 1.0}; /* cumulative, by band */
    struct dice dice = {seed};
    build_init(history, 2017, 2022);
    for (day start = history->start - 18 * 365; start <= history->end;
         start += wait(&dice, entries / 365.25)) {
        const double u = chance(&dice);
        int band = 0;
        while (u >= ages[band])
            band++;
        const int32_t first = age_band_first((enum age_band)band);
        const int32_t width = age_band_first((enum age_band)(band + 1)) - first;
        const int32_t age = first + dice_below(&dice, width);
        live(history, &dice, start, age, age >= 15 && chance(&dice) < 0.3);
    }
    give_codes(history);
}

void authority_build_young(struct history *history, uint64_t seed, int32_t n_children)
{
    struct dice dice = {seed};
    build_init(history, 2020, 2022);
    for (int32_t i = 0; i < n_children; i++) {
        const day start = history->start - 300 + dice_below(&dice, 300 + 3 * 365);
        const day born = start - 2 * 366 - dice_below(&dice, 700);
        enum placement_group group =
            dice_below(&dice, 3) > 0 ? PLACEMENT_FOSTER_INHOUSE : PLACEMENT_FOSTER_IFA;
        day at = start;
        day exit = DAY_OPEN;
        day moves[64];
        int n_moves = 0;
        while (exit == DAY_OPEN && at <= history->end) {
            const bool inhouse = group == PLACEMENT_FOSTER_INHOUSE;
            const day leaves = inhouse ? at + wait(&dice, 0.0011) : DAY_OPEN;
            const day moving = at + wait(&dice, inhouse ? 0.0008 : 0.0005);
            if (leaves <= moving) {
                exit = leaves;
            } else {
                at = moving;
                moves[n_moves++] = at;
                group = inhouse ? PLACEMENT_FOSTER_IFA : PLACEMENT_FOSTER_INHOUSE;
            }
        }
        if (exit <= history->start)
            continue;
        if (n_moves % 2 == 1)
            group = group == PLACEMENT_FOSTER_INHOUSE ? PLACEMENT_FOSTER_IFA : PLACEMENT_FOSTER_INHOUSE;
        build_child(history, born);
        build_spell(history, start, exit > history->end + 1 ? DAY_OPEN : exit, ROUTE_HOME, group);
        for (int m = 0; m < n_moves && moves[m] <= history->end; m++) {
            group = group == PLACEMENT_FOSTER_INHOUSE ? PLACEMENT_FOSTER_IFA : PLACEMENT_FOSTER_INHOUSE;
            build_move(history, moves[m], group);
        }
    }
}

/* Totals that wander from 100 to 700 children on; some starts are suppressed. */
static void build_totals(struct panel *panel, uint64_t seed)
{
    enum { AUTHORITIES = 30, FIRST = 2012, YEARS = 11 };
    struct err err = {0};
    struct dice dice = {seed};
    panel->authorities = vec_new(AUTHORITIES, sizeof *panel->authorities, &err);
    for (int32_t a = 0; a < AUTHORITIES; a++) {
        struct yearly *yearly = &panel->authorities[panel->n++];
        double stock = 100 + dice_below(&dice, 600);
        yearly->la = a + 1;
        snprintf(yearly->la_name, sizeof yearly->la_name, "Testshire %d", (int)a);
        snprintf(yearly->la_code, sizeof yearly->la_code, "E1000%04u", (unsigned)a % 10000U);
        ck_assert(yearly_reserve(yearly, FIRST, FIRST + YEARS - 1, &err));
        for (int32_t i = 0; i < YEARS; i++) {
            stock = round(stock * (0.92 + dice_below(&dice, 180) / 1000.0));
            yearly->stock[i] = stock;
            yearly->starts[i] = dice_below(&dice, 10) > 0 ? round(0.45 * stock) : (double)NAN;
            yearly->leavers[i] = round(0.40 * stock);
        }
    }
}

void subject_build(struct subject *subject, const struct model *model, uint64_t seed, double entries,
                   int32_t months)
{
    *subject = (struct subject){.input = {.months = months, .seed = 5}};
    if ((model->needs & MODEL_NEEDS_HISTORY) != 0) {
        authority_build(&subject->history, seed, entries);
        subject->input.history = &subject->history;
        subject->input.origin = subject->history.end;
    } else {
        build_totals(&subject->panel, seed);
        subject->input.yearly = &subject->panel.authorities[0];
        subject->input.panel = &subject->panel;
        subject->input.origin = on(2022, 3, 31);
    }
}

void subject_free(struct subject *subject)
{
    build_free(&subject->history);
    panel_free(&subject->panel);
}

struct scenario authority_scenario(const struct model *model)
{
    struct err err = {0};
    struct scenario scenario = {.name = "test", .title = "Test", .stance = STANCE_BEST};
    ck_assert(params_init(&scenario.params, model->params, model->n_params, &err));
    return scenario;
}

void authority_set(struct scenario *scenario, const char *name, double value)
{
    struct err err = {0};
    ck_assert_msg(params_set(&scenario->params, str_of(name), value, PARAM_SET, "", &err), "%s", err.message);
}

struct lever authority_lever(const char *id, enum lever_kind kind, double effect)
{
    return (struct lever){
        .id = id,
        .kind = kind,
        .low = effect,
        .likely = effect,
        .high = effect,
        .start = DAY_NONE,
        .reach = 1,
        .source = "test",
        .where = {.age_high = 17,
                  .placements = UINT32_MAX,
                  .routes = UINT32_MAX,
                  .legals = UINT32_MAX,
                  .needs = UINT32_MAX,
                  .uasc = -1,
                  .in_care_high = INT32_MAX,
                  .in_placement_high = INT32_MAX},
    };
}
