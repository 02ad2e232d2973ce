/* SPDX-License-Identifier: GPL-3.0-or-later
 * The truth as JSON, keys sorted, reals with 15 digits: what a forecast or a check of these returns is held
 * against. */
#include <jansson.h>
#include <stdlib.h>

#include "study/synth.h"
#include "study/synth_rates.h"

enum { REAL_DIGITS = 15 };

static const char *const table_names[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) name,
#include "data/codes/table.def"
#undef RETURN_TABLE
};

/* Sets a key to a new value, NULL when out of memory; false then. */
static bool put(json_t *object, const char *key, json_t *value)
{
    return value != NULL && json_object_set_new(object, key, value) == 0;
}

static json_t *reals(const double values[], size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; array != NULL && i < n; i++) {
        if (json_array_append_new(array, json_real(values[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

/* Ends the making of an object: itself when all went well, NULL (and nothing left) when not. */
static json_t *whole(json_t *object, bool ok)
{
    if (object != NULL && !ok) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *by_placement(const double values[])
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (int i = 0; ok && i < PLACEMENT_COUNT; i++)
        ok = put(object, placement_group_name((enum placement_group)i), json_real(values[i]));
    return whole(object, ok);
}

static json_t *by_age(const double values[])
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (int i = 0; ok && i < AGE_COUNT; i++)
        ok = put(object, age_band_name((enum age_band)i), json_real(values[i]));
    return whole(object, ok);
}

static json_t *placements_by_age(const double values[AGE_COUNT][PLACEMENT_COUNT])
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (int i = 0; ok && i < AGE_COUNT; i++)
        ok = put(object, age_band_name((enum age_band)i), by_placement(values[i]));
    return whole(object, ok);
}

static json_t *exits_of(const struct synth_rates *rates)
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (int i = 0; ok && i < ROUTE_COUNT; i++) {
        json_t *route = json_object();
        ok = route != NULL &&
             put(route, "per_year_by_time_in_care", reals(rates->exit_by_care[i], SYNTH_CARE_BANDS)) &&
             put(route, "factor_by_age", by_age(rates->exit_by_age[i])) &&
             put(route, "factor_by_placement", by_placement(rates->exit_by_placement[i])) &&
             put(route, "share_that_returns", json_real(rates->readmission[i]));
        ok = put(object, route_name((enum route)i), whole(route, ok)) && ok;
    }
    return whole(object, ok);
}

static json_t *rates_json(const struct synth_rates *rates)
{
    json_t *object = json_object();
    const bool ok =
        object != NULL && put(object, "exits", exits_of(rates)) &&
        put(object, "moves_per_year_by_time_in_placement", reals(rates->move_by_stay, SYNTH_STAY_BANDS)) &&
        put(object, "moves_factor_by_age", by_age(rates->move_by_age)) &&
        put(object, "moves_factor_by_placement", by_placement(rates->move_by_placement)) &&
        put(object, "first_placement", placements_by_age(rates->first_placement)) &&
        put(object, "destination_of_moves", placements_by_age(rates->destination)) &&
        put(object, "start_age", by_age(rates->start_age));
    return whole(object, ok);
}

static json_t *days_json(const int32_t days[], size_t n)
{
    json_t *array = json_array();
    bool ok = array != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = json_array_append_new(array, json_integer(days[i])) == 0;
    return whole(array, ok);
}

static json_t *all_rates(const struct synth *synth)
{
    json_t *object = json_object();
    const bool ok =
        object != NULL && put(object, "family", rates_json(&synth_rates_family)) &&
        put(object, "uasc", rates_json(&synth_rates_uasc)) &&
        put(object, "time_in_care_from_days", days_json(synth_care_days, SYNTH_CARE_BANDS)) &&
        put(object, "time_in_placement_from_days", days_json(synth_stay_days, SYNTH_STAY_BANDS)) &&
        put(object, "arrivals_per_year", json_real(synth->arrivals_per_year)) &&
        put(object, "share_of_arrivals_uasc", json_real(synth_uasc_share)) &&
        put(object, "sibling_group_sizes", reals(synth_sibling_sizes, SYNTH_SIBLINGS)) &&
        put(object, "placed_for_adoption_per_year_under_order", json_real(synth_placed_for_adoption)) &&
        put(object, "home_factor_section_20", json_real(synth_home_factor("V2"))) &&
        put(object, "home_factor_care_order", json_real(synth_home_factor("C2"))) &&
        put(object, "home_factor_placement_order", json_real(synth_home_factor("E1")));
    return whole(object, ok);
}

static json_t *counts(const int32_t values[], int n, const char *(*name)(int))
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (int i = 0; ok && i < n; i++)
        ok = put(object, name(i), json_integer(values[i]));
    return whole(object, ok);
}

static const char *placement_at(int i)
{
    return placement_group_name((enum placement_group)i);
}
static const char *age_at(int i)
{
    return age_band_name((enum age_band)i);
}
static const char *route_at(int i)
{
    return route_name((enum route)i);
}

static json_t *year_json(const struct synth_year *year)
{
    json_t *object = json_object();
    const bool ok =
        object != NULL && put(object, "year", json_integer(year->year)) &&
        put(object, "stock", json_integer(year->stock)) &&
        put(object, "stock_uasc", json_integer(year->stock_uasc)) &&
        put(object, "entries", json_integer(year->entries)) &&
        put(object, "entries_uasc", json_integer(year->entries_uasc)) &&
        put(object, "readmissions", json_integer(year->readmissions)) &&
        put(object, "exits", json_integer(year->exits)) &&
        put(object, "stock_by_placement", counts(year->stock_by_placement, PLACEMENT_COUNT, placement_at)) &&
        put(object, "stock_by_age", counts(year->stock_by_age, AGE_COUNT, age_at)) &&
        put(object, "exits_by_route", counts(year->exits_by_route, ROUTE_COUNT, route_at)) &&
        put(object, "entry_multiplier", json_real(year->entry_multiplier)) &&
        put(object, "exit_multiplier", json_real(year->exit_multiplier));
    return whole(object, ok);
}

static json_t *years_json(const struct synth *synth)
{
    json_t *array = json_array();
    bool ok = array != NULL;
    for (size_t i = 0; ok && i < synth->n_returns; i++)
        ok = json_array_append_new(array, year_json(&synth->truth[i])) == 0;
    return whole(array, ok);
}

static json_t *faults_json(const struct synth *synth)
{
    json_t *array = json_array();
    bool ok = array != NULL;
    for (size_t i = 0; ok && i < synth->n_faults; i++) {
        const struct synth_fault *fault = &synth->faults[i];
        json_t *object = json_pack("{s:i, s:s, s:i, s:s, s:s}", "year", (int)fault->year, "table",
                                   table_names[fault->table], "line", (int)fault->line, "rule",
                                   rule_info(fault->rule)->id, "column", fault->column);
        ok = json_array_append_new(array, object) == 0;
    }
    return whole(array, ok);
}

/* What each budget line really cost, and how far that is from the price book; null without --finance. */
static json_t *money_json(const struct synth *synth)
{
    if (!synth->options.finance)
        return json_null();
    json_t *array = json_array();
    bool ok = array != NULL;
    for (size_t i = 0; ok && i < SYNTH_LINES; i++) {
        const struct synth_money *money = &synth->money[i];
        json_t *object = json_pack("{s:s, s:s, s:f, s:I, s:I}", "line", money->line, "placement",
                                   money->placement, "factor", money->factor, "nights",
                                   (json_int_t)money->nights, "cost_pence", (json_int_t)money->cost);
        ok = json_array_append_new(array, object) == 0;
    }
    return whole(array, ok);
}

static json_t *options_json(const struct synth_options *options)
{
    return json_pack("{s:i, s:i, s:i, s:I, s:f, s:f}", "children", (int)options->children, "years",
                     (int)options->years, "last_year", (int)options->last_year, "seed",
                     (json_int_t)options->seed, "entry_trend_pct", options->entry_trend_pct, "dirt",
                     options->dirt);
}

bool synth_truth_json(const struct synth *synth, char **out, struct err *err)
{
    json_t *root = json_object();
    const bool ok = root != NULL && put(root, "options", options_json(&synth->options)) &&
                    put(root, "rates", all_rates(synth)) && put(root, "years", years_json(synth)) &&
                    put(root, "faults", faults_json(synth)) && put(root, "money", money_json(synth));
    root = whole(root, ok);
    char *text = root == NULL
                     ? NULL
                     : json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(REAL_DIGITS));
    json_decref(root);
    if (text == NULL)
        return err_no_memory(err);
    *out = text;
    return true;
}
