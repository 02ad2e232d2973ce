/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row is looked at from left to right (area, measure, age, sex, years) and left as soon as nothing of it is
 * needed; nine in ten rows are about older people or other areas. Numbers are kept by area, year, sex and age
 * until the end, so that the order of rows and what else the file holds do not matter. */
#include "data/population_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/group.h"
#include "data/people.h"

/* Columns of the layouts, in the order of data/codes/file_column.def. */
enum { AREA, NAME, WIDE_COMPONENT, WIDE_SEX, WIDE_AGE };
enum {
    LONG_DATE = NAME + 1,
    LONG_DATE_NAME,
    LONG_PROJECTED_NAME,
    LONG_PROJECTED,
    LONG_SEX,
    LONG_AGE,
    LONG_MEASURE_NAME,
    LONG_MEASURE,
    LONG_VALUE
};
enum {
    YEARS = PEOPLE_LAST_YEAR - PEOPLE_FIRST_YEAR + 1,
    AREAS_MOST = 400,          /* England has 153 authorities, and some that are no more */
    AREA_CODE = 9,             /* characters of an ONS code */
    AGES = PEOPLE_CHILDREN + 1 /* single years, and 0 to 17 as one number */
};

struct cell { /* one area and mid-year */
    double n[PEOPLE_SEXES][AGES];
};
struct area {
    char code[AREA_CODE + 1], name[96];
    struct cell *years[YEARS];
};

struct population_file {
    const struct sniffed *sniffed;
    bool wide, projected;
    int32_t dated;          /* the year in the DATE column of a projection, 0 none */
    int16_t columns[YEARS]; /* wide: where each year stands, -1 nowhere */
    int32_t n_columns;      /* wide: how many years there are */
    int32_t first, last;    /* years in the cells */
    struct area *areas;
    size_t n_areas, capacity, at; /* at: the area of the last row */
};

/* A row being read. */
struct reading {
    struct population_file *file;
    const struct csv_record *row;
    struct findings *findings;
    int32_t file_key;
    bool refused, needed;
    enum people_sex sex;
    int32_t age;
};

/* ---- one row ------------------------------------------------------------------------------------------- */

/* The field of a column, trimmed; empty when the file lacks the column. */
static struct str field(const struct reading *r, int32_t column)
{
    const int16_t source = r->file->sniffed->map.source[column];
    if (source < 0 || (size_t)source >= r->row->n_fields)
        return (struct str){NULL, 0};
    return str_trim(r->row->fields[source]);
}

static bool tell(struct reading *r, enum outcome outcome, const char *column, struct str value,
                 const char *message, struct err *err)
{
    const struct finding finding = {.rule = RULE_I_06,
                                    .outcome = outcome,
                                    .file = r->file_key,
                                    .table = file_kind_name(r->file->sniffed->kind),
                                    .line = r->row == NULL ? 0 : r->row->line,
                                    .column = column,
                                    .value = value,
                                    .message = message};
    return findings_add(r->findings, &finding, err);
}

static bool refuse(struct reading *r, const char *column, struct str value, const char *message,
                   struct err *err)
{
    r->refused = true;
    return tell(r, OUTCOME_REFUSED, column, value, message, err);
}

/* Unitary authorities, metropolitan and London boroughs, counties: those with children's services. */
static bool is_authority(struct str code)
{
    static const char *const beginnings[] = {"E06", "E08", "E09", "E10"};
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (code.length == AREA_CODE && str_starts_with(code, beginnings[i]))
            return true;
    return false;
}

/* True when a word is one of a list, case ignored. */
static bool is_one_of(struct str text, const char *const list[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_ignore_case(text, str_of(list[i])))
            return true;
    return false;
}

/* Whether anything of the row is needed, by area and measure. */
static bool look_at_area(struct reading *r, struct err *err)
{
    static const char *const components[] = {"", "population"};
    static const char *const measures[] = {"", "value", "20100"}; /* the code that Nomis has for it */
    const struct str area = field(r, AREA);
    if (area.length == 0)
        return refuse(r, "area_code", area, "the row names no area", err);
    r->needed = is_authority(area);
    if (r->file->wide)
        r->needed = r->needed &&
                    is_one_of(field(r, WIDE_COMPONENT), components, sizeof components / sizeof components[0]);
    else
        r->needed = r->needed &&
                    is_one_of(field(r, LONG_MEASURE_NAME), measures, sizeof measures / sizeof measures[0]) &&
                    is_one_of(field(r, LONG_MEASURE), measures, sizeof measures / sizeof measures[0]);
    return true;
}

/* Whose number it is: age and sex. */
static bool look_at_people(struct reading *r, struct err *err)
{
    const struct str age = field(r, r->file->wide ? WIDE_AGE : LONG_AGE);
    const struct str sex = field(r, r->file->wide ? WIDE_SEX : LONG_SEX);
    if (!people_parse_age(age, &r->age))
        return refuse(r, "age", age, "the age is not understood", err);
    if (!people_parse_sex(sex, &r->sex))
        return refuse(r, "sex", sex, "the sex is not understood", err);
    r->needed = r->age >= 0;
    return true;
}

/* The row's area, added when it is new; false with err or a refusal. */
static bool find_area(struct reading *r, struct err *err)
{
    struct population_file *file = r->file;
    const struct str code = field(r, AREA);
    if (file->at < file->n_areas && str_equal_text(code, file->areas[file->at].code))
        return true;
    for (file->at = 0; file->at < file->n_areas; file->at++)
        if (str_equal_text(code, file->areas[file->at].code))
            return true;
    if (file->n_areas == AREAS_MOST)
        return refuse(r, "area_code", code, "there are more authorities in the file than in England", err);
    if (!vec_reserve((void **)&file->areas, &file->capacity, file->n_areas + 1, sizeof *file->areas, err))
        return false;
    struct area *area = &file->areas[file->n_areas++];
    *area = (struct area){0};
    str_copy(code, area->code, sizeof area->code);
    str_copy(field(r, NAME), area->name, sizeof area->name);
    return true;
}

/* What a text says of a year, NaN for nothing. A second number for the same people is refused unless it is
 * the same: Nomis gives unitary authorities as districts and again as counties. */
static bool read_number(struct reading *r, int32_t year, struct str text, const char *column, double *out,
                        struct err *err)
{
    const struct cell *cell = r->file->areas[r->file->at].years[year - PEOPLE_FIRST_YEAR];
    const double known = cell == NULL ? (double)NAN : cell->n[r->sex][r->age];
    *out = NAN;
    if (!parse_double(text, out))
        return text.length == 0 ||
               tell(r, OUTCOME_KEPT, column, text, "a symbol stands for a number that is not published", err);
    if (*out < 0)
        return refuse(r, column, text, "there cannot be fewer children than none", err);
    if (isfinite(known) && fabs(known - *out) > 0)
        return refuse(r, column, text,
                      "a row above gives another number for the same area, year, sex and age", err);
    return true;
}

static bool put_number(const struct reading *r, int32_t year, double number, struct err *err)
{
    struct population_file *file = r->file;
    struct cell **cell = &file->areas[file->at].years[year - PEOPLE_FIRST_YEAR];
    if (!isfinite(number))
        return true;
    if (*cell == NULL) {
        *cell = vec_new(1, sizeof **cell, err);
        if (*cell == NULL)
            return false;
        for (int s = 0; s < PEOPLE_SEXES; s++)
            for (int a = 0; a < AGES; a++)
                (*cell)->n[s][a] = NAN;
    }
    (*cell)->n[r->sex][r->age] = number;
    file->first = file->first == 0 || year < file->first ? year : file->first;
    file->last = year > file->last ? year : file->last;
    return true;
}

/* All years of a row or, when one of them makes it unusable, none. */
static bool take_years(struct reading *r, struct err *err)
{
    const struct population_file *file = r->file;
    double numbers[YEARS];
    if (file->n_columns == 0)
        return refuse(r, "year", (struct str){NULL, 0}, "no column is named by a year", err);
    for (int32_t i = 0; i < YEARS && !r->refused; i++) {
        numbers[i] = NAN;
        if (file->columns[i] >= 0 && (size_t)file->columns[i] < r->row->n_fields &&
            !read_number(r, PEOPLE_FIRST_YEAR + i, str_trim(r->row->fields[file->columns[i]]), "year",
                         &numbers[i], err))
            return false;
    }
    for (int32_t i = 0; i < YEARS && !r->refused; i++)
        if (!put_number(r, PEOPLE_FIRST_YEAR + i, numbers[i], err))
            return false;
    return true;
}

static bool take_observation(struct reading *r, struct err *err)
{
    struct population_file *file = r->file;
    struct str date = field(r, LONG_DATE);
    if (date.length == 0)
        date = field(r, LONG_DATE_NAME);
    const int32_t dated = people_year(date, false);
    int32_t year = dated;
    struct str said = date;
    if (file->projected) {
        said = field(r, LONG_PROJECTED_NAME);
        if (said.length == 0)
            said = field(r, LONG_PROJECTED);
        year = people_year(said, false);
        if (file->dated == 0)
            file->dated = dated;
        else if (dated != 0 && dated != file->dated)
            return refuse(r, "date", date, "the file holds two projections; import them one by one", err);
    }
    if (year == 0)
        return refuse(r, file->projected ? "projected_year_name" : "date", said, "the year is no year", err);
    double number = 0;
    return read_number(r, year, field(r, LONG_VALUE), "obs_value", &number, err) &&
           (r->refused || put_number(r, year, number, err));
}

bool population_file_row(struct population_file *file, const struct csv_record *row,
                         struct findings *findings, int32_t file_key, enum outcome *outcome, struct err *err)
{
    struct reading r = {.file = file, .row = row, .findings = findings, .file_key = file_key};
    bool ok = look_at_area(&r, err);
    if (ok && r.needed)
        ok = look_at_people(&r, err);
    if (ok && r.needed && !r.refused)
        ok = find_area(&r, err);
    if (ok && r.needed && !r.refused)
        ok = file->wide ? take_years(&r, err) : take_observation(&r, err);
    *outcome = r.refused ? OUTCOME_REFUSED : OUTCOME_KEPT;
    return ok;
}

/* ---- the whole file ------------------------------------------------------------------------------------ */

struct population_file *population_file_open(const struct sniffed *sniffed, const struct csv_record *header,
                                             struct err *err)
{
    struct population_file *file = vec_new(1, sizeof *file, err);
    bug_if(file_kind_family(sniffed->kind) != FAMILY_POPULATION);
    if (file == NULL)
        return NULL;
    file->sniffed = sniffed;
    file->wide = sniffed->kind == FILE_PROJECTIONS;
    file->projected = file->wide || sniffed->map.source[LONG_PROJECTED_NAME] >= 0 ||
                      sniffed->map.source[LONG_PROJECTED] >= 0;
    for (int32_t i = 0; i < YEARS; i++)
        file->columns[i] = -1;
    for (size_t k = 0; file->wide && k < header->n_fields && k < INT16_MAX; k++) {
        const int32_t year = people_year(str_trim(header->fields[k]), true);
        bool known = year == 0 || file->columns[year - PEOPLE_FIRST_YEAR] >= 0;
        for (int32_t i = 0; i < sniffed->map.n; i++)
            known = known || sniffed->map.source[i] == (int16_t)k;
        if (!known) {
            file->columns[year - PEOPLE_FIRST_YEAR] = (int16_t)k;
            file->n_columns++;
        }
    }
    return file;
}

void population_file_close(struct population_file *file)
{
    if (file == NULL)
        return;
    for (size_t i = 0; i < file->n_areas; i++)
        for (int32_t k = 0; k < YEARS; k++)
            free(file->areas[i].years[k]);
    free(file->areas);
    free(file);
}

/* The year that the projection starts from. */
static int32_t find_base(const struct population_file *file)
{
    const int32_t named = file->sniffed->year;
    if (file->dated != 0)
        return file->dated;
    return named != 0 && named <= file->first ? named : file->first;
}

static double persons(const struct cell *cell, int32_t age)
{
    const double given = cell->n[PEOPLE_PERSONS][age];
    return isfinite(given) ? given : cell->n[PEOPLE_MALES][age] + cell->n[PEOPLE_FEMALES][age];
}

/* What a file gives to the sink, one value after another. */
struct giving {
    struct reading reading;
    struct published_sink *sink;
    struct published_value value;
    char group[24];
};

static bool give(struct giving *g, struct str characteristic, double number, struct err *err)
{
    const bool total = characteristic.length == 0;
    g->value.group = g->reading.file->projected ? str_of(g->group)
                     : total                    ? (struct str){0}
                                                : str_of("Age group");
    g->value.characteristic = characteristic;
    g->value.value = number;
    return g->sink->value(g->sink, &g->value, err);
}

/* One authority and year: its bands and total, or why there are none. */
static bool give_year(struct giving *g, const struct cell *cell, struct err *err)
{
    double bands[AGE_COUNT] = {0};
    double total = 0;
    for (int32_t age = 0; age < PEOPLE_CHILDREN; age++) {
        bands[age_band_of(age)] += persons(cell, age);
        total += persons(cell, age);
    }
    for (int b = 0; b < AGE_COUNT; b++)
        if (isfinite(total) && !give(g, str_of(age_band_name((enum age_band)b)), bands[b], err))
            return false;
    if (!isfinite(total))
        total = persons(cell, PEOPLE_CHILDREN);
    if (isfinite(total))
        return give(g, (struct str){0}, total, err);
    bool one_sex = false;
    for (int32_t age = 0; age < AGES; age++)
        one_sex = one_sex || isfinite(cell->n[PEOPLE_MALES][age]) != isfinite(cell->n[PEOPLE_FEMALES][age]);
    return tell(&g->reading, OUTCOME_KEPT, "age", g->value.code,
                one_sex ? "only one sex is in the file; import the file of persons"
                        : "not all ages from 0 to 17 are in the file, nor one number for them",
                err);
}

bool population_file_end(struct population_file *file, struct published_sink *sink, struct findings *findings,
                         int32_t file_key, struct err *err)
{
    struct giving g = {
        .reading = {.file = file, .findings = findings, .file_key = file_key},
        .sink = sink,
        .value = {.level = LEVEL_LA, .measure = file->projected ? "projection" : "population"}};
    const int32_t base = find_base(file);
    if (file->first == 0)
        return tell(&g.reading, OUTCOME_KEPT, "area_code", (struct str){0},
                    "no number of children of an authority is in the file", err);
    bug_if(snprintf(g.group, sizeof g.group, "%d-based", (int)base) < 0);
    for (size_t i = 0; i < file->n_areas; i++) {
        const struct area *area = &file->areas[i];
        g.value.code = str_of(area->code);
        g.value.name = str_of(area->name);
        for (int32_t year = file->first; year <= file->last; year++) {
            g.value.year = year + 1; /* ends on the 31 March after the mid-year */
            if (area->years[year - PEOPLE_FIRST_YEAR] != NULL &&
                !give_year(&g, area->years[year - PEOPLE_FIRST_YEAR], err))
                return false;
        }
    }
    return true;
}
