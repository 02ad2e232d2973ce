/* SPDX-License-Identifier: GPL-3.0-or-later
 * Postcodes are compared as "LS12 3AB", in capitals with one blank before the inward part, so that "LS1" is
 * not a beginning of LS12, yet "LS" begins them all. */
#include "data/localities.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { POSTCODE_TEXT = 16, INWARD = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Capitals, no blanks but one before the inward part, which is known by its shape (digit, letter, letter) or
 * by a blank that was there. False when it is too long to be a postcode. */
static bool normalise(struct str postcode, char out[POSTCODE_TEXT], size_t *length)
{
    size_t n = 0, blank = 0;
    for (size_t i = 0; i < postcode.length; i++) {
        char c = postcode.at[i];
        if (c == ' ') {
            blank = n;
            continue;
        }
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (n + 2 >= POSTCODE_TEXT)
            return false;
        out[n++] = c;
    }
    if (n > INWARD + 1 && is_digit(out[n - 3]) && is_letter(out[n - 2]) && is_letter(out[n - 1]))
        blank = n - INWARD;
    if (blank > 0 && blank < n) {
        memmove(out + blank + 1, out + blank, n - blank);
        out[blank] = ' ';
        n++;
    }
    out[n] = '\0';
    *length = n;
    return true;
}

void localities_free(struct localities *localities)
{
    free(localities->rows);
    free(localities->names);
    arena_free(&localities->texts);
    *localities = (struct localities){0};
}

/* The index of a name, new when it is not there yet. */
static bool find_name(struct localities *localities, struct str name, int32_t *out, struct err *err)
{
    for (size_t i = 0; i < localities->n_names; i++)
        if (str_equal_text(name, localities->names[i])) {
            *out = (int32_t)i;
            return true;
        }
    void *names = localities->names;
    if (!vec_reserve(&names, &localities->names_capacity, localities->n_names + 1, sizeof *localities->names,
                     err))
        return false;
    localities->names = names;
    const char *copy = arena_copy(&localities->texts, name, err);
    if (copy == NULL)
        return false;
    *out = (int32_t)localities->n_names;
    localities->names[localities->n_names++] = copy;
    return true;
}

bool localities_add(struct localities *localities, struct str postcode, struct str name, struct err *err)
{
    char text[POSTCODE_TEXT];
    size_t length = 0;
    struct locality_row row = {0};
    if (!normalise(postcode, text, &length) || length == 0)
        return true; /* it can begin no postcode */
    if (!vec_reserve((void **)&localities->rows, &localities->capacity, localities->n_rows + 1,
                     sizeof *localities->rows, err) ||
        !find_name(localities, name, &row.name, err))
        return false;
    row.postcode.at = arena_copy(&localities->texts, (struct str){text, length}, err);
    row.postcode.length = length;
    if (row.postcode.at == NULL)
        return false;
    localities->rows[localities->n_rows++] = row;
    return true;
}

/* "unknown" last, the others in the order of their bytes. */
static bool name_before(const char *a, const char *b)
{
    const bool a_unknown = strcmp(a, "unknown") == 0, b_unknown = strcmp(b, "unknown") == 0;
    return a_unknown != b_unknown ? b_unknown : strcmp(a, b) < 0;
}

static int by_postcode(const void *a, const void *b)
{
    const struct locality_row *x = a, *y = b;
    const int order = str_compare(x->postcode, y->postcode);
    return order != 0 ? order : (x->name > y->name) - (x->name < y->name);
}

bool localities_finish(struct localities *localities, struct err *err)
{
    int32_t unknown = 0;
    if (!find_name(localities, str_of("unknown"), &unknown, err))
        return false;
    const size_t n = localities->n_names;
    const char **sorted = vec_new(n, sizeof *sorted, err);
    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < n; i++) { /* few names: insertion keeps it plain */
        size_t place = i;
        for (; place > 0 && name_before(localities->names[i], sorted[place - 1]); place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = localities->names[i];
    }
    for (size_t i = 0; i < localities->n_rows; i++) {
        int32_t k = 0;
        while (sorted[k] != localities->names[localities->rows[i].name])
            k++;
        localities->rows[i].name = k;
    }
    free(localities->names);
    localities->names = sorted;
    localities->names_capacity = n;
    if (localities->n_rows > 0)
        qsort(localities->rows, localities->n_rows, sizeof *localities->rows, by_postcode);
    return true;
}

/* The row of exactly this text, NULL when there is none. */
static const struct locality_row *find_row(const struct localities *localities, struct str text)
{
    size_t low = 0, high = localities->n_rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = str_compare(text, localities->rows[middle].postcode);
        if (order == 0)
            return &localities->rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

int32_t localities_find(const struct localities *localities, struct str home_post)
{
    char text[POSTCODE_TEXT];
    size_t length = 0;
    const int32_t unknown = (int32_t)localities->n_names - 1;
    if (!normalise(home_post, text, &length))
        return unknown;
    for (size_t n = length; n > 0; n--) {
        /* a number is not cut in two: LS1 does not begin LS12 */
        if (n < length && is_digit(text[n - 1]) && is_digit(text[n]))
            continue;
        const struct locality_row *row = find_row(localities, (struct str){text, n});
        if (row != NULL)
            return row->name;
    }
    return unknown;
}
