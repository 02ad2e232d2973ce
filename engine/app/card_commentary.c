/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines are counted by characters, for the widest letters that a reader's machine may pick. */
#include "app/card_commentary.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "render/reports.h"

enum { PATH = 4096 };

void card_slug(const char *name, char out[CARD_SLUG])
{
    size_t n = 0;
    for (const char *at = name; *at != '\0' && n + 1 < CARD_SLUG; at++) {
        const char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n > 0 && out[n - 1] == '-')
        n--;
    out[n] = '\0';
}

/* Writes where a commentary is looked for; *named is true when the file itself was given. */
static bool find_path(const char *given, const char *database, const struct card_period *period,
                      const char *locality, char path[PATH], bool *named, struct err *err)
{
    char folder[PATH];
    char slug[CARD_SLUG] = "";
    struct stat about;
    const char *slash = strrchr(database, '/');
    int n = 0;
    if (given != NULL)
        n = snprintf(folder, sizeof folder, "%s", given);
    else
        n = snprintf(folder, sizeof folder, "%.*scommentary", slash == NULL ? 0 : (int)(slash - database) + 1,
                     database);
    *named = given != NULL && (stat(given, &about) != 0 || !S_ISDIR(about.st_mode));
    if (locality != NULL)
        card_slug(locality, slug);
    if (n >= 0 && (size_t)n < sizeof folder)
        n = *named ? snprintf(path, PATH, "%s", folder)
                   : snprintf(path, PATH, "%s/%s%s%s.md", folder, period->name, slug[0] == '\0' ? "" : "-",
                              slug);
    return (n >= 0 && n < PATH) || err_set(err, ERR_USAGE, "the path of the commentary is too long");
}

bool card_commentary_read(const char *given, const char *database, const struct card_period *period,
                          const char *locality, int32_t level, struct log *log, struct commentary *out,
                          struct err *err)
{
    char path[PATH];
    bool named = false;
    struct stat about;
    struct text markdown = {0};
    *out = (struct commentary){0};
    if (!find_path(given, database, period, locality, path, &named, err))
        return false;
    if (stat(path, &about) != 0)
        return !named || err_set(err, ERR_NO_INPUT, "there is no commentary %s", path);
    const bool ok = reports_read_file(path, &markdown, err) &&
                    commentary_read((struct str){markdown.at, markdown.length}, path, level, out, err);
    text_free(&markdown);
    if (ok && out->n_left_out > 0)
        log_warning(
            log,
            "%s: %d pieces were left out (raw HTML, pictures, links that are not to https, http or mailto)",
            path, (int)out->n_left_out);
    return ok;
}

int32_t card_lines(const char *markup, int32_t characters)
{
    int32_t lines = 0;
    int32_t on_line = 0;
    bool tag = false;
    for (const char *at = markup; *at != '\0'; at++) {
        /* paragraphs, items of lists, headings, rules, breaks, quotations: what begins a line */
        const bool block = *at == '<' && strchr("plhb", at[1]) != NULL && at[1] != '\0';
        if (block) {
            lines += on_line > 0;
            on_line = 0;
        }
        tag = tag || *at == '<';
        if (!tag && ((unsigned char)*at & 0xC0) != 0x80 && *at != '\n' && ++on_line > characters) {
            lines++;
            on_line = 1;
        }
        tag = tag && *at != '>';
    }
    return lines + (on_line > 0);
}
