/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/phrase.h: a short text of a plan cut into words, numbers and marks.
 *
 * Ownership: nothing is allocated; a phrase borrows its source text, its tokens are inside it.
 *
 * Whatever people's typing and old documents add is levelled here, so that grammars need not know it: letters
 * become lower case, every kind of dash "-", every kind of quote "'", no-break spaces and control characters
 * blanks. A word is a run of letters (any byte beyond ASCII counts as one), a number a run of figures: "3A.1"
 * is 3, a, ".", 1. */
#ifndef TURNCURVE_PLAN_PHRASE_H
#define TURNCURVE_PLAN_PHRASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
    PHRASE_LONGEST = 2000, /* bytes */
    PHRASE_TOKENS = 200,
    PHRASE_WORD = 24 /* bytes of a word that are kept, with the NUL */
};

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK };

struct token {
    enum token_kind kind;
    char mark;              /* TOKEN_MARK: the character */
    char word[PHRASE_WORD]; /* TOKEN_WORD: in lower case, cut when longer; else "" */
    int32_t value;          /* TOKEN_NUMBER: up to 9 figures; -1 when there are more */
    int32_t digits;         /* TOKEN_NUMBER: figures, leading noughts too */
    int32_t from, to;       /* bytes of the source, [from, to) */
};

struct phrase {
    struct str source;
    int32_t n;                              /* tokens before the one that ends them */
    struct token tokens[PHRASE_TOKENS + 1]; /* tokens[n].kind is TOKEN_END */
};

/* Cuts a text; any bytes will do. False when it is longer than PHRASE_LONGEST or has more than PHRASE_TOKENS
 * tokens: that is no phrase but a report. Cost: O(length). */
bool phrase_cut(struct str text, struct phrase *out);

/* How many tokens from `first` on are the words of `words` (in lower case, a blank between them), whatever
 * dashes, slashes, full stops and quotes stand between; 0 when they are others. */
int32_t phrase_match(const struct token *first, const char *words);

#endif
