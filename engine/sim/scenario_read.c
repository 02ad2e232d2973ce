/* SPDX-License-Identifier: GPL-3.0-or-later
 * The file asked for is read last, over everything that it extends, so that "later wins" is the only rule of
 * inheritance. */
#include "sim/scenario_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "sim/lever_read.h"
#include "sim/where_read.h"

enum { MOST_NAME = 60 };
static const double most_places = 100000;
static const double least_uplift_pct = -100;
static const double most_uplift_pct = 1000;

/* A reader's target is the draft or a part; the readers of lists need both. */
struct target {
    struct scenario_draft *draft;
    struct scenario_price price;
    struct scenario_capacity capacity;
    bool has_uplift;
};

static struct str name_characters(void)
{
    return str_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
}

/* A name goes into file names, tables and charts. */
static bool is_plain_name(struct str name)
{
    if (name.length == 0 || name.length > MOST_NAME || name.at[0] == '.' || name.at[0] == '-')
        return false;
    const struct str allowed = name_characters();
    for (size_t i = 0; i < name.length; i++)
        if (memchr(allowed.at, name.at[i], allowed.length) == NULL)
            return false;
    return true;
}

static bool read_name(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (!is_plain_name(node->text))
        return schema_fail(schema, node, err,
                           "a name is letters, digits, dots, dashes and underscores, at most %d of them",
                           MOST_NAME);
    return schema_text(schema, node, &to->draft->scenario.name, err);
}

static bool read_title(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    return schema_text(schema, node, &to->draft->scenario.title, err);
}

static bool read_extends(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    return schema_text(schema, node, &to->draft->scenario.extends, err);
}

static bool read_stance(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    const char *names[STANCE_COUNT];
    size_t stance = 0;
    for (int i = 0; i < STANCE_COUNT; i++)
        names[i] = stance_name((enum stance)i);
    if (!schema_name(schema, node, "stance", names, STANCE_COUNT, &stance, err))
        return false;
    to->draft->scenario.stance = (enum stance)stance;
    return true;
}

/* Joined to its plan by whoever has the plans (sim/plan_levers.h). */
static bool read_plan(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    return schema_text(schema, node, &to->draft->scenario.plan, err);
}

/* "best.yaml:14", kept. */
static const char *place_of(const struct schema *schema, const struct yaml_node *node, struct err *err)
{
    return arena_format(schema->texts, err, "%s:%d", schema->file, (int)node->line);
}

static enum param_origin origin_of(const struct scenario_draft *draft)
{
    return draft->generation == 0 ? PARAM_SET : PARAM_INHERITED;
}

/* ---- levers ------------------------------------------------------------------------------------------ */

static bool add_lever(struct schema *schema, struct scenario_draft *draft, const struct yaml_node *node,
                      struct err *err)
{
    struct placed_lever placed = {
        .file = schema->file, .line = node->line, .column = node->column, .generation = draft->generation};
    const char *source = place_of(schema, node, err);
    if (source == NULL || !lever_read(schema, node, source, &placed.lever, err))
        return false;
    placed.lever.origin = origin_of(draft);
    for (size_t i = 0; i < draft->n_levers; i++) {
        struct placed_lever *earlier = &draft->levers[i];
        if (strcmp(earlier->lever.id, placed.lever.id) != 0)
            continue;
        if (earlier->generation == placed.generation)
            return schema_fail(schema, node, err, "the lever \"%s\" stands here twice (first on line %d)",
                               placed.lever.id, (int)earlier->line);
        *earlier = placed;
        return true;
    }
    if (!vec_reserve((void **)&draft->levers, &draft->levers_capacity, draft->n_levers + 1,
                     sizeof draft->levers[0], err))
        return false;
    draft->levers[draft->n_levers++] = placed;
    return true;
}

static bool is_list(const struct schema *schema, const struct yaml_node *node, const char *what,
                    struct err *err)
{
    return node->kind == YAML_LIST ||
           schema_fail(schema, node, err, "%s must be a list: lines that begin with a dash", what);
}

static bool read_levers(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    if (!is_list(schema, node, "levers", err))
        return false;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        if (!add_lever(schema, to->draft, item, err))
            return false;
    return true;
}

/* ---- capacity ---------------------------------------------------------------------------------------- */

static bool read_capacity_placement(struct schema *schema, const struct yaml_node *node, void *target,
                                    struct err *err)
{
    struct target *to = target;
    return where_read_placement(schema, node, &to->capacity.group, err);
}

static bool read_places(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    return schema_number(schema, node, 0, most_places, &to->capacity.places, err);
}

static bool read_usable(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    double pct = 0;
    if (!schema_percent(schema, node, 0, 100, &pct, err))
        return false;
    to->capacity.usable = pct / 100;
    return true;
}

static bool add_overflow(const struct schema *schema, const struct yaml_node *node,
                         struct scenario_capacity *capacity, struct err *err)
{
    enum placement_group group = PLACEMENT_OTHER;
    if (!where_read_placement(schema, node, &group, err))
        return false;
    for (int32_t i = 0; i < capacity->n_overflow; i++)
        if (capacity->overflow[i] == group)
            return schema_fail(schema, node, err, "this placement stands here twice");
    capacity->overflow[capacity->n_overflow++] = group;
    return true;
}

static bool read_overflow(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    if (node->kind != YAML_LIST)
        return add_overflow(schema, node, &to->capacity, err);
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        if (!add_overflow(schema, item, &to->capacity, err))
            return false;
    return true;
}

static bool add_capacity(struct schema *schema, struct target *to, const struct yaml_node *node,
                         struct err *err)
{
    static const struct schema_key keys[] = {
        {"placement", true, read_capacity_placement},
        {"places", true, read_places},
        {"usable", false, read_usable},
        {"overflow", true, read_overflow},
    };
    struct scenario_draft *draft = to->draft;
    to->capacity = (struct scenario_capacity){
        .usable = 1, .source = place_of(schema, node, err), .origin = origin_of(draft)};
    if (to->capacity.source == NULL ||
        !schema_read(schema, node, "a capacity line", keys, sizeof keys / sizeof keys[0], to, err))
        return false;
    for (int32_t i = 0; i < to->capacity.n_overflow; i++)
        if (to->capacity.overflow[i] == to->capacity.group)
            return schema_fail(schema, node, err, "a placement cannot overflow into itself");
    for (size_t i = 0; i < draft->n_capacities; i++) {
        if (draft->capacities[i].group == to->capacity.group) {
            draft->capacities[i] = to->capacity;
            return true;
        }
    }
    if (!vec_reserve((void **)&draft->capacities, &draft->capacities_capacity, draft->n_capacities + 1,
                     sizeof draft->capacities[0], err))
        return false;
    draft->capacities[draft->n_capacities++] = to->capacity;
    return true;
}

static bool read_capacity(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    if (!is_list(schema, node, "capacity", err))
        return false;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        if (!add_capacity(schema, target, item, err))
            return false;
    return true;
}

/* ---- prices ------------------------------------------------------------------------------------------ */

static bool read_price_placement(struct schema *schema, const struct yaml_node *node, void *target,
                                 struct err *err)
{
    struct target *to = target;
    return where_read_placement(schema, node, &to->price.group, err);
}

static bool read_price_provider(struct schema *schema, const struct yaml_node *node, void *target,
                                struct err *err)
{
    struct target *to = target;
    return schema_text(schema, node, &to->price.provider, err);
}

static bool read_price_from(struct schema *schema, const struct yaml_node *node, void *target,
                            struct err *err)
{
    struct target *to = target;
    return schema_date(schema, node, &to->price.from, err);
}

static bool read_uplift(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    to->has_uplift = true;
    return schema_percent(schema, node, least_uplift_pct, most_uplift_pct, &to->price.uplift_pct, err);
}

static bool read_weekly(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (parse_pence(node->text, &to->price.weekly) && to->price.weekly > 0)
        return true;
    return schema_fail(schema, node, err, "a weekly price is pounds above 0, as in 6800 or 6800.50");
}

static bool read_one_price(struct schema *schema, struct target *to, const struct yaml_node *node,
                           struct err *err)
{
    static const struct schema_key keys[] = {
        {"placement", true, read_price_placement},
        {"provider", false, read_price_provider},
        {"from", true, read_price_from},
        {"uplift", false, read_uplift},
        {"weekly", false, read_weekly},
    };
    struct scenario_draft *draft = to->draft;
    to->price = (struct scenario_price){.source = place_of(schema, node, err), .origin = origin_of(draft)};
    to->has_uplift = false;
    if (to->price.source == NULL ||
        !schema_read(schema, node, "a price line", keys, sizeof keys / sizeof keys[0], to, err))
        return false;
    if (to->has_uplift == (to->price.weekly > 0))
        return schema_fail(schema, node, err, "a price line has either uplift or weekly");
    if (!vec_reserve((void **)&draft->prices, &draft->prices_capacity, draft->n_prices + 1,
                     sizeof draft->prices[0], err))
        return false;
    draft->prices[draft->n_prices++] = to->price;
    return true;
}

static bool read_prices(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    if (!is_list(schema, node, "prices", err))
        return false;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        if (!read_one_price(schema, target, item, err))
            return false;
    return true;
}

/* ---- parameters and the file ------------------------------------------------------------------------- */

static bool read_one_param(struct schema *schema, struct scenario_draft *draft, const struct yaml_node *key,
                           struct err *err)
{
    double value = 0;
    if (!schema_is_scalar(schema, key->value, err))
        return false;
    if (!parse_double(key->value->text, &value))
        return schema_fail(schema, key->value, err, "this is not a number");
    const char *place = place_of(schema, key, err);
    if (place == NULL)
        return false;
    struct err reason;
    if (params_set(&draft->scenario.params, key->text, value, origin_of(draft), place, &reason))
        return true;
    return schema_fail(schema, key, err, "%s", reason.message);
}

static bool read_params(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct target *to = target;
    if (node->kind != YAML_MAP)
        return schema_fail(schema, node, err, "params must be a mapping of names to numbers");
    for (const struct yaml_node *key = node->first; key != NULL; key = key->next)
        if (!read_one_param(schema, to->draft, key, err))
            return false;
    return true;
}

bool scenario_draft_read(struct scenario_draft *draft, const struct yaml_node *root, const char *file,
                         int32_t generation, struct err *err)
{
    static const struct schema_key keys[] = {
        {"name", true, read_name},      {"title", false, read_title},       {"extends", false, read_extends},
        {"stance", false, read_stance}, {"plan", false, read_plan},         {"levers", false, read_levers},
        {"prices", false, read_prices}, {"capacity", false, read_capacity}, {"params", false, read_params},
    };
    struct target target = {.draft = draft};
    struct schema schema = {.file = file, .texts = &draft->scenario.texts};
    draft->generation = generation;
    draft->scenario.title = draft->scenario.extends = NULL; /* never those of the file extended */
    if (!schema_read(&schema, root, "a scenario", keys, sizeof keys / sizeof keys[0], &target, err))
        return false;
    if (draft->scenario.title == NULL)
        draft->scenario.title = draft->scenario.name;
    return true;
}

/* ---- all together ------------------------------------------------------------------------------------ */

static const struct placed_lever *find_lever(const struct scenario_draft *draft, const char *id)
{
    for (size_t i = 0; i < draft->n_levers; i++)
        if (strcmp(draft->levers[i].lever.id, id) == 0)
            return &draft->levers[i];
    return NULL;
}

static bool check_replaces(const struct scenario_draft *draft, const struct placed_lever *placed,
                           struct err *err)
{
    const struct placed_lever *at = placed;
    for (size_t steps = 0; at->lever.replaces != NULL; steps++) {
        if (steps > draft->n_levers)
            return err_set_at(err, ERR_USAGE, placed->file, placed->line, placed->column,
                              "the levers from \"%s\" replace each other in a circle", placed->lever.id);
        const struct placed_lever *next = find_lever(draft, at->lever.replaces);
        if (next == NULL)
            return err_set_at(err, ERR_USAGE, at->file, at->line, at->column,
                              "\"%s\" replaces \"%s\", but there is no such lever", at->lever.id,
                              at->lever.replaces);
        at = next;
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct lever *first = a;
    const struct lever *second = b;
    return strcmp(first->id, second->id);
}

bool scenario_draft_finish(struct scenario_draft *draft, struct scenario *out, struct err *err)
{
    for (size_t i = 0; i < draft->n_levers; i++)
        if (!check_replaces(draft, &draft->levers[i], err))
            return false;
    struct lever *levers = vec_new(draft->n_levers, sizeof *levers, err);
    if (levers == NULL)
        return false;
    for (size_t i = 0; i < draft->n_levers; i++)
        levers[i] = draft->levers[i].lever;
    qsort(levers, draft->n_levers, sizeof *levers, by_id); /* ids are unique, so this order is total */
    *out = draft->scenario;
    out->levers = levers;
    out->n_levers = draft->n_levers;
    out->prices = draft->prices;
    out->n_prices = draft->n_prices;
    out->capacities = draft->capacities;
    out->n_capacities = draft->n_capacities;
    free(draft->levers);
    *draft = (struct scenario_draft){0};
    return true;
}

void scenario_draft_free(struct scenario_draft *draft)
{
    params_free(&draft->scenario.params);
    arena_free(&draft->scenario.texts);
    free(draft->levers);
    free(draft->prices);
    free(draft->capacities);
    *draft = (struct scenario_draft){0};
}
