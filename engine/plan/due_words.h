/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/due_words.h, internal to plan/due: the words of a phrase with their classes.
 *
 * Ownership: nothing is allocated; lexemes point into their phrase by byte numbers only.
 *
 * The vocabulary is due_words_time.def and due_words_said.def. Misspelt months, seasons, rates and states are
 * known by likeness; a month torn by a line's end ("Septemb er") is put together; "12th" and "23 rd" are one
 * lexeme. Numbers that count no time (£500, 30 %, 2,300, "phase 2", "item 16.1", "24/7", "5pm") are taken
 * out. */
#ifndef TURNCURVE_PLAN_DUE_WORDS_H
#define TURNCURVE_PLAN_DUE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/phrase.h"

enum due_class {
#define DUE_CLASS(member) CLASS_##member,
#include "plan/due_class.def"
#undef DUE_CLASS
};

enum due_unit {
    DUE_UNIT_HOUR,
    DUE_UNIT_DAY,
    DUE_UNIT_WEEK,
    DUE_UNIT_FORTNIGHT,
    DUE_UNIT_MONTH,
    DUE_UNIT_TWO_MONTHS,
    DUE_UNIT_QUARTER,
    DUE_UNIT_TERM,
    DUE_UNIT_HALFYEAR,
    DUE_UNIT_YEAR,
    DUE_UNIT_COUNT
};

struct lexeme {
    enum due_class class;
    int32_t value;    /* of the vocabulary's row, or the number */
    int32_t digits;   /* CLASS_NUMBER: figures; 0 when it was a word */
    bool ordinal;     /* CLASS_NUMBER: "12th", "second" */
    char mark;        /* CLASS_MARK */
    int32_t from, to; /* bytes of the source */
};

struct lexemes {
    const struct phrase *phrase;
    int32_t n;
    struct lexeme at[PHRASE_TOKENS + 1]; /* at[n].class is CLASS_END */
};

/* Names the words of a phrase, which must outlive the lexemes. */
void due_words_name(const struct phrase *phrase, struct lexemes *out);

#endif
