/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/publication.h: every count that one publication is about, each with its meaning, and which are
 * hidden.
 *
 * Ownership: a struct publication owns its cells and texts; publication_free releases them. Keys given are
 * copied.
 *
 * A cell is named by what it counts, so that relations are found and need not be told:
 *
 * - the groups of one kind ("age:0", "age:1-4", ..) of a measure, place and time add up to "all"; what is
 *   missing to it is an unpublished remainder ("uasc:yes": all others). The same for localities.
 * - stock = stock before + entries - exits, for every group for which the numbers say so
 * - quarters make half-years and years; what is missing of a year is an unpublished remainder
 * - measures of a report card whose count has another name here ("card:entries_under_5" is of all entries)
 * are cells of that name
 * - a subset and what it is part of (readmissions of entries, the numerator of a percentage) leave a
 * remainder.
 *
 * Cells of earlier publications take part: what they showed is known whatever is done now, what they hid
 * stays hidden. A cell whose number has been corrected since is taken as new: its old number says little of
 * the new one, but that is a judgement.
 *
 * Not taken into account: relations between groups of different kinds (children placed for adoption have
 * placement orders), and what other bodies publish with other definitions. */
#ifndef TURNCURVE_STUDY_PUBLICATION_H
#define TURNCURVE_STUDY_PUBLICATION_H

#include "base/arena.h"
#include "data/counts.h"
#include "study/disclosure.h"

struct publication_key {
    const char *measure;  /* "stock", "entries" .. */
    const char *group;    /* "all", "placement:NAME" .. */
    const char *locality; /* "": the whole authority */
    day date;             /* the last day of the period */
    int32_t months;       /* of the period; 0: a stock on that day */
};
struct publication {
    struct disclosure_rule rule;
    struct disclosure tables;
    struct publication_key *keys; /* of the first n_keys cells; remainders have none */
    size_t n_keys, keys_capacity;
    size_t *sorted; /* indices of keys in order */
    struct disclosure_result hidden;
    int64_t attacked; /* small cells that the attacker tried, and failed */
    bool is_sealed;
    struct arena texts;
};
void publication_free(struct publication *publication);

/* Adds a count. Twice the same key with the same value is one cell; with another value ERR_INTERNAL, but for
 * a count of a card that should be another's (above), which then keeps its own name. */
bool publication_add(struct publication *publication, const struct publication_key *key, int64_t value,
                     enum disclosure_rank rank, struct err *err);
/* A cell of an earlier publication, shown or hidden there; after all others. What was hidden then and is no
 * part of this publication is left alone: its number is not known any more. */
bool publication_add_earlier(struct publication *publication, const struct publication_key *key,
                             int64_t value, bool shown, struct err *err);
/* The counts of a history that may be published of a period of 1, 3, 6 or 12 months that ends with a month:
 * the stock at its end by every kind of group, and entries, exits, moves (by placement and age) and
 * readmissions (all) over it. months 0: the stock only. Months before what is observed are left out. Groups:
 * bits of enum group_kind. */
enum { PUBLICATION_ALL_KINDS = (1 << GROUP_KIND_COUNT) - 1 };
bool publication_add_counts(struct publication *publication, const struct history *history,
                            const struct counts *counts, day date, int32_t months, uint32_t kinds,
                            struct err *err);

/* Links the cells, decides what is hidden, and lets the attacker try (study/disclosure_attack). Where some
 * cell cannot be protected while zeros are shown, rule.zeros_protect is set and all is decided anew. ERR_DATA
 * when the attack succeeds: nothing may be published then. */
bool publication_seal(struct publication *publication, struct err *err);

enum publication_state { PUBLICATION_UNKNOWN, PUBLICATION_HIDDEN, PUBLICATION_SHOWN };
/* What may be said of a count in a sealed publication; *value is written when it is shown. UNKNOWN: the
 * publication is not about it, so it must not be said either. */
enum publication_state publication_find(const struct publication *publication,
                                        const struct publication_key *key, int64_t *value);
/* The same by measure and group of a history (localities NULL: there are none). */
enum publication_state publication_count(const struct publication *publication, enum measure measure,
                                         struct group group, const char *const localities[], day date,
                                         int32_t months, int64_t *value);

#endif
