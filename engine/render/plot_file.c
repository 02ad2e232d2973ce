/* SPDX-License-Identifier: GPL-3.0-or-later
 * What could not be written is found when the file is closed. */
#include "render/plot_file.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "render/escape.h"

FILE *plot_file_create(const char *folder, const char *chart, const char *what, int panel, struct err *err)
{
    char path[4096];
    const int n = panel == 0 ? snprintf(path, sizeof path, "%s/%s-%s.tsv", folder, chart, what)
                             : snprintf(path, sizeof path, "%s/%s-%s%d.tsv", folder, chart, what, panel);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "w") : NULL;
    if (file == NULL)
        err_set(err, ERR_IO, "cannot write the data of the chart %s: %s", chart, strerror(errno));
    return file;
}

bool plot_file_end(FILE *file, bool ok, const char *chart, struct err *err)
{
    ok = ok && !ferror(file);
    if (fclose(file) != 0 || !ok)
        return err_set(err, ERR_IO, "cannot write the data of the chart %s: %s", chart, strerror(errno));
    return true;
}

bool plot_file_text(FILE *file, const char *text, char after)
{
    struct text clean = {0};
    struct err err = {0};
    const bool empty = text == NULL || text[0] == '\0';
    const bool ok = escape_plot_field(&clean, str_of(empty ? " " : text), &err) &&
                    fputs(text_c(&clean), file) >= 0 && putc(after, file) != EOF;
    text_free(&clean);
    return ok;
}

bool plot_file_number(FILE *file, double value, char after)
{
    return (isfinite(value) ? fprintf(file, "%.10g", value) : fprintf(file, "NaN")) > 0 &&
           putc(after, file) != EOF;
}

bool plot_file_numbers(FILE *file, const double values[], size_t n)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = plot_file_number(file, values[i], i + 1 < n ? '\t' : '\n');
    return ok;
}
