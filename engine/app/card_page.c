/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sheet of A4 has 273 mm between its margins. Heights below were measured on printed sheets, in the
 * widest letters that a reader's machine may pick; what the fixed blocks leave over is shared out as lines of
 * two columns. */
#include <stdio.h>
#include <string.h>

#include "app/card_dashboard.h"
#include "app/card_room.h"
#include "app/card_sheet.h"
#include "app/card_words.h"
#include "app/chance.h"
#include "app/help.h"
#include "app/publish.h"
#include "app/results_page.h"

/* ---- facts ------------------------------------------------------------------------------------------- */

static bool add_head(const struct card_sheet *sheet, struct arena *arena, struct page_value *root,
                     struct err *err)
{
    static const char *const shapes[] = {
        [CARD_YES] = "\xE2\x97\x8F", [CARD_TOO_EARLY] = "\xE2\x97\x8B", [CARD_NO] = "\xE2\x96\xA0"};
    static const char *const classes[] = {[CARD_YES] = "yes", [CARD_TOO_EARLY] = "early", [CARD_NO] = "no"};
    const struct card_forecast *f = sheet->forecast;
    char known[DATE_TEXT];
    char baseline[CARD_WORDS];
    char chance[CHANCE_WORDS] = "";
    const bool has_chance = f->turned >= 0 && !f->is_early && !f->is_doubtful;
    date_format_words(sheet->period.last, known);
    card_words_baseline(f, baseline);
    if (has_chance)
        chance_per_cent(f->turned, chance);
    return page_add_text(arena, root, "authority", sheet->setting->authority->name, err) &&
           page_add_flag(arena, root, "has_locality", sheet->locality != NULL, err) &&
           page_add_text(arena, root, "locality", sheet->locality == NULL ? "" : sheet->locality, err) &&
           page_add_text(arena, root, "period", sheet->period.name, err) &&
           page_add_text(arena, root, "period_words", sheet->period.words, err) &&
           page_add_text(arena, root, "known", known, err) &&
           page_add_text(arena, root, "answer", card_words_answer(f), err) &&
           page_add_text(arena, root, "answer_shape", shapes[f->answer], err) &&
           page_add_text(arena, root, "answer_class", classes[f->answer], err) &&
           page_add_flag(arena, root, "has_chance", has_chance, err) &&
           page_add_text(arena, root, "chance", chance, err) &&
           page_add_text(arena, root, "baseline", baseline, err);
}

static bool add_curve(const struct card_sheet *sheet, bool drawn, struct arena *arena,
                      struct page_value *root, struct err *err)
{
    char title[CARD_WORDS];
    char turned[CARD_WORDS];
    char ahead[CARD_WORDS];
    char width[16];
    char height[16];
    card_words_title(sheet->forecast, title);
    card_words_turned(sheet->forecast, turned);
    card_words_ahead(sheet->forecast, ahead);
    (void)snprintf(width, sizeof width, "%d", CARD_CURVE_SHOWN);
    (void)snprintf(height, sizeof height, "%d", CARD_CURVE_SHOWN_HEIGHT);
    return page_add_text(arena, root, "curve_title", title, err) &&
           page_add_text(arena, root, "turned", turned, err) &&
           page_add_text(arena, root, "ahead", ahead, err) &&
           page_add_flag(arena, root, "drawn", drawn, err) &&
           page_add_text(arena, root, "chart", sheet->curve.spec.name, err) &&
           page_add_text(arena, root, "width", width, err) &&
           page_add_text(arena, root, "height", height, err) &&
           page_add_text(arena, root, "alt", sheet->curve.spec.alt, err);
}

static bool add_neighbours(const struct card_neighbours *neighbours, struct arena *arena,
                           struct page_value *root, struct err *err)
{
    const struct card_period *const both[] = {neighbours->before, neighbours->after};
    static const char *const flags[] = {"has_previous", "has_next"};
    static const char *const files[] = {"previous", "following"};
    static const char *const words[] = {"previous_words", "following_words"};
    bool ok = page_add_flag(arena, root, "has_series", neighbours->is_series, err);
    for (size_t i = 0; ok && i < 2; i++) {
        const char *file = both[i] == NULL ? "" : arena_format(arena, err, "%s.html", both[i]->name);
        ok = file != NULL && page_add_flag(arena, root, flags[i], both[i] != NULL, err) &&
             page_add_text(arena, root, files[i], file, err) &&
             page_add_text(arena, root, words[i], both[i] == NULL ? "" : both[i]->name, err);
    }
    return ok;
}

static bool add_foot(const struct card_sheet *sheet, const struct card_link links[], size_t n_links,
                     struct arena *arena, struct page_value *root, struct err *err)
{
    char end[DATE_TEXT];
    const struct card_setting *s = sheet->setting;
    const int64_t *found = sheet->sources->findings;
    date_format_words(sheet->sources->history.end, end);
    const char *source =
        arena_format(arena, err, "Source: returns to %s; %s, %d futures, seed %lld, turncurve %s", end,
                     s->model->name, (int)s->runs, (long long)s->seed, HELP_VERSION);
    const char *quality =
        arena_format(arena, err, "Data: %lld error%s, %lld warning%s", (long long)found[0],
                     found[0] == 1 ? "" : "s", (long long)found[1], found[1] == 1 ? "" : "s");
    const char *words = card_rule_words(arena, err);
    const char *hidden = "";
    if (sheet->masks != NULL) {
        quality = "";
        hidden = arena_format(arena, err, "c: hidden, a number from 1 to %lld or one that would give it away",
                              (long long)s->publish->publication.rule.k);
    }
    struct page_value *list = page_add_list(arena, root, "pages", err);
    bool ok = source != NULL && quality != NULL && hidden != NULL && words != NULL && list != NULL;
    for (size_t i = 0; ok && i < n_links; i++) {
        struct page_value *map = page_add_map(arena, list, NULL, err);
        ok = map != NULL && page_add_text(arena, map, "file", links[i].file, err) &&
             page_add_text(arena, map, "words", links[i].words, err);
    }
    return ok && page_add_text(arena, root, "source", source, err) &&
           page_add_text(arena, root, "quality", quality, err) &&
           page_add_text(arena, root, "rule", words, err) &&
           page_add_text(arena, root, "hidden", hidden, err) &&
           page_add_text(arena, root, "numbers", "card.csv", err);
}

/* ---- blocks ------------------------------------------------------------------------------------------ */

static bool add_plan(const struct card_sheet *sheet, struct arena *arena, struct page_value *root,
                     struct err *err)
{
    const struct card_forecast *f = sheet->forecast;
    char said[PLAN_WORDS] = "";
    if (f->plan != NULL)
        card_actions_say(&f->plan->plan, &sheet->period, said);
    const char *words = sheet->late_left == 0 ? arena_copy(arena, str_of(said), err)
                                              : arena_format(arena, err, "%s (%zu late ones are not shown)",
                                                             said, sheet->late_left);
    return words != NULL && page_add_flag(arena, root, "has_plan", f->plan != NULL, err) &&
           page_add_text(arena, root, "plan", f->plan == NULL ? "" : f->plan->plan.name, err) &&
           page_add_text(arena, root, "actions_said", words, err) &&
           page_add_flag(arena, root, "has_actions", sheet->actions.n_rows > 0, err) &&
           (sheet->actions.columns == NULL || page_add_table(arena, root, "actions", &sheet->actions, err));
}

static bool add_targets(const struct card_sheet *sheet, struct arena *arena, struct page_value *root,
                        struct err *err)
{
    const struct table *targets = &sheet->targets;
    struct page_value *list = page_add_list(arena, root, "targets", err);
    bool ok = list != NULL && page_add_flag(arena, root, "has_targets", targets->n_rows > 0, err);
    for (size_t i = 0; ok && i < targets->n_rows; i++) {
        const char *status = table_at(targets, i, 2)->as.text;
        struct page_value *map = page_add_map(arena, list, NULL, err);
        ok = map != NULL && page_add_text(arena, map, "target", table_at(targets, i, 0)->as.text, err) &&
             page_add_text(arena, map, "chance", table_at(targets, i, 1)->as.text, err) &&
             page_add_text(arena, map, "status", status, err) &&
             page_add_text(arena, map, "shape", card_status_shape(status), err);
    }
    return ok;
}

static bool add_money(const struct card_sheet *sheet, struct arena *arena, struct page_value *root,
                      struct err *err)
{
    return page_add_flag(arena, root, "has_money", sheet->n_money > 0, err) &&
           results_page_add_texts(arena, root, "money", sheet->money, sheet->n_money, err);
}

/* A part of the commentary. */
static bool add_part(const struct card_sheet *sheet, enum commentary_part part, const char *key,
                     struct arena *arena, struct page_value *root, struct err *err)
{
    const char *markup = text_c(&sheet->commentary.parts[part]);
    const char *flag = arena_format(arena, err, "has_%s", key);
    return flag != NULL && page_add_flag(arena, root, flag, markup[0] != '\0', err) &&
           page_add_markup(arena, root, key, markup, err);
}

/* What a person wrote stands in the place of the computed story; of that, the sentences that fit. */
static bool add_story(const struct card_sheet *sheet, struct arena *arena, struct page_value *root,
                      struct err *err)
{
    const bool written = sheet->commentary.parts[COMMENTARY_STORY].length > 0;
    struct page_value *list = page_add_list(arena, root, "story_said", err);
    bool ok = list != NULL;
    int32_t room = sheet->room - card_room_others(sheet);
    for (int32_t i = 0; ok && !written && i < sheet->n_sentences; i++) {
        const int32_t lines = card_room_sentence(sheet->sentences[i].text);
        if (lines > room && i > 0)
            continue; /* a shorter one may still fit */
        room -= lines;
        ok = page_add_text(arena, list, NULL, sheet->sentences[i].text, err);
    }
    return ok;
}

bool card_sheet_add(const struct card_sheet *sheet, const struct card_neighbours *neighbours,
                    const struct card_link links[], size_t n_links, bool drawn, struct arena *arena,
                    struct page_value *root, struct err *err)
{
    return add_head(sheet, arena, root, err) && add_curve(sheet, drawn, arena, root, err) &&
           add_neighbours(neighbours, arena, root, err) &&
           card_measures_add(arena, root, &sheet->measures, sheet->masks, &sheet->selection, err) &&
           add_plan(sheet, arena, root, err) && add_targets(sheet, arena, root, err) &&
           add_money(sheet, arena, root, err) && add_story(sheet, arena, root, err) &&
           add_part(sheet, COMMENTARY_STORY, "story", arena, root, err) &&
           add_part(sheet, COMMENTARY_VOICE, "voice", arena, root, err) &&
           add_part(sheet, COMMENTARY_NEXT, "steps", arena, root, err) &&
           add_part(sheet, COMMENTARY_PARTNERS, "partners", arena, root, err) &&
           add_foot(sheet, links, n_links, arena, root, err);
}
