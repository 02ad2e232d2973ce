/* SPDX-License-Identifier: GPL-3.0-or-later
 * One place decides which copy of a template or script is used. */
#include "render/reports.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/embedded.h"

enum { FILE_MOST = 64 * 1024 * 1024 };

bool reports_read_file(const char *path, struct text *out, struct err *err)
{
    char block[16384];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return err_set(err, ERR_IO, "cannot read %s: %s", path, strerror(errno));
    bool ok = true;
    size_t n = 0;
    while (ok && (n = fread(block, 1, sizeof block, file)) > 0) {
        ok = text_append(out, (struct str){block, n}, err);
        if (ok && out->length > FILE_MOST)
            ok = err_set(err, ERR_IO, "%s is larger than 64 MB", path);
    }
    if (ok && ferror(file))
        ok = err_set(err, ERR_IO, "cannot read %s: %s", path, strerror(errno));
    (void)fclose(file); /* it was only read */
    return ok;
}

bool reports_read(const char *folder, const char *name, struct text *out, char path[256], struct err *err)
{
    char own[4096];
    if (folder != NULL) {
        const int n = snprintf(own, sizeof own, "%s/%s", folder, name);
        if (n < 0 || (size_t)n >= sizeof own)
            return err_set(err, ERR_USAGE, "the path of the reports folder is too long");
        if (access(own, F_OK) == 0) {
            if (path != NULL)
                str_copy(str_of(own), path, 256);
            return reports_read_file(own, out, err);
        }
    }
    const int n = snprintf(own, sizeof own, "reports/%s", name);
    bug_if(n < 0 || (size_t)n >= sizeof own);
    const struct embedded *file = embedded_find(own);
    if (file == NULL)
        return err_set(err, ERR_NO_INPUT, "there is no %s", own);
    if (path != NULL)
        str_copy(str_of(own), path, 256);
    return text_append(out, (struct str){file->text, file->length}, err);
}
