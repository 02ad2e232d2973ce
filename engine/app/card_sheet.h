/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_sheet.h: everything that one report card shows, and its page.
 *
 * Ownership: a sheet owns what it made; it is on the heap and not moved; card_sheet_close releases it.
 * Setting and sources are borrowed. */
#ifndef TURNCURVE_APP_CARD_SHEET_H
#define TURNCURVE_APP_CARD_SHEET_H

#include "app/card_actions.h"
#include "app/card_commentary.h"
#include "app/card_curve.h"
#include "app/card_measures.h"
#include "app/card_sources.h"
#include "render/page.h"
#include "study/card_story.h"

enum { CARD_MONEY = 4, CARD_PREFIX = DATE_TEXT + 2 };

struct card_sheet {
    const struct card_setting *setting;
    const struct card_sources *sources;
    struct card_period period;
    const char *locality;     /* NULL: all */
    char prefix[CARD_PREFIX]; /* of file names: "" or "2026-27Q1-" */
    struct card_forecast *forecast;
    struct indicator_set measures;
    struct card_mask *masks;         /* of each measure; NULL: nothing is published */
    struct card_selection selection; /* of --measures; names NULL: as the card chooses */
    struct story story;
    struct story_sentence sentences[STORY_SENTENCES];
    int32_t n_sentences;
    struct commentary commentary;
    struct table actions, targets;
    int32_t room; /* lines of both columns (app/card_room.h) */
    size_t late_left, untested;
    const char *money[CARD_MONEY]; /* sentences */
    size_t n_money;
    struct card_curve curve;
    bool has_curve;
    struct arena texts;
};

/* commentary, measures: --commentary, --measures. prefixed: files carry the period's name, because other
 * cards stand beside them.
 */
struct card_sheet *card_sheet_open(const struct card_setting *setting, const struct card_sources *sources,
                                   const struct card_period *period, const char *locality,
                                   const char *commentary, const char *measures, bool prefixed,
                                   struct err *err);
void card_sheet_close(struct card_sheet *sheet);

/* Neighbours in a series of cards; NULL none. */
struct card_neighbours {
    bool is_series;
    const struct card_period *before, *after;
};
/* A page that goes with the card. */
struct card_link {
    const char *file, *words;
};
/* Adds the values of reports/card.mustache to a map. One sheet of paper has room for so much: of measures,
 * actions and sentences the least important are left out; a commentary that needs more room than there is
 * fails with ERR_DATA. */
bool card_sheet_add(const struct card_sheet *sheet, const struct card_neighbours *neighbours,
                    const struct card_link links[], size_t n_links, bool drawn, struct arena *arena,
                    struct page_value *root, struct err *err);

#endif
