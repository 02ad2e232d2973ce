/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values of the page are built from charts and tables; all markup is the template's. */
#include "app/results_page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/help.h"
#include "render/reports.h"

bool results_page_add_charts(struct arena *arena, struct page_value *root, const struct chart_set *set,
                             struct err *err)
{
    struct page_value *list = page_add_list(arena, root, "charts", err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < set->n_charts; i++) {
        const struct chart_spec *chart = &set->charts[i];
        struct page_value *map = page_add_map(arena, list, NULL, err);
        const char *svg = arena_format(arena, err, "%s.svg", chart->name);
        const char *png = arena_format(arena, err, "%s.png", chart->name);
        ok = map != NULL && svg != NULL && png != NULL &&
             page_add_text(arena, map, "title", chart->title, err) &&
             page_add_text(arena, map, "subtitle", chart->subtitle, err) &&
             page_add_text(arena, map, "source", chart->source, err) &&
             page_add_text(arena, map, "alt", chart->alt, err) &&
             page_add_text(arena, map, "name", chart->name, err) &&
             page_add_text(arena, map, "svg", svg, err) && page_add_text(arena, map, "png", png, err) &&
             page_add_text(arena, map, "numbers", set->numbers[i], err);
    }
    return ok;
}

static bool add_tables(struct arena *arena, struct page_value *root, const struct results_page *page,
                       struct err *err)
{
    struct page_value *list = page_add_list(arena, root, "tables", err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < page->n_tables; i++) {
        struct page_value *map = page_add_map(arena, list, NULL, err);
        struct table shown = *page->tables[i].table; /* borrowed but for its name */
        if (page->tables[i].caption != NULL)
            shown.name = page->tables[i].caption;
        ok = map != NULL && page_add_text(arena, map, "heading", page->tables[i].heading, err) &&
             page_add_text(arena, map, "file", page->tables[i].file, err) &&
             page_add_table(arena, map, "table", &shown, err);
    }
    return ok;
}

bool results_page_add_texts(struct arena *arena, struct page_value *root, const char *key,
                            const char *const texts[], size_t n, struct err *err)
{
    struct page_value *list = page_add_list(arena, root, key, err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = page_add_text(arena, list, NULL, texts[i], err);
    return ok;
}

static bool save(struct folder *folder, const char *name, const struct text *content, struct err *err)
{
    struct err second = {0};
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    errno = 0;
    const bool ok = fwrite(text_c(content), 1, content->length, file) == content->length ||
                    err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    return folder_close_file(file, name, ok ? err : &second) && ok;
}

bool results_page_put(struct folder *folder, const char *reports, const char *report,
                      const struct page_value *root, const char *file, struct err *err)
{
    struct text html = {0};
    const bool ok = page_render_report(reports, report, root, &html, err) && save(folder, file, &html, err);
    text_free(&html);
    return ok;
}

bool results_page_write(struct folder *folder, const char *reports, const char *report,
                        const struct page_value *root, struct err *err)
{
    struct text style = {0};
    const bool ok = results_page_put(folder, reports, report, root, "index.html", err) &&
                    reports_read(reports, "style.css", &style, NULL, err) &&
                    save(folder, "style.css", &style, err);
    text_free(&style);
    return ok;
}

bool results_page_save(struct folder *folder, const char *reports, const struct results_page *page,
                       const struct chart_set *charts, bool drawn, struct err *err)
{
    struct arena arena = {0};
    struct page_value *root = page_new(&arena, err);
    const bool ok = root != NULL && page_add_text(&arena, root, "title", page->title, err) &&
                    page_add_text(&arena, root, "lead", page->lead, err) &&
                    page_add_text(&arena, root, "version", HELP_VERSION, err) &&
                    page_add_text(&arena, root, "command_line", page->command_line, err) &&
                    page_add_flag(&arena, root, "drawn", drawn, err) &&
                    results_page_add_charts(&arena, root, charts, err) &&
                    add_tables(&arena, root, page, err) &&
                    results_page_add_texts(&arena, root, "notes", page->notes, page->n_notes, err) &&
                    results_page_add_texts(&arena, root, "files", page->files, page->n_files, err) &&
                    results_page_write(folder, reports, page->report, root, err);
    arena_free(&arena);
    return ok;
}
