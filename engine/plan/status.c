/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass: each word of state becomes a status as its clause turns it, and is set against the statuses
 * before. */
#include "plan/status.h"

#include <string.h>

#include "plan/phrase.h"

enum word_class {
    CLASS_OTHER,
    CLASS_NOT,
    CLASS_FUTURE,
    CLASS_BEING,
    CLASS_FINITE,
    CLASS_BEEN,
    CLASS_EARLY,
    CLASS_DONE,
    CLASS_PARTICIPLE, /* a word that ends in -ed and no row knows */
    CLASS_BEGUN,
    CLASS_BEGIN,
    CLASS_ON_TRACK,
    CLASS_ONGOING,
    CLASS_PLANNED,
    CLASS_DELAY,
    CLASS_OFF,
    CLASS_SUPERSEDED,
    CLASS_SEE,
    CLASS_NOTHING,
    CLASS_STOP
};

enum { ALL_PERCENT = 100, PARTICIPLE_SHORTEST = 5 };

static const struct {
    const char *words;
    enum word_class class;
} rows[] = {
#define STATUS_WORDS(words, class) {words, CLASS_##class},
#include "plan/status_words.def"
#undef STATUS_WORDS
};

static const struct {
    const char *name, *words;
} statuses[ACTION_STATUS_COUNT] = {
#define STATUS(member, name, words) {name, words},
#include "plan/status.def"
#undef STATUS
};

const char *status_name(enum action_status status)
{
    bug_if((unsigned)status >= ACTION_STATUS_COUNT);
    return statuses[status].name;
}

const char *status_words(enum action_status status)
{
    bug_if((unsigned)status >= ACTION_STATUS_COUNT);
    return statuses[status].words;
}

/* Longest row from a token on; *taken is at least 1. */
static enum word_class class_of(const struct token *first, int32_t *taken)
{
    enum word_class class = CLASS_OTHER;
    const size_t length = strlen(first->word);
    *taken = 1;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int32_t tokens = phrase_match(first, rows[i].words);
        if (tokens > 0 && (class == CLASS_OTHER || tokens > *taken)) {
            class = rows[i].class;
            *taken = tokens;
        }
    }
    if (class == CLASS_OTHER && length >= PARTICIPLE_SHORTEST && strcmp(first->word + length - 2, "ed") == 0)
        class = CLASS_PARTICIPLE;
    return class;
}

/* What the clause has said so far of a state that may follow. */
struct clause {
    bool not, future, finite, being, been, early;
};

/* A past participle or another word for done. */
static enum action_status turn_done(const struct clause *clause)
{
    if (clause->not )
        return ACTION_OFF_TRACK;
    if (clause->being)
        return clause->finite ? ACTION_ONGOING : ACTION_ON_TRACK;
    return clause->future ? ACTION_NOT_STARTED : ACTION_COMPLETE;
}

/* ACTION_UNKNOWN: says nothing. */
static enum action_status turn(enum word_class class, const struct clause *clause, bool ends)
{
    switch (class) {
    case CLASS_DONE:
        return turn_done(clause);
    case CLASS_PARTICIPLE: /* "panel recruited", "has been added"; not "detailed plan" */
        return ends || clause->been || clause->being || clause->future ? turn_done(clause) : ACTION_UNKNOWN;
    case CLASS_BEGUN:
        return clause->not || clause->future ? ACTION_NOT_STARTED : ACTION_ON_TRACK;
    case CLASS_BEGIN:
        return clause->not || clause->future ? ACTION_NOT_STARTED : ACTION_UNKNOWN;
    case CLASS_ON_TRACK:
        return clause->not ? ACTION_OFF_TRACK : ACTION_ON_TRACK;
    case CLASS_ONGOING:
        return clause->not ? ACTION_UNKNOWN : ACTION_ONGOING;
    case CLASS_PLANNED:
        return ACTION_NOT_STARTED;
    case CLASS_DELAY:
        return clause->not ? ACTION_ON_TRACK : ACTION_DELAYED;
    case CLASS_OFF:
        return clause->not ? ACTION_ON_TRACK : ACTION_OFF_TRACK;
    case CLASS_SUPERSEDED:
        return ACTION_SUPERSEDED;
    case CLASS_SEE:
    case CLASS_NOTHING:
    case CLASS_NOT:
    case CLASS_FUTURE:
    case CLASS_BEING:
    case CLASS_FINITE:
    case CLASS_BEEN:
    case CLASS_EARLY:
    case CLASS_STOP:
    case CLASS_OTHER:
        break;
    }
    return ACTION_UNKNOWN;
}

static void remember(struct clause *clause, enum word_class class)
{
    clause->not = clause->not || class == CLASS_NOT;
    clause->future = clause->future || class == CLASS_FUTURE;
    clause->finite = clause->finite || class == CLASS_FINITE;
    clause->being = clause->being || class == CLASS_BEING;
    clause->been = clause->been || class == CLASS_BEEN;
    clause->early = clause->early || class == CLASS_EARLY;
    if (class == CLASS_STOP)
        *clause = (struct clause){0};
}

static bool is_pair(enum action_status a, enum action_status b, enum action_status x, enum action_status y)
{
    return (a == x && b == y) || (a == y && b == x);
}

/* The status of what was said before and what is said now. */
static enum action_status join(enum action_status before, enum action_status now)
{
    const bool trouble = before == ACTION_DELAYED || before == ACTION_OFF_TRACK;
    if (before == ACTION_UNKNOWN || before == ACTION_SUPERSEDED || now == ACTION_UNKNOWN)
        return before == ACTION_UNKNOWN ? now : before;
    if (is_pair(before, now, ACTION_COMPLETE, ACTION_ONGOING))
        return ACTION_ONGOING;
    if (is_pair(before, now, ACTION_COMPLETE, ACTION_NOT_STARTED))
        return ACTION_ON_TRACK;
    if (trouble && (now == ACTION_ONGOING || now == ACTION_NOT_STARTED))
        return before;
    if (before == ACTION_ON_TRACK && now == ACTION_ONGOING)
        return before;
    return now;
}

/* "80% complete" */
static bool is_part(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->value >= 0 && token->value < ALL_PERCENT &&
           token[1].kind == TOKEN_MARK && token[1].mark == '%';
}

static bool ends_clause(const struct token *token)
{
    return token->kind == TOKEN_END ||
           (token->kind == TOKEN_MARK && token->mark != '-' && token->mark != '/' && token->mark != '\'');
}

bool status_read(struct str text, enum action_status *out)
{
    struct phrase phrase;
    struct clause clause = {0};
    bool nothing = true; /* no word yet that asks to be understood */
    bool partly = false; /* what is complete is a first part only */
    *out = ACTION_UNKNOWN;
    if (!phrase_cut(text, &phrase))
        return false;
    for (int32_t i = 0; i < phrase.n;) {
        const struct token *token = &phrase.tokens[i];
        int32_t taken = 1;
        if (token->kind == TOKEN_WORD) {
            const enum word_class class = class_of(token, &taken);
            const bool first = i == 0 || (i == 1 && phrase.tokens[0].kind == TOKEN_MARK);
            const bool ends = ends_clause(token + taken) || token[taken].kind == TOKEN_NUMBER;
            if (class == CLASS_NOTHING && first)
                return true;
            if (class == CLASS_SEE && first)
                *out = ACTION_SUPERSEDED;
            const enum action_status now = turn(class, &clause, ends);
            *out = join(*out, now);
            partly = now == ACTION_COMPLETE ? clause.early : partly;
            remember(&clause, class);
            nothing = false;
        } else if (is_part(token)) {
            clause.early = true;
        } else if (ends_clause(token)) {
            if (token->mark != '%' && token->mark != '(')
                clause = (struct clause){0};
        }
        i += taken;
    }
    if (*out == ACTION_COMPLETE && partly)
        *out = ACTION_ON_TRACK;
    return nothing || *out != ACTION_UNKNOWN;
}
