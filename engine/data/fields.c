/* SPDX-License-Identifier: GPL-3.0-or-later
 * libcsv runs with CSV_STRICT and CSV_STRICT_FINI, without which it takes text after a closing quotation mark
 * and an endless quotation for data. It hands out one field at a time from a buffer that it uses again, so
 * fields are copied. */
#include "data/fields.h"

#include <stdlib.h>

#include "base/vec.h"

enum { PARSER_BLOCK = 1024 }; /* by which libcsv's buffer grows */

bool fields_set_room(struct fields *fields, size_t n, struct err *err)
{
    fields->room = n < FIELDS_MOST ? n : FIELDS_MOST;
    return vec_reserve((void **)&fields->at, &fields->at_capacity, fields->room, sizeof *fields->at, err);
}

static void clear(struct fields *fields)
{
    fields->n_kept = 0;
    fields->n_found = 0;
    fields->any_filled = false;
    fields->surplus_filled = false;
    fields->too_long = false;
}

/* Blanks round unquoted fields do not count: the same ones that libcsv drops. */
static struct str trim_field(const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (from < to && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    return (struct str){from, (size_t)(to - from)};
}

void fields_cut(struct fields *fields, struct str line)
{
    const char *from = line.at;
    const char *const end = line.at + line.length;
    const char separator = fields->separator;
    const size_t room = fields->room;
    struct str *const at = fields->at;
    size_t n = 0;
    size_t filled = 0; /* bytes in all fields */
    clear(fields);
    for (;;) {
        const char *to = from;
        while (to < end && *to != separator)
            to++;
        const struct str field = trim_field(from, to);
        filled += field.length;
        if (n < room)
            at[n] = field;
        else if (field.length > 0)
            fields->surplus_filled = true;
        if (field.length > FIELDS_LONGEST)
            fields->too_long = true;
        n++;
        if (to == end)
            break;
        from = to + 1;
    }
    fields->any_filled = filled > 0;
    fields->n_found = n;
    fields->n_kept = n < room ? n : room;
}

static void on_field(void *field, size_t length, void *data)
{
    struct fields *const fields = data;
    struct err err;
    fields->n_found++;
    fields->any_filled = fields->any_filled || length > 0;
    fields->too_long = fields->too_long || length > FIELDS_LONGEST;
    if (fields->n_kept == fields->room) {
        fields->surplus_filled = fields->surplus_filled || length > 0;
        return;
    }
    if (!vec_reserve((void **)&fields->ends, &fields->ends_capacity, fields->n_kept + 1, sizeof *fields->ends,
                     &err) ||
        !text_append(&fields->texts, (struct str){field, length}, &err)) {
        fields->no_memory = true;
        return;
    }
    fields->ends[fields->n_kept++] = fields->texts.length;
}

static void on_row(int end, void *data)
{
    (void)end;
    ((struct fields *)data)->row_done = true;
}

void fields_forget(struct fields *fields)
{
    if (fields->parser_ready)
        csv_free(&fields->parser);
    fields->parser_ready = false;
}

void fields_begin(struct fields *fields)
{
    clear(fields);
    fields->row_done = false;
    fields->no_memory = false;
    fields->texts.length = 0;
}

/* The texts may have moved while they grew: only now do the fields point at them. */
static enum fields_state complete(struct fields *fields)
{
    if (fields->no_memory) {
        fields_forget(fields);
        return FIELDS_NO_MEMORY;
    }
    size_t from = 0;
    for (size_t i = 0; i < fields->n_kept; i++) {
        fields->at[i] = (struct str){fields->texts.at + from, fields->ends[i] - from};
        from = fields->ends[i];
    }
    return FIELDS_DONE;
}

enum fields_state fields_feed(struct fields *fields, struct str piece)
{
    if (!fields->parser_ready) {
        if (csv_init(&fields->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
            return FIELDS_NO_MEMORY;
        csv_set_delim(&fields->parser, (unsigned char)fields->separator);
        csv_set_blk_size(&fields->parser, PARSER_BLOCK);
        fields->parser_ready = true;
    }
    if (csv_parse(&fields->parser, piece.at, piece.length, on_field, on_row, fields) < piece.length) {
        const bool is_broken = csv_error(&fields->parser) == CSV_EPARSE;
        fields_forget(fields);
        return is_broken ? FIELDS_BROKEN : FIELDS_NO_MEMORY;
    }
    return fields->row_done ? complete(fields) : FIELDS_MORE;
}

enum fields_state fields_end(struct fields *fields)
{
    if (fields->parser_ready && csv_fini(&fields->parser, on_field, on_row, fields) != 0) {
        fields_forget(fields);
        return FIELDS_BROKEN;
    }
    return complete(fields);
}

void fields_free(struct fields *fields)
{
    fields_forget(fields);
    text_free(&fields->texts);
    free(fields->at);
    free(fields->ends);
    *fields = (struct fields){0};
}
