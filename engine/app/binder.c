/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fixed room for what a person would still leaf through; a page more is a bug. */
#include "app/binder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

struct binder *binder_new(struct err *err)
{
    return vec_new(1, sizeof(struct binder), err);
}

void binder_free(struct binder *book)
{
    if (book == NULL)
        return;
    for (size_t i = 0; i < book->n_pages; i++)
        table_free(&book->tables[i]);
    arena_free(&book->texts);
    free(book);
}

void binder_fail(struct binder *book, const struct err *err)
{
    if (!book->failed)
        book->err = *err;
    book->failed = true;
}

__attribute__((format(printf, 2, 0))) static const char *format_text(struct binder *book, const char *format,
                                                                     va_list arguments)
{
    struct err err = {0};
    va_list again;
    va_copy(again, arguments);
    const int n = vsnprintf(NULL, 0, format, arguments);
    char *text = n < 0 || book->failed ? NULL : arena_take(&book->texts, (size_t)n + 1, &err);
    if (text != NULL)
        vsnprintf(text, (size_t)n + 1, format, again);
    else if (!book->failed)
        binder_fail(book, &err);
    va_end(again);
    return text == NULL ? "" : text;
}

const char *binder_text(struct binder *book, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = format_text(book, format, arguments);
    va_end(arguments);
    return text;
}

/* ---- pages ---- */

static struct sheet_page *add_page(struct binder *book, const char *name, const char *title)
{
    bug_if(book->n_pages == BINDER_PAGES);
    struct sheet_page *page = &book->pages[book->n_pages];
    *page = (struct sheet_page){.name = binder_text(book, "%s", name),
                                .title = binder_text(book, "%s", title),
                                .notes = book->notes[book->n_pages],
                                .charts = book->charts[book->n_pages],
                                .names = book->names[book->n_pages]};
    book->n_pages++;
    return page;
}

struct table *binder_add_page(struct binder *book, const char *name, const char *title,
                              const struct table_column columns[], const struct sheet_column shown[],
                              size_t n)
{
    struct err err = {0};
    struct table *table = &book->tables[book->n_pages];
    struct sheet_page *page = add_page(book, name, title);
    struct table_column *own = arena_take(&book->texts, n * sizeof *own, &err);
    struct sheet_column *look = arena_take(&book->texts, n * sizeof *look, &err);
    bug_if(n > BINDER_COLUMNS);
    if (own == NULL || look == NULL)
        binder_fail(book, &err);
    for (size_t i = 0; i < n && !book->failed; i++) {
        own[i] = (struct table_column){binder_text(book, "%s", columns[i].name), columns[i].decimals};
        look[i] = shown == NULL ? (struct sheet_column){0} : shown[i];
        if (look[i].heading != NULL)
            look[i].heading = binder_text(book, "%s", look[i].heading);
    }
    table_init(table, page->title, own, book->failed ? 0 : n);
    page->table = table;
    page->columns = look;
    page->n_columns = n;
    return table;
}

/* "short_break" as a heading: "Short break". */
static const char *as_heading(struct binder *book, const char *name)
{
    struct err err = {0};
    char *heading = book->failed ? NULL : arena_take(&book->texts, strlen(name) + 1, &err);
    if (heading == NULL) {
        binder_fail(book, &err);
        return "";
    }
    for (size_t i = 0; name[i] != '\0'; i++)
        heading[i] = name[i] == '_' ? ' ' : name[i];
    if (heading[0] >= 'a' && heading[0] <= 'z')
        heading[0] = (char)(heading[0] - 'a' + 'A');
    return heading;
}

void binder_add_table(struct binder *book, const char *name, const char *title, const struct table *table,
                      const struct sheet_column shown[], size_t n_shown)
{
    struct sheet_column look[BINDER_COLUMNS] = {{0}};
    bug_if(table->n_columns > BINDER_COLUMNS || n_shown > table->n_columns);
    for (size_t i = 0; i < n_shown; i++)
        look[i] = shown[i];
    for (size_t i = 0; i < table->n_columns; i++)
        if (look[i].heading == NULL)
            look[i].heading = as_heading(book, table->columns[i].name);
    binder_add_page(book, name, title, table->columns, look, table->n_columns);
    for (size_t i = 0; i < table->n_rows && !book->failed; i++) {
        struct table_cell *row = binder_row(book);
        for (size_t j = 0; j < table->n_columns; j++)
            binder_set_cell(book, &row[j], table_at(table, i, j));
    }
}

void binder_add_chart_page(struct binder *book, const char *name, const char *title)
{
    add_page(book, name, title);
}

void binder_note(struct binder *book, const char *format, ...)
{
    va_list arguments;
    struct sheet_page *page = &book->pages[book->n_pages - 1];
    bug_if(page->n_notes == BINDER_NOTES);
    va_start(arguments, format);
    book->notes[book->n_pages - 1][page->n_notes++] = format_text(book, format, arguments);
    va_end(arguments);
}

struct sheet_chart *binder_add_chart(struct binder *book)
{
    struct sheet_page *page = &book->pages[book->n_pages - 1];
    bug_if(page->n_charts == BINDER_CHARTS);
    return &book->charts[book->n_pages - 1][page->n_charts++];
}

void binder_name(struct binder *book, const char *name, size_t row, size_t column)
{
    struct sheet_page *page = &book->pages[book->n_pages - 1];
    bug_if(page->n_names == BINDER_NAMES);
    book->names[book->n_pages - 1][page->n_names++] =
        (struct sheet_name){binder_text(book, "%s", name), row, column};
}

struct table_cell *binder_row(struct binder *book)
{
    struct err err = {0};
    struct table_cell *row = book->failed ? NULL : table_add_row(&book->tables[book->n_pages - 1], &err);
    if (row != NULL)
        return row;
    if (!book->failed)
        binder_fail(book, &err);
    return book->spare;
}

void binder_set_text(struct binder *book, struct table_cell *cell, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *cell = (struct table_cell){.kind = CELL_TEXT, .as.text = format_text(book, format, arguments)};
    va_end(arguments);
}

void binder_set_cell(struct binder *book, struct table_cell *cell, const struct table_cell *from)
{
    *cell = *from;
    if (from->kind == CELL_TEXT)
        cell->as.text = binder_text(book, "%s", from->as.text);
}

/* ---- cover ---- */

void binder_section(struct binder *book, const char *heading)
{
    bug_if(book->n_sections == BINDER_SECTIONS);
    book->sections[book->n_sections] =
        (struct sheet_section){binder_text(book, "%s", heading), book->paragraphs[book->n_sections], 0};
    book->n_sections++;
}

void binder_say(struct binder *book, const char *format, ...)
{
    va_list arguments;
    struct sheet_section *section = &book->sections[book->n_sections - 1];
    bug_if(section->n_paragraphs == BINDER_PARAGRAPHS);
    va_start(arguments, format);
    book->paragraphs[book->n_sections - 1][section->n_paragraphs++] = format_text(book, format, arguments);
    va_end(arguments);
}

bool binder_save(struct binder *book, struct folder *folder, const char *file, const char *title,
                 const char *source, day dated, struct err *err)
{
    const struct sheet_book whole = {.title = title,
                                     .source = source,
                                     .dated = dated,
                                     .sections = book->sections,
                                     .n_sections = book->n_sections,
                                     .sign_off = true,
                                     .pages = book->pages,
                                     .n_pages = book->n_pages};
    if (book->failed) {
        *err = book->err;
        return false;
    }
    return sheet_save(folder, file, &whole, err) || err_prefix(err, "%s", file);
}
