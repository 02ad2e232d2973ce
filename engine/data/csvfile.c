/* SPDX-License-Identifier: GPL-3.0-or-later
 * A line without a quotation mark is cut at its separators where it lies; that is nearly every line of nearly
 * every file. A line with one goes to libcsv, physical line by physical line until its record is complete, so
 * that the place of an error is known and an endless quotation cannot swallow memory. Both ways give the same
 * fields; a test compares them. */
#include "data/csvfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/fields.h"
#include "data/lines.h"

enum {
    LONGEST_RECORD = 4 * FIELDS_LONGEST /* bytes that are read before a record with quotations is given up */
};

static const char *const never_closed =
    "a quotation mark opens here and is never closed: nothing after it is read";

struct csvfile {
    struct lines lines;
    struct findings *findings;
    int32_t file_key;
    const char *table;
    bool is_xml, is_refused, told_1252;
    struct csv_record header;
    struct text header_texts;
    struct str *header_fields;
    struct fields fields;
};

static bool tell(struct csvfile *file, enum rule rule, enum outcome outcome, int32_t line,
                 const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = file->file_key,
                                    .table = file->table,
                                    .line = line,
                                    .column = "",
                                    .message = message};
    return findings_add(file->findings, &finding, err);
}

static size_t count_quotes(struct str piece)
{
    size_t n = 0;
    const char *at = piece.at;
    const char *const end = at + piece.length;
    while ((at = memchr(at, '"', (size_t)(end - at))) != NULL) {
        n++;
        at++;
    }
    return n;
}

/* The record that libcsv is given, from its first line to its last. */
struct reading {
    int32_t first_line, quote_line; /* quote_line: where the quotation now open began */
    size_t length;
    bool quoted; /* an odd number of quotation marks so far */
};

static void follow_quotes(struct reading *reading, struct str piece, int32_t line)
{
    const size_t n = count_quotes(piece);
    if (n % 2 == 1) {
        reading->quoted = !reading->quoted;
        if (reading->quoted)
            reading->quote_line = line;
    }
    reading->length += piece.length;
}

/* The next line or piece; its number is the number that the lines had before. */
static enum lines_next next_line(struct csvfile *file, struct line *line, int32_t *number, struct err *err)
{
    *number = file->lines.number;
    const enum lines_next got = lines_next(&file->lines, line, err);
    if (file->lines.was_1252 && !file->told_1252) {
        file->told_1252 = true;
        if (!tell(file, RULE_F_02, OUTCOME_REPAIRED, *number, "the file is in Windows-1252; it was converted",
                  err))
            return LINES_FAILED;
    }
    return got;
}

static enum csv_next refuse_file(struct csvfile *file, struct err *err)
{
    const char *const message =
        file->lines.zeros_look_like_16
            ? "the file looks like UTF-16 without a byte-order mark: save it as CSV UTF-8"
            : "the text holds NUL bytes: the file is cut short or is no text";
    file->is_refused = true;
    return tell(file, RULE_F_03, OUTCOME_REFUSED, file->lines.number, message, err) ? CSVFILE_REFUSED_FILE
                                                                                    : CSVFILE_FAILED;
}

/* Fills what a refused record tells about itself. */
static enum csv_next refuse_rows(struct csvfile *file, struct csv_record *out, int32_t first_line,
                                 enum rule rule, int32_t line, const char *message, struct err *err)
{
    int32_t n = file->lines.number - first_line;
    *out = (struct csv_record){.line = first_line, .n_lines = n > 0 ? n : 1, .outcome = OUTCOME_REFUSED};
    return tell(file, rule, OUTCOME_REFUSED, line, message, err) ? CSVFILE_REFUSED_ROW : CSVFILE_FAILED;
}

/* Passes over the rest of a record that is too long to read: to the first line end outside a quotation. */
static enum csv_next skip_record(struct csvfile *file, struct reading *reading, bool ended,
                                 struct csv_record *out, struct err *err)
{
    while (!(ended && !reading->quoted)) {
        struct line line;
        int32_t number;
        const enum lines_next got = next_line(file, &line, &number, err);
        if (got == LINES_FAILED)
            return CSVFILE_FAILED;
        if (got == LINES_NUL)
            return refuse_file(file, err);
        if (got == LINES_END)
            break;
        follow_quotes(reading, line.raw, number);
        ended = got == LINES_LINE;
    }
    if (reading->quoted || file->lines.number - reading->first_line > 1)
        return refuse_rows(file, out, reading->first_line, RULE_F_06, reading->quote_line,
                           reading->quoted
                               ? never_closed
                               : "a quotation mark opens here and a great many lines pass before the next",
                           err);
    return refuse_rows(file, out, reading->first_line, RULE_F_17, reading->first_line,
                       "a field is longer than 64 KiB", err);
}

/* After an error within a line: the rest of that line does not count. */
static enum csv_next refuse_broken(struct csvfile *file, const struct reading *reading, bool ended,
                                   struct csv_record *out, struct err *err)
{
    while (!ended) {
        struct line line;
        int32_t number;
        const enum lines_next got = next_line(file, &line, &number, err);
        if (got == LINES_FAILED)
            return CSVFILE_FAILED;
        if (got == LINES_NUL)
            return refuse_file(file, err);
        ended = got != LINES_PART;
    }
    const bool one_line = file->lines.number - reading->first_line <= 1;
    return refuse_rows(file, out, reading->first_line, RULE_F_06, reading->first_line,
                       one_line
                           ? "a quotation mark stands inside a field, or text follows a closing one"
                           : "a quotation mark opens on this line and closes lines later in the wrong place",
                       err);
}

/* No memory: fills err. */
static enum csv_next no_memory(struct err *err)
{
    err_no_memory(err);
    return CSVFILE_FAILED;
}

/* Reads one record with libcsv, beginning with a line already taken. CSVFILE_ROW: its fields are in
 * file->fields. */
static enum csv_next read_quoted(struct csvfile *file, struct line line, bool ended, int32_t number,
                                 struct csv_record *out, struct err *err)
{
    struct reading reading = {.first_line = number, .quote_line = number};
    fields_begin(&file->fields);
    for (;;) {
        follow_quotes(&reading, line.raw, number);
        const enum fields_state state = fields_feed(&file->fields, line.raw);
        if (state == FIELDS_NO_MEMORY)
            return no_memory(err);
        if (state == FIELDS_BROKEN)
            return refuse_broken(file, &reading, ended, out, err);
        if (state == FIELDS_DONE)
            break;
        if (reading.length > LONGEST_RECORD) {
            fields_forget(&file->fields);
            return skip_record(file, &reading, ended, out, err);
        }
        const enum lines_next got = next_line(file, &line, &number, err);
        if (got == LINES_FAILED)
            return CSVFILE_FAILED;
        if (got == LINES_NUL)
            return refuse_file(file, err);
        if (got == LINES_END) {
            const enum fields_state last = fields_end(&file->fields);
            if (last == FIELDS_NO_MEMORY)
                return no_memory(err);
            if (last == FIELDS_BROKEN)
                return refuse_rows(file, out, reading.first_line, RULE_F_06, reading.quote_line, never_closed,
                                   err);
            break;
        }
        ended = got == LINES_LINE;
    }
    *out =
        (struct csv_record){.line = reading.first_line, .n_lines = file->lines.number - reading.first_line};
    return CSVFILE_ROW;
}

/* A record is whole: missing fields become blank, surplus fields are dropped or refuse it. */
static enum csv_next finish_record(struct csvfile *file, struct csv_record *out, struct err *err)
{
    struct fields *const fields = &file->fields;
    const size_t n = fields->room;
    if (fields->too_long)
        return refuse_rows(file, out, out->line, RULE_F_17, out->line, "a field is longer than 64 KiB", err);
    if (fields->surplus_filled)
        return refuse_rows(
            file, out, out->line, RULE_F_05, out->line,
            "the row has more fields than the header: a field with a separator needs quotation marks", err);
    for (size_t i = fields->n_kept; i < n; i++)
        fields->at[i] = (struct str){"", 0};
    out->n_found = fields->n_found;
    out->n_fields = n;
    out->fields = fields->at;
    out->outcome = OUTCOME_KEPT;
    if (fields->n_found > n) {
        out->outcome = OUTCOME_REPAIRED;
        if (!tell(file, RULE_F_05, OUTCOME_REPAIRED, out->line, "blank fields beyond the header were dropped",
                  err))
            return CSVFILE_FAILED;
    }
    return CSVFILE_ROW;
}

enum csv_next csvfile_next(struct csvfile *file, struct csv_record *out, struct err *err)
{
    if (file->is_refused)
        return CSVFILE_REFUSED_FILE;
    if (file->is_xml || file->fields.room == 0)
        return CSVFILE_END;
    for (;;) {
        struct line line;
        int32_t number;
        const enum lines_next got = next_line(file, &line, &number, err);
        if (got == LINES_FAILED)
            return CSVFILE_FAILED;
        if (got == LINES_NUL)
            return refuse_file(file, err);
        if (got == LINES_END)
            return CSVFILE_END;
        bool plain = line.plain;
        if (got == LINES_LINE &&
            (line.text.length == 0 || memchr(line.text.at, '"', line.text.length) == NULL)) {
            fields_cut(&file->fields, line.text);
            *out = (struct csv_record){.line = number, .n_lines = 1};
        } else {
            const enum csv_next read = read_quoted(file, line, got == LINES_LINE, number, out, err);
            if (read != CSVFILE_ROW)
                return read;
            plain = plain && out->n_lines == 1;
        }
        if (!file->fields.any_filled)
            continue;
        out->plain = plain;
        return finish_record(file, out, err);
    }
}

/* The character that stands most often outside quotations. */
static char find_separator(struct str line)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[sizeof candidates] = {0};
    bool quoted = false;
    for (size_t i = 0; i < line.length; i++) {
        quoted = quoted != (line.at[i] == '"');
        for (size_t k = 0; k < sizeof candidates && !quoted; k++)
            counts[k] += line.at[i] == candidates[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < sizeof candidates; k++)
        if (counts[k] > counts[best])
            best = k;
    return candidates[best];
}

/* Keeps the header's fields, n of them, one after the other in file->header_texts, for the life of the file.
 */
static bool keep_header(struct csvfile *file, const struct str fields[], size_t n, int32_t number,
                        struct err *err)
{
    file->header_fields = vec_new(n, sizeof *file->header_fields, err);
    if (file->header_fields == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!text_append(&file->header_texts, fields[i], err))
            return false;
    const char *at = text_c(&file->header_texts);
    for (size_t i = 0; i < n; i++) {
        file->header_fields[i] = str_trim((struct str){at, fields[i].length});
        at += fields[i].length;
    }
    file->header = (struct csv_record){.line = number,
                                       .n_lines = 1,
                                       .n_found = n,
                                       .n_fields = n,
                                       .fields = file->header_fields,
                                       .outcome = OUTCOME_KEPT};
    return fields_set_room(&file->fields, n, err);
}

/* XML: the name of the first element, which is all that is ever read of it. */
static bool keep_root(struct csvfile *file, struct str ahead, struct err *err)
{
    struct str root = {NULL, 0};
    file->is_xml = true;
    for (size_t i = 0; i + 1 < ahead.length && root.at == NULL; i++) {
        const char c = ahead.at[i + 1];
        if (ahead.at[i] == '<' && c != '?' && c != '!')
            root.at = ahead.at + i + 1;
    }
    static const char ends[] = {' ', '\t', '\r', '\n', '/', '>'};
    while (root.at != NULL && root.at + root.length < ahead.at + ahead.length &&
           memchr(ends, root.at[root.length], sizeof ends) == NULL)
        root.length++;
    return keep_header(file, &root, 1, 1, err);
}

/* Reads the first line that is not blank. */
static bool read_header(struct csvfile *file, struct err *err)
{
    const struct str ahead = str_trim(lines_ahead(&file->lines));
    if (ahead.length > 0 && ahead.at[0] == '<')
        return keep_root(file, ahead, err);
    if (!fields_set_room(&file->fields, FIELDS_MOST, err))
        return false;
    for (;;) {
        struct line line;
        int32_t number;
        struct csv_record record;
        const enum lines_next got = next_line(file, &line, &number, err);
        if (got == LINES_FAILED)
            return false;
        if (got == LINES_NUL)
            return refuse_file(file, err) != CSVFILE_FAILED;
        if (got == LINES_END)
            return true;
        if (str_trim(line.text).length == 0)
            continue;
        file->fields.separator = find_separator(line.text);
        const enum csv_next read = read_quoted(file, line, got == LINES_LINE, number, &record, err);
        if (read == CSVFILE_FAILED)
            return false;
        if (read != CSVFILE_ROW) {
            file->is_refused = true;
            return true;
        }
        if (file->fields.separator != ',' &&
            !tell(file, RULE_F_11, OUTCOME_KEPT, number,
                  file->fields.separator == ';' ? "fields are separated by semicolons"
                                                : "fields are separated by tabs",
                  err))
            return false;
        return keep_header(file, file->fields.at, file->fields.n_kept, number, err);
    }
}

static struct csvfile *open_source(const char *path, struct str memory, const char *name,
                                   struct findings *findings, int32_t file_key, struct err *err)
{
    struct csvfile *const file = vec_new(1, sizeof *file, err);
    if (file == NULL)
        return NULL;
    *file = (struct csvfile){.findings = findings, .file_key = file_key, .table = ""};
    file->fields.separator = ',';
    if (!lines_open(&file->lines, path, memory, name, err)) {
        free(file);
        return NULL;
    }
    bool ok = true;
    if (file->lines.mark == ENCODING_UTF8)
        ok = tell(file, RULE_F_01, OUTCOME_KEPT, 0, NULL, err);
    else if (file->lines.mark != ENCODING_NO_MARK)
        ok = tell(file, RULE_F_02, OUTCOME_REPAIRED, 0, "the file is in UTF-16; it was converted", err);
    if (ok && read_header(file, err))
        return file;
    csvfile_close(file);
    return NULL;
}

struct csvfile *csvfile_open(const char *path, struct findings *findings, int32_t file_key, struct err *err)
{
    return open_source(path, (struct str){NULL, 0}, path, findings, file_key, err);
}

struct csvfile *csvfile_open_memory(const char *name, struct str bytes, struct findings *findings,
                                    int32_t file_key, struct err *err)
{
    return open_source(NULL, bytes, name, findings, file_key, err);
}

void csvfile_set_findings(struct csvfile *file, struct findings *findings, int32_t file_key,
                          const char *table)
{
    file->findings = findings;
    file->file_key = file_key;
    file->table = table;
}

const struct csv_record *csvfile_header(const struct csvfile *file)
{
    return &file->header;
}

char csvfile_separator(const struct csvfile *file)
{
    return file->fields.separator;
}

bool csvfile_is_xml(const struct csvfile *file)
{
    return file->is_xml;
}

struct str csvfile_ahead(const struct csvfile *file)
{
    return lines_ahead(&file->lines);
}

void csvfile_close(struct csvfile *file)
{
    if (file == NULL)
        return;
    lines_close(&file->lines);
    fields_free(&file->fields);
    text_free(&file->header_texts);
    free(file->header_fields);
    free(file);
}
