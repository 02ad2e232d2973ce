/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/page_parse.h: a template as a row of tokens. Internal to render/page.
 *
 * Ownership: tokens borrow the template's bytes; page_tokens_free releases the row. */
#ifndef TURNCURVE_RENDER_PAGE_PARSE_H
#define TURNCURVE_RENDER_PAGE_PARSE_H

#include "base/str.h"

enum page_token_kind {
    PAGE_TOKEN_TEXT,
    PAGE_TOKEN_VALUE,    /* {{name}} */
    PAGE_TOKEN_RAW,      /* {{{name}}}, {{&name}} */
    PAGE_TOKEN_SECTION,  /* {{#name}} */
    PAGE_TOKEN_INVERTED, /* {{^name}} */
    PAGE_TOKEN_CLOSE,    /* {{/name}} */
    PAGE_TOKEN_PARTIAL   /* {{>name}} */
};

struct page_token {
    enum page_token_kind kind;
    struct str text;   /* the words of TEXT, else the name */
    struct str indent; /* blanks before a PARTIAL that stands alone on its line */
    size_t partner;    /* index of the CLOSE of a SECTION or INVERTED */
    int32_t line, column;
};

struct page_tokens {
    struct page_token *at;
    size_t n, capacity;
};

/* Cuts a template into tokens; `path` names it in errors (ERR_DATA with line and column). */
bool page_parse(struct str template, const char *path, struct page_tokens *out, struct err *err);
void page_tokens_free(struct page_tokens *tokens);

#endif
