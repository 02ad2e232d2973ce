/* SPDX-License-Identifier: GPL-3.0-or-later
 * Only letters, digits and - reach a path, so that a name cannot leave the folder. */
#include "app/authority_folder.h"

#include <stdio.h>

bool authority_folder(const char *out, const struct authority *authority, char path[AUTHORITY_FOLDER_LONGEST],
                      struct err *err)
{
    char name[sizeof authority->name];
    size_t n = 0;
    const char *from = authority->code[0] != '\0' ? authority->code : authority->name;
    for (; *from != '\0' && n + 1 < sizeof name; from++) {
        const char c = *from;
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name[n++] = plain ? c : '-';
    }
    name[n] = '\0';
    const int length = snprintf(path, AUTHORITY_FOLDER_LONGEST, "%s/%s", out, name);
    return (length > 0 && length < AUTHORITY_FOLDER_LONGEST) ||
           err_set(err, ERR_USAGE, "the name of the folder %.60s... is too long", out);
}

void authority_prefix(const struct authority *authority, char out[AUTHORITY_PREFIX])
{
    size_t n = 0;
    for (const char *at = authority->name; *at != '\0' && n < AUTHORITY_PREFIX - 2; at++) {
        const char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '-')
            out[n++] = '-';
    }
    if (n > 0 && out[n - 1] != '-')
        out[n++] = '-';
    out[n] = '\0';
}
