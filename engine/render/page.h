/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/page.h: templates filled with values: the logic-free core of Mustache.
 *
 * Ownership: values live in the arena that made them; they borrow keys (constants) and copy texts. A page
 * appends to the caller's text.
 *
 * Tags, by the Mustache specification 1.4.2 (mustache(5)): {{name}}, {{a.b}}, {{.}}, {{#section}}
 * {{^inverted}}
 * {{/end}}, {{! comment}}, {{>partial}}, with its rules for lines on which a tag stands alone and for the
 * indentation of partials. {{name}} escapes & < > " '. {{{name}}} and {{&name}} write a value as it is and
 * are allowed only for values made by page_add_markup, which the program itself wrote. A name that is not
 * known is an error (the specification would write nothing), and so are other delimiters, lambdas,
 * inheritance and dynamic names. */
#ifndef TURNCURVE_RENDER_PAGE_H
#define TURNCURVE_RENDER_PAGE_H

#include "base/arena.h"
#include "base/table.h"

enum page_kind { PAGE_MAP, PAGE_LIST, PAGE_TEXT, PAGE_MARKUP, PAGE_FLAG };

struct page_value {
    enum page_kind kind;
    const char *key;  /* in a map; NULL in a list */
    const char *text; /* of PAGE_TEXT and PAGE_MARKUP */
    bool flag;
    struct page_value *first, *last, *next; /* members of a map or list, in order */
};

/* An empty map, the root of a page's values. NULL with err filled when out of memory, as all that follow. */
struct page_value *page_new(struct arena *arena, struct err *err);
/* Each adds a member to a map (key given) or to a list (key NULL). */
struct page_value *page_add_map(struct arena *arena, struct page_value *parent, const char *key,
                                struct err *err);
struct page_value *page_add_list(struct arena *arena, struct page_value *parent, const char *key,
                                 struct err *err);
/* Text of any origin: it is escaped wherever it is written. NULL counts as "". */
bool page_add_text(struct arena *arena, struct page_value *parent, const char *key, const char *text,
                   struct err *err);
/* Markup that the program wrote itself, never text from a file. */
bool page_add_markup(struct arena *arena, struct page_value *parent, const char *key, const char *markup,
                     struct err *err);
bool page_add_flag(struct arena *arena, struct page_value *parent, const char *key, bool flag,
                   struct err *err);
/* A table as a map: name, columns (a list of maps: name, number) and rows (maps: cells, a list of maps: text,
 * number, head, true in the first column). Numbers have thousands commas, dates are words, money has a pound
 * sign. `number` tells a template to align to the right. */
bool page_add_table(struct arena *arena, struct page_value *parent, const char *key,
                    const struct table *table, struct err *err);

/* How partials are found: appends the template of a name to out and writes where it is to path. */
struct page_source {
    bool (*read)(const void *context, const char *name, struct text *out, char path[256], struct err *err);
    const void *context;
};
/* Renders the template `name` of the source. ERR_DATA with file, line and column for a mistake in a template:
 * an unknown name (the message has the nearest known one), a section not closed, a tag that is not supported,
 * partials that never end. */
bool page_render(const struct page_source *source, const char *name, const struct page_value *root,
                 struct text *out, struct err *err);
/* As page_render, with templates reports/NAME.mustache through reports_read; folder may be NULL. */
bool page_render_report(const char *folder, const char *name, const struct page_value *root, struct text *out,
                        struct err *err);

#endif
