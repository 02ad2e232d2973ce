/* SPDX-License-Identifier: GPL-3.0-or-later
 * A slip is one or two keys; a word further away than a third of its letters is another word. */
#include "app/suggest.h"

#include <string.h>

#include "base/str.h"

enum { LETTERS_PER_SLIP = 3 };

const char *suggest_nearest(const char *word, const char *const candidates[], size_t n)
{
    const int allowed = 1 + (int)(strlen(word) / LETTERS_PER_SLIP);
    const char *nearest = NULL;
    int fewest = allowed + 1;
    for (size_t i = 0; i < n; i++) {
        if (candidates[i] == NULL)
            continue;
        const int edits = str_edit_distance(str_of(word), str_of(candidates[i]));
        if (edits < fewest && edits < (int)strlen(candidates[i])) {
            fewest = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}
