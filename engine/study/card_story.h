/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/card_story.h: the story behind the curve, computed: what changed the stock in the twelve months, and
 * what was unusual.
 *
 * Ownership: a struct story is a plain value whose texts are constants; sentences live in the caller's arena.
 *
 * Numbers are kept apart from the sentences made of them, so that a publication can mask the numbers and drop
 * or reword the sentences that quote them. */
#ifndef TURNCURVE_STUDY_CARD_STORY_H
#define TURNCURVE_STUDY_CARD_STORY_H

#include "data/counts.h"

/* How the change of stock is told apart; the effects of the parts of each add up to it exactly. */
enum story_split {
    STORY_AGE,       /* children in each age band at the end less a year before */
    STORY_PLACEMENT, /* the same by placement */
    STORY_ROUTE,     /* entries less exits by each route */
    STORY_FLOW, /* what the year before brought, more or fewer entries, a higher or lower rate of leaving,
                   more or fewer children who could leave */
    STORY_SPLITS
};

struct story_part {
    const char *name; /* "age:10-15", "placement:res_external", "entries", "route:home", "leaving_rate", .. */
    const char *words;    /* for people: "aged 10 to 15" */
    double before, after; /* stock, or events of the twelve months before and of these; of the rate of leaving
                             per 100 children and year, of children who could leave on an average day */
    double effect;        /* children, on the change of stock */
    double p;             /* of no change from before to after, of events and rates; NaN */
};
enum { STORY_PARTS = 16 };

/* A month, or a run of months on one side of the average, that chance alone seldom brings: by the two rules
 * for public cards (numeric/control.h), which cry wolf in 13 of 100 series of 24 stable months. Limits are
 * those of the two financial years before the one that the card's last month lies in: the same for all cards
 * of a year.
 */
struct story_signal {
    const char *name;  /* "entries", "exits", "moves", "readmissions" */
    const char *words; /* "entries" */
    day month;         /* last day of the month at which it was seen */
    int32_t months;    /* 1, or the length of the run on one side */
    bool is_above;
    double value, middle, low, high; /* of the month; the limits of 3 sigma */
};
enum { STORY_SIGNALS = 8 };

struct story {
    day from, to; /* the ends of the days whose stocks are compared, a year apart */
    int64_t stock_before, stock_after;
    int64_t entries, exits, entries_before, exits_before; /* of the twelve months, and of those before */
    bool has_before; /* the twelve months before are observed: STORY_FLOW has parts */
    struct story_part parts[STORY_SPLITS][STORY_PARTS];
    int32_t n_parts[STORY_SPLITS];
    struct story_signal signals[STORY_SIGNALS]; /* in the window, latest first */
    int32_t n_signals;
    int32_t months_charted; /* behind the limits; 0: fewer than twelve, no limits */
    day charted_from, charted_to;
    bool is_locality;
};

/* The story of the twelve months that end with `last` (the last day of a month); signals of the months from
 * `first` on. locality -1: all; else an index of history.localities: then moves of homes between localities
 * have a part of their own. False when the twelve months are not observed; then *out is zeroed. Cost:
 * O(segments). */
bool card_story_make(const struct history *history, const struct counts *counts, int32_t locality, day first,
                     day last, struct story *out);

struct story_sentence {
    const char *text;  /* with its numbers */
    const char *plain; /* the same without numbers, "" when nothing is left to say */
    int64_t least;     /* the smallest count above 0 that text quotes, or that a difference in it reveals */
};
enum { STORY_SENTENCES = 8 };
/* Three to six sentences, the most important first. NULL text never; false with err filled for want of
 * memory.
 */
bool card_story_say(const struct story *story, struct arena *arena,
                    struct story_sentence out[STORY_SENTENCES], int32_t *n, struct err *err);

#endif
