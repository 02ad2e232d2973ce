/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading back what app/frozen.c wrote. A value of the wrong kind fails the whole: a run that is made again
 * from half of what it was made of would be another run. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/frozen.h"
#include "base/vec.h"
#include "sim/where_text.h"

/* An object being read; ok turns false at the first thing that is missing or no such thing. */
struct reading {
    const json_t *object;
    struct arena *texts;
    struct err *err;
    bool ok;
};

static const json_t *get(struct reading *r, const char *key)
{
    const json_t *value = json_object_get(r->object, key);
    r->ok = r->ok && value != NULL;
    return value;
}
static double get_number(struct reading *r, const char *key)
{
    const double value = frozen_number(get(r, key));
    r->ok = r->ok && isfinite(value);
    return value;
}
static int64_t get_integer(struct reading *r, const char *key)
{
    const json_t *value = get(r, key);
    r->ok = r->ok && json_is_integer(value);
    return json_integer_value(value);
}
/* A copy, NULL for null. */
static const char *get_text(struct reading *r, const char *key)
{
    const json_t *value = get(r, key);
    if (!r->ok || json_is_null(value))
        return NULL;
    const char *copy =
        json_is_string(value) ? arena_copy(r->texts, str_of(json_string_value(value)), r->err) : NULL;
    r->ok = copy != NULL;
    return copy;
}
static day get_day(struct reading *r, const char *key)
{
    const json_t *value = get(r, key);
    day date = DAY_NONE;
    if (!json_is_null(value))
        r->ok = r->ok && json_is_string(value) && date_parse_iso(str_of(json_string_value(value)), &date);
    return date;
}
static enum placement_group get_placement(struct reading *r, const char *key)
{
    const json_t *value = get(r, key);
    enum placement_group group = PLACEMENT_COUNT;
    r->ok = r->ok && json_is_string(value) && placement_group_parse(str_of(json_string_value(value)), &group);
    return group;
}

static bool placement_bit(struct str name, int *out)
{
    enum placement_group member;
    const bool ok = placement_group_parse(name, &member);
    *out = ok ? (int)member : 0;
    return ok;
}
static bool route_bit(struct str name, int *out)
{
    enum route member;
    const bool ok = route_parse(name, &member);
    *out = ok ? (int)member : 0;
    return ok;
}
static bool legal_bit(struct str name, int *out)
{
    enum legal_group member;
    const bool ok = legal_group_parse(name, &member);
    *out = ok ? (int)member : 0;
    return ok;
}
static bool need_bit(struct str name, int *out)
{
    enum need member;
    const bool ok = need_parse(name, &member);
    *out = ok ? (int)member : 0;
    return ok;
}

static void get_bits(struct reading *r, const json_t *list, bool (*parse)(struct str, int *), uint32_t *out)
{
    r->ok = r->ok && json_is_array(list);
    *out = 0;
    for (size_t i = 0; r->ok && i < json_array_size(list); i++) {
        int bit = 0;
        const json_t *name = json_array_get(list, i);
        r->ok = json_is_string(name) && parse(str_of(json_string_value(name)), &bit);
        *out |= 1U << bit;
    }
}
static void get_range(struct reading *r, const json_t *pair, int32_t *low, int32_t *high)
{
    r->ok = r->ok && json_array_size(pair) == 2;
    if (r->ok) {
        *low = (int32_t)json_integer_value(json_array_get(pair, 0));
        *high = (int32_t)json_integer_value(json_array_get(pair, 1));
    }
}

/* One condition, when it is there. */
static void read_condition(struct reading *r, enum where_key key, struct where *where)
{
    const char *const name = where_key_name(key);
    const json_t *value = json_object_get(r->object, name);
    if (value == NULL)
        return;
    where->given |= 1U << key;
    switch (key) {
    case WHERE_AGE:
        get_range(r, value, &where->age_low, &where->age_high);
        break;
    case WHERE_PLACEMENT:
        get_bits(r, value, placement_bit, &where->placements);
        break;
    case WHERE_ROUTE:
        get_bits(r, value, route_bit, &where->routes);
        break;
    case WHERE_PROVIDER:
        where->provider = get_text(r, name);
        break;
    case WHERE_UASC:
        where->uasc = (int32_t)get_integer(r, name);
        break;
    case WHERE_LEGAL:
        get_bits(r, value, legal_bit, &where->legals);
        break;
    case WHERE_NEED:
        get_bits(r, value, need_bit, &where->needs);
        break;
    case WHERE_LOCALITY:
        where->locality = get_text(r, name);
        break;
    case WHERE_TIME_IN_CARE:
        get_range(r, value, &where->in_care_low, &where->in_care_high);
        break;
    case WHERE_TIME_IN_PLACEMENT:
        get_range(r, value, &where->in_placement_low, &where->in_placement_high);
        break;
    case WHERE_FROM:
        get_bits(r, value, placement_bit, &where->from);
        break;
    case WHERE_TO:
        get_bits(r, value, placement_bit, &where->to);
        break;
    case WHERE_KEY_COUNT:
        break;
    }
}

static struct where read_where(struct reading *r, const json_t *tree)
{
    struct where where = where_all();
    struct reading inner = {tree, r->texts, r->err, r->ok && json_is_object(tree)};
    for (int key = 0; inner.ok && key < WHERE_KEY_COUNT; key++)
        read_condition(&inner, (enum where_key)key, &where);
    r->ok = inner.ok;
    return where;
}

static enum lever_kind read_kind(struct reading *r)
{
    const json_t *value = get(r, "lever");
    for (int kind = 0; r->ok && json_is_string(value) && kind < LEVER_COUNT; kind++)
        if (strcmp(lever_kind_name((enum lever_kind)kind), json_string_value(value)) == 0)
            return (enum lever_kind)kind;
    r->ok = false;
    return LEVER_ENTRIES;
}

static enum effect_unit read_unit(struct reading *r)
{
    const json_t *value = get(r, "unit");
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    r->ok = r->ok &&
            (strcmp(text, "factor") == 0 || strcmp(text, "per_year") == 0 || strcmp(text, "children") == 0);
    return text[0] == 'f' ? EFFECT_FACTOR : text[0] == 'p' ? EFFECT_PER_YEAR : EFFECT_CHILDREN;
}

static struct lever read_lever(struct reading *r)
{
    struct lever lever = {.id = get_text(r, "id"), .kind = read_kind(r), .origin = PARAM_SET};
    lever.where = read_where(r, get(r, "where"));
    lever.low = get_number(r, "low");
    lever.likely = get_number(r, "likely");
    lever.high = get_number(r, "high");
    lever.unit = read_unit(r);
    lever.start = get_day(r, "start");
    lever.ramp_months = get_number(r, "ramp_months");
    lever.reach = get_number(r, "reach");
    lever.replaces = get_text(r, "replaces");
    lever.slip.late = get_number(r, "late");
    lever.slip.log_median = get_number(r, "late_log_median");
    lever.slip.log_sd = get_number(r, "late_log_sd");
    lever.slip.past_due = (int32_t)get_integer(r, "past_due");
    lever.slip.milestone = get_text(r, "milestone");
    lever.slip.team = get_text(r, "team");
    lever.plan = get_text(r, "plan");
    lever.action = get_text(r, "action");
    lever.source = get_text(r, "source");
    r->ok = r->ok && lever.id != NULL;
    return lever;
}

static struct scenario_price read_price(struct reading *r)
{
    struct scenario_price price = {.group = get_placement(r, "placement"), .origin = PARAM_SET};
    price.provider = get_text(r, "provider");
    price.from = get_day(r, "from");
    price.uplift_pct = get_number(r, "uplift_pct");
    price.weekly = get_integer(r, "weekly_pence");
    price.source = get_text(r, "source");
    return price;
}

static struct scenario_capacity read_capacity(struct reading *r)
{
    struct scenario_capacity capacity = {.group = get_placement(r, "placement"), .origin = PARAM_SET};
    const json_t *overflow = get(r, "overflow");
    capacity.places = get_number(r, "places");
    capacity.usable = get_number(r, "usable");
    capacity.source = get_text(r, "source");
    r->ok = r->ok && json_is_array(overflow) && json_array_size(overflow) <= PLACEMENT_COUNT;
    for (size_t i = 0; r->ok && i < json_array_size(overflow); i++) {
        const json_t *name = json_array_get(overflow, i);
        r->ok = json_is_string(name) &&
                placement_group_parse(str_of(json_string_value(name)), &capacity.overflow[i]);
        capacity.n_overflow++;
    }
    return capacity;
}

static enum stance read_stance(struct reading *r)
{
    const json_t *value = get(r, "stance");
    for (int stance = 0; r->ok && json_is_string(value) && stance < STANCE_COUNT; stance++)
        if (strcmp(stance_name((enum stance)stance), json_string_value(value)) == 0)
            return (enum stance)stance;
    r->ok = false;
    return STANCE_BASELINE;
}

/* Reads the lists of a scenario. */
static void read_lists(struct reading *r, struct scenario *out)
{
    const json_t *levers = get(r, "levers");
    const json_t *prices = get(r, "prices");
    const json_t *capacities = get(r, "capacity");
    out->n_levers = json_array_size(levers);
    out->n_prices = json_array_size(prices);
    out->n_capacities = json_array_size(capacities);
    out->levers = vec_new(out->n_levers, sizeof *out->levers, r->err);
    out->prices = vec_new(out->n_prices, sizeof *out->prices, r->err);
    out->capacities = vec_new(out->n_capacities, sizeof *out->capacities, r->err);
    r->ok = r->ok && out->levers != NULL && out->prices != NULL && out->capacities != NULL;
    struct reading inner = *r;
    for (size_t i = 0; inner.ok && i < out->n_levers; i++) {
        inner.object = json_array_get(levers, i);
        out->levers[i] = read_lever(&inner);
    }
    for (size_t i = 0; inner.ok && i < out->n_prices; i++) {
        inner.object = json_array_get(prices, i);
        out->prices[i] = read_price(&inner);
    }
    for (size_t i = 0; inner.ok && i < out->n_capacities; i++) {
        inner.object = json_array_get(capacities, i);
        out->capacities[i] = read_capacity(&inner);
    }
    r->ok = inner.ok;
}

bool frozen_read_scenario(const json_t *tree, const char *file, const struct param_spec model_params[],
                          size_t n_model_params, struct scenario *out, struct err *err)
{
    struct scenario scenario = {.is_joined = true};
    struct err inner = {0};
    struct reading r = {tree, &scenario.texts, &inner, json_is_object(tree)};
    if (!params_init(&scenario.params, model_params, n_model_params, err))
        return false;
    scenario.name = get_text(&r, "name");
    scenario.title = get_text(&r, "title");
    scenario.stance = read_stance(&r);
    scenario.plan = get_text(&r, "plan");
    read_lists(&r, &scenario);
    const json_t *parameters = get(&r, "parameters");
    for (size_t i = 0; r.ok && i < scenario.params.n; i++) {
        const json_t *value = json_object_get(parameters, scenario.params.specs[i]->name);
        const double number = frozen_number(value);
        r.ok = value == NULL || isfinite(number);
        if (value != NULL && r.ok)
            r.ok = params_set(&scenario.params, str_of(scenario.params.specs[i]->name), number,
                              PARAM_INHERITED, file, &inner);
    }
    if (!r.ok || scenario.name == NULL) {
        scenario_free(&scenario);
        return inner.code == ERR_MEMORY
                   ? err_no_memory(err)
                   : err_set_at(err, ERR_DATA, file, 0, 0,
                                "does not say what its scenarios were in a way that this version can read");
    }
    *out = scenario;
    return true;
}

bool frozen_read_prices(const json_t *tree, const char *file, struct price_book *out, struct err *err)
{
    struct price_book book = {0};
    struct err inner = {0};
    struct reading r = {tree, &book.texts, &inner, json_is_array(tree)};
    const size_t n = json_array_size(tree);
    book.lines = vec_new(n, sizeof *book.lines, err);
    book.capacity = n;
    r.ok = r.ok && book.lines != NULL;
    for (size_t i = 0; r.ok && i < n; i++) {
        struct price_line *line = &book.lines[book.n_lines++];
        r.object = json_array_get(tree, i);
        line->group = get_placement(&r, "placement");
        line->provider = get_text(&r, "provider");
        line->from = get_day(&r, "from");
        line->weekly = get_integer(&r, "weekly_pence");
        line->annual_uplift_pct = get_number(&r, "annual_uplift_pct");
        line->deflator_pct = get_number(&r, "deflator_pct");
        line->source = get_text(&r, "source");
        line->is_default = json_is_true(get(&r, "is_default"));
    }
    if (!r.ok) {
        price_book_free(&book);
        return inner.code == ERR_MEMORY
                   ? err_no_memory(err)
                   : err_set_at(err, ERR_DATA, file, 0, 0,
                                "does not say what its prices were in a way that this version can read");
    }
    *out = book;
    return true;
}
