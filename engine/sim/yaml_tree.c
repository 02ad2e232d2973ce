/* SPDX-License-Identifier: GPL-3.0-or-later
 * libyaml's events carry a place each, so the tree is built from them by recursive descent, one function per
 * kind of node; what YAML allows beyond plain data is refused where its event appears. */
#include "sim/yaml_tree.h"

#include <string.h>
#include <yaml.h>

enum { DEEPEST = 8, LONGEST = 1024 * 1024 };

struct yaml_source {
    yaml_parser_t parser;
    const char *file;
    struct arena *arena;
};

static int32_t from_one(size_t zero_based)
{
    return zero_based < INT32_MAX ? (int32_t)(zero_based + 1) : INT32_MAX;
}

static bool refuse(const struct yaml_source *source, const yaml_event_t *event, const char *words,
                   struct err *err)
{
    return err_set_at(err, ERR_USAGE, source->file, from_one(event->start_mark.line),
                      from_one(event->start_mark.column), "%s", words);
}

/* The next event; the caller deletes it after success. */
static bool next_event(struct yaml_source *source, yaml_event_t *event, struct err *err)
{
    if (yaml_parser_parse(&source->parser, event) != 0)
        return true;
    const yaml_parser_t *parser = &source->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return err_no_memory(err);
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR)
        mark = parser->mark;
    return err_set_at(err, ERR_USAGE, source->file, from_one(mark.line), from_one(mark.column),
                      "not YAML: %s", parser->problem != NULL ? parser->problem : "cannot be read");
}

static struct yaml_node *new_node(const struct yaml_source *source, const yaml_event_t *event,
                                  enum yaml_kind kind, struct err *err)
{
    struct yaml_node *node = arena_take(source->arena, sizeof *node, err);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->line = from_one(event->start_mark.line);
    node->column = from_one(event->start_mark.column);
    return node;
}

static bool is_empty(const struct yaml_node *node, const yaml_event_t *event)
{
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (node->text.length == 0 || str_equal_text(node->text, "~") ||
            str_equal_ignore_case(node->text, str_of("null")));
}

static bool read_scalar(const struct yaml_source *source, const yaml_event_t *event, struct yaml_node **out,
                        struct err *err)
{
    if (event->data.scalar.anchor != NULL)
        return refuse(source, event, "anchors (&name) are not read: write the value out", err);
    if (event->data.scalar.tag != NULL)
        return refuse(source, event, "tags (!name) are not read: write the plain value", err);
    struct yaml_node *node = new_node(source, event, YAML_TEXT, err);
    if (node == NULL)
        return false;
    const struct str raw = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (!str_is_clean_utf8(raw))
        return refuse(source, event, "a control character stands in this value", err);
    const char *copy = arena_copy(source->arena, str_trim(raw), err);
    if (copy == NULL)
        return false;
    node->text = str_of(copy);
    if (is_empty(node, event))
        return refuse(source, event, "a value is missing here: write one, or leave the key out", err);
    *out = node;
    return true;
}

static bool read_node(struct yaml_source *source, const yaml_event_t *event, int depth,
                      struct yaml_node **out, struct err *err);

static bool read_list(struct yaml_source *source, int depth, struct yaml_node *list, struct err *err)
{
    struct yaml_node **tail = &list->first;
    for (;;) {
        yaml_event_t event;
        if (!next_event(source, &event, err))
            return false;
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        const bool ok = read_node(source, &event, depth + 1, tail, err);
        yaml_event_delete(&event);
        if (!ok)
            return false;
        tail = &(*tail)->next;
    }
}

static bool check_key(const struct yaml_source *source, const yaml_event_t *event,
                      const struct yaml_node *map, struct err *err)
{
    if (event->type != YAML_SCALAR_EVENT)
        return refuse(source, event, "a key must be a word", err);
    const struct str key =
        str_trim((struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
    for (const struct yaml_node *earlier = map->first; earlier != NULL; earlier = earlier->next)
        if (str_equal(earlier->text, key))
            return refuse(source, event, "this key stands here twice", err);
    return true;
}

static bool read_map(struct yaml_source *source, int depth, struct yaml_node *map, struct err *err)
{
    struct yaml_node **tail = &map->first;
    for (;;) {
        yaml_event_t event;
        if (!next_event(source, &event, err))
            return false;
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        struct yaml_node *key = NULL;
        bool ok = check_key(source, &event, map, err) && read_scalar(source, &event, &key, err);
        yaml_event_delete(&event);
        if (!ok || !next_event(source, &event, err))
            return false;
        ok = read_node(source, &event, depth + 1, &key->value, err);
        yaml_event_delete(&event);
        if (!ok)
            return false;
        *tail = key;
        tail = &key->next;
    }
}

/* The node that begins with this event. */
static bool read_node(struct yaml_source *source, const yaml_event_t *event, int depth,
                      struct yaml_node **out, struct err *err)
{
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(source, event, out, err);
    if (event->type == YAML_ALIAS_EVENT)
        return refuse(source, event, "aliases (*name) are not read: write the value out", err);
    if (depth >= DEEPEST)
        return refuse(source, event, "lists and mappings are nested too deeply here", err);
    const bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
    const yaml_char_t *anchor =
        is_list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
    const yaml_char_t *tag = is_list ? event->data.sequence_start.tag : event->data.mapping_start.tag;
    if (anchor != NULL)
        return refuse(source, event, "anchors (&name) are not read: write the value out", err);
    if (tag != NULL)
        return refuse(source, event, "tags (!name) are not read: write the plain value", err);
    struct yaml_node *node = new_node(source, event, is_list ? YAML_LIST : YAML_MAP, err);
    if (node == NULL)
        return false;
    bug_if(out == NULL);
    *out = node;
    return is_list ? read_list(source, depth, node, err) : read_map(source, depth, node, err);
}

/* Takes the next event, which must be of this type. */
static bool expect(struct yaml_source *source, yaml_event_type_t type, const char *words, struct err *err)
{
    yaml_event_t event;
    if (!next_event(source, &event, err))
        return false;
    const bool ok = event.type == type || refuse(source, &event, words, err);
    yaml_event_delete(&event);
    return ok;
}

static bool read_document(struct yaml_source *source, struct yaml_node **root, struct err *err)
{
    if (!expect(source, YAML_STREAM_START_EVENT, "not YAML", err) ||
        !expect(source, YAML_DOCUMENT_START_EVENT, "the file is empty", err))
        return false;
    yaml_event_t event;
    if (!next_event(source, &event, err))
        return false;
    const bool ok = read_node(source, &event, 0, root, err);
    yaml_event_delete(&event);
    return ok && expect(source, YAML_DOCUMENT_END_EVENT, "not YAML", err) &&
           expect(source, YAML_STREAM_END_EVENT, "a second document begins here: write one file each", err);
}

bool yaml_tree_read(struct str document, const char *file, struct arena *arena, struct yaml_node **root,
                    struct err *err)
{
    if (document.length > LONGEST)
        return err_set_at(err, ERR_USAGE, file, 0, 0, "longer than 1 MiB, so hardly a scenario");
    struct yaml_source source = {.file = file, .arena = arena};
    if (yaml_parser_initialize(&source.parser) == 0)
        return err_no_memory(err);
    yaml_parser_set_encoding(&source.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &source.parser, (const unsigned char *)(document.at != NULL ? document.at : ""), document.length);
    const bool ok = read_document(&source, root, err);
    yaml_parser_delete(&source.parser);
    return ok;
}
