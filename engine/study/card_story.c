/* SPDX-License-Identifier: GPL-3.0-or-later
 * The change of a stock over twelve months, told apart in four ways that each add up to it.
 *
 * With E entries and X exits of these twelve months, E0 and X0 of those before, T and T0 the children's years
 * in care, and r = X / T the rate of leaving:
 *
 *   E - X = (E0 - X0) + (E - E0) - (r - r0) (T + T0) / 2 - (T - T0) (r + r0) / 2
 *
 * since r T - r0 T0 is the sum of the last two. The first is what would have come of going on as before. */
#include "study/card_story.h"

#include <math.h>

#include "base/err.h"
#include "numeric/change.h"
#include "numeric/control.h"

enum { YEAR_MONTHS = 12, EVERYWHERE = -1 };
static const double days_per_year = 365.25, entries_dispersion = 1.8, exits_dispersion = 1.5;

/* Names as in files, words for people. */
static const struct name {
    const char *name, *words;
} ages[] =
    {
#define AGE_BAND(member, name, first, last, words) {"age:" name, words},
#include "data/codes/age_band.def"
#undef AGE_BAND
},
  placements[] =
      {
#define PLACEMENT_GROUP(member, name, words) {"placement:" name, words},
#include "data/codes/placement_group.def"
#undef PLACEMENT_GROUP
},
  routes[] = {
#define ROUTE(member, name, words) {"route:" name, words},
#include "data/codes/route.def"
#undef ROUTE
};
_Static_assert((int)PLACEMENT_COUNT < (int)STORY_PARTS && (int)ROUTE_COUNT + 2 < (int)STORY_PARTS,
               "parts fit");

struct teller {
    const struct history *history;
    const struct counts *counts;
    int32_t locality;
    day first, last; /* of the twelve months */
    struct story *story;
};

static struct group group_of(const struct teller *t)
{
    return t->locality == EVERYWHERE ? (struct group){GROUP_ALL, 0}
                                     : (struct group){GROUP_LOCALITY, t->locality};
}

static int64_t stock_on(const struct teller *t, day date)
{
    return counts_at(t->counts, MEASURE_STOCK, group_of(t), counts_month(t->counts, date));
}

/* A flow of the twelve months that end `back` months before the last day. */
static int64_t flow(const struct teller *t, enum measure measure, int32_t back)
{
    const day last = date_month_end(t->last, -back);
    return counts_sum(t->counts, measure, group_of(t), date_month_start(last, 1 - YEAR_MONTHS), last);
}

static struct story_part *add_part(const struct teller *t, enum story_split split, struct name name,
                                   double before, double after, double effect)
{
    struct story_part *const part = &t->story->parts[split][t->story->n_parts[split]++];
    *part = (struct story_part){name.name, name.words, before, after, effect, NAN};
    return part;
}

/* ---- by age and placement ---------------------------------------------------------------------------- */

/* Children on a day by age band and by placement. */
static void count_mix(const struct teller *t, day date, double by_age[AGE_COUNT],
                      double by_placement[PLACEMENT_COUNT])
{
    for (size_t i = 0; i < t->history->n_segments; i++) {
        const struct segment *segment = &t->history->segments[i];
        if (segment->start > date || segment->end <= date ||
            (t->locality != EVERYWHERE && segment->locality != t->locality))
            continue;
        by_age[age_band_of(date_age_on(t->history->children[segment->child].born, date))]++;
        by_placement[segment->group]++;
    }
}

static void tell_mix(const struct teller *t)
{
    double ages_before[AGE_COUNT] = {0};
    double ages_after[AGE_COUNT] = {0};
    double before[PLACEMENT_COUNT] = {0};
    double after[PLACEMENT_COUNT] = {0};
    count_mix(t, t->story->from, ages_before, before);
    count_mix(t, t->story->to, ages_after, after);
    for (size_t i = 0; i < AGE_COUNT; i++)
        add_part(t, STORY_AGE, ages[i], ages_before[i], ages_after[i], ages_after[i] - ages_before[i]);
    for (size_t i = 0; i < PLACEMENT_COUNT; i++)
        add_part(t, STORY_PLACEMENT, placements[i], before[i], after[i], after[i] - before[i]);
}

/* ---- by flows ---------------------------------------------------------------------------------------- */

/* How many times the months of a flow vary more than chance. */
static double dispersion_of(const struct teller *t, enum measure measure, double otherwise)
{
    double counts[CONTROL_BASELINE];
    double days[CONTROL_BASELINE];
    size_t n = 0;
    for (int32_t back = CONTROL_BASELINE - 1; back >= 0; back--) {
        const day first = date_month_start(t->last, -back);
        if (first < t->history->start)
            continue;
        counts[n] = (double)counts_at(t->counts, measure, group_of(t), counts_month(t->counts, first));
        days[n++] = date_month_end(first, 0) - first + 1;
    }
    if (n < CONTROL_LEAST)
        return otherwise;
    const double sigma = control_rates(counts, days, n).sigma_z;
    return sigma * sigma;
}

/* Exits of a time by route; a locality's by its home on the last day. */
static void count_routes(const struct teller *t, int32_t back, int64_t out[ROUTE_COUNT])
{
    const day to = date_month_end(t->last, -back);
    const day from = date_month_start(to, 1 - YEAR_MONTHS);
    for (size_t i = 0; i < t->history->n_spells; i++) {
        const struct spell *spell = &t->history->spells[i];
        if (spell->n_segments == 0 || spell->end < from || spell->end > to)
            continue;
        const struct segment *last = &t->history->segments[spell->first_segment + spell->n_segments - 1];
        if (t->locality == EVERYWHERE || last->locality == t->locality)
            out[spell->route]++;
    }
}

/* Homes that moved between localities; nothing for the whole authority. */
static void tell_moves(const struct teller *t, enum story_split split)
{
    static const struct name moved = {"moved_home", "homes that moved between localities"};
    const struct story *s = t->story;
    const double effect = (double)(s->stock_after - s->stock_before) - (double)s->entries + (double)s->exits;
    if (t->locality != EVERYWHERE)
        add_part(t, split, moved, NAN, NAN, effect);
}

static void tell_routes(const struct teller *t)
{
    static const struct name entered = {"entries", "came into care"};
    const struct story *s = t->story;
    int64_t now[ROUTE_COUNT] = {0};
    int64_t before[ROUTE_COUNT] = {0};
    count_routes(t, 0, now);
    if (s->has_before)
        count_routes(t, YEAR_MONTHS, before);
    const double wide = dispersion_of(t, MEASURE_EXITS, exits_dispersion);
    struct story_part *part =
        add_part(t, STORY_ROUTE, entered, s->has_before ? (double)s->entries_before : (double)NAN,
                 (double)s->entries, (double)s->entries);
    if (s->has_before)
        part->p = change_of_counts(s->entries_before, 1, s->entries, 1,
                                   dispersion_of(t, MEASURE_ENTRIES, entries_dispersion))
                      .p;
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        part = add_part(t, STORY_ROUTE, routes[i], s->has_before ? (double)before[i] : (double)NAN,
                        (double)now[i], -(double)now[i]);
        if (s->has_before)
            part->p = change_of_counts(before[i], 1, now[i], 1, wide).p;
    }
    tell_moves(t, STORY_ROUTE);
}

static void tell_flows(const struct teller *t)
{
    static const struct name as_before = {"as_before", "what the year before brought"};
    static const struct name entered = {"entries", "came into care"};
    static const struct name leaving = {"leaving_rate", "rate of leaving"};
    static const struct name exposed = {"in_care", "children who could leave"};
    const struct story *s = t->story;
    if (!s->has_before)
        return;
    const double years = (double)flow(t, MEASURE_NIGHTS, 0) / days_per_year;
    const double years_before = (double)flow(t, MEASURE_NIGHTS, YEAR_MONTHS) / days_per_year;
    const double entries = (double)(s->entries - s->entries_before);
    const double rate = years > 0 ? (double)s->exits / years : 0;
    const double rate_before = years_before > 0 ? (double)s->exits_before / years_before : 0;
    const double went_on = (double)(s->entries_before - s->exits_before);
    add_part(t, STORY_FLOW, as_before, NAN, NAN, went_on);
    add_part(t, STORY_FLOW, entered, (double)s->entries_before, (double)s->entries, entries)->p =
        change_of_counts(s->entries_before, 1, s->entries, 1,
                         dispersion_of(t, MEASURE_ENTRIES, entries_dispersion))
            .p;
    struct story_part *const part = add_part(t, STORY_FLOW, leaving, 100 * rate_before, 100 * rate,
                                             -(rate - rate_before) * (years + years_before) / 2);
    if (years > 0 && years_before > 0)
        part->p = change_of_counts(s->exits_before, years_before, s->exits, years,
                                   dispersion_of(t, MEASURE_EXITS, exits_dispersion))
                      .p;
    add_part(t, STORY_FLOW, exposed, years_before, years, -(years - years_before) * (rate + rate_before) / 2);
    tell_moves(t, STORY_FLOW);
}

/* ---- what is unusual --------------------------------------------------------------------------------- */

/* One flow on its control chart: the baseline's months, then on to the last. */
struct charted {
    const char *name, *words;
    enum measure measure;
};
enum { CHARTED_MONTHS = 36 };

static void add_signal(const struct teller *t, const struct charted *flow_, const struct control_rate *chart,
                       day first, double count, double score, size_t run)
{
    struct story *const s = t->story;
    const day last = date_month_end(first, 0);
    const double days = last - first + 1;
    if (s->n_signals == STORY_SIGNALS)
        return;
    struct story_signal *const signal = &s->signals[s->n_signals++];
    *signal = (struct story_signal){.name = flow_->name,
                                    .words = flow_->words,
                                    .month = last,
                                    .months = (int32_t)run,
                                    .is_above = score > 0,
                                    .value = count,
                                    .middle = chart->middle * days};
    control_limits(chart, days, 3, &signal->low, &signal->high);
    signal->low *= days;
    signal->high *= days;
}

static void chart_flow(const struct teller *t, const struct charted *flow_, day from)
{
    double counts[CHARTED_MONTHS];
    double days[CHARTED_MONTHS];
    double scores[CHARTED_MONTHS];
    const struct story *s = t->story;
    const int32_t n = date_month_index(t->last) - date_month_index(s->charted_from) + 1;
    bug_if(n < 1 || n > CHARTED_MONTHS);
    for (int32_t i = 0; i < n; i++) {
        const day first = date_month_start(s->charted_from, i);
        counts[i] = (double)counts_at(t->counts, flow_->measure, group_of(t), counts_month(t->counts, first));
        days[i] = date_month_end(first, 0) - first + 1;
    }
    const struct control_rate chart = control_rates(counts, days, (size_t)s->months_charted);
    for (int32_t i = 0; i < n; i++)
        scores[i] = control_score(&chart, counts[i], days[i]);
    bool told = false; /* a run is told once, where it had come to */
    for (int32_t i = n; i-- > 0;) {
        const day first = date_month_start(s->charted_from, i);
        const unsigned broken = first >= from ? control_signals(scores, (size_t)i, CONTROL_PUBLIC) : 0;
        if ((broken & CONTROL_BEYOND) != 0)
            add_signal(t, flow_, &chart, first, counts[i], scores[i], 1);
        if ((broken & CONTROL_ONE_SIDE) != 0 && !told) {
            add_signal(t, flow_, &chart, first, counts[i], scores[i], control_run(scores, (size_t)i));
            told = true;
        }
    }
}

static void tell_unusual(const struct teller *t, day from)
{
    static const struct charted flows[] = {{"entries", "entries", MEASURE_ENTRIES},
                                           {"exits", "exits", MEASURE_EXITS},
                                           {"moves", "moves", MEASURE_MOVES},
                                           {"readmissions", "returns to care", MEASURE_READMISSIONS}};
    struct story *const s = t->story;
    const int32_t year = date_financial_year(t->last);
    const day wanted = date_year_end(year - 3) + 1;
    s->charted_to = date_year_end(year - 1);
    s->charted_from = wanted > t->history->start ? wanted : t->history->start;
    const int32_t months = date_month_index(s->charted_to) - date_month_index(s->charted_from) + 1;
    s->months_charted = months >= CONTROL_LEAST ? months : 0;
    for (size_t i = 0; s->months_charted > 0 && i < sizeof flows / sizeof flows[0]; i++)
        chart_flow(t, &flows[i], from);
}

bool card_story_make(const struct history *history, const struct counts *counts, int32_t locality, day first,
                     day last, struct story *out)
{
    *out = (struct story){.from = date_month_end(last, -YEAR_MONTHS), .to = last};
    const struct teller t = {history, counts, locality, date_month_start(last, 1 - YEAR_MONTHS), last, out};
    if (out->from < history->start - 1 || last > history->end) {
        *out = (struct story){0};
        return false;
    }
    out->is_locality = locality != EVERYWHERE;
    out->stock_before = stock_on(&t, out->from);
    out->stock_after = stock_on(&t, last);
    out->entries = flow(&t, MEASURE_ENTRIES, 0);
    out->exits = flow(&t, MEASURE_EXITS, 0);
    out->has_before = date_month_end(last, -2 * YEAR_MONTHS) >= history->start - 1;
    if (out->has_before) {
        out->entries_before = flow(&t, MEASURE_ENTRIES, YEAR_MONTHS);
        out->exits_before = flow(&t, MEASURE_EXITS, YEAR_MONTHS);
    }
    tell_mix(&t);
    tell_routes(&t);
    tell_flows(&t);
    tell_unusual(&t, first);
    return true;
}
