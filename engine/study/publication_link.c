/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells of one measure, time and locality stand together in the sorted list, their groups by kind. */
#include "study/publication_link.h"

#include <string.h>

#include "base/vec.h"

static const char all[] = "all";
enum { PARTS_MOST = 512, QUARTERS_MOST = 12 };

static bool same_time(const struct publication_key *a, const struct publication_key *b)
{
    return strcmp(a->measure, b->measure) == 0 && a->date == b->date && a->months == b->months;
}

/* Characters of the kind: "age:1-4" 4, "all" 0. */
static size_t kind_length(const char *group)
{
    const char *colon = strchr(group, ':');
    return colon == NULL ? 0 : (size_t)(colon - group) + 1;
}

static bool add_remainder(struct publication *p, int64_t value, size_t *index, struct err *err)
{
    const struct disclosure_cell cell = {.value = value, .kind = DISCLOSURE_UNPUBLISHED};
    return disclosure_add_cell(&p->tables, &cell, index, err);
}

static bool is_known(const struct publication *p, size_t total, const size_t parts[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p->tables.cells[parts[i]].kind != DISCLOSURE_KNOWN)
            return false;
    return p->tables.cells[total].kind == DISCLOSURE_KNOWN;
}

/* total = parts + what is missing. Parts beyond the total are no parts of it. Where all of them were shown
 * earlier nothing is added to what is known, and what is missing may be several groups that were hidden. */
static bool add_parts(struct publication *p, size_t total, size_t parts[], size_t n, struct err *err)
{
    int64_t rest = p->tables.cells[total].value;
    if (is_known(p, total, parts, n))
        return true;
    for (size_t i = 0; i < n; i++)
        rest -= p->tables.cells[parts[i]].value;
    if (rest < 0 || n == 0)
        return true;
    /* one part alone may be less than all, or all of it by chance: others could have been in neither */
    if ((rest > 0 || n == 1) && !add_remainder(p, rest, &parts[n++], err))
        return false;
    return disclosure_add_sum(&p->tables, total, parts, n, err);
}

/* Groups of each kind, of the cells [from, to) of the sorted list: one measure, time and locality. */
static bool link_kinds(struct publication *p, size_t from, size_t to, struct err *err)
{
    struct publication_key whole = p->keys[p->sorted[from]];
    whole.group = all;
    const size_t total = publication_index(p, &whole);
    size_t parts[PARTS_MOST + 1];
    if (total == p->n_keys)
        return true;
    for (size_t i = from; i < to;) {
        const char *group = p->keys[p->sorted[i]].group;
        const size_t length = kind_length(group);
        size_t n = 0;
        for (; i < to && n < PARTS_MOST && kind_length(p->keys[p->sorted[i]].group) == length &&
               strncmp(p->keys[p->sorted[i]].group, group, length) == 0;
             i++)
            parts[n++] = p->sorted[i];
        if (length == 0)
            i = n == 0 ? i + 1 : i;
        else if (!add_parts(p, total, parts, n, err))
            return false;
    }
    return true;
}

/* Localities of one group: the cells with that group among [from, to): one measure and time. */
static bool link_localities(struct publication *p, size_t from, size_t to, struct err *err)
{
    size_t parts[PARTS_MOST + 1];
    for (size_t i = from; i < to; i++) {
        const struct publication_key *key = &p->keys[p->sorted[i]];
        size_t n = 0;
        if (key->locality[0] != '\0')
            break; /* the whole authority stands first */
        for (size_t j = i + 1; j < to && n < PARTS_MOST; j++) {
            const struct publication_key *other = &p->keys[p->sorted[j]];
            if (other->locality[0] != '\0' && strcmp(other->group, key->group) == 0)
                parts[n++] = p->sorted[j];
        }
        if (!add_parts(p, p->sorted[i], parts, n, err))
            return false;
    }
    return true;
}

static bool link_groups(struct publication *p, struct err *err)
{
    bool ok = true;
    for (size_t from = 0; ok && from < p->n_keys;) {
        const struct publication_key *first = &p->keys[p->sorted[from]];
        size_t to = from;
        while (to < p->n_keys && same_time(first, &p->keys[p->sorted[to]]))
            to++;
        for (size_t i = from; ok && i < to;) {
            size_t end = i;
            while (end < to && strcmp(p->keys[p->sorted[i]].locality, p->keys[p->sorted[end]].locality) == 0)
                end++;
            ok = link_kinds(p, i, end, err);
            i = end;
        }
        ok = ok && link_localities(p, from, to, err);
        from = to;
    }
    return ok;
}

/* stock = stock before + entries - exits. Of some groups it holds by chance only: then an attacker who takes
 * it for a rule is right. */
static bool link_flow(struct publication *p, size_t entries, struct err *err)
{
    struct publication_key key = p->keys[entries];
    const int32_t months = key.months;
    key.measure = "exits";
    const size_t exits = publication_index(p, &key);
    key.measure = "stock";
    key.months = 0;
    const size_t after = publication_index(p, &key);
    key.date = date_month_end(key.date, -months);
    const size_t before = publication_index(p, &key);
    const struct disclosure_cell *cells = p->tables.cells;
    if (exits == p->n_keys || after == p->n_keys || before == p->n_keys ||
        cells[after].value != cells[before].value + cells[entries].value - cells[exits].value)
        return true;
    const struct disclosure_term terms[] = {{after, -1}, {before, 1}, {entries, 1}, {exits, -1}};
    return disclosure_add_relation(&p->tables, terms, sizeof terms / sizeof terms[0], err);
}

/* A period of its shorter ones of one length. */
static bool link_periods(struct publication *p, size_t whole, int32_t months, struct err *err)
{
    struct publication_key key = p->keys[whole];
    size_t parts[QUARTERS_MOST + 1];
    size_t n = 0;
    const int32_t pieces = key.months / months;
    const day end = key.date;
    key.months = months;
    for (int32_t i = 0; i < pieces; i++) {
        key.date = date_month_end(end, -i * months);
        const size_t part = publication_index(p, &key);
        if (part < p->n_keys)
            parts[n++] = part;
    }
    if (n == (size_t)pieces) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += p->tables.cells[parts[i]].value;
        /* corrected in between: then nothing adds up */
        return sum != p->tables.cells[whole].value || disclosure_add_sum(&p->tables, whole, parts, n, err);
    }
    return add_parts(p, whole, parts, n, err);
}

static bool link_times(struct publication *p, struct err *err)
{
    static const int32_t lengths[] = {6, 3, 1};
    bool ok = true;
    for (size_t i = 0; ok && i < p->n_keys; i++) {
        if (strcmp(p->keys[i].measure, "entries") == 0)
            ok = link_flow(p, i, err);
        for (size_t k = 0; ok && k < sizeof lengths / sizeof lengths[0]; k++)
            if (p->keys[i].months > lengths[k])
                ok = link_periods(p, i, lengths[k], err);
    }
    return ok;
}

/* Groups, of one measure or of two, that are part of another; NULL: whatever group it is. Each part comes
 * once. */
static const struct {
    const char *measure, *groups[2], *whole, *whole_group;
} subsets[] = {
    {"readmissions", {NULL, NULL}, "entries", NULL},
    {"exits", {"route:aged_out", NULL}, "exits", "age:16-17"},
    {"stock", {"placement:foster_inhouse", "placement:res_inhouse"}, "stock", "sector:public"},
    {"stock", {"placement:foster_ifa", "placement:res_external"}, "stock", "sector:independent"},
    {"stock", {"placement:foster_inhouse", "placement:foster_ifa"}, "card:inhouse_fostering", "all"},
};

static bool link_subset(struct publication *p, size_t s, size_t cell, struct err *err)
{
    struct publication_key key = p->keys[cell];
    size_t parts[3] = {cell};
    size_t n = 1;
    if (strcmp(key.measure, subsets[s].measure) != 0 ||
        (subsets[s].groups[0] != NULL && strcmp(key.group, subsets[s].groups[0]) != 0))
        return true;
    if (subsets[s].groups[1] != NULL) {
        key.group = subsets[s].groups[1];
        parts[1] = publication_index(p, &key);
        n += parts[1] < p->n_keys;
    }
    key.measure = subsets[s].whole;
    key.group = subsets[s].whole_group == NULL ? key.group : subsets[s].whole_group;
    const size_t whole = publication_index(p, &key);
    return whole == p->n_keys || add_parts(p, whole, parts, n, err);
}

static bool link_subsets(struct publication *p, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < p->n_keys; i++)
        for (size_t s = 0; ok && s < sizeof subsets / sizeof subsets[0]; s++)
            ok = link_subset(p, s, i, err);
    return ok;
}

bool publication_link(struct publication *p, struct err *err)
{
    return link_groups(p, err) && link_times(p, err) && link_subsets(p, err);
}
