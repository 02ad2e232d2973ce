/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tree of the document is made safe before it is written: what may not stay is cut out of it, so that not
 * even the comments remain that the safe mode of libcmark puts in its place. Safe mode stays on as a second
 * net. */
#include "render/commentary.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { HEADING_WORDS = 64, LEVEL_LAST = 6 };

static const struct {
    const char *key, *headings;
} parts[COMMENTARY_PART_COUNT] = {
#define PART(member, key, headings) [COMMENTARY_##member] = {key, headings},
#include "render/commentary.def"
#undef PART
};

void commentary_free(struct commentary *commentary)
{
    for (size_t i = 0; i < COMMENTARY_PART_COUNT; i++)
        text_free(&commentary->parts[i]);
    *commentary = (struct commentary){0};
}

const char *commentary_key(enum commentary_part part)
{
    return parts[part].key;
}

/* ---- what may be read -------------------------------------------------------------------------------- */

static bool check_bytes(struct str markdown, const char *path, struct err *err)
{
    int32_t line = 1;
    if (markdown.length > COMMENTARY_BYTES_MOST)
        return err_set_at(
            err, ERR_DATA, path, 0, 0,
            "a commentary of %zu bytes is too long; a card has room for some 200 words, %d bytes are read at "
            "most",
            markdown.length, COMMENTARY_BYTES_MOST);
    for (size_t i = 0; i < markdown.length;) {
        const struct str rest = {markdown.at + i, markdown.length - i};
        const size_t length = str_utf8_sequence(rest);
        if (length == 0 || !str_is_clean_utf8((struct str){rest.at, length}))
            return err_set_at(err, ERR_DATA, path, line, 0,
                              "the commentary is not UTF-8 text (byte 0x%02x); save it as UTF-8",
                              (unsigned)(unsigned char)rest.at[0]);
        line += rest.at[0] == '\n' ? 1 : 0;
        i += length;
    }
    return true;
}

static bool check_nesting(cmark_node *document, const char *path, struct err *err)
{
    bool ok = true;
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event = cmark_iter_next(iter); ok && event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter)) {
        cmark_node *node = cmark_iter_get_node(iter);
        int32_t depth = 0;
        for (cmark_node *up = node; up != NULL && depth <= COMMENTARY_NESTING_MOST;
             up = cmark_node_parent(up))
            depth++;
        if (depth > COMMENTARY_NESTING_MOST)
            ok = err_set_at(err, ERR_DATA, path, cmark_node_get_start_line(node), 0,
                            "the commentary is nested more than %d deep", COMMENTARY_NESTING_MOST);
    }
    cmark_iter_free(iter);
    return ok;
}

/* ---- what may stay ----------------------------------------------------------------------------------- */

static bool is_safe_link(cmark_node *link)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    const char *url = cmark_node_get_url(link);
    if (cmark_node_first_child(link) == NULL) /* nothing to read or to click */
        return false;
    for (size_t i = 0; url != NULL && i < sizeof schemes / sizeof schemes[0]; i++) {
        const size_t length = strlen(schemes[i]);
        if (strlen(url) > length && str_equal_ignore_case((struct str){url, length}, str_of(schemes[i])))
            return true;
    }
    return false;
}

/* Puts a node's children in its place. */
static void unwrap(cmark_node *node)
{
    for (cmark_node *child = cmark_node_first_child(node); child != NULL;
         child = cmark_node_first_child(node))
        cmark_node_insert_before(node, child); /* takes it out of where it was */
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* Nodes are changed on leaving them, when their children are done and the iterator needs them no more. */
static void clean(cmark_node *document, struct commentary *out)
{
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event = cmark_iter_next(iter); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter)) {
        cmark_node *node = cmark_iter_get_node(iter);
        const cmark_node_type type = cmark_node_get_type(node);
        const bool raw = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
        if (raw) {
            cmark_node_unlink(node);
            cmark_node_free(node);
        } else if (event != CMARK_EVENT_EXIT ||
                   (type != CMARK_NODE_IMAGE && (type != CMARK_NODE_LINK || is_safe_link(node)))) {
            continue;
        } else {
            unwrap(node);
        }
        out->n_left_out++;
    }
    cmark_iter_free(iter);
}

/* ---- blocks and headings ----------------------------------------------------------------------------- */

/* The words of a heading, cut. */
static struct str heading_words(cmark_node *heading, char words[HEADING_WORDS])
{
    size_t n = 0;
    cmark_iter *iter = cmark_iter_new(heading);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        const char *literal = cmark_node_get_literal(cmark_iter_get_node(iter));
        for (; literal != NULL && *literal != '\0' && n + 1 < HEADING_WORDS; literal++)
            words[n++] = *literal;
    }
    cmark_iter_free(iter);
    words[n] = '\0';
    return str_trim((struct str){words, n});
}

static bool is_part(struct str words, enum commentary_part *out)
{
    for (size_t i = 0; i < COMMENTARY_PART_COUNT; i++)
        for (const char *at = parts[i].headings; *at != '\0';) {
            const size_t length = strcspn(at, "|");
            if (str_equal_ignore_case(words, (struct str){at, length})) {
                *out = (enum commentary_part)i;
                return true;
            }
            at += length + (at[length] == '|' ? 1 : 0);
        }
    return false;
}

/* The first heading of a block gets the level asked for; what was deeper stays so, by one level a step. */
static void shift_headings(cmark_node *document, int32_t level)
{
    int32_t was = 0;
    int32_t is = level - 1;
    for (cmark_node *node = cmark_node_first_child(document); node != NULL; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        const int32_t own = cmark_node_get_heading_level(node);
        is = own > was ? is + 1 : is - (was - own);
        is = is < level ? level : is > LEVEL_LAST ? LEVEL_LAST : is;
        was = own;
        cmark_node_set_heading_level(node, is);
    }
}

/* Headings inside quotations and lists would stand outside the order of the page: they become paragraphs. */
static void flatten_headings(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event = cmark_iter_next(iter); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter)) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_HEADING ||
            cmark_node_parent(node) == document)
            continue;
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_insert_before(node, paragraph);
        for (cmark_node *child = cmark_node_first_child(node); child != NULL;
             child = cmark_node_first_child(node))
            cmark_node_append_child(paragraph, child);
        cmark_node_unlink(node);
        cmark_node_free(node);
    }
    cmark_iter_free(iter);
}

static bool write_part(cmark_node *document, int32_t level, struct text *out, struct err *err)
{
    shift_headings(document, level);
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    const bool ok = html == NULL ? err_no_memory(err) : text_append_c(out, html, err);
    free(html);
    return ok;
}

/* Blocks go from the document to the part whose heading stood last. */
static bool divide(cmark_node *document, int32_t level, struct commentary *out, struct err *err)
{
    cmark_node *documents[COMMENTARY_PART_COUNT];
    enum commentary_part part = COMMENTARY_STORY;
    bool ok = true;
    for (size_t i = 0; i < COMMENTARY_PART_COUNT; i++)
        documents[i] = cmark_node_new(CMARK_NODE_DOCUMENT);
    for (cmark_node *node = cmark_node_first_child(document); node != NULL;
         node = cmark_node_first_child(document)) {
        char words[HEADING_WORDS];
        const bool heading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
        if (heading && (cmark_node_first_child(node) == NULL || is_part(heading_words(node, words), &part))) {
            cmark_node_unlink(node);
            cmark_node_free(node);
        } else {
            cmark_node_append_child(documents[part], node);
        }
    }
    for (size_t i = 0; i < COMMENTARY_PART_COUNT; i++) {
        ok = ok && write_part(documents[i], level, &out->parts[i], err);
        cmark_node_free(documents[i]);
    }
    return ok;
}

bool commentary_read(struct str markdown, const char *path, int32_t level, struct commentary *out,
                     struct err *err)
{
    *out = (struct commentary){0};
    if (str_starts_with(markdown, "\xEF\xBB\xBF"))
        markdown = (struct str){markdown.at + 3, markdown.length - 3};
    if (!check_bytes(markdown, path, err))
        return false;
    cmark_node *document =
        cmark_parse_document(markdown.at == NULL ? "" : markdown.at, markdown.length, CMARK_OPT_DEFAULT);
    bool ok = document != NULL ? check_nesting(document, path, err) : err_no_memory(err);
    if (ok) {
        clean(document, out);
        flatten_headings(document);
        ok = divide(document, level, out, err);
    }
    cmark_node_free(document);
    if (!ok)
        commentary_free(out);
    return ok;
}
