/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass from left to right. At each lexeme the longest construct wins, in this order: a rate, a date that
 * counts from another, a date, a duration; what else there is only sets what it says of the dates around it.
 */
#include "plan/due_parse.h"

#include "plan/due_rate.h"

/* What the lexemes so far say of the next date. */
struct state {
    const struct due_source *source;
    struct due_said *out;
    enum due_relation relation;
    bool ranged, between, revised, former, past;
    bool future; /* since the last stop */
};

static void forget(struct state *state)
{
    state->relation = DUE_REL_NONE;
    state->ranged = state->between = state->revised = state->former = state->past = false;
}

static bool add_date(struct state *state, const struct due_date *date)
{
    struct due_said *out = state->out;
    const bool after_range = state->ranged && out->n_dates > 0;
    if (out->n_dates == DUE_DATES)
        return false;
    struct said_date *said = &out->dates[out->n_dates++];
    *said = (struct said_date){.date = *date,
                               .relation = state->relation,
                               .ranged = after_range,
                               .between = state->between,
                               .revised = state->revised || (after_range && said[-1].revised),
                               .former = state->former || (after_range && said[-1].former),
                               .past = state->past};
    struct when *when = &said->date.when;
    if (when->unit == WHEN_EVENT && when->number == WHEN_NEW_YEAR && state->relation != DUE_REL_BY &&
        state->relation != DUE_REL_BEFORE && when->part == WHEN_WHOLE) {
        when->unit = WHEN_MONTH; /* "in the new year" is no day */
        when->month = 1;
    }
    const bool between = state->between;
    forget(state);
    state->between = between && !after_range;
    return true;
}

/* True when lexemes from i on begin a date. */
static bool date_follows(const struct state *state, int32_t i)
{
    struct due_date ignored;
    return due_date_read(state->source, due_skip_noise(state->source->words, i), &ignored) > 0;
}

static bool joins_range(const struct lexeme *at)
{
    return at->class == CLASS_TO || due_is_mark(at, '-');
}

/* "now" is the context's day where a stretch begins with it, "from here on" where nothing else is said, and
 * what counts instead between two dates. */
static bool say_now(struct state *state, int32_t i)
{
    const struct lexeme *at = state->source->words->at;
    const day context = state->source->context;
    const bool joined =
        joins_range(&at[i + 1]) || at[i + 1].class == CLASS_AND || due_is_mark(&at[i + 1], '&');
    if (joined && (state->between || joins_range(&at[i + 1])) && date_follows(state, i + 2)) {
        const struct due_date date = {
            .when = {.unit = WHEN_SPAN, .earliest = context, .latest = context, .precision = DUE_BY_DAY}};
        return add_date(state, &date);
    }
    const bool alone = i == 0 && (at[1].class == CLASS_MARK || at[1].class == CLASS_END);
    if (state->out->n_dates > 0 && date_follows(state, i + 1))
        state->revised = true;
    else if (at[i].class == CLASS_IMMEDIATE || alone)
        state->out->immediate = true;
    return true;
}

/* The thing that must be before: a date is read next, a reference is taken, anything else has no date.
 * Returns the place to go on. */
static int32_t say_condition(struct state *state, int32_t i)
{
    const struct lexemes *words = state->source->words;
    int32_t k = i + 1;
    if (date_follows(state, k)) {
        state->relation = words->at[i].class == CLASS_AFTER ? DUE_REL_AFTER : DUE_REL_NONE;
        return k;
    }
    if (words->at[i].class == CLASS_AFTER && words->at[i].value == 1)
        return i + 1;
    while (words->at[k].class == CLASS_NOISE || words->at[k].class == CLASS_OF ||
           words->at[k].class == CLASS_LABEL || words->at[k].class == CLASS_DATE_WORD)
        k++;
    state->out->condition = true;
    state->future = true;
    const int32_t end = state->out->after[0] == '\0' ? due_reference_read(words, k, state->out->after) : 0;
    return end > 0 ? end : i + 1;
}

/* "see 3.1", "as action 2": the date stands there. */
static int32_t see_other(struct state *state, int32_t i)
{
    const struct lexemes *words = state->source->words;
    char ignored[DUE_REFERENCE];
    const int32_t end = due_reference_read(words, i + 1 + (words->at[i + 1].class == CLASS_LABEL), ignored);
    state->out->unset = state->out->unset || end > 0;
    return end;
}

static void say_mark(struct state *state, char mark)
{
    struct due_said *out = state->out;
    if (mark == '-')
        state->ranged = state->ranged || out->n_dates > 0;
    if (mark == ';' || mark == ',' || mark == '(' || mark == ')' || mark == '&' || mark == '/') {
        state->ranged = false;
        state->past = false;
        if (mark != '/' && mark != '&')
            state->future = false;
    }
}

/* States: true when the lexeme is one. */
static bool say_state(struct state *state, int32_t i)
{
    const struct lexeme *at = state->source->words->at;
    struct due_said *out = state->out;
    const bool to_do = i > 0 && at[i - 1].class == CLASS_TO;
    const enum due_class class = at[i].class;
    bool verb = false;
    switch ((int)class) {
    case CLASS_ONGOING:
        out->ongoing = true;
        break;
    case CLASS_BEGUN:
        out->begun = out->begun || !state->future;
        out->future = out->future || state->future;
        break;
    case CLASS_SINCE:
        out->begun = true;
        break;
    case CLASS_FINISHED:
        verb = at[i].value == 1 && (at[i + 1].class == CLASS_FREE || at[i + 1].class == CLASS_OCCASION ||
                                    at[i + 1].class == CLASS_NOISE || at[i + 1].class == CLASS_ARTICLE);
        if (at[i].value == 1) /* "review complete - Sept 2016" may be a wish */
            out->stands = out->stands || !(state->future || to_do || verb);
        else
            out->finished = out->finished || !(state->future || to_do);
        out->future = out->future || state->future || to_do;
        break;
    case CLASS_STANDS:
        out->stands = out->stands || !(state->future || to_do);
        out->future = out->future || state->future || to_do;
        break;
    case CLASS_IMMEDIATE:
        out->immediate = out->immediate || at[i + 1].class != CLASS_AFTER; /* "immediately after approval" */
        break;
    case CLASS_UNSET:
        out->unset = true;
        break;
    case CLASS_AS_AT:
        out->as_at = true;
        break;
    case CLASS_FUTURE:
    case CLASS_NOT:
        state->future = true;
        return true;
    default:
        return false;
    }
    state->former = state->revised = false;
    /* what happened lies behind: "launched in April" */
    const bool happened = class == CLASS_BEGUN || (class == CLASS_FINISHED && at[i].value == 0) ||
                          (class == CLASS_STANDS && at[i].value == 1);
    state->past = happened && !state->future && !to_do;
    return true;
}

/* Words that say something of the date behind them. */
static void say_word(struct state *state, int32_t i)
{
    const struct lexeme *at = &state->source->words->at[i];
    switch ((int)at->class) {
    case CLASS_TO:
        if (state->out->n_dates > 0 || state->between)
            state->ranged = true;
        if (state->relation != DUE_REL_BY)
            state->relation = DUE_REL_UNTIL;
        break;
    case CLASS_AND:
        state->ranged = state->between && state->out->n_dates > 0;
        state->past = false;
        break;
    case CLASS_BETWEEN:
        state->between = true;
        break;
    case CLASS_BY:
        state->relation = DUE_REL_BY;
        state->past = false;
        break;
    case CLASS_BEFORE:
        state->relation = DUE_REL_BEFORE;
        state->past = false;
        break;
    case CLASS_FROM:
        state->relation = DUE_REL_FROM;
        break;
    case CLASS_REVISED:
        state->revised = true;
        state->former = false;
        break;
    case CLASS_FORMER:
        state->former = true;
        break;
    case CLASS_PAST:
        state->past = !state->future;
        state->ranged = state->former = false;
        break;
    case CLASS_FREE:
    case CLASS_OCCASION:
    case CLASS_LABEL:
        state->ranged = state->past = state->revised = state->former = false;
        if (state->relation == DUE_REL_BEFORE) /* "before school starts in September" */
            state->relation = DUE_REL_NONE;
        break;
    default:
        break; /* articles, days of the week, times: they say nothing */
    }
}

/* A construct that begins at i; returns the place behind it, DATE_NO, or DATE_IMPOSSIBLE. */
static int32_t construct(struct state *state, int32_t i)
{
    const struct due_source *source = state->source;
    const struct lexemes *words = source->words;
    struct due_said *out = state->out;
    enum due_precision rate = DUE_BY_NONE;
    struct due_length length;
    struct due_date date;
    bool dated = true;
    int32_t end = due_rate_read(words, i, &rate);
    if (end > 0) {
        const enum due_class next = words->at[end].class;
        if (!out->rates || out->rate == DUE_BY_NONE)
            out->rate = rate;
        out->rates = true;
        out->adjective =
            next == CLASS_FREE || next == CLASS_OCCASION || next == CLASS_PAST || next == CLASS_LABEL;
        return end;
    }
    if (due_shift_read(source, i, out, &date, &dated, &end)) {
        if (end < 0 || !dated)
            return end;
        return add_date(state, &date) ? end : DATE_IMPOSSIBLE;
    }
    end = due_date_read(source, i, &date);
    if (end > 0)
        return add_date(state, &date) ? end : DATE_IMPOSSIBLE;
    if (end < 0)
        return end;
    end = due_length_read(words, i, &length);
    if (end > 0)
        out->duration = true;
    return end;
}

bool due_parse(const struct due_source *source, struct due_said *out)
{
    const struct lexemes *words = source->words;
    struct state state = {.source = source, .out = out};
    *out = (struct due_said){.rate = DUE_BY_NONE};
    for (int32_t i = 0; i < words->n;) {
        const struct lexeme *at = &words->at[i];
        out->words = out->words || at->class != CLASS_MARK;
        if (at->class == CLASS_NOW || (at->class == CLASS_IMMEDIATE && at->value == 1)) {
            if (!say_now(&state, i))
                return false;
            i++;
            continue;
        }
        const int32_t end = construct(&state, i);
        if (end < 0)
            return false;
        if (end > 0) {
            i = end;
            continue;
        }
        if (at->class == CLASS_AFTER || at->class == CLASS_CONDITION || at->class == CLASS_TIMES) {
            i = say_condition(&state, i);
            continue;
        }
        const int32_t other = at->class == CLASS_REFER ? see_other(&state, i) : DATE_NO;
        if (other > 0) {
            i = other;
            continue;
        }
        if (at->class == CLASS_MARK)
            say_mark(&state, at->mark);
        else if (!say_state(&state, i))
            say_word(&state, i);
        i++;
    }
    return true;
}
