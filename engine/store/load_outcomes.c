/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of returns that no forecast reads, child by child, against the children of a history. */
#include "data/outcomes.h"
#include "store/identifiers.h"
#include "store/rows.h"

/* The child of a key; OUTCOME_NO_CHILD when the history has none. Children stand by key. */
static int32_t find_child(const struct history *history, uint64_t key)
{
    size_t low = 0;
    size_t high = history->n_children;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (history->children[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < history->n_children && history->children[low].key == key ? (int32_t)low : OUTCOME_NO_CHILD;
}

static bool add_children(struct children *children, const struct history *history, struct outcomes *outcomes,
                         struct err *err)
{
    for (;;) {
        bool more = false;
        struct child_rows rows;
        if (!children_next(children, &rows, &more, err))
            return false;
        if (!more)
            return true;
        const int32_t child = find_child(history, identifiers_key(rows.child));
        const day born = child == OUTCOME_NO_CHILD ? DAY_NONE : history->children[child].born;
        if (!outcomes_add_child(outcomes, &rows, child, born, children->years, err))
            return false;
    }
}

bool store_load_outcomes(struct store *store, const struct history *history, struct outcomes *out,
                         struct err *err)
{
    bool ok = false;
    struct children children = {0};
    struct outcomes outcomes = {0};

    if (!children_open(&children, store, history->la, err))
        goto out;
    for (size_t i = 0; i < children.n_files; i++)
        if (!outcomes_add_file(&outcomes, children.files[i].year, children.files[i].table, err))
            goto out;
    if (!add_children(&children, history, &outcomes, err))
        goto out;
    outcomes_finish(&outcomes);
    *out = outcomes;
    outcomes = (struct outcomes){0};
    ok = true;
out:
    outcomes_free(&outcomes);
    children_close(&children);
    return ok;
}
