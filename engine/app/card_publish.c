/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measures that the returns count as a publication does go under its own names, so that quarters and years
 * are linked; all others under "card:NAME". */
#include "app/card_publish.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/outlook_publish.h"

enum { MONTHS_A_YEAR = 12, NAME = 160 };
enum {
    COLUMN_NUMERATOR = 4,
    COLUMN_DENOMINATOR = 5,
    COLUMN_VALUE = 6,
    COLUMN_PREVIOUS = 8
};                                        /* of card.csv */
static const char part[] = "counted:yes"; /* of "all": the denominator */

bool card_publish_check(const struct options *options, struct err *err)
{
    if (!options_has(options, "publish"))
        return true;
    if (options_has(options, "all") || options_text(options, "month") != NULL ||
        options_text(options, "locality") != NULL)
        return err_set(err, ERR_USAGE,
                       "--publish is for a quarter or half-year of the whole authority; leave --all, --month "
                       "and --locality "
                       "out");
    return true;
}

static bool is_whole(double value)
{
    return isfinite(value) && value >= 0 && fabs(value - round(value)) < 1e-9 && value < 1e15;
}

static int32_t months_of(const struct indicator *measure, const struct indicator_figure *figure)
{
    return measure->kind == INDICATOR_STOCK || measure->period == INDICATOR_POINT
               ? 0
               : date_month_index(figure->last) - date_month_index(figure->first) + 1;
}

/* What publications count themselves: one cell for both, or a card could show what a table hides. */
static const struct {
    const char *name;
    enum measure measure;
    struct group group;
} counted[] = {
    {"stock", MEASURE_STOCK, {GROUP_ALL, 0}},     {"stock_uasc", MEASURE_STOCK, {GROUP_UASC, 0}},
    {"entries", MEASURE_ENTRIES, {GROUP_ALL, 0}}, {"exits", MEASURE_EXITS, {GROUP_ALL, 0}},
    {"moves", MEASURE_MOVES, {GROUP_ALL, 0}},     {"readmissions", MEASURE_READMISSIONS, {GROUP_ALL, 0}},
};
/* Parts of published tables by other groups than the tables': sums of their cells, that the linking does not
 * know. */
static const char *const withheld[] = {"entries_under_5", "entries_16_17", "inhouse_fostering",
                                       "external_residential", "permanence"};

static bool is_withheld(const struct indicator *measure)
{
    for (size_t i = 0; measure->computed && i < sizeof withheld / sizeof withheld[0]; i++)
        if (strcmp(withheld[i], measure->name) == 0)
            return true;
    return false;
}

/* The row of what publications count; the number of rows when it is none. */
static size_t counted_row(const struct indicator *measure)
{
    size_t i = 0;
    while (i < sizeof counted / sizeof counted[0] &&
           !(measure->computed && strcmp(counted[i].name, measure->name) == 0))
        i++;
    return i;
}

/* The cells of its own that a figure rests on. The numerator of a mean is no count; a number that was typed
 * is one where it is whole. */
struct cells {
    bool has_numerator, has_denominator;
    double count;
    struct publication_key numerator, denominator;
};

static struct cells cells_of(const struct indicator *measure, const struct indicator_figure *figure,
                             char name[NAME])
{
    const int32_t months = months_of(measure, figure);
    const bool share = measure->kind == INDICATOR_SHARE && isfinite(figure->denominator);
    const double count = isfinite(figure->numerator) || measure->computed ? figure->numerator : figure->value;
    (void)snprintf(name, NAME, "card:%s", measure->name);
    return (struct cells){
        .has_numerator = (measure->kind != INDICATOR_MEAN || !measure->computed) && is_whole(count),
        .has_denominator = (share || measure->kind == INDICATOR_MEAN) && is_whole(figure->denominator),
        .count = count,
        .numerator = {name, share ? part : "all", "", figure->last, months},
        .denominator = {name, "all", "", figure->last, months},
    };
}

static bool add_figure(struct publish *publish, const struct indicator *measure,
                       const struct indicator_figure *figure, struct err *err)
{
    char name[NAME];
    struct publication *p = &publish->publication;
    if (figure->state != INDICATOR_KNOWN || is_withheld(measure) ||
        counted_row(measure) < sizeof counted / sizeof counted[0])
        return true;
    const struct cells cells = cells_of(measure, figure, name);
    return (!cells.has_denominator ||
            publication_add(p, &cells.denominator, llround(figure->denominator), DISCLOSURE_TOTAL, err)) &&
           (!cells.has_numerator ||
            publication_add(p, &cells.numerator, llround(cells.count), DISCLOSURE_PART, err));
}

/* A figure that rests on nothing the publication knows is hidden, too: it could be anything. */
static bool is_hidden(const struct card_sheet *sheet, const struct indicator *measure,
                      const struct indicator_figure *figure)
{
    char name[NAME];
    int64_t value = 0;
    const size_t row = counted_row(measure);
    const struct publication *p = &sheet->setting->publish->publication;
    if (figure->state != INDICATOR_KNOWN)
        return false;
    if (row < sizeof counted / sizeof counted[0])
        return publication_count(p, counted[row].measure, counted[row].group,
                                 sheet->forecast->outlook.history.localities, figure->last,
                                 months_of(measure, figure), &value) != PUBLICATION_SHOWN ||
               value != llround(figure->numerator); /* defined otherwise: not what was protected */
    const struct cells cells = cells_of(measure, figure, name);
    if (is_withheld(measure) || (!cells.has_numerator && !cells.has_denominator))
        return true;
    return (cells.has_numerator && publication_find(p, &cells.numerator, &value) != PUBLICATION_SHOWN) ||
           (cells.has_denominator && publication_find(p, &cells.denominator, &value) != PUBLICATION_SHOWN);
}

/* ---- masking ----------------------------------------------------------------------------------------- */

static void mask_measures(struct card_sheet *sheet, struct card_mask masks[])
{
    for (size_t i = 0; i < sheet->measures.n; i++) {
        struct indicator *measure = &sheet->measures.list[i];
        masks[i] = (struct card_mask){is_hidden(sheet, measure, &measure->now),
                                      is_hidden(sheet, measure, &measure->previous)};
        if (masks[i].now || masks[i].before) {
            measure->direction = INDICATOR_NOT_TESTED;
            measure->p = (double)NAN;
        }
        if (masks[i].now)
            measure->status = INDICATOR_NO_STATUS;
        measure->why = "";
        measure->n_known = 0; /* no sparkline */
    }
    sheet->masks = masks;
}

/* Only what needs no numbers. */
static void mask_story(struct card_sheet *sheet)
{
    int32_t n = 0;
    for (int32_t i = 0; i < sheet->n_sentences; i++) {
        if (sheet->sentences[i].plain[0] == '\0')
            continue;
        sheet->sentences[n] = sheet->sentences[i];
        sheet->sentences[n].text = sheet->sentences[n].plain;
        n++;
    }
    sheet->n_sentences = n;
}

bool card_publish_sheet(struct card_sheet *sheet, struct err *err)
{
    const struct card_setting *s = sheet->setting;
    struct publish *publish = s->publish;
    struct outlook *outlook = &sheet->forecast->outlook;
    const uint32_t total = UINT32_C(1) << GROUP_ALL | UINT32_C(1) << GROUP_UASC;
    if (publish == NULL || !publish->is_on)
        return true;
    const int32_t months = date_month_index(sheet->period.last) - date_month_index(sheet->period.first) + 1;
    struct card_mask *masks = arena_take(&sheet->texts, (sheet->measures.n + 1) * sizeof *masks, err);
    bool ok = masks != NULL &&
              publication_add_counts(&publish->publication, &outlook->history, &outlook->counts,
                                     sheet->period.last, months, total, err) &&
              publication_add_counts(&publish->publication, &outlook->history, &outlook->counts,
                                     date_month_end(sheet->period.last, -MONTHS_A_YEAR), months, total, err);
    for (size_t i = 0; ok && i < sheet->measures.n; i++)
        ok = add_figure(publish, &sheet->measures.list[i], &sheet->measures.list[i].now, err) &&
             add_figure(publish, &sheet->measures.list[i], &sheet->measures.list[i].previous, err);
    if (!ok || !outlook_publish_past(outlook, publish, s->store, &s->app->log, err))
        return false;
    mask_measures(sheet, masks);
    mask_story(sheet);
    if (sheet->commentary.parts[COMMENTARY_STORY].length + sheet->commentary.parts[COMMENTARY_VOICE].length +
            sheet->commentary.parts[COMMENTARY_NEXT].length +
            sheet->commentary.parts[COMMENTARY_PARTNERS].length >
        0)
        log_warning(
            &s->app->log,
            "the commentary is published as it stands: see that it names no child and no small number");
    return true;
}

bool card_publish_table(const struct card_sheet *sheet, struct table *card, size_t first, struct err *err)
{
    static const int now[] = {COLUMN_NUMERATOR, COLUMN_DENOMINATOR, COLUMN_VALUE};
    bool ok = true;
    for (size_t i = 0; ok && sheet->masks != NULL && i < sheet->measures.n; i++) {
        struct table_cell *row = &card->cells[(first + i) * card->n_columns];
        for (size_t k = 0; ok && sheet->masks[i].now && k < sizeof now / sizeof now[0]; k++)
            ok = publish_set_hidden(card, &row[now[k]], err);
        if (ok && sheet->masks[i].before)
            ok = publish_set_hidden(card, &row[COLUMN_PREVIOUS], err);
    }
    return ok;
}
