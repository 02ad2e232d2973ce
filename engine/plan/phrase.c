/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass over the bytes; the few characters beyond ASCII that mean something are named in a table, all
 * others beyond ASCII are letters. */
#include "plan/phrase.h"

#include <string.h>

enum { VALUE_DIGITS = 9 };

static const struct {
    const char *utf8;
    char same_as;
} levelled[] = {
    {"\xE2\x80\x90", '-'},  {"\xE2\x80\x91", '-'},  {"\xE2\x80\x92", '-'},  {"\xE2\x80\x93", '-'},
    {"\xE2\x80\x94", '-'},  {"\xE2\x80\x95", '-'},  {"\xE2\x88\x92", '-'},  {"\xE2\x80\x98", '\''},
    {"\xE2\x80\x99", '\''}, {"\xE2\x80\x9B", '\''}, {"\xE2\x80\x9C", '\''}, {"\xE2\x80\x9D", '\''},
    {"\xC2\xB4", '\''},     {"\xC2\xA3", '#'},      {"\xC2\xA0", ' '},      {"\xE2\x80\x89", ' '},
    {"\xE2\x80\xAF", ' '},  {"\xE2\x80\x8B", ' '},  {"\xEF\xBB\xBF", ' '},  {"\xE2\x80\xA2", '*'},
    {"\xC2\xB7", '*'},      {"\xE2\x80\xA6", '.'},  {"\xE2\x81\x84", '/'},  {"\xC2\xAD", ' '},
};

/* The character at a place as grammars see it, and how many bytes it takes. Letters beyond ASCII: the first
 * byte alone, as it is. */
static char level(struct str text, size_t at, size_t *bytes)
{
    const struct str rest = {text.at + at, text.length - at};
    const char c = rest.at[0];
    *bytes = 1;
    if ((unsigned char)c >= 0x80)
        for (size_t i = 0; i < sizeof levelled / sizeof levelled[0]; i++)
            if (str_starts_with(rest, levelled[i].utf8)) {
                *bytes = strlen(levelled[i].utf8);
                return levelled[i].same_as;
            }
    if ((unsigned char)c < 0x20 || c == 0x7F)
        return ' ';
    if (c == '`' || c == '"')
        return '\'';
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads on while the characters are of the token's kind; returns the place behind it. */
static size_t take(struct str text, size_t at, struct token *token)
{
    size_t length = 0;
    size_t bytes = 0;
    token->from = (int32_t)at;
    for (; at < text.length; at += bytes) {
        const char c = level(text, at, &bytes);
        if (token->kind == TOKEN_WORD && is_letter(c)) {
            if (length + 1 < PHRASE_WORD)
                token->word[length++] = c;
        } else if (token->kind == TOKEN_NUMBER && is_figure(c)) {
            token->value = token->digits < VALUE_DIGITS ? token->value * 10 + (c - '0') : -1;
            token->digits++;
        } else {
            break;
        }
    }
    token->to = (int32_t)at;
    return at;
}

bool phrase_cut(struct str text, struct phrase *out)
{
    out->source = text;
    out->n = 0;
    if (text.length > PHRASE_LONGEST)
        return false;
    for (size_t at = 0; at < text.length;) {
        size_t bytes = 0;
        const char c = level(text, at, &bytes);
        if (c == ' ') {
            at += bytes;
            continue;
        }
        if (out->n == PHRASE_TOKENS)
            return false;
        struct token *token = &out->tokens[out->n++];
        *token = (struct token){.kind = is_letter(c) ? TOKEN_WORD : is_figure(c) ? TOKEN_NUMBER : TOKEN_MARK};
        if (token->kind != TOKEN_MARK) {
            at = take(text, at, token);
            continue;
        }
        token->mark = c;
        token->from = (int32_t)at;
        at += bytes;
        token->to = (int32_t)at;
    }
    out->tokens[out->n] =
        (struct token){.kind = TOKEN_END, .from = (int32_t)text.length, .to = (int32_t)text.length};
    return true;
}

/* Marks that may stand between words that belong together. */
static bool is_joint(const struct token *token)
{
    return token->kind == TOKEN_MARK &&
           (token->mark == '-' || token->mark == '/' || token->mark == '.' || token->mark == '\'');
}

int32_t phrase_match(const struct token *first, const char *words)
{
    const struct token *token = first;
    while (*words != '\0') {
        const size_t length = strcspn(words, " ");
        if (token != first)
            while (is_joint(token))
                token++;
        if (token->kind != TOKEN_WORD || strlen(token->word) != length ||
            memcmp(token->word, words, length) != 0)
            return 0;
        token++;
        words += words[length] == ' ' ? length + 1 : length;
    }
    return (int32_t)(token - first);
}
