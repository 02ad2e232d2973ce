/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences of a story. Each is made beside its plain form, which names the same things without a number, and
 * keeps the smallest count that it quotes or that a difference in it gives away. */
#include <math.h>
#include <stdlib.h>

#include "study/card_story.h"
#include "study/headline.h"

static const double sure = .05, likely = .2; /* of no change */
enum { NOTHING = 0 };

struct writer {
    const struct story *story;
    struct arena *arena;
    struct story_sentence *out;
    int32_t *n;
    struct err *err;
};

/* The smaller of two counts above 0; 0 when there is none. */
static int64_t smaller(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    return a == 0 ? b : b == 0 || a < b ? a : b;
}

static bool write(struct writer *w, const char *text, const char *plain, int64_t least)
{
    if (text == NULL || plain == NULL)
        return false;
    if (*w->n < STORY_SENTENCES)
        w->out[(*w->n)++] = (struct story_sentence){text, plain, least};
    return true;
}

static const char *number(struct writer *w, double value)
{
    char text[HEADLINE_NUMBER];
    headline_number(llround(fabs(value)), text);
    return arena_copy(w->arena, str_of(text), w->err);
}

/* "rose", "probably fell", "did not clearly change". */
static const char *moved(double p, double change)
{
    if (!(p < likely))
        return "did not clearly change";
    if (p < sure)
        return change > 0 ? "rose" : "fell";
    return change > 0 ? "probably rose" : "probably fell";
}

static bool say_stock(struct writer *w)
{
    const struct story *s = w->story;
    const int64_t change = s->stock_after - s->stock_before;
    char date[DATE_TEXT];
    date_format_words(s->to, date);
    const char *const after = number(w, (double)s->stock_after);
    const char *const by = number(w, (double)change);
    const char *const came = number(w, (double)s->entries);
    const char *const left = number(w, (double)s->exits);
    if (after == NULL || by == NULL || came == NULL || left == NULL)
        return false;
    const char *const than = change > 0   ? "more than a year before"
                             : change < 0 ? "fewer than a year before"
                                          : "as many as a year before";
    const char *const text =
        change != 0
            ? arena_format(w->arena, w->err, "%s children were in care on %s, %s %s: %s came, %s left.",
                           after, date, by, than, came, left)
            : arena_format(w->arena, w->err, "%s children were in care on %s, %s: %s came, %s left.", after,
                           date, than, came, left);
    return write(w, text,
                 change > 0   ? "More children were in care than a year before."
                 : change < 0 ? "Fewer children were in care than a year before."
                              : "As many children were in care as a year before.",
                 smaller(smaller(s->stock_after, change), smaller(s->entries, s->exits)));
}

/* What the change owes to entries and to the rate of leaving. */
static bool say_flows(struct writer *w)
{
    const struct story *s = w->story;
    if (!s->has_before)
        return true;
    const struct story_part *entries = &s->parts[STORY_FLOW][1];
    const struct story_part *leaving = &s->parts[STORY_FLOW][2];
    const char *const entries_moved = moved(entries->p, entries->effect);
    const char *const leaving_moved = moved(leaving->p, -leaving->effect);
    const char *const before = number(w, entries->before);
    const char *const after = number(w, entries->after);
    if (before == NULL || after == NULL)
        return false;
    const char *const text = arena_format(
        w->arena, w->err,
        "Entries %s (%s after %s the year before); the rate of leaving %s (%.0f in 100 children a year after "
        "%.0f), which makes %.0f %s in care.",
        entries_moved, after, before, leaving_moved, leaving->after, leaving->before, fabs(leaving->effect),
        leaving->effect > 0 ? "more" : "fewer");
    const char *const plain =
        arena_format(w->arena, w->err, "Entries %s against the year before; the rate of leaving %s.",
                     entries_moved, leaving_moved);
    return write(w, text, plain,
                 smaller(smaller(llround(entries->before), llround(entries->after)),
                         smaller(llround(entries->effect), smaller(s->exits, s->exits_before))));
}

/* The parts with the largest and the second largest effect; NULL where it is 0. */
static void find_largest(const struct story *s, enum story_split split, const struct story_part *out[2])
{
    out[0] = out[1] = NULL;
    for (int32_t i = 0; i < s->n_parts[split]; i++) {
        const struct story_part *part = &s->parts[split][i];
        if (!(fabs(part->effect) > 0))
            continue;
        if (out[0] == NULL || fabs(part->effect) > fabs(out[0]->effect)) {
            out[1] = out[0];
            out[0] = part;
        } else if (out[1] == NULL || fabs(part->effect) > fabs(out[1]->effect)) {
            out[1] = part;
        }
    }
}

static const char *part_text(struct writer *w, const struct story_part *part)
{
    const char *const by = number(w, part->effect);
    const char *const after = number(w, part->after);
    if (by == NULL || after == NULL)
        return NULL;
    return arena_format(w->arena, w->err, "%s (%s%s, now %s)", part->words, part->effect > 0 ? "+" : "-", by,
                        after);
}

static const char *part_plain(struct writer *w, const struct story_part *part)
{
    return arena_format(w->arena, w->err, "%s (%s)", part->words, part->effect > 0 ? "more" : "fewer");
}

/* "By age the largest changes are 10 to 15 (-25, now 412) and 16 and 17 (+12, now 300)." */
static bool say_mix(struct writer *w, enum story_split split, const char *by)
{
    const struct story_part *largest[2];
    find_largest(w->story, split, largest);
    if (largest[0] == NULL)
        return true;
    const char *const first = part_text(w, largest[0]);
    const char *const first_plain = part_plain(w, largest[0]);
    if (first == NULL || first_plain == NULL)
        return false;
    int64_t least = smaller(llround(largest[0]->effect),
                            smaller(llround(largest[0]->after), llround(largest[0]->before)));
    if (largest[1] == NULL)
        return write(w, arena_format(w->arena, w->err, "By %s the only change is %s.", by, first),
                     arena_format(w->arena, w->err, "By %s the only change is %s.", by, first_plain), least);
    const char *const second = part_text(w, largest[1]);
    const char *const second_plain = part_plain(w, largest[1]);
    if (second == NULL || second_plain == NULL)
        return false;
    least = smaller(least, smaller(llround(largest[1]->effect),
                                   smaller(llround(largest[1]->after), llround(largest[1]->before))));
    return write(
        w, arena_format(w->arena, w->err, "By %s the largest changes are %s and %s.", by, first, second),
        arena_format(w->arena, w->err, "By %s the largest changes are %s and %s.", by, first_plain,
                     second_plain),
        least);
}

/* The route that changed most surely, of as many as were looked at; else the one by which most left. */
static bool say_routes(struct writer *w)
{
    const struct story *s = w->story;
    const struct story_part *changed = NULL;
    const struct story_part *most = NULL;
    for (int32_t i = 1; i <= ROUTE_COUNT; i++) {
        const struct story_part *part = &s->parts[STORY_ROUTE][i];
        if (part->p * ROUTE_COUNT < likely && (changed == NULL || part->p < changed->p))
            changed = part;
        if (part->after > 0 && (most == NULL || part->after > most->after))
            most = part;
    }
    const struct story_part *const told = changed != NULL ? changed : most;
    if (told == NULL)
        return true;
    const char *const after = number(w, told->after);
    const char *const before = number(w, changed != NULL ? told->before : (double)s->exits);
    if (after == NULL || before == NULL)
        return false;
    if (changed == NULL)
        return write(w,
                     arena_format(w->arena, w->err, "Leavers by route: most \"%s\", %s of %s.", told->words,
                                  after, before),
                     arena_format(w->arena, w->err, "Leavers by route: most \"%s\".", told->words),
                     smaller(llround(told->after), s->exits - llround(told->after)));
    const char *const how = moved(told->p * ROUTE_COUNT, told->after - told->before);
    return write(
        w,
        arena_format(w->arena, w->err, "Leavers by route: \"%s\" %s, %s after %s the year before.",
                     told->words, how, after, before),
        arena_format(w->arena, w->err, "Leavers by route: \"%s\" %s.", told->words, how),
        smaller(smaller(llround(told->after), llround(told->before)), llround(told->after - told->before)));
}

static bool say_signal(struct writer *w, const struct story_signal *signal)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const struct civil civil = date_to_civil(signal->month);
    const char *const month =
        arena_format(w->arena, w->err, "%.3s %d", months + (size_t)(civil.month - 1) * 3, (int)civil.year);
    const char *const side = signal->is_above ? "above" : "below";
    if (month == NULL)
        return false;
    if (signal->months > 1)
        return write(w,
                     arena_format(w->arena, w->err,
                                  "Unusual: %s were %s their average for %d months in a row to %s.",
                                  signal->words, side, (int)signal->months, month),
                     arena_format(w->arena, w->err, "Unusual: %s stayed %s their average to %s.",
                                  signal->words, side, month),
                     NOTHING);
    return write(w,
                 arena_format(w->arena, w->err,
                              "Unusual: %.0f %s in %s, where %.0f to %.0f were to be expected.",
                              signal->value, signal->words, month, ceil(signal->low), floor(signal->high)),
                 arena_format(w->arena, w->err, "Unusual: %s in %s were %s what was to be expected.",
                              signal->words, month, side),
                 llround(signal->value));
}

static bool say_unusual(struct writer *w)
{
    const struct story *s = w->story;
    static const char nothing[] = "No month was unusual by the control charts of entries, exits, moves and "
                                  "returns to care.";
    if (s->months_charted == 0)
        return true;
    if (s->n_signals == 0)
        return write(w, nothing, nothing, NOTHING);
    for (int32_t i = 0; i < s->n_signals && i < 2; i++)
        if (!say_signal(w, &s->signals[i]))
            return false;
    return true;
}

bool card_story_say(const struct story *story, struct arena *arena,
                    struct story_sentence out[STORY_SENTENCES], int32_t *n, struct err *err)
{
    struct writer w = {story, arena, out, n, err};
    *n = 0;
    const bool unusual = story->n_signals > 0; /* that nothing is can wait */
    return say_stock(&w) && say_flows(&w) && (!unusual || say_unusual(&w)) && say_mix(&w, STORY_AGE, "age") &&
           say_mix(&w, STORY_PLACEMENT, "placement") && say_routes(&w) && (unusual || say_unusual(&w));
}
