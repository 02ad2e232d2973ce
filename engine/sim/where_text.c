/* SPDX-License-Identifier: GPL-3.0-or-later
 * A table of keys with their readers. */
#include "sim/where_text.h"

#include <string.h>

#include "base/parse.h"

enum { LAST_AGE = 17, SHOWN = 40 };

struct where where_all(void)
{
    return (struct where){
        .age_high = LAST_AGE,
        .placements = UINT32_MAX,
        .routes = UINT32_MAX,
        .legals = UINT32_MAX,
        .needs = UINT32_MAX,
        .uasc = -1,
        .in_care_high = INT32_MAX,
        .in_placement_high = INT32_MAX,
    };
}

static bool set_age(struct where *where, struct str value)
{
    int64_t low = 0;
    int64_t high = 0;
    if (!parse_range(value, LAST_AGE, &low, &high))
        return false;
    where->age_low = (int32_t)low;
    where->age_high = (int32_t)high;
    return true;
}
static bool set_placement(struct where *where, struct str value)
{
    enum placement_group group;
    const bool ok = placement_group_parse(value, &group);
    where->placements = ok ? UINT32_C(1) << group : where->placements;
    return ok;
}
static bool set_from(struct where *where, struct str value)
{
    enum placement_group group;
    const bool ok = placement_group_parse(value, &group);
    where->from = ok ? UINT32_C(1) << group : where->from;
    return ok;
}
static bool set_to(struct where *where, struct str value)
{
    enum placement_group group;
    const bool ok = placement_group_parse(value, &group);
    where->to = ok ? UINT32_C(1) << group : where->to;
    return ok;
}
static bool set_route(struct where *where, struct str value)
{
    enum route route;
    const bool ok = route_parse(value, &route);
    where->routes = ok ? UINT32_C(1) << route : where->routes;
    return ok;
}
static bool set_legal(struct where *where, struct str value)
{
    enum legal_group group;
    const bool ok = legal_group_parse(value, &group);
    where->legals = ok ? UINT32_C(1) << group : where->legals;
    return ok;
}
static bool set_need(struct where *where, struct str value)
{
    enum need need;
    const bool ok = need_parse(value, &need);
    where->needs = ok ? UINT32_C(1) << need : where->needs;
    return ok;
}
static bool set_uasc(struct where *where, struct str value)
{
    where->uasc = str_equal_text(value, "yes") ? 1 : 0;
    return str_equal_text(value, "yes") || str_equal_text(value, "no");
}
static bool set_in_care(struct where *where, struct str value)
{
    return parse_days(value, &where->in_care_low, &where->in_care_high);
}
static bool set_in_placement(struct where *where, struct str value)
{
    return parse_days(value, &where->in_placement_low, &where->in_placement_high);
}

static const char *const where_names[WHERE_KEY_COUNT] = {
    [WHERE_AGE] = "age",
    [WHERE_PLACEMENT] = "placement",
    [WHERE_ROUTE] = "route",
    [WHERE_PROVIDER] = "provider",
    [WHERE_UASC] = "uasc",
    [WHERE_LEGAL] = "legal",
    [WHERE_NEED] = "need",
    [WHERE_LOCALITY] = "locality",
    [WHERE_TIME_IN_CARE] = "time_in_care",
    [WHERE_TIME_IN_PLACEMENT] = "time_in_placement",
    [WHERE_FROM] = "from",
    [WHERE_TO] = "to",
};

const char *where_key_name(enum where_key key)
{
    bug_if(key >= WHERE_KEY_COUNT);
    return where_names[key];
}

static const struct {
    const char *name;
    enum where_key key;
    bool (*set)(struct where *where, struct str value);
} keys[] = {
    {"age", WHERE_AGE, set_age},
    {"placement", WHERE_PLACEMENT, set_placement},
    {"route", WHERE_ROUTE, set_route},
    {"legal", WHERE_LEGAL, set_legal},
    {"need", WHERE_NEED, set_need},
    {"uasc", WHERE_UASC, set_uasc},
    {"time_in_care", WHERE_TIME_IN_CARE, set_in_care},
    {"time_in_placement", WHERE_TIME_IN_PLACEMENT, set_in_placement},
    {"from", WHERE_FROM, set_from},
    {"to", WHERE_TO, set_to},
};

bool where_set(struct where *where, struct str key, struct str value, struct arena *texts, struct err *err)
{
    const bool provider = str_equal_text(key, "provider");
    if (provider || str_equal_text(key, "locality")) {
        const char *text = arena_copy(texts, value, err);
        if (text == NULL)
            return false;
        *(provider ? &where->provider : &where->locality) = text;
        where->given |= UINT32_C(1) << (provider ? WHERE_PROVIDER : WHERE_LOCALITY);
        return true;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!str_equal_text(key, keys[i].name))
            continue;
        where->given |= UINT32_C(1) << keys[i].key;
        if (keys[i].set(where, value))
            return true;
        return err_set(err, ERR_USAGE, "%s=%.*s is not understood", keys[i].name,
                       value.length > SHOWN ? SHOWN : (int)value.length, value.at);
    }
    return err_set(err, ERR_USAGE, "there is no condition \"%.*s\"",
                   key.length > SHOWN ? SHOWN : (int)key.length, key.at);
}
