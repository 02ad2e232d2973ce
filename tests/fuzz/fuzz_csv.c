/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a CSV file: lines go up, records have the header's number of fields, each inside its limits; a
 * return's rows are parsed as well. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "data/csvfile.h"
#include "data/returns_parse.h"
#include "data/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_rows(struct csvfile *file, struct returns_parser *parser)
{
    struct csv_record row;
    struct record record;
    struct err err;
    int32_t last = csvfile_header(file)->line;
    for (;;) {
        const enum csv_next next = csvfile_next(file, &row, &err);
        bug_if(next == CSVFILE_FAILED);
        if (next == CSVFILE_END || next == CSVFILE_REFUSED_FILE)
            break;
        bug_if(row.line <= last || row.n_lines < 1);
        last = row.line;
        if (next == CSVFILE_REFUSED_ROW)
            continue;
        bug_if(row.n_fields != csvfile_header(file)->n_fields);
        for (size_t i = 0; i < row.n_fields; i++)
            bug_if(row.fields[i].length > 0 && memchr(row.fields[i].at, '\0', row.fields[i].length) != NULL);
        if (parser != NULL)
            bug_if(!returns_parse_row(parser, &row, &record, &err));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;
    struct sniffed sniffed;
    struct returns_parser parser;
    struct csvfile *file =
        csvfile_open_memory("fuzz.csv", (struct str){(const char *)data, size}, NULL, 1, &err);
    bug_if(file == NULL || !sniff_file(file, "fuzz.csv", NULL, &sniffed, NULL, 1, &err));
    if (sniffed.kind == FILE_RETURN)
        returns_parser_init(&parser, &sniffed, NULL, 1);
    read_rows(file, sniffed.kind == FILE_RETURN ? &parser : NULL);
    csvfile_close(file);
    return 0;
}
