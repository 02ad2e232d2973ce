/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three walks: the references that are given, those known from before, then the rows that have none. An
 * action without a reference is known by its priority and its text. */
#include "plan/refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "plan/lookup.h"

enum { HIGHEST_NUMBER = 99999999 };

struct refs {
    struct arena *arena;
    struct lookup given;      /* references of priorities */
    struct lookup priorities; /* title of a priority without one: its number */
    int32_t last_priority;    /* the highest such number */
    struct lookup numbers;    /* key of a priority: the highest number used */
    struct lookup taken;      /* references that rows give themselves */
    struct lookup known;      /* priority and action of earlier: index into made */
    struct lookup here;       /* priority and action of this file: index into made */
    struct str *made;
    size_t n_made, capacity;
};

static void refs_free(struct refs *refs)
{
    lookup_free(&refs->given);
    lookup_free(&refs->priorities);
    lookup_free(&refs->numbers);
    lookup_free(&refs->taken);
    lookup_free(&refs->known);
    lookup_free(&refs->here);
    free(refs->made);
}

static struct str text_of(const struct filed_row *row, enum plan_text text)
{
    return str_trim(row->text[text]);
}

/* The next number for a priority without a reference: above those used, and no other priority's reference. */
static int32_t next_priority(const struct refs *refs)
{
    char text[16];
    int32_t number = refs->last_priority;
    do {
        number++;
        (void)snprintf(text, sizeof text, "%d", (int)number);
    } while (lookup_find(&refs->given, str_of(text), 0) != 0);
    return number;
}

/* What begins the references of a priority: its own, else its number by appearance; `above` when the row says
 * nothing. */
static bool priority_key(struct refs *refs, const struct filed_row *row, struct str above, struct str *out,
                         struct err *err)
{
    const struct str ref = text_of(row, PLAN_TEXT_PRIORITY_REF);
    const struct str title = text_of(row, PLAN_TEXT_PRIORITY);
    int32_t number = 0;
    *out = ref.length > 0 ? ref : above;
    if (ref.length > 0 || title.length == 0)
        return true;
    if (!lookup_put(&refs->priorities, title, next_priority(refs), &number, err))
        return false;
    if (number > refs->last_priority)
        refs->last_priority = number;
    const char *made = arena_format(refs->arena, err, "%d", (int)number);
    *out = str_of(made);
    return made != NULL;
}

/* Notes the number of a reference "KEY.NUMBER", or "NUMBER" where there is no priority. */
static bool note_number(struct refs *refs, struct str key, struct str ref, struct err *err)
{
    int64_t number = 0;
    struct str rest = ref;
    if (key.length > 0) {
        if (ref.length <= key.length + 1 || ref.at[key.length] != '.' ||
            !str_equal_ignore_case((struct str){ref.at, key.length}, key))
            return true;
        rest = (struct str){ref.at + key.length + 1, ref.length - key.length - 1};
    }
    if (!parse_int_between(rest, 1, HIGHEST_NUMBER, &number) || number <= lookup_find(&refs->numbers, key, 0))
        return true;
    return lookup_set(&refs->numbers, key, (int32_t)number, err);
}

/* Priority and action as one text. */
static bool action_key(struct refs *refs, struct str key, const struct filed_row *row, struct str *out,
                       struct err *err)
{
    const struct str action = text_of(row, PLAN_TEXT_ACTION);
    char *text = arena_take(refs->arena, key.length + action.length + 2, err);
    if (text == NULL)
        return false;
    if (key.length > 0)
        memcpy(text, key.at, key.length);
    text[key.length] = '\n';
    if (action.length > 0)
        memcpy(text + key.length + 1, action.at, action.length);
    *out = (struct str){text, key.length + action.length + 1};
    return true;
}

static bool remember(struct refs *refs, struct lookup *where, struct str action, struct str ref,
                     struct err *err)
{
    int32_t ignored = 0;
    if (!vec_reserve((void **)&refs->made, &refs->capacity, refs->n_made + 1, sizeof *refs->made, err))
        return false;
    refs->made[refs->n_made++] = ref;
    return lookup_put(where, action, (int32_t)refs->n_made - 1, &ignored, err);
}

static bool note_priorities(struct refs *refs, const struct filed_row rows[], size_t n, struct err *err)
{
    int32_t ignored = 0;
    for (size_t i = 0; i < n; i++) {
        const struct str ref = text_of(&rows[i], PLAN_TEXT_PRIORITY_REF);
        if (ref.length > 0 && !lookup_put(&refs->given, ref, 1, &ignored, err))
            return false;
    }
    return true;
}

/* The references that rows give themselves. */
static bool note_given(struct refs *refs, struct filed_row rows[], size_t n, struct err *err)
{
    struct str key = {0};
    int32_t ignored = 0;
    for (size_t i = 0; i < n; i++) {
        rows[i].ref = text_of(&rows[i], PLAN_TEXT_ACTION_REF);
        rows[i].ref_made = false;
        if (!priority_key(refs, &rows[i], key, &key, err) || !note_number(refs, key, rows[i].ref, err))
            return false;
        if (rows[i].ref.length > 0 && !lookup_put(&refs->taken, rows[i].ref, 1, &ignored, err))
            return false;
    }
    return true;
}

/* Priorities without a reference keep the number that their actions had. */
static bool note_earlier_priorities(struct refs *refs, const struct filed_row earlier[], size_t n,
                                    struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct str title = text_of(&earlier[i], PLAN_TEXT_PRIORITY);
        const struct str ref = earlier[i].ref;
        const char *dot = ref.length > 0 ? memchr(ref.at, '.', ref.length) : NULL;
        int64_t number = 0;
        if (!earlier[i].ref_made || title.length == 0 || dot == NULL ||
            text_of(&earlier[i], PLAN_TEXT_PRIORITY_REF).length > 0 ||
            !parse_int_between((struct str){ref.at, (size_t)(dot - ref.at)}, 1, HIGHEST_NUMBER, &number))
            continue;
        if (!lookup_set(&refs->priorities, title, (int32_t)number, err))
            return false;
        if (number > refs->last_priority)
            refs->last_priority = (int32_t)number;
    }
    return true;
}

/* Those that the version before was given; their numbers are not used again. */
static bool note_earlier(struct refs *refs, const struct filed_row earlier[], size_t n, struct err *err)
{
    struct str key = {0};
    struct str action;
    for (size_t i = 0; i < n; i++) {
        if (!priority_key(refs, &earlier[i], key, &key, err))
            return false;
        if (!earlier[i].ref_made || text_of(&earlier[i], PLAN_TEXT_ACTION).length == 0)
            continue;
        if (!note_number(refs, key, earlier[i].ref, err))
            return false;
        if (lookup_find(&refs->taken, earlier[i].ref, 0) == 0 &&
            (!action_key(refs, key, &earlier[i], &action, err) ||
             !remember(refs, &refs->known, action, earlier[i].ref, err)))
            return false;
    }
    return true;
}

static bool make_one(struct refs *refs, struct str key, struct filed_row *row, struct err *err)
{
    struct str action;
    row->ref_made = true;
    if (!action_key(refs, key, row, &action, err))
        return false;
    const int32_t here = lookup_find(&refs->here, action, -1);
    const int32_t known = here >= 0 ? here : lookup_find(&refs->known, action, -1);
    if (known >= 0 && refs->made != NULL) {
        row->ref = refs->made[known];
        return true;
    }
    const int32_t number = lookup_find(&refs->numbers, key, 0) + 1;
    const char *made = key.length > 0
                           ? arena_format(refs->arena, err, "%.*s.%d", (int)key.length, key.at, (int)number)
                           : arena_format(refs->arena, err, "%d", (int)number);
    row->ref = str_of(made);
    return made != NULL && lookup_set(&refs->numbers, key, number, err) &&
           remember(refs, &refs->here, action, row->ref, err);
}

/* True when a row without a reference goes on with the action of the row above. */
static bool goes_on(const struct filed_row *row, const struct filed_row *above)
{
    const struct str action = text_of(row, PLAN_TEXT_ACTION);
    return action.length == 0 || str_equal_ignore_case(action, text_of(above, PLAN_TEXT_ACTION));
}

static bool make_all(struct refs *refs, struct filed_row rows[], size_t n, struct err *err)
{
    struct str key = {0};
    for (size_t i = 0; i < n; i++) {
        const struct str above = key;
        if (!priority_key(refs, &rows[i], key, &key, err))
            return false;
        if (rows[i].ref.length > 0)
            continue;
        if (i > 0 && str_equal_ignore_case(key, above) && goes_on(&rows[i], &rows[i - 1])) {
            rows[i].ref = rows[i - 1].ref;
            rows[i].ref_made = true;
        } else if (!make_one(refs, key, &rows[i], err)) {
            return false;
        }
    }
    return true;
}

bool refs_make(struct filed_row rows[], size_t n, const struct filed_row earlier[], size_t n_earlier,
               struct arena *arena, struct err *err)
{
    struct refs refs = {.arena = arena};
    const bool ok = note_priorities(&refs, rows, n, err) && note_priorities(&refs, earlier, n_earlier, err) &&
                    note_earlier_priorities(&refs, earlier, n_earlier, err) &&
                    note_given(&refs, rows, n, err) && note_earlier(&refs, earlier, n_earlier, err) &&
                    make_all(&refs, rows, n, err);
    refs_free(&refs);
    return ok;
}
