/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is written is what scenario files are read by: data/codes names, per cent with enough decimals. */
#include "study/levered.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const double pct = 100;

struct lever levered_lever(const char *id, enum lever_kind kind, const struct where *where,
                           enum effect_unit unit, double effect)
{
    return (struct lever){.id = id,
                          .kind = kind,
                          .where = *where,
                          .low = effect,
                          .likely = effect,
                          .high = effect,
                          .unit = unit,
                          .start = DAY_NONE,
                          .reach = 1,
                          .source = "target",
                          .origin = PARAM_SET};
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct lever *)a)->id, ((const struct lever *)b)->id);
}

void levered_free(struct scenario *levered)
{
    free(levered->levers);
    levered->levers = NULL;
    levered->n_levers = 0;
}

bool levered_make(const struct scenario *scenario, const struct lever levers[], size_t n,
                  struct scenario *out, struct err *err)
{
    *out = *scenario;
    out->n_levers = scenario->n_levers + n;
    out->levers = vec_new(out->n_levers, sizeof *out->levers, err);
    if (out->levers == NULL)
        return false;
    if (scenario->n_levers > 0)
        memcpy(out->levers, scenario->levers, scenario->n_levers * sizeof *out->levers);
    memcpy(out->levers + scenario->n_levers, levers, n * sizeof *levers);
    qsort(out->levers, out->n_levers, sizeof *out->levers, compare);
    for (size_t i = 1; i < out->n_levers; i++)
        if (strcmp(out->levers[i - 1].id, out->levers[i].id) == 0) {
            err_set(err, ERR_USAGE, "the scenario %s has a lever %s already; rename it there", scenario->name,
                    out->levers[i].id);
            levered_free(out);
            return false;
        }
    return true;
}

/* ---- as text ----------------------------------------------------------------------------------------- */

static bool add_key(struct text *out, bool *any, const char *key, struct err *err)
{
    const bool ok = text_format(out, err, "%s%s: ", *any ? ", " : "", key);
    *any = true;
    return ok;
}

/* A name of each bit that is set, as a list when there are several. */
static bool add_names(struct text *out, uint32_t bits, int n, const char *(*name)(int), struct err *err)
{
    const bool several = (bits & (bits - 1)) != 0;
    bool first = true;
    bool ok = !several || text_append_c(out, "[", err);
    for (int i = 0; ok && i < n; i++)
        if (bits >> i & 1U) {
            ok = text_format(out, err, "%s%s", first ? "" : ", ", name(i));
            first = false;
        }
    return ok && (!several || text_append_c(out, "]", err));
}
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

static bool add_days(struct text *out, int32_t low, int32_t high, struct err *err)
{
    return high == INT32_MAX ? text_format(out, err, "%dd+", (int)low)
                             : text_format(out, err, "%d-%dd", (int)low, (int)high);
}

static bool add_condition(struct text *out, const struct where *where, enum where_key key, bool *any,
                          struct err *err)
{
    switch (key) {
    case WHERE_AGE:
        return add_key(out, any, "age", err) &&
               text_format(out, err, "%d-%d", (int)where->age_low, (int)where->age_high);
    case WHERE_PLACEMENT:
        return add_key(out, any, "placement", err) &&
               add_names(out, where->placements, PLACEMENT_COUNT, placement_at, err);
    case WHERE_ROUTE:
        return add_key(out, any, "route", err) && add_names(out, where->routes, ROUTE_COUNT, route_at, err);
    case WHERE_LEGAL:
        return add_key(out, any, "legal", err) && add_names(out, where->legals, LEGAL_COUNT, legal_at, err);
    case WHERE_NEED:
        return add_key(out, any, "need", err) && add_names(out, where->needs, NEED_COUNT, need_at, err);
    case WHERE_UASC:
        return add_key(out, any, "uasc", err) && text_append_c(out, where->uasc == 1 ? "yes" : "no", err);
    case WHERE_TIME_IN_CARE:
        return add_key(out, any, "time_in_care", err) &&
               add_days(out, where->in_care_low, where->in_care_high, err);
    case WHERE_TIME_IN_PLACEMENT:
        return add_key(out, any, "time_in_placement", err) &&
               add_days(out, where->in_placement_low, where->in_placement_high, err);
    case WHERE_FROM:
        return add_key(out, any, "from", err) &&
               add_names(out, where->from, PLACEMENT_COUNT, placement_at, err);
    case WHERE_TO:
        return add_key(out, any, "to", err) && add_names(out, where->to, PLACEMENT_COUNT, placement_at, err);
    case WHERE_PROVIDER:
    case WHERE_LOCALITY:
    case WHERE_KEY_COUNT:
        break;
    }
    return err_set(err, ERR_INTERNAL, "a condition that cannot be written");
}

static bool write_one(const struct lever *lever, struct text *out, struct err *err)
{
    bool any = false;
    bool ok = text_format(out, err, "  - id: %s\n    lever: %s\n", lever->id, lever_kind_name(lever->kind));
    if (ok && lever->where.given != 0)
        ok = text_append_c(out, "    where: {", err);
    for (int key = 0; ok && key < WHERE_KEY_COUNT; key++)
        if (lever->where.given >> key & 1U)
            ok = add_condition(out, &lever->where, (enum where_key)key, &any, err);
    if (ok && any)
        ok = text_append_c(out, "}\n", err);
    switch (lever->unit) {
    case EFFECT_FACTOR:
        return ok && text_format(out, err, "    effect: %+.2f%%\n", pct * lever->likely);
    case EFFECT_PER_YEAR:
        return ok && text_format(out, err, "    effect: %+.2f/year\n", lever->likely);
    case EFFECT_CHILDREN:
        return ok && text_format(out, err, "    effect: %+.2f\n", lever->likely);
    }
    return false;
}

bool levered_write(const struct lever levers[], size_t n, struct text *out, struct err *err)
{
    bool ok = text_append_c(out, "levers:\n", err);
    for (size_t i = 0; ok && i < n; i++)
        ok = write_one(&levers[i], out, err);
    return ok;
}
