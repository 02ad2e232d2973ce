/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything that a scenario holds, key by key; conditions are written only where they were given. */
#include "app/frozen.h"

#include <math.h>
#include <stdio.h>

#include "base/parse.h"

static const char *const units[] = {
    [EFFECT_FACTOR] = "factor", [EFFECT_PER_YEAR] = "per_year", [EFFECT_CHILDREN] = "children"};

/* The names of one kind of group, by member. */
struct naming {
    const char *key;
    int n;
    const char *(*name)(int);
};
static const char *placement_at(int i)
{
    return placement_group_name((enum placement_group)i);
}
static const char *route_at(int i)
{
    return route_name((enum route)i);
}
static const char *legal_at(int i)
{
    return legal_group_name((enum legal_group)i);
}
static const char *need_at(int i)
{
    return need_name((enum need)i);
}
static const struct naming placements = {"placement", PLACEMENT_COUNT, placement_at};
static const struct naming routes = {"route", ROUTE_COUNT, route_at};
static const struct naming legals = {"legal", LEGAL_COUNT, legal_at};
static const struct naming needs = {"need", NEED_COUNT, need_at};
static const struct naming sources = {"from", PLACEMENT_COUNT, placement_at};
static const struct naming ends = {"to", PLACEMENT_COUNT, placement_at};

/* ---- numbers ----------------------------------------------------------------------------------------- */

json_t *frozen_real(double value)
{
    char text[48];
    double back = 0;
    (void)snprintf(text, sizeof text, "%.15g", value);
    if (parse_double(str_of(text), &back) && !(back < value) && !(back > value))
        return json_real(value);
    (void)snprintf(text, sizeof text, "%.17g", value);
    return json_string(text);
}

double frozen_number(const json_t *value)
{
    double number = (double)NAN;
    if (json_is_number(value))
        return json_number_value(value);
    if (json_is_string(value) && parse_double(str_of(json_string_value(value)), &number))
        return number;
    return (double)NAN;
}

/* ---- writing ----------------------------------------------------------------------------------------- */

/* A tree being filled; ok turns false at the first thing that cannot be kept. */
struct writing {
    json_t *object;
    bool ok;
};

static void put(struct writing *w, const char *key, json_t *value)
{
    w->ok = json_object_set_new(w->object, key, value) == 0 && w->ok;
}
static void put_text(struct writing *w, const char *key, const char *text)
{
    put(w, key, text == NULL ? json_null() : json_string(text));
}
static void put_day(struct writing *w, const char *key, day date)
{
    char text[DATE_TEXT];
    date_format_iso(date, text);
    put(w, key, date == DAY_NONE ? json_null() : json_string(text));
}
static void put_names(struct writing *w, const struct naming *naming, uint32_t bits)
{
    json_t *list = json_array();
    for (int i = 0; i < naming->n; i++)
        if (bits >> i & 1U)
            w->ok = json_array_append_new(list, json_string(naming->name(i))) == 0 && w->ok;
    put(w, naming->key, list);
}
static void put_range(struct writing *w, const char *key, int32_t low, int32_t high)
{
    put(w, key, json_pack("[ii]", (int)low, (int)high));
}

static json_t *write_where(const struct where *where, bool *ok)
{
    struct writing w = {json_object(), true};
    for (int key = 0; key < WHERE_KEY_COUNT; key++) {
        if ((where->given >> key & 1U) == 0)
            continue;
        switch ((enum where_key)key) {
        case WHERE_AGE:
            put_range(&w, "age", where->age_low, where->age_high);
            break;
        case WHERE_PLACEMENT:
            put_names(&w, &placements, where->placements);
            break;
        case WHERE_ROUTE:
            put_names(&w, &routes, where->routes);
            break;
        case WHERE_PROVIDER:
            put_text(&w, "provider", where->provider);
            break;
        case WHERE_UASC:
            put(&w, "uasc", json_integer(where->uasc));
            break;
        case WHERE_LEGAL:
            put_names(&w, &legals, where->legals);
            break;
        case WHERE_NEED:
            put_names(&w, &needs, where->needs);
            break;
        case WHERE_LOCALITY:
            put_text(&w, "locality", where->locality);
            break;
        case WHERE_TIME_IN_CARE:
            put_range(&w, "time_in_care", where->in_care_low, where->in_care_high);
            break;
        case WHERE_TIME_IN_PLACEMENT:
            put_range(&w, "time_in_placement", where->in_placement_low, where->in_placement_high);
            break;
        case WHERE_FROM:
            put_names(&w, &sources, where->from);
            break;
        case WHERE_TO:
            put_names(&w, &ends, where->to);
            break;
        case WHERE_KEY_COUNT:
            break;
        }
    }
    *ok = w.ok && *ok;
    return w.object;
}

static json_t *write_lever(const struct lever *lever, bool *ok)
{
    struct writing w = {json_object(), true};
    put_text(&w, "id", lever->id);
    put_text(&w, "lever", lever_kind_name(lever->kind));
    put(&w, "where", write_where(&lever->where, &w.ok));
    put(&w, "low", frozen_real(lever->low));
    put(&w, "likely", frozen_real(lever->likely));
    put(&w, "high", frozen_real(lever->high));
    put_text(&w, "unit", units[lever->unit]);
    put_day(&w, "start", lever->start);
    put(&w, "ramp_months", frozen_real(lever->ramp_months));
    put(&w, "reach", frozen_real(lever->reach));
    put_text(&w, "replaces", lever->replaces);
    put(&w, "late", frozen_real(lever->slip.late));
    put(&w, "late_log_median", frozen_real(lever->slip.log_median));
    put(&w, "late_log_sd", frozen_real(lever->slip.log_sd));
    put(&w, "past_due", json_integer(lever->slip.past_due));
    put_text(&w, "milestone", lever->slip.milestone);
    put_text(&w, "team", lever->slip.team);
    put_text(&w, "plan", lever->plan);
    put_text(&w, "action", lever->action);
    put_text(&w, "source", lever->source);
    *ok = w.ok && *ok;
    return w.object;
}

static json_t *write_price(const struct scenario_price *price, bool *ok)
{
    struct writing w = {json_object(), true};
    put_text(&w, "placement", placement_group_name(price->group));
    put_text(&w, "provider", price->provider);
    put_day(&w, "from", price->from);
    put(&w, "uplift_pct", frozen_real(price->uplift_pct));
    put(&w, "weekly_pence", json_integer(price->weekly));
    put_text(&w, "source", price->source);
    *ok = w.ok && *ok;
    return w.object;
}

static json_t *write_capacity(const struct scenario_capacity *capacity, bool *ok)
{
    struct writing w = {json_object(), true};
    json_t *overflow = json_array();
    put_text(&w, "placement", placement_group_name(capacity->group));
    put(&w, "places", frozen_real(capacity->places));
    put(&w, "usable", frozen_real(capacity->usable));
    put_text(&w, "source", capacity->source);
    for (int32_t i = 0; i < capacity->n_overflow; i++)
        w.ok =
            json_array_append_new(overflow, json_string(placement_group_name(capacity->overflow[i]))) == 0 &&
            w.ok;
    put(&w, "overflow", overflow);
    *ok = w.ok && *ok;
    return w.object;
}

static json_t *end_tree(json_t *tree, bool ok, struct err *err)
{
    if (ok)
        return tree;
    json_decref(tree);
    (void)err_set(err, ERR_DATA, "what the run was made of is not UTF-8, or there is no memory for it");
    return NULL;
}

json_t *frozen_scenario(const struct scenario *scenario, struct err *err)
{
    struct writing w = {json_object(), true};
    json_t *levers = json_array();
    json_t *prices = json_array();
    json_t *capacities = json_array();
    struct writing parameters = {json_object(), true};
    put_text(&w, "name", scenario->name);
    put_text(&w, "title", scenario->title);
    put_text(&w, "stance", stance_name(scenario->stance));
    put_text(&w, "plan", scenario->plan);
    for (size_t i = 0; i < scenario->n_levers; i++)
        w.ok = json_array_append_new(levers, write_lever(&scenario->levers[i], &w.ok)) == 0 && w.ok;
    for (size_t i = 0; i < scenario->n_prices; i++)
        w.ok = json_array_append_new(prices, write_price(&scenario->prices[i], &w.ok)) == 0 && w.ok;
    for (size_t i = 0; i < scenario->n_capacities; i++)
        w.ok =
            json_array_append_new(capacities, write_capacity(&scenario->capacities[i], &w.ok)) == 0 && w.ok;
    for (size_t i = 0; i < scenario->params.n; i++)
        put(&parameters, scenario->params.specs[i]->name, frozen_real(scenario->params.values[i]));
    put(&w, "levers", levers);
    put(&w, "prices", prices);
    put(&w, "capacity", capacities);
    put(&w, "parameters", parameters.object);
    return end_tree(w.object, w.ok && parameters.ok, err);
}

json_t *frozen_prices(const struct price_book *prices, struct err *err)
{
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; i < prices->n_lines; i++) {
        const struct price_line *line = &prices->lines[i];
        struct writing w = {json_object(), true};
        put_text(&w, "placement", placement_group_name(line->group));
        put_text(&w, "provider", line->provider);
        put_day(&w, "from", line->from);
        put(&w, "weekly_pence", json_integer(line->weekly));
        put(&w, "annual_uplift_pct", frozen_real(line->annual_uplift_pct));
        put(&w, "deflator_pct", frozen_real(line->deflator_pct));
        put_text(&w, "source", line->source);
        put(&w, "is_default", json_boolean(line->is_default));
        ok = json_array_append_new(list, w.object) == 0 && w.ok && ok;
    }
    return end_tree(list, ok, err);
}
