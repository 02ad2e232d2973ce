/* SPDX-License-Identifier: GPL-3.0-or-later
 * One template for every page that is measures and tables. */
#include "app/card_dashboard.h"

#include "app/card_measures.h"
#include "app/help.h"
#include "app/results_page.h"

static const double pct = 100;

const char *card_rule_words(struct arena *arena, struct err *err)
{
    const struct indicator_rule *rule = &indicator_rule_default;
    return arena_format(
        arena, err,
        "On course from a chance of %.0f %%, at risk from %.0f %%; directions p < 0.05, probably < 0.2",
        pct * rule->on_course, pct * rule->at_risk);
}

bool card_dashboard_begin(struct card_dashboard *out, const char *title, const char *lead, struct err *err)
{
    *out = (struct card_dashboard){0};
    out->root = page_new(&out->arena, err);
    out->sections = out->root == NULL ? NULL : page_add_list(&out->arena, out->root, "sections", err);
    out->pages = out->sections == NULL ? NULL : page_add_list(&out->arena, out->root, "pages", err);
    return out->pages != NULL && page_add_text(&out->arena, out->root, "title", title, err) &&
           page_add_text(&out->arena, out->root, "lead", lead, err);
}

void card_dashboard_free(struct card_dashboard *dashboard)
{
    arena_free(&dashboard->arena);
    *dashboard = (struct card_dashboard){0};
}

bool card_dashboard_measures(struct card_dashboard *d, const struct indicator_set *set, struct err *err)
{
    struct arena *arena = &d->arena;
    const char *rule = card_rule_words(arena, err);
    return rule != NULL && card_measures_add(arena, d->root, set, NULL, &(struct card_selection){0}, err) &&
           page_add_text(arena, d->root, "rule", rule, err) &&
           page_add_flag(arena, d->root, "has_measures", true, err);
}

bool card_dashboard_table(struct card_dashboard *d, const char *heading, const char *words,
                          const struct table *table, const char *file, struct err *err)
{
    struct page_value *map = page_add_map(&d->arena, d->sections, NULL, err);
    return map != NULL && page_add_text(&d->arena, map, "heading", heading, err) &&
           page_add_text(&d->arena, map, "words", words, err) &&
           page_add_flag(&d->arena, map, "has_file", file != NULL, err) &&
           page_add_text(&d->arena, map, "file", file, err) &&
           page_add_table(&d->arena, map, "table", table, err);
}

bool card_dashboard_link(struct card_dashboard *d, const struct card_link *link, struct err *err)
{
    struct page_value *map = page_add_map(&d->arena, d->pages, NULL, err);
    return map != NULL && page_add_text(&d->arena, map, "file", link->file, err) &&
           page_add_text(&d->arena, map, "words", link->words, err);
}

/* A value that nobody has set is false. */
static bool set_missing(struct card_dashboard *d, const char *key, struct err *err)
{
    for (const struct page_value *at = d->root->first; at != NULL; at = at->next)
        if (str_equal_text(str_of(at->key), key))
            return true;
    return page_add_flag(&d->arena, d->root, key, false, err);
}

bool card_dashboard_write(struct card_dashboard *d, const struct commentary *commentary,
                          const char *command_line, struct folder *folder, const char *reports,
                          const char *file, struct err *err)
{
    struct text written = {0};
    bool ok = true;
    for (size_t i = 0; ok && commentary != NULL && i < COMMENTARY_PART_COUNT; i++)
        ok = text_append_c(&written, text_c(&commentary->parts[i]), err);
    ok = ok && page_add_flag(&d->arena, d->root, "has_story", written.length > 0, err) &&
         page_add_markup(&d->arena, d->root, "story", text_c(&written), err) &&
         page_add_flag(&d->arena, d->root, "has_pages", d->pages->first != NULL, err) &&
         set_missing(d, "has_measures", err) &&
         page_add_text(&d->arena, d->root, "version", HELP_VERSION, err) &&
         page_add_text(&d->arena, d->root, "command_line", command_line, err) &&
         results_page_put(folder, reports, "dashboard", d->root, file, err);
    text_free(&written);
    return ok;
}
