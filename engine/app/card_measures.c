/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sparkline is markup that render made; all else is text. */
#include "app/card_measures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/card_actions.h"
#include "base/vec.h"
#include "render/spark.h"

/* An arrow only on evidence; a hollow one for "probably". */
static const char *arrow_of(enum indicator_direction direction)
{
    switch (direction) {
    case INDICATOR_RISING:
        return "\xE2\x96\xB2";
    case INDICATOR_PROBABLY_RISING:
        return "\xE2\x96\xB3";
    case INDICATOR_FALLING:
        return "\xE2\x96\xBC";
    case INDICATOR_PROBABLY_FALLING:
        return "\xE2\x96\xBD";
    case INDICATOR_NO_CLEAR_CHANGE:
    case INDICATOR_NOT_TESTED:
        break;
    }
    return "";
}

/* "rising: worse"; what only seems to move is not judged. */
static void say_direction(const struct indicator *measure, char out[64])
{
    const int better = indicator_is_better(measure);
    const bool clear = measure->direction == INDICATOR_RISING || measure->direction == INDICATOR_FALLING;
    (void)snprintf(out, 64, "%s%s", indicator_direction_words(measure->direction),
                   !clear || better == 0 ? ""
                   : better > 0          ? ": better"
                                         : ": worse");
}

/* "12 values, first 92, last 104, from 80 to 110". */
static const char *say_spark(struct arena *arena, const struct indicator *measure, struct err *err)
{
    char first[INDICATOR_TEXT] = "";
    char last[INDICATOR_TEXT] = "";
    char low[INDICATOR_TEXT];
    char high[INDICATOR_TEXT];
    double least = INFINITY;
    double most = -INFINITY;
    for (size_t i = 0; i < INDICATOR_SPARK; i++) {
        const double value = measure->spark[i];
        if (!isfinite(value))
            continue;
        least = fmin(least, value);
        most = fmax(most, value);
        if (first[0] == '\0')
            indicator_format_value(measure, value, false, first);
        indicator_format_value(measure, value, false, last);
    }
    indicator_format_value(measure, least, false, low);
    indicator_format_value(measure, most, false, high);
    return arena_format(arena, err, "Trend of %s: %d values, first %s, last %s, lowest %s, highest %s",
                        measure->title, (int)measure->n_known, first, last, low, high);
}

static bool add_spark(struct arena *arena, struct page_value *row, const struct indicator *measure,
                      struct err *err)
{
    struct text spark = {0};
    const bool drawn = measure->n_known >= 2;
    const char *alt = drawn ? say_spark(arena, measure, err) : "";
    const bool ok =
        alt != NULL &&
        (!drawn || spark_write(measure->spark, INDICATOR_SPARK, measure->target, alt, &spark, err)) &&
        page_add_flag(arena, row, "has_spark", drawn, err) &&
        page_add_markup(arena, row, "spark", text_c(&spark), err);
    text_free(&spark);
    return ok;
}

static bool add_row(struct arena *arena, struct page_value *rows, const struct indicator *measure,
                    struct err *err)
{
    char now[INDICATOR_TEXT];
    char before[INDICATOR_TEXT] = "";
    char target[INDICATOR_TEXT];
    char direction[64];
    const char *status = indicator_status_words(measure->status);
    struct page_value *row = page_add_map(arena, rows, NULL, err);
    indicator_format(measure, &measure->now, now);
    if (measure->previous.state == INDICATOR_KNOWN)
        indicator_format(measure, &measure->previous, before);
    indicator_format_value(measure, measure->target, false, target);
    say_direction(measure, direction);
    return row != NULL && page_add_text(arena, row, "measure", measure->title, err) &&
           page_add_text(arena, row, "when", measure->when, err) &&
           page_add_text(arena, row, "now", now, err) && page_add_text(arena, row, "before", before, err) &&
           page_add_text(arena, row, "arrow", arrow_of(measure->direction), err) &&
           page_add_text(arena, row, "direction", direction, err) &&
           page_add_text(arena, row, "target", target, err) &&
           page_add_text(arena, row, "status", status, err) &&
           page_add_text(arena, row, "shape", card_status_shape(status), err) &&
           page_add_text(arena, row, "why", measure->why == NULL ? "" : measure->why, err) &&
           page_add_text(arena, row, "definition", measure->definition, err) &&
           page_add_text(arena, row, "source", measure->source, err) && add_spark(arena, row, measure, err);
}

/* Marks the measures of a question that are shown. */
static size_t choose(const struct indicator_set *set, enum indicator_question question, size_t most,
                     bool chosen[])
{
    size_t n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < set->n; i++) {
            const struct indicator *at = &set->list[i];
            const bool known = at->now.state == INDICATOR_KNOWN;
            if (at->question != question || chosen[i] || (most > 0 && (!known || n >= most)))
                continue;
            if (pass == 1 || isfinite(at->target)) {
                chosen[i] = true;
                n++;
            }
        }
    return n;
}

bool card_measures_add(struct arena *arena, struct page_value *map, const struct indicator_set *set,
                       size_t most, size_t *n, struct err *err)
{
    struct page_value *list = page_add_list(arena, map, "questions", err);
    bool *chosen = vec_new(set->n, sizeof *chosen, err);
    bool ok = list != NULL && chosen != NULL;
    *n = 0;
    for (int q = 0; ok && q < INDICATOR_QUESTIONS; q++) {
        const enum indicator_question question = (enum indicator_question)q;
        const size_t found = choose(set, question, most, chosen);
        if (found == 0)
            continue;
        *n += found;
        struct page_value *one = page_add_map(arena, list, NULL, err);
        ok = one != NULL && page_add_text(arena, one, "question", indicator_question_words(question), err);
        struct page_value *rows = ok ? page_add_list(arena, one, "rows", err) : NULL;
        ok = rows != NULL;
        for (size_t i = 0; ok && i < set->n; i++)
            if (chosen[i] && set->list[i].question == question)
                ok = add_row(arena, rows, &set->list[i], err);
    }
    free(chosen);
    return ok;
}
