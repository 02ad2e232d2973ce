/* SPDX-License-Identifier: GPL-3.0-or-later
 * A placement begins with the first segment of a period of care and with each move. The walk goes child by
 * child over the segments, which stand in order. */
#include "study/stability.h"

#include "numeric/interval.h"

static const struct table_column columns[] = {
    {"la", 0}, {"year", 0},  {"date", 0}, {"measure", 0}, {"children", 0},
    {"of", 0}, {"share", 1}, {"low", 1},  {"high", 1},    {"note", 0},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], THREE = 3, LONG_TERM_AGE = 16 };
enum { ONE_YEAR = 12, TWO_YEARS = 24, LONG_TERM = 30 }; /* months */

static bool covers(day start, day end, day date)
{
    return start <= date && date < end;
}

static const struct segment *segments_of(const struct history *history, const struct spell *spell)
{
    return &history->segments[spell->first_segment];
}

/* Placements of a child from the one running on `from` to those begun until `to`. */
static int32_t placements_between(const struct history *history, const struct child *child, day from, day to)
{
    int32_t n = 0;
    for (int32_t s = 0; s < child->n_spells; s++) {
        const struct spell *spell = &history->spells[child->first_spell + s];
        const struct segment *segments = segments_of(history, spell);
        for (int32_t i = 0; i < spell->n_segments; i++) {
            const struct segment *segment = &segments[i];
            const bool begins = i == 0 || segment->is_move;
            n += covers(segment->start, segment->end, from) ||
                 (begins && segment->start > from && segment->start <= to);
        }
    }
    return n;
}

/* The first day of the placement that segment `at` of a spell belongs to; *at becomes its first segment. */
static day placement_start(const struct segment segments[], int32_t *at)
{
    while (*at > 0 && !segments[*at].is_move)
        (*at)--;
    return segments[*at].start;
}

static bool is_stable(const struct history *history, const struct spell *spell, day date, day since)
{
    const struct segment *segments = segments_of(history, spell);
    int32_t at = 0;
    while (!covers(segments[at].start, segments[at].end, date))
        at++;
    const bool adoption = segments[at].group == PLACEMENT_ADOPTION;
    day start = placement_start(segments, &at);
    if (start > since && adoption && at > 0) {
        at--;
        start = placement_start(segments, &at);
    }
    return start <= since;
}

/* Where the child lives on a day of the period. */
static int32_t locality_on(const struct history *history, const struct spell *spell, day date)
{
    const struct segment *segments = segments_of(history, spell);
    int32_t at = 0;
    while (!covers(segments[at].start, segments[at].end, date))
        at++;
    return segments[at].locality;
}

static void count_child(const struct history *history, const struct child *child, day date, int32_t locality,
                        struct stability *out)
{
    const struct spell *spell = NULL;
    for (int32_t s = 0; s < child->n_spells; s++) {
        const struct spell *candidate = &history->spells[child->first_spell + s];
        if (candidate->n_segments > 0 && covers(candidate->start, candidate->end, date))
            spell = candidate;
    }
    if (spell == NULL || (locality >= 0 && locality_on(history, spell, date) != locality))
        return;
    const day one_year = date_month_end(date, -ONE_YEAR) + 1;
    const day two_years = date_month_end(date, -TWO_YEARS) + 1;
    out->stock++;
    out->three_or_more += placements_between(history, child, one_year, date) >= THREE;
    if (spell->start < two_years) {
        out->two_years++;
        out->two_years_three_or_more += placements_between(history, child, two_years, date) >= THREE;
    }
    if (date_age_on(child->born, date) >= LONG_TERM_AGE)
        return;
    if (spell->start <= date_month_end(date, -LONG_TERM)) {
        out->long_term++;
        out->long_term_stable += is_stable(history, spell, date, two_years - 1);
    } else {
        out->start_unknown += !spell->start_known;
    }
}

struct stability stability_on(const struct history *history, day date, int32_t locality)
{
    struct stability out = {
        .year = date_financial_year(date),
        .two_years_observed = date_month_end(date, -TWO_YEARS) + 1 >= history->start,
    };
    for (size_t i = 0; i < history->n_children; i++)
        count_child(history, &history->children[i], date, locality, &out);
    return out;
}

struct stability stability_of(const struct history *history, int32_t year)
{
    return stability_on(history, date_year_end(year), -1);
}

static bool add_row(const struct history *history, int32_t year, const char *measure, int64_t children,
                    int64_t of, const char *note, struct table *out, struct err *err)
{
    struct table_cell *row = table_add_row(out, err);
    char name[DATE_TEXT];
    date_format_financial_year(year, name);
    if (row == NULL || !table_set_text(out, &row[0], history->la_name, err) ||
        !table_set_text(out, &row[1], name, err) || !table_set_text(out, &row[3], measure, err) ||
        (note[0] != '\0' && !table_set_text(out, &row[9], note, err)))
        return false;
    table_set_day(&row[2], date_year_end(year));
    table_set_integer(&row[4], children);
    table_set_integer(&row[5], of);
    if (of > 0) {
        const struct interval limits = interval_share(children, of);
        table_set_real(&row[6], 100.0 * (double)children / (double)of);
        table_set_real(&row[7], 100.0 * limits.low);
        table_set_real(&row[8], 100.0 * limits.high);
    }
    return true;
}

bool stability_table(const struct history *history, struct table *out, struct err *err)
{
    static const char cut_off[] = "placements from before the first return are not all known";
    static const char unknown[] = "children whose start of care is not known are left out";
    table_init(out, "stability", columns, N_COLUMNS);
    for (int32_t year = history->first_year; year <= history->last_year; year++) {
        const struct stability s = stability_of(history, year);
        const char *two = s.two_years_observed ? "" : cut_off;
        const char *lasting = !s.two_years_observed ? cut_off : s.start_unknown > 0 ? unknown : "";
        if (!add_row(history, year, "three_or_more_placements", s.three_or_more, s.stock, "", out, err) ||
            !add_row(history, year, "three_or_more_in_two_years", s.two_years_three_or_more, s.two_years, two,
                     out, err) ||
            !add_row(history, year, "long_term_stability", s.long_term_stable, s.long_term, lasting, out,
                     err) ||
            !add_row(history, year, "start_of_care_not_known", s.start_unknown, s.stock, "", out, err)) {
            table_free(out);
            return false;
        }
    }
    return true;
}
