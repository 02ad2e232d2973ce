/* SPDX-License-Identifier: GPL-3.0-or-later
 * At each token the longest row of the vocabulary that fits is taken; what no row knows may be like one. Then
 * a pass over the lexemes takes out numbers that are no time. */
#include "plan/due_words.h"

#include <string.h>

#include "plan/when.h"

enum {
    SHORTEST_MONTH = 3,  /* letters of a beginning of a month's name */
    LONG_WORD = 8,       /* letters from which two slips are forgiven */
    SUBSTITUTE_FROM = 6, /* letters from which another letter in a month is a slip, not another word */
    PAST_SHORTEST = 5
};

struct row {
    const char *words;
    enum due_class class;
    int32_t value;
};
static const struct row rows[] = {
#define DUE_WORDS(words, class, value) {words, CLASS_##class, value},
#include "plan/due_words_said.def"
#include "plan/due_words_time.def"
#undef DUE_WORDS
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct row *find_row(const struct token *first, int32_t *taken)
{
    const struct row *best = NULL;
    *taken = 0;
    for (int32_t i = 0; i < ROWS; i++) {
        if (rows[i].words[0] != first->word[0])
            continue;
        const int32_t tokens = phrase_match(first, rows[i].words);
        if (tokens > *taken) {
            *taken = tokens;
            best = &rows[i];
        }
    }
    return best;
}

/* Shortest word of a class that may be misspelt; 0: none may. Short words are too like others. */
static size_t shortest_misspelt(enum due_class class)
{
    if (class == CLASS_MONTH)
        return 5;
    if (class == CLASS_SEASON || class == CLASS_RATE)
        return 6;
    if (class == CLASS_ONGOING || class == CLASS_EVENT)
        return 7;
    return class == CLASS_IMMEDIATE || class == CLASS_FINISHED ? 9 : 0;
}

/* A letter left out, put in or swapped with its neighbour; in long words two of them. Another letter instead
 * makes another word more often than a slip ("string", "match"), but in months with long names. */
static bool is_like(struct str word, const struct row *row)
{
    const struct str name = str_of(row->words);
    const size_t shortest = shortest_misspelt(row->class);
    if (shortest == 0 || name.length < shortest || word.length < 4 || word.at[0] != name.at[0] ||
        memchr(name.at, ' ', name.length) != NULL)
        return false;
    const int slips = str_edit_distance(word, name);
    if (slips > (name.length >= LONG_WORD ? 2 : 1))
        return false;
    if (word.length != name.length || (row->class == CLASS_MONTH && name.length >= SUBSTITUTE_FROM))
        return true;
    int32_t differ = 0;
    for (size_t i = 0; i < name.length; i++)
        differ += word.at[i] != name.at[i];
    return differ != 1;
}

/* Beside a number a month may have lost more letters: "sptmbr 2012", "jly 12", "juen 2012". */
static const struct row *find_month_beside_number(const struct token *token)
{
    const struct str word = str_of(token->word);
    for (int32_t i = 0; i < ROWS; i++) {
        const struct str name = str_of(rows[i].words);
        size_t found = 0;
        if (rows[i].class != CLASS_MONTH || name.length < 4 || word.length < 3 || word.at[0] != name.at[0] ||
            word.at[word.length - 1] != name.at[name.length - 1] || 3 * word.length < 2 * name.length)
            continue;
        for (size_t k = 0; k < name.length && found < word.length; k++)
            found += word.at[found] == name.at[k];
        if (found == word.length)
            return &rows[i];
    }
    for (int32_t i = 0; i < ROWS; i++)
        if (rows[i].class == CLASS_MONTH && word.length == strlen(rows[i].words) && word.length == 4 &&
            word.at[0] == rows[i].words[0] && word.at[1] == rows[i].words[1] &&
            word.at[2] == rows[i].words[3] && word.at[3] == rows[i].words[2])
            return &rows[i];
    return NULL;
}

static const struct row *find_like(const struct token *token)
{
    const struct str word = str_of(token->word);
    for (int32_t i = 0; i < ROWS; i++)
        if (rows[i].class == CLASS_MONTH && word.length >= SHORTEST_MONTH &&
            str_starts_with(str_of(rows[i].words), token->word))
            return &rows[i];
    for (int32_t i = 0; i < ROWS; i++)
        if (is_like(word, &rows[i]))
            return &rows[i];
    return NULL;
}

/* The month whose name two tokens make together. */
static const struct row *find_torn(const struct token *first)
{
    const size_t length = strlen(first->word);
    if (first[1].kind != TOKEN_WORD || length == 0)
        return NULL;
    for (int32_t i = 0; i < ROWS; i++)
        if (rows[i].class == CLASS_MONTH && str_starts_with(str_of(rows[i].words), first->word) &&
            strcmp(rows[i].words + length, first[1].word) == 0)
            return &rows[i];
    return NULL;
}

/* "on-goinng": both parts together are like a word; *taken are the tokens of it. */
static const struct row *find_torn_like(const struct token *first, int32_t *taken)
{
    const struct token *second = first + 1;
    struct token joined = {.kind = TOKEN_WORD};
    int32_t ignored = 0;
    if (strcmp(first->word, "on") != 0)
        return NULL;
    if (second->kind == TOKEN_MARK && second->mark == '-')
        second++;
    if (second->kind != TOKEN_WORD || find_row(second, &ignored) != NULL ||
        strlen(first->word) + strlen(second->word) >= PHRASE_WORD)
        return NULL;
    memcpy(joined.word, first->word, strlen(first->word));
    memcpy(joined.word + strlen(first->word), second->word, strlen(second->word));
    const struct row *row = find_like(&joined);
    *taken = (int32_t)(second - first) + 1;
    return row != NULL && row->class == CLASS_ONGOING ? row : NULL;
}

static bool ends_in_ed(const char *word)
{
    const size_t length = strlen(word);
    return length >= PAST_SHORTEST && word[length - 2] == 'e' && word[length - 1] == 'd';
}

static int32_t name_word(const struct token *token, bool number_before, struct lexeme *out)
{
    int32_t taken = 2;
    const struct row *row = find_torn(token);
    if (row == NULL)
        row = find_torn_like(token, &taken);
    if (row == NULL)
        row = find_row(token, &taken);
    if (row == NULL) {
        taken = 1;
        row = find_like(token);
    }
    if (row == NULL && (number_before || token[1].kind == TOKEN_NUMBER))
        row = find_month_beside_number(token);
    if (row == NULL) {
        out->class = ends_in_ed(token->word) ? CLASS_PAST : CLASS_FREE;
        return 1;
    }
    out->class = row->class == CLASS_ORDINAL ? CLASS_NUMBER : row->class;
    out->ordinal = row->class == CLASS_ORDINAL;
    out->value = row->value;
    return taken;
}

static bool is_ordinal_end(const struct token *token)
{
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; token->kind == TOKEN_WORD && i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(token->word, ends[i]) == 0)
            return true;
    return false;
}

static int32_t name_number(const struct token *token, struct lexeme *out)
{
    out->class = CLASS_NUMBER;
    out->value = token->value;
    out->digits = token->digits;
    out->ordinal = token->digits <= 2 && is_ordinal_end(token + 1);
    return out->ordinal ? 2 : 1;
}

static bool is_mark(const struct lexeme *lexeme, char mark)
{
    return lexeme->class == CLASS_MARK && lexeme->mark == mark;
}

static bool touches(const struct lexeme *left, const struct lexeme *right)
{
    return left->to == right->from;
}

/* Lexemes from i on, beginning with a number, that count something else than time; 0 none. */
static int32_t other_number(const struct lexemes *all, int32_t i)
{
    const struct lexeme *at = &all->at[i];
    const bool figures = at[1].class != CLASS_END && at[2].class == CLASS_NUMBER && at[2].digits > 0;
    if (i > 0 && is_mark(&at[-1], '#') && touches(&at[-1], at))
        return 1;
    if (is_mark(&at[1], '%') || at[1].class == CLASS_CLOCK)
        return 2;
    if (at->digits == 0)
        return 0;
    if (i == 0 && is_mark(&at[1], ')'))
        return 2;
    if (i == 0 && at->digits == 1 && is_mark(&at[1], '.') && !touches(&at[1], &at[2]) &&
        at[2].class != CLASS_NUMBER)
        return 2;
    if (figures && is_mark(&at[1], ',') && at[2].digits == 3 && touches(&at[1], &at[2]))
        return 3; /* thousands */
    if (figures && is_mark(&at[1], ':') && at[2].digits == 2 && touches(at, &at[1]))
        return 3; /* a time */
    if (figures && is_mark(&at[1], '/') && at->value == 24 && at[2].value == 7 && at[2].digits == 1 &&
        !is_mark(&at[3], '/'))
        return 3; /* round the clock */
    return 0;
}

/* Lexemes of the numbers behind a label: "2", "16.1", "10-11"; not the day of a date. */
static int32_t labelled_numbers(const struct lexeme *at)
{
    int32_t n = 1;
    if (at->class != CLASS_NUMBER || at->digits == 0 || at->digits > 2 || at->ordinal ||
        (at->value > 9 && at[1].class == CLASS_MONTH))
        return 0;
    while (at[n].class == CLASS_MARK && (at[n].mark == '.' || at[n].mark == '-' || at[n].mark == '/') &&
           touches(&at[n - 1], &at[n]) && touches(&at[n], &at[n + 1]) && at[n + 1].class == CLASS_NUMBER)
        n += 2;
    return n;
}

static void take_out(struct lexeme *at, int32_t n)
{
    for (int32_t k = 0; k < n; k++)
        at[k].class = CLASS_FREE;
}

void due_words_name(const struct phrase *phrase, struct lexemes *out)
{
    out->phrase = phrase;
    out->n = 0;
    for (int32_t i = 0; i < phrase->n;) {
        const struct token *token = &phrase->tokens[i];
        struct lexeme *lexeme = &out->at[out->n++];
        int32_t taken = 1;
        *lexeme = (struct lexeme){.class = CLASS_MARK, .mark = token->mark};
        if (token->kind == TOKEN_WORD)
            taken = name_word(token, i > 0 && token[-1].kind == TOKEN_NUMBER, lexeme);
        else if (token->kind == TOKEN_NUMBER)
            taken = name_number(token, lexeme);
        i += taken;
        lexeme->from = token->from;
        lexeme->to = phrase->tokens[i - 1].to;
    }
    const int32_t end = phrase->tokens[phrase->n].from;
    out->at[out->n] = (struct lexeme){.class = CLASS_END, .from = end, .to = end};
    for (int32_t i = 0; i < out->n; i++) {
        if (out->at[i].class == CLASS_NUMBER)
            take_out(&out->at[i], other_number(out, i));
        else if (out->at[i].class == CLASS_LABEL)
            take_out(&out->at[i + 1], labelled_numbers(&out->at[i + 1]));
    }
}
