/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values of the page are built from charts and tables; all markup is the template's. */
#include "app/results_page.h"

#include "render/page.h"

static bool add_charts(struct arena *arena, struct page_value *root, const struct chart_set *set,
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
        ok = map != NULL && page_add_text(arena, map, "heading", page->tables[i].heading, err) &&
             page_add_text(arena, map, "file", page->tables[i].file, err) &&
             page_add_table(arena, map, "table", page->tables[i].table, err);
    }
    return ok;
}

static bool add_notes(struct arena *arena, struct page_value *root, const struct results_page *page,
                      struct err *err)
{
    struct page_value *list = page_add_list(arena, root, "notes", err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < page->n_notes; i++)
        ok = page_add_text(arena, list, NULL, page->notes[i], err);
    return ok;
}

static bool save(struct folder *folder, const struct text *html, struct err *err)
{
    FILE *file = folder_create(folder, "index.html", err);
    if (file == NULL)
        return false;
    const bool written = fwrite(text_c(html), 1, html->length, file) == html->length;
    const bool closed = folder_close_file(file, "index.html", err);
    return closed && (written || err_set(err, ERR_IO, "index.html: cannot be written"));
}

bool results_page_save(struct folder *folder, const char *reports, const struct results_page *page,
                       const struct chart_set *charts, bool drawn, struct err *err)
{
    struct arena arena = {0};
    struct text html = {0};
    struct page_value *root = page_new(&arena, err);
    const bool ok = root != NULL && page_add_text(&arena, root, "title", page->title, err) &&
                    page_add_text(&arena, root, "lead", page->lead, err) &&
                    page_add_flag(&arena, root, "drawn", drawn, err) &&
                    add_charts(&arena, root, charts, err) && add_tables(&arena, root, page, err) &&
                    add_notes(&arena, root, page, err) &&
                    page_render_report(reports, page->report, root, &html, err) && save(folder, &html, err);
    text_free(&html);
    arena_free(&arena);
    return ok;
}
