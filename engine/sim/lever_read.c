/* SPDX-License-Identifier: GPL-3.0-or-later
 * A lever is read by a table of keys; what depends on several keys (a unit that the lever's kind does not
 * know, from and to) is checked once all are read. */
#include "sim/lever_read.h"

#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "sim/where_read.h"

enum { SHOWN = 40 };
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

static bool read_where(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    return where_read(schema, node, &lever->where, err);
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
#include "data/codes/lever.def"
#undef LEVER
    };
    struct lever *lever = target;
    size_t kind = 0;
    if (!schema_name(schema, node, "lever", names, LEVER_COUNT, &kind, err))
        return false;
    lever->kind = (enum lever_kind)kind;
    return true;
}

/* "PLAN/REFERENCE": both there, and a letter in the plan's name, which no date has. */
static bool names_milestone(struct str text)
{
    const char *slash = memchr(text.at, '/', text.length);
    const size_t before = (size_t)(slash - text.at);
    bool has_letter = false;
    for (size_t i = 0; i < before; i++)
        has_letter = has_letter || (text.at[i] >= 'a' && text.at[i] <= 'z') ||
                     (text.at[i] >= 'A' && text.at[i] <= 'Z');
    return has_letter && before + 1 < text.length;
}

static bool read_start(struct schema *schema, const struct yaml_node *node, void *target, struct err *err)
{
    struct lever *lever = target;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (memchr(node->text.at, '/', node->text.length) != NULL && names_milestone(node->text))
        return schema_text(schema, node, &lever->start_at, err);
    if (memchr(node->text.at, '/', node->text.length) != NULL)
        return fail_text(schema, node,
                         "is no date: write the day as 2012-09-30, a plan's milestone as leeds-2012/3A.1",
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
    struct lever lever = {.start = DAY_NONE, .reach = 1, .source = source};
    if (!where_read(schema, NULL, &lever.where, err))
        return false;
    if (!schema_read(schema, node, "a lever", keys, sizeof keys / sizeof keys[0], &lever, err) ||
        !check_lever(schema, node, &lever, err))
        return false;
    *out = lever;
    return true;
}
