/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page is a template (reports/plan.mustache); here its values are gathered. */
#include "app/plan_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/plan_page_tables.h"
#include "app/plan_words.h"
#include "app/results_page.h"
#include "base/vec.h"

enum { SLUG = 72, PROCESSES = 2 };

bool plan_page_begin(struct plan_page *page, size_t n_most, struct err *err)
{
    *page = (struct plan_page){.n_most = n_most};
    page->gantts = vec_new(n_most, sizeof *page->gantts, err);
    page->root = page->gantts == NULL ? NULL : page_new(&page->arena, err);
    page->plans = page->root == NULL ? NULL : page_add_list(&page->arena, page->root, "plans", err);
    page->others = page->plans == NULL ? NULL : page_add_list(&page->arena, page->root, "others", err);
    return page->others != NULL;
}

bool plan_page_add_other(struct plan_page *page, const char *heading, const char *words, const char *file,
                         const struct table *table, struct err *err)
{
    if (table->n_rows == 0)
        return true;
    struct page_value *map = page_add_map(&page->arena, page->others, NULL, err);
    return map != NULL && page_add_text(&page->arena, map, "heading", heading, err) &&
           page_add_text(&page->arena, map, "words", words, err) &&
           page_add_text(&page->arena, map, "file", file, err) &&
           page_add_table(&page->arena, map, "table", table, err);
}

void plan_page_free(struct plan_page *page)
{
    for (size_t i = 0; i < page->n; i++)
        plan_gantt_free(&page->gantts[i]);
    free(page->gantts);
    arena_free(&page->arena);
    *page = (struct plan_page){0};
}

/* ---- one plan ---------------------------------------------------------------------------------------- */

/* "Leeds 2012/13" -> "leeds-2012-13-gantt", numbered so that no two plans share a name; "gantt" for one. */
static const char *chart_name(struct plan_page *page, const char *plan, struct err *err)
{
    char slug[SLUG];
    size_t n = 0;
    if (page->n_most == 1)
        return "gantt";
    for (const char *at = plan; *at != '\0' && n < 48; at++) {
        const char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            slug[n++] = c;
        else if (n > 0 && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    slug[n] = '\0';
    const char *name = arena_format(&page->arena, err, "%s%sgantt", n == 0 ? "plan" : slug,
                                    n > 0 && slug[n - 1] == '-' ? "" : "-");
    for (size_t i = 0; name != NULL && i < page->n; i++)
        if (strcmp(page->gantts[i].spec.name, name) == 0)
            return arena_format(&page->arena, err, "%s-%zu", name, page->n + 1);
    return name;
}

static bool add_chart(struct plan_page *page, struct page_value *map, const struct plan *plan, day as_of,
                      struct err *err)
{
    const char *name = chart_name(page, plan->name, err);
    struct plan_gantt *gantt = &page->gantts[page->n];
    int32_t width = 0;
    int32_t height = 0;
    if (name == NULL || !plan_gantt_make(gantt, plan, as_of, name, err))
        return false;
    page->n++;
    gantt_size(&gantt->spec, &width, &height);
    const char *wide = arena_format(&page->arena, err, "%d", (int)width);
    const char *high = arena_format(&page->arena, err, "%d", (int)height);
    return wide != NULL && high != NULL && page_add_text(&page->arena, map, "chart", name, err) &&
           page_add_text(&page->arena, map, "width", wide, err) &&
           page_add_text(&page->arena, map, "height", high, err) &&
           page_add_text(&page->arena, map, "alt", gantt->spec.alt, err) &&
           page_add_text(&page->arena, map, "chart_words", gantt->spec.subtitle, err);
}

static bool add_sentences(struct plan_page *page, struct page_value *map, const struct plan *plan,
                          const struct plan_measured of[], day as_of, struct err *err)
{
    char words[PLAN_WORDS];
    struct page_value *list = page_add_list(&page->arena, map, "findings", err);
    if (list == NULL)
        return false;
    plan_words_state(plan, as_of, words);
    if (!page_add_text(&page->arena, list, NULL, words, err))
        return false;
    plan_words_due(plan, as_of, words);
    if (!page_add_text(&page->arena, list, NULL, words, err))
        return false;
    plan_words_measured(plan, of, words);
    if (!page_add_text(&page->arena, list, NULL, words, err))
        return false;
    plan_words_slippage(plan, words);
    return page_add_text(&page->arena, list, NULL, words, err);
}

/* A section with a table, or with words where the table has no rows. The table is freed. */
static bool add_section(struct plan_page *page, struct page_value *sections, const char *heading,
                        const char *words, const char *nothing, bool folded, bool made, struct table *table,
                        struct err *err)
{
    struct page_value *map = made ? page_add_map(&page->arena, sections, NULL, err) : NULL;
    const bool any = table->n_rows > 0;
    const bool ok = map != NULL && page_add_text(&page->arena, map, "heading", heading, err) &&
                    page_add_text(&page->arena, map, "words", any ? words : nothing, err) &&
                    page_add_flag(&page->arena, map, "open", any && !folded, err) &&
                    page_add_flag(&page->arena, map, "folded", any && folded, err) &&
                    page_add_table(&page->arena, map, "table", table, err);
    table_free(table);
    return ok;
}

static bool add_sections(struct plan_page *page, struct page_value *map, const struct plan *plan,
                         const struct effects *effects, const struct targets *targets,
                         const struct plan_measured of[], day as_of, struct err *err)
{
    struct table t = {0};
    struct page_value *list = page_add_list(&page->arena, map, "sections", err);
    return list != NULL &&
           add_section(page, list, "Due this quarter", "By the last day that counts.",
                       "Nothing is due this quarter.", false, plan_page_due(&t, plan, as_of, err), &t, err) &&
           add_section(page, list, "Late",
                       "Not over, and past the last day that counts. What recurs or goes on is never late.",
                       "Nothing is late.", false, plan_page_late(&t, plan, as_of, err), &t, err) &&
           add_section(page, list, "How it stands by priority", "As the words of the plan say.", "", false,
                       plan_page_priorities(&t, plan, as_of, err), &t, err) &&
           add_section(page, list, "How it stands by who leads", "As the words of the plan say.", "", false,
                       plan_page_leads(&t, plan, as_of, err), &t, err) &&
           add_section(
               page, list, "What the actions should change",
               "\"turncurve forecast --plan\" bends the curve with these. The middle and the range of 8 "
               "in 10 are what chance makes of weakest, likely and strongest.",
               "No effects are stored: import an effects file to see what the plan should change.", false,
               plan_page_effects(&t, plan, effects, err), &t, err) &&
           add_section(page, list, "Does anything measure it?",
                       "An indicator or a target in the plan or in the targets file, or an expected effect.",
                       "", true, plan_page_measured(&t, plan, of, err), &t, err) &&
           add_section(page, list, "What contradicts itself or is left open",
                       "Found in plan, effects and targets; \"turncurve check\" says what to do about each.",
                       "Nothing was found.", true, plan_page_findings(&t, plan, effects, targets, err), &t,
                       err);
}

static bool add_facts(struct plan_page *page, struct page_value *map, const struct plan *plan, day as_of,
                      struct err *err)
{
    static const char *const from[] = {
        [PLAN_DATED_ASKED] = "as it was said on import",
        [PLAN_DATED_COLUMN] = "by its own column",
        [PLAN_DATED_INFERRED] = "as its texts suggest",
        [PLAN_DATED_UNKNOWN] = "",
    };
    char of[DATE_TEXT];
    char on[DATE_TEXT];
    const char *words = "The plan has no date.";
    if (plan->stamp.date != DAY_NONE) {
        date_format_words(plan->stamp.date, of);
        words = arena_format(&page->arena, err, "The plan is of %s, %s.", of, from[plan->stamp.dated]);
    }
    if (words != NULL && as_of != DAY_NONE) {
        date_format_words(as_of, on);
        words = arena_format(&page->arena, err, "%s Seen from %s.", words, on);
    }
    return words != NULL && page_add_text(&page->arena, map, "name", plan->name, err) &&
           page_add_text(&page->arena, map, "dated", words, err) &&
           page_add_flag(&page->arena, map, "named", page->n_most > 1, err);
}

bool plan_page_add(struct plan_page *page, const struct plan *plan, const struct effects *effects,
                   const struct targets *targets, day as_of, struct err *err)
{
    bug_if(page->n >= page->n_most);
    struct plan_measured *of = vec_new(plan->n_actions, sizeof *of, err);
    struct page_value *map = of == NULL ? NULL : page_add_map(&page->arena, page->plans, NULL, err);
    bool ok = map != NULL;
    if (ok) {
        plan_measured_find(plan, effects, targets, of);
        if (page->n == 0)
            page->name = arena_copy(&page->arena, str_of(plan->name), err);
        ok = page->name != NULL && add_facts(page, map, plan, as_of, err) &&
             add_sentences(page, map, plan, of, as_of, err) && add_chart(page, map, plan, as_of, err) &&
             add_sections(page, map, plan, effects, targets, of, as_of, err);
    }
    free(of);
    return ok;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

bool plan_page_write(struct plan_page *page, struct folder *folder, const char *reports,
                     const char *command_line, struct log *log, struct err *err)
{
    const struct chart_options drawing = {.reports = reports, .processes = PROCESSES};
    bool drawn = false;
    struct chart_spec *specs = vec_new(page->n, sizeof *specs, err);
    const char *title = page->n_most == 1 ? arena_format(&page->arena, err, "Plan %s", page->name)
                                          : arena_copy(&page->arena, str_of("Action plans"), err);
    for (size_t i = 0; specs != NULL && i < page->n; i++)
        specs[i] = page->gantts[i].spec;
    const bool ok = specs != NULL && title != NULL &&
                    chart_draw(folder, specs, page->n, &drawing, log, &drawn, err) &&
                    page_add_text(&page->arena, page->root, "title", title, err) &&
                    page_add_flag(&page->arena, page->root, "drawn", drawn, err) &&
                    page_add_text(&page->arena, page->root, "version", HELP_VERSION, err) &&
                    page_add_text(&page->arena, page->root, "command_line", command_line, err) &&
                    results_page_write(folder, reports, "plan", page->root, err);
    free(specs);
    return ok;
}
