/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each child is asked once per year and measure for the period of care that counts; the group is that of its
 * first or last segment, or of the one on 31 March. */
#include "study/dfe.h"

#include <math.h>

static const struct table_column published_columns[] = {
    {"la", 0},       {"year", 0},      {"date", 0},       {"measure", 0}, {"group", 0},
    {"children", 0}, {"published", 0}, {"difference", 0}, {"note", 0},
};
static const struct table_column panel_columns[] = {
    {"la", 0},     {"year", 0},    {"date", 0},       {"stock", 0},
    {"starts", 0}, {"leavers", 0}, {"population", 0}, {"rate_per_10000", 1},
};
static const struct table_column year_columns[] = {
    {"la", 0},
    {"year", 0},
    {"date", 0},
    {"stock", 0},
    {"starts", 0},
    {"leavers", 0},
    {"during_year", 0},
    {"published_stock", 0},
    {"published_starts", 0},
    {"published_leavers", 0},
};
enum {
    N_YEAR_COLUMNS = sizeof year_columns / sizeof year_columns[0],
    N_DFE_COLUMNS = sizeof published_columns / sizeof published_columns[0],
    N_PANEL_COLUMNS = sizeof panel_columns / sizeof panel_columns[0],
};

_Static_assert((int)PLACEMENT_COUNT <= (int)DFE_MEMBERS && (int)NEED_COUNT <= (int)DFE_MEMBERS,
               "members fit");

/* How far a count may be from the published figure before it is worth a note. */
static const double stock_share = 0.02;
static const double flow_share = 0.05;
enum { STOCK_CHILDREN = 3, FLOW_CHILDREN = 5 };

/* What counts for a child: nothing, or a segment, a day and a period of care. */
struct counted {
    const struct segment *segment;
    const struct spell *spell;
    day date; /* of the age */
};

const char *dfe_name(enum dfe_measure measure)
{
    static const char *const names[DFE_COUNT] = {"stock", "starts", "leavers", "during_year"};
    return names[measure];
}

static const struct segment *segment_on(const struct history *history, const struct spell *spell, day date)
{
    const struct segment *segments = &history->segments[spell->first_segment];
    for (int32_t i = 0; i < spell->n_segments; i++)
        if (segments[i].start <= date && date < segments[i].end)
            return &segments[i];
    return NULL;
}

static struct counted counted_of(const struct history *history, const struct child *child, int32_t year,
                                 enum dfe_measure measure)
{
    const day from = date_year_end(year - 1) + 1;
    const day to = date_year_end(year);
    struct counted out = {0};
    for (int32_t s = 0; s < child->n_spells; s++) {
        const struct spell *spell = &history->spells[child->first_spell + s];
        const struct segment *first = &history->segments[spell->first_segment];
        if (spell->n_segments == 0)
            continue;
        const bool starts = spell->start >= from && spell->start <= to;
        const bool ends = spell->end >= from && spell->end <= to;
        switch (measure) {
        case DFE_STOCK:
            if (spell->start <= to && to < spell->end)
                out = (struct counted){segment_on(history, spell, to), spell, to};
            break;
        case DFE_STARTS:
            if (starts && out.segment == NULL)
                out = (struct counted){first, spell, spell->start};
            break;
        case DFE_LEAVERS:
            if (ends)
                out = (struct counted){first + spell->n_segments - 1, spell,
                                       spell->end > spell->start ? spell->end - 1 : spell->start};
            break;
        case DFE_DURING:
            if (spell->start <= to && spell->end >= from)
                out = (struct counted){first, spell, spell->start};
            break;
        case DFE_COUNT:
            break;
        }
    }
    return out;
}

void dfe_count(const struct history *history, int32_t year, enum dfe_measure measure, struct dfe_counts *out)
{
    *out = (struct dfe_counts){0};
    for (size_t i = 0; i < history->n_children; i++) {
        const struct child *child = &history->children[i];
        const struct counted counted = counted_of(history, child, year, measure);
        const struct segment *segment = counted.segment;
        if (segment == NULL)
            continue;
        out->of[GROUP_ALL][0]++;
        out->of[GROUP_PLACEMENT][segment->group]++;
        out->of[GROUP_AGE][age_band_of(date_age_on(child->born, counted.date))]++;
        out->of[GROUP_LEGAL][segment->legal]++;
        out->of[GROUP_NEED][segment->need]++;
        out->of[GROUP_UASC][0] += child->uasc && counted.date < child->uasc_until;
        if (measure == DFE_LEAVERS)
            out->of[GROUP_ROUTE][counted.spell->route]++;
    }
}

double dfe_value(const struct yearly *yearly, enum dfe_measure measure, int32_t year)
{
    if (yearly == NULL || year < yearly->first_year || year >= yearly->first_year + yearly->n_years)
        return (double)NAN;
    const int32_t i = year - yearly->first_year;
    switch (measure) {
    case DFE_STOCK:
        return yearly->stock[i];
    case DFE_STARTS:
        return yearly->starts[i];
    case DFE_LEAVERS:
        return yearly->leavers[i];
    case DFE_DURING:
    case DFE_COUNT:
        break;
    }
    return (double)NAN;
}

static bool is_far(enum dfe_measure measure, double difference, double published)
{
    const bool is_stock = measure == DFE_STOCK;
    return fabs(difference) > (is_stock ? STOCK_CHILDREN : FLOW_CHILDREN) &&
           fabs(difference) > (is_stock ? stock_share : flow_share) * published;
}

static bool add_row(const struct history *history, const struct yearly *yearly, int32_t year,
                    enum dfe_measure measure, struct group group, int64_t children, struct table *out,
                    struct err *err)
{
    const double published = group.kind == GROUP_ALL ? dfe_value(yearly, measure, year) : (double)NAN;
    char name[GROUP_TEXT];
    char year_name[DATE_TEXT];
    struct table_cell *row = table_add_row(out, err);
    group_format(group, history->localities, name);
    date_format_financial_year(year, year_name);
    if (row == NULL || !table_set_text(out, &row[0], history->la_name, err) ||
        !table_set_text(out, &row[1], year_name, err) ||
        !table_set_text(out, &row[3], dfe_name(measure), err) || !table_set_text(out, &row[4], name, err))
        return false;
    table_set_day(&row[2], date_year_end(year));
    table_set_integer(&row[5], children);
    if (isnan(published))
        return true;
    const double difference = (double)children - published;
    table_set_integer(&row[6], llround(published));
    table_set_integer(&row[7], llround(difference));
    return !is_far(measure, difference, published) ||
           table_set_text(out, &row[8], "far from the published figure: are all children in the returns?",
                          err);
}

/* The kinds of group that DfE publishes for a measure. */
static bool has_kind(enum dfe_measure measure, enum group_kind kind)
{
    if (kind == GROUP_ALL)
        return true;
    if (measure == DFE_DURING)
        return false;
    return kind == GROUP_ROUTE ? measure == DFE_LEAVERS : kind != GROUP_LOCALITY;
}

static bool add_groups(const struct history *history, const struct yearly *yearly, int32_t year,
                       enum dfe_measure measure, struct table *out, struct err *err)
{
    static const int32_t n_members[GROUP_KIND_COUNT] = {
        [GROUP_ALL] = 1,
        [GROUP_PLACEMENT] = PLACEMENT_COUNT,
        [GROUP_AGE] = AGE_COUNT,
        [GROUP_ROUTE] = ROUTE_COUNT,
        [GROUP_LEGAL] = LEGAL_COUNT,
        [GROUP_NEED] = NEED_COUNT,
        [GROUP_UASC] = 1,
    };
    struct dfe_counts counts;
    bool ok = true;
    dfe_count(history, year, measure, &counts);
    for (int k = 0; ok && k < GROUP_KIND_COUNT; k++)
        for (int32_t i = 0; ok && i < n_members[k] && has_kind(measure, (enum group_kind)k); i++)
            ok = add_row(history, yearly, year, measure, (struct group){(enum group_kind)k, i},
                         counts.of[k][i], out, err);
    return ok;
}

bool dfe_table(const struct history *history, const struct yearly *yearly, struct table *out, struct err *err)
{
    bool ok = true;
    table_init(out, "published", published_columns, N_DFE_COLUMNS);
    for (int32_t year = history->first_year; ok && year <= history->last_year; year++)
        for (int m = 0; ok && m < DFE_COUNT; m++)
            ok = add_groups(history, yearly, year, (enum dfe_measure)m, out, err);
    if (!ok)
        table_free(out);
    return ok;
}

static void set_count(struct table_cell *cell, double value)
{
    if (!isnan(value))
        table_set_integer(cell, llround(value));
}

static bool begin_row(struct table *out, const char *la, int32_t year, struct table_cell **row,
                      struct err *err)
{
    char name[DATE_TEXT];
    date_format_financial_year(year, name);
    *row = table_add_row(out, err);
    if (*row == NULL || !table_set_text(out, &(*row)[0], la, err) ||
        !table_set_text(out, &(*row)[1], name, err))
        return false;
    table_set_day(&(*row)[2], date_year_end(year));
    return true;
}

bool dfe_year_table(const struct history *history, const struct yearly *yearly, struct table *out,
                    struct err *err)
{
    enum { FIRST_COUNT = 3, FIRST_PUBLISHED = FIRST_COUNT + DFE_COUNT };
    if (out->columns == NULL)
        table_init(out, "published_years", year_columns, N_YEAR_COLUMNS);
    for (int32_t year = history->first_year; year <= history->last_year; year++) {
        struct table_cell *row = NULL;
        if (!begin_row(out, history->la_name, year, &row, err))
            return false;
        for (int m = 0; m < DFE_COUNT; m++) {
            struct dfe_counts counts;
            dfe_count(history, year, (enum dfe_measure)m, &counts);
            table_set_integer(&row[FIRST_COUNT + m], counts.of[GROUP_ALL][0]);
            if (m != DFE_DURING)
                set_count(&row[FIRST_PUBLISHED + m], dfe_value(yearly, (enum dfe_measure)m, year));
        }
    }
    return true;
}

const char *dfe_far_years(const struct history *history, const struct yearly *yearly, struct arena *arena,
                          struct err *err)
{
    const char *words = "";
    for (int32_t year = history->first_year; words != NULL && year <= history->last_year; year++) {
        const double published = dfe_value(yearly, DFE_STOCK, year);
        struct dfe_counts counts;
        char name[DATE_TEXT];
        if (isnan(published))
            continue;
        dfe_count(history, year, DFE_STOCK, &counts);
        date_format_financial_year(year, name);
        if (is_far(DFE_STOCK, (double)counts.of[GROUP_ALL][0] - published, published))
            words =
                arena_format(arena, err, "%s%s%s (%lld, published %lld)", words, words[0] == '\0' ? "" : ", ",
                             name, (long long)counts.of[GROUP_ALL][0], llround(published));
    }
    return words;
}

bool dfe_panel_table(const struct yearly *yearly, struct table *out, struct err *err)
{
    if (out->columns == NULL)
        table_init(out, "published", panel_columns, N_PANEL_COLUMNS);
    for (int32_t i = 0; i < yearly->n_years; i++) {
        struct table_cell *row = NULL;
        if (!begin_row(out, yearly->la_name, yearly->first_year + i, &row, err))
            return false;
        set_count(&row[3], yearly->stock[i]);
        set_count(&row[4], yearly->starts[i]);
        set_count(&row[5], yearly->leavers[i]);
        set_count(&row[6], yearly->population[i]);
        table_set_real(&row[7], yearly->stock[i] / yearly->population[i] * 10000.0);
    }
    return true;
}
