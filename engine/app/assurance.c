/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page is a template (reports/assurance.mustache); here its values are gathered. */
#include "app/assurance.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/assurance_tables.h"
#include "app/help.h"
#include "app/results_page.h"
#include "render/csv.h"

enum { LINES = 24 };

/* Everything that lives as long as the page. */
struct pack {
    struct table assumptions, top, data, verified, backtest, sign_off;
    struct arena arena;
    struct page_value *root;
    bool stale;
};

static bool make_tables(const struct assurance *a, struct pack *p, struct err *err)
{
    return assurance_register(a, &p->assumptions, err) && assurance_top(a, &p->top, err) &&
           assurance_data(a, &p->data, err) && assurance_verified(&p->verified, err) &&
           assurance_backtest(a, &p->backtest, &p->stale, err) && assurance_sign_off(&p->sign_off, err);
}

static void free_pack(struct pack *p)
{
    table_free(&p->assumptions);
    table_free(&p->top);
    table_free(&p->data);
    table_free(&p->verified);
    table_free(&p->backtest);
    table_free(&p->sign_off);
    arena_free(&p->arena);
}

/* ---- sentences --------------------------------------------------------------------------------------- */

static bool add_purpose(const struct assurance *a, struct pack *p, struct err *err)
{
    struct text scenarios = {0};
    char known[DATE_TEXT];
    char end[OUTLOOK_NUMBER];
    bool ok = true;
    date_format_words(a->outlook->origin, known);
    outlook_month_words(date_month_end(a->outlook->origin, a->months), end);
    for (size_t i = 0; ok && i < a->n_scenarios; i++)
        ok = text_format(&scenarios, err, "%s%s",
                         i == 0                   ? ""
                         : i + 1 < a->n_scenarios ? ", "
                                                  : " and ",
                         a->scenarios[i].name);
    const char *lines[] = {
        arena_format(
            &p->arena, err,
            "The question: how many children will %s look after, where will they be placed and what will "
            "that cost, month by month from %s to %s, under the %s %s?",
            a->outlook->authority.name, known, end, a->n_scenarios == 1 ? "scenario" : "scenarios",
            text_c(&scenarios)),
        arena_format(
            &p->arena, err,
            "How: model %s (%s), %d simulated futures a scenario, seed %lld, turncurve %s. The same inputs, "
            "options, seed and version give the same files; manifest.json has all of them.",
            a->model->name, a->model->title, (int)a->runs, (long long)a->seed, HELP_VERSION),
        "Out of scope: decisions about any one child; costs other than placements; care leavers after 18; "
        "needs that "
        "no return records.",
        "The decision that this forecast is to support, its size and who takes it: to be written here by the "
        "commissioner before use.",
    };
    ok = ok && lines[0] != NULL && lines[1] != NULL &&
         results_page_add_texts(&p->arena, p->root, "purpose", lines, sizeof lines / sizeof lines[0], err);
    text_free(&scenarios);
    return ok;
}

static bool add_data_words(const struct assurance *a, struct pack *p, struct err *err)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    int64_t counts[3] = {0};
    const char *lines[LINES];
    size_t n = 0;
    if (!store_count_findings(a->store, counts, err))
        return false;
    date_format_words(outlook_known_from(a->outlook), from);
    date_format_words(outlook_known_to(a->outlook), to);
    lines[n++] = arena_format(&p->arena, err, "What is known goes from %s to %s.", from, to);
    lines[n++] =
        arena_format(&p->arena, err,
                     "Findings over all stored files: %lld errors, %lld warnings, %lld notes; turncurve "
                     "check lists them with file, line and repair.",
                     (long long)counts[0], (long long)counts[1], (long long)counts[2]);
    if (a->outlook->exposure[0] != '\0' && (a->model->needs & MODEL_TAKES_POPULATION) != 0)
        lines[n++] = arena_format(&p->arena, err, "Entries are measured against: %s.", a->outlook->exposure);
    if (a->outlook->caution[0] != '\0')
        lines[n++] = a->outlook->caution;
    for (size_t i = 0; i < n; i++)
        if (lines[i] == NULL)
            return false;
    return results_page_add_texts(&p->arena, p->root, "data_words", lines, n, err);
}

static bool add_validation(const struct assurance *a, struct pack *p, struct err *err)
{
    const char *lines[4];
    size_t n = 0;
    char words[INTERVALS_WORDS];
    intervals_say(&a->outlook->intervals, words);
    lines[n++] = p->backtest.n_rows > 0
                     ? "Forecasts made from earlier days with what was known then, against what came; before "
                       "intervals were scaled by what they taught. Overlapping forecasts are not independent."
                 : p->stale
                     ? "Files, parameters or the program have changed since the last backtest, so that what "
                       "is stored says nothing about this forecast. Run turncurve backtest."
                     : "No backtest of this authority by this model is stored: that is a gap. Run turncurve "
                       "backtest before use.";
    lines[n++] = arena_copy(&p->arena, str_of(words), err);
    lines[n++] =
        "On invented authorities whose truth is known the ranges of carepath were tested with make stat: "
        "docs/quality/validation.md has the numbers.";
    return lines[1] != NULL && results_page_add_texts(&p->arena, p->root, "validation", lines, n, err);
}

static bool add_topic(const struct assurance *a, struct pack *p, const char *key, enum learned_topic topic,
                      const char *else_words, struct err *err)
{
    const char *lines[LINES];
    size_t n = 0;
    const struct learned *learned = &a->work->learned;
    for (size_t i = 0; i < learned->n_notes && n < LINES; i++)
        if (learned->notes[i].topic == topic)
            lines[n++] = learned->notes[i].words;
    if (n == 0)
        lines[n++] = else_words;
    return results_page_add_texts(&p->arena, p->root, key, lines, n, err);
}

static bool add_uncertainty(struct pack *p, struct err *err)
{
    static const char *const lines[] = {
        "In the ranges: chance, what the model does not know of its rates, rates that wander, price uplifts, "
        "and the "
        "size and delay of a plan's effects where they are drawn.",
        "Not in the ranges: a change of law or policy, a jump that the history has not seen, errors in the "
        "data, "
        "prices that are wrong from the start, and the choice of model.",
        "Best and worst are stances on a plan, not percentiles. Expected range means 8 in 10.",
    };
    return results_page_add_texts(&p->arena, p->root, "uncertainty", lines, sizeof lines / sizeof lines[0],
                                  err);
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static bool add_values(const struct assurance *a, struct pack *p, struct err *err)
{
    char words[SENSITIVITY_WORDS];
    sensitivity_output_words(a->work, 0, words);
    struct page_value *root = p->root;
    const char *title =
        arena_format(&p->arena, err, "Assurance of the forecast of %s", a->outlook->authority.name);
    return title != NULL && page_add_text(&p->arena, root, "title", title, err) &&
           page_add_text(&p->arena, root, "version", HELP_VERSION, err) &&
           page_add_text(&p->arena, root, "command_line", a->command_line, err) &&
           page_add_text(&p->arena, root, "output", words, err) &&
           page_add_text(&p->arena, root, "about", a->model->about, err) &&
           page_add_text(&p->arena, root, "sources", a->model->sources, err) && add_purpose(a, p, err) &&
           add_data_words(a, p, err) && add_validation(a, p, err) && add_uncertainty(p, err) &&
           add_topic(a, p, "unknown", LEARNED_UNKNOWN, "The model tells nothing of what it cannot know.",
                     err) &&
           add_topic(a, p, "not_for", LEARNED_NOT_FOR,
                     "Numbers of children alone: the model knows nothing of single children or of actions.",
                     err) &&
           page_add_table(&p->arena, root, "top", &p->top, err) &&
           page_add_table(&p->arena, root, "data", &p->data, err) &&
           page_add_table(&p->arena, root, "verified", &p->verified, err) &&
           page_add_flag(&p->arena, root, "has_backtest", p->backtest.n_rows > 0, err) &&
           page_add_table(&p->arena, root, "backtest", &p->backtest, err) &&
           page_add_table(&p->arena, root, "sign_off", &p->sign_off, err);
}

static bool save_page(const struct assurance *a, const struct pack *p, struct folder *folder, struct err *err)
{
    struct text html = {0};
    struct err second = {0};
    bool ok = page_render_report(a->reports, "assurance", p->root, &html, err);
    FILE *file = ok ? folder_create(folder, "assurance.html", err) : NULL;
    ok = file != NULL;
    if (ok) {
        errno = 0;
        ok = fwrite(html.at, 1, html.length, file) == html.length ||
             err_set(err, ERR_IO, "cannot write assurance.html: %s", strerror(errno));
        ok = folder_close_file(file, "assurance.html", ok ? err : &second) && ok;
    }
    text_free(&html);
    return ok;
}

bool assurance_write(const struct assurance *a, struct folder *folder, struct err *err)
{
    struct pack p = {.stale = false};
    bool ok = make_tables(a, &p, err);
    p.root = ok ? page_new(&p.arena, err) : NULL;
    ok = p.root != NULL && add_values(a, &p, err) && csv_save(folder, &p.assumptions, err) &&
         save_page(a, &p, folder, err);
    free_pack(&p);
    return ok;
}
