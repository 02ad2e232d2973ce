/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sparkline is markup that render made; all else is text. */
#include "app/card_measures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/card_actions.h"
#include "app/publish.h"
#include "base/vec.h"
#include "render/spark.h"

/* Of a line of a sheet's first column, beside targets and without. */
enum { TITLE_CHARACTERS = 30, WIDE_TITLE_CHARACTERS = 49 };

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
                    struct card_mask mask, struct err *err)
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
    if (mask.now)
        (void)snprintf(now, sizeof now, "%s", publish_hidden);
    if (mask.before)
        (void)snprintf(before, sizeof before, "%s", publish_hidden);
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

/* What a board reads first, whatever else there is. The number of children is the curve, and stands above. */
static const char *const first_read[] = {
    "entries",
    "exits",
    "moves",
    "reviews_in_time",
    "three_or_more_placements",
    "health_assessment",
    "long_term_stability",
    "readmitted_12",
    "leavers_eet",
};

static bool is_named(const char *name, const char *const names[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Whether a measure is taken in a pass: targets, what is read first, anything. */
static bool is_wanted(const struct indicator *at, const struct card_selection *selection, int pass)
{
    if (selection->names != NULL)
        return is_named(at->name, selection->names, selection->n);
    if (selection->most > 0 && at->now.state != INDICATOR_KNOWN)
        return false;
    return pass == 2 ||
           (pass == 0 ? isfinite(at->target)
                      : is_named(at->name, first_read, sizeof first_read / sizeof first_read[0]));
}

/* Marks the measures of a question that are shown. */
static void choose(const struct indicator_set *set, enum indicator_question question,
                   const struct card_selection *selection, bool chosen[])
{
    size_t n = 0;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < set->n; i++) {
            const struct indicator *at = &set->list[i];
            if (at->question != question || chosen[i] || !is_wanted(at, selection, pass) ||
                (selection->most > 0 && selection->names == NULL && n >= selection->most))
                continue;
            chosen[i] = true;
            n++;
        }
}

/* Marks the measures of every question; *aims says whether any of them has a target or a status. */
static bool *choose_all(const struct indicator_set *set, const struct card_selection *selection, bool *aims,
                        struct err *err)
{
    bool *chosen = vec_new(set->n, sizeof *chosen, err);
    *aims = false;
    for (int q = 0; chosen != NULL && q < INDICATOR_QUESTIONS; q++)
        choose(set, (enum indicator_question)q, selection, chosen);
    for (size_t i = 0; chosen != NULL && i < set->n; i++)
        *aims = *aims ||
                (chosen[i] && (isfinite(set->list[i].target) || set->list[i].status != INDICATOR_NO_STATUS));
    return chosen;
}

bool card_measures_lines(const struct indicator_set *set, const struct card_selection *selection,
                         int32_t *lines, struct err *err)
{
    bool aims = false;
    bool *chosen = choose_all(set, selection, &aims, err);
    const size_t wide = aims ? TITLE_CHARACTERS : WIDE_TITLE_CHARACTERS;
    *lines = 0;
    for (size_t i = 0; chosen != NULL && i < set->n; i++)
        *lines += chosen[i] ? (int32_t)((strlen(set->list[i].title) - 1) / wide) + 1 : 0;
    const bool ok = chosen != NULL;
    free(chosen);
    return ok;
}

bool card_measures_add(struct arena *arena, struct page_value *map, const struct indicator_set *set,
                       const struct card_mask masks[], const struct card_selection *selection,
                       struct err *err)
{
    const struct card_mask nothing = {false, false};
    bool aims = false;
    struct page_value *list = page_add_list(arena, map, "questions", err);
    bool *chosen = choose_all(set, selection, &aims, err);
    bool ok = list != NULL && chosen != NULL && page_add_flag(arena, map, "has_aims", aims, err) &&
              page_add_flag(arena, map, "has_trends", masks == NULL, err) && /* a publication has none */
              page_add_text(arena, map, "measure_columns",
                            masks == NULL ? (aims ? "7" : "5")
                            : aims        ? "6"
                                          : "4",
                            err);
    for (int q = 0; ok && q < INDICATOR_QUESTIONS; q++) {
        const enum indicator_question question = (enum indicator_question)q;
        struct page_value *rows = NULL;
        for (size_t i = 0; ok && i < set->n; i++) {
            if (!chosen[i] || set->list[i].question != question)
                continue;
            if (rows == NULL) {
                struct page_value *one = page_add_map(arena, list, NULL, err);
                ok = one != NULL &&
                     page_add_text(arena, one, "question", indicator_question_words(question), err);
                rows = ok ? page_add_list(arena, one, "rows", err) : NULL;
            }
            ok = rows != NULL && add_row(arena, rows, &set->list[i], masks == NULL ? nothing : masks[i], err);
        }
    }
    free(chosen);
    return ok;
}

/* ---- which ones -------------------------------------------------------------------------------------- */

static bool find_name(const struct indicator_set *set, const char *name, struct err *err)
{
    const char *nearest = NULL;
    int distance = (int)strlen(name) / 3 + 2;
    if (indicator_find(set, name) != NULL)
        return true;
    for (size_t i = 0; i < set->n; i++) {
        const int far = str_edit_distance(str_of(name), str_of(set->list[i].name));
        if (far < distance) {
            distance = far;
            nearest = set->list[i].name;
        }
    }
    if (nearest != NULL)
        return err_set(err, ERR_USAGE, "there is no measure %s; did you mean %s?", name, nearest);
    return err_set(err, ERR_USAGE, "there is no measure %s; card.csv has the names of all", name);
}

bool card_selection_read(const char *text, const struct indicator_set *set, struct arena *arena,
                         struct card_selection *out, struct err *err)
{
    const char **names = arena_take(arena, CARD_MEASURES_MOST * sizeof *names, err);
    size_t n = 0;
    if (names == NULL)
        return false;
    for (const char *at = text; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        if (n == CARD_MEASURES_MOST)
            return err_set(err, ERR_USAGE, "a card has room for %d measures", CARD_MEASURES_MOST);
        names[n] = arena_copy(arena, str_trim((struct str){at, length}), err);
        if (names[n] == NULL || !find_name(set, names[n], err))
            return false;
        n++;
        at += length + (at[length] == ',' ? 1 : 0);
    }
    *out = (struct card_selection){.names = names, .n = n};
    return n > 0 || err_set(err, ERR_USAGE, "no measure is named");
}
