/* SPDX-License-Identifier: GPL-3.0-or-later
 * A lever is read by a table of keys; what depends on several keys (a unit that the lever's kind does not
 * know, from and to) is checked once all are read. */
#include "sim/lever_read.h"

#include <math.h>
#include <string.h>

#include "base/parse.h"

enum { MOST_NAMES = 16, LAST_AGE = 17, SHOWN = 40 };
static const double most_factor_pct = 1000; /* elevenfold is the most that an effect can mean */
static const double most_children = 100000;
static const double most_ramp_months = 600;

/* Which units a kind of lever takes; OUTCOME is only listed and takes all. */
static const struct {
    const char *factor_only; /* why, NULL when children and children a year are fine */
} units_of[LEVER_COUNT] = {
    [LEVER_MOVES] = {"moves are changed in per cent, as in -5%"},
    [LEVER_PRICE] = {"prices are changed in per cent, as in -2.5%"},
    [LEVER_READMISSIONS] = {"readmissions are changed in per cent, as in -5%"},
    [LEVER_REFERRALS] = {"referrals are changed in per cent, as in -10%"},
};

static bool fail_text(const struct schema *schema, const struct yaml_node *node, const char *words,
                      struct err *err)
{
    const int length = node->text.length > SHOWN ? SHOWN : (int)node->text.length;
    return schema_fail(schema, node, err, "\"%.*s\" %s", length, node->text.at, words);
}

/* ---- names ------------------------------------------------------------------------------------------- */

typedef const char *name_of(size_t i);

static const char *placement_at(size_t i)
{
    return placement_group_name((enum placement_group)i);
}
static const char *route_at(size_t i)
{
    return route_name((enum route)i);
}
static const char *legal_at(size_t i)
{
    return legal_group_name((enum legal_group)i);
}
static const char *need_at(size_t i)
{
    return need_name((enum need)i);
}

static bool read_one_name(const struct schema *schema, const struct yaml_node *node, const char *what,
                          name_of *name, size_t n, size_t *out, struct err *err)
{
    const char *names[MOST_NAMES];
    bug_if(n > MOST_NAMES);
    for (size_t i = 0; i < n; i++)
        names[i] = name(i);
    return schema_name(schema, node, what, names, n, out, err);
}

/* One name or a list of names, as bits. */
static bool read_names(const struct schema *schema, const struct yaml_node *node, const char *what,
                       name_of *name, size_t n, uint32_t *out, struct err *err)
{
    uint32_t bits = 0;
    size_t i = 0;
    if (node->kind == YAML_LIST) {
        for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
            if (!read_one_name(schema, item, what, name, n, &i, err))
                return false;
            bits |= UINT32_C(1) << i;
        }
        if (bits == 0)
            return schema_fail(schema, node, err, "this list of %ss is empty", what);
    } else {
        if (!read_one_name(schema, node, what, name, n, &i, err))
            return false;
        bits = UINT32_C(1) << i;
    }
    *out = bits;
    return true;
}

bool lever_read_placement(const struct schema *schema, const struct yaml_node *node,
                          enum placement_group *out, struct err *err)
{
    size_t i = 0;
    if (!read_one_name(schema, node, "placement", placement_at, PLACEMENT_COUNT, &i, err))
        return false;
    *out = (enum placement_group)i;
    return true;
}

/* ---- where ------------------------------------------------------------------------------------------- */

/* "A-B" or "A", whole numbers 0..most. */
static bool parse_range(struct str text, int64_t most, int64_t *low, int64_t *high)
{
    const char *dash = text.length > 0 ? memchr(text.at, '-', text.length) : NULL;
    if (dash == NULL) {
        if (!parse_int_between(text, 0, most, low))
            return false;
        *high = *low;
        return true;
    }
    const size_t before = (size_t)(dash - text.at);
    return parse_int_between((struct str){text.at, before}, 0, most, low) &&
           parse_int_between((struct str){dash + 1, text.length - before - 1}, 0, most, high) &&
           *low <= *high;
}

static bool add_ages(const struct schema *schema, const struct yaml_node *node, uint32_t *ages,
                     struct err *err)
{
    int64_t low = 0;
    int64_t high = 0;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (!parse_range(node->text, LAST_AGE, &low, &high))
        return fail_text(schema, node, "is not an age or a range of ages within 0-17, as in 10-15", err);
    for (int64_t age = low; age <= high; age++)
        *ages |= UINT32_C(1) << age;
    return true;
}

static bool read_where_age(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct where *where = target;
    uint32_t ages = 0;
    if (node->kind == YAML_LIST) {
        for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
            if (!add_ages(schema, item, &ages, err))
                return false;
    } else if (!add_ages(schema, node, &ages, err)) {
        return false;
    }
    int32_t low = 0;
    while (low <= LAST_AGE && (ages >> low & 1) == 0)
        low++;
    int32_t high = low;
    while (high < LAST_AGE && (ages >> (high + 1) & 1) != 0)
        high++;
    if (low > LAST_AGE || ages >> (high + 1) != 0)
        return schema_fail(schema, node, err, "ages must touch: write one lever for each range");
    where->age_low = low;
    where->age_high = high;
    where->given |= UINT32_C(1) << WHERE_AGE;
    return true;
}

/* Readers of the keys that are one name or a list of names. */
#define READ_NAMES(function, field, key, what, name, count)                                                  \
    static bool function(struct schema *schema, const struct yaml_node *node, void *target, struct err *err) \
    {                                                                                                        \
        struct where *where = target;                                                                        \
        where->given |= UINT32_C(1) << (key);                                                                \
        return read_names(schema, node, what, name, count, &where->field, err);                              \
    }
READ_NAMES(read_where_placement, placements, WHERE_PLACEMENT, "placement", placement_at, PLACEMENT_COUNT)
READ_NAMES(read_where_route, routes, WHERE_ROUTE, "route", route_at, ROUTE_COUNT)
READ_NAMES(read_where_legal, legals, WHERE_LEGAL, "legal group", legal_at, LEGAL_COUNT)
READ_NAMES(read_where_need, needs, WHERE_NEED, "need", need_at, NEED_COUNT)
READ_NAMES(read_where_from, from, WHERE_FROM, "placement", placement_at, PLACEMENT_COUNT)
READ_NAMES(read_where_to, to, WHERE_TO, "placement", placement_at, PLACEMENT_COUNT)
#undef READ_NAMES

static bool read_where_uasc(struct schema *schema, const struct yaml_node *node, void *target,
                            struct err *err)
{
    static const char *const answers[] = {"no", "yes"};
    struct where *where = target;
    size_t answer = 0;
    if (!schema_name(schema, node, "answer", answers, 2, &answer, err))
        return false;
    where->uasc = (int32_t)answer;
    where->given |= UINT32_C(1) << WHERE_UASC;
    return true;
}

static bool read_where_provider(struct schema *schema, const struct yaml_node *node, void *target,
                                struct err *err)
{
    struct where *where = target;
    where->given |= UINT32_C(1) << WHERE_PROVIDER;
    return schema_text(schema, node, &where->provider, err);
}

static bool read_where_locality(struct schema *schema, const struct yaml_node *node, void *target,
                                struct err *err)
{
    struct where *where = target;
    where->given |= UINT32_C(1) << WHERE_LOCALITY;
    return schema_text(schema, node, &where->locality, err);
}

static bool read_days(const struct schema *schema, const struct yaml_node *node, int32_t *low, int32_t *high,
                      struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    struct str text = node->text;
    const bool open_ended = text.length > 0 && text.at[text.length - 1] == '+';
    if (open_ended)
        text.length--;
    int64_t first = 0;
    int64_t last = 0;
    const bool has_unit = text.length > 0 && text.at[text.length - 1] == 'd';
    if (has_unit)
        text.length--;
    if (!has_unit || !parse_range(text, INT32_MAX - 1, &first, &last) || (open_ended && first != last))
        return fail_text(schema, node, "is not a range of days, as in 0-60d or 548d+", err);
    *low = (int32_t)first;
    *high = open_ended ? INT32_MAX : (int32_t)last;
    return true;
}

static bool read_where_in_care(struct schema *schema, const struct yaml_node *node, void *target,
                               struct err *err)
{
    struct where *where = target;
    where->given |= UINT32_C(1) << WHERE_TIME_IN_CARE;
    return read_days(schema, node, &where->in_care_low, &where->in_care_high, err);
}

static bool read_where_in_placement(struct schema *schema, const struct yaml_node *node, void *target,
                                    struct err *err)
{
    struct where *where = target;
    where->given |= UINT32_C(1) << WHERE_TIME_IN_PLACEMENT;
    return read_days(schema, node, &where->in_placement_low, &where->in_placement_high, err);
}

static const struct schema_key where_keys[] = {
    {"age", false, read_where_age},
    {"placement", false, read_where_placement},
    {"route", false, read_where_route},
    {"provider", false, read_where_provider},
    {"uasc", false, read_where_uasc},
    {"legal", false, read_where_legal},
    {"need", false, read_where_need},
    {"locality", false, read_where_locality},
    {"time_in_care", false, read_where_in_care},
    {"time_in_placement", false, read_where_in_placement},
    {"from", false, read_where_from},
    {"to", false, read_where_to},
};

static bool read_where(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    return schema_read(schema, node, "where", where_keys, sizeof where_keys / sizeof where_keys[0],
                       &lever->where, err);
}

/* ---- effect ------------------------------------------------------------------------------------------ */

struct amount {
    enum effect_unit unit;
    double value;
};

/* "-6%", "x0.94", "+12/year", "+5". */
static bool parse_amount(struct str text, struct amount *out)
{
    static const char per_year[] = "/year";
    const size_t suffix = sizeof per_year - 1;
    double value = 0;
    if (text.length == 0)
        return false;
    if (text.at[text.length - 1] == '%') {
        if (!parse_double((struct str){text.at, text.length - 1}, &value) || value < -100 ||
            value > most_factor_pct)
            return false;
        *out = (struct amount){EFFECT_FACTOR, value / 100};
        return true;
    }
    if (text.at[0] == 'x') {
        if (!parse_double((struct str){text.at + 1, text.length - 1}, &value) || value < 0 ||
            value > 1 + most_factor_pct / 100)
            return false;
        *out = (struct amount){EFFECT_FACTOR, (value * 100 - 100) / 100}; /* x0.94 is exactly -6 % */
        return true;
    }
    /* A bare "5" could mean per cent: only a sign makes it children. */
    if (text.at[0] != '+' && text.at[0] != '-')
        return false;
    enum effect_unit unit = EFFECT_CHILDREN;
    if (text.length > suffix && memcmp(text.at + text.length - suffix, per_year, suffix) == 0) {
        unit = EFFECT_PER_YEAR;
        text.length -= suffix;
    }
    if (!parse_double(text, &value) || fabs(value) > most_children)
        return false;
    *out = (struct amount){unit, value};
    return true;
}

static bool read_amount(struct schema *schema, const struct yaml_node *node, struct amount *out,
                        struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    return parse_amount(node->text, out) ||
           fail_text(schema, node,
                     "is not an effect: write -6% or x0.94 for a factor (not below -100%), +12/year for "
                     "children a year, +5 for children or places once",
                     err);
}

struct triple {
    struct amount low, likely, high;
};

static bool read_low(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct triple *triple = target;
    return read_amount(schema, node, &triple->low, err);
}
static bool read_likely(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct triple *triple = target;
    return read_amount(schema, node, &triple->likely, err);
}
static bool read_high(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct triple *triple = target;
    return read_amount(schema, node, &triple->high, err);
}

static bool read_triple(struct schema *schema, const struct yaml_node *node, struct triple *out,
                        struct err *err)
{
    static const struct schema_key keys[] = {
        {"low", true, read_low}, {"likely", true, read_likely}, {"high", true, read_high}};
    struct triple triple = {0};
    if (!schema_read(schema, node, "effect", keys, sizeof keys / sizeof keys[0], &triple, err))
        return false;
    if (triple.low.unit != triple.likely.unit || triple.likely.unit != triple.high.unit)
        return schema_fail(schema, node, err, "low, likely and high must be of one kind (all %%, say)");
    const double low = triple.low.value;
    const double likely = triple.likely.value;
    const double high = triple.high.value;
    const bool up = low >= 0 && likely >= low && high >= likely;
    const bool down = low <= 0 && likely <= low && high <= likely;
    if (!up && !down)
        return schema_fail(schema, node, err,
                           "low, likely and high must grow in size with one sign: low is the weakest effect, "
                           "as in -2%%, -6%%, -12%%");
    *out = triple;
    return true;
}

static bool read_effect(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    struct triple triple = {0};
    if (node->kind == YAML_MAP) {
        if (!read_triple(schema, node, &triple, err))
            return false;
    } else {
        if (!read_amount(schema, node, &triple.likely, err))
            return false;
        triple.low = triple.high = triple.likely;
    }
    lever->unit = triple.likely.unit;
    lever->low = triple.low.value;
    lever->likely = triple.likely.value;
    lever->high = triple.high.value;
    return true;
}

/* ---- the lever --------------------------------------------------------------------------------------- */

static bool read_id(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    return schema_text(schema, node, &lever->id, err);
}

static bool read_kind(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    static const char *const names[LEVER_COUNT] = {
#define LEVER(member, name, words) name,
#include "sim/lever.def"
#undef LEVER
    };
    struct lever *lever = target;
    size_t kind = 0;
    if (!schema_name(schema, node, "lever", names, LEVER_COUNT, &kind, err))
        return false;
    lever->kind = (enum lever_kind)kind;
    return true;
}

static bool read_start(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (memchr(node->text.at, '/', node->text.length) != NULL)
        return fail_text(schema, node,
                         "is no date: write the day as 2012-09-30 (a plan's milestone: the day it is due)",
                         err);
    return schema_date(schema, node, &lever->start, err);
}

static bool read_ramp(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    static const char *const units[] = {" months", " month"};
    struct lever *lever = target;
    if (!schema_is_scalar(schema, node, err))
        return false;
    const struct str text = node->text;
    for (size_t i = 0; i < 2; i++) {
        const size_t suffix = strlen(units[i]);
        double months = 0;
        if (text.length > suffix && memcmp(text.at + text.length - suffix, units[i], suffix) == 0 &&
            parse_double((struct str){text.at, text.length - suffix}, &months) && months >= 0 &&
            months <= most_ramp_months) {
            lever->ramp_months = months;
            return true;
        }
    }
    return fail_text(schema, node, "is not a number of months, as in 12 months", err);
}

static bool read_reach(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    double pct = 0;
    if (!schema_percent(schema, node, 0, 100, &pct, err))
        return false;
    lever->reach = pct / 100;
    return true;
}

static bool read_replaces(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    return schema_text(schema, node, &lever->replaces, err);
}

/* What no single key can know. */
static bool check_lever(const struct schema *schema, const struct yaml_node *node, const struct lever *lever,
                        struct err *err)
{
    const uint32_t from_to = UINT32_C(1) << WHERE_FROM | UINT32_C(1) << WHERE_TO;
    if (lever->kind == LEVER_MIX) {
        if ((lever->where.given & from_to) != from_to)
            return schema_fail(schema, node, err,
                               "a mix lever needs where: {from: PLACEMENT, to: PLACEMENT}");
        if ((lever->where.from & lever->where.to) != 0)
            return schema_fail(schema, node, err, "from and to name the same placement");
    } else if ((lever->where.given & from_to) != 0) {
        return schema_fail(schema, node, err, "only a mix lever has from and to; use placement here");
    }
    if (lever->unit != EFFECT_FACTOR && units_of[lever->kind].factor_only != NULL)
        return schema_fail(schema, node, err, "%s", units_of[lever->kind].factor_only);
    if (lever->unit != EFFECT_FACTOR && lever->reach < 1)
        return schema_fail(schema, node, err, "reach goes with an effect in per cent, not with children");
    if (lever->replaces != NULL && strcmp(lever->replaces, lever->id) == 0)
        return schema_fail(schema, node, err, "a lever cannot replace itself");
    return true;
}

bool lever_read(struct schema *schema, const struct yaml_node *node, const char *source, struct lever *out,
                struct err *err)
{
    static const struct schema_key keys[] = {
        {"id", true, read_id},         {"lever", true, read_kind},         {"where", false, read_where},
        {"effect", true, read_effect}, {"start", false, read_start},       {"ramp", false, read_ramp},
        {"reach", false, read_reach},  {"replaces", false, read_replaces},
    };
    struct lever lever = {
        .where = {.age_high = LAST_AGE,
                  .placements = UINT32_MAX,
                  .routes = UINT32_MAX,
                  .legals = UINT32_MAX,
                  .needs = UINT32_MAX,
                  .uasc = -1,
                  .in_care_high = INT32_MAX,
                  .in_placement_high = INT32_MAX},
        .start = DAY_NONE,
        .reach = 1,
        .source = source,
    };
    if (!schema_read(schema, node, "a lever", keys, sizeof keys / sizeof keys[0], &lever, err) ||
        !check_lever(schema, node, &lever, err))
        return false;
    *out = lever;
    return true;
}
