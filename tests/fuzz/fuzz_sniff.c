/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a published file: recognised or refused, and every row read or refused, never more columns
 * than there are; what population adds up to is never less than nothing. */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "data/csvfile.h"
#include "data/population_file.h"
#include "data/published.h"
#include "data/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_value(struct published_sink *self, const struct published_value *value, struct err *err)
{
    (void)self;
    (void)err;
    bug_if(value->measure == NULL || value->year < 0);
    return true;
}

static bool take_neighbour(struct published_sink *self, const struct published_neighbour *neighbour,
                           struct err *err)
{
    (void)self;
    (void)err;
    bug_if(neighbour->rank < 1 || neighbour->rank > 10);
    return true;
}

static bool take_children(struct published_sink *self, const struct published_value *value, struct err *err)
{
    (void)self;
    (void)err;
    bug_if(value->level != LEVEL_LA || value->code.length != 9 || !(value->value >= 0));
    return true;
}

static void read_population(struct csvfile *file, const struct sniffed *sniffed)
{
    struct err err;
    struct csv_record row;
    struct published_sink sink = {.value = take_children};
    struct population_file *population = population_file_open(sniffed, csvfile_header(file), &err);
    bug_if(population == NULL);
    while (csvfile_next(file, &row, &err) == CSVFILE_ROW) {
        enum outcome outcome = OUTCOME_COUNT;
        bug_if(!population_file_row(population, &row, NULL, 1, &outcome, &err) ||
               (outcome != OUTCOME_KEPT && outcome != OUTCOME_REFUSED));
    }
    bug_if(!population_file_end(population, &sink, NULL, 1, &err));
    population_file_close(population);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;
    struct sniffed sniffed;
    struct csv_record row;
    struct published_sink sink = {.value = take_value, .neighbour = take_neighbour};
    struct csvfile *file =
        csvfile_open_memory("2012__x.csv", (struct str){(const char *)data, size}, NULL, 1, &err);
    bug_if(file == NULL || !sniff_file(file, "2012__x.csv", NULL, &sniffed, NULL, 1, &err));
    for (int32_t i = 0; i < sniffed.map.n; i++)
        bug_if(sniffed.map.source[i] >= (int32_t)csvfile_header(file)->n_fields);
    if (file_kind_family(sniffed.kind) == FAMILY_POPULATION)
        read_population(file, &sniffed);
    while (file_kind_family(sniffed.kind) == FAMILY_PUBLISHED &&
           csvfile_next(file, &row, &err) == CSVFILE_ROW) {
        enum outcome outcome;
        bug_if(!published_row(&sniffed, sniffed.year, &row, &sink, NULL, 1, &outcome, &err));
    }
    csvfile_close(file);
    return 0;
}
