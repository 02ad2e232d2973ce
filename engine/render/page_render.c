/* SPDX-License-Identifier: GPL-3.0-or-later
 * A stack of contexts: the first part of a name is looked for from the innermost outwards, the rest only
 * inside what was found (specification, interpolation, "dotted names"). A partial is indented before it is
 * parsed, as the specification says, so that texts put in keep their own line ends. */
#include "render/page.h"

#include <stdio.h>
#include <string.h>

#include "render/escape.h"
#include "render/page_parse.h"
#include "render/reports.h"

enum { CONTEXTS_MOST = 128, PARTIALS_MOST = 32, NAMES = 256 };

struct renderer {
    const struct page_source *source;
    const struct page_value *stack[CONTEXTS_MOST];
    size_t depth, partials;
    struct text *out;
};

static const struct page_value *member(const struct page_value *map, struct str key)
{
    if (map->kind != PAGE_MAP)
        return NULL;
    for (const struct page_value *value = map->first; value != NULL; value = value->next)
        if (str_equal_text(key, value->key))
            return value;
    return NULL;
}

/* The value of a name; NULL when there is none, and then *known is how much of the name led somewhere and
 * *inside the value it led to, NULL when its first part was not found. */
static const struct page_value *look_up(const struct renderer *r, struct str name,
                                        const struct page_value **inside, size_t *known)
{
    const struct page_value *found = NULL;
    size_t from = 0;
    *inside = NULL;
    *known = 0;
    if (str_equal_text(name, "."))
        return r->stack[r->depth - 1];
    for (size_t i = 0; i <= name.length; i++) {
        if (i < name.length && name.at[i] != '.')
            continue;
        const struct str part = {name.at + from, i - from};
        found = NULL;
        if (from > 0)
            found = member(*inside, part);
        for (size_t k = from == 0 ? r->depth : 0; k-- > 0 && found == NULL;)
            found = member(r->stack[k], part);
        if (found == NULL)
            return NULL;
        *inside = found;
        from = i + 1;
        *known = from;
    }
    return found;
}

/* The nearest of the keys of a map, when it is nearer than the best so far. */
static void look_for_nearest(const struct page_value *map, struct str part, int *distance, const char **best)
{
    bug_if(map == NULL);
    if (map->kind == PAGE_MAP)
        for (const struct page_value *value = map->first; value != NULL; value = value->next) {
            const int far = str_edit_distance(part, str_of(value->key));
            if (far < *distance) {
                *distance = far;
                *best = value->key;
            }
        }
}

/* Names there are in a map, appended to words of the given size until they are full. */
static size_t list_names(const struct page_value *map, char *words, size_t at, size_t size)
{
    if (map->kind != PAGE_MAP)
        return at;
    for (const struct page_value *value = map->first; value != NULL; value = value->next) {
        const int n = snprintf(words + at, size - at, "%s%s", at == 0 ? "" : ", ", value->key);
        if (n < 0 || (size_t)n >= size - at) {
            words[at] = '\0';
            return at;
        }
        at += (size_t)n;
    }
    return at;
}

static bool mistake(const struct page_token *token, const char *path, struct err *err, const char *words)
{
    return err_set_at(err, ERR_DATA, path, token->line, token->column, "%s: %.*s", words,
                      (int)token->text.length, token->text.at);
}

/* Says that a name is not known, with the nearest one that is, or with what there is. */
static bool unknown(const struct renderer *r, const struct page_token *token, const struct page_value *inside,
                    size_t known, const char *path, struct err *err)
{
    const struct str name = token->text;
    const char *dot = memchr(name.at + known, '.', name.length - known);
    const struct str part = {name.at + known,
                             dot == NULL ? name.length - known : (size_t)(dot - name.at) - known};
    const char *best = NULL;
    char names[NAMES] = "";
    int distance = (int)part.length / 3 + 2;
    size_t at = 0;
    for (size_t k = inside == NULL ? r->depth : 0; k-- > 0;)
        look_for_nearest(r->stack[k], part, &distance, &best);
    if (inside != NULL)
        look_for_nearest(inside, part, &distance, &best);
    if (best != NULL)
        return err_set_at(err, ERR_DATA, path, token->line, token->column,
                          "no value has this name: %.*s; did you mean \"%.*s%s\"?", (int)name.length, name.at,
                          (int)known, name.at, best);
    for (size_t k = inside == NULL ? r->depth : 0; k-- > 0;)
        at = list_names(r->stack[k], names, at, sizeof names);
    if (inside != NULL)
        at = list_names(inside, names, at, sizeof names);
    return err_set_at(err, ERR_DATA, path, token->line, token->column,
                      "no value has this name: %.*s; here are %s", (int)name.length, name.at,
                      at == 0 ? "none" : names);
}

static bool is_true(const struct page_value *value)
{
    switch (value->kind) {
    case PAGE_MAP:
        return true;
    case PAGE_LIST:
        return value->first != NULL;
    case PAGE_TEXT:
    case PAGE_MARKUP:
        return value->text[0] != '\0';
    case PAGE_FLAG:
        return value->flag;
    }
    return false;
}

static bool write_value(struct renderer *r, const struct page_token *token, const struct page_value *value,
                        const char *path, struct err *err)
{
    if (value->kind != PAGE_TEXT && value->kind != PAGE_MARKUP)
        return mistake(token, path, err, "only texts can be written, and this is none");
    if (token->kind == PAGE_TOKEN_VALUE)
        return escape_markup(r->out, str_of(value->text), err);
    if (value->kind != PAGE_MARKUP)
        return mistake(token, path, err, "text may not be written unescaped; use two braces");
    return text_append_c(r->out, value->text, err);
}

static bool render_range(struct renderer *r, const struct page_tokens *tokens, size_t from, size_t to,
                         const char *path, struct err *err);

static bool render_in(struct renderer *r, const struct page_value *context, const struct page_tokens *tokens,
                      size_t section, const char *path, struct err *err)
{
    if (r->depth == CONTEXTS_MOST)
        return mistake(&tokens->at[section], path, err, "sections are nested too deeply");
    r->stack[r->depth++] = context;
    const bool ok = render_range(r, tokens, section + 1, tokens->at[section].partner, path, err);
    r->depth--;
    return ok;
}

static bool render_section(struct renderer *r, const struct page_tokens *tokens, size_t section,
                           const struct page_value *value, const char *path, struct err *err)
{
    const bool inverted = tokens->at[section].kind == PAGE_TOKEN_INVERTED;
    if (is_true(value) == inverted)
        return true;
    if (inverted || value->kind == PAGE_FLAG)
        return render_range(r, tokens, section + 1, tokens->at[section].partner, path, err);
    if (value->kind != PAGE_LIST)
        return render_in(r, value, tokens, section, path, err);
    bool ok = true;
    for (const struct page_value *item = value->first; ok && item != NULL; item = item->next)
        ok = render_in(r, item, tokens, section, path, err);
    return ok;
}

static bool indent_lines(struct text *out, struct str template, struct str indent, struct err *err)
{
    bool ok = true;
    size_t from = 0;
    for (size_t i = 0; ok && i < template.length; i++)
        if (template.at[i] == '\n' || i + 1 == template.length) {
            ok = text_append(out, indent, err) &&
                 text_append(out, (struct str){template.at + from, i + 1 - from}, err);
            from = i + 1;
        }
    return ok;
}

static bool render_template(struct renderer *r, const char *name, struct str indent,
                            const struct page_token *token, const char *where, struct err *err)
{
    char path[256] = "";
    struct text template = {0};
    struct text indented = {0};
    struct page_tokens tokens = {0};
    bool ok = r->source->read(r->source->context, name, &template, path, err);
    if (!ok && token != NULL && err->code == ERR_NO_INPUT && err->file[0] == '\0') {
        char words[sizeof err->message]; /* where a partial that is not there was asked for */
        snprintf(words, sizeof words, "%s", err->message);
        err_set_at(err, ERR_DATA, where, token->line, token->column, "%s", words);
    }
    const bool shift = ok && indent.length > 0;
    if (shift)
        ok = indent_lines(&indented, (struct str){template.at, template.length}, indent, err);
    const struct text *used = shift ? &indented : &template;
    ok = ok && page_parse((struct str){used->at, used->length}, path, &tokens, err) &&
         render_range(r, &tokens, 0, tokens.n, path, err);
    page_tokens_free(&tokens);
    text_free(&template);
    text_free(&indented);
    return ok;
}

static bool render_partial(struct renderer *r, const struct page_token *token, const char *path,
                           struct err *err)
{
    char name[64];
    if (!str_copy(token->text, name, sizeof name))
        return mistake(token, path, err, "the name of a partial is too long");
    if (r->partials == PARTIALS_MOST)
        return mistake(token, path, err, "partials that use one another never end");
    r->partials++;
    const bool ok = render_template(r, name, token->indent, token, path, err);
    r->partials--;
    return ok;
}

static bool render_range(struct renderer *r, const struct page_tokens *tokens, size_t from, size_t to,
                         const char *path, struct err *err)
{
    bool ok = true;
    for (size_t i = from; ok && i < to; i++) {
        const struct page_token *token = &tokens->at[i];
        const struct page_value *value = NULL;
        if (token->kind == PAGE_TOKEN_TEXT) {
            ok = text_append(r->out, token->text, err);
            continue;
        }
        if (token->kind == PAGE_TOKEN_PARTIAL) {
            ok = render_partial(r, token, path, err);
            continue;
        }
        if (token->kind == PAGE_TOKEN_CLOSE)
            continue;
        const struct page_value *inside = NULL;
        size_t known = 0;
        value = look_up(r, token->text, &inside, &known);
        if (value == NULL)
            return unknown(r, token, inside, known, path, err);
        if (token->kind == PAGE_TOKEN_VALUE || token->kind == PAGE_TOKEN_RAW) {
            ok = write_value(r, token, value, path, err);
        } else {
            ok = render_section(r, tokens, i, value, path, err);
            i = token->partner;
        }
    }
    return ok;
}

bool page_render(const struct page_source *source, const char *name, const struct page_value *root,
                 struct text *out, struct err *err)
{
    struct renderer r = {.source = source, .stack = {root}, .depth = 1, .out = out};
    return render_template(&r, name, (struct str){0}, NULL, "", err);
}

static bool read_report(const void *context, const char *name, struct text *out, char path[256],
                        struct err *err)
{
    char file[96];
    const int n = snprintf(file, sizeof file, "%s.mustache", name);
    bug_if(n < 0 || (size_t)n >= sizeof file);
    return reports_read(context, file, out, path, err);
}

bool page_render_report(const char *folder, const char *name, const struct page_value *root, struct text *out,
                        struct err *err)
{
    const struct page_source source = {.read = read_report, .context = folder};
    return page_render(&source, name, root, out, err);
}
