/* SPDX-License-Identifier: GPL-3.0-or-later
 * Published statistics, population, prices and localities. */
#include <math.h>
#include <string.h>

#include "data/population_file.h"
#include "data/prices.h"
#include "data/published.h"
#include "store/authority.h"
#include "store/import_parts.h"

/* Rows of one authority mostly follow each other, so the last one is remembered. */
struct publisher {
    struct published_sink base; /* first: it is a published_sink */
    struct import *import;
    const struct import_file *file;
    enum published_level level;
    char code[16], old_code[16], name[96];
    int32_t la;                         /* 0: none remembered */
    struct population_file *population; /* files of FAMILY_POPULATION, else NULL */
};

static const char *level_name(enum published_level level)
{
    switch (level) {
    case LEVEL_NATIONAL:
        return "national";
    case LEVEL_REGION:
        return "region";
    case LEVEL_LA:
        break;
    }
    return "la";
}

static bool find_authority(struct publisher *publisher, enum published_level level, struct str code,
                           struct str old_code, struct str name, struct err *err)
{
    if (publisher->la != 0 && publisher->level == level && str_equal_text(code, publisher->code) &&
        str_equal_text(old_code, publisher->old_code) && str_equal_text(name, publisher->name))
        return true;
    publisher->level = level;
    if (level == LEVEL_NATIONAL) { /* "England", "ENGLAND", "National": there is one */
        code = str_of("E92000001");
        name = str_of("England");
    }
    const bool whole = str_copy(code, publisher->code, sizeof publisher->code) &&
                       str_copy(old_code, publisher->old_code, sizeof publisher->old_code) &&
                       str_copy(name, publisher->name, sizeof publisher->name);
    if (!authority_put(publisher->import->store, level_name(level), code, old_code, name, &publisher->la,
                       err))
        return false;
    if (!whole)
        publisher->name[0] = '\0';
    return true;
}

static bool take_value(struct published_sink *self, const struct published_value *value, struct err *err)
{
    struct publisher *publisher = (struct publisher *)self;
    struct store *store = publisher->import->store;
    sqlite3_stmt *s = NULL;
    if (!find_authority(publisher, value->level, value->code, value->old_code, value->name, err) ||
        !db_get(store, QUERY_PUT_PUBLISHED, &s, err))
        return false;
    db_bind_integer(store, s, 1, publisher->la);
    db_bind_text(store, s, 2, value->measure);
    db_bind_str(store, s, 3, value->group);
    db_bind_str(store, s, 4, value->characteristic);
    db_bind_integer(store, s, 5, value->year);
    db_bind_real(store, s, 6, value->value);
    db_bind_str(store, s, 7, value->symbol);
    db_bind_integer(store, s, 8, publisher->file->key);
    return db_run(store, s, err);
}

static bool take_neighbour(struct published_sink *self, const struct published_neighbour *neighbour,
                           struct err *err)
{
    struct publisher *publisher = (struct publisher *)self;
    struct store *store = publisher->import->store;
    sqlite3_stmt *s = NULL;
    if (!find_authority(publisher, LEVEL_LA, (struct str){0}, neighbour->old_code, neighbour->name, err) ||
        !db_get(store, QUERY_PUT_NEIGHBOUR, &s, err))
        return false;
    db_bind_integer(store, s, 1, publisher->la);
    db_bind_integer(store, s, 2, neighbour->rank);
    db_bind_str(store, s, 3, neighbour->neighbour);
    db_bind_str(store, s, 4, neighbour->closeness);
    db_bind_integer(store, s, 5, publisher->file->key);
    return db_run(store, s, err);
}

/* The field of a column of a kind, empty when the file lacks it. */
static struct str field_of(const struct sniffed *sniffed, const struct csv_record *row, const char *column)
{
    for (int32_t i = 0; i < sniffed->map.n; i++)
        if (strcmp(file_kind_column(sniffed->kind, i), column) == 0) {
            const int16_t source = sniffed->map.source[i];
            return source >= 0 && (size_t)source < row->n_fields ? str_trim(row->fields[source])
                                                                 : (struct str){0};
        }
    return (struct str){0};
}

/* I-01: of two prices of one placement, provider and day the later line stands. */
static bool report_second_price(struct import *import, struct import_reading *reading,
                                const struct csv_record *row, const struct price_line *line, struct err *err)
{
    sqlite3_stmt *s = NULL;
    bool known = false;
    if (!db_get(import->store, QUERY_PRICE_OF_DAY, &s, err))
        return false;
    db_bind_text(import->store, s, 1, placement_group_name(line->group));
    db_bind_text(import->store, s, 2, line->provider);
    db_bind_integer(import->store, s, 3, line->from);
    if (!db_step(import->store, s, &known, err))
        return false;
    db_reset(s);
    if (!known)
        return true;
    const struct finding finding = {.rule = RULE_I_01,
                                    .outcome = OUTCOME_KEPT,
                                    .file = reading->file->key,
                                    .table = "prices",
                                    .line = row->line,
                                    .column = "from",
                                    .value = field_of(&reading->file->sniffed, row, "from"),
                                    .message = "a second price for this placement, provider and day; the "
                                               "later line is used"};
    return findings_add(&reading->sink.base, &finding, err);
}

static bool take_price(struct import *import, struct import_reading *reading, const struct csv_record *row,
                       bool *usable, struct err *err)
{
    const struct sniffed *sniffed = &reading->file->sniffed;
    const struct price_fields fields = {.placement = field_of(sniffed, row, "placement"),
                                        .provider = field_of(sniffed, row, "provider"),
                                        .from = field_of(sniffed, row, "from"),
                                        .weekly_gbp = field_of(sniffed, row, "weekly_gbp"),
                                        .annual_uplift_pct = field_of(sniffed, row, "annual_uplift_pct"),
                                        .source = field_of(sniffed, row, "source")};
    struct arena arena = {0};
    struct price_line line;
    sqlite3_stmt *s = NULL;
    bool ok = price_line_parse(&fields, reading->file->key, row->line, &arena, &line, usable,
                               &reading->sink.base, err);
    if (ok && *usable) {
        ok = report_second_price(import, reading, row, &line, err) &&
             db_get(import->store, QUERY_PUT_PRICE, &s, err);
        if (ok) {
            db_bind_text(import->store, s, 1, placement_group_name(line.group));
            db_bind_text(import->store, s, 2, line.provider);
            db_bind_integer(import->store, s, 3, line.from);
            db_bind_integer(import->store, s, 4, row->line);
            db_bind_integer(import->store, s, 5, line.weekly);
            db_bind_real(import->store, s, 6, line.annual_uplift_pct);
            db_bind_text(import->store, s, 7, line.source);
            db_bind_integer(import->store, s, 8, reading->file->key);
            ok = db_run(import->store, s, err);
        }
    }
    arena_free(&arena);
    return ok;
}

static bool take_locality(struct import *import, struct import_reading *reading, const struct csv_record *row,
                          bool *usable, struct err *err)
{
    const struct sniffed *sniffed = &reading->file->sniffed;
    const struct str postcode = field_of(sniffed, row, "postcode");
    const struct str locality = field_of(sniffed, row, "locality");
    sqlite3_stmt *s = NULL;
    *usable = postcode.length > 0 && locality.length > 0;
    if (!*usable) {
        const struct finding finding = {.rule = RULE_F_04,
                                        .outcome = OUTCOME_REFUSED,
                                        .file = reading->file->key,
                                        .table = "localities",
                                        .line = row->line,
                                        .column = postcode.length == 0 ? "postcode" : "locality",
                                        .message = "A locality needs a postcode and a name"};
        return findings_add(&reading->sink.base, &finding, err);
    }
    if (!db_get(import->store, QUERY_PUT_LOCALITY, &s, err))
        return false;
    db_bind_str(import->store, s, 1, postcode);
    db_bind_str(import->store, s, 2, locality);
    db_bind_integer(import->store, s, 3, reading->file->key);
    return db_run(import->store, s, err);
}

/* A row of any of these kinds. */
static bool take_row(struct import *import, struct import_reading *reading, const struct csv_record *row,
                     void *context, enum outcome *outcome, struct err *err)
{
    struct publisher *publisher = context;
    const struct sniffed *sniffed = &reading->file->sniffed;
    const int32_t year = import->options->year != 0 ? import->options->year : sniffed->year;
    const int32_t key = reading->file->key;
    enum outcome found = OUTCOME_KEPT;
    bool ok = true;
    bool usable = true;
    if (sniffed->kind == FILE_PRICES)
        ok = take_price(import, reading, row, &usable, err);
    else if (sniffed->kind == FILE_LOCALITIES)
        ok = take_locality(import, reading, row, &usable, err);
    else if (publisher->population != NULL)
        ok = population_file_row(publisher->population, row, &reading->sink.base, key, &found, err);
    else
        ok = published_row(sniffed, year, row, &publisher->base, &reading->sink.base, key, &found, err);
    if (!usable || found == OUTCOME_REFUSED)
        *outcome = OUTCOME_REFUSED;
    return ok;
}

/* All rows; what a file of population adds up to is known at its end only. */
static bool read_file(struct import *import, struct import_reading *reading, struct err *err)
{
    const struct sniffed *sniffed = &reading->file->sniffed;
    struct publisher publisher = {
        .base = {.value = take_value, .neighbour = take_neighbour}, .import = import, .file = reading->file};
    if (file_kind_family(sniffed->kind) != FAMILY_POPULATION)
        return import_rows(import, reading, take_row, &publisher, err);
    publisher.population = population_file_open(sniffed, csvfile_header(reading->csv), err);
    const bool ok = publisher.population != NULL && import_rows(import, reading, take_row, &publisher, err) &&
                    population_file_end(publisher.population, &publisher.base, &reading->sink.base,
                                        reading->file->key, err);
    population_file_close(publisher.population);
    return ok;
}

/* A file of prices or localities is a whole: it takes the place of the earlier one. */
static bool clear_earlier(struct import *import, const struct import_file *file, struct err *err)
{
    if (file->sniffed.kind == FILE_PRICES)
        return db_do(import->store, QUERY_REMOVE_PRICES, err);
    if (file->sniffed.kind == FILE_LOCALITIES)
        return db_do(import->store, QUERY_REMOVE_LOCALITIES, err);
    return true;
}

bool import_input(struct import *import, struct import_file *file, struct err *err)
{
    struct import_reading reading;
    bool same = false;
    if (!import_begin(import, file, &reading, err))
        return false;
    if (file->status != IMPORT_NEW) {
        if (import_end(import, &reading, err))
            return true;
        goto failed;
    }
    if (!import_find_same(import, &reading, &same, err))
        goto failed;
    if (same || (import_open_again(&reading, err) && clear_earlier(import, file, err) &&
                 read_file(import, &reading, err) && import_end(import, &reading, err)))
        return true;
failed:
    import_abandon(&reading);
    return false;
}
