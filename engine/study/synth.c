/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options make a world, the world makes people, people make returns, and the truth is counted from the people
 * before any fault is put in. */
#include "study/synth.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "study/synth_dirt.h"
#include "study/synth_money.h"
#include "study/synth_people.h"
#include "study/synth_tables.h"

enum {
    BURN_IN_YEARS = 20,
    DRIFT_STREAM = 9,
    FEWEST = 20,
    MOST = 200000,
    FIRST_YEAR = 2016,
    LAST_YEAR = 2040
};
/* Mild drift of the rates, year by year: enough that no two years are alike. */
static const double drift_persistence = .8;
static const double entry_drift_sd = .05;
static const double exit_drift_sd = .03;

void synth_free(struct synth *synth)
{
    for (size_t i = 0; i < synth->n_returns; i++)
        for (int k = 0; k < TABLE_COUNT; k++)
            table_free(&synth->returns[i].tables[k]);
    free(synth->returns);
    free(synth->truth);
    free(synth->faults);
    table_free(&synth->budget);
    table_free(&synth->ledger);
    table_free(&synth->measures);
    arena_free(&synth->texts);
    *synth = (struct synth){0};
}

static bool check_options(const struct synth_options *options, struct err *err)
{
    if (options->children < FEWEST || options->children > MOST)
        return err_set(err, ERR_USAGE, "an authority has %d to %d children, not %d", FEWEST, MOST,
                       (int)options->children);
    if (options->years < 1 || options->years > SYNTH_MOST_YEARS)
        return err_set(err, ERR_USAGE, "1 to %d years of returns can be made, not %d", SYNTH_MOST_YEARS,
                       (int)options->years);
    if (options->last_year < FIRST_YEAR || options->last_year > LAST_YEAR)
        return err_set(err, ERR_USAGE, "the last return's year must lie in %d to %d", FIRST_YEAR, LAST_YEAR);
    if (!(options->entry_trend_pct >= -50 && options->entry_trend_pct <= 50))
        return err_set(err, ERR_USAGE, "the entry trend must lie between -50 and 50 per cent a year");
    if (!(options->dirt >= 0 && options->dirt <= .5))
        return err_set(err, ERR_USAGE, "the share of dirty rows must lie between 0 and 0.5");
    return true;
}

static struct synth_world make_world(const struct synth_options *options)
{
    const int32_t first_year = options->last_year - options->years + 1;
    struct synth_world world = {
        .seed = options->seed,
        .begin = date_year_end(first_year - BURN_IN_YEARS - 1) + 1,
        .window_start = date_year_end(first_year - 1) + 1,
        .horizon = date_year_end(options->last_year) + 1,
        .first_year = first_year,
        .n_years = options->years,
    };
    double entries = 0;
    double exits = 0;
    for (int32_t i = 0; i < options->years; i++) {
        struct stream stream =
            stream_make(options->seed, PURPOSE_SYNTH, DRIFT_STREAM, (uint32_t)(first_year + i), 0);
        entries = drift_persistence * entries + entry_drift_sd * stream_normal(&stream);
        exits = drift_persistence * exits + exit_drift_sd * stream_normal(&stream);
        world.entry_multiplier[i] = exp(entries) * pow(1 + options->entry_trend_pct / 100, i);
        world.exit_multiplier[i] = exp(exits);
    }
    return world;
}

/* ---- truth ------------------------------------------------------------------------------------------- */

static enum placement_group placement_on(const struct synth_people *people, const struct synth_spell *spell,
                                         day date)
{
    int32_t i = spell->n_episodes - 1;
    while (i > 0 && people->episodes[spell->first_episode + i].start > date)
        i--;
    return people->episodes[spell->first_episode + i].group;
}

static void count_spell(struct synth_year *truth, const struct synth_people *people,
                        const struct synth_person *person, const struct synth_spell *spell)
{
    const day last = date_year_end(truth->year);
    if (spell->start <= last && spell->end > last) {
        truth->stock++;
        truth->stock_uasc += person->uasc;
        truth->stock_by_placement[placement_on(people, spell, last)]++;
        truth->stock_by_age[age_band_of(date_age_on(person->born, last))]++;
    }
    if (date_financial_year(spell->start) == truth->year) {
        truth->entries++;
        truth->entries_uasc += person->uasc;
        truth->readmissions += spell->readmission;
    }
    if (spell->end != DAY_OPEN && date_financial_year(spell->end) == truth->year) {
        truth->exits++;
        truth->exits_by_route[spell->route]++;
    }
}

static struct synth_year count_year(const struct synth_world *world, const struct synth_people *people,
                                    int32_t year)
{
    struct synth_year truth = {
        .year = year,
        .entry_multiplier = world->entry_multiplier[year - world->first_year],
        .exit_multiplier = world->exit_multiplier[year - world->first_year],
    };
    for (size_t i = 0; i < people->n_children; i++) {
        const struct synth_child *child = &people->children[i];
        for (int32_t k = 0; k < child->n_spells; k++)
            count_spell(&truth, people, &child->person, &people->spells[child->first_spell + k]);
    }
    return truth;
}

static bool file_years(struct synth *synth, const struct synth_world *world,
                       const struct synth_people *people, struct err *err)
{
    const size_t n = (size_t)world->n_years;
    synth->returns = vec_new(n, sizeof synth->returns[0], err);
    synth->truth = vec_new(n, sizeof synth->truth[0], err);
    if (synth->returns == NULL || synth->truth == NULL)
        return false;
    synth->n_returns = n;
    for (size_t i = 0; i < n; i++) {
        const int32_t year = world->first_year + (int32_t)i;
        struct synth_filing filing = {
            .world = world,
            .people = people,
            .filed = &synth->returns[i],
            .year = year,
            .first = date_year_end(year - 1) + 1,
            .last = date_year_end(year),
        };
        synth->truth[i] = count_year(world, people, year);
        if (!synth_file_return(&filing, err))
            return false;
    }
    return true;
}

bool synth_make(const struct synth_options *options, struct synth *out, struct err *err)
{
    if (!check_options(options, err))
        return false;
    struct synth synth = {.options = *options};
    struct synth_people people = {0};
    const struct synth_world world = make_world(options);
    synth.arrivals_per_year = synth_arrivals_for(options->children);
    const bool ok = synth_people_make(&world, synth.arrivals_per_year, &people, err) &&
                    file_years(&synth, &world, &people, err) && synth_dirt_add(&synth, err) &&
                    (!options->finance || synth_money_make(&world, &people, &synth, err));
    synth_people_free(&people);
    if (!ok) {
        synth_free(&synth);
        return false;
    }
    *out = synth;
    return true;
}
