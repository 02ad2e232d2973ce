/* SPDX-License-Identifier: GPL-3.0-or-later
 * Columns are listed as one text a file and looked up by name, so that what is said of "p10" is said once. */
#include "app/outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/csvfile.h"

static const struct output outputs[] = {
#define OUTPUT(command, file, name, columns, words) {command, file, name, columns, words},
#include "app/output.def"
#undef OUTPUT
};

static const struct {
    const char *name;
    struct output_column column;
} words_of[] = {
#define OUTPUT_COLUMN(name, type, words) {name, {OUTPUT_##type, words}},
#include "app/output_column.def"
#undef OUTPUT_COLUMN
};

bool output_at(size_t i, struct output *out)
{
    if (i >= sizeof outputs / sizeof outputs[0])
        return false;
    *out = outputs[i];
    return true;
}

bool output_column_at(const struct output *output, size_t j, struct str *name)
{
    const char *at = output->columns;
    for (; j > 0 && *at != '\0'; j--) {
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    *name = (struct str){at, strcspn(at, " ")};
    return name->length > 0;
}

size_t output_n_columns(const struct output *output)
{
    struct str name;
    size_t n = 0;
    while (output_column_at(output, n, &name))
        n++;
    return n;
}

struct output_column output_column_words(const struct output *output, struct str name)
{
    const size_t file = strlen(output->file);
    struct output_column found = {OUTPUT_TEXT, NULL};
    for (size_t i = 0; i < sizeof words_of / sizeof words_of[0]; i++) {
        const char *entry = words_of[i].name;
        if (strncmp(entry, output->file, file) == 0 && entry[file] == '.' &&
            str_equal_text(name, entry + file + 1))
            return words_of[i].column;
        if (str_equal_text(name, entry))
            found = words_of[i].column;
    }
    bug_if(found.words == NULL);
    return found;
}

/* Decimals that a number was written with. */
static int decimals_in(struct str s)
{
    for (size_t i = 0; i < s.length; i++)
        if (s.at[i] == '.')
            return s.length - i - 1 > 9 ? 9 : (int)(s.length - i - 1);
    return 0;
}

/* The field as a cell of the column's type, else as a text. */
static bool set_cell(struct table *out, struct table_cell *cell, struct str s, enum output_type type,
                     int *decimals, struct err *err)
{
    int64_t whole = 0;
    double number = 0.0;
    day date = DAY_NONE;
    const bool is_number = type == OUTPUT_INTEGER || type == OUTPUT_NUMBER;
    if (s.length == 0)
        return true;
    if (is_number && parse_int64(s, &whole)) {
        table_set_integer(cell, whole);
    } else if (is_number && parse_double(s, &number)) {
        *decimals = decimals_in(s) > *decimals ? decimals_in(s) : *decimals;
        table_set_real(cell, number);
    } else if (type == OUTPUT_POUNDS && decimals_in(s) <= 2 && parse_pence(s, &whole)) {
        table_set_gbp(cell, whole);
    } else if (type == OUTPUT_DATE && date_parse_iso(s, &date)) {
        table_set_day(cell, date);
    } else {
        const bool guarded = s.length > 1 && s.at[0] == '\'' && strchr("=+-@\t\r\n", s.at[1]) != NULL;
        return table_set_str(out, cell, guarded ? (struct str){s.at + 1, s.length - 1} : s, err);
    }
    return true;
}

/* A number written with decimals is real in every row of its column, whole ones too. */
static void even_out(struct table *table, size_t column, int decimals)
{
    for (size_t i = 0; decimals > 0 && i < table->n_rows; i++) {
        struct table_cell *cell = &table->cells[i * table->n_columns + column];
        if (cell->kind == CELL_INTEGER)
            *cell = (struct table_cell){.kind = CELL_REAL, .as.real = (double)cell->as.integer};
    }
}

static bool name_columns(const struct output *output, struct table *out, struct table_column **columns,
                         struct err *err)
{
    const size_t n = output_n_columns(output);
    struct str name;
    table_init(out, output->file, NULL, n);
    *columns = arena_take(&out->texts, n * sizeof **columns, err);
    for (size_t j = 0; *columns != NULL && j < n; j++) {
        (void)output_column_at(output, j, &name);
        (*columns)[j].name = arena_copy(&out->texts, name, err);
        if ((*columns)[j].name == NULL)
            return false;
    }
    out->columns = *columns;
    return *columns != NULL;
}

/* Where each column stands in the file; the number of its fields when it is not there. What is published
 * leaves columns out, but has no others. */
static bool find_columns(const struct csvfile *file, const struct table *out, size_t places[],
                         const char *path, struct err *err)
{
    const struct csv_record *header = csvfile_header(file);
    size_t n = 0;
    for (size_t j = 0; j < out->n_columns; j++) {
        places[j] = 0;
        while (places[j] < header->n_fields &&
               !str_equal_text(header->fields[places[j]], out->columns[j].name))
            places[j]++;
        n += places[j] < header->n_fields;
    }
    return (n > 0 && n == header->n_fields) ||
           err_set_at(err, ERR_DATA, path, 1, 0,
                      "the columns are not those that turncurve writes; run the command again");
}

static bool read_rows(const struct output *output, struct csvfile *file, struct table *out,
                      struct table_column *columns, const size_t places[], const char *path, struct err *err)
{
    struct csv_record record;
    for (;;) {
        const enum csv_next next = csvfile_next(file, &record, err);
        if (next == CSVFILE_END)
            return true;
        if (next == CSVFILE_FAILED)
            return false;
        if (next != CSVFILE_ROW)
            return err_set_at(err, ERR_DATA, path, record.line, 0,
                              "the file was changed after it was written; run the command again");
        struct table_cell *cells = table_add_row(out, err);
        bool ok = cells != NULL;
        for (size_t j = 0; ok && j < out->n_columns; j++)
            ok = places[j] >= record.n_fields ||
                 set_cell(out, &cells[j], record.fields[places[j]],
                          output_column_words(output, str_of(columns[j].name)).type, &columns[j].decimals,
                          err);
        if (!ok)
            return false;
    }
}

bool output_read(const struct output *output, const char *folder, struct table *out, struct err *err)
{
    char path[4096];
    struct table_column *columns = NULL;
    const int length = snprintf(path, sizeof path, "%s/%s/%s.csv", folder, output->command, output->file);
    if (length < 0 || (size_t)length >= sizeof path)
        return err_set(err, ERR_USAGE, "the name of the folder of results is too long");
    struct csvfile *file = csvfile_open(path, NULL, 0, err);
    if (file == NULL)
        return err->code == ERR_NO_INPUT
                   ? err_set(err, ERR_NO_INPUT, "there is no %s; \"turncurve %s\" writes it", path,
                             output->command)
                   : false;
    size_t *places = vec_new(output_n_columns(output), sizeof *places, err);
    const bool ok = places != NULL && name_columns(output, out, &columns, err) &&
                    find_columns(file, out, places, path, err) &&
                    read_rows(output, file, out, columns, places, path, err);
    for (size_t j = 0; ok && j < out->n_columns; j++)
        even_out(out, j, columns[j].decimals);
    csvfile_close(file);
    free(places);
    if (!ok)
        table_free(out);
    return ok;
}
