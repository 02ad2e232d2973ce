/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names become bits, ages a range of completed years, times a range of days; each key notes that it was
 * given. */
#include "sim/where_read.h"

#include <string.h>

#include "base/parse.h"
#include "sim/where_text.h"

enum { MOST_NAMES = 16, LAST_AGE = 17, SHOWN = 40 };

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

bool where_read_placement(const struct schema *schema, const struct yaml_node *node,
                          enum placement_group *out, struct err *err)
{
    size_t i = 0;
    if (!read_one_name(schema, node, "placement", placement_at, PLACEMENT_COUNT, &i, err))
        return false;
    *out = (enum placement_group)i;
    return true;
}

/* ---- where ------------------------------------------------------------------------------------------- */

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
    if (!parse_days(node->text, low, high))
        return fail_text(schema, node, "is not a range of days, as in 0-60d or 548d+", err);
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

bool where_read(struct schema *schema, const struct yaml_node *node, struct where *out, struct err *err)
{
    struct where where = where_all();
    if (node != NULL && !schema_read(schema, node, "where", where_keys,
                                     sizeof where_keys / sizeof where_keys[0], &where, err))
        return false;
    *out = where;
    return true;
}
