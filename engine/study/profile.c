/* SPDX-License-Identifier: GPL-3.0-or-later
 * Twenty miles is the published cut; what is not known is a class of its own, never left out of the whole. */
#include "study/profile.h"

#include "data/counts.h"

static const struct table_column reason_columns[] = {{"la", 0},    {"year", 0},    {"date", 0}, {"need", 0},
                                                     {"words", 0}, {"entries", 0}, {"share", 1}};
static const struct table_column location_columns[] = {
    {"la", 0}, {"year", 0}, {"date", 0}, {"what", 0}, {"class", 0}, {"children", 0}, {"share", 1}};
enum { N_COLUMNS = sizeof reason_columns / sizeof reason_columns[0] };

static const float far_miles = 20.0F;
static const float unknown_miles = 999.0F; /* 999.9 stands for not known in extracts */

enum place_class { INSIDE, OUTSIDE, BOUNDARY_UNKNOWN, NEAR, FAR, DISTANCE_UNKNOWN, N_CLASSES };
enum { BOUNDARY_INSIDE = 1, BOUNDARY_OUTSIDE = 2 };

static bool add_row(const struct history *history, int32_t year, const char *what, const char *words,
                    int64_t children, int64_t of, struct table *out, struct err *err)
{
    char name[DATE_TEXT];
    struct table_cell *row = table_add_row(out, err);
    date_format_financial_year(year, name);
    if (row == NULL || !table_set_text(out, &row[0], history->la_name, err) ||
        !table_set_text(out, &row[1], name, err) || !table_set_text(out, &row[3], what, err) ||
        !table_set_text(out, &row[4], words, err))
        return false;
    table_set_day(&row[2], date_year_end(year));
    table_set_integer(&row[5], children);
    if (of > 0)
        table_set_real(&row[6], 100.0 * (double)children / (double)of);
    return true;
}

bool profile_reasons_table(const struct history *history, struct table *out, struct err *err)
{
    struct counts counts = {0};
    bool ok = counts_make(history, history->start, history->end, &counts, err);
    table_init(out, "reasons", reason_columns, N_COLUMNS);
    for (int32_t year = history->first_year; ok && year <= history->last_year; year++) {
        const day from = date_year_end(year - 1) + 1;
        const day to = date_year_end(year);
        const int64_t all = counts_sum(&counts, MEASURE_ENTRIES, (struct group){GROUP_ALL, 0}, from, to);
        for (int32_t need = 0; ok && need < NEED_COUNT; need++) {
            const struct group group = {GROUP_NEED, need};
            ok = add_row(history, year, need_name((enum need)need), need_words((enum need)need),
                         counts_sum(&counts, MEASURE_ENTRIES, group, from, to), all, out, err);
        }
    }
    counts_free(&counts);
    if (!ok)
        table_free(out);
    return ok;
}

static bool has_distance(const struct segment *segment)
{
    return segment->distance_miles >= 0.0F && segment->distance_miles < unknown_miles;
}

bool profile_has_location(const struct history *history)
{
    for (size_t i = 0; i < history->n_segments; i++)
        if (history->segments[i].boundary != 0 || has_distance(&history->segments[i]))
            return true;
    return false;
}

bool profile_location_table(const struct history *history, struct table *out, struct err *err)
{
    static const char *const whats[N_CLASSES] = {"boundary", "boundary", "boundary",
                                                 "distance", "distance", "distance"};
    static const char *const words[N_CLASSES] = {"inside",           "outside",       "not known",
                                                 "20 miles or less", "over 20 miles", "not known"};
    bool ok = true;
    table_init(out, "location", location_columns, N_COLUMNS);
    for (int32_t year = history->first_year; ok && year <= history->last_year; year++) {
        const day date = date_year_end(year);
        int64_t children[N_CLASSES] = {0};
        int64_t of = 0;
        for (size_t i = 0; i < history->n_segments; i++) {
            const struct segment *s = &history->segments[i];
            const struct child *child = &history->children[s->child];
            if (date < s->start || date >= s->end || s->legal == LEGAL_SHORT_BREAK ||
                (child->uasc && date < child->uasc_until))
                continue;
            of++;
            children[s->boundary == BOUNDARY_INSIDE    ? INSIDE
                     : s->boundary == BOUNDARY_OUTSIDE ? OUTSIDE
                                                       : BOUNDARY_UNKNOWN]++;
            children[!has_distance(s) ? DISTANCE_UNKNOWN : s->distance_miles > far_miles ? FAR : NEAR]++;
        }
        for (int c = 0; ok && c < N_CLASSES; c++)
            ok = add_row(history, year, whats[c], words[c], children[c], of, out, err);
    }
    if (!ok)
        table_free(out);
    return ok;
}
