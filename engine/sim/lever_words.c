/* SPDX-License-Identifier: GPL-3.0-or-later
 * A lever as a person would say it, in the words of the scenario file, key by key in the file format's order.
 */
#include <math.h>

#include "sim/scenario.h"

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

/* Words so far, the separator of the next. */
struct saying {
    struct text *out;
    const char *separator;
};

static bool say(struct saying *saying, struct err *err, const char *key)
{
    const bool ok = text_format(saying->out, err, "%s%s", saying->separator, key);
    saying->separator = ", ";
    return ok;
}

static bool say_names(struct saying *saying, const char *key, uint32_t bits, const char *(*name)(int), int n,
                      struct err *err)
{
    if (!say(saying, err, key))
        return false;
    for (int i = 0, said = 0; i < n; i++)
        if ((bits >> i & 1) != 0 && !text_format(saying->out, err, "%s%s", said++ > 0 ? "/" : " ", name(i)))
            return false;
    return true;
}

static bool say_days(struct saying *saying, const char *key, int32_t low, int32_t high, struct err *err)
{
    if (!say(saying, err, key))
        return false;
    return high == INT32_MAX ? text_format(saying->out, err, " %dd+", (int)low)
                             : text_format(saying->out, err, " %d-%dd", (int)low, (int)high);
}

static bool say_text(struct saying *saying, const char *key, const char *value, struct err *err)
{
    return say(saying, err, key) && text_format(saying->out, err, " %s", value);
}

static bool say_key(struct saying *saying, const struct where *where, enum where_key key, struct err *err)
{
    switch (key) {
    case WHERE_AGE:
        return say(saying, err, "age") &&
               (where->age_low == where->age_high
                    ? text_format(saying->out, err, " %d", (int)where->age_low)
                    : text_format(saying->out, err, " %d-%d", (int)where->age_low, (int)where->age_high));
    case WHERE_PLACEMENT:
        return say_names(saying, "placement", where->placements, placement_at, PLACEMENT_COUNT, err);
    case WHERE_ROUTE:
        return say_names(saying, "route", where->routes, route_at, ROUTE_COUNT, err);
    case WHERE_PROVIDER:
        return say_text(saying, "provider", where->provider, err);
    case WHERE_UASC:
        return say_text(saying, "uasc", where->uasc == 1 ? "yes" : "no", err);
    case WHERE_LEGAL:
        return say_names(saying, "legal", where->legals, legal_at, LEGAL_COUNT, err);
    case WHERE_NEED:
        return say_names(saying, "need", where->needs, need_at, NEED_COUNT, err);
    case WHERE_LOCALITY:
        return say_text(saying, "locality", where->locality, err);
    case WHERE_TIME_IN_CARE:
        return say_days(saying, "time in care", where->in_care_low, where->in_care_high, err);
    case WHERE_TIME_IN_PLACEMENT:
        return say_days(saying, "time in placement", where->in_placement_low, where->in_placement_high, err);
    case WHERE_FROM:
        return say_names(saying, "from", where->from, placement_at, PLACEMENT_COUNT, err);
    case WHERE_TO:
        return say_names(saying, "to", where->to, placement_at, PLACEMENT_COUNT, err);
    case WHERE_KEY_COUNT:
        break;
    }
    return true;
}

bool lever_words(const struct lever *lever, struct text *out, struct err *err)
{
    struct saying saying = {out, ""};
    char date[DATE_TEXT];
    for (int key = 0; key < WHERE_KEY_COUNT; key++)
        if ((lever->where.given >> key & 1) != 0 &&
            !say_key(&saying, &lever->where, (enum where_key)key, err))
            return false;
    date_format_iso(lever->start, date);
    if (lever->start != DAY_NONE && !say_text(&saying, "starting", date, err))
        return false;
    if (lever->ramp_months > 0 &&
        !(say(&saying, err, "over") && text_format(out, err, " %g months", lever->ramp_months)))
        return false;
    if (lever->reach < 1 &&
        !(say(&saying, err, "reaching") && text_format(out, err, " %g%%", 100 * lever->reach)))
        return false;
    return lever->replaces == NULL || say_text(&saying, "replacing", lever->replaces, err);
}

static bool say_amount(double amount, enum effect_unit unit, struct text *out, struct err *err)
{
    switch (unit) {
    case EFFECT_FACTOR:
        return text_format(out, err, "%.6g%%", 100 * amount);
    case EFFECT_PER_YEAR:
        return text_format(out, err, "%+.6g/year", amount);
    case EFFECT_CHILDREN:
        break;
    }
    return text_format(out, err, "%+.6g", amount);
}

bool lever_effect_words(const struct lever *lever, struct text *out, struct err *err)
{
    const bool certain = fabs(lever->high - lever->low) <= 0;
    if (certain)
        return say_amount(lever->likely, lever->unit, out, err);
    return say_amount(lever->low, lever->unit, out, err) && text_append_c(out, " .. ", err) &&
           say_amount(lever->likely, lever->unit, out, err) && text_append_c(out, " .. ", err) &&
           say_amount(lever->high, lever->unit, out, err);
}
