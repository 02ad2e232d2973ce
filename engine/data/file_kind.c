/* SPDX-License-Identifier: GPL-3.0-or-later
 * The kinds of file and their columns as constants, and the one thing that all tables have in common for
 * recognition: a name and a list of columns. */
#include "data/file_kind.h"

#include "base/err.h"

static const struct {
    const char *name, *words;
    enum file_family family;
} kinds[FILE_KIND_COUNT] = {
    {"return", "Table of the SSDA903 return", FAMILY_RETURN},
#define FILE_KIND(member, name, family, words) {name, words, FAMILY_##family},
#include "data/codes/file_kind.def"
#undef FILE_KIND
    {"xml", "XML file", FAMILY_REFUSED},
    {"unknown", "Unknown table", FAMILY_REFUSED},
};

struct kind_column {
    enum file_kind kind;
    const char *name, *alias;
    enum column_need need;
};
#define NEED_OF_NEEDED   NEED_KEY
#define NEED_OF_OPTIONAL NEED_EXTRA
static const struct kind_column kind_columns[] = {
#define FILE_COLUMN(kind, name, alias, need) {FILE_##kind, name, alias, NEED_OF_##need},
#include "data/codes/file_column.def"
#undef FILE_COLUMN
#define SFR_COLUMN(kind, name, need, measure, group, characteristic) {FILE_##kind, name, "", NEED_OF_##need},
#include "data/codes/sfr_column.def"
#undef SFR_COLUMN
};
enum { KIND_COLUMNS = sizeof kind_columns / sizeof kind_columns[0] };

const char *file_kind_name(enum file_kind kind)
{
    bug_if((unsigned)kind >= FILE_KIND_COUNT);
    return kinds[kind].name;
}

const char *file_kind_words(enum file_kind kind)
{
    bug_if((unsigned)kind >= FILE_KIND_COUNT);
    return kinds[kind].words;
}

enum file_family file_kind_family(enum file_kind kind)
{
    bug_if((unsigned)kind >= FILE_KIND_COUNT);
    return kinds[kind].family;
}

/* The columns of a kind stand together: the first of them, and how many. */
static void columns_of(enum file_kind kind, int32_t *first, int32_t *n)
{
    *first = 0;
    *n = 0;
    for (int32_t i = 0; i < KIND_COLUMNS && !(*n > 0 && kind_columns[i].kind != kind); i++) {
        if (kind_columns[i].kind != kind)
            continue;
        if (*n == 0)
            *first = i;
        (*n)++;
    }
}

const char *file_kind_column(enum file_kind kind, int32_t i)
{
    int32_t first = 0;
    int32_t n = 0;
    columns_of(kind, &first, &n);
    return i >= 0 && i < n ? kind_columns[first + i].name : NULL;
}

bool file_shape(int32_t i, struct file_shape *out)
{
    if (i < TABLE_COUNT) {
        const struct table_spec *spec = table_spec((enum return_table)i);
        *out = (struct file_shape){.kind = FILE_RETURN,
                                   .table = (enum return_table)i,
                                   .name = spec->name,
                                   .aliases = spec->aliases,
                                   .first = (int32_t)spec->first,
                                   .n_columns = spec->n_columns};
        return true;
    }
    const int32_t kind = i - TABLE_COUNT + FILE_RETURN + 1;
    if (kind >= FILE_XML)
        return false;
    *out = (struct file_shape){.kind = (enum file_kind)kind, .name = kinds[kind].name, .aliases = ""};
    columns_of(out->kind, &out->first, &out->n_columns);
    return true;
}

/* Names that XML and newer guides use for columns of the return. */
static const char *return_alias(const char *name)
{
    static const char *const aliases[][2] = {
        {"CHILD", "CHILDID"}, {"PLACE", "PL"}, {"DEC", "DATE_EPISODE_CEASED"}};
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (str_equal_text(str_of(name), aliases[i][0]))
            return aliases[i][1];
    return "";
}

struct file_column file_shape_column(const struct file_shape *shape, int32_t i)
{
    bug_if(i < 0 || i >= shape->n_columns);
    if (shape->kind == FILE_RETURN) {
        const struct column_spec *spec = column_spec((enum return_column)(shape->first + i));
        return (struct file_column){spec->name, return_alias(spec->name), spec->need};
    }
    const struct kind_column *column = &kind_columns[shape->first + i];
    return (struct file_column){column->name, column->alias, column->need};
}
