/* SPDX-License-Identifier: GPL-3.0-or-later
 * A failure leaves the cell where it is. */
#include "app/row_writer.h"

struct row_writer row_writer_begin(struct table *table, struct err *err)
{
    struct row_writer w = {.table = table, .cell = table_add_row(table, err), .err = err};
    w.ok = w.cell != NULL;
    return w;
}

void row_writer_text(struct row_writer *w, const char *text)
{
    w->ok = w->ok && (text[0] == '\0' || table_set_text(w->table, w->cell, text, w->err));
    w->cell += w->ok;
}

void row_writer_day(struct row_writer *w, day date)
{
    if (w->ok)
        table_set_day(w->cell++, date);
}

void row_writer_integer(struct row_writer *w, int64_t value)
{
    if (w->ok)
        table_set_integer(w->cell++, value);
}

void row_writer_real(struct row_writer *w, double value)
{
    if (w->ok)
        table_set_real(w->cell++, value);
}

void row_writer_gbp(struct row_writer *w, pence amount)
{
    if (w->ok)
        table_set_gbp(w->cell++, amount);
}

void row_writer_skip(struct row_writer *w)
{
    w->cell += w->ok;
}

void row_writer_both(struct row_writer *w, const char *a, const char *b)
{
    struct text text = {0};
    w->ok = w->ok && text_append_c(&text, a, w->err) &&
            (a[0] == '\0' || b[0] == '\0' || text_append_c(&text, "; ", w->err)) &&
            text_append_c(&text, b, w->err);
    if (w->ok)
        row_writer_text(w, text_c(&text));
    text_free(&text);
}

void row_writer_short(struct row_writer *w, const char *text, size_t most)
{
    struct text out = {0};
    struct str rest = str_of(text);
    size_t characters = 0;
    bool ok = w->ok;
    while (ok && rest.length > 0 && characters < most) {
        size_t n = str_utf8_sequence(rest);
        n = n == 0 ? 1 : n;
        const bool blank = (unsigned char)rest.at[0] < 0x20;
        ok = text_append(&out, blank ? str_of(" ") : (struct str){rest.at, n}, w->err);
        rest = (struct str){rest.at + n, rest.length - n};
        characters++;
    }
    ok = ok && (rest.length == 0 || text_append_c(&out, "...", w->err));
    w->ok = ok;
    row_writer_text(w, text_c(&out));
    text_free(&out);
}
