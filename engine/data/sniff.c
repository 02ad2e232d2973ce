/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every table is laid over the header; the one that fits wins: all its key columns are there, and of several
 * that fit the one that explains most columns. When none fits, the nearest one is named with what is missing.
 */
#include "data/sniff.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/dateform.h"

enum {
    NAME_LENGTH = 48, /* bytes of a column name that count, with the NUL */
    NAMES = 512,      /* columns of a file that are looked at */
    MESSAGE = 480,
    YEAR_FIGURES = 4
};

/* The header's names in one form: lower case, "_" for blanks and hyphens within. */
struct names {
    int32_t n;
    char text[NAMES][NAME_LENGTH];
};

/* How well a table fits a header. */
struct fit {
    struct file_shape shape;
    struct column_map map;
    bool doubled[SNIFF_COLUMNS]; /* the column is named twice */
    int32_t matched, needed, needed_missing, wanted_missing;
    bool telling; /* a column was matched that is in few tables: not only CHILD and DOB */
};

static void take_names(const struct csv_record *header, struct names *names)
{
    names->n = header->n_fields < NAMES ? (int32_t)header->n_fields : NAMES;
    for (int32_t i = 0; i < names->n; i++) {
        char *const name = names->text[i];
        str_copy(header->fields[i], name, NAME_LENGTH);
        for (char *c = name; *c != '\0'; c++) {
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
            else if (*c == ' ' || *c == '-')
                *c = '_';
        }
    }
}

/* A year from 2000 to 2099 at this place of a text, else 0. */
static int32_t year_at(const char *text)
{
    int32_t year = 0;
    for (int32_t i = 0; i < YEAR_FIGURES; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        year = year * 10 + (text[i] - '0');
    }
    return year >= 2000 && year <= 2099 ? year : 0;
}

/* Length of a name without the year at its end. */
static size_t length_without_year(const char *name)
{
    const size_t n = strlen(name);
    return n > YEAR_FIGURES && year_at(name + n - YEAR_FIGURES) != 0 ? n - YEAR_FIGURES : n;
}

static bool name_is(const char *name, const char *column)
{
    const size_t n = strlen(column);
    if (n > 0 && column[n - 1] == '*')
        return str_equal_ignore_case((struct str){name, length_without_year(name)},
                                     (struct str){column, n - 1});
    return n > 0 && str_equal_ignore_case(str_of(name), (struct str){column, n});
}

static void lay_over(const struct names *names, const struct file_shape *shape, struct fit *fit)
{
    *fit = (struct fit){.shape = *shape, .map = {.n = shape->n_columns}};
    bug_if(shape->n_columns > SNIFF_COLUMNS);
    for (int32_t i = 0; i < shape->n_columns; i++) {
        const struct file_column column = file_shape_column(shape, i);
        int16_t source = -1;
        for (int32_t k = 0; k < names->n; k++) {
            if (!name_is(names->text[k], column.name) && !name_is(names->text[k], column.alias))
                continue;
            fit->doubled[i] = source >= 0;
            if (source < 0)
                source = (int16_t)k;
        }
        fit->needed += column.need == NEED_KEY;
        if (source >= 0 && !fit->doubled[i]) {
            fit->matched++;
            fit->telling = fit->telling || shape->kind != FILE_RETURN ||
                           (strcmp(column.name, "CHILD") != 0 && strcmp(column.name, "DOB") != 0);
        } else {
            fit->needed_missing += column.need == NEED_KEY;
            fit->wanted_missing += column.need == NEED_WANTED;
        }
        fit->map.source[i] = fit->doubled[i] ? (int16_t)-1 : source;
    }
}

static bool fits(const struct fit *fit)
{
    return fit->needed_missing == 0 && fit->telling;
}

/* More is better. */
static int32_t score(const struct fit *fit)
{
    return 3 * fit->matched - fit->wanted_missing - fit->needed_missing;
}

/* What sniff_file works with. */
struct sniffing {
    struct csvfile *file;
    const char *name;
    struct names names;
    struct findings *findings;
    int32_t file_key;
};

/* Adds printf text at the end of a message; what does not fit is left out. */
static void add_words(char message[MESSAGE], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_words(char message[MESSAGE], const char *format, ...)
{
    const size_t used = strlen(message);
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(message + used, MESSAGE - used, format, arguments) < 0)
        message[used] = '\0';
    va_end(arguments);
}

static bool tell(const struct sniffing *s, enum rule rule, enum outcome outcome, const char *table,
                 const char *column, const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = s->file_key,
                                    .table = table,
                                    .line = csvfile_header(s->file)->line,
                                    .column = column,
                                    .message = message};
    return findings_add(s->findings, &finding, err);
}

/* The needed columns of a table in its own order, for messages. */
static void add_columns(char message[MESSAGE], const struct fit *fit, bool missing_only)
{
    const char *before = "";
    for (int32_t i = 0; i < fit->shape.n_columns; i++) {
        const struct file_column column = file_shape_column(&fit->shape, i);
        if (column.need == NEED_EXTRA || (missing_only && fit->map.source[i] >= 0))
            continue;
        add_words(message, "%s%s", before, column.name);
        before = ", ";
    }
}

/* Names of the file that no column of the table has. */
static int32_t add_surplus(char message[MESSAGE], const struct sniffing *s, const struct fit *fit)
{
    int32_t n = 0;
    for (int32_t k = 0; k < s->names.n; k++) {
        bool known = s->names.text[k][0] == '\0';
        for (int32_t i = 0; i < fit->shape.n_columns && !known; i++) {
            const struct file_column column = file_shape_column(&fit->shape, i);
            known = name_is(s->names.text[k], column.name) || name_is(s->names.text[k], column.alias);
        }
        if (!known) {
            const struct str name = csvfile_header(s->file)->fields[k];
            add_words(message, "%s%.*s", n > 0 ? ", " : "",
                      (int)(name.length < NAME_LENGTH ? name.length : NAME_LENGTH), name.at);
            n++;
        }
    }
    return n;
}

/* F-08 for each column that the file lacks or names twice. */
static bool tell_missing(const struct sniffing *s, const struct fit *fit, struct err *err)
{
    const bool refused = fit->needed_missing > 0;
    for (int32_t i = 0; i < fit->shape.n_columns; i++) {
        const struct file_column column = file_shape_column(&fit->shape, i);
        if (fit->map.source[i] >= 0 || (column.need == NEED_EXTRA && !fit->doubled[i]) ||
            (refused && column.need != NEED_KEY))
            continue;
        char message[MESSAGE] = "";
        add_words(message, "the column %s %s%s%s", column.name,
                  fit->doubled[i] ? "is named twice" : "is missing",
                  refused ? ": without it the file cannot be used as " : ": it is read as blank in ",
                  fit->shape.name);
        if (!tell(s, RULE_F_08, refused ? OUTCOME_REFUSED : OUTCOME_REPAIRED, fit->shape.name, column.name,
                  message, err))
            return false;
    }
    return true;
}

/* F-09: extra columns, another order or case, of a table of the return. */
static bool tell_unusual(const struct sniffing *s, const struct fit *fit, struct err *err)
{
    const struct csv_record *header = csvfile_header(s->file);
    bool reordered = false;
    bool spelled = false;
    int16_t last = -1;
    for (int32_t i = 0; i < fit->shape.n_columns; i++) {
        const int16_t source = fit->map.source[i];
        if (source < 0)
            continue;
        reordered = reordered || source < last;
        last = source;
        spelled = spelled || !str_equal_text(header->fields[source], file_shape_column(&fit->shape, i).name);
    }
    char surplus[MESSAGE] = "";
    const int32_t n_surplus = add_surplus(surplus, s, fit);
    if (!reordered && !spelled && n_surplus == 0)
        return true;
    char message[MESSAGE] = "columns are found by name";
    if (reordered)
        add_words(message, "; they are in another order");
    if (spelled)
        add_words(message, "; some names are written in another way");
    if (n_surplus > 0)
        add_words(message, "; not used: %s", surplus);
    return tell(s, RULE_F_09, OUTCOME_KEPT, fit->shape.name, "", message, err);
}

static bool looks_like_data(const struct csv_record *header)
{
    for (size_t i = 0; i < header->n_fields; i++) {
        const struct str field = header->fields[i];
        day date;
        enum dateform_order order;
        bool figures = field.length > 0;
        for (size_t k = 0; k < field.length; k++)
            figures = figures && ((field.at[k] >= '0' && field.at[k] <= '9') || field.at[k] == '.');
        if (figures || (field.length > 0 && dateform_parse(field, &date, &order) != DATEFORM_NONE))
            return true;
    }
    return false;
}

/* No table fits: says which is nearest. */
static bool tell_unknown(const struct sniffing *s, const struct fit *nearest, struct err *err)
{
    const struct csv_record *header = csvfile_header(s->file);
    char message[MESSAGE] = "";
    if (nearest->matched == 0 && looks_like_data(header)) {
        struct file_shape shape;
        struct fit episodes;
        bug_if(!file_shape(TABLE_EPISODES, &shape));
        lay_over(&s->names, &shape, &episodes);
        add_words(message, "the first line holds no column names; for the table episodes it would be ");
        add_columns(message, &episodes, false);
        return tell(s, RULE_F_07, OUTCOME_REFUSED, "", "", message, err);
    }
    if (nearest->telling && nearest->matched >= 2 && 2 * nearest->needed_missing <= nearest->needed &&
        nearest->needed_missing > 0)
        return tell_missing(s, nearest, err);
    if (nearest->matched == 0) {
        add_words(message, "none of the column names is known; --as says what the file is");
    } else {
        char surplus[MESSAGE] = "";
        add_words(message, "the nearest table is %s, but it also has ", nearest->shape.name);
        add_columns(message, nearest, true);
        if (add_surplus(surplus, s, nearest) > 0)
            add_words(message, " and not %s", surplus);
    }
    return tell(s, RULE_F_10, OUTCOME_REFUSED, "", "", message, err);
}

static bool contains(struct str text, const char *word)
{
    const size_t n = strlen(word);
    for (size_t i = 0; i + n <= text.length; i++)
        if (str_equal_ignore_case((struct str){text.at + i, n}, (struct str){word, n}))
            return true;
    return false;
}

static const char *base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Starts and ceased have the same columns: groups that only one of them has, then the file's name, decide. */
static bool is_ceased(const struct sniffing *s)
{
    const struct str ahead = csvfile_ahead(s->file);
    if (contains(ahead, "Age on ceasing") || contains(ahead, "Reason episode ceased"))
        return true;
    if (contains(ahead, "Age on starting") || contains(ahead, "Category of need") ||
        contains(ahead, "Taken into care"))
        return false;
    return contains(str_of(base_name(s->name)), "cease");
}

/* The year a file's own name begins with, else that of its columns, else any in its name. */
static int32_t find_year(const struct sniffing *s, const struct fit *fit)
{
    const char *const name = base_name(s->name);
    if (strlen(name) > YEAR_FIGURES && name[YEAR_FIGURES] == '_' && year_at(name) != 0)
        return year_at(name);
    for (int32_t i = 0; i < fit->shape.n_columns; i++) {
        const char *column = file_shape_column(&fit->shape, i).name;
        if (fit->map.source[i] < 0 || column[strlen(column) - 1] != '*')
            continue;
        const char *const text = s->names.text[fit->map.source[i]];
        if (length_without_year(text) < strlen(text))
            return year_at(text + length_without_year(text));
    }
    for (const char *c = name; strlen(c) >= YEAR_FIGURES; c++)
        if (year_at(c) != 0)
            return year_at(c);
    return 0;
}

/* True when a blank-separated list has the word. */
static bool list_has(const char *list, struct str word)
{
    while (*list != '\0') {
        const size_t n = strcspn(list, " ");
        if (str_equal_ignore_case((struct str){list, n}, word))
            return true;
        list += n;
        list += strspn(list, " ");
    }
    return false;
}

/* The table that --as names. */
static bool find_named(const char *as, struct file_shape *out, struct err *err)
{
    const struct str wanted = str_of(as);
    const char *nearest = "";
    int least = NAME_LENGTH;
    for (int32_t i = 0; file_shape(i, out); i++) {
        if (str_equal_ignore_case(str_of(out->name), wanted) || list_has(out->aliases, wanted))
            return true;
        const int distance = str_edit_distance(str_of(out->name), wanted);
        if (distance < least) {
            least = distance;
            nearest = out->name;
        }
    }
    return err_set(err, ERR_USAGE, "--as %s: there is no such table; the nearest name is %s", as, nearest);
}

/* The best fit of all tables; *ties counts those that fit as well. */
static void find_best(const struct sniffing *s, struct fit *best, struct fit *other, int32_t *ties)
{
    struct file_shape shape;
    *ties = 0;
    for (int32_t i = 0; file_shape(i, &shape); i++) {
        struct fit fit;
        lay_over(&s->names, &shape, &fit);
        const bool first = i == 0;
        if (first || fits(&fit) > fits(best) || (fits(&fit) == fits(best) && score(&fit) > score(best))) {
            *best = fit;
            *ties = 0;
        } else if (fits(&fit) && score(&fit) == score(best)) {
            *other = fit;
            (*ties)++;
        }
    }
}

static bool accept(const struct sniffing *s, const struct fit *fit, struct sniffed *out, struct err *err)
{
    out->kind = fit->shape.kind;
    out->table = fit->shape.table;
    out->map = fit->map;
    out->year = find_year(s, fit);
    return tell_missing(s, fit, err) && (out->kind != FILE_RETURN || tell_unusual(s, fit, err));
}

static bool sniff_xml(const struct sniffing *s, struct sniffed *out, struct err *err)
{
    char message[MESSAGE] = "";
    const struct str root = csvfile_header(s->file)->fields[0];
    out->kind = FILE_XML;
    add_words(message,
              "the file is XML (%.*s), and only the CSV form is read: export the return as CSV files",
              (int)(root.length < NAME_LENGTH ? root.length : NAME_LENGTH), root.at);
    return tell(s, RULE_F_10, OUTCOME_REFUSED, "", "", message, err);
}

static bool sniff_header(const struct sniffing *s, const char *as, struct sniffed *out, struct err *err)
{
    struct fit best = {0};
    struct fit other = {0};
    int32_t ties = 0;
    if (as != NULL) {
        struct file_shape shape;
        if (!find_named(as, &shape, err))
            return false;
        lay_over(&s->names, &shape, &best);
        return best.needed_missing == 0 ? accept(s, &best, out, err) : tell_missing(s, &best, err);
    }
    find_best(s, &best, &other, &ties);
    if (!fits(&best))
        return tell_unknown(s, &best, err);
    if (ties == 1 && best.shape.kind == FILE_STARTS && other.shape.kind == FILE_CEASED)
        return accept(s, is_ceased(s) ? &other : &best, out, err);
    if (ties > 0) {
        char message[MESSAGE] = "";
        add_words(message, "the columns fit %s and %s alike; --as says which it is", best.shape.name,
                  other.shape.name);
        return tell(s, RULE_F_10, OUTCOME_REFUSED, "", "", message, err);
    }
    return accept(s, &best, out, err);
}

bool sniff_file(struct csvfile *file, const char *name, const char *as, struct sniffed *out,
                struct findings *findings, int32_t file_key, struct err *err)
{
    struct sniffing s = {.file = file, .name = name, .findings = findings, .file_key = file_key};
    const struct csv_record *header = csvfile_header(file);
    *out = (struct sniffed){.kind = FILE_UNKNOWN};
    if (csvfile_is_xml(file))
        return sniff_xml(&s, out, err);
    if (header->n_fields == 0) {
        struct csv_record record;
        switch (csvfile_next(file, &record, err)) {
        case CSVFILE_FAILED:
            return false;
        case CSVFILE_END:
            return tell(&s, RULE_F_10, OUTCOME_REFUSED, "", "", "the file is empty", err);
        case CSVFILE_REFUSED_FILE:
        case CSVFILE_ROW:
        case CSVFILE_REFUSED_ROW:
            break;
        }
        return true;
    }
    take_names(header, &s.names);
    return sniff_header(&s, as, out, err);
}
