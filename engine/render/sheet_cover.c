/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cover: headings at the left, words beside them, so that no cells are merged. */
#include <stdio.h>

#include "render/sheet_parts.h"

enum {
    LEFT_WIDTH = 26,
    RIGHT_WIDTH = 104,
    RIGHT_UNITS = 116 /* of words in it, more are narrow than wide */,
    COLUMN_LEFT = 0,
    COLUMN_RIGHT = 1
};

static bool put_section(struct sheet_writer *writer, lxw_worksheet *sheet,
                        const struct sheet_section *section, size_t *row, struct err *err)
{
    bool ok = sheet_put_text(writer, sheet, *row, COLUMN_LEFT, section->heading, LOOK_HEADING, err);
    for (size_t i = 0; ok && i < section->n_paragraphs; i++) {
        ok = sheet_put_text(writer, sheet, *row, COLUMN_RIGHT, section->paragraphs[i], LOOK_WORDS, err) &&
             sheet_set_lines(sheet, *row, sheet_text_lines(section->paragraphs[i], RIGHT_UNITS), err);
        (*row)++;
    }
    *row += section->n_paragraphs == 0 ? 2 : 1;
    return ok;
}

static bool put_contents(struct sheet_writer *writer, lxw_worksheet *sheet, size_t *row, struct err *err)
{
    bool ok = sheet_put_text(writer, sheet, *row, COLUMN_LEFT, "Contents", LOOK_HEADING, err);
    (*row)++;
    for (size_t i = 0; ok && i < writer->book->n_pages; i++) {
        ok = sheet_put_link(writer, sheet, *row, COLUMN_LEFT, &writer->places[i], err) &&
             sheet_put_text(writer, sheet, *row, COLUMN_RIGHT, writer->book->pages[i].title, LOOK_WORDS, err);
        (*row)++;
    }
    (*row)++;
    return ok;
}

/* Who stands for the figures, and for what decision they may be used (AQuA Book). */
static bool put_sign_off(struct sheet_writer *writer, lxw_worksheet *sheet, size_t *row, struct err *err)
{
    static const char *const lines[] = {"Prepared by", "Checked by", "Approved by", "For what decision",
                                        "Not to be used for"};
    enum { BOX_HEIGHT = 24 /* points: room for a hand */ };
    bool ok = sheet_put_text(writer, sheet, *row, COLUMN_LEFT, "Sign-off", LOOK_HEADING, err) &&
              sheet_put_text(writer, sheet, *row, COLUMN_RIGHT,
                             "Name, role and date, filled in by those who answer for it", LOOK_WORDS, err);
    (*row)++;
    for (size_t i = 0; ok && i < sizeof lines / sizeof lines[0]; i++) {
        ok = sheet_check(worksheet_set_row(sheet, (lxw_row_t)*row, BOX_HEIGHT, NULL), err) &&
             sheet_put_text(writer, sheet, *row, COLUMN_LEFT, lines[i], LOOK_BOX, err) &&
             sheet_put_text(writer, sheet, *row, COLUMN_RIGHT, "", LOOK_BOX, err);
        (*row)++;
    }
    return ok;
}

bool sheet_write_cover(struct sheet_writer *writer, lxw_worksheet *sheet, struct err *err)
{
    const struct sheet_book *book = writer->book;
    size_t row = 2;
    bool ok = sheet_check(worksheet_set_column(sheet, COLUMN_LEFT, COLUMN_LEFT, LEFT_WIDTH, NULL), err) &&
              sheet_check(worksheet_set_column(sheet, COLUMN_RIGHT, COLUMN_RIGHT, RIGHT_WIDTH, NULL), err) &&
              sheet_put_text(writer, sheet, 0, COLUMN_LEFT, book->title, LOOK_TITLE, err);
    for (size_t i = 0; ok && i < book->n_sections; i++)
        ok = put_section(writer, sheet, &book->sections[i], &row, err);
    ok = ok && put_contents(writer, sheet, &row, err) &&
         (!book->sign_off || put_sign_off(writer, sheet, &row, err));
    return ok && sheet_set_lines(sheet, 0, 2, err) &&
           sheet_set_up_print(writer, sheet, row, COLUMN_RIGHT, 1, err);
}
