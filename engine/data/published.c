/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each layout has a function that reads who and when from a row; what then remains is one number or a list of
 * columns that are numbers, each with its measure. Columns are read by their place in file_column.def, which
 * the enums repeat. */
#include "data/published.h"

#include <math.h>
#include <string.h>

#include "base/parse.h"

/* Columns of the layouts, in the order of data/codes/file_column.def. */
enum { WIDE_CODE, WIDE_LEVEL, WIDE_OLD_CODE, WIDE_NAME, WIDE_FIRST };
enum { PANEL_YEAR, PANEL_CODE, PANEL_OLD_CODE, PANEL_NAME, PANEL_FIRST };
enum { ENGLAND_YEAR, ENGLAND_FIRST };
enum {
    PART_YEAR,
    PART_LEVEL,
    PART_CODE,
    PART_OLD_CODE,
    PART_NAME,
    PART_GROUP,
    PART_CHARACTERISTIC,
    PART_NUMBER
};
enum {
    DFE_YEAR,
    DFE_LEVEL,
    DFE_COUNTRY_CODE,
    DFE_COUNTRY_NAME,
    DFE_REGION_CODE,
    DFE_REGION_NAME,
    DFE_OLD_CODE,
    DFE_NAME,
    DFE_CODE,
    DFE_MEASURE,
    DFE_POPULATION,
    DFE_NUMBER
};
enum { MID_YEAR_OLD_CODE = 6, MID_YEAR_CODE, MID_YEAR_NAME, MID_YEAR_AGES, MID_YEAR_NUMBER };
enum { S251_YEAR, S251_OLD_CODE, S251_NAME, S251_LINE, S251_FIRST };
enum { RO3_CODE, RO3_NAME, RO3_FIRST };
enum { NEIGHBOUR_OLD_CODE, NEIGHBOUR_NAME, NEIGHBOUR_FIRST };
enum { NEIGHBOUR_RANKS = 10, RO3_YEAR = 2025, FIRST_YEAR = 1990, LAST_YEAR = 2100 };

/* A row being read. */
struct reading {
    const struct sniffed *sniffed;
    const struct csv_record *row;
    struct published_sink *sink;
    struct findings *findings;
    int32_t file_key;
    struct published_value value; /* who and when */
    bool refused;
};

/* The field of a column, trimmed; empty when the file lacks the column. */
static struct str field(const struct reading *r, int32_t column)
{
    const int16_t source = column < r->sniffed->map.n ? r->sniffed->map.source[column] : (int16_t)-1;
    if (source < 0 || (size_t)source >= r->row->n_fields)
        return (struct str){NULL, 0};
    return str_trim(r->row->fields[source]);
}

static bool has_column(const struct reading *r, int32_t column)
{
    return column < r->sniffed->map.n && r->sniffed->map.source[column] >= 0;
}

static bool tell(const struct reading *r, enum outcome outcome, const char *column, struct str value,
                 const char *message, struct err *err)
{
    const struct finding finding = {.rule = RULE_I_06,
                                    .outcome = outcome,
                                    .file = r->file_key,
                                    .table = file_kind_name(r->sniffed->kind),
                                    .line = r->row->line,
                                    .column = column,
                                    .value = value,
                                    .message = message};
    return findings_add(r->findings, &finding, err);
}

static bool refuse(struct reading *r, const char *message, struct str value, struct err *err)
{
    r->refused = true;
    return tell(r, OUTCOME_REFUSED, "", value, message, err);
}

/* Passes one number on: scale is 1, or 1000 for thousands. */
static bool give(struct reading *r, int32_t column, const char *measure, struct str group,
                 struct str characteristic, double scale, struct err *err)
{
    const struct str text = field(r, column);
    r->value.measure = measure;
    r->value.group = group;
    r->value.characteristic = characteristic;
    r->value.symbol = (struct str){NULL, 0};
    r->value.line = r->row->line;
    if (parse_double(text, &r->value.value)) {
        r->value.value *= scale;
    } else {
        r->value.value = NAN;
        r->value.symbol = text;
        if (text.length > 0 && !tell(r, OUTCOME_KEPT, file_kind_column(r->sniffed->kind, column), text,
                                     "a symbol stands for a number that is not published", err))
            return false;
    }
    return r->sink->value(r->sink, &r->value, err);
}

static bool give_total(struct reading *r, int32_t column, const char *measure, struct err *err)
{
    return give(r, column, measure, (struct str){NULL, 0}, (struct str){NULL, 0}, 1, err);
}

static bool parse_year(struct reading *r, struct str text, int32_t shift, struct err *err)
{
    int64_t year = 0;
    if (!parse_int_between(text, FIRST_YEAR, LAST_YEAR, &year))
        return refuse(r, "the year is no year", text, err);
    r->value.year = (int32_t)year + shift;
    return true;
}

static bool parse_level(struct reading *r, struct str text, struct err *err)
{
    static const struct {
        const char *word;
        enum published_level level;
    } words[] = {{"national", LEVEL_NATIONAL},  {"regional", LEVEL_REGION},
                 {"region", LEVEL_REGION},      {"la", LEVEL_LA},
                 {"local authority", LEVEL_LA}, {"local authority district", LEVEL_LA}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_ignore_case(text, str_of(words[i].word))) {
            r->value.level = words[i].level;
            return true;
        }
    }
    return refuse(r, "the geographic level is not known", text, err);
}

/* True when the row says whose numbers it holds. */
static bool has_name(struct reading *r, bool *named, struct err *err)
{
    *named = !r->refused;
    if (r->refused)
        return true;
    *named = r->value.name.length > 0 || r->value.code.length > 0 || r->value.old_code.length > 0;
    return *named || refuse(r, "the row names no authority", (struct str){NULL, 0}, err);
}

static bool read_panel(struct reading *r, struct err *err)
{
    r->value.level = LEVEL_LA;
    r->value.code = field(r, PANEL_CODE);
    r->value.old_code = field(r, PANEL_OLD_CODE);
    r->value.name = field(r, PANEL_NAME);
    bool named = false;
    if (!parse_year(r, field(r, PANEL_YEAR), 0, err) || !has_name(r, &named, err))
        return false;
    for (int32_t i = PANEL_FIRST; named && i < r->sniffed->map.n; i++) {
        const char *const column = file_kind_column(FILE_PANEL, i);
        const char *const measure = i == PANEL_FIRST ? "population" : column;
        if (has_column(r, i) && field(r, i).length > 0 && !give_total(r, i, measure, err))
            return false;
    }
    return true;
}

static bool read_england(struct reading *r, struct err *err)
{
    static const char *const measures[] = {"stock", "starts", "leavers", "uasc", "adopted"};
    r->value.level = LEVEL_NATIONAL;
    r->value.name = str_of("England");
    r->value.code = str_of("E92000001");
    if (!parse_year(r, field(r, ENGLAND_YEAR), 0, err))
        return false;
    for (int32_t i = 0; !r->refused && i < (int32_t)(sizeof measures / sizeof measures[0]); i++)
        if (has_column(r, ENGLAND_FIRST + i) && !give_total(r, ENGLAND_FIRST + i, measures[i], err))
            return false;
    return true;
}

static bool is_total(struct str characteristic)
{
    return str_equal_ignore_case(characteristic, str_of("Total")) ||
           str_equal_ignore_case(characteristic, str_of("Total children"));
}

/* Groups of which each file has one in every year: their "Total" row is the total. */
static bool gives_total(struct str group)
{
    static const char *const groups[] = {"Age group", "Age on starting", "Age on ceasing"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (str_equal_text(group, groups[i]))
            return true;
    return false;
}

/* Starts, ceased and stock by characteristic. */
static bool read_parts(struct reading *r, const char *measure, struct err *err)
{
    r->value.code = field(r, PART_CODE);
    r->value.old_code = field(r, PART_OLD_CODE);
    r->value.name = field(r, PART_NAME);
    bool named = false;
    if (!parse_year(r, field(r, PART_YEAR), 0, err) ||
        (!r->refused && !parse_level(r, field(r, PART_LEVEL), err)) || !has_name(r, &named, err))
        return false;
    const struct str group = field(r, PART_GROUP);
    const struct str characteristic = field(r, PART_CHARACTERISTIC);
    if (!named)
        return true;
    if (!is_total(characteristic))
        return give(r, PART_NUMBER, measure, group, characteristic, 1, err);
    return !gives_total(group) || give_total(r, PART_NUMBER, measure, err);
}

/* Who a row of the open-data layout is about: codes and names stand in columns by level. */
static bool read_place(struct reading *r, int32_t old_code, int32_t code, int32_t name, struct err *err)
{
    if (!parse_level(r, field(r, DFE_LEVEL), err))
        return false;
    switch (r->value.level) {
    case LEVEL_NATIONAL:
        r->value.code = field(r, DFE_COUNTRY_CODE);
        r->value.name = field(r, DFE_COUNTRY_NAME);
        break;
    case LEVEL_REGION:
        r->value.code = field(r, DFE_REGION_CODE);
        r->value.name = field(r, DFE_REGION_NAME);
        break;
    case LEVEL_LA:
        r->value.code = field(r, code);
        r->value.old_code = field(r, old_code);
        r->value.name = field(r, name);
        break;
    }
    return true;
}

static bool read_dfe(struct reading *r, struct err *err)
{
    static const char *const words[][2] = {
        {"Children looked after", "stock"}, {"Children starting", "starts"}, {"Children ceasing", "leavers"}};
    const struct str kind = field(r, DFE_MEASURE);
    bool named = false;
    if (!parse_year(r, field(r, DFE_YEAR), 0, err) ||
        (!r->refused && !read_place(r, DFE_OLD_CODE, DFE_CODE, DFE_NAME, err)) || !has_name(r, &named, err))
        return false;
    if (!named)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const struct str word = str_of(words[i][0]);
        if (kind.length < word.length || !str_equal_ignore_case((struct str){kind.at, word.length}, word))
            continue;
        /* The population is the same on the three rows of an authority and year: it is passed on once. */
        return give_total(r, DFE_NUMBER, words[i][1], err) &&
               (i > 0 || !has_column(r, DFE_POPULATION) || give_total(r, DFE_POPULATION, "population", err));
    }
    return refuse(r, "the measure is not known", kind, err);
}

static bool read_population(struct reading *r, struct err *err)
{
    const struct str ages = field(r, MID_YEAR_AGES);
    bool named = false;
    if (!parse_year(r, field(r, DFE_YEAR), 1, err) ||
        (!r->refused && !read_place(r, MID_YEAR_OLD_CODE, MID_YEAR_CODE, MID_YEAR_NAME, err)) ||
        !has_name(r, &named, err))
        return false;
    if (!named)
        return true;
    if (!str_equal_ignore_case(ages, str_of("Children aged 0 to 17 years")))
        return refuse(r, "only ages 0 to 17 together are read", ages, err);
    return give_total(r, MID_YEAR_NUMBER, "population", err);
}

static const struct {
    enum file_kind kind;
    const char *measure, *group, *characteristic;
} sfr_columns[] = {
#define SFR_COLUMN(kind, name, need, measure, group, characteristic)                                         \
    {FILE_##kind, measure, group, characteristic},
#include "data/codes/sfr_column.def"
#undef SFR_COLUMN
};

static bool read_wide(struct reading *r, int32_t year, struct err *err)
{
    r->value.code = field(r, WIDE_CODE);
    r->value.old_code = field(r, WIDE_OLD_CODE);
    r->value.name = field(r, WIDE_NAME);
    r->value.year = year;
    bool named = false;
    if (year == 0 && !refuse(r, "nothing says which year this is: use --year", (struct str){NULL, 0}, err))
        return false;
    if ((!r->refused && !parse_level(r, field(r, WIDE_LEVEL), err)) || !has_name(r, &named, err))
        return false;
    if (r->value.level != LEVEL_LA) /* 999 and letters, no authority's codes */
        r->value.old_code = (struct str){NULL, 0};
    int32_t column = 0;
    for (size_t i = 0; named && i < sizeof sfr_columns / sizeof sfr_columns[0]; i++) {
        if (sfr_columns[i].kind != r->sniffed->kind)
            continue;
        if (sfr_columns[i].measure[0] != '\0' && has_column(r, column) &&
            !give(r, column, sfr_columns[i].measure, str_of(sfr_columns[i].group),
                  str_of(sfr_columns[i].characteristic), 1, err))
            return false;
        column++;
    }
    return true;
}

/* "2008-09" ends in March 2009. */
static bool read_s251(struct reading *r, struct err *err)
{
    const struct str text = field(r, S251_YEAR);
    const struct str line = field(r, S251_LINE);
    r->value.level = LEVEL_LA;
    r->value.old_code = field(r, S251_OLD_CODE);
    r->value.name = field(r, S251_NAME);
    bool named = false;
    if (text.length != 7 || text.at[4] != '-') {
        if (!refuse(r, "the financial year is not written as 2008-09", text, err))
            return false;
    } else if (!parse_year(r, (struct str){text.at, 4}, 1, err)) {
        return false;
    }
    if (!has_name(r, &named, err))
        return false;
    for (int32_t i = S251_FIRST; named && i < r->sniffed->map.n; i++)
        if (has_column(r, i) && field(r, i).length > 0 &&
            !give(r, i, "s251", line, str_of(file_kind_column(FILE_S251, i)), 1, err))
            return false;
    return true;
}

static bool read_ro3(struct reading *r, struct err *err)
{
    static const struct {
        const char *measure, *group;
        double scale;
    } columns[] = {{"ro3", "total", 1000},        {"ro3", "residential", 1000}, {"ro3", "fostering", 1000},
                   {"ro3", "uasc", 1000},         {"ro3", "other", 1000},       {"ro3_week", "fostering", 1},
                   {"ro3_week", "residential", 1}};
    r->value.level = LEVEL_LA;
    r->value.code = field(r, RO3_CODE);
    r->value.name = field(r, RO3_NAME);
    r->value.year = RO3_YEAR;
    bool named = false;
    if (!has_name(r, &named, err))
        return false;
    for (int32_t i = 0; named && i < (int32_t)(sizeof columns / sizeof columns[0]); i++)
        if (has_column(r, RO3_FIRST + i) && field(r, RO3_FIRST + i).length > 0 &&
            !give(r, RO3_FIRST + i, columns[i].measure, str_of(columns[i].group), (struct str){NULL, 0},
                  columns[i].scale, err))
            return false;
    return true;
}

static bool read_neighbours(struct reading *r, struct err *err)
{
    struct published_neighbour neighbour = {
        .old_code = field(r, NEIGHBOUR_OLD_CODE), .name = field(r, NEIGHBOUR_NAME), .line = r->row->line};
    if (neighbour.old_code.length == 0 && neighbour.name.length == 0)
        return refuse(r, "the row names no authority", (struct str){NULL, 0}, err);
    for (int32_t rank = 1; rank <= NEIGHBOUR_RANKS; rank++) {
        neighbour.rank = rank;
        neighbour.neighbour = field(r, NEIGHBOUR_FIRST + 2 * (rank - 1));
        neighbour.closeness = field(r, NEIGHBOUR_FIRST + 2 * (rank - 1) + 1);
        if (neighbour.neighbour.length > 0 && !r->sink->neighbour(r->sink, &neighbour, err))
            return false;
    }
    return true;
}

static bool read_row(struct reading *r, int32_t year, struct err *err)
{
    switch (r->sniffed->kind) {
    case FILE_PANEL:
        return read_panel(r, err);
    case FILE_ENGLAND:
        return read_england(r, err);
    case FILE_STARTS:
        return read_parts(r, "starts", err);
    case FILE_CEASED:
        return read_parts(r, "leavers", err);
    case FILE_STOCK:
        return read_parts(r, "stock", err);
    case FILE_DFE:
        return read_dfe(r, err);
    case FILE_SFR_CLA:
    case FILE_SFR_ADM:
    case FILE_SFR_CEA:
        return read_wide(r, year, err);
    case FILE_S251:
        return read_s251(r, err);
    case FILE_RO3:
        return read_ro3(r, err);
    case FILE_POPULATION:
        return read_population(r, err);
    case FILE_NEIGHBOURS:
        return read_neighbours(r, err);
    case FILE_PROJECTIONS:
    case FILE_NOMIS: /* data/population_file */
    case FILE_RETURN:
    case FILE_PRICES:
    case FILE_LOCALITIES:
    case FILE_PLAN:
    case FILE_EFFECTS:
    case FILE_TARGETS:
    case FILE_BUDGET:
    case FILE_LEDGER:
    case FILE_MEASURES:
    case FILE_XML:
    case FILE_UNKNOWN:
    case FILE_KIND_COUNT:
        break;
    }
    return err_set(err, ERR_INTERNAL, "%s is no published file", file_kind_name(r->sniffed->kind));
}

bool published_row(const struct sniffed *sniffed, int32_t year, const struct csv_record *row,
                   struct published_sink *sink, struct findings *findings, int32_t file_key,
                   enum outcome *outcome, struct err *err)
{
    struct reading r = {
        .sniffed = sniffed, .row = row, .sink = sink, .findings = findings, .file_key = file_key};
    if (!read_row(&r, year, err))
        return false;
    *outcome = r.refused ? OUTCOME_REFUSED : OUTCOME_KEPT;
    return true;
}
