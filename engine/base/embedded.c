/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list is sorted by path, so a look-up halves it. */
#include "base/embedded.h"

#include <string.h>

const struct embedded *embedded_find(const char *path)
{
    size_t low = 0;
    size_t high = n_embedded_files;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(path, embedded_files[middle].path);
        if (order == 0)
            return &embedded_files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
