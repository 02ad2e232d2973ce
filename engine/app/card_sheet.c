/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a card shows is gathered here; card_page.c makes it a page. */
#include "app/card_sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/card_money.h"
#include "app/card_publish.h"
#include "app/card_room.h"
#include "base/vec.h"

enum { CARD_TARGETS = 3, BOARD_TARGETS = 24, HEADING_LEVEL = 3 };

void card_sheet_close(struct card_sheet *sheet)
{
    if (sheet == NULL)
        return;
    if (sheet->has_curve)
        card_curve_free(&sheet->curve);
    table_free(&sheet->actions);
    table_free(&sheet->targets);
    commentary_free(&sheet->commentary);
    indicator_set_free(&sheet->measures);
    card_forecast_close(sheet->forecast);
    arena_free(&sheet->texts);
    free(sheet);
}

static bool find_measures(struct card_sheet *sheet, struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    if (!indicator_compute(&sheet->sources->source, sheet->period.first, sheet->period.last, sheet->locality,
                           &indicator_rule_default, true, &sheet->measures, err))
        return false;
    /* the status of the number of children is that of the curve: beating the baseline is success */
    if (isfinite(f->turned) && f->answer != CARD_TOO_EARLY && !f->is_doubtful)
        indicator_set_chance(&sheet->measures, "stock", (double)NAN, f->turned, &indicator_rule_default);
    return true;
}

static bool tell_story(struct card_sheet *sheet, struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    const int32_t locality = f->group.kind == GROUP_LOCALITY ? f->group.member : -1;
    if (f->group.kind == GROUP_LOCALITY && locality < 0)
        return true; /* a team of the measures file: the returns have no curve of it */
    return !card_story_make(&sheet->sources->history, &sheet->sources->counts, locality, sheet->period.first,
                            sheet->period.last, &sheet->story) ||
           card_story_say(&sheet->story, &sheet->texts, sheet->sentences, &sheet->n_sentences, err);
}

static bool find_targets(struct card_sheet *sheet, struct err *err)
{
    const size_t most = sheet->period.kind == CARD_QUARTER ? CARD_TARGETS : BOARD_TARGETS;
    return sheet->forecast->plan == NULL ||
           card_targets_table(&sheet->targets, sheet->forecast, most, &sheet->untested, err);
}

struct card_sheet *card_sheet_open(const struct card_setting *setting, const struct card_sources *sources,
                                   const struct card_period *period, const char *locality,
                                   const char *commentary, const char *measures, bool prefixed,
                                   struct err *err)
{
    struct card_sheet *sheet = vec_new(1, sizeof *sheet, err);
    if (sheet == NULL)
        return NULL;
    *sheet =
        (struct card_sheet){.setting = setting, .sources = sources, .period = *period, .locality = locality};
    if (prefixed)
        (void)snprintf(sheet->prefix, sizeof sheet->prefix, "%s-", period->name);
    bool ok = card_commentary_read(commentary, setting->app->database, period, locality, HEADING_LEVEL,
                                   &setting->app->log, &sheet->commentary, err);
    if (ok)
        sheet->forecast = card_forecast_open(setting, period, locality, err);
    ok = ok && sheet->forecast != NULL && find_measures(sheet, err) &&
         (measures == NULL ||
          card_selection_read(measures, &sheet->measures, &sheet->texts, &sheet->selection, err)) &&
         tell_story(sheet, err) && card_publish_sheet(sheet, err) && find_targets(sheet, err) &&
         card_money_say(sheet, err) && card_room_fit(sheet, err);
    const char *name = ok ? arena_format(&sheet->texts, err, "%scurve", sheet->prefix) : NULL;
    ok = ok && name != NULL && card_curve_make(&sheet->curve, sheet->forecast, name, err);
    sheet->has_curve = ok;
    if (ok && sheet->forecast->outlook.caution[0] != '\0')
        log_warning(&setting->app->log, "%s: %s", period->name, sheet->forecast->outlook.caution);
    if (!ok) {
        card_sheet_close(sheet);
        return NULL;
    }
    return sheet;
}
