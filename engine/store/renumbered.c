/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both lists are sorted alike, so that a look-up halves the second. */
#include "store/renumbered.h"

#include <stdlib.h>

#include "base/vec.h"

static bool add(struct traced_episode **list, size_t *n, size_t *capacity, struct arena *texts,
                const struct traced_episode *traced, struct err *err)
{
    if (!vec_reserve((void **)list, capacity, *n + 1, sizeof **list, err))
        return false;
    struct traced_episode *copy = &(*list)[*n];
    *copy = *traced;
    copy->child.at = arena_copy(texts, traced->child, err);
    *n += copy->child.at != NULL;
    return copy->child.at != NULL;
}

/* First and last return that name the child in any table but oc3, which lists who has left. */
static void find_returns(const struct child_rows *rows, int32_t *first, int32_t *last)
{
    *first = INT32_MAX;
    *last = -1;
    for (int t = 0; t < TABLE_COUNT; t++)
        for (size_t i = 0; t != TABLE_OC3 && i < rows->n_rows[t]; i++) {
            const int32_t k = rows->rows[t][i].return_index;
            *first = k < *first ? k : *first;
            *last = k > *last ? k : *last;
        }
}

/* The last stored row of an episode. */
static const struct record *row_of(const struct child_rows *rows, day start)
{
    const struct record *found = NULL;
    for (size_t i = 0; i < rows->n_rows[TABLE_EPISODES]; i++)
        if (record_day(&rows->rows[TABLE_EPISODES][i], COLUMN_EPISODES_DECOM) == start)
            found = &rows->rows[TABLE_EPISODES][i];
    return found;
}

bool renumbered_add(struct renumbered *renumbered, const struct stack_context *context,
                    const struct child_rows *rows, const struct clean_child *clean, struct err *err)
{
    int32_t first = 0, last = 0;
    if (clean->n_episodes == 0)
        return true;
    find_returns(rows, &first, &last);
    struct traced_episode traced = {.born = clean->born, .sex = clean->sex, .child = rows->child};
    const struct episode *end = &clean->episodes[clean->n_episodes - 1];
    if (end->lost) {
        const struct record *row = row_of(rows, end->start);
        traced.start = end->start;
        traced.return_index = last + 1;
        traced.file = row == NULL ? 0 : row->file;
        traced.line = row == NULL ? 0 : row->line;
        if (!add(&renumbered->lost, &renumbered->n_lost, &renumbered->lost_capacity, &renumbered->texts,
                 &traced, err))
            return false;
    }
    if (first < 1 || first >= context->n_years)
        return true;
    const day year_start = date_year_end(context->years[first] - 1) + 1;
    for (size_t i = 0; i < clean->n_episodes && clean->episodes[i].start < year_start; i++) {
        const struct record *row = row_of(rows, clean->episodes[i].start);
        traced.start = clean->episodes[i].start;
        traced.return_index = first;
        traced.file = row == NULL ? 0 : row->file;
        traced.line = row == NULL ? 0 : row->line;
        if (!add(&renumbered->fresh, &renumbered->n_fresh, &renumbered->fresh_capacity, &renumbered->texts,
                 &traced, err))
            return false;
    }
    return true;
}

static int compare(const struct traced_episode *a, const struct traced_episode *b)
{
    if (a->return_index != b->return_index)
        return a->return_index < b->return_index ? -1 : 1;
    if (a->born != b->born)
        return a->born < b->born ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->sex > b->sex) - (a->sex < b->sex);
}

static int by_trace(const void *a, const void *b)
{
    const struct traced_episode *x = a, *y = b;
    const int order = compare(x, y);
    return order != 0 ? order : str_compare(x->child, y->child);
}

/* The only new child that fits, NULL when none or several do. */
static const struct traced_episode *find_only(const struct renumbered *renumbered,
                                              const struct traced_episode *lost)
{
    size_t low = 0, high = renumbered->n_fresh;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare(&renumbered->fresh[middle], lost) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= renumbered->n_fresh || compare(&renumbered->fresh[low], lost) != 0)
        return NULL;
    if (low + 1 < renumbered->n_fresh && compare(&renumbered->fresh[low + 1], lost) == 0)
        return NULL;
    return &renumbered->fresh[low];
}

bool renumbered_match(struct renumbered *renumbered, struct findings *findings,
                      struct identifier_link **links, size_t *n, struct err *err)
{
    *n = 0;
    *links = vec_new(renumbered->n_lost, sizeof **links, err);
    if (*links == NULL)
        return false;
    if (renumbered->n_fresh > 0)
        qsort(renumbered->fresh, renumbered->n_fresh, sizeof *renumbered->fresh, by_trace);
    if (renumbered->n_lost > 0)
        qsort(renumbered->lost, renumbered->n_lost, sizeof *renumbered->lost, by_trace);
    for (size_t i = 0; i < renumbered->n_lost; i++) {
        const struct traced_episode *lost = &renumbered->lost[i];
        const struct traced_episode *fresh = find_only(renumbered, lost);
        const bool twin = (i > 0 && compare(lost, lost - 1) == 0) ||
                          (i + 1 < renumbered->n_lost && compare(lost, lost + 1) == 0);
        if (fresh == NULL || twin)
            continue;
        const struct finding finding = {.rule = RULE_S_06,
                                        .outcome = OUTCOME_KEPT,
                                        .file = fresh->file,
                                        .table = "episodes",
                                        .line = fresh->line,
                                        .child = fresh->child,
                                        .column = "CHILD"};
        if (!findings_add(findings, &finding, err)) {
            free(*links);
            *links = NULL;
            return false;
        }
        (*links)[(*n)++] = (struct identifier_link){.old_child = lost->child, .new_child = fresh->child};
    }
    return true;
}

void renumbered_free(struct renumbered *renumbered)
{
    free(renumbered->lost);
    free(renumbered->fresh);
    arena_free(&renumbered->texts);
    *renumbered = (struct renumbered){0};
}
