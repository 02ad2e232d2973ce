/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values are small linked trees: pages have a few thousand of them, looked up by name in maps of a dozen. */
#include "render/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/csv.h"

static struct page_value *add(struct arena *arena, struct page_value *parent, const char *key,
                              enum page_kind kind, struct err *err)
{
    struct page_value *value = arena_take(arena, sizeof *value, err);
    if (value == NULL)
        return NULL;
    *value = (struct page_value){.kind = kind, .key = key};
    if (parent == NULL)
        return value;
    bug_if(parent->kind == PAGE_MAP ? key == NULL : parent->kind != PAGE_LIST || key != NULL);
    if (parent->last == NULL)
        parent->first = value;
    else
        parent->last->next = value;
    parent->last = value;
    return value;
}

struct page_value *page_new(struct arena *arena, struct err *err)
{
    return add(arena, NULL, NULL, PAGE_MAP, err);
}

struct page_value *page_add_map(struct arena *arena, struct page_value *parent, const char *key,
                                struct err *err)
{
    return add(arena, parent, key, PAGE_MAP, err);
}

struct page_value *page_add_list(struct arena *arena, struct page_value *parent, const char *key,
                                 struct err *err)
{
    return add(arena, parent, key, PAGE_LIST, err);
}

static bool add_copy(struct arena *arena, struct page_value *parent, const char *key, enum page_kind kind,
                     const char *text, struct err *err)
{
    struct page_value *value = add(arena, parent, key, kind, err);
    if (value == NULL)
        return false;
    value->text = arena_copy(arena, str_of(text), err);
    return value->text != NULL;
}

bool page_add_text(struct arena *arena, struct page_value *parent, const char *key, const char *text,
                   struct err *err)
{
    return add_copy(arena, parent, key, PAGE_TEXT, text, err);
}

bool page_add_markup(struct arena *arena, struct page_value *parent, const char *key, const char *markup,
                     struct err *err)
{
    return add_copy(arena, parent, key, PAGE_MARKUP, markup, err);
}

bool page_add_flag(struct arena *arena, struct page_value *parent, const char *key, bool flag,
                   struct err *err)
{
    struct page_value *value = add(arena, parent, key, PAGE_FLAG, err);
    if (value != NULL)
        value->flag = flag;
    return value != NULL;
}

/* Puts commas between thousands of a plain decimal number in place; out has room. */
static void put_commas(const char *number, const char *before, char *out, size_t size)
{
    const bool negative = number[0] == '-';
    const char *digits = number + (negative ? 1 : 0);
    const size_t whole = strcspn(digits, ".");
    size_t at = 0;
    const int n = snprintf(out, size, "%s%s", negative ? "\xE2\x88\x92" : "", before); /* a minus sign */
    at = n < 0 ? 0 : (size_t)n;
    for (size_t i = 0; digits[i] != '\0' && at + 2 < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

static bool add_cell(struct arena *arena, struct page_value *cells, const struct table_cell *cell,
                     int decimals, bool head, struct err *err)
{
    char number[512];
    char words[768];
    const char *text = "";
    bool is_number = false;
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        text = cell->as.text;
        break;
    case CELL_DAY:
        date_format_words(cell->as.date, words);
        text = words;
        break;
    case CELL_INTEGER:
    case CELL_REAL:
    case CELL_GBP:
        is_number = csv_format_cell(cell, decimals, number, sizeof number);
        put_commas(number, cell->kind == CELL_GBP ? "£" : "", words, sizeof words);
        text = words;
        break;
    }
    struct page_value *map = page_add_map(arena, cells, NULL, err);
    return map != NULL && page_add_text(arena, map, "text", text, err) &&
           page_add_flag(arena, map, "number", is_number, err) &&
           page_add_flag(arena, map, "head", head, err);
}

bool page_add_table(struct arena *arena, struct page_value *parent, const char *key,
                    const struct table *table, struct err *err)
{
    struct page_value *map = page_add_map(arena, parent, key, err);
    bool ok = map != NULL && page_add_text(arena, map, "name", table->name, err);
    struct page_value *columns = ok ? page_add_list(arena, map, "columns", err) : NULL;
    struct page_value *rows = columns != NULL ? page_add_list(arena, map, "rows", err) : NULL;
    ok = rows != NULL;
    for (size_t j = 0; ok && j < table->n_columns; j++) {
        const enum cell_kind kind = table->n_rows == 0 ? CELL_TEXT : table_at(table, 0, j)->kind;
        struct page_value *column = page_add_map(arena, columns, NULL, err);
        ok = column != NULL && page_add_text(arena, column, "name", table->columns[j].name, err) &&
             page_add_flag(arena, column, "number",
                           kind == CELL_INTEGER || kind == CELL_REAL || kind == CELL_GBP, err);
    }
    for (size_t i = 0; ok && i < table->n_rows; i++) {
        struct page_value *row = page_add_map(arena, rows, NULL, err);
        struct page_value *cells = row == NULL ? NULL : page_add_list(arena, row, "cells", err);
        ok = cells != NULL;
        for (size_t j = 0; ok && j < table->n_columns; j++)
            ok = add_cell(arena, cells, table_at(table, i, j), table->columns[j].decimals, j == 0, err);
    }
    return ok;
}
