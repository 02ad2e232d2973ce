/* SPDX-License-Identifier: GPL-3.0-or-later
 * Layouts are tried from the roomiest on. */
#include "app/card_room.h"

#include <string.h>

#include "app/card_words.h"

/* Letters of a line of the title, and of the head beside its box; of the words of the head that are always
 * there. */
enum { TITLE_CHARACTERS = 72, HEAD_CHARACTERS = 64, HEAD_WORDS = 52, TITLE_LINE = 47 /* 0.1 mm */ };
/* In tenths of a millimetre. */
enum { SHEET = 2730, HEAD = 186, LINE = 41, ROW = 48, HEADING = 74, IMAGE = 542, FOOT = 155, SPARE = 35 };
enum {
    LINES_MOST = 100000,
    HEADING_LINES = 2,
    STORY_LINES = 13,
    COLUMNS = 2,
    UNEVEN = 3 /* lines that columns differ by */
};
enum { MEASURES_MOST = 1000, BOARD_ACTIONS = 24, BOARD_CHARACTERS = 160, ACTION_CHARACTERS = 38 };

/* Measures of a question, actions, targets. The last fits whatever words there are. */
static const struct {
    size_t measures, actions, targets;
} layouts[] = {{3, 5, 3}, {3, 4, 3}, {3, 3, 3}, {2, 5, 3}, {2, 4, 3},
               {2, 3, 3}, {2, 3, 2}, {2, 2, 1}, {1, 2, 1}, {1, 1, 0}};

int32_t card_room_sentence(const char *sentence)
{
    return (int32_t)(strlen(sentence) / CARD_COLUMN_CHARACTERS) + 1;
}

int32_t card_room_targets(const struct card_sheet *sheet)
{
    const struct table *targets = &sheet->targets;
    int32_t lines = targets->n_rows > 0 ? HEADING_LINES : 0;
    for (size_t i = 0; i < targets->n_rows; i++) {
        enum { TEXTS = 3, BETWEEN = 8 /* ": ", a shape, ", " */ };
        size_t length = BETWEEN;
        for (size_t column = 0; column < TEXTS; column++)
            length += strlen(table_at(targets, i, column)->as.text);
        lines += (int32_t)(length / CARD_COLUMN_CHARACTERS) + 1;
    }
    return lines;
}

int32_t card_room_money(const struct card_sheet *sheet)
{
    int32_t lines = sheet->n_money > 0 ? HEADING_LINES : 0;
    for (size_t i = 0; i < sheet->n_money; i++)
        lines += card_room_sentence(sheet->money[i]);
    return lines;
}

static int32_t part_lines(const struct card_sheet *sheet, enum commentary_part part, bool heading)
{
    const struct text *text = &sheet->commentary.parts[part];
    return text->length == 0
               ? 0
               : card_lines(text_c(text), CARD_COLUMN_CHARACTERS) + (heading ? HEADING_LINES : 0);
}

int32_t card_room_others(const struct card_sheet *sheet)
{
    return HEADING_LINES + card_room_targets(sheet) + card_room_money(sheet) +
           part_lines(sheet, COMMENTARY_VOICE, true) + part_lines(sheet, COMMENTARY_NEXT, true) +
           part_lines(sheet, COMMENTARY_PARTNERS, true);
}

/* Lines that the columns must have. */
static int32_t needed(const struct card_sheet *sheet)
{
    const int32_t written = part_lines(sheet, COMMENTARY_STORY, false);
    return card_room_others(sheet) + (written > 0 ? written : STORY_LINES);
}

/* Lines of both columns beneath the fixed blocks. */
static int32_t lines_left(const struct card_sheet *sheet, int32_t measures)
{
    char words[2 * CARD_WORDS];
    card_words_turned(sheet->forecast, words);
    card_words_ahead(sheet->forecast, words + strlen(words));
    const int32_t curve = (int32_t)(strlen(words) / CARD_SHEET_CHARACTERS) + 1;
    card_words_title(sheet->forecast, words);
    const int32_t title = (int32_t)(strlen(words) / TITLE_CHARACTERS) * TITLE_LINE;
    const size_t name =
        strlen(sheet->setting->authority->name) + (sheet->locality == NULL ? 0 : strlen(sheet->locality));
    const int32_t head = HEAD + (int32_t)((name + HEAD_WORDS) / HEAD_CHARACTERS) * LINE;
    const int32_t rows = measures + 1 + INDICATOR_QUESTIONS; /* and their headings */
    const int32_t plan =
        sheet->forecast->plan == NULL ? 0 : HEADING + 2 * LINE + (int32_t)(sheet->actions.n_rows + 1) * ROW;
    const int32_t used = head + HEADING + title + curve * LINE + IMAGE + rows * ROW + plan + FOOT + SPARE;
    return used >= SHEET ? 0 : COLUMNS * ((SHEET - used) / LINE) - UNEVEN;
}

static bool list_actions(struct card_sheet *sheet, size_t most, size_t characters, struct err *err)
{
    const struct joined_plan *plan = sheet->forecast->plan;
    table_free(&sheet->actions);
    return plan == NULL || card_actions_table(&sheet->actions, &plan->plan, &sheet->period, most, characters,
                                              &sheet->late_left, err);
}

bool card_room_fit(struct card_sheet *sheet, struct err *err)
{
    const bool own = sheet->selection.names != NULL; /* --measures: all of them, and no others */
    int32_t measures = 0;
    if (sheet->period.kind != CARD_QUARTER) {
        sheet->selection = (struct card_selection){.most = MEASURES_MOST};
        sheet->room = LINES_MOST;
        return list_actions(sheet, BOARD_ACTIONS, BOARD_CHARACTERS, err);
    }
    int32_t wanted = 0;
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (!own)
            sheet->selection = (struct card_selection){.most = layouts[i].measures};
        if (!card_measures_lines(&sheet->measures, &sheet->selection, &measures, err) ||
            !list_actions(sheet, layouts[i].actions, ACTION_CHARACTERS, err))
            return false;
        if (sheet->targets.n_rows > layouts[i].targets)
            sheet->targets.n_rows = layouts[i].targets; /* the first are those of placements */
        wanted = needed(sheet);
        sheet->room = lines_left(sheet, measures);
        if (sheet->room >= wanted)
            return true;
    }
    int32_t written = 0;
    for (int part = 0; part < COMMENTARY_PART_COUNT; part++)
        written += part_lines(sheet, (enum commentary_part)part, part != COMMENTARY_STORY);
    return written == 0 || err_set(err, ERR_DATA,
                                   "the commentary on %s is too long for a sheet: with targets and money it "
                                   "takes about %d lines of %d letters, "
                                   "and there is room for %d; shorten it, or name fewer --measures",
                                   sheet->period.name, (int)wanted, CARD_COLUMN_CHARACTERS, (int)sheet->room);
}
