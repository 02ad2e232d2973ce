/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass from tag to tag. Whether a tag stands alone on its line is read off the template itself: only
 * blanks between the line's beginning and the tag, and only blanks between the tag and the line's end. */
#include "render/page_parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { NESTING_MOST = 64 };

struct parser {
    struct str template;
    const char *path;
    size_t at;        /* how far the template is read */
    size_t text_from; /* where the text not yet made a token begins */
    int32_t line;
    size_t line_start;
    size_t open[NESTING_MOST]; /* tokens of sections not yet closed */
    size_t n_open;
    struct page_tokens *out;
};

void page_tokens_free(struct page_tokens *tokens)
{
    free(tokens->at);
    *tokens = (struct page_tokens){0};
}

static bool push(struct parser *p, struct page_token token, struct err *err)
{
    if (!vec_reserve((void **)&p->out->at, &p->out->capacity, p->out->n + 1, sizeof *p->out->at, err))
        return false;
    p->out->at[p->out->n++] = token;
    return true;
}

static bool push_text(struct parser *p, size_t end, struct err *err)
{
    const struct str text = {p->template.at + p->text_from, end - p->text_from};
    return end <= p->text_from || push(p, (struct page_token){.kind = PAGE_TOKEN_TEXT, .text = text}, err);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The offset of `what` at or behind `from`, the template's length when there is none. */
static size_t find(const struct parser *p, size_t from, const char *what)
{
    const size_t length = strlen(what);
    for (size_t i = from; i + length <= p->template.length; i++)
        if (memcmp(p->template.at + i, what, length) == 0)
            return i;
    return p->template.length;
}

/* Counts lines up to an offset. */
static void advance(struct parser *p, size_t to)
{
    for (; p->at < to; p->at++)
        if (p->template.at[p->at] == '\n') {
            p->line++;
            p->line_start = p->at + 1;
        }
}

static bool mistake(const struct parser *p, size_t at, struct err *err, const char *words, struct str name)
{
    return err_set_at(err, ERR_DATA, p->path, p->line, (int32_t)(at - p->line_start) + 1, "%s%.*s", words,
                      (int)name.length, name.at == NULL ? "" : name.at);
}

static bool name_is_legal(struct str name)
{
    for (size_t i = 0; i < name.length; i++)
        if (is_blank(name.at[i]) || strchr("\r\n{}#^/>&!=<$*", name.at[i]) != NULL)
            return false;
    return name.length > 0;
}

/* Is the tag [start, end) alone on its line? Then the line is [*line_start, *line_end), its end included. */
static bool stands_alone(const struct parser *p, size_t start, size_t end, size_t *line_start,
                         size_t *line_end)
{
    size_t from = start;
    while (from > 0 && is_blank(p->template.at[from - 1]))
        from--;
    if (from > 0 && p->template.at[from - 1] != '\n')
        return false;
    size_t to = end;
    while (to < p->template.length && is_blank(p->template.at[to]))
        to++;
    if (to < p->template.length && p->template.at[to] == '\r' && to + 1 < p->template.length &&
        p->template.at[to + 1] == '\n')
        to++;
    if (to < p->template.length && p->template.at[to] != '\n')
        return false;
    *line_start = from;
    *line_end = to < p->template.length ? to + 1 : to;
    return true;
}

static bool open_section(struct parser *p, size_t start, struct str name, struct err *err)
{
    if (p->n_open == NESTING_MOST)
        return mistake(p, start, err, "sections are nested too deeply at ", name);
    p->open[p->n_open++] = p->out->n - 1;
    return true;
}

static bool close_section(struct parser *p, size_t start, struct str name, struct err *err)
{
    if (p->n_open == 0)
        return mistake(p, start, err, "a section is closed that was never opened: ", name);
    struct page_token *opener = &p->out->at[p->open[--p->n_open]];
    if (!str_equal(opener->text, name))
        return mistake(p, start, err, "the section to close here is ", opener->text);
    opener->partner = p->out->n - 1;
    return true;
}

static bool kind_of(char sigil, enum page_token_kind *out)
{
    switch (sigil) {
    case '#':
        *out = PAGE_TOKEN_SECTION;
        return true;
    case '^':
        *out = PAGE_TOKEN_INVERTED;
        return true;
    case '/':
        *out = PAGE_TOKEN_CLOSE;
        return true;
    case '>':
        *out = PAGE_TOKEN_PARTIAL;
        return true;
    case '&':
        *out = PAGE_TOKEN_RAW;
        return true;
    case '\0':
        *out = PAGE_TOKEN_VALUE;
        return true;
    default:
        return false;
    }
}

/* Reads the tag that begins at `start`; *end is where it ends. */
static bool take_tag(struct parser *p, size_t start, size_t *end, struct err *err)
{
    const bool triple = start + 2 < p->template.length && p->template.at[start + 2] == '{';
    const size_t inside = start + (triple ? 3 : 2);
    const size_t close = find(p, inside, triple ? "}}}" : "}}");
    if (close == p->template.length)
        return mistake(p, start, err, "a tag is not closed", (struct str){0});
    *end = close + (triple ? 3 : 2);
    struct str body = str_trim((struct str){p->template.at + inside, close - inside});
    const char first = body.length > 0 ? body.at[0] : '\0';
    const bool comment = !triple && first == '!';
    if (!triple && (first == '=' || first == '<' || first == '$'))
        return mistake(p, start, err, "other delimiters and inheritance are not supported: ", body);
    enum page_token_kind kind = PAGE_TOKEN_RAW;
    if (!triple && !comment) {
        const bool sigil = first != '\0' && strchr("#^/>&", first) != NULL;
        if (!kind_of(sigil ? first : '\0', &kind))
            return mistake(p, start, err, "a tag that is not known: ", body);
        if (sigil)
            body = str_trim((struct str){body.at + 1, body.length - 1});
    }
    if (!comment && !name_is_legal(body))
        return mistake(p, start, err, "no name can be read in this tag: ", body);
    size_t line_start = start;
    size_t line_end = *end;
    const bool shapes_lines = comment || (kind != PAGE_TOKEN_VALUE && kind != PAGE_TOKEN_RAW);
    const bool alone = shapes_lines && stands_alone(p, start, *end, &line_start, &line_end);
    if (!push_text(p, alone ? line_start : start, err))
        return false;
    p->text_from = alone ? line_end : *end;
    if (comment)
        return true;
    const struct page_token token = {
        .kind = kind,
        .text = body,
        .indent = {p->template.at + line_start, alone && kind == PAGE_TOKEN_PARTIAL ? start - line_start : 0},
        .line = p->line,
        .column = (int32_t)(start - p->line_start) + 1,
    };
    if (!push(p, token, err))
        return false;
    if (kind == PAGE_TOKEN_SECTION || kind == PAGE_TOKEN_INVERTED)
        return open_section(p, start, body, err);
    return kind != PAGE_TOKEN_CLOSE || close_section(p, start, body, err);
}

bool page_parse(struct str template, const char *path, struct page_tokens *out, struct err *err)
{
    struct parser p = {.template = template, .path = path, .line = 1, .out = out};
    bool ok = true;
    while (ok && p.at < template.length) {
        const size_t start = find(&p, p.at, "{{");
        advance(&p, start);
        if (start == template.length)
            break;
        size_t end = start;
        ok = take_tag(&p, start, &end, err);
        if (ok)
            advance(&p, end);
    }
    ok = ok && push_text(&p, template.length, err);
    if (ok && p.n_open > 0) {
        const struct page_token *opener = &out->at[p.open[p.n_open - 1]];
        ok = err_set_at(err, ERR_DATA, path, opener->line, opener->column, "the section %.*s is never closed",
                        (int)opener->text.length, opener->text.at);
    }
    if (!ok)
        page_tokens_free(out);
    return ok;
}
