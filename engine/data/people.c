/* SPDX-License-Identifier: GPL-3.0-or-later
 * An age is read as its numbers and the words that change what they mean; any word that no age has makes the
 * text unknown, so that "5 miles" is no age. */
#include "data/people.h"

#include <stddef.h>

#include "base/parse.h"

enum { YEAR_FIGURES = 4, OLDEST = 150 };

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(struct str text, const char *const list[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_ignore_case(text, str_of(list[i])))
            return true;
    return false;
}

bool people_parse_sex(struct str text, enum people_sex *out)
{
    static const struct {
        const char *word;
        enum people_sex sex;
    } words[] = {
        {"", PEOPLE_PERSONS},       {"persons", PEOPLE_PERSONS}, {"person", PEOPLE_PERSONS},
        {"people", PEOPLE_PERSONS}, {"total", PEOPLE_PERSONS},   {"all people", PEOPLE_PERSONS},
        {"all", PEOPLE_PERSONS},    {"both", PEOPLE_PERSONS},    {"males", PEOPLE_MALES},
        {"male", PEOPLE_MALES},     {"m", PEOPLE_MALES},         {"females", PEOPLE_FEMALES},
        {"female", PEOPLE_FEMALES}, {"f", PEOPLE_FEMALES},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal_ignore_case(text, str_of(words[i].word))) {
            *out = words[i].sex;
            return true;
        }
    return false;
}

struct age_words {
    int32_t n, numbers[2];
    bool under, over, all;
};

/* A word; false for one that no age has. */
static bool take_word(struct str word, struct age_words *out)
{
    static const char *const plain[] = {"age",  "aged", "ages", "children", "years",
                                        "year", "old",  "to",   "and",      "or"};
    static const char *const over[] = {"over", "above", "plus"};
    static const char *const under[] = {"under"};
    static const char *const all[] = {"all", "total"};
    const bool is_over = is_one_of(word, over, sizeof over / sizeof over[0]);
    const bool is_under = is_one_of(word, under, sizeof under / sizeof under[0]);
    const bool is_all = is_one_of(word, all, sizeof all / sizeof all[0]);
    out->over = out->over || is_over;
    out->under = out->under || is_under;
    out->all = out->all || is_all;
    return is_over || is_under || is_all || is_one_of(word, plain, sizeof plain / sizeof plain[0]);
}

/* The end of the run of figures or letters that begins at i. */
static size_t run_end(struct str text, size_t i, bool (*belongs)(char c))
{
    while (i < text.length && belongs(text.at[i]))
        i++;
    return i;
}

static bool take_words(struct str text, struct age_words *out)
{
    static const char dash[] = "\xE2\x80\x93"; /* between the ages of a range */
    for (size_t i = 0; i < text.length;) {
        const struct str rest = {text.at + i, text.length - i};
        size_t end = i + 1;
        if (is_figure(text.at[i])) {
            int64_t number = 0;
            end = run_end(text, i, is_figure);
            if (out->n == 2 || !parse_int_between((struct str){text.at + i, end - i}, 0, OLDEST, &number))
                return false;
            out->numbers[out->n++] = (int32_t)number;
        } else if (is_letter(text.at[i])) {
            end = run_end(text, i, is_letter);
            if (!take_word((struct str){text.at + i, end - i}, out))
                return false;
        } else if (str_starts_with(rest, dash)) {
            end = i + sizeof dash - 1;
        } else if (text.at[i] != ' ' && text.at[i] != '-' && text.at[i] != '+') {
            return false;
        }
        out->over = out->over || text.at[i] == '+';
        i = end;
    }
    return true;
}

bool people_parse_age(struct str text, int32_t *out)
{
    struct age_words words = {0};
    int32_t age = PEOPLE_OTHERS;
    if (!take_words(text, &words) || (words.n == 0 && !words.all))
        return false;
    const int32_t first = words.numbers[0];
    if (words.n == 2 && words.numbers[1] < first)
        return false;
    if ((words.n == 2 && first == 0 && words.numbers[1] == PEOPLE_CHILDREN - 1) ||
        (words.n == 1 && words.under && first == PEOPLE_CHILDREN))
        age = PEOPLE_CHILDREN;
    else if (words.n == 1 && words.under && first == 1)
        age = 0;
    else if (words.n == 1 && !words.under && !words.over && first < PEOPLE_CHILDREN)
        age = first;
    *out = age;
    return true;
}

int32_t people_year(struct str text, bool at_end_only)
{
    int64_t year = 0;
    if (text.length < YEAR_FIGURES)
        return 0;
    const struct str last = {text.at + text.length - YEAR_FIGURES, YEAR_FIGURES};
    const struct str first = {text.at, YEAR_FIGURES};
    const bool whole = text.length == YEAR_FIGURES;
    if ((whole || !is_figure(last.at[-1])) &&
        parse_int_between(last, PEOPLE_FIRST_YEAR, PEOPLE_LAST_YEAR, &year))
        return (int32_t)year;
    if (!at_end_only && !whole && !is_figure(text.at[YEAR_FIGURES]) &&
        parse_int_between(first, PEOPLE_FIRST_YEAR, PEOPLE_LAST_YEAR, &year))
        return (int32_t)year;
    return 0;
}
