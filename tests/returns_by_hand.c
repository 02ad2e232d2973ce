/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines become records in the order that data/stack.h asks for: by table, return, start (episodes) and line.
 */
#include "tests/returns_by_hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "data/codes.h"

static void stop_unless(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "tests/returns_by_hand: %s\n", what);
    abort();
}

static void *take(struct fixture *fixture, size_t size)
{
    struct err err = {0};
    void *memory = arena_take(&fixture->arena, size, &err);
    stop_unless(memory != NULL, err.message);
    return memory;
}

static bool keep_finding(struct findings *self, const struct finding *finding, struct err *err)
{
    struct fixture *fixture = (struct fixture *)(void *)self;
    stop_unless(fixture->n_found < FIXTURE_FINDINGS, "too many findings");
    stop_unless(err != NULL && finding->outcome < OUTCOME_COUNT, "a finding without an outcome");
    struct found *found = &fixture->found[fixture->n_found++];
    *found = (struct found){.rule = finding->rule, .outcome = finding->outcome, .line = finding->line};
    str_copy(finding->value, found->value, sizeof found->value);
    str_copy(finding->repair, found->repair, sizeof found->repair);
    return true;
}

static enum return_table table_of(char letter)
{
    static const char letters[] = "heur23apqmsd"; /* q: previous_permanence */
    const char *at = strchr(letters, letter);
    stop_unless(at != NULL && letter != '\0', "no such table letter");
    return (enum return_table)(at - letters);
}

static bool parse_slashed(struct str s, day *out)
{
    int64_t d = 0, m = 0, y = 0;
    if (s.length != 10 || s.at[2] != '/' || s.at[5] != '/' || !parse_int64((struct str){s.at, 2}, &d) ||
        !parse_int64((struct str){s.at + 3, 2}, &m) || !parse_int64((struct str){s.at + 6, 4}, &y))
        return false;
    const struct civil civil = {(int32_t)y, (int32_t)m, (int32_t)d};
    if (!date_is_civil(civil))
        return false;
    *out = date_from_civil(civil.year, civil.month, civil.day);
    return true;
}

static struct value value_of(enum column_kind kind, struct str text)
{
    struct value value = {.state = text.length == 0 ? VALUE_BLANK : VALUE_OK, .text = text};
    day date = 0;
    int64_t number = 0;
    if (text.length == 0)
        return value;
    if (kind == KIND_DATE) {
        value.state = parse_slashed(text, &date) ? VALUE_OK : VALUE_BAD;
        value.number = date;
    } else if (kind == KIND_NUMBER || kind == KIND_FLAG) {
        value.state = parse_int64(text, &number) ? VALUE_OK : VALUE_BAD;
        value.number = number;
    }
    return value;
}

/* Where the year stands among the returns. */
static int32_t index_of_year(struct fixture *fixture, int32_t year, bool add)
{
    int32_t i = 0;
    while (i < fixture->context.n_years && fixture->years[i] < year)
        i++;
    if (i < fixture->context.n_years && fixture->years[i] == year)
        return i;
    stop_unless(add && fixture->context.n_years < FIXTURE_YEARS, "a row of no return");
    memmove(&fixture->years[i + 1], &fixture->years[i],
            (size_t)(fixture->context.n_years - i) * sizeof fixture->years[0]);
    fixture->years[i] = year;
    fixture->context.n_years++;
    return i;
}

static int32_t year_at(const char *text)
{
    int64_t year = 0;
    stop_unless(strlen(text) >= 4 && parse_int64((struct str){text, 4}, &year),
                "a line must begin with a year");
    return (int32_t)year;
}

static day start_of(const struct record *record)
{
    const struct value *decom = &record->values[COLUMN_EPISODES_DECOM - COLUMN_EPISODES_CHILD];
    return record->table == TABLE_EPISODES && decom->state == VALUE_OK ? (day)decom->number : DAY_NONE;
}

static bool goes_before(const struct record *a, const struct record *b)
{
    if (a->return_index != b->return_index)
        return a->return_index < b->return_index;
    if (start_of(a) != start_of(b))
        return start_of(a) < start_of(b);
    return a->line < b->line;
}

/* Reads one line into the table's array, in its place. */
static void read_row(struct fixture *fixture, const char *line, size_t length, int32_t number)
{
    const enum return_table table = table_of(line[5]);
    const struct table_spec *spec = table_spec(table);
    struct record record = {
        .table = table,
        .file = (int32_t)table + 1,
        .return_index = index_of_year(fixture, year_at(line), false),
        .line = number,
    };
    stop_unless(length >= 7 && line[6] == ':', "a line must be YEAR LETTER: FIELDS");
    size_t at = 7;
    for (int32_t column = 1; at < length; column++) {
        size_t end = at;
        while (end < length && line[end] != ',')
            end++;
        stop_unless(column < spec->n_columns, "too many fields");
        record.values[column] =
            value_of(column_spec((enum return_column)((int32_t)spec->first + column))->kind,
                     str_trim((struct str){line + at, end - at}));
        at = end + 1;
    }
    record.values[0] = (struct value){.state = VALUE_OK, .text = str_of("123")};
    size_t i = fixture->rows.n_rows[table]++;
    struct record *rows = fixture->rows.rows[table];
    for (; i > 0 && goes_before(&record, &rows[i - 1]); i--)
        rows[i] = rows[i - 1];
    rows[i] = record;
}

static void add_homes(struct fixture *fixture)
{
    struct err err = {0};
    for (size_t i = 0; i < fixture->rows.n_rows[TABLE_EPISODES]; i++) {
        const struct record *row = &fixture->rows.rows[TABLE_EPISODES][i];
        stop_unless(homes_add(&fixture->homes, record_text(row, COLUMN_EPISODES_URN),
                              record_text(row, COLUMN_EPISODES_PLACE),
                              record_text(row, COLUMN_EPISODES_PLACE_PROVIDER), &err),
                    err.message);
    }
    fixture->context.homes = &fixture->homes;
}

void fixture_init(struct fixture *fixture, const char *years, const char *rows)
{
    memset(fixture, 0, sizeof *fixture);
    fixture->sink.add = keep_finding;
    fixture->context.years = fixture->years;
    fixture->rows.child = str_of("123");
    const size_t size = strlen(rows) + 1;
    char *text = take(fixture, size);
    memcpy(text, rows, size);
    size_t n_lines = 0;
    for (const char *at = years; at != NULL && *at != '\0'; at += at[4] == ' ' ? 5 : 4)
        index_of_year(fixture, year_at(at), true);
    for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1, n_lines++)
        index_of_year(fixture, year_at(at), years == NULL);
    for (int32_t table = 0; table < TABLE_COUNT; table++)
        fixture->rows.rows[table] = take(fixture, (n_lines + 1) * sizeof(struct record));
    int32_t number = 1;
    for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1, number++)
        read_row(fixture, at, (size_t)(strchr(at, '\n') - at), number);
    add_homes(fixture);
}

void fixture_stack(struct fixture *fixture, const char *years, const char *rows)
{
    struct err err = {0};
    fixture_init(fixture, years, rows);
    stop_unless(stack_child(&fixture->context, &fixture->rows, &fixture->arena, &fixture->clean,
                            &fixture->sink, &err),
                err.message);
}

void fixture_free(struct fixture *fixture)
{
    homes_free(&fixture->homes);
    arena_free(&fixture->arena);
}

size_t fixture_count(const struct fixture *fixture, enum rule rule)
{
    size_t n = 0;
    for (size_t i = 0; i < fixture->n_found; i++)
        n += fixture->found[i].rule == rule;
    return n;
}

const struct record *fixture_record(const struct fixture *fixture, int32_t line)
{
    for (int32_t table = 0; table < TABLE_COUNT; table++)
        for (size_t i = 0; i < fixture->rows.n_rows[table]; i++)
            if (fixture->rows.rows[table][i].line == line)
                return &fixture->rows.rows[table][i];
    return NULL;
}

const char *fixture_episodes(struct fixture *fixture)
{
    struct err err = {0};
    struct text text = {0};
    for (size_t i = 0; i < fixture->clean.n_episodes; i++) {
        const struct episode *e = &fixture->clean.episodes[i];
        char start[DATE_TEXT], end[DATE_TEXT];
        date_format_iso(e->start, start);
        date_format_iso(e->end, end);
        stop_unless(text_format(&text, &err, "%s%s..%s %c %s %s%s%s%s", i > 0 ? " | " : "", start, end,
                                e->rne, e->legal_status[0] == '\0' ? "-" : e->legal_status,
                                placement_group_name((enum placement_group)e->group), e->ends_care ? " " : "",
                                e->ends_care ? route_name((enum route)e->route) : "", e->lost ? " lost" : ""),
                    err.message);
    }
    const char *copy = arena_copy(&fixture->arena, str_of(text_c(&text)), &err);
    text_free(&text);
    stop_unless(copy != NULL, err.message);
    return copy;
}

const char *fixture_outcomes(struct fixture *fixture)
{
    struct err err = {0};
    int n[OUTCOME_COUNT] = {0}, superseded = 0, short_break = 0;
    for (size_t i = 0; i < fixture->rows.n_rows[TABLE_EPISODES]; i++) {
        const struct record *record = &fixture->rows.rows[TABLE_EPISODES][i];
        n[record->outcome]++;
        superseded += record->superseded;
        short_break += record->short_break;
    }
    const char *text = arena_format(&fixture->arena, &err, "%d %d %d %d %d", n[OUTCOME_KEPT],
                                    n[OUTCOME_REPAIRED], n[OUTCOME_REFUSED], superseded, short_break);
    stop_unless(text != NULL, err.message);
    return text;
}
