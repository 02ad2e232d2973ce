/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values stand as people read them, so that a page and a masked page are made in one way. */
#include "app/card_tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/row_writer.h"

static const double pct = 100;

/* ---- providers --------------------------------------------------------------------------------------- */

void card_providers_begin(struct table *out)
{
    static const struct table_column columns[] = {
        {"period", 0},        {"provider", 0},  {"urn", 0},       {"placement", 0}, {"children", 0},
        {"nights", 0},        {"started", 0},   {"ended", 0},     {"moved_on", 0},  {"outside", 0},
        {"outside_known", 0}, {"mean_days", 0}, {"mean_miles", 1}};
    table_init(out, "providers", columns, sizeof columns / sizeof columns[0]);
}

/* urn "": all of the kind. */
static bool add_provider(struct table *out, const struct card_period *period, int kind, const char *urn,
                         int group, const struct provider_row *row, struct err *err)
{
    struct row_writer w = row_writer_begin(out, err);
    row_writer_text(&w, period->name);
    row_writer_text(&w, provider_kind_words(kind));
    if (urn[0] == '\0')
        row_writer_skip(&w);
    else
        row_writer_text(&w, urn);
    row_writer_text(&w, placement_group_name((enum placement_group)group));
    row_writer_integer(&w, row->children);
    row_writer_integer(&w, row->nights);
    row_writer_integer(&w, row->started);
    row_writer_integer(&w, row->ended);
    row_writer_integer(&w, row->moved_on);
    row_writer_integer(&w, row->outside);
    row_writer_integer(&w, row->placed_known);
    row_writer_real(&w, row->days);
    row_writer_real(&w, row->miles);
    return w.ok;
}

bool card_providers_add(struct table *out, const struct card_period *period, const struct providers *found,
                        const struct provider_home homes[], size_t n_homes, struct err *err)
{
    bool ok = true;
    for (int p = 0; ok && p < PROVIDER_KINDS; p++)
        for (int g = 0; ok && g < PLACEMENT_COUNT; g++)
            ok = provider_row_is_empty(&found->rows[p][g]) ||
                 add_provider(out, period, p, "", g, &found->rows[p][g], err);
    for (size_t i = 0; ok && i < n_homes; i++)
        ok = add_provider(out, period, homes[i].kind, homes[i].urn, homes[i].group, &homes[i].row, err);
    return ok;
}

/* What the tables for people say of one row, from its nights on. */
static void write_row(struct row_writer *w, const struct provider_row *row)
{
    row_writer_integer(w, row->nights);
    row_writer_integer(w, row->started);
    row_writer_integer(w, row->ended);
    row_writer_real(w, row->ended > 0 ? pct * (double)row->moved_on / (double)row->ended : (double)NAN);
    row_writer_real(w, row->placed_known > 0 ? pct * (double)row->outside / (double)row->placed_known
                                             : (double)NAN);
    row_writer_real(w, row->days);
    row_writer_real(w, row->miles);
}

bool card_homes_page(struct table *out, const struct provider_home homes[], size_t n_homes, struct err *err)
{
    static const struct table_column columns[] = {{"URN", 0},         {"Provider", 0},     {"Placement", 0},
                                                  {"Children", 0},    {"Nights", 0},       {"Started", 0},
                                                  {"Ended", 0},       {"By a move, %", 0}, {"Outside, %", 0},
                                                  {"Days so far", 0}, {"Miles", 1}};
    table_init(out,
               "Agencies and homes with most nights: children at the end, nights, placements started and "
               "ended, of those by a move to another; children outside the authority, mean days there, mean "
               "miles from home",
               columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < n_homes && i < CARD_HOMES; i++) {
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, homes[i].urn);
        row_writer_text(&w, provider_kind_words(homes[i].kind));
        row_writer_text(&w, placement_group_words((enum placement_group)homes[i].group));
        row_writer_integer(&w, homes[i].row.children);
        write_row(&w, &homes[i].row);
        ok = w.ok;
    }
    return ok;
}

bool card_providers_page(struct table *out, const struct providers *now, const struct providers *before,
                         struct err *err)
{
    static const struct table_column columns[] = {{"Provider", 0},    {"Placement", 0},    {"Children", 0},
                                                  {"A year ago", 0},  {"Nights", 0},       {"Started", 0},
                                                  {"Ended", 0},       {"By a move, %", 0}, {"Outside, %", 0},
                                                  {"Days so far", 0}, {"Miles", 1}};
    table_init(out,
               "Providers: children at the end, nights, placements started and ended, of those by a move to "
               "another; "
               "children outside the authority, mean days there, mean miles from home",
               columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (int p = 0; ok && p < PROVIDER_KINDS; p++)
        for (int g = 0; ok && g < PLACEMENT_COUNT; g++) {
            const struct provider_row *row = &now->rows[p][g];
            if (provider_row_is_empty(row) && before->rows[p][g].children == 0)
                continue;
            struct row_writer w = row_writer_begin(out, err);
            row_writer_text(&w, provider_kind_words(p));
            row_writer_text(&w, placement_group_words((enum placement_group)g));
            row_writer_integer(&w, row->children);
            row_writer_integer(&w, before->rows[p][g].children);
            write_row(&w, row);
            ok = w.ok;
        }
    return ok;
}

/* ---- areas ------------------------------------------------------------------------------------------- */

/* The measure of a name in a set that is known there; NULL when there is none. */
static const struct indicator *known(const struct indicator_set *set, const char *name)
{
    const struct indicator *found = indicator_find(set, name);
    return found != NULL && found->now.state == INDICATOR_KNOWN ? found : NULL;
}

/* "12%", "12%, probably rising". */
static void put_known(struct row_writer *w, const struct indicator *at)
{
    char value[INDICATOR_TEXT];
    char cell[2 * INDICATOR_TEXT + 8];
    if (at == NULL) {
        row_writer_skip(w);
        return;
    }
    const bool clear = at->direction != INDICATOR_NOT_TESTED && at->direction != INDICATOR_NO_CLEAR_CHANGE;
    indicator_format(at, &at->now, value);
    (void)snprintf(cell, sizeof cell, "%s%s%s", value, clear ? ", " : "",
                   clear ? indicator_direction_words(at->direction) : "");
    row_writer_text(w, cell);
}

/* The row of a measure, unless an earlier set has it, too, or none of those shown knows it. */
static bool add_measure(struct table *out, const struct indicator_set *const shown[], size_t n, size_t s,
                        const struct indicator *measure, struct err *err)
{
    bool wanted = false;
    for (size_t k = 0; k < s; k++)
        if (indicator_find(shown[k], measure->name) != NULL)
            return true;
    for (size_t k = s; k < n; k++)
        wanted = wanted || known(shown[k], measure->name) != NULL;
    if (!wanted)
        return true;
    struct row_writer w = row_writer_begin(out, err);
    row_writer_text(&w, measure->title);
    for (size_t k = 0; k < n; k++)
        put_known(&w, known(shown[k], measure->name));
    return w.ok;
}

bool card_matrix_make(struct table *out, const struct indicator_set sets[], const char *const names[],
                      size_t n, size_t first, struct arena *arena, struct err *err)
{
    const struct indicator_set *shown[1 + CARD_MATRIX_AREAS] = {&sets[0]};
    struct table_column *columns = arena_take(arena, (2 + CARD_MATRIX_AREAS) * sizeof *columns, err);
    size_t n_shown = 1;
    if (columns == NULL)
        return false;
    columns[0] = (struct table_column){"Measure", 0};
    columns[1] = (struct table_column){names[0], 0};
    for (size_t i = first; i < n && n_shown <= CARD_MATRIX_AREAS; i++) {
        shown[n_shown++] = &sets[i];
        columns[n_shown] = (struct table_column){names[i], 0};
    }
    const char *name = arena_format(arena, err, "Measures by area, with their direction: %s to %s",
                                    columns[2].name, columns[n_shown].name);
    if (name == NULL)
        return false;
    table_init(out, name, columns, n_shown + 1);
    bool ok = true;
    for (size_t s = 0; ok && s < n_shown; s++)
        for (size_t i = 0; ok && i < shown[s]->n; i++)
            ok = add_measure(out, shown, n_shown, s, &shown[s]->list[i], err);
    return ok;
}

/* ---- what the council knows of providers ------------------------------------------------------------- */

void card_judgements_begin(struct table *out)
{
    static const struct table_column columns[] = {{"Provider", 0}, {"Measure", 0},   {"When", 0},  {"Now", 0},
                                                  {"Year ago", 0}, {"Direction", 0}, {"Target", 0}};
    table_init(out, "Providers: measures that the council knows", columns,
               sizeof columns / sizeof columns[0]);
}

bool card_judgements_add(struct table *out, const char *provider, const struct indicator_set *set,
                         struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < set->n; i++) {
        const struct indicator *at = &set->list[i];
        char target[INDICATOR_TEXT];
        char now[INDICATOR_TEXT];
        char before[INDICATOR_TEXT] = "";
        indicator_format(at, &at->now, now);
        if (at->previous.state == INDICATOR_KNOWN)
            indicator_format(at, &at->previous, before);
        indicator_format_value(at, at->target, false, target);
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, provider);
        row_writer_text(&w, at->title);
        row_writer_text(&w, at->when);
        row_writer_text(&w, now);
        row_writer_text(&w, before);
        row_writer_text(&w, indicator_direction_words(at->direction));
        row_writer_text(&w, target);
        ok = w.ok;
    }
    return ok;
}

/* ---- definitions ------------------------------------------------------------------------------------- */

bool card_definitions_make(struct table *out, const struct indicator_set *set, struct err *err)
{
    static const struct table_column columns[] = {{"Measure", 0}, {"What it counts", 0}, {"From", 0},
                                                  {"When", 0},    {"Good is", 0},        {"Note", 0}};
    table_init(out, "What the measures are", columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < set->n; i++) {
        const struct indicator *at = &set->list[i];
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, at->title);
        row_writer_text(&w, at->definition);
        row_writer_text(&w, at->source);
        row_writer_text(&w, at->when);
        row_writer_text(&w, indicator_polarity_name(at->polarity));
        row_writer_both(&w, indicator_state_words(at->now.state), at->why == NULL ? "" : at->why);
        ok = w.ok;
    }
    return ok;
}
