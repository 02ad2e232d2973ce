/* SPDX-License-Identifier: GPL-3.0-or-later
 * The character of an authority, then its drift, then its children. How many enter a day follows from the
 * size and from how long a pilot set of families stays. */
#include "tests/world/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/world/world_build.h"

static const struct {
    const char *name, *words;
} regimes[] = {
#define WORLD_REGIME(member, name, smallest, largest, spread, weight, words) {name, words},
#include "tests/world/world_regime.def"
#undef WORLD_REGIME
};

const char *world_regime_name(enum world_regime regime)
{
    return regimes[regime].name;
}

const char *world_regime_words(enum world_regime regime)
{
    return regimes[regime].words;
}

static void stop_unless(bool ok, const char *message)
{
    if (ok)
        return;
    fprintf(stderr, "tests/world: %s\n", message);
    abort();
}

/* Days in care of all periods of a life. */
static double days_of(const struct world_life *life)
{
    double days = 0;
    for (int32_t i = 0; i < life->n_spells; i++)
        days += life->spells[i].end - life->spells[i].start;
    return days;
}

/* Stock is arrivals a day times days of each (Little 1961). */
static void set_arrivals(struct world_character *character, uint64_t seed)
{
    enum { FAMILIES = 1200, UASC = 150 };
    struct dice dice = draw_dice(seed, DRAW_PILOT, 0);
    const day start = date_from_civil(WORLD_ORIGIN_YEAR, 4, 1);
    struct world_life children[WORLD_SIBLINGS_MAX];
    double days = 0;
    for (int i = 0; i < FAMILIES; i++) {
        const int32_t n = world_life_family(character, NULL, start, &dice, children);
        for (int32_t k = 0; k < n; k++)
            days += days_of(&children[k]);
    }
    character->families_a_day = character->size * (1 - character->uasc_share) / (days / FAMILIES);
    days = 0;
    for (int i = 0; i < UASC; i++) {
        world_life_uasc(character, NULL, start, &dice, &children[0]);
        days += days_of(&children[0]);
    }
    character->uasc_a_day = character->size * character->uasc_share / (days / UASC);
}

static void set_localities(struct history *history)
{
    static const char *const names[] = {"East", "North", "South", "West", "unknown"};
    enum { N = sizeof names / sizeof names[0] };
    struct err err = {0};
    history->localities = vec_new(N, sizeof *history->localities, &err);
    stop_unless(history->localities != NULL, err.message);
    for (size_t i = 0; i < N; i++) {
        history->localities[i] = arena_copy(&history->texts, str_of(names[i]), &err);
        stop_unless(history->localities[i] != NULL, err.message);
    }
    history->n_localities = N;
}

static void set_truth(struct world_truth *truth, const struct world_character *character,
                      const struct world_drift *drift, int32_t n_years)
{
    memset(truth, 0, sizeof *truth);
    truth->regime = character->regime;
    truth->size = character->size;
    truth->origin = date_year_end(WORLD_ORIGIN_YEAR);
    truth->n_months = 12 * n_years;
    const size_t bytes = (size_t)truth->n_months * sizeof(double);
    memcpy(truth->entry, drift->entry + drift->window, bytes);
    memcpy(truth->exit, drift->exit + drift->window, bytes);
    memcpy(truth->uasc, drift->uasc + drift->window, bytes);
    memcpy(truth->national_entry, drift->national_entry + drift->window, bytes);
    memcpy(truth->national_exit, drift->national_exit + drift->window, bytes);
    truth->trend_a_year = drift->trend_a_year;
    truth->has_event = drift->has_event;
    truth->event = drift->event;
}

void world_make(const struct world_options *options, struct history *full, struct world_truth *truth)
{
    const int32_t known = options->years_known > 0 ? options->years_known : 6;
    const int32_t after = options->years_after > 0 ? options->years_after : 3;
    stop_unless(options->regime < WORLD_REGIME_COUNT, "no such regime");
    stop_unless(known + after <= WORLD_YEARS_MAX, "too many years");
    /* One seed in two regimes gives two authorities that share nothing. */
    const uint64_t seed = draw_dice(options->seed, DRAW_WORLD, options->regime).state;
    const uint64_t national = options->national != 0 ? options->national : ~seed;
    struct dice dice = draw_dice(seed, DRAW_CHARACTER, 0);
    enum world_regime regime = options->regime;
    double size = options->size;
    if (regime == WORLD_PANEL_LIKE) {
        regime = world_character_draw_regime(&dice);
        const double drawn = world_character_draw_size(&dice);
        size = size > 0 ? size : drawn;
    }
    struct world_character character;
    world_character_draw(&character, regime, size, &dice);
    set_arrivals(&character, seed);
    struct err err = {0};
    build_init(full, WORLD_ORIGIN_YEAR - known + 1, WORLD_ORIGIN_YEAR + after);
    snprintf(full->la_name, sizeof full->la_name, "%s", world_regime_words(regime));
    if (options->with_localities)
        set_localities(full);
    struct world_drift drift;
    world_drift_draw(&drift, &character, seed, national, full->start, known + after);
    world_build_all(full, &character, &drift, seed);
    stop_unless(history_finish(full, full->first_year, full->last_year, &err), err.message);
    set_truth(truth, &character, &drift, known + after);
}
