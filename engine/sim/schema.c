/* SPDX-License-Identifier: GPL-3.0-or-later
 * A mapping is read key by key in the file's order, so that the first error is the first one a person meets.
 */
#include "sim/schema.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/parse.h"

enum { SUGGESTION_EDITS = 3, SHOWN = 40, MOST_KEYS = 32, MESSAGE = 400 };

/* For %.*s: a value is shown up to a length at which a message still reads well. */
static int shown(struct str s)
{
    return s.length > SHOWN ? SHOWN : (int)s.length;
}

bool schema_fail(const struct schema *schema, const struct yaml_node *node, struct err *err,
                 const char *format, ...)
{
    char message[MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(message, sizeof message, format, arguments) < 0)
        message[0] = '\0';
    va_end(arguments);
    return err_set_at(err, ERR_USAGE, schema->file, node->line, node->column, "%s", message);
}

const char *schema_nearest(struct str name, const char *const known[], size_t n)
{
    const char *nearest = NULL;
    int fewest = SUGGESTION_EDITS + 1;
    for (size_t i = 0; i < n; i++) {
        const int edits = str_edit_distance(name, str_of(known[i]));
        if (edits < fewest && edits < (int)name.length) {
            fewest = edits;
            nearest = known[i];
        }
    }
    return nearest;
}

bool schema_unknown(const struct schema *schema, const struct yaml_node *node, const char *what,
                    const char *const known[], size_t n, struct err *err)
{
    const struct str name = node->text;
    const char *nearest = schema_nearest(name, known, n);
    if (nearest != NULL)
        return schema_fail(schema, node, err, "unknown %s \"%.*s\"; did you mean \"%s\"?", what, shown(name),
                           name.at, nearest);
    char list[MESSAGE / 2] = "";
    size_t length = 0;
    for (size_t i = 0; i < n && length < sizeof list; i++) {
        const int put = snprintf(list + length, sizeof list - length, "%s%s", i == 0 ? "" : ", ", known[i]);
        length += put > 0 ? (size_t)put : 0;
    }
    return schema_fail(schema, node, err, "unknown %s \"%.*s\"; known are %s", what, shown(name), name.at,
                       list);
}

bool schema_is_scalar(const struct schema *schema, const struct yaml_node *node, struct err *err)
{
    return node->kind == YAML_TEXT ||
           schema_fail(schema, node, err, "a single value is expected here, not a %s",
                       node->kind == YAML_LIST ? "list" : "mapping");
}

bool schema_name(const struct schema *schema, const struct yaml_node *node, const char *what,
                 const char *const known[], size_t n, size_t *out, struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (str_equal_text(node->text, known[i])) {
            *out = i;
            return true;
        }
    }
    return schema_unknown(schema, node, what, known, n, err);
}

bool schema_text(struct schema *schema, const struct yaml_node *node, const char **out, struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    const char *copy = arena_copy(schema->texts, node->text, err);
    if (copy == NULL)
        return false;
    *out = copy;
    return true;
}

bool schema_number(const struct schema *schema, const struct yaml_node *node, double low, double high,
                   double *out, struct err *err)
{
    double value = 0;
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (!parse_double(node->text, &value))
        return schema_fail(schema, node, err, "\"%.*s\" is not a number", shown(node->text), node->text.at);
    if (value < low || value > high)
        return schema_fail(schema, node, err, "%g is out of range: from %g to %g", value, low, high);
    *out = value;
    return true;
}

bool schema_percent(const struct schema *schema, const struct yaml_node *node, double low, double high,
                    double *out, struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    const struct str text = node->text;
    double value = 0;
    if (text.length < 2 || text.at[text.length - 1] != '%' ||
        !parse_double((struct str){text.at, text.length - 1}, &value))
        return schema_fail(schema, node, err, "\"%.*s\" is not a percentage, as in 35%%", shown(text),
                           text.at);
    if (value < low || value > high)
        return schema_fail(schema, node, err, "%g%% is out of range: from %g%% to %g%%", value, low, high);
    *out = value;
    return true;
}

bool schema_date(const struct schema *schema, const struct yaml_node *node, day *out, struct err *err)
{
    if (!schema_is_scalar(schema, node, err))
        return false;
    if (date_parse_iso(node->text, out))
        return true;
    return schema_fail(schema, node, err, "\"%.*s\" is not a day of the calendar written as 2012-09-30",
                       shown(node->text), node->text.at);
}

/* The names of a table, for "did you mean". */
static void names_of(const struct schema_key keys[], size_t n_keys, const char *names[MOST_KEYS])
{
    bug_if(n_keys > MOST_KEYS);
    for (size_t i = 0; i < n_keys; i++)
        names[i] = keys[i].name;
}

bool schema_read(struct schema *schema, const struct yaml_node *map, const char *what,
                 const struct schema_key keys[], size_t n_keys, void *target, struct err *err)
{
    if (map->kind != YAML_MAP)
        return schema_fail(schema, map, err, "%s must be a mapping of keys to values", what);
    const char *names[MOST_KEYS];
    bool seen[MOST_KEYS] = {false};
    names_of(keys, n_keys, names);
    for (const struct yaml_node *key = map->first; key != NULL; key = key->next) {
        size_t i = 0;
        if (!schema_name(schema, key, "key", names, n_keys, &i, err))
            return false;
        seen[i] = true;
        if (!keys[i].read(schema, key->value, target, err))
            return false;
    }
    for (size_t i = 0; i < n_keys; i++)
        if (keys[i].required && !seen[i])
            return schema_fail(schema, map, err, "%s needs the key \"%s\"", what, keys[i].name);
    return true;
}
