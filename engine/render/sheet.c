/* SPDX-License-Identifier: GPL-3.0-or-later
 * libxlsxwriter writes the file; here is what it leaves open: every text goes through one function, every
 * number is finite, every return is looked at, and the time inside is that of the data. The library takes a
 * path, so the file is first made by the folder (mode 0600, a name of its own) and then written over. */
#include "render/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "render/sheet_parts.h"

enum {
    SERIAL_1970 = 25569,
    DAY_SECONDS = 86400,
    PAPER_A4 = 9,
    INK = 0x0B0C0C,
    GREY = 0x595959,
    LINE = 0xD9D9D9
};
enum { HEADING_FILL = 0xD0DAE2, LINK = 0x12436D };

static const char font_name[] = "Arial";

/* How each look differs from plain. */
static const struct {
    int size;
    bool bold, wrap, right, underlined;
    int colour, fill; /* fill 0: none */
    uint8_t above, below;
} looks[LOOK_COUNT] = {
    [LOOK_TITLE] = {.size = 16, .bold = true, .colour = INK},
    [LOOK_HEADING] = {.size = 11, .bold = true, .wrap = true, .colour = INK},
    [LOOK_LINE] = {.size = 10, .colour = INK},
    [LOOK_WORDS] = {.size = 10, .wrap = true, .colour = INK},
    [LOOK_COLUMN] = {.size = 10,
                     .bold = true,
                     .wrap = true,
                     .colour = INK,
                     .fill = HEADING_FILL,
                     .below = LXW_BORDER_THIN},
    [LOOK_COLUMN_RIGHT] = {.size = 10,
                           .bold = true,
                           .wrap = true,
                           .right = true,
                           .colour = INK,
                           .fill = HEADING_FILL,
                           .below = LXW_BORDER_THIN},
    [LOOK_CELL] = {.size = 10, .wrap = true, .colour = INK, .below = LXW_BORDER_HAIR},
    [LOOK_FIGURE] = {.size = 10, .right = true, .colour = INK, .below = LXW_BORDER_HAIR},
    [LOOK_TOTAL] =
        {.size = 10, .bold = true, .colour = INK, .above = LXW_BORDER_THIN, .below = LXW_BORDER_THIN},
    [LOOK_TOTAL_FIGURE] = {.size = 10,
                           .bold = true,
                           .right = true,
                           .colour = INK,
                           .above = LXW_BORDER_THIN,
                           .below = LXW_BORDER_THIN},
    [LOOK_LINK] = {.size = 10, .underlined = true, .colour = LINK},
    [LOOK_BOX] =
        {.size = 10, .wrap = true, .colour = INK, .above = LXW_BORDER_THIN, .below = LXW_BORDER_THIN},
};

bool sheet_check(lxw_error code, struct err *err)
{
    if (code == LXW_NO_ERROR)
        return true;
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return err_no_memory(err);
    const bool refused = code >= LXW_ERROR_CREATING_XLSX_FILE && code <= LXW_ERROR_ZIP_CLOSE;
    return err_set(err, refused ? ERR_IO : ERR_INTERNAL, "cannot write the workbook: %s", lxw_strerror(code));
}

lxw_format *sheet_format(struct sheet_writer *writer, enum sheet_look look, const char *number,
                         struct err *err)
{
    for (size_t i = 0; i < writer->n_formats; i++)
        if (writer->formats[i].look == look && writer->formats[i].number == number)
            return writer->formats[i].format;
    bug_if(writer->n_formats == SHEET_FORMATS);
    lxw_format *format = workbook_add_format(writer->workbook);
    if (format == NULL) {
        err_no_memory(err);
        return NULL;
    }
    format_set_font_name(format, font_name);
    format_set_font_size(format, looks[look].size);
    format_set_font_color(format, (lxw_color_t)looks[look].colour);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number != NULL)
        format_set_num_format(format, number);
    if (looks[look].bold)
        format_set_bold(format);
    if (looks[look].underlined)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (looks[look].wrap)
        format_set_text_wrap(format);
    if (looks[look].right)
        format_set_align(format, LXW_ALIGN_RIGHT);
    else if (looks[look].below != LXW_BORDER_NONE)
        format_set_indent(format, 1); /* words beside figures of the column before */
    if (looks[look].fill != 0)
        format_set_bg_color(format, (lxw_color_t)looks[look].fill);
    format_set_top(format, looks[look].above);
    format_set_bottom(format, looks[look].below);
    if (looks[look].below == LXW_BORDER_HAIR)
        format_set_bottom_color(format, LINE);
    writer->formats[writer->n_formats].look = look;
    writer->formats[writer->n_formats].number = number;
    writer->formats[writer->n_formats++].format = format;
    return format;
}

static char *copy_with(struct sheet_writer *writer, const char *before, const char *text, struct err *err)
{
    struct text clean = {0};
    char *copy = NULL;
    if (text_append_c(&clean, before, err) && sheet_text_clean(&clean, str_of(text), err))
        copy = arena_take(&writer->texts, clean.length + 1, err);
    if (copy != NULL && clean.length > 0)
        memcpy(copy, clean.at, clean.length); /* the arena's memory is zeroed */
    text_free(&clean);
    return copy;
}

char *sheet_copy(struct sheet_writer *writer, const char *text, struct err *err)
{
    return copy_with(writer, "", text, err);
}

char *sheet_copy_words(struct sheet_writer *writer, const char *text, struct err *err)
{
    return copy_with(writer, text[0] == '=' ? " " : "", text, err);
}

bool sheet_put_text(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                    const char *text, enum sheet_look look, struct err *err)
{
    struct text clean = {0};
    lxw_format *format = sheet_format(writer, look, NULL, err);
    bool ok = format != NULL && sheet_text_clean(&clean, str_of(text), err);
    if (ok && clean.length == 0)
        ok = sheet_check(worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, format), err);
    else if (ok)
        ok = sheet_check(
            worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text_c(&clean), format), err);
    text_free(&clean);
    return ok;
}

bool sheet_put_number(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                      double value, const char *number, enum sheet_look look, struct err *err)
{
    lxw_format *format = sheet_format(writer, look, number, err);
    bug_if(!isfinite(value)); /* the library would write NAN into the XML */
    return format != NULL &&
           sheet_check(worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value, format), err);
}

bool sheet_put_formula(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                       const char *formula, double value, const char *number, enum sheet_look look,
                       struct err *err)
{
    lxw_format *format = sheet_format(writer, look, number, err);
    bug_if(!isfinite(value));
    return format != NULL && sheet_check(worksheet_write_formula_num(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                                     formula, format, value),
                                         err);
}

bool sheet_put_link(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                    const struct sheet_place *to, struct err *err)
{
    struct text url = {0};
    lxw_format *format = sheet_format(writer, LOOK_LINK, NULL, err);
    const bool ok = format != NULL && text_append_c(&url, "internal:", err) &&
                    sheet_text_cell(&url, to->name, 0, 0, err) &&
                    sheet_check(worksheet_write_url_opt(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                        text_c(&url), format, to->name, NULL),
                                err);
    text_free(&url);
    return ok;
}

bool sheet_set_up_print(struct sheet_writer *writer, lxw_worksheet *sheet, size_t last_row,
                        size_t last_column, uint16_t pages, struct err *err)
{
    struct text foot = {0};
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet, 1, pages);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.7); /* inches */
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    const bool ok =
        sheet_text_foot(&foot, writer->book->source, err) &&
        sheet_check(worksheet_set_footer(sheet, text_c(&foot)), err) &&
        sheet_check(worksheet_print_area(sheet, 0, 0, (lxw_row_t)last_row, (lxw_col_t)last_column), err);
    text_free(&foot);
    return ok;
}

bool sheet_set_lines(lxw_worksheet *sheet, size_t row, size_t lines, struct err *err)
{
    static const double line_points = 13.0;
    enum { PADDING = 3 /* points */ };
    return lines < 2 ||
           sheet_check(worksheet_set_row(sheet, (lxw_row_t)row, (double)lines * line_points + PADDING, NULL),
                       err);
}

double sheet_serial(day date)
{
    return (double)date + SERIAL_1970;
}

/* Title, and the time inside the file, noon of the data's date: the library would take the clock. */
static bool set_properties(struct sheet_writer *writer, struct err *err)
{
    char program[] = "turncurve";
    const day dated = writer->book->dated == DAY_NONE || writer->book->dated == DAY_OPEN
                          ? date_from_civil(2000, 1, 1)
                          : writer->book->dated;
    lxw_doc_properties properties = {
        .title = sheet_copy(writer, writer->book->title, err),
        .comments = sheet_copy(writer, writer->book->source, err),
        .author = program,
        .created = (time_t)dated * DAY_SECONDS + DAY_SECONDS / 2,
    };
    return properties.title != NULL && properties.comments != NULL &&
           sheet_check(workbook_set_properties(writer->workbook, &properties), err);
}

/* Names first: a formula, a chart or a link may point to a later sheet. */
static bool add_sheets(struct sheet_writer *writer, lxw_worksheet **cover, struct err *err)
{
    const size_t n = writer->book->n_pages;
    char(*taken)[SHEET_NAME_SIZE] = vec_new(n + 1, sizeof *taken, err);
    bool ok = taken != NULL;
    if (ok) {
        sheet_text_name("Cover", NULL, 0, taken[0]);
        *cover = workbook_add_worksheet(writer->workbook, taken[0]);
        ok = *cover != NULL || err_set(err, ERR_INTERNAL, "cannot add the cover to the workbook");
    }
    for (size_t i = 0; ok && i < n; i++) {
        struct sheet_place *place = &writer->places[i];
        sheet_text_name(writer->book->pages[i].name, (const char(*)[SHEET_NAME_SIZE])taken, i + 1,
                        taken[i + 1]);
        memcpy(place->name, taken[i + 1], SHEET_NAME_SIZE);
        sheet_page_lay_out(&writer->book->pages[i], place);
        place->sheet = workbook_add_worksheet(writer->workbook, place->name);
        ok = place->sheet != NULL || err_set(err, ERR_INTERNAL, "cannot add the sheet %s", place->name);
    }
    free(taken);
    return ok;
}

static bool is_defined_before(const struct sheet_book *book, size_t i, size_t j)
{
    const struct str name = str_of(book->pages[i].names[j].name);
    for (size_t p = 0; p <= i; p++)
        for (size_t k = 0; k < (p == i ? j : book->pages[p].n_names); k++)
            if (str_equal_ignore_case(str_of(book->pages[p].names[k].name), name))
                return true;
    return false;
}

static bool define_names(struct sheet_writer *writer, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < writer->book->n_pages; i++) {
        const struct sheet_page *page = &writer->book->pages[i];
        for (size_t j = 0; ok && j < page->n_names; j++) {
            const struct sheet_name *name = &page->names[j];
            struct text cell = {0};
            if (page->table == NULL || name->row >= page->table->n_rows ||
                name->column >= page->table->n_columns || !sheet_text_is_name(name->name) ||
                is_defined_before(writer->book, i, j))
                return err_set(err, ERR_INTERNAL, "%s cannot name a cell of the sheet %s", name->name,
                               page->name);
            ok = text_append_c(&cell, "=", err) &&
                 sheet_text_cell(&cell, writer->places[i].name, writer->places[i].first_row + name->row,
                                 name->column, err) &&
                 sheet_check(workbook_define_name(writer->workbook, name->name, text_c(&cell)), err);
            text_free(&cell);
        }
    }
    return ok;
}

/* Bytes that the sheets' XML cannot exceed: a cell's longest tag, and texts of which each byte may become an
 * entity. */
static size_t most_bytes(const struct sheet_book *book)
{
    enum { CELL_BYTES = 192, ENTITY_BYTES = 6, REST_BYTES = 1 << 20 /* styles, charts, the cover */ };
    size_t n = REST_BYTES;
    for (size_t p = 0; p < book->n_pages; p++) {
        const struct table *table = book->pages[p].table;
        for (size_t i = 0; table != NULL && i < table->n_rows * table->n_columns; i++)
            n += CELL_BYTES +
                 (table->cells[i].kind == CELL_TEXT ? ENTITY_BYTES * strlen(table->cells[i].as.text) : 0);
    }
    return n;
}

/* The library does not look at whether its temporary files could be written: on a disk that fills up it would
 * pack half a sheet and say that all is well. So the room is asked for beforehand. */
static bool find_room(struct folder *folder, const struct sheet_book *book, struct err *err)
{
    static const char name[] = "workbook.room";
    char path[sizeof folder->working + 256];
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    const int refused = posix_fallocate(fileno(file), 0, (off_t)most_bytes(book));
    folder_path(folder, name, path, sizeof path);
    const bool removed = fclose(file) == 0 && unlink(path) == 0;
    if (refused != 0 || !removed)
        return err_set(err, ERR_IO, "cannot write a workbook of up to %zu bytes: %s", most_bytes(book),
                       strerror(refused != 0 ? refused : errno));
    return true;
}

/* The library's own file handle is gone: what it wrote is checked for its end and flushed to disk. */
static bool settle_file(const char *path, const char *name, struct err *err)
{
    static const char end_record[] = {'P', 'K', 5, 6};
    enum { END_RECORD = 22 /* bytes, without a comment */ };
    char end[sizeof end_record] = {0};
    FILE *file = fopen(path, "r+b");
    bool ok = file != NULL || err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    if (ok)
        ok = (fseek(file, -END_RECORD, SEEK_END) == 0 && fread(end, 1, sizeof end, file) == sizeof end &&
              memcmp(end, end_record, sizeof end) == 0) ||
             err_set(err, ERR_IO, "cannot write %s: the file has no end", name);
    struct err second = {0};
    return file == NULL ? ok : (folder_close_file(file, name, ok ? err : &second) && ok);
}

static bool write_all(struct sheet_writer *writer, struct err *err)
{
    lxw_worksheet *cover = NULL;
    bool ok = set_properties(writer, err) && add_sheets(writer, &cover, err) && define_names(writer, err) &&
              sheet_write_cover(writer, cover, err);
    for (size_t i = 0; ok && i < writer->book->n_pages; i++)
        ok = sheet_write_page(writer, i, err) || err_prefix(err, "sheet %s", writer->places[i].name);
    return ok;
}

bool sheet_save(struct folder *folder, const char *file, const struct sheet_book *book, struct err *err)
{
    char path[sizeof folder->working + 256];
    struct sheet_writer writer = {.book = book};
    FILE *made = find_room(folder, book, err) ? folder_create(folder, file, err) : NULL;
    if (made == NULL || !folder_close_file(made, file, err))
        return false;
    folder_path(folder, file, path, sizeof path);
    lxw_workbook_options options = {.tmpdir = folder->working};
    writer.places = vec_new(book->n_pages, sizeof *writer.places, err);
    writer.workbook = writer.places != NULL ? workbook_new_opt(path, &options) : NULL;
    bool ok = writer.workbook != NULL;
    if (!ok && writer.places != NULL)
        ok = err_no_memory(err);
    if (ok && write_all(&writer, err))
        ok = sheet_check(workbook_close(writer.workbook), err) && settle_file(path, file, err);
    else if (writer.workbook != NULL) {
        lxw_workbook_free(writer.workbook); /* without writing */
        ok = false;
    }
    free(writer.places);
    arena_free(&writer.texts);
    return ok;
}
