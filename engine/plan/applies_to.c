/* SPDX-License-Identifier: GPL-3.0-or-later
 * A table of keys, each with the test of its values. */
#include "plan/applies_to.h"

#include <string.h>

#include "base/parse.h"
#include "data/group.h"

enum { LAST_AGE = 17 };

static bool is_placement(struct str value)
{
    enum placement_group group;
    return placement_group_parse(value, &group);
}
static bool is_route(struct str value)
{
    enum route route;
    return route_parse(value, &route);
}
static bool is_legal(struct str value)
{
    enum legal_group group;
    return legal_group_parse(value, &group);
}
static bool is_need(struct str value)
{
    enum need need;
    return need_parse(value, &need);
}
static bool is_answer(struct str value)
{
    return str_equal_text(value, "yes") || str_equal_text(value, "no");
}
static bool is_text(struct str value)
{
    return value.length > 0;
}

static bool is_age(struct str value)
{
    int64_t low = 0;
    int64_t high = 0;
    return parse_range(value, LAST_AGE, &low, &high);
}
static bool is_days(struct str value)
{
    int32_t low = 0;
    int32_t high = 0;
    return parse_days(value, &low, &high);
}

static const struct {
    const char *name;
    bool (*fits)(struct str value);
    const char *message;
} keys[] = {
    {"age", is_age, "ages are 0 to 17, as in age=0-4"},
    {"placement", is_placement, "there is no such placement group; `list codes` prints them"},
    {"route", is_route, "there is no such route out of care; `list codes` prints them"},
    {"provider", is_text, "provider= names none"},
    {"uasc", is_answer, "uasc is yes or no"},
    {"legal", is_legal, "there is no such group of legal status; `list codes` prints them"},
    {"need", is_need, "there is no such category of need; `list codes` prints them"},
    {"locality", is_text, "locality= names none"},
    {"time_in_care", is_days, "times are days, as in time_in_care=0-60d or 548d+"},
    {"time_in_placement", is_days, "times are days, as in time_in_placement=0-60d or 548d+"},
    {"from", is_placement,
     "there is no such placement group to move children from; `list codes` prints them"},
    {"to", is_placement, "there is no such placement group to move children to; `list codes` prints them"},
    {"flag", is_text, "flag= names none"},
};
enum { N_KEYS = sizeof keys / sizeof keys[0] };

static const char *condition_value(const struct plan_effect *effect, const char *key)
{
    for (int32_t i = 0; i < effect->n_conditions; i++)
        if (strcmp(effect->conditions[i].key, key) == 0)
            return effect->conditions[i].value;
    return NULL;
}

/* One pair; what is wrong with it, NULL: nothing. */
static bool read_pair(struct arena *texts, struct str pair, struct plan_effect *effect, const char **message,
                      struct err *err)
{
    const char *equals = memchr(pair.at, '=', pair.length);
    if (equals == NULL) {
        *message = "not all, nor pairs KEY=VALUE joined by semicolons";
        return true;
    }
    const struct str key = str_trim((struct str){pair.at, (size_t)(equals - pair.at)});
    const struct str value = str_trim((struct str){equals + 1, pair.length - (size_t)(equals - pair.at) - 1});
    size_t i = 0;
    while (i < N_KEYS && !str_equal_ignore_case(key, str_of(keys[i].name)))
        i++;
    if (i == N_KEYS) {
        *message = "there is no such key: age placement route provider uasc legal need locality time_in_care "
                   "time_in_placement, for mix from and to";
        return true;
    }
    if (condition_value(effect, keys[i].name) != NULL) {
        *message = "a key is there twice: write one row for each value";
        return true;
    }
    if (!keys[i].fits(value)) {
        *message = keys[i].message;
        return true;
    }
    bug_if(effect->n_conditions >= PLAN_CONDITIONS); /* each key at most once */
    if (strcmp(keys[i].name, "flag") == 0)
        effect->in_returns = false;
    struct plan_condition *condition = &effect->conditions[effect->n_conditions++];
    condition->key = keys[i].name;
    condition->value = arena_copy(texts, value, err);
    return condition->value != NULL;
}

/* from and to belong to mix, and mix needs both. */
static void check_mix(const struct plan_effect *effect, const char **message)
{
    const char *from = condition_value(effect, "from");
    const char *to = condition_value(effect, "to");
    if (effect->lever == PLAN_LEVER_MIX && (from == NULL || to == NULL))
        *message = "mix needs the groups that children move from and to";
    else if (effect->lever == PLAN_LEVER_MIX && strcmp(from, to) == 0)
        *message = "mix moves children from a group to itself";
    else if (effect->lever != PLAN_LEVER_MIX && (from != NULL || to != NULL))
        *message = "from and to belong to the lever mix";
}

bool applies_to_read(struct arena *texts, struct plan_effect *effect, const char **message, struct err *err)
{
    struct str rest = str_trim(str_of(effect->applies_to));
    *message = NULL;
    if (str_equal_ignore_case(rest, str_of("all")))
        rest.length = 0;
    while (rest.length > 0 && *message == NULL) {
        const char *end = memchr(rest.at, ';', rest.length);
        const size_t length = end == NULL ? rest.length : (size_t)(end - rest.at);
        const struct str pair = str_trim((struct str){rest.at, length});
        rest = end == NULL ? (struct str){0} : (struct str){end + 1, rest.length - length - 1};
        if (pair.length > 0 && !read_pair(texts, pair, effect, message, err))
            return false;
    }
    if (*message == NULL)
        check_mix(effect, message);
    return true;
}
