/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells are kept in the order in which they came and found through a sorted list of their keys. */
#include "study/publication.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "study/disclosure_attack.h"
#include "study/publication_link.h"

static const char locality_prefix[] = "locality:";
enum { LOCALITY_PREFIX = sizeof locality_prefix - 1 };

void publication_free(struct publication *publication)
{
    disclosure_free(&publication->tables);
    free(publication->keys);
    free(publication->sorted);
    arena_free(&publication->texts);
    *publication = (struct publication){0};
}

/* ---- keys -------------------------------------------------------------------------------------------- */

static int compare(const struct publication_key *a, const struct publication_key *b)
{
    int order = strcmp(a->measure, b->measure);
    if (order == 0)
        order = a->date < b->date ? -1 : a->date > b->date;
    if (order == 0)
        order = a->months < b->months ? -1 : a->months > b->months;
    if (order == 0)
        order = strcmp(a->locality, b->locality);
    return order != 0 ? order : strcmp(a->group, b->group);
}

/* Counts of a report card (study/indicator.def) that are counts of other tables, too: one cell, or what the
 * one hides the other would show. is_stock: at the end of the period. */
static const struct {
    const char *measure, *group, *is_measure, *is_group;
    bool is_stock;
} others[] = {
    {"card:rate", "all", "stock", "all", true},
    {"card:stock_uasc", "all", "stock", "uasc:yes", true},
    {"card:moves", "all", "moves", "all", false},
    {"card:entries_under_5", "all", "entries", "all", false},
    {"card:entries_16_17", "all", "entries", "all", false},
    {"card:entries_16_17", "counted:yes", "entries", "age:16-17", false},
    {"card:three_or_more_placements", "all", "stock", "all", true},
    {"card:over_20_miles", "all", "stock", "uasc:no", true},
    {"card:inhouse_fostering", "counted:yes", "stock", "placement:foster_inhouse", true},
    {"card:external_residential", "all", "stock", "all", true},
    {"card:external_residential", "counted:yes", "stock", "placement:res_external", true},
};

static struct publication_key settle_other(struct publication_key key)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(key.measure, others[i].measure) == 0 && strcmp(key.group, others[i].group) == 0)
            return (struct publication_key){others[i].is_measure, others[i].is_group, key.locality, key.date,
                                            others[i].is_stock ? 0 : key.months};
    return key;
}

/* "locality:NAME" and the locality NAME of "all" are one cell. */
static struct publication_key settle(const struct publication_key *key)
{
    struct publication_key out = settle_other(*key);
    if (strncmp(out.group, locality_prefix, LOCALITY_PREFIX) == 0 && out.locality[0] == '\0') {
        out.locality = out.group + LOCALITY_PREFIX;
        out.group = "all";
    }
    return out;
}

/* The place in the sorted list at which a key stands, or would stand. */
static size_t place_of(const struct publication *p, const struct publication_key *key)
{
    size_t low = 0;
    size_t high = p->n_keys;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (compare(&p->keys[p->sorted[middle]], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t exact_index(const struct publication *p, const struct publication_key *key)
{
    const size_t place = place_of(p, key);
    return place < p->n_keys && compare(&p->keys[p->sorted[place]], key) == 0 ? p->sorted[place] : p->n_keys;
}

/* A cell under its own name comes before the one that it should be. */
size_t publication_index(const struct publication *p, const struct publication_key *key)
{
    const size_t own = exact_index(p, key);
    const struct publication_key settled = settle(key);
    return own < p->n_keys ? own : exact_index(p, &settled);
}

static bool make_room(struct publication *p, struct err *err)
{
    size_t capacity = p->keys_capacity;
    if (!vec_reserve((void **)&p->keys, &p->keys_capacity, p->n_keys + 1, sizeof *p->keys, err))
        return false;
    return p->sorted != NULL && capacity == p->keys_capacity
               ? true
               : vec_reserve((void **)&p->sorted, &capacity, p->keys_capacity, sizeof *p->sorted, err);
}

static bool insert(struct publication *p, const struct publication_key *key,
                   const struct disclosure_cell *cell, struct err *err)
{
    struct publication_key copy = *key;
    size_t index = 0;
    const size_t place = place_of(p, &copy);
    bug_if(p->is_sealed);
    copy.measure = arena_copy(&p->texts, str_of(copy.measure), err);
    copy.group = copy.measure != NULL ? arena_copy(&p->texts, str_of(copy.group), err) : NULL;
    copy.locality = copy.group != NULL ? arena_copy(&p->texts, str_of(copy.locality), err) : NULL;
    if (copy.locality == NULL || !make_room(p, err) || !disclosure_add_cell(&p->tables, cell, &index, err))
        return false;
    bug_if(index != p->n_keys);
    memmove(&p->sorted[place + 1], &p->sorted[place], (p->n_keys - place) * sizeof *p->sorted);
    p->sorted[place] = index;
    p->keys[p->n_keys++] = copy;
    return true;
}

bool publication_add(struct publication *p, const struct publication_key *key, int64_t value,
                     enum disclosure_rank rank, struct err *err)
{
    const size_t index = publication_index(p, key);
    const struct disclosure_cell cell = {.value = value, .rank = rank};
    const struct publication_key settled = settle(key);
    if (index == p->n_keys)
        return insert(p, &settled, &cell, err);
    if (p->tables.cells[index].value == value)
        return true;
    /* counted in a way of its own after all */
    if (strcmp(settled.measure, key->measure) != 0 && exact_index(p, key) == p->n_keys)
        return insert(p, key, &cell, err);
    return err_set(err, ERR_INTERNAL, "%s of %s is counted in two ways, so it cannot be published",
                   key->measure, key->group);
}

bool publication_add_earlier(struct publication *p, const struct publication_key *key, int64_t value,
                             bool shown, struct err *err)
{
    const size_t index = publication_index(p, key);
    const enum disclosure_kind kind = shown ? DISCLOSURE_KNOWN : DISCLOSURE_OPEN;
    if (index == p->n_keys && !shown)
        return true;
    if (index == p->n_keys) {
        const struct disclosure_cell cell = {.value = value, .kind = kind};
        const struct publication_key settled = settle(key);
        return insert(p, &settled, &cell, err);
    }
    struct disclosure_cell *cell = &p->tables.cells[index];
    if (shown && cell->value != value)
        return true; /* corrected since */
    cell->kind = shown ? DISCLOSURE_KNOWN : cell->kind;
    cell->was_hidden = cell->was_hidden || !shown;
    return true;
}

/* ---- counts ------------------------------------------------------------------------------------------ */

static int64_t count_of(const struct counts *counts, enum measure measure, struct group group, day date,
                        int32_t months)
{
    if (months == 0)
        return counts_at(counts, measure, group, counts_month(counts, date));
    return counts_sum(counts, measure, group, date_month_start(date, 1 - months), date);
}

static bool add_kind(struct publication *p, const struct history *history, const struct counts *counts,
                     enum measure measure, enum group_kind kind, day date, int32_t months, struct err *err)
{
    bool ok = true;
    for (int32_t i = 0; ok && i < counts->n_members[kind]; i++) {
        const struct group group = {kind, i};
        char name[GROUP_TEXT];
        if (counts_series(counts, measure, group) == NULL)
            continue;
        group_format(group, history->localities, name);
        const struct publication_key key = {measure_name(measure), name, "", date, months};
        const enum disclosure_rank rank = kind == GROUP_ALL        ? DISCLOSURE_HEADLINE
                                          : kind == GROUP_LOCALITY ? DISCLOSURE_TOTAL
                                                                   : DISCLOSURE_PART;
        ok = publication_add(p, &key, count_of(counts, measure, group, date, months), rank, err);
    }
    return ok;
}

/* The kinds of groups that a flow is published by. */
static uint32_t kinds_of(enum measure measure)
{
    const uint32_t all = UINT32_C(1) << GROUP_ALL;
    switch (measure) {
    case MEASURE_STOCK:
    case MEASURE_ENTRIES:
        return PUBLICATION_ALL_KINDS & ~(UINT32_C(1) << GROUP_ROUTE);
    case MEASURE_EXITS:
        return PUBLICATION_ALL_KINDS;
    case MEASURE_MOVES:
        return all | UINT32_C(1) << GROUP_PLACEMENT | UINT32_C(1) << GROUP_AGE;
    case MEASURE_READMISSIONS:
        return all;
    case MEASURE_NIGHTS:
    case MEASURE_COST:
    case MEASURE_COUNT:
        return 0;
    }
    return 0;
}

bool publication_add_counts(struct publication *p, const struct history *history, const struct counts *counts,
                            day date, int32_t months, uint32_t kinds, struct err *err)
{
    bool ok = true;
    if (date < history->start - 1 || date > history->end)
        return true;
    for (int m = 0; ok && m < MEASURE_COUNT; m++) {
        const enum measure measure = (enum measure)m;
        const int32_t span = measure == MEASURE_STOCK ? 0 : months;
        if (measure != MEASURE_STOCK && (months == 0 || date_month_start(date, 1 - months) < history->start))
            continue;
        for (int k = 0; ok && k < GROUP_KIND_COUNT; k++)
            if ((kinds_of(measure) & kinds) >> k & 1U)
                ok = add_kind(p, history, counts, measure, (enum group_kind)k, date, span, err);
    }
    return ok;
}

/* ---- what is hidden ---------------------------------------------------------------------------------- */

/* Exposed by more than what is known already. */
static bool is_any_exposed(const struct publication *p)
{
    for (size_t i = 0; i < p->tables.n_cells; i++)
        if (p->tables.cells[i].is_exposed && p->tables.cells[i].kind != DISCLOSURE_KNOWN)
            return true;
    return false;
}

bool publication_seal(struct publication *p, struct err *err)
{
    struct disclosure_attack_result attack;
    if (!publication_link(p, err) || !disclosure_protect(&p->tables, &p->rule, &p->hidden, err))
        return false;
    if (is_any_exposed(p)) {
        p->rule.zeros_protect = true;
        if (!disclosure_protect(&p->tables, &p->rule, &p->hidden, err))
            return false;
    }
    if (!disclosure_attack(&p->tables, &p->rule, &attack, err))
        return false;
    p->attacked = attack.attacked;
    p->is_sealed = true;
    if (attack.narrowed == 0)
        return true;
    return err_set(err, ERR_DATA,
                   "%lld small numbers could be found from the others, so nothing was published; publish "
                   "fewer groups",
                   (long long)attack.narrowed);
}

enum publication_state publication_find(const struct publication *p, const struct publication_key *key,
                                        int64_t *value)
{
    bug_if(!p->is_sealed);
    const size_t index = publication_index(p, key);
    if (index == p->n_keys)
        return PUBLICATION_UNKNOWN;
    const struct disclosure_cell *cell = &p->tables.cells[index];
    /* known from earlier is no reason to say a small number again */
    if (cell->is_hidden || cell->is_exposed)
        return PUBLICATION_HIDDEN;
    *value = cell->value;
    return PUBLICATION_SHOWN;
}

enum publication_state publication_count(const struct publication *p, enum measure measure,
                                         struct group group, const char *const localities[], day date,
                                         int32_t months, int64_t *value)
{
    char name[GROUP_TEXT];
    group_format(group, localities, name);
    const struct publication_key key = {measure_name(measure), name, "", date,
                                        measure == MEASURE_STOCK ? 0 : months};
    return publication_find(p, &key, value);
}
